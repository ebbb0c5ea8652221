"""Rows of names: in "A, B, C and D", what stands between known names is a name too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.people.lexicon import after_name, common_words, countries, honorifics, never_in_names, particles
from extract.people.name_parts import is_given, is_surname
from extract.people.names import GIVEN, OUT_OF_SERVICE, Name, match_phrase
from extract.people.phrases import AND
from extract.people.tokens import Token

_FEWEST = 4
"""Pieces that make a row: shorter ones are read name by name."""
_SHARE = 0.6
"""Share of pieces of a row that must be names by themselves before the others are taken for names."""
_LONGEST_PIECE = 5


@dataclass(frozen=True, slots=True)
class _Piece:
    first: int
    last: int
    name: Name | None


def complete_rolls(tokens: Sequence[Token], names: list[Name], *, is_roll: bool) -> list[Name]:
    """Return the names with those added that only their place in a row of names shows.

    `is_roll`: the block as a whole is known to enumerate people (a list of participants).
    """
    pieces = _pieces(tokens, names)
    added: list[Name] = []
    for run in _runs(pieces):
        known = sum(piece.name is not None and piece.name.strength >= GIVEN for piece in run)
        if (len(run) >= _FEWEST and known >= _SHARE * len(run)) or (is_roll and known * 2 >= len(run) > 2):
            added += [_as_name(tokens, piece) for piece in run if piece.name or _could_be_name(tokens, piece)]
    if is_roll and len(pieces) == 1 and pieces[0].name is None and _could_be_name(tokens, pieces[0], is_alone=True):
        added.append(_as_name(tokens, pieces[0]))
    spans = {(name.first, name.last) for name in added}
    kept = [name for name in names if (name.first, name.last) not in spans and not _overlaps(name, added)]
    return sorted([*kept, *added], key=lambda name: name.first)


def _pieces(tokens: Sequence[Token], names: list[Name]) -> list[_Piece]:
    """Cut tokens at commas, semicolons and "and"; brackets belong to the piece before them."""
    pieces: list[_Piece] = []
    first, depth, ahead = 0, 0, 0
    last: int | None = None
    for index in range(len(tokens) + 1):
        token = tokens[index] if index < len(tokens) else None
        if token is not None:
            if token.text == "(":
                depth += 1
                last = index if depth == 1 and last is None else last
                continue
            if token.text == ")":
                depth = max(depth - 1, 0)
                continue
            if depth:
                continue
        is_cut = token is None or token.text in ",;:." or token.lower in AND
        if not is_cut:
            continue
        end = index if last is None else last
        if first < end and not all(word.lower in after_name() for word in tokens[first:end]):
            while ahead < len(names) and names[ahead].lead < first:
                ahead += 1
            name = names[ahead] if ahead < len(names) and names[ahead].last <= end else None
            pieces.append(_Piece(first, end, name))
        if token is not None and token.text in ":.":
            pieces.append(_Piece(index, index, None))
        first, last = index + 1, None
    return pieces


def _runs(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Return stretches of neighbouring pieces that hold no more than a possible name each."""
    runs: list[list[_Piece]] = []
    run: list[_Piece] = []
    for piece in pieces:
        if 0 < piece.last - piece.first <= _LONGEST_PIECE + 2 and (piece.name is None or _fills(piece)):
            run.append(piece)
        else:
            runs.append(run)
            run = []
    return [*runs, run]


def _fills(piece: _Piece) -> bool:
    """Whether a name makes up its piece but for titles and a word or two before ("were", "members")."""
    return piece.name is not None and piece.name.last == piece.last


def _could_be_name(tokens: Sequence[Token], piece: _Piece, *, is_alone: bool = False) -> bool:
    words = tokens[piece.first : piece.last]
    if (
        (is_alone and len(words) < 2)
        or not 0 < len(words) <= _LONGEST_PIECE
        or any(word.kind != "word" for word in words)
    ):
        return False
    if match_phrase(words, 0, honorifics()) == len(words):
        return False  # "COL (ret) Jo Doe"
    odd = [
        word
        for word in words
        if {word.lower, word.lower.rstrip("s")} & never_in_names()
        and not is_surname(word.text)
        and not is_given(word.text)
    ]
    plain_words = [word for word in words if word.lower not in common_words()]
    if (odd and (len(odd) > 1 or not plain_words or words[-1] in odd)) or " ".join(
        word.lower for word in words
    ) in countries():
        return False
    if any(word.text.islower() and word.lower not in particles() for word in words[1:]):
        return False  # "Ambassador of Arcadia": what someone is
    if words[-1].lower in OUT_OF_SERVICE:
        return False  # "Minister a. D."
    return words[0].is_capital or (len(words) > 1 and words[1].is_capital and len(words[0].text) <= 12)


def _as_name(tokens: Sequence[Token], piece: _Piece) -> Name:
    if piece.name is not None:
        return piece.name
    words = tuple(token.text for token in tokens[piece.first : piece.last])
    return Name(piece.first, piece.first, piece.last, GIVEN, words)


def _overlaps(name: Name, others: list[Name]) -> bool:
    return any(name.first < other.last and other.first < name.last for other in others)
