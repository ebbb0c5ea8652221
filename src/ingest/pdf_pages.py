"""Pages of a PDF by PDFium: lines with boxes and font size, drawn rules, links.  Few calls per page, for speed."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from functools import lru_cache

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.layout import Line, Page, Rule, Word, make_line, split_columns

_WORD = re.compile(r"[^\s\x00\ufffe]+")
_LINE_END = re.compile(r"[\r\n\ufffe\x02]")
"""PDFium ends lines with CR LF; where a hyphen ends a line it puts U+FFFE (older: U+0002) for hyphen and break."""

_BULLET_FONTS = re.compile(r"wingdings|symbol|dingbat|webdings", re.I)
_MAX_OBJECTS = 20_000
_MAX_RULES = 4_000
"""Above this the drawing is a picture, not a table."""
_MAX_FORM_DEPTH = 4


class PageReader:
    """Reads pages of one open PDFium document.  State: the document handle and reused C buffers."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self.document = document
        self._rect = c.FS_RECTF()
        self._matrix = c.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()

    def read(self, index: int) -> Page:
        """Return page `index` (from 0) as lines in stream order; raises PdfiumError where it cannot be loaded."""
        page = self.document[index]
        try:
            box = page.get_bbox()
            view = _View(box, page.get_rotation())
            content = Page(index + 1, view.width, view.height, [])
            self._read_objects(page.raw, view, content)
            text_page = page.get_textpage()
            try:
                content.lines = list(self._lines(text_page, view, _links(self.document.raw, page.raw, view)))
            finally:
                text_page.close()
            return content
        finally:
            page.close()

    def _lines(self, text_page: pdfium.PdfTextPage, view: _View, links: list[tuple[Rule, str]]) -> Iterator[Line]:
        raw = text_page.raw
        text = _utf16_units(text_page)
        index_of = None if len(text) == c.FPDFText_CountChars(raw) else c.FPDFText_GetCharIndexFromTextIndex
        start = 0
        while start < len(text):
            end_match = _LINE_END.search(text, start)
            end = end_match.start() if end_match else len(text)
            hyphen = end_match is not None and end_match.group() in "\ufffe\x02"
            words = []
            sample, longest = -1, 0
            for found in _WORD.finditer(text, start, end):
                i, j = found.start(), found.end() - 1
                if index_of is not None:
                    i, j = index_of(raw, i), index_of(raw, j)
                word = self._word(raw, found.group(), i, j, view)
                if word is not None:
                    words.append(word)
                    if (
                        j - i >= longest
                    ):  # not the first character: that may be a bullet, a note mark or a small capital
                        sample, longest = j, j - i + 1
            if words:
                yield from self._finish(raw, words, sample, hyphen, view, links)
            start = end + 1

    def _finish(
        self, raw: object, words: list[Word], sample: int, hyphen: bool, view: _View, links: list[tuple[Rule, str]]
    ) -> Iterator[Line]:
        size, bold, symbol = self._font(raw, sample)
        if symbol and len(words[0].text) == 1:
            words[0] = words[0]._replace(text="•")
        if links:
            words = [_with_target(word, links) for word in words]
        if hyphen:
            words[-1] = words[-1]._replace(text=words[-1].text + "-")
        for part in split_columns(words, size):
            yield make_line(part, size, bold)

    def _word(self, raw: object, text: str, i: int, j: int, view: _View) -> Word | None:
        rect = self._rect
        if not c.FPDFText_GetLooseCharBox(raw, i, rect):
            return None
        left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
        if j != i and c.FPDFText_GetLooseCharBox(raw, j, rect):
            left, right = min(left, rect.left), max(right, rect.right)
            top, bottom = max(top, rect.top), min(bottom, rect.bottom)
        return Word(_decode(text), *view.box(left, bottom, right, top))

    def _font(self, raw: object, index: int) -> tuple[float, bool, bool]:
        """Return (size in points, bold, symbol font) of a character."""
        size = c.FPDFText_GetFontSize(raw, index)
        if c.FPDFText_GetMatrix(raw, index, self._matrix):
            size *= math.hypot(self._matrix.c, self._matrix.d)
        length = c.FPDFText_GetFontInfo(raw, index, self._name, 128, self._flags)
        name = self._name.raw[: max(length - 1, 0)] if length <= 128 else b""
        bold, symbol = _font_traits(name)
        return max(size, 1.0), bold or c.FPDFText_GetFontWeight(raw, index) >= 600, symbol

    def _read_objects(self, raw_page: object, view: _View, content: Page) -> None:
        """Note drawn rules and whether a picture covers a good part of the page."""
        for obj, kind in _objects(raw_page):
            if kind == c.FPDF_PAGEOBJ_PATH and len(content.rules) < _MAX_RULES:
                content.rules.extend(self._rules(obj, view))
            elif kind == c.FPDF_PAGEOBJ_IMAGE and not content.has_image:
                x0, top, x1, bottom = self._bounds(obj, view)
                content.has_image = (x1 - x0) * (bottom - top) > 0.4 * view.width * view.height

    def _bounds(self, obj: object, view: _View) -> tuple[float, float, float, float]:
        rect = self._rect
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not c.FPDFPageObj_GetBounds(obj, left, bottom, right, top):
            return (0.0, 0.0, 0.0, 0.0)
        del rect
        return view.box(left.value, bottom.value, right.value, top.value)

    def _rules(self, obj: object, view: _View) -> Iterator[Rule]:
        x0, top, x1, bottom = self._bounds(obj, view)
        wide, high = x1 - x0, bottom - top
        if high <= 3 < wide:
            yield Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
        elif wide <= 3 < high:
            yield Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
        elif wide > 3 and high > 3 and c.FPDFPath_CountSegments(obj) in (4, 5):
            yield from (Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom))
            yield from (Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom))


