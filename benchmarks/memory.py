"""How much memory a run takes: `python benchmarks/memory.py [DOCUMENTS …]`, first document to last table.

Short texts, read, joined and published by one run in a process of its own.  What counts is the run with its workers and
its reading child, pages that processes share counted once (Linux PSS), looked at ten times a second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT), str(ROOT / "benchmarks")]

from corpora import make_texts  # noqa: E402
from growth import descendants  # noqa: E402

SIZES = (1_000, 20_000)
WORKERS = (1, 2)
PAUSE = 0.1


def pss_mib(pid: int) -> float:
    """Return what a process holds; 0 for one that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def run_here(place: Path, workers: int) -> None:
    """Run over a place, and leave there the name of the step that is at work."""
    from flows.steps import RunSettings, run

    def call(step: Any, *arguments: Any) -> Any:
        (place / "step").write_text(step.__name__)
        return step(*arguments)

    run(RunSettings(place / "raw", place / "processed", place / "s.duckdb", workers=workers), call)


def peaks(count: int, workers: int) -> dict[str, float]:
    """Return the most memory that each step of a run over short texts held, in MiB."""
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        make_texts(Path(name) / "raw", count)
        step = Path(name) / "step"
        step.write_text("start")
        with subprocess.Popen([sys.executable, __file__, "run", name, str(workers)]) as process:
            while process.poll() is None:
                at_work = step.read_text()
                held = sum(map(pss_mib, [process.pid, *descendants(process.pid)]))
                found[at_work] = max(held, found.get(at_work, 0.0))
                time.sleep(PAUSE)
        if process.returncode:
            raise SystemExit(f"the run over {count} documents failed")
    return found


def main(sizes: list[int]) -> None:
    print("| workers | documents | reading and finding | joining and publishing | peak | of the smallest |")
    print("|---|---|---|---|---|---|", flush=True)
    for workers in WORKERS:
        first = 0.0
        for count in sizes:
            found = peaks(count, workers)
            peak = max(found.values())
            first = first or peak
            steps = f"{found['extract']:.0f} MiB | {found['publish_tables']:.0f} MiB"
            print(f"| {workers} | {count:,} | {steps} | {peak:.0f} MiB | {peak / first:.2f}× |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        run_here(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main([int(one) for one in sys.argv[1:]] or list(SIZES))
