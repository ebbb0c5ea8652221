"""Rows of the tables that belong to one document: records with their keys replaced by ids of the corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from extract.records import DocumentRecords, DomainFinding, Mention, Milestone, Participation, When
from ingest.ids import make_id
from resolve.corpus import Resolution
from resolve.reading import Organiser
from resolve.times import instant

Row = dict[str, Any]


def rows_by_document(
    records: Iterable[DocumentRecords], resolution: Resolution, version: str
) -> Iterator[dict[str, Iterable[Row]]]:
    """Yield the rows of each document in the tables that belong to documents; `records` come sorted by id."""
    for record in records:
        yield {
            "documents": [document_row(record)],
            "mentions": mention_rows(record, resolution, version),
            "dates": date_rows(record),
            "event_documents": event_document_rows(record, resolution),
            "programme_items": programme_rows(record, resolution),
            "participations": participation_rows(record, resolution),
            "document_domains": domain_rows(record),
            "event_domains": event_domain_rows(record, resolution),
            "programme_item_domains": programme_item_domain_rows(record),
            "milestones": milestone_rows(record, resolution),
            "milestone_domains": milestone_domain_rows(record),
        }


def document_row(records: DocumentRecords) -> Row:
    facts = records.document
    return {
        "document_id": facts.document_id,
        "source_uri": facts.source_uri,
        "media_type": facts.media_type,
        "sha256": facts.sha256,
        "document_title": facts.document_title,
        "doc_type": facts.doc_type,
        "doc_type_score": facts.doc_type_score,
        "language_code": facts.language_code,
        "published_date": facts.published_date,
        "page_count": facts.page_count,
        "char_count": len(facts.text),
        "coverage_score": facts.coverage_score,
        "reader": facts.reader,
        "warnings": list(facts.warnings),
        "text": facts.text,
        "retrieved_utc": facts.retrieved_utc,
        "parent_uri": facts.parent_uri,
    }


def mention_rows(records: DocumentRecords, resolution: Resolution, version: str) -> Iterator[Row]:
    """Yield mentions in text order; words that are not the text at their offsets are a bug and raise ValueError."""
    facts = records.document
    for mention in records.mentions:
        if facts.text[mention.start_char : mention.end_char] != mention.text:
            raise ValueError(f"{facts.source_uri}: mention {mention.mention_id} does not hold the words at its offsets")
        yield {
            "mention_id": mention.mention_id,
            "document_id": facts.document_id,
            "start_char": mention.start_char,
            "end_char": mention.end_char,
            "page_number": mention.page_number,
            "text": mention.text,
            "label": mention.label,
            "entity_id": _entity_id(mention, facts.document_id, resolution),
            "extractor": mention.extractor,
            "extractor_version": version,
            "score": round(mention.score, 4),
        }


def _entity_id(mention: Mention, document_id: str, resolution: Resolution) -> str | None:
    # a domain's key is its code: the taxonomy is the same for all documents
    return mention.entity_key if mention.label == "DOMAIN" else resolution.id_of(document_id, mention.entity_key)


def when_columns(when: When) -> Row:
    """Return the date and time columns of a moment, with its UTC instants where the zone is known."""
    return {
        "start_date": when.start_date,
        "end_date": when.end_date,
        "start_local": when.start_local,
        "end_local": when.end_local,
        "tz_iana": when.tz_iana,
        "start_utc": instant(when.start_local, when.tz_iana),
        "end_utc": instant(when.end_local, when.tz_iana),
        "date_precision": when.precision,
        "date_method": when.method,
    }


def date_rows(records: DocumentRecords) -> list[Row]:
    rows = {
        finding.mention_id: {
            "mention_id": finding.mention_id,
            "document_id": records.document.document_id,
            "date_text": finding.text,
            **when_columns(finding.when),
            "date_role": finding.role,
            "is_ambiguous": finding.is_ambiguous,
        }
        for finding in records.dates
    }
    return [rows[key] for key in sorted(rows)]


def event_document_rows(records: DocumentRecords, resolution: Resolution) -> list[Row]:
    """Which events the document is about; the first row by a relation other than mentions is its own event."""
    document_id = records.document.document_id
    rows: dict[str, Row] = {}
    for event in records.events:
        event_id = str(resolution.id_of(document_id, event.key))
        rows.setdefault(event_id, {"event_id": event_id, "document_id": document_id, "relation": event.relation})
    return list(rows.values())


def item_id(document_id: str, key: str) -> str:
    return make_id("itm", document_id, key)


def programme_rows(records: DocumentRecords, resolution: Resolution) -> list[Row]:
    document_id = records.document.document_id
    return [
        {
            "item_id": item_id(document_id, item.key),
            "event_id": resolution.id_of(document_id, item.event_key),
            "document_id": document_id,
            "item_number": item.item_number,
            "start_local": item.start_local,
            "end_local": item.end_local,
            "tz_iana": item.tz_iana,
            "item_type": item.item_type,
            "item_title": item.item_title,
        }
        for item in records.programme_items
    ]


def participation_id(document_id: str, part: Participation) -> str:
    return make_id("par", document_id, part.person_key, part.role, part.start_char, part.item_key or "")


def participation_rows(records: DocumentRecords, resolution: Resolution) -> list[Row]:
    document_id = records.document.document_id
    rows = {}
    for part in records.participations:
        key = participation_id(document_id, part)
        rows[key] = {
            "participation_id": key,
            "document_id": document_id,
            "event_id": resolution.id_of(document_id, part.event_key),
            "item_id": item_id(document_id, part.item_key) if part.item_key else None,
            "person_id": resolution.id_of(document_id, part.person_key),
            "person_text": part.person_text,
            "role": part.role,
            "position": part.position,
            "organisation_id": resolution.id_of(document_id, part.organisation_key),
            "organisation_text": part.organisation_text,
            "handle": part.handle,
            "mention_ids": list(part.mention_ids),
            "participation_score": round(part.score, 4),
        }
    return [rows[key] for key in sorted(rows)]


def event_organisation_rows(organisers: Iterable[Organiser]) -> Iterator[Row]:
    """Yield which organisations do what for which event, over all documents, each once."""
    for one in organisers:
        yield {
            "event_id": one.event_id,
            "organisation_id": one.organisation_id,
            "role": one.role,
            "organiser_method": one.method,
            "organiser_score": round(one.score, 4),
        }


def domain_rows(records: DocumentRecords) -> list[Row]:
    document = {"document_id": records.document.document_id}
    return _domain_rows((document, domain) for domain in records.domains)


def event_domain_rows(records: DocumentRecords, resolution: Resolution) -> list[Row]:
    """The domains of each event as this document presents it; of two presentations of one event the surer."""
    document_id = records.document.document_id
    pairs = [
        ({"event_id": str(resolution.id_of(document_id, event.key)), "document_id": document_id}, domain)
        for event in records.events
        for domain in event.domains
    ]
    best: dict[tuple[str, str], tuple[Row, DomainFinding]] = {}
    for owner, domain in sorted(pairs, key=lambda pair: -pair[1].score):
        best.setdefault((owner["event_id"], domain.domain_code), (owner, domain))
    return _domain_rows(best.values())


def programme_item_domain_rows(records: DocumentRecords) -> list[Row]:
    document_id = records.document.document_id
    return _domain_rows(
        ({"item_id": item_id(document_id, item.key), "document_id": document_id}, domain)
        for item in records.programme_items
        for domain in item.domains
    )


def milestone_domain_rows(records: DocumentRecords) -> list[Row]:
    """One row for each domain of a statement; a statement with two dates is two milestones."""
    document_id = records.document.document_id
    by_key = {milestone_id(document_id, m): m for m in records.milestones}
    return _domain_rows(
        ({"milestone_id": key, "document_id": document_id}, domain)
        for key, milestone in by_key.items()
        for domain in milestone.domains
    )


def _domain_rows(findings: Iterable[tuple[Row, DomainFinding]]) -> list[Row]:
    rows = [
        {
            **owner,
            "domain_code": domain.domain_code,
            "domain_score": round(domain.score, 4),
            "evidence_mention_ids": list(domain.mention_ids),
            "method": domain.method,
        }
        for owner, domain in findings
    ]
    return sorted(rows, key=lambda row: (*list(row.values())[:-4], row["domain_code"]))


def milestone_id(document_id: str, milestone: Milestone) -> str:
    when = milestone.when
    return make_id("mil", document_id, milestone.start_char, when.start_date, when.end_date, when.precision)


def milestone_rows(records: DocumentRecords, resolution: Resolution) -> list[Row]:
    document_id = records.document.document_id
    rows = {}
    for milestone in records.milestones:
        when = milestone.when
        key = milestone_id(document_id, milestone)
        rows[key] = {
            "milestone_id": key,
            "document_id": document_id,
            "start_date": when.start_date,
            "end_date": when.end_date,
            "date_precision": when.precision,
            "statement": milestone.statement,
            "start_char": milestone.start_char,
            "end_char": milestone.end_char,
            "actor_ids": [resolution.id_of(document_id, actor) for actor in milestone.actor_keys],
            "instrument_ids": [resolution.id_of(document_id, key) for key in milestone.instrument_keys],
            "domain_codes": sorted(domain.domain_code for domain in milestone.domains),
        }
    return sorted(rows.values(), key=lambda row: (row["start_char"], str(row["start_date"]), row["milestone_id"]))
