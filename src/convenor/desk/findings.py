"""The findings of a document as cards: a heading, facts with their words, how they were found, what people decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from convenor.desk.marks import anchor_of
from convenor.show import format_when
from extract.records import DocumentRecords, EventFinding, Participation
from resolve.corrections import FIELDS, JOINED

_MOST_MARKS = 200
"""Words that a card lights up and leads to; a name that stands in each paragraph of a book has thousands."""

_NAME_LENGTH = 200
"""Characters of a milestone's sentence that a correction calls it by."""

_RELATIONS = {
    "announces": "announced here", "programmes": "with its programme", "reports": "reported here",
    "mentions": "mentioned here",
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A line of a card: what it says, its value, the marks it rests on, and what a click on it can take out."""

    label: str
    value: str
    marks: tuple[int, ...] = ()
    role: str = ""
    organiser: str = ""


@dataclass(frozen=True)
class Card:
    """A finding as the page shows it.  `kind` and `name` are what a correction would call it, "" where none can."""

    anchor: str
    layer: str
    title: str
    facts: tuple[Fact, ...] = ()
    note: str = ""
    marks: tuple[int, ...] = ()
    kind: str = ""
    name: str = ""
    part_name: str = ""
    statuses: tuple[str, ...] = ()

    @property
    def can_fix(self) -> bool:
        return bool(FIELDS.get(self.kind))

    @property
    def can_merge(self) -> bool:
        return self.kind in JOINED


@dataclass(frozen=True)
class Section:
    """Cards of one sort."""

    key: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Decided:
    """What corrections did to findings, by key: their source names, what was done, and which joined another.

    Dates, milestones, domains and items have no key that lasts: `parts` holds them as they now stand.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[tuple[Any, str], ...] = ()


def build_sections(records: DocumentRecords, decided: Decided, domain_names: Mapping[str, str]) -> list[Section]:
    """Return the cards of a document, in the order in which people read: event first, evidence last."""
    numbers = {mention.mention_id: i for i, mention in enumerate(records.mentions)}
    by_key = defaultdict(list)
    for i, mention in enumerate(records.mentions):
        if mention.entity_key:
            by_key[decided.merged.get(mention.entity_key, mention.entity_key)].append(i)
    maker = _Maker(records, decided, numbers, {key: tuple(found[:_MOST_MARKS]) for key, found in by_key.items()})
    sections = (
        Section("events", "Event" if len(records.events) == 1 else "Events", tuple(maker.events())),
        Section("programme", "Programme", tuple(maker.programme())),
        Section("people", "People", tuple(maker.people())),
        Section("organisations", "Organisations", tuple(maker.organisations())),
        Section("venues", "Places", tuple(maker.venues())),
        Section("instruments", "Agreements and programmes", tuple(maker.instruments())),
        Section("domains", "Security domains", tuple(maker.domains(domain_names))),
        Section("milestones", "Milestones", tuple(maker.milestones())),
        Section("dates", "Dates", tuple(maker.dates())),
        Section("document", "Document", (maker.document(),)),
    )
    return [section for section in sections if section.cards]


@dataclass(frozen=True)
class _Maker:
    """Makes the cards of one document from its records."""

    records: DocumentRecords
    decided: Decided
    numbers: Mapping[str, int]
    by_key: Mapping[str, tuple[int, ...]]

    def events(self) -> Iterator[Card]:
        for event in self.records.events:
            facts = [fact for fact in self._event_facts(event) if fact.value]
            yield self._card(
                event.key, "title", event.name or "No name stated", facts, f"score {event.score:.2f}", "event",
                self._numbers(event.mention_ids),
            )  # fmt: skip

    def _event_facts(self, event: EventFinding) -> Iterator[Fact]:
        names = {o.key: o.name for o in self.records.organisations}
        venue = next((v for v in self.records.venues if v.key == event.venue_key), None)
        method = f" ({_plain(event.when.method)})" if event.when and event.when.method != "explicit" else ""
        yield Fact("What", f"{_plain(event.event_type)}, {_RELATIONS[event.relation]}")
        yield Fact("When", format_when(event.when) + method)
        if venue:
            where = ", ".join(p for p in (venue.name, venue.address, venue.city, venue.country_code) if p)
            yield Fact("Where", where, self.by_key.get(venue.key, ()))
        yield Fact("How", _plain(event.attendance_mode))
        yield Fact("Status", _plain(event.event_status))
        yield Fact("Moved from", event.previous_start_date.isoformat() if event.previous_start_date else "")
        yield Fact("Series", event.series_name or "")
        for link in self.records.event_organisations:
            if link.event_key == event.key:
                marks = self._numbers(link.mention_ids) or self.by_key.get(link.organisation_key, ())
                name = names.get(link.organisation_key, "")
                source = self.decided.names.get(link.organisation_key, name)
                yield Fact(_plain(link.role).capitalize(), name, marks, organiser=source)
        yield Fact("Registration", event.registration_url or "")
        yield Fact("Stream", event.stream_url or "")

    def programme(self) -> Iterator[Card]:
        names = {person.key: person.name for person in self.records.people}
        for i, item in enumerate(self.records.programme_items):
            start = item.start_local.strftime("%H:%M") if item.start_local else ""
            end = item.end_local.strftime("–%H:%M") if item.end_local else ""
            parts = [p for p in self.records.participations if p.item_key == item.key]
            people = [
                Fact(_plain(p.role), names.get(p.person_key, p.person_text), self._numbers(p.mention_ids))
                for p in parts
            ]
            number = len(self.records.mentions) + len(self.records.milestones) + i
            facts = (Fact("Time", f"{start}{end}"), *people) if start else people
            yield self._part(
                item, anchor_of(item.key), "slot", item.item_title, facts, _plain(item.item_type), (number,),
                "programme_item", self.decided.names.get(item.key, item.item_title),
            )  # fmt: skip

    def people(self) -> Iterator[Card]:
        parts = defaultdict(list)
        for part in self.records.participations:
            parts[self.decided.merged.get(part.person_key, part.person_key)].append(part)
        for person in self.records.people:
            if person.key in self.decided.merged:
                continue
            own = parts[person.key]
            facts = [fact for part in own for fact in self._part_facts(part)]
            facts += _known_as(person.aliases, self._joined(person.key))
            if person.country_code:
                facts.append(Fact("Country", person.country_code))
            marks = self.by_key.get(person.key) or self._numbers(m for p in own for m in p.mention_ids[:1])
            score = max((part.score for part in own), default=person.score)
            yield self._card(
                person.key, "person", person.name, _once(facts), f"score {score:.2f}", "person", marks,
                own[0].person_text if own else "",
            )  # fmt: skip

    def _part_facts(self, part: Participation) -> Iterator[Fact]:
        marks = self._numbers(part.mention_ids)
        item = next((i for i in self.records.programme_items if i.key == part.item_key), None)
        yield Fact("Role", _plain(part.role) + (f" · {item.item_title}" if item else ""), marks, part.role)
        yield Fact("Post", part.position or "", marks)
        own = tuple(i for i in marks if self.records.mentions[i].entity_key == part.organisation_key)
        yield Fact("Affiliation", part.organisation_text or "", own or marks)
        yield Fact("Handle", part.handle or "", marks)

    def organisations(self) -> Iterator[Card]:
        for found in self.records.organisations:
            if found.key in self.decided.merged:
                continue
            facts = [
                Fact("Acronym", found.acronym or ""), Fact("Type", _plain(found.organisation_type)),
                Fact("Country", found.country_code or ""),
                *_known_as(found.aliases, self._joined(found.key)),
            ]  # fmt: skip
            how = "known organisation" if found.gazetteer_id else "found in the text"
            note = f"{how} · score {found.score:.2f}"
            yield self._card(found.key, "organisation", found.name, _once(facts), note, "organisation")

    def venues(self) -> Iterator[Card]:
        for found in self.records.venues:
            if found.key in self.decided.merged:
                continue
            title = found.name or found.city or found.address or found.country_code or "A place"
            facts = [
                Fact("Address", found.address or ""), Fact("City", (found.city or "") if found.name else ""),
                Fact("Country", found.country_code or ""), Fact("Time zone", found.tz_iana or ""),
            ]  # fmt: skip
            # a correction finds a venue by its name alone
            kind = "venue" if found.name else ""
            yield self._card(found.key, "place", title, _once(facts), f"score {found.score:.2f}", kind)

    def instruments(self) -> Iterator[Card]:
        for found in self.records.instruments:
            if found.key in self.decided.merged:
                continue
            facts = [
                Fact("Acronym", found.acronym or ""), Fact("Type", _plain(found.instrument_type)),
                *_known_as(found.aliases, self._joined(found.key)),
            ]  # fmt: skip
            yield self._card(
                found.key, "instrument", found.name, _once(facts), f"score {found.score:.2f}", "instrument"
            )

    def domains(self, names: Mapping[str, str]) -> Iterator[Card]:
        for found in self.records.domains:
            marks = self._numbers(found.mention_ids)
            words = dict.fromkeys(self.records.mentions[i].text.lower() for i in marks)
            facts = [Fact("Because of", ", ".join(list(words)[:8]))] if words else []
            title = names.get(found.domain_code, _plain(found.domain_code))
            note = f"{found.method} · score {found.score:.2f}"
            anchor = f"domain-{found.domain_code}"
            yield self._part(found, anchor, "domain", title, facts, note, marks, "domain", found.domain_code)

    def milestones(self) -> Iterator[Card]:
        for i, found in enumerate(self.records.milestones):
            number = len(self.records.mentions) + i
            facts = (Fact("Statement", found.statement),)
            note = f"{_plain(found.when.method)} · to the {found.when.precision or 'day'}"
            name = found.statement[:_NAME_LENGTH]
            title = format_when(found.when)
            yield self._part(found, f"milestone-{i}", "milestone", title, facts, note, (number,), "milestone", name)

    def dates(self) -> Iterator[Card]:
        for found in self.records.dates:
            facts = (Fact("Words", found.text), Fact("Speaks of", _plain(found.role)))
            sure = " · ambiguous" if found.is_ambiguous else ""
            note = f"{_plain(found.when.method)}{sure} · score {found.score:.2f}"
            marks = self._numbers([found.mention_id])
            anchor, title = f"date-{found.mention_id}", format_when(found.when)
            yield self._part(found, anchor, "date", title, facts, note, marks, "date", found.text)

    def document(self) -> Card:
        facts = self.records.document
        shown = [
            Fact("Type", f"{facts.doc_type} (score {facts.doc_type_score:.2f})"),
            Fact("Language", facts.language_code or ""),
            Fact("Published", facts.published_date.isoformat() if facts.published_date else ""),
            Fact("Read by", f"{facts.reader}, {facts.media_type}"),
        ]
        title = facts.document_title or facts.source_uri
        statuses = self.decided.statuses.get("", ())
        return Card("document", "title", title, tuple(_once(shown)), kind="document", statuses=statuses)

    def _part(
        self, found: object, anchor: str, layer: str, title: str, facts: Iterable[Fact], note: str,
        marks: tuple[int, ...], kind: str, name: str,
    ) -> Card:  # fmt: skip
        statuses = tuple(dict.fromkeys(status for part, status in self.decided.parts if part == found))
        return Card(anchor, layer, title, tuple(facts), note, marks, kind, name, statuses=statuses)

    def _card(
        self, key: str, layer: str, title: str, facts: Iterable[Fact], note: str, kind: str,
        marks: tuple[int, ...] | None = None, part_name: str = "",
    ) -> Card:  # fmt: skip
        name = self.decided.names.get(key, "" if kind == "event" and title == "No name stated" else title)
        statuses = self.decided.statuses.get(key, ())
        shown = self.by_key.get(key, ()) if marks is None else marks
        return Card(anchor_of(key), layer, title, tuple(facts), note, shown, kind, name, part_name, statuses)

    def _numbers(self, mention_ids: Iterable[str]) -> tuple[int, ...]:
        return tuple(sorted(self.numbers[m] for m in mention_ids if m in self.numbers))

    def _joined(self, key: str) -> tuple[str, ...]:
        return tuple(self.decided.names.get(other, "") for other, into in self.decided.merged.items() if into == key)


def _known_as(*names: tuple[str, ...]) -> list[Fact]:
    shown = ", ".join(dict.fromkeys(name for part in names for name in part if name))
    return [Fact("Also", shown)] if shown else []


def _once(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts that say something, each once."""
    return list({(fact.label, fact.value): fact for fact in facts if fact.value}.values())


def _plain(code: str | None) -> str:
    return (code or "").replace("_", " ")
