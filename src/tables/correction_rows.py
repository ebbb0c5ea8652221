"""The table `corrections`: what each row of data/corrections changed, and each that met nothing or was refused."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extract.records import DateFinding, EventOrganisation, Milestone, ProgrammeItem
from resolve.corpus import Resolution
from resolve.correcting import Hit, written
from resolve.corrections import PARTS, Correction, CorrectionList, Refusal
from resolve.judging import Decided
from resolve.names import fold
from resolve.retractions import MASK, Retraction
from resolve.settling import TABLES
from tables.rows import item_id, milestone_id, participation_id

Row = dict[str, Any]


def correction_rows(
    corrections: CorrectionList, hits: Sequence[Hit], resolution: Resolution, retractions: Iterable[Retraction] = ()
) -> list[Row]:
    """Return one row for each cell or row that a correction changed, and one for each that changed none."""
    rows = [_hit_row(hit, resolution) for hit in hits]
    rows += [_decided_row(decided, resolution) for decided in resolution.decided]
    met = {row["file_line"] for row in rows}
    rows += [_unmatched_row(c) for c in corrections.accepted if c.file_line not in met]
    rows += [_refused_row(refusal) for refusal in corrections.refused]
    unique = {(row["file_line"], row["document_id"], row["row_id"]): row for row in rows}
    gone = [frozenset(retraction.person.split()) for retraction in retractions]
    return [_without(row, gone) for row in sorted(unique.values(), key=_order)]


def correction_counts(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Return how many lines were applied, met nothing (any more), were refused."""
    lines: dict[str, set[str]] = {"applied": set(), "unmatched": set(), "refused": set()}
    for row in rows:
        lines[row["status"]].add(row["file_line"])
    return {status: len(found) for status, found in lines.items()}


def _order(row: Row) -> tuple[str, int, str, str]:
    file, _, line = row["file_line"].rpartition(":")
    return (file, int(line), row["document_id"] or "", row["row_id"] or "")


def _base(correction: Correction, status: str, **values: Any) -> Row:
    return {
        "file_line": correction.file_line,
        "action": correction.action,
        "kind": correction.kind,
        "document_id": None,
        "name": correction.name or None,
        "field": correction.field or None,
        "old_value": None,
        "new_value": written(correction.value),
        "table_name": None,
        "row_id": None,
        "status": status,
        "reason": correction.reason or None,
        **values,
    }


def _hit_row(hit: Hit, resolution: Resolution) -> Row:
    kind = hit.correction.kind
    row_id: str | None
    if kind == "document":
        table, row_id = "documents", hit.document_id
    elif kind == "participation":
        part = hit.participation
        table, row_id = "participations", participation_id(hit.document_id, part) if part else None
    elif kind in PARTS:
        table, row_id = _PART_TABLES[kind], _part_id(hit, resolution)
    else:
        table, row_id = TABLES[kind][0], resolution.ids.get(hit.local)
    new = None if hit.correction.action == "reject" else written(hit.correction.value)
    return _base(
        hit.correction, "applied", document_id=hit.document_id, old_value=written(hit.old), new_value=new,
        table_name=table, row_id=row_id,
    )  # fmt: skip


_PART_TABLES = {
    "date": "dates", "programme_item": "programme_items", "milestone": "milestones", "domain": "document_domains",
    "organiser": "event_organisations",
}  # fmt: skip


def _part_id(hit: Hit, resolution: Resolution) -> str | None:
    """Return the first part of the key of the row that a part of a document became; None where it went."""
    part = hit.part
    if isinstance(part, DateFinding):
        return part.mention_id
    if isinstance(part, ProgrammeItem):
        return item_id(hit.document_id, part.key)
    if isinstance(part, Milestone):
        return milestone_id(hit.document_id, part)
    if isinstance(part, EventOrganisation):
        return resolution.id_of(hit.document_id, part.event_key)
    return hit.document_id if part else None


def _decided_row(decided: Decided, resolution: Resolution) -> Row:
    correction = decided.correction
    one, other = resolution.ids[decided.one], resolution.ids[decided.other]
    table = TABLES[correction.kind][0]
    if (correction.action == "merge") != (one == other):
        return _base(
            correction, "refused", table_name=table, reason="another line keeps the two apart, or makes them one"
        )
    return _base(correction, "applied", document_id=decided.one.document_id, table_name=table, row_id=one)


def _unmatched_row(correction: Correction) -> Row:
    where = f"the document {correction.document}" if correction.document else "any document"
    what = correction.name or "an event"
    if correction.action == "add":
        reason = f"the text of {where} does not hold the words {what!r}, or there is no such document"
    elif correction.kind == "document":
        reason = f"there is no document {correction.document}"
    elif correction.action in ("merge", "split"):
        reason = f"no {correction.kind} {what!r} in {where}, or no other one {str(correction.value or what)!r}"
    else:
        reason = f"no {correction.kind} {what!r} was found in {where}"
    return _base(correction, "unmatched", reason=reason)


def _refused_row(refusal: Refusal) -> Row:
    action, kind, _, name, field, value, _ = (cell or None for cell in (*refusal.cells, *[""] * 7)[:7])
    return {
        "file_line": refusal.file_line, "action": action, "kind": kind, "document_id": None, "name": name,
        "field": field, "old_value": None, "new_value": value, "table_name": None, "row_id": None,
        "status": "refused", "reason": refusal.message,
    }  # fmt: skip


def _without(row: Row, gone: Sequence[frozenset[str]]) -> Row:
    """Mask what would name a person who asked to be left out."""
    return {
        column: re.sub(r"\w", MASK, value)
        if column in ("name", "old_value", "new_value", "reason") and value and _names_any(value, gone)
        else value
        for column, value in row.items()
    }


def _names_any(text: str, people: Sequence[frozenset[str]]) -> bool:
    words = set(fold(text).split()) if people else set()
    return any(person <= words for person in people)
