"""Which of many numbers hang together: a disjoint-set forest of eight bytes a number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence

_ABSENT = -1


class NumberForest:
    """Sets of numbers, each alone at first; what is none of its numbers is passed over."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = numbers
        self._parent = array("q", [_ABSENT]) * (max(numbers, default=-1) + 1)
        for number in numbers:
            self._parent[number] = number

    def unite(self, one: int, other: int) -> None:
        self._parent[self._find(one)] = self._find(other)

    def unite_all(self, numbers: Iterable[int]) -> int | None:
        """Make one set of those that hold these numbers; return one of them, None where there is none."""
        first = None
        for number in numbers:
            if number < len(self._parent) and self._parent[number] != _ABSENT:
                first = number if first is None else first
                self.unite(number, first)
        return first

    def packed(self, size: int) -> Iterator[list[int]]:
        """Yield the numbers in sorted lists: whole sets, as many as come to some `size` numbers."""
        found: list[int] = []
        root = None
        for number in sorted(self._numbers, key=self._find):
            if len(found) >= size and self._find(number) != root:
                yield sorted(found)
                found = []
            found.append(number)
            root = self._find(number)
        if found:
            yield sorted(found)

    def _find(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number
