"""Which parts of a page are furniture (left out), which stand beside its matter (kept, not main)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.lexicon import is_label_word, word_set

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_CODE_TAGS = word_set(
    "script style noscript template svg math iframe object embed applet canvas audio video source track picture map "
    "select option optgroup datalist input textarea progress meter head link meta base param frame frameset rt rp"
)
_NEVER = word_set("html body main article h1 h2 h3 h4 h5 h6 p li td th tr table tbody time a span em strong b i")
_ROLES = word_set("navigation contentinfo search dialog alertdialog menu menubar toolbar tablist")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")

_CLASS_NAME = re.compile(r"(?:^|\s)widgets?(?=[\s_-]|$)")
"""WordPress calls side boxes "widget widget_archive"; page builders call every box "builder-widget"."""

_FURNITURE = word_set(
    "cookie cookies consent gdpr share sharing sharebar addtoany addthis sharethis breadcrumb breadcrumbs pagination "
    "pager menu navbar nav navigation sitenav topnav megamenu newsletter subscribe advert adverts advertisement skip "
    "skiplink skiplinks login signin searchform offcanvas copyright sitefooter pagefooter cookiebar cookiebanner "
    "popup lightbox lang languages languageswitcher topicpath ariane snsbtn fontsize"
)
_FURNITURE_STARTS = ("cookie", "consent")
_FURNITURE_ENDS = ("menu", "navi", "navigation", "breadcrumb", "breadcrumbs")
"""Class names are often written in one: "cookieconsent", "mainmenu", "gnavi"."""
_SIDE = word_set(
    "related recommended similar comments comment respond tags tagcloud sidebar promo teaser teasers "
    "suggestions popular trending footer feedback"
)
_MATTER = word_set(
    "event events venue date dates when where speaker speakers panel programme program agenda schedule session "
    "sessions location bio biography people person participants organiser organizer"
)
_CONTENT = _MATTER | word_set(
    "contact details detail time main content article description register registration info day entry body text"
)
_SITE_PARTS = tuple(
    map(
        word_set,
        ("site header", "site footer", "page footer", "global header", "global footer", "social media", "social links",
         "social bar", "social icons", "sns links", "follow us", "font size"),
    )
)  # fmt: skip
_SKIP_LINKS = word_set("skip skiplink skiplinks")
_MAX_HEADER_LINKS = 3
_LONG_PARAGRAPH = 100
_MAX_SIDE_PROSE = 800
"""Letters in long paragraphs: boxes beside the matter have teasers of one or two sentences."""
_MAX_FACT_BOX = 1_500
_MAX_FORM = 400
_MAX_HIDDEN = 200
_MAX_HIDDEN_SHARE = 0.5
"""A hidden box with more of the page's text is what scripts will show."""
_MAX_SHARE = 0.35
"""A container with more than this share of the page's text is the page, whatever its class says."""


def is_hidden_code(tag: str) -> bool:
    """Tell whether an element's text is never shown as text (scripts, players, form controls)."""
    return tag in _CODE_TAGS


def drop_hidden_data(body: LexborNode) -> None:
    """Take out the boxes that are never shown and hold microdata: what a page says to machines is read as declared."""
    length = len(body.text())
    boxes = {box.mem_id: box for box in body.css("[style*=none], [hidden], .hidden")[:_MAX_HIDDEN]}
    found = [box for box in boxes.values() if _is_hidden_data(box, length)]
    inner = {node.mem_id for box in found for node in box.css("*") if node.mem_id != box.mem_id}
    for box in found:
        if box.mem_id not in inner:  # what lies in a box that is gone must not be touched
            box.decompose()


def _is_hidden_data(box: LexborNode, page_length: int) -> bool:
    style = (box.attributes.get("style") or "").replace(" ", "").lower()
    is_hidden = "style" not in box.attributes or "display:none" in style
    is_data = box.css_first("[itemprop]") is not None
    return is_hidden and is_data and len(box.text()) <= _MAX_HIDDEN_SHARE * page_length


