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

    One flat alternation of literals: matching costs time linear in the text.  Phrases in Japanese need no
    word edges.
    """
    ordered = sorted({phrase.strip() for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_bounded, ordered)), re.IGNORECASE)


def _bounded(phrase: str) -> str:
    literal = re.escape(phrase).replace(r"\ ", r"\s+")
    before = r"(?<!\w)" if phrase[0].isalnum() and phrase[0].isascii() else ""
    after = r"(?!\w)" if phrase[-1].isalnum() and not "\u3040" <= phrase[-1] <= "\u9fff" else ""
    return f"{before}{literal}{after}"


@cache
def pattern_of(name: str, *path: str) -> re.Pattern[str]:
    """Return the phrase pattern of a list of a vocabulary."""
    return phrase_pattern(words_of(name, *path))
