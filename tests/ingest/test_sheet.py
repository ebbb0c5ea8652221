# ruff: noqa: E501 - cells read better on one line
"""Spreadsheets and tables as text: programmes and lists of participants; odd and hostile ones."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any

import openpyxl
import pytest

from ingest.document import CELL_SEPARATOR, RawFile
from ingest.errors import BadInput
from ingest.read import read_file

_ODS = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet>'
    '<table:table table:name="Programme">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


def _blocks(name: str, data: bytes) -> list[str]:
    document = read_file(RawFile(name, data))[0]
    return [
        f"{'' if block.is_main else '-'}{block.kind}: {document.block_text(block).replace(CELL_SEPARATOR, ' | ')}"
        for block in document.blocks
    ]


def _workbook(sheets: dict[str, list[list[Any]]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def _save(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _zip(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def _with(data: bytes, **changed: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    return _zip(members | {f"xl/{name}.xml".replace("__", "/"): text for name, text in changed.items()})


def _ods(rows: str) -> bytes:
    return _zip({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": _ODS.format(rows=rows)})


def test_a_programme_and_its_participants() -> None:
    book = _workbook({
        "Programme": [
            ["Winter Port Forum"], [], ["Day", "Start", "End", "Session"],
            [date(2025, 6, 4), time(9, 30), time(10, 0), "Registration"],
            [datetime(2025, 6, 4, 10, 0), None, None, "Panel\nAda Holm, Port of Oslo"],
        ],
        "Participants": [["No.", "Name", "Organisation"], [1, "Ada Holm", "Port of Oslo"], [2.5, "森里愛子", True]],
    })  # fmt: skip
    assert _blocks("a.xlsx", _save(book)) == [
        "heading: Programme",
        "title: Winter Port Forum",
        "-table_row: Day | Start | End | Session",
        "table_row: 2025-06-04 | 09:30 – 10:00 | Registration",
        "table_row: 2025-06-04 10:00 | Panel",
        "paragraph: Ada Holm, Port of Oslo",
        "heading: Participants",
        "-table_row: No. | Name | Organisation",
        "table_row: 1 | Ada Holm | Port of Oslo",
        "table_row: 2.5 | 森里愛子 | yes",
    ]


def test_hidden_sheets_and_rows_stay_out() -> None:
    book = _workbook({"Sheet1": [["Ada Holm", "Pilot"], ["Jan Maas", "Cook"]], "Draft": [["Eva Lund", "x"]]})
    book["Draft"].sheet_state = "hidden"
    book["Sheet1"].row_dimensions[2].hidden = True
    assert _blocks("a.xlsx", _save(book)) == ["table_row: Ada Holm | Pilot"]


def test_merged_cells_hold_for_each_of_their_rows() -> None:
    book = _workbook(
        {
            "Sheet1": [
                ["Norway", "Ada Holm", "Pilot"],
                ["", "Jan Maas", "Cook"],
                ["", "", ""],
                ["", "Eva Lund", "Clerk"],
                ["Chile", "Bo Ek", "Aide"],
            ]
        }
    )
    book["Sheet1"].merge_cells("A1:A4")
    assert _blocks("a.xlsx", _save(book)) == [
        "table_row: Norway | Ada Holm | Pilot", "table_row: Norway | Jan Maas | Cook", "table_row: Norway | Eva Lund | Clerk", "table_row: Chile | Bo Ek | Aide",
    ]  # fmt: skip


def test_days_count_from_the_epoch_the_file_names() -> None:
    book = _workbook({"Sheet1": [["Opening", 45000.4, 45000]]})
    book["Sheet1"]["B1"].number_format = 'd. mmmm yyyy "um" h:mm'
    book["Sheet1"]["C1"].number_format = '0.00 "days"'
    assert _blocks("a.xlsx", _save(book)) == ["table_row: Opening | 2023-03-15 09:36 | 45000"]
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    assert _blocks("a.xlsx", _save(book)) == ["table_row: Opening | 2027-03-16 09:36 | 45000"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.csv", "Name;Post\nAda Holm;Pilot\n", ["-table_row: Name | Post", "table_row: Ada Holm | Pilot"]),
        ("a.csv", 'Ada Holm,"Oslo, north"\r\nJan Maas,"He\nsaid ""no"""\r\n',
         ["table_row: Ada Holm | Oslo, north", "table_row: Jan Maas | He", 'paragraph: said "no"']),
        ("a.tsv", "Ada Holm\tPilot\nJan Maas\t\n", ["table_row: Ada Holm | Pilot", "paragraph: Jan Maas"]),
        ("a.csv", "9:30,10:00,Opening\n", ["table_row: 9:30 – 10:00 | Opening"]),
        ("a.csv", "Port talk\nThe talk is free.\n", ["title: Port talk", "paragraph: The talk is free."]),
    ],
)  # fmt: skip
def test_tables_as_text(name: str, text: str, expected: list[str]) -> None:
    assert _blocks(name, text.encode()) == expected


def test_open_document_sheets() -> None:
    spanning = '<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>Norway</text:p></table:table-cell><table:table-cell><text:p>Ada Holm</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/><table:table-cell><text:p>Jan Maas</text:p></table:table-cell></table:table-row>'
    assert _blocks("a.ods", _ods(spanning))[-2:] == ["table_row: Norway | Ada Holm", "table_row: Norway | Jan Maas"]
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(f"<table:table-row>{''.join(map(cell.format, row))}</table:table-row>" for row in (("Name", "Post"), ("Ada Holm", "Pilot")))  # fmt: skip
    empty = '<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    assert _blocks("a.ods", _ods(rows + empty)) == ["-table_row: Name | Post", "table_row: Ada Holm | Pilot"]


_PLAIN = _save(_workbook({"Sheet1": [["Ada Holm", "Pilot"]]}))
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<row><c r="A1" t="s"><v>99</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1" t="inlineStr"><is><t>x1</t></is></c></row>', ["paragraph: x1"]),
        ('<row><c r="XFD1" t="str"><v>far</v></c><c t="str"><v>near</v></c></row>', ["paragraph: near"]),
        ('<row><c r="A1" t="e"><v>#REF!</v></c><c r="B1" t="str"><v>kept</v></c></row>', ["paragraph: kept"]),
        ('<row><c r="A1"><v>1e999</v></c><c r="B1" t="str"><v>kept</v></c></row>', ["table_row: 1e999 | kept"]),
    ],
)  # fmt: skip
def test_odd_cells(cells: str, expected: list[str]) -> None:
    assert _blocks("a.xlsx", _with(_PLAIN, worksheets__sheet1=_SHEET.format(cells))) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (_with(_PLAIN, worksheets__sheet1='<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "unsafe_archive"),
        (_with(_PLAIN, worksheets__sheet1=_SHEET.format("<row>")), "corrupt"),
        (_with(_PLAIN, worksheets__sheet1=_SHEET.format('<row><c s="x"><v>nought</v></c></row>')), "corrupt"),
        (_with(_PLAIN, worksheets__sheet1=_SHEET.format("")), "no_text"),
        (_with(_PLAIN, workbook="<x/>"), "no_text"),
        (b"Name,Post\n" * 40 + b'"' + b"x" * 200_000, "corrupt"),
    ],
)
def test_damaged_and_hostile_sheets_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_file(RawFile("a.csv", data))
    assert caught.value.reason_code == reason


def test_long_tables_are_cut_and_say_so() -> None:
    document = read_file(RawFile("a.csv", b"Ada Holm,Pilot\n" * 20_001))[0]
    assert len(document.blocks) == 20_000
    assert document.warnings == ("Only the first 20,000 rows were read.",)
