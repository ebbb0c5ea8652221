"""The joined corpus as it is kept between runs: one SQLite file, which can always be made again from the records.

SQLite, because joining anew what a few documents touch is thousands of look-ups by key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple
from zlib import crc32

import msgspec

from extract.records import EventOrganisation
from resolve.claims import DocumentClaims
from resolve.clusters import LocalKey, Row
from resolve.judging import Side

_LAYOUT = """
CREATE TABLE meta (version TEXT NOT NULL, decisions TEXT NOT NULL);
CREATE TABLE documents (
    document TEXT PRIMARY KEY, stamp TEXT NOT NULL, was_met INTEGER NOT NULL, claims BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE nodes (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, signature BLOB NOT NULL UNIQUE, component INTEGER NOT NULL,
    entity TEXT NOT NULL, context BLOB NOT NULL
);
CREATE INDEX nodes_by_component ON nodes (component);
CREATE TABLE sides (number INTEGER, line TEXT, side TEXT, PRIMARY KEY (number, line, side)) WITHOUT ROWID;
CREATE TABLE blocks (block INTEGER, number INTEGER, PRIMARY KEY (block, number)) WITHOUT ROWID;
CREATE TABLE findings (
    document TEXT, key TEXT, kind TEXT NOT NULL, number INTEGER NOT NULL, day TEXT NOT NULL, parent TEXT,
    PRIMARY KEY (document, key)
) WITHOUT ROWID;
CREATE INDEX findings_by_node ON findings (number, day, document, key);
CREATE TABLE made (name TEXT, entity TEXT, cells BLOB NOT NULL, PRIMARY KEY (name, entity)) WITHOUT ROWID;
"""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder().decode
encode_claims = _encode
_decode_claims = msgspec.msgpack.Decoder(DocumentClaims).decode


class _Organisers(msgspec.Struct):
    """The part of a document's claims that is read of all documents: the rest is skipped, which takes a tenth."""

    document_id: str
    organisers: tuple[EventOrganisation, ...]


_decode_organisers = msgspec.msgpack.Decoder(_Organisers).decode


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
    """An open file, or memory where none is named; use as a context manager.  An error undoes all since opening."""

    def __init__(self, path: Path | None = None) -> None:
        try:
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        except sqlite3.Error as error:
            raise KeptError(str(error)) from error
        try:
            self._db.execute("PRAGMA journal_mode = TRUNCATE")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA cache_size = -65536")
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            self._db.close()
            raise KeptError(str(error)) from error

    def __enter__(self) -> Kept:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._db.execute("COMMIT")
        except sqlite3.Error as failure:
            raise KeptError(str(failure)) from failure
        finally:
            self._db.close()
        if isinstance(error, sqlite3.Error):
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

    def stamp(self, decisions: str, stamps: Iterable[tuple[str, bool, str]]) -> None:
        """Note (stamp, whether corrections met it, document) of documents looked at, whose claims are kept."""
        self._db.execute("UPDATE meta SET decisions = ?", [decisions])
        self._db.executemany("UPDATE documents SET stamp = ?, was_met = ? WHERE document = ?", stamps)

    def met(self) -> set[str]:
        """Return the documents in which corrections found what they speak of."""
        return {document for (document,) in self._db.execute("SELECT document FROM documents WHERE was_met")}

    def encoded_claims(self, document_id: str) -> bytes | None:
        row = self._db.execute("SELECT claims FROM documents WHERE document = ?", [document_id]).fetchone()
        return row[0] if row else None

    def claims(self, document_ids: Iterable[str]) -> dict[str, DocumentClaims]:
        """Return the claims of documents that are kept."""
        found = ((document_id, self.encoded_claims(document_id)) for document_id in document_ids)
        return {document_id: _decode_claims(claims) for document_id, claims in found if claims}

    def keep_claims(self, claims: Mapping[str, DocumentClaims | None]) -> None:
        """Keep the claims of documents, or forget the document where there are none."""
        self._db.executemany("DELETE FROM documents WHERE document = ?", [(key,) for key in claims])
        rows = [(key, "", 0, _encode(made)) for key, made in sorted(claims.items()) if made]
        self._db.executemany("INSERT INTO documents VALUES (?, ?, ?, ?)", rows)

    def organisers(self) -> Iterator[tuple[str, tuple[EventOrganisation, ...]]]:
        """Yield what each document that names organisers says of them."""
        for (claims,) in self._db.execute("SELECT claims FROM documents ORDER BY document"):
            found = _decode_organisers(claims)
            if found.organisers:
                yield found.document_id, found.organisers

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
        query = "SELECT key, entity FROM findings JOIN nodes USING (number) WHERE document = ?"
        return dict(self._db.execute(query, [document_id]))

    def ids(self) -> dict[LocalKey, str]:
        """Return the id of every finding."""
        query = "SELECT document, key, entity FROM findings JOIN nodes USING (number) ORDER BY document, key"
        return {LocalKey(document, key): entity for document, key, entity in self._db.execute(query)}

    def parents(self) -> list[tuple[str, str]]:
        """Return (id of the part, id of the whole) as the documents state it, in the order of findings."""
        return self._db.execute(
            "SELECT part.entity, whole.entity FROM findings f JOIN nodes part USING (number)"
            " JOIN findings p ON p.document = f.document AND p.key = f.parent"
            " JOIN nodes whole ON whole.number = p.number"
            " WHERE f.parent IS NOT NULL ORDER BY f.document, f.key"
        ).fetchall()

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

    def members(self, components: Iterable[int]) -> list[Node]:
        """Return the nodes of components."""
        query = "SELECT number, kind, signature, component, entity, context FROM nodes WHERE component = ?"
        return [Node(*row) for component in sorted(components) for row in self._db.execute(query, [component])]

    def components_beside(self, kind: str, blocks: Iterable[str]) -> set[int]:
        """Return the components of all nodes of a kind that share one of the blocks."""
        query = "SELECT component FROM blocks JOIN nodes USING (number) WHERE block = ? AND kind = ?"
        numbers = {_number(block) for block in blocks}
        return {found for number in numbers for (found,) in self._db.execute(query, [number, kind])}

    def add_nodes(self, nodes: Iterable[Node], blocks: Mapping[int, Iterable[str]]) -> None:
        self._db.executemany("INSERT INTO nodes VALUES (?, ?, ?, ?, ?, ?)", nodes)
        pairs = sorted({(_number(block), number) for number, found in blocks.items() for block in found})
        self._db.executemany("INSERT INTO blocks VALUES (?, ?)", pairs)

    def move_nodes(self, places: Iterable[tuple[int, str, int]]) -> None:
        """Note (component, id, node) of nodes that have others now."""
        self._db.executemany("UPDATE nodes SET component = ?, entity = ? WHERE number = ?", places)

    def drop_nodes(self, blocks: Mapping[int, Iterable[str]]) -> None:
        """Forget nodes, each given with its blocks."""
        numbers = [(number,) for number in blocks]
        self._db.executemany("DELETE FROM nodes WHERE number = ?", numbers)
        self._db.executemany("DELETE FROM sides WHERE number = ?", numbers)
        pairs = [(_number(block), number) for number, found in blocks.items() for block in found]
        self._db.executemany("DELETE FROM blocks WHERE block = ? AND number = ?", pairs)

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

    def replace_made(self, name: str, gone: Iterable[str], made: Iterable[tuple[str, object]]) -> None:
        """Replace what was made of entities: (id, cells)."""
        self._db.executemany("DELETE FROM made WHERE name = ? AND entity = ?", [(name, key) for key in gone])
        rows = [(name, key, _encode(cells)) for key, cells in made]
        self._db.executemany("INSERT INTO made VALUES (?, ?, ?)", rows)

    def made(self, name: str) -> Iterator[Any]:
        """Yield what was made of entities, in the order of ids."""
        query = "SELECT cells FROM made WHERE name = ? ORDER BY entity"
        return (_decode(cells) for (cells,) in self._db.execute(query, [name]))

    def rows(self, table: str) -> list[Row]:
        """Return the rows of a table in the order of ids."""
        return [{name: _restored(name, value) for name, value in row.items()} for row in self.made(table)]


def _number(block: str) -> int:
    # two blocks with one number cost a look at nodes that have nothing in common, no more
    return crc32(block.encode())


def _restored(column: str, value: object) -> object:
    """Return a cell as its column has it: days and wall times are kept as text."""
    if isinstance(value, str) and column.endswith("_date"):
        return date.fromisoformat(value)
    if isinstance(value, str) and column.endswith("_local"):
        return datetime.fromisoformat(value)
    return value
