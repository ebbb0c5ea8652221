"""The shipped lists of organisations and instruments: CSV rows, compiled once into a tree of words."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from extract.gazetteer.words import ABBREVIATED, FUNCTION_WORDS, SOFT, Word, name_keys, stem
from extract.vocabularies import words_of

FOLDER = Path(__file__).parent
_LOWER_CASE_HEADS = frozenset(words_of("name_words", "lower_case_heads"))
MIN_TITLECASE_ACRONYM = 5
"""Acronyms of this many letters are also met as a word ("Unesco"); of the shorter ones only "Nato" ("Eric", "Plan")."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list: a name with its other forms."""

    id: str
    name: str
    acronym: str | None
    aliases: tuple[str, ...]
    type: str | None
    country: str | None
    parent_id: str | None
    external_ids: tuple[str, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        """Name, acronym and aliases, each once."""
        return tuple(dict.fromkeys(form for form in (self.name, self.acronym, *self.aliases) if form))


class Match(NamedTuple):
    """Words [start, end) spell a form of each of `entries`; `is_acronym` when the form is a short one."""

    start: int
    end: int
    entries: tuple[Entry, ...]
    form: str
    is_acronym: bool


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    forms: list[tuple[str, Entry]] = field(default_factory=list)


def is_acronym(form: str) -> bool:
    """Tell a short form that must be met in its own capitals ("NATO", "MoD", "UN-GGIM") from a name.

    >>> [is_acronym(f) for f in ("NATO", "MoD", "G7", "Rheinmetall", "Chatham House")]
    [True, True, True, False, False]
    """
    capitals = sum(c.isupper() for c in form)
    return " " not in form and len(form) <= 14 and (capitals >= 2 or (capitals == 1 and any(c.isdigit() for c in form)))


class Gazetteer:
    """Entries with a tree over the folded words of their forms: all names in a text are found in one pass."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.id: entry for entry in entries}
        self._root = _Node()
        for entry in self.entries.values():
            for form in entry.forms:
                self._add(form, entry)

    def _add(self, form: str, entry: Entry) -> None:
        node = self._root
        for key in name_keys(form):
            node = node.children.setdefault(stem(key), _Node())
        if node is not self._root and all(known.id != entry.id for _, known in node.forms):
            node.forms.append((form, entry))

    def find(self, words: Sequence[Word]) -> Iterator[Match]:
        """Yield the longest match at each word, left to right, without overlaps."""
        index = 0
        while index < len(words):
            match = self._longest(words, index)
            if match:
                yield match
            index = match.end if match else index + 1

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Return the entries one of whose forms is this name, whatever its case and punctuation."""
        node: _Node | None = self._root
        for key in name_keys(name):
            node = node.children.get(stem(key)) if node else None
        return tuple(entry for _, entry in node.forms) if node else ()

    def _longest(self, words: Sequence[Word], start: int) -> Match | None:
        node, index, best = self._root, start, None
        while index < len(words):
            word = words[index]
            if index > start and word.breaks:
                break
            child = node.children.get(stem(word.key))
            if child is None:
                if index == start or not _is_soft(words, index):
                    break
                index += 1
                continue
            node, index = child, index + 1
            hits = [(form, entry) for form, entry in node.forms if _is_spelt_as(words[start:index], form)]
            if hits:
                best = Match(start, index, tuple(entry for _, entry in hits), hits[0][0], is_acronym(hits[0][0]))
        return best


def _is_soft(words: Sequence[Word], index: int) -> bool:
    word = words[index]
    before = words[index - 1].text
    return word.key in SOFT or (word.text == "." and (len(before) == 1 or before.lower() in ABBREVIATED))


def _is_spelt_as(words: Sequence[Word], form: str) -> bool:
    """Tell whether words whose keys agree with a form are also written like a name."""
    surface = "".join(word.text for word in words if word.key not in SOFT)
    if is_acronym(form):
        plain = form.replace("-", "").replace("/", "").replace(" ", "").replace("&", "").replace(".", "")
        spelt = surface.replace("&", "").replace(".", "")
        return spelt == plain or (
            (len(plain) >= MIN_TITLECASE_ACRONYM or plain == "NATO") and plain.isupper() and spelt == plain.title()
        )
    content = [word for word in words if word.kind != "mark" and word.key not in FUNCTION_WORDS]
    if not content or (content[0].text[0].islower() and content[0].key not in _LOWER_CASE_HEADS):
        return False
    if content[0].key in _LOWER_CASE_HEADS:
        return True
    last_is_capital = form.split()[-1][:1].isupper()
    return not (last_is_capital and len(content) > 1 and content[-1].text[0].islower() and content[-1].key != "'s")


def read_entries(path: Path) -> list[Entry]:
    """Read a list: columns id, name, acronym, aliases, type, country, parent_id, external_ids (";" inside a cell)."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Entry(
                id=row["id"],
                name=row["name"],
                acronym=row["acronym"] or None,
                aliases=_cell(row["aliases"]),
                type=row["type"] or None,
                country=row["country"] or None,
                parent_id=row["parent_id"] or None,
                external_ids=_cell(row["external_ids"]),
            )
            for row in csv.DictReader(file)
        ]


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


@lru_cache(maxsize=1)
def organisations() -> Gazetteer:
    """Return the shipped organisations, compiled on first use."""
    return Gazetteer(read_entries(FOLDER / "organisations.csv"))


@lru_cache(maxsize=1)
def instruments() -> Gazetteer:
    """Return the shipped agreements, programmes, strategies, operations and exercises, compiled on first use."""
    return Gazetteer(read_entries(FOLDER / "instruments.csv"))
