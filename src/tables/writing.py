"""Rows into Parquet files: several tables at once, in row groups of a fixed size, with little held in memory."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tables.columns import Table
from tables.schema import SCHEMA_VERSION, TABLE_BY_NAME, TABLES

ROW_GROUP = 20_000
"""Rows of a row group; fixed, because it shapes the bytes of the file."""
ROW_GROUPS = {"documents": 1_000}
"""Rows with whole texts: 20,000 of them would be 100 MB in memory."""
CHUNK = 1_000
"""Rows kept as Python objects before they become Arrow, which takes a fifth of the memory."""

Row = Mapping[str, Any]


def _nothing(folder: Path) -> Mapping[str, Iterable[Row]]:
    return {}


@dataclass(frozen=True)
class ReleaseInfo:
    """What a release says of itself, in the Parquet metadata of each table and in manifest.json."""

    data_version: str
    run_id: str
    git_commit: str


@dataclass(frozen=True)
class ReleaseRows:
    """The rows of a release, each table's in its order.

    `by_document` gives, document after document, its rows of each table; `late(folder)` the rows of tables that are
    known only when all others are written there.
    """

    by_table: Mapping[str, Iterable[Row]]
    by_document: Iterable[Mapping[str, Iterable[Row]]] = ()
    late: Callable[[Path], Mapping[str, Iterable[Row]]] = _nothing


def write_tables(folder: Path, rows: ReleaseRows, info: ReleaseInfo) -> dict[str, int]:
    """Write every table into `folder`, each document read once for all of its tables; return the rows of each table."""
    counts = _write(folder, [table for table in TABLES if table.name not in rows.by_table], rows.by_document, info)
    counts |= {name: write_table(folder, TABLE_BY_NAME[name], found, info) for name, found in rows.by_table.items()}
    for name, found in rows.late(folder).items():
        counts[name] = write_table(folder, TABLE_BY_NAME[name], found, info)
    return {table.name: counts[table.name] for table in TABLES}


def write_table(folder: Path, table: Table, rows: Iterable[Row], info: ReleaseInfo) -> int:
    """Stream sorted rows into `folder/<table>.parquet`; return how many."""
    return _write(folder, [table], [{table.name: rows}], info)[table.name]


def _write(
    folder: Path, tables: Iterable[Table], parts: Iterable[Mapping[str, Iterable[Row]]], info: ReleaseInfo
) -> dict[str, int]:
    with ExitStack() as stack:
        writers = {table.name: stack.enter_context(_TableWriter(folder, table, info)) for table in tables}
        for part in parts:
            for name, rows in part.items():
                writers[name].add(rows)
    return {name: writer.count for name, writer in writers.items()}


class _TableWriter:
    """An open Parquet file (zstd, fixed schema, row groups of a fixed size); use as a context manager.

    A key that the schema does not know is a bug and raises ValueError.
    """

    def __init__(self, folder: Path, table: Table, info: ReleaseInfo) -> None:
        self.count = 0
        self._name, self._columns = table.name, frozenset(column.name for column in table.columns)
        self._schema = table.arrow.with_metadata(_metadata(table, info))
        self._group = ROW_GROUPS.get(table.name, ROW_GROUP)
        self._rows: list[Row] = []
        self._ready = self._schema.empty_table()
        self._file = pq.ParquetWriter(folder / f"{table.name}.parquet", self._schema, compression="zstd", version="2.6")

    def __enter__(self) -> _TableWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._make_ready()
                self._write(self._ready.num_rows)
        finally:
            self._file.close()

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if not self._columns.issuperset(row):
                raise ValueError(f"{self._name}: unknown columns {sorted(set(row) - self._columns)}")
            self._rows.append(row)
            if len(self._rows) == CHUNK:
                self._make_ready()

    def _make_ready(self) -> None:
        self.count += len(self._rows)
        made = pa.Table.from_pylist(self._rows, schema=self._schema)
        self._ready = pa.concat_tables([self._ready, made])
        self._rows = []
        while self._ready.num_rows >= self._group:
            self._write(self._group)

    def _write(self, count: int) -> None:
        if count:
            self._file.write_table(self._ready.slice(0, count), row_group_size=count)
            self._ready = self._ready.slice(count)


def _metadata(table: Table, info: ReleaseInfo) -> dict[str, str]:
    return {
        "convenor.table": table.name,
        "convenor.description": table.description,
        "convenor.data_version": info.data_version,
        "convenor.run_id": info.run_id,
        "convenor.git_commit": info.git_commit,
        "convenor.schema_version": SCHEMA_VERSION,
        "convenor.columns": json.dumps({column.name: column.description for column in table.columns}),
    }
