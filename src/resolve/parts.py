"""Correct what a document lists: dates, programme items, milestones, domains, organisers.

Each is found by the words the source has for it: the expression of a date, the title of an item, how the sentence of a
milestone begins, the code of a domain, the name of an organising body.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from extract.records import (
    DateFinding,
    DocumentRecords,
    DomainFinding,
    EventOrganisation,
    Mention,
    Milestone,
    ProgrammeItem,
    When,
)  # fmt: skip
from ingest.ids import make_id
from resolve.contradictions import subject_key
from resolve.corrections import Correction
from resolve.moments import WHEN_FIELDS, correct_when, when_value
from resolve.names import fold

EXTRACTOR = "correction"


@dataclass(frozen=True)
class PartKind:
    """Where records hold parts of a kind, which name means one, and how one is made of words and a correction."""

    collection: str
    is_meant: Callable[[DocumentRecords, Any, Correction], bool]
    make: Callable[[DocumentRecords, Correction], tuple[DocumentRecords, Any] | None]


Met = tuple[Correction, Any, object]
"""A correction, the part it met as it then is (None where it went), the value before."""


def correct_parts(records: DocumentRecords, corrections: Sequence[Correction]) -> tuple[DocumentRecords, list[Met]]:
    """Return the records with their parts added to, fixed, rejected, accepted, in this order; and what that met."""
    met: list[Met] = []
    for name, kind in PART_KINDS.items():
        own = [c for c in corrections if c.kind == name]
        if own:
            records, found = _correct_kind(records, kind, own)
            met += found
    return records, met


def _correct_kind(
    records: DocumentRecords, kind: PartKind, corrections: Sequence[Correction]
) -> tuple[DocumentRecords, list[Met]]:
    originals: list[Any] = list(getattr(records, kind.collection))
    met: list[tuple[Correction, int, object]] = []
    for correction in corrections:
        if correction.action == "add" and (made := kind.make(records, correction)):
            records, part = made
            originals += [part] if part not in originals else []
            met.append((correction, originals.index(part), None))
    parts: list[Any] = list(originals)

    def meant(correction: Correction, action: str) -> list[int]:
        if correction.action != action:
            return []
        return [i for i, part in enumerate(originals) if parts[i] and kind.is_meant(records, part, correction)]

    for correction in corrections:
        for i in meant(correction, "fix"):
            old = value_of(parts[i], correction.field)
            parts[i] = _with_value(parts[i], correction.field, correction.value)
            met.append((correction, i, old))
    for correction in corrections:
        for i in meant(correction, "reject"):
            if not correction.field or value_of(parts[i], correction.field) == correction.value:
                met.append((correction, i, correction.name))
                records, parts[i] = _without(records, parts[i]), None
    for correction in corrections:
        for i in meant(correction, "accept"):
            if not correction.field or value_of(parts[i], correction.field) == correction.value:
                met.append((correction, i, correction.value))
    kept: dict[str, Any] = {kind.collection: tuple(part for part in parts if part)}
    return replace(records, **kept), [(correction, parts[i], old) for correction, i, old in met]


def value_of(part: Any, field: str) -> object:
    """Return what a part has in a column of its table."""
    if field in WHEN_FIELDS and hasattr(part, "when"):
        return when_value(part.when, field)
    if field == "date_precision":
        return part.when.precision
    return getattr(part, "role" if field == "date_role" else field)


def _with_value(part: Any, field: str, value: object) -> Any:
    if field in WHEN_FIELDS and hasattr(part, "when"):
        return replace(part, when=correct_when(part.when, field, value))
    if field == "date_precision":
        return replace(part, when=replace(part.when, precision=value))
    changes: dict[str, Any] = {"role" if field == "date_role" else field: value}
    return replace(part, **changes)


def _without(records: DocumentRecords, part: Any) -> DocumentRecords:
    """Take out what refers to a part: the mention of a date, the place of participations in an item."""
    if isinstance(part, DateFinding):
        return replace(records, mentions=tuple(m for m in records.mentions if m.mention_id != part.mention_id))
    if isinstance(part, ProgrammeItem):
        parts = (replace(p, item_key=None) if p.item_key == part.key else p for p in records.participations)
        return replace(records, participations=tuple(parts))
    return records


def _span(records: DocumentRecords, words: str) -> tuple[int, int] | None:
    found = re.search(r"\s+".join(map(re.escape, words.split())), records.document.text, re.IGNORECASE)
    return found.span() if found else None


def _when(correction: Correction) -> When:
    return correct_when(None, correction.field, correction.value) if correction.field in WHEN_FIELDS else When()


def _make_date(records: DocumentRecords, correction: Correction) -> tuple[DocumentRecords, Any] | None:
    span = _span(records, correction.name)
    if span is None:
        return None
    text = records.document.text[slice(*span)]
    made = Mention(
        mention_id=make_id("men", records.document.document_id, *span, "DATE", EXTRACTOR), start_char=span[0],
        end_char=span[1], text=text, label="DATE", extractor=EXTRACTOR,
    )  # fmt: skip
    mention = next((m for m in records.mentions if (m.start_char, m.end_char, m.label) == (*span, "DATE")), made)
    if mention not in records.mentions:
        records = replace(records, mentions=(*records.mentions, mention))
    role = correction.value if correction.field == "date_role" else "other"
    return records, DateFinding(
        mention_id=mention.mention_id, start_char=span[0], end_char=span[1], text=text, when=_when(correction),
        role=role,  # type: ignore[arg-type]
    )  # fmt: skip


def _make_item(records: DocumentRecords, correction: Correction) -> tuple[DocumentRecords, Any] | None:
    span = _span(records, correction.name)
    if span is None or not records.events:
        return None
    number = max((item.item_number for item in records.programme_items), default=0) + 1
    item = ProgrammeItem(
        key=f"correction:{correction.file_line}", event_key=records.events[0].key, item_number=number,
        item_title=records.document.text[slice(*span)], start_char=span[0], end_char=span[1],
    )  # fmt: skip
    return records, _with_value(item, correction.field, correction.value) if correction.field else item


def _make_milestone(records: DocumentRecords, correction: Correction) -> tuple[DocumentRecords, Any] | None:
    span = _span(records, correction.name)
    if span is None:
        return None
    text = records.document.text[slice(*span)]
    return records, Milestone(when=_when(correction), statement=text, start_char=span[0], end_char=span[1])


def _make_domain(records: DocumentRecords, correction: Correction) -> tuple[DocumentRecords, Any] | None:
    held = (domain for domain in records.domains if domain.domain_code == correction.name)
    return records, next(held, DomainFinding(domain_code=correction.name, score=1.0, method=EXTRACTOR))


def _make_organiser(records: DocumentRecords, correction: Correction) -> tuple[DocumentRecords, Any] | None:
    """The body must be one of the document's organisations: `add organisation` puts it there."""
    bodies = [o for o in records.organisations if _bears(o, correction.name)]
    if not bodies or not records.events:
        return None
    role = correction.value if correction.field == "role" else "organiser"
    return records, EventOrganisation(
        event_key=records.events[0].key, organisation_key=bodies[0].key, role=role, method=EXTRACTOR,  # type: ignore[arg-type]
    )  # fmt: skip


def _bears(organisation: Any, name: str) -> bool:
    wanted = subject_key("organisation", name)
    names = (organisation.name, organisation.acronym, *organisation.aliases)
    return any(n and subject_key("organisation", n) == wanted for n in names)


def _organises(records: DocumentRecords, link: EventOrganisation, correction: Correction) -> bool:
    return any(o.key == link.organisation_key and _bears(o, correction.name) for o in records.organisations)


def _same(attribute: str) -> Callable[[DocumentRecords, Any, Correction], bool]:
    return lambda _, part, correction: fold(getattr(part, attribute)) == fold(correction.name)


PART_KINDS: Mapping[str, PartKind] = {
    "date": PartKind("dates", _same("text"), _make_date),
    "programme_item": PartKind("programme_items", _same("item_title"), _make_item),
    "milestone": PartKind(
        "milestones", lambda _, part, c: fold(part.statement).startswith(fold(c.name)), _make_milestone
    ),
    "domain": PartKind("domains", lambda _, part, c: part.domain_code == c.name, _make_domain),
    "organiser": PartKind("event_organisations", _organises, _make_organiser),
}
