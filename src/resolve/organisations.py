"""One row per organisation: findings with one gazetteer entry, one name or one unmistakable acronym are the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from extract.records import OrganisationFinding
from ingest.ids import make_id
from resolve.clusters import Clusters, LocalKey, Row, distinct, fullest, most_common
from resolve.names import organisation_key

Findings = Mapping[LocalKey, OrganisationFinding]


def join_organisations(findings: Findings) -> tuple[dict[LocalKey, str], list[Row]]:
    """Return (id of each finding, rows of `organisations` sorted by id)."""
    clusters = Clusters(findings)
    _join_equal(clusters, findings)
    _join_acronyms(clusters, findings)
    ids: dict[LocalKey, str] = {}
    rows: list[Row] = []
    for group in clusters.groups():
        members = [findings[key] for key in group]
        gazetteer_id = min((m.gazetteer_id for m in members if m.gazetteer_id), default=None)
        name = fullest(m.name for m in members)
        organisation_id = make_id("org", gazetteer_id or organisation_key(name))
        ids.update(dict.fromkeys(group, organisation_id))
        acronym = most_common(m.acronym for m in members)
        rows.append(
            {
                "organisation_id": organisation_id,
                "organisation_name": name,
                "acronym": acronym,
                "aliases": distinct((alias for m in members for alias in (m.name, *m.aliases)), (name, acronym)),
                "organisation_type": most_common(m.organisation_type for m in members),
                "country_code": most_common(m.country_code for m in members),
                "external_ids": distinct(external for m in members for external in m.external_ids),
                "document_count": len({key.document_id for key in group}),
            }
        )
    merged = _one_row_per_id(rows)
    _add_parents(merged, findings, ids)
    return ids, [merged[key] for key in sorted(merged)]


def _join_equal(clusters: Clusters, findings: Findings) -> None:
    """Join equal gazetteer ids; join equal names unless the gazetteer tells the two apart."""
    first_by_id: dict[str, LocalKey] = {}
    by_name: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        finding = findings[key]
        if finding.gazetteer_id:
            clusters.join(first_by_id.setdefault(finding.gazetteer_id, key), key)
        by_name[organisation_key(finding.name)].append(key)
    for keys in by_name.values():
        known = {findings[key].gazetteer_id for key in keys} - {None}
        if len(known) <= 1:
            for key in keys[1:]:
                clusters.join(keys[0], key)


def _join_acronyms(clusters: Clusters, findings: Findings) -> None:
    """Join a bare acronym ("NIDS") with the one organisation of the corpus that bears it; two bearers, no join."""
    bearers: dict[str, set[LocalKey]] = defaultdict(set)
    bare: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        finding = findings[key]
        if finding.acronym and finding.acronym != finding.name:
            bearers[finding.acronym].add(clusters.find(key))
        elif finding.name.isupper() and " " not in finding.name and not finding.gazetteer_id:
            bare[finding.name].append(key)
    for acronym, keys in bare.items():
        if len(bearers[acronym]) == 1:
            (bearer,) = bearers[acronym]
            for key in keys:
                clusters.join(bearer, key)


def _one_row_per_id(rows: list[Row]) -> dict[str, Row]:
    # two clusters can only share an id when one name key is held under two gazetteer ids and none: keep the first
    merged: dict[str, Row] = {}
    for row in rows:
        merged.setdefault(str(row["organisation_id"]), row)
    return merged


def _add_parents(rows: Mapping[str, Row], findings: Findings, ids: Mapping[LocalKey, str]) -> None:
    parents: dict[str, list[str]] = defaultdict(list)
    for key in sorted(findings):
        parent_key = findings[key].parent_key
        parent = ids.get(LocalKey(key.document_id, parent_key)) if parent_key else None
        if parent and parent != ids[key]:
            parents[ids[key]].append(parent)
    for child, candidates in parents.items():
        parent = most_common(candidates)
        if parent and not _leads_to(rows, parent, child):
            rows[child]["parent_organisation_id"] = parent


def _leads_to(rows: Mapping[str, Row], start: str, goal: str) -> bool:
    """Whether following parents from `start` reaches `goal`: such a link would close a circle."""
    seen: set[str] = set()
    current: object = start
    while isinstance(current, str) and current not in seen:
        if current == goal:
            return True
        seen.add(current)
        current = rows[current].get("parent_organisation_id")
    return False
