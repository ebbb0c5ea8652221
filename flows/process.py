"""The main flow: documents in, tables out.  Five task runs however many documents; the engine does the fan-out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.engine import Engine
from flows.notices import give_notice
from flows.observing import start_logging
from flows.report import outcome_table, release_line, summary_markdown, timing_line
from flows.settings import apply_file
from flows.steps import RunSettings, RunSummary, discover, fetch, run
from flows.storage import locate

TRANSIENT_RETRIES = 2
RETRY_SECONDS = 5


_REPEATABLE = (fetch, discover)
"""Only what comes first may be repeated as a whole: the other steps have already kept part of their work."""


def _is_transient(step: Any, task_run: Any, state: State[Any]) -> bool:
    """Only a disk or network that fails for a moment is worth another try; bad input and bugs are not."""
    return isinstance(state.result(raise_on_failure=False), (TimeoutError, ConnectionError, BlockingIOError))


def _as_task(step: Any, *arguments: Any) -> Any:
    retries = TRANSIENT_RETRIES if step in _REPEATABLE else 0
    return task(
        step,
        name=step.__name__.replace("_", "-"),
        retries=retries,
        retry_delay_seconds=RETRY_SECONDS,
        retry_condition_fn=_is_transient if retries else None,
        cache_policy=NO_CACHE,
        persist_result=False,
    )(*arguments)


@flow(
    name="process",
    flow_run_name="process {raw}",
    persist_result=False,
    validate_parameters=True,
    on_completion=[give_notice],
    on_failure=[give_notice],
    on_crashed=[give_notice],
)
def process(
    raw: str = "data/raw",
    processed: str = "data/processed",
    state: Path = Path("data/convenor.duckdb"),
    corrections: Path = Path("data/corrections"),
    limit: int | None = None,
    workers: int | None = None,
    force: bool = False,
    accept_drops: bool = False,
    engine: Engine = "local",
    scheduler: str | None = None,
) -> State[RunSummary]:
    """Read every document below `raw` and publish the tables into `processed`.

    Args:
        raw: folder or address (s3://…) of the documents
        processed: folder or address for the tables
        state: file that remembers what was done
        corrections: folder with the corrections and retractions to apply
        limit: only the first so many documents, for a trial
        workers: processes at work; as many as there are cores when left open
        force: extract everything again
        accept_drops: publish although tables lost much since the last release
        engine: processes of the worker's machine, or a Dask cluster
        scheduler: address of the cluster's scheduler
    """
    apply_file(Path.cwd())
    start_logging()
    logger = get_run_logger()
    count = workers or os.cpu_count() or 1
    settings = RunSettings(
        **locate(raw, processed, state), state=state, corrections=corrections, limit=limit, workers=count, force=force,
        accept_drops=accept_drops, engine="dask" if scheduler else engine, scheduler=scheduler,
    )  # fmt: skip

    def report(done: int, total: int, source_uri: str) -> None:
        if done == total or done % 100 == 0:
            logger.info("%s of %s documents, last %s", done, total, source_uri)

    summary = run(settings, _as_task, report)
    create_markdown_artifact(summary_markdown(summary), key="run-summary", description="What this run did")
    create_table_artifact(
        outcome_table(summary), key="run-problems", description="Inputs that gave no rows, or not all"
    )
    logger.info("%s: %s; %s", summary.data_version, release_line(summary), timing_line(summary))
    return final_state(summary)


def final_state(summary: RunSummary) -> State[RunSummary]:
    """Return the state that tells the truth: completed, or completed with so many failures."""
    total = sum(summary.counts.values())
    if summary.failure_count:
        message = f"{total - summary.failure_count} of {total} inputs, with {summary.failure_count} failures"
        return Completed(name="CompletedWithFailures", message=message, data=summary)
    return Completed(message=f"{total} inputs, no failures", data=summary)
