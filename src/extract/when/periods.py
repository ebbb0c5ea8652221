"""Counted and numbered periods: "in two weeks", "the next 3 days", "the first week of May", "next weekend"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from extract.vocabularies import read_toml, words_of
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import JOINED, PARAGRAPH, Tokens
from extract.when.vocabulary import Vocabulary

_PRECISION = {"day": "day", "week": "day", "month": "month", "quarter": "month", "year": "year", "decade": "decade"}
_PARTS = frozenset(words_of("date_words", "years", "parts"))
_STATED = ("now", "today", "tomorrow", "yesterday")


class PeriodGrammar:
    """Reads periods that are counted from the day of writing, or within a month or year."""

    def __init__(self, tokens: Tokens, words: Vocabulary, read_date: Callable[[int], DatePhrase | None]) -> None:
        self.tokens = tokens
        self.words = words
        self.read_date = read_date
        lists = read_toml("relative_words")
        self.turns: dict[str, int] = lists["turns"]
        self.units: dict[str, str] = lists["units"]
        self.numbers: dict[str, int] = lists["numbers"]
        self.ordinals: dict[str, int] = lists["ordinals"]

    def read(self, index: int) -> DatePhrase | None:
        """Read what starts at a token, or None; a word like "in" or "within" before it is taken along."""
        token = self.tokens.at(index)
        if token.low in self.ordinals or token.low == "last" or 0 < token.number < 32:
            part = self._part(index)
            if part:
                return part
        if token.low in self.turns:
            return self._turned(index)
        if token.low in ("week", "month", "year"):
            return self._own_period(index)
        return self._counted(index) if token.low in self.numbers or 0 < token.number < 1000 else None

    def count_at(self, index: int) -> tuple[int, str, int] | None:
        """Return (number, unit, index after it) for "two weeks"."""
        token, unit = self.tokens.at(index), self.units.get(self.tokens.at(index + 1).low)
        number = self.numbers.get(token.low, token.number)
        if unit is None or not 0 < number < 1000 or self.tokens.at(index + 1).gap >= PARAGRAPH:
            return None
        return number, unit, index + 2

    def _counted(self, index: int) -> DatePhrase | None:
        """Read "two weeks ago", "in two weeks", "within 9 months", "three weeks from tomorrow"."""
        counted = self.count_at(index)
        if counted is None:
            return self._count_then_turn(index)
        number, unit, end = counted
        before, after, later = self.tokens.at(index - 1).low, self.tokens.at(end).low, self.tokens.at(end + 1).low
        if after == "ago":
            return _relative(index, end + 1, (unit + "s_ago", number), unit)
        if later in _STATED and (after == "from" or (after in ("after", "before") and later != "now")):
            shift = {"tomorrow": 1, "yesterday": -1}.get(later, 0)
            if unit in ("day", "week"):
                days = number * (7 if unit == "week" else 1) * (-1 if after == "before" else 1) + shift
                return _relative(index, end + 2, ("day", days), "day")
            return _relative(index, end + 2, (unit + "s_on", number), unit) if after != "before" else None
        if after in ("after", "before", "from") and unit in ("day", "week") and before not in ("for", "over"):
            base = self.read_date(end + 1 + (later == "the"))
            if base and base.precision == "day" and not base.last and not base.separate:
                days = number * (7 if unit == "week" else 1) * (-1 if after == "before" else 1)
                return replace(base, start=index, shift=days)
        if before == "within":
            return _relative(index - 1, end, ("span_" + unit, number), unit)
        is_count = self.tokens[index].low in ("a", "an") and unit == "day"
        if before == "in" and not is_count and after not in ("of", "a", "the", "row", "with"):
            return _relative(index - 1, end, (unit + "s_on", number), unit)
        return None

    def _own_period(self, index: int) -> DatePhrase | None:
        """Read "the end of the year", "later in the month", "early in the week": that of the day of writing."""
        low = [self.tokens.at(index - step).low for step in (1, 2, 3)]
        is_part = low[0] == "the" and low[1] in ("of", "in") and low[2] in _PARTS
        if not is_part or self._is_genitive(index + 1) or self.tokens.at(index + 1).low in ("before", "after", "in"):
            return None
        unit = self.tokens[index].low
        return _relative(index - 3, index + 1, (unit, 0), unit)

    def _count_then_turn(self, index: int) -> DatePhrase | None:
        """Read "5 past years", "two coming weeks"."""
        token = self.tokens[index]
        number, turn = self.numbers.get(token.low, token.number), self.turns.get(self.tokens.at(index + 1).low)
        unit = self.units.get(self.tokens.at(index + 2).low)
        is_plural = self.tokens.at(index + 2).low.endswith("s")
        if not turn or unit is None or not is_plural or self._is_genitive(index + 3):
            return None
        return _relative(index, index + 3, ("span_" + unit, turn * number), unit)

    def _turned(self, index: int) -> DatePhrase | None:
        """Read "the next 3 days", "last two quarters", "next weekend", "next week on Tuesday"."""
        turn, word = self.turns[self.tokens[index].low], self.tokens.at(index + 1)
        unit_before = self.tokens.at(index - 2).low
        is_after = self.tokens[index].low == "next" and self.tokens.at(index - 1).low == "after"
        if is_after and unit_before in ("week", "month", "year"):
            start = index - 2 - (self.tokens.at(index - 3).low == "the")
            return _relative(start, index + 1, (unit_before, 2), unit_before)
        if word.gap >= PARAGRAPH:
            return None
        if word.low == "weekend" and not self._is_genitive(index + 2):
            return _relative(index, index + 2, ("weekend", turn), "day")
        if word.low == "week":
            return self._weekday_behind(index, turn)
        counted = self.count_at(index + 1) if turn and word.low not in ("a", "an") else None
        if counted is None or self._is_genitive(counted[2]):
            return None
        number, unit, end = counted
        before = self.tokens.at(index - 1).low
        start = index - (before == "within") - 2 * (before == "the" and self.tokens.at(index - 2).low == "within")
        return _relative(start, end, ("span_" + unit, turn * number), unit)

    def _weekday_behind(self, index: int, turn: int) -> DatePhrase | None:
        at = index + 2 + (self.tokens.at(index + 2).low in ("on", "-", "–"))
        weekday = self._weekday(at)
        if weekday is None:
            return None
        return replace(_relative(index, at + 1, ("weekday_of_week", turn), "day"), first=PartialDate(weekday=weekday))

    def _weekday(self, index: int) -> int | None:
        token = self.tokens.at(index)
        if token.low in self.words.weekdays:
            return self.words.weekdays[token.low]
        return self.words.short_weekdays.get(token.low) if token.text[:1].isupper() else None

    def weekday_of_week(self, index: int) -> DatePhrase | None:
        """Read "Tuesday next week", "Monday of last week"."""
        weekday = self._weekday(index)
        at = index + 1 + (self.tokens.at(index + 1).low == "of")
        turn = self.turns.get(self.tokens.at(at).low)
        if weekday is None or turn is None or self.tokens.at(at + 1).low != "week" or self._is_genitive(at + 2):
            return None
        return replace(_relative(index, at + 2, ("weekday_of_week", turn), "day"), first=PartialDate(weekday=weekday))

    def _part(self, index: int) -> DatePhrase | None:
        """Read "the first week of May", "last week of 2016", "the third Monday of next month"."""
        token = self.tokens[index]
        at = index + 1
        number = -1 if token.low == "last" else self.ordinals.get(token.low, token.number)
        if token.number > 0:
            suffix = self.tokens.at(at)
            if suffix.gap != JOINED or suffix.low not in ("st", "nd", "rd", "th"):
                return None
            at += 1
        run = self.count_at(at)
        unit = self.units.get(self.tokens.at(at).low) or self._weekday(at)
        if run and abs(number) == 1 and run[1] in ("day", "week", "month") and run[0] > 1:
            number, unit, at = number * run[0], "run_" + run[1], at + 1
        if unit is None or unit in ("year", "decade") or self.tokens.at(at + 1).low not in ("of", "in"):
            return None
        at += 2 + (self.tokens.at(at + 2).low == "the")
        base = self.read_date(at)
        if base is None or base.last or base.precision not in ("month", "year") or base.nth:
            return None
        start = index - (self.tokens.at(index - 1).low == "the")
        return replace(base, start=start, nth=(unit, number), is_weak=base.relative is not None)

    def _is_genitive(self, index: int) -> bool:
        token = self.tokens.at(index)
        return (token.text in ("'", "’") and token.gap == JOINED) or token.low == "of"


def _relative(start: int, end: int, relative: tuple[str, int], unit: str) -> DatePhrase:
    precision = _PRECISION[unit]
    return DatePhrase(start, end, PartialDate(), relative=relative, precision=precision, is_weak=True)  # type: ignore[arg-type]


def nth_part(first: date, last: date, part: tuple[str | int, int]) -> tuple[date, date, str] | None:
    """Return (first day, last day, precision) of the nth week, day, month or weekday between two days, None if none.

    `part` is (unit or weekday number, n); n = -1 is the last.  A week belongs to the month or year of its Thursday.
    """
    unit, number = part
    if unit == "week_of":
        monday = first - timedelta(days=first.weekday())
        return monday, monday + timedelta(days=6), "day"
    if isinstance(unit, str) and unit.startswith("run_"):
        return _run_of(first, last, unit.removeprefix("run_"), number)
    if unit == "month" or unit == "quarter":
        size = 1 if unit == "month" else 3
        months = [(first.year, month) for month in range(first.month, last.month + 1, size)]
        if len(months) < 2 or not -1 <= number <= len(months):
            return None
        year, month = months[number - 1 if number > 0 else -1]
        after = date(year + (month + size > 12), (month + size - 1) % 12 + 1, 1)
        return date(year, month, 1), after - timedelta(days=1), "month"
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    if unit == "week" or isinstance(unit, int):
        wanted = 3 if unit == "week" else unit
        days = [day for day in days if day.weekday() == wanted]
    if not -1 <= number <= len(days):
        return None
    day = days[number - 1 if number > 0 else -1]
    if unit == "week":
        return day - timedelta(days=3), day + timedelta(days=3), "day"
    return day, day, "day"


def _run_of(first: date, last: date, unit: str, count: int) -> tuple[date, date, str] | None:
    """Return the first (or, below zero, the last) `count` days, weeks or months of a period; None if it is shorter."""
    if unit in ("day", "week"):
        one = nth_part(first, last, (unit, 1 if count > 0 else -1))
        size = timedelta(days=(abs(count) - 1) * (7 if unit == "week" else 1))
        found = one and ((one[0], one[1] + size) if count > 0 else (one[0] - size, one[1]))
    else:
        months = abs(count) - 1
        if count > 0:
            found = (first, add_months(first, months + 1) - timedelta(days=1))
        else:
            found = (add_months(last.replace(day=1), -months), last)
    if found is None or found[0] < first - timedelta(days=6) or found[1] > last + timedelta(days=6):
        return None
    return *found, "month" if unit == "month" else "day"


def counted_span(unit: str, count: int, reference: date) -> tuple[date, date] | None:
    """Return the days from a day of writing over the next (or, below zero, the last) `count` units."""
    if unit in ("day", "week"):
        days = timedelta(days=count * (7 if unit == "week" else 1))
        return (reference + timedelta(days=1), reference + days) if count > 0 else (reference + days, reference)
    if unit in ("quarter", "decade"):
        return _whole_units(unit, count, reference)
    months = count * {"month": 1, "year": 12}[unit]
    there = add_months(reference, months)
    return (reference, there) if count > 0 else (there, reference)


def _whole_units(unit: str, count: int, reference: date) -> tuple[date, date]:
    """Return the next or last `count` whole quarters or decades around a day, its own left out."""
    size = 3 if unit == "quarter" else 120
    own = (reference.year * 12 + reference.month - 1) // size
    first, after = (own + 1, own + 1 + count) if count > 0 else (own + count, own)
    begin, end = (date(number * size // 12, number * size % 12 + 1, 1) for number in (first, after))
    return begin, end - timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Return the same day some months on; the last day of a shorter month."""
    number = day.year * 12 + day.month - 1 + months
    year, month = number // 12, number % 12 + 1
    after = date(year + (month == 12), month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day.day - 1), after - timedelta(days=1))


def weekend(reference: date, turn: int) -> tuple[date, date]:
    """Return the Saturday and Sunday of the week of a day, the one before or after."""
    saturday = reference - timedelta(days=reference.weekday() - 5) + timedelta(weeks=turn)
    return saturday, saturday + timedelta(days=1)