class _View:
    """From PDF user space to the page as it is shown."""

    __slots__ = ("height", "left", "right", "rotation", "top", "width", "zero")

    def __init__(self, box: tuple[float, float, float, float], rotation: int) -> None:
        self.left, self.zero, self.right, self.top = box
        self.rotation = rotation % 360
        wide, high = self.right - self.left, self.top - self.zero
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return (x0, top, x1, bottom), y downwards."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.rotation == 90:
            return bottom - self.zero, left - self.left, top - self.zero, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.zero, self.right - left, top - self.zero
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def _utf16_units(text_page: pdfium.PdfTextPage) -> str:
    """Return the page's text, one character per UTF-16 unit, so that positions are PDFium's."""
    text = text_page.get_text_range(errors="surrogatepass")
    if text and max(text) > "\uffff":
        units = text.encode("utf-16-le", "surrogatepass")
        text = "".join([chr(unit) for unit in memoryview(units).cast("H")])
    return text


def _decode(text: str) -> str:
    if text.isascii() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


@lru_cache(maxsize=1024)
def _font_traits(name: bytes) -> tuple[bool, bool]:
    text = name.decode("latin-1").lower()
    bold = any(part in text for part in ("bold", "black", "heavy", "demi")) or text.endswith((",b", "-b"))
    return bold, bool(_BULLET_FONTS.search(text))


def _objects(raw_page: object) -> Iterator[tuple[object, int]]:
    """Yield (object, type) of a page and of the forms in it, at most `_MAX_OBJECTS`."""
    budget = _MAX_OBJECTS
    stack = [(c.FPDFPage_GetObject, raw_page, c.FPDFPage_CountObjects(raw_page), 0)]
    while stack:
        get, owner, count, depth = stack.pop()
        for i in range(min(count, budget)):
            obj = get(owner, i)
            kind = c.FPDFPageObj_GetType(obj)
            yield obj, kind
            if kind == c.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
                stack.append((c.FPDFFormObj_GetObject, obj, c.FPDFFormObj_CountObjects(obj), depth + 1))
        budget -= count
        if budget <= 0:
            return


def _links(raw_document: object, raw_page: object, view: _View) -> list[tuple[Rule, str]]:
    """Return the page's web links as (box, address)."""
    position, link, rect = ctypes.c_int(0), c.FPDF_LINK(), c.FS_RECTF()
    found: list[tuple[Rule, str]] = []
    while len(found) < 1000 and c.FPDFLink_Enumerate(raw_page, position, link):
        action = c.FPDFLink_GetAction(link)
        if not action or c.FPDFAction_GetType(action) != c.PDFACTION_URI or not c.FPDFLink_GetAnnotRect(link, rect):
            continue
        length = c.FPDFAction_GetURIPath(raw_document, action, None, 0)
        if 1 < length <= 4096:
            buffer = ctypes.create_string_buffer(length)
            c.FPDFAction_GetURIPath(raw_document, action, buffer, length)
            target = buffer.value.decode("utf-8", "replace").strip()
            found.append((Rule(*view.box(rect.left, rect.bottom, rect.right, rect.top)), target))
    return found


def _with_target(word: Word, links: list[tuple[Rule, str]]) -> Word:
    x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
    for box, target in links:
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
            return word._replace(target=target)
    return word
