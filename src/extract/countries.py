"""Countries and federal states by the names that texts use: the one place that knows them.

ISO 3166-1 gives the official names, `vocabularies/countries.csv` what else people write, in seven languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

import pycountry

from extract.places import fold
from extract.vocabularies import read_rows


@lru_cache(maxsize=1)
def country_names() -> Mapping[str, str]:
    """Return the ISO 3166-1 alpha-2 code of each name as it is written, without "the" before it."""
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            if value := getattr(country, field, None):
                names[value] = country.alpha_2
    for row in read_rows("countries"):
        names |= {name.removeprefix("The "): row["code"] for name in _forms(row["names"])}
    return names


@lru_cache(maxsize=1)
def country_adjectives() -> Mapping[str, str]:
    """Return the code of each adjective and name of a country's people ("Dutch")."""
    return {form: row["code"] for row in read_rows("countries") for form in _forms(row["adjectives"])}


def find_country(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name or common alias, None when it is none."""
    return _folded_names().get(fold(name.removeprefix("the ").removeprefix("The ")))


def name_of_country(code: str) -> str | None:
    """Return the name under which `find_country` knows an ISO 3166-1 alpha-2 code, None when it is no code."""
    return next((name for name, known in country_names().items() if known == code.upper() and "," not in name), None)


def find_state(name: str) -> tuple[str, str] | None:
    """Return (country code, region code) of a federal state's name or code ("Virginia", "VA", "D.C.")."""
    bare = name.strip(" .")
    return _states().get(fold(bare)) or (_state_codes().get(bare.replace(".", "")) if bare.isupper() else None)


_LONGEST = 4
_HEAD = 20_000
"""Characters in which a text names the countries it is about."""


@lru_cache(maxsize=4)
def countries_in(text: str) -> tuple[str, ...]:
    """Return the codes of the countries that a text names, also by their adjectives, the most frequent first."""
    known, beginnings = _folded_names_and_adjectives()
    counts: Counter[str] = Counter()
    words = re.findall(r"[\w’'.-]+", text[:_HEAD])
    at = 0
    while at < len(words):
        size = 0
        if words[at][0].isupper() and fold(words[at]).partition(" ")[0] in beginnings:
            size = next((n for n in range(_LONGEST, 0, -1) if fold(" ".join(words[at : at + n])) in known), 0)
        if size:
            counts[known[fold(" ".join(words[at : at + size]))]] += 1
        at += size or 1
    return tuple(code for code, _ in counts.most_common())


def _forms(cell: str) -> list[str]:
    return [form for form in cell.split(";") if form]


@lru_cache(maxsize=1)
def _folded_names_and_adjectives() -> tuple[dict[str, str], frozenset[str]]:
    """Return the countries by folded name and adjective, and the first words of these."""
    known = _folded_names() | {fold(form): code for form, code in country_adjectives().items()}
    return known, frozenset(name.partition(" ")[0] for name in known)


@lru_cache(maxsize=1)
def _folded_names() -> dict[str, str]:
    return {fold(name): code for name, code in country_names().items()}


@lru_cache(maxsize=1)
def _states() -> dict[str, tuple[str, str]]:
    return {fold(name): (row["country_code"], row["region_code"])
            for row in read_rows("states") for name in _forms(row["names"])}  # fmt: skip


@lru_cache(maxsize=1)
def _state_codes() -> dict[str, tuple[str, str]]:
    """Codes that addresses use: those of the United States and of Canada's and Australia's longer ones would clash."""
    rows = (row for row in read_rows("states") if row["country_code"] == "US")
    return {row["region_code"]: (row["country_code"], row["region_code"]) for row in rows}
