"""`convenor watch`: complete files are read within seconds, half-written ones wait, Ctrl-C ends it cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd
import pytest

from convenor.watching import is_news, look, sight, watch_folder
from flows.steps import RunSettings, RunSummary
from tests.flows.test_run import NOTE, NOTICE

ROOT = Path(__file__).parents[2]


def test_a_file_counts_from_its_last_change(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("half")
    first = look(tmp_path, {}, 1.0)
    assert look(tmp_path, first, 2.0) == first, "unchanged: since the first look"
    path.write_text("half and half")
    assert look(tmp_path, first, 3.0)[path][1] == 3.0
    path.unlink()
    assert look(tmp_path, first, 4.0) == {} and sight(path) is None


A, B = Path("a"), Path("b")


@pytest.mark.parametrize(
    ("complete", "done", "there", "expected"),
    [
        ({}, {}, [], False),
        ({A: (1, 1)}, {}, [A], True),
        ({A: (1, 1)}, {A: (1, 1)}, [A, B], False),  # b is still being written
        ({A: (2, 2)}, {A: (1, 1)}, [A], True),
        ({}, {A: (1, 1)}, [A], False),  # a is being written again
        ({}, {A: (1, 1)}, [], True),  # a is gone
    ],
)
def test_what_is_news(complete: dict, done: dict, there: list[Path], expected: bool) -> None:  # type: ignore[type-arg]
    assert is_news(complete, done, dict.fromkeys(there, ((0, 0), 0.0))) is expected


def next_summary(runs: Iterator[RunSummary]) -> tuple[list[RunSummary], threading.Thread]:
    found: list[RunSummary] = []
    thread = threading.Thread(target=lambda: found.append(next(runs)), daemon=True)
    thread.start()
    return found, thread


def test_a_file_written_in_two_halves_is_read_once_and_whole(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "note.md").write_text(NOTE, "utf-8")
    runs = watch_folder(RunSettings(raw, tmp_path / "out", tmp_path / "s.duckdb", workers=1), settle=1.5)
    assert next(runs).counts == {"ok": 1}
    middle = len(NOTICE) // 2
    with (raw / "notice.txt").open("w", encoding="utf-8") as file:
        file.write(NOTICE[:middle])
        file.flush()
        found, thread = next_summary(runs)
        (raw / "other.md").write_text(NOTE.replace("Rome", "Lyon"), "utf-8")
        deadline = time.monotonic() + 60
        while thread.is_alive() and time.monotonic() < deadline:  # one goes on being written, another is complete
            file.write(" ")
            file.flush()
            thread.join(0.3)
        assert [summary.counts for summary in found] == [{"ok": 1, "unchanged": 1}], "only the complete file is read"
        file.write(NOTICE[middle:])
    written = time.monotonic()
    summary = next(runs)
    assert time.monotonic() - written < 15, "within seconds"
    assert summary.counts == {"ok": 1, "unchanged": 2}
    documents = pd.read_parquet(tmp_path / "out" / "documents.parquet").set_index("source_uri")
    assert "Kenji Ito" in documents.loc["notice.txt", "text"]
    outcomes = pd.read_parquet(tmp_path / "out" / "outcomes.parquet")
    assert list(outcomes[outcomes.source_uri == "notice.txt"].outcome) == ["ok"], "never read by halves"


def test_a_removed_file_is_retired_and_an_empty_folder_is_a_problem_not_an_end(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.md").write_text(NOTE, "utf-8")
    problems: list[Exception] = []
    settings = RunSettings(raw, tmp_path / "out", tmp_path / "s.duckdb", workers=1)
    runs = watch_folder(settings, settle=0.2, on_problem=problems.append)
    next(runs)
    (raw / "a.md").unlink()
    found, thread = next_summary(runs)
    wait_for(lambda: bool(problems))
    (raw / "b.txt").write_text(NOTICE, "utf-8")
    thread.join(60)
    assert found[0].retired == ("a.md",)
    assert [str(problem) for problem in problems] == [
        f"{raw} holds no documents: put some there or give another folder; nothing was changed"
    ]


def wait_for(is_done: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < deadline
        time.sleep(0.2)


@pytest.mark.parametrize("number", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.slow)])
def test_it_stops_cleanly(tmp_path: Path, number: int) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "notice.txt").write_text(NOTICE, "utf-8")
    command = [sys.executable, "-m", "convenor", "watch", "raw", "--processed", "out", "--settle", "0.2"]
    values = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "PYTHONUNBUFFERED": "1"}
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=tmp_path, env=values, stdout=log, stderr=log)
        wait_for(lambda: "1 ok" in (tmp_path / "log").read_text())
        process.send_signal(number)
        assert process.wait(20) == 0
    text = (tmp_path / "log").read_text()
    assert "stopped" in text and "Traceback" not in text
