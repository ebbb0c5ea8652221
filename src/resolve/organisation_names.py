"""What spellings of one organisation's name have in common: word order, country, legal form, initials."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import token_set_ratio

from resolve.likeness import word_list
from resolve.names import fold, organisation_key

_FEWEST = 2
"""Words that must remain when the country is taken out: "Bank of Japan" is no "Bank"."""


@cache
def _countries() -> Mapping[tuple[str, ...], str]:
    """Return the codes of countries by the words of their names and adjectives."""
    text = (files("extract") / "vocabularies" / "countries.csv").read_text("utf-8")
    codes: dict[tuple[str, ...], str] = {}
    for row in csv.DictReader(text.splitlines()):
        for name in (*(row["names"] or "").split(";"), *(row["adjectives"] or "").split(";")):
            if words := tuple(organisation_key(name).split()):
                codes.setdefault(words, row["code"])
    return codes


@lru_cache(maxsize=65_536)
def place_and_words(name: str) -> tuple[str, str]:
    """Return (country named in an organisation's name or "", its other words in a fixed order).

    "Japanese Ministry of Defense" and "Ministry of Defence of Japan" give the same; legal forms of companies go.
    """
    words = [word for word in organisation_key(name).split() if word != "s"]
    kept = [word for word in words if word not in word_list("legal_forms")] or words
    country = ""
    for length, start in product((3, 2, 1), range(len(kept))):
        code = _countries().get(tuple(kept[start : start + length])) if start + length <= len(kept) else None
        if code and len(kept) - length >= _FEWEST:
            country, kept = code, kept[:start] + kept[start + length :]
            break
    return country, " ".join(sorted(kept))


@lru_cache(maxsize=65_536)
def initials_of(name: str) -> frozenset[str]:
    """Return the acronyms a name of three words or more may have: with and without its small words."""
    significant = organisation_key(name).split()
    every = fold(name.split("(")[0]).split()
    return frozenset("".join(word[0] for word in words).upper() for words in (significant, every) if len(words) > 2)


def organisation_likeness(one: str, other: str) -> float:
    """Return how alike two organisations' names are, 0 to 1, for proposals and `convenor why`; never joins anything."""
    first, second = place_and_words(one), place_and_words(other)
    if first[1] == second[1]:
        return 0.6 if first[0] and second[0] and first[0] != second[0] else 1.0
    if one.strip().upper() in initials_of(other) or other.strip().upper() in initials_of(one):
        return 0.9
    if first[1].replace(" ", "") == second[1].replace(" ", ""):
        return 1.0
    spelled = Levenshtein.normalized_similarity(first[1].replace(" ", ""), second[1].replace(" ", ""))
    return round(max(spelled, 0.8 * token_set_ratio(first[1], second[1]) / 100), 4)
