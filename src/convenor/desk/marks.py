"""What lies over the text of a document: its mentions, milestones and slots, each leading to the card of a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from convenor.desk.spans import Mark
from extract.records import DocumentRecords, Mention

LAYERS: Mapping[str, str] = {
    "PERSON": "person", "ORG": "organisation", "PLACE": "place", "VENUE": "place", "DATE": "date",
    "INSTRUMENT": "instrument", "ROLE": "post", "POSITION": "post", "HANDLE": "post", "TITLE": "title",
    "DOMAIN": "domain",
}  # fmt: skip
"""The looks of a mention by its label."""


def anchor_of(key: str) -> str:
    """Return a key as an HTML id that stays the same while other findings come and go."""
    return re.sub(r"\W+", "-", key)


def find_marks(records: DocumentRecords) -> list[Mark]:
    """Return what lies over the text: the mentions, then the sentences of milestones and the slots of programmes."""
    owners = _owners(records)
    marks = [
        Mark(i, m.start_char, m.end_char, LAYERS[m.label], owners.get(m.mention_id), _how(m))
        for i, m in enumerate(records.mentions)
    ]
    for i, milestone in enumerate(records.milestones):
        marks.append(
            Mark(len(marks), milestone.start_char, milestone.end_char, "milestone", f"milestone-{i}", "milestone")
        )
    for item in records.programme_items:
        marks.append(Mark(len(marks), item.start_char, item.end_char, "slot", anchor_of(item.key), "programme"))
    return marks


def _how(mention: Mention) -> str:
    return f"{mention.extractor} · score {mention.score:.2f}"


def _owners(records: DocumentRecords) -> dict[str, str]:
    """Return the anchor of the card that each mention leads to first."""
    owners: dict[str, str] = {}
    for event in records.events:
        owners |= dict.fromkeys(event.mention_ids, anchor_of(event.key))
    for part in records.participations:
        owners |= dict.fromkeys(part.mention_ids, anchor_of(part.person_key))
    for finding in records.dates:
        owners[finding.mention_id] = f"date-{finding.mention_id}"
    collections: tuple[tuple[Any, ...], ...] = (
        records.people, records.organisations, records.venues, records.instruments,
    )  # fmt: skip
    present = {finding.key for findings in collections for finding in findings}
    domains = {domain.domain_code for domain in records.domains}
    for mention in records.mentions:
        key = mention.entity_key or ""
        if key in present:
            owners[mention.mention_id] = anchor_of(key)
        elif key in domains:
            owners[mention.mention_id] = f"domain-{key}"
    return owners
