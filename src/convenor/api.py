"""For analysts: a table as a pandas frame in one line, all tables in one query."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb
    import pandas as pd


def load(table: str, processed: Path | str | None = None, release: str | None = None) -> pd.DataFrame:
    """Return a table as a pandas frame whose columns have Arrow types (dates, zones, lists and nulls as written).

    The tables are those of the project around the current folder, or of `processed`.  `release` names a kept release
    (`manifest.json` shows the current one), so that several tables read one after another belong together even while
    a run publishes.  Raises FileNotFoundError when there is no such table.
    """
    import pandas as pd

    folder = _release_folder(processed, release)
    path = folder / f"{table}.parquet"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.parquet"))) or "none; run `convenor run` first"
        raise FileNotFoundError(f"no table {table} in {folder}; there are: {known}")
    with path.open("rb") as file:  # by its path it would be opened twice, and a release put in place in between
        return pd.read_parquet(file, dtype_backend="pyarrow")


def connect(processed: Path | str | None = None, release: str | None = None) -> duckdb.DuckDBPyConnection:
    """Return a DuckDB connection in which every table is a view, and so are the queries people ask for most.

    The views of the file that `convenor export duckdb` writes, without the file.  Raises FileNotFoundError when nothing
    is published.
    """
    import duckdb

    from tables.exports.database import create_views

    folder = _release_folder(processed, release)
    if not (folder / "events.parquet").is_file():
        raise FileNotFoundError(f"no tables in {folder}; run `convenor run` first")
    db = duckdb.connect()
    create_views(db, folder)
    return db


def _release_folder(processed: Path | str | None, release: str | None) -> Path:
    from convenor.folders import default_place

    folder = Path(processed) if processed else default_place("processed")
    return folder / "_releases" / release if release else folder
