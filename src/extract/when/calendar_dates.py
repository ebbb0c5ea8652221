"""From partial dates to calendar days: missing years, orders, impossible days, relative words."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extract.when.holidays import near_holiday
from extract.when.periods import add_months, counted_span, nth_part, weekend
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.readings import Context, Reading

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LOOSE = 0.4
"""Score of counted periods: they tell when roughly, never an event's own day."""
_HABIT = 0.8
"""Score of a numeric date whose order only its publisher's habit tells."""

MONTHS = tuple(calendar.month_name)


def bounds(partial: PartialDate, precision: str) -> tuple[date, date] | None:
    """Return the first and last day that a partial date with a year covers, None for an impossible one."""
    if partial.year is None:
        return None
    try:
        if precision == "day":
            day = date(partial.year, partial.month or 1, partial.day or 1)
            return day, day
        if precision == "month" and partial.month:
            last = calendar.monthrange(partial.year, partial.month)[1]
            return date(partial.year, partial.month, 1), date(partial.year, partial.month, last)
        return date(partial.year, 1, 1), date(partial.year, 12, 31)
    except ValueError:
        return None


def describe(partial: PartialDate) -> str:
    """Return a partial date in words for warnings: "31 June 2024"."""
    month = MONTHS[partial.month] if partial.month and 1 <= partial.month <= 12 else partial.month
    return " ".join(str(part) for part in (partial.day, month, partial.year) if part is not None)


def settle_dates(readings: list[Reading], context: Context) -> None:
    """Give every reading with a written year its days; warn of impossible dates and contradicting weekdays."""
    day_first = written_day_first(readings)
    is_habit = day_first is None and context.day_first is not None
    if day_first is None:
        day_first = context.day_first if is_habit or context.language in (None, "en") else True
    for reading in readings:
        phrase = reading.phrase
        if phrase is None or phrase.relative:
            continue
        if phrase.swapped:
            reading.phrase = phrase = _choose_order(reading, phrase, day_first, is_habit=is_habit)
        if phrase.first.year is not None:
            settle(reading, phrase, "explicit")


def settle(reading: Reading, phrase: DatePhrase, method: str) -> None:
    """Fill a reading's days from a phrase whose years are known."""
    first = bounds(phrase.first, phrase.precision)
    last = bounds(phrase.last, phrase.precision) if phrase.last else first
    reading.precision = phrase.precision
    reading.method = method  # type: ignore[assignment]
    if first is None or last is None:
        wrong = phrase.first if first is None else phrase.last
        reading.problems.append(f"{describe(wrong or phrase.first)} does not exist")
        reading.score = 0.0
        return
    if last[1] < first[0]:
        reading.problems.append(
            f"the end of {describe(phrase.first)} – {describe(phrase.last or phrase.first)} lies before its start"
        )
        reading.score = 0.2
        reading.first = first[0]
        reading.last = None
        return
    reading.first, reading.last = first[0], last[1]
    if phrase.nth:
        _settle_part(reading, phrase.nth)
    if phrase.shift:
        _shift(reading, phrase.shift)
        return
    for partial, day in ((phrase.first, first[0]), (phrase.last, last[0])):
        if partial and partial.weekday is not None and partial.day and day.weekday() != partial.weekday:
            reading.problems.append(
                f"{describe(partial)} is a {WEEKDAYS[day.weekday()]}, not a {WEEKDAYS[partial.weekday]} as written"
            )
            reading.score = min(reading.score, 0.5)


def _settle_part(reading: Reading, nth: tuple[str | int, int]) -> None:
    """Narrow a month or year to the part that is meant ("the first week of May"); a part it lacks is a problem."""
    if reading.first is None or reading.last is None:
        return
    part = nth_part(reading.first, reading.last, nth)
    if part is None:
        reading.problems.append("there is no such part of the period")
        reading.score = 0.2
        return
    reading.first, reading.last, reading.precision = part[0], part[1], part[2]  # type: ignore[assignment]


