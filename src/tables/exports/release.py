"""Read a published release for export: rows of a table, and an event with everything that belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Row = Mapping[str, Any]
TAKING_PART = frozenset(
    {"speaker", "keynote", "chair", "moderator", "panellist", "opening", "closing", "host"}
)  # fmt: skip
"""Roles of people who are there; the mentioned, authors and contacts may not be."""


@dataclass(frozen=True)
class EventView:
    """An event with its venue, organisers, people (one row a person and role) and the documents that speak of it."""

    event: Row
    venue: Row
    organisers: tuple[Row, ...]
    people: tuple[Row, ...]
    documents: tuple[str, ...]


def read_rows(processed: Path, table: str) -> list[dict[str, Any]]:
    """Return the rows of a table as dictionaries.  Raises FileNotFoundError when nothing is published there."""
    rows: list[dict[str, Any]] = pq.read_table(processed / f"{table}.parquet").to_pylist()
    return rows


def read_events(processed: Path) -> Iterator[EventView]:
    """Yield the events in the order of their days, those without a day last."""
    venues = _by(processed, "venues", "venue_id")
    people = _by(processed, "people", "person_id")
    organisations = _by(processed, "organisations", "organisation_id")
    documents = _by(processed, "documents", "document_id")
    hosts, parts, links = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in read_rows(processed, "event_organisations"):
        hosts[row["event_id"]].append({**organisations[row["organisation_id"]], "role": row["role"]})
    for row in read_rows(processed, "participations"):
        if row["event_id"] and row["role"] in TAKING_PART:
            affiliation = organisations.get(row["organisation_id"] or "", {}).get("organisation_name")
            person = {**people[row["person_id"]], **row, "affiliation": affiliation or row["organisation_text"]}
            parts[row["event_id"]].append(person)
    for row in read_rows(processed, "event_documents"):
        links[row["event_id"]].append(documents[row["document_id"]]["source_uri"])
    events = read_rows(processed, "events")
    for event in sorted(events, key=lambda e: (e["start_date"] is None, str(e["start_date"]), e["event_id"])):
        key = event["event_id"]
        venue = venues.get(event["venue_id"] or "", {})
        yield EventView(event, venue, tuple(hosts[key]), tuple(_once(parts[key])), tuple(sorted(links[key])))


def place_of(venue: Row) -> str:
    """Return a venue in one line: name, address, city, country."""
    return ", ".join(str(venue[n]) for n in ("venue_name", "address", "city", "country_code") if venue.get(n))


def _by(processed: Path, table: str, column: str) -> dict[str, dict[str, Any]]:
    return {row[column]: row for row in read_rows(processed, table)}


def _once(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per person and role, in the order of names."""
    rows = {(person["person_name"], person["role"]): person for person in reversed(people)}
    return [rows[key] for key in sorted(rows)]
