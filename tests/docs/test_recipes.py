"""The recipes of the analysts' page give the same rows, whichever tool runs them."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "analysts.md"
TOOLS = ("with_pandas", "with_polars", "with_duckdb")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def expected(sample_project: Path) -> list[tuple[str, int]]:
    """The rows, made with the Arrow library alone: the library that R's package wraps, on the same files."""
    processed = sample_project / "data" / "processed"
    held = pq.read_table(processed / "event_organisations.parquet")
    names = pq.read_table(processed / "organisations.parquet", columns=["organisation_id", "organisation_name"])
    held = held.filter(pc.field("role").isin(["organiser", "co_organiser", "host"]))
    held = held.join(names, "organisation_id", join_type="inner")
    counts = held.group_by("organisation_name").aggregate([("event_id", "count_distinct")])
    rows = zip(counts["organisation_name"].to_pylist(), counts["event_id_count_distinct"].to_pylist(), strict=True)
    return sorted(rows, key=lambda row: (-row[1], row[0]))


@pytest.mark.parametrize("name", TOOLS)
def test_python_recipes(
    name: str, expected: list[tuple[str, int]], sample_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample_project)
    names: dict[str, Any] = {}
    (recipe,) = (block for block in blocks("python") if f"{name} =" in block)
    exec(compile(recipe, name, "exec"), names)
    found = names[name]
    assert list(found.columns) == ["organisation_name", "events"]
    assert [tuple(row) for row in (found.rows() if name == "with_polars" else found.to_numpy())] == expected


def has_r() -> bool:
    if shutil.which("Rscript") is None:
        return False
    try_it = ["Rscript", "-e", "library(arrow); library(dplyr)"]
    return subprocess.run(try_it, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_r(), reason="R with arrow and dplyr is not installed")
def test_r_recipe(expected: list[tuple[str, int]], sample_project: Path, tmp_path: Path) -> None:
    (recipe,) = blocks("r")
    out = tmp_path / "rows.csv"
    script = f"{recipe}\nwrite.csv(with_r, '{out}', row.names = FALSE, fileEncoding = 'UTF-8')"
    subprocess.run(["Rscript", "-e", script], cwd=sample_project, check=True, capture_output=True)
    with out.open(encoding="utf-8", newline="") as file:
        assert [(row["organisation_name"], int(row["events"])) for row in csv.DictReader(file)] == expected


def test_columns_that_r_reads_have_types_that_it_knows(sample_project: Path) -> None:
    """R's arrow has no counterpart for times of day without a day and for nested records; the tables hold none."""
    for path in sorted((sample_project / "data" / "processed").glob("*.parquet")):
        for field in pq.read_schema(path):
            assert str(field.type).startswith(("string", "list<", "int64", "double", "bool", "date32", "timestamp["))
