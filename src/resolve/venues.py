"""One row per place where events happen: the same building, or address, in the same city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from extract.records import VenueFinding
from resolve.clusters import (
    NO_COUNTS,
    NO_JUDGEMENTS,
    Clusters,
    Counts,
    Joined,
    Judgements,
    LocalKey,
    Row,
    fullest,
    identify,
    most_common,
    repeated,
)  # fmt: skip
from resolve.likeness import building_words
from resolve.names import fold, organisation_key

Findings = Mapping[LocalKey, VenueFinding]


def venue_blocks(venue: VenueFinding) -> list[str]:
    """Return the keys that a venue shares with all it may be compared with."""
    address = _address(venue)
    return [" | ".join(("place", *_place(venue))), *([" | ".join(("address", *address))] if address else [])]


def join_venues(
    findings: Findings, days: Mapping[str, str], judgements: Judgements = NO_JUDGEMENTS, counts: Counts = NO_COUNTS
) -> Joined:
    """Join findings; rows are sorted by id.  A venue without a city joins nothing but its like."""
    clusters = Clusters(findings, judgements)
    by_place: dict[tuple[str, ...], list[LocalKey]] = defaultdict(list)
    by_address: dict[tuple[str, ...], list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        venue = findings[key]
        by_place[_place(venue)].append(key)
        if address := _address(venue):
            by_address[address].append(key)
    for keys in (*by_place.values(), *by_address.values()):
        clusters.link(keys)
    for keys in by_place.values():
        clusters.join_all(keys, "the same building in the same city")
    for keys in by_address.values():
        if len({_building(findings[key]) for key in keys} - {""}) <= 1:
            clusters.join_all(keys, "the same address")

    def age(key: LocalKey) -> tuple[str, LocalKey]:
        return (days.get(key.document_id) or "9", key)

    groups = clusters.groups()
    ids = identify("ven", groups, lambda group: _place(findings[min(group, key=age)]), age)
    rows = [_row(ids[group[0]], repeated(group, findings, counts)) for group in groups]
    return Joined(ids, sorted(rows, key=lambda row: str(row["venue_id"])), clusters)


def _address(venue: VenueFinding) -> tuple[str, str] | None:
    """Return street and city where both are known and the street has a number."""
    if venue.address and venue.city and any(letter.isdigit() for letter in venue.address):
        return (fold(venue.address), fold(venue.city))
    return None


def _building(venue: VenueFinding) -> str:
    """Return the words of a building's name in a fixed order: "Palais d'Egmont" is "Egmont Palace"."""
    words = (building_words().get(word, word) for word in organisation_key(venue.name or "").split())
    kept = [word for word in words if len(word) > 1 or word.isdigit()]
    city = set(fold(venue.city or "").split())
    without_city = [word for word in kept if word not in city]
    return " ".join(sorted(without_city if len(without_city) >= _FEWEST else kept))


_FEWEST = 2
"""Words that name a building without its city: "Lake House, Ghent" is "Lake House", but "Hotel Ghent" no "Hotel"."""


def _place(venue: VenueFinding) -> tuple[str, ...]:
    name = _building(venue) or fold(venue.address or "")
    return (name, fold(venue.city or ""), venue.country_code or "")


def explain_venues(one: VenueFinding, other: VenueFinding) -> str:
    """Return in words what speaks against two findings being one place."""
    if fold(one.city or "") != fold(other.city or ""):
        return f"different cities: {one.city} and {other.city}"
    return f"different buildings or addresses: {one.name or one.address!r} and {other.name or other.address!r}"


def _row(venue_id: str, venues: Sequence[VenueFinding]) -> Row:
    names = [v.name for v in venues if v.name]
    return {
        "venue_id": venue_id,
        "venue_name": fullest(names) if names else None,
        "address": most_common(v.address for v in venues),
        "city": most_common(v.city for v in venues),
        "country_code": most_common(v.country_code for v in venues),
        "latitude": most_common(v.latitude for v in venues),
        "longitude": most_common(v.longitude for v in venues),
        "tz_iana": most_common(v.tz_iana for v in venues),
    }
