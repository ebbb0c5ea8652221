"""From the stored records to the rows of every table: correct, retract, join, settle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.records import DocumentRecords
from resolve.corpus import Resolution, resolve
from resolve.correcting import Hit, correct, index_corrections
from resolve.corrections import CorrectionList
from resolve.retractions import Retraction, retract
from resolve.settling import settle
from tables.correction_rows import correction_rows
from tables.rows import document_tables, event_organisation_rows

Tables = Mapping[str, Iterable[Mapping[str, Any]]]
Records = Callable[[], Iterable[DocumentRecords]]


@dataclass(frozen=True)
class Decisions:
    """What people decided about the corpus: corrections, and people to leave out."""

    corrections: CorrectionList = field(default_factory=CorrectionList)
    retractions: tuple[Retraction, ...] = ()


def decided_records(stored: Records, decisions: Decisions) -> tuple[Records, tuple[Hit, ...]]:
    """Return the records as people corrected them, without those who are left out, and what the corrections met."""
    index = index_corrections(decisions.corrections.accepted)

    def records() -> Iterator[DocumentRecords]:
        # retractions come last: a corrected name is left out too
        return (retract(correct(record, index)[0], decisions.retractions) for record in stored())

    hits = [hit for record in stored() for hit in correct(record, index)[1]] if index.by_document else []
    return records, tuple(hits)


def resolve_decided(stored: Records, decisions: Decisions, run_id: str) -> tuple[Records, tuple[Hit, ...], Resolution]:
    """Return records and hits of `decided_records`, and the corpus joined with every decision in force."""
    records, hits = decided_records(stored, decisions)
    former = {hit.local: str(hit.old) for hit in hits if hit.correction.field.endswith("_name") and hit.old}
    resolution = resolve(records, run_id, decisions.corrections.accepted, former)
    return records, hits, settle(resolution, hits, run_id)


def assemble(stored: Records, decisions: Decisions, run_id: str, version: str) -> dict[str, Any]:
    """Return the rows of the tables made from documents and decisions; `stored()` yields records by document_id."""
    records, hits, resolution = resolve_decided(stored, decisions, run_id)
    return {
        **resolution.rows,
        **document_tables(records, resolution, version),
        "event_organisations": event_organisation_rows(records(), resolution),
        "corrections": correction_rows(decisions.corrections, hits, resolution, decisions.retractions),
    }
