"""Which part of a name is the surname: by capitals, by Japanese and East Asian name lists, else western order."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from extract.people.lexicon import (
    east_asian_surnames,
    fold,
    japanese_given_names,
    japanese_surnames,
    particles,
    plain,
    romaji,
    suffixes,
    western_given_names,
)


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name split into given and family name as printed; `basis` says by what, None where it could not be told."""

    given: str | None
    family: str | None
    basis: str | None


def split_name(name: str) -> NameParts:
    """Split a printed name: by capitals, by Japanese and East Asian name lists, else western order."""
    words = [word for word in name.replace(",", " ").split() if word]
    while len(words) > 1 and plain(words[-1]) in suffixes() and plain(words[-1]) not in ("senior", "junior"):
        words.pop()
    if len(words) < 2:
        return NameParts(None, words[0] if words else None, "single") if words else NameParts(None, None, None)
    return _by_capitals(words) or _by_japanese(words) or _by_east_asian(words) or _western(words)


def _by_capitals(words: list[str]) -> NameParts | None:
    capitals = [word for word in words if word.isupper() and len(word.strip(".")) > 1 and "." not in word]
    others = [word for word in words if word not in capitals]
    if capitals and others and any(len(word.strip(".")) > 1 for word in others):
        start = min(words.index(word) for word in capitals)
        while start and words[start - 1].lower() in particles():
            start -= 1
            capitals.insert(0, others.pop(others.index(words[start])))
        return NameParts(" ".join(others), " ".join(capitals), "capitals")
    return None


def _by_japanese(words: list[str]) -> NameParts | None:
    if len(words) != 2:
        return None
    first, second = words
    scores = [_japanese_score(first, second), _japanese_score(second, first)]
    if max(scores) <= 0 or scores[0] == scores[1]:
        return None
    return (
        NameParts(second, first, "japanese_names")
        if scores[0] > scores[1]
        else NameParts(first, second, "japanese_names")
    )


def _japanese_score(family: str, given: str) -> float:
    """How well a pair reads as Japanese family and given name; above 0 only where both words are known as such."""
    count = japanese_surnames().get(romaji(family), 0)
    return log(count + 1) if count and romaji(given) in japanese_given_names() else 0.0


def _by_east_asian(words: list[str]) -> NameParts | None:
    first, last = fold(words[0]), fold(words[-1])
    known = east_asian_surnames()
    if first not in known:
        return None
    hyphenated = any("-" in word for word in words[1:])
    if len(words) == 3 and last not in known and not is_western(words[1]):
        return NameParts(" ".join(words[1:]), words[0], "east_asian_surnames")
    if hyphenated or (len(words) == 2 and last not in known and not is_western(words[-1]) and len(words[-1]) <= 7):
        return NameParts(" ".join(words[1:]), words[0], "east_asian_surnames")
    if len(words) >= 3 and (first.startswith("ng") or words[1].lower() in ("van", "thi", "thị", "văn", "duc", "minh")):
        return NameParts(" ".join(words[1:]), words[0], "east_asian_surnames")
    return None


def is_western(word: str) -> bool:
    return fold(word) in western_given_names() and fold(word) not in east_asian_surnames()


def _western(words: list[str]) -> NameParts:
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in particles() and words[start - 1][0].islower():
        start -= 1
    if start == 1 and words[0].lower() in particles() and words[0].lower() not in ("al", "ben", "ap", "san"):
        return NameParts(None, " ".join(words), "single")
    return NameParts(" ".join(words[:start]), " ".join(words[start:]), "western_order")
