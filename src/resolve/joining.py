"""Join what documents claim, kind after kind; of a corpus that is joined already only what changed documents touch.

Findings that say the same are one *node*.  Nodes whose joining depends on each other are one *component*; a component
is joined without a look at the rest.  A node that comes or goes can change the components of those it shares a *block*
with, and no others: these are joined anew, with the same result as if all were.
"""

from __future__ import annotations

import gc
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations
from typing import Any, NamedTuple

import msgspec

from extract.records import InstrumentFinding, OrganisationFinding, VenueFinding
from resolve.claims import UNDATED, Claim, event_claims, name_claims, person_claims
from resolve.clusters import Counts, Join, Joined, Judgements, LocalKey, Row
from resolve.corrections import Correction
from resolve.events import EventContext, event_blocks, join_events
from resolve.instruments import instrument_blocks, join_instruments
from resolve.judging import Side, judge
from resolve.kept import Finding, Kept, Node
from resolve.numbers import NumberForest
from resolve.organisations import join_organisations, organisation_blocks
from resolve.people import MAX_BLOCK, PersonContext, are_alike, join_people, person_blocks, person_crowds
from resolve.venues import join_venues, venue_blocks

Lines = Mapping[str, Correction]
"""Merges and splits by file, line and action."""

BATCH = 1_000
"""Documents and nodes looked at together: what joining holds in memory, unless more depend on each other."""


class Given(NamedTuple):
    """What joining is told beside the findings."""

    days: Mapping[str, str]
    """When each document was published (ISO)."""
    judgements: Judgements
    counts: Counts
    crowded: Collection[str]
    """Blocks in which there are too many names."""


@dataclass(frozen=True)
class Kind:
    """What is joined: its table, what joining looks at, the blocks of that, and how it is joined."""

    table: str
    context: Any
    blocks: Callable[[Any], list[str]]
    join: Callable[[Mapping[LocalKey, Any], Given], Joined]
    counts_documents: bool = True
    crowds: Callable[[Any], tuple[str, list[str]]] | None = None
    """A name, and blocks in which only those meet whose names are like it, and none where there are too many."""


NAMED = (
    Kind("organisations", OrganisationFinding, organisation_blocks,
         lambda found, given: join_organisations(found, given.days, given.judgements, given.counts)),
    Kind("venues", VenueFinding, venue_blocks,
         lambda found, given: join_venues(found, given.days, given.judgements, given.counts), counts_documents=False),
    Kind("instruments", InstrumentFinding, instrument_blocks,
         lambda found, given: join_instruments(found, given.days, given.judgements, given.counts)),
)  # fmt: skip
EVENTS = Kind("events", EventContext, event_blocks, lambda found, given: join_events(found, given.judgements))
PEOPLE = Kind(
    "people", PersonContext, person_blocks,
    lambda found, given: join_people(found, given.judgements, given.crowded), crowds=person_crowds,
)  # fmt: skip


@dataclass
class Seen:
    """What joining looked at: contexts by finding, and why findings became one."""

    contexts: dict[str, dict[LocalKey, Any]] = field(default_factory=lambda: defaultdict(dict))
    joins: list[Join] = field(default_factory=list)


@dataclass
class _Touched:
    """Nodes of a kind that findings came to or left, and the components beside those that are new."""

    first: int
    """New nodes have this number or a higher one."""
    lost: set[int]
    known: set[int] = field(default_factory=set)
    fresh: array[int] = field(default_factory=lambda: array("q"))
    beside: set[int] = field(default_factory=set)


