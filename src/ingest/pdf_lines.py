"""Lines from the text layer of a PDF page.

Most lines are prose on one baseline and come whole off the layer's arrays; only lines with column gaps, footnote marks,
links, symbols or damaged characters are taken apart word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import overload

import numpy as np

from ingest.cleaning import clean_characters
from ingest.layout import Line, Word, ends_in_hyphen, make_line, split_columns
from ingest.pdf_objects import Box, View, with_targets
from ingest.pdf_text import Flags, Floats, TextLayer

_NEEDS_CLEANING = re.compile(
    "[^\n\r\x20-\x7e\xa1-\xac\xae-\xc1\xc4\xc6-\u02ff\u0386-\u058f\u2010-\u2027\u2030-\u205e\u20a0-\u2bff\u3000-\ud7ff\ufffe]"
    "|â[€\x80-\xbf]|[ÄÅÐÑ][\x80-\xbf]"
)
"""Characters that may be damage: controls, soft hyphens, ligatures, private use, marks of UTF-8 read as Latin-1."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK_BEFORE = re.compile(r"\d{1,3}(?=[^\W\d_]|[“\"(])")
_MARK_AFTER = re.compile(r"(?<=[^\W\d_]|[.,;:!?)\]”\"’])\d{1,3}$")
_SMALLER = 0.85
"""Height of a footnote mark's box to its word's; Word sets 0.66, LaTeX 0.7, old-style digits stay at 1.0."""
_RAISED, _TOUCHING = 0.25, 0.15
"""Shares of the height of a word's box: how high over its foot a mark stands (Chromium: 0.4), how near behind it."""
_UNEVEN = 0.1
"""Share of its height by which a word's last character must differ from the first for a mark to be looked for."""

Links = Sequence[tuple[Box, str]]


class MeasuredWords(Sequence[Word]):
    """The words of a line of prose, made where somebody asks for them.  State: its text, its part of a page's boxes."""

    __slots__ = ("_boxes", "_end", "_start", "_text")

    def __init__(self, text: str, boxes: Floats, start: int, end: int) -> None:
        self._text, self._boxes, self._start, self._end = text, boxes, start, end

    def __len__(self) -> int:
        return self._end - self._start

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Word, ...]: ...
    def __getitem__(self, index: int | slice) -> Word | tuple[Word, ...]:
        return tuple(self)[index]

    def __iter__(self) -> Iterator[Word]:
        for text, box in zip(self._text.split(" "), self._boxes[self._start : self._end].tolist(), strict=True):
            yield Word(text, *box)


def main_angle(layer: TextLayer, view: View) -> int:
    """Return the angle that most characters have to the page as shown, 0 where it is no right one."""
    angles = (layer.angles - view.rotation) % 360
    if not angles.any():
        return 0
    weights = np.bincount(angles, np.add.reduceat(layer.ends - layer.starts, layer.firsts))
    most = int(weights.argmax())
    return most if most % 90 == 0 else 0


def read_lines(layer: TextLayer, view: View, links: Links) -> Iterator[tuple[Line, int]]:
    """Yield (line, its angle to the page as shown in degrees) in stream order; upright lines are cut at column gaps."""
    boxes = np.hstack([np.fmin(layer.heads, layer.tails)[:, :2], np.fmax(layer.heads, layer.tails)[:, 2:]])
    boxes = np.column_stack(view.box(*boxes.T))
    firsts, lasts = layer.firsts, np.append(layer.firsts[1:], len(boxes))
    lefts, tops = np.minimum.reduceat(boxes[:, :2], firsts).T.tolist()
    rights, bottoms = np.maximum.reduceat(boxes[:, 2:], firsts).T.tolist()
    widths = (boxes[firsts, 2] - boxes[firsts, 0]).tolist()
    begins, stops = layer.starts[firsts].tolist(), layer.ends[lasts - 1].tolist()
    angles = (layer.angles - view.rotation) % 360
    sizes, hyphens = layer.sizes.tolist(), layer.hyphens.tolist()
    odd = (_odd_lines(layer, boxes, links) | (angles != 0)).tolist()
    for k, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        if odd[k]:
            angle = int(angles[k])
            for part in _take_apart(layer, k, slice(first, last), boxes, view, links, upright=angle == 0):
                yield make_line(part, sizes[k], layer.bold[k]), angle
            continue
        text = layer.text[begins[k] : stops[k]]
        if "  " in text:
            text = " ".join(text.split())
        if hyphens[k]:
            text += "-"
        words = MeasuredWords(text, boxes, first, last)
        yield Line(
            words, text, lefts[k], tops[k], rights[k], bottoms[k], sizes[k], layer.bold[k], ends_in_hyphen(text),
            widths[k],
        ), 0  # fmt: skip


