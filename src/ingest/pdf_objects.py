"""What is on a PDF page besides running text: drawn rules, pictures, links, form fields; and which words show ink."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest.layout import Line, Rule, Word, make_line

_MAX_OBJECTS = 20_000
_MAX_RULES = 4_000
"""Above this the drawing is a picture, not a table."""
_MAX_FORM_DEPTH = 4
_MAX_LINKS = 1_000
_MAX_ADDRESS = 4_096
_THIN = 3.0
"""Points up to which a filled box is a rule (pdfplumber snaps at the same distance)."""
_FAINT = 225
"""Lightest channel from which a colour may be invisible on white; only such pages are rendered to look."""
_INK = 30
"""Grey levels (of 255) between darkest and lightest pixel of a word's box; blank paper has 0, light grey type 60."""
_MAX_RENDERED = 4_000_000
_UNPAINTED = (c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP)
_TEXT_FIELDS = (c.FPDF_FORMFIELD_TEXTFIELD, c.FPDF_FORMFIELD_COMBOBOX, c.FPDF_FORMFIELD_LISTBOX)

Box = tuple[float, float, float, float]


class View:
    """From PDF user space to the page as it is shown: points from the top left corner."""

    __slots__ = ("bottom", "height", "left", "right", "rotation", "top", "width")

    def __init__(self, box: Sequence[float], rotation: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.rotation = rotation % 360
        wide, high = self.right - self.left, self.top - self.bottom
        self.width, self.height = (high, wide) if self.rotation in (90, 270) else (wide, high)

    def turned(self, degrees: int) -> View:
        """Return the view of the page turned clockwise by a further multiple of 90 degrees."""
        return View((self.left, self.bottom, self.right, self.top), self.rotation + degrees)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return (x0, top, x1, bottom), y downwards."""
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.rotation == 90:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.rotation == 180:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


@dataclass(slots=True)
class Drawn:
    """What the objects of a page tell: rules, whether anything is drawn, a big picture, text that may not show."""

    rules: list[Rule] = field(default_factory=list)
    is_blank: bool = True
    has_image: bool = False
    may_hide_text: bool = False


def read_objects(raw_page: Any, view: View) -> Drawn:
    """Return what is drawn on the page, forms included."""
    drawn = Drawn()
    for obj, kind, depth in _objects(raw_page):
        drawn.is_blank = False
        if kind == c.FPDF_PAGEOBJ_TEXT:
            if not drawn.may_hide_text:
                drawn.may_hide_text = _may_be_hidden(obj)
        elif kind == c.FPDF_PAGEOBJ_PATH:
            if len(drawn.rules) < _MAX_RULES and depth == 0:  # boxes inside forms are in the form's own space
                drawn.rules.extend(_rules(obj, view))
        elif kind == c.FPDF_PAGEOBJ_IMAGE and not drawn.has_image:
            x0, top, x1, bottom = _bounds(obj, view)
            drawn.has_image = depth > 0 or (x1 - x0) * (bottom - top) > 0.4 * view.width * view.height
    return drawn


def _objects(raw_page: Any) -> Iterator[tuple[Any, int, int]]:
    """Yield (object, type, depth) of a page and of the forms in it, at most `_MAX_OBJECTS`."""
    budget = _MAX_OBJECTS
    stack = [(c.FPDFPage_GetObject, raw_page, c.FPDFPage_CountObjects(raw_page), 0)]
    while stack and budget > 0:
        get, owner, count, depth = stack.pop()
        for i in range(min(count, budget)):
            obj = get(owner, i)
            kind = c.FPDFPageObj_GetType(obj)
            yield obj, kind, depth
            if kind == c.FPDF_PAGEOBJ_FORM and depth < _MAX_FORM_DEPTH:
                stack.append((c.FPDFFormObj_GetObject, obj, c.FPDFFormObj_CountObjects(obj), depth + 1))
        budget -= count


_CHANNELS = _RED, _GREEN, _BLUE, _ALPHA = tuple(ctypes.c_uint() for _ in range(4))
_SIDES = tuple(ctypes.c_float() for _ in range(4))


def _may_be_hidden(obj: Any) -> bool:
    if c.FPDFTextObj_GetTextRenderMode(obj) in _UNPAINTED:
        return True
    if not c.FPDFPageObj_GetFillColor(obj, *_CHANNELS):
        return False
    if _RED.value >= _FAINT and _GREEN.value >= _FAINT and _BLUE.value >= _FAINT:
        return True
    return _ALPHA.value <= 255 - _FAINT


def _bounds(obj: Any, view: View) -> Box:
    if not c.FPDFPageObj_GetBounds(obj, *_SIDES):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (side.value for side in _SIDES)
    return view.box(left, bottom, right, top)


def _rules(obj: Any, view: View) -> Iterator[Rule]:
    """Yield the rules a path draws: a thin box or line is one, a box of four sides is four."""
    x0, top, x1, bottom = _bounds(obj, view)
    wide, high = x1 - x0, bottom - top
    if high <= _THIN < wide:
        yield Rule(x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    elif wide <= _THIN < high:
        yield Rule((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)
    elif wide > _THIN and high > _THIN and c.FPDFPath_CountSegments(obj) in (4, 5):
        yield from (Rule(x0, top, x1, top), Rule(x0, bottom, x1, bottom))
        yield from (Rule(x0, top, x0, bottom), Rule(x1, top, x1, bottom))


def read_links(raw_document: Any, raw_page: Any, view: View) -> list[tuple[Box, str]]:
    """Return the page's web links as (box, address)."""
    position, link, rect = ctypes.c_int(0), c.FPDF_LINK(), c.FS_RECTF()
    found: list[tuple[Box, str]] = []
    for _ in range(_MAX_LINKS):
        if not c.FPDFLink_Enumerate(raw_page, position, link):
            break
        action = c.FPDFLink_GetAction(link)
        if not action or c.FPDFAction_GetType(action) != c.PDFACTION_URI or not c.FPDFLink_GetAnnotRect(link, rect):
            continue
        length = c.FPDFAction_GetURIPath(raw_document, action, None, 0)
        if 1 < length <= _MAX_ADDRESS:
            buffer = ctypes.create_string_buffer(length)
            c.FPDFAction_GetURIPath(raw_document, action, buffer, length)
            target = buffer.value.decode("utf-8", "replace").strip()
            found.append((view.box(rect.left, rect.bottom, rect.right, rect.top), target))
    return found


def with_targets(words: Sequence[Word], links: Sequence[tuple[Box, str]]) -> list[Word]:
    """Return the words with the address of the link whose box holds their middle."""
    result = []
    for word in words:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        target = next((to for box, to in links if box[0] <= x <= box[2] and box[1] <= y <= box[3]), None)
        result.append(word._replace(target=target) if target else word)
    return result


def read_fields(form: Any, raw_page: Any, view: View) -> list[Line]:
    """Return the filled-in text of form fields as lines where the fields stand."""
    lines = []
    for index in range(min(c.FPDFPage_GetAnnotCount(raw_page), _MAX_LINKS)):
        annotation = c.FPDFPage_GetAnnot(raw_page, index)
        if not annotation:
            continue
        try:
            if c.FPDFAnnot_GetFormFieldType(form, annotation) in _TEXT_FIELDS:
                value = " ".join(_field_value(form, annotation).split())
                rect = c.FS_RECTF()
                if value and c.FPDFAnnot_GetRect(annotation, rect):
                    box = view.box(rect.left, rect.bottom, rect.right, rect.top)
                    lines.append(make_line(_spread(value, box), min(max(box[3] - box[1], 6.0), 11.0)))
        finally:
            c.FPDFPage_CloseAnnot(annotation)
    return lines


def _field_value(form: Any, annotation: Any) -> str:
    length = c.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    if not 2 < length <= 100_000:
        return ""
    buffer = (ctypes.c_ushort * (length // 2))()
    c.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, length)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\x00")


def _spread(value: str, box: Box) -> list[Word]:
    words = value.split(" ")
    step = (box[2] - box[0]) / max(len(value) + 1, 1)
    placed, x = [], box[0]
    for word in words:
        placed.append(Word(word, x, box[1], x + step * len(word), box[3]))
        x += step * (len(word) + 1)
    return placed


class Ink:
    """A small grey picture of the page, to ask whether something can be seen in a box.  State: its pixels."""

    def __init__(self, page: pdfium.PdfPage, view: View) -> None:
        self.view = view
        self.scale = min(2.0, (_MAX_RENDERED / max(view.width * view.height, 1.0)) ** 0.5)
        bitmap = page.render(scale=self.scale, grayscale=True, rotation=0)
        self._stride, self._width, self._height = bitmap.stride, bitmap.width, bitmap.height
        self._pixels = bytes(bitmap.buffer)
        bitmap.close()

    def shows(self, word: Word) -> bool:
        """Return whether the pixels where the word stands differ."""
        x0, x1 = (max(int(x * self.scale), 0) for x in (word.x0, word.x1))
        top, bottom = (max(int(y * self.scale), 0) for y in (word.top, word.bottom))
        darkest, lightest = 255, 0
        middle = (top + bottom) // 2  # most words show ink there already
        for y in (middle, *range(top, min(bottom + 1, self._height))):
            row = self._pixels[y * self._stride + x0 : y * self._stride + min(x1 + 1, self._width)]
            if row:
                darkest, lightest = min(darkest, min(row)), max(lightest, max(row))
                if lightest - darkest >= _INK:
                    return True
        return False
