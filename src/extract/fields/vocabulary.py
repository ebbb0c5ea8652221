"""Phrase patterns made of the word lists under `extract/vocabularies`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract.vocabularies import words_of as words_of


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole words of any phrase, without case, the longest first.

    Flat alternations of literals, tried only where a word begins: matching costs time linear in the text.  Phrases in
    Japanese need no word edges.
    """
    ordered = sorted({phrase.strip() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    groups: dict[tuple[str, str], list[str]] = {}
    for phrase in ordered:
        before = r"(?<!\w)" if phrase[0].isalnum() and not _is_japanese(phrase[0]) else ""
        after = r"(?!\w)" if phrase[-1].isalnum() and not _is_japanese(phrase[-1]) else ""
        groups.setdefault((before, after), []).append(re.escape(phrase).replace(r"\ ", r"\s+"))
    alternatives = (f"{before}(?:{'|'.join(group)}){after}" for (before, after), group in groups.items())
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _is_japanese(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff"


@cache
def pattern_of(name: str, *path: str) -> re.Pattern[str]:
    """Return the phrase pattern of a list of a vocabulary."""
    return phrase_pattern(words_of(name, *path))
