"""The run itself, as five plain steps: discover, extract, retire, publish, summarise.  No Prefect, no rules.

`run(settings)` calls them one after another; the flow calls the same `run` with each step wrapped as a task.
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from flows.engine import Engine, Lost, map_batches
from flows.inputs import digest_of, duplicate, unreadable, walk, why_again
from flows.keeping import lost, save
from flows.observing import write_metrics
from flows.settings import SettingsError, read_settings
from flows.versions import git_commit, joining_version, versions
from flows.work import Done, Input, process_batch
from ingest.errors import Outcome
from ingest.ids import make_id
from resolve.kept import KeptError
from tables.assembly import assemble
from tables.correction_rows import correction_counts
from tables.joined import Corpus, Decisions, read_decisions
from tables.publish import publish, publish_outcomes, published_version, read_rows
from tables.schema import SCHEMA_VERSION
from tables.store import OutcomeRow, SourceState, Store
from tables.writing import ReleaseInfo

log = logging.getLogger(__name__)

MAX_BATCH = 200
BATCHES_PER_WORKER = 8
"""Enough batches that workers end together, few enough that hand-over costs nothing (0.1 ms a document)."""


class RunError(Exception):
    """A run that cannot begin or publish; the message says why and what to do."""


@dataclass(frozen=True)
class RunSettings:
    """What a run reads, where it keeps its state and where it publishes.

    Files that `is_complete` denies are still being written: they wait, and what is known of them stays.
    """

    raw: Path
    processed: Path
    state: Path
    corrections: Path | None = None
    limit: int | None = None
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    force: bool = False
    accept_drops: bool = False
    is_complete: Callable[[Path], bool] = lambda path: True
    engine: Engine = "local"
    scheduler: str | None = None
    raw_url: str | None = None
    """Address of a store whose documents `raw` is a copy of."""
    processed_url: str | None = None
    """Address of a store to which the release in `processed` is sent."""


@dataclass(frozen=True)
class Plan:
    """What a run will do: inputs to extract with the reason each, settled outcomes, inputs unchanged or gone."""

    run_id: str
    todo: tuple[Input, ...]
    reasons: dict[str, str]
    settled: tuple[tuple[SourceState, OutcomeRow], ...]
    unchanged: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class RunSummary:
    """A run in a few numbers: what a person reads in ten seconds."""

    run_id: str
    data_version: str
    counts: dict[str, int]
    rows: dict[str, int]
    retired: tuple[str, ...]
    problems: tuple[OutcomeRow, ...]
    is_new_release: bool
    seconds: dict[str, float]
    corrections: dict[str, int] = field(default_factory=dict)
    """How many corrections were applied, met nothing, were refused."""
    causes: dict[str, int] = field(default_factory=dict)
    """How many inputs were extracted for each reason: new document, changed bytes, changed model …"""

    @property
    def failure_count(self) -> int:
        return self.counts.get("failed", 0) + self.counts.get("unsupported", 0)


Call = Callable[..., Any]
Progress = Callable[[int, int, str], None]


def call_plainly(step: Call, *arguments: Any) -> Any:
    """Run a step as a plain function."""
    return step(*arguments)


def run(settings: RunSettings, call: Call = call_plainly, progress: Progress | None = None) -> RunSummary:
    """Bring the tables up to date with the documents.  Raises RunError, StoreError or CheckFailed when it cannot.

    `call(step, *arguments)` runs each step; `progress(done, total, source_uri)` hears of each finished input.
    """
    seconds: dict[str, float] = {}

    def timed(step: Call, *arguments: Any) -> Any:
        started = time.monotonic()
        result = call(step, *arguments)
        seconds[step.__name__] = round(time.monotonic() - started, 3)
        log.info("step done", extra={"step": step.__name__, "seconds": seconds[step.__name__]})
        return result

    refused = timed(fetch, settings) if settings.raw_url else []
    check_settings(settings)
    with Store(settings.state, read_settings().state_memory) as store:
        plan: Plan = timed(discover, settings, store, refused)
        try:
            timed(extract, settings, store, plan, progress)
            # a line for each document, which nothing after this reads
            plan = replace(plan, todo=(), settled=(), unchanged=())
            timed(retire, store, plan)
            summary: RunSummary = timed(publish_tables, settings, store, plan)
            if settings.processed_url:
                timed(send, settings)
        except BaseException:
            with suppress(Exception):  # on a full disk; the next run then marks this one as interrupted
                store.end_run(plan.run_id, "failed", None)
            raise
        store.end_run(plan.run_id, "completed", summary.data_version)
    summary = replace(summary, seconds=seconds)
    log.info("run done", extra={"run_id": summary.run_id, "data_version": summary.data_version, **summary.counts})
    metrics_file = read_settings().metrics_file
    if metrics_file:
        write_metrics(summary, Path(metrics_file))
    return summary


def check_settings(settings: RunSettings) -> None:
    """Refuse a run that has nothing to read, nowhere to write, or a limit that is no number."""
    try:
        read_settings()
    except SettingsError as error:
        raise RunError(str(error)) from None
    if settings.raw.is_file():
        raise RunError(f"{settings.raw} is a file: give its folder, or look at it with `convenor check`")
    if not settings.raw.is_dir():
        raise RunError(f"there is no folder {settings.raw}: give the folder that holds your documents")
    if not os.access(settings.raw, os.R_OK | os.X_OK):
        raise RunError(f"no permission to read the folder {settings.raw}: change its access rights")
    if next(walk(settings.raw), None) is None:
        place = settings.raw_url or settings.raw
        raise RunError(f"{place} holds no documents: put some there or give another folder; nothing was changed")
    try:
        settings.processed.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        advice = "choose another --processed"
        raise RunError(f"cannot write to {settings.processed} ({error.strerror}): {advice}") from error
    if not os.access(settings.processed, os.W_OK):
        raise RunError(f"no permission to write to {settings.processed}: change its access rights or --processed")


def fetch(settings: RunSettings) -> list[tuple[str, str]]:
    """Bring the copy of a store's documents up to date; return what cannot be kept here: (name, why)."""
    from flows.storage import pull

    return pull(settings.raw_url or "", settings.raw)


