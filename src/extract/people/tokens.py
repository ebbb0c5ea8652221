"""Words, numbers and signs of a stretch of text with their offsets: what names, posts and roles are read from."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extract.people.lexicon import abbreviations, plain

Kind = Literal["word", "number", "sign", "handle", "link", "quote"]

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s)\]>]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<handle>(?<![\w@])@\w+)"
    r"|(?P<possessive>(?<=\w)['’]s\b)"
    r"|(?P<clitic>(?<!\w)(?:L['’](?=[A-ZÀ-Ý])|(?:l|dell|all|nell|sull|dall)['’](?=\w)|d['’](?=[a-zà-ÿ]))|(?:dott|prof)\.ssa\b|sig\.ra\b)"
    r"|(?P<word>a\. ?D\.|"
    r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:[\w]|['’`´‑-](?=\w)(?!(?<=['’])s\b)|(?<=[a-z])\.(?=(?:gov|com|org|eu|net|int)\b))*)"
    r"|(?P<number>\d[\w.,:/–-]*\w|\d)"
    r"|(?P<quote>[“”„«»\"])"
    r"|(?P<sign>[^\s\w]|_)"
)
_KINDS: dict[str, Kind] = {
    "link": "link",
    "handle": "handle",
    "possessive": "sign",
    "clitic": "word",
    "word": "word",
    "number": "number",
    "quote": "quote",
    "sign": "sign",
}
_WIDE = {"（": "(", "）": ")", "，": ",", "、": ",", "：": ":", "／": "/", "；": ";", "｜": "|"}
"""Signs of East Asian text are read as their Latin twins; offsets stay those of the text."""
_MARKUP = frozenset("*_#`~")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or sign: text[start:end] of the document; `gap` is the blank, TAB or newline before it, or ""."""

    text: str
    start: int
    end: int
    kind: Kind
    gap: str
    lower: str
    """The word in lower case without its last full stop: the form in which word lists are matched."""

    @property
    def is_capital(self) -> bool:
        """True where it is written like a name: a capital first letter, or one after "al-" or "d'"."""
        if self.kind != "word":
            return False
        if self.text[0].isupper():
            return True
        for mark in "-'’":
            head, _, tail = self.text.partition(mark)
            if len(head) <= 4 and tail[:1].isupper() and len(tail) > 1:
                return True
        return False

    @property
    def is_all_caps(self) -> bool:
        return self.kind == "word" and len(self.text) > 1 and self.text.isupper() and "." not in self.text

    @property
    def is_initial(self) -> bool:
        letters = self.text.replace(".", "").replace("-", "")
        return (
            self.kind == "word"
            and self.text[0].isupper()
            and (len(letters) == 1 or ("." in self.text and len(letters) <= 3 and letters.isupper()))
        )


@lru_cache(maxsize=512)
def tokenise(text: str, offset: int = 0) -> tuple[Token, ...]:
    """Return the tokens of a stretch of text; `offset` is where it starts in the document.

    A full stop belongs to an abbreviation ("Mr.", "Z.") and is a sign of its own after other words.  Signs of
    markup ("**") are left out.
    """
    tokens: list[Token] = []
    position = previous = 0
    while match := _TOKEN.search(text, position):
        kind = _KINDS[match.lastgroup or "sign"]
        start, end = match.span()
        if kind == "word" and text[end : end + 1] == "." and text[end - 1] != ".":
            word = match.group()
            if (len(word) == 1 and word.isupper()) or plain(word) in abbreviations():
                end += 1
        position = end
        if text[start:end] in _MARKUP:
            continue
        blank = text[previous:start].strip("*_#`~")
        gap = "\n" if "\n" in blank else "\t" if "\t" in blank else " " if blank else ""
        word = _WIDE.get(text[start:end], text[start:end])
        tokens.append(
            Token(word, offset + start, offset + end, kind, gap if tokens else "\n", plain(word.replace(" ", "")))
        )
        previous = end
    return tuple(tokens)


def index_at(tokens: Sequence[Token], start: int) -> int:
    """Return the index of the first token that begins at or after a character offset."""
    return bisect_left(tokens, start, key=lambda token: token.start)


def tokens_between(tokens: Sequence[Token], span: tuple[int, int]) -> list[Token]:
    """Return the tokens that lie within a character span."""
    found = list(tokens[index_at(tokens, span[0]) : index_at(tokens, span[1])])
    return found[:-1] if found and found[-1].end > span[1] else found
