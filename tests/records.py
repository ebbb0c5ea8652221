"""Small documents made by hand, for tests of what happens after extraction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date, datetime
from typing import Any

from extract.records import (
    DocumentFacts,
    DocumentRecords,
    EventFinding,
    EventOrganisation,
    Mention,
    OrganisationFinding,
    Participation,
    PersonFinding,
    VenueFinding,
    When,
)  # fmt: skip
from ingest.ids import document_id, hash_bytes, make_id
from tables.joined import Corpus


def make_records(
    name: str,
    *,
    title: str | None = "Talks on Maritime Security",
    day: date | None = date(2024, 3, 12),
    clock: tuple[int, int] | None = (10, 0),
    city: str = "Brussels",
    venue: str | None = "Palais d'Egmont",
    people: dict[str, str | None] | None = None,
    organisers: tuple[str, ...] = (),
    published: date | None = None,
    **event: Any,
) -> DocumentRecords:
    """A document `name` about one event, with people {name: affiliation}."""
    text = f"{name}\n" + "\n".join(people or {"Anna Beispiel": None})
    sha256 = hash_bytes(name.encode())
    key = document_id(sha256)
    affiliations = sorted({a for a in (people or {}).values() if a} | set(organisers))
    organisation_keys = {affiliation: f"org:{i}" for i, affiliation in enumerate(affiliations)}
    start = datetime(day.year, day.month, day.day, *clock) if day and clock else None
    mentions, persons, parts = [], [], []
    for i, (person, affiliation) in enumerate((people or {}).items()):
        at = text.index(person)
        mention = Mention(
            mention_id=make_id("men", key, at, at + len(person), "PERSON"), start_char=at, end_char=at + len(person),
            text=person, label="PERSON", extractor="test", entity_key=f"person:{i}",
        )  # fmt: skip
        mentions.append(mention)
        persons.append(PersonFinding(key=f"person:{i}", name=person))
        parts.append(
            Participation(
                person_key=f"person:{i}", person_text=person, role="speaker", start_char=at, event_key="event:0",
                organisation_key=organisation_keys.get(affiliation or ""), organisation_text=affiliation,
                mention_ids=(mention.mention_id,),
            )
        )  # fmt: skip
    when = When(
        start_date=day, end_date=day, start_local=start, tz_iana="Europe/Brussels" if start else None,
        precision="minute" if start else "day",
    ) if day else None  # fmt: skip
    return DocumentRecords(
        document=DocumentFacts(
            document_id=key, source_uri=f"{name}.txt", media_type="text/plain", sha256=sha256, text=text,
            reader="text", published_date=published,
        ),
        mentions=tuple(mentions),
        people=tuple(persons),
        organisations=tuple(OrganisationFinding(key=k, name=n) for n, k in organisation_keys.items()),
        venues=(VenueFinding(key="venue:0", name=venue, city=city, country_code="BE"),),
        events=(
            EventFinding(key="event:0", relation="announces", name=title, when=when, venue_key="venue:0", **event),
        ),
        participations=tuple(parts),
        event_organisations=tuple(
            EventOrganisation(event_key="event:0", organisation_key=organisation_keys[o], role="organiser")
            for o in organisers
        ),
    )  # fmt: skip


def corpus_of(records: Callable[[], Iterable[DocumentRecords]]) -> Corpus:
    """Return a corpus whose joining is not kept; `records()` yields them in the order of document_id."""

    def some(ids: Collection[str]) -> Iterable[DocumentRecords]:
        return (record for record in records() if record.document.document_id in ids)

    return Corpus(records, lambda: {record.document.document_id: "" for record in records()}, some)
