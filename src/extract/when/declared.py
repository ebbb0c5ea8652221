"""Dates that a publisher declared in structure: schema.org, calendars, front matter, mail headers."""

from __future__ import annotations

from datetime import date, datetime
from email.utils import parsedate_to_datetime

from extract.records import When
from extract.when.zones import zone_for
from ingest.document import Declared, Document

_PUBLISHED = frozenset(
    ["datepublished", "article:published_time", "published_time", "published", "pubdate", "dc.date", "dcterms.created",
     "date", "date_published", "publication_date", "datesent"]
)  # fmt: skip
_MODIFIED = frozenset(["datemodified", "article:modified_time", "modified_time", "updated", "lastmod"])
_KINDS = frozenset(["layout", "type", "category", "categories", "kind"])
_EVENT_KINDS = ("event", "seminar", "workshop", "conference", "webinar")
_WRITTEN_ORIGINS = frozenset(["json-ld", "microdata", "rdfa", "opengraph", "html-meta", "front-matter", "email-header"])
"""Origins whose date is that of the page or letter; a file's own dates (PDF, office) tell when it was saved."""


def parse_iso(value: str) -> datetime | date | None:
    """Read "2024-03-14", "2024-03-14T10:00+09:00", "20240314T100000Z" or a mail date; None for anything else."""
    value = value.strip().strip("'\"")
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
    for fact in document.declared:
        is_kind = fact.origin == "front-matter" and fact.name.lower() in _KINDS
        if is_kind and any(word in fact.value.lower() for word in _EVENT_KINDS):
            return True
    return False


def declared_when(document: Document, doc_type: str) -> When | None:
    """Return the event's interval as declared (startDate, endDate; the date of an event page), None if it is not."""
    groups: dict[tuple[str, int], dict[str, Declared]] = {}
    for fact in document.declared:
        groups.setdefault((fact.origin, fact.group), {}).setdefault(fact.name.lower(), fact)
    for facts in groups.values():
        start = next(
            (facts[name] for name in ("startdate", "start_date", "start", "event_date") if name in facts), None
        )
        if start is None:
            continue
        end = next((facts[name] for name in ("enddate", "end_date", "end") if name in facts), None)
        made = _when(start.value, end.value if end else None)
        if made:
            return made
    if is_event_page(document):
        for fact in document.declared:
            if fact.origin == "front-matter" and fact.name.lower() == "date":
                return _when(fact.value, None)
    return None


def _when(start: str, end: str | None) -> When | None:
    first = parse_iso(start)
    last = parse_iso(end) if end else None
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
