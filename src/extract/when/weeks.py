"""Weeks: "the week of 10 April", "week commencing 4 February", "w/c 4 May", "week 31 of 2024", "KW 12/2024"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extract.vocabularies import words_of
from extract.when.phrases import DatePhrase
from extract.when.tokens import LINE, Tokens

_OPENERS = frozenset(words_of("date_words", "weeks", "openers"))
_NUMBERED = frozenset(words_of("date_words", "weeks", "numbered"))


class WeekGrammar:
    """Reads weeks of one tokenised text."""

    def __init__(self, tokens: Tokens, read_date: Callable[[int], DatePhrase | None]) -> None:
        self.tokens = tokens
        self.read_date = read_date

    def read(self, index: int) -> DatePhrase | None:
        """Read what starts at a token, or None; a week without a day or a year is a count ("week 3: maps")."""
        token, after = self.tokens.at(index), self.tokens.at(index + 1)
        if token.low == "w" and after.text == "/" and self.tokens.at(index + 2).low == "c":
            return self._week_of(index, index + 3)
        if token.low in _NUMBERED and 0 < after.number < 54 and after.gap < LINE:
            return self._numbered(index, index + 2)
        if token.low in ("week", "semaine") and after.low in _OPENERS:
            return self._week_of(index, index + 2 + (self.tokens.at(index + 2).low in ("on", "the")))
        return None

    def _week_of(self, index: int, at: int) -> DatePhrase | None:
        base = self.read_date(at)
        if base is None or base.precision != "day" or base.last or base.separate:
            return None
        start = index - (self.tokens.at(index - 1).low == "the")
        return replace(base, start=start, nth=("week_of", 1))

    def _numbered(self, index: int, at: int) -> DatePhrase | None:
        base = self.read_date(at + (self.tokens.at(at).low in ("of", ",", "/", "in")))
        is_year = base is not None and base.precision == "year" and base.last is None
        if base is None or not is_year or base.start - at > 1:
            return None
        return replace(base, start=index, nth=("week", self.tokens[index + 1].number), is_weak=False)
