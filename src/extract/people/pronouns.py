"""The present post of someone named before, told by a pronoun: "He is now President of …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.people.after import read_after
from extract.people.copulas import after_copula
from extract.people.lexicon import small_words
from extract.people.phrases import Bodies
from extract.people.shown import Presentation
from extract.people.tokens import Token

_PRONOUNS = frozenset({"he", "she", "er", "sie", "il", "elle"})
_REACH = 24
"""Tokens of a sentence in which the present post may follow an earlier one ("He was … and is now …")."""


def complete_by_pronoun(
    tokens: Sequence[Token], found: list[Presentation], since: int, bodies: Bodies, surnames: Sequence[str] = ()
) -> list[Presentation]:
    """Return the presentations with the posts that sentences of this block tell of the last person before them.

    A sentence whose subject is one of the `surnames` of the presentations alone ("Doe is currently …") counts as well.
    `since` is the index of the first presentation of this block; a person of an earlier block is meant only where
    the block begins with the pronoun.
    """
    told = list(found)
    by_surname = {surname: index for index, surname in enumerate(surnames) if surname}
    for index, token in enumerate(tokens):
        is_first = index == 0 or tokens[index - 1].text in ".!?"
        if not (is_first and token.kind == "word" and token.text[0].isupper()):
            continue
        if token.lower in _PRONOUNS:
            last = next((i for i in range(len(told) - 1, -1, -1) if told[i].name[1] <= token.start), None)
            if last is not None and last < since and index > 0:
                continue
        else:
            last = by_surname.get(token.text)
        if last is None or told[last].post or told[last].name[1] > token.start:
            continue
        post, organisation = _present_post(tokens, index + 1, bodies)
        if post:
            told[last] = replace(told[last], post=post, organisation=organisation or told[last].organisation)
    return told


def _present_post(
    tokens: Sequence[Token], start: int, bodies: Bodies
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    end = next(
        (i for i in range(start, len(tokens)) if tokens[i].text in ".!?" and tokens[i].kind == "sign"), len(tokens)
    )
    for index in range(start, min(end, start + _REACH)):
        if tokens[index].lower in small_words("copulas") and after_copula(tokens, index, end):
            after = read_after(tokens, index, end, bodies, is_line=False)
            return after.post, after.organisation
    return None, None
