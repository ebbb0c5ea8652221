"""A page of a PDF as an image with its words: rendered by PDFium in the sandbox's child, matched to findings here."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from ingest.document import RawFile
from ingest.errors import BadInput
from ingest.limits import Limits
from ingest.read import Opened
from ingest.sandbox import Sandbox

WIDTH = 1100
"""Pixels across: sharp at the 550 px the page has beside the findings on a display of double density."""
_MAX_HEIGHT = 6 * WIDTH
_MAX_CHARS = 40_000
"""Characters of a page that get a place; a page of dense print has 6,000."""
_KEPT = 24


class Word(NamedTuple):
    """A word of a page and its box, in shares of the page's width and height from the top left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """A rendered page: PNG, its size in pixels, and its words in the order of the file."""

    png: bytes
    width: int
    height: int
    words: tuple[Word, ...]


def render_page(file: RawFile, limits: Limits) -> Opened:
    """Render the page that the address names ("a.pdf#page=3", from 1); runs in the child.

    Returns two files inside: the PNG and the words as JSON.  Raises BadInput where there is no such page.
    """
    import pypdfium2 as pdfium

    number = int(file.source_uri.rpartition("#page=")[2])
    try:
        pdf = pdfium.PdfDocument(file.data)
        if not 1 <= number <= min(len(pdf), limits.max_pages):
            raise BadInput("partial_pages", f"There is no page {number}.")
        page = pdf[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), _MAX_HEIGHT / max(height, 1))
        image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        words = _words(page.get_textpage(), width, height)
    except pdfium.PdfiumError as error:
        raise BadInput("corrupt", f"The page cannot be drawn ({error}).") from None
    png = BytesIO()
    image.save(png, "PNG", compress_level=6)
    size = msgspec.json.encode({"width": image.width, "height": image.height, "words": words})
    return Opened(None, [RawFile("page.png", png.getvalue()), RawFile("page.json", size)])


def _words(textpage, width: float, height: float) -> list[Word]:  # type: ignore[no-untyped-def]
    """Return the words of a page with the box around their characters."""
    count = min(textpage.count_chars(), _MAX_CHARS)
    text = textpage.get_text_range(0, count) if count else ""
    words, start = [], None
    # PDFium counts UTF-16 units: beyond the basic plane offsets drift by one a letter, which moves a box by a letter
    for at, letter in enumerate(f"{text} "[: count + 1]):
        if not letter.isspace() and start is None:
            start = at
        elif letter.isspace() and start is not None:
            boxes = [textpage.get_charbox(i) for i in range(start, min(at, count))]
            left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
            right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
            words.append(Word(text[start:at], left / width, 1 - top / height, right / width, 1 - bottom / height))
            start = None
    return words


class _Layout(msgspec.Struct):
    width: int
    height: int
    words: list[Word]


class PageRenderer:
    """Renders pages one at a time and keeps the last few.  State: the sandbox with its child, and what is kept."""

    def __init__(self, limits: Limits) -> None:
        short = replace(limits, cpu_seconds=min(limits.cpu_seconds, 20), wall_seconds=min(limits.wall_seconds, 30.0))
        self._limits = short
        self._sandbox = Sandbox(short, "convenor.desk.pdf_pages:render_page")
        self._kept: OrderedDict[tuple[str, int], Page] = OrderedDict()
        self._lock = threading.Lock()

    def page(self, path: Path, sha256: str, number: int) -> Page:
        """Return a page of a file that still has this hash.  Raises BadInput with the reason."""
        with self._lock:
            key = (sha256, number)
            if key not in self._kept:
                self._kept[key] = self._render(path, sha256, number)
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def close(self) -> None:
        """End the child."""
        self._sandbox.close()

    def _render(self, path: Path, sha256: str, number: int) -> Page:
        try:
            if path.stat().st_size > self._limits.max_bytes:
                raise BadInput("too_large", "The file is too large to be shown.")
            file = RawFile(f"{path.name}#page={number}", path.read_bytes())
        except OSError as error:
            raise BadInput("not_readable", f"The file cannot be read ({error.strerror}).") from None
        if file.sha256 != sha256:
            raise BadInput("vanished", "The file has changed since it was read; publish to read it again.")
        image, layout = self._sandbox.open(file, self._limits).files
        said = msgspec.json.decode(layout.data, type=_Layout)
        return Page(image.data, said.width, said.height, tuple(said.words))


def place(words: Sequence[Word], texts: Iterable[str]) -> list[tuple[Word, ...]]:
    """Return for each text, in the order of the page, the words it stands on; none where it is not found.

    Equal texts take one place after the other, so the third "NATO" of the text is the third on the page.
    """
    bare = [_bare(word.text) for word in words]
    starts: dict[str, list[int]] = {}
    for i, word in enumerate(bare):
        starts.setdefault(word, []).append(i)
    used: dict[tuple[str, ...], int] = {}
    return [_next_place(words, bare, starts, used, text) for text in texts]


def _next_place(
    words: Sequence[Word], bare: list[str], starts: dict[str, list[int]], used: dict[tuple[str, ...], int], text: str
) -> tuple[Word, ...]:
    wanted = tuple(filter(None, map(_bare, text.split())))
    if not wanted:
        return ()
    for start in starts.get(wanted[0], ()):
        if start >= used.get(wanted, 0) and tuple(bare[start : start + len(wanted)]) == wanted:
            used[wanted] = start + 1
            return tuple(words[start : start + len(wanted)])
    return ()


def _bare(word: str) -> str:
    return re.sub(r"\W+", "", unicodedata.normalize("NFKC", word)).casefold()
