"""Scores added up: precision, recall and F1 per field with confidence intervals, per kind of source and language."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tables.scoring import Score

SAMPLES = 1000
"""Bootstrap samples of documents for a 95 % interval: more moves the bounds by less than 0.005."""

FIELDS = (
    "doc_type", "event", "title", "start_date", "end_date", "start_time", "end_time", "timezone", "venue", "city",
    "country", "format", "organisers", "programme", "people", "people_with_role", "position", "affiliation",
    "organisations", "instruments", "domains", "milestones",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldScore:
    """A field over all documents: counts, and the 95 % interval of F1 when documents are drawn again."""

    field: str
    right: int
    added: int
    missed: int
    low: float
    high: float

    @property
    def precision(self) -> float | None:
        return self.right / (self.right + self.added) if self.right + self.added else None

    @property
    def recall(self) -> float | None:
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.right + self.added + self.missed
        return 2 * self.right / total if total else None


def add_up(scores: Iterable[Score]) -> list[FieldScore]:
    """Return one row per field that has any value, in the order of FIELDS."""
    by_field: dict[str, dict[str, tuple[int, int, int]]] = defaultdict(dict)
    for item in scores:
        right, added, missed = by_field[item.field].get(item.document, (0, 0, 0))
        counts = (right + item.right, added + len(item.added), missed + len(item.missed))
        by_field[item.field][item.document] = counts
    rows = []
    for field in FIELDS:
        documents = list(by_field.get(field, {}).values())
        right, added, missed = (sum(column) for column in zip(*documents, strict=True)) if documents else (0, 0, 0)
        if right + added + missed:
            rows.append(FieldScore(field, right, added, missed, *_interval(documents)))
    return rows


def floors_broken(rows: Iterable[FieldScore], floors: Mapping[str, float]) -> list[str]:
    """Return a line for each field below its floor; a field with a floor but no row counts as 0."""
    reached = {row.field: row.f1 or 0.0 for row in rows}
    return [
        f"{field}: F1 {reached.get(field, 0.0):.3f} is below its floor {floor:.3f}"
        for field, floor in floors.items()
        if reached.get(field, 0.0) < floor
    ]


def as_markdown(rows: Sequence[FieldScore], baseline: Mapping[str, float] | None = None) -> str:
    """Return the rows as a Markdown table, with the baseline's F1 where it has one."""
    lines = ["| field | precision | recall | F1 | 95 % interval | right | added | missed | stock spaCy F1 |"]
    lines.append("|---|---:|---:|---:|:---:|---:|---:|---:|---:|")
    for row in rows:
        known = (baseline or {}).get(row.field)
        cells = (
            row.field, _number(row.precision), _number(row.recall), f"**{_number(row.f1)}**",
            f"{row.low:.2f}–{row.high:.2f}", row.right, row.added, row.missed, _number(known),
        )  # fmt: skip
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def as_json(rows: Iterable[FieldScore]) -> dict[str, dict[str, float | int | None]]:
    """Return {field: {precision, recall, f1, low, high, right, added, missed}}, rounded to 4 digits."""
    return {
        row.field: {
            "precision": _rounded(row.precision),
            "recall": _rounded(row.recall),
            "f1": _rounded(row.f1),
            "low": _rounded(row.low),
            "high": _rounded(row.high),
            "right": row.right,
            "added": row.added,
            "missed": row.missed,
        }
        for row in rows
    }


def _interval(documents: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    """Return the 2.5 and 97.5 percentiles of F1 over documents drawn with replacement; the same on every machine."""
    draw = random.Random(0)
    values = []
    for _ in range(SAMPLES):
        sample = draw.choices(documents, k=len(documents))
        right = sum(counts[0] for counts in sample)
        total = 2 * right + sum(counts[1] + counts[2] for counts in sample)
        values.append(2 * right / total if total else 1.0)
    values.sort()
    return values[int(0.025 * SAMPLES)], values[int(0.975 * SAMPLES)]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
