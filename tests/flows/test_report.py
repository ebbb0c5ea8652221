"""The summary of a run is read in ten seconds, however much the run did."""

from __future__ import annotations

from flows.report import outcome_table, summary_markdown
from flows.steps import RunSummary
from tables.store import OutcomeRow


def made(**changes: object) -> RunSummary:
    values: dict[str, object] = {
        "run_id": "run_1", "data_version": "data_1", "counts": {"ok": 1200, "failed": 1}, "rows": {"documents": 1200},
        "retired": (), "problems": (OutcomeRow("a.pdf", "failed", None, "encrypted", "save it without password"),),
        "is_new_release": True, "seconds": {"discover": 0.12, "publish_tables": 3.4},
        "causes": {"new document": 1199, "changed bytes": 2},
    }  # fmt: skip
    return RunSummary(**{**values, **changes})  # type: ignore[arg-type]


def test_what_it_took_and_did_stands_before_the_tables() -> None:
    lines = summary_markdown(made()).split("\n\n")
    assert lines == [
        "# **1,200** ok · **1** failed",
        "Release `data_1`: a new release.",
        "What to do about the failures stands in `run-problems`.",
        "Read: 1,199 (new document), 2 (changed bytes).",
        "Time: discover 0.1 s, publish tables 3.4 s.",
        "| table | rows |\n|---|---:|\n| documents | 1,200 |\n",
    ]


def test_many_retired_are_counted() -> None:
    page = summary_markdown(made(retired=tuple(f"n{number}.txt" for number in range(5000))))
    assert "n19.txt and 4,980 more." in page and "n20.txt" not in page


def test_problems_say_what_to_do_and_none_is_said() -> None:
    assert outcome_table(made())[0]["what to do"] == "save it without password"
    assert outcome_table(made(problems=()))[0]["input"] == "all inputs"
