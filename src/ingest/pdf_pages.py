"""Pages of a PDF by PDFium: lines with boxes and font size in stream order.  Few calls per page, for speed."""

from __future__ import annotations

import ctypes
import math
import re
import struct
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.cleaning import clean_characters
from ingest.layout import Line, Page, Word, make_line, same_baseline, split_columns
from ingest.pdf_objects import Box, Ink, View, read_fields, read_links, read_objects, with_targets

_WORD = re.compile(r"[^\s\x00\ufffe]+")
_LINE_END = re.compile(r"[\r\n\ufffe\x02]")
"""PDFium ends lines with CR LF; where a hyphen ends a line it puts U+FFFE (older: U+0002) for hyphen and break."""
_NEEDS_CLEANING = re.compile(
    "[^\n\r\x20-\x7e\xa1-\xac\xae-\xc1\xc4\xc6-\u02ff\u0386-\u058f\u2010-\u2027\u2030-\u205e\u20a0-\u2bff\u3000-\ud7ff\ufffe]"
    "|â[€\x80-\xbf]|[ÄÅÐÑ][\x80-\xbf]"
)
"""Characters that may be damage: controls, soft hyphens, ligatures, private use, marks of UTF-8 read as Latin-1."""
_UNMAPPED = re.compile("[\x01\x03-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf01f\uf100-\uf8ff]")
_MAX_UNMAPPED = 0.05
"""Share of characters that stand for nothing (controls, private use but for symbol fonts) from which text is none:
fonts without a map to Unicode give their glyph numbers, and then every seventh character is a control."""
_MIN_UNMAPPED = 10
_BULLET_FONTS = re.compile(r"wingdings|symbol|dingbat|webdings")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARK_BEFORE = re.compile(r"\d{1,3}(?=[^\W\d_]|[“\"(])")
_MARK_AFTER = re.compile(r"(?<=[^\W\d_]|[.,;:!?)\]”\"’])\d{1,3}$")
_SMALLER = 0.85
"""Height of a footnote mark's box to its word's; Word sets 0.66, LaTeX 0.7, old-style digits stay at 1.0."""
_SIDES = struct.Struct("4f")
"""FS_RECTF as PDFium lays it out: left, top, right, bottom."""
_MAX_CHARACTERS = 100_000
"""Read of one page; a page of a telephone book has 20,000."""
_MIN_HEIGHT = 1.2
_MIN_HEIGHT_SHARE = 0.0015
"""Height of a line in points, and to the page's (for pages measured in inches), below which nobody can read it."""


