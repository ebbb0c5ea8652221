"""Apply corrections to what one document states: fix, add, reject and accept; merges and splits wait for `judging`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from extract.records import DocumentRecords, EventFinding, OrganisationFinding, Participation, VenueFinding
from resolve.adding import add_finding
from resolve.clusters import LocalKey
from resolve.contradictions import subject_key
from resolve.corrections import LINKS, PARTS, Correction
from resolve.judging import COLLECTIONS
from resolve.moments import WHEN_FIELDS, correct_when, when_value
from resolve.parts import correct_parts
from resolve.rejecting import reject_finding

_NAME_FIELDS = frozenset({"event_name", "person_name", "organisation_name", "venue_name", "instrument_name"})


@dataclass(frozen=True)
class Hit:
    """A correction that found what it speaks of in a document: the finding (or participation), the old value."""

    correction: Correction
    document_id: str
    key: str
    old: object = None
    participation: Participation | None = None
    """The participation as the corrections left it, None where it is gone."""
    part: Any = None
    """The date, programme item, milestone, domain or organiser as the corrections left it, None where it is gone."""
    linked: str | None = None
    """Key of the venue or parent that the corrected finding now has."""

    @property
    def local(self) -> LocalKey:
        return LocalKey(self.document_id, self.key)


@dataclass(frozen=True)
class CorrectionIndex:
    """Corrections by the document they speak of; "" holds those that speak of all."""

    by_document: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)

    def of(self, records: DocumentRecords) -> list[Correction]:
        facts = records.document
        wanted = dict.fromkeys(("", facts.source_uri, facts.document_id))
        return [c for document in wanted for c in self.by_document.get(document, ())]


def index_corrections(corrections: Iterable[Correction]) -> CorrectionIndex:
    """Return the fixes, additions, rejections and acceptances so that those of a document are found at once."""
    by_document: dict[str, list[Correction]] = defaultdict(list)
    for correction in corrections:
        if correction.action in ("fix", "add", "reject", "accept"):
            by_document[correction.document].append(correction)
    return CorrectionIndex({document: tuple(rows) for document, rows in by_document.items()})


def correct(records: DocumentRecords, index: CorrectionIndex) -> tuple[DocumentRecords, tuple[Hit, ...]]:
    """Return the records as corrected, and what each correction met; all are keyed on what the source says."""
    spoken = index.of(records)
    corrections = [c for c in spoken if c.kind not in PARTS]
    hits: list[Hit] = []
    for correction in corrections:
        if correction.action == "add" and (added := add_finding(records, correction)):
            records, key, participation = added
            hits.append(Hit(correction, records.document.document_id, key, None, participation))
    source = records  # names as the source has them: a fix of the name does not hide the finding from the next fix
    for correction in corrections:
        if correction.action == "fix":
            records, met = _fix(records, source, correction)
            hits += met
    for correction in corrections:
        if correction.action == "reject":
            records, met = _reject(records, source, correction)
            hits += met
    for correction in corrections:
        if correction.action == "accept":
            hits += _accepted(records, source, correction)
    hits = list(_as_they_stand(hits, records))
    if len(corrections) < len(spoken):
        records, parts = correct_parts(records, spoken)
        hits += [Hit(c, records.document.document_id, "", old, part=part) for c, part, old in parts]
    return records, tuple(hits)


def _as_they_stand(hits: Iterable[Hit], records: DocumentRecords) -> tuple[Hit, ...]:
    """Let hits name participations as all corrections left them, None where they are gone."""
    final = {(p.person_key, p.start_char, p.item_key): p for p in records.participations}

    def stand(part: Participation) -> Participation | None:
        return final.get((part.person_key, part.start_char, part.item_key))

    return tuple(replace(hit, participation=hit.participation and stand(hit.participation)) for hit in hits)


def matches(correction: Correction, finding: Any, is_first: bool) -> bool:
    """Whether a finding bears the name a correction speaks of; an event without name is the document's own."""
    if not correction.name:
        return correction.kind == "event" and is_first
    wanted = subject_key(correction.kind, correction.name)
    names = (finding.name, *getattr(finding, "aliases", ()), getattr(finding, "acronym", None))
    return any(name and subject_key(correction.kind, name) == wanted for name in names)


