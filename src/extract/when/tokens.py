"""A light tokenizer for dates: numbers, words, single CJK characters, punctuation, with the gap before each."""

from __future__ import annotations

import re
from typing import Final

JOINED, SPACE, COLUMN, LINE, PARAGRAPH = range(5)
"""How a token is parted from the one before: not at all, by blanks, a column gap, a line end, an empty line."""

_CJK: Final = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
CJK: Final = re.compile(rf"[{_CJK}]")
"""A character of a language that writes words together."""
_GLUED: Final = r"(?<=:)\d\d(?=\d\d?:\d\d(?!\d))|(?<=[a-z] )(?:19|20)\d\d(?=\d\d?(?:st|nd|rd|th)\b)"
"""What a page prints without a blank is cut apart: "09:0017:00", "June 202011th June 2020"."""
_TOKEN: Final = re.compile(rf"{_GLUED}|\d+|[{_CJK}]|[^\W\d_{_CJK}]+|[^\s\u200b]")


class Token:
    """A piece of the text: `low` is its lower case, `number` its value when it is digits (at most 14), else -1."""

    __slots__ = ("end", "gap", "low", "number", "start", "text")

    def __init__(self, text: str, start: int, end: int, gap: int) -> None:
        self.text = text
        self.low = text.lower()
        self.start = start
        self.end = end
        self.gap = gap
        self.number = int(text) if end - start < 15 and text.isdecimal() else -1

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.start}, {self.end})"


END: Final = Token("", 0, 0, PARAGRAPH)
"""Stands for any position past the last token, so that look-ahead needs no bounds checks."""


class Tokens(list[Token]):
    """The tokens of a text; indexing past either end with `at` gives END."""

    def at(self, index: int) -> Token:
        return self[index] if 0 <= index < len(self) else END


def tokenize(text: str) -> Tokens:
    """Cut a text into tokens, in one pass; `text[token.start:token.end] == token.text` always."""
    tokens = Tokens()
    previous = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        gap = JOINED if start == previous and tokens else _gap(text[previous:start])
        tokens.append(Token(match.group(), start, end, gap))
        previous = end
    _close_leaves(tokens)
    return tokens


def _close_leaves(tokens: Tokens) -> None:
    """Draw together the day, month and year of a calendar leaf, which pages print one below the other."""
    for index, token in enumerate(tokens):
        if token.gap == PARAGRAPH and index and tokens.at(index + 1).gap >= LINE:
            before = tokens[index - 1]
            if before.gap < LINE and index > 1:
                continue
            if (token.number >= 0) != (before.number >= 0) and _is_leaf_part(token) and _is_leaf_part(before):
                token.gap = LINE


def _is_leaf_part(token: Token) -> bool:
    """Return whether a token may be a day, a year or the name of a month or weekday."""
    return len(token.text) in (1, 2, 4) if token.number >= 0 else 3 <= len(token.text) <= 9 and token.text.isalpha()


def _gap(between: str) -> int:
    if between == " ":
        return SPACE
    lines = between.count("\n")
    if lines:
        return LINE if lines == 1 else PARAGRAPH
    return COLUMN if "\t" in between or len(between) > 3 else SPACE