class PageReader:
    """Reads pages of one open PDFium document.  State: the document handle and reused C buffers."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self.document = document
        self._form = document.formenv.raw if document.formenv else None
        self._rect = c.FS_RECTF()
        self._matrix = c.FS_MATRIX()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._angle = 0
        self._unmapped = 0

    def read(self, index: int) -> Page:
        """Return page `index` (from 0) as lines in stream order; raises PdfiumError where it cannot be loaded."""
        page = self.document[index]
        try:
            view = View(page.get_bbox(), page.get_rotation())
            drawn = read_objects(page.raw, view)
            content = Page(
                index + 1, view.width, view.height, [],
                rules=drawn.rules, has_image=drawn.has_image, is_blank=drawn.is_blank,
            )  # fmt: skip
            self._read_text(page, view, content)
            if content.lines and drawn.may_hide_text:
                self._drop_hidden(page, view, content)
            if self._form is not None:
                content.lines = _beside_labels(content.lines, read_fields(self._form, page.raw, view))
            return content
        finally:
            page.close()

    def _read_text(self, page: pdfium.PdfPage, view: View, content: Page) -> None:
        text_page = page.get_textpage()
        try:
            links = read_links(self.document.raw, page.raw, view)
            turned = self._upright(text_page, view, links, content)
            if turned:  # most of the text stands on its side though the page does not say so: turn the page
                view = view.turned(turned)
                content.width, content.height = view.width, view.height
                content.rules = read_objects(page.raw, view).rules
                self._upright(text_page, view, read_links(self.document.raw, page.raw, view), content)
        finally:
            text_page.close()

    def _upright(self, text_page: pdfium.PdfTextPage, view: View, links: list[tuple[Box, str]], content: Page) -> int:
        """Fill `content` with upright lines, others aside; return the angle most characters have to the page."""
        content.lines, content.aside = [], []
        weights: dict[int, int] = {}
        self._unmapped = 0
        unreadable = 0
        lowest = min(_MIN_HEIGHT, _MIN_HEIGHT_SHARE * view.height)
        for line in self._lines(text_page, view, links, content.warnings):
            size = sum([len(word.text) for word in line.words])
            weights[self._angle] = weights.get(self._angle, 0) + size
            inside = line.x1 >= -1 and line.x0 <= view.width + 1 and line.bottom >= -1 and line.top <= view.height + 1
            if self._angle != 0:
                content.aside.append(line)
            elif inside and line.height >= lowest:
                content.lines.append(line)
            else:
                unreadable += len(line.words)
        if self._unmapped >= _MIN_UNMAPPED and self._unmapped > _MAX_UNMAPPED * (
            sum(weights.values()) + self._unmapped
        ):
            content.lines = []
            content.warnings.append("its font does not say which characters its glyphs are")
        if unreadable:
            content.warnings.append(f"{unreadable} words off the page or too small to read were left out")
        most = max(weights, key=weights.__getitem__, default=0)
        return most if most % 90 == 0 else 0

    def _lines(
        self, text_page: pdfium.PdfTextPage, view: View, links: list[tuple[Box, str]], warnings: list[str]
    ) -> Iterator[Line]:
        raw = text_page.raw
        text = _utf16_units(text_page)
        index_of = None if len(text) == c.FPDFText_CountChars(raw) else c.FPDFText_GetCharIndexFromTextIndex
        if len(text) > _MAX_CHARACTERS:
            warnings.append(f"only the first {_MAX_CHARACTERS:,} of {len(text):,} characters were read")
            text = text[:_MAX_CHARACTERS]
        self._unmapped += len(_UNMAPPED.findall(text))
        clean = _decode_and_clean if _NEEDS_CLEANING.search(text) else None
        char_box, rect, add_word = c.FPDFText_GetLooseCharBox, self._rect, self._add_word
        start = 0
        while start < len(text):
            end_match = _LINE_END.search(text, start)
            end = end_match.start() if end_match else len(text)
            hyphen = end_match is not None and end_match.group() in "\ufffe\x02"
            words: list[Word] = []
            sample, longest = -1, 0
            for found in _WORD.finditer(text, start, end):
                i, j = found.start(), found.end() - 1
                if index_of is not None:
                    i, j = index_of(raw, i), index_of(raw, j)
                word = clean(found.group()) if clean else found.group()
                if word and char_box(raw, i, rect):
                    add_word(words, raw, word, j if j != i else -1, view)
                    if j - i >= longest:
                        sample, longest = j, j - i + 1  # the last character: the first may be a bullet or a note mark
            if words:
                if hyphen:
                    words[-1] = words[-1]._replace(text=words[-1].text + "-")
                yield from self._finish(raw, with_targets(words, links) if links else words, sample, view)
            start = end + 1

    def _finish(self, raw: Any, words: list[Word], sample: int, view: View) -> Iterator[Line]:
        size, bold, symbol = self._font(raw, sample, view)
        if symbol and len(words[0].text) == 1:
            words[0] = words[0]._replace(text="•")
        if self._angle != 0:
            yield make_line(words, size, bold)
            return
        for part in split_columns(words, size):
            yield make_line(part, size, bold)

    def _add_word(self, words: list[Word], raw: Any, text: str, last: int, view: View) -> None:
        """Append the word whose first character's box is in `self._rect` and whose last is `last` (-1: the same)."""
        rect = self._rect
        left, top, right, bottom = _SIDES.unpack(rect)
        if last < 0 or not c.FPDFText_GetLooseCharBox(raw, last, rect):
            words.append(Word(text, *view.box(left, bottom, right, top)))
            return
        left_2, top_2, right_2, bottom_2 = _SIDES.unpack(rect)
        first_height, last_height = top - bottom, top_2 - bottom_2
        if abs(first_height - last_height) > 0.1 * first_height and self._add_mark(
            words, text, (left, bottom, right, top), (left_2, bottom_2, right_2, top_2), view
        ):
            return
        if left_2 < left:
            left, right_2 = left_2, right if right > right_2 else right_2
        if bottom_2 < bottom:
            bottom = bottom_2
        words.append(Word(text, *view.box(left, bottom, right_2, top if top > top_2 else top_2)))

    def _add_mark(self, words: list[Word], text: str, first: Box, last: Box, view: View) -> bool:
        """Append a word and the footnote mark set against it as two words, if that is what it is."""
        box = view.box(
            min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
        )  # fmt: skip
        first_height, last_height = first[3] - first[1], last[3] - last[1]
        if last_height < _SMALLER * first_height and (mark := _MARK_AFTER.search(text)):
            words.append(Word(text[: mark.start()], *box))
            words.append(Word(mark.group().translate(_SUPERSCRIPT), *view.box(*last)))
            return True
        if first_height < _SMALLER * last_height and (mark := _MARK_BEFORE.match(text)):
            words.append(Word(mark.group().translate(_SUPERSCRIPT), *view.box(*first)))
            words.append(Word(text[mark.end() :], *box))
            return True
        return False

    def _font(self, raw: Any, index: int, view: View) -> tuple[float, bool, bool]:
        """Return (size in points, bold, symbol font) of a character; note its angle to the page as shown."""
        size = c.FPDFText_GetFontSize(raw, index)
        self._angle = 0
        matrix = self._matrix
        if c.FPDFText_GetMatrix(raw, index, matrix):
            size *= math.hypot(matrix.c, matrix.d)
            if matrix.b or matrix.a < 0 or view.rotation:
                self._angle = (round(math.degrees(math.atan2(matrix.b, matrix.a))) - view.rotation) % 360
        length = c.FPDFText_GetFontInfo(raw, index, self._name, 128, self._flags)
        bold, symbol = _font_traits(self._name.raw[: length - 1] if 0 < length <= 128 else b"")
        return max(size, 1.0), bold or c.FPDFText_GetFontWeight(raw, index) >= 600, symbol

    def _drop_hidden(self, page: pdfium.PdfPage, view: View, content: Page) -> None:
        """Keep only words where the page shows anything: white on white and unpainted text goes.

        The text layer of a scan is unpainted too, but the scan shows ink where its words stand.
        """
        if (content.width, content.height) != (view.width, view.height):
            return
        try:
            ink = Ink(page, view)
        except (pdfium.PdfiumError, ValueError):  # a page that cannot be drawn shows nothing to compare with
            return
        kept: list[Line] = []
        hidden = 0
        for line in content.lines:
            words = [word for word in line.words if ink.shows(word)]
            hidden += len(line.words) - len(words)
            if words:
                kept.append(line if len(words) == len(line.words) else make_line(words, line.size, line.bold))
        content.lines = kept
        if hidden:
            content.warnings.append(f"{hidden} words that the page does not show were left out")


