"""The scorecard on the terminal and in docs/scorecard.md."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from convenor.progress import progress_bar
from flows.evaluate import Evaluation, errors, evaluate, scorecard_page
from tables.scorecard import as_json as rows_as_json

OWN_SETS = (
    ("Sample corpus", "data/gold", "data/raw", "The documents of `data/raw`, of our own writing, in six formats."),
    (
        "Other publishers' styles",
        "tests/gold/labels",
        "tests/gold/texts",
        "Plain texts of our own writing in the styles of many publishers, written without looking at the rules.",
    ),
)


def print_evaluation(gold: Path, raw: Path, field: str | None, as_json: bool) -> None:
    """Print every field's score, or what one field missed and added."""
    with progress_bar(quiet=as_json) as progress:
        evaluation = evaluate(gold, raw, progress=progress)
    if field:
        _print_errors(errors(evaluation, field), as_json)
    elif as_json:
        print(json.dumps(rows_as_json(evaluation.rows()), indent=2))
    else:
        _print_scores(evaluation)


def write_scorecard(root: Path, quiet: bool = False) -> Path:
    """Measure our own labelled sets and write docs/scorecard.md; return its path."""
    page = root / "docs" / "scorecard.md"
    with progress_bar(quiet) as progress:
        page.write_text(make_scorecard(root, partial(evaluate, progress=progress)), "utf-8")
    return page


def make_scorecard(root: Path, measure: Callable[[Path, Path], Evaluation] = evaluate) -> str:
    """Return the page: every set with its baseline; `measure(gold, raw)` evaluates one set."""
    from flows.baseline import stock_spacy_f1

    return scorecard_page(
        [
            (name, description, measure(root / gold, root / raw), stock_spacy_f1(root / gold, root / raw))
            for name, gold, raw, description in OWN_SETS
        ]
    )


def _print_scores(evaluation: Evaluation) -> None:
    table = Table(box=None, padding=(0, 2, 0, 0), title=f"{len(evaluation.labels)} labelled documents")
    for header in ("field", "precision", "recall", "F1", "95 %", "right", "added", "missed"):
        table.add_column(header, justify="left" if header == "field" else "right")
    for row in evaluation.rows():
        shares = ("" if value is None else f"{value:.3f}" for value in (row.precision, row.recall, row.f1))
        table.add_row(
            row.field, *shares, f"{row.low:.2f}–{row.high:.2f}", str(row.right), str(row.added), str(row.missed)
        )
    Console().print(table)


def _print_errors(found: list[tuple[str, str, str, str]], as_json: bool) -> None:
    headers = ("document", "kind", "value", "context")
    if as_json:
        print(json.dumps([dict(zip(headers, row, strict=True)) for row in found], indent=2, ensure_ascii=False))
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in found:
        table.add_row(*map(Text, row))
    Console().print(table if found else "no errors")
