"""Join findings of many documents into clusters: a small disjoint-set forest, and the keys that findings carry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple, TypeVar

Row = dict[str, object]
T = TypeVar("T", bound=Hashable)


class LocalKey(NamedTuple):
    """A finding's name within the corpus: its document and its key there."""

    document_id: str
    key: str


class Clusters:
    """Which findings are one thing; joining is symmetric and transitive."""

    def __init__(self, members: Iterable[LocalKey]) -> None:
        self._parent = {member: member for member in members}

    def find(self, member: LocalKey) -> LocalKey:
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def join(self, one: LocalKey, other: LocalKey) -> None:
        """Make two findings one; the smaller key becomes the root, so the result does not depend on order."""
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def groups(self) -> list[list[LocalKey]]:
        """Return the clusters, members sorted, in the order of their first members."""
        by_root: dict[LocalKey, list[LocalKey]] = defaultdict(list)
        for member in sorted(self._parent):
            by_root[self.find(member)].append(member)
        return list(by_root.values())


def most_common(values: Iterable[T | None]) -> T | None:
    """Return the value seen most often, the first of equals; None when there is none."""
    counts = Counter(value for value in values if value)
    return max(counts, key=lambda value: counts[value]) if counts else None


def fullest(names: Iterable[str]) -> str:
    """Return the name with most words; of those the most frequent, then one not in capitals, then the longest."""
    counts = Counter(names)
    return max(sorted(counts), key=lambda name: (len(name.split()), counts[name], not name.isupper(), len(name)))


def distinct(values: Iterable[str | None], without: Iterable[str | None] = ()) -> list[str]:
    """Return the values once each, sorted, without the empty ones and those named."""
    return sorted({value for value in values if value} - {value for value in without if value})
