"""One row per person: the same name is the same person only where nothing the documents say keeps them apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from extract.records import PersonFinding
from resolve.clusters import (
    NO_JUDGEMENTS,
    Clusters,
    Joined,
    Judgements,
    LocalKey,
    Row,
    distinct,
    fullest,
    identify,
    most_common,
)  # fmt: skip
from resolve.likeness import explain_tokens, name_tokens, sound
from resolve.names import person_key

MAX_BLOCK = 60
"""Distinct names that share a word and a context; more than that is no evidence (a whole ministry's "Ali"s)."""


@dataclass(frozen=True, slots=True)
class PersonContext:
    """A person of one document with what the document says around the name."""

    finding: PersonFinding
    affiliations: frozenset[str]
    """organisation_ids stated for the person in this document."""
    events: frozenset[str]
    """event_ids the person takes part in."""
    day: str
    """When the document was published or its event took place (ISO), "" when unknown."""
    houses: frozenset[str] = frozenset()
    """The affiliations and the organisations these are part of."""
    circles: tuple[frozenset[str], ...] = ()
    """Name keys of all who take part, for each event of the person in this document."""

    @property
    def companions(self) -> frozenset[str]:
        """Full-name keys of the others who take part in the same events."""
        own = person_key(self.finding.name)
        return frozenset(name for circle in self.circles for name in circle if name != own and " " in name)


People = Mapping[LocalKey, PersonContext]


def person_blocks(person: PersonContext) -> list[str]:
    """Return the keys that a person shares with all namesakes."""
    return [f"name {name}" for name in _name_keys(person.finding)]


def person_crowds(person: PersonContext) -> tuple[str, list[str]]:
    """Return (name, the blocks in which it is compared with the other names there)."""
    words, shared = _block_words(person), (*person.affiliations, *person.events)
    return " ".join(name_tokens(person.finding.name)), [_block(context, word) for context in shared for word in words]


def are_alike(one: str, other: str) -> bool:
    """Whether two names that `person_crowds` gave can be one person's."""
    first, second = tuple(one.split()), tuple(other.split())
    return bool(explain_tokens(first, second) or explain_tokens(second, first))


def join_people(
    people: People, judgements: Judgements = NO_JUDGEMENTS, crowded: Collection[str] = frozenset()
) -> Joined:
    """Join people; rows are sorted by id.  `crowded`: blocks of more than MAX_BLOCK names in the corpus.

    Findings with one name key join when they share an affiliation, an event or a companion, or when at most one
    affiliation is known among them.  Names that can be one person's (initials, romanisation, married name …) join when
    they share an affiliation or an event and no second person there could be meant.  Everything else stays apart.
    """
    clusters = Clusters(people, judgements)
    by_name: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(people):
        for name in _name_keys(people[key].finding):
            by_name[name].append(key)
    for name in sorted(by_name):
        _join_namesakes(clusters, people, by_name[name], name)
    _join_variants(clusters, people, crowded)

    def age(key: LocalKey) -> tuple[str, LocalKey]:
        return (people[key].day or "9", key)

    def identity(group: Sequence[LocalKey]) -> tuple[str, ...]:
        return (person_key(people[min(group, key=age)].finding.name),)

    groups = clusters.groups()
    ids = identify("per", groups, identity, age)
    rows = [_row(ids[group[0]], [people[key].finding for key in group]) for group in groups]
    return Joined(ids, sorted(rows, key=lambda row: str(row["person_id"])), clusters)


def _block(context: str, word: str) -> str:
    return f"word {context} {word}"


def _block_words(person: PersonContext) -> set[str]:
    return {sound(token) for token in name_tokens(person.finding.name) if len(token) > 2}


def _name_keys(finding: PersonFinding) -> list[str]:
    """Return the keys of all full forms of the name, the main one first."""
    full = [name for name in finding.aliases if len(name_tokens(name)) > 1 or not name.isascii()]
    return list(dict.fromkeys(person_key(name) for name in (finding.name, *full)))


def _join_namesakes(clusters: Clusters, people: People, keys: Sequence[LocalKey], name: str) -> None:
    if len(keys) < 2:
        return
    clusters.link(keys)
    _join_sharing(clusters, people, keys, "affiliations", "the same name and affiliation")
    _join_sharing(clusters, people, keys, "houses", "the same name in one organisation and a part of it")
    _join_sharing(clusters, people, keys, "events", "the same name at the same event")
    # a single word ("Trump") is never enough to join two documents
    if " " not in name and name.isascii():
        return
    _join_acquainted(clusters, people, keys)
    groups = {clusters.find(key) for key in keys}
    with_affiliation = {clusters.find(key) for key in keys if people[key].affiliations}
    if len(groups) > 1 and len(with_affiliation) <= 1:
        clusters.join_all(keys, "the same name, and not two affiliations known")


def _join_acquainted(clusters: Clusters, people: People, keys: Sequence[LocalKey]) -> None:
    """Join namesakes who were seen with the same person; it takes two where both are known well, elsewhere each."""
    before = {key: clusters.find(key) for key in keys}
    seen = Counter(before.values())
    companions = {key: people[key].companions for key in keys}
    by_companion: dict[str, list[LocalKey]] = defaultdict(list)
    for key in keys:
        for companion in companions[key]:
            by_companion[companion].append(key)
    for companion in sorted(by_companion):
        first, *others = by_companion[companion]
        for key in others:
            is_established = min(seen[before[first]], seen[before[key]]) > 1
            shared = len(companions[first] & companions[key])
            if shared >= (2 if is_established else 1):
                clusters.join(first, key, "the same name in the same company")


def _join_sharing(clusters: Clusters, people: People, keys: Sequence[LocalKey], field: str, because: str) -> None:
    sharing: dict[str, list[LocalKey]] = defaultdict(list)
    for key in keys:
        for shared in getattr(people[key], field):
            sharing[shared].append(key)
    for shared in sorted(sharing):
        clusters.join_all(sharing[shared], because)


def _join_variants(clusters: Clusters, people: People, crowded: Collection[str]) -> None:
    """Join different names within one context: names that share a word and an affiliation or event."""
    blocks: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(people):
        for block in person_crowds(people[key])[1]:
            blocks[block].append(key)
    for block in sorted(blocks.keys() - crowded):
        by_name: dict[tuple[str, ...], list[LocalKey]] = defaultdict(list)
        for key in blocks[block]:
            by_name[name_tokens(people[key].finding.name)].append(key)
        if len(by_name) > 1:
            _join_block(clusters, by_name)


def _join_block(clusters: Clusters, by_name: Mapping[tuple[str, ...], Sequence[LocalKey]]) -> None:
    """Join each name with those it can stand for, unless these contradict each other: then who is meant is open."""
    alike = {
        name: [other for other in by_name if other != name and explain_tokens(name, other)] for name in sorted(by_name)
    }
    for name, others in alike.items():
        if others:
            clusters.link(key for one in (name, *others) for key in by_name[one])
    clear = {name for name, others in alike.items() if _agree(others)}
    for name in sorted(clear):
        for other in sorted(clear.intersection(alike[name])):
            if name < other and not _share_document(by_name[name], by_name[other]):
                because = f"{explain_tokens(name, other)}, in the same context"
                clusters.join_all([*by_name[name], *by_name[other]], because)


def _agree(names: Sequence[tuple[str, ...]]) -> bool:
    return all(explain_tokens(one, other) for i, one in enumerate(names) for other in names[i + 1 :])


def _share_document(ones: Iterable[LocalKey], others: Iterable[LocalKey]) -> bool:
    """Whether a document names both: whoever wrote it knew two people."""
    return bool({key.document_id for key in ones} & {key.document_id for key in others})


def explain_people(one: PersonContext, other: PersonContext) -> str:
    """Return in words what speaks for and against two findings being one person."""
    first, second = one.finding.name, other.finding.name
    likeness = explain_tokens(name_tokens(first), name_tokens(second))
    if not likeness:
        return f"the names {first!r} and {second!r} cannot be one person's"
    if one.affiliations & other.affiliations:
        return f"{likeness} and the same affiliation, but somebody else there could be meant too"
    if one.affiliations and other.affiliations:
        return f"{likeness}, but different affiliations and no event, person or affiliation in common"
    return f"{likeness}, but no event, person or affiliation in common"


def _row(person_id: str, findings: Sequence[PersonFinding]) -> Row:
    name = fullest(f.name for f in findings)
    return {
        "person_id": person_id,
        "person_name": name,
        "given_name": most_common(f.given_name for f in findings),
        "family_name": most_common(f.family_name for f in findings),
        "aliases": distinct((alias for f in findings for alias in (f.name, *f.aliases)), (name,)),
        "country_code": most_common(f.country_code for f in findings),
    }
