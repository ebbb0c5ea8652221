"""Where a project keeps its documents, tables, state and corrections."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.steps import RunSettings


def project_root() -> Path:
    """Return the folder that holds this project's data: the nearest one upwards with data/raw, else where one is."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "data" / "raw").is_dir():
            return folder
    installed = Path(__file__).resolve().parents[2]
    return installed if (installed / "data" / "raw").is_dir() else here


def run_settings(
    raw: Path | None = None,
    processed: Path | None = None,
    state: Path | None = None,
    corrections: Path | None = None,
    limit: int | None = None,
    workers: int | None = None,
    force: bool = False,
    accept_drops: bool = False,
) -> RunSettings:
    """Return what a run needs; what is left out lies in the project's own folders."""
    from flows.steps import RunSettings

    root = project_root()
    return RunSettings(
        raw=raw or root / "data" / "raw",
        processed=processed or root / "data" / "processed",
        state=state or (processed.resolve().parent if processed else root / "data") / "convenor.duckdb",
        corrections=corrections or root / "data" / "corrections",
        limit=limit,
        workers=workers or os.cpu_count() or 1,
        force=force,
        accept_drops=accept_drops,
    )
