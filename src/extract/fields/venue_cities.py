"""Cities as addresses and halls name them, and which of several cities of one name is meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.countries import countries_in, find_country, find_state
from extract.fields.buildings import is_building
from extract.fields.vocabulary import words_of
from extract.places import City, find_city, fold

_BEFORE_CITY = frozenset(words_of("venue_words", "directions"))


@dataclass(frozen=True, slots=True)
class Home:
    """Countries in which a bare city is looked for first.

    That of a body in the same address, those of the text's language, those that the text names.
    """

    by_body: str | None = None
    by_language: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


NOWHERE = Home()


_HOME = {
    "es": ("ES",),
    "fr": ("FR", "BE", "CH"),
    "de": ("DE", "AT", "CH"),
    "it": ("IT",),
    "nl": ("NL", "BE"),
    "ja": ("JP",),
}
"""Where a text in a language means a city that several countries have: Valencia in a Spanish one is in Spain."""
_AT_HOME, _NAMED = 0.02, 0.2
"""Share of the largest namesake's inhabitants that a city needs to be meant: no Paris in Texas, and where a text names
the United States, neither Geneva in Illinois (.11) nor Athens in Georgia (.18)."""


def home_of(language: str | None, text: str) -> Home:
    """Return where the cities of a text are looked for first."""
    return Home(by_language=_HOME.get(language or "", ()), named=countries_in(text))


def bare_city(name: str, home: Home) -> City | None:
    """Return the city that a name without a country means: at home, else in a country that the text names."""
    largest = as_city(name)
    if largest is None:
        return None
    choices = [(code, _AT_HOME) for code in (home.by_body, *home.by_language) if code]
    if largest.country_code not in home.named:
        choices += [(code, _NAMED) for code in home.named]
    for code, share in choices:
        city = find_city(name, code)
        if city and _bare_name(city) == _bare_name(largest) and city.population >= share * largest.population:
            return city
    return largest


_DISTRICT = re.compile(r"\d{1,4}|\d{1,2}(?:er|e|è|ème|eme)|[IVX]{1,5}(?:er|e)", re.IGNORECASE)
"""The number of a district behind its city: "Dublin 2", "Paris 6e", "Paris VIIe"."""
ALIASED = 150_000
"""Inhabitants of a city that goes under a name other than its own ("Genf"), unless its country stands beside it."""
_ACRONYM, LARGE = 4, 200_000
"""A word of so many capitals is an acronym, unless it names a city of so many inhabitants ("OSLO")."""


@lru_cache(maxsize=4096)
def as_city(name: str) -> City | None:
    """Return the city that a part is, also with a direction before it or a district letter after it."""
    words = [word for word in name.split() if word]
    if not words or len(words) > 4 or (not name[0].isupper() and name[0].isascii()):
        return None
    while (
        len(words) > 1
        and (words[0].casefold() in _BEFORE_CITY or words[0].endswith("-ku"))
        and not find_city(" ".join(words))
    ):
        words = words[1:]
    if len(words) > 1 and find_state(words[-1]) and not find_city(" ".join(words)):
        country, region = find_state(words[-1]) or ("", "")
        return find_city(" ".join(words[:-1]), country, region)
    if len(words) > 1 and _DISTRICT.fullmatch(words[-1]):
        words = words[:-1]
    name = " ".join(words)
    city = find_city(name)
    if city is None or len(name) < 3 - (not name.isascii()) or fold(name) in _common_words():
        return None
    if _bare_name(city) != fold(name) and city.population < ALIASED:
        return None  # a village elsewhere may bear another's second name: Serpa is not Itacoatiara
    if find_country(name) not in (None, city.country_code):
        return None  # "Lebanon" is the country, not the town in Tennessee
    if name.isupper() and len(name) <= _ACRONYM and city.population < LARGE:
        return None
    is_own_name = _bare_name(city) == fold(name)
    return city if is_own_name or not is_building(name) else None


def _bare_name(city: City) -> str:
    """Return a city's folded name without its river: "Halle (Saale)" is Halle."""
    return fold(city.name.partition(" (")[0])


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words of announcements that are also cities somewhere ("Date" in Japan, "Reading")."""
    lists = (
        *words_of("title_words", "sections"),
        *words_of("title_words", "labels"),
        *words_of("venue_words", "labels"),
    )
    return frozenset(fold(word) for word in (*lists, *words_of("venue_words", "not_cities")))


_CITY_FIRST = frozenset(words_of("venue_words", "city_first"))


def city_in_name(name: str, country_code: str | None, home: Home = NOWHERE) -> City | None:
    """Return the city in a venue's name: it ends with it, opens with it, or, a hotel's name, holds it.

    "Japan House London"; "Osaka University", "京都大学"; "Harbour Hotel Oslo Central".
    """
    name = _ROOM_CODE.sub("", name)
    words = re.findall(r"[^\W\d_][\w’'-]*", name.replace("(", " ").replace(")", " "))
    city = _ending_city(name, words, country_code, home) or _opening_city(words) or _inner_city(words)
    return city if city and country_code in (None, city.country_code) else None


_ROOM_CODE = re.compile(r"\s*[-–,]\s+[A-Z]{1,3}[\d.]*\d[\w.]*$")
"""The number of a room behind a house: "University of Lima - R42.5"."""


def _ending_city(name: str, words: list[str], country_code: str | None, home: Home) -> City | None:
    for size in (2, 1):
        if len(words) > size:
            ending = " ".join(words[-size:])
            is_named_after = find_country(ending) and words[-size - 1] in words_of("venue_words", "of")
            city = None if is_named_after or find_state(ending) else as_city(ending)
            if city and country_code and city.country_code != country_code:
                city = find_city(ending, country_code)
            is_of = words[-size - 1] in words_of("venue_words", "of")
            if (
                city
                and _is_meant(city, is_of, words[0], country_code, home)
                and is_building(name[: name.rfind(words[-size])])
            ):
                return city
    return None


def _is_meant(city: City, is_of: bool, head: str, country_code: str | None, home: Home) -> bool:
    """Tell a house's own city from a surname and from a name that it bears ("Palacio de Viana" is not in Angola)."""
    is_home = city.country_code in (country_code, home.by_body, *home.by_language, *home.named)
    if is_of and is_home:
        return True
    bears_name = is_of and bool(home.by_language) and head.casefold() in words_of("venue_words", "named_houses")
    return city.population > _KNOWN and not bears_name


