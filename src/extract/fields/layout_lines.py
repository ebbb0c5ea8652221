"""A document as lines: what titles, labelled fields and timetables are read from."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from ingest.document import Block, BlockKind, Document


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line: text[start:end] without outer space or bullet, and the block it stands in."""

    start: int
    end: int
    text: str
    kind: BlockKind
    level: int | None
    block: int
    is_main: bool = True


_BULLETS = "•‣◦▪●○■□–—*·➢►▶→»-# \t\u00a0\u3000>|_"


def lines_of(document: Document) -> tuple[Line, ...]:
    """Return the lines of a document in order; a paragraph that keeps its printed breaks gives several."""
    return _lines_of(document.text, document.blocks)


@lru_cache(maxsize=4)
def _lines_of(text: str, blocks: tuple[Block, ...]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for number, block in enumerate(blocks):
        position = block.start
        for raw in text[block.start : block.end].split("\n"):
            start, end = trim(text, position, position + len(raw))
            if start < end:
                lines.append(Line(start, end, text[start:end], block.kind, block.level, number, block.is_main))
            position += len(raw) + 1
    return tuple(lines)


def trim(text: str, start: int, end: int, extra: str = "") -> tuple[int, int]:
    """Shrink a span by outer spaces, bullets and the characters of `extra`."""
    outer = _BULLETS + "\n\r" + extra
    while start < end and text[start] in outer:
        start += 1
    while end > start and text[end - 1] in " \t\n\r\u00a0\u3000|_*" + extra:
        end -= 1
    return start, end


def first_line_at(lines: tuple[Line, ...], position: int) -> int:
    """Return the index of the first line that starts at or after a position."""
    return bisect_left(lines, position, key=lambda line: line.start)


_PROSE_LENGTH = 200
_JAPANESE_SENTENCE = 30
"""Signs of a sentence in Japanese, which parts no words."""


def is_prose(line: Line) -> bool:
    """Tell a sentence from a heading or a field."""
    words = line.text.split()
    if "。" in line.text and len(line.text) > _JAPANESE_SENTENCE:
        return True
    return len(line.text) > _PROSE_LENGTH or (len(words) > 12 and line.text[-1] in ".。")
