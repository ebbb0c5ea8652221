"""Put a document from the web into data/raw: its bytes as they came, and beside them where and when from."""

from __future__ import annotations

import json
import mimetypes
import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from flows.work import SIDECAR_SUFFIX
from ingest.fetch import DEFAULT_SETTINGS, FetchSettings, fetch_url


def add_url(url: str, folder: Path, settings: FetchSettings = DEFAULT_SETTINGS) -> Path:
    """Fetch a web address into `folder` with its sidecar; return the file.  Raises BadInput when it cannot be had.

    The same address again replaces its file; another address with the same name gets a number.
    """
    data, sidecar = fetch_url(url, settings)
    folder.mkdir(parents=True, exist_ok=True)
    path = _free_path(folder, _file_name(url, str(sidecar["headers"].get("content-type", ""))), url)
    path.write_bytes(data)
    note = path.with_name(path.name + SIDECAR_SUFFIX)
    note.write_text(json.dumps(sidecar, indent=2, ensure_ascii=False, default=str) + "\n", "utf-8")
    return path


def _file_name(url: str, content_type: str) -> str:
    """Return a harmless file name made from the address: its last part, else its host."""
    parts = urlsplit(url)
    stem = PurePosixPath(unquote(parts.path)).name or parts.hostname or "page"
    name = re.sub(r"[^\w.-]+", "-", stem).strip(".-")[:100] or "page"
    suffix = mimetypes.guess_extension(content_type.partition(";")[0].strip()) or ""
    return name if PurePosixPath(name).suffix or not suffix else name + suffix


def _free_path(folder: Path, name: str, url: str) -> Path:
    path = folder / name
    number = 1
    while path.exists() and _origin(path) != url:
        number += 1
        path = folder / f"{PurePosixPath(name).stem}-{number}{PurePosixPath(name).suffix}"
    return path


def _origin(path: Path) -> str | None:
    try:
        note = json.loads(path.with_name(path.name + SIDECAR_SUFFIX).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return str(note.get("url"))
