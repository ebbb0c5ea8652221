"""What is known of an input before it is read: its hash, whether it must be done again, what is settled already."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from flows.versions import changed_parts, versions
from flows.work import SIDECAR_SUFFIX
from ingest.ids import hash_bytes
from tables.store import OutcomeRow, SourceState

IGNORED_NAMES = frozenset({"Thumbs.db", "desktop.ini"})

RETRIED = frozenset({"timeout", "out_of_memory", "crashed", "vanished", "not_readable"})
"""Failures that another run may not meet again: tried again even where bytes and code are the same."""


def walk(raw: Path) -> Iterator[Path]:
    """Yield the files below a folder in the order of their names; hidden files and links are passed over."""
    for folder, folders, files in os.walk(raw):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder, name)
            if not name.startswith(".") and name not in IGNORED_NAMES and not name.endswith(SIDECAR_SUFFIX):
                yield path


def digest_of(path: Path) -> tuple[str, tuple[str, str] | None]:
    """Return the hash of a file's bytes, or why there is none: (reason code, what to do)."""
    if path.is_symlink():
        return "", ("not_readable", "is a link; links are not followed: put the document itself here")
    try:
        return hash_bytes(path.read_bytes()), None
    except FileNotFoundError:
        return "", ("vanished", "the file was removed while the run was going; run again if it is back")
    except OSError as error:
        return "", ("not_readable", f"the file cannot be read ({error.strerror or error}): change its access rights")


def why_again(state: SourceState | None, digest: str) -> str | None:
    """Return why an input must be extracted, None when what is kept still holds."""
    if state is None:
        return "new document"
    if state.sha256 != digest:
        return "changed bytes"
    if state.outcome == "duplicate":
        return "was a duplicate of a file that is gone"
    if state.versions != versions():
        return f"changed {changed_parts(state.versions, versions())}"
    if state.reason_code in RETRIED:
        return f"failed before: {state.reason_code}"
    return None


def unreadable(uri: str, problem: tuple[str, str]) -> tuple[SourceState, OutcomeRow]:
    """An input whose bytes cannot be had."""
    state = SourceState(uri, None, None, "failed", *problem, document_id=None, input_uri=uri)
    return state, OutcomeRow(uri, "failed", None, *problem)


def duplicate(uri: str, digest: str, first: str) -> tuple[SourceState, OutcomeRow]:
    """An input with the bytes of another."""
    detail = f"the same bytes as {first}; remove one of the two"
    state = SourceState(uri, digest, versions(), "duplicate", "duplicate_content", detail, None, uri)
    return state, OutcomeRow(uri, "duplicate", None, "duplicate_content", detail)
