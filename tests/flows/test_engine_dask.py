"""The Dask engine: the same tables to the byte, a poison item costs only itself, a bug surfaces."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.engine import ClusterError, Lost
from flows.engine_dask import map_batches_dask
from flows.steps import RunSettings, run
from tables.schema import TABLES
from tests.flows.poison import double, fail
from tests.flows.test_faults import fill


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


def test_a_poison_item_costs_only_itself() -> None:
    pytest.importorskip("distributed")
    batches = [[n, n + 1, n + 2, n + 3] for n in range(0, 40, 4)]
    results: list[int] = []
    lost: list[int] = []
    for result in map_batches_dask(double, batches, 2):
        if isinstance(result, Lost):
            lost.append(result.item)
        else:
            results += result
    assert lost == [13]
    assert sorted(results) == [2 * n for n in range(40) if n != 13]


def test_a_bug_surfaces(scheduler: str) -> None:
    with pytest.raises(KeyError):
        list(map_batches_dask(fail, [[1], [2]], 2, scheduler))


def test_the_same_tables_as_on_one_machine(tmp_path: Path, scheduler: str) -> None:
    fill(tmp_path / "here", 16)
    shutil.copytree(tmp_path / "here" / "raw", tmp_path / "there" / "raw")
    ways: dict[str, dict[str, Any]] = {"here": {"workers": 1}, "there": {"engine": "dask", "scheduler": scheduler}}
    for name, way in ways.items():
        place = tmp_path / name
        assert run(RunSettings(place / "raw", place / "processed", place / "s.duckdb", **way)).counts == {"ok": 16}
    for table in TABLES:
        if table.name != "outcomes":  # holds seconds
            name = f"processed/{table.name}.parquet"
            assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes(), name


def test_no_scheduler_is_said() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ClusterError, match="give --scheduler"):
        list(map_batches_dask(double, [[1]], 2, "tcp//nowhere"))


def test_no_dask_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)  # as if it were not there
    with pytest.raises(ClusterError, match="not installed"):
        list(map_batches_dask(double, [[1]], 2))
