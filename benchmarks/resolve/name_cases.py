"""Our likeness of names on a file of labelled name pairs: `python benchmarks/resolve/name_cases.py CASES [FROZEN]`.

CASES has the columns schema, name1, name2, is_match, such as nomenklatura's contrib/name_bench/cases.csv (MIT);
FROZEN is a run of another comparator with a score for each case; we are measured on its pairs too.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from resolve.likeness import name_likeness
from resolve.organisation_names import organisation_likeness

THRESHOLD = 0.7
"""The harness' own threshold."""

Case = tuple[str, bool, float]


def likeness(schema: str, one: str, other: str) -> float:
    return name_likeness(one, other) if schema == "Person" else organisation_likeness(one, other)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures(cases: Iterable[Case]) -> tuple[float, float, float, int]:
    rows = list(cases)
    hits = sum(is_match and score >= THRESHOLD for _, is_match, score in rows)
    said, true = sum(score >= THRESHOLD for _, _, score in rows), sum(is_match for _, is_match, _ in rows)
    precision, recall = hits / max(1, said), hits / max(1, true)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), len(rows)


def report(title: str, cases: Sequence[Case]) -> None:
    for group in ("all", *sorted({schema for schema, _, _ in cases})):
        precision, recall, f1, count = figures(c for c in cases if group in ("all", c[0]))
        print(f"{title:12} {group:14} {count:4}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def scored(row: dict[str, str], score: float) -> Case:
    return (row["schema"], row["is_match"].lower() == "true", score)


def main() -> None:
    for path in sys.argv[1:]:
        rows = read(Path(path))
        report("convenor", [scored(r, likeness(r["schema"], r["name1"], r["name2"])) for r in rows])
        if "score" in rows[0]:
            report("frozen run", [scored(r, float(r["score"])) for r in rows])


if __name__ == "__main__":
    main()
