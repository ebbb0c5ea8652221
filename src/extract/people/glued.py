"""Cards whose lines a web page runs together ("SpeakerJo DoeDirectorHarbour Institute"): the seams are found again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.people.lexicon import plain, post_modifiers, post_words
from extract.people.phrases import role_labels
from extract.people.tokens import Token

_SEAM = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z]{2})(?=[A-Z][a-z]{3})")
_NAME_HEADS = ("Mc", "Mac", "De", "Di", "Du", "La", "Le", "Van", "Von", "Fitz", "Del", "Da", "O", "St")
"""Beginnings of surnames written with a capital inside ("McArthur")."""


def unglued(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens with words parted at their seams, each part on a line of its own; other rows as they are.

    A row counts as run together where a part beside a seam is the label of a role or a post: a capital inside a
    word alone is no sign ("McArthur", "YouTube").
    """
    if not any(token.kind == "word" and _SEAM.search(token.text) for token in tokens):
        return tokens
    parts = [_parted(token) for token in tokens]
    if not any(len(pieces) > 1 and _tells(pieces) for pieces in parts):
        return tokens
    return tuple(piece for pieces in parts for piece in pieces)


def _parted(token: Token) -> list[Token]:
    """Return the pieces of a word between its seams, in order, with true offsets."""
    if token.kind != "word":
        return [token]
    cuts = [0]
    for match in _SEAM.finditer(token.text):
        if token.text[cuts[-1] : match.start()] not in _NAME_HEADS:
            cuts.append(match.start())
    ends = [*cuts[1:], len(token.text)]
    pieces = [token.text[start:end] for start, end in zip(cuts, ends, strict=True)]
    return [
        replace(
            token,
            text=piece,
            start=token.start + start,
            end=token.start + start + len(piece) if end < len(token.text) else token.end,
            gap="\n" if start else token.gap,
            lower=plain(piece),
        )
        for piece, start, end in zip(pieces, cuts, ends, strict=True)
    ]


def _tells(pieces: list[Token]) -> bool:
    """Whether a part is a role's label at the start, or a post behind a seam."""
    if (pieces[0].lower,) in role_labels():
        return True
    return any(
        set(piece.lower.split("-")) & post_words() or piece.lower in post_modifiers() for piece in pieces[1:]
    ) or (pieces[0].lower in post_words() and len(pieces[1].text) > 1)
