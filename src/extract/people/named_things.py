"""Streets, schools, prizes, ships and cities that are named like people and are none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.people.lexicon import (
    common_words,
    countries,
    fold,
    plain,
    word_set,
)
from extract.people.name_parts import is_surname
from extract.people.tokens import Token
from extract.places import find_city


def is_named_thing(tokens: Sequence[Token], lead: int, first: int, last: int, *, is_titled: bool) -> bool:
    """Whether the words name a street, a school, a prize, a ship, a city, … rather than a person."""
    after = word_set("named_things_after")
    index = last
    while index < len(tokens) and index < last + 4:
        token = tokens[index]
        if token.gap != " " or not (token.is_capital or token.text == "&"):
            break
        if token.lower in after:
            return True
        if not is_titled and token.lower not in common_words() and index == last:
            break
        index += 1
    if is_titled:
        return False
    opener = tokens[first]
    if opener.lower in word_set("named_things_before") and len(opener.text) > 2 and opener.text[0].isupper():
        return True
    if (
        lead
        and (tokens[lead - 1].kind == "number" or tokens[lead - 1].lower in _WHERE)
        and tokens[last - 1].lower in after
    ):
        return True
    if lead and tokens[lead].gap in (" ", "") and _is_before_thing(tokens, lead):
        return True
    final = tokens[last - 1]
    if final.lower in after and (last - first > 2 or not is_surname(final.text)):
        return True
    name = " ".join(token.text for token in tokens[first:last])
    return plain(name) in countries() or (last - first <= 3 and _is_city(name))


def _is_before_thing(tokens: Sequence[Token], lead: int) -> bool:
    before = tokens[lead - 1]
    if before.text == "/" and lead >= 2 and tokens[lead - 2].lower == "c":
        return True
    if before.kind != "word" or before.lower not in word_set("named_things_before"):
        return False
    return before.lower != "the" or (lead < 2 or tokens[lead - 2].kind == "word")


_WHERE = frozenset({"at", "in", "on", "near"})


_LARGE_CITY = 150_000
"""Inhabitants from which a city counts under any of its names, not only its main one."""


@lru_cache(maxsize=4096)
def _is_city(name: str) -> bool:
    city = find_city(name)
    return city is not None and (fold(city.name) == fold(name) or city.population > _LARGE_CITY)
