"""Killed runs, full disks, broken state, set-back clocks, two writers: no row lost or doubled, never half a release."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from convenor.repairing import repair
from flows.steps import RunSettings, RunSummary, run
from tables.schema import TABLES
from tables.store import Store, StoreError
from tests.flows.test_run import NOTICE

ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "OMP_NUM_THREADS": "1"}
DOCUMENTS = 24
HISTORY = {"outcomes", "rekeys", "event_changes"}
"""Tables that tell of earlier runs and releases: a place where nothing happened before has other rows in them."""


def fill(place: Path, count: int = DOCUMENTS) -> None:
    (place / "raw").mkdir(parents=True)
    for n in range(count):
        text = NOTICE.replace("14 March", f"{n + 1} March").replace(
            "Anna Beispiel", f"Anna Beispiel{'abcdefgh'[n % 8]}"
        )
        (place / "raw" / f"notice_{n:02}.txt").write_text(text, "utf-8")


def go(place: Path, **changes: object) -> RunSummary:
    settings = {"workers": 1, **changes}
    return run(RunSettings(place / "raw", place / "processed", place / "s.duckdb", **settings))  # type: ignore[arg-type]


def start(place: Path, workers: int = 1, force: str = "-") -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("disturbed.py")), str(place), str(workers), force]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    assert process.stdout and process.stdout.readline().strip() == "begin"
    return process


def read_once(path: Path) -> int:
    """Read a table through one open file, as `convenor.load` does; by its path Arrow opens a file twice."""
    with path.open("rb") as file:
        return int(pq.read_table(file).num_rows)


def check_readers(place: Path) -> None:
    """What a reader sees is whole: every table opens, and the release that the manifest names is as it says."""
    processed = place / "processed"
    if not (processed / "manifest.json").exists():
        return
    manifest = json.loads((processed / "manifest.json").read_text("utf-8"))
    release = processed / "_releases" / manifest["data_version"]
    for table in TABLES:
        assert read_once(processed / f"{table.name}.parquet") >= 0
        rows = read_once(release / f"{table.name}.parquet")
        assert table.name == "outcomes" or rows == manifest["tables"][table.name]["rows"]


def check_rows(place: Path) -> None:
    """Every document has its row, once; keys hold in every table."""
    for table in TABLES:
        frame = pd.read_parquet(place / "processed" / f"{table.name}.parquet")
        assert not frame.duplicated(list(table.primary_key)).any(), table.name
    documents = pd.read_parquet(place / "processed" / "documents.parquet")
    assert sorted(documents.source_uri) == sorted(path.name for path in (place / "raw").iterdir())


def undisturbed(place: Path, other: Path, run_number: int) -> None:
    """Do the same run over the same documents in another place, where nothing happened before."""
    shutil.copytree(place / "raw", other / "raw")
    with Store(other / "s.duckdb") as store:
        store.begin_run(run_number - 1, "run_before")  # the number of a run is part of what it publishes
    go(other)


def last_run_number(place: Path) -> int:
    with Store(place / "s.duckdb") as store:
        return store.next_run_number() - 1


@pytest.mark.parametrize("kills", [5, pytest.param(60, marks=[pytest.mark.slow, pytest.mark.timeout(3000)])])
def test_killed_at_any_moment(tmp_path: Path, kills: int) -> None:
    place = tmp_path / "place"
    fill(place)
    chance = random.Random(8)
    process = start(place, force="force")
    began = time.monotonic()
    process.wait()
    length = time.monotonic() - began
    for number in range(kills):
        # a document that comes, changes or goes makes a new release to be put in place when the kill comes
        changing = place / "raw" / f"changing_{number % 3}.txt"
        changing.write_text(NOTICE.replace("10:00", f"{8 + number % 4}:00"), "utf-8")
        process = start(place, workers=1 + number % 2, force="force" if number % 4 else "-")
        time.sleep(chance.random() * length)
        process.send_signal(signal.SIGKILL)
        process.wait()
        check_readers(place)
    final = go(place)
    check_readers(place)
    check_rows(place)
    assert sum(final.counts.values()) == len(list((place / "raw").iterdir()))
    assert not list((place / "processed").rglob(".*")), "nothing is left half done"
    again = go(place, force=True)
    undisturbed(place, tmp_path / "other", last_run_number(place))
    assert again.rows["documents"] == final.rows["documents"]
    for table in TABLES:
        if table.name not in HISTORY:
            name = f"processed/{table.name}.parquet"
            assert (place / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name


def test_workers_end_with_a_killed_run(tmp_path: Path) -> None:
    fill(tmp_path)
    process = start(tmp_path, workers=2, force="force")
    deadline = time.monotonic() + 60
    while not (workers := _children(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert workers
    time.sleep(2)
    workers |= _children(process.pid)
    process.kill()
    process.wait()
    while (alive := {pid for pid in workers if _is_alive(pid)}) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not alive


def _children(pid: int) -> set[int]:
    try:
        return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    except OSError:
        pytest.skip("needs /proc")


def _is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_reader_during_publishing_sees_whole_releases(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    go(tmp_path)
    is_over = threading.Event()
    wrong: list[str] = []
    reads = 0

    def read() -> None:
        nonlocal reads
        while not is_over.is_set():
            try:
                check_readers(tmp_path)
                reads += 1
            except Exception as error:
                wrong.append(repr(error))

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(3):
        (tmp_path / "raw" / "changing.txt").write_text(NOTICE.replace("10:00", f"{8 + n}:15"), "utf-8")
        go(tmp_path)
        go(tmp_path)  # renews only the outcomes
        go(tmp_path, force=True)
    is_over.set()
    reader.join()
    assert reads > 3 and wrong == []


def test_two_writers(tmp_path: Path) -> None:
    """The first is held while it writes, however fast it is and however slowly the second begins."""
    fill(tmp_path)
    first = start(tmp_path, force="force")
    log, deadline = tmp_path / "s.duckdb.wal", time.monotonic() + 60
    while not log.exists() and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    first.send_signal(signal.SIGSTOP)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "convenor", "run", "raw", "--processed", "processed", "--state", "s.duckdb"],
            cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        first.send_signal(signal.SIGCONT)
    assert done.returncode == 2 and "another run is using" in done.stderr and "Traceback" not in done.stderr
    assert first.wait() == 0
    check_rows(tmp_path)


FULL_DISK = """
import resource
from flows.work import Input, process_input
process_input(Input("notice_00.txt", "raw/notice_00.txt", ""))  # readers have their own files: they are not the matter
resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
from convenor.cli import app
app({words})
"""


def test_a_full_disk_is_said_and_costs_nothing(tmp_path: Path) -> None:
    fill(tmp_path, 4)
    go(tmp_path)
    before = {table.name: (tmp_path / "processed" / f"{table.name}.parquet").read_bytes() for table in TABLES}
    for n in range(4, 24):
        (tmp_path / "raw" / f"more_{n}.txt").write_text(NOTICE.replace("10:00", f"{n}") * 8, "utf-8")
    words = ["run", "raw", "--processed", "processed", "--state", "s.duckdb", "--workers", "1"]
    code = FULL_DISK.format(limit=64 * 1024, words=words)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "Traceback" not in done.stderr, done.stderr[-2000:]
    assert "convenor: " in done.stderr
    for name, data in before.items():
        assert (tmp_path / "processed" / f"{name}.parquet").read_bytes() == data, name
    check_readers(tmp_path)
    go(tmp_path)
    check_rows(tmp_path)


def test_no_room_for_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, 2)
    go(tmp_path)
    before = (tmp_path / "processed" / "manifest.json").read_bytes()
    (tmp_path / "raw" / "more.txt").write_text(NOTICE.replace("10:00", "9:45"), "utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(pq.ParquetWriter, "write_table", refuse)
        with pytest.raises(OSError, match="No space left"):
            go(tmp_path)
    assert (tmp_path / "processed" / "manifest.json").read_bytes() == before
    assert go(tmp_path).is_new_release
    check_rows(tmp_path)


def test_a_clock_set_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path, 2)
    go(tmp_path)

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2001, 1, 1, tzinfo=UTC)

    ahead = (datetime.now(UTC) + timedelta(days=400)).timestamp()
    for path in (tmp_path / "processed").rglob("*"):
        os.utime(path, (ahead, ahead))
    monkeypatch.setattr("tables.store.datetime", Earlier)
    (tmp_path / "raw" / "more.txt").write_text(NOTICE.replace("10:00", "9:45"), "utf-8")
    os.utime(tmp_path / "raw" / "more.txt", (0, 0))
    second = go(tmp_path)
    assert second.counts == {"ok": 1, "unchanged": 2} and second.is_new_release
    assert not go(tmp_path).is_new_release
    outcomes = pd.read_parquet(tmp_path / "processed" / "outcomes.parquet")
    assert list(outcomes.groupby("run_id", sort=False).size()) == [2, 3, 3], "runs in the order in which they were"
    check_rows(tmp_path)


DAMAGE = {
    "garbage": lambda data: b"not a database" * 400,
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "header": lambda data: b"\0" * 8192 + data[8192:],
    "middle": lambda data: data[:12288] + bytes(255 - b for b in data[12288:]),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_corrupt_state_file_is_moved_aside(tmp_path: Path, kind: str) -> None:
    fill(tmp_path, 3)
    rows = go(tmp_path).rows
    state = tmp_path / "s.duckdb"
    state.write_bytes(DAMAGE[kind](state.read_bytes()))
    with pytest.raises(StoreError, match="doctor --repair"):
        go(tmp_path)
    said = repair(state, tmp_path / "processed")
    assert any("moved to" in line for line in said) and (tmp_path / "s.duckdb.broken-1").is_file()
    assert go(tmp_path).rows | {"outcomes": 0} == rows | {"outcomes": 0}
    check_rows(tmp_path)


def test_repair_of_tables(tmp_path: Path) -> None:
    fill(tmp_path, 3)
    go(tmp_path)
    processed, state = tmp_path / "processed", tmp_path / "s.duckdb"
    assert "are as release" in repair(state, processed)[-1] and "is sound, 3 documents" in repair(state, processed)[0]
    good = (processed / "events.parquet").read_bytes()
    (processed / "events.parquet").unlink()  # written in place it would damage the release too, being linked to it
    (processed / "events.parquet").write_bytes(good[:-9])
    (processed / "_releases" / ".data_x.draft").mkdir()
    said = repair(state, processed)
    assert any("removed .data_x.draft" in line for line in said) and "taken anew" in said[-1]
    assert (processed / "events.parquet").read_bytes() == good
    (processed / "events.parquet").write_bytes(good[:-9])
    assert "the next run publishes them again" in repair(state, processed)[-1]
    assert go(tmp_path).is_new_release
    check_rows(tmp_path)


def test_files_of_two_releases_are_published_again(tmp_path: Path) -> None:
    """As a run leaves them that is killed while it puts files in place, when the next finds the former corpus."""
    fill(tmp_path, 2)
    go(tmp_path)
    former = (tmp_path / "processed" / "manifest.json").read_bytes()
    (tmp_path / "raw" / "more.txt").write_text(NOTICE.replace("10:00", "9:45"), "utf-8")
    go(tmp_path)
    (tmp_path / "processed" / "manifest.json").unlink()
    (tmp_path / "processed" / "manifest.json").write_bytes(former)
    (tmp_path / "raw" / "more.txt").unlink()
    assert go(tmp_path).is_new_release
    check_rows(tmp_path)
