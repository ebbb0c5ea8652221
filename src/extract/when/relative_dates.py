"""Dates counted from the day of writing: "yesterday", "last week", "three days ago", "on Tuesday", "Thursday 14th"."""

from __future__ import annotations

from extract.vocabularies import read_toml, words_of
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import JOINED, PARAGRAPH, Tokens
from extract.when.vocabulary import Vocabulary

_KINDS_OF_YEAR = frozenset(words_of("date_words", "years", "kinds"))
_COMING = frozenset(["coming", "upcoming"])
_CLOCK_SIGNS = frozenset([":", ".", "-", "–", "am", "pm", "a", "p", "h", "to", "uhr", "o", "oclock", "days", "weeks"])
_REPEATED = frozenset(words_of("date_words", "days", "repeated"))
_AFTER_DAY = frozenset(words_of("date_words", "days", "after_ordinal"))


class RelativeGrammar:
    """Reads relative dates of one tokenised text."""

    def __init__(self, tokens: Tokens, words: Vocabulary, language: str | None) -> None:
        self.tokens = tokens
        self.words = words
        lists = read_toml("relative_words")
        self.days: dict[str, int] = lists["days"]["en"] | lists["days"].get(language or "en", {})
        self.held = frozenset(lists["held"]["nouns"])
        self.turns: dict[str, int] = lists["turns"]
        self.day_words: dict[str, int] = lists["day_words"]

    def read(self, index: int) -> DatePhrase | None:
        """Read what starts at a token, or None."""
        token = self.tokens.at(index)
        low = token.low
        if low in self.days:
            return self._day_word(index)
        if low in self.turns:
            return self._turn(index)
        if low in self.words.weekdays:
            return self._weekday(index)
        if low in self.words.short_weekdays and token.text[0].isupper():
            return self._short_weekday(index)
        return self._day_of_month(index) if 0 < token.number < 32 else None

    def _short_weekday(self, index: int) -> DatePhrase | None:
        """Read "Thu 14th" and "Sat at 5"; a short form alone is too often another word."""
        if self._has_ordinal(index + 1):
            return self._weekday_and_day(index, index + 1)
        if self.tokens.at(index + 1).low == "at" and 0 < self.tokens.at(index + 2).number < 25:
            partial = PartialDate(weekday=self.words.short_weekdays[self.tokens[index].low])
            return DatePhrase(index, index + 1, partial, relative=("weekday", 0), is_weak=True)
        return None

    def _day_of_month(self, index: int) -> DatePhrase | None:
        """Read the day in "on the 18th" where no month is near: that of the month of writing."""
        lead = [self.tokens.at(index - 2).low, self.tokens.at(index - 1).low]
        if lead[1] != "the" or lead[0] not in ("on", "by", "until") or not self._has_ordinal(index):
            return None
        after = self.tokens.at(index + 2)
        is_free = after.gap >= PARAGRAPH or not after.text[:1].isalpha() or after.low in _AFTER_DAY
        is_range = after.text in ("-", "–", "/", "&") or after.number >= 0
        if not is_free or is_range or (after.low in ("of", "and", "to") and self.tokens.at(index + 3).low != "this"):
            return None
        day = PartialDate(day=self.tokens[index].number)
        return DatePhrase(index - 1, index + 2, day, relative=("day_of_month", 0), is_weak=True)

    def _day_word(self, index: int) -> DatePhrase | None:
        token, after = self.tokens[index], self.tokens.at(index + 1)
        end = index + 1
        if token.low == "aujourd":
            if self.tokens.at(index + 2).low != "hui":
                return None
            end = index + 3
        if after.text in ("'", "’") and self.tokens.at(index + 2).low == "s":
            return self._day_of_event(index)
        before_day = (self.tokens.at(index - 2).low, self.tokens.at(index - 1).low)
        if before_day in (("day", "after"), ("day", "before")) and self.days[token.low]:
            start = index - 2 - (self.tokens.at(index - 3).low == "the")
            return DatePhrase(start, end, PartialDate(), relative=("day", 2 * self.days[token.low]), is_weak=True)
        if before_day == ("end", "of"):
            start = index - 2 - (self.tokens.at(index - 3).low == "the")
            return DatePhrase(start, end, PartialDate(), relative=("day", self.days[token.low]), is_weak=True)
        if self.tokens.at(index - 1).low in ("of", "until", "to", "for", "than", "toward", "towards", "into", "usa"):
            return None
        if token.text.isupper() and len(token.text) > 2:
            return None
        end = self._with_day_part(end)
        return DatePhrase(index, end, PartialDate(), relative=("day", self.days[token.low]), is_weak=True)

    def _day_of_event(self, index: int) -> DatePhrase | None:
        """Read the day in "today's lecture" and "tomorrow's meeting"; "today's world" is none."""
        if self.tokens.at(index + 3).low not in self.held:
            return None
        relative = ("day", self.days[self.tokens[index].low])
        return DatePhrase(index, index + 1, PartialDate(), relative=relative, is_weak=True)

    def _turn(self, index: int) -> DatePhrase | None:
        """Read "last week", "this month", "next year", "last Tuesday", "this afternoon", "last June"."""
        turn, word = self.turns[self.tokens[index].low], self.tokens.at(index + 1)
        if word.gap >= PARAGRAPH:
            return None
        if word.low in self.words.words["day_parts"] and turn == 0 and self.tokens[index].low == "this":
            return DatePhrase(index, index + 2, PartialDate(), relative=("day", 0), is_weak=True)
        if word.text == "night" and self.tokens[index].low == "last":
            return DatePhrase(index, index + 2, PartialDate(), relative=("day", -1), is_weak=True)
        if word.low in _KINDS_OF_YEAR and self.tokens.at(index + 2).low == "year":
            return DatePhrase(index, index + 3, PartialDate(), relative=("year", turn), precision="year", is_weak=True)
        if word.low in ("week", "month", "year", "quarter") and self.tokens[index].low != "past":
            after = self.tokens.at(index + 2)
            if (after.text in ("'", "’") and after.gap == JOINED) or after.low == "of":
                return None  # "last week's", "the last week of July"
            precision = {"week": "day", "month": "month", "year": "year", "quarter": "month"}[word.low]
            relative = (word.low, turn)
            return DatePhrase(index, index + 2, PartialDate(), relative=relative, precision=precision, is_weak=True)  # type: ignore[arg-type]
        if word.low in self.words.weekdays:
            weekday = PartialDate(weekday=self.words.weekdays[word.low])
            end = self._with_day_part(index + 2)
            if turn == 0 or self.tokens[index].low in _COMING:
                unit, turn = ("weekday_of_week", 0) if turn == 0 else ("weekday_ahead", 1)
            else:
                unit = "weekday_passed" if self.tokens[index].low in ("past", "last") else "weekday"
            start = index - (turn != 0 and self.tokens.at(index - 1).low == "this")
            return DatePhrase(start, end, weekday, relative=(unit, turn), is_weak=True)
        if word.low in self.words.months and word.text[0].isupper():
            after = self.tokens.at(index + 2)
            if 0 < after.number < 32 or (len(after.text) == 4 and after.number > 0):
                return None
            month = PartialDate(None, self.words.months[word.low])
            return DatePhrase(index, index + 2, month, relative=("month_name", turn), precision="month", is_weak=True)
        return None

    def _weekday(self, index: int) -> DatePhrase | None:
        """Read a weekday alone ("on Tuesday"); what it means is told by the day of writing or the event's days."""
        token = self.tokens[index]
        following = self.tokens.at(index + 1)
        if self.tokens.at(index - 1).low in _REPEATED:
            return None
        day_at = index + 1 + (following.low == "the")
        day = self.tokens.at(day_at)
        if day.number > 0 and self.tokens.at(day_at + 1).text in ("/", ".") and self.tokens.at(day_at + 2).number > 0:
            return self._weekday_and_numbers(index, day_at)
        if 0 < day.number < 32 and day.gap == 1 and self.tokens.at(day_at + 1).low not in _CLOCK_SIGNS:
            return self._weekday_and_day(index, day_at)
        spoken = self._ordinal_at(index + 2) if following.low == "the" else None
        if spoken:
            partial = PartialDate(day=spoken[0], weekday=self.words.weekdays[token.low])
            return DatePhrase(index, spoken[1], partial, relative=("weekday_and_day", 0), is_weak=True)
        is_said = token.text[0].isupper() or self.tokens.at(index - 1).low == "on" or following.low == "at"
        is_said = is_said or self._with_day_part(index + 1) > index + 1
        if not is_said or self.tokens.at(index + 1).text in ("'", "’"):
            return None
        partial = PartialDate(weekday=self.words.weekdays[token.low])
        end = self._with_day_part(index + 1)
        return DatePhrase(index, end, partial, relative=("weekday", 0), is_weak=True)

    def _with_day_part(self, end: int) -> int:
        """Return the index after "morning", "night" behind a day ("Tuesday Evening Lectures" are a name)."""
        token = self.tokens.at(end)
        is_part = token.low in self.words.words["day_parts"] or token.low == "night"
        return end + 1 if is_part and token.gap == 1 and token.text.islower() else end

    def _ordinal_at(self, index: int) -> tuple[int, int] | None:
        """Return (day, index after it) for "eleventh", "twenty-seventh"."""
        number, end = self.day_words.get(self.tokens.at(index).low, 0), index + 1
        if self.tokens.at(index).low in ("twenty", "thirty"):
            end += self.tokens.at(end).text == "-"
            unit = self.day_words.get(self.tokens.at(end).low, 0)
            return (number + unit, end + 1) if 0 < unit < 10 and number + unit < 32 else None
        return (number, end) if number and self.tokens.at(end).text != "-" else None

    def _has_ordinal(self, index: int) -> bool:
        suffix = self.tokens.at(index + 1)
        return 0 < self.tokens.at(index).number < 32 and suffix.gap == JOINED and suffix.low in ("st", "nd", "rd", "th")

    def _weekday_and_numbers(self, index: int, at: int) -> DatePhrase | None:
        """Read "Thursday 29/03" and "Friday 5/12"; the weekday tells the year, and the order where both would do."""
        first, sep, last, after = (self.tokens.at(at + step) for step in range(4))
        is_clock = sep.text == "." and (len(last.text) == 2 and last.number % 5 == 0)
        if sep.gap != JOINED or last.gap != JOINED or is_clock or max(len(first.text), len(last.text)) > 2:
            return None
        if after.gap == JOINED and (after.text in ("/", ".", ":", "-") and self.tokens.at(at + 4).gap == JOINED):
            return None
        weekday = self.words.weekdays[self.tokens[index].low]
        fits = [(day, month) for day, month in ((first.number, last.number), (last.number, first.number))
                if 1 <= day <= 31 and 1 <= month <= 12]  # fmt: skip
        if not fits:
            return None
        partials = [PartialDate(None, month, day, weekday) for day, month in dict.fromkeys(fits)]
        return DatePhrase(index, at + 3, partials[0], swapped=partials[1] if len(partials) > 1 else None)

    def _weekday_and_day(self, index: int, day_at: int) -> DatePhrase:
        """Read "Thursday 14th": the month is the nearest in which they meet."""
        suffix = self.tokens.at(day_at + 1)
        end = day_at + 1 + (suffix.gap == JOINED and suffix.low in self.words.words["ordinal"])
        weekday = self.words.weekdays.get(self.tokens[index].low, self.words.short_weekdays.get(self.tokens[index].low))
        partial = PartialDate(day=self.tokens[day_at].number, weekday=weekday)
        return DatePhrase(index, end, partial, relative=("weekday_and_day", 0), is_weak=True)
