"""The tables: columns, types, descriptions, keys.  The one source of the data dictionary and of every written file."""

from __future__ import annotations

from collections.abc import Mapping

from tables.columns import Column, Table, key_column, reference
from tables.schema_changes import CHANGE_TABLES
from tables.schema_domains import DOMAIN_TABLES

SCHEMA_VERSION = "1.2"
"""Raised in its first part when a column's meaning changes, in its second when a table or column is added."""


_DOCUMENT = key_column("document_id", "the document", "documents")
_SPAN = (
    Column("start_char", "integer", "first code point of the words in documents.text, from 0", is_required=True),
    Column("end_char", "integer", "code point after the last one", is_required=True),
)
_PRECISION = Column(
    "date_precision", "string", "how exact the source is; a date is never made more precise than its source",
    codes=("minute", "day", "month", "year", "decade"),
)  # fmt: skip
_DATES = (
    Column("start_date", "date", "first day"),
    Column("end_date", "date", "last day, inclusive"),
)
_TIMES = (
    Column("start_local", "local", "start as wall time at the venue, null where no time is stated"),
    Column("end_local", "local", "end as wall time at the venue, null where none is stated"),
    Column("tz_iana", "string", "time zone of the wall times (IANA name)"),
    Column("start_utc", "utc", "start as an instant, null where the zone is unknown"),
    Column("end_utc", "utc", "end as an instant"),
)
_METHOD = Column(
    "date_method", "string", "how the date was obtained",
    codes=("explicit", "inherited_year", "relative", "publication_fallback", "structured_data"),
)  # fmt: skip
_ITEM_TIMES = tuple(c for c in _TIMES if not c.name.endswith("_utc"))

TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "one row per distinct document now in the corpus",
        (
            key_column("document_id", "opaque id, made from the SHA-256 of the bytes"),
            Column("source_uri", "string", "path below data/raw, or URL", is_required=True),
            Column("media_type", "string", "type found from the content (IANA media type)", is_required=True),
            Column("sha256", "string", "SHA-256 of the bytes, hex", is_required=True),
            Column("document_title", "string", "title of the document as its reader found it"),
            Column("doc_type", "string", "what kind of document", codes=("announcement", "report", "profile", "other")),
            Column("doc_type_score", "number", "confidence in doc_type, 0 to 1"),
            Column("language_code", "string", "main language (ISO 639-1)"),
            Column("published_date", "date", "day of publication, where the document states one"),
            Column("page_count", "integer", "pages, null for formats without pages"),
            Column("char_count", "integer", "code points in text"),
            Column("coverage_score", "number", "share of pages and characters really read, 0 to 1"),
            Column("reader", "string", "which reader and engines read it"),
            Column("warnings", "list", "what a person should know about this document"),
            Column("text", "string", "the text all offsets point into", is_required=True),
            Column("retrieved_utc", "utc", "when it was fetched, for documents from the web"),
            Column("parent_uri", "string", "the message or archive it was taken from"),
        ),
        ("document_id",),
    ),
    Table(
        "outcomes",
        "each input of each run exactly once; rows that are not ok say what a person can do",
        (
            key_column("run_id", "the run"),
            key_column("source_uri", "path below data/raw, or URL"),
            reference("document_id", "documents", "the document, null where none could be made"),
            Column("outcome", "string", "what became of the input", is_required=True,
                   codes=("ok", "partial", "unchanged", "duplicate", "unsupported", "failed")),
            Column("reason_code", "string", "why it is not ok, one of a closed list"),
            Column("detail", "string", "the reason in words, and what to do"),
            Column("seconds", "number", "time spent on it"),
        ),
        ("run_id", "source_uri"),
    ),
    Table(
        "mentions",
        "every span found in a text",
        (
            key_column("mention_id", "opaque id"),
            _DOCUMENT,
            *_SPAN,
            Column("page_number", "integer", "page of the source, from 1, where it has pages"),
            Column("text", "string", "the words: documents.text[start_char:end_char]", is_required=True),
            Column("label", "string", "what it names: PERSON, ORG, PLACE, VENUE, DATE, ROLE, POSITION, INSTRUMENT, "
                   "TITLE, HANDLE, DOMAIN", is_required=True),
            Column("entity_id", "string", "person_id, organisation_id, venue_id, instrument_id or domain_code"),
            Column("extractor", "string", "component that found it", is_required=True),
            Column("extractor_version", "string", "version of the pipeline", is_required=True),
            Column("score", "number", "confidence, 0 to 1"),
        ),
        ("mention_id",),
        ("document_id", "start_char", "end_char", "label"),
    ),
    Table(
        "dates",
        "every date or time expression, normalised",
        (
            key_column("mention_id", "the words", "mentions"),
            _DOCUMENT,
            Column("date_text", "string", "the expression exactly as written", is_required=True),
            *_DATES,
            *_TIMES,
            _PRECISION,
            Column("date_role", "string", "the part it plays", codes=(
                "event", "session", "deadline", "publication", "past_fact", "future_fact", "other")),
            _METHOD,
            Column("is_ambiguous", "boolean", "true where the words allow another reading (09/10/2019)"),
        ),
        ("mention_id",),
        ("document_id", "mention_id"),
    ),
    Table(
        "events",
        "one row per real-world event, merged across its documents",
        (
            key_column("event_id", "opaque id"),
            Column("event_name", "string", "name as the documents have it"),
            Column("event_type", "string", "kind of event", codes=(
                "seminar", "conference", "panel", "workshop", "webinar", "summit", "meeting", "lecture", "exercise",
                "other")),
            *_DATES,
            *_TIMES,
            _PRECISION,
            _METHOD,
            Column("attendance_mode", "string", "how people attend", codes=("in_person", "online", "hybrid")),
            Column("event_status", "string", "state of the event", codes=(
                "scheduled", "held", "cancelled", "postponed")),
            Column("previous_start_date", "date", "first day before it was moved"),
            Column("series_name", "string", "series it belongs to"),
            reference("venue_id", "venues", "where it takes place"),
            Column("registration_url", "string", "where to register"),
            Column("stream_url", "string", "where to watch"),
            Column("hashtags", "list", "hashtags announced for it"),
            Column("language_codes", "list", "languages it is held in (ISO 639-1)"),
            Column("event_score", "number", "confidence that this is an event of its own, 0 to 1"),
            Column("document_count", "integer", "documents that it was merged from"),
        ),
        ("event_id",),
    ),
    Table(
        "event_documents",
        "which document is about which event; at most one event per document by a relation other than 'mentions'",
        (
            key_column("event_id", "the event", "events"),
            _DOCUMENT,
            Column("relation", "string", "what the document does for the event", is_required=True, codes=(
                "announces", "programmes", "reports", "mentions")),
        ),
        ("event_id", "document_id"),
        ("document_id",),
    ),
    Table(
        "programme_items",
        "the slots of a programme",
        (
            key_column("item_id", "opaque id"),
            key_column("event_id", "the event", "events"),
            _DOCUMENT,
            Column("item_number", "integer", "place in the programme, from 1", is_required=True),
            *_ITEM_TIMES,
            Column("item_type", "string", "kind of slot", codes=(
                "registration", "opening", "keynote", "panel", "session", "break", "closing", "other")),
            Column("item_title", "string", "title as written, without the time", is_required=True),
        ),
        ("item_id",),
        ("document_id", "item_number", "item_id"),
    ),
    Table(
        "people",
        "one row per person, joined across documents",
        (
            key_column("person_id", "opaque id"),
            Column("person_name", "string", "fullest form of the name, without titles", is_required=True),
            Column("given_name", "string", "given name, where it can be told"),
            Column("family_name", "string", "family name, where it can be told"),
            Column("aliases", "list", "other forms, scripts and name orders seen"),
            Column("country_code", "string", "country, where a document states it (ISO 3166-1 alpha-2)"),
            Column("document_count", "integer", "documents that name this person"),
        ),
        ("person_id",),
    ),
    Table(
        "organisations",
        "one row per organisation, joined across documents",
        (
            key_column("organisation_id", "opaque id"),
            Column("organisation_name", "string", "fullest form of the name", is_required=True),
            Column("acronym", "string", "acronym"),
            Column("aliases", "list", "other names and forms seen"),
            Column("organisation_type", "string", "kind of organisation", codes=(
                "think_tank", "university", "government", "international", "military", "company", "media", "ngo",
                "other")),
            Column("country_code", "string", "country (ISO 3166-1 alpha-2)"),
            reference("parent_organisation_id", "organisations", "the organisation it is part of"),
            Column("external_ids", "list", "ids elsewhere, such as wikidata:Q7184"),
            Column("document_count", "integer", "documents that name it"),
        ),
        ("organisation_id",),
    ),
    Table(
        "venues",
        "one row per place where events happen",
        (
            key_column("venue_id", "opaque id"),
            Column("venue_name", "string", "building, room or institution"),
            Column("address", "string", "street address as written"),
            Column("city", "string", "city, English name"),
            Column("country_code", "string", "country (ISO 3166-1 alpha-2)"),
            Column("latitude", "number", "degrees north: of the building if the page declares them, else of the city"),
            Column("longitude", "number", "degrees east, of the same"),
            Column("tz_iana", "string", "time zone of the place (IANA name)"),
        ),
        ("venue_id",),
    ),
    Table(
        "instruments",
        "named agreements, treaties, programmes, strategies, operations, exercises",
        (
            key_column("instrument_id", "opaque id"),
            Column("instrument_name", "string", "fullest form of the name", is_required=True),
            Column("acronym", "string", "acronym"),
            Column("aliases", "list", "other forms seen"),
            Column("instrument_type", "string", "agreement, strategy, programme, operation, exercise, …"),
            Column("document_count", "integer", "documents that name it"),
        ),
        ("instrument_id",),
    ),
    Table(
        "participations",
        "a person as a document presents them there and then: role, post, affiliation, and the words for each",
        (
            key_column("participation_id", "opaque id"),
            _DOCUMENT,
            reference("event_id", "events", "the event taken part in, null where the person is only mentioned"),
            reference("item_id", "programme_items", "the programme slot, where the document places the person in one"),
            key_column("person_id", "the person", "people"),
            Column("person_text", "string", "the name as written", is_required=True),
            Column("role", "string", "part played", is_required=True, codes=(
                "speaker", "keynote", "chair", "moderator", "panellist", "opening", "closing", "host", "author",
                "contact", "mentioned")),
            Column("position", "string", "post as stated"),
            reference("organisation_id", "organisations", "affiliation"),
            Column("organisation_text", "string", "affiliation as written"),
            Column("handle", "string", "public social media handle"),
            Column("mention_ids", "list", "the words for name, post, affiliation and role"),
            Column("participation_score", "number", "confidence, 0 to 1"),
        ),
        ("participation_id",),
        ("document_id", "participation_id"),
    ),
    Table(
        "event_organisations",
        "which organisations host, organise, partner or fund an event",
        (
            key_column("event_id", "the event", "events"),
            key_column("organisation_id", "the organisation", "organisations"),
            Column("role", "string", "part played", is_required=True, codes=(
                "organiser", "co_organiser", "host", "partner", "funder")),
            Column("organiser_method", "string", "strongest evidence (extract/vocabularies/organiser_evidence.toml)"),
            Column("organiser_score", "number", "confidence, 0 to 1"),
        ),
        ("event_id", "organisation_id", "role"),
    ),
    Table(
        "milestones",
        "dated statements of fact found in reports and profiles",
        (
            key_column("milestone_id", "opaque id"),
            _DOCUMENT,
            *_DATES,
            _PRECISION,
            Column("statement", "string", "the sentence as written", is_required=True),
            *_SPAN,
            Column("actor_ids", "list", "organisations and people the sentence names"),
            Column("instrument_ids", "list", "instruments the sentence names"),
            Column("domain_codes", "list", "domains the sentence speaks of"),
        ),
        ("milestone_id",),
        ("document_id", "start_char", "start_date", "milestone_id"),
    ),
    *DOMAIN_TABLES,
    *CHANGE_TABLES,
)  # fmt: skip

TABLE_BY_NAME: Mapping[str, Table] = {table.name: table for table in TABLES}
