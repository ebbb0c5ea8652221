"""After joining, what people decided holds: a corrected value overrides what the documents of a row vote for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from resolve.clusters import LocalKey, Row
from resolve.corpus import Resolution
from resolve.correcting import Hit, is_link, written
from resolve.corrections import Correction
from resolve.events import sort_changes
from resolve.moments import WHEN_FIELDS, correct_event_row

TABLES: Mapping[str, tuple[str, str]] = {
    "event": ("events", "event_id"),
    "person": ("people", "person_id"),
    "organisation": ("organisations", "organisation_id"),
    "venue": ("venues", "venue_id"),
    "instrument": ("instruments", "instrument_id"),
}
"""Table and key of the rows that joining makes, by the kind a correction speaks of."""


def settle(resolution: Resolution, hits: Iterable[Hit], run_id: str) -> Resolution:
    """Return the resolution with the fixes of the hits in its rows; of two fixes of one cell the later line holds."""
    fixes = [hit for hit in hits if hit.correction.action == "fix" and hit.correction.kind in TABLES]
    if not fixes:
        return resolution
    rows = {
        table: {str(row[key]): row for row in resolution.rows[table]}
        for table, key in TABLES.values()
    }  # fmt: skip
    changes = list(resolution.rows["event_changes"])
    for hit in fixes:
        correction, row_id = hit.correction, resolution.ids.get(hit.local)
        if row_id is None:
            continue
        table = rows[TABLES[correction.kind][0]]
        linked = resolution.ids[LocalKey(hit.document_id, hit.linked)] if hit.linked else None
        table[row_id] = _corrected_row(table[row_id], correction, linked)
        if correction.kind == "event" and hit.old != correction.value:
            changes.append(_change(row_id, hit, run_id))
    settled = {table: [by_id[key] for key in sorted(by_id)] for table, by_id in rows.items()}
    return replace(resolution, rows={**resolution.rows, **settled, "event_changes": sort_changes(changes)})


def _corrected_row(row: Row, correction: Correction, linked: str | None) -> Row:
    if correction.field in _ELSEWHERE:
        return row
    if is_link(correction):
        return {**row, correction.field.replace("_name", "_id"): linked}
    if correction.kind == "event" and correction.field in WHEN_FIELDS:
        return correct_event_row(row, correction.field, correction.value)
    changed = {**row, correction.field: correction.value}
    before, aliases = row.get(correction.field), row.get("aliases")
    if correction.field == f"{correction.kind}_name" and isinstance(aliases, list):
        known = {*aliases, before} - {correction.value, None}
        changed["aliases"] = sorted(str(alias) for alias in known)
    return changed


_ELSEWHERE = frozenset({"relation"})
"""Fields of an event that are columns of another table, document by document."""


def _change(event_id: str, hit: Hit, run_id: str) -> Row:
    return {
        "event_id": event_id,
        "field": hit.correction.field,
        "old_value": written(hit.old),
        "new_value": written(hit.correction.value),
        "document_id": hit.document_id,
        "run_id": run_id,
        "cause": "correction",
    }
