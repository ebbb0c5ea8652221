"""Join all documents: from records with keys of their own to ids and entity rows that hold across the corpus."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.records import (
    DocumentRecords,
    EventFinding,
    EventOrganisation,
    InstrumentFinding,
    OrganisationFinding,
    PersonFinding,
    VenueFinding,
)  # fmt: skip
from resolve.clusters import Join, Judgements, LocalKey, Row
from resolve.corrections import Correction
from resolve.events import EventContext, join_events
from resolve.instruments import join_instruments
from resolve.judging import Decided, judge
from resolve.names import person_key
from resolve.organisations import join_organisations
from resolve.people import PersonContext, join_people
from resolve.venues import join_venues

Rows = list[Row]


@dataclass(frozen=True)
class Resolution:
    """The corpus joined: the id of every finding, and the rows of the tables that span documents."""

    ids: Mapping[LocalKey, str]
    rows: Mapping[str, Rows]
    joins: tuple[Join, ...] = ()
    """Which findings of different documents became one, and why."""
    decided: tuple[Decided, ...] = ()
    """The merges and splits that found what they speak of."""

    def id_of(self, document_id: str, key: str | None) -> str | None:
        """Return the id a document's key stands for; None for None.  An unknown key is a bug and raises KeyError."""
        return None if key is None else self.ids[LocalKey(document_id, key)]