def _odd_lines(layer: TextLayer, boxes: Floats, links: Links) -> Flags:
    """Return for each line whether its words must be looked at one by one."""
    counts = np.diff(layer.firsts, append=len(boxes))
    sizes = np.repeat(layer.sizes, counts)
    x0, top, x1, bottom = boxes.T
    heights, ends = layer.heads[:, 3] - layer.heads[:, 1], layer.tails[:, 3] - layer.tails[:, 1]
    odd = np.isnan(layer.heads[:, 0]) | (np.abs(heights - ends) > _UNEVEN * heights)
    gaps = x0[1:] - x1[:-1]
    jumps = (gaps > 0.9 * sizes[1:]) | (gaps < -0.6 * sizes[1:]) | (bottom[:-1] < top[1:]) | (bottom[1:] < top[:-1])
    jumps |= (heights[1:] < _SMALLER * heights[:-1]) & (bottom[1:] < bottom[:-1])  # a mark behind its word
    jumps |= (heights[:-1] < _SMALLER * heights[1:]) & (bottom[:-1] < bottom[1:])  # a mark before one
    jumps[layer.firsts[1:] - 1] = False  # from line to line
    odd[1:] |= jumps
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    for (left, upper, right, lower), _ in links:
        odd |= (left <= x) & (x <= right) & (upper <= y) & (y <= lower)
    return np.logical_or.reduceat(odd, layer.firsts) | layer.suspect | layer.symbols


def _take_apart(
    layer: TextLayer, line: int, part: slice, boxes: Floats, view: View, links: Links, *, upright: bool
) -> list[list[Word]]:
    """Return the line's words, marks apart, cleaned, with link targets; cut at column gaps where they stand upright."""
    words: list[Word] = []
    rows = zip(layer.starts[part].tolist(), layer.ends[part].tolist(), range(part.start, part.stop), strict=True)
    for start, end, k in rows:
        text = clean_word(layer.text[start:end])
        head, tail = layer.heads[k].tolist(), layer.tails[k].tolist()
        if text and head[0] == head[0]:  # NaN: PDFium has no box
            words += _split_mark(text, head, tail, view) or [Word(text, *boxes[k].tolist())]
    if not words:
        return []
    if upright:
        _raise_marks(words)
    if layer.symbols[line] and len(words[0].text) == 1:
        words[0] = words[0]._replace(text="•")
    if layer.hyphens[line]:
        words[-1] = words[-1]._replace(text=words[-1].text + "-")
    if links:
        words = with_targets(words, links)
    return split_columns(words, float(layer.sizes[line])) if upright else [words]


def _raise_marks(words: list[Word]) -> None:
    """Write footnote marks that stand by themselves, behind a word or first in the line, as superscript."""
    for k, mark in enumerate(words):
        if not (mark.text.isdecimal() and len(mark.text) <= 3 and len(words) > 1):
            continue
        word = words[k - 1] if k else words[1]
        height, gap = word.bottom - word.top, mark.x0 - word.x1 if k else word.x0 - mark.x1
        raised = mark.bottom < word.bottom - _RAISED * height and mark.top < word.top + 0.1 * height
        if raised and -_TOUCHING * height < gap < (_TOUCHING if k else 1.0) * height:
            words[k] = mark._replace(text=mark.text.translate(_SUPERSCRIPT))


def _split_mark(text: str, head: list[float], tail: list[float], view: View) -> list[Word]:
    """Return a word and the footnote mark set against it as two words, nothing if there is none."""
    heights = head[3] - head[1], tail[3] - tail[1]
    if not abs(heights[0] - heights[1]) > _UNEVEN * heights[0]:
        return []
    box = view.box(min(head[0], tail[0]), min(head[1], tail[1]), max(head[2], tail[2]), max(head[3], tail[3]))
    if heights[1] < _SMALLER * heights[0] and (mark := _MARK_AFTER.search(text)):
        return [
            Word(text[: mark.start()], *box),
            Word(mark.group().translate(_SUPERSCRIPT), *view.box(*tail)),
        ]  # fmt: skip
    if heights[0] < _SMALLER * heights[1] and (mark := _MARK_BEFORE.match(text)):
        return [Word(mark.group().translate(_SUPERSCRIPT), *view.box(*head)), Word(text[mark.end() :], *box)]
    return []


def clean_word(text: str) -> str:
    """Return a word of UTF-16 units as characters, repaired; empty where none of them can be seen."""
    if not _NEEDS_CLEANING.search(text):
        return text
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(clean_characters(text).split())
