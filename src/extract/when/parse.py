"""Text in, readings out: the pure core of date extraction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extract.vocabularies import words_of
from extract.when.calendar_dates import note_disputes, settle_dates, settle_relative
from extract.when.clock_values import (
    align_alternatives,
    join_city_clocks,
    join_parallel_lines,
    read_lead_zones,
    set_minutes,
    settle_clocks,
    settle_zone,
    share_clocks,
    share_zone,
)
from extract.when.days_of_clocks import give_days, weekday_within
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
from extract.when.years import Years
from extract.when.zone_grammar import ZoneGrammar

_ISO_TOKENS = 5
"""Tokens of "2031-10-29"."""
_LENGTHS = words_of("date_words", "durations", "labels")
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
    read_lead_zones(readings, text)
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
    for reading in readings:
        if reading.phrase and reading.zone:
            settle_zone(reading)
    join_parallel_lines([r for r in readings if r.phrase])
    give_days(readings, days, text)
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
    if clock and clock.last is None and reading.label in _LENGTHS:
        return False  # "Duration: 1h 05m"
    if clock is None or reading.role != "other" or clock.last or clock.zone or clock.first.meridiem:
        return True
    before = text[max(0, reading.start - 20) : reading.start].lower().split()
    if "clock" in text[reading.start : reading.end].lower():
        return True
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
        clock = None if _is_day_alone(expression) else expression.clock
        if made and tokens[start].start < made[-1].end:
            start = expression.start
        reading = Reading(*_span(tokens, start, end), phrase=expression.date, clock=clock)
        if clock:
            set_minutes(reading, clock)
        made.append(reading)
        for clock in expression.alternatives:
            other = Reading(*_span(tokens, clock.start, clock.end), clock=clock, alternative_of=reading)
            set_minutes(other, clock)
            made.append(other)
    return made


def _is_day_alone(expression: Expression) -> bool:
    """Return whether a system wrote a day with its first instant, for want of an hour: "2031-10-29T00:00"."""
    clock, day = expression.clock, expression.date
    is_midnight = clock is not None and clock.last is None and clock.first.minutes == 0 and clock.first.is_24h
    return is_midnight and day is not None and day.end - day.start == _ISO_TOKENS and clock is not None


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
    years = Years(readings, context, text)
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
        day = weekday_within(phrase.first.weekday, event_range)
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
