"""One row per named agreement, strategy, programme, operation or exercise: the same name is the same instrument."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from extract.records import InstrumentFinding
from ingest.ids import make_id
from resolve.clusters import LocalKey, Row, distinct, fullest, most_common
from resolve.names import organisation_key


def join_instruments(
    findings: Mapping[LocalKey, InstrumentFinding],
) -> tuple[dict[LocalKey, str], list[Row]]:
    """Return (id of each finding, rows of `instruments` sorted by id)."""
    groups: dict[str, list[LocalKey]] = defaultdict(list)
    for key in sorted(findings):
        groups[organisation_key(findings[key].name)].append(key)
    ids: dict[LocalKey, str] = {}
    rows: list[Row] = []
    for name_key, keys in groups.items():
        instrument_id = make_id("ins", name_key)
        ids.update(dict.fromkeys(keys, instrument_id))
        members = [findings[key] for key in keys]
        name = fullest(m.name for m in members)
        acronym = most_common(m.acronym for m in members)
        rows.append(
            {
                "instrument_id": instrument_id,
                "instrument_name": name,
                "acronym": acronym,
                "aliases": distinct((alias for m in members for alias in (m.name, *m.aliases)), (name, acronym)),
                "instrument_type": most_common(m.instrument_type for m in members),
                "document_count": len({key.document_id for key in keys}),
            }
        )
    return ids, sorted(rows, key=lambda row: str(row["instrument_id"]))
