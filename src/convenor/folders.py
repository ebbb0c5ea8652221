"""Where a project keeps its documents, tables, state and corrections."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from convenor.stopping import stop

if TYPE_CHECKING:
    from flows.engine import Engine
    from flows.settings import Settings
    from flows.steps import RunSettings


def project_root() -> Path:
    """Return the folder of this project: the nearest with convenor.toml, data/raw or tables, else where one is."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        data = folder / "data"
        is_published = (data / "processed" / "manifest.json").is_file()  # tables that somebody passed on
        if (folder / "convenor.toml").is_file() or (data / "raw").is_dir() or is_published:
            return folder
    installed = Path(__file__).resolve().parents[2]
    return installed if (installed / "data" / "raw").is_dir() else here


def apply_settings() -> None:
    """Let the project's convenor.toml hold for this process and those it starts; say it and end where it cannot."""
    root = project_root()
    if (root / "convenor.toml").is_file():
        from flows.settings import SettingsError, apply_file

        try:
            apply_file(root)
        except SettingsError as error:
            stop(str(error))


def default_place(name: Literal["raw", "processed", "state", "corrections"]) -> Path:
    """Return where a project keeps one of its things, as its settings say."""
    place: Path = _places()[name]
    return place


def kept_state(processed: Path | None, state: Path | None) -> Path:
    """Return the state file of the run that wrote `processed`, or stop where there is none."""
    path: Path = _places(processed=processed, state=state)["state"]
    if not path.is_file():
        stop(f"there is no state file {path}: run `convenor run` first, or give --processed or --state")
    return path


def run_settings(
    raw: str | Path | None = None,
    processed: str | Path | None = None,
    state: Path | None = None,
    corrections: Path | None = None,
    limit: int | None = None,
    workers: int | None = None,
    force: bool = False,
    accept_drops: bool = False,
    engine: Engine | None = None,
    scheduler: str | None = None,
) -> RunSettings:
    """Return what a run needs; what is left out is as the settings say, by default in the project's own folders.

    Documents and tables may be in a store (s3://…): they are then worked on in folders beside the state file.
    """
    from flows.steps import RunSettings

    settings = _settings()
    return RunSettings(
        **_places(raw, processed, state, corrections),
        limit=limit,
        workers=workers or settings.workers or os.cpu_count() or 1,
        force=force,
        accept_drops=accept_drops,
        engine="dask" if scheduler else engine or settings.engine,
        scheduler=scheduler or settings.scheduler,
    )


def _settings() -> Settings:
    from flows.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        stop(str(error))


def _places(
    raw: str | Path | None = None,
    processed: str | Path | None = None,
    state: Path | None = None,
    corrections: Path | None = None,
) -> dict[str, Any]:
    """Return folders and addresses as fields of RunSettings; without the libraries that a run needs, which are slow."""
    from flows.storage import is_remote, locate

    settings, root = _settings(), project_root()

    def below(place: str) -> str:
        return place if is_remote(place) else str(root / place)

    source, target = str(raw or below(settings.raw)), str(processed or below(settings.processed))
    beside = Path(target).resolve().parent / "convenor.duckdb" if processed and not is_remote(target) else None
    state_file = state or beside or root / settings.state
    return {
        **locate(source, target, state_file),
        "state": state_file,
        "corrections": corrections or root / settings.corrections,
    }
