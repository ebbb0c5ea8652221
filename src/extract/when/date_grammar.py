"""Dates and spans of dates in running text: "12–14 March 2024", "Sept. 26-27, 2024", "2022-09-29", "07.03.2018"."""

from __future__ import annotations

import itertools
from dataclasses import replace

from extract.vocabularies import words_of
from extract.when.date_parts import Day
from extract.when.numeric_dates import NumericDates
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import COLUMN, JOINED, LINE, PARAGRAPH

_VERBS = frozenset(words_of("date_words", "days", "months_that_are_words"))


class DateGrammar(NumericDates):
    """Reads dates of one tokenised text.  Each `read_…` looks at a token index and gives a phrase or None."""

    def read(self, index: int) -> DatePhrase | None:
        """Read the longest full date or span of dates that starts at a token (years alone are read elsewhere)."""
        phrase = self._read_one(index)
        if phrase is None:
            return None
        return self._continue(phrase)

    def _read_one(self, index: int) -> DatePhrase | None:
        token = self.tokens.at(index)
        if token.number >= 0:
            if token.end - token.start == 4:
                return self.read_year_first(index)
            if token.end - token.start <= 2:
                return self.read_numeric(index) or self.read_day_first(index)
            return None
        if token.low in self.words.months:
            return self.read_month_first(index)
        if token.low in self.day_words:
            return self.read_day_first(index)
        if token.low in self.words.weekdays or token.low in self.words.short_weekdays:
            return self._after_weekday(index)
        return None

    # -- forms ----------------------------------------------------------------------------------------------------

    def read_day_first(self, index: int) -> DatePhrase | None:
        """Read "12–14 March 2024", "7 and 8 March", "Monday 3 to Wednesday 5 June", "2, 4 and 9 May"."""
        found = self.days_at(index)
        if found is None:
            return None
        days, end = found
        while days:
            named = self._month_after(days[-1].end)
            if named:
                break
            days.pop()
        else:
            return None
        if any(day.joint == "comma" for day in days) and days[-1].joint not in ("and", "range"):
            days = days[-1:]
        if len(days) > 1 and days[0].index != index:
            return None
        if days[0].index > index and len(days) == 1:
            return None  # read again when the scan reaches that number
        if any(_turns_back(one, other) for one, other in itertools.pairwise(days)):
            return None  # "11 Jun. 21 - Thursday 17 June": the dash is none of a range
        month, end = named
        year = self.year_at(end) or self._short_year(index, end)
        token = self.tokens.at(end - 1)
        if not year and token.low in _VERBS and token.text.islower():
            return None
        return replace(self._phrase(index, days, month, year, end), numeric_order="dmy" if year else "")

    def _short_year(self, start: int, index: int) -> tuple[int, int] | None:
        """Read the year of an agency's dateline ("Agency, 14 Sep 31 – The …") or of a line: no hour stands there."""
        token, dash, word = (self.tokens.at(index + step) for step in range(3))
        is_dateline = self.tokens.at(start - 1).text == "," and dash.text in ("–", "—") and dash.gap == 1
        is_year = len(token.text) == 2 and token.number >= 0 and token.gap == 1
        is_line = (start == 0 or self.tokens.at(start).gap >= LINE) and dash.gap >= LINE
        is_dateline = is_dateline and word.text.istitle()
        return (2000 + token.number, index + 1) if (is_dateline or is_line) and is_year else None

    def _month_after(self, index: int) -> tuple[int, int] | None:
        token = self.tokens.at(index)
        if token.gap == PARAGRAPH:
            return None
        if token.low in self.words.words["of"] or token.text in ("-", "/"):
            index += 1
            if self.tokens.at(index).text in ("'", "’"):
                index += 1
        return self.month_at(index)

    def read_month_first(self, index: int) -> DatePhrase | None:
        """Read "Sept. 26-27, 2024", "April 22 and 23", "March–May 2024", "April 2013", or a month alone."""
        named = self.month_at(index)
        if named is None:
            return None
        month, end = named
        token = self.tokens[index]
        sep = self.tokens.at(end)
        of_day = end + (sep.low == "the" or (sep.text in ("-", "/") and sep.gap == JOINED))
        found = self.days_at(of_day) if self.tokens.at(of_day).gap != PARAGRAPH else None
        is_lower = token.low in self.words.capital_months and token.text.islower()
        if found and self.weekday_at(of_day) is None:
            days = self._without_stray_days(found[0])
            year = self.year_at(days[-1].end)
            behind = self.month_at(days[-1].end)
            is_again = behind is not None and behind[0] == month and len(days) > 1  # "May 15 to 17 May"
            if behind and is_again:
                year = self.year_at(behind[1])
                return self._phrase(index, days, month, year, behind[1])
            is_taken = behind is not None and days[-1].end == found[1]
            if not (is_lower and not year and token.low in _VERBS) and not is_taken:
                return replace(
                    self._phrase(index, days, month, year, days[-1].end), numeric_order="mdy" if year else ""
                )
        year = self.year_at(end)
        if year:
            return DatePhrase(index, year[1], PartialDate(year[0], month), precision="month")
        span = self._month_span(index, month, end)
        if span or (is_lower and self.tokens.at(index - 1).low != "in"):
            return span
        return DatePhrase(index, end, PartialDate(None, month), precision="month", is_weak=True)

    def _without_stray_days(self, days: list[Day]) -> list[Day]:
        """Drop days that a comma alone ties to the first ("March 7, 15 …") unless the list ends with "and"."""
        for position, day in enumerate(days):
            if day.joint == "comma" and not any(later.joint == "and" for later in days[position:]):
                return days[:position]
            if day.weekday is not None and position:
                return days[:position]
        return days

    def _month_span(self, index: int, month: int, end: int) -> DatePhrase | None:
        """Read "March–May 2024", "March and April 2024"."""
        after = self.connector_at(end, also=True)
        other = self.month_at(after) if after is not None else None
        if other is None:
            return None
        year = self.year_at(other[1])
        if year is None:
            return None
        first_year = year[0] - (month > other[0])
        return DatePhrase(
            index, year[1], PartialDate(first_year, month), PartialDate(year[0], other[0]), precision="month"
        )

    def read_year_first(self, index: int) -> DatePhrase | None:
        """Read "2022-09-29", "2022/9/29", "2022 September 29", "2022-09"."""
        tokens = self.tokens
        year, sep, second = tokens[index].number, tokens.at(index + 1), tokens.at(index + 2)
        if not 1000 <= year <= 2199:
            return None
        if sep.text in ("-", "/", ".", "‑") and sep.gap == second.gap == JOINED and second.number >= 0:
            third = tokens.at(index + 4)
            same = tokens.at(index + 3).text == sep.text and third.gap == JOINED
            if same and max(second.number, third.number) > 31:
                return None  # no day or month of any year: "2015-1-32"
            if same and third.number >= 0 and len(third.text) <= 2:
                if second.number > 12 and third.number <= 12:
                    return DatePhrase(index, index + 5, PartialDate(year, third.number, second.number))
                return DatePhrase(index, index + 5, PartialDate(year, second.number, third.number))
            is_month = len(second.text) == 2 and 1 <= second.number <= 12 and second.number != (year + 1) % 100
            if sep.text == "-" and is_month and not same:
                return DatePhrase(index, index + 3, PartialDate(year, second.number), precision="month")
            return None
        is_hungarian = self.language == "hu" and sep.text == "."
        named = self.month_at(index + 1 + (is_hungarian or sep.text in (",", "-", "/")))
        if named is None or sep.gap == PARAGRAPH:
            return None
        month, end = named
        end += sep.text in ("-", "/") and tokens.at(end).text == sep.text
        token = tokens.at(end)
        if 1 <= token.number <= 31 and len(token.text) <= 2 and self.is_plain_number(end):
            found = self.days_at(end)
            is_split = sep.gap > COLUMN and found and self.connector_at(found[1]) is not None
            if found and (is_split or self.year_at(found[1]) is not None):
                return None  # "Forum 2025 / March 18, 2025": the first year belongs to what stands before
            if found and self._month_after(found[1]) is None:
                return self._phrase(index, self._without_stray_days(found[0]), month, (year, found[1]), found[1])
        if self.tokens[index + 1].text[0].islower() and self.tokens[index + 1].low in ("may", "march", "mars", "mar"):
            return None
        if self.year_at(end) is not None:
            return None
        return DatePhrase(index, end, PartialDate(year, month), precision="month")

    def _after_weekday(self, index: int) -> DatePhrase | None:
        """Read a date that a weekday introduces ("Friday, 7 March"); the weekday alone is read elsewhere."""
        day_first = self.read_day_first(index)
        if day_first:
            return day_first
        found = self.weekday_at(index)
        if found is None:
            return None
        weekday, after = found
        if self.tokens.at(after).text in ("-", "–", "|", "·") or self.tokens.at(after).low in (
            "the", "le", "il", "el", "den", "der", "dem", "on", "am", "of",
        ):  # fmt: skip
            after += 1
        if self.tokens.at(after).gap == PARAGRAPH:
            return None
        phrase = self._read_one(after) if self.tokens.at(after).low not in self.words.weekdays else None
        if phrase is None or phrase.precision != "day" or phrase.first.day is None:
            return None
        swapped = replace(phrase.swapped, weekday=weekday) if phrase.swapped else None
        return replace(phrase, start=index, first=replace(phrase.first, weekday=weekday), swapped=swapped)

    # -- results --------------------------------------------------------------------------------------------------

    def _phrase(self, start: int, days: list[Day], month: int, year: tuple[int, int] | None, end: int) -> DatePhrase:
        number, end = (year[0], year[1]) if year else (None, end)
        dates = [PartialDate(number, month, day.day, day.weekday) for day in days]
        numbers = [day.day for day in days]
        is_between = self.tokens.at(start - 1).low in self.words.words["between"]
        is_range = any(day.joint == "range" for day in days) or (is_between and days[-1].joint == "and")
        is_run = all(later - earlier == 1 for earlier, later in itertools.pairwise(numbers))
        end, weekday = self._weekday_behind(end)
        if weekday is not None and dates[0].weekday is None:
            dates[0] = replace(dates[0], weekday=weekday)
        if len(days) == 1:
            return DatePhrase(start, end, dates[0])
        if is_range or is_run:
            return DatePhrase(start, end, dates[0], dates[-1])
        bounds = [(day.index, day.end) for day in days]
        bounds[0] = (start, bounds[0][1])
        bounds[-1] = (bounds[-1][0], end)
        separate = tuple(DatePhrase(a, b, date) for (a, b), date in zip(bounds, dates, strict=True))
        return DatePhrase(start, end, dates[0], separate=separate)

    def _weekday_behind(self, end: int) -> tuple[int, int | None]:
        """Read the weekday in "7 March 2018 (Wednesday)"."""
        if self.tokens.at(end).text != "(":
            return end, None
        weekday = self.weekday_at(end + 1)
        if weekday is None:
            return end, None
        close = weekday[1]
        if self.tokens.at(close).text == ")":
            return close + 1, weekday[0]
        after = self.connector_at(close, also=True)
        other = self.weekday_at(after) if after is not None else None
        if other and self.tokens.at(other[1]).text == ")":
            return other[1] + 1, weekday[0]
        return end, None

    def _continue(self, phrase: DatePhrase) -> DatePhrase:
        """Join "29 Feb" and "1 March" to a range when a range word or dash stands between them."""
        if phrase.last or phrase.separate or (phrase.is_weak and phrase.precision == "day"):
            return phrase
        before = self.tokens.at(phrase.start - 1).low
        comma = self.tokens.at(phrase.end).text == "," and self.tokens.at(phrase.end + 1).text.isalpha()
        between = before in self.words.words["between"]
        after = self.connector_at(phrase.end + comma, also=between and not comma)
        if after is None and self._is_iso(phrase) and self.tokens.at(phrase.end).text == "/":
            after = phrase.end + 1
        if after is None:
            return phrase
        other = self._read_one(after)
        if other is None or other.last or other.separate or other.precision != phrase.precision:
            return phrase
        first, last = phrase.first, other.first
        if first.year is None and last.year is not None and first.month and last.month:
            first = first.with_year(last.year - (first.month > last.month))
        elif first.year is not None and last.year is None and first.month and last.month:
            last = last.with_year(first.year + (first.month > last.month))
        start = phrase.start - 1 if before in ("from", "between") else phrase.start
        swapped = phrase.swapped and phrase.swapped.with_year(first.year)
        if swapped and other.numeric_order == "mdy" and other.swapped is None:
            first, swapped = swapped, None  # "10/8/2018 – 10/28/2018": the end tells the order of the start
        elif other.swapped and phrase.numeric_order == "mdy" and phrase.swapped is None:
            last = other.swapped
        return replace(phrase, start=start, end=other.end, first=first, last=last, swapped=swapped, is_weak=False)

    def _is_iso(self, phrase: DatePhrase) -> bool:
        return len(self.tokens[phrase.start].text) == 4


def _turns_back(one: Day, other: Day) -> bool:
    return other.joint == "range" and other.day < one.day and other.weekday is not None and one.weekday is None
