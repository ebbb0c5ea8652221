"""From the stored records to the rows of every table: correct, retract, join, settle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.records import DocumentRecords
from resolve.corpus import Joined, Resolution, join_corpus
from resolve.correcting import Hit, correct, index_corrections
from resolve.corrections import CorrectionList, read_corrections
from resolve.events import sort_changes
from resolve.retractions import Retraction, read_retractions, retract
from resolve.settling import settle
from tables.correction_rows import correction_rows
from tables.history import changed_events, moved_ids, rekey_rows
from tables.rows import document_tables, event_organisation_rows

Tables = Mapping[str, Iterable[Mapping[str, Any]]]
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
) -> dict[str, Any]:
    """Return the rows of the tables made from documents and decisions; `stored()` yields records by document_id.

    `previous`: folder of the release in place, for what changed since.
    """
    records, hits, joined = join_decided(stored, decisions, run_id)
    resolution = settle(joined.resolution, hits, run_id)
    changes = _changes(previous, records, hits, resolution, version, run_id) if previous else {}
    return {
        **resolution.rows,
        **changes,
        **document_tables(records, resolution, version),
        "event_organisations": event_organisation_rows(records(), resolution),
        "corrections": correction_rows(decisions.corrections, hits, resolution, decisions.retractions),
    }


def _changes(
    previous: Path, records: Records, hits: Iterable[Hit], resolution: Resolution, version: str, run_id: str
) -> dict[str, Any]:
    """Return `rekeys` and `event_changes` with what differs from the release in place."""
    by_document = document_tables(records, resolution, version)
    now = {**resolution.rows, **{name: list(by_document[name]) for name in ("mentions", "event_documents")}}
    moved = moved_ids(previous, now)
    corrected = {(resolution.ids.get(hit.local, ""), hit.correction.field) for hit in hits}
    changed = changed_events(previous, now, moved, corrected, run_id)
    return {
        "rekeys": rekey_rows(previous, moved, run_id),
        "event_changes": sort_changes([*resolution.rows["event_changes"], *changed]),
    }
