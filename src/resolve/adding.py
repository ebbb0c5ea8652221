"""Add what extraction overlooked: a finding whose name the text of the document holds, with those words as mention."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from extract.records import (
    DocumentRecords,
    EventFinding,
    InstrumentFinding,
    Label,
    Mention,
    OrganisationFinding,
    Participation,
    PersonFinding,
    VenueFinding,
)  # fmt: skip
from ingest.ids import make_id
from resolve.contradictions import subject_key
from resolve.corrections import Correction
from resolve.moments import WHEN_FIELDS, correct_when

EXTRACTOR = "correction"
_MAKERS: Mapping[str, tuple[str, Callable[..., Any], Label]] = {
    "person": ("people", PersonFinding, "PERSON"),
    "participation": ("people", PersonFinding, "PERSON"),
    "organisation": ("organisations", OrganisationFinding, "ORG"),
    "venue": ("venues", VenueFinding, "VENUE"),
    "instrument": ("instruments", InstrumentFinding, "INSTRUMENT"),
    "event": ("events", EventFinding, "TITLE"),
}

Added = tuple[DocumentRecords, str, Participation | None]


def add_finding(records: DocumentRecords, correction: Correction) -> Added | None:
    """Return (records with the finding, its key, its participation); None where the text lacks the words.

    A person comes with a participation (as mentioned, or in the role the row gives).  What is there already is not
    added again: then its key is returned, and only a participation may be new.
    """
    found = re.search(r"\s+".join(map(re.escape, correction.name.split())), records.document.text, re.IGNORECASE)
    if found is None:
        return None
    collection, make, label = _MAKERS[correction.kind]
    wanted = subject_key(correction.kind, correction.name)
    present = [f for f in getattr(records, collection) if f.name and subject_key(correction.kind, f.name) == wanted]
    key = present[0].key if present else f"correction:{correction.file_line}"
    mention = _mention(records, found, label, None if label == "TITLE" else key)
    if mention not in records.mentions:
        records = replace(records, mentions=(*records.mentions, mention))
    if not present:
        finding = _finding(make, correction, key)
        grown: dict[str, Any] = {collection: (*getattr(records, collection), finding)}
        records = replace(records, **grown)
    participation = None
    if correction.kind in ("person", "participation"):
        participation = _participation(records, correction, key, mention)
        records = replace(records, participations=(*records.participations, participation))
    return records, key, participation


def _finding(make: Callable[..., Any], correction: Correction, key: str) -> Any:
    finding = make(key=key, name=correction.name, **({"relation": "mentions"} if make is EventFinding else {}))
    if not correction.field or correction.kind == "participation":
        return finding
    if correction.field in WHEN_FIELDS and isinstance(finding, EventFinding):
        return replace(finding, when=correct_when(None, correction.field, correction.value))
    attribute = "name" if correction.field == f"{correction.kind}_name" else correction.field
    changes: dict[str, Any] = {attribute: correction.value}
    return replace(finding, **changes)


def _mention(records: DocumentRecords, found: re.Match[str], label: Label, key: str | None) -> Mention:
    """Return the mention that stands there already, else one of our own."""
    document_id = records.document.document_id
    start, end = found.span()
    there = (m for m in records.mentions if (m.start_char, m.end_char, m.label) == (start, end, label))
    return next(there, None) or Mention(
        mention_id=make_id("men", document_id, start, end, label, EXTRACTOR), start_char=start, end_char=end,
        text=found.group(), label=label, extractor=EXTRACTOR, entity_key=key,
    )  # fmt: skip


def _participation(records: DocumentRecords, correction: Correction, key: str, mention: Mention) -> Participation:
    own_event = records.events[0].key if records.events and records.events[0].relation != "mentions" else None
    role = correction.value if correction.kind == "participation" and correction.field == "role" else "mentioned"
    part = Participation(
        person_key=key, person_text=mention.text, role=role, start_char=mention.start_char,  # type: ignore[arg-type]
        event_key=own_event if role != "mentioned" else None, mention_ids=(mention.mention_id,),
    )  # fmt: skip
    if correction.kind == "participation" and correction.field in ("position", "handle"):
        changes: dict[str, Any] = {correction.field: correction.value}
        return replace(part, **changes)
    return part
