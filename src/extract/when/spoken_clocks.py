"""Clock times in words: "half past seven", "quarter to nine", "20 minutes past 8", "seven o'clock"."""

from __future__ import annotations

from collections.abc import Callable

from extract.vocabularies import read_toml, words_of
from extract.when.phrases import Clock
from extract.when.tokens import LINE, Tokens

_SHARES = {"half": 30, "quarter": 15}
_LEADS = frozenset(words_of("date_words", "clocks", "before_spoken"))
_HOUR = range(1, 13)


class SpokenClocks:
    """Reads clock times in words; `meridiem_at` gives ("am" or "pm", index after it) at a token."""

    def __init__(self, tokens: Tokens, meridiem_at: Callable[[int], tuple[str, int] | None]) -> None:
        self.tokens = tokens
        self.meridiem_at = meridiem_at
        self.numbers: dict[str, int] = read_toml("relative_words")["numbers"]

    def read(self, index: int) -> tuple[Clock, int] | None:
        """Return (clock, index after it) for a time in words at a token, None for other uses of the words."""
        low = self.tokens.at(index).low
        if low in _SHARES or low in self.numbers or self.tokens.at(index).number in range(1, 60):
            return self._past(index) or (self._hour_in_words(index) if low in self.numbers else None)
        return None

    def number_at(self, index: int) -> tuple[int, int] | None:
        """Return (number, index after it) for "7", "seven", "forty-three"."""
        token = self.tokens.at(index)
        if 0 <= token.number < 60 and len(token.text) < 3:
            return token.number, index + 1
        number = self.numbers.get(token.low, 0) if token.low not in ("a", "an") else 0
        if number < 20 or number % 10:
            return (number, index + 1) if number else None
        at = index + 1 + (self.tokens.at(index + 1).text in ("-", "‑"))
        unit = self.numbers.get(self.tokens.at(at).low, 0)
        is_unit = 0 < unit < 10 and self.tokens.at(at).low not in ("a", "an") and self.tokens.at(at).gap < LINE
        return (number + unit, at + 1) if is_unit else (number, index + 1)

    def _past(self, index: int) -> tuple[Clock, int] | None:
        """Read "half past seven", "a quarter to nine", "ten past 9", "36 minutes past eight"; "5 to 7" is a span."""
        share = _SHARES.get(self.tokens.at(index).low)
        counted = (share, index + 1) if share else self.number_at(index)
        if counted is None:
            return None
        minutes, at = counted
        has_unit = self.tokens.at(at).low in ("minutes", "minute", "min", "mins")
        at += has_unit
        link = self.tokens.at(at).low
        hour = self.number_at(at + 1)
        if link not in ("past", "to") or hour is None or hour[0] not in _HOUR or self.tokens.at(at + 1).gap >= LINE:
            return None
        if link == "to" and (share != 15 and not has_unit):
            return None
        end = self._after_oclock(hour[1])
        meridiem = self.meridiem_at(end)
        if share and end == hour[1] and self._is_noun(end) and not meridiem:
            return None
        of_day = hour[0] * 60 + (minutes if link == "past" else -minutes)
        if meridiem:
            return Clock(of_day, meridiem[0]), meridiem[1]
        return Clock(of_day), end

    def _hour_in_words(self, index: int) -> tuple[Clock, int] | None:
        """Read "seven o'clock", "six pm", "at three thirty": an hour alone needs a word beside it."""
        hour = self.number_at(index)
        if hour is None or hour[0] not in _HOUR:
            return None
        end = self._after_oclock(hour[1])
        meridiem = self.meridiem_at(end)
        if meridiem:
            return Clock(hour[0] * 60, meridiem[0]), meridiem[1]
        if end > hour[1]:
            return Clock(hour[0] * 60), end
        minute_at = end + (self.tokens.at(end).text == "-")
        minute = self.number_at(minute_at)
        is_word = self.tokens.at(minute_at).number < 0 and self.tokens.at(minute_at).gap < LINE
        if minute is None or not is_word or minute[0] not in range(10, 60):
            return None
        end = minute[1] + (self.tokens.at(minute[1]).low == "minutes")
        meridiem = self.meridiem_at(end)
        if meridiem:
            return Clock(hour[0] * 60 + minute[0], meridiem[0]), meridiem[1]
        is_told = self.tokens.at(index - 1).low in _LEADS and not self._is_noun(end)
        return (Clock(hour[0] * 60 + minute[0]), end) if is_told else None

    def _after_oclock(self, index: int) -> int:
        low = [self.tokens.at(index + step).low for step in range(3)]
        if low[0] == "oclock":
            return index + 1
        return index + 3 if low[0] == "o" and low[1] in ("'", "’") and low[2] == "clock" else index

    def _is_noun(self, index: int) -> bool:
        """Return whether a noun follows: then the number counts it ("three thirty-ton cranes")."""
        token = self.tokens.at(index)
        is_word = token.gap <= 1 and token.text[:1].isalpha() and token.low not in _AFTER
        return is_word or (token.text == "-" and token.gap == 0)


_AFTER = frozenset(words_of("date_words", "clocks", "after_spoken"))
