"""Spreadsheets (.xlsx) and tables as text (.csv, .tsv): sheet by sheet, row by row; lists of participants come so."""

from __future__ import annotations

import csv
import io
import posixpath
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from ingest.build import build_document
from ingest.detect import CSV, XLSX
from ingest.document import CELL_SEPARATOR, BlockDraft, Document, RawFile
from ingest.errors import BadInput
from ingest.lexicon import is_column_head
from ingest.readers.archive import check_xml_parts, open_package, read_xml_part
from ingest.readers.charset import decode_text
from ingest.readers.pieces import Piece, finish_pieces
from ingest.readers.properties import read_core_properties, read_minor_part
from ingest.readers.tables import Cell, Spanning, repeat_spans

_MAX_ROWS = 20_000
"""Rows of a file that are read; lists of participants have hundreds."""

_MAX_COLUMNS = 200
_MAX_GAP = 100
"""Empty rows inside a merged cell; a file may claim a million of them."""

_BUILT_IN_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_DATE_FORMAT = re.compile(r"(?<![a-z])(?:y{2,4}|d{1,4}|m{1,5}|h{1,2}|s{1,2})(?![a-z])", re.IGNORECASE)
_NOT_FORMAT = re.compile(r'"[^"]{0,200}"|\[[^\]]{0,100}\]|\\.')
_UNNAMED = re.compile(r"(?:sheet|tabelle|feuil|hoja|foglio|blad|シート)\s?\d*", re.IGNORECASE)
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d")
_TITLE_LINES = 3
_HEAD_SHARE = 0.6
_SAMPLE_ROWS = 30
_MIN_SPLIT = 0.8
_MERGED = re.compile(rb'mergeCell\s[^<>]{0,40}?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_COLUMN = re.compile(r"[A-Z]{1,3}")
_DAMAGED = "The spreadsheet is damaged; open it and save it again, or as PDF."


def read_xlsx(file: RawFile) -> Document:
    """Read a .xlsx.  Raises BadInput: corrupt, encrypted, unsafe_archive, no_text."""
    from lxml import etree

    archive = open_package(file.data)
    check_xml_parts(archive)
    try:
        sheets = list(_sheets(archive))
        shared, dates, epoch = _shared_strings(archive), _date_styles(archive), _epoch(archive)
        pieces: list[Piece] = []
        for name, part in sheets:
            rows = [Piece("row", cells=row) for row in _rows(archive, part, shared, dates, epoch) if row]
            if rows and not _UNNAMED.fullmatch(name):
                pieces.append(Piece("heading", 1, words=[name]))
            pieces += rows[: max(_MAX_ROWS - len(pieces), 0)]
    except (etree.XMLSyntaxError, KeyError, ValueError, IndexError, OverflowError) as error:
        raise BadInput("corrupt", _DAMAGED) from error
    declared = read_core_properties(archive)
    return _document(file, pieces, XLSX, "sheet", declared=declared)


def read_csv(file: RawFile) -> Document:
    """Read comma-, semicolon- or tab-separated values.  Raises BadInput: corrupt, no_text."""
    text, _ = decode_text(file.data)
    lines = io.StringIO(text.replace("\x00", ""), newline="")
    table = csv.reader(lines, delimiter=find_delimiter(text) or ",")
    try:
        rows = [row[:_MAX_COLUMNS] for row in islice(table, _MAX_ROWS + 1)]
    except csv.Error as error:
        raise BadInput("corrupt", "The table has quotation marks that never close; save it again.") from error
    pieces = [Piece("row", cells=[_cell(value) for value in _join_times(row)]) for row in rows]
    return _document(file, pieces[:_MAX_ROWS], CSV, "csv", is_cut=len(rows) > _MAX_ROWS)


def find_delimiter(text: str) -> str | None:
    """Return the sign that splits most of the first rows into two cells and more, None where none does."""
    counts = {sign: _split_share(text[:20_000], sign) for sign in ("\t", ";", ",")}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] >= _MIN_SPLIT else None


