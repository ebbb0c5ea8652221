"""Decisions of the desk as rows of data/corrections: kept through the same code as `convenor correct`, taken back."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from convenor.correct import FILE_NAME, keep_row, remove_row
from resolve.contradictions import subject_key
from resolve.corrections import COLUMNS, Correction, CorrectionError, Refusal, parse_row, read_corrections

_WRITING = threading.Lock()
"""One decision at a time: each looks at the rows there are before it adds its own."""


def decide(folder: Path, row: Mapping[str, str]) -> Correction | None:
    """Keep a row; an earlier decision on the same thing gives way to it.  Raises CorrectionError, nothing written.

    Returns the row as it stands in the file, None where taking back the earlier one was all it took (what was added
    by hand and is rejected now).
    """
    cells = {column: _one_line(row.get(column, "")) for column in COLUMNS}
    with _WRITING:
        new = parse_row(cells, FILE_NAME, 0)
        earlier = list(_given_way(folder, new))
        for old in earlier:
            remove_row(folder / old.file, old.line, old.cells)
        if new.action == "reject" and any(old.action == "add" for old in earlier):
            return None
        try:
            keep_row(folder / FILE_NAME, cells)
        except CorrectionError:
            for old in reversed(earlier):
                keep_row(folder / FILE_NAME, dict(zip(COLUMNS, old.cells, strict=True)))
            raise
        return next(c for c in reversed(read_corrections(folder).accepted) if c.cells == new.cells)


def take_back(folder: Path, file: str, line: int) -> bool:
    """Remove the row at a line of a file of the folder; False where there is none (any more)."""
    with _WRITING:
        listed = read_corrections(folder)
        rows: list[Correction | Refusal] = [*listed.accepted, *listed.refused]
        row: Correction | Refusal | None = next((row for row in rows if (row.file, row.line) == (file, line)), None)
        return row is not None and remove_row(folder / row.file, row.line, row.cells)


def _given_way(folder: Path, new: Correction) -> Iterator[Correction]:
    """Yield the rows that speak of the same thing otherwise, the last line first so that line numbers hold."""
    gives_way = {
        "fix": ("fix",),
        "accept": ("accept", "reject"),
        "reject": ("reject", "accept", "add"),
        "add": ("reject", "add"),
    }
    for old in reversed(read_corrections(folder).accepted):
        is_same = (old.kind, old.document, subject_key(old.kind, old.name)) == (
            new.kind, new.document, subject_key(new.kind, new.name),
        )  # fmt: skip
        is_same = is_same and old.field == new.field and (new.action == "fix" or old.value == new.value)
        if is_same and old.action in gives_way.get(new.action, ()):
            yield old


def _one_line(text: str) -> str:
    """A cell is one line: words selected in the page bring its line breaks."""
    return " ".join(text.split())
