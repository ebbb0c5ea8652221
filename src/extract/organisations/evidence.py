"""How sure it is that a body holds an event: kinds of evidence, their weights, and what several of them come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.records import Mention, OrganiserRole
from extract.vocabularies import read_toml

RANK: dict[OrganiserRole, int] = {"host": 0, "organiser": 1, "co_organiser": 2, "partner": 3, "funder": 4}
"""Of several parts that words give one body, the first counts."""
HOLDERS: frozenset[OrganiserRole] = frozenset(["host", "organiser", "co_organiser"])


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to take an organisation for an organiser: its kind (a key of organiser_evidence.toml) and words."""

    organisation_key: str
    role: OrganiserRole
    kind: str
    mention: Mention | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one organisation in the event: `score` in 0..1, `method` the strongest kind of evidence."""

    organisation_key: str
    role: OrganiserRole
    score: float
    method: str
    mention_ids: tuple[str, ...]


@lru_cache(maxsize=1)
def weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return the weights of told evidence and those of signs, read on first use."""
    raw = read_toml("organiser_evidence")
    return raw["told"], raw["signs"]


def told_parts(evidence: Iterable[Evidence]) -> list[Part]:
    """Return the part of every body that words give one, in the order in which the evidence names them."""
    told, _ = weights()
    return [_part(reasons, told) for reasons in _by_organisation(evidence)]


def likeliest_parts(evidence: Iterable[Evidence]) -> list[Part]:
    """Return the body that signs speak for most, with those that equal it or share its main sign; none below enough."""
    _, signs = weights()
    parts = [_part(reasons, signs) for reasons in _by_organisation(evidence)]
    parts = [part for part in parts if part.score >= signs["enough"]]
    best = max(parts, key=lambda part: part.score, default=None)
    return [part for part in parts if best and (part.score == best.score or part.method == best.method)]


def _by_organisation(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    reasons: dict[str, list[Evidence]] = {}
    for one in evidence:
        reasons.setdefault(one.organisation_key, []).append(one)
    return list(reasons.values())


def _part(reasons: list[Evidence], table: Mapping[str, float]) -> Part:
    doubt = 1.0
    for kind in {one.kind for one in reasons}:
        doubt *= 1 - table[kind]
    lead = min(reasons, key=lambda one: RANK[one.role])
    return Part(
        organisation_key=lead.organisation_key,
        role=lead.role,
        score=round(1 - doubt, 4),
        method=max(reasons, key=lambda one: table[one.kind]).kind,
        mention_ids=tuple(dict.fromkeys(one.mention.mention_id for one in reasons if one.mention)),
    )
