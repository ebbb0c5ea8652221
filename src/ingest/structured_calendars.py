"""Events that a page's calendar links carry: in a file beside it, or in the address of the link itself."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote_to_bytes, urlsplit
from zoneinfo import ZoneInfo

from ingest.cleaning import clean_inline
from ingest.document import Declared

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_MAX_VALUE = 2_000


def calendar_links(tree: LexborHTMLParser) -> Iterator[list[Declared]]:
    """Yield the facts of each calendar file linked, and of each "add to calendar" link, which holds the event itself.

    Pages offer one event to several calendars; it counts once.
    """
    named: set[str] = set()
    for facts in _links(tree):
        name = next((fact.value for fact in facts if fact.name == "name"), "")
        if not name or name not in named:
            yield facts
        named.add(name)


def _links(tree: LexborHTMLParser) -> Iterator[list[Declared]]:
    for node in tree.css("a[href]")[:5000]:
        target = (node.attributes.get("href") or "").strip()
        lower = target[:300].lower()
        if lower.startswith("webcal:") or ".ics" in lower.split("?", 1)[0][-5:] or "format=ical" in lower:
            yield [Declared("ics", "url", target[:_MAX_VALUE])]
        elif "calendar.google." in lower and "dates=" in target:
            yield list(_google_event(target))
        elif lower.startswith("data:text/calendar"):
            yield list(_inline_calendar(target))


def _google_event(target: str) -> Iterator[Declared]:
    try:
        fields = parse_qs(urlsplit(target).query, max_num_fields=50)
    except ValueError:
        return
    start, _, end = fields.get("dates", [""])[0].partition("/")
    named = (("name", "text"), ("location.name", "location"), ("description", "details"), ("scheduleTimezone", "ctz"))
    values = [(name, fields[key][0]) for name, key in named if fields.get(key)]
    zone = fields.get("ctz", [""])[0]
    for name, value in [("startDate", _in_zone(start, zone)), ("endDate", _in_zone(end, zone)), *values]:
        if text := clean_inline(value)[:_MAX_VALUE]:
            yield Declared("ics", name, text)


def _in_zone(moment: str, zone: str) -> str:
    """Return a UTC moment ("20250604T073000Z") as the same one on the clock of the zone the link names."""
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S%z").astimezone(ZoneInfo(zone)).isoformat() if zone else moment
    except (ValueError, LookupError, OSError, OverflowError):
        return moment


def _inline_calendar(target: str) -> Iterable[Declared]:
    from ingest.readers.calendar import read_events

    head, _, body = target[: 4 * _MAX_VALUE].partition(",")
    try:
        data = b64decode(body) if "base64" in head else unquote_to_bytes(body)
    except (Error, ValueError):
        return []
    events = read_events(data)
    return events[0].facts(0) if events else []
