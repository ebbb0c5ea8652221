"""What the grammar reads, before anything is inferred: dates, clock times and zones as they are written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.records import DatePrecision


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date as far as it is written; weekday 0 = Monday."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def with_year(self, year: int | None) -> PartialDate:
        return replace(self, year=year) if self.year is None else self


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date or a span of dates over tokens [start, end).  `last` is None for a single date.

    `swapped` is the other reading of 09/10/2019; `offset_days` holds for words relative to the day of writing
    ("yesterday" = -1) together with `unit` ("day", "week", "month", "year"); `separate` are the days of a list with
    gaps ("2, 4 and 9 May"), each with its token range.
    """

    start: int
    end: int
    first: PartialDate
    last: PartialDate | None = None
    precision: DatePrecision = "day"
    swapped: PartialDate | None = None
    relative: tuple[str, int] | None = None
    separate: tuple[DatePhrase, ...] = ()
    is_weak: bool = False
    """A year or a weekday that only its surroundings make a date."""
    is_name_part: bool = False
    nth: tuple[str | int, int] | None = None
    """The nth unit or weekday (0 = Monday) of the month or year that the phrase names; -1 is the last."""
    shift: int = 0
    """Days to add to the date that is written: "two weeks before 13 May"."""
    numeric_order: str = ""
    """"dmy" or "mdy" when the date is written in one of these orders, else empty."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone as printed: an abbreviation, an offset in minutes, or a name before the word "time"."""

    abbreviation: str | None = None
    offset: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time in minutes after midnight.  `meridiem` is "am", "pm" or None; `is_24h` when it cannot be 12-hour."""

    minutes: int
    meridiem: str | None = None
    is_24h: bool = False
    is_bare: bool = False
    """Only an hour ("from 2 to 4 pm"): a time through its surroundings alone."""


@dataclass(frozen=True, slots=True)
class ClockPhrase:
    """A clock time or a span of them over tokens [start, end); `zone` as printed; `is_valid` False for 25:00."""

    start: int
    end: int
    first: Clock
    last: Clock | None = None
    zone: Zone | None = None
    is_open: bool = False
    """Said to be open-ended ("from 10:00", "10:00 onwards")."""
    is_valid: bool = True


@dataclass(frozen=True, slots=True)
class Expression:
    """A date, a time, or both over tokens [start, end); `alternatives` give the same time in other zones."""

    start: int
    end: int
    date: DatePhrase | None = None
    clock: ClockPhrase | None = None
    alternatives: tuple[ClockPhrase, ...] = ()
