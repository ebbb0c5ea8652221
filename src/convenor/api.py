"""For analysts: tables as pandas frames with the right types, in one line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

PROCESSED = Path("data/processed")


def load(table: str, processed: Path | str = PROCESSED, release: str | None = None) -> pd.DataFrame:
    """Return a table as a pandas frame whose columns have Arrow types (dates, zones, lists and nulls as written).

    `release` names a kept release (`manifest.json` shows the current one), so that several tables read one after
    another belong together even while a run publishes.  Raises FileNotFoundError when there is no such table.
    """
    import pandas as pd

    folder = Path(processed) / "_releases" / release if release else Path(processed)
    path = folder / f"{table}.parquet"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in folder.glob("*.parquet"))) or "none; run `convenor run` first"
        raise FileNotFoundError(f"no table {table} in {folder}; there are: {known}")
    with path.open("rb") as file:  # by its path it would be opened twice, and a release put in place in between
        return pd.read_parquet(file, dtype_backend="pyarrow")
