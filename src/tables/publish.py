"""Write a release: every table into a folder of its own, checked, then put in place file by file, manifest last."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tables.checks import check_drops, check_release
from tables.datapackage import describe_release
from tables.release_files import DRAFT, STAGED, clear_leftovers, move_in, only_writer
from tables.schema import SCHEMA_VERSION, TABLE_BY_NAME, TABLES
from tables.writing import ReleaseInfo, ReleaseRows, Row, write_table, write_tables

RELEASES = "_releases"
KEPT_RELEASES = 5
PUBLISHED_FILES = (*(f"{table.name}.parquet" for table in TABLES), "datapackage.json", "manifest.json")
"""In the order in which they are put in place: the manifest last, so that it never names a file not yet there."""


@dataclass(frozen=True)
class Release:
    """A published release: its folder and the rows of each table."""

    info: ReleaseInfo
    folder: Path
    row_counts: Mapping[str, int]


def publish(rows: ReleaseRows, processed: Path, info: ReleaseInfo, accept_drops: bool = False) -> Release:
    """Write, check and put in place all tables; a failed check or a full disk leaves what was published untouched.

    A release that lost much against the one in place is held back unless `accept_drops`.  Raises `CheckFailed` with
    every broken rule, OSError when the disk refuses.
    """
    releases = processed / RELEASES
    releases.mkdir(parents=True, exist_ok=True)
    with only_writer(releases):
        clear_leftovers(processed, releases)
        draft = releases / f".{info.data_version}{DRAFT}"
        draft.mkdir()
        try:
            counts = write_tables(draft, rows, info)
            _write_json(draft / "datapackage.json", describe_release(info.data_version))
            _write_json(draft / "manifest.json", _manifest(draft, info, counts))
            check_release(draft)
            if not accept_drops:
                check_drops(draft, processed)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        folder = releases / info.data_version
        move_in(draft, folder, PUBLISHED_FILES)
        put_in_place(folder, processed)
        _drop_old(releases, keep=folder)
    return Release(info, folder, counts)


def publish_outcomes(rows: Iterable[Row], processed: Path) -> dict[str, int]:
    """Renew `outcomes` in the release in place, nothing else having changed; return the rows of every table."""
    manifest = json.loads((processed / "manifest.json").read_text("utf-8"))
    info = ReleaseInfo(manifest["data_version"], manifest["run_id"], manifest["git_commit"])
    releases = processed / RELEASES
    folder = releases / info.data_version
    table = TABLE_BY_NAME["outcomes"]
    renewed = (f"{table.name}.parquet", "manifest.json")
    counts = {name: entry["rows"] for name, entry in manifest["tables"].items()}
    with only_writer(releases):
        clear_leftovers(processed, releases)
        draft = releases / f".{info.data_version}{DRAFT}"
        draft.mkdir()
        try:
            counts[table.name] = write_table(draft, table, rows, info)
            manifest["tables"][table.name] = _entry(draft / f"{table.name}.parquet", counts[table.name])
            _write_json(draft / "manifest.json", manifest)
            move_in(draft, folder, renewed)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        put_in_place(folder, processed, renewed)
    return counts


def put_in_place(folder: Path, processed: Path, names: Iterable[str] = PUBLISHED_FILES) -> None:
    """Replace the published files one by one, the manifest last; a reader sees the old or the new file, never half."""
    for name in names:
        staged = processed / f".{name}{STAGED}"
        staged.unlink(missing_ok=True)
        try:
            os.link(folder / name, staged)
        except OSError:  # a file system without hard links
            shutil.copyfile(folder / name, staged)
        staged.replace(processed / name)


def published_version(processed: Path) -> str | None:
    """Return the data version in place, None when none is, or when it is not whole: then it is published again."""
    try:
        manifest = json.loads((processed / "manifest.json").read_text("utf-8"))
        version = manifest["data_version"]
        folder = processed / RELEASES / version
        sizes = {entry["file"]: entry["bytes"] for entry in manifest["tables"].values()}
        sizes.pop("outcomes.parquet", None)  # renewed by every run
        is_whole = all((place / name).stat().st_size == sizes[name] for place in (folder, processed) for name in sizes)
        is_one = all(
            _data_version(processed / f"{table.name}.parquet") == version and table.name in manifest["tables"]
            for table in TABLES
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, pa.ArrowException):
        return None
    return str(version) if is_whole and is_one else None


def _data_version(path: Path) -> str | None:
    """Return the release that a published file says it belongs to."""
    found = (pq.read_schema(path).metadata or {}).get(b"convenor.data_version")
    return found.decode() if found else None


def read_rows(folder: Path, table: str, columns: tuple[str, ...] | None = None) -> list[dict[str, Any]]:
    """Return the rows of a table of a release, or some columns of them; none where the release has no such table."""
    path = folder / f"{table}.parquet"
    return pq.read_table(path, columns=columns and list(columns)).to_pylist() if path.is_file() else []


def _manifest(folder: Path, info: ReleaseInfo, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "data_version": info.data_version,
        "run_id": info.run_id,
        "git_commit": info.git_commit,
        "schema_version": SCHEMA_VERSION,
        "tables": {name: _entry(folder / f"{name}.parquet", count) for name, count in counts.items()},
    }


def _entry(path: Path, row_count: int) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return {"file": path.name, "rows": row_count, "bytes": path.stat().st_size, "sha256": digest}


def _drop_old(releases: Path, keep: Path) -> None:
    folders = [p for p in releases.iterdir() if p.is_dir() and not p.name.startswith(".") and p != keep]
    for old in sorted(folders, key=lambda p: p.stat().st_mtime, reverse=True)[KEPT_RELEASES - 1 :]:
        shutil.rmtree(old, ignore_errors=True)


def _write_json(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n", "utf-8")
