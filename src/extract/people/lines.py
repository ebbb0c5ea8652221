"""What a block is by its words: a line of a list to be read to its end, sentences, a roll of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.people.phrases import classify
from extract.people.roles import starts_with_time
from extract.people.tokens import Token
from ingest.document import Block

_LINE_KINDS = frozenset({"list_item", "table_row", "key_value", "heading", "title", "caption", "signature"})
_SENTENCE_WORDS = 9
"""From so many words on, a line with a full stop or mostly small words is read as sentences."""


def is_line(block: Block, tokens: Sequence[Token]) -> bool:
    """Whether a block is a line of a list or table, to be read to its end, rather than sentences."""
    words = [token for token in tokens if token.kind == "word"]
    if len(words) < _SENTENCE_WORDS:
        return True
    small = sum(token.text[0].islower() for token in words) / len(words)
    ends = tokens[-1].text in ".!?" or (tokens[-1].kind == "quote" and tokens[-2].text in ".!?")
    if tokens[0].kind == "number" and starts_with_time(tokens[0].text):
        return small < 0.75 and not (ends and small > 0.6)
    if block.kind == "table_row":
        return not (ends and small > 0.6)
    if block.kind in _LINE_KINDS:
        if ends and block.kind == "list_item" and _has_two_sentences(tokens):
            return False
        return small < 0.55 and not (ends and small > 0.45)
    return small < 0.4 and not (ends and small > 0.3)


def _has_two_sentences(tokens: Sequence[Token]) -> bool:
    """Whether a full stop behind a word in small letters, with more to follow, stands inside a block."""
    return any(
        token.text == "."
        and tokens[index - 1].text.islower()
        and tokens[index + 1].gap
        and tokens[index + 1].is_capital
        for index, token in enumerate(tokens[1:-1], 1)
    )


def is_roll(tokens: Sequence[Token], *, is_below_heading: bool) -> bool:
    """Whether a block enumerates people: most of its pieces between commas are a few capitalised words."""
    pieces = list(_pieces(tokens))
    if len(pieces) < 4:
        return is_below_heading and len(tokens) <= 5
    names = sum(
        2 <= len(piece) <= 5
        and all(token.kind == "word" for token in piece)
        and piece[0].is_capital
        and classify(piece) not in ("post", "body", "unit")
        for piece in pieces
    )
    return names >= 0.7 * len(pieces)


def _pieces(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    piece: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.text == "(") - (token.text == ")")
        if token.text in ",;" and depth == 0:
            yield piece
            piece = []
        elif depth == 0 and token.text != ")" and token.lower not in ("and", "&"):
            piece.append(token)
    if piece:
        yield piece
