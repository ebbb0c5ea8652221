"""Pages of a PDF by PDFium: what a page shows, as lines with boxes and font size in stream order."""

from __future__ import annotations

import pypdfium2 as pdfium

from ingest.layout import Line, Page, make_line, same_baseline
from ingest.pdf_lines import Links, main_angle, read_lines
from ingest.pdf_objects import Ink, View, read_fields, read_links, read_objects
from ingest.pdf_text import MAX_CHARACTERS, TextLayer, read_text_layer

_MAX_UNMAPPED = 0.05
"""Share of characters that stand for nothing (controls, private use but for symbol fonts) from which text is none:
fonts without a map to Unicode give their glyph numbers, and then every seventh character is a control."""
_MIN_UNMAPPED = 10
_MIN_HEIGHT = 1.2
_MIN_HEIGHT_SHARE = 0.0015
"""Height of a line in points, and to the page's (for pages measured in inches), below which nobody can read it."""


class PageReader:
    """Reads pages of one open PDFium document.  State: the document handle."""

    def __init__(self, document: pdfium.PdfDocument) -> None:
        self.document = document
        self._form = document.formenv.raw if document.formenv else None

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
                _drop_hidden(page, view, content)
            if self._form is not None:
                content.lines = _beside_labels(content.lines, read_fields(self._form, page.raw, view))
            return content
        finally:
            page.close()

    def _read_text(self, page: pdfium.PdfPage, view: View, content: Page) -> None:
        text_page = page.get_textpage()
        try:
            layer = read_text_layer(text_page)
        finally:
            text_page.close()
        if layer is None:
            return
        if layer.left_out:
            content.warnings.append(f"{layer.left_out:,} characters beyond the first {MAX_CHARACTERS:,} were not read")
        if turned := main_angle(layer, view):  # most of the text stands on its side though the page does not say so
            view = view.turned(turned)
            content.width, content.height = view.width, view.height
            content.rules = read_objects(page.raw, view).rules
        _place_lines(layer, view, read_links(self.document.raw, page.raw, view), content)


def _place_lines(layer: TextLayer, view: View, links: Links, content: Page) -> None:
    """Fill `content`: lines that stand upright, others aside; what nobody can read is only counted."""
    characters = int((layer.ends - layer.starts).sum())
    if layer.unmapped >= _MIN_UNMAPPED and layer.unmapped > _MAX_UNMAPPED * (characters + layer.unmapped):
        content.warnings.append("its font does not say which characters its glyphs are")
        return
    unreadable = 0
    lowest = min(_MIN_HEIGHT, _MIN_HEIGHT_SHARE * view.height)
    for line, angle in read_lines(layer, view, links):
        inside = line.x1 >= -1 and line.x0 <= view.width + 1 and line.bottom >= -1 and line.top <= view.height + 1
        if angle != 0:
            content.aside.append(line)
        elif inside and line.height >= lowest:
            content.lines.append(line)
        else:
            unreadable += len(line.words)
    if unreadable:
        content.warnings.append(f"{unreadable} words off the page or too small to read were left out")


def _drop_hidden(page: pdfium.PdfPage, view: View, content: Page) -> None:
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
