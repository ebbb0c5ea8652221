"""Words of a text with folded keys: what names are looked up and walked by.

spaCy's tokenizer cuts "U.S.-EU" and "Digital.gov" for syntax; names need them cut for spelling, so the text is split
once more here, in one pass, and every word keeps its offsets.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extract.vocabularies import words_of

_WORD = re.compile(
    r"""(?P<address>(?:https?://|www\.)[^\s)\]>]+|[\w.+-]+@[\w-]+\.[\w.-]+|[@#]\w+)
    |(?P<initials>(?:[^\W\d_]\.){2,})
    |(?P<site>[^\W_][\w-]*\.(?:(?-i:[a-z]{2,6})|eu|int|gov|org|com)\b)
    |(?P<possessive>['’]s\b)
    |(?P<kanji>(?:主催|共催|後援|協賛)|(?:(?!主催|共催|後援|協賛)[\u3400-\u9fff\uf900-\ufaff々〆ヶ])+)
    |(?P<kana>[\u30a0-\u30ff]+|[\u3040-\u309f]+)
    |(?P<word>[^\W_\u3040-\u30ff\u3400-\u9fff]+)
    |(?P<mark>[^\w\s]|_)""",
    re.VERBOSE | re.IGNORECASE,
)
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_SPELLING = {
    "defense": "defence", "center": "centre", "centers": "centres", "program": "programme", "programs": "programmes",
    "labor": "labour", "theater": "theatre", "dept": "department", "univ": "university", "inst": "institute",
    "intl": "international", "natl": "national", "gov": "government", "licence": "license",
}  # fmt: skip
ABBREVIATED = frozenset(words_of("name_words", "abbreviated"))
FUNCTION_WORDS = frozenset(words_of("name_words", "function_words"))
SOFT = frozenset({",", "-", "‑", "–", "the", "/"})
"""Keys that may stand inside a name in one spelling and be missing in another."""
MIN_PLURAL = 5
"""Longest word whose final "s" is kept: shorter ones are names and acronyms ("Ceps", "Iris")."""
WRAPPED_LINE = 45
"""A line at least this long (characters) that is followed by a line break is taken to go on in the next line."""


def keyset(keys: str) -> frozenset[str]:
    """Return the keys written in one string, parted by spaces."""
    return frozenset(keys.split())


class Word(NamedTuple):
    """A word or mark of the text: [start, end) in code points, `key` folded for look-up ("" for addresses)."""

    text: str
    key: str
    start: int
    end: int
    kind: str
    breaks: bool
    """True where a name cannot reach across from the word before (new block, new line, column gap)."""


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return the look-up key of a word: no case, accents or full stops, one spelling for defence/defense."""
    key = word.casefold().translate(_LETTERS).replace(".", "").replace("’", "'")
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    if key.endswith(("ization", "izations")):
        key = key.replace("ization", "isation")
    if key == "&":
        return "and"
    return _SPELLING.get(key, key)


def stem(key: str) -> str:
    """Return a key without its plural "s", so that "Officers Council" and "Officer Council" are one name."""
    return key[:-1] if len(key) > MIN_PLURAL and key[-1] == "s" and key[-2] not in "su" else key


def split_words(text: str, block_starts: Iterable[int] = ()) -> list[Word]:
    """Split a text into words and marks; `block_starts` are offsets where names cannot go on."""
    words: list[Word] = []
    starts = sorted(block_starts)
    end, block = 0, -1
    for found in _WORD.finditer(text):
        kind = found.lastgroup or "mark"
        surface = found.group()
        here = bisect_right(starts, found.start())
        breaks = here != block or _is_break(text, end, found.start())
        block = here
        key = "" if kind == "address" else "'s" if kind == "possessive" else fold(surface)
        words.append(Word(surface, key, found.start(), found.end(), kind, breaks))
        end = found.end()
    return words


def _is_break(text: str, end: int, start: int) -> bool:
    if start == end or (start - end == 1 and text[end] == " "):
        return False
    gap = text[end:start]
    if "\t" in gap or gap.count("\n") > 1 or (len(gap) > 2 and "\n" not in gap):
        return True
    if "\n" not in gap:
        return False
    line_start = text.rfind("\n", 0, end) + 1
    return end - line_start < WRAPPED_LINE


@lru_cache(maxsize=65536)
def name_keys(name: str) -> tuple[str, ...]:
    """Return the keys by which a name is found: soft words dropped, so that commas and articles do not matter.

    >>> name_keys("The Ministry of Land, Infrastructure & Transport")
    ('ministry', 'of', 'land', 'infrastructure', 'and', 'transport')
    """
    return tuple(word.key for word in split_words(name) if word.key and word.key not in SOFT and word.key != ".")
