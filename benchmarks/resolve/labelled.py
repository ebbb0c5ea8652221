"""Labelled corpora and the figures of a resolution: pairs for people and organisations, B³ for events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from extract.records import DocumentRecords
from resolve.clusters import LocalKey


@dataclass(frozen=True)
class Labelled:
    """Documents, sorted by id, and which real thing each finding is."""

    records: tuple[DocumentRecords, ...]
    truth: Mapping[LocalKey, str]


@dataclass(frozen=True)
class Figures:
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def line(self) -> str:
        return f"P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}"


def pair_figures(truth: Mapping[LocalKey, str], ids: Mapping[LocalKey, str]) -> Figures:
    """Pairs of findings said to be one that are one, and pairs that are one that were said to be."""

    def pairs(counts: Counter[object]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    both = pairs(Counter((truth[key], ids[key]) for key in truth))
    said, true = pairs(Counter(ids[key] for key in truth)), pairs(Counter(truth.values()))
    return Figures(both / max(1, said), both / max(1, true))


def b_cubed(truth: Mapping[LocalKey, str], ids: Mapping[LocalKey, str]) -> Figures:
    """B³: for each finding the share of its cluster that belongs there, and the share of its thing that is there."""
    clusters: dict[str, set[LocalKey]] = defaultdict(set)
    things: dict[str, set[LocalKey]] = defaultdict(set)
    for key, thing in truth.items():
        clusters[ids[key]].add(key)
        things[thing].add(key)
    shared = [len(clusters[ids[key]] & things[thing]) for key, thing in truth.items()]
    precision = sum(n / len(clusters[ids[key]]) for n, key in zip(shared, truth, strict=True)) / len(truth)
    recall = sum(n / len(things[truth[key]]) for n, key in zip(shared, truth, strict=True)) / len(truth)
    return Figures(precision, recall)
