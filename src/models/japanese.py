"""People, posts and organisations in Japanese sentences, by GiNZA where the extra `ja` installed it.

read = japanese_reader()   # None without the extra
read("…")                  # [(start, end, "PERSON" | "ORG" | "POSITION"), …]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec

import spacy
from spacy.language import Language

PACKAGE = "ja_ginza"
Reader = Callable[[str], list[tuple[int, int, str]]]

LABELS = {
    "Person": "PERSON",
    "Position_Vocation": "POSITION",
    **dict.fromkeys(
        (
            "Organization_Other", "N_Organization", "International_Organization", "Company", "Company_Group",
            "Government", "Political_Organization_Other", "Political_Party", "Cabinet", "Military",
            "Corporation_Other", "School",
            "Research_Institute", "Public_Institution", "Newspaper",
        ),
        "ORG",
    ),
}  # fmt: skip
"""Sekine's extended classes to ours; places, events and things are read by other parts."""
MAX_PIECE = 8_000
"""Characters read at once: the tokenizer refuses more than 49,149 bytes."""
_PIECE = re.compile(rf"[^\n]{{1,{MAX_PIECE}}}")


def japanese_reader() -> Reader | None:
    """Return what reads Japanese sentences, None where the extra `ja` is not installed; loads at its first text."""
    return _read if find_spec(PACKAGE) else None


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    return spacy.load(PACKAGE, exclude=["parser", "morphologizer", "compound_splitter", "bunsetu_recognizer"])


def _read(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for start, piece in _pieces(text):
        for entity in _pipeline()(piece).ents:
            if label := LABELS.get(entity.label_):
                found.append((start + entity.start_char, start + entity.end_char, label))
    return found


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for match in _PIECE.finditer(text):
        yield match.start(), match.group()
