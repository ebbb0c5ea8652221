"""The joined corpus as it is kept between runs: one SQLite file, which can always be made again from the records.

SQLite, because joining anew what a few documents touch is thousands of look-ups by key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import msgspec

from extract.records import EventOrganisation
from resolve.claims import DocumentClaims
from resolve.clusters import LocalKey
from resolve.judging import Side

_LAYOUT = """
CREATE TABLE meta (version TEXT NOT NULL, decisions TEXT NOT NULL);
CREATE TABLE documents (
    document TEXT PRIMARY KEY, stamp TEXT NOT NULL, was_met INTEGER NOT NULL, claims BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE organisers (
    document TEXT, place INTEGER, event TEXT NOT NULL, organisation TEXT NOT NULL, role TEXT NOT NULL, method TEXT,
    score REAL NOT NULL, PRIMARY KEY (document, place)
) WITHOUT ROWID;
CREATE TABLE nodes (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, signature BLOB NOT NULL UNIQUE, component INTEGER NOT NULL,
    entity TEXT NOT NULL, context BLOB NOT NULL
);
CREATE INDEX nodes_by_component ON nodes (component);
CREATE TABLE sides (number INTEGER, line TEXT, side TEXT, PRIMARY KEY (number, line, side)) WITHOUT ROWID;
CREATE TABLE blocks (block INTEGER, name TEXT, number INTEGER, PRIMARY KEY (block, name, number)) WITHOUT ROWID;
CREATE TABLE findings (
    document TEXT, key TEXT, kind TEXT NOT NULL, number INTEGER NOT NULL, day TEXT NOT NULL, parent TEXT,
    PRIMARY KEY (document, key)
) WITHOUT ROWID;
CREATE INDEX findings_by_node ON findings (number, day, document, key);
CREATE TABLE made (name TEXT, entity TEXT, cells BLOB NOT NULL, PRIMARY KEY (name, entity)) WITHOUT ROWID;
"""

CACHE_KIB = 16_384
"""Pages of the file held in memory."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode
encode_claims = _encode
_decode_claims = msgspec.msgpack.Decoder(DocumentClaims).decode


Block = tuple[str, str]
"""What nodes share, and the name under which one of them is there."""


class Node(NamedTuple):
    """Findings that say the same, taken as one: what they say, and which component and row they are in."""

    number: int
    kind: str
    signature: bytes
    component: int
    entity: str
    context: bytes


class Finding(NamedTuple):
    """A finding of a document, and the node it is part of."""

    document_id: str
    key: str
    kind: str
    number: int
    day: str
    parent_key: str | None


class KeptError(Exception):
    """The file cannot be used; it can be made again."""


class Kept:
    """A file, or memory where none is named; what is changed in a `with` block is kept unless it raises an error.

    It can be read after the block for as long as anybody refers to it.
    """

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        except sqlite3.Error as error:
            raise KeptError(str(error)) from error

    def __enter__(self) -> Kept:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise KeptError(str(error)) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._db.execute("COMMIT")
            else:
                self._db.close()
        except sqlite3.Error as failure:
            raise KeptError(str(failure)) from failure
        if isinstance(error, sqlite3.Error):
            raise KeptError(str(error)) from error

    def query(self, sql: str, values: Sequence[object] = ()) -> Iterator[Any]:
        """Yield the rows of a query.  Raises KeptError when the file cannot be read."""
        try:
            yield from self._db.execute(sql, values)
        except sqlite3.Error as error:
            raise KeptError(str(error)) from error

    def begin(self, version: str) -> None:
        """Make room: what code of another version kept is forgotten."""
        tables = [name for (name,) in self._db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if "meta" in tables and self._db.execute("SELECT version FROM meta").fetchone() == (version,):
            return
        for name in tables:
            self._db.execute(f"DROP TABLE {name}")
        for statement in _LAYOUT.split(";"):
            self._db.execute(statement)
        self._db.execute("INSERT INTO meta VALUES (?, '')", [version])

    # -- documents ------------------------------------------------------------------------------------------------

    @property
    def decisions(self) -> str:
        """The decisions under which the documents were looked at last."""
        return str(self._db.execute("SELECT decisions FROM meta").fetchone()[0])

    def stamps(self) -> dict[str, str]:
        """Return what each document's records were when it was looked at last."""
        return dict(self._db.execute("SELECT document, stamp FROM documents"))

    def note_decisions(self, decisions: str) -> None:
        self._db.execute("UPDATE meta SET decisions = ?", [decisions])

    def stamp(self, stamps: Iterable[tuple[str, bool, str]]) -> None:
        """Note (stamp, whether corrections met it, document) of documents looked at, whose claims are kept."""
        self._db.executemany("UPDATE documents SET stamp = ?, was_met = ? WHERE document = ?", stamps)

    def met(self) -> set[str]:
        """Return the documents in which corrections found what they speak of."""
        return {document for (document,) in self._db.execute("SELECT document FROM documents WHERE was_met")}

    def encoded_claims(self, document_id: str) -> bytes | None:
        row = self._db.execute("SELECT claims FROM documents WHERE document = ?", [document_id]).fetchone()
        return row[0] if row else None

    def claims(self, document_ids: Sequence[str], chunk: int) -> Iterator[list[DocumentClaims]]:
        """Yield the claims of documents that are kept, `chunk` documents at a time."""
        for start in range(0, len(document_ids), chunk):
            found = (self.encoded_claims(document_id) for document_id in document_ids[start : start + chunk])
            yield [_decode_claims(claims) for claims in found if claims]

    def keep_claims(self, claims: Mapping[str, DocumentClaims | None]) -> None:
        """Keep the claims of documents, or forget the document where there are none."""
        self._db.executemany("DELETE FROM documents WHERE document = ?", [(key,) for key in claims])
        self._db.executemany("DELETE FROM organisers WHERE document = ?", [(key,) for key in claims])
        found = [(key, made) for key, made in sorted(claims.items()) if made]
        rows = [(key, "", 0, _encode(made)) for key, made in found]
        self._db.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", rows)
        links = [(key, place, *link) for key, made in found for place, link in enumerate(map(_link, made.organisers))]
        self._db.executemany("INSERT INTO organisers VALUES (?, ?, ?, ?, ?, ?, ?)", links)

    # -- findings -------------------------------------------------------------------------------------------------

    def take_out(self, document_ids: Iterable[str], kind: str) -> set[int]:
        """Forget the findings of documents; return their nodes."""
        numbers: set[int] = set()
        for document_id in document_ids:
            query = "SELECT number FROM findings WHERE document = ? AND kind = ?"
            numbers |= {number for (number,) in self._db.execute(query, [document_id, kind])}
            self._db.execute("DELETE FROM findings WHERE document = ? AND kind = ?", [document_id, kind])
        return numbers

    def put_in(self, findings: Iterable[Finding]) -> None:
        self._db.executemany("INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?)", findings)

    def first_of(self, number: int) -> tuple[LocalKey, str] | None:
        """Return the earliest finding of a node and its day; None where there is none any more."""
        query = "SELECT document, key, day FROM findings WHERE number = ? ORDER BY day, document, key LIMIT 1"
        row = self._db.execute(query, [number]).fetchone()
        return (LocalKey(row[0], row[1]), row[2]) if row else None

    def count(self, number: int) -> int:
        """Return how many findings say what a node says."""
        return int(self._db.execute("SELECT count(*) FROM findings WHERE number = ?", [number]).fetchone()[0])

    def documents_of(self, numbers: Iterable[int]) -> set[str]:
        """Return the documents that have findings in any of the nodes."""
        query = "SELECT document FROM findings WHERE number = ?"
        return {document for number in numbers for (document,) in self._db.execute(query, [number])}

    def ids_in(self, document_id: str) -> dict[str, str]:
        """Return the ids of a document's findings by their keys."""
        return dict(
            self.query("SELECT key, entity FROM findings JOIN nodes USING (number) WHERE document = ?", [document_id])
        )

    # -- nodes ----------------------------------------------------------------------------------------------------

    def next_number(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM nodes").fetchone()[0])

    def number_of(self, signature: bytes) -> int | None:
        """Return the node of those who say just this."""
        row = self._db.execute("SELECT number FROM nodes WHERE signature = ?", [signature]).fetchone()
        return row[0] if row else None

    def nodes(self, numbers: Iterable[int]) -> list[Node]:
        query = "SELECT number, kind, signature, component, entity, context FROM nodes WHERE number = ?"
        return [Node(*row) for number in numbers for row in self._db.execute(query, [number])]

    def components_of(self, numbers: Iterable[int]) -> set[int]:
        query = "SELECT component FROM nodes WHERE number = ?"
        return {found for number in numbers for (found,) in self._db.execute(query, [number])}

    def members(self, components: Iterable[int]) -> Iterator[int]:
        """Yield the nodes of components."""
        query = "SELECT number FROM nodes WHERE component = ?"
        return (number for component in components for (number,) in self._db.execute(query, [component]))

    def components_beside(self, kind: str, blocks: Iterable[str]) -> set[int]:
        """Return the components of all nodes of a kind that share one of the blocks."""
        query = "SELECT component FROM blocks JOIN nodes USING (number) WHERE block = ? AND kind = ?"
        numbers = {_number(block) for block in blocks}
        return {found for number in numbers for (found,) in self._db.execute(query, [number, kind])}

    def crowded(self, blocks: Iterable[str], limit: int) -> set[str]:
        """Return those of the blocks in which there are more names."""
        query = "SELECT count(*) FROM (SELECT DISTINCT name FROM blocks WHERE block = ? LIMIT ?)"
        counts = ((block, self._db.execute(query, [_number(block), limit + 1]).fetchone()[0]) for block in blocks)
        return {block for block, count in counts if count > limit}

    def names_by_block(self) -> Iterator[dict[str, list[int]]]:
        """Yield, block after block, the nodes there by their names."""
        rows = self._db.execute("SELECT block, name, number FROM blocks ORDER BY block, name, number")
        for _, found in groupby(rows, key=itemgetter(0)):
            names: dict[str, list[int]] = {}
            for _, name, number in found:
                names.setdefault(name, []).append(number)
            yield names

    def add_nodes(self, nodes: Iterable[Node], blocks: Mapping[int, Iterable[Block]]) -> None:
        self._db.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?)", nodes)
        rows = sorted({(_number(block), name, number) for number, found in blocks.items() for block, name in found})
        self._db.executemany("INSERT INTO blocks VALUES (?, ?, ?)", rows)

    def move_nodes(self, places: Iterable[tuple[int, str, int]]) -> None:
        """Note (component, id, node) of nodes that have others now."""
        self._db.executemany("UPDATE nodes SET component = ?, entity = ? WHERE number = ?", places)

    def drop_node(self, number: int, blocks: Iterable[Block]) -> None:
        """Forget a node, given with its blocks."""
        self._db.execute("DELETE FROM nodes WHERE number = ?", [number])
        self._db.execute("DELETE FROM sides WHERE number = ?", [number])
        rows = [(_number(block), name, number) for block, name in blocks]
        self._db.executemany("DELETE FROM blocks WHERE block = ? AND name = ? AND number = ?", rows)

    def sides(self, kind: str | None = None) -> dict[int, list[Side]]:
        """Return on which sides of merges and splits nodes stand."""
        found: dict[int, list[Side]] = {}
        query = "SELECT number, line, side FROM sides JOIN nodes USING (number) WHERE ?1 IS NULL OR kind = ?1"
        for number, line, side in self._db.execute(query, [kind]):
            found.setdefault(number, []).append((line, side))
        return found

    def add_sides(self, sides: Mapping[int, Iterable[Side]]) -> None:
        rows = [(number, line, side) for number, found in sides.items() for line, side in found]
        self._db.executemany("INSERT INTO sides VALUES (?, ?, ?)", rows)

    # -- rows -----------------------------------------------------------------------------------------------------

    def forget_made(self, name: str, numbers: Iterable[int]) -> None:
        """Forget what was made of the entities of nodes: rows, and what their documents dispute."""
        query = "DELETE FROM made WHERE name IN (?, ?) AND entity = (SELECT entity FROM nodes WHERE number = ?)"
        disputes = "event_changes" if name == "events" else name
        self._db.executemany(query, ((name, disputes, number) for number in numbers))

    def keep_made(self, name: str, made: Iterable[tuple[str, object]]) -> None:
        """Keep what was made of entities: (id, cells)."""
        rows = ((name, key, _encode(cells)) for key, cells in made)
        self._db.executemany("INSERT INTO made VALUES (?, ?, ?)", rows)

    def made(self, name: str) -> Iterator[Any]:
        """Yield what was made of entities, in the order of ids."""
        rows = self.query("SELECT cells FROM made WHERE name = ? ORDER BY entity", [name])
        return (_decode(cells) for (cells,) in rows)


def _link(link: EventOrganisation) -> tuple[str, str, str, str | None, float]:
    return link.event_key, link.organisation_key, link.role, link.method, link.score


def _number(block: str) -> int:
    return int.from_bytes(blake2b(block.encode(), digest_size=8).digest(), "big", signed=True)
