"""One run for all tests of the desk; each test works on a copy of what it made."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from flows.steps import RunSettings
from tests.desk.places import Served, asking, copy_project, make_project, serving


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("desk")
    make_project(folder)
    return folder


@pytest.fixture
def settings(made: Path, tmp_path: Path) -> RunSettings:
    return copy_project(made, tmp_path)


@pytest.fixture
def served(settings: RunSettings) -> Iterator[Served]:
    with serving(settings) as one:
        yield one


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with asking(served) as one:
        yield one
