"""What leads from a name to a post in a sentence: an age, "is currently", "has been", "appointed … as"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.people.extents import closing
from extract.people.lexicon import small_words
from extract.people.tokens import Token

COPULAS = small_words("copulas")
_ADVERBS = small_words("adverbs")


def after_age(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where the age ends that newspapers set after a name ("Jo Doe, 58, …")."""
    if index + 2 < limit and tokens[index].text == "," and tokens[index + 2].text == ",":
        age = tokens[index + 1]
        if age.kind == "number" and age.text.isdigit() and len(age.text) <= 2:
            return index + 2
    return index


def after_copula(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where the post starts in "NAME (…) is (currently) the Director of …", 0 where there is none."""
    position = index
    if position < limit and tokens[position].text == "(":
        close = closing(tokens, position, limit)
        position = close + 1 if close else limit
    if position + 1 < limit and tokens[position].text == "," and tokens[position + 1].lower in ("is", "ist", "est"):
        position += 1  # "The speaker, Jo Doe, is …"
    if taken := _after_taking_office(tokens, position, limit):
        return taken
    if position + 2 < limit and (tokens[position].lower, tokens[position + 1].lower) == ("has", "been"):
        position += 1
    elif position < limit and tokens[position].lower == "as":
        return position + 1 if _is_appointed(tokens, index) and position + 1 < limit else 0
    elif position + 1 < limit and tokens[position].lower in _ADVERBS and tokens[position + 1].lower in COPULAS:
        position += 1
    if position >= limit or tokens[position].lower not in COPULAS | {"been"} or tokens[position].text[0].isupper():
        return 0
    position += 1
    while position < limit and tokens[position].lower in _ADVERBS:
        position += 1
    return position if position < limit else 0


_LONGEST_TAKING = 10
"""Tokens from the verb to the "as" of "took up her duties at the Institute as …"."""


def _after_taking_office(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where the post starts in "NAME assumed her duties as …", "NAME was appointed …"; 0 where none does."""
    if index + 2 >= limit or not tokens[index].text.islower():
        return 0
    position = index
    if tokens[position].lower in small_words("being") | {"has", "became"}:
        while position < limit and tokens[position].lower in small_words("being") | _ADVERBS - {"also"} | {"has"}:
            position += 1
        if position < limit and tokens[position].lower in {"became", "become"}:
            return _behind_articles(tokens, position + 1, limit)
        if position < limit and tokens[position].lower in {"served", "worked", "serving"}:
            return _behind_as(tokens, position + 1, limit)
        if position >= limit or tokens[position].lower not in small_words("appointments") or position == index:
            return 0
        return _behind_as(tokens, position + 1, limit) or _behind_articles(tokens, position + 1, limit)
    if tokens[position].lower in small_words("taking_office"):
        return _behind_as(tokens, position + 1, limit)
    return 0


def _behind_as(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where the post starts behind an "as" within a few tokens of the same clause; 0 where there is none."""
    for position in range(index, min(index + _LONGEST_TAKING, limit - 1)):
        is_in_date = tokens[position].text == "," and tokens[position + 1].kind == "number"
        if tokens[position].kind == "sign" and tokens[position].text not in "-'’" and not is_in_date:
            return 0
        if tokens[position].lower == "as":
            return _behind_articles(tokens, position + 1, limit)
    return 0


def _behind_articles(tokens: Sequence[Token], index: int, limit: int) -> int:
    while index < limit and tokens[index].lower in _ADVERBS | {"new", "as", "to", "position", "of", "post", "role"}:
        index += 1
    return index if index < limit else 0


def _is_appointed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb of appointment leads to the name that ends at `index` ("appointed Jo Doe as …")."""
    return any(token.lower in small_words("appointments") for token in tokens[max(index - 8, 0) : index])
