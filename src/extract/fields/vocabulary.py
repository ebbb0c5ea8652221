"""Phrase patterns made of the word lists under `extract/vocabularies`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from extract.vocabularies import words_of as words_of


def phrase_pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole words of any phrase, without case, the longest first.

    Alternations of literals, tried only where a word begins: matching costs time linear in the text.  Phrases in
    Japanese need no word edges.
    """
    ordered = sorted({phrase.strip() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    groups: dict[tuple[str, str], list[str]] = {}
    for phrase in ordered:
        before = r"(?<!\w)" if phrase[0].isalnum() and not _is_japanese(phrase[0]) else ""
        after = r"(?!\w)" if phrase[-1].isalnum() and not _is_japanese(phrase[-1]) else ""
        groups.setdefault((before, after), []).append(phrase)
    alternatives = (f"{before}(?:{_shared(group)}){after}" for (before, after), group in groups.items())
    return re.compile("|".join(alternatives), re.IGNORECASE)


def _shared(phrases: Iterable[str]) -> str:
    """Return an alternation in which phrases share their beginnings, the longest first: "hel(?:d|lo)".

    At each letter at most one way leads on, so it costs the letters of a phrase where a flat list of 400 cost 400.
    """
    tree: dict[str, Any] = {}
    for phrase in phrases:
        node = tree
        for char in phrase:
            node = node.setdefault(r"\s+" if char == " " else re.escape(char), {})
        node[""] = {}
    return _alternation(tree)


def _alternation(node: dict[str, Any]) -> str:
    ways = [piece + _alternation(below) for piece, below in node.items() if piece]
    if not ways:
        return ""
    if len(ways) == 1 and "" not in node:
        return ways[0]
    return f"(?:{'|'.join(ways)})" + ("?" if "" in node else "")


def _is_japanese(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff"


@cache
def pattern_of(name: str, *path: str) -> re.Pattern[str]:
    """Return the phrase pattern of a list of a vocabulary."""
    return phrase_pattern(words_of(name, *path))
