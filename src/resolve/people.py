"""One row per person: the same name is the same person only where nothing the documents say keeps them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.records import PersonFinding
from ingest.ids import make_id
from resolve.clusters import Clusters, LocalKey, Row, distinct, fullest, most_common
from resolve.names import person_key


@dataclass(frozen=True)
class PersonContext:
    """A person of one document with what the document says around the name."""

    finding: PersonFinding
    affiliations: frozenset[str]
    """organisation_ids stated for the person in this document."""
    events: frozenset[str]
    """event_ids the person takes part in."""
    day: str
    """When the document was published or its event took place (ISO), "" when unknown."""


def join_people(people: Mapping[LocalKey, PersonContext]) -> tuple[dict[LocalKey, str], list[Row]]:
    """Return (id of each finding, rows of `people` sorted by id).

    Findings with one name key join when they share an affiliation or an event, or when at most one affiliation is
    known among them.  Same name with different affiliations and nothing shared stays apart.
    """
    clusters = Clusters(people)
    by_name: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(people):
        by_name[person_key(people[key].finding.name)].append(key)
    for keys in by_name.values():
        _join_namesakes(clusters, people, keys)
    ids: dict[LocalKey, str] = {}
    rows: dict[str, Row] = {}
    earliest = {name: min(keys, key=lambda key: (people[key].day or "9", key)) for name, keys in by_name.items()}
    for group in clusters.groups():
        name_key = person_key(people[group[0]].finding.name)
        # the group of the earliest document holds the plain id, so that later namesakes do not change it
        first = min(group, key=lambda key: (people[key].day or "9", key))
        is_first = earliest[name_key] in group
        person_id = make_id("per", name_key) if is_first else make_id("per", name_key, *first)
        ids.update(dict.fromkeys(group, person_id))
        rows[person_id] = _row(person_id, [people[key].finding for key in group], group)
    return ids, [rows[key] for key in sorted(rows)]


def _join_namesakes(clusters: Clusters, people: Mapping[LocalKey, PersonContext], keys: Sequence[LocalKey]) -> None:
    for field in ("affiliations", "events"):
        first: dict[str, LocalKey] = {}
        for key in keys:
            for shared in sorted(getattr(people[key], field)):
                clusters.join(first.setdefault(shared, key), key)
    groups = {clusters.find(key) for key in keys}
    with_affiliation = sorted({clusters.find(key) for key in keys if people[key].affiliations})
    # a single word ("Trump") is never enough to join two documents
    if len(groups) > 1 and len(with_affiliation) <= 1 and " " in person_key(people[keys[0]].finding.name):
        for key in keys[1:]:
            clusters.join(keys[0], key)


def _row(person_id: str, findings: Sequence[PersonFinding], group: Sequence[LocalKey]) -> Row:
    name = fullest(f.name for f in findings)
    return {
        "person_id": person_id,
        "person_name": name,
        "given_name": most_common(f.given_name for f in findings),
        "family_name": most_common(f.family_name for f in findings),
        "aliases": distinct((alias for f in findings for alias in (f.name, *f.aliases)), (name,)),
        "country_code": most_common(f.country_code for f in findings),
        "document_count": len({key.document_id for key in group}),
    }
