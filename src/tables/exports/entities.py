"""Everything as FollowTheMoney entities, one JSON object a line, for Aleph and OpenAleph.

FollowTheMoney has no roles at events, no zones and no spans: a role becomes a link of its own, a day is written as the
prefix of a date that the source allows, the words stay in the documents.  Agreements have no schema there: their names
are keywords of the milestones that speak of them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any

import pycountry

from ingest.ids import make_id
from tables.exports.release import Row, place_of, read_events, read_rows

Properties = Mapping[str, Any]
_SCHEMATA = {"government": "PublicBody", "military": "PublicBody", "company": "Company"}
"""Kinds of organisation that FollowTheMoney tells apart; all others are an Organization."""
_LINKS = frozenset(
    "parent addressEntity organizer involved proof subject object employee employer".split()  # noqa: SIM905
)
"""Properties that hold the id of another entity."""
_PREFIX = {"month": 7, "year": 4, "decade": 4}
_NAME_LENGTH = 120
"""Characters of a milestone's sentence that serve as its name; the whole sentence is its description."""


def write_entities(processed: Path, out: Path) -> int:
    """Write all entities as JSON lines; return how many."""
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for entity in _entities(processed):
            file.write(json.dumps(entity, ensure_ascii=False, sort_keys=True) + "\n")
            count += 1
    return count


def _entities(processed: Path) -> Iterator[dict[str, Any]]:
    return chain(
        map(_document, read_rows(processed, "documents")),
        map(_person, read_rows(processed, "people")),
        map(_organisation, read_rows(processed, "organisations")),
        (_address(row) for row in read_rows(processed, "venues") if place_of(row)),
        _events(processed),
        _roles(processed),
        _employments(processed),
        _milestones(processed),
    )


def _entity(key: str, schema: str, properties: Properties) -> dict[str, Any]:
    """Return an entity; values that are null or empty are left out, single ones become lists, as the format has it."""
    kept: dict[str, list[str]] = {}
    for name, value in properties.items():
        values = value if isinstance(value, list | tuple) else [value]
        if texts := list(dict.fromkeys(str(v) for v in values if v is not None and str(v).strip())):
            kept[name] = [_entity_id(text) for text in texts] if name in _LINKS else texts
    return {"id": _entity_id(key), "schema": schema, "properties": kept}


def _entity_id(key: str) -> str:
    """Return one of our ids as the format takes it: letters, digits, dots and dashes only."""
    return key.replace("_", "-")


def _document(row: Row) -> dict[str, Any]:
    uri = row["source_uri"]
    return _entity(
        row["document_id"],
        "Document",
        {
            "title": row["document_title"],
            "fileName": PurePosixPath(uri).name or uri,
            "sourceUrl": uri if uri.startswith(("http://", "https://")) else None,
            "mimeType": row["media_type"],
            "language": _language(row["language_code"]),
            "publishedAt": row["published_date"],
            "retrievedAt": row["retrieved_utc"] and f"{row['retrieved_utc']:%Y-%m-%dT%H:%M:%S}",
            "summary": row["doc_type"],
            "bodyText": row["text"],
        },
    )


def _person(row: Row) -> dict[str, Any]:
    return _entity(
        row["person_id"],
        "Person",
        {
            "name": row["person_name"],
            "alias": row["aliases"],
            "firstName": row["given_name"],
            "lastName": row["family_name"],
            "country": _country(row),
        },
    )


def _organisation(row: Row) -> dict[str, Any]:
    wikidata = [key.partition(":")[2] for key in row["external_ids"] or () if key.startswith("wikidata:")]
    return _entity(
        row["organisation_id"],
        _SCHEMATA.get(row["organisation_type"] or "", "Organization"),
        {
            "name": row["organisation_name"],
            "alias": row["aliases"],
            "weakAlias": row["acronym"],
            "classification": row["organisation_type"],
            "country": _country(row),
            "parent": row["parent_organisation_id"],
            "wikidataId": wikidata,
        },
    )


def _address(row: Row) -> dict[str, Any]:
    return _entity(
        row["venue_id"],
        "Address",
        {
            "full": place_of(row),
            "name": row["venue_name"],
            "street": row["address"],
            "city": row["city"],
            "country": _country(row),
            "latitude": row["latitude"],
            "longitude": row["longitude"],
        },
    )