def _split_share(text: str, sign: str) -> float:
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _SAMPLE_ROWS) if row]
    except csv.Error:
        return 0.0
    return sum(len(row) > 1 for row in rows) / max(len(rows), 1)


def _document(file: RawFile, pieces: list[Piece], media_type: str, reader: str, *, is_cut: bool = False,
              declared: Any = ()) -> Document:  # fmt: skip
    drafts = mark_column_heads(finish_pieces(pieces))
    if not drafts:
        raise BadInput("no_text", "The table holds no text; if its content is pictures, save it as PDF.")
    is_cut = is_cut or sum(piece.kind == "row" for piece in pieces) >= _MAX_ROWS - 1
    warnings = (f"Only the first {_MAX_ROWS:,} rows were read.",) if is_cut else ()
    title, drafts = _title(drafts)
    return build_document(
        file, drafts, media_type=media_type, reader=reader, title=title, declared=declared, warnings=warnings
    )


def _title(drafts: list[BlockDraft]) -> tuple[str | None, list[BlockDraft]]:
    """Return (title, blocks): a line above the first row of the first sheet is what the file is about."""
    for index, draft in enumerate(drafts[:_TITLE_LINES]):
        if draft.kind == "paragraph" and len(draft.text.split()) >= 2:
            return draft.text, [*drafts[:index], replace(draft, kind="title"), *drafts[index + 1 :]]
        if draft.kind != "heading":
            break
    return None, drafts


def mark_column_heads(drafts: list[BlockDraft]) -> list[BlockDraft]:
    """Flag the rows that say what the columns are: they are nobody and no event."""
    return [replace(draft, is_main=draft.is_main and not _names_columns(draft)) for draft in drafts]


def _names_columns(draft: BlockDraft) -> bool:
    cells = draft.text.split(CELL_SEPARATOR)
    return len(cells) > 1 and sum(map(is_column_head, cells)) >= _HEAD_SHARE * len(cells)


def _join_times(values: list[str]) -> list[str]:
    """Set a start and an end in cells of their own together: "09:30 – 10:00"."""
    for index in range(len(values) - 1):
        if _TIME.fullmatch(values[index]) and _TIME.fullmatch(values[index + 1]):
            return [*values[:index], f"{values[index]} – {values[index + 1]}", "", *values[index + 2 :]]
    return values


def _cell(value: str) -> Cell:
    return [line.strip() for line in value.splitlines() if line.strip()], [], False


# --- parts of a workbook ---------------------------------------------------------------------------------------------


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield (name, part) of the sheets that are shown, in their order."""
    relations = read_minor_part(archive, "xl/_rels/workbook.xml.rels")
    targets = {node.get("Id"): node.get("Target") or "" for node in relations.iter("{*}Relationship")}
    for node in read_minor_part(archive, "xl/workbook.xml").iter("{*}sheet"):
        key = next((value for name, value in node.attrib.items() if name.endswith("}id")), "")
        part = posixpath.normpath(posixpath.join("xl", targets.get(key, "")).replace("xl//xl/", "xl/")).lstrip("/")
        if part in archive.namelist() and node.get("state") in (None, "visible"):
            yield node.get("name") or "", part


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(node) for node in read_minor_part(archive, "xl/sharedStrings.xml").iter("{*}si")]


def _text(node: Any) -> str:
    """Return a rich string's words without its readings (phonetic runs)."""
    runs = (text for text in node.iter("{*}t") if not any(up.tag.endswith("}rPh") for up in text.iterancestors()))
    return "".join(text.text or "" for text in runs)


def _date_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Return the numbers of the cell styles that show a number as a date or time."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    styles = read_minor_part(archive, "xl/styles.xml")
    own = {
        int(node.get("numFmtId") or 0)
        for node in styles.iter("{*}numFmt")
        if _DATE_FORMAT.search(_NOT_FORMAT.sub("", (node.get("formatCode") or "")[:500]))
    }
    cells = next(styles.iter("{*}cellXfs"), None)
    formats = [int(node.get("numFmtId") or 0) for node in cells] if cells is not None else []
    return frozenset(i for i, number in enumerate(formats) if number in own or number in _BUILT_IN_DATES)


