"""The pool: order does not matter, a dead process costs one item, a bug surfaces."""

from __future__ import annotations

import pytest

from flows.engine import Lost, map_batches
from tests.flows.poison import double, fail

BATCHES = [[n, n + 1, n + 2, n + 3] for n in range(0, 40, 4)]


def collect(workers: int) -> tuple[list[int], list[int]]:
    results, lost = [], []
    for result in map_batches(double, BATCHES, workers):
        if isinstance(result, Lost):
            lost.append(result.item)
        else:
            results += result
    return sorted(results), lost


def test_a_poison_item_costs_only_itself() -> None:
    results, lost = collect(workers=2)
    assert lost == [13]
    assert results == [2 * n for n in range(40) if n != 13]


def test_one_worker_runs_here() -> None:
    assert list(map_batches(double, [[1, 2], [3]], 1)) == [[2, 4], [6]]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bug_surfaces(workers: int) -> None:
    with pytest.raises(KeyError):
        list(map_batches(fail, [[1], [2]], workers))


def test_nothing_to_do() -> None:
    assert list(map_batches(double, [], 2)) == []