def _shift(reading: Reading, days: int) -> None:
    """Move a date by the days counted from it; one outside the calendar stays null."""
    try:
        reading.first = reading.last = reading.first and reading.first + timedelta(days=days)
    except OverflowError:
        reading.first = reading.last = None
    reading.score = min(reading.score, _LOOSE)


def _choose_order(reading: Reading, phrase: DatePhrase, day_first: bool | None, *, is_habit: bool) -> DatePhrase:
    """Choose between the two readings of 09/10/2019: by a weekday beside it, else by the order of document or house."""
    swapped = phrase.swapped or phrase.first
    weekday = phrase.first.weekday
    if weekday is not None:
        fits = [p for p in (phrase.first, swapped) if (b := bounds(p, "day")) and b[0].weekday() == weekday]
        if len(fits) == 1:
            return replace(phrase, swapped=None) if fits[0] == phrase.first else swap_order(phrase)
    if day_first is None:
        reading.is_ambiguous = True
        reading.score = 0.5
        return replace(phrase, swapped=None)
    if is_habit:
        reading.score, reading.is_house_order = _HABIT, True
    return phrase if day_first else swap_order(phrase)


def swap_order(phrase: DatePhrase) -> DatePhrase:
    """Return the month-first reading of a numeric date, at both ends of a range."""
    last = phrase.last
    if last and last.day and last.month and last.day <= 12:
        last = replace(last, month=last.day, day=last.month)
    return replace(phrase, first=phrase.swapped or phrase.first, last=last, swapped=None)


def written_day_first(readings: Sequence[Reading]) -> bool | None:
    """Tell the order of numeric dates from the document's clear ones (23/10/2019); None when it has none."""
    votes = 0
    for reading in readings:
        phrase = reading.phrase
        if phrase and phrase.numeric_order and not phrase.swapped:
            votes += 1 if phrase.numeric_order == "dmy" else -1
    return votes > 0 if votes else None


def settle_relative(reading: Reading, reference: date | None, *, is_past: bool) -> None:
    """Give "yesterday", "last week", "on Tuesday" their days, counted from the day of writing."""
    phrase = reading.phrase
    if phrase is None or phrase.relative is None or reference is None:
        return
    unit, count = phrase.relative
    try:
        span = _relative_span(phrase, unit, count, reference, is_past)
    except (ValueError, OverflowError):
        return
    if span:
        reading.first, reading.last = span
        reading.precision, reading.method, reading.score = phrase.precision, "relative", 0.9
        if unit.startswith(("span_", "holiday")) or unit.endswith("s_on") or unit == "weekend":
            reading.score = _LOOSE
        if phrase.nth:
            _settle_part(reading, phrase.nth)
        if phrase.shift:
            _shift(reading, phrase.shift)


