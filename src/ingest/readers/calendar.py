"""Calendar files (.ics): each entry becomes a heading with labelled lines, and a group of declared facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from ingest.build import build_document
from ingest.cleaning import clean_characters, clean_inline
from ingest.document import BlockDraft, Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.readers.charset import decode_text
from ingest.readers.text import parse_text

MAX_EVENTS = 2_000
_BEGIN, _END = "BEGIN:VEVENT", "END:VEVENT"
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What the library raises on damaged entries."""


@dataclass(frozen=True)
class CalendarEvent:
    """An entry as written: times keep the zone the file gives them, None where it gives none."""

    summary: str = ""
    start: date | datetime | None = None
    end: date | datetime | None = None
    zone: str | None = None
    location: str = ""
    description: str = ""
    organizer: str = ""
    attendees: tuple[str, ...] = field(default=())
    url: str = ""
    status: str = ""

    def facts(self, group: int) -> list[Declared]:
        """Return the entry as declared facts with schema.org names; whole-day entries end on their last day."""
        values = [
            ("name", self.summary), ("startDate", _iso(self.start)), ("endDate", _iso(self.end)),
            ("scheduleTimezone", self.zone or ""), ("location.name", self.location),
            ("organizer.name", self.organizer), ("url", self.url), ("eventStatus", self.status),
            *(("attendee.name", name) for name in self.attendees),
            ("description", clean_inline(self.description)[:2000]),
        ]  # fmt: skip
        return [Declared("ics", name, value, group) for name, value in values if value]


def read_calendar(file: RawFile) -> Document:
    """Read a calendar file.  Raises BadInput: corrupt, no_text."""
    events = read_events(file.data)
    if not events:
        raise BadInput("no_text", "The calendar holds no events that can be read; export the event again.")
    drafts = [draft for number, event in enumerate(events) for draft in _drafts(event, is_first=number == 0)]
    declared = tuple(fact for number, event in enumerate(events) for fact in event.facts(number))
    warnings = (f"Only the first {MAX_EVENTS} entries were read.",) if len(events) == MAX_EVENTS else ()
    return build_document(
        file, drafts, media_type="text/calendar", reader="calendar", title=events[0].summary or None,
        declared=declared, warnings=warnings,
    )  # fmt: skip


def _drafts(event: CalendarEvent, *, is_first: bool) -> Iterator[BlockDraft]:
    if event.summary:
        yield BlockDraft("title", event.summary) if is_first else BlockDraft("heading", event.summary, level=1)
    labelled = [
        ("Start", _readable(event.start, event.zone)), ("End", _readable(event.end, event.zone)),
        ("Location", event.location), ("Organizer", event.organizer), ("Attendees", "; ".join(event.attendees)),
        ("Status", event.status.capitalize()), ("URL", event.url),
    ]  # fmt: skip
    for label, value in labelled:
        if value:
            yield BlockDraft("key_value", f"{label}: {value}")
    if event.description:
        yield from parse_text(event.description)[0]


def read_events(data: bytes) -> list[CalendarEvent]:
    """Return the entries; a damaged calendar gives those that are whole.  Raises BadInput corrupt."""
    from icalendar import Calendar

    text = clean_characters(decode_text(data)[0])
    try:
        components = list(Calendar.from_ical(text).walk("VEVENT"))
    except _BROKEN:
        whole = [f"{_BEGIN}{part.partition(_END)[0]}{_END}\n" for part in text.split(_BEGIN)[1:] if _END in part]
        components = [entry for part in whole if (entry := _parse_entry(part))]
        if not components and _BEGIN in text:
            raise BadInput("corrupt", "The calendar file is damaged or cut off; export it again.") from None
    return [_read_event(component) for component in components[:MAX_EVENTS]]


def _parse_entry(text: str) -> Any:
    from icalendar import Event

    try:
        return Event.from_ical(text)
    except _BROKEN:
        return None


def _read_event(component: Any) -> CalendarEvent:
    start, end = _moment(component, "DTSTART"), _moment(component, "DTEND")
    if end is not None and not isinstance(end, datetime):
        is_whole_days = start is not None and not isinstance(start, datetime) and end > start
        end = end - timedelta(days=1) if is_whole_days else end
    zone = None
    if isinstance(start, datetime) and start.tzinfo is not None:
        zone = str(getattr(start.tzinfo, "key", None) or start.tzname() or "") or None
    return CalendarEvent(
        summary=_text(component, "SUMMARY"),
        start=start,
        end=end,
        zone=zone,
        location=_text(component, "LOCATION"),
        description=str(component.get("DESCRIPTION") or ""),
        organizer=_person(component.get("ORGANIZER")),
        attendees=tuple(name for item in _as_list(component.get("ATTENDEE")) if (name := _person(item))),
        url=_text(component, "URL"),
        status=_text(component, "STATUS"),
    )


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _moment(component: Any, name: str) -> date | datetime | None:
    from icalendar.error import BrokenCalendarProperty

    try:
        value = getattr(component.get(name), "dt", None)
    except BrokenCalendarProperty:  # a date that is none; the rest of the entry still counts
        return None
    return value if isinstance(value, date) else None


def _text(component: Any, name: str) -> str:
    value = component.get(name)
    return clean_inline(str(value[0] if isinstance(value, list) and value else value)) if value else ""


def _person(value: Any) -> str:
    """Return the name an address carries, else the address itself."""
    if value is None:
        return ""
    name = clean_inline(str(getattr(value, "params", {}).get("CN", "")))
    return name or clean_inline(re.sub(r"^mailto:", "", str(value), flags=re.IGNORECASE))


def _iso(moment: date | datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""


def _readable(moment: date | datetime | None, zone: str | None) -> str:
    if not isinstance(moment, datetime):
        return _iso(moment)
    return f"{moment:%Y-%m-%d %H:%M}" + (f" {zone}" if zone else "")