def is_furniture(node: LexborNode, page_length: int) -> bool:
    """Tell whether the element is navigation, a banner, a share bar: nothing a reader of the page would quote."""
    tag = node.tag or ""
    if tag in _NEVER:
        return tag == "a" and bool(_tokens(node.attributes) & _SKIP_LINKS)
    attributes = node.attributes
    role = (attributes.get("role") or "").lower()
    if tag == "button":
        return not ({"aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle"} & attributes.keys())
    if tag == "form" and len(node.text()) <= _MAX_FORM:  # search and newsletter boxes; some sites wrap the page in one
        return True
    if tag in ("nav", "dialog") or role in _ROLES:
        return _is_small(node, page_length)
    if tag in ("footer", "header"):
        return _is_site_part(node, tag) and _is_small(node, page_length)
    tokens = _tokens(attributes)
    if any(part <= tokens for part in _SITE_PARTS):
        return node.css_first("h1") is None and _is_small(node, page_length)
    if not _names_furniture(tokens) or tokens & _MATTER or not _is_small(node, page_length):
        return False
    return _is_consent(tokens) or not holds_prose(node)


def _names_furniture(tokens: frozenset[str]) -> bool:
    return bool(tokens & _FURNITURE) or _is_consent(tokens) or any(token.endswith(_FURNITURE_ENDS) for token in tokens)


def _is_consent(tokens: frozenset[str]) -> bool:
    return any(token.startswith(_FURNITURE_STARTS) for token in tokens)


def holds_prose(node: LexborNode) -> bool:
    """Tell whether the element holds paragraphs enough to be what the page is about, whatever its class says."""
    length = 0
    for paragraph in node.css("p"):
        size = len(paragraph.text())
        length += size if size >= _LONG_PARAGRAPH else 0
        if length > _MAX_SIDE_PROSE:
            return True
    return False


def is_side_matter(node: LexborNode, page_length: int) -> bool:
    """Tell whether the element stands beside the page's matter; boxes with date, venue or speakers do not."""
    tag = node.tag or ""
    if tag in _NEVER:
        return False
    tokens = _tokens(node.attributes)
    if not _is_named_side(node, tag, tokens) or holds_prose(node) or states_facts(node):
        return False
    return tag == "footer" or "footer" in tokens or _is_small(node, page_length)


def states_facts(node: LexborNode) -> bool:
    """Tell whether a box labels facts ("Date", "Where"): many sites set date and venue in the sidebar."""
    if len(node.text()) > _MAX_FACT_BOX:
        return False
    return any(is_label_word(part.text().strip()) for part in node.css("dt, th, strong, b, h2, h3, h4, h5, h6, label"))


def _is_named_side(node: LexborNode, tag: str, tokens: frozenset[str]) -> bool:
    if tokens & {"related", "recommended", "similar", "trending", "popular", "suggestions", "comments", "respond"}:
        return True
    if tokens & _MATTER or (tokens & _CONTENT and "sidebar" not in tokens):
        return False
    return bool(tokens & _SIDE) or tag == "footer" or bool(_CLASS_NAME.search(node.attributes.get("class") or ""))


def class_words(node: LexborNode) -> frozenset[str]:
    """Return the words of an element's class and id, lower case ("comments-area" is two)."""
    return _tokens(node.attributes)


def _tokens(attributes: dict[str, str | None]) -> frozenset[str]:
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:300]
    return frozenset(token.lower() for token in _TOKEN.findall(named))


def _is_site_part(node: LexborNode, tag: str) -> bool:
    """A footer or header of the site stands outside article and main; a header with a heading, few links, is none."""
    parent = node.parent
    for _ in range(40):
        if parent is None or parent.tag in ("body", "html"):
            break
        if parent.tag in ("article", "main", "section"):
            return False
        parent = parent.parent
    if tag == "footer":
        return True
    if (node.attributes.get("role") or "") == "banner":
        return node.css_first("h1") is None
    has_heading = node.css_first("h1") is not None or (
        node.css_first("h2, h3, h4") is not None and len(node.css("a")) <= _MAX_HEADER_LINKS
    )
    return not has_heading


def _is_small(node: LexborNode, page_length: int) -> bool:
    return len(node.text()) <= _MAX_SHARE * page_length
