"""Merges and splits of the corrections, as findings that must be one and findings that must not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.records import DocumentRecords
from resolve.clusters import Join, Judgements, LocalKey
from resolve.contradictions import subject_key
from resolve.corrections import Correction

ONE, OTHER = "one", "other"
Side = tuple[str, str]
"""The line of a merge or split, and on which side of it a finding stands."""
Sides = Mapping[LocalKey, Sequence[Side]]

COLLECTIONS: Mapping[str, str] = {
    "event": "events",
    "person": "people",
    "organisation": "organisations",
    "venue": "venues",
    "instrument": "instruments",
}
"""Where a document's records hold the findings of a kind."""


@dataclass(frozen=True)
class Decided:
    """A merge or split that found what it speaks of: one finding of each side."""

    correction: Correction
    one: LocalKey
    other: LocalKey


@dataclass(frozen=True)
class JudgementIndex:
    """Merges and splits by the (kind, name) and by the document of each side; the latter for a document's own event."""

    by_name: Mapping[tuple[str, str], Sequence[tuple[Correction, str]]] = field(default_factory=dict)
    by_document: Mapping[str, Sequence[tuple[Correction, str]]] = field(default_factory=dict)


def line_of(correction: Correction) -> str:
    """Return what names a merge or split: a line that now says split instead of merge is another one."""
    return f"{correction.file_line} {correction.action}"


def index_judgements(corrections: Iterable[Correction]) -> JudgementIndex:
    """Return the merges and splits so that those which mean a finding are found at once."""
    by_name: dict[tuple[str, str], list[tuple[Correction, str]]] = defaultdict(list)
    by_document: dict[str, list[tuple[Correction, str]]] = defaultdict(list)
    for correction in corrections:
        if correction.action not in ("merge", "split"):
            continue
        kind, value = correction.kind, str(correction.value or correction.name)
        if correction.name:
            by_name[kind, subject_key(kind, correction.name)].append((correction, ONE))
        else:
            by_document[correction.document].append((correction, ONE))
        by_name[kind, subject_key(kind, value)].append((correction, OTHER))
        if kind == "event":
            by_document[value].append((correction, OTHER))
    return JudgementIndex(by_name, by_document)


def sides_of(records: DocumentRecords, index: JudgementIndex, former: Mapping[str, str]) -> dict[str, list[Side]]:
    """Return on which side of which merges and splits the findings of a document stand, by their keys.

    `former`: what the source calls findings whose names a correction has replaced.
    """
    facts = records.document
    documents = {"", facts.source_uri, facts.document_id}
    sides: dict[str, list[Side]] = {}
    for kind, collection in COLLECTIONS.items() if index.by_name else ():
        for i, finding in enumerate(getattr(records, collection)):
            meant = {
                (line_of(c), side): c
                for name in _names(finding, former)
                for c, side in index.by_name.get((kind, subject_key(kind, name)), ())
                if side == OTHER or c.document in documents
            }
            if kind == "event" and i == 0:
                for document in documents:
                    meant |= {(line_of(c), side): c for c, side in index.by_document.get(document, ())}
            found = [side for side, c in meant.items() if not _is_other_of_itself(side, c, meant)]
            if found:
                sides[finding.key] = sorted(found)
    return sides


def _is_other_of_itself(side: Side, correction: Correction, meant: Iterable[Side]) -> bool:
    """A split, or a merge within a document, speaks of the others: not of those on its first side."""
    is_narrow = correction.action == "split" or bool(correction.document)
    return is_narrow and side == (line_of(correction), OTHER) and (line_of(correction), ONE) in set(meant)


def _names(finding: Any, former: Mapping[str, str]) -> set[str]:
    names = (finding.name, getattr(finding, "acronym", None), former.get(finding.key), *getattr(finding, "aliases", ()))
    return {name for name in names if name}


def decide(sides: Sides, corrections: Mapping[str, Correction]) -> list[Decided]:
    """Return the merges and splits that have findings on both sides, with the first of each, in the order of lines."""
    found = _by_correction(sides)
    return [
        Decided(corrections[line], found[line, ONE][0], found[line, OTHER][0])
        for line in sorted(corrections)
        if (line, ONE) in found and (line, OTHER) in found
    ]


def judge(sides: Sides, corrections: Mapping[str, Correction]) -> Judgements:
    """Return what merges and splits mean for findings; one that lacks a side means nothing."""
    found = _by_correction(sides)
    together: list[Join] = []
    apart: dict[LocalKey, set[int]] = defaultdict(set)
    for number, decided in enumerate(decide(sides, corrections), start=1):
        line = line_of(decided.correction)
        ones, others = found[line, ONE], found[line, OTHER]
        if decided.correction.action == "merge":
            because = f"{decided.correction.file_line} merges them"
            together += [Join(ones[0], key, because) for key in (*ones[1:], *others) if key != ones[0]]
        else:
            for keys, tag in ((ones, number), (others, -number)):
                for key in keys:
                    apart[key].add(tag)
    return Judgements(tuple(together), {key: frozenset(tags) for key, tags in apart.items()})


def _by_correction(sides: Sides) -> dict[Side, list[LocalKey]]:
    found: dict[Side, list[LocalKey]] = defaultdict(list)
    for key in sorted(sides):
        for side in sides[key]:
            found[side].append(key)
    return found
