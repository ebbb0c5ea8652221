"""Declared times against the visible text: sites publish UTC without a zone, and one event at two times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from extract.records import When
from extract.when.declared import declared_readings
from extract.when.zones import offset_minutes, to_utc
from ingest.document import Declared, Document


def declared_at(document: Document, venue_tz: str | None) -> list[tuple[Declared, When]]:
    """Return the declared starts of the page's event with their intervals, UTC ones on the venue's clock."""
    return [(fact, _on_clock(when, venue_tz)) for fact, when in declared_readings(document)]


def choose_declared(readings: Sequence[tuple[Declared, When]], day: date | None = None) -> When | None:
    """Return the reading that holds where the text states no time; with `day`, one of that day only.

    One with a time goes before one without, and one with its zone before one that may be UTC and does not say so.
    """
    intervals = [when for _, when in readings if day is None or when.start_date == day]
    if day is None:
        intervals = [when for when in intervals if when.start_date == intervals[0].start_date]
    timed = [when for when in intervals if when.start_local]
    zoned = [when for when in timed if when.utc_offset_minutes is not None]
    return next(iter([*zoned, *timed, *intervals]), None)


def disagreements(readings: Sequence[tuple[Declared, When]], taken: When | None) -> list[str]:
    """Return a warning for each declared start that is not the event's as `taken`."""
    if taken is None or taken.precision not in ("day", "minute"):
        return []
    source = "another part of the page" if taken.method == "structured_data" else "the text"
    return [
        f"the page declares the start {fact.value} ({fact.origin}), {source} says {_shown(taken)}: {source} counts"
        for fact, when in readings
        if not _agree(when, taken)
    ]


def _on_clock(when: When, venue_tz: str | None) -> When:
    """Return a declared UTC time as wall time at the venue; any other offset is the clock the publisher chose."""
    if when.start_local is None or when.utc_offset_minutes != 0 or venue_tz is None:
        return when
    start, end = _moved(when.start_local, venue_tz), when.end_local and _moved(when.end_local, venue_tz)
    return replace(
        when,
        start_date=start.date(),
        end_date=end.date() if end else start.date() if when.end_date == when.start_date else when.end_date,
        start_local=start,
        end_local=end,
        tz_iana=venue_tz,
        utc_offset_minutes=offset_minutes(venue_tz, start),
    )


def _moved(utc: datetime, venue_tz: str) -> datetime:
    try:
        return utc.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(venue_tz)).replace(tzinfo=None)
    except OverflowError:
        return utc


def _agree(declared: When, taken: When) -> bool:
    if declared.start_local is None or taken.start_local is None:
        return declared.start_date is None or declared.start_date == taken.start_date
    if declared.start_local == taken.start_local:
        return True
    if declared.tz_iana is None or taken.tz_iana is None:
        return False
    return to_utc(declared.start_local, declared.tz_iana) == to_utc(taken.start_local, taken.tz_iana)


def _shown(when: When) -> str:
    return when.start_local.isoformat(" ")[:16] if when.start_local else str(when.start_date)
