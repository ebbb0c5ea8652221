"""One row per named agreement, strategy, programme, operation or exercise: the same name is the same instrument."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extract.records import InstrumentFinding
from resolve.clusters import (
    NO_COUNTS,
    NO_JUDGEMENTS,
    Clusters,
    Counts,
    Joined,
    Judgements,
    LocalKey,
    Row,
    distinct,
    fullest,
    identify,
    most_common,
    repeated,
)  # fmt: skip
from resolve.names import organisation_key

Findings = Mapping[LocalKey, InstrumentFinding]


def instrument_blocks(finding: InstrumentFinding) -> list[str]:
    """Return the keys that an instrument shares with all it may be compared with."""
    acronyms = {finding.name, finding.acronym} - {None}
    return [f"words {_words(finding.name)}", *(f"acronym {acronym}" for acronym in acronyms)]


def join_instruments(
    findings: Findings, days: Mapping[str, str], judgements: Judgements = NO_JUDGEMENTS, counts: Counts = NO_COUNTS
) -> Joined:
    """Join findings; rows are sorted by id."""
    clusters = Clusters(findings, judgements)
    by_name: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        by_name[_words(findings[key].name)].append(key)
    for keys in by_name.values():
        clusters.link(keys)
        clusters.join_all(keys, "the same name")
    _join_acronyms(clusters, findings)

    def age(key: LocalKey) -> tuple[str, LocalKey]:
        return (days.get(key.document_id) or "9", key)

    def identity(group: Sequence[LocalKey]) -> tuple[str, ...]:
        return (organisation_key(findings[min(group, key=age)].name),)

    groups = clusters.groups()
    ids = identify("ins", groups, identity, age)
    rows = [_row(ids[group[0]], repeated(group, findings, counts)) for group in groups]
    return Joined(ids, sorted(rows, key=lambda row: str(row["instrument_id"])), clusters)


def _words(name: str) -> str:
    """Return the words of a name in a fixed order: "EU–Japan Agreement" is "Agreement between Japan and the EU"."""
    words = organisation_key(name).split()
    return " ".join(sorted(word for word in words if word not in _BETWEEN) or words)


_BETWEEN = frozenset({"between", "with"})


def _join_acronyms(clusters: Clusters, findings: Findings) -> None:
    """Join a bare acronym with the one instrument that bears it: of its document, else of the corpus."""
    bearers: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        finding = findings[key]
        if finding.acronym and finding.acronym != finding.name:
            bearers[finding.acronym].append(key)
    for key in sorted(findings):
        named = bearers.get(findings[key].name, [])
        clusters.link((key, *named))
        candidates = [other for other in named if other.document_id == key.document_id] or named
        if len({clusters.find(other) for other in candidates}) == 1:
            clusters.join(candidates[0], key, f"the only one with the acronym {findings[key].name}")


def explain_instruments(one: InstrumentFinding, other: InstrumentFinding) -> str:
    """Return in words what speaks against two findings being one instrument."""
    return f"no name or unmistakable acronym in common: {one.name!r} and {other.name!r}"


def _row(instrument_id: str, members: Sequence[InstrumentFinding]) -> Row:
    name = fullest(m.name for m in members)
    acronym = most_common(m.acronym for m in members)
    return {
        "instrument_id": instrument_id,
        "instrument_name": name,
        "acronym": acronym,
        "aliases": distinct((alias for m in members for alias in (m.name, *m.aliases)), (name, acronym)),
        "instrument_type": most_common(m.instrument_type for m in members),
    }
