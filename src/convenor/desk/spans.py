"""The text of a document cut where findings begin and end, so that each piece knows what it is part of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A stretch of the text (code points, end exclusive) that a finding rests on; `number` names it in the page."""

    number: int
    start: int
    end: int
    layer: str
    card: str | None
    """Anchor of the card it leads to, None where the words support no finding of their own."""

    note: str
    """What found it and how sure it is."""


@dataclass(frozen=True)
class Piece:
    """A piece of a line under the same marks; the innermost mark gives it its looks."""

    text: str
    marks: tuple[Mark, ...] = ()
    """From the innermost to the outermost."""

    is_first: bool = False
    """Whether the innermost mark begins here."""

    @property
    def numbers(self) -> str:
        return " ".join(str(mark.number) for mark in self.marks)


@dataclass(frozen=True)
class Line:
    """A line of the text without its line break; `start` is its offset."""

    start: int
    pieces: tuple[Piece, ...]


def cut(text: str, marks: Sequence[Mark]) -> list[Line]:
    """Return the lines of a text, each cut at the borders of marks: linear in text, marks and their overlaps."""
    opening: dict[int, list[Mark]] = {}
    borders: set[int] = set()
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            opening.setdefault(mark.start, []).append(mark)
            borders |= {mark.start, mark.end}
    ordered = sorted(borders)
    at = 0
    active: list[Mark] = []
    lines = []
    for start, end in _lines(text):
        pieces = []
        position = start
        while position < end:
            while at < len(ordered) and ordered[at] <= position:
                active += opening.get(ordered[at], ())
                at += 1
            active = [mark for mark in active if mark.end > position]
            stop = min(end, ordered[at]) if at < len(ordered) else end
            pieces.append(_piece(text, position, stop, active))
            position = stop
        lines.append(Line(start, tuple(pieces)))
    return lines


def _piece(text: str, start: int, end: int, active: Sequence[Mark]) -> Piece:
    inner = sorted(active, key=lambda mark: (mark.end - mark.start, mark.number))
    return Piece(text[start:end], tuple(inner), bool(inner) and inner[0].start == start)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1
