"""What stands around a number that makes it an hour, or not: "ore 15", "from 10 to 12", "at 4", "12 participants"."""

from __future__ import annotations

from extract.vocabularies import words_of
from extract.when.meridiem import day_parts
from extract.when.tokens import JOINED, LINE, Tokens
from extract.when.vocabulary import Vocabulary

HOUR_WORDS = frozenset(words_of("date_words", "clocks", "hour_words"))
_ITALIAN_ONLY = frozenset(["alle"])
"""The word for "at" in Italian is that for "all" in others: "alle 12 Staaten"."""
FROM = frozenset(words_of("date_words", "clocks", "from"))
_HOURS = range(7, 24)
_BEGINS = frozenset(words_of("date_words", "clocks", "begins"))
_SUMS = frozenset(["%", "°", "$", "€", "£", "+", "/"])


class ClockParts:
    """Looks at the tokens around a number; `index` is the number's own, `end` that behind the clock time."""

    def __init__(self, tokens: Tokens, words: Vocabulary, language: str | None = None) -> None:
        self.tokens = tokens
        self.words = words
        self.is_dutch = language == "nl"
        self.hour_leads = words.words["hour_leads"] - (_ITALIAN_ONLY if language not in (None, "it") else set())

    def is_led(self, index: int) -> bool:
        """Return whether a word for an hour stands before a number: "ore 15", "dalle 10.30", "a las 9", "alle h10"."""
        step = 2 if self.tokens.at(index - 1).text == "." else 1
        before, ahead = self.tokens.at(index - step).low, self.tokens.at(index - step - 1).low
        if before == "h":
            return ahead in self.hour_leads
        if step == 2 or (before == "las" and ahead not in ("a", "de", "desde", "hasta", "hacia", "sobre")):
            return False
        return before in self.hour_leads

    def is_told_time(self, index: int, end: int) -> bool:
        """Return whether a dotted number is a time of day: "begins at 18.30 in …", never "at 3.75 percent"."""
        hour, minute = self.tokens[index], self.tokens.at(index + 2)
        is_time = hour.number in _HOURS and minute.number in range(0, 60, 5) and len(minute.text) == 2
        is_said = self.tokens.at(index - 1).low in ("at", "um", "om") and self.tokens.at(index - 2).low in _BEGINS
        if self.is_dutch and self.tokens.at(index - 1).low == "om":
            return is_time  # "zal om 13.30 beginnen"
        return is_time and is_said and self.stands_free(end)

    def stands_free(self, end: int) -> bool:
        """Return whether a bare hour counts nothing: a stop or small word follows ("Friday at 4 in …", "alle 10,")."""
        after = self.tokens.at(end)
        is_free = after.gap > 1 or not after.text or after.text in (",", ".", ";", ")", "?", "!")
        is_joined = after.gap == JOINED and self.tokens.at(end + 1).gap == JOINED and after.text != ")"
        return (is_free or after.low in self.words.words["after_hour"]) and not is_joined

    def are_hours(self, index: int, end: int, after_date: bool) -> bool:
        """Return whether two bare numbers are hours: behind a day ("Monday from 10 to 4"), no noun after them."""
        before, after = self.tokens.at(index - 1), self.tokens.at(end)
        is_day = before.low in self.words.weekdays or before.low in FROM
        if self.is_led(index):
            return self.stands_free(end)
        if after_date and is_day and self.has_hour_word(end):
            return True  # "on 5 May, from 10 to 13 hours"
        is_word = after.gap <= 1 and (after.text[:1].isalnum() or after.text in _SUMS)
        is_joined = after.gap == JOINED and self.tokens.at(end + 1).gap == JOINED
        return (
            after_date
            and is_day
            and not (is_word and after.low not in self.words.words["after_hour"])
            and not is_joined
        )

    def is_glued(self, index: int) -> bool:
        """Return whether a clock time stands right behind another without a blank: the 17 of "09:0017:00"."""
        token, minute, colon = (self.tokens.at(index - step) for step in range(3))
        return token.number >= 0 and token.gap == JOINED and minute.number >= 0 and colon.text == ":"

    def goes_on(self, index: int) -> bool:
        """Return whether digits or another dotted part follow: "10.30.1" is no time."""
        token, after = self.tokens.at(index), self.tokens.at(index + 1)
        if token.gap != JOINED:
            return False
        return (
            token.number >= 0 or (token.text == "." and after.gap == JOINED and after.number >= 0) or token.text == "%"
        )

    def is_dotted(self, index: int) -> bool:
        return self.tokens.at(index + 1).text == "." and self.tokens.at(index + 1).gap == JOINED

    def has_hour_word(self, index: int) -> bool:
        return self.tokens.at(index).low in HOUR_WORDS or self.tokens.at(index - 1).low in HOUR_WORDS

    def is_count(self, index: int) -> bool:
        """Return whether a lower-case noun follows a bare number ("9:00 to 12 participants")."""
        token = self.tokens.at(index)
        is_noun = token.gap == 1 and token.text[:1].islower()
        return is_noun and token.low not in HOUR_WORDS and token.low not in self.words.words["after_hour"]

    def starts_line(self, index: int) -> bool:
        token = self.tokens.at(index)
        return index == 0 or token.gap >= LINE or self.tokens.at(index - 1).text in ("•", "-", "*", "|", "–", ":")

    def meridiem_at(self, index: int) -> tuple[str, int] | None:
        """Return ("am" or "pm", index after it) for "am", "a.m.", "PM", "p. m."."""
        token = self.tokens.at(index)
        if token.gap >= LINE:
            return None
        if token.text == "." and token.gap == JOINED and self.tokens.at(index + 1).low in ("am", "pm"):
            return self.meridiem_at(index + 1)
        if token.low in day_parts():
            return self.day_part(index)
        if token.low in self.words.words["noon"]:  # "12:00 noon"
            return "pm", index + 1
        if token.low in self.words.words["midnight"]:
            return "am", index + 1
        if token.low in ("am", "pm"):
            after = self.tokens.at(index + 1)
            if after.gap == JOINED and after.text.isalnum():
                return None
            is_stop = token.gap == JOINED and after.text == "." and after.gap == JOINED
            return token.low, index + 1 + (is_stop and self.tokens.at(index + 2).text in ("-", "–", ",", "to"))
        if token.low not in ("a", "p") or self.tokens.at(index + 1).text != ".":
            return None
        letter, stop = self.tokens.at(index + 2), self.tokens.at(index + 3)
        if letter.low == "m" and letter.gap <= 1:
            return token.low + "m", index + (4 if stop.text == "." and stop.gap == JOINED else 3)
        return None

    def day_part(self, index: int) -> tuple[str, int] | None:
        """Return the half of the day that "in the morning" or "de la tarde" tells."""
        for words, half in day_parts().get(self.tokens.at(index).low, ()):
            if all(self.tokens.at(index + step).low == word for step, word in enumerate(words)):
                return half, index + len(words)
        return None
