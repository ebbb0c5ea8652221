"""The words of organisations' names, read once from extract/vocabularies."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extract.countries import country_adjectives, country_names
from extract.gazetteer.words import name_keys
from extract.places import find_city
from extract.vocabularies import read_lines, read_toml

_PHRASE_LISTS = ("suffixes", "phrases", "allowed_pairs", "rejected_endings", "buildings", "titles", "whole", "regions")


MIN_WHOLE = 11
"""Shorter words with these ends are plain nouns ("verket", "styrelsen")."""


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """Word lists of vocabularies/org_words.toml and its neighbours; every entry is a folded key."""

    heads: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    weak: frozenset[str]
    units: frozenset[str]
    subjects: frozenset[str]
    government_departments: frozenset[str]
    fields: frozenset[str]
    field_acronyms: frozenset[str]
    prepositions: frozenset[str]
    embassy_heads: frozenset[str]
    embassy_prepositions: frozenset[str]
    legal_forms: frozenset[str]
    suffixes: tuple[str, ...]
    whole: tuple[str, ...]
    not_first: frozenset[str]
    generic: frozenset[str]
    closed: frozenset[str]
    loose: frozenset[str]
    direct: frozenset[str]
    romance: frozenset[str]
    lower_case: frozenset[str]
    on_heads: frozenset[str]
    allowed_pairs: frozenset[tuple[str, ...]]
    buildings: frozenset[tuple[str, ...]]
    titles: frozenset[tuple[str, ...]]
    rejected: frozenset[tuple[str, ...]]
    rejected_endings: frozenset[tuple[str, ...]]
    ambiguous: frozenset[tuple[str, ...]]
    regions: frozenset[tuple[str, ...]]

    def is_head(self, key: str) -> bool:
        """Tell whether a folded word can be the head noun of an organisation's name."""
        return key in self.heads or (len(key) > 7 and key.endswith(self.suffixes)) or self.is_whole(key)

    def is_whole(self, key: str) -> bool:
        """Tell whether a folded word is a Swedish body's name by itself ("försvarshögskolan")."""
        return key.endswith(self.whole) and not key.startswith(self.whole) and len(key) > MIN_WHOLE


@dataclass(frozen=True, slots=True)
class Countries:
    """Countries by the folded words of their names and adjectives."""

    by_name: dict[tuple[str, ...], str]
    by_adjective: dict[tuple[str, ...], str]
    longest: int
    words: frozenset[str]

    def code(self, keys: tuple[str, ...]) -> str | None:
        """Return the ISO 3166-1 alpha-2 code for the keys of a name or an adjective."""
        return self.by_name.get(keys) or self.by_adjective.get(keys)


@lru_cache(maxsize=1)
def organisation_words() -> OrganisationWords:
    """Return the word lists, read on first use."""
    raw = read_toml("org_words")
    sets = {name: frozenset(values) for name, values in raw.items() if name not in _PHRASE_LISTS}
    return OrganisationWords(
        **sets,
        phrases=frozenset(name_keys(phrase) for phrase in raw["phrases"]),
        allowed_pairs=frozenset(name_keys(pair) for pair in raw["allowed_pairs"]),
        buildings=frozenset(name_keys(name) for name in raw["buildings"]),
        titles=frozenset(name_keys(title) for title in raw["titles"]),
        rejected_endings=frozenset(name_keys(ending) for ending in raw["rejected_endings"]),
        suffixes=tuple(raw["suffixes"]),
        whole=tuple(raw["whole"]),
        regions=frozenset(tuple(region.split()) for region in raw["regions"]),
        rejected=frozenset(name_keys(line) for line in read_lines("not_organisations")),
        ambiguous=frozenset(name_keys(line) for line in read_lines("ambiguous_names")),
    )


@lru_cache(maxsize=1)
def countries() -> Countries:
    """Return the countries, read on first use."""
    names = {name_keys(name): code for name, code in country_names().items()}
    adjectives = {name_keys(form): code for form, code in country_adjectives().items()}
    return Countries(
        names,
        adjectives,
        max(map(len, [*names, *adjectives])),
        frozenset(w for keys in [*names, *adjectives] for w in keys),
    )


MIN_CITY = 200_000
"""Inhabitants of a city whose name alone, where a body may stand, is taken for the city."""


def is_large_city(name: str) -> bool:
    """Tell whether a word that is no acronym names a large city, in any language."""
    city = None if name.isupper() else find_city(name)
    return city is not None and city.population >= MIN_CITY
