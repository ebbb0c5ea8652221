"""The day of a clock time that states none: of the heading above it, of its sentence, of the event."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from extract.records import DateMethod
from extract.vocabularies import words_of
from extract.when.readings import Reading
from extract.when.vocabulary import vocabulary

_DAILY = words_of("date_words", "clocks", "daily")
_DAY_LINE = re.compile(
    r"^\W{0,3}(?:(?:day|jour|tag|día|giorno|dag|journée)\s(\d{1,2}|one|two|three|four|five)\b|(\d)日目)",
    re.IGNORECASE | re.MULTILINE,
)
_DAY_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_DAY_WINDOW = 5_000
"""Characters before a time in which the line that numbers its day is sought."""
_SAME_SENTENCE = 100
_HOUR_LEADS = [[word] for word in ("at", "from", "um", "ab", "à", "dès", "las", "ore", "alle", "dalle", "om", "vanaf")]
"""Words right before the hour at which what a sentence announces begins."""
_LONG_SENTENCE = 200


def weekday_within(weekday: int, event_range: tuple[date, date] | None) -> date | None:
    """Return the one day of the event's stated range that is such a weekday."""
    if event_range is None:
        return None
    first, last = event_range
    days = [first + timedelta(days=step) for step in range(min((last - first).days, 14) + 1)]
    fitting = [day for day in days if day.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def give_days(readings: Sequence[Reading], days: list[date], text: str) -> None:
    """Give clock times without a date the day they belong to: of the heading above, the sentence, the event."""
    near: Reading | None = None
    written: Reading | None = None
    own: Reading | None = None
    heading: Reading | None = None
    lone_clocks = sum(r.phrase is None and r.is_alone and not r.label and not r.alternative_of for r in readings)
    for reading in readings:
        if reading.phrase is not None:
            written = reading if reading.role == "publication" else written
            repeats = [reading.first, reading.last] == days and reading.role == "other" and not reading.is_attribute
            if repeats:
                near = own = reading
            if reading.has_day and not reading.alternative_of and reading.role in ("event", "session", "deadline"):
                near = reading
                own = own if reading.role == "deadline" else reading
                heading = reading if reading.is_header and reading.role != "deadline" else heading
        elif written and written.line == reading.line and reading.is_alone:
            reading.role = "publication"  # "16 May 2013. 11:20" on top of a page
        elif not reading.alternative_of and reading.start_minutes is not None:
            governing = near if near and _is_same_sentence(near, reading, text) else own
            is_below = near is not None and lone_clocks == 1 and _is_right_below(near, reading, text)
            if near is own and near is not None and (is_below or _states_hours(near, reading, text)):
                reading.role, governing = "event", near
            _give_day(reading, governing, heading, days, text)


def _is_same_sentence(date_reading: Reading, clock: Reading, text: str) -> bool:
    between = text[date_reading.end : clock.start]
    return len(between) < _SAME_SENTENCE and ". " not in between and "\n\n" not in between


def _is_right_below(day: Reading, clock: Reading, text: str) -> bool:
    """Return whether a span of hours is all that the line below the event's day says."""
    is_span = clock.is_alone and not clock.label and clock.clock is not None and clock.clock.last is not None
    return is_span and day.role == "event" and day.clock is None and not text[day.end : clock.start].strip()


def _states_hours(day: Reading, clock: Reading, text: str) -> bool:
    """Return whether hours stand in the sentence that gives the event's day ("On 5 May, in …, from 10 to 12")."""
    if day.role not in ("event", "other") or day.clock or clock.role != "other" or clock.clock is None:
        return False
    between = text[day.end : clock.start]
    if clock.clock.last is None and between.lower().split()[-1:] not in _HOUR_LEADS:
        return False
    return len(between) < _LONG_SENTENCE and ". " not in between and "\n" not in between


def _give_day(
    reading: Reading, governing: Reading | None, heading: Reading | None, days: list[date], text: str
) -> None:
    day = _day_for(reading, governing, heading, days, text)
    if day is None:
        return
    reading.first = reading.last = day[0]
    reading.precision, reading.method, reading.score = "day", day[1], min(reading.score, 0.9)
    says_daily = any(words in text[reading.end : reading.end + 30].lower() for words in _DAILY)
    is_daily = len(days) > 1 and day[0] == days[0] and (says_daily or (reading.role == "event" and reading.is_header))
    if is_daily and (heading is None or heading.last != heading.first):
        reading.last = days[-1]  # "12 and 13 March, 9:30 to 14:00": from the first morning to the last noon


def _day_for(
    reading: Reading, governing: Reading | None, heading: Reading | None, days: list[date], text: str
) -> tuple[date, DateMethod] | None:
    if governing and governing.paragraph == reading.paragraph and governing.last == governing.first and governing.first:
        return governing.first, governing.method
    weekday = _weekday_before(reading, text)
    named = weekday_within(weekday, (days[0], days[-1])) if weekday is not None and days else None
    if named:
        return named, "inherited_year"
    number = _day_number(text, heading.end if heading else 0, reading.start)
    if number and days and 0 < number <= (days[-1] - days[0]).days + 1:
        return days[0] + timedelta(days=number - 1), "explicit"
    if heading and heading.first:
        return heading.first, heading.method
    return (days[0], "explicit") if days else None


def _weekday_before(reading: Reading, text: str) -> int | None:
    """Return the weekday right before a time ("Fri 9:00–18:00, Sat 9:00–13:00")."""
    words = text[max(reading.line[0], reading.start - 15) : reading.start].lower().split()
    word = words[-1].strip("(,.:;–-") if words else ""
    known = vocabulary()
    return known.weekdays.get(word, known.short_weekdays.get(word))


def _day_number(text: str, begin: int, end: int) -> int | None:
    """Return n of the last line "Day n …" ("Tag n", "n日目") between two positions, None if there is none."""
    lines = list(_DAY_LINE.finditer(text, max(begin, end - _DAY_WINDOW), end))
    if not lines:
        return None
    word = (lines[-1][1] or lines[-1][2]).lower()
    return _DAY_NUMBERS.get(word) or (int(word) if word.isdecimal() else None)