def _utf16_units(text_page: pdfium.PdfTextPage) -> str:
    """Return the page's text, one character per UTF-16 unit, so that positions are PDFium's."""
    text: str = text_page.get_text_range(errors="surrogatepass")
    if text and max(text) > "\uffff":
        units = text.encode("utf-16-le", "surrogatepass")
        text = "".join([chr(unit) for unit in memoryview(units).cast("H")])
    return text


def _decode_and_clean(text: str) -> str:
    if not _NEEDS_CLEANING.search(text):
        return text
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return "".join(clean_characters(text).split())


@lru_cache(maxsize=1024)
def _font_traits(name: bytes) -> tuple[bool, bool]:
    """Return (bold, symbol font) from a font's name."""
    text = name.decode("latin-1").lower()
    bold = any(part in text for part in ("bold", "black", "heavy", "demi")) or text.endswith((",b", "-b"))
    return bold, bool(_BULLET_FONTS.search(text))


def _beside_labels(lines: list[Line], fields: list[Line]) -> list[Line]:
    """Put the text of each field behind the label on its left, or at the end where there is none."""
    result = list(lines)
    for filled in fields:
        labels = [
            (filled.x0 - line.x1, k)
            for k, line in enumerate(result)
            if same_baseline(line, filled) and -2 <= filled.x0 - line.x1 <= 20 * line.size
        ]
        if labels:
            k = min(labels)[1]
            label = result[k]
            result[k] = make_line([*label.words, *filled.words], label.size, label.bold)
        else:
            result.append(filled)
    return result
