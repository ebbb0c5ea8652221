"""Events as an iCalendar feed (RFC 5545): zones, whole days, cancelled events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from tables.exports.release import EventView, place_of, read_events

_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE"}
# DTSTAMP says when an entry was made; a fixed one keeps equal input equal
_STAMP = datetime(2000, 1, 1, tzinfo=UTC)


def write_calendar(processed: Path, out: Path) -> int:
    """Write every event that has a day into one .ics file; return how many."""
    calendar = Calendar()
    calendar.add("prodid", "-//convenor//events//EN")
    calendar.add("version", "2.0")
    entries = [entry for view in read_events(processed) if (entry := _entry(view))]
    for entry in entries:
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    out.write_bytes(calendar.to_ical())
    return len(entries)


def _entry(view: EventView) -> Event | None:
    event = view.event
    if event["start_date"] is None or event["date_precision"] not in ("day", "minute"):
        return None
    entry = Event()
    entry.add("uid", f"{event['event_id']}@convenor")
    entry.add("dtstamp", _STAMP)
    entry.add("summary", event["event_name"] or f"{event['event_type']} (no name stated)".capitalize())
    _add_time(entry, view)
    if place := place_of(view.venue):
        entry.add("location", place)
    if view.venue.get("latitude") is not None:
        entry.add("geo", (view.venue["latitude"], view.venue["longitude"]))
    entry.add("status", _STATUS.get(event["event_status"] or "", "CONFIRMED"))
    if event["registration_url"]:
        entry.add("url", event["registration_url"])
    entry.add("description", _description(view))
    for organiser in view.organisers[:1]:
        # RFC 5545 wants an address; organisers have none in the tables, and an invalid one says so
        address = vCalAddress("invalid:nomail")
        address.params["cn"] = vText(organiser["organisation_name"])
        entry.add("organizer", address)
    return entry


def _add_time(entry: Event, view: EventView) -> None:
    event = view.event
    if event["start_local"] is None:
        entry.add("dtstart", event["start_date"])
        entry.add("dtend", (event["end_date"] or event["start_date"]) + timedelta(days=1))  # exclusive in iCalendar
        return
    zone = ZoneInfo(event["tz_iana"]) if event["tz_iana"] else None
    entry.add("dtstart", event["start_local"].replace(tzinfo=zone))
    if event["end_local"]:
        entry.add("dtend", event["end_local"].replace(tzinfo=zone))


def _description(view: EventView) -> str:
    lines = [f"{p['role']}: {_person(p)}" for p in view.people]
    lines += [f"{o['role'].replace('_', '-')}: {o['organisation_name']}" for o in view.organisers]
    return "\n".join([*lines, *(f"source: {document}" for document in view.documents)])


def _person(person: dict[str, str | None] | object) -> str:
    assert isinstance(person, dict)
    return ", ".join(str(person[n]) for n in ("person_name", "position", "affiliation") if person.get(n))
