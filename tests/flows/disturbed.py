"""A run that says when it begins its work, for tests that kill it: `python disturbed.py PLACE WORKERS force|-`."""

from __future__ import annotations

import sys
from pathlib import Path

from flows.steps import RunSettings, run

if __name__ == "__main__":
    import flows.work
    import tables.publish  # noqa: F401 - loaded before the clock starts

    place, workers, force = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "force"
    flows.work.get_extractor()
    print("begin", flush=True)
    run(RunSettings(place / "raw", place / "processed", place / "s.duckdb", workers=workers, force=force))
    print("end", flush=True)
