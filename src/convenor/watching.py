"""`convenor watch`: documents are read within seconds of being completely written.

Polling, because it works the same on every file system, network mounts included: a file counts as complete when its
size and time of change have stood still for a while.  Looking at 20,000 files takes under 0.1 s.
"""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from convenor.folders import run_settings
from convenor.stopping import complain, stop

if TYPE_CHECKING:
    from flows.steps import RunSettings, RunSummary

SETTLE_SECONDS = 2.0
"""A file unchanged for so long is complete; copying programs write at least once a second."""
POLL_SECONDS = 0.5
POLL_SHARE = 10
"""Looking takes at most one part in so many of the time, however many files there are."""

Sighting = tuple[int, int]
"""Size in bytes and time of change in ns: what a file looks like from outside."""
Sightings = Mapping[Path, tuple[Sighting, float]]
"""How each file looks, and since when (monotonic seconds)."""


def watch(
    raw: Annotated[Path | None, typer.Argument(help="Folder with the documents; data/raw when left out.")] = None,
    processed: Annotated[Path | None, typer.Option(help="Folder for the tables; data/processed when left out.")] = None,
    state: Annotated[Path | None, typer.Option(help="File that remembers what was done.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="Folder with corrections; data/corrections.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes at work; one for each core.")] = None,
    settle: Annotated[float, typer.Option(min=0.1, help="Seconds a file must stand still.")] = SETTLE_SECONDS,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line for each run.")] = False,
) -> None:
    """Watch a folder and read what is put into it as soon as it is completely written; stop with Ctrl-C."""
    settings = run_settings(raw, processed, state, corrections, workers=workers)
    if settings.raw_url:
        stop(f"{settings.raw_url} cannot be watched: run on a schedule with `convenor serve`")
    if not settings.raw.is_dir():
        stop(f"there is no folder {settings.raw}: give the folder into which documents are put")
    typer.echo(f"watching {settings.raw}; stop with Ctrl-C", err=as_json)
    # a service manager stops a service with SIGTERM: the same clean end as Ctrl-C
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for summary in watch_folder(settings, settle, _say_problem):
            _say_summary(summary, as_json)
    except KeyboardInterrupt:
        typer.echo("stopped; what was finished is kept", err=as_json)


def watch_folder(
    settings: RunSettings, settle: float = SETTLE_SECONDS, on_problem: Callable[[Exception], None] = lambda _: None
) -> Iterator[RunSummary]:
    """Run whenever a file became complete or went away; yield the summary of each run, for ever.

    A file that is still being written waits, and holds up no other.  A run that cannot begin or publish is told to
    `on_problem` and tried again when something has changed.
    """
    from flows.steps import RunError, run
    from tables.checks import CheckFailed
    from tables.store import StoreError

    sightings: Sightings = {}
    done: dict[Path, Sighting] = {}
    while True:
        started = time.monotonic()
        sightings = look(settings.raw, sightings, started)
        looked = time.monotonic() - started
        complete = {path: how for path, (how, since) in sightings.items() if started - since >= settle}
        if is_news(complete, done, sightings):
            done = complete
            try:
                yield run(replace(settings, is_complete=_as_seen(complete)))
            except (RunError, StoreError, CheckFailed, OSError) as problem:
                on_problem(problem)
        time.sleep(max(POLL_SECONDS, POLL_SHARE * looked))


def _as_seen(complete: Mapping[Path, Sighting]) -> Callable[[Path], bool]:
    return lambda path: complete.get(path) == sight(path)


def look(folder: Path, before: Sightings, now: float) -> Sightings:
    """Return how each file below a folder looks, and since when it has looked so."""
    from flows.inputs import walk

    seen: dict[Path, tuple[Sighting, float]] = {}
    for path in walk(folder):
        how = sight(path)
        if how is not None:
            earlier = before.get(path)
            seen[path] = earlier if earlier and earlier[0] == how else (how, now)
    return seen


def sight(path: Path) -> Sighting | None:
    """Return how a file looks from outside, None when it is gone."""
    try:
        status = path.lstat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def is_news(complete: Mapping[Path, Sighting], done: Mapping[Path, Sighting], sightings: Sightings) -> bool:
    """Whether a complete file is not yet read as it is now, or a file that was read is gone."""
    return any(done.get(path) != how for path, how in complete.items()) or any(path not in sightings for path in done)


def _say_summary(summary: RunSummary, as_json: bool) -> None:
    if as_json:
        from convenor.running import summary_json

        typer.echo(json.dumps(summary_json(summary), ensure_ascii=False, default=str))
        return
    counts = ", ".join(f"{count} {name}" for name, count in summary.counts.items())
    typer.echo(f"{time.strftime('%H:%M:%S')}  {counts}; {summary.rows.get('documents', 0)} documents in all")


def _say_problem(problem: Exception) -> None:
    complain(f"convenor: {problem}; tried again when something has changed")
