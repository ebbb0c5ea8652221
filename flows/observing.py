"""What a run tells of itself: log lines for machines, figures for Prometheus.  Nothing leaves the machine."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.limits import PREFIX

if TYPE_CHECKING:
    from flows.steps import RunSummary

LOGGERS = ("flows", "ingest", "extract", "models", "resolve", "tables")


def start_logging() -> None:
    """Write what convenor logs to standard error, one JSON object a line, if the settings ask for it.

    Without it only warnings and errors are shown, as text.  Called in every process that works on documents.
    """
    if os.environ.get(f"{PREFIX}LOG_FORMAT") != "json":
        return
    from pythonjsonlogger.json import JsonFormatter

    handler = logging.StreamHandler(sys.stderr)
    layout = "%(asctime)s %(levelname)s %(name)s %(message)s"
    names = {"asctime": "time", "levelname": "level", "name": "logger"}
    handler.setFormatter(JsonFormatter(layout, rename_fields=names, datefmt="%Y-%m-%dT%H:%M:%S%z"))
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(logging.INFO)


def write_metrics(summary: RunSummary, path: Path) -> None:
    """Write the figures of a run in the text format of Prometheus, for a collector that reads files."""
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    registry = CollectorRegistry()

    def gauge(name: str, says: str, label: str, values: Mapping[str, float]) -> None:
        metric = Gauge(f"convenor_{name}", says, [label], registry=registry)
        for key, value in values.items():
            metric.labels(key).set(value)

    gauge("inputs", "Inputs of the last run by what became of them", "outcome", summary.counts)
    gauge("rows", "Rows of each published table", "table", summary.rows)
    gauge("step_seconds", "Time each step of the last run took", "step", summary.seconds)
    gauge("corrections", "Corrections by what became of them", "status", summary.corrections)
    Gauge("convenor_last_run_timestamp_seconds", "When the last run ended well", registry=registry).set(time.time())
    path.parent.mkdir(parents=True, exist_ok=True)
    write_to_textfile(str(path), registry)
