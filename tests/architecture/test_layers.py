"""The house stays as it was drawn: layers, sizes, who may know Prefect, one frozen row type per table."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")])
MAX_LINES = 330


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_layers_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_are_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES


def test_only_flows_and_the_face_know_prefect() -> None:
    allowed = {ROOT / "flows", ROOT / "src" / "convenor"}
    knowing = {path for path in SOURCES if "prefect" in imported(path)}
    assert {path for path in knowing if not allowed & set(path.parents)} == set()
    assert knowing, "the check must be able to fail"


def test_no_pickle_eval_or_shell() -> None:
    forbidden = {"pickle", "shelve", "marshal", "dill", "joblib"}
    assert {str(path) for path in SOURCES if imported(path) & forbidden} == set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, path
            if isinstance(node, ast.keyword) and node.arg == "shell":
                assert isinstance(node.value, ast.Constant) and node.value.value is False, path


def test_help_is_quick() -> None:
    """No heavy library is imported before it is needed."""
    heavy = ("spacy", "pandas", "prefect", "duckdb", "pyarrow", "sklearn")
    code = f"import sys, convenor.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
