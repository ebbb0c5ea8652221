"""The tables of security domains: what documents, events, items and milestones are about, and the taxonomy."""

from __future__ import annotations

from tables.columns import Column, Table, key_column, reference

_DOCUMENT = key_column("document_id", "the document", "documents")
_DOMAIN = (
    key_column("domain_code", "the domain", "domains"),
    Column("domain_score", "number", "calibrated confidence, 0 to 1", is_required=True),
    Column("evidence_mention_ids", "list", "the words that speak for it"),
    Column("method", "string", "how it was decided"),
)

DOMAIN_TABLES: tuple[Table, ...] = (
    Table(
        "document_domains",
        "security domains a document holds at the published threshold",
        (_DOCUMENT, *_DOMAIN),
        ("document_id", "domain_code"),
    ),
    Table(
        "event_domains",
        "security domains of an event as a document presents it",
        (key_column("event_id", "the event", "events"), _DOCUMENT, *_DOMAIN),
        ("event_id", "document_id", "domain_code"),
        ("document_id", "event_id", "domain_code"),
    ),
    Table(
        "programme_item_domains",
        "security domains of a programme item by its own words",
        (key_column("item_id", "the programme item", "programme_items"), _DOCUMENT, *_DOMAIN),
        ("item_id", "domain_code"),
        ("document_id", "item_id", "domain_code"),
    ),
    Table(
        "milestone_domains",
        "security domains of a milestone by its own words",
        (key_column("milestone_id", "the milestone", "milestones"), _DOCUMENT, *_DOMAIN),
        ("milestone_id", "domain_code"),
        ("document_id", "milestone_id", "domain_code"),
    ),
    Table(
        "domains",
        "the taxonomy of security domains as used",
        (
            key_column("domain_code", "short code"),
            Column("domain_name", "string", "name", is_required=True),
            Column("definition", "string", "what it covers", is_required=True),
            reference("parent_code", "domains", "the wider domain"),
        ),
        ("domain_code",),
    ),
)
