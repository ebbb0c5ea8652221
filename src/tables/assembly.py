"""From the stored records to the rows of every table: correct, retract, join, settle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.records import DocumentRecords
from resolve.corpus import Joined, join_corpus
from resolve.correcting import Hit, correct, index_corrections
from resolve.corrections import CorrectionList, read_corrections
from resolve.events import sort_changes
from resolve.retractions import Retraction, read_retractions, retract
from resolve.settling import settle
from tables.correction_rows import correction_rows
from tables.history import changed_events, moved_ids, rekey_rows
from tables.rows import event_organisation_rows, rows_by_document
from tables.writing import ReleaseRows

Records = Callable[[], Iterable[DocumentRecords]]


@dataclass(frozen=True)
class Decisions:
    """What people decided about the corpus: corrections, and people to leave out."""

    corrections: CorrectionList = field(default_factory=CorrectionList)
    retractions: tuple[Retraction, ...] = ()

    @property
    def signature(self) -> tuple[str, ...]:
        """What a release depends on beside the documents: equal decisions give equal text."""
        rows = (*self.corrections.accepted, *self.corrections.refused)
        return (*map(repr, rows), *sorted(map(repr, self.retractions)))


def read_decisions(folder: Path | None) -> Decisions:
    """Return what a corrections folder holds.  Raises RetractionError for a retraction that cannot be used."""
    return Decisions(read_corrections(folder), read_retractions(folder) if folder else ())


def decided_records(stored: Records, decisions: Decisions) -> tuple[Records, tuple[Hit, ...]]:
    """Return the records as people corrected them, without those who are left out, and what the corrections met."""
    index = index_corrections(decisions.corrections.accepted)

    def records() -> Iterator[DocumentRecords]:
        # retractions come last: a corrected name is left out too
        return (retract(correct(record, index)[0], decisions.retractions) for record in stored())

    hits = [hit for record in stored() for hit in correct(record, index)[1]] if index.by_document else []
    return records, tuple(hits)


def join_decided(stored: Records, decisions: Decisions, run_id: str) -> tuple[Records, tuple[Hit, ...], Joined]:
    """Return records and hits of `decided_records`, and the corpus joined as people decided."""
    records, hits = decided_records(stored, decisions)
    former = {hit.local: str(hit.old) for hit in hits if hit.correction.field.endswith("_name") and hit.old}
    return records, hits, join_corpus(records(), run_id, decisions.corrections.accepted, former)


def assemble(
    stored: Records, decisions: Decisions, run_id: str, version: str, previous: Path | None = None
) -> ReleaseRows:
    """Return the rows of the tables made from documents and decisions; `stored()` yields records by document_id.

    `previous`: folder of the release in place, for what changed since.
    """
    records, hits, joined = join_decided(stored, decisions, run_id)
    resolution = settle(joined.resolution, hits, run_id)
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
        changed = changed_events(previous, draft, moved, corrected, run_id)
        return {"rekeys": rekey_rows(previous, moved, run_id), "event_changes": sort_changes([*changes, *changed])}

    by_table = {name: rows for name, rows in resolution.rows.items() if name != "event_changes"}
    by_table["event_organisations"] = event_organisation_rows(joined.gathered.organisers, resolution)
    by_table["corrections"] = correction_rows(decisions.corrections, hits, resolution, decisions.retractions)
    return ReleaseRows(by_table, rows_by_document(records(), resolution, version), what_changed)
