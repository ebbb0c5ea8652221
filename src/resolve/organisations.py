"""One row per organisation: findings with one gazetteer entry, one name or one unmistakable acronym are the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from extract.gazetteer.table import organisations as organisation_gazetteer
from extract.records import OrganisationFinding
from ingest.ids import make_id
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
from resolve.organisation_names import initials_of, is_generic, place_and_words

Findings = Mapping[LocalKey, OrganisationFinding]

SAFE_ACRONYM = 4
"""Letters from which initials are no chance: a corpus holds several bodies with the initials "IIA"."""


def organisation_blocks(finding: OrganisationFinding) -> list[str]:
    """Return the keys that an organisation shares with all it may be compared with."""
    name = finding.name
    keys = [f"words {place_and_words(name)[1]}", f"name {organisation_key(name)}"]
    keys += [f"words {place_and_words(alias)[1]}" for alias in finding.aliases]
    if finding.gazetteer_id:
        keys.append(f"entry {finding.gazetteer_id}")
    if finding.acronym and finding.acronym != name:
        keys.append(f"acronym {finding.acronym.upper()}")
    keys += [f"acronym {initials}" for initials in (initials_of(name) if " " in name else (name,))]
    return keys


def join_organisations(
    findings: Findings, days: Mapping[str, str], judgements: Judgements = NO_JUDGEMENTS, counts: Counts = NO_COUNTS
) -> Joined:
    """Join findings; rows are sorted by id and lack the parent, which `parents_of` tells.

    `days`: when each document was published (ISO); the earliest names the organisation in its id.
    """
    clusters = Clusters(findings, judgements)
    _join_equal(clusters, findings)
    _join_aliases(clusters, findings)
    _join_acronyms(clusters, findings)

    def age(key: LocalKey) -> tuple[str, LocalKey]:
        return (days.get(key.document_id) or "9", key)

    def identity(group: Sequence[LocalKey]) -> tuple[str, ...]:
        known = min((g for key in group if (g := findings[key].gazetteer_id)), default=None)
        return (known or organisation_key(findings[min(group, key=age)].name),)

    groups = clusters.groups()
    ids = identify("org", groups, identity, age)
    rows = [_row(ids[group[0]], repeated(group, findings, counts)) for group in groups]
    return Joined(ids, sorted(rows, key=lambda row: str(row["organisation_id"])), clusters)


def _row(organisation_id: str, members: Sequence[OrganisationFinding]) -> Row:
    name = _name(members)
    acronym = most_common(m.acronym for m in members)
    return {
        "organisation_id": organisation_id,
        "organisation_name": name,
        "acronym": acronym,
        "aliases": distinct((alias for m in members for alias in (m.name, *m.aliases)), (name, acronym)),
        "organisation_type": most_common(m.organisation_type for m in members),
        "country_code": most_common(m.country_code for m in members),
        "external_ids": distinct(external for m in members for external in m.external_ids),
    }


def _name(members: Sequence[OrganisationFinding]) -> str:
    """Return the fullest name; of forms as full the one of the gazetteer ("European Union", not "Union européenne")."""
    name = fullest(m.name for m in members)
    known = min((m.gazetteer_id for m in members if m.gazetteer_id), default="")
    entry = organisation_gazetteer().entries.get(known)
    return entry.name if entry and len(entry.name.split()) >= len(name.split()) else name


def _join_equal(clusters: Clusters, findings: Findings) -> None:
    """Join equal gazetteer ids; join equal names unless gazetteer or country tell them apart."""
    by_id: dict[str, list[LocalKey]] = defaultdict(list)
    by_name: dict[str, list[LocalKey]] = defaultdict(list)
    by_key: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        finding = findings[key]
        if finding.gazetteer_id:
            by_id[finding.gazetteer_id].append(key)
        by_name[place_and_words(finding.name)[1]].append(key)
        by_key[organisation_key(finding.name)].append(key)
    for keys in by_key.values():
        clusters.link(keys)  # the earliest of them may take the plain id
    for keys in by_id.values():
        clusters.link(keys)
        clusters.join_all(keys, "the same entry of the gazetteer")
    for keys in by_name.values():
        clusters.link(keys)
        by_country: dict[str, list[LocalKey]] = defaultdict(list)
        for key in keys:
            by_country[_country(findings[key])].append(key)
        if len(by_country) == 2 and "" in by_country:  # one country known
            _take_for_it(by_country, findings)
        for members in by_country.values():
            known = {findings[key].gazetteer_id for key in members} - {None}
            if len(known) <= 1:
                clusters.join_all(members, "the same name")


def _take_for_it(by_country: dict[str, list[LocalKey]], findings: Findings) -> None:
    """Move those without a country to the one known where the document has it too, or the name is nobody else's.

    "Ministry of Defence" is whose the document is about; nothing tells whose that is.
    """
    (country,) = set(by_country) - {""}
    documents = {key.document_id for key in by_country[country]}
    names = {organisation_key(findings[key].name) for key in by_country[country]}
    unknown = by_country.pop("")
    for key in unknown:
        name = findings[key].name
        is_own = organisation_key(name) in names and not is_generic(name)
        by_country[country if key.document_id in documents or is_own else ""].append(key)


def _country(finding: OrganisationFinding) -> str:
    return place_and_words(finding.name)[0] or finding.country_code or ""


def _join_aliases(clusters: Clusters, findings: Findings) -> None:
    """Join an organisation that has another name too with the one that bears just that; two bearers, no join."""
    bearers: dict[tuple[str, str], dict[LocalKey, LocalKey]] = defaultdict(dict)
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key in sorted(findings):
        name = place_and_words(findings[key].name)
        bearers[name].setdefault(clusters.find(key), key)
        documents[name].add(key.document_id)
    for key in sorted(findings):
        for alias in findings[key].aliases:
            name = place_and_words(alias)
            found = bearers.get(name, {})
            clusters.link((key, *found.values()))
            if len(found) == 1 and " " in name[1]:
                (other,) = found.values()
                is_unclear = is_generic(alias) and key.document_id not in documents[name]
                if not is_unclear and _may_be_one(findings[key], findings[other]):
                    clusters.join(key, other, f"known as {alias!r} too")


def _may_be_one(one: OrganisationFinding, other: OrganisationFinding) -> bool:
    ids, countries = (one.gazetteer_id, other.gazetteer_id), (_country(one), _country(other))
    return not (all(ids) and len(set(ids)) > 1) and not (all(countries) and len(set(countries)) > 1)


def _join_acronyms(clusters: Clusters, findings: Findings) -> None:
    """Join a bare acronym ("NIDS") with the one organisation of the corpus that bears it; two bearers, no join.

    Where none states it, initials do: those of an organisation of the same document, or of the corpus if long enough.
    """
    bearers: dict[str, dict[LocalKey, LocalKey]] = defaultdict(dict)
    named: dict[str, list[LocalKey]] = defaultdict(list)
    bare: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        finding = findings[key]
        if finding.acronym and finding.acronym != finding.name:
            bearers[finding.acronym.upper()].setdefault(clusters.find(key), key)
        if " " in finding.name:
            for initials in initials_of(finding.name):
                named[initials].append(key)
        elif finding.name.isupper() and not finding.gazetteer_id:
            bare[finding.name].append(key)
    for acronym, keys in bare.items():
        clusters.link((*keys, *bearers[acronym].values(), *named.get(acronym, ())))
        for key in keys:
            if len(bearers[acronym]) == 1:
                (bearer,) = bearers[acronym].values()
                clusters.join(bearer, key, f"the only organisation with the acronym {acronym}")
            elif not bearers[acronym]:
                _join_initials(clusters, named.get(acronym, ()), key, acronym)


def _join_initials(clusters: Clusters, named: Sequence[LocalKey], bare: LocalKey, acronym: str) -> None:
    in_document = [key for key in named if key.document_id == bare.document_id]
    candidates = in_document if in_document or len(acronym) < SAFE_ACRONYM else list(named)
    if candidates and len({clusters.find(key) for key in candidates}) == 1:
        clusters.join(candidates[0], bare, f"the only organisation with the initials {acronym}")


def explain_organisations(one: OrganisationFinding, other: OrganisationFinding) -> str:
    """Return in words what speaks against two findings being one organisation."""
    if one.gazetteer_id and other.gazetteer_id and one.gazetteer_id != other.gazetteer_id:
        return f"the gazetteer has them as two: {one.gazetteer_id} and {other.gazetteer_id}"
    places = _country(one), _country(other)
    if all(places) and places[0] != places[1]:
        return f"different countries: {places[0]} and {places[1]}"
    return f"no name, alias, acronym or gazetteer entry in common: {one.name!r} and {other.name!r}"


def listed_parents(ids: Collection[str]) -> list[tuple[str, str]]:
    """Return (id of the part, id of the whole) where the gazetteer knows both and the corpus names both, by id."""
    entries = organisation_gazetteer().entries
    pairs = (
        (make_id("org", key), make_id("org", entry.parent_id)) for key, entry in entries.items() if entry.parent_id
    )
    return sorted(pair for pair in pairs if pair[0] in ids and pair[1] in ids)


def parents_of(stated: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the parent of each organisation from what documents state: (id of the part, id of the whole), in order.

    The parent most often stated counts; one that would close a circle does not.
    """
    candidates: dict[str, Counter[str]] = defaultdict(Counter)
    for part, whole in stated:
        if part != whole:
            candidates[part][whole] += 1
    parents: dict[str, str] = {}
    for child, named in candidates.items():
        parent = max(named, key=named.__getitem__)
        if not _leads_to(parents, parent, child):
            parents[child] = parent
    return parents


def _leads_to(parents: Mapping[str, str], start: str, goal: str) -> bool:
    """Whether following parents from `start` reaches `goal`: such a link would close a circle."""
    current: str | None = start
    while current is not None and current != goal:
        current = parents.get(current)
    return current == goal
