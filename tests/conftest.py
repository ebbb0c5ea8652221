"""Options and places every test folder shares."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_PROCESSES = 4
"""Each takes up to 1 GB, twice that with what its tests start, and makes the sample projects for itself."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """The whole suite runs on all cores; tests that are chosen run in one process, where they can be looked into."""
    chosen = config.option.file_or_dir or config.option.keyword or config.option.markexpr != "not slow"
    return 0 if chosen else min(os.cpu_count() or 1, MOST_PROCESSES)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew instead of comparing")


@pytest.fixture
def regenerate(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--regenerate"))


@pytest.fixture(scope="session")
def sample_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder in which a run over the sample corpus has published its tables; nobody writes into it."""
    from flows.steps import RunSettings, run

    folder = tmp_path_factory.mktemp("sample")
    (folder / "data").mkdir()
    (folder / "data" / "raw").symlink_to(ROOT / "data" / "raw")
    processed, state = folder / "data" / "processed", folder / "data" / "convenor.duckdb"
    summary = run(RunSettings(ROOT / "data" / "raw", processed, state, workers=1))
    assert summary.rows["documents"] >= 18
    return folder
