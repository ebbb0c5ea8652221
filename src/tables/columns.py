"""What a table and a column are; `schema` lists those there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb
import pyarrow as pa

QUERY_MEMORY = "256MB"
"""What a question about whole tables may hold in memory; the rest goes to a folder beside them."""
SPILL = ".spill"

ColumnType = Literal["string", "list", "integer", "number", "boolean", "date", "local", "utc"]
ARROW_TYPES: Mapping[ColumnType, pa.DataType] = {
    "string": pa.string(),
    "list": pa.list_(pa.string()),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "local": pa.timestamp("us"),
    "utc": pa.timestamp("us", tz="UTC"),
}


@dataclass(frozen=True)
class Column:
    """A column; `codes` lists the values a code column may hold, `refers_to` the table whose `_id` it names."""

    name: str
    type: ColumnType
    description: str
    is_required: bool = False
    codes: tuple[str, ...] = ()
    refers_to: str | None = None


@dataclass(frozen=True)
class Table:
    """A table; rows are sorted by `sort_by` (the primary key where it is empty), so equal input gives equal bytes.

    Rows equal in these come in the order of the text; outcomes in the order of their runs.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]
    sort_by: tuple[str, ...] = ()

    @property
    def arrow(self) -> pa.Schema:
        return pa.schema(
            pa.field(c.name, ARROW_TYPES[c.type], not c.is_required, {"description": c.description})
            for c in self.columns
        )

    @property
    def references(self) -> tuple[tuple[str, str], ...]:
        """(column, table) pairs of the foreign keys."""
        return tuple((c.name, c.refers_to) for c in self.columns if c.refers_to)


def key_column(name: str, description: str, refers_to: str | None = None) -> Column:
    """Return a column that is never null: a key, or a reference that every row has."""
    return Column(name, "string", description, is_required=True, refers_to=refers_to)


def reference(name: str, refers_to: str, description: str) -> Column:
    """Return a column that names a row of another table, null where there is none."""
    return Column(name, "string", description, refers_to=refers_to)


def open_tables(**folders: Path) -> duckdb.DuckDBPyConnection:
    """Open releases for questions in SQL: each a schema of that name, with a view for each table that is there."""
    db = duckdb.connect(config={"threads": 1, "memory_limit": QUERY_MEMORY})
    for name, folder in folders.items():
        db.execute(f"SET temp_directory = '{_quoted(folder / SPILL)}'")
        db.execute(f"CREATE SCHEMA {name}")
        for path in folder.glob("*.parquet"):
            db.execute(f"CREATE VIEW {name}.{path.stem} AS SELECT * FROM {scan(folder, path.stem)}")
    return db


def scan(folder: Path, table: str) -> str:
    """Return the SQL that reads a table of a release in DuckDB, which takes no parameters in views."""
    return f"read_parquet('{_quoted(folder / f'{table}.parquet')}')"


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
