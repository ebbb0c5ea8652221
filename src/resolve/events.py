"""One row per real-world event, from announcement to report; what its documents dispute goes to `event_changes`."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import merge
from itertools import combinations, groupby

from rapidfuzz.fuzz import token_set_ratio

from extract.records import EventFinding
from resolve.clusters import (
    NO_JUDGEMENTS,
    Clusters,
    Joined,
    Judgements,
    LocalKey,
    Row,
    distinct,
    identify,
    most_common,
)  # fmt: skip
from resolve.likeness import explain_names
from resolve.names import content_words, fold
from resolve.times import instant

ALIKE_TITLES = 85
"""token_set_ratio of two folded titles from which they name one event, given the same day and no other city."""

_RANK = {"announces": 0, "programmes": 1, "mentions": 2, "reports": 3}
_LATE = "9999"


@dataclass(frozen=True, slots=True)
class EventContext:
    """An event of one document with what identifies it there."""

    finding: EventFinding
    day: str
    """When the document was published (ISO), "" when unknown: later documents know better."""
    venue_id: str | None
    city: str | None
    has_venue_name: bool
    people: frozenset[str]
    organisations: frozenset[str]
    speakers: tuple[str, ...] = ()
    """Who takes part, as the document writes them."""
    first_known_as: tuple[str, ...] = ()
    """Day and title as the source first had them; of the earliest document they make the event's id."""


Events = Mapping[LocalKey, EventContext]


def event_blocks(event: EventContext) -> list[str]:
    """Return the keys that an event shares with all it may be compared with."""
    known = [" ".join(("known", *event.first_known_as))] if event.first_known_as else []
    return [*(f"day {day.isoformat()}" for day in _days(event.finding)), *known]


def first_known_as(event: EventFinding) -> tuple[str, ...]:
    """Return (day, words of the title) of an event that has both: what other documents of it are likely to say too."""
    days = _days(event)
    return (min(days).isoformat(), *sorted(content_words(event.name))) if days and event.name else ()


def join_events(events: Events, judgements: Judgements = NO_JUDGEMENTS) -> Joined:
    """Join events; rows are sorted by id.  The rows of `event_changes` lack the run."""
    clusters = Clusters(events, judgements)
    by_day: dict[date, list[LocalKey]] = defaultdict(list)
    by_name: dict[tuple[str, ...], list[LocalKey]] = defaultdict(list)
    for key in sorted(events):
        by_name[events[key].first_known_as].append(key)
        for day in _days(events[key].finding):
            by_day[day].append(key)
    by_name.pop((), None)
    for keys in by_name.values():
        clusters.link(keys)
    for day in sorted(by_day):
        for one, other in _candidates(events, by_day[day]):
            because = explain_join(events[one], events[other]) if one.document_id != other.document_id else None
            if because:
                clusters.join(one, other, because)
    groups = [sorted(group, key=lambda key: _order(events, key)) for group in clusters.groups()]

    def identity(group: Sequence[LocalKey]) -> tuple[str, ...]:
        return next((events[key].first_known_as for key in group if events[key].first_known_as), (*group[0],))

    ids = identify("evt", groups, identity, lambda key: (events[key].day or "9", key))
    merged = [_merge(ids[group[0]], [(key, events[key]) for key in group]) for group in groups]
    rows = sorted((row for row, _ in merged), key=lambda row: str(row["event_id"]))
    return Joined(ids, rows, clusters, [change for _, disputed in merged for change in disputed])


def _candidates(events: Events, keys: Sequence[LocalKey]) -> list[tuple[LocalKey, LocalKey]]:
    """Return the pairs of one day that share anything `explain_join` looks at, sorted."""
    if len(keys) <= _FEW:
        return list(combinations(keys, 2))
    sharing: dict[tuple[str, str], list[LocalKey]] = defaultdict(list)
    for key in keys:
        context = events[key]
        words = content_words(context.finding.name) if context.finding.name else frozenset()
        for kind, values in (("word", words), ("person", context.people), ("venue", {context.venue_id or ""})):
            for value in values:
                sharing[(kind, value)].append(key)
    return sorted({pair for group in sharing.values() for pair in combinations(group, 2)})


_FEW = 4
"""Events on one day below which looking at all pairs is cheaper than choosing."""


def sort_changes(changes: Iterable[Row]) -> list[Row]:
    """Return rows of `event_changes` in their order, each key once."""
    by_key = {_change_key(change): change for change in changes}
    return [by_key[key] for key in sorted(by_key)]


def merge_changes(*several: Iterable[Row]) -> Iterator[Row]:
    """Yield sorted rows of `event_changes` in one order; of equal keys the last holds."""
    for _, same in groupby(merge(*several, key=_change_key), key=_change_key):
        yield deque(same, maxlen=1)[0]


def _change_key(change: Row) -> tuple[str, ...]:
    return tuple(str(change[name]) for name in ("event_id", "field", "document_id", "old_value"))


def explain_join(one: EventContext, other: EventContext) -> str | None:
    """Return why two documents that name the same day speak of one event, None where they do not.

    Alike titles suffice unless the cities differ; without two titles it takes two shared participants, or the same
    named venue with a shared participant or organiser.
    """
    if one.city and other.city and fold(one.city) != fold(other.city):
        return None
    first, second = one.finding.name, other.finding.name
    shared_people = len(one.people & other.people)
    shares_venue = one.has_venue_name and one.venue_id == other.venue_id
    if first and second:
        if (
            token_set_ratio(fold(first), fold(second)) >= ALIKE_TITLES
            and len(content_words(first) & content_words(second)) >= 2
        ):
            return "alike titles on the same day"
        return "the same venue, day and two people" if shares_venue and shared_people >= 2 else None
    if shared_people >= 2:
        return "two people on the same day"
    if shares_venue and (shared_people or one.organisations & other.organisations):
        return "the same venue and day, and a person or organiser"
    return None


