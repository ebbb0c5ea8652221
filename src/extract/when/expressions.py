"""Find every date and time expression of a text, joined where one says the day and the other the hour."""

from __future__ import annotations

from dataclasses import replace

from extract.vocabularies import words_of
from extract.when import japanese
from extract.when.clock_grammar import ClockGrammar
from extract.when.date_grammar import DateGrammar
from extract.when.holidays import HolidayGrammar
from extract.when.periods import PeriodGrammar
from extract.when.phrases import Clock, ClockPhrase, DatePhrase, Expression, PartialDate, Zone
from extract.when.relative_dates import RelativeGrammar
from extract.when.tokens import JOINED, LINE, PARAGRAPH, SPACE, Token, Tokens
from extract.when.vocabulary import Vocabulary, vocabulary
from extract.when.weeks import WeekGrammar
from extract.when.year_dates import YearGrammar

_LINKS = frozenset([",", "|", "·", "•", "-", "–", "—", "@", ";", "/", ":", "(", ")", "*", "T"])
_NEXT_DAY = frozenset(words_of("date_words", "days", "next_day"))
_MOST_LINKS = 7
"""Small words and signs between a day and its hour (", a partire dalle ore")."""
_CJK_STARTS = frozenset("令平昭大明午")


class Finder:
    """One left-to-right pass over the tokens of a text; each token is looked at a bounded number of times."""

    def __init__(self, tokens: Tokens, language: str | None = None) -> None:
        self.tokens = tokens
        self.words: Vocabulary = vocabulary(language)
        self.dates = DateGrammar(tokens, self.words, language)
        self.clocks = ClockGrammar(tokens, self.words, language)
        self.years = YearGrammar(tokens, self.words)
        self.relative = RelativeGrammar(tokens, self.words, language)
        self.holidays = HolidayGrammar(tokens, self.words)
        self.weeks = WeekGrammar(tokens, self._day_or_year)
        self.periods = PeriodGrammar(tokens, self.words, self._whole_at)

    def find(self) -> list[Expression]:
        """Return the expressions of the text, in order, without overlap."""
        found: list[Expression] = []
        anchors = self.words.anchors
        index, size = 0, len(self.tokens)
        while index < size:
            token = self.tokens[index]
            low = token.low
            if token.number < 0 and low not in anchors and low not in _CJK_STARTS:
                index += 1
                continue
            made = self.read(index)
            if made is None:
                index += 1
                continue
            made = self._until_other_moment(made)
            if found and made.start < found[-1].end:
                made = replace(made, start=found[-1].end)
            found.append(made)
            index = max(made.end, index + 1)
        return found

    def read(self, index: int) -> Expression | None:
        """Read the expression that starts at a token."""
        date = self.date_at(index)
        if date:
            return self._with_clock(date)
        clock = self.clock_phrase_at(index)
        return self._with_date(clock) if clock else None

    def date_at(self, index: int) -> DatePhrase | None:
        """Read a date of any kind at a token."""
        date = japanese.read_date(self.tokens, index) or self.dates.read(index)
        if date and date.is_weak and date.precision == "month" and not self._is_month_meant(date):
            date = None
        if date and date.precision in ("month", "year"):
            date = replace(date, start=self.years.with_lead(date.start))
        if date and self._is_inside_number(date):
            date = None
        period = self.periods.read(index) if date is None or date.precision != "day" else None
        date = period or date or self.years.read(index)
        date = date or self.periods.weekday_of_week(index) or self.relative.read(index)
        if date and date.relative and date.relative[0] in ("week", "month", "year", "quarter"):
            date = replace(date, start=self.years.with_lead(date.start))
        return date or self.weeks.read(index) or self.holidays.read(index)

    def _whole_at(self, index: int) -> DatePhrase | None:
        """Read the month or year of which a period names a part."""
        return self.dates.read(index) or self.years.read(index) or self.relative.read(index)

    def _day_or_year(self, index: int) -> DatePhrase | None:
        """Read the day or the year that tells which week is meant; a year needs no word before it there."""
        token, found = self.tokens.at(index), self._whole_at(index)
        if found is None and len(token.text) == 4 and 1900 <= token.number <= 2199:
            return DatePhrase(index, index + 1, PartialDate(token.number), precision="year")
        return found

    def _is_inside_number(self, date: DatePhrase) -> bool:
        """Return whether a date continues a longer number ("12.1.2024.5")."""
        token, before = self.tokens[date.start], self.tokens.at(date.start - 1)
        if date.start and token.gap == JOINED and token.number >= 0 and before.text in (".", ",", "+", "§"):
            return self.tokens.at(date.start - 2).number >= 0 or before.text in ("+", "§")
        return False

    def _is_month_meant(self, date: DatePhrase) -> bool:
        """Return whether a month name alone is meant as one: "in May", never "she may" or "April Jones"."""
        token, before, after = self.tokens[date.start], self.tokens.at(date.start - 1), self.tokens.at(date.end)
        if date.end > date.start + 1 and before.low not in self.words.words["before_month"]:
            return False
        if before.gap >= PARAGRAPH and not date.start:
            return False
        if after.text[:1].isupper() and after.gap <= 1 and token.low in self.words.wordlike_months:
            return False
        if (
            token.low in self.words.wordlike_months
            and not token.text[0].isupper()
            and before.low not in ("in", "en", "im", "nel")
        ):
            return False
        if len(token.low) <= 3 and token.low != "may":
            return False
        return before.low in self.words.words["before_month"] and token.gap <= LINE

    def clock_phrase_at(self, index: int, *, after_date: bool = False) -> ClockPhrase | None:
        """Read a clock time or span at a token."""
        return japanese.read_clock(self.tokens, index) or self.clocks.read(index, after_date=after_date)

    def _until_other_moment(self, begin: Expression) -> Expression:
        """Join two full moments to a span: "5 June 2018 at 4:00pm until 6 June 2018 at 6:00pm"."""
        date, clock = begin.date, begin.clock
        if date is None or clock is None or date.last or clock.last or begin.alternatives:
            return begin
        after = self.dates.connector_at(begin.end, also=self.tokens.at(begin.start - 1).low == "between")
        stop = self.date_at(after) if after is not None else None
        if stop is None or stop.last or stop.separate or stop.precision != "day":
            return begin
        end = self._with_clock(stop)
        if end.clock is None or end.clock.last or date.relative != stop.relative:
            return begin
        first, last = date.first, stop.first
        if first.month and last.month:
            first = first.with_year(last.year)
            last = last.with_year(first.year)
        zone = clock.zone or end.clock.zone
        return Expression(
            begin.start,
            end.end,
            replace(date, end=end.end, first=first, last=last),
            replace(clock, end=end.end, last=end.clock.first, zone=zone),
        )

    # -- joining --------------------------------------------------------------------------------------------------

    def _with_clock(self, date: DatePhrase) -> Expression:
        """Add the time that follows a date on its line or the next ("…, 2022 2:00 PM – 3:00 PM ET")."""
        plain = Expression(date.start, date.end, date)
        if date.precision != "day" or date.separate or (date.relative and date.relative[0] in ("week", "weeks_ago")):
            return plain
        at = self._skip_links(date.end)
        if at is None or self.date_at(at) is not None:
            return plain
        clock = self.clock_phrase_at(at, after_date=True)
        if clock is None:
            return plain
        if self.tokens[date.end - 1].low in _LATE:
            clock = replace(clock, first=_after_noon(clock.first), last=clock.last and _after_noon(clock.last))
        return self._with_alternatives(Expression(date.start, clock.end, date, clock))

    def _skip_links(self, index: int) -> int | None:
        """Return the index after the commas and small words that tie a time to a date; None if it is not tied.

        On the next line a time belongs to the date only when it stands alone there; else it opens a programme item.
        """
        has_line = False
        for step in range(_MOST_LINKS):
            token = self.tokens.at(index + step)
            has_line = has_line or token.gap == LINE
            if token.gap >= PARAGRAPH:
                return None
            if self._may_start_clock(token):
                return None if has_line and not self._is_lone_clock(index + step) else index + step
            is_stop = token.text == "." and self.tokens.at(index + step - 1).low in ("h", "kl", "hrs")
            is_word = token.low in self.words.words["at"] or token.low == "h"
            if not (is_stop or is_word or token.text in _LINKS or self._is_symbol(token.text)):
                return None
        return None

    def _may_start_clock(self, token: Token) -> bool:
        names = self.words.words
        if token.low in self.clocks.spoken.numbers or token.low in ("half", "quarter"):
            return token.low not in names["at"]
        return token.number >= 0 or token.low in names["noon"] or token.low in names["midnight"] or token.text == "午"

    def _is_lone_clock(self, index: int) -> bool:
        """Return whether the line that starts at a token holds a time and nothing else."""
        clock = self.clock_phrase_at(index, after_date=True)
        return clock is not None and (self.tokens.at(clock.end).gap >= LINE or clock.end >= len(self.tokens))

    def _is_symbol(self, text: str) -> bool:
        return len(text) == 1 and not text.isalnum() and ord(text) > 0x2000 and text not in "“”‘’"

    def _with_date(self, clock: ClockPhrase) -> Expression | None:
        """Add the date that follows a time ("1-2pm (UK time) on Tuesday 3 December 2024")."""
        plain = self._with_alternatives(Expression(clock.start, clock.end, None, clock))
        begin = at = plain.end
        for _ in range(3):
            token = self.tokens.at(at)
            if token.low in ("on", "am", "le", "el", "op", "il", "del", "of", ",", "(", "|", "den"):
                at += 1
        token = self.tokens.at(at)
        if token.gap < LINE and at <= begin + 3:
            date = japanese.read_date(self.tokens, at) or self.dates.read(at) or self._relative_day(at)
            if date and date.precision == "day" and not date.separate and not date.last and self._ends_clause(date.end):
                zone = self._zone_in_brackets(date.end) if clock.zone is None else None
                if zone is None:
                    return replace(plain, end=date.end, date=date)
                return replace(plain, end=zone[1], date=date, clock=replace(clock, zone=zone[0]))
        return plain

    def _zone_in_brackets(self, index: int) -> tuple[Zone, int] | None:
        """Read the zone behind the date of a time: "6:45 p.m. on January 21, 2009 (JST)"."""
        return self.clocks.zones.read(index) if self.tokens.at(index).text in ("(", "（") else None

    def _relative_day(self, index: int) -> DatePhrase | None:
        """Read "today", "yesterday", "next Monday" behind a time."""
        date = self.relative.read(index)
        return date if date and date.relative and date.relative[0].startswith(("day", "weekday")) else None

    def _ends_clause(self, index: int) -> bool:
        """Return whether no other time follows: then the date would belong to that one."""
        at = self._skip_links(index)
        return at is None or self.clocks.clock_at(at) is None or self.tokens.at(at).gap >= LINE

    def _with_alternatives(self, expression: Expression) -> Expression:
        """Add the same time in other zones: "11:00 CEST / 18:00 JST", "12:00 CEST (10:00 GMT)"."""
        clock = expression.clock
        if clock is None:
            return expression
        if clock.zone is None or clock.zone.name == "local":
            elsewhere = self._elsewhere(expression.end) if clock.last is None else None
            return replace(expression, end=elsewhere.end + 1, alternatives=(elsewhere,)) if elsewhere else expression
        others: list[ClockPhrase] = []
        end = expression.end
        while len(others) < _MOST_ZONES:
            opener = self.tokens.at(end)
            if opener.text not in ("/", "|", "(", ";", "=", ",", "·", "–", "-") or opener.gap > LINE:
                break
            at = end + 1
            while self.tokens.at(at).low in self.words.words["from"] | self.words.words["at"] and at < end + 3:
                at += 1
            other = self.clock_phrase_at(at, after_date=True)
            if other is None or other.zone is None or other.zone == clock.zone:
                break
            others.append(other)
            end = other.end + (opener.text == "(" and self.tokens.at(other.end).text == ")")
        return replace(expression, end=end, alternatives=tuple(others))

    def _elsewhere(self, index: int) -> ClockPhrase | None:
        """Read the same moment in another zone in brackets: "9:15 a.m. (2:15 a.m., May 7, Japan time)"."""
        if self.tokens.at(index).text not in ("(", "（") or self.tokens.at(index).gap > SPACE:
            return None
        clock = self.clocks.read(index + 1, after_date=True)
        if clock is None or clock.last is not None:
            return None
        at = clock.end
        while clock.zone is None and self.tokens.at(at).low in _NEXT_DAY and at < clock.end + _MOST_LINKS:
            at += 1
        day = self.dates.read(at) if clock.zone is None else None
        at = day.end if day else at
        zone = (clock.zone, at) if clock.zone else self.clocks.zones.read(at)
        is_named = zone is not None and zone[0] is not None and zone[0].name != "local"
        if zone is None or not is_named or self.tokens.at(zone[1]).text not in (")", "）"):
            return None
        return replace(clock, end=zone[1], zone=zone[0])


def _after_noon(clock: Clock) -> Clock:
    """Return the clock as one of the second half of the day unless it says which half it is of."""
    is_open = clock.meridiem is None and not clock.is_24h and clock.minutes <= 12 * 60
    return replace(clock, meridiem="pm") if is_open else clock


_LATE = frozenset(words_of("date_words", "days", "late"))
_MOST_ZONES = 12
