"""A document as the desk shows it: its records as people corrected them, the rows that did so, text and cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convenor.desk.findings import Decided, Section, build_sections
from convenor.desk.marks import find_marks
from convenor.desk.spans import Line, Mark, cut
from extract.records import DocumentFacts, DocumentRecords
from resolve.contradictions import subject_key
from resolve.correcting import Hit, correct, index_corrections, matches
from resolve.corrections import PARTS, Correction
from resolve.judging import COLLECTIONS
from resolve.retractions import retract
from tables.joined import Decisions
from tables.store import Store

_DONE = {"fix": "corrected", "add": "added", "accept": "accepted"}


@dataclass(frozen=True)
class RowView:
    """A row of the corrections that speaks of this document, in words; `is_met` where it found what it speaks of."""

    file: str
    line: int
    text: str
    action: str
    is_met: bool


@dataclass(frozen=True)
class DocumentView:
    """Everything the page of a document shows."""

    facts: DocumentFacts
    lines: list[Line]
    marks: list[Mark]
    sections: list[Section]
    rows: list[RowView]
    is_reviewed: bool = False
    has_retracted: bool = False
    """Whether someone who asked to be left out is masked in it: then its pages are not shown as images."""

    def card(self, anchor: str) -> Any:
        """Return the card of an anchor, None where there is none (any more)."""
        return next((card for section in self.sections for card in section.cards if card.anchor == anchor), None)


def read_records(state: Path, document_id: str) -> DocumentRecords | None:
    """Return the records of a document as extracted.  Raises StoreError where the state cannot be read now."""
    if not state.is_file():
        return None
    with Store(state) as store:
        return next((r for r in store.find(document_id) if r.document.document_id == document_id), None)


def view_document(
    source: DocumentRecords, decisions: Decisions, domain_names: Mapping[str, str]
) -> tuple[DocumentView, DocumentRecords]:
    """Return what the page shows and the corrected records behind it."""
    accepted = decisions.corrections.accepted
    corrected, hits = correct(source, index_corrections(accepted))
    merges = [c for c in accepted if c.action in ("merge", "split") and _speaks_of(c, corrected, source)]
    records = retract(corrected, decisions.retractions)
    done = tuple((h.part, _DONE[h.correction.action]) for h in hits if h.part and h.correction.action in _DONE)
    decided = Decided(_source_names(source, records), _statuses(hits), _merged(merges, records, source), done)
    marks = find_marks(records)
    view = DocumentView(
        facts=records.document,
        lines=cut(records.document.text, marks),
        marks=marks,
        sections=build_sections(records, decided, domain_names),
        rows=_rows(accepted, hits, merges, source),
        is_reviewed=any(h.correction.action == "accept" and h.correction.kind == "document" for h in hits),
        has_retracted=records != corrected,
    )
    return view, records


def _source_names(source: DocumentRecords, records: DocumentRecords) -> dict[str, str]:
    """Return by key what the source calls each finding: that is what corrections speak of."""
    names: dict[str, str] = {item.key: item.item_title for item in source.programme_items}
    for collection in COLLECTIONS.values():
        names |= {finding.key: finding.name or "" for finding in getattr(records, collection)}
        names |= {finding.key: finding.name or "" for finding in getattr(source, collection)}
    return names


def _statuses(hits: Iterable[Hit]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for hit in hits:
        if hit.correction.action in _DONE and hit.correction.kind not in PARTS:
            found[hit.key][_DONE[hit.correction.action]] = None
    return {key: tuple(statuses) for key, statuses in found.items()}


def _merged(merges: Iterable[Correction], records: DocumentRecords, source: DocumentRecords) -> dict[str, str]:
    """Return which finding joins which, where both stand in this document; the first of the text stays."""
    into: dict[str, str] = {}
    for merge in merges:
        if merge.action != "merge" or merge.kind == "event":
            continue
        wanted = {subject_key(merge.kind, name) for name in (merge.name, str(merge.value))}
        keys = [
            finding.key
            for finding in _originals(merge.kind, source, records)
            if wanted & {subject_key(merge.kind, name) for name in _names(finding)}
        ]
        for key in keys[1:]:
            into[key] = into.get(keys[0], keys[0])
    return into


def _originals(kind: str, source: DocumentRecords, records: DocumentRecords) -> list[Any]:
    """Return the findings that still stand, as the source has them."""
    before = {finding.key: finding for finding in getattr(source, COLLECTIONS[kind])}
    return [before.get(finding.key, finding) for finding in getattr(records, COLLECTIONS[kind])]


def _names(finding: Any) -> list[str]:
    names = (finding.name, *getattr(finding, "aliases", ()), getattr(finding, "acronym", None))
    return [name for name in names if name]


def _speaks_of(correction: Correction, corrected: DocumentRecords, source: DocumentRecords) -> bool:
    facts = source.document
    if correction.document:
        return correction.document in (facts.source_uri, facts.document_id)
    findings = _originals(correction.kind, source, corrected)
    return any(matches(correction, finding, i == 0) for i, finding in enumerate(findings))


def _rows(
    accepted: Iterable[Correction], hits: Iterable[Hit], merges: list[Correction], source: DocumentRecords
) -> list[RowView]:
    met = {hit.correction for hit in hits}
    own = {source.document.source_uri, source.document.document_id}
    return [
        RowView(c.file, c.line, in_words(c), c.action, c in met or c in merges)
        for c in accepted
        if c in met or c in merges or c.document in own
    ]


def in_words(correction: Correction) -> str:
    """Return what a row says, as a person would."""
    _, kind, document, name, field, value, _ = correction.cells
    what = name if kind in ("person", "participation") else f"{kind} {name}".strip()
    column = field.replace("_", " ")
    if correction.action == "fix":
        return f"Set {column} of {what} to {value}" if value else f"Emptied {column} of {what}"
    if correction.action == "merge":
        return f"Merged {what} with {value}"
    if correction.action == "split":
        return f"Kept {what} apart from {value or 'others of the name'}"
    narrowed = f" ({column} {value})" if field else ""
    if correction.action == "accept" and kind == "document":
        return f"Reviewed {document}{narrowed}"
    return f"{ {'reject': 'Rejected', 'add': 'Added', 'accept': 'Accepted'}[correction.action] } {what}{narrowed}"
