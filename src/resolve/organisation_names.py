"""What spellings of one organisation's name have in common: word order, country, legal form, initials."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import Levenshtein

from extract.countries import country_adjectives, country_names
from resolve.likeness import word_list
from resolve.names import fold, organisation_key

_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b|[\s,]|$)")
"""The dots of "S.p.A." and "K.K.", which are then one word."""

_FEWEST = 2
"""Words that must remain when the country is taken out: "Bank of Japan" is no "Bank"."""


@cache
def _countries() -> Mapping[tuple[str, ...], str]:
    """Return the codes of countries by the words of their names and adjectives."""
    forms = (*country_names().items(), *country_adjectives().items())
    return {words: code for name, code in reversed(forms) if (words := tuple(organisation_key(name).split()))}


@lru_cache(maxsize=16_384)
def place_and_words(name: str) -> tuple[str, str]:
    """Return (country named in an organisation's name or "", its other words in a fixed order).

    "Japanese Ministry of Defense" and "Ministry of Defence of Japan" give the same; legal forms of companies go.
    """
    words = [word for word in organisation_key(_DOTTED.sub("", name)).split() if word != "s"]
    kept = [word for word in words if word not in word_list("legal_forms")] or words
    country = ""
    for length, start in product((3, 2, 1), range(len(kept))):
        code = _countries().get(tuple(kept[start : start + length])) if start + length <= len(kept) else None
        if code and len(kept) - length >= _FEWEST:
            country, kept = code, kept[:start] + kept[start + length :]
            break
    return country, " ".join(sorted(kept))


def is_generic(name: str) -> bool:
    """Whether every country has a body of this name: it takes the country to tell which is meant."""
    return not word_list("of_every_country").isdisjoint(organisation_key(name).split()) and not place_and_words(name)[0]


@lru_cache(maxsize=16_384)
def initials_of(name: str) -> frozenset[str]:
    """Return the acronyms a name of three words or more may have: with and without its small words."""
    significant = organisation_key(name).split()
    every = fold(name.split("(")[0]).split()
    return frozenset("".join(word[0] for word in words).upper() for words in (significant, every) if len(words) > 2)


def organisation_likeness(one: str, other: str) -> float:
    """Return how alike two organisations' names are, 0 to 1, for proposals and `convenor why`; never joins anything."""
    first, second = place_and_words(one), place_and_words(other)
    if first[1].replace(" ", "") == second[1].replace(" ", ""):
        return 1.0 if first[0] == second[0] else 0.65
    if one.strip().upper() in initials_of(other) or other.strip().upper() in initials_of(one):
        return 0.9
    words = (first[1].split(), second[1].split())
    spelled = Levenshtein.normalized_similarity("".join(words[0]), "".join(words[1]))
    left, right = _without_partner(*words), _without_partner(*reversed(words))
    if left and right:
        # each has a word of its own: two bodies of one kind ("… Oil Company", "… Gas Company"), however alike the rest
        return round(spelled * DIFFERENT_WORDS, 4)
    return round(spelled if left or right else max(spelled, ALL_PAIRED), 4)


DIFFERENT_WORDS, ALL_PAIRED = 0.8, 0.9
"""What is left of the likeness of letters where both have a word of their own; what it is at least where none has."""
_SPELLED_ALIKE = 0.75


def _without_partner(words: list[str], others: list[str]) -> list[str]:
    """Return the words that the other name has in no spelling."""
    return [
        word
        for word in words
        if not any(Levenshtein.normalized_similarity(word, other) >= _SPELLED_ALIKE for other in others)
    ]
