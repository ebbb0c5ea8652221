"""Days that go by a name: "Christmas", "Easter Monday 2024", "last Thanksgiving"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from extract.vocabularies import read_toml, words_of
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import LINE, Tokens, tokenize
from extract.when.vocabulary import Vocabulary

_UNIT = "holiday "
_YEARS = range(1583, 2200)
"""Years of the Gregorian calendar that dates are read for."""
_PARTS = frozenset(words_of("date_words", "holidays", "other_things"))


class HolidayGrammar:
    """Reads named days of one tokenised text."""

    def __init__(self, tokens: Tokens, words: Vocabulary) -> None:
        self.tokens = tokens
        self.words = words
        self.turns: dict[str, int] = read_toml("relative_words")["turns"]

    def read(self, index: int) -> DatePhrase | None:
        """Read a named day at a token, its year if one follows; without one it is counted from the day of writing."""
        named = self._name_at(index)
        if named is None:
            return None
        name, end = named
        before, year = self.tokens.at(index - 1), self.tokens.at(end)
        if len(year.text) == 4 and year.number in _YEARS and year.gap < LINE:
            day = holiday(name, year.number)
            return DatePhrase(index, end + 1, PartialDate(day.year, day.month, day.day)) if day else None
        if year.low in _PARTS or (year.text[:1].isupper() and year.gap == 1):
            return None
        turn = self.turns.get(before.low)
        relative = (_UNIT + name, turn or 0)
        return DatePhrase(index - (turn is not None), end, PartialDate(), relative=relative, is_weak=True)

    def _name_at(self, index: int) -> tuple[str, int] | None:
        """Return the longest name that starts at a token and the index after it."""
        starts = names_by_first_word()
        for words in starts.get(self.tokens.at(index).low, ()):
            if all(self.tokens.at(index + step).low == word for step, word in enumerate(words)):
                return "".join(self._spaced(index, len(words))), index + len(words)
        return None

    def _spaced(self, index: int, count: int) -> list[str]:
        tokens = [self.tokens.at(index + step) for step in range(count)]
        return [(" " if step and token.gap else "") + token.low for step, token in enumerate(tokens)]


@lru_cache
def names_by_first_word() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the words of each name, cut as the tokenizer cuts them, by the first one; longer names first."""
    made: dict[str, list[tuple[str, ...]]] = {}
    for table in read_toml("holidays").values():
        for name in table:
            words = tuple(token.low for token in tokenize(name))
            made.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in made.items()}


def holiday(name: str, year: int) -> date | None:
    """Return a named day in a year, None for a name that is not known."""
    tables = read_toml("holidays")
    if name in tables["fixed"]:
        month, day = tables["fixed"][name]
        return date(year, month, day)
    if name in tables["easter"]:
        days_after: int = tables["easter"][name]
        return easter(year) + timedelta(days=days_after)
    if name not in tables["weekday"]:
        return None
    month, weekday, number = tables["weekday"][name]
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    fitting = [day for day in days if day.weekday() == weekday]
    place: int = number - (number > 0)
    return fitting[place]


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar (the rule of Meeus, Jones and Butcher)."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - century // 4 - shift + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def near_holiday(unit: str, turn: int, reference: date) -> tuple[date, date] | None:
    """Return the named day last before (turn -1), next after (1) or nearest to a day of writing."""
    years = range(max(reference.year - 1, 1583), min(reference.year + 2, 2200))
    days = [day for year in years if (day := holiday(unit.removeprefix(_UNIT), year))]
    if turn < 0:
        days = [day for day in days if day < reference]
    if turn > 0:
        days = [day for day in days if day > reference]
    nearest = min(days, key=lambda day: abs((day - reference).days), default=None)
    return (nearest, nearest) if nearest else None