@dataclass
class Gathered:
    """What joining needs of all documents: findings by local key, and who and what stands around them."""

    organisations: dict[LocalKey, OrganisationFinding] = field(default_factory=dict)
    venues: dict[LocalKey, VenueFinding] = field(default_factory=dict)
    instruments: dict[LocalKey, InstrumentFinding] = field(default_factory=dict)
    people: dict[LocalKey, PersonFinding] = field(default_factory=dict)
    events: dict[LocalKey, EventFinding] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    """document_id of each source_uri."""
    day_of: dict[str, str] = field(default_factory=dict)
    affiliations: dict[LocalKey, set[LocalKey]] = field(default_factory=lambda: defaultdict(set))
    taken_part: dict[LocalKey, set[LocalKey]] = field(default_factory=lambda: defaultdict(set))
    organisers: dict[LocalKey, list[tuple[LocalKey, EventOrganisation]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    """Organisations of each event, each with the words that say what it does."""


@dataclass(frozen=True)
class Joined:
    """The resolution with the findings and contexts it was made from, for explanations."""

    resolution: Resolution
    gathered: Gathered
    people: Mapping[LocalKey, PersonContext]
    events: Mapping[LocalKey, EventContext]


def resolve(
    records: Callable[[], Iterable[DocumentRecords]],
    run_id: str,
    corrections: Iterable[Correction] = (),
    former_names: Mapping[LocalKey, str] | None = None,
) -> Resolution:
    """Join the records of all documents; `records()` yields them in the order of document_id.

    `former_names`: what the source calls a finding whose name a correction has replaced.
    """
    return join_corpus(records(), run_id, corrections, former_names).resolution


def join_corpus(
    records: Iterable[DocumentRecords],
    run_id: str,
    corrections: Iterable[Correction] = (),
    former_names: Mapping[LocalKey, str] | None = None,
) -> Joined:
    """Join the records of all documents and keep what the joining looked at."""
    gathered = _gather(records)
    judgements, decided = _judge(gathered, corrections, former_names or {})
    days = gathered.day_of
    organisation_ids, organisation_rows, organisation_joins = join_organisations(
        gathered.organisations, days, judgements
    )
    venue_ids, venue_rows, venue_joins = join_venues(gathered.venues, days, judgements)
    instrument_ids, instrument_rows, instrument_joins = join_instruments(gathered.instruments, days, judgements)
    events = _event_contexts(gathered, organisation_ids, venue_ids)
    event_ids, event_rows, change_rows, event_joins = join_events(events, run_id, judgements)
    people = _person_contexts(gathered, organisation_ids, event_ids)
    person_ids, person_rows, person_joins = join_people(people, judgements)
    resolution = Resolution(
        ids={**organisation_ids, **venue_ids, **instrument_ids, **event_ids, **person_ids},
        rows={
            "organisations": organisation_rows,
            "venues": venue_rows,
            "instruments": instrument_rows,
            "events": event_rows,
            "event_changes": change_rows,
            "people": person_rows,
        },
        joins=(*organisation_joins, *venue_joins, *instrument_joins, *event_joins, *person_joins),
        decided=decided,
    )
    return Joined(resolution, gathered, people, events)


def _judge(
    gathered: Gathered, corrections: Iterable[Correction], former_names: Mapping[LocalKey, str]
) -> tuple[Judgements, tuple[Decided, ...]]:
    corrections = [c for c in corrections if c.action in ("merge", "split")]
    if not corrections:
        return Judgements(), ()

    def names(findings: Mapping[LocalKey, Any]) -> dict[LocalKey, tuple[str, ...]]:
        return {
            key: tuple(n for n in (finding.name, *getattr(finding, "aliases", ()), former_names.get(key)) if n)
            for key, finding in findings.items()
        }

    by_kind = {
        "event": names(gathered.events),
        "person": names(gathered.people),
        "organisation": names(gathered.organisations),
        "venue": names(gathered.venues),
        "instrument": names(gathered.instruments),
    }
    return judge(corrections, by_kind, gathered.documents)


def _gather(records: Iterable[DocumentRecords]) -> Gathered:
    gathered = Gathered()
    for record in records:
        document_id = record.document.document_id

        def local(key: str, document_id: str = document_id) -> LocalKey:
            return LocalKey(document_id, key)

        gathered.organisations.update((local(x.key), x) for x in record.organisations)
        gathered.venues.update((local(x.key), x) for x in record.venues)
        gathered.instruments.update((local(x.key), x) for x in record.instruments)
        gathered.people.update((local(x.key), x) for x in record.people)
        gathered.events.update((local(x.key), x) for x in record.events)
        published = record.document.published_date
        gathered.documents[record.document.source_uri] = document_id
        gathered.day_of[document_id] = published.isoformat() if published else ""
        for part in record.participations:
            if part.organisation_key:
                gathered.affiliations[local(part.person_key)].add(local(part.organisation_key))
            if part.event_key:
                gathered.taken_part[local(part.event_key)].add(local(part.person_key))
        for link in record.event_organisations:
            gathered.organisers[local(link.event_key)].append((local(link.organisation_key), link))
    return gathered


def _event_contexts(
    gathered: Gathered, organisation_ids: Mapping[LocalKey, str], venue_ids: Mapping[LocalKey, str]
) -> dict[LocalKey, EventContext]:
    contexts = {}
    for key, event in gathered.events.items():
        venue_key = LocalKey(key.document_id, event.venue_key) if event.venue_key else None
        venue = gathered.venues[venue_key] if venue_key else None
        contexts[key] = EventContext(
            finding=event,
            day=gathered.day_of[key.document_id],
            venue_id=venue_ids[venue_key] if venue_key else None,
            city=venue.city if venue else None,
            has_venue_name=bool(venue and venue.name),
            people=frozenset(person_key(gathered.people[person].name) for person in gathered.taken_part[key]),
            organisations=frozenset(organisation_ids[organisation] for organisation, _ in gathered.organisers[key]),
        )
    return contexts


def _person_contexts(
    gathered: Gathered, organisation_ids: Mapping[LocalKey, str], event_ids: Mapping[LocalKey, str]
) -> dict[LocalKey, PersonContext]:
    events: dict[LocalKey, set[str]] = defaultdict(set)
    circles: dict[LocalKey, list[frozenset[str]]] = defaultdict(list)
    first_day: dict[str, str] = {}
    for event_key, people in gathered.taken_part.items():
        when = gathered.events[event_key].when
        if when and when.start_date:
            day = when.start_date.isoformat()
            first_day[event_key.document_id] = min(day, first_day.get(event_key.document_id, day))
        circle = frozenset(person_key(gathered.people[person].name) for person in people)
        for person in people:
            events[person].add(event_ids[event_key])
            circles[person].append(circle)
    known: dict[frozenset[str], frozenset[str]] = {}

    def one(values: Iterable[str]) -> frozenset[str]:
        """Equal sets as one object: a corpus has a few thousand of them, and five for each person of a document."""
        made = frozenset(values)
        return known.setdefault(made, made)

    return {
        key: PersonContext(
            finding=person,
            affiliations=one(organisation_ids[organisation] for organisation in gathered.affiliations[key]),
            houses=one(_with_parents(gathered, organisation_ids, gathered.affiliations[key])),
            events=one(events[key]),
            circles=tuple(circles[key]),
            day=gathered.day_of[key.document_id] or first_day.get(key.document_id, ""),
        )
        for key, person in gathered.people.items()
    }


def _with_parents(
    gathered: Gathered, organisation_ids: Mapping[LocalKey, str], affiliations: Iterable[LocalKey]
) -> Iterator[str]:
    """Yield the ids of organisations and of those their document says they are part of."""
    for key in affiliations:
        yield organisation_ids[key]
        parent_key = gathered.organisations[key].parent_key
        parent = organisation_ids.get(LocalKey(key.document_id, parent_key)) if parent_key else None
        if parent:
            yield parent