def explain_events(one: EventContext, other: EventContext) -> str:
    """Return in words what speaks against two findings being one event."""
    if one.city and other.city and fold(one.city) != fold(other.city):
        return f"different cities: {one.city} and {other.city}"
    if not _days(one.finding) & _days(other.finding):
        days = [", ".join(day.isoformat() for day in sorted(_days(c.finding))) or "no day" for c in (one, other)]
        return f"no day in common: {days[0]} and {days[1]}"
    return f"the titles differ and too little else is shared: {one.finding.name!r} and {other.finding.name!r}"


def _days(finding: EventFinding) -> set[date]:
    """The days under which an event may be found again: its first day, and the one it was moved from."""
    when = finding.when
    days = {when.start_date} if when and when.start_date and when.precision in ("day", "minute") else set()
    return days | ({finding.previous_start_date} if finding.previous_start_date else set())


def _order(events: Events, key: LocalKey) -> tuple[bool, str, int, LocalKey]:
    """Order documents by what they can know: a report last; one of unknown day early if it announces, else late."""
    context = events[key]
    rank = _RANK[context.finding.relation]
    day = context.day or (_LATE if rank else "")
    return (context.finding.relation == "reports", day, rank, key)


def _merge(event_id: str, members: Sequence[tuple[LocalKey, EventContext]]) -> tuple[Row, list[Row]]:
    """Merge an event's documents, earliest first: the latest statement of a value holds, the others are changes."""
    row: Row = {"event_id": event_id}
    changes: list[Row] = []
    claims = [(key.document_id, _claims(context)) for key, context in members]
    for field in claims[0][1]:
        stated = [(document_id, claim[field]) for document_id, claim in claims if claim[field] is not None]
        if not stated:
            continue
        holder, value = _settled(field, stated)
        row[field] = value
        for document_id, other in stated:
            if other != value and field in _DISPUTED and document_id != holder:
                changes.append(_change(event_id, field, other, value, document_id))
    changes += _replaced_speakers(event_id, members)
    row |= _when(members)
    findings = [context.finding for _, context in members]
    row["event_type"] = most_common(f.event_type for f in findings if f.event_type != "other") or "other"
    row["hashtags"] = distinct(tag for f in findings for tag in f.hashtags)
    row["language_codes"] = distinct(code for f in findings for code in f.language_codes)
    row["event_score"] = round(max(f.score for f in findings), 4)
    return row, changes


def _replaced_speakers(event_id: str, members: Sequence[tuple[LocalKey, EventContext]]) -> list[Row]:
    """Return who was announced and is missing from the last line-up; who came instead, where that is one for one.

    Reports name only some: they deny nobody.  Line-ups that have nobody in common are of different parts of the event.
    """
    line_ups = [
        (key.document_id, context.speakers)
        for key, context in members
        if context.finding.relation in ("announces", "programmes") and len(context.speakers) >= _LINE_UP
    ]
    changes = []
    for i, (document_id, names) in enumerate(line_ups[:-1]):
        later = [name for _, found in line_ups[i + 1 :] for name in found]
        left = [name for name in names if not any(explain_names(name, other) for other in later)]
        came = [name for name in line_ups[-1][1] if not any(explain_names(name, other) for other in names)]
        for name in left if len(left) < len(names) else ():
            instead = came[0] if len(left) == len(came) == 1 else None
            changes.append(_change(event_id, "speaker", name, instead, document_id))
    return changes


_LINE_UP = 2
"""People that a document must name to be taken for a list of who speaks."""


def _settled(field: str, stated: Sequence[tuple[str, object]]) -> tuple[str, object]:
    """The latest statement; but who says only where people met does not deny the stream that others name."""
    hybrid = [claim for claim in stated if field == "attendance_mode" and claim[1] == "hybrid"]
    return (hybrid or stated)[-1]


_DISPUTED = frozenset({"event_name", "start_date", "end_date", "attendance_mode", "event_status", "venue_id"})


def _claims(context: EventContext) -> Row:
    finding, when = context.finding, context.finding.when
    return {
        "event_name": finding.name,
        "start_date": when.start_date if when else None,
        "end_date": when.end_date if when else None,
        "attendance_mode": finding.attendance_mode,
        "event_status": finding.event_status,
        "previous_start_date": finding.previous_start_date,
        "series_name": finding.series_name,
        "venue_id": context.venue_id,
        "registration_url": finding.registration_url,
        "stream_url": finding.stream_url,
    }


def _when(members: Sequence[tuple[LocalKey, EventContext]]) -> Row:
    """Date and time columns: all from the latest document that states the day; times from the latest that has them."""
    moments = [context.finding.when for _, context in members if context.finding.when]
    if not moments:
        return {}
    chosen = moments[-1]
    timed = [m for m in moments if m.start_local and m.start_date == chosen.start_date]
    clock = timed[-1] if timed else chosen
    zone = clock.tz_iana or most_common(m.tz_iana for m in moments)
    return {
        "start_date": chosen.start_date,
        "end_date": chosen.end_date,
        "start_local": clock.start_local,
        "end_local": clock.end_local,
        "tz_iana": zone,
        "start_utc": instant(clock.start_local, zone),
        "end_utc": instant(clock.end_local, zone),
        "date_precision": clock.precision if clock.start_local else chosen.precision,
        "date_method": chosen.method,
    }


def _change(event_id: str, field: str, old: object, new: object, document_id: str) -> Row:
    return {
        "event_id": event_id,
        "field": field,
        "old_value": _written(old),
        "new_value": _written(new) if new is not None else None,
        "document_id": document_id,
        "cause": "new_document",
    }


def _written(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
