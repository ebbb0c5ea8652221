"""Retractions: people who asked to be left out vanish from every table and every text in the next release.

`data/corrections/retractions.csv` has the columns name, organisation, reason; a row with an organisation retracts
only the person of that name whom a document places there.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from extract.records import DocumentRecords, PersonFinding
from resolve.names import organisation_key, person_key

FILE_NAME = "retractions.csv"
COLUMNS = ("name", "organisation", "reason")
MASK = "█"
"""One for each character of a name, so that every other offset still holds."""


class RetractionError(Exception):
    """A row of the list cannot be used; the message names its line."""


@dataclass(frozen=True)
class Retraction:
    """A person to leave out: all orders and spellings that share the key; everywhere, or only in one organisation."""

    person: str
    organisation: str | None


def read_retractions(folder: Path) -> tuple[Retraction, ...]:
    """Return the list of a corrections folder, empty where there is none.  Raises RetractionError for a bad row."""
    path = folder / FILE_NAME
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [column for column in COLUMNS[:2] if column not in (reader.fieldnames or ())]
        if missing:
            raise RetractionError(f"{path}: line 1 lacks the columns {', '.join(missing)}")
        return tuple(_retraction(row, path, reader.line_num) for row in reader if any(row.values()))


def retract(records: DocumentRecords, retractions: Iterable[Retraction]) -> DocumentRecords:
    """Return the records without the retracted people: no row, no mention, and their names masked in the text."""
    gone = [person for person in records.people if any(_means(r, person, records) for r in retractions)]
    if not gone:
        return records
    keys = {person.key for person in gone}
    names = {name for person in gone for name in (person.name, *person.aliases) if len(name) > 2}
    spans = [(m.start_char, m.end_char) for m in records.mentions if m.entity_key in keys]
    text = _mask_spans(records.document.text, spans)
    pattern = re.compile("|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)))
    text = _mask_words(text, pattern)
    lost = {mention for part in records.participations if part.person_key in keys for mention in part.mention_ids}
    kept = [m for m in records.mentions if m.entity_key not in keys and (m.mention_id not in lost or m.entity_key)]
    title = records.document.document_title
    return replace(
        records,
        document=replace(records.document, text=text, document_title=_mask_words(title, pattern) if title else None),
        people=tuple(p for p in records.people if p.key not in keys),
        participations=tuple(p for p in records.participations if p.person_key not in keys),
        mentions=tuple(replace(m, text=text[m.start_char : m.end_char]) for m in kept),
        dates=tuple(replace(d, text=text[d.start_char : d.end_char]) for d in records.dates),
        events=tuple(replace(e, name=_mask_words(e.name, pattern) if e.name else None) for e in records.events),
        programme_items=tuple(
            replace(i, item_title=_mask_words(i.item_title, pattern)) for i in records.programme_items
        ),
        milestones=tuple(
            replace(
                m,
                statement=text[m.start_char : m.end_char],
                actor_keys=tuple(key for key in m.actor_keys if key not in keys),
            )
            for m in records.milestones
        ),
    )


def _retraction(row: dict[str, str | None], path: Path, line: int) -> Retraction:
    name = (row.get("name") or "").strip()
    if len(person_key(name).split()) < 2:
        raise RetractionError(f"{path}: line {line}: {name!r} is not a full name; a single word would hide too much")
    organisation = (row.get("organisation") or "").strip()
    return Retraction(person_key(name), organisation_key(organisation) if organisation else None)


def _means(retraction: Retraction, person: PersonFinding, records: DocumentRecords) -> bool:
    if retraction.person not in {person_key(name) for name in (person.name, *person.aliases)}:
        return False
    if retraction.organisation is None:
        return True
    stated = {p.organisation_text for p in records.participations if p.person_key == person.key}
    return retraction.organisation in {organisation_key(text) for text in stated if text}


def _mask_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    letters = list(text)
    for start, end in spans:
        letters[start:end] = MASK * (end - start)
    return "".join(letters)


def _mask_words(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(lambda match: MASK * len(match.group()), text)
