"""One row per place where events happen: the same building, or address, in the same city."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from extract.records import VenueFinding
from ingest.ids import make_id
from resolve.clusters import LocalKey, Row, fullest, most_common
from resolve.names import fold, organisation_key


def join_venues(findings: Mapping[LocalKey, VenueFinding]) -> tuple[dict[LocalKey, str], list[Row]]:
    """Return (id of each finding, rows of `venues` sorted by id); a venue without a city joins nothing but its like."""
    groups: dict[tuple[str, ...], list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        venue = findings[key]
        name = organisation_key(venue.name) if venue.name else fold(venue.address or "")
        groups[(name, fold(venue.city or ""), venue.country_code or "")].append(key)
    ids: dict[LocalKey, str] = {}
    rows: list[Row] = []
    for place, keys in groups.items():
        venue_id = make_id("ven", *place)
        ids.update(dict.fromkeys(keys, venue_id))
        venues = [findings[key] for key in keys]
        names = [v.name for v in venues if v.name]
        rows.append(
            {
                "venue_id": venue_id,
                "venue_name": fullest(names) if names else None,
                "address": most_common(v.address for v in venues),
                "city": most_common(v.city for v in venues),
                "country_code": most_common(v.country_code for v in venues),
                "latitude": most_common(v.latitude for v in venues),
                "longitude": most_common(v.longitude for v in venues),
                "tz_iana": most_common(v.tz_iana for v in venues),
            }
        )
    return ids, sorted(rows, key=lambda row: str(row["venue_id"]))