def _relative_span(
    phrase: DatePhrase, unit: str, count: int, reference: date, is_past: bool
) -> tuple[date, date] | None:
    if unit.startswith("span_"):
        return counted_span(unit.removeprefix("span_"), count, reference)
    if unit.endswith("s_on"):
        return None if is_past else _counted_on(unit.removesuffix("s_on"), count, reference)
    if unit == "weekend":
        return weekend(reference, count)
    if unit == "weekday_of_week" and phrase.first.weekday is not None:
        day = reference - timedelta(days=reference.weekday() - phrase.first.weekday) + timedelta(weeks=count)
        return day, day
    if unit in ("day", "days_ago"):
        day = reference + timedelta(days=count if unit == "day" else -count)
        return day, day
    if unit in ("week", "weeks_ago"):
        if unit == "weeks_ago":
            day = reference - timedelta(weeks=count)
            return day, day
        monday = reference - timedelta(days=reference.weekday()) + timedelta(weeks=count)
        return monday, monday + timedelta(days=6)
    if unit in ("month", "months_ago"):
        months = reference.year * 12 + reference.month - 1 + (count if unit == "month" else -count)
        return bounds(PartialDate(months // 12, months % 12 + 1), "month")
    if unit == "quarter":
        number = reference.year * 4 + (reference.month - 1) // 3 + count
        first, last = (PartialDate(number // 4, number % 4 * 3 + month) for month in (1, 3))
        begin, end = bounds(first, "month"), bounds(last, "month")
        return (begin[0], end[1]) if begin and end else None
    if unit in ("year", "years_ago"):
        return bounds(PartialDate(reference.year + (count if unit == "year" else -count)), "year")
    if unit == "month_name" and phrase.first.month:
        return bounds(phrase.first.with_year(_named_month_year(phrase.first.month, count, reference)), "month")
    if unit == "weekday_and_day" and phrase.first.day:
        return _nearest_meeting(phrase.first, reference)
    if unit.startswith("holiday"):
        return near_holiday(unit, count, reference)
    if unit == "day_near":
        return nearest_day(phrase.first, reference)
    if unit == "day_of_month" and phrase.first.day:
        return bounds(PartialDate(reference.year, reference.month, phrase.first.day), "day")
    if unit.startswith("weekday") and phrase.first.weekday is not None:
        return _weekday_near(phrase.first.weekday, unit, count, reference, is_past)
    return None


def nearest_day(day: PartialDate, reference: date) -> tuple[date, date] | None:
    """Return the day of this, the last or the next month that lies nearest to the day of writing."""
    number = reference.year * 12 + reference.month - 1
    months = [PartialDate(at // 12, at % 12 + 1, day.day) for at in (number - 1, number, number + 1)]
    found = [span for month in months if (span := bounds(month, "day"))]
    found = [span for span in found if day.weekday in (None, span[0].weekday())]
    return min(found, key=lambda span: abs((span[0] - reference).days), default=None)


def _counted_on(unit: str, count: int, reference: date) -> tuple[date, date] | None:
    """Return the day, month or year that lies so many units after the day of writing."""
    if unit in ("day", "week"):
        day = reference + timedelta(days=count * (7 if unit == "week" else 1))
        return day, day
    there = add_months(reference, count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit])
    return bounds(PartialDate(there.year, there.month), "month" if unit in ("month", "quarter") else "year")


def _named_month_year(month: int, turn: int, reference: date) -> int:
    if turn < 0:
        return reference.year - (month >= reference.month)
    if turn > 0:
        return reference.year + (month <= reference.month)
    return reference.year


def _nearest_meeting(partial: PartialDate, reference: date) -> tuple[date, date] | None:
    """Return the day nearest to the reference that has this number and weekday, within half a year."""
    months = range(reference.year * 12 + reference.month - 7, reference.year * 12 + reference.month + 6)
    days = [b[0] for m in months if (b := bounds(PartialDate(m // 12, m % 12 + 1, partial.day), "day"))]
    fitting = [day for day in days if day.weekday() == partial.weekday]
    nearest = min(fitting, key=lambda day: (abs((day - reference).days), day < reference), default=None)
    return (nearest, nearest) if nearest else None


def _weekday_near(weekday: int, unit: str, turn: int, reference: date, is_past: bool) -> tuple[date, date]:
    """Return the day meant by "next", "previous Friday" (of that week), "last", "coming" (the nearest), or no word."""
    ahead = (weekday - reference.weekday()) % 7
    if unit == "weekday" and turn:
        day = reference - timedelta(days=reference.weekday() - weekday) + timedelta(weeks=turn)
    elif unit == "weekday_ahead":
        day = reference + timedelta(days=ahead or 7)
    elif unit == "weekday_passed" or is_past:
        day = reference - timedelta(days=(7 - ahead) % 7 or (7 if unit == "weekday_passed" else 0))
    else:
        day = reference + timedelta(days=ahead)
    return day, day


def note_disputes(readings: Sequence[Reading]) -> None:
    """Warn where the event's own lines give one day and month two years; both values stay as written."""
    years: dict[tuple[int, int], int] = {}
    for reading in readings:
        states_event = reading.role == "event" and (reading.is_header or reading.clock is not None)
        if not states_event or reading.method != "explicit" or reading.phrase is None or reading.first is None:
            continue
        day = reading.first
        known = years.setdefault((day.month, day.day), day.year)
        if known != day.year:
            reading.problems.append(f"{day.day} {MONTHS[day.month]} is stated for {known} and for {day.year}")
            reading.score = min(reading.score, 0.5)
