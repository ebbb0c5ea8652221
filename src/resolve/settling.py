"""After joining, what people decided holds: a corrected value overrides what the documents of a row vote for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from resolve.clusters import LocalKey, Row, Rows
from resolve.corpus import Resolution
from resolve.correcting import Hit, is_link, written
from resolve.corrections import Correction
from resolve.events import merge_changes, sort_changes
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
    fixes: dict[str, dict[str, list[Fix]]] = {table: defaultdict(list) for table, _ in TABLES.values()}
    changes = []
    for hit in hits:
        correction, row_id = hit.correction, resolution.ids.get(hit.local)
        if correction.action != "fix" or correction.kind not in TABLES or row_id is None:
            continue
        linked = resolution.ids[LocalKey(hit.document_id, hit.linked)] if hit.linked else None
        fixes[TABLES[correction.kind][0]][row_id].append((correction, linked))
        if correction.kind == "event" and hit.old != correction.value:
            changes.append(_change(row_id, hit, run_id))
    rows = dict(resolution.rows)
    for table, key in TABLES.values():
        if fixes[table]:
            rows[table] = Rows(partial(_fixed, resolution.rows[table], key, fixes[table]))
    disputed = resolution.rows["event_changes"]
    rows["event_changes"] = Rows(lambda: merge_changes(disputed, sort_changes(changes)))
    return replace(resolution, rows=rows)


Fix = tuple[Correction, str | None]
"""A correction, and the id of the venue or parent it names."""


def _fixed(rows: Iterable[Row], key: str, fixes: Mapping[str, Sequence[Fix]]) -> Iterator[Row]:
    for row in rows:
        for correction, linked in fixes.get(str(row[key]), ()):
            row = _corrected_row(row, correction, linked)
        yield row


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
