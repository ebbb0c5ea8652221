"""The file that holds the state: made whole or not at all, refused with a reason when it cannot be used."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

STORE_VERSION = 1
"""Raised when the layout of the file changes; a store of another version is refused, never rewritten silently."""

MEMORY_MB = 64
"""What is held in memory of what lies in the file: little, for a run reads each document twice."""

_LAYOUT = """
CREATE TABLE meta (store_version INTEGER NOT NULL);
CREATE TABLE sources (
    source_uri VARCHAR PRIMARY KEY, sha256 VARCHAR, versions VARCHAR, outcome VARCHAR NOT NULL,
    reason_code VARCHAR, detail VARCHAR, document_id VARCHAR, input_uri VARCHAR NOT NULL
);
CREATE TABLE records (document_id VARCHAR PRIMARY KEY, source_uri VARCHAR NOT NULL, payload BLOB NOT NULL);
CREATE SEQUENCE run_numbers START 1;
CREATE TABLE runs (
    run_number INTEGER PRIMARY KEY, run_id VARCHAR NOT NULL, started_utc TIMESTAMPTZ NOT NULL,
    finished_utc TIMESTAMPTZ, state VARCHAR NOT NULL, data_version VARCHAR
);
CREATE TABLE outcomes (
    run_id VARCHAR NOT NULL, source_uri VARCHAR NOT NULL, document_id VARCHAR, outcome VARCHAR NOT NULL,
    reason_code VARCHAR, detail VARCHAR, seconds DOUBLE, PRIMARY KEY (run_id, source_uri)
);
"""


class StoreError(Exception):
    """The state file cannot be used; the message says why and what to do."""


def open_state_file(path: Path) -> duckdb.DuckDBPyConnection:
    """Open a state file, making it where there is none.  Raises StoreError that says why it cannot be used."""
    try:
        if not path.exists():
            _create(path)
        # one thread: the store is small reads and appends, and the cores belong to the workers
        db = duckdb.connect(path, config={"threads": 1})
    except (duckdb.Error, OSError) as error:
        raise StoreError(explain(path, error)) from error
    _check_version(db, path)
    return db


def _create(path: Path) -> None:
    """Make a new state file beside its place and move it there, so that a kill leaves none or a whole one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with duckdb.connect(draft, config={"threads": 1}) as db:
            db.execute(_LAYOUT)
            db.execute("INSERT INTO meta VALUES (?)", [STORE_VERSION])
        try:
            os.link(draft, path)  # fails where another process was faster; its file is as good
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)


def explain(path: Path, error: BaseException) -> str:
    """Say what a person can do about a state file that does not open, or fails while it is used."""
    reason = _first_line(error)
    if "set lock" in reason.lower() or "used by another process" in reason.lower():
        return f"another run is using {path}: wait until it has ended, or give this run its own --state"
    if any(word in reason.lower() for word in ("no space", "file too large", "disk quota", "could not write")):
        return f"the state file {path} cannot grow ({reason}): make room on the disk and run again"
    if isinstance(error, duckdb.IOException) and "permission" in reason.lower():
        return f"no permission to open the state file {path}: change its access rights, or give another --state"
    again = "`convenor doctor --repair` moves it aside; the next run then extracts every document anew"
    return f"the state file {path} cannot be used ({reason}): {again}"


def _check_version(db: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        (version,) = db.execute("SELECT store_version FROM meta").fetchone() or (None,)
    except duckdb.CatalogException:
        version = None
    except duckdb.Error as error:
        db.close()
        raise StoreError(explain(path, error)) from error
    if version != STORE_VERSION:
        db.close()
        raise StoreError(
            f"{path} was written by another version of convenor (layout {version}, this one needs {STORE_VERSION}): "
            "`convenor doctor --repair` moves it aside; the next run then extracts every document anew"
        )


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


class Transaction:
    """Commit on a clean exit, roll back on any error."""

    def __init__(self, db: duckdb.DuckDBPyConnection) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.execute("BEGIN")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._db.execute("COMMIT")
        else:
            with suppress(duckdb.Error):  # what failed may have rolled back already; its own error tells why
                self._db.execute("ROLLBACK")


def insert(db: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    """Insert or replace rows in one statement: 10,000 rows in 0.1 s, where one statement a row takes 10 s."""
    if not rows:
        return
    names = [name for (name,) in db.execute(f"SELECT name FROM pragma_table_info('{table}') ORDER BY cid").fetchall()]
    columns = {name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)}
    db.register("incoming", pa.table(columns))
    db.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM incoming")
    db.unregister("incoming")
