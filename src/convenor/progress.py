"""Progress on standard error: a bar where the number of steps is known, else what is being done and since when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from flows.steps import Progress as ReportProgress


@contextmanager
def progress_bar(quiet: bool) -> Iterator[ReportProgress | None]:
    """Show a bar with the time passed and left while documents are done; nothing when output is for machines."""
    with _shown(quiet, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn()) as bar:
        if bar is None:
            yield None
            return
        task = bar.add_task("looking", total=None)

        def report(done: int, total: int, source_uri: str) -> None:
            bar.update(task, total=total, completed=done, description=escape(source_uri[-40:]))

        yield report


@contextmanager
def working(what: str, quiet: bool = False) -> Iterator[None]:
    """Show what is being done and the time passed; nothing when output is for machines."""
    with _shown(quiet, SpinnerColumn(), TimeElapsedColumn()) as line:
        if line is not None:
            line.add_task(escape(what), total=None)
        yield


@contextmanager
def _shown(quiet: bool, *columns: ProgressColumn) -> Iterator[Progress | None]:
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield None
        return
    with Progress(TextColumn("{task.description}"), *columns, console=console, transient=True) as progress:
        yield progress
