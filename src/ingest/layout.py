"""What a page is made of before it is text: words with boxes, lines in the order the file draws them.

Coordinates are points as a reader sees the page (after rotation), from the top left corner, y downwards.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from ingest.readers.lines import is_time_only

_MAX_TIME_WORDS = 5
_EVEN = 0.06
_MAX_STRETCH = 6.0
"""In em: stretched blanks are equal but for rounding, and seldom wider in columns that hold three words."""
_HYPHENS = ("-", "\u2010", "\u00ad")


class Word(NamedTuple):
    """A run of characters without blanks.  `target` is where a link over it points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    target: str | None = None


class Line(NamedTuple):
    """Words side by side on one baseline, without a column gap between them.

    `words` may be made only where they are asked for.  `first_width` is how wide the first one is, `has_links` whether
    any is a link's.  `breaks_word` says that a hyphen at the end was put there (or may have been) by the line break.
    """

    words: Sequence[Word]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    bold: bool
    breaks_word: bool
    first_width: float
    has_links: bool = False

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Rule(NamedTuple):
    """A drawn horizontal or vertical line (or the side of a drawn box)."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(slots=True)
class Page:
    """One page as an engine read it; `lines` are in the order of the content stream.

    `aside` are lines that do not stand upright (stamps, watermarks, labels of axes).  `has_image` says that a picture
    covers much of the page, `is_blank` that nothing at all is drawn on it.
    """

    number: int
    width: float
    height: float
    lines: list[Line]
    rules: list[Rule] = field(default_factory=list)
    engine: str = "pdfium"
    aside: list[Line] = field(default_factory=list)
    has_image: bool = False
    is_blank: bool = False
    warnings: list[str] = field(default_factory=list)


def make_line(words: Sequence[Word], size: float, bold: bool = False) -> Line:
    """Return the line around the words (at least one)."""
    texts, lefts, tops, rights, bottoms, targets = zip(*words, strict=True)
    text = " ".join(texts)
    return Line(
        tuple(words), text, min(lefts), min(tops), max(rights), max(bottoms), size, bold, ends_in_hyphen(text),
        rights[0] - lefts[0], any(targets),
    )  # fmt: skip


def ends_in_hyphen(text: str) -> bool:
    """Return whether a line ends with a hyphen behind a letter or digit."""
    return text[-1:] in _HYPHENS and text[-2:-1].isalnum()


def same_baseline(first: Line | Word, second: Line | Word) -> bool:
    """Return whether two boxes stand side by side: they share more than half of the lower one's height."""
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap > 0.5 * min(first.bottom - first.top, second.bottom - second.top)


def is_column_gap(gap: float, size: float, others: Sequence[float]) -> bool:
    """Return whether a blank of `gap` points separates columns, given the line's other blanks.

    A blank is about 0.25 em wide; justified lines stretch all their blanks alike, seldom above 0.9 em.
    """
    if gap <= 0.9 * size:
        return False
    if gap > 2.0 * size:
        return True
    usual = median(others) if others else 0.3 * size
    return gap > 2.5 * max(usual, 0.3 * size)


def split_columns(words: Sequence[Word], size: float) -> list[list[Word]]:
    """Cut words of one baseline where the file jumps: at column gaps, backwards, or to another baseline."""
    if len(words) == 1:
        return [list(words)]
    gaps = [second.x0 - first.x1 for first, second in itertools.pairwise(words)]
    jumps = [k for k, gap in enumerate(gaps) if gap > 0.9 * size or gap < -0.6 * size]
    jumps += [
        k
        for k, (first, second) in enumerate(itertools.pairwise(words))
        if first.bottom < second.top or second.bottom < first.top
    ]
    if not jumps or _is_stretched(words, gaps, size):
        return [list(words)]
    usual = sorted(gap for gap in gaps if gap >= 0)[:-1]
    cuts = {k + 1 for k in jumps if not 0.9 * size < gaps[k] or is_column_gap(gaps[k], size, usual)}
    first = min(jumps) + 1
    if first <= _MAX_TIME_WORDS and is_time_only(" ".join([word.text for word in words[:first]])):  # 14:00　開会挨拶
        cuts.add(first)
    return [list(words[start:end]) for start, end in itertools.pairwise([0, *sorted(cuts), len(words)])]


def _is_stretched(words: Sequence[Word], gaps: Sequence[float], size: float) -> bool:
    """Return whether a justified line in a narrow column has had all its blanks stretched alike."""
    even = len(gaps) > 1 and max(gaps) - min(gaps) < _EVEN * size and min(gaps) > 0 and max(gaps) < _MAX_STRETCH * size
    return even and sum(word.text[:1].islower() for word in words) > 0.5 * len(words)


def body_size(pages: Iterable[Page]) -> float:
    """Return the font size that most characters have (10 where there are none)."""
    weight: dict[float, int] = {}
    for page in pages:
        for line in page.lines:
            key = round(line.size * 2) / 2
            weight[key] = weight.get(key, 0) + len(line.text)
    return max(weight, key=weight.__getitem__) if weight else 10.0
