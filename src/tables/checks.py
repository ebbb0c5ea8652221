"""What must hold before a release is published; every broken rule is named with an example."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from tables.columns import Table
from tables.schema import TABLES


class CheckFailed(Exception):
    """A release broke its own rules: nothing is published.  `failures` says which, with an example each."""

    def __init__(self, failures: list[str]) -> None:
        super().__init__("; ".join(failures))
        self.failures = failures


def check_release(folder: Path) -> None:
    """Check schemas, required values, codes, keys and references of all tables of a folder; raise CheckFailed."""
    db = duckdb.connect(config={"threads": 1})
    try:
        for table in TABLES:
            db.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{_sql(folder / table.name)}.parquet')")
        failures = [failure for table in TABLES for failure in _failures(db, table, folder)]
    finally:
        db.close()
    if failures:
        raise CheckFailed(failures)


def _failures(db: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> list[str]:
    written = pq.read_schema(folder / f"{table.name}.parquet")
    if not written.equals(table.arrow):
        return [f"{table.name}: the file's columns are not those of the schema"]
    failures = []
    required = [column.name for column in table.columns if column.is_required]
    for name in required:
        failures += _one(db, f"{table.name}.{name} is null", f"SELECT * FROM {table.name} WHERE {name} IS NULL")
    for column in table.columns:
        if column.codes:
            codes = ", ".join(f"'{code}'" for code in column.codes)
            bad = f"SELECT {column.name} FROM {table.name} WHERE {column.name} NOT IN ({codes})"
            failures += _one(db, f"{table.name}.{column.name} holds an unknown code", bad)
        if column.name.endswith("_score"):
            bad = f"SELECT {column.name} FROM {table.name} WHERE {column.name} NOT BETWEEN 0 AND 1"
            failures += _one(db, f"{table.name}.{column.name} is not between 0 and 1", bad)
    keys = ", ".join(table.primary_key)
    doubled = f"SELECT {keys} FROM {table.name} GROUP BY {keys} HAVING count(*) > 1"
    failures += _one(db, f"{table.name}: the key {keys} is not unique", doubled)
    for column_name, target in table.references:
        target_key = next(t.primary_key[0] for t in TABLES if t.name == target)
        lost = (
            f"SELECT {column_name} FROM {table.name} WHERE {column_name} IS NOT NULL"
            f" AND {column_name} NOT IN (SELECT {target_key} FROM {target})"
        )
        failures += _one(db, f"{table.name}.{column_name} names nothing in {target}", lost)
    return failures


def _one(db: duckdb.DuckDBPyConnection, rule: str, query: str) -> list[str]:
    row = db.execute(f"{query} LIMIT 1").fetchone()
    return [f"{rule}: {row}"] if row else []


def _sql(path: Path) -> str:
    return str(path).replace("'", "''")