def send(settings: RunSettings) -> int:
    """Send the release in place to a store; return how many files were sent."""
    from flows.storage import push

    return push(settings.processed, settings.processed_url or "")


def discover(settings: RunSettings, store: Store, refused: Sequence[tuple[str, str]] = ()) -> Plan:
    """Find what is new, changed, unchanged, doubled or gone, by the hash of the bytes and the versions of the code."""
    todo: list[Input] = []
    reasons: dict[str, str] = {}
    settled = [unreadable(uri, ("not_readable", why)) for uri, why in refused]
    same: list[str] = []
    first_with: dict[str, str] = {}
    uris = sorted(path.relative_to(settings.raw).as_posix() for path in walk(settings.raw))[: settings.limit]
    for uri, known in store.sources_beside(uris):
        path = settings.raw / uri
        if not settings.is_complete(path):
            continue
        digest, problem = digest_of(path)
        if problem:
            settled.append(unreadable(uri, problem))
            continue
        if digest in first_with:
            settled.append(duplicate(uri, digest, first_with[digest]))
            continue
        first_with[digest] = uri
        reason = "forced" if settings.force else why_again(known, digest)
        if reason:
            todo.append(Input(uri, str(path), digest))
            reasons[uri] = reason
        else:
            same.append(uri)
    gone = store.sources_without([uri for uri, _ in refused] + uris)
    if settings.limit is not None:
        gone = [(uri, held_by) for uri, held_by in gone if not (settings.raw / held_by).exists()]
    run_number = store.next_run_number()
    run_id = make_id("run", run_number, versions(), *sorted(first_with))
    store.begin_run(run_number, run_id)
    return Plan(run_id, tuple(todo), reasons, tuple(settled), tuple(same), tuple(uri for uri, _ in gone))


