"""The pieces of dates: month and weekday names, years, lists of days, range words."""

from __future__ import annotations

from dataclasses import dataclass

from extract.vocabularies import read_toml, words_of
from extract.when.other_months import month_number
from extract.when.tokens import JOINED, PARAGRAPH, SPACE, Tokens
from extract.when.vocabulary import Vocabulary

_MOST_ITEMS = 8
"""Days in one list; longer runs of numbers are tables, and reading them again from each start would be quadratic."""
_COUNTED = frozenset(words_of("date_words", "days", "counted"))
_OWN = frozenset(["en", "fr", "de", "es", "it", "nl", "ja"])
"""Languages whose months the vocabulary holds: there, only what is clearly foreign is asked for."""
_MOST_ASKED = 100
"""Words of one text that are asked for; each costs some milliseconds."""
_TIME_UNITS = frozenset(words_of("date_words", "days", "units"))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a list, with the weekday before or behind it."""

    index: int
    day: int
    weekday: int | None
    joint: str
    """How it is tied to the one before: "", "range", "and", "comma"."""
    end: int


class DateParts:
    """Reads pieces of dates at a token; each method gives what it read and the index after it, or None."""

    def __init__(self, tokens: Tokens, words: Vocabulary, language: str | None = None) -> None:
        self.tokens = tokens
        self.words = words
        self.language = language
        self.others: dict[str, int | None] = {}
        self.day_words: dict[str, int] = read_toml("relative_words")["day_words"]

    def month_at(self, index: int) -> tuple[int, int] | None:
        """Return (month, index after it) for a month name, its full stop included."""
        token = self.tokens.at(index)
        month = self.words.months.get(token.low)
        if month is None:
            month = self._other_month(index) if token.gap <= SPACE and token.number < 0 else None
            return (month, index + 1) if month else None
        after = self.tokens.at(index + 1)
        is_short = len(token.low) <= 5 and after.text == "." and after.gap == JOINED
        if is_short and (token.low not in ("may", "march", "june", "july", "mars", "april", "marzo", "maart")):
            return month, index + 2
        return month, index + 1

    def _other_month(self, index: int) -> int | None:
        """Return the month that a word of another language is, between a day and a year ("5 marca 2024")."""
        token = self.tokens.at(index)
        if len(token.text) < 3 or not token.text.isalpha():
            return None
        of, before, after = self.words.words["of"], index - 1, index + 1
        is_linked = self.tokens.at(before).low in of and self.tokens.at(after).low in of
        if (self.language or "en") in _OWN and token.text.isascii() and not is_linked:
            return None
        before -= self.tokens.at(before).low in of or self.tokens.at(before).text == "."
        after += self.tokens.at(after).low in of
        day, year = self.tokens.at(before), self.tokens.at(after)
        if self.language == "hu" and len(day.text) == 4:
            day, year = year, day  # "2024. március 5."
        if not (1 <= day.number <= 31 and len(year.text) == 4 and 1900 <= year.number <= 2199):
            return None
        if token.low not in self.others and len(self.others) < _MOST_ASKED:
            self.others[token.low] = month_number(token.low, self.language)
        return self.others.get(token.low)

    def weekday_at(self, index: int) -> tuple[int, int] | None:
        """Return (weekday, index after it and its comma or full stop)."""
        token = self.tokens.at(index)
        weekday = self.words.weekdays.get(token.low)
        if weekday is None:
            weekday = self.words.short_weekdays.get(token.low)
            if weekday is None or not (token.text[0].isupper() or self.tokens.at(index + 1).text == "."):
                return None
        end = index + 1
        while self.tokens.at(end).text in (",", ".") and end < index + 3:
            end += 1
        return weekday, end

    def year_at(self, index: int) -> tuple[int, int] | None:
        """Return (year, index after it) for "2024", ", 2024", "of 2024", "’24"."""
        token = self.tokens.at(index)
        if token.gap == PARAGRAPH and index:
            return None
        if token.text in (",", ".") or token.low in self.words.words["of"] or token.low == "in":
            index += 1
            token = self.tokens.at(index)
        before = self.tokens.at(index - 1)
        is_dashed = before.low in self.words.months or (
            before.number > 0 and self.tokens.at(index - 2).text == token.text and before.gap == JOINED
        )
        if token.text in ("-", "/") and token.gap == JOINED and is_dashed:
            index += 1  # "23-Sep-2020"
            token = self.tokens.at(index)
        if token.text in ("'", "’") and self.tokens.at(index + 1).gap == JOINED:
            short = self.tokens.at(index + 1)
            return (2000 + short.number, index + 2) if short.number >= 0 and len(short.text) == 2 else None
        if len(token.text) != 4 or not 1000 <= token.number <= 2199 or (token.gap == JOINED and index == 0):
            return None
        after = self.tokens.at(index + 1)
        is_clock = after.text == ":" and after.gap == JOINED and self.tokens.at(index + 2).gap == JOINED
        is_hours = after.low in ("hrs", "hours") and after.gap <= SPACE
        last = self.tokens.at(index + 2)
        is_span = token.number < 1800 and after.low in self.words.words["range"] and len(last.text) == 4
        if (is_clock and last.number >= 0) or is_hours or (is_span and last.number % 100 < 60):
            return None  # "Thursday 21 June, 1530 – 1645"
        if after.gap == JOINED and after.low in ("h", "hs"):
            return None
        return token.number, index + 1

    def connector_at(self, index: int, *, also: bool = False) -> int | None:
        """Return the index after a word or dash that makes a range ("to", "–", "bis"; "and" if `also`)."""
        token = self.tokens.at(index)
        if token.gap == PARAGRAPH:
            return None
        ranges = self.words.words["range"]
        is_range = token.low in ranges or (token.low == "a" and self.language in ("pt", "ca"))
        is_range = is_range or (token.low == "a" and self.language in ("it", "es") and self._is_day_next(index + 1))
        if is_range or (also and token.low in self.words.words["also"]):
            following = self.tokens.at(index + 1)
            if following.low in ("the", "zum", "au", "to", "am", "den", "’", "'"):
                return index + (3 if following.low in ("’", "'") else 2)
            return index + 1
        if token.low == "t" and self.tokens.at(index + 1).text == "/" and self.tokens.at(index + 2).low == "m":
            return index + 3
        return None

    def _is_day_next(self, index: int) -> bool:
        """Return whether a day follows: "da mercoledì 6 a venerdì 8", where the word elsewhere is "at" and "to"."""
        return self.weekday_at(index) is not None or 0 < self.tokens.at(index).number <= 31

    def is_plain_number(self, index: int) -> bool:
        """Return whether the number at a token is no part of a clock time, decimal, percentage or longer number."""
        before, after, later = (self.tokens.at(index + step) for step in (-1, 1, 2))
        token = self.tokens.at(index)
        if before.low in _COUNTED and token.gap <= 1:
            return False
        if token.gap == JOINED and index and before.low in self.words.months and not before.text.isupper():
            return after.gap != JOINED or not after.text.isalnum()  # "Dec31"; MAR24 is a code
        if token.gap == JOINED and before.low in self.words.weekdays:
            return True  # "vendredi29sept.2017"
        if (
            token.gap == JOINED
            and len(before.text) == 4
            and after.gap == JOINED
            and after.low in ("st", "nd", "rd", "th")
        ):
            return True  # "June 202011th June 2020"
        if token.gap == JOINED and index and before.text.isalnum() and not "\u3040" <= before.text <= "\u9fff":
            return False
        if token.gap == JOINED and before.text == ":" and self.tokens.at(index - 2).number < 0:
            return self.tokens.at(index + 1).text not in (":", ".") or self.tokens.at(index + 2).gap != JOINED
        if token.gap == JOINED and before.text in (":", ".", ",", "#", "+", "$", "€", "£", "/") and index:
            ahead = self.tokens.at(index - 2)
            if before.text == "/" and (ahead.number >= 0 or ahead.low in self.words.months):
                return True
            return before.text == "." and self.tokens.at(index - 2).number in range(1, 32)
        if after.gap == JOINED and after.text in (":", ".") and later.gap == JOINED and later.number >= 0:
            return False
        if after.gap == JOINED and after.text == "," and later.gap == JOINED and later.number >= 0:
            return len(later.text) == 4 and later.number < 2200
        if after.low in _TIME_UNITS and (after.gap == JOINED or after.low not in ("h", "o")):
            return after.low == "o" and after.gap == JOINED
        return not (after.low in ("a", "p") and later.text == "." and later.gap == JOINED)

    def days_at(self, index: int) -> tuple[list[Day], int] | None:
        """Read "7", "7th and 8th", "Monday 3 to Wednesday 5", "2, 4 and 9", "3./4.": the days and the index after."""
        days: list[Day] = []
        joint = ""
        while len(days) < _MOST_ITEMS:
            day = self._day_at(index, joint)
            if day is None:
                break
            days.append(day)
            index = day.end
            joint, index_after = self._joint_at(index)
            if not joint:
                break
            index = index_after
        return (days, days[-1].end) if days else None

    def _day_at(self, index: int, joint: str) -> Day | None:
        weekday = self.weekday_at(index)
        number_at = weekday[1] if weekday else index
        while self.tokens.at(number_at).low in ("the", "le", "il", "el", "den", "der") and number_at < index + 4:
            number_at += 1
        token = self.tokens.at(number_at)
        if token.low in self.day_words:
            return self._day_in_words(index, number_at, weekday[0] if weekday else None, joint)
        if not (1 <= token.number <= 31 and len(token.text) <= 2) or not self.is_plain_number(number_at):
            return None
        end = number_at + 1
        suffix = self.tokens.at(end)
        if suffix.gap == JOINED and suffix.low in self.words.words["ordinal"]:
            end += 1
        elif suffix.gap == JOINED and suffix.text == ".":
            if self._goes_on_after_stop(end + 1):
                end += 1
        elif suffix.text == "<" and self.tokens.at(end + 1).low == "sup":
            end = self._after_tag(end)
        weekday, end = self._weekday_in_brackets(weekday, end)
        return Day(number_at if weekday is None else index, token.number, weekday[0] if weekday else None, joint, end)

    def _day_in_words(self, index: int, number_at: int, weekday: int | None, joint: str) -> Day | None:
        """Read "ninth" and "twenty-first"; "of" or "day of" and the month must follow, or the month stands before."""
        number, end = self.day_words[self.tokens[number_at].low], number_at + 1
        if number in (20, 30) and self.tokens[number_at].low in ("twenty", "thirty"):
            end += self.tokens.at(end).text in ("-", "‑")
            unit = self.day_words.get(self.tokens.at(end).low, 0)
            if not 0 < unit < 10 or number + unit > 31:
                return None
            number, end = number + unit, end + 1
        if self.tokens.at(end).text in ("-", "‑") and self.tokens.at(end).gap == JOINED:
            return None  # "second-hand"
        before = self.tokens.at(number_at - 1).low
        before = self.tokens.at(number_at - 2).low if before in ("the", "and", "to", "till", "through", "-") else before
        is_last = joint and self.tokens.at(end).low not in ("of", "day")
        if self.tokens.at(end).low == "day" and self.tokens.at(end + 1).low == "of":
            end += 1
        follows = self.tokens.at(end).low == "of" or self.connector_at(end, also=True) is not None
        if not (follows or is_last or before in self.words.months):
            return None
        return Day(number_at if weekday is None else index, number, weekday, joint, end)

    def _goes_on_after_stop(self, index: int) -> bool:
        """Return whether a full stop marks an ordinal ("3. Juni", "3.–5. Juni") and ends no sentence."""
        token = self.tokens.at(index)
        is_month = token.low in self.words.months or self._other_month(index) is not None
        if is_month or self.connector_at(index) is not None or token.text == "/":
            return token.gap < PARAGRAPH
        return token.low in self.words.words["also"] and self.tokens.at(index + 1).number > 0

    def _weekday_in_brackets(self, weekday: tuple[int, int] | None, end: int) -> tuple[tuple[int, int] | None, int]:
        """Read the weekday in "23 (Fri) and 24 (Sat) January"."""
        inside = self.weekday_at(end + 1) if self.tokens.at(end).text == "(" else None
        if weekday is None and inside and self.tokens.at(inside[1]).text == ")":
            return inside, inside[1] + 1
        return weekday, end

    def _after_tag(self, index: int) -> int:
        """Skip "<sup>th</sup>" after a day number."""
        low = [self.tokens.at(index + step).low for step in range(8)]
        return index + 8 if low[:3] == ["<", "sup", ">"] and low[4:8] == ["<", "/", "sup", ">"] else index

    def _joint_at(self, index: int) -> tuple[str, int]:
        token = self.tokens.at(index)
        if token.gap == PARAGRAPH:
            return "", index
        after = self.connector_at(index)
        if after is not None:
            return "range", after
        if token.low in self.words.words["also"] or token.text == "/":
            return "and", index + 1
        if token.text == ",":
            if self.tokens.at(index + 1).low in self.words.words["also"]:
                return "and", index + 2
            return "comma", index + 1
        return "", index
