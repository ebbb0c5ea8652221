"""The child process in which the desk runs: settings come on standard input, progress leaves as lines of JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from convenor.folders import run_settings
from convenor.running import RunStopped, explained, run_explained, summary_json


def main() -> None:
    """Forget the inputs to be tried again, run, and say how it went."""
    asked = json.load(sys.stdin)
    state, corrections = Path(asked["state"]), Path(asked["corrections"])
    settings = run_settings(
        asked["raw"], asked["processed"], state, corrections, workers=asked["workers"],
        accept_drops=asked["accept_drops"],
    )  # fmt: skip
    try:
        with explained():
            forget(settings.state, set(asked["retried"]))
        summary = run_explained(settings, lambda done, total, uri: _say(done=done, total=total, what=uri))
        _say(summary=summary_json(summary))
    except RunStopped as error:
        _say(error=str(error))


def forget(state: Path, inputs: set[str]) -> None:
    """Drop what is known of inputs, so that the run reads them as if they were new."""
    from tables.store import Store

    if inputs:
        with Store(state) as store:
            store.forget_sources(s.source_uri for s in store.sources().values() if s.input_uri in inputs)


def _say(**message: Any) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
