"""Dates counted from the day of writing: "yesterday", "last week", "three days ago", "on Tuesday", "Thursday 14th"."""

from __future__ import annotations

from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import JOINED, PARAGRAPH, Tokens
from extract.when.vocabulary import Vocabulary, read_toml

_CLOCK_SIGNS = frozenset([":", ".", "-", "–", "am", "pm", "a", "p", "h", "to", "uhr", "o"])


class RelativeGrammar:
    """Reads relative dates of one tokenised text."""

    def __init__(self, tokens: Tokens, words: Vocabulary, language: str | None) -> None:
        self.tokens = tokens
        self.words = words
        lists = read_toml("relative_words.toml")
        self.days: dict[str, int] = lists["days"]["en"] | lists["days"].get(language or "en", {})
        self.turns: dict[str, int] = lists["turns"]
        self.units: dict[str, str] = lists["units"]
        self.numbers: dict[str, int] = lists["numbers"]

    def read(self, index: int) -> DatePhrase | None:
        """Read what starts at a token, or None."""
        token = self.tokens.at(index)
        low = token.low
        if low in self.days:
            return self._day_word(index)
        if low in self.turns:
            return self._turn(index)
        if low in self.numbers or 0 < token.number < 1000:
            return self._ago(index)
        if low in self.words.weekdays:
            return self._weekday(index)
        if low in self.words.short_weekdays and token.text[0].isupper() and self._has_ordinal(index + 1):
            return self._weekday_and_day(index, index + 1)
        return None

    def _day_word(self, index: int) -> DatePhrase | None:
        token, after = self.tokens[index], self.tokens.at(index + 1)
        end = index + 1
        if token.low == "aujourd":
            if self.tokens.at(index + 2).low != "hui":
                return None
            end = index + 3
        if after.text in ("'", "’") and self.tokens.at(index + 2).low == "s":
            return None  # "today's world"
        if self.tokens.at(index - 1).low in ("of", "until", "to", "for", "than", "toward", "towards", "into", "usa"):
            return None
        if token.text.isupper() and len(token.text) > 2:
            return None
        return DatePhrase(index, end, PartialDate(), relative=("day", self.days[token.low]), is_weak=True)

    def _turn(self, index: int) -> DatePhrase | None:
        """Read "last week", "this month", "next year", "last Tuesday", "this afternoon", "last June"."""
        turn, word = self.turns[self.tokens[index].low], self.tokens.at(index + 1)
        if word.gap >= PARAGRAPH:
            return None
        if word.low in self.words.words["day_parts"] and turn == 0 and self.tokens[index].low == "this":
            return DatePhrase(index, index + 2, PartialDate(), relative=("day", 0), is_weak=True)
        if word.low in ("week", "month", "year", "quarter") and self.tokens[index].low != "past":
            after = self.tokens.at(index + 2)
            if (after.text in ("'", "’") and after.gap == JOINED) or after.low == "of":
                return None  # "last week's", "the last week of July"
            precision = {"week": "day", "month": "month", "year": "year", "quarter": "month"}[word.low]
            relative = (word.low, turn)
            return DatePhrase(index, index + 2, PartialDate(), relative=relative, precision=precision, is_weak=True)  # type: ignore[arg-type]
        if word.low in self.words.weekdays:
            weekday = PartialDate(weekday=self.words.weekdays[word.low])
            return DatePhrase(index, index + 2, weekday, relative=("weekday", turn), is_weak=True)
        if word.low in self.words.months and word.text[0].isupper():
            after = self.tokens.at(index + 2)
            if 0 < after.number < 32 or (len(after.text) == 4 and after.number > 0):
                return None
            month = PartialDate(None, self.words.months[word.low])
            return DatePhrase(index, index + 2, month, relative=("month_name", turn), precision="month", is_weak=True)
        return None

    def _ago(self, index: int) -> DatePhrase | None:
        """Read "three days ago", "2 weeks later" is none, "a year ago"."""
        token = self.tokens[index]
        number = self.numbers.get(token.low, token.number)
        unit = self.units.get(self.tokens.at(index + 1).low)
        if unit is None or not 0 < number < 1000 or self.tokens.at(index + 2).low != "ago":
            return None
        precision = {"day": "day", "week": "day", "month": "month", "year": "year"}[unit]
        relative = (unit + "s_ago", number)
        return DatePhrase(index, index + 3, PartialDate(), relative=relative, precision=precision, is_weak=True)  # type: ignore[arg-type]

    def _weekday(self, index: int) -> DatePhrase | None:
        """Read a weekday alone ("on Tuesday"); what it means is told by the day of writing or the event's days."""
        token = self.tokens[index]
        following = self.tokens.at(index + 1)
        day_at = index + 1 + (following.low == "the")
        day = self.tokens.at(day_at)
        if 0 < day.number < 32 and day.gap == 1 and self.tokens.at(day_at + 1).low not in _CLOCK_SIGNS:
            return self._weekday_and_day(index, day_at)
        is_said = token.text[0].isupper() or self.tokens.at(index - 1).low == "on" or following.low == "at"
        if not is_said or self.tokens.at(index + 1).text in ("'", "’"):
            return None
        return DatePhrase(
            index, index + 1, PartialDate(weekday=self.words.weekdays[token.low]), relative=("weekday", 0), is_weak=True
        )

    def _has_ordinal(self, index: int) -> bool:
        suffix = self.tokens.at(index + 1)
        return 0 < self.tokens.at(index).number < 32 and suffix.gap == JOINED and suffix.low in ("st", "nd", "rd", "th")

    def _weekday_and_day(self, index: int, day_at: int) -> DatePhrase:
        """Read "Thursday 14th": the month is the nearest in which they meet."""
        suffix = self.tokens.at(day_at + 1)
        end = day_at + 1 + (suffix.gap == JOINED and suffix.low in self.words.words["ordinal"])
        weekday = self.words.weekdays.get(self.tokens[index].low, self.words.short_weekdays.get(self.tokens[index].low))
        partial = PartialDate(day=self.tokens[day_at].number, weekday=weekday)
        return DatePhrase(index, end, partial, relative=("weekday_and_day", 0), is_weak=True)
