"""Join what documents claim, kind after kind; of a corpus that is joined already only what changed documents touch.

Findings that say the same are one *node*.  Nodes whose joining depends on each other are one *component*; a component
is joined without a look at the rest.  A node that comes or goes can change the components of those it shares a *block*
with, and no others: these are joined anew, with the same result as if all were.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from extract.records import InstrumentFinding, OrganisationFinding, VenueFinding
from resolve.claims import UNDATED, Claim, DocumentClaims, event_claims, name_claims, person_claims
from resolve.clusters import Counts, Join, Joined, Judgements, LocalKey, Row
from resolve.corrections import Correction
from resolve.events import EventContext, event_blocks, join_events
from resolve.instruments import instrument_blocks, join_instruments
from resolve.judging import Side, judge
from resolve.kept import Finding, Kept, Node
from resolve.organisations import join_organisations, organisation_blocks
from resolve.people import PersonContext, join_people, person_blocks
from resolve.venues import join_venues, venue_blocks

Claims = Mapping[LocalKey, Claim]
Lines = Mapping[str, Correction]
"""Merges and splits by their file and line."""


@dataclass(frozen=True)
class Kind:
    """What is joined: its table, what joining looks at, the blocks of that, and how it is joined."""

    table: str
    context: Any
    blocks: Callable[[Any], list[str]]
    join: Callable[[Mapping[LocalKey, Any], Mapping[str, str], Judgements, Counts], Joined]
    counts_documents: bool = True


NAMED = (
    Kind("organisations", OrganisationFinding, organisation_blocks, join_organisations),
    Kind("venues", VenueFinding, venue_blocks, join_venues, counts_documents=False),
    Kind("instruments", InstrumentFinding, instrument_blocks, join_instruments),
)
EVENTS = Kind("events", EventContext, event_blocks, lambda found, _, judgements, __: join_events(found, judgements))
PEOPLE = Kind("people", PersonContext, person_blocks, lambda found, _, judgements, __: join_people(found, judgements))


@dataclass
class Seen:
    """What joining looked at: contexts by finding, and why findings became one."""

    contexts: dict[str, dict[LocalKey, Any]] = field(default_factory=dict)
    joins: list[Join] = field(default_factory=list)


def join_changed(kept: Kept, changed: Mapping[str, DocumentClaims | None], lines: Lines) -> Seen:
    """Join documents that are new or claim otherwise with those kept; None stands for a document that is gone."""
    with _collector_off():
        return _join_changed(kept, changed, lines)


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


def _join_changed(kept: Kept, changed: Mapping[str, DocumentClaims | None], lines: Lines) -> Seen:
    seen = Seen()
    kept.keep_claims(changed)
    documents = {key: claims for key, claims in changed.items() if claims}
    moved: set[str] = set()
    for kind in NAMED:
        gained = {
            LocalKey(document_id, key): claim
            for document_id, claims in documents.items()
            for key, claim in name_claims(claims, getattr(claims, kind.table), kind.blocks)
        }
        moved |= _rejoin(kept, kind, changed, gained, lines, seen)
    for kind, claims_of in ((EVENTS, event_claims), (PEOPLE, person_claims)):
        documents |= kept.claims(sorted(moved - documents.keys()))
        gained = {
            LocalKey(document_id, key): claim
            for document_id, claims in documents.items()
            for key, claim in claims_of(claims, kept.ids_in(document_id))
        }
        moved |= _rejoin(kept, kind, {*changed, *documents}, gained, lines, seen)
    return seen


def _rejoin(kept: Kept, kind: Kind, changed: Iterable[str], gained: Claims, lines: Lines, seen: Seen) -> set[str]:
    """Join the findings of one kind in changed documents with those kept; return the documents whose ids changed."""
    lost = kept.take_out(changed, kind.table)
    known, fresh = _enter(kept, kind, gained)
    decode = msgspec.msgpack.Decoder(kind.context).decode
    sides: dict[int, Sequence[Side]] = {**kept.sides(kind.table), **{n: f.claim.sides for n, f in fresh.items()}}
    touched = kept.nodes(sorted(known | lost))
    dead = {
        node.number: _blocks(kind, decode(node.context), sides.get(node.number, ()))
        for node in touched
        if node.number not in known and kept.first_of(node.number) is None
    }
    blocks = {number: _blocks(kind, one.claim.context, one.claim.sides) for number, one in fresh.items()}
    beside = kept.components_beside(kind.table, {b for found in (*dead.values(), *blocks.values()) for b in found})
    members = kept.members({node.component for node in touched} | beside)
    kept.drop_nodes(dead)
    standing = [node for node in members if node.number not in dead]
    contexts = {node.number: decode(node.context) for node in standing}
    contexts |= {number: one.claim.context for number, one in fresh.items()}
    places = _join(kept, kind, contexts, sides, lines, seen, {node.entity for node in members})
    kept.add_nodes(
        (Node(n, kind.table, one.signature, *places[n], one.encoded) for n, one in sorted(fresh.items())), blocks
    )
    kept.add_sides({number: one.claim.sides for number, one in fresh.items()})
    elsewhere = [node for node in standing if places[node.number] != (node.component, node.entity)]
    kept.move_nodes((*places[node.number], node.number) for node in elsewhere)
    return kept.documents_of(node.number for node in elsewhere if places[node.number][1] != node.entity)


class _Fresh(NamedTuple):
    """A node that was not there before."""

    signature: bytes
    encoded: bytes
    claim: Claim


def _enter(kept: Kept, kind: Kind, gained: Claims) -> tuple[set[int], dict[int, _Fresh]]:
    """Put findings into the nodes that say the same; return these, and the new ones."""
    known: set[int] = set()
    fresh: dict[int, _Fresh] = {}
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
            fresh[number] = _Fresh(signature, encoded, claim)
        elif number not in fresh:
            known.add(number)
        numbers[signature] = number
        findings.append(Finding(*key, kind.table, number, claim.day, claim.parent_key))
    kept.put_in(findings)
    return known, fresh


def _blocks(kind: Kind, context: Any, sides: Iterable[Side]) -> list[str]:
    return [*kind.blocks(context), *(f"line {line}" for line, _ in sides)]


def _join(
    kept: Kept, kind: Kind, contexts: Mapping[int, Any], sides: Mapping[int, Sequence[Side]], lines: Lines,
    seen: Seen, gone: Iterable[str],
) -> dict[int, tuple[int, str]]:  # fmt: skip
    """Join nodes and keep what comes of them; return (component, id) of each.  `gone`: the ids they had."""
    keys, days = {}, {}
    for number in contexts:
        key, day = kept.first_of(number) or (LocalKey("", ""), "")
        keys[key] = number
        days[key.document_id] = "" if day == UNDATED else day
    found = {key: contexts[keys[key]] for key in sorted(keys)}
    counts = {key: kept.count(number) for key, number in keys.items()} if kind in NAMED else {}
    stood = {key: sides[number] for key, number in keys.items() if number in sides}
    joined = kind.join(found, days, judge(stood, lines), counts)
    if kind.counts_documents:
        _count_documents(kept, joined, keys, counts)
    ids = set(joined.ids.values())
    column = next(iter(joined.rows[0])) if joined.rows else ""
    kept.replace_made(kind.table, {*gone, *ids}, ((str(row[column]), row) for row in joined.rows))
    disputes: dict[str, list[Row]] = defaultdict(list)
    for change in joined.changes:
        disputes[str(change["event_id"])].append(change)
    if kind is EVENTS:
        kept.replace_made("event_changes", {*gone, *ids}, disputes.items())
    seen.contexts[kind.table] = found
    seen.joins += joined.clusters.joins
    places: dict[int, tuple[int, str]] = {}
    for component in joined.clusters.components():
        first = min(keys[key] for key in component)
        places |= {keys[key]: (first, joined.ids[key]) for key in component}
    return places


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
