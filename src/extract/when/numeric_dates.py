"""Dates in figures: "07.03.2018", "09/10/2019", "12.–14.03.2024", "3/7/18"."""

from __future__ import annotations

from extract.when.date_parts import DateParts
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import JOINED


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
