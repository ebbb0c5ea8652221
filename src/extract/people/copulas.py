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


def _is_appointed(tokens: Sequence[Token], index: int) -> bool:
    """Whether a verb of appointment leads to the name that ends at `index` ("appointed Jo Doe as …")."""
    return any(token.lower in small_words("appointments") for token in tokens[max(index - 8, 0) : index])
