"""Dates in figures: "07.03.2018", "09/10/2019", "12.–14.03.2024", "3/7/18"."""

from __future__ import annotations

from extract.when.date_parts import DateParts
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import JOINED

_LEADS = frozenset(["on", "from", "between", "until", "till", "before"])
_NO_DAYS = frozenset([(1, 2), (1, 3), (1, 4), (2, 3), (3, 4), (24, 7), (9, 11), (2, 2)])
"""Shares and set phrases that are written like a day and a month."""


class NumericDates(DateParts):
    """Reads dates in figures."""

    def read_numeric(self, index: int) -> DatePhrase | None:
        """Read "07.03.2018", "09/10/2019" (order open), "12.–14.03.2024", "3/7/18"."""
        end_day: int | None = None
        start = index
        spread = self._leading_day(index)
        if spread:
            index = spread
            end_day = self.tokens[start].number
        tokens = self.tokens
        first, sep, second = tokens.at(index), tokens.at(index + 1), tokens.at(index + 2)
        if sep.text not in ("/", ".", "-") or sep.gap != JOINED or second.number < 0 or len(second.text) > 2:
            return None
        last_sep, year_token = tokens.at(index + 3), tokens.at(index + 4)
        is_range = last_sep.text in ("-", "–") and last_sep.text != sep.text
        if spread is None and (last_sep.gap != JOINED or is_range):
            return self._without_year(index)
        if last_sep.text != sep.text or last_sep.gap != JOINED or len(first.text) > 2:
            return None
        year = year_token.number
        if len(year_token.text) == 2 and sep.text != "-" and year_token.gap == JOINED and year >= 0:
            year += 2000 if year < 70 else 1900
        elif len(year_token.text) != 4 or not 1900 <= year <= 2199:
            return None
        after = tokens.at(index + 5)
        goes_on = after.gap == JOINED and after.text in (".", "-", "/") and tokens.at(index + 6).gap == JOINED
        if goes_on and tokens.at(index + 6).number >= 0 and sep.text != "/":
            return None  # a version or a longer number
        before = tokens.at(start - 1)
        if tokens[start].gap == JOINED and start and (before.number >= 0 or before.text in (".", sep.text, "+", "v")):
            return None
        return self._numeric_phrase(start, index + 5, (first.number, second.number, year), sep.text, end_day)

    def _without_year(self, index: int) -> DatePhrase | None:
        """Read "on 22/04", "from 10/1 to 11/7", "between 25/10-7/11"; other pairs are shares, scores and versions."""
        first, sep, second = (self.tokens.at(index + step) for step in range(3))
        before, after = self.tokens.at(index - 1), self.tokens.at(index + 3)
        if sep.text != "/" or (before.low not in _LEADS and not self._ends_range(index)):
            return None
        numbers = (first.number, second.number)
        is_pair = max(numbers) <= 31 and 1 <= min(numbers) <= 12 and numbers not in _NO_DAYS and second.number != 10
        is_dash = after.text in ("-", "–")
        if not is_pair or (after.gap == JOINED and (after.text.isalnum() or after.text in ("/", "%"))):
            return None
        if is_dash and self.tokens.at(index + 5).text != "/":
            return None
        day_month = PartialDate(None, numbers[1], numbers[0]) if numbers[1] <= 12 else None
        month_day = PartialDate(None, numbers[0], numbers[1]) if numbers[0] <= 12 else None
        if day_month is None or month_day is None:
            order = "dmy" if day_month else "mdy"
            return DatePhrase(index, index + 3, day_month or month_day or PartialDate(), numeric_order=order)
        return DatePhrase(index, index + 3, day_month, swapped=month_day)

    def _ends_range(self, index: int) -> bool:
        """Return whether a range word and such a pair with its own lead word stand before a token."""
        is_range = self.tokens.at(index - 1).low in ("-", "–", "to", "until", "till", "and", "through")
        return is_range and self.tokens.at(index - 3).text == "/" and self.tokens.at(index - 5).low in _LEADS

    def _leading_day(self, index: int) -> int | None:
        """Return where "14.03.2024" starts in "12.–14.03.2024", "12./13.03.2024", "12-14/03/2024"."""
        after = index + 1
        if self.tokens.at(after).text == "." and self.tokens.at(after).gap == JOINED:
            after += 1
        token = self.tokens.at(after)
        following = self.connector_at(after) if token.text != "/" else (after + 1 if after > index + 1 else None)
        if following is None or token.text not in ("-", "–", "—", "/", "bis", "."):
            return None
        day, sep = self.tokens.at(following), self.tokens.at(following + 1)
        is_day = 1 <= day.number <= 31 and len(day.text) <= 2 and sep.text in (".", "/") and sep.gap == JOINED
        return following if is_day and 1 <= self.tokens.at(index).number <= 31 else None

    def _numeric_phrase(
        self, start: int, end: int, numbers: tuple[int, int, int], sep: str, leading: int | None
    ) -> DatePhrase | None:
        one, two, year = numbers
        if two > 12 and one <= 12 and sep != ".":
            return DatePhrase(start, end, PartialDate(year, one, two), numeric_order="mdy")
        date = PartialDate(year, two, one)
        if leading is not None:
            return DatePhrase(start, end, PartialDate(year, two, leading), date)
        order = "dmy" if one > 12 and sep == "/" else ""
        is_open = sep != "." and one <= 12 and two <= 12 and one != two
        return DatePhrase(
            start, end, date, swapped=PartialDate(year, one, two) if is_open else None, numeric_order=order
        )
