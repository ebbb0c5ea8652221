"""Every export of the sample corpus, read back with the format's own library, gives what the tables hold."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import networkx as nx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from followthemoney import model
from icalendar import Calendar, Event
from rdflib import Graph, Namespace, URIRef

from convenor.exporting import DEFAULT_NAMES, Format, export_tables
from tables.columns import Table
from tables.exports.sheets import EXCEL_CELL
from tables.schema import TABLES

SCHEMA = Namespace("https://schema.org/")
each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@pytest.fixture(scope="module")
def processed(sample_project: Path) -> Path:
    return sample_project / "data" / "processed"


@pytest.fixture(scope="module")
def exports(processed: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    for kind in Format:
        assert export_tables(kind, processed, folder / DEFAULT_NAMES[kind]) > 0
    return folder


def rows(processed: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pq.read_table(processed / f"{name}.parquet").to_pylist()
    return found


def text(value: Any) -> str:
    """A value as a spreadsheet shows it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(value)
    return value.isoformat() if isinstance(value, date) else str(value)


@each_table
def test_csv(table: Table, processed: Path, exports: Path) -> None:
    with (exports / "csv" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    expected = [{name: text(value) for name, value in row.items()} for row in rows(processed, table.name)]
    unquoted = [{n: v[1:] if v[:2] in ("'=", "'+", "'-", "'@") else v for n, v in row.items()} for row in found]
    assert unquoted == expected


@pytest.fixture(scope="module")
def workbook(exports: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(exports / DEFAULT_NAMES[Format.XLSX], read_only=True)


@each_table
def test_xlsx(table: Table, processed: Path, workbook: openpyxl.Workbook) -> None:
    head, *found = workbook[table.name[:31]].iter_rows(values_only=True)
    expected = rows(processed, table.name)
    assert list(head) == [column.name for column in table.columns] and len(found) == len(expected)
    for line, row in zip(found, expected, strict=True):
        for cell, column in zip(line, table.columns, strict=True):
            value = row[column.name]
            if isinstance(value, bool | int | float):
                assert cell == pytest.approx(value)
            elif len(text(value)) < EXCEL_CELL:
                assert (str(cell) if cell is not None else "").lstrip("'") == text(value).lstrip("'")


@each_table
def test_duckdb(table: Table, processed: Path, exports: Path) -> None:
    with duckdb.connect(exports / DEFAULT_NAMES[Format.DUCKDB], read_only=True) as db:
        found = db.sql(f"SELECT * FROM {table.name}").to_arrow_table()
        comments = dict(
            db.execute(
                "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = ?", [table.name]
            ).fetchall()
        )
    there = pq.read_table(processed / f"{table.name}.parquet")
    assert found.cast(pa.schema([f.remove_metadata() for f in there.schema])).to_pylist() == there.to_pylist()
    assert comments == {column.name: column.description for column in table.columns}


def test_views_of_the_database_answer(exports: Path) -> None:
    with duckdb.connect(exports / DEFAULT_NAMES[Format.DUCKDB], read_only=True) as db:
        for view in ("who_took_part", "where_and_when", "evidence"):
            assert db.execute(f"SELECT count(*) FROM {view}").fetchone() > (0,)


def test_frictionless(exports: Path) -> None:
    report = frictionless.Package(str(exports / "package" / "datapackage.json")).validate()
    assert [error.message for task in report.tasks for error in task.errors] == []
    assert report.valid and report.stats["tasks"] == len(TABLES)


@each_table
def test_frictionless_values(table: Table, processed: Path, exports: Path) -> None:
    package = frictionless.Package(str(exports / "package" / "datapackage.json"))
    found = [row.to_dict() for row in package.get_resource(table.name.replace("_", "-")).read_rows()]
    expected = rows(processed, table.name)
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        assert {n: number(v) for n, v in one.items()} == {n: number(v) for n, v in other.items()}


def number(value: Any) -> Any:
    """Numbers as floats (the library reads decimals), instants without their library's name for UTC."""
    if isinstance(value, bool | int | str | list | type(None)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value
    return value if isinstance(value, date) else float(value)


def test_calendar(processed: Path, exports: Path) -> None:
    calendar = Calendar.from_ical((exports / DEFAULT_NAMES[Format.ICS]).read_bytes())
    entries = {str(entry["uid"]).removesuffix("@convenor"): entry for entry in calendar.walk("VEVENT")}
    events = {r["event_id"]: r for r in rows(processed, "events") if r["date_precision"] in ("day", "minute")}
    assert entries.keys() == events.keys()
    for key, entry in entries.items():
        assert (entry.start, end_of(entry)) == expected_times(events[key])
        assert (str(entry["status"]) == "CANCELLED") == (events[key]["event_status"] == "cancelled")
    zones = {str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")}
    assert {event["tz_iana"] for event in events.values() if event["start_local"] and event["tz_iana"]} <= zones


def end_of(entry: Event) -> date | None:
    return entry.end if entry.DTEND else None


def expected_times(event: dict[str, Any]) -> tuple[date, date | None]:
    if event["start_local"] is None:
        return event["start_date"], (event["end_date"] or event["start_date"]) + timedelta(days=1)
    return event["start_utc"], event["end_utc"]


def test_linked_data(processed: Path, exports: Path) -> None:
    text = (exports / DEFAULT_NAMES[Format.JSONLD]).read_text("utf-8")
    # schema.org's own context would be fetched; what it says of these names is where they live
    local = json.dumps({**json.loads(text), "@context": {"@vocab": str(SCHEMA)}})
    graph = Graph().parse(data=local, format="json-ld")
    for event in rows(processed, "events"):
        node = URIRef(f"urn:convenor:{event['event_id']}")
        assert (str(graph.value(node, SCHEMA.name) or "") or None) == event["event_name"]
        start = str(graph.value(node, SCHEMA.startDate) or "")
        if event["start_utc"]:
            assert datetime.fromisoformat(start) == event["start_utc"]
        elif event["start_date"]:
            assert event["start_date"].isoformat().startswith(start)
    assert len(list(graph.subjects(SCHEMA.startDate))) == sum(
        e["start_date"] is not None for e in rows(processed, "events")
    )


def test_network(processed: Path, exports: Path) -> None:
    graph = nx.read_graphml(exports / DEFAULT_NAMES[Format.GRAPHML])
    names = {row["person_id"]: row["person_name"] for row in rows(processed, "people")}
    assert all(data["name"] == names[key] for key, data in graph.nodes(data=True))
    pairs = duckdb.sql(f"""
        WITH part AS (SELECT DISTINCT event_id, person_id FROM '{processed}/participations.parquet'
                      WHERE event_id IS NOT NULL AND role NOT IN ('mentioned', 'author', 'contact'))
        SELECT a.person_id, b.person_id, count(*) FROM part a JOIN part b USING (event_id)
        WHERE a.person_id < b.person_id GROUP BY ALL""").fetchall()
    assert {(*sorted((a, b)), data["events"]) for a, b, data in graph.edges(data=True)} == set(pairs)


def test_followthemoney(processed: Path, exports: Path) -> None:
    lines = (exports / DEFAULT_NAMES[Format.FTM]).read_text("utf-8").splitlines()
    entities = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert len(entities) == len(lines), "no id twice"
    for entity in entities.values():
        schema = model.get(entity["schema"])
        schema.validate(entity)
        read = model.get_proxy(entity, cleaned=False).to_dict()["properties"]
        assert {n: set(v) for n, v in read.items()} == {n: set(v) for n, v in entity["properties"].items()}
        for name, values in entity["properties"].items():
            target = schema.get(name).range
            assert not target or all(model.get(entities[value]["schema"]).is_a(target) for value in values)
    people = [e for e in entities.values() if e["schema"] == "Person"]
    assert {e["properties"]["name"][0] for e in people} == {r["person_name"] for r in rows(processed, "people")}
    assert sum("wikidataId" in e["properties"] for e in entities.values()) == sum(
        any(key.startswith("wikidata:") for key in r["external_ids"]) for r in rows(processed, "organisations")
    )
    roles = [e for e in entities.values() if e["schema"] == "UnknownLink"]
    assert len(roles) == len(rows(processed, "participations"))
