"""Join findings of many documents into clusters: a small disjoint-set forest, and the keys that findings carry."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from ingest.ids import make_id

Row = dict[str, object]
T = TypeVar("T", bound=Hashable)
F = TypeVar("F")


@dataclass(frozen=True)
class Rows(Generic[F]):
    """Rows that are read when they are asked for, each time anew."""

    read: Callable[[], Iterator[F]]

    def __iter__(self) -> Iterator[F]:
        return self.read()


class LocalKey(NamedTuple):
    """A finding's name within the corpus: its document and its key there."""

    document_id: str
    key: str


class Join(NamedTuple):
    """Two findings that became one, and why."""

    one: LocalKey
    other: LocalKey
    because: str


@dataclass(frozen=True)
class Judgements:
    """What people decided: findings that are one, and findings that never are.

    `apart` holds for each finding signed numbers: one with n and one with -n are never joined, not even over others.
    """

    together: tuple[Join, ...] = ()
    apart: Mapping[LocalKey, frozenset[int]] = field(default_factory=dict)


NO_JUDGEMENTS = Judgements()


class Forest:
    """Which members are one: a disjoint-set forest whose roots are the smallest members, whatever the order."""

    def __init__(self, members: Iterable[LocalKey]) -> None:
        self._parent = {member: member for member in members}

    def __contains__(self, member: LocalKey) -> bool:
        return member in self._parent

    def copy(self) -> Forest:
        made = Forest(())
        made._parent = dict(self._parent)
        return made

    def find(self, member: LocalKey) -> LocalKey:
        root = member
        while self._parent[root] != root:
            root = self._parent[root]
        while self._parent[member] != root:
            self._parent[member], member = root, self._parent[member]
        return root

    def unite(self, one: LocalKey, other: LocalKey) -> None:
        first, second = sorted((self.find(one), self.find(other)))
        self._parent[second] = first

    def groups(self) -> list[list[LocalKey]]:
        """Return the sets, members sorted, in the order of their first members."""
        by_root: dict[LocalKey, list[LocalKey]] = defaultdict(list)
        for member in sorted(self._parent):
            by_root[self.find(member)].append(member)
        return list(by_root.values())


class Clusters:
    """Which findings are one thing; joining is symmetric and transitive, and keeps apart what people keep apart."""

    def __init__(self, members: Iterable[LocalKey], judgements: Judgements = NO_JUDGEMENTS) -> None:
        self._forest = Forest(members)
        self._linked: list[tuple[LocalKey, LocalKey]] = []
        self._apart = {key: set(tags) for key, tags in judgements.apart.items() if key in self._forest}
        self.joins: list[Join] = []
        tagged: dict[int, list[LocalKey]] = defaultdict(list)
        for key, tags in self._apart.items():
            for tag in tags:
                tagged[abs(tag)].append(key)
        for keys in tagged.values():
            self.link(keys)
        for one, other, because in judgements.together:
            if one in self._forest and other in self._forest:
                self.join(one, other, because)

    def find(self, member: LocalKey) -> LocalKey:
        return self._forest.find(member)

    def join(self, one: LocalKey, other: LocalKey, because: str) -> bool:
        """Make two findings one and return True; False where people keep them apart."""
        first, second = sorted((self.find(one), self.find(other)))
        if first == second:
            return True
        tags, others = self._apart.get(first, set()), self._apart.get(second, set())
        if any(-tag in tags for tag in others):
            self.link((one, other))
            return False
        if others:
            self._apart[first] = tags | others
        self._forest.unite(first, second)
        self.joins.append(Join(one, other, because))
        return True

    def join_all(self, members: Iterable[LocalKey], because: str) -> None:
        """Make all of them one, as far as nobody keeps them apart."""
        heads: list[LocalKey] = []
        for member in members:
            if not any(self.join(head, member, because) for head in heads):
                heads.append(member)

    def link(self, members: Iterable[LocalKey]) -> None:
        """Note that what becomes of each of them depends on the others, whether they join or not."""
        rest = iter(members)
        first = next(rest, None)
        if first is not None:
            self._linked += [(first, member) for member in rest]

    def groups(self) -> list[list[LocalKey]]:
        """Return the clusters, members sorted, in the order of their first members."""
        return self._forest.groups()

    def components(self) -> list[list[LocalKey]]:
        """Return what can be joined anew without the rest: clusters with all that they are linked with."""
        whole = self._forest.copy()
        for one, other in self._linked:
            whole.unite(one, other)
        return whole.groups()


class Joined(NamedTuple):
    """What joining the findings of one kind gives; rows lack what only the whole corpus tells (`document_count`)."""

    ids: dict[LocalKey, str]
    rows: list[Row]
    clusters: Clusters
    changes: Sequence[Row] = ()
    """Rows of `event_changes`: what the documents of one event dispute."""


Counts = Mapping[LocalKey, int]
"""How many findings of the corpus say the same as the one that stands for them; one where none is given."""
NO_COUNTS: Counts = {}


def repeated(group: Iterable[LocalKey], findings: Mapping[LocalKey, F], counts: Counts) -> list[F]:
    """Return the findings of a group, each as often as the corpus has it: they vote."""
    return [finding for key in group for finding in (findings[key],) * counts.get(key, 1)]


def identify(
    prefix: str,
    groups: Iterable[Sequence[LocalKey]],
    identity: Callable[[Sequence[LocalKey]], tuple[str, ...]],
    age: Callable[[LocalKey], tuple[str, LocalKey]],
) -> dict[LocalKey, str]:
    """Return the id of every finding: made from what its group is called, not from which documents there are.

    Of groups with one identity (namesakes) the one with the earliest finding holds the plain id, so that later
    documents do not change it; the others take their own earliest finding into theirs.
    """
    by_identity: dict[tuple[str, ...], list[Sequence[LocalKey]]] = defaultdict(list)
    for group in groups:
        by_identity[identity(group)].append(group)
    ids: dict[LocalKey, str] = {}
    for name, namesakes in by_identity.items():
        ordered = sorted(namesakes, key=lambda group: min(map(age, group)))
        for group in ordered:
            own = () if group is ordered[0] else min(group, key=age)
            ids.update(dict.fromkeys(group, make_id(prefix, *name, *own)))
    return ids


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
