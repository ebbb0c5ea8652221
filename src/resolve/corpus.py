"""The corpus joined: ids and entity rows that hold across documents, read from what joining kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from extract.records import DocumentRecords
from resolve.claims import DocumentClaims, claims_of
from resolve.clusters import Join, LocalKey, Row, Rows
from resolve.corrections import Correction
from resolve.events import EventContext
from resolve.joining import EVENTS, NAMED, PEOPLE, Seen, join_changed
from resolve.judging import COLLECTIONS, Decided, JudgementIndex, decide, line_of
from resolve.kept import Kept
from resolve.people import PersonContext
from resolve.reading import KeptIds, read_disputes, read_table


@dataclass(frozen=True)
class Resolution:
    """The corpus joined: the id of every finding, and the rows of the tables that span documents."""

    ids: Mapping[LocalKey, str]
    rows: Mapping[str, Iterable[Row]]
    joins: tuple[Join, ...] = ()
    """Which findings of different documents became one, and why; findings that say the same have one speak for them."""
    decided: tuple[Decided, ...] = ()
    """The merges and splits that found what they speak of."""

    def id_of(self, document_id: str, key: str | None) -> str | None:
        """Return the id a document's key stands for; None for None.  An unknown key is a bug and raises KeyError."""
        return None if key is None else self.ids[LocalKey(document_id, key)]


@dataclass
class Gathered:
    """The findings of all documents by local key, and the document_id of each source_uri."""

    organisations: dict[LocalKey, Any] = field(default_factory=dict)
    venues: dict[LocalKey, Any] = field(default_factory=dict)
    instruments: dict[LocalKey, Any] = field(default_factory=dict)
    people: dict[LocalKey, Any] = field(default_factory=dict)
    events: dict[LocalKey, Any] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Joined:
    """The resolution with the findings and contexts it was made from, for explanations."""

    resolution: Resolution
    gathered: Gathered
    people: Mapping[LocalKey, PersonContext]
    events: Mapping[LocalKey, EventContext]


def resolve(records: Callable[[], Iterable[DocumentRecords]], run_id: str) -> Resolution:
    """Join the records of all documents anew."""
    claims = (claims_of(record, record, JudgementIndex(), {}) for record in records())
    resolution = join_corpus(claims, run_id).resolution
    rows = {table: list(found) for table, found in resolution.rows.items()}
    return replace(resolution, ids=dict(resolution.ids), rows=rows)


def join_corpus(claims: Iterable[DocumentClaims], run_id: str, corrections: Iterable[Correction] = ()) -> Joined:
    """Join all documents anew and keep what the joining looked at."""
    documents = {claim.document_id: claim for claim in claims}
    lines = merges_and_splits(corrections)
    with Kept() as kept:
        kept.begin("")
        kept.keep_claims(documents)
        seen = Seen()
        join_changed(kept, documents.keys(), lines, seen)
        resolution = read_resolution(kept, run_id, lines, tuple(seen.joins))
    gathered = _gather(documents.values())
    return Joined(resolution, gathered, seen.contexts[PEOPLE.table], seen.contexts[EVENTS.table])


def merges_and_splits(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """Return the corrections that say what is one, by file and line."""
    return {line_of(c): c for c in corrections if c.action in ("merge", "split")}


def read_resolution(
    kept: Kept, run_id: str, lines: Mapping[str, Correction], joins: tuple[Join, ...] = ()
) -> Resolution:
    """Return all that is kept, to be read in the order of ids."""
    tables = [kind.table for kind in (*NAMED, EVENTS, PEOPLE)]
    rows = {table: Rows(partial(read_table, kept, table)) for table in tables}
    rows["event_changes"] = Rows(partial(read_disputes, kept, run_id))
    firsts = {first[0]: sides for number, sides in kept.sides().items() if (first := kept.first_of(number))}
    return Resolution(KeptIds(kept), rows, joins, tuple(decide(firsts, lines)))


def _gather(documents: Iterable[DocumentClaims]) -> Gathered:
    gathered = Gathered()
    for claims in documents:
        gathered.documents[claims.source_uri] = claims.document_id
        for table in COLLECTIONS.values():
            found = getattr(gathered, table)
            found.update((LocalKey(claims.document_id, finding.key), finding) for finding in getattr(claims, table))
    return gathered