def _fix(
    records: DocumentRecords, source: DocumentRecords, correction: Correction
) -> tuple[DocumentRecords, list[Hit]]:
    if correction.kind == "document":
        return _fix_document(records, correction)
    if correction.kind == "participation":
        return _fix_participations(records, source, correction)
    if is_link(correction):
        return _fix_link(records, source, correction)
    document_id = records.document.document_id
    collection = COLLECTIONS[correction.kind]
    findings: list[Any] = list(getattr(records, collection))
    hits = []
    for i, original in enumerate(getattr(source, collection)):
        if matches(correction, original, i == 0):
            old, findings[i] = _corrected(findings[i], correction)
            hits.append(Hit(correction, document_id, original.key, old))
    changed: dict[str, Any] = {collection: tuple(findings)}
    return (replace(records, **changed) if hits else records), hits


def _fix_link(
    records: DocumentRecords, source: DocumentRecords, correction: Correction
) -> tuple[DocumentRecords, list[Hit]]:
    """Let events or organisations have another venue or parent, added where the document has none of that name."""
    kind, attribute = LINKS[correction.field]
    collection, targets = COLLECTIONS[correction.kind], COLLECTIONS[kind]
    key = None
    if correction.value:
        named = replace(correction, kind=kind, name=str(correction.value))
        key = next((f.key for f in getattr(records, targets) if matches(named, f, False)), None)
    hits, findings = [], {finding.key: finding for finding in getattr(records, collection)}
    for i, original in enumerate(getattr(source, collection)):
        if original.key != key and matches(correction, original, i == 0):
            if correction.value and key is None:
                key = f"correction:{correction.file_line}"
                made = _MAKERS[kind](key=key, name=str(correction.value))
                grown: dict[str, Any] = {targets: (*getattr(records, targets), made)}
                records = replace(records, **grown)
                findings |= {key: made} if targets == collection else {}
            before = {f.key: f.name for f in getattr(source, targets)}
            old = before.get(getattr(original, attribute) or "")
            findings[original.key] = replace(findings[original.key], **{attribute: key})
            hits.append(Hit(correction, records.document.document_id, original.key, old, linked=key))
    kept: dict[str, Any] = {collection: tuple(findings.values())}
    return (replace(records, **kept) if hits else records), hits


_MAKERS: Mapping[str, Any] = {"venue": VenueFinding, "organisation": OrganisationFinding}


def _corrected(finding: Any, correction: Correction) -> tuple[object, Any]:
    """Return (value before, finding with the value of the correction); a replaced name stays as an alias."""
    name, value = correction.field, correction.value
    if isinstance(finding, EventFinding) and name in WHEN_FIELDS:
        return when_value(finding.when, name), replace(finding, when=correct_when(finding.when, name, value))
    attribute = "name" if name in _NAME_FIELDS else name
    old = getattr(finding, attribute)
    changes: dict[str, Any] = {attribute: value}
    if attribute == "name" and old and old != value and hasattr(finding, "aliases"):
        changes["aliases"] = (*finding.aliases, old)
    return old, replace(finding, **changes)


def _fix_document(records: DocumentRecords, correction: Correction) -> tuple[DocumentRecords, list[Hit]]:
    facts = records.document
    old = getattr(facts, correction.field)
    changed: dict[str, Any] = {correction.field: correction.value}
    if correction.field == "doc_type":
        changed["doc_type_score"] = 1.0
    hit = Hit(correction, facts.document_id, "", old)
    return replace(records, document=replace(facts, **changed)), [hit]


def _fix_participations(
    records: DocumentRecords, source: DocumentRecords, correction: Correction
) -> tuple[DocumentRecords, list[Hit]]:
    document_id = records.document.document_id
    parts = list(records.participations)
    hits = []
    for i, original in _participations(source, correction):
        old = getattr(parts[i], correction.field)
        changes: dict[str, Any] = {correction.field: correction.value}
        if correction.field == "organisation_text":
            records, changes["organisation_key"] = _organisation(records, correction)
        parts[i] = replace(parts[i], **changes)
        hits.append(Hit(correction, document_id, original.person_key, old, parts[i]))
    return (replace(records, participations=tuple(parts)) if hits else records), hits


