"""The notebook answers its five questions from the tables of the sample corpus."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from lxml import html
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[2] / "docs" / "five-questions.ipynb"


@pytest.fixture(scope="module")
def run_notebook(sample_project: Path) -> nbformat.NotebookNode:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    place = {"metadata": {"path": str(sample_project)}}
    return NotebookClient(notebook, timeout=60, resources=place).execute()


def table_after(notebook: nbformat.NotebookNode, heading: str) -> str:
    """The cells of the first table below a heading."""
    at = next(i for i, cell in enumerate(notebook.cells) if cell.source.startswith(heading))
    for cell in notebook.cells[at + 1 :]:
        for output in cell.get("outputs", ()):
            if "text/html" in output.get("data", {}):
                cells = html.fromstring(output["data"]["text/html"]).xpath("//table//td")
                return " | ".join(cell.text_content().strip() for cell in cells)
    raise AssertionError(f"no table below {heading}")


@pytest.mark.parametrize(
    ("heading", "answer"),
    [
        ("## 1.", "Aiko Shirakawa | Giulia Ferrandi | 1 | Keeping the Sea Lanes Open"),
        ("## 2.", "1.0 | "),
        ("## 3.", "Meridian Institute for Security Dialogue | think_tank"),
        ("## 4.", "| 2025-06-03 | 13 | hybrid-threats-report.md"),
        ("## 5.", "2022-01-01 | year | She recalled"),
    ],
)
def test_each_question_has_its_answer(run_notebook: nbformat.NotebookNode, heading: str, answer: str) -> None:
    assert answer in table_after(run_notebook, heading)


def test_charts_are_drawn(run_notebook: nbformat.NotebookNode) -> None:
    drawn = [key for cell in run_notebook.cells for output in cell.get("outputs", ()) for key in output.get("data", {})]
    assert sum(key == "image/svg+xml" for key in drawn) == 2


def test_no_cell_complains(run_notebook: nbformat.NotebookNode) -> None:
    kinds = [output.get("name") for cell in run_notebook.cells for output in cell.get("outputs", ())]
    assert "stderr" not in kinds


def test_it_is_kept_without_results() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)
    assert NOTEBOOK.stat().st_size < 20_000
