"""PowerPoint presentations: slide by slide, titles as headings, tables as rows, speaker notes kept beside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ingest.build import build_document
from ingest.cleaning import clean_markup
from ingest.document import CELL_SEPARATOR, BlockDraft, Document, RawFile
from ingest.errors import BadInput
from ingest.readers.archive import check_xml_parts, open_package
from ingest.readers.properties import read_core_properties
from ingest.readers.shapes import is_label, split_label
from ingest.readers.tables import Spanning, repeat_spans

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_MAX_GROUP_DEPTH = 20
_DAMAGED = "The presentation is damaged; open it and save it again, or as PDF."


def read_pptx(file: RawFile) -> Document:
    """Read a .pptx.  Raises BadInput: corrupt, encrypted, unsafe_archive, no_text."""
    from pptx import Presentation

    archive = open_package(file.data)
    check_xml_parts(archive)
    try:
        slides = list(Presentation(io.BytesIO(file.data)).slides)
        drafts = [draft for number, slide in enumerate(slides, start=1) for draft in _slide_drafts(slide, number)]
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the library has no exception of its own; whatever it meets is a damaged file
        raise BadInput("corrupt", _DAMAGED) from error
    if not drafts:
        raise BadInput("no_text", "The slides hold no text, perhaps only pictures; save them as PDF to have them read.")
    title = next((draft.text for draft in drafts if draft.kind == "title"), None)
    return build_document(
        file, drafts, media_type=MEDIA_TYPE, reader="pptx", title=title,
        declared=read_core_properties(archive), page_count=len(slides),
    )  # fmt: skip


def _slide_drafts(slide: Any, number: int) -> Iterator[BlockDraft]:
    title = slide.shapes.title
    for shape in _shapes(slide.shapes, 0):
        if getattr(shape, "has_table", False) and shape.has_table:
            yield from _table_rows(shape.table, number)
        elif getattr(shape, "has_text_frame", False) and shape.has_text_frame:
            is_title = title is not None and shape.shape_id == title.shape_id
            yield from _frame_drafts(shape.text_frame, number, is_title=is_title, is_list=_is_body(shape))
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
            text = clean_markup(paragraph.text, tabs=True)
            if text:
                yield BlockDraft("paragraph", text, page=number, is_main=False)


def _shapes(shapes: Any, depth: int) -> Iterator[Any]:
    """Shapes in reading order as far as it shows: title first, then top to bottom, left to right; groups opened."""
    ordered = sorted(shapes, key=lambda shape: (not _is_title(shape), (shape.top or 0) // 200_000, shape.left or 0))
    for shape in ordered:
        if hasattr(shape, "shapes") and depth < _MAX_GROUP_DEPTH:
            yield from _shapes(shape.shapes, depth + 1)
        else:
            yield shape


def _is_title(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type in (1, 3))


def _is_body(shape: Any) -> bool:
    return bool(shape.is_placeholder and shape.placeholder_format.type in (2, 7))


def _frame_drafts(frame: Any, number: int, *, is_title: bool, is_list: bool) -> Iterator[BlockDraft]:
    if is_title:
        text = clean_markup(frame.text.replace("\x0b", " "))
        if text:
            yield BlockDraft("title", text, page=number) if number == 1 else BlockDraft("heading", text, number, 1)
        return
    for paragraph in frame.paragraphs:
        for line in paragraph.text.split("\x0b"):
            text = clean_markup(line, tabs=True)
            if not any(char.isalnum() for char in text):
                continue
            if CELL_SEPARATOR in text:
                yield BlockDraft("table_row", text, page=number)
            elif is_list:
                yield BlockDraft("list_item", text, page=number, level=paragraph.level + 1)
            else:
                yield BlockDraft("key_value" if split_label(text) else "paragraph", text, page=number)


def _table_rows(table: Any, number: int) -> Iterator[BlockDraft]:
    rows = [
        [
            Spanning(([clean_markup(cell.text)], [], False), cell.span_height, cell.span_width)
            for cell in row.cells
            if not cell.is_spanned
        ]
        for row in table.rows
    ]
    for cells in repeat_spans(rows):
        filled = [lines[0] for lines, _, _ in cells if lines[0]]
        if filled:
            kind = len(filled) == 2 and is_label(filled[0])
            yield BlockDraft("key_value" if kind else "table_row", CELL_SEPARATOR.join(filled), page=number)
