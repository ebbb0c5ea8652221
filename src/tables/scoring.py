"""Compare published tables with labelled documents, field by field and document by document."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow.parquet as pq

from resolve.names import fold
from tables.matching import (
    CLOSE_POST,
    CLOSE_VENUE,
    ROLE_GROUPS,
    same_moment,
    same_organisation,
    same_person,
    same_text,
    same_zone,
)  # fmt: skip

Row = Mapping[str, Any]
_PRECISION_LENGTH = {"minute": 10, "day": 10, "month": 7, "year": 4, "decade": 4}


@dataclass(frozen=True, slots=True)
class Score:
    """One field of one document: how many values are right, and which were added or missed."""

    document: str
    field: str
    right: int
    added: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()


class LabelError(Exception):
    """A label that cannot be used; the message says which file and why."""


class Tables:
    """The tables of a release, indexed for looking up one document after another."""

    def __init__(self, folder: Path) -> None:
        def rows(name: str) -> list[dict[str, Any]]:
            listed: list[dict[str, Any]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
            return listed

        self.by_stem = {PurePosixPath(r["source_uri"]).stem: r for r in rows("documents")}
        self.events = {r["event_id"]: r for r in rows("events")}
        self.venues = {r["venue_id"]: r for r in rows("venues")}
        self.people = {r["person_id"]: r for r in rows("people")}
        self.organisations = {r["organisation_id"]: r for r in rows("organisations")}
        self.links = _grouped(rows("event_documents"), "document_id")
        self.hosts = _grouped(rows("event_organisations"), "event_id")
        self.parts = _grouped(rows("participations"), "document_id")
        self.mentions = _grouped(rows("mentions"), "document_id")
        self.domains = _grouped(rows("document_domains"), "document_id")
        self.milestones = _grouped(rows("milestones"), "document_id")
        self.items = _grouped(rows("programme_items"), "document_id")

    def event_of(self, document_id: str) -> Row | None:
        """Return the event a document is about: its first by a relation other than mentions."""
        own = [link for link in self.links[document_id] if link["relation"] != "mentions"]
        return self.events.get(own[0]["event_id"]) if own else None

    def forms(self, organisation_id: str | None, *texts: str | None) -> list[str]:
        """Return every form known of an organisation, with the words given."""
        known = self.organisations.get(organisation_id or "", {})
        names = [*texts, known.get("organisation_name"), known.get("acronym"), *(known.get("aliases") or ())]
        return [name for name in names if name]


def read_labels(folder: Path) -> list[dict[str, Any]]:
    """Return the labels of a folder, sorted by file name.  Raises LabelError for one that is not a label."""
    labels = []
    for path in sorted(folder.glob("*.json")):
        try:
            label = json.loads(path.read_text("utf-8"))
            label["id"], label["doc_type"], label["people"], label["organisations"], label["domains"]
        except (ValueError, KeyError, TypeError) as error:
            raise LabelError(f"{path.name} is not a label ({error!r}); see data/gold/README.md") from error
        labels.append(label)
    return labels


def score(labels: Sequence[Mapping[str, Any]], folder: Path) -> list[Score]:
    """Return the scores of every labelled field; a document that is not in the tables misses everything."""
    tables = Tables(folder)
    return [item for label in labels for item in _score_document(label, tables)]


def _score_document(label: Mapping[str, Any], tables: Tables) -> Iterable[Score]:
    row = tables.by_stem.get(label["id"], {})
    key = row.get("document_id", "")
    event = tables.event_of(key)
    yield _one(label["id"], "doc_type", label["doc_type"], row.get("doc_type"))
    yield from _score_event(label, event, tables)
    yield from _score_people(label, key, tables)
    mentions = tables.mentions[key]
    organisations: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention["label"] == "ORG":
            organisations[mention["entity_id"] or mention["text"]].add(mention["text"])
    found = [tables.forms(entity, *sorted(texts)) for entity, texts in organisations.items()]
    yield match_many(label["id"], "organisations", label["organisations"], found, same_organisation)
    instruments = sorted({m["text"] for m in mentions if m["label"] == "INSTRUMENT"})
    yield match_many(label["id"], "instruments", label.get("instruments") or (), instruments, same_text)
    domains = sorted({r["domain_code"] for r in tables.domains[key]})
    yield match_many(label["id"], "domains", label["domains"], domains, _equal)
    if "milestones" in label:
        days = [_at_precision(r["start_date"], r["date_precision"]) for r in tables.milestones[key]]
        wanted = [milestone["date"].rstrip("s") for milestone in label["milestones"]]
        yield match_many(label["id"], "milestones", wanted, days, _equal)
    if label.get("programme"):
        wanted = [(item["start"], item["title"]) for item in label["programme"] if item.get("start")]
        items = [(f"{r['start_local']:%H:%M}", r["item_title"]) for r in tables.items[key] if r["start_local"]]
        same = lambda a, b: a[0] == b[0] and same_text(a[1], b[1], 0.7)  # noqa: E731
        yield match_many(label["id"], "programme", wanted, items, same)


def _score_event(label: Mapping[str, Any], event: Row | None, tables: Tables) -> Iterable[Score]:
    name, wanted, got = label["id"], label.get("event") or {}, event or {}
    start, end, zone = wanted.get("start"), wanted.get("end"), wanted.get("timezone")
    yield _one(name, "event", True if label.get("event") else None, True if event else None)
    yield _one(name, "start_date", start and start[:10], _day(got.get("start_date")))

    def moment(a: str, b: str) -> bool:
        return same_moment(a, b, zone, got.get("tz_iana"))

    yield _one(name, "start_time", _timed(start), _minute(got.get("start_local")), moment)
    yield _one(name, "end_time", _timed(end), _minute(got.get("end_local")), moment)
    if start and end and start[:10] != end[:10]:
        yield _one(name, "end_date", end[:10], _day(got.get("end_date")))
    if start and _timed(start) and zone:
        yield _one(name, "timezone", zone, got.get("tz_iana"), partial(same_zone, start))
    if wanted.get("title"):
        yield _one(name, "title", wanted["title"], got.get("event_name"), same_text)
    venue = tables.venues.get(got.get("venue_id") or "", {})
    yield _one(name, "venue", wanted.get("venue"), venue.get("venue_name"), lambda a, b: same_text(a, b, CLOSE_VENUE))
    for field, column in (("city", "city"), ("country", "country_code")):
        yield _one(name, field, wanted.get(field), venue.get(column), lambda a, b: fold(a) == fold(b))
    if wanted.get("format"):
        yield _one(name, "format", wanted["format"], got.get("attendance_mode"))
    hosts = {r["organisation_id"]: None for r in tables.hosts[got.get("event_id", "")] if r["role"] != "funder"}
    forms = [tables.forms(organisation_id) for organisation_id in hosts]
    yield match_many(name, "organisers", wanted.get("organisers") or (), forms, same_organisation)


def _score_people(label: Mapping[str, Any], key: str, tables: Tables) -> Iterable[Score]:
    name, parts = label["id"], tables.parts[key]
    mentioned = [m["entity_id"] for m in tables.mentions[key] if m["label"] == "PERSON" and m["entity_id"]]
    ids = list(dict.fromkeys([*(part["person_id"] for part in parts), *mentioned]))
    forms = {person: _person_forms(person, parts, tables) for person in ids}

    def is_person(wanted: str, person: str) -> bool:
        return any(same_person(wanted, form) for form in forms[person])

    yield match_many(name, "people", [p["name"] for p in label["people"]], ids, is_person)
    roles = [(p["name"], ROLE_GROUPS[p["role"]]) for p in label["people"] if p["role"] in ROLE_GROUPS]
    played = sorted({(p["person_id"], ROLE_GROUPS[p["role"]]) for p in parts if p["role"] in ROLE_GROUPS})
    yield match_many(name, "people_with_role", roles, played, lambda a, b: a[1] == b[1] and is_person(a[0], b[0]))
    for wanted in label["people"]:
        mine = [p for p in parts if is_person(wanted["name"], p["person_id"])]
        if wanted.get("organisation"):
            stated = [tables.forms(p["organisation_id"], p["organisation_text"]) for p in mine]
            yield _any(name, "affiliation", wanted["organisation"], [s for s in stated if s], same_organisation)
        if wanted.get("position"):
            posts = [p["position"] for p in mine if p["position"]]
            yield _any(name, "position", wanted["position"], posts, lambda a, b: same_text(a, b, CLOSE_POST))


def _person_forms(person: str, parts: Sequence[Row], tables: Tables) -> list[str]:
    row = tables.people[person]
    return [row["person_name"], *(row["aliases"] or ()), *(p["person_text"] for p in parts if p["person_id"] == person)]


Same = Callable[[Any, Any], bool]


def _equal(one: Any, other: Any) -> bool:
    return bool(one == other)


def _one(document: str, field: str, wanted: Any, got: Any, same: Same = _equal) -> Score:
    """A field with at most one value: a value where the label has none counts as added."""
    if wanted is not None and got is not None and same(wanted, got):
        return Score(document, field, 1)
    added = () if got is None else (str(got),)
    return Score(document, field, 0, added, () if wanted is None else (str(wanted),))


def match_many(document: str, field: str, wanted: Iterable[Any], got: Iterable[Any], same: Same) -> Score:
    """A field with any number of values: each label takes the first value that matches and is still free."""
    left, missed, right = list(got), [], 0
    for value in wanted:
        match = next((candidate for candidate in left if same(value, candidate)), None)
        if match is None:
            missed.append(_shown(value))
        else:
            left.remove(match)
            right += 1
    return Score(document, field, right, tuple(map(_shown, left)), tuple(missed))


def _shown(value: object) -> str:
    """A value as a person reads it: of a list of forms the first, of a slot its time and title."""
    if isinstance(value, list):
        return str(value[0]) if value else ""
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _any(document: str, field: str, wanted: str, got: Sequence[Any], same: Same) -> Score:
    """A value that any of the statements may hold: one wrong statement counts once."""
    if any(same(wanted, value) for value in got):
        return Score(document, field, 1)
    return Score(document, field, 0, tuple(str(value) for value in got[:1]), (wanted,))


def _grouped(rows: Iterable[dict[str, Any]], column: str) -> defaultdict[str, list[dict[str, Any]]]:
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row[column]].append(row)
    return groups


def _timed(value: str | None) -> str | None:
    return value if value and "T" in value else None


def _minute(value: datetime | None) -> str | None:
    return value.strftime("%Y-%m-%dT%H:%M") if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _at_precision(value: date | None, precision: str | None) -> str:
    return str(value)[: _PRECISION_LENGTH.get(precision or "", 10)]
