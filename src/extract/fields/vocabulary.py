"""Word lists: the tables under `extract/vocabularies`, and phrase patterns made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """Return the word list `name` as its file has it.  Callers must not change it."""
    text = (files("extract") / "vocabularies" / f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def words_of(name: str, *path: str) -> tuple[str, ...]:
    """Return the list of words at a path of a vocabulary, e.g. ("status", "cancelled", "notice")."""
    node: Any = vocabulary(name)
    for key in path:
        node = node[key]
    return tuple(node)


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