def _events(processed: Path) -> Iterator[dict[str, Any]]:
    documents = {row["source_uri"]: row["document_id"] for row in read_rows(processed, "documents")}
    domains = defaultdict(list)
    for row in read_rows(processed, "event_domains"):
        domains[row["event_id"]].append(row["domain_code"])
    for view in read_events(processed):
        event = view.event
        holders = [o["organisation_id"] for o in view.organisers if o["role"] not in ("partner", "funder")]
        partners = [o["organisation_id"] for o in view.organisers if o["role"] in ("partner", "funder")]
        yield _entity(
            event["event_id"],
            "Event",
            {
                "name": event["event_name"] or f"{event['event_type'] or 'event'} (no name stated)",
                "startDate": _day(event, "start_date"),
                "endDate": _day(event, "end_date"),
                "summary": ", ".join(
                    filter(None, (event[c] for c in ("event_type", "attendance_mode", "event_status")))
                ),
                "notes": _clock(event),
                "location": place_of(view.venue),
                "addressEntity": event["venue_id"] if place_of(view.venue) else None,
                "country": _country(view.venue) if view.venue else None,
                "organizer": holders,
                "involved": [*(p["person_id"] for p in view.people), *partners],
                "keywords": sorted(set(domains[event["event_id"]])),
                "sourceUrl": event["registration_url"],
                "proof": [documents[uri] for uri in view.documents],
            },
        )


def _roles(processed: Path) -> Iterator[dict[str, Any]]:
    """A link for each role of a person at an event, or from a person to the document that only mentions them."""
    sources = _by_key(processed, "documents", "document_id", "source_uri")
    days = _event_days(processed)
    for row in read_rows(processed, "participations"):
        stated = ", ".join(filter(None, (row["person_text"], row["position"], row["organisation_text"])))
        yield _entity(
            row["participation_id"],
            "UnknownLink",
            {
                "subject": row["person_id"],
                "object": row["event_id"] or row["document_id"],
                "role": row["role"],
                "date": days.get(row["event_id"]),
                "description": stated,
                "summary": f"stated in {sources[row['document_id']]}",
            },
        )


def _employments(processed: Path) -> Iterator[dict[str, Any]]:
    """A post at an organisation, with the days of the events at which it was stated: not how long it was held."""
    sources = _by_key(processed, "documents", "document_id", "source_uri")
    event_days = _event_days(processed)
    stated: dict[tuple[str, str, str], dict[str, set[str]]] = defaultdict(lambda: {"days": set(), "sources": set()})
    for row in read_rows(processed, "participations"):
        if row["organisation_id"]:
            found = stated[row["person_id"], row["organisation_id"], row["position"] or ""]
            found["sources"].add(sources[row["document_id"]])
            if day := event_days.get(row["event_id"]):
                found["days"].add(day)
    for (person, organisation, post), found in sorted(stated.items()):
        yield _entity(
            make_id("post", person, organisation, post),
            "Employment",
            {
                "employee": person,
                "employer": organisation,
                "role": post,
                "date": sorted(found["days"]),
                "summary": [f"stated in {source}" for source in sorted(found["sources"])],
            },
        )


def _milestones(processed: Path) -> Iterator[dict[str, Any]]:
    instruments = _by_key(processed, "instruments", "instrument_id", "instrument_name")
    for row in read_rows(processed, "milestones"):
        statement = row["statement"]
        yield _entity(
            row["milestone_id"],
            "Event",
            {
                "name": statement if len(statement) <= _NAME_LENGTH else statement[: _NAME_LENGTH - 1] + "…",
                "description": statement,
                "startDate": _day(row, "start_date"),
                "endDate": _day(row, "end_date"),
                "summary": "milestone",
                "involved": row["actor_ids"],
                "keywords": [*(row["domain_codes"] or ()), *(instruments[key] for key in row["instrument_ids"] or ())],
                "proof": row["document_id"],
            },
        )


def _event_days(processed: Path) -> dict[str, str]:
    days = {row["event_id"]: _day(row, "start_date") for row in read_rows(processed, "events")}
    return {key: day for key, day in days.items() if day}


def _by_key(processed: Path, table: str, key: str, column: str) -> dict[str, str]:
    return {row[key]: row[column] for row in read_rows(processed, table)}


def _day(row: Row, column: str) -> str | None:
    """Return a day as far as the source states it: 2024-03-12, 2024-03 or 2024."""
    return str(row[column])[: _PREFIX.get(row["date_precision"], 10)] if row[column] else None


def _clock(event: Row) -> Iterable[str]:
    """Wall times in words: the format holds instants in UTC alone, which would move the day of a morning in Tokyo."""
    if event["start_local"] is None:
        return []
    end = f" to {event['end_local']:%Y-%m-%d %H:%M}" if event["end_local"] else ""
    return [f"{event['start_local']:%Y-%m-%d %H:%M}{end} {event['tz_iana'] or '(zone not stated)'}"]


def _country(row: Row) -> str | None:
    code: str | None = row["country_code"]
    return code.lower() if code else None


def _language(code: str | None) -> str | None:
    """ISO 639-1 to the three letters that the format asks for."""
    language = pycountry.languages.get(alpha_2=code) if code else None
    return language.alpha_3 if language else None