def join_changed(kept: Kept, changed: Collection[str], lines: Lines, seen: Seen | None = None) -> None:
    """Join the documents whose claims were kept or forgotten since with all others; `seen` is told what that showed."""
    with _collector_off():
        moved = _join_named(kept, changed, lines, seen)
        for kind, claims_of in ((EVENTS, event_claims), (PEOPLE, person_claims)):
            documents = sorted(moved.union(changed))
            touched = _Touched(kept.next_number(), kept.take_out(documents, kind.table))
            for claims in kept.claims(documents, BATCH):
                gained = {
                    LocalKey(one.document_id, key): claim
                    for one in claims
                    for key, claim in claims_of(one, kept.ids_in(one.document_id))
                }
                _enter(kept, kind, gained, touched)
            moved |= _rejoin(kept, kind, touched, lines, seen)


def _join_named(kept: Kept, changed: Collection[str], lines: Lines, seen: Seen | None) -> set[str]:
    """Join what goes by its name alone; return the documents whose ids changed."""
    documents, first = sorted(changed), kept.next_number()
    touched = {kind.table: _Touched(first, kept.take_out(documents, kind.table)) for kind in NAMED}
    for claims in kept.claims(documents, BATCH):
        for kind in NAMED:
            gained = {
                LocalKey(one.document_id, key): claim
                for one in claims
                for key, claim in name_claims(one, getattr(one, kind.table), kind.blocks)
            }
            _enter(kept, kind, gained, touched[kind.table])
    moved: set[str] = set()
    for kind in NAMED:
        moved |= _rejoin(kept, kind, touched[kind.table], lines, seen)
    return moved


