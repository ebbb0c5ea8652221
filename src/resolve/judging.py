"""Merges and splits of the corrections, as findings that must be one and findings that must not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from resolve.clusters import Join, Judgements, LocalKey
from resolve.contradictions import subject_key
from resolve.corrections import Correction

Names = Mapping[LocalKey, tuple[str, ...]]
"""All names under which the source knows a finding, the corrected ones included."""


@dataclass(frozen=True)
class Decided:
    """A merge or split that found what it speaks of: one finding of each side."""

    correction: Correction
    one: LocalKey
    other: LocalKey


@dataclass(frozen=True)
class _Names:
    """The findings of one kind by name, by document, and the own event of each document."""

    by_name: Mapping[str, Sequence[LocalKey]]
    first_of: Mapping[str, LocalKey]
    ids: Mapping[str, str]


def judge(
    corrections: Iterable[Correction], names: Mapping[str, Names], documents: Mapping[str, str]
) -> tuple[Judgements, tuple[Decided, ...]]:
    """Return what merges and splits mean for the findings, and which of them found their two sides.

    `names` holds the names of the findings of each kind, `documents` the document_id of each source_uri.
    """
    together: list[Join] = []
    apart: dict[LocalKey, set[int]] = defaultdict(set)
    decided: list[Decided] = []
    tables: dict[str, _Names] = {}
    for number, correction in enumerate((c for c in corrections if c.action in ("merge", "split")), start=1):
        kind = correction.kind
        if kind not in tables:
            tables[kind] = _index(kind, names.get(kind, {}), documents)
        ones, others = _sides(correction, tables[kind])
        if not ones or not others:
            continue
        decided.append(Decided(correction, ones[0], others[0]))
        if correction.action == "merge":
            because = f"{correction.file_line} merges them"
            together += [Join(ones[0], key, because) for key in (*ones[1:], *others)]
        else:
            for keys, tag in ((ones, number), (others, -number)):
                for key in keys:
                    apart[key].add(tag)
    return Judgements(tuple(together), {key: frozenset(tags) for key, tags in apart.items()}), tuple(decided)


def _index(kind: str, names: Names, documents: Mapping[str, str]) -> _Names:
    by_name: dict[str, list[LocalKey]] = defaultdict(list)
    first_of: dict[str, LocalKey] = {}
    for key in sorted(names):
        for name in dict.fromkeys(subject_key(kind, name) for name in names[key]):
            by_name[name].append(key)
        if kind == "event":
            first_of.setdefault(key.document_id, key)
    ids = {**documents, **{document_id: document_id for document_id in documents.values()}}
    return _Names(by_name, first_of, ids)


def _sides(correction: Correction, table: _Names) -> tuple[list[LocalKey], list[LocalKey]]:
    """Return the findings on either side; in a split without a second name, all others of the name."""
    ones = _meant(correction.kind, correction.document, correction.name, table)
    value = str(correction.value or "")
    if value in table.ids and correction.kind == "event":
        others = _meant(correction.kind, value, "", table)
    elif value:
        others = _meant(correction.kind, "", value, table)
    else:
        others = _meant(correction.kind, "", correction.name, table)
    if correction.action == "split" or correction.document:
        others = [key for key in others if key not in set(ones)]
    return ones, others


def _meant(kind: str, document: str, name: str, table: _Names) -> list[LocalKey]:
    document_id = table.ids.get(document) if document else None
    if document and document_id is None:
        return []
    if not name:
        first = table.first_of.get(document_id or "")
        return [first] if first else []
    keys = table.by_name.get(subject_key(kind, name), ())
    return [key for key in keys if document_id is None or key.document_id == document_id]
