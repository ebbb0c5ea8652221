"""Exports are read back with the format's own library and say what the tables say."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import networkx as nx
import openpyxl
import pytest
from icalendar import Calendar

from convenor.exporting import DEFAULT_NAMES, Format, export_tables
from tables.assembly import assemble
from tables.joined import Decisions
from tables.publish import publish
from tables.schema import TABLES
from tests.records import corpus_of, make_records
from tests.tables.test_store_and_publish import INFO

RECORDS = sorted(
    (
        make_records("a", people={"Ito Kenji": "NIDS", "Anna Beispiel": None}, organisers=("NIDS",)),
        make_records("b", title="=cmd()|Forum", day=date(2025, 1, 1), clock=None, event_status="cancelled"),
        make_records("c", title="No day stated", day=None),
    ),
    key=lambda record: record.document.document_id,
)


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("processed")
    publish(assemble(corpus_of(lambda: RECORDS), Decisions(), "run_1", "v"), folder, INFO)
    return folder


def exported(kind: Format, processed: Path, folder: Path) -> tuple[Path, int]:
    out = folder / DEFAULT_NAMES[kind]
    return out, export_tables(kind, processed, out)


def test_calendar(processed: Path, tmp_path: Path) -> None:
    out, count = exported(Format.ICS, processed, tmp_path)
    entries = {str(e["summary"]): e for e in Calendar.from_ical(out.read_bytes()).walk("VEVENT")}
    assert count == len(entries) == 2, "an event without a day is no calendar entry"
    timed = entries["Talks on Maritime Security"]
    assert timed.start == datetime(2024, 3, 12, 10, tzinfo=ZoneInfo("Europe/Brussels"))
    assert "Ito Kenji, NIDS" in str(timed["description"]) and "Brussels" in str(timed["location"])
    whole_day = entries["=cmd()|Forum"]
    assert (whole_day.start, whole_day.end) == (date(2025, 1, 1), date(2025, 1, 2))
    assert str(whole_day["status"]) == "CANCELLED"


def test_linked_data(processed: Path, tmp_path: Path) -> None:
    out, count = exported(Format.JSONLD, processed, tmp_path)
    graph = json.loads(out.read_text("utf-8"))["@graph"]
    assert count == len(graph) == 3
    first = next(node for node in graph if node["name"].startswith("Talks"))
    assert first["startDate"] == "2024-03-12T10:00:00+01:00"
    assert first["organizer"] == [{"@type": "Organization", "name": "NIDS"}]
    assert {p["name"] for p in first["performer"]} == {"Ito Kenji", "Anna Beispiel"}


def test_sheets_hold_no_formulas(processed: Path, tmp_path: Path) -> None:
    folder, count = exported(Format.CSV, processed, tmp_path)
    with (folder / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        names = [row["event_name"] for row in csv.DictReader(file)]
    assert count == len(list(folder.iterdir())) and "'=cmd()|Forum" in names
    book, sheets = exported(Format.XLSX, processed, tmp_path)
    workbook = openpyxl.load_workbook(book)
    assert sheets == len(workbook.sheetnames) == len(TABLES)
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_network(processed: Path, tmp_path: Path) -> None:
    out, count = exported(Format.GRAPHML, processed, tmp_path)
    graph = nx.read_graphml(out)
    assert count == graph.number_of_edges() == 1
    assert {data["name"] for _, data in graph.nodes(data=True)} == {"Ito Kenji", "Anna Beispiel"}


def test_database_answers_alone(processed: Path, tmp_path: Path) -> None:
    out, _ = exported(Format.DUCKDB, processed, tmp_path)
    with duckdb.connect(out, read_only=True) as db:
        rows = db.execute("SELECT person_name, affiliation FROM who_took_part ORDER BY 1").fetchall()
        assert rows == [("Anna Beispiel", None), ("Ito Kenji", "NIDS")]
        assert all(context for (context,) in db.execute("SELECT context FROM evidence").fetchall())
        (comment,) = db.execute("SELECT comment FROM duckdb_tables() WHERE table_name = 'events'").fetchone() or ("",)
        assert "merged" in comment


@pytest.mark.parametrize("kind", [k for k in Format if k not in (Format.DUCKDB, Format.XLSX)])
def test_equal_tables_give_equal_bytes(kind: Format, processed: Path, tmp_path: Path) -> None:
    one, two = (exported(kind, processed, tmp_path / name)[0] for name in ("one", "two"))
    if one.is_dir():
        assert {p.name: p.read_bytes() for p in one.iterdir()} == {p.name: p.read_bytes() for p in two.iterdir()}
    else:
        assert one.read_bytes() == two.read_bytes()
