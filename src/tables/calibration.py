"""Whether scores mean what they say: of rows scored 0.8, eight in ten should be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tables.matching import ROLE_GROUPS, same_person
from tables.scoring import Tables

BINS = 5
"""Equal steps of the score; with some 50 to 500 rows a set, more bins would hold too few to mean anything."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Rows of one kind: how many, their mean score, the share that is right, and the expected calibration error."""

    field: str
    rows: int
    mean_score: float
    share_right: float
    error: float


def calibrate(labels: Sequence[Mapping[str, Any]], folder: Path) -> list[Calibration]:
    """Return how well doc_type_score, domain_score and participation_score keep their word."""
    tables = Tables(folder)
    pairs: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for label in labels:
        row = tables.by_stem.get(label["id"])
        if row is None:
            continue
        key = row["document_id"]
        pairs["doc_type_score"].append((row["doc_type_score"], row["doc_type"] == label["doc_type"]))
        pairs["domain_score"] += [
            (d["domain_score"], d["domain_code"] in label["domains"]) for d in tables.domains[key]
        ]
        pairs["participation_score"] += _parts(label, tables.parts[key])
    return [_calibration(field, found) for field, found in pairs.items() if found]


def _parts(label: Mapping[str, Any], parts: Iterable[Mapping[str, Any]]) -> list[tuple[float, bool]]:
    """A participation is right when the label gives the person a role of the same kind."""
    return [
        (
            part["participation_score"],
            any(
                same_person(person["name"], part["person_text"])
                and ROLE_GROUPS.get(person["role"]) == ROLE_GROUPS.get(part["role"])
                for person in label["people"]
            ),
        )
        for part in parts
    ]


def _calibration(field: str, pairs: Sequence[tuple[float, bool]]) -> Calibration:
    """Expected calibration error: the gap between mean score and share right of each bin, weighted by its rows."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score, is_right in pairs:
        bins[min(int(score * BINS), BINS - 1)].append((score, is_right))
    gaps = [abs(_mean(s for s, _ in part) - _mean(float(ok) for _, ok in part)) * len(part) for part in bins.values()]
    count = len(pairs)
    return Calibration(field, count, _mean(s for s, _ in pairs), _mean(float(ok) for _, ok in pairs), sum(gaps) / count)


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
