"""What changed between two releases: rows added, changed and removed in each table, with the cause."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tables.columns import Table
from tables.publish import RELEASES, read_rows
from tables.schema import TABLES

Row = Mapping[str, Any]
LEFT_OUT = frozenset({"outcomes", "corrections", "rekeys", "event_changes", "mentions", "dates"})
"""Tables that speak of runs, and those whose every row follows from a document's text: too long to read."""


class DiffError(Exception):
    """Two releases cannot be compared; the message says why."""


@dataclass(frozen=True)
class Difference:
    """A row that one release has otherwise than the other; `column` is None where the whole row came or went."""

    table: str
    change: str
    key: tuple[str, ...]
    column: str | None
    old: Any
    new: Any
    cause: str


def releases(processed: Path) -> list[Path]:
    """Return the folders of the kept releases, the newest first."""
    folder = processed / RELEASES
    found = [path for path in folder.iterdir() if (path / "manifest.json").is_file()] if folder.is_dir() else []
    return sorted(found, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)


def choose_releases(processed: Path, old: str | None, new: str | None) -> tuple[Path, Path]:
    """Return the folders of two releases: by default the last but one and the last.  Raises DiffError."""
    kept = releases(processed)
    by_name = {path.name: path for path in kept}
    for name in (old, new):
        if name and name not in by_name:
            raise DiffError(f"no release {name}; kept are {', '.join(by_name) or 'none'}")
    current = _published(processed, kept)
    later = by_name[new] if new else current
    earlier = by_name[old] if old else next((path for path in kept if path != later), None)
    if later is None or earlier is None:
        raise DiffError(f"{processed} holds fewer than two releases: there is nothing to compare yet")
    return earlier, later


def _published(processed: Path, kept: Sequence[Path]) -> Path | None:
    try:
        version = json.loads((processed / "manifest.json").read_text("utf-8"))["data_version"]
    except (OSError, ValueError, KeyError):
        return kept[0] if kept else None
    return next((path for path in kept if path.name == version), kept[0] if kept else None)


def compare(old: Path, new: Path) -> list[Difference]:
    """Return all differences of two releases, table by table, sorted by key."""
    causes = _Causes.of(old, new)
    return [
        difference for table in TABLES if table.name not in LEFT_OUT for difference in _compare(table, old, new, causes)
    ]


@dataclass(frozen=True)
class _Causes:
    """What could have changed a row: which documents came or went, what was corrected, whether the code is another."""

    came: frozenset[str]
    went: frozenset[str]
    corrected: frozenset[tuple[str, str, str]]
    joined: frozenset[object]
    """Ids of rows that were merged, split, rejected or added by hand, and of those that went into them."""
    reshaped: frozenset[tuple[str, str]]
    """(table, document) where rows were merged, split, rejected or added by hand."""
    documents: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, old: Path, new: Path) -> _Causes:
        before, after = _column(old, "documents", "document_id"), _column(new, "documents", "document_id")
        corrected = {
            (row["table_name"], row["row_id"], row["field"] or "")
            for folder in (old, new)
            for row in read_rows(folder, "corrections")
            if row["status"] == "applied"
        }
        by_hand = [
            row
            for folder in (old, new)
            for row in read_rows(folder, "corrections")
            if row["status"] == "applied" and row["action"] != "fix"
        ]
        joined = {row["row_id"] for row in by_hand if row["row_id"]}
        joined |= {row["old_id"] for row in read_rows(new, "rekeys", ("old_id", "new_id")) if row["new_id"] in joined}
        reshaped = {(row["table_name"], row["document_id"]) for row in by_hand}
        touched = _documents_of_rows(old), _documents_of_rows(new)
        merged = {
            key: touched[0].get(key, frozenset()) | touched[1].get(key, frozenset())
            for key in (*touched[0], *touched[1])
        }
        came, went = frozenset(after - before), frozenset(before - after)
        return cls(came, went, frozenset(corrected), frozenset(joined), frozenset(reshaped), merged)

    def cause(self, table: str, row: Row, key: tuple[str, ...], column: str | None, old: object = None) -> str:
        """Return the likeliest cause: a correction of that cell, a document that came or went, else another model.

        A reference changes for the same cause as the row it names, or named (`old`).
        """
        is_corrected = any((table, key[0], field) in self.corrected for field in (column or "", ""))
        if is_corrected or (column is None and key[0] in self.joined):
            return "correction"
        if column and column.endswith("_id") and (old in self.joined or row.get(column) in self.joined):
            return "correction"
        own = {str(row["document_id"])} if row.get("document_id") else self.documents.get(key[0], frozenset())
        if own & self.came:
            return "new_document"
        if own & self.went:
            return "removed_document"
        is_reshaped = column is None and any((table, document) in self.reshaped for document in own)
        return "correction" if is_reshaped else "new_model"


_SPEAKING = (
    ("mentions", "entity_id"),
    ("participations", "person_id"),
    ("participations", "organisation_id"),
    ("event_documents", "event_id"),
)
"""Columns by which rows of a document name what joining made."""


def _documents_of_rows(folder: Path) -> dict[str, frozenset[str]]:
    """Return the documents that speak of each event, person, organisation, venue and instrument."""
    found: dict[str, set[str]] = defaultdict(set)
    for table, column in _SPEAKING:
        for row in read_rows(folder, table, ("document_id", column)):
            if row[column]:
                found[row[column]].add(row["document_id"])
    venues = {row["event_id"]: row["venue_id"] for row in read_rows(folder, "events", ("event_id", "venue_id"))}
    for event, venue in venues.items():
        if venue:
            found[venue] |= found.get(event, set())
    return {key: frozenset(documents) for key, documents in found.items()}


def _compare(table: Table, old: Path, new: Path, causes: _Causes) -> Iterable[Difference]:
    before, after = _by_key(table, old), _by_key(table, new)
    for key in sorted({*before, *after}):
        one, other = before.get(key), after.get(key)
        if one is None or other is None:
            row = other or one or {}
            cause = causes.cause(table.name, row, key, None)
            yield Difference(table.name, "added" if one is None else "removed", key, None, one, other, cause)
            continue
        for column in (c.name for c in table.columns):
            if one.get(column) != other.get(column):
                cause = causes.cause(table.name, other, key, column, one.get(column))
                yield Difference(table.name, "changed", key, column, one.get(column), other.get(column), cause)


def _by_key(table: Table, folder: Path) -> dict[tuple[str, ...], Row]:
    return {tuple(str(row[name]) for name in table.primary_key): row for row in read_rows(folder, table.name)}


def _column(folder: Path, table: str, column: str) -> set[str]:
    return {row[column] for row in read_rows(folder, table, (column,))}


def count_differences(differences: Iterable[Difference]) -> dict[tuple[str, str, str], int]:
    """Return how many rows of each table were added, changed, removed by which cause."""
    rows = {(d.table, d.change, d.cause, d.key) for d in differences}
    return dict(sorted(Counter((table, change, cause) for table, change, cause, _ in rows).items()))
