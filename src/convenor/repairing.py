"""`convenor doctor --repair`: mend what a fault left behind, and say what was done and what it means."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any


def repair(state: Path, processed: Path) -> list[str]:
    """Mend a state file and published tables; return what was found and done, a sentence each.

    Nothing is deleted but half-written drafts: an unusable state file is moved aside, damaged tables are taken anew
    from their release folder, and where that cannot be, the next run publishes them again.
    """
    return [*_repair_state(state), *_repair_tables(processed)]


def _repair_state(state: Path) -> Iterator[str]:
    from tables.store import Store, StoreError

    if not state.exists():
        yield f"state: there is no {state}; the next run extracts every document"
        return
    try:
        with Store(state) as store:
            documents, interrupted = store.check()
    except StoreError as error:
        if "another run" in str(error):
            yield f"state: {error}"
            return
        aside = _move_aside(state)
        yield f"state: {error}"
        yield f"state: moved to {aside}; the tables stay, and the next run extracts every document anew"
        return
    again = f"; the last run was interrupted after {interrupted} inputs, the next one goes on" if interrupted else ""
    yield f"state: {state} is sound, {documents} documents{again}"


def _move_aside(state: Path) -> Path:
    """Rename a state file and its log, never over an earlier one."""
    number = 1
    while (aside := state.with_name(f"{state.name}.broken-{number}")).exists():
        number += 1
    log = state.with_name(f"{state.name}.wal")
    if log.exists():
        log.rename(aside.with_name(f"{aside.name}.wal"))
    state.rename(aside)
    return aside


def _repair_tables(processed: Path) -> Iterator[str]:
    from tables.publish import RELEASES, put_in_place
    from tables.release_files import clear_leftovers, only_writer

    releases = processed / RELEASES
    if not releases.is_dir():
        yield f"tables: there are none in {processed}; the next run publishes them"
        return
    with only_writer(releases):
        for path in clear_leftovers(processed, releases):
            yield f"tables: removed {path.name}, left half-written by a run that was killed"
        manifest = _manifest(processed) or _latest(releases)
        if manifest is None:
            yield "tables: no release has a readable manifest; the next run publishes the tables again"
            return
        folder = releases / manifest["data_version"]
        if not (damaged := _damaged(processed, manifest)):
            yield f"tables: {len(manifest['tables'])} files are as release {manifest['data_version']} has them"
        elif _manifest(folder) and not _damaged(folder, _manifest(folder)):
            put_in_place(folder, processed)
            yield f"tables: taken anew from release {manifest['data_version']}: {', '.join(damaged)}"
        else:
            (processed / "manifest.json").unlink(missing_ok=True)
            yield f"tables: damaged, and so is their release: {', '.join(damaged)}; the next run publishes them again"


def _manifest(folder: Path) -> Any:
    """Return the manifest of a folder, None when there is none that can be read."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
        return manifest if manifest["data_version"] and manifest["tables"] else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _latest(releases: Path) -> Any:
    folders = sorted(releases.glob("data_*"), key=lambda folder: folder.stat().st_mtime, reverse=True)
    return next(filter(None, map(_manifest, folders)), None)


def _damaged(folder: Path, manifest: Any) -> list[str]:
    """Return the files whose bytes are not those that the manifest names."""
    return [entry["file"] for entry in manifest["tables"].values() if _hash(folder / entry["file"]) != entry["sha256"]]


def _hash(path: Path) -> str | None:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
