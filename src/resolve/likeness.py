"""Whether two written names can be one person's: orders, scripts, romanisations, initials, middle and married names.

A likeness alone never joins two people; `people` also wants a shared context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import Levenshtein

from extract.vocabularies import read_rows, read_toml
from resolve.names import fold

# Sounds that romanisations and transliterations write in several ways, applied in this order.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"oh(?=[^aeiouy]|$)", "o"),  # Ohno, Satoh
        (r"ou", "o"),
        (r"([aou])e(?=[^aeiou]|$)", r"\1"),  # ae, oe, ue for umlauts
        (r"m(?=[bp])", "n"),  # Shimbun
        (r"ph", "f"),
        (r"ck|q(?=u)", "k"),
        (r"kh", "h"),
        (r"s(?:hch|zcz)", "s"),
        (r"sh|sch|sy(?=[aou])", "s"),  # sho, syo
        (r"ch|cz|tch|ts|tz|ty(?=[aou])", "t"),  # chi, ti, tsu, tu
        (r"zh|dz|dj", "z"),
        (r"f(?=u)", "h"),  # Fuji, Huji
        (r"w", "v"),
        (r"[yj]", "i"),  # Julia, Yulia; Andrei, Andrey
        (r"x", "ks"),
        (r"(.)\1+", r"\1"),
    )
)


@cache
def word_list(name: str) -> frozenset[str]:
    """Return a list of `words.toml`."""
    return frozenset(read_toml("words", "resolve")[name])


@cache
def building_words() -> Mapping[str, str]:
    buildings: Mapping[str, str] = read_toml("words", "resolve")["buildings"]
    return buildings


@cache
def _letters() -> dict[int, str]:
    return {ord(row["letter"]): row["latin"] for row in read_rows("letters", "resolve")}


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    """Return the full names that each given name may stand for, itself included."""
    full: dict[str, set[str]] = {}
    for row in read_rows("nicknames", "resolve"):
        for short in (row["name"], *row["short"].split(";")):
            full.setdefault(short, set()).add(row["name"])
    return {short: frozenset(names) for short, names in full.items()}


@lru_cache(maxsize=16_384)
def name_tokens(name: str) -> tuple[str, ...]:
    """Return the words of a person's name in Latin letters, without titles, in the order written."""
    given, comma, rest = name.partition(",")
    words = fold(f"{rest} {given}" if comma else name).translate(_letters()).split()
    kept = [word for word in words if word not in word_list("titles")]
    return tuple(kept if len(kept) > 1 else words)


@lru_cache(maxsize=16_384)
def sound(token: str) -> str:
    """Return what the spellings of one sound have in common ("ohno", "ono"; "yulia", "julia")."""
    if len(token) < 3:
        return token
    for pattern, replacement in _SOUNDS:
        token = pattern.sub(replacement, token)
    return token


def explain_names(one: str, other: str) -> str | None:
    """Return how two written names can be one person's ("initials", …), None where they cannot."""
    return explain_tokens(name_tokens(one), name_tokens(other))


@lru_cache(maxsize=16_384)
def explain_tokens(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    """The same for names already taken apart.  A letter more or less is no likeness: Hiroshi is not Hitoshi."""
    if sorted(one) == sorted(other):
        return "the same words"
    if "".join(one) == "".join(other):
        return "the same letters, spaced otherwise"
    left, right = _unmatched(one, other, _same_sound)
    if not left and not right:
        return "the same sounds, spelled otherwise"
    full = sum(len(token) > 1 for token in one) - sum(len(token) > 1 for token in left)
    left, right = _unmatched(left, right, _same_given)
    shortened, rest = _initials(left, right)
    if full < 1 or (rest[0] and rest[1]):
        return None
    surplus = [*rest[0], *rest[1]]
    if shortened and all(len(token) == 1 for token in surplus):
        return "initials for a given name"
    if not left and not right:
        return "a short form of the given name"
    if surplus and full >= 2:
        return "a middle or second family name more"
    return None


def _same_sound(one: str, other: str) -> bool:
    return one == other or (len(one) > 2 and len(other) > 2 and sound(one) == sound(other))


def _same_given(one: str, other: str) -> bool:
    names = _nicknames()
    return bool(names.get(one, frozenset()) & names.get(other, frozenset()))


def _unmatched(one: Sequence[str], other: Sequence[str], is_same: Any) -> tuple[list[str], list[str]]:
    """Return the tokens of either side that find no partner on the other, each used once."""
    rest = list(other)
    left = []
    for token in one:
        partner = next((i for i, candidate in enumerate(rest) if is_same(token, candidate)), None)
        if partner is None:
            left.append(token)
        else:
            del rest[partner]
    return left, rest


def _initials(left: Sequence[str], right: Sequence[str]) -> tuple[int, tuple[list[str], list[str]]]:
    """Let initials stand for words that begin with them; return how many did, and what is left on either side."""

    def is_initial(one: str, other: str) -> bool:
        return min(len(one), len(other)) == 1 < max(len(one), len(other)) and one[0] == other[0]

    rest = _unmatched(left, right, is_initial)
    return len(left) - len(rest[0]), rest


def name_likeness(one: str, other: str) -> float:
    """Return how alike two names of people are, 0 to 1, for proposals and for `convenor why`; never joins anything."""
    first, second = name_tokens(one), name_tokens(other)
    if not first or not second:
        return 0.0
    if explain_tokens(first, second):
        return 1.0
    short, long = sorted((first, second), key=lambda tokens: (len(tokens), tokens))
    rest = list(long)
    scores = []
    for token in sorted(short, key=len, reverse=True):
        best = max(rest, key=lambda candidate: (_token_likeness(token, candidate), candidate), default="")
        scores.append((_token_likeness(token, best), len(token)))
        if best:
            rest.remove(best)
    # the worst word counts, not the mean: namesakes differ in one word
    worst = min((score for score, length in scores if length > 1), default=0.0)
    mean = sum(score * length for score, length in scores) / sum(length for _, length in scores)
    covered = sum(length for _, length in scores) / max(1, sum(len(token) for token in long))
    return round(min(mean, worst + 0.2) * (0.75 + 0.25 * min(1.0, covered * 1.25)), 4)


def _token_likeness(one: str, other: str) -> float:
    if not other:
        return 0.0
    if one == other or _same_sound(one, other) or _same_given(one, other):
        return 1.0
    if min(len(one), len(other)) == 1:
        return 0.9 if one[0] == other[0] else 0.0
    pairs = ((one, other), (sound(one), sound(other)))
    return max(Levenshtein.normalized_similarity(*pair) for pair in pairs)
