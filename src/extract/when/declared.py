"""Dates that a publisher declared in structure: schema.org, calendars, front matter, mail headers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

from extract.records import When
from extract.vocabularies import words_of
from extract.when.clock_grammar import ClockGrammar
from extract.when.meridiem import minute_of_day
from extract.when.tokens import tokenize
from extract.when.vocabulary import vocabulary
from extract.when.zones import zone_for
from ingest.document import Declared, Document

_PUBLISHED = frozenset(
    ["datepublished", "article:published_time", "published_time", "published", "pubdate", "dc.date", "dcterms.created",
     "date", "date_published", "publication_date", "datesent"]
)  # fmt: skip
_MODIFIED = frozenset(["datemodified", "article:modified_time", "modified_time", "updated", "lastmod"])
_KINDS = frozenset(["layout", "type", "category", "categories", "kind"])
_EVENT_KINDS = words_of("date_words", "roles", "kinds_of_event_pages")
_EVENT_NAMES = frozenset(
    ["end_date", "enddate", "end_time", "organizer.name", "registration_url", "venue",
     "event_platform", "event_type"]
)  # fmt: skip
"""Keys of front matter that only the page of an event has."""
_WRITTEN_ORIGINS = frozenset(["json-ld", "microdata", "rdfa", "opengraph", "html-meta", "front-matter", "email-header"])
"""Origins whose date is that of the page or letter; a file's own dates (PDF, office) tell when it was saved."""


def parse_iso(value: str) -> datetime | date | None:
    """Read "2024-03-14", "2024-03-14T10:00+09:00", "20240314T100000Z" or a mail date; None for anything else."""
    value = value.strip().strip("'\"")
    at, _, shift = value.rpartition(" ")
    if at and shift[:1] in ("+", "-") and ":" in at:
        value = at + shift  # "2024-06-05 13:00:00 -0500"
    try:
        return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None


def declared_published(document: Document) -> date | None:
    """Return the day of writing that a document's structure declares, None if it declares none or the event's day."""
    is_event = is_event_page(document)
    for names in (_PUBLISHED, _MODIFIED):
        for fact in document.declared:
            if fact.origin not in _WRITTEN_ORIGINS or fact.name.lower() not in names:
                continue
            if is_event and fact.origin == "front-matter" and fact.name.lower() == "date":
                continue
            found = parse_iso(fact.value)
            if found:
                return found.date() if isinstance(found, datetime) else found
    return None


def is_event_page(document: Document) -> bool:
    """Return whether front matter says that the page is an event: then its date is the event's."""
    names = {fact.name.lower() for fact in document.declared if fact.origin == "front-matter"}
    if "date" in names and not names.isdisjoint(_EVENT_NAMES):
        return True
    for fact in document.declared:
        is_kind = fact.origin == "front-matter" and fact.name.lower() in _KINDS
        if is_kind and any(word in fact.value.lower() for word in _EVENT_KINDS):
            return True
    return False


def declared_when(document: Document) -> When | None:
    """Return the event's interval as declared (startDate, endDate; the date of an event page), None if it is not."""
    readings = [when for _, when in declared_readings(document)]
    timed = (when for when in readings if when.start_local and when.start_date == readings[0].start_date)
    return next(timed, readings[0]) if readings else None


def declared_readings(document: Document) -> list[tuple[Declared, When]]:
    """Return each declared start of the page's event with its interval, as published; several where they differ.

    The event declared first is the page's; another syntax may tell it again under the same name.
    """
    groups: dict[tuple[str, int], dict[str, Declared]] = {}
    for fact in document.declared:
        groups.setdefault((fact.origin, fact.group), {}).setdefault(fact.name.lower(), fact)
    made: list[tuple[Declared, When]] = []
    name = ""
    for facts in groups.values():
        start = _first_of(facts, "startdate", "start_date", "start", "event_date")
        when = _when(start, _first_of(facts, "enddate", "end_date", "end")) if start else None
        own_name = facts["name"].value.casefold() if "name" in facts else ""
        is_told_again = bool(made) and own_name == name and start is not None and start.origin != made[0][0].origin
        if start and when and (not made or (name and is_told_again)):
            made.append((start, when))
            name = own_name
    return made or _of_event_page(document)


def _first_of(facts: dict[str, Declared], *names: str) -> Declared | None:
    return next((facts[name] for name in names if name in facts), None)


def _of_event_page(document: Document) -> list[tuple[Declared, When]]:
    if not is_event_page(document):
        return []
    page = {fact.name.lower(): fact for fact in reversed(document.declared) if fact.origin == "front-matter"}
    made = _when(page["date"], page.get("enddate")) if "date" in page else None
    return [(page["date"], _with_time(made, page["time"].value if "time" in page else ""))] if made else []


def _with_time(when: When, time: str) -> When:
    """Add the hours of a key of their own ("time: 17:30-19:00 GMT") to a declared day."""
    tokens = tokenize(time[:60])
    clock = ClockGrammar(tokens, vocabulary()).read(0, after_date=True) if tokens else None
    if clock is None or not clock.is_valid or when.start_local or when.start_date is None:
        return when
    start = datetime.combine(when.start_date, datetime.min.time()) + timedelta(minutes=minute_of_day(clock.first))
    end = None
    if clock.last is not None:
        day = datetime.combine(when.end_date or when.start_date, datetime.min.time())
        end = day + timedelta(minutes=minute_of_day(clock.last))
    zone = clock.zone
    tz = zone_for(zone.abbreviation if zone.abbreviation else zone.offset, None, None, start) if zone else None
    return replace(when, start_local=start, end_local=end if end and end > start else None, tz_iana=tz,
                   precision="minute")  # fmt: skip


def _when(start: Declared, end: Declared | None) -> When | None:
    first = parse_iso(start.value)
    last = parse_iso(end.value) if end else None
    if first is None:
        return None
    first_day = first.date() if isinstance(first, datetime) else first
    last_day = last.date() if isinstance(last, datetime) else last
    if last_day is not None and last_day < first_day:
        last, last_day = None, None
    if not isinstance(first, datetime):
        return When(start_date=first_day, end_date=last_day or first_day, precision="day", method="structured_data")
    shift = first.utcoffset()
    minutes = round(shift.total_seconds() / 60) if shift is not None else None
    return When(
        start_date=first_day,
        end_date=last_day or first_day,
        start_local=first.replace(tzinfo=None),
        end_local=last.replace(tzinfo=None) if isinstance(last, datetime) else None,
        tz_iana=zone_for(minutes) if minutes is not None else None,
        utc_offset_minutes=minutes,
        precision="minute",
        method="structured_data",
    )
