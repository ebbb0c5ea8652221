"""State between runs: one DuckDB file with the records of each document, the inputs seen, and the ledger of runs.

One transaction per batch, so a kill at any moment loses at most the batch in flight.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

import duckdb
import msgspec

from extract.records import DocumentRecords
from ingest.errors import Outcome
from tables.state_file import MEMORY_MB, Transaction, explain, insert, open_state_file
from tables.state_file import StoreError as StoreError


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """What became of one input in one run."""

    source_uri: str
    outcome: Outcome
    document_id: str | None = None
    reason_code: str | None = None
    detail: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class SourceState:
    """What the store knows of an input from an earlier run; `input_uri` is the file that holds it."""

    source_uri: str
    sha256: str | None
    versions: str | None
    outcome: str
    reason_code: str | None
    detail: str | None
    document_id: str | None
    input_uri: str


MOST_MEMORY_MB = 64_000
"""What needs more than this is no question of the limit."""
_PAGE = 10_000
"""Outcomes read at a time."""
T = TypeVar("T")

_SOURCE = "source_uri, sha256, versions, outcome, reason_code, detail, document_id, input_uri"

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(DocumentRecords)


def encode_records(records: DocumentRecords) -> bytes:
    """Return records as MessagePack: what travels between processes and lies in the store."""
    return _encoder.encode(records)


def decode_records(payload: bytes) -> DocumentRecords:
    """Return the records of a payload made by `encode_records`."""
    return _decoder.decode(payload)


class Store:
    """An open state file; use as a context manager.  One writer at a time: a second one is refused with a reason."""

    def __init__(self, path: Path, memory_mb: int = MEMORY_MB) -> None:
        self.path = path
        self._db = open_state_file(path)
        self._memory_mb = memory_mb
        self._db.execute(f"SET memory_limit = '{memory_mb}MB'")

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(duckdb.Error):  # a full disk refuses the last checkpoint; the log holds what was committed
            self._db.close()
        if isinstance(error, duckdb.Error):
            raise StoreError(explain(self.path, error)) from error

    # -- inputs ---------------------------------------------------------------------------------------------------

    def sources(self) -> dict[str, SourceState]:
        """Return what is known of every input, by source_uri."""
        return {row[0]: SourceState(*row) for row in self._read(f"SELECT {_SOURCE} FROM sources")}

    def sources_beside(
        self, source_uris: Sequence[str], chunk: int = 1_000
    ) -> Iterator[tuple[str, SourceState | None]]:
        """Yield sorted inputs, each with what is known of it; `chunk` of them at a time in memory."""
        for start in range(0, len(source_uris), chunk):
            part = source_uris[start : start + chunk]
            query = (
                f"SELECT {_SOURCE} FROM sources WHERE source_uri BETWEEN ? AND ? AND source_uri IN (SELECT unnest(?))"
            )
            known = {row[0]: SourceState(*row) for row in self._read(query, [part[0], part[-1], list(part)])}
            yield from ((uri, known.get(uri)) for uri in part)

    def sources_without(self, input_uris: Sequence[str]) -> list[tuple[str, str]]:
        """Return (source_uri, input_uri) of what other files than these hold, sorted."""
        query = (
            "SELECT source_uri, input_uri FROM sources WHERE input_uri NOT IN (SELECT unnest(?)) ORDER BY source_uri"
        )
        return self._read(query, [list(input_uris)])

    def save_batch(
        self, run_id: str, states: Iterable[SourceState], payloads: Mapping[str, tuple[str, bytes]],
        outcomes: Iterable[OutcomeRow],
    ) -> None:  # fmt: skip
        """Keep what became of a batch in one transaction.  `payloads`: document_id → (source_uri, encoded records).

        All states of an input come in one batch: what it held before and no longer holds is forgotten.
        """
        kept, became = list(states), list(outcomes)
        inputs = list({state.input_uri for state in kept})

        def save() -> None:
            self._db.execute("DELETE FROM sources WHERE input_uri IN (SELECT unnest(?))", [inputs])
            insert(self._db, "sources", [_row(state) for state in kept])
            insert(self._db, "records", [(key, uri, payload) for key, (uri, payload) in payloads.items()])
            insert(self._db, "outcomes", [_outcome(run_id, row) for row in became])

        self._change(save)

    def save_unchanged(self, run_id: str, input_uris: Sequence[str]) -> None:
        """Enter inputs that stay as they are: what was fine as unchanged, what was not as it was, with the reason."""

        def save() -> None:
            self._db.execute(
                "INSERT OR REPLACE INTO outcomes SELECT ?, source_uri, document_id,"
                " CASE WHEN outcome IN ('ok', 'partial') THEN 'unchanged' ELSE outcome END, reason_code, detail, 0.0"
                " FROM sources WHERE input_uri IN (SELECT unnest(?))",
                [run_id, list(input_uris)],
            )

        self._change(save)

    def forget_sources(self, source_uris: Iterable[str]) -> int:
        """Drop inputs that are gone, and the records no other input holds; return how many documents went."""
        uris = list(source_uris)

        def forget() -> int:
            self._db.execute("DELETE FROM sources WHERE source_uri IN (SELECT unnest(?))", [uris])
            gone = self._db.execute(
                "DELETE FROM records WHERE document_id NOT IN"
                " (SELECT document_id FROM sources WHERE document_id IS NOT NULL) RETURNING document_id"
            )
            return len(gone.fetchall())

        return self._change(forget)

    # -- records --------------------------------------------------------------------------------------------------

    def document_ids(self) -> list[str]:
        """Return the ids of all documents in the corpus, sorted."""
        return [row[0] for row in self._read("SELECT document_id FROM records ORDER BY document_id")]

    def document_uris(self) -> list[tuple[str, str]]:
        """Return (document_id, source_uri) of all documents in the corpus, sorted."""
        return self._read("SELECT document_id, source_uri FROM records ORDER BY document_id")

    def holder(self, document_id: str) -> str | None:
        """Return the source_uri under which a document is kept, None where it is not."""
        found = self._read("SELECT source_uri FROM records WHERE document_id = ?", [document_id])
        return found[0][0] if found else None

    def records(self, chunk: int = 500) -> Iterator[DocumentRecords]:
        """Yield the records of every document in the order of document_id, `chunk` at a time in memory."""
        return (decode_records(payload) for _, payload in self._payloads(self.document_ids(), chunk))

    def stamps(self) -> dict[str, str]:
        """Return a short hash of the records of every document, by document_id."""
        query = "SELECT document_id, hash(payload)::VARCHAR FROM records ORDER BY document_id"
        return dict(self._read(query))

    def some_records(self, document_ids: Collection[str], chunk: int = 500) -> Iterator[DocumentRecords]:
        """Yield the records of some documents in the order of document_id, `chunk` at a time in memory."""
        wanted = frozenset(document_ids)
        # a few one by one: those between them are not read
        found = self._payloads(sorted(wanted), 1 if len(wanted) < chunk else chunk)
        return (decode_records(payload) for key, payload in found if key in wanted)

    def _payloads(self, ids: Sequence[str], chunk: int) -> Iterator[tuple[str, bytes]]:
        """Yield (document_id, payload) of all documents between the first and the last of each chunk of sorted ids."""
        query = "SELECT document_id, payload FROM records WHERE document_id BETWEEN ? AND ? ORDER BY document_id"
        for start in range(0, len(ids), chunk):
            part = ids[start : start + chunk]
            yield from self._read(query, [part[0], part[-1]])

    def find(self, source: str) -> list[DocumentRecords]:
        """Return the documents with this source_uri or id; failing that, those whose file name or stem it is."""
        rows = self._read(
            "SELECT payload FROM records WHERE source_uri = $1 OR document_id = $1", [source]
        ) or self._read(
            "SELECT payload FROM records WHERE $1 IN (parse_filename(source_uri), parse_filename(source_uri, true))"
            " ORDER BY source_uri",
            [source],
        )
        return [decode_records(payload) for (payload,) in rows]

    # -- runs -----------------------------------------------------------------------------------------------------

    def next_run_number(self) -> int:
        """Return the number of the run that begins: 1 for the first run of a state file."""
        return int(self._read("SELECT coalesce(max(run_number), 0) + 1 FROM runs")[0][0])

    def begin_run(self, run_number: int, run_id: str) -> None:
        """Enter a run in the ledger; runs that an earlier process left open are marked as interrupted."""

        def begin() -> None:
            self._db.execute("UPDATE runs SET state = 'interrupted' WHERE state = 'running'")
            self._db.execute(
                "INSERT INTO runs VALUES (?, ?, ?, NULL, 'running', NULL)", [run_number, run_id, datetime.now(UTC)]
            )

        self._change(begin)

    def end_run(self, run_id: str, state: str, data_version: str | None) -> None:
        """Close a run in the ledger with its final state and the release it published or confirmed."""
        query = "UPDATE runs SET finished_utc = ?, state = ?, data_version = ? WHERE run_id = ?"
        self._change(lambda: self._db.execute(query, [datetime.now(UTC), state, data_version, run_id]))

    def check(self) -> tuple[int, int]:
        """Read everything once; return the number of documents and of inputs done by a run that was cut short."""
        documents = sum(1 for _ in self.records())
        query = "SELECT count(*) FROM outcomes JOIN runs USING (run_id) WHERE state = 'running'"
        ((interrupted,),) = self._read(query)
        self.sources()
        return documents, int(interrupted)

    def outcomes(self) -> Iterator[dict[str, Any]]:
        """Yield the outcomes of all runs, oldest run first; documents no longer in the corpus are null."""
        names = ("run_id", "source_uri", "document_id", "outcome", "reason_code", "detail", "seconds")
        query = (
            "SELECT o.run_id, o.source_uri, r.document_id, o.outcome, o.reason_code, o.detail, o.seconds"
            " FROM outcomes o LEFT JOIN records r ON r.document_id = o.document_id"
            " WHERE o.run_id = ? AND o.source_uri > ? ORDER BY o.source_uri LIMIT ?"
        )
        for (run_id,) in self._read("SELECT run_id FROM runs ORDER BY run_number"):
            last = ""
            while rows := self._read(query, [run_id, last, _PAGE]):
                yield from (dict(zip(names, row, strict=True)) for row in rows)
                last = rows[-1][1]

    def outcome_counts(self, run_id: str) -> dict[str, int]:
        """Return how many inputs of a run ended in each outcome."""
        rows = self._read("SELECT outcome, count(*) FROM outcomes WHERE run_id = ? GROUP BY outcome", [run_id])
        return dict(sorted(rows))

    def problems(self, run_id: str) -> list[OutcomeRow]:
        """Return the inputs of a run that gave no rows or not all, sorted by source_uri."""
        rows = self._read(
            "SELECT source_uri, outcome, document_id, reason_code, detail, seconds FROM outcomes"
            " WHERE run_id = ? AND outcome NOT IN ('ok', 'unchanged') ORDER BY source_uri",
            [run_id],
        )
        return [OutcomeRow(*row) for row in rows]

    def _read(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        return self._within_memory(lambda: self._db.execute(query, values).fetchall())

    def _change(self, work: Callable[[], T]) -> T:
        """Do all of some work or none of it, in one transaction."""

        def change() -> T:
            with Transaction(self._db):
                return work()

        return self._within_memory(change)

    def _within_memory(self, work: Callable[[], T]) -> T:
        """Do what may be done again; where a single document takes more memory than there is, it gets more."""
        while True:
            try:
                return work()
            except duckdb.OutOfMemoryException:
                if self._memory_mb > MOST_MEMORY_MB:
                    raise
                self._memory_mb *= 4
                self._db.execute(f"SET memory_limit = '{self._memory_mb}MB'")


def _row(state: SourceState) -> tuple[Any, ...]:
    return (
        state.source_uri, state.sha256, state.versions, state.outcome, state.reason_code, state.detail,
        state.document_id, state.input_uri,
    )  # fmt: skip


def _outcome(run_id: str, row: OutcomeRow) -> tuple[Any, ...]:
    return (run_id, row.source_uri, row.document_id, row.outcome, row.reason_code, row.detail, row.seconds)
