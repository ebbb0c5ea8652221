"""Documents and tables in an object store: a copy of the documents is kept here, releases are sent there.

Any store that fsspec knows (s3://, gs://, abfs://, sftp:// …; some need a package of their own).  Objects are taken
over when the store says that they changed, and are replaced whole; the manifest goes last, as on a disk.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec
from fsspec.core import url_to_fs

from ingest.ids import make_id
from tables.publish import PUBLISHED_FILES, RELEASES

INDEX = ".index.json"
"""What the store said of each object when it was taken over; hidden, so no document."""
_SIGNS = ("ETag", "etag", "md5", "checksum", "mtime", "LastModified", "last_modified", "updated", "created")


class StorageError(Exception):
    """A store that cannot be used; the message says why and what to do."""


def is_remote(place: str) -> bool:
    """Whether a place is the address of a store, no folder of this machine."""
    return "://" in place


def locate(raw: str, processed: str, state: Path) -> dict[str, Any]:
    """Return the folders a run works in and the addresses they stand for, as fields of `RunSettings`.

    What lies in a store is worked on in folders beside the state file.
    """
    beside = state.resolve().parent
    return {
        "raw": beside / ".remote" / make_id("raw", raw) if is_remote(raw) else Path(raw),
        "raw_url": raw if is_remote(raw) else None,
        "processed": beside / ".remote" / make_id("tables", processed) if is_remote(processed) else Path(processed),
        "processed_url": processed if is_remote(processed) else None,
    }


def pull(url: str, folder: Path) -> list[tuple[str, str]]:
    """Make `folder` equal to what the store holds; return objects that cannot be kept here: (name, why).

    Raises StorageError when the store cannot be reached or refuses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / INDEX
    known: dict[str, list[str]] = json.loads(index.read_text("utf-8")) if index.is_file() else {}
    now: dict[str, list[str]] = {}
    refused: list[tuple[str, str]] = []
    with _told(url):
        files, root = _open(url)
        if not files.exists(root):
            raise StorageError(f"there is nothing at {url}: give the address of the folder that holds your documents")
        for path, facts in sorted(files.find(root, detail=True).items()):
            name = PurePosixPath(path).relative_to(PurePosixPath(root)).as_posix()
            if not _is_safe(name):
                refused.append((name, "the name leads outside the folder: rename it in the store"))
                continue
            sign = _signature(facts)
            if known.get(name) != sign or not (folder / name).is_file():
                try:
                    _take(files, path, folder / name)
                except (IsADirectoryError, NotADirectoryError, FileExistsError) as error:
                    refused.append((name, f"cannot be kept as a file here ({error.strerror}): rename it in the store"))
                    continue
            now[name] = sign
    for name in known.keys() - now.keys():
        (folder / name).unlink(missing_ok=True)
    _write(index, json.dumps(now).encode())
    return refused


def push(processed: Path, url: str) -> int:
    """Send the release in place to a store, the manifest last; return how many files were sent.

    Files that the manifest there names with the same hash are left as they are.  Raises StorageError.
    """
    manifest = json.loads((processed / "manifest.json").read_text("utf-8"))
    version = manifest["data_version"]
    sent = 0
    with _told(url):
        files, root = _open(url)
        there = _hashes(files, f"{root}/manifest.json")
        release = f"{root}/{RELEASES}/{version}"
        held = _hashes(files, f"{release}/manifest.json")
        for names_there, place in ((held, release), (there, root)):
            files.makedirs(place, exist_ok=True)
            for name in PUBLISHED_FILES:
                digest = manifest["tables"].get(Path(name).stem, {}).get("sha256")
                if digest is None or names_there.get(name) != digest:
                    files.put_file(str(processed / name), f"{place}/{name}")
                    sent += 1
        kept = {path.name for path in (processed / RELEASES).iterdir() if path.is_dir()}
        for old in files.ls(f"{root}/{RELEASES}", detail=False):
            if PurePosixPath(old).name not in kept:
                files.rm(old, recursive=True)
    return sent


def _open(url: str) -> tuple[Any, str]:
    files, root = url_to_fs(url)
    files.invalidate_cache()
    return files, root.rstrip("/")


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what goes wrong with a store into one sentence; a connection that fails for a moment may be tried again."""
    try:
        yield
    except (StorageError, ConnectionError, TimeoutError):
        raise
    except ImportError as error:
        raise StorageError(f"{url} needs a package that is not installed: {error}") from None
    except ValueError as error:
        raise StorageError(f"{url} is no address of a store: {error}") from None
    except (OSError, fsspec.exceptions.FSTimeoutError) as error:
        raise StorageError(f"{url} cannot be used: {error}") from error


def _hashes(files: Any, manifest: str) -> Mapping[str, str]:
    """Return the hashes of the files a manifest in the store names, none where there is no such manifest."""
    try:
        tables = json.loads(files.cat_file(manifest))["tables"]
        return {entry["file"]: entry["sha256"] for entry in tables.values()}
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _signature(facts: Mapping[str, Any]) -> list[str]:
    return [str(facts.get("size")), *(str(facts[name]) for name in _SIGNS if facts.get(name) is not None)]


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts and "\\" not in name and "\0" not in name


def _take(files: Any, path: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name[:100]}.part")
    try:
        files.get_file(path, str(draft))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    draft.replace(path)
