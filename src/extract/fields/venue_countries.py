"""Countries and federal states by the names that addresses use."""

from __future__ import annotations

from functools import lru_cache

import pycountry

from extract.fields.vocabulary import vocabulary
from extract.places import fold


def find_country(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name or common alias, None when it is none."""
    return _countries().get(fold(name.removeprefix("the ").removeprefix("The ")))


def find_state(name: str) -> tuple[str, str] | None:
    """Return (country code, region code) of a federal state's name or code ("Virginia", "VA", "D.C.")."""
    bare = name.strip(" .")
    return _states().get(fold(bare)) or (_state_codes().get(bare.replace(".", "")) if bare.isupper() else None)


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    names: dict[str, str] = {}
    for country in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            if value := getattr(country, field, None):
                names[fold(value)] = country.alpha_2
    for code, aliases in vocabulary("countries")["names"].items():
        names.update({fold(alias): code for alias in aliases})
    return names


@lru_cache(maxsize=1)
def _states() -> dict[str, tuple[str, str]]:
    states: dict[str, tuple[str, str]] = {}
    for code, names in vocabulary("countries")["states"].items():
        country, region = code.split("-")
        states.update({fold(name): (country, region) for name in names})
    return states


@lru_cache(maxsize=1)
def _state_codes() -> dict[str, tuple[str, str]]:
    codes = {}
    for code in vocabulary("countries")["states"]:
        country, region = code.split("-")
        if country == "US":
            codes[region] = (country, region)
    return codes
