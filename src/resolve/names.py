"""Comparable forms of names: what two spellings of one person, organisation or title have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# letters that NFKD leaves whole
_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "’": "'"})
_SPELLINGS = {
    "center": "centre",
    "defense": "defence",
    "dept": "department",
    "intl": "international",
    "labor": "labour",
    "organization": "organisation",
    "program": "programme",
    "univ": "university",
}
_SMALL = frozenset("the of for and in on at de la le les des du der die das und et do da dos del di".split())  # noqa: SIM905
_BRACKETED = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return the words of a text in lower case without accents or punctuation, one blank between them."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", letters))


def person_key(name: str) -> str:
    """Return a key that all orders of the words of a person's name share ("TANAKA Ichirō" = "Ichiro Tanaka")."""
    return " ".join(sorted(fold(name).split()))


def organisation_key(name: str) -> str:
    """Return a key without small words, bracketed acronyms and British or American spelling."""
    words = [_SPELLINGS.get(word, word) for word in fold(_BRACKETED.sub(" ", name)).split()]
    return " ".join([word for word in words if word not in _SMALL] or words) or fold(name)


def content_words(text: str) -> frozenset[str]:
    """Return the words of a title that carry meaning."""
    return frozenset(organisation_key(text).split())