_KNOWN = 50_000
"""Inhabitants of a city that ends a name without "of": smaller ones are surnames ("Haus Bergen")."""


def _opening_city(words: list[str]) -> City | None:
    for size in (2, 1):
        if len(words) > size and words[size].casefold() in _CITY_FIRST:
            city = as_city(" ".join(words[:size]))
            if city and city.population > LARGE:
                return city
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        if before in words_of("venue_words", "of") and after == "University":
            city = as_city(word)
            if city and city.population > LARGE:
                return city
    if words and not words[0].isascii():
        sizes = range(min(len(words[0]) - 1, _LONGEST_KANJI), 1, -1)
        edges = (edge for size in sizes for edge in (words[0][:size], words[-1][-size:]))
        cities = (as_city(edge) for edge in edges if is_kanji(edge))
        return next((city for city in cities if city and city.population > LARGE), None)
    return None


def _inner_city(words: list[str]) -> City | None:
    if not any(word.casefold() in words_of("venue_words", "hotels") for word in words):
        return None
    cities = (as_city(word) for word in words[1:-1])
    return next((city for city in cities if city and city.population > LARGE), None)


def is_kanji(written: str) -> bool:
    """Tell whether a word is written in Chinese characters or kana."""
    return all("\u3040" <= char <= "\u9fff" for char in written)


_LONGEST_KANJI = 4
