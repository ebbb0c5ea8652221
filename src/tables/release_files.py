"""Files of a release on their way into place: one writer at a time, and nothing left of a run that was killed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":  # there the state file's own lock is the only one
    import fcntl

DRAFT = ".draft"
"""Ends the name of a folder in which a release is being written."""
STAGED = ".new"
"""Ends the name of a file that is about to replace a published one."""


@contextmanager
def only_writer(releases: Path) -> Iterator[None]:
    """Wait until no other process publishes here, and keep others waiting; the system lifts it from the dead."""
    if sys.platform == "win32":
        yield
        return
    folder = os.open(releases, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def clear_leftovers(processed: Path, releases: Path) -> list[Path]:
    """Remove what killed runs left half done; return what that was."""
    folders = [path for path in releases.glob(f".*{DRAFT}") if path.is_dir()]
    files = list(processed.glob(f".*{STAGED}"))
    for folder in folders:
        shutil.rmtree(folder)
    for file in files:
        file.unlink()
    return [*folders, *files]


def move_in(draft: Path, folder: Path, names: Iterable[str]) -> None:
    """Make a draft a release folder; one with the same version stays readable throughout, file by file."""
    if not folder.exists():
        draft.rename(folder)
        return
    for name in names:
        (draft / name).replace(folder / name)
    shutil.rmtree(draft)
