"""Text of paragraphs: lines joined by blanks, hyphens of line breaks resolved, links kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from ingest.cleaning import goes_on_as_address, join_hyphenated
from ingest.layout import Line
from ingest.layout_lines import CJK

_ADDRESS = re.compile(r"https?:|www\.|\S@|\w\.\w+/")


class Vocabulary(NamedTuple):
    """What the document itself says of its words, to resolve hyphens at line ends."""

    words: Counter[str]
    hyphenated: frozenset[str]


NO_VOCABULARY = Vocabulary(Counter(), frozenset())


def paragraph_text(
    lines: Sequence[Line], vocabulary: Vocabulary = NO_VOCABULARY
) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return (text, links): lines joined by blanks, hyphens of line breaks resolved; links as (start, end, target)."""
    text = ""
    links: list[tuple[int, int, str]] = []
    glue = False
    for line in lines:
        if glue:
            text = _resolve_hyphen(text, line.text, vocabulary)
        elif text and not _needs_no_blank(text, line.text):
            text += " "
        if line.has_links:
            _note_links(links, line, len(text))
        text += line.text
        glue = line.breaks_word
    return text, tuple(links)


def _needs_no_blank(left: str, right: str) -> bool:
    """Return whether a line break hides no blank: in Chinese and Japanese, in addresses, in ranges of numbers."""
    if CJK.match(right) and CJK.match(left[-1:]):
        return True
    if left[-1:] in "–—" and left[-2:-1].isdigit() and right[:1].isdigit():
        return True
    if goes_on_as_address(left, right):
        return True
    last = left[left.rfind(" ") + 1 :]
    return last.endswith(("/", "@", "://")) and _ADDRESS.search(last) is not None


def _note_links(links: list[tuple[int, int, str]], line: Line, position: int) -> None:
    """Add the links of the line, which begins at `position`; words of one link in a row are one."""
    for word in line.words:
        end = position + len(word.text)
        if word.target and links and links[-1][2] == word.target and position - links[-1][1] <= 1:
            links[-1] = (links[-1][0], end, word.target)
        elif word.target:
            links.append((position, end, word.target))
        position = end + 1


def _resolve_hyphen(text: str, after: str, vocabulary: Vocabulary) -> str:
    """Return `text` with or without the hyphen at its end, given the line after it.

    It stays before an upper-case letter or a digit ("Indo-|Pacific"), and where the document has the word with a
    hyphen elsewhere; otherwise the vocabulary decides whether the line break put it there.
    """
    left, right = text[text.rfind(" ") + 1 :], after.partition(" ")[0]
    whole = f"{left}{right}".casefold().strip(".,;:()“”\"'")
    if whole in vocabulary.hyphenated or "-" in left[:-1]:
        return text
    joined = join_hyphenated(left, right, vocabulary.words)
    return text if len(joined) == len(left) + len(right) else text[:-1]


def hyphenated_words(text: str) -> frozenset[str]:
    """Return the words that the text writes with a hyphen inside a line, case-folded."""
    joined = {token for token in text.split() if "-" in token}
    return frozenset(word.casefold() for token in joined for word in re.findall(r"[^\W_]+(?:-[^\W_]+)+", token))
