"""From the stored records to the rows of every table: correct, retract, join, settle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from resolve.events import merge_changes, sort_changes
from resolve.settling import settle
from tables.correction_rows import correction_rows
from tables.history import changed_events, first_seen, moved_ids, rekey_rows
from tables.joined import Corpus, Decisions, decided_records, resolve_corpus
from tables.rows import event_organisation_rows, rows_by_document
from tables.writing import ReleaseRows


def assemble(
    corpus: Corpus, decisions: Decisions, run_id: str, version: str, previous: Path | None = None
) -> ReleaseRows:
    """Return the rows of the tables made from documents and decisions.

    `previous`: folder of the release in place, for what changed since.
    """
    resolved = resolve_corpus(corpus, decisions, run_id)
    hits = resolved.hits
    resolution = settle(resolved.resolution, hits, run_id)
    changes = resolution.rows["event_changes"]

    def what_changed(draft: Path) -> Mapping[str, Iterable[Mapping[str, Any]]]:
        if previous is None:
            return {"event_changes": changes}
        moved = moved_ids(previous, draft)
        corrected = {
            (resolution.ids.get(hit.local, ""), hit.correction.field)
            for hit in hits
            if hit.correction.action != "accept"
        }
        changed = sort_changes(changed_events(previous, draft, moved, corrected, run_id))
        known = first_seen(changes, previous, moved)
        return {"rekeys": rekey_rows(previous, moved, run_id), "event_changes": merge_changes(known, changed)}

    by_table = {name: rows for name, rows in resolution.rows.items() if name != "event_changes"}
    by_table["event_organisations"] = event_organisation_rows(resolved.organisers)
    by_table["corrections"] = correction_rows(decisions.corrections, hits, resolution, decisions.retractions)
    records = decided_records(corpus.records, decisions)
    return ReleaseRows(by_table, rows_by_document(records, resolution, version), what_changed)
