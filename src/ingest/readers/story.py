"""A page's running prose, and what stands around it to send readers on: teasers of other pages, their comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.lexicon import bare, is_section_word, read_lines, word_set
from ingest.readers.furniture import class_words, states_facts

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_PARAGRAPH = 80
_MIN_STORY = 300
"""Letters of prose side by side that make a page one about something; lists of events or publications have less."""

_MIN_TEASERS = 2
_TEASER_WORDS = 4
"""Words of a link that is another page's headline; linked names of speakers have two or three."""

_TEASER_SHARE = 0.3
_LINKED = 0.1
"""Share of links from which a box that follows the prose leads away from the page: with none at all precision on 181
news pages is .86 instead of .84, but whole sections of page builders go (dates, aims, tracks of conferences)."""

_MAX_NODES = 4_000
_MAX_CANDIDATES = 20
_MAX_DEPTH = 400
_LONG_PARAGRAPH = 200
_MIN_LONG = 2
_BOXES = word_set("div section aside ul ol footer figure form center nav main article li")
_EVENT_PARTS = ", ".join(
    f'[class*="{part}"], [id*="{part}"]'
    for part in ("speaker", "program", "agenda", "venue", "schedule", "participant", "organis", "organiz", "referent")
)
_COMMENTS = word_set("comments comment commentlist commentlists respond responses disqus discussion")
_NO_STORY = re.compile(r"footer|cookie|consent|gdpr|legal|disclaimer|modal")

_DOCUMENT_LINK = re.compile(r"\.(?:pdf|docx?|pptx?|xlsx?|ics|zip)(?:[?#]|$)|^(?:mailto|tel|webcal):", re.IGNORECASE)
_TIMES = re.compile(r"\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\.?)?\s*(?:[-–—~〜]|to|bis|à)\s*\d{1,2}[:.h]\d{2}", re.IGNORECASE)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Story:
    """The element with the page's running prose, all it stands in, and all that comes after it, by their `mem_id`."""

    node: int
    around: frozenset[int]
    after: frozenset[int]

    def holds(self, node: LexborNode) -> bool:
        """Tell whether the element is the story or the story stands in it."""
        return node.mem_id == self.node or node.mem_id in self.around


def find_story(body: LexborNode) -> Story | None:
    """Return where most prose stands side by side, None for pages without (lists, forms, programmes)."""
    scores: dict[int, float] = {}
    nodes: dict[int, LexborNode] = {}
    for holder, size in _prose(body):
        for node, share in ((holder, 1.0), (holder.parent, 0.5)):
            if node is not None and node.tag not in ("html", "body"):
                nodes[node.mem_id] = node
                scores[node.mem_id] = scores.get(node.mem_id, 0.0) + share * size
    for key in sorted(scores, key=lambda key: -scores[key])[:_MAX_CANDIDATES]:
        if scores[key] < _MIN_STORY:
            return None
        around = _ancestors(nodes[key])
        if not any(_is_no_story(node) for node in (nodes[key], *around)):
            later = (sibling for node in (nodes[key], *around) for sibling in _boxes_after(node))
            return Story(key, frozenset(node.mem_id for node in around), frozenset(node.mem_id for node in later))
    return None


def _is_no_story(node: LexborNode) -> bool:
    words = class_words(node)
    return node.tag in ("footer", "nav", "form") or bool(words & _COMMENTS) or any(map(_NO_STORY.match, words))


def _prose(body: LexborNode) -> Iterator[tuple[LexborNode, int]]:
    """Yield (what holds it, its letters) of each paragraph, also of text that stands in a box without one."""
    for paragraph in body.css("p")[:_MAX_NODES]:
        size = len(paragraph.text().strip())
        if size >= _PARAGRAPH and paragraph.parent is not None:
            yield paragraph.parent, size
    for box in body.css("div, td, section, article")[:_MAX_NODES]:
        size = len(box.text(deep=False).strip())
        if size >= _PARAGRAPH:
            yield box, size


def _ancestors(node: LexborNode) -> list[LexborNode]:
    found: list[LexborNode] = []
    parent = node.parent
    while parent is not None and parent.tag not in ("html", "body") and len(found) < _MAX_DEPTH:
        found.append(parent)
        parent = parent.parent
    return found


def _boxes_after(node: LexborNode) -> Iterator[LexborNode]:
    sibling = node.next
    while sibling is not None:
        if sibling.tag in _BOXES:
            yield sibling
        sibling = sibling.next


def stands_beside(node: LexborNode, story: Story | None) -> bool:
    """Tell whether the element sends readers on, or holds their comments: nothing that the page itself says."""
    if story is None or story.holds(node) or node.tag not in _BOXES:
        return False
    words = class_words(node)
    if words & _COMMENTS and node.css_first("h1") is None:
        return True
    if not (node.mem_id in story.after and _link_share(node) >= _LINKED) and not _holds_headlines(node):
        return False
    return not _states_event(node) and not _holds_long_prose(node)


def _holds_headlines(node: LexborNode) -> bool:
    """Tell whether a box is headlines of other pages, with or without a sentence of each."""
    links = node.css("a[href]")
    if len(links) < _MIN_TEASERS or len(links) > _MAX_NODES or node.css_first("h1") is not None:
        return False
    headlines: dict[str, int] = {}
    for link in links:
        text = link.text().strip()
        if len(_WORD.findall(text[:400])) >= _TEASER_WORDS and not _DOCUMENT_LINK.search(link.attributes["href"] or ""):
            headlines[text] = headlines.get(text, 0) + len(text)
    return len(headlines) >= _MIN_TEASERS and sum(headlines.values()) >= _TEASER_SHARE * len(
        " ".join(node.text().split())
    )


def _link_share(node: LexborNode) -> float:
    """Return how much of a box's text are links to other pages, 0..1."""
    links = node.css("a[href]")[:_MAX_NODES]
    linked = sum(len(link.text().strip()) for link in links if not _DOCUMENT_LINK.search(link.attributes["href"] or ""))
    return linked / max(len(" ".join(node.text().split())), 1)


def _states_event(node: LexborNode) -> bool:
    """Tell whether a box has a programme, speakers or a venue."""
    if states_facts(node) or node.css_first(_EVENT_PARTS) is not None or _TIMES.search(node.text()):
        return True
    heads = node.css("h1, h2, h3, h4, h5, h6, strong, b, summary, button, dt, th, caption")
    texts = (head.text().strip() for head in heads)
    return any(is_section_word(text) and bare(text) not in read_lines("site_sections") for text in texts if text)


def _holds_long_prose(node: LexborNode) -> bool:
    """Tell whether the page's prose goes on here: sentences that are not links, nor the teasers of them."""
    prose = [
        paragraph
        for paragraph in node.css("p")[:_MAX_NODES]
        if len(paragraph.text()) >= _LONG_PARAGRAPH and paragraph.parent is not None and paragraph.parent.tag != "a"
    ]
    return len(prose) >= _MIN_LONG and not _holds_headlines(node)
