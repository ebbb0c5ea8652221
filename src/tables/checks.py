"""What must hold before a release is published; every broken rule is named with an example."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tables.columns import Table, open_tables
from tables.schema import TABLES


class CheckFailed(Exception):
    """A release broke its own rules: nothing is published.  `failures` says which, with an example each."""

    def __init__(self, failures: list[str]) -> None:
        super().__init__("; ".join(failures))
        self.failures = failures


def check_release(folder: Path) -> None:
    """Check schemas, required values, codes, keys and references of all tables of a folder; raise CheckFailed."""
    with open_tables(release=folder) as db:
        db.execute("USE release")
        failures = [failure for table in TABLES for failure in _failures(db, table, folder)]
    if failures:
        raise CheckFailed(failures)


def check_drops(folder: Path, previous: Path) -> None:
    """Hold a release back that lost much against the one in place (expectations.toml); raise CheckFailed.

    Counts are for each document, so that files taken away are no loss of the tables.
    """
    try:
        before = _census(previous)
    except (pa.ArrowException, OSError):  # damaged: this release mends it, and there is nothing to compare it with
        return
    failures = find_drops(before, _census(folder))
    if failures:
        raise CheckFailed([*failures, "run again with --accept-drops if this is right"])


Census = Mapping[str, float]
"""Rows of each table ("events"), and share of rows with a value of each watched column ("events.start_date")."""


def find_drops(before: Census, now: Census) -> list[str]:
    """Return in words what fell further than expectations.toml allows."""
    bounds = _expectations()
    failures = []
    documents = before.get("documents", 0), now.get("documents", 0)
    if documents[0] >= bounds["fewest_rows"] and documents[1] < bounds["documents_kept"] * documents[0]:
        failures.append(f"documents dropped from {documents[0]:.0f} to {documents[1]:.0f}")
    for table, share in bounds["rows_kept"].items():
        old, new = before.get(table, 0), now.get(table, 0)
        if old >= bounds["fewest_rows"] and new * documents[0] < share * old * max(1, documents[1]):
            failures.append(
                f"{table} dropped from {old:.0f} in {documents[0]:.0f} documents to {new:.0f} in {documents[1]:.0f}"
            )
    for column, margin in bounds["fill_kept"].items():
        table = column.split(".")[0]
        is_watched = before.get(table, 0) >= bounds["fewest_rows"] and now.get(table, 0)
        then, filled = before.get(column, 0.0), now.get(column, 0.0)
        if is_watched and filled < then - margin:
            failures.append(f"{column} is filled in {filled:.0%} of rows, before in {then:.0%}")
    return failures


@cache
def _expectations() -> dict[str, Any]:
    return tomllib.loads((files("tables") / "expectations.toml").read_text("utf-8"))


def _census(folder: Path) -> Census:
    bounds, counts = _expectations(), {}
    for name in ("documents", *bounds["rows_kept"]):
        path = folder / f"{name}.parquet"
        counts[name] = float(pq.read_metadata(path).num_rows) if path.is_file() else 0.0
    for column in bounds["fill_kept"]:
        table, _, field = column.partition(".")
        path = folder / f"{table}.parquet"
        # a release of an earlier schema may lack the column
        if counts[table] and field in pq.read_schema(path).names:
            nulls = pq.read_table(path, columns=[field]).column(field).null_count
            counts[column] = 1 - nulls / counts[table]
    return counts


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
