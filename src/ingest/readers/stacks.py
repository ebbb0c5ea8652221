"""Inline elements that a style sets under each other: the name, post and body of a speaker's card in three spans.

The style sheet is not read (it is mostly elsewhere), so the page itself must show it: elements side by side with
nothing between them, or of different classes, that each begin like a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from ingest.lexicon import opens_with_honorific, word_set
from ingest.readers.shapes import is_date_only, is_label, opens_with_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_INLINE = word_set("a abbr b cite em font i label mark small span strong time u var")
_TIGHT = word_set("sup sub wbr b i em strong u font small big ins del s abbr")
_SILENT = word_set("img svg i picture source wbr script style noscript template -comment")
_MAX_LINE = 120
"""Letters; names, posts and bodies measure up to 110, what is longer is a text."""
_MAX_PARTS = 40
"""A paragraph of more parts is a text full of links, not a card."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_GOES_ON = re.compile(
    r"(?:[:：,;&/(\[|–—-]|\b(?:of|for|the|and|at|in|on|to|with|by|from|de|du|des|la|le|et|und|der|für|y|e))$"
)
_LABEL_CLASS = re.compile(r"\b(?:label|key|term)\b|label$", re.IGNORECASE)


class _Part(NamedTuple):
    """A text or inline element: its node, what it says, and the white space before it ("" where it touches)."""

    node: LexborNode
    tag: str
    css_class: str
    text: str
    gap: str


def lines_in(parent: LexborNode) -> list[LexborNode]:
    """Return the children of an element that begin a line of their own, under what stands before them."""
    first = parent.child
    if first is None or first.next is None:
        return []
    parts = list(_parts(parent))
    if not 1 < len(parts) <= _MAX_PARTS:
        return []
    has_text = any(not part.tag for part in parts)
    return [
        part.node
        for index, (before, part) in enumerate(pairwise(parts))
        if _is_under(before, part, has_text=has_text, is_first=index == 0)
    ]


def needs_blank(before: tuple[str, str | None], said: str, node: LexborNode) -> bool:
    """Tell whether two elements that touch are two words: the one before by tag and class, and what it said.

    They are, unless a word processor cut one word into like runs.
    """
    tag_before, class_before = before
    tag, css_class, text = node.tag or "", node.attributes.get("class"), node.text()
    if tag in ("sup", "sub", "wbr") or tag_before in ("sup", "sub", "wbr"):
        return False
    if tag == tag_before == "span" and said[-1:].isalnum() and text[:1].isupper():
        return not said[-1:].isupper() or class_before != css_class
    if tag == tag_before == "span" and said[-1:].islower() and re.match(r"\d{4}", text):  # a year beside its month
        return True
    return not (tag_before == tag and class_before == css_class and (css_class is None or tag in _TIGHT) and tag != "a")


def _parts(parent: LexborNode) -> Iterator[_Part]:
    """Yield the parts in order; after a break or a block a part has no neighbour and begins a line anyway."""
    gap = ""
    child = parent.child
    while child is not None:
        node, child = child, child.next
        tag = "" if node.is_text_node else (node.tag or "")
        if tag and tag not in _INLINE:
            if tag not in _SILENT:
                gap = "\n\n"
            continue
        raw = (node.text_content if node.is_text_node else node.text()) or ""
        text = raw.strip()
        if not text:
            gap += raw
            continue
        gap += raw[: len(raw) - len(raw.lstrip())]
        yield _Part(node, tag, (node.attributes.get("class") or "") if tag else "", text, gap)
        gap = raw[len(raw.rstrip()) :]


def _is_under(before: _Part, part: _Part, *, has_text: bool, is_first: bool) -> bool:
    left, right = before.text, part.text
    if "\n\n" in part.gap or not (before.tag or part.tag) or len(left) > _MAX_LINE or not right[0].isupper():
        return False
    if not _is_apart(before, part, has_text=has_text) or _GOES_ON.search(left) or opens_with_honorific(left + " "):
        return False
    if is_date_only(f"{left} {right}") or opens_with_date(right):
        return False
    if is_label(left) or _LABEL_CLASS.search(before.css_class):
        return False
    words = len(_WORD.findall(left))
    if words > 1:
        return True
    if words == 0 or len(left) < 4:
        return False
    if is_first:  # the first of two alike may be a given name
        return before.tag != part.tag and len(_WORD.findall(right)) > 1
    return (before.tag, before.css_class) != (part.tag, part.css_class) or len(_WORD.findall(right)) > 1


def _is_apart(before: _Part, part: _Part, *, has_text: bool) -> bool:
    """Tell whether the page itself shows that a style parts the two: they touch, or are of different classes."""
    left = before.text
    if not part.gap:
        if has_text:  # "Luis SimónDirector" in one element
            return left[-1].islower() and left[-3:].isalpha()
        return left[-1].islower() or left[-1] in ")’”" or (before.tag, before.css_class) != (part.tag, part.css_class)
    if has_text or before.tag == part.tag == "a":
        return False
    return bool(before.css_class and part.css_class) and before.css_class != part.css_class
