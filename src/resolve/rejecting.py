"""Take a finding out of a document's records together with everything that refers to it."""

from __future__ import annotations

from dataclasses import replace

from extract.records import DocumentRecords, Milestone, Participation


def reject_finding(records: DocumentRecords, kind: str, key: str) -> DocumentRecords:
    """Return the records without one event, person, organisation, venue or instrument."""
    result = {
        "event": _without_event,
        "person": _without_person,
        "organisation": _without_organisation,
        "venue": _without_venue,
        "instrument": _without_instrument,
    }[kind](records, key)
    gone = {m.mention_id for m in records.mentions if m.entity_key == key}

    def part(p: Participation) -> Participation:
        return replace(p, mention_ids=tuple(m for m in p.mention_ids if m not in gone))

    return replace(
        result,
        mentions=tuple(m for m in result.mentions if m.mention_id not in gone),
        participations=tuple(map(part, result.participations)),
    )


def _without_event(records: DocumentRecords, key: str) -> DocumentRecords:
    def part(p: Participation) -> Participation:
        return replace(p, event_key=None, item_key=None) if p.event_key == key else p

    return replace(
        records,
        events=tuple(e for e in records.events if e.key != key),
        programme_items=tuple(i for i in records.programme_items if i.event_key != key),
        participations=tuple(map(part, records.participations)),
        event_organisations=tuple(o for o in records.event_organisations if o.event_key != key),
    )


def _without_person(records: DocumentRecords, key: str) -> DocumentRecords:
    return replace(
        records,
        people=tuple(p for p in records.people if p.key != key),
        participations=tuple(p for p in records.participations if p.person_key != key),
        milestones=_without_actor(records, key),
    )


def _without_organisation(records: DocumentRecords, key: str) -> DocumentRecords:
    def part(p: Participation) -> Participation:
        return replace(p, organisation_key=None, organisation_text=None) if p.organisation_key == key else p

    return replace(
        records,
        organisations=tuple(
            replace(o, parent_key=None) if o.parent_key == key else o for o in records.organisations if o.key != key
        ),
        participations=tuple(map(part, records.participations)),
        event_organisations=tuple(o for o in records.event_organisations if o.organisation_key != key),
        milestones=_without_actor(records, key),
    )


def _without_venue(records: DocumentRecords, key: str) -> DocumentRecords:
    return replace(
        records,
        venues=tuple(v for v in records.venues if v.key != key),
        events=tuple(replace(e, venue_key=None) if e.venue_key == key else e for e in records.events),
    )


def _without_instrument(records: DocumentRecords, key: str) -> DocumentRecords:
    return replace(
        records,
        instruments=tuple(i for i in records.instruments if i.key != key),
        milestones=tuple(
            replace(m, instrument_keys=tuple(k for k in m.instrument_keys if k != key)) for m in records.milestones
        ),
    )


def _without_actor(records: DocumentRecords, key: str) -> tuple[Milestone, ...]:
    return tuple(replace(m, actor_keys=tuple(k for k in m.actor_keys if k != key)) for m in records.milestones)
