"""A run over the sample corpus and bad inputs: one event from three documents, no contact details, each its outcome."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from flows.steps import RunSettings, run
from tables.columns import Table
from tables.schema import TABLES

ROOT = Path(__file__).parents[2]
CONTACT = re.compile(r"\w@\w|\.example\b|https?:|\+\d{2,3} \d|\b\d{3,4} 555\b|\b555[ -]?\d{2}")
STATED = {
    "people": ["person_name", "given_name", "family_name", "aliases"],
    "participations": ["person_text", "position", "organisation_text", "handle"],
    "organisations": ["organisation_name", "acronym", "aliases"],
    "venues": ["venue_name", "address", "city"],
    "instruments": ["instrument_name", "acronym", "aliases"],
    "events": ["event_name", "series_name"],
    "programme_items": ["item_title"],
}
EXPECTED_OUTCOMES = {
    "bad/empty.txt": ("failed", "empty_file"),
    "bad/truncated.pdf": ("failed", "truncated"),
    "bad/encrypted.pdf": ("failed", "encrypted"),
    "bad/unsupported.bin": ("unsupported", "unsupported_type"),
    "bad/html-named.pdf": ("ok", None),
    "bad/first-copy.txt": ("ok", None),
    "bad/second-copy.txt": ("duplicate", "duplicate_content"),
    "working-paper-notice.txt": ("duplicate", "duplicate_content"),
}


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    shutil.copytree(ROOT / "data" / "raw", folder / "raw")
    shutil.copytree(Path(__file__).parent / "bad", folder / "raw" / "bad")
    run(RunSettings(folder / "raw", folder / "processed", folder / "state.duckdb", workers=1))
    return folder / "processed"


def test_announcement_programme_and_report_are_one_event(processed: Path) -> None:
    documents = pd.read_parquet(processed / "documents.parquet").set_index("document_id").source_uri
    links = pd.read_parquet(processed / "event_documents.parquet")
    links = links[links.relation != "mentions"].assign(source_uri=lambda frame: frame.document_id.map(documents))
    ours = links[links.source_uri.str.startswith("meridian-")]
    assert len(ours) == 3
    assert ours.event_id.nunique() == 1
    changes = pd.read_parquet(processed / "event_changes.parquet")
    assert "venue_id" in set(changes[changes.event_id == ours.event_id.iloc[0]].field)  # it was moved
    event = pd.read_parquet(processed / "events.parquet").set_index("event_id").loc[ours.event_id.iloc[0]]
    venues = pd.read_parquet(processed / "venues.parquet").set_index("venue_id").venue_name
    assert venues[event.venue_id].startswith("Hôtel Montclair")  # where the later documents say it was
    assert (event.event_status, event.attendance_mode) == ("held", "hybrid")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_come_in_the_order_the_schema_says(processed: Path, table: Table) -> None:
    frame = pd.read_parquet(processed / f"{table.name}.parquet")
    order = list(table.sort_by or table.primary_key)
    rows = list(frame[order].itertuples(index=False, name=None))
    assert rows == sorted(rows, key=lambda row: tuple((value is not None, value) for value in row))


def test_the_cancelled_workshop_is_cancelled(processed: Path) -> None:
    events = pd.read_parquet(processed / "events.parquet")
    workshop = events[events.event_name.str.contains("Watching the Same Sky", na=False)]
    assert workshop.event_status.tolist() == ["cancelled"]


def test_clocks_of_many_cities_are_one_start_and_no_programme(processed: Path) -> None:
    documents = pd.read_parquet(processed / "documents.parquet").set_index("source_uri").document_id
    document_id = documents["webinar-sea-lanes.txt"]
    items = pd.read_parquet(processed / "programme_items.parquet")
    assert items[items.document_id == document_id].empty
    links = pd.read_parquet(processed / "event_documents.parquet").set_index("document_id")
    event = pd.read_parquet(processed / "events.parquet").set_index("event_id").loc[links.event_id[document_id]]
    assert event.start_utc == pd.Timestamp("2025-06-12 12:00", tz="UTC")


@pytest.mark.parametrize("name", sorted(STATED))
def test_no_contact_details_stand_among_the_facts(processed: Path, name: str) -> None:
    columns = pd.read_parquet(processed / f"{name}.parquet", columns=STATED[name])
    values = [str(piece) for column in columns for value in columns[column].dropna() for piece in _pieces(value)]
    assert [value for value in values if CONTACT.search(value)] == []


def _pieces(value: object) -> list[object]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]


@pytest.mark.parametrize("source_uri", sorted(EXPECTED_OUTCOMES))
def test_a_bad_input_ends_in_its_own_outcome(processed: Path, source_uri: str) -> None:
    outcomes = pd.read_parquet(processed / "outcomes.parquet").set_index("source_uri")
    row = outcomes.loc[source_uri]
    outcome, reason = EXPECTED_OUTCOMES[source_uri]
    assert (row.outcome, row.reason_code if pd.notna(row.reason_code) else None) == (outcome, reason), row.detail
    assert outcome == "ok" or len(row.detail) > 10
