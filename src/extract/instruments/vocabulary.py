"""The words of instruments' names, read once from extract/vocabularies/instrument_words.toml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from extract.gazetteer.words import name_keys
from extract.organisations.vocabulary import OrganisationWords, countries, organisation_words
from extract.vocabularies import read_toml

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InstrumentWords:
    """Word lists for instruments; `walk` is what the walk over words needs (heads, weak heads, generic modifiers)."""

    walk: OrganisationWords
    type_of_head: dict[Keys, str]
    owned: frozenset[str]
    legal_basis: frozenset[str]
    followed_by: frozenset[str]
    preceded_by: frozenset[Keys]
    plain: frozenset[Keys]
    lower_case: frozenset[Keys]
    programmes: frozenset[str]
    topics: frozenset[str]
    romance: dict[str, str]
    compounds: dict[str, str]


@lru_cache(maxsize=1)
def instrument_words() -> InstrumentWords:
    """Return the word lists, read on first use."""
    raw = read_toml("instrument_words")
    words = raw["words"]
    type_of_head = {name_keys(head): kind for kind, heads in raw["types"].items() for head in heads}
    walk = replace(
        organisation_words(),
        heads=frozenset(keys[0] for keys in type_of_head if len(keys) == 1),
        phrases=frozenset(keys for keys in type_of_head if len(keys) > 1),
        weak=frozenset(words["weak"]),
        generic=frozenset(words["generic"]),
        suffixes=(),
        whole=(),
        closed=frozenset(),
        on_heads=frozenset(keys[0] for keys in type_of_head if len(keys) == 1),
        embassy_heads=frozenset(),
        prepositions=organisation_words().prepositions | {"against", "between", "with", "to", "concerning"},
    )
    return InstrumentWords(
        walk=walk,
        type_of_head=type_of_head,
        owned=frozenset(words["owned"]),
        legal_basis=frozenset(words["legal_basis"]),
        followed_by=frozenset(words["followed_by"]),
        preceded_by=frozenset(tuple(phrase.split()) for phrase in words["preceded_by"]),
        plain=frozenset(name_keys(phrase) for phrase in words["plain"]),
        lower_case=frozenset(name_keys(phrase) for phrase in words["lower_case"]),
        programmes=frozenset(words["programmes"]),
        topics=frozenset(words["topics"]) | countries().words,
        romance={head: kind for kind, heads in raw["romance"].items() for head in heads},
        compounds={end: kind for kind, ends in raw["compounds"].items() for end in ends},
    )
