"""What one document states, before documents are joined: frozen rows, each with its words, method and score.

Records of one document refer to each other by *keys* that are unique within the document ("person:3", "event:0").
`resolve` replaces keys by ids that hold across documents.  All offsets are code points into `Document.text`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, get_args

Label = Literal[
    "PERSON", "ORG", "PLACE", "VENUE", "DATE", "ROLE", "POSITION", "INSTRUMENT", "TITLE", "HANDLE", "DOMAIN"
]
DatePrecision = Literal["minute", "day", "month", "year", "decade"]
DateRole = Literal["event", "session", "deadline", "publication", "past_fact", "future_fact", "other"]
DateMethod = Literal["explicit", "inherited_year", "relative", "publication_fallback", "structured_data"]
EventType = Literal[
    "seminar", "conference", "panel", "workshop", "webinar", "summit", "meeting", "lecture", "exercise", "other"
]
AttendanceMode = Literal["in_person", "online", "hybrid"]
EventStatus = Literal["scheduled", "held", "cancelled", "postponed"]
Relation = Literal["announces", "programmes", "reports", "mentions"]
ItemType = Literal["registration", "opening", "keynote", "panel", "session", "break", "closing", "other"]
Role = Literal[
    "speaker", "keynote", "chair", "moderator", "panellist", "opening", "closing", "host", "author", "contact",
    "mentioned",
]  # fmt: skip
OrganisationType = Literal[
    "think_tank", "university", "government", "international", "military", "company", "media", "ngo", "other"
]
OrganiserRole = Literal["organiser", "co_organiser", "host", "partner", "funder"]
DocType = Literal["announcement", "report", "profile", "other"]
DOC_TYPES: tuple[str, ...] = get_args(DocType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of the text with its label; `entity_key` names the person, organisation, venue or instrument meant."""

    mention_id: str
    start_char: int
    end_char: int
    text: str
    label: Label
    extractor: str
    score: float = 1.0
    page_number: int | None = None
    entity_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A moment or interval at the precision its source states.

    `start_date`/`end_date` are inclusive days (the first day of the month, year or decade for coarser precision,
    `end_date` its last day).  `start_local`/`end_local` are wall times at the venue, set only where a clock time is
    stated.  `utc_offset_minutes` is the offset printed in the text ("UTC+2", "CEST"), `tz_iana` the zone understood.
    """

    start_date: date | None = None
    end_date: date | None = None
    start_local: datetime | None = None
    end_local: datetime | None = None
    tz_iana: str | None = None
    utc_offset_minutes: int | None = None
    precision: DatePrecision | None = None
    method: DateMethod = "explicit"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFinding:
    """A date or time expression of the text, normalised, with the part it plays."""

    mention_id: str
    start_char: int
    end_char: int
    text: str
    when: When
    role: DateRole = "other"
    score: float = 1.0
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFinding:
    """A person of this document under all the forms seen in it."""

    key: str
    name: str
    given_name: str | None = None
    family_name: str | None = None
    aliases: tuple[str, ...] = ()
    country_code: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFinding:
    """An organisation of this document; `gazetteer_id` when it is one that the shipped list knows."""

    key: str
    name: str
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    organisation_type: OrganisationType | None = None
    country_code: str | None = None
    parent_key: str | None = None
    gazetteer_id: str | None = None
    external_ids: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VenueFinding:
    """A place where an event happens; every part as far as the text states it (city → country and zone inferred)."""

    key: str
    name: str | None = None
    address: str | None = None
    city: str | None = None
    country_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    tz_iana: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentFinding:
    """A named agreement, treaty, programme, strategy, operation or exercise."""

    key: str
    name: str
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    instrument_type: str | None = None
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainFinding:
    """A security domain that a document, event, programme item or milestone holds at the published threshold."""

    domain_code: str
    score: float
    method: str
    mention_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFinding:
    """An event as this document states it.  The first event of a document is the one it is about."""

    key: str
    relation: Relation
    name: str | None = None
    event_type: EventType = "other"
    when: When | None = None
    attendance_mode: AttendanceMode | None = None
    event_status: EventStatus | None = None
    previous_start_date: date | None = None
    venue_key: str | None = None
    series_name: str | None = None
    registration_url: str | None = None
    stream_url: str | None = None
    hashtags: tuple[str, ...] = ()
    language_codes: tuple[str, ...] = ()
    mention_ids: tuple[str, ...] = ()
    domains: tuple[DomainFinding, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeItem:
    """One slot of a programme; `start_char`/`end_char` span the lines that belong to it (its speakers included)."""

    key: str
    event_key: str
    item_number: int
    item_title: str
    item_type: ItemType = "other"
    start_local: datetime | None = None
    end_local: datetime | None = None
    tz_iana: str | None = None
    start_char: int = 0
    end_char: int = 0
    domains: tuple[DomainFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """A person as the document presents them there and then: post, affiliation, role, and the words for each."""

    person_key: str
    person_text: str
    role: Role
    start_char: int
    """Where the presentation stands (start of the person's mention): joins it to the programme item around it."""
    position: str | None = None
    organisation_key: str | None = None
    organisation_text: str | None = None
    handle: str | None = None
    event_key: str | None = None
    item_key: str | None = None
    mention_ids: tuple[str, ...] = ()
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOrganisation:
    """An organisation's part in an event."""

    event_key: str
    organisation_key: str
    role: OrganiserRole
    mention_ids: tuple[str, ...] = ()
    score: float = 1.0
    method: str | None = None
    """The strongest evidence: a kind of vocabularies/organiser_evidence.toml."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated statement of fact, its sentence and who and what it names."""

    when: When
    statement: str
    start_char: int
    end_char: int
    actor_keys: tuple[str, ...] = ()
    instrument_keys: tuple[str, ...] = ()
    domains: tuple[DomainFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What is known of the document itself."""

    document_id: str
    source_uri: str
    media_type: str
    sha256: str
    text: str
    reader: str
    document_title: str | None = None
    doc_type: DocType = "other"
    doc_type_score: float = 0.0
    language_code: str | None = None
    published_date: date | None = None
    page_count: int | None = None
    coverage_score: float = 1.0
    warnings: tuple[str, ...] = ()
    retrieved_utc: datetime | None = None
    parent_uri: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecords:
    """Everything one document states: what the per-document half hands to the store."""

    document: DocumentFacts
    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateFinding, ...] = ()
    people: tuple[PersonFinding, ...] = ()
    organisations: tuple[OrganisationFinding, ...] = ()
    venues: tuple[VenueFinding, ...] = ()
    instruments: tuple[InstrumentFinding, ...] = ()
    events: tuple[EventFinding, ...] = ()
    programme_items: tuple[ProgrammeItem, ...] = ()
    participations: tuple[Participation, ...] = ()
    event_organisations: tuple[EventOrganisation, ...] = ()
    domains: tuple[DomainFinding, ...] = ()
    milestones: tuple[Milestone, ...] = ()
