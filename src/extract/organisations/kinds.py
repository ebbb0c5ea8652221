"""The type of an organisation that no list knows, by the words of its name."""

from __future__ import annotations

from functools import lru_cache

from extract.gazetteer import name_keys
from extract.vocabularies import read_toml


@lru_cache(maxsize=1)
def _words_of_types() -> tuple[tuple[str, frozenset[str]], ...]:
    raw = read_toml("organisation_types")
    return tuple((kind, frozenset(words)) for kind, words in raw.items())


def kind_of(name: str) -> str | None:
    """Return the organisation type that a name's words tell, None when they tell none.

    >>> kind_of("Faraway University of Trade"), kind_of("Acme GmbH"), kind_of("Zeta")
    ('university', 'company', None)
    """
    keys = set(name_keys(name))
    return next((kind for kind, words in _words_of_types() if keys & words), None)
