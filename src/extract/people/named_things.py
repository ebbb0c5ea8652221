"""Streets, schools, prizes, ships and cities that are named like people and are none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.people.lexicon import (
    common_words,
    countries,
    fold,
    plain,
    post_heads,
    post_modifiers,
    small_words,
    western_given_names,
    word_set,
)
from extract.people.name_parts import is_given, is_surname
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
            return not _begins_post(tokens, index)
        if not is_titled and token.lower not in common_words() and index == last:
            break
        index += 1
    if is_titled:
        return _is_namesake(tokens, lead, first)
    if _is_fellowship(tokens, lead, last) or _is_acronym_in_city(tokens, first, last):
        return True
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
    is_room = final.lower in _ROOMS and is_surname(opener.text) and fold(opener.text) not in western_given_names()
    if final.lower in after and (last - first > 2 or not is_surname(final.text) or is_room):
        return True
    name = " ".join(token.text for token in tokens[first:last])
    return plain(name) in countries() or (last - first <= 3 and _is_city(name))


def _is_acronym_in_city(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether letters that are no surname stand before a city ("ENS Paris"): a body there."""
    if (
        last - first != 2
        or not tokens[first].is_all_caps
        or tokens[last - 1].is_all_caps
        or len(tokens[first].text) > 5
    ):
        return False
    return not is_surname(tokens[first].text) and not is_given(tokens[first].text) and _is_city(tokens[last - 1].text)


def _is_fellowship(tokens: Sequence[Token], lead: int, last: int) -> bool:
    """Whether a fellowship or chair bears a name behind the comma of who holds it ("Jo Doe, Ann Roe Senior Fellow")."""
    if (
        lead < 2
        or (tokens[lead - 1].text != "," and tokens[lead - 1].text != "the")
        or last >= len(tokens)
        or tokens[last].gap != " "
    ):
        return False
    index = last
    while (
        index < min(last + 4, len(tokens) - 1) and tokens[index].is_capital and tokens[index].lower in post_modifiers()
    ):
        index += 1
    return tokens[index].is_capital and tokens[index].lower in (
        {"fellow", "scholar", "professor", "chair"} if index > last else {"fellow", "scholar"}
    )


def _is_namesake(tokens: Sequence[Token], lead: int, first: int) -> bool:
    """Whether a ship, a university or a street bears a name with its title ("HMS Queen Elizabeth")."""
    if not lead or tokens[lead].gap != " " or not tokens[lead].text[0].isupper():
        return False
    before = tokens[lead - 1].lower
    return before in word_set("ships_before") or (
        before in word_set("named_things_before") - {"the"} and tokens[first - 1].lower in word_set("royal_titles")
    )


def _begins_post(tokens: Sequence[Token], index: int) -> bool:
    """Whether such a word belongs to a post beside a name ("Jo Doe Programme Director", "… First Sea Lord")."""
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if follower is None or not follower.is_capital or follower.gap != " ":
        return False
    return (follower.lower,) in post_heads() or (tokens[index].lower, follower.lower) in post_heads()


def _is_before_thing(tokens: Sequence[Token], lead: int) -> bool:
    before = tokens[lead - 1]
    if before.text == "/" and lead >= 2 and tokens[lead - 2].lower == "c":
        return True
    if before.kind != "word" or before.lower not in word_set("named_things_before"):
        return False
    return before.lower != "the" or (lead < 2 or tokens[lead - 2].kind == "word")


_ROOMS = small_words("rooms")
_WHERE = frozenset({"at", "in", "on", "near"})


_LARGE_CITY = 150_000
"""Inhabitants from which a city counts under any of its names, not only its main one."""


@lru_cache(maxsize=4096)
def _is_city(name: str) -> bool:
    city = find_city(name)
    return city is not None and (fold(city.name) == fold(name) or city.population > _LARGE_CITY)
