"""The working set of one document while the pipeline runs: each component adds its findings to it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date

from spacy.tokens import Doc

from extract.records import (
    DateFinding,
    DocType,
    DomainFinding,
    EventFinding,
    EventOrganisation,
    InstrumentFinding,
    Label,
    Mention,
    Milestone,
    OrganisationFinding,
    Participation,
    PersonFinding,
    ProgrammeItem,
    VenueFinding,
)  # fmt: skip
from ingest.document import Block, Document
from ingest.ids import make_id


@dataclass(slots=True)
class Found:
    """Findings so far, in the order in which components made them.  `doc._.found` of the running pipeline."""

    document: Document
    mentions: dict[str, Mention] = field(default_factory=dict)
    """By mention_id; `mentions_of(label)` gives them in text order."""
    dates: list[DateFinding] = field(default_factory=list)
    people: list[PersonFinding] = field(default_factory=list)
    organisations: list[OrganisationFinding] = field(default_factory=list)
    venues: list[VenueFinding] = field(default_factory=list)
    instruments: list[InstrumentFinding] = field(default_factory=list)
    events: list[EventFinding] = field(default_factory=list)
    programme_items: list[ProgrammeItem] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    event_organisations: list[EventOrganisation] = field(default_factory=list)
    domains: list[DomainFinding] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    doc_type: tuple[DocType, float] = ("other", 0.0)
    published_date: date | None = None
    warnings: list[str] = field(default_factory=list)
    japanese: tuple[tuple[int, int, str], ...] = ()
    """What the recogniser of Japanese sentences marked: (start, end, PERSON | ORG | POSITION) in text order."""

    def mention(
        self, start: int, end: int, label: Label, extractor: str, *, entity_key: str | None = None, score: float = 1.0
    ) -> Mention:
        """Add a mention of text[start:end] and return it; the same span and label twice is one mention.

        A later call may name the entity that an earlier one left open.
        """
        if not 0 <= start < end <= len(self.document.text):
            raise ValueError(f"mention {start}:{end} lies outside the text of {self.document.source_uri}")
        mention_id = make_id("men", self.document.document_id, start, end, label)
        known = self.mentions.get(mention_id)
        if known is not None:
            if entity_key and not known.entity_key:
                known = self.mentions[mention_id] = replace(known, entity_key=entity_key)
            return known
        made = Mention(
            mention_id=mention_id,
            start_char=start,
            end_char=end,
            text=self.document.text[start:end],
            label=label,
            extractor=extractor,
            score=score,
            page_number=self.page_at(start),
            entity_key=entity_key,
        )
        self.mentions[mention_id] = made
        return made

    def page_at(self, position: int) -> int | None:
        """Return the page that holds a position of the text, None where the format has no pages."""
        block = self.block_at(position)
        return block.page if block else None

    def block_at(self, position: int) -> Block | None:
        """Return the block that holds a position of the text, None between blocks."""
        blocks = self.document.blocks
        index = bisect_right(blocks, position, key=lambda block: block.start) - 1
        return blocks[index] if index >= 0 and position < blocks[index].end else None

    def mentions_of(self, label: Label) -> list[Mention]:
        """Return the mentions with a label in text order."""
        return sorted((m for m in self.mentions.values() if m.label == label), key=lambda m: (m.start_char, m.end_char))


def found(doc: Doc) -> Found:
    """Return the working set that travels with a Doc."""
    working_set: Found = doc._.found
    return working_set
