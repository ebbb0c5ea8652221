"""Correct one part of an event's date and time; the other parts follow, so that day and wall time never disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from extract.records import DatePrecision, When
from resolve.clusters import Row
from resolve.times import instant

WHEN_FIELDS = ("start_date", "end_date", "start_local", "end_local", "tz_iana")
_WHEN_COLUMNS = (*WHEN_FIELDS, "start_utc", "end_utc", "date_precision")


def when_value(when: When | None, field: str) -> object:
    """Return the part of a moment that a column holds."""
    return getattr(when, field) if when else None


def correct_when(when: When | None, field: str, value: object) -> When:
    """Return the moment with one part set; a moved day moves the wall time with it, a wall time sets its day."""
    moment = when or When()
    if field == "start_date" and isinstance(value, date):
        return _move_start(moment, value)
    if field == "end_date" and isinstance(value, date):
        clock = moment.end_local
        end = datetime.combine(value, clock.time()) if clock else None
        return replace(moment, end_date=value, end_local=end)
    if field == "start_local" and isinstance(value, datetime):
        end_date = max(moment.end_date or value.date(), value.date())
        return replace(
            moment, start_local=value, start_date=value.date(), end_date=end_date, precision="minute", method="explicit"
        )
    if field == "end_local" and isinstance(value, datetime):
        return replace(moment, end_local=value, end_date=value.date())
    if field == "start_date":
        return When(tz_iana=moment.tz_iana)
    if field == "start_local":
        return replace(moment, start_local=None, precision="day" if moment.start_date else None)
    return replace(moment, **{field: value})  # type: ignore[arg-type]


def correct_event_row(row: Row, field: str, value: object) -> Row:
    """Return the row of an event with one part of its date and time set, its instants renewed."""
    moment = When(
        **{name: row.get(name) for name in WHEN_FIELDS},  # type: ignore[arg-type]
        precision=row.get("date_precision"),  # type: ignore[arg-type]
        method=row.get("date_method") or "explicit",  # type: ignore[arg-type]
    )
    moment = correct_when(moment, field, value)
    start, end = instant(moment.start_local, moment.tz_iana), instant(moment.end_local, moment.tz_iana)
    values = (*(getattr(moment, name) for name in WHEN_FIELDS), start, end, moment.precision)
    method = moment.method if moment.start_date else None
    return {**row, **dict(zip(_WHEN_COLUMNS, values, strict=True)), "date_method": method}


def _move_start(moment: When, day: date) -> When:
    """Move a moment to another first day; it keeps its clock times, and its length where that is one day."""
    is_one_day = moment.end_date is None or moment.end_date == moment.start_date
    start = datetime.combine(day, moment.start_local.time()) if moment.start_local else None
    end_date = day if is_one_day else max(day, moment.end_date or day)
    end = datetime.combine(end_date, moment.end_local.time()) if moment.end_local else None
    precision: DatePrecision = "minute" if start else "day"
    return replace(
        moment, start_date=day, end_date=end_date, start_local=start, end_local=end, precision=precision,
        method="explicit",
    )  # fmt: skip