def _epoch(archive: zipfile.ZipFile) -> datetime:
    node = next(read_minor_part(archive, "xl/workbook.xml").iter("{*}workbookPr"), None)
    is_later = node is not None and node.get("date1904") in ("1", "true")
    return datetime(1904, 1, 1) if is_later else datetime(1899, 12, 30)


def _rows(
    archive: zipfile.ZipFile, part: str, shared: list[str], dates: frozenset[int], epoch: datetime
) -> list[list[Cell]]:
    data = read_xml_part(archive, part)
    merged = _merged(data)
    return repeat_spans(_spanning(_values(data, shared, dates, epoch), merged))


def _merged(data: bytes) -> dict[tuple[int, int], tuple[int, int]]:
    """Return (row, column) of merged cells, both from 0, with how many rows and columns they cover."""
    found = {}
    for left, top, right, bottom in islice(_MERGED.findall(data), _MAX_ROWS):
        column, row = _column(left.decode(), 0), int(top) - 1
        found[row, column] = (max(int(bottom) - row, 1), max(_column(right.decode(), column) - column + 1, 1))
    return found


def _spanning(
    rows: Iterable[tuple[int, list[str]]], merged: dict[tuple[int, int], tuple[int, int]]
) -> Iterator[list[Spanning]]:
    """Yield each row's cells without those that a merged one covers; [] for a row left out below a merged cell."""
    covered: dict[int, int] = {}
    expected = 0
    for number, values in rows:
        number = max(number, expected)
        yield from ([] for _ in range(expected, min(number, max(covered.values(), default=0), expected + _MAX_GAP)))
        expected = number + 1
        cells = []
        for column, value in enumerate(values):
            if covered.get(column, 0) > number:
                continue
            height, width = merged.get((number, column), (1, 1))
            if (height, width) != (1, 1):
                covered.update(dict.fromkeys(range(column, min(column + width, _MAX_COLUMNS)), number + height))
            cells.append(Spanning(_cell(value), height, width))
        yield cells


def _values(data: bytes, shared: list[str], dates: frozenset[int], epoch: datetime) -> Iterator[tuple[int, list[str]]]:
    """Yield (number from 0, values from the first column on) of the rows that are shown and hold something."""
    from lxml import etree

    rows = etree.iterparse(io.BytesIO(data), tag="{*}row", resolve_entities=False, no_network=True, huge_tree=False)
    for count, (_, row) in enumerate(rows):
        if count >= _MAX_ROWS:
            return
        cells: dict[int, str] = {}
        for cell in row.iter("{*}c"):
            column = _column(cell.get("r") or "", len(cells))
            if column < _MAX_COLUMNS and (value := _value(cell, shared, dates, epoch)).strip():
                cells[column] = value
        if cells and row.get("hidden") not in ("1", "true"):
            number = row.get("r") or ""
            values = [cells.get(column, "") for column in range(max(cells) + 1)]
            yield int(number) - 1 if number.isdigit() else count, _join_times(values)
        row.clear()


def _column(reference: str, fallback: int) -> int:
    letters = _COLUMN.match(reference)
    if not letters:
        return fallback
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any, shared: list[str], dates: frozenset[int], epoch: datetime) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text(cell)
    node = cell.find("{*}v")
    raw = (node.text or "") if node is not None else ""
    if kind == "s":
        return shared[int(raw)] if raw.isdigit() and int(raw) < len(shared) else ""
    if kind == "e" or not raw:
        return ""
    if kind in ("str", "d"):
        return raw
    if kind == "b":
        return "yes" if raw == "1" else "no"
    number = float(raw)
    if int(cell.get("s") or 0) in dates:
        return _moment(number, epoch)
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else raw


def _moment(number: float, epoch: datetime) -> str:
    """Return a serial number as the day and time it shows, to the minute."""
    if not 0 <= number < 2_958_466:
        return ""
    moment = epoch + timedelta(minutes=round(number * 1440))
    if number < 1:
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d}" if number.is_integer() else f"{moment:%Y-%m-%d %H:%M}"
