"""Accuracy is a test: every field of every labelled set stays above its floor, and floors are only ever raised.

`pytest tests/gold --regenerate` raises each floor to the F1 now reached (rounded down); it never lowers one.
The sets that lie outside this repository are measured where they are present.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path

import pytest

from convenor.evaluation import make_scorecard
from flows.evaluate import Evaluation, evaluate
from tables.scorecard import floors_broken

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "eval"
FLOORS = Path(__file__).parent / "floors.json"
SETS = {
    "sample corpus": (ROOT / "data" / "gold", ROOT / "data" / "raw"),
    "other publishers' styles": (ROOT / "tests" / "gold" / "labels", ROOT / "tests" / "gold" / "texts"),
    "real documents": (SHARED / "real" / "labels", SHARED / "real" / "texts"),
    "seed documents": (SHARED / "seeds" / "labels", SHARED / "seeds" / "texts"),
}


@lru_cache
def measured(gold: Path, raw: Path) -> Evaluation:
    """Each set is measured once, for its floors and for the scorecard."""
    return evaluate(gold, raw)


@pytest.mark.parametrize("name", SETS)
def test_no_field_falls_below_its_floor(name: str, request: pytest.FixtureRequest) -> None:
    gold, raw = SETS[name]
    if not gold.is_dir():
        pytest.skip(f"the {name} are not beside this checkout")
    evaluation = measured(gold, raw)
    floors = json.loads(FLOORS.read_text("utf-8"))
    if request.config.getoption("--regenerate"):
        floors[name] = raised(floors.get(name, {}), evaluation)
        FLOORS.write_text(json.dumps(floors, indent=1) + "\n", "utf-8")
    assert floors[name], "a set without floors measures nothing"
    assert floors_broken(evaluation.rows(), floors[name]) == []


def test_the_scorecard_is_current(request: pytest.FixtureRequest) -> None:
    page = ROOT / "docs" / "scorecard.md"
    made = make_scorecard(ROOT, measured)
    if request.config.getoption("--regenerate"):
        page.write_text(made, "utf-8")
    assert page.read_text("utf-8") == made, "stale: run convenor evaluate --scorecard"


def raised(floors: dict[str, float], evaluation: Evaluation) -> dict[str, float]:
    """Return the higher of each floor and the F1 reached, rounded down to two digits."""
    reached = {row.field: math.floor((row.f1 or 0.0) * 100) / 100 for row in evaluation.rows()}
    return {field: max(floors.get(field, 0.0), value) for field, value in reached.items()}


def test_floors_are_only_raised() -> None:
    low, high = {"title": 0.5}, {"title": 0.99}
    evaluation = Evaluation((), ())
    assert raised(low, evaluation) == {}
    assert floors_broken([], high) == ["title: F1 0.000 is below its floor 0.990"]
