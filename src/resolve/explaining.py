"""Why findings of several documents are one row, or two: in words, from what the joining looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice, product
from typing import Any

from resolve.clusters import LocalKey
from resolve.corpus import Joined
from resolve.events import explain_events
from resolve.instruments import explain_instruments
from resolve.likeness import name_likeness
from resolve.organisation_names import organisation_likeness
from resolve.organisations import explain_organisations
from resolve.people import explain_people
from resolve.venues import explain_venues

MAX_PAIRS = 2_000
"""Pairs of findings looked at for the two that are most alike; rows of many documents have more."""


def explain(joined: Joined, one: str, other: str | None = None) -> list[str]:
    """Return lines that say why a row is one, or why two rows are apart.  Raises KeyError for an unknown id."""
    members = _members(joined.resolution.ids, (one, other or one))
    if other is None or other == one:
        return _explain_one(joined, one, members[one])
    return _explain_two(joined, members[one], members[other])


def _members(ids: Mapping[LocalKey, str], wanted: Iterable[str]) -> dict[str, list[LocalKey]]:
    found: dict[str, list[LocalKey]] = {row_id: [] for row_id in wanted}
    for key, row_id in ids.items():
        if row_id in found:
            found[row_id].append(key)
    for row_id, keys in found.items():
        if not keys:
            raise KeyError(row_id)
        keys.sort()
    return found


def _explain_one(joined: Joined, row_id: str, members: Sequence[LocalKey]) -> list[str]:
    lines = [f"{row_id} is made from {len(members)} finding{'s' if len(members) > 1 else ''}:"]
    lines += [f"  {_say(joined, key)}" for key in members]
    keys = set(members)
    reasons = [join for join in joined.resolution.joins if join.one in keys]
    lines += [f"  {_say(joined, one)} = {_say(joined, other)}: {because}" for one, other, because in reasons]
    return lines


def _explain_two(joined: Joined, ones: Sequence[LocalKey], others: Sequence[LocalKey]) -> list[str]:
    kind, second = _table(joined, ones[0]), _table(joined, others[0])
    if kind != second:
        return [f"one names something of {kind}, the other something of {second}"]
    for decided in joined.resolution.decided:
        ends = {decided.one, decided.other}
        if decided.correction.action == "split" and ends & set(ones) and ends & set(others):
            return [
                f"{decided.correction.file_line} keeps them apart: {decided.correction.reason or 'no reason given'}"
            ]
    pairs = list(islice(product(ones, others), MAX_PAIRS))
    first, other = max(pairs, key=lambda pair: (_likeness(joined, kind, *pair), pair))
    lines = [f"{_say(joined, first)} | {_say(joined, other)}", f"  apart: {_reason(joined, kind, first, other)}"]
    return [*lines, f"  likeness of the names: {_likeness(joined, kind, first, other):.2f}"]


def _reason(joined: Joined, kind: str, one: LocalKey, other: LocalKey) -> str:
    if kind == "people":
        return explain_people(joined.people[one], joined.people[other])
    if kind == "events":
        return explain_events(joined.events[one], joined.events[other])
    explainers: Mapping[str, Any] = {
        "organisations": explain_organisations,
        "venues": explain_venues,
        "instruments": explain_instruments,
    }
    findings = getattr(joined.gathered, kind)
    reason: str = explainers[kind](findings[one], findings[other])
    return reason


def _likeness(joined: Joined, kind: str, one: LocalKey, other: LocalKey) -> float:
    findings = getattr(joined.gathered, kind)
    first, second = findings[one].name or "", findings[other].name or ""
    return name_likeness(first, second) if kind == "people" else organisation_likeness(first, second)


def _table(joined: Joined, key: LocalKey) -> str:
    kinds = ("people", "organisations", "venues", "instruments", "events")
    return next(kind for kind in kinds if key in getattr(joined.gathered, kind))


def _say(joined: Joined, key: LocalKey) -> str:
    finding = getattr(joined.gathered, _table(joined, key))[key]
    uris = {document_id: uri for uri, document_id in joined.gathered.documents.items()}
    return f"{finding.name or getattr(finding, 'address', None) or '(no name)'!r} in {uris[key.document_id]}"