@contextmanager
def _collector_off() -> Iterator[None]:
    """Spare the walk over hundreds of thousands of values, which hold no cycles: a third of the time of joining all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _enter(kept: Kept, kind: Kind, gained: Mapping[LocalKey, Claim], touched: _Touched) -> None:
    """Put findings into the nodes that say the same, and into new ones where there are none."""
    fresh: dict[int, tuple[Node, Claim]] = {}
    numbers: dict[bytes, int] = {}
    following = kept.next_number()
    findings = []
    for key, claim in sorted(gained.items()):
        encoded = msgspec.msgpack.encode(claim.context, order="deterministic")
        own = "" if claim.is_alone else repr(key)
        signature = blake2b(f"{kind.table} {own} {claim.sides}".encode() + encoded, digest_size=16).digest()
        number = numbers.get(signature) or kept.number_of(signature)
        if number is None:
            number, following = following, following + 1
            fresh[number] = Node(number, kind.table, signature, number, "", encoded), claim
        elif number < touched.first:
            touched.known.add(number)
        numbers[signature] = number
        findings.append(Finding(*key, kind.table, number, claim.day, claim.parent_key))
    kept.put_in(findings)
    blocks = {number: _blocks(kind, claim.context, claim.sides) for number, (_, claim) in fresh.items()}
    if touched.first > 1:  # there were nodes before
        beside = kept.components_beside(kind.table, {block for found in blocks.values() for block, _ in found})
        touched.beside |= {component for component in beside if component < touched.first}
    touched.fresh.extend(fresh)
    kept.add_nodes((node for node, _ in fresh.values()), blocks)
    kept.add_sides({number: claim.sides for number, (_, claim) in fresh.items()})


def _blocks(kind: Kind, context: Any, sides: Iterable[Side]) -> list[tuple[str, str]]:
    """Return the blocks of a node, each with the name under which it is there: "" where all meet."""
    name, crowds = kind.crowds(context) if kind.crowds else ("", [])
    found = [(block, "") for block in (*kind.blocks(context), *(f"line {line}" for line, _ in sides))]
    return [*found, *((block, name) for block in crowds)]


def _rejoin(kept: Kept, kind: Kind, touched: _Touched, lines: Lines, seen: Seen | None) -> set[str]:
    """Join the touched nodes of a kind with those beside them; return the documents whose ids changed."""
    sides = kept.sides(kind.table)
    components = touched.beside | kept.components_of(touched.known | touched.lost)
    decode = msgspec.msgpack.Decoder(kind.context).decode
    for number in sorted(touched.lost - touched.known):
        if kept.first_of(number) is None:
            (node,) = kept.nodes([number])
            blocks = _blocks(kind, decode(node.context), sides.get(number, ()))
            components |= kept.components_beside(kind.table, {block for block, _ in blocks})
            kept.forget_made(kind.table, [number])
            kept.drop_node(number, blocks)
    members = sorted({*kept.members(components), *touched.fresh})
    kept.forget_made(kind.table, members)  # all before any: what one was called another may be
    moved: set[str] = set()
    for numbers in _independent(kept, members) if len(members) > BATCH else (members,):
        moved |= _join(kept, kind, numbers, sides, lines, seen)
    return moved


def _independent(kept: Kept, numbers: list[int]) -> Iterator[list[int]]:
    """Yield nodes in lists that can be joined each without the rest, of some BATCH nodes unless more hang together."""
    forest = NumberForest(numbers)
    for names in kept.names_by_block():
        firsts = {name: forest.unite_all(found) for name, found in names.items()}
        known = {name: first for name, first in firsts.items() if first is not None}
        if len(known) > 1 and len(names) <= MAX_BLOCK:
            for (one, first), (other, second) in combinations(known.items(), 2):
                if are_alike(one, other):
                    forest.unite(first, second)
    yield from forest.packed(BATCH)


def _join(
    kept: Kept, kind: Kind, numbers: Iterable[int], sides: Mapping[int, Sequence[Side]], lines: Lines,
    seen: Seen | None,
) -> set[str]:  # fmt: skip
    """Join nodes and keep what comes of them; return the documents whose ids changed."""
    nodes = {node.number: node for node in kept.nodes(numbers)}
    keys, days = {}, {}
    for number in nodes:
        key, day = kept.first_of(number) or (LocalKey("", ""), "")
        keys[key] = number
        days[key.document_id] = "" if day == UNDATED else day
    decode = msgspec.msgpack.Decoder(kind.context).decode
    found = {key: decode(nodes[keys[key]].context) for key in sorted(keys)}
    counts = {key: kept.count(number) for key, number in keys.items()} if kind in NAMED else {}
    stood = {key: sides[number] for key, number in keys.items() if number in sides}
    crowds = {block for context in found.values() for block in kind.crowds(context)[1]} if kind.crowds else ()
    given = Given(days, judge(stood, lines), counts, kept.crowded(crowds, MAX_BLOCK))
    joined = kind.join(found, given)
    if kind.counts_documents:
        _count_documents(kept, joined, keys, counts)
    _keep_made(kept, kind, joined)
    if seen:
        seen.contexts[kind.table] |= found
        seen.joins += joined.clusters.joins
    moved = []
    for component in joined.clusters.components():
        first = min(keys[key] for key in component)
        moved += [(first, joined.ids[key], keys[key]) for key in component]
    kept.move_nodes(place for place in moved if place[:2] != nodes[place[2]][3:5])
    return kept.documents_of(number for _, entity, number in moved if nodes[number].entity not in ("", entity))


def _keep_made(kept: Kept, kind: Kind, joined: Joined) -> None:
    kept.keep_made(kind.table, ((str(next(iter(row.values()))), row) for row in joined.rows))
    disputes: dict[str, list[Row]] = defaultdict(list)
    for change in joined.changes:
        disputes[str(change["event_id"])].append(change)
    kept.keep_made("event_changes", disputes.items())


def _count_documents(kept: Kept, joined: Joined, keys: Mapping[LocalKey, int], counts: Counts) -> None:
    """Add to each row how many documents it was made from."""
    groups: dict[str, list[LocalKey]] = defaultdict(list)
    for key, row_id in joined.ids.items():
        groups[row_id].append(key)
    for row in joined.rows:
        group = groups[str(next(iter(row.values())))]
        if not counts:  # each finding stands for itself
            row["document_count"] = len({key.document_id for key in group})
        elif len(group) == 1:  # who says the same in one document is not alone there, and stands for itself
            row["document_count"] = counts[group[0]]
        else:
            row["document_count"] = len(kept.documents_of(keys[key] for key in group))
