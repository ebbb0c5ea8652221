"""What one document contributes to joining, and what joining looks at: made from its records alone, and its ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
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
from resolve.events import EventContext, first_known_as
from resolve.judging import JudgementIndex, Side, sides_of
from resolve.names import person_key
from resolve.people import PersonContext

UNDATED = "9"
"""The day of a claim that has none: it is no early one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentClaims:
    """What joining needs of a document; equal claims join equally, whatever else its records say."""

    document_id: str
    source_uri: str
    day: str
    """When it was published (ISO), "" when unknown."""
    organisations: tuple[OrganisationFinding, ...]
    venues: tuple[VenueFinding, ...]
    instruments: tuple[InstrumentFinding, ...]
    people: tuple[PersonFinding, ...]
    events: tuple[EventFinding, ...]
    affiliations: tuple[tuple[str, str], ...]
    """(person, organisation) keys."""
    taken_part: tuple[tuple[str, str], ...]
    """(event, person) keys."""
    organisers: tuple[EventOrganisation, ...]
    known_as: Mapping[str, tuple[str, ...]]
    """Day and title of each event as the source has them, before anybody corrected them."""
    sides: Mapping[str, list[Side]]
    """Findings that merges and splits of the corrections speak of."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A finding as joining looks at it, with `day`: when it was made (ISO), or UNDATED.

    `is_alone`: nothing else in its document is compared with it, so that equal claims of other documents are one to it.
    """

    context: Any
    day: str
    sides: tuple[Side, ...] = ()
    is_alone: bool = False
    parent_key: str | None = None


def claims_of(
    records: DocumentRecords, source: DocumentRecords, judgements: JudgementIndex, former: Mapping[str, str]
) -> DocumentClaims:
    """Return the claims of a document: `records` as people corrected them, `source` as they were extracted.

    `former`: what the source calls findings whose names a correction has replaced.
    """
    facts = records.document
    before = {event.key: event for event in source.events}
    return DocumentClaims(
        document_id=facts.document_id,
        source_uri=facts.source_uri,
        day=facts.published_date.isoformat() if facts.published_date else "",
        organisations=records.organisations,
        venues=records.venues,
        instruments=records.instruments,
        people=records.people,
        events=records.events,
        affiliations=tuple((p.person_key, p.organisation_key) for p in records.participations if p.organisation_key),
        taken_part=tuple((p.event_key, p.person_key) for p in records.participations if p.event_key),
        organisers=records.event_organisations,
        known_as={event.key: first_known_as(before.get(event.key, event)) for event in records.events},
        sides=sides_of(records, judgements, former),
    )


def name_claims(
    document: DocumentClaims, findings: Iterable[Any], blocks: Callable[[Any], list[str]]
) -> Iterator[tuple[str, Claim]]:
    """Yield (key, claim) of findings that are joined by what they are called: organisations, venues, instruments."""
    bare = [(finding.key, _bare(finding), getattr(finding, "parent_key", None)) for finding in findings]
    shared = Counter(block for _, finding, _ in bare for block in set(blocks(finding))) if len(bare) > 1 else Counter()
    for key, finding, parent_key in bare:
        is_alone = all(shared[block] <= 1 for block in blocks(finding))
        yield key, Claim(finding, document.day or UNDATED, tuple(document.sides.get(key, ())), is_alone, parent_key)


def _bare(finding: Any) -> Any:
    """Return a finding without what differs from document to document and means nothing to joining."""
    if isinstance(finding, OrganisationFinding):
        return replace(finding, key="", score=1.0, parent_key=None)
    return replace(finding, key="", score=1.0)


def event_claims(document: DocumentClaims, ids: Mapping[str, str]) -> Iterator[tuple[str, Claim]]:
    """Yield (key, claim) of a document's events; `ids` of its organisations and venues by their keys."""
    venues = {venue.key: venue for venue in document.venues}
    names = {person.key: person_key(person.name) for person in document.people}
    shown = {person.key: person.name for person in document.people}
    people, organisations = _by_first(document.taken_part), defaultdict(set)
    for link in document.organisers:
        organisations[link.event_key].add(ids[link.organisation_key])
    for event in document.events:
        venue = venues.get(event.venue_key or "")
        context = EventContext(
            finding=event,
            day=document.day,
            venue_id=ids[event.venue_key] if event.venue_key else None,
            city=venue.city if venue else None,
            has_venue_name=bool(venue and venue.name),
            people=frozenset(names[person] for person in people.get(event.key, ())),
            organisations=frozenset(organisations[event.key]),
            speakers=tuple(shown[person] for person in people.get(event.key, ())),
            first_known_as=document.known_as[event.key],
        )
        yield event.key, Claim(context, document.day or UNDATED, tuple(document.sides.get(event.key, ())))


def person_claims(document: DocumentClaims, ids: Mapping[str, str]) -> Iterator[tuple[str, Claim]]:
    """Yield (key, claim) of a document's people; `ids` of its organisations and events by their keys."""
    names = {person.key: person_key(person.name) for person in document.people}
    affiliations, taken_part = _by_first(document.affiliations), _by_first(document.taken_part)
    parents = {o.key: o.parent_key for o in document.organisations if o.parent_key}
    starts = {event.key: event.when.start_date for event in document.events if event.when and event.when.start_date}
    first_day = min((starts[event].isoformat() for event in taken_part if event in starts), default="")
    events: dict[str, list[str]] = defaultdict(list)
    circles: dict[str, list[frozenset[str]]] = defaultdict(list)
    for event, people in taken_part.items():
        circle = frozenset(names[key] for key in people)
        for key in people:
            events[key].append(ids[event])
            circles[key].append(circle)
    for person in document.people:
        own = affiliations.get(person.key, {})
        houses = [*own, *(parents[key] for key in own if parents.get(key) in ids)]
        context = PersonContext(
            finding=person,
            affiliations=frozenset(ids[key] for key in own),
            houses=frozenset(ids[key] for key in houses),
            events=frozenset(events[person.key]),
            circles=tuple(circles[person.key]),
            day=document.day or first_day,
        )
        yield person.key, Claim(context, context.day or UNDATED, tuple(document.sides.get(person.key, ())))


def _by_first(pairs: Iterable[tuple[str, str]]) -> dict[str, Collection[str]]:
    """Return the second parts of pairs by the first, each once, in order."""
    found: dict[str, dict[str, None]] = {}
    for first, second in pairs:
        found.setdefault(first, {})[second] = None
    return {first: found[first].keys() for first in found}
