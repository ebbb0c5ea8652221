"""A run for people: what stops it in one sentence, what it did as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.steps import Progress, RunSettings, RunSummary


class RunStopped(Exception):
    """A run that a person can mend; the message says why it stopped and what to do."""


@contextmanager
def explained() -> Iterator[None]:
    """Turn every failure that a person can mend into RunStopped; bugs surface."""
    from flows.engine import ClusterError
    from flows.steps import RunError
    from flows.storage import StorageError
    from models.engines import EngineError
    from models.ner import ArtefactError
    from resolve.retractions import RetractionError
    from tables.checks import CheckFailed
    from tables.store import StoreError

    untouched = "nothing was published, the tables in place are untouched"
    try:
        yield
    except (RunError, StorageError, StoreError, RetractionError, ClusterError, EngineError, ArtefactError) as error:
        raise RunStopped(str(error)) from error
    except CheckFailed as error:
        broken = "\n  ".join(error.failures)
        raise RunStopped(f"{untouched}; these rules did not hold:\n  {broken}") from error
    except OSError as error:
        raise RunStopped(f"{untouched}: {error.strerror or error} ({error.filename})") from error


def run_explained(settings: RunSettings, progress: Progress | None = None) -> RunSummary:
    """Bring the tables up to date.  Raises RunStopped with what to do."""
    with explained():
        from flows.steps import run

        return run(settings, progress=progress)


def summary_json(summary: RunSummary) -> dict[str, Any]:
    """Return a summary in values that JSON knows."""
    return {
        "run_id": summary.run_id,
        "data_version": summary.data_version,
        "is_new_release": summary.is_new_release,
        "outcomes": summary.counts,
        "rows": summary.rows,
        "causes": summary.causes,
        "retired": list(summary.retired),
        "corrections": summary.corrections,
        "problems": [
            {"source_uri": p.source_uri, "outcome": p.outcome, "reason_code": p.reason_code, "detail": p.detail}
            for p in summary.problems
        ],
        "seconds": summary.seconds,
    }
