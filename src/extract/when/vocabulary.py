"""Words of dates and times, loaded once from `extract/vocabularies`."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extract.vocabularies import read_toml
from extract.when.tokens import tokenize

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""First month of each season (meteorological, northern hemisphere); three months each."""


@dataclass(frozen=True)
class Vocabulary:
    """What the grammar needs to know of words; `short_weekdays` count only beside a date."""

    months: dict[str, int]
    weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    wordlike_months: frozenset[str]
    capital_months: frozenset[str]
    words: dict[str, frozenset[str]]
    anchors: frozenset[str]
    """Words at which an expression can begin (numbers begin one too)."""


def _numbered(table: dict[str, Any], first: int) -> dict[str, int]:
    return {word: number for number, words in enumerate(table, first) for word in words}


def _first_words(tables: dict[str, Any]) -> set[str]:
    return {tokenize(name)[0].low for names in tables.values() for name in names}


@lru_cache
def vocabulary(language: str | None = None) -> Vocabulary:
    """Return the words of all languages, with the short forms of `language` (ISO 639-1) only."""
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    short: dict[str, int] = {}
    month_tables, weekday_tables = read_toml("months"), read_toml("weekdays")
    for code, table in month_tables.items():
        if code == "wordlike":
            continue
        for kind in ("names", "common", *(("short",) if code == language else ())):
            months.update(_numbered(table.get(kind, ()), 1))
    for code, table in weekday_tables.items():
        if code == "ja":
            continue
        weekdays.update(_numbered(table["names"], 0))
        short.update(_numbered(table.get("common", ()), 0))
        if code == language:
            short.update(_numbered(table.get("short", ()), 0))
    words = {kind: frozenset(items) for kind, items in read_toml("time_words").items()}
    relative = read_toml("relative_words")
    openers = [months, weekdays, short, words["noon"], words["midnight"], SEASONS, ("q", "h", "fy", "cy", "fiscal")]
    openers += [relative[kind] for kind in ("turns", "numbers", "ordinals", "day_words", "decades")]
    openers += [
        ("week", "month", "year", "w", "semaine", "kw", "half", "quarter", "nineteen"),
        _first_words(read_toml("holidays")),
    ]
    openers += [relative["days"]["en"], relative["days"].get(language or "en", {})]
    anchors = frozenset(itertools.chain.from_iterable(openers))
    return Vocabulary(
        months,
        weekdays,
        short,
        frozenset(month_tables["wordlike"]["words"]),
        frozenset(month_tables["wordlike"]["lower_never"]),
        words,
        anchors,
    )