def _organisation(records: DocumentRecords, correction: Correction) -> tuple[DocumentRecords, str | None]:
    """Return the key of the organisation that a corrected affiliation names, added where the document has none."""
    if correction.value is None:
        return records, None
    name = str(correction.value)
    wanted = subject_key("organisation", name)
    for finding in records.organisations:
        names = (finding.name, finding.acronym, *finding.aliases)
        if any(n and subject_key("organisation", n) == wanted for n in names):
            return records, finding.key
    finding = OrganisationFinding(key=f"correction:{correction.file_line}", name=name)
    return replace(records, organisations=(*records.organisations, finding)), finding.key


def _participations(source: DocumentRecords, correction: Correction) -> list[tuple[int, Participation]]:
    wanted = subject_key("participation", correction.name)
    return [
        (i, part)
        for i, part in enumerate(source.participations)
        if subject_key("participation", part.person_text) == wanted
    ]


def _reject(
    records: DocumentRecords, source: DocumentRecords, correction: Correction
) -> tuple[DocumentRecords, list[Hit]]:
    document_id = records.document.document_id
    if correction.kind == "participation":
        return _reject_participations(records, source, correction)
    present = {finding.key for finding in getattr(records, COLLECTIONS[correction.kind])}
    hits = []
    for i, finding in enumerate(getattr(source, COLLECTIONS[correction.kind])):
        is_meant = matches(correction, finding, i == 0) and _holds(finding, correction)
        if finding.key in present and is_meant:
            records = reject_finding(records, correction.kind, finding.key)
            hits.append(Hit(correction, document_id, finding.key, finding.name))
    return records, hits


def _accepted(records: DocumentRecords, source: DocumentRecords, correction: Correction) -> list[Hit]:
    """Return what a person accepted and still stands there, after all that was corrected; nothing changes by it."""
    document_id, value = records.document.document_id, correction.value
    if correction.kind == "document":
        facts = records.document
        is_so = not correction.field or getattr(facts, correction.field) == value
        return [Hit(correction, document_id, "", value)] if is_so else []
    if correction.kind == "participation":
        places = {(p.person_key, p.start_char, p.item_key) for _, p in _participations(source, correction)}
        parts = [p for p in records.participations if (p.person_key, p.start_char, p.item_key) in places]
        return [Hit(correction, document_id, p.person_key, value, p) for p in parts if _holds(p, correction)]
    collection = COLLECTIONS[correction.kind]
    standing = {finding.key: finding for finding in getattr(records, collection)}
    return [
        Hit(correction, document_id, original.key, value)
        for i, original in enumerate(getattr(source, collection))
        if matches(correction, original, i == 0)
        and original.key in standing
        and _holds(standing[original.key], correction)
    ]


def is_link(correction: Correction) -> bool:
    """Whether the field names another finding: the venue of an event, the parent of an organisation."""
    return correction.field in LINKS and correction.field != f"{correction.kind}_name"


def _holds(finding: Any, correction: Correction) -> bool:
    """Whether a finding has the value by which a row narrows what it means; True where it names none."""
    if not correction.field or is_link(correction):
        return True
    if isinstance(finding, EventFinding) and correction.field in WHEN_FIELDS:
        return when_value(finding.when, correction.field) == correction.value
    attribute = "name" if correction.field in _NAME_FIELDS else correction.field
    return bool(getattr(finding, attribute) == correction.value)


def _reject_participations(
    records: DocumentRecords, source: DocumentRecords, correction: Correction
) -> tuple[DocumentRecords, list[Hit]]:
    document_id = records.document.document_id
    gone = [(i, part) for i, part in _participations(source, correction) if _holds(part, correction)]
    # a fix may have changed the row meanwhile; its place among the participations is the same
    starts = {(part.person_key, part.start_char, part.item_key) for _, part in gone}
    kept = tuple(p for p in records.participations if (p.person_key, p.start_char, p.item_key) not in starts)
    hits = [Hit(correction, document_id, part.person_key, part.person_text, part) for _, part in gone]
    return (replace(records, participations=kept) if hits else records), hits


def written(value: object) -> str | None:
    """Return a value as the corrections table writes it."""
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)