def extract(settings: RunSettings, store: Store, plan: Plan, progress: Progress | None = None) -> int:
    """Extract what the plan names, keeping each batch as it is done; return how many inputs were done."""
    store.save_batch(plan.run_id, [state for state, _ in plan.settled], {}, [row for _, row in plan.settled])
    store.save_unchanged(plan.run_id, plan.unchanged)
    workers = max(1, min(settings.workers, math.ceil(len(plan.todo) / 4)))
    size = max(1, min(MAX_BATCH, math.ceil(len(plan.todo) / (workers * BATCHES_PER_WORKER))))
    batches = [list(plan.todo[start : start + size]) for start in range(0, len(plan.todo), size)]
    done_count = 0
    for result in _map_batches(settings, batches, workers):
        done = [lost(result)] if isinstance(result, Lost) else result
        save(store, plan, done)
        for one in done:
            for row in one.outcomes:
                log.info("input done", extra=asdict(row))
            done_count += 1
            if progress:
                progress(done_count, len(plan.todo), one.input.source_uri)
    return done_count


def _map_batches(settings: RunSettings, batches: list[list[Input]], workers: int) -> Iterator[list[Done] | Lost[Input]]:
    if settings.engine == "local":
        return map_batches(process_batch, batches, workers)
    from flows.engine_dask import map_batches_dask

    return map_batches_dask(process_batch, batches, settings.workers, settings.scheduler)


def retire(store: Store, plan: Plan) -> int:
    """Drop what no file holds any more: documents whose files are gone or changed; return how many went."""
    return store.forget_sources(plan.gone)


def publish_tables(settings: RunSettings, store: Store, plan: Plan) -> RunSummary:
    """Join all documents and publish the tables; an unchanged corpus keeps its release and only renews `outcomes`."""
    decisions = read_decisions(settings.corrections)
    code = (SCHEMA_VERSION, versions(), joining_version())
    data_version = make_id("data", *code, *_contents(store), *decisions.signature)
    is_new = settings.force or published_version(settings.processed) != data_version
    if is_new:
        info = ReleaseInfo(data_version, plan.run_id, git_commit())
        try:
            row_counts = _release(settings, store, decisions, info)
        except KeptError as error:  # found damaged only while it was read: it can be made again
            log.warning("the joined corpus is made again", extra={"reason": str(error)})
            _joined_file(settings).unlink(missing_ok=True)
            row_counts = _release(settings, store, decisions, info)
    else:
        row_counts = publish_outcomes(store.outcomes(), settings.processed)
    found = store.outcome_counts(plan.run_id)
    counts = {outcome: found[outcome] for outcome in get_args(Outcome) if outcome in found}
    problems = tuple(store.problems(plan.run_id))
    corrected = correction_counts(read_rows(settings.processed, "corrections"))
    causes = dict(Counter(plan.reasons.values()).most_common())
    return RunSummary(plan.run_id, data_version, counts, row_counts, plan.gone, problems, is_new, {}, corrected, causes)


def _release(settings: RunSettings, store: Store, decisions: Decisions, info: ReleaseInfo) -> dict[str, int]:
    corpus = Corpus(store.records, store.stamps, store.some_records, _joined_file(settings), joining_version())
    previous = settings.processed if published_version(settings.processed) else None
    rows = assemble(corpus, decisions, info.run_id, versions(), previous)
    rows = replace(rows, by_table={**rows.by_table, "domains": _taxonomy(), "outcomes": store.outcomes()})
    return dict(publish(rows, settings.processed, info, settings.accept_drops).row_counts)


def _joined_file(settings: RunSettings) -> Path:
    return settings.state.with_name(f"{settings.state.name}.joined")


def _taxonomy() -> list[dict[str, str | None]]:
    from models.prediction import domains

    return [dict(row) for row in domains()]


def _contents(store: Store) -> list[str]:
    return [f"{document_id}={uri}" for document_id, uri in store.document_uris()]
