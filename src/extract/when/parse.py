"""Text in, readings out: the pure core of date extraction."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from extract.records import DateMethod
from extract.when.calendar_dates import note_disputes, settle_dates, settle_relative
from extract.when.clock_values import (
    align_alternatives,
    join_city_clocks,
    join_parallel_lines,
    set_minutes,
    settle_clocks,
    settle_zone,
    share_clocks,
    share_zone,
)
from extract.when.event_interval import main_days, main_reading, promote_first_date
from extract.when.expressions import Finder
from extract.when.joined_ranges import join_ranges, until_now, with_lead_words
from extract.when.page_dates import demote_headers, join_publication
from extract.when.phrases import DatePhrase, Expression
from extract.when.readings import Context, Reading
from extract.when.roles import assign_facts, assign_roles, share_roles
from extract.when.surroundings import locate, sentence_after, sentence_before
from extract.when.tokens import Tokens, tokenize
from extract.when.vocabulary import vocabulary
from extract.when.years import Years, title_years
from extract.when.zone_grammar import ZoneGrammar

_DAILY = ("each day", "every day", "daily", "täglich", "chaque jour", "cada día", "on both days", "all days")
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
_FUTURE = (" will ", " to be ", " is scheduled", " plans ", "takes place", "are invited", "join us")


def parse_expressions(text: str, context: Context | None = None) -> list[Reading]:
    """Return every date and time expression of a text, normalised as far as it and its context state.

    Offsets are code points into `text`.  What cannot be resolved ("yesterday" without a day of writing) is left
    out; what is wrong ("31 June") stays with null values and a problem.  Never raises on any text.
    """
    context = context or Context()
    tokens = tokenize(text)
    expressions = Finder(tokens, context.language).find()
    readings = _readings(tokens, expressions)
    locate(readings, text)
    settle_dates(readings, context)
    join_city_clocks(readings, text)
    assign_roles(readings, text, context)
    demote_headers(readings, text, context)
    published = context.published or _publication(readings, context)
    join_publication(readings, published)
    context = Context(context.language, published, context.day_first, context.event_dates, context.doc_type)
    _settle_open(readings, text, context)
    readings = [r for r in readings if r.phrase is None or r.first or r.problems or not r.phrase.is_weak]
    share_clocks(readings, text)
    if context.doc_type != "profile":
        promote_first_date(readings)
    readings = [r for r in readings if r.phrase or r.alternative_of or _is_time_meant(r, text)]
    days = main_days(readings, context)
    _rank_events(readings, main_reading(readings, context))
    _give_days(readings, days, text)
    settle_clocks([r for r in readings if not r.alternative_of])
    for reading in readings:
        settle_zone(reading)
    share_zone(readings, ZoneGrammar(tokens).of_all_times())
    join_parallel_lines(readings)
    align_alternatives(readings)
    assign_facts(readings, days, published)
    share_roles(readings, text)
    until_now(readings, text, published)
    note_disputes(readings)
    return with_lead_words(join_ranges(readings, text), text)


def _is_time_meant(reading: Reading, text: str) -> bool:
    """Return whether hours and minutes in running text are a clock time and no score or ratio ("3:10")."""
    clock = reading.clock
    if clock is None or reading.role != "other" or clock.last or clock.zone or clock.first.meridiem:
        return True
    before = text[max(0, reading.start - 20) : reading.start].lower().split()
    return bool(before) and before[-1].strip("(") in vocabulary().words["before_clock"]


def _rank_events(readings: Sequence[Reading], main: Reading | None) -> None:
    """Let the score tell the event that the document is about from others that it mentions."""
    if main is None:
        return
    if not main.problems and not main.is_ambiguous:
        main.score = max(main.score, 0.95)
    for reading in readings:
        if reading is not main and reading.role == "event" and reading.phrase is not None:
            reading.score = min(reading.score, round(main.score * 0.9, 2))


def stated_publication(readings: Sequence[Reading]) -> date | None:
    """Return the day of writing that the text itself states, None if it states none."""
    stated = [r.first for r in readings if r.role == "publication" and r.has_day and r.score >= 0.5 and r.first]
    return stated[0] if stated else None


def _publication(readings: Sequence[Reading], context: Context) -> date | None:
    """Return the stated day of writing; a dateline without a year ("Tokyo, 4 April (Agency) --") takes it first."""
    stated = stated_publication(readings)
    if stated:
        return stated
    years = Years(readings, context)
    for place, reading in enumerate(readings):
        if reading.role == "publication" and reading.phrase and not reading.first and not reading.phrase.relative:
            years.infer(place)
            return stated_publication(readings)
    return None


def _readings(tokens: Tokens, expressions: Sequence[Expression]) -> list[Reading]:
    made: list[Reading] = []
    for expression in expressions:
        parts = expression.date.separate if expression.date else ()
        if parts:
            made += [Reading(*_span(tokens, part.start, part.end), phrase=part) for part in parts]
            continue
        end = expression.end
        if expression.alternatives and expression.clock and not _is_date_last(expression):
            end = expression.clock.end
        start = expression.start - _opens_range(tokens, expression)
        if made and tokens[start].start < made[-1].end:
            start = expression.start
        reading = Reading(*_span(tokens, start, end), phrase=expression.date, clock=expression.clock)
        if expression.clock:
            set_minutes(reading, expression.clock)
        made.append(reading)
        for clock in expression.alternatives:
            other = Reading(*_span(tokens, clock.start, clock.end), clock=clock, alternative_of=reading)
            set_minutes(other, clock)
            made.append(other)
    return made


def _opens_range(tokens: Tokens, expression: Expression) -> bool:
    """Return whether "from" or "between" before a span belongs to its words."""
    parts = (expression.date, expression.clock)
    first = next((part for part in parts if part and part.start == expression.start), None)
    if first is None or first.last is None:
        return False
    return expression.start > 0 and tokens[expression.start - 1].low in ("from", "between")


def _is_date_last(expression: Expression) -> bool:
    """Return whether the date comes behind the times ("11:00 CEST / 18:00 JST on 5 June"): one mention spans all."""
    return bool(expression.date and expression.clock and expression.date.start > expression.clock.start)


def _span(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    return tokens[start].start, tokens[max(end, start + 1) - 1].end


def _settle_open(readings: list[Reading], text: str, context: Context) -> None:
    """Settle what needs the rest of the document: missing years, relative words, lone weekdays."""
    years = Years(readings, context, title_years(text))
    event_range = _event_range(readings)
    for place, reading in enumerate(readings):
        phrase = reading.phrase
        if phrase is None or reading.first or reading.problems:
            continue
        if phrase.relative:
            words = f" {sentence_before(text, reading)} {sentence_after(text, reading)} "
            is_past = context.doc_type != "announcement" and not any(cue in words for cue in _FUTURE)
            _settle_relative(reading, phrase, event_range, context, is_past=is_past)
        elif phrase.first.year is None:
            years.infer(place)


def _settle_relative(
    reading: Reading, phrase: DatePhrase, event_range: tuple[date, date] | None, context: Context, *, is_past: bool
) -> None:
    if phrase.relative and phrase.relative[0] == "weekday" and phrase.first.weekday is not None:
        day = _weekday_within(phrase.first.weekday, event_range)
        if day and reading.is_header:
            reading.first = reading.last = day
            reading.precision, reading.method, reading.score, reading.role = "day", "inherited_year", 0.8, "session"
            return
    settle_relative(reading, context.published, is_past=is_past)


def _event_range(readings: Sequence[Reading]) -> tuple[date, date] | None:
    """Return the first range of days that the text gives for an event."""
    for reading in readings:
        if reading.role == "event" and reading.first and reading.last and reading.first < reading.last:
            return reading.first, reading.last
    return None


def _weekday_within(weekday: int, event_range: tuple[date, date] | None) -> date | None:
    """Return the one day of the event's stated range that is such a weekday."""
    if event_range is None:
        return None
    first, last = event_range
    days = [first + timedelta(days=step) for step in range(min((last - first).days, 14) + 1)]
    fitting = [day for day in days if day.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def _give_days(readings: Sequence[Reading], days: list[date], text: str) -> None:
    """Give clock times without a date the day they belong to: of the heading above, the sentence, the event."""
    near: Reading | None = None
    own: Reading | None = None
    heading: Reading | None = None
    lone_clocks = sum(r.phrase is None and r.is_alone and not r.label and not r.alternative_of for r in readings)
    for reading in readings:
        if reading.phrase is not None:
            if reading.has_day and reading.role in ("event", "session", "deadline"):
                near = reading
                own = own if reading.role == "deadline" else reading
                heading = reading if reading.is_header and reading.role != "deadline" else heading
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
    if day.role != "event" or day.clock is not None or clock.role != "other" or clock.clock is None:
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
    named = _weekday_within(weekday, (days[0], days[-1])) if weekday is not None and days else None
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
