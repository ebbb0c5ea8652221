"""Tables for spreadsheets: CSV files, or one Excel workbook with a sheet a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from tables.exports.release import read_rows
from tables.schema import TABLES

EXCEL_CELL = 32_767
"""Characters a cell of Excel holds; longer texts are cut there, and end with an ellipsis."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def write_csv(processed: Path, out: Path) -> int:
    """Write `<table>.csv` for every table into a folder; lists are joined by "; "; return how many files."""
    out.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        with (out / f"{table.name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerows(_lines(processed, table.name))
    return len(TABLES)


def write_excel(processed: Path, out: Path) -> int:
    """Write one workbook; return how many sheets.  Every cell is text, a number or a day: never a formula."""
    with xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True})
        book.set_properties({"created": datetime(2000, 1, 1)})  # equal tables, equal bytes
        for table in TABLES:
            sheet = book.add_worksheet(table.name[:31])
            for number, line in enumerate(_lines(processed, table.name)):
                cells = [cell if isinstance(cell, int | float) else _cut(str(cell)) for cell in line]
                sheet.write_row(number, 0, cells, head if number == 0 else None)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, 0, len(table.columns) - 1)
            sheet.set_column(0, len(table.columns) - 1, 22)
    return len(TABLES)


def _lines(processed: Path, name: str) -> Iterator[list[Any]]:
    table = next(table for table in TABLES if table.name == name)
    names = [column.name for column in table.columns]
    yield names
    for row in read_rows(processed, name):
        yield [_cell(row[column]) for column in names]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return _safe("; ".join(map(str, value)))
    if isinstance(value, bool | int | float):
        return value
    return _safe(value.isoformat() if hasattr(value, "isoformat") else str(value))


def _safe(text: str) -> str:
    """A text that a spreadsheet would take for a formula gets a quote in front: documents are hostile."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _cut(text: str) -> str:
    return text if len(text) <= EXCEL_CELL else text[: EXCEL_CELL - 1] + "…"
