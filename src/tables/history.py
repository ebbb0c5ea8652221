"""What a new release owes to the one in place: ids that had to change, and events that now read otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from resolve.correcting import written
from tables.publish import read_rows

Row = Mapping[str, Any]
_KINDS = {"evt": "event", "per": "person", "org": "organisation", "ven": "venue", "ins": "instrument"}
_ENTITY_TABLES = (
    ("events", "event_id"), ("people", "person_id"), ("organisations", "organisation_id"), ("venues", "venue_id"),
    ("instruments", "instrument_id"),
)  # fmt: skip
EVENT_FIELDS = ("event_name", "start_date", "end_date", "attendance_mode", "event_status", "venue_id")


def moved_ids(previous: Path, draft: Path) -> dict[str, str | None]:
    """Return the ids of the release in place that the next one lacks, each with what took its place, None for nothing.

    `draft`: folder with the tables of the next release.  An id follows the words it stood for: what most of its
    mentions (or documents) are now.
    """
    gone: set[str] = set()
    for table, key in _ENTITY_TABLES:
        now = {row[key] for row in read_rows(draft, table, (key,))}
        gone |= {row[key] for row in read_rows(previous, table, (key,))} - now
    if not gone:
        return {}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new, count in _moved_mentions(previous, draft):
        if old in gone:
            votes[old][new] += count
    _vote_for_events(previous, draft, votes)
    return {old: _winner(votes[old]) for old in sorted(gone)}


def _moved_mentions(previous: Path, draft: Path) -> list[tuple[str, str, int]]:
    """Return (entity before, entity now, mentions) of all mentions that stand for another entity of the same kind."""
    if not (previous / "mentions.parquet").is_file():
        return []
    query = (
        "SELECT old.entity_id, new.entity_id, count(*) FROM read_parquet($1) old JOIN read_parquet($2) new"
        " USING (mention_id) WHERE old.entity_id <> new.entity_id AND old.entity_id[:3] = new.entity_id[:3]"
        " GROUP BY ALL"
    )
    with duckdb.connect(config={"threads": 1}) as db:
        return db.execute(query, [str(folder / "mentions.parquet") for folder in (previous, draft)]).fetchall()


def _winner(votes: Counter[str]) -> str | None:
    return min(votes, key=lambda new: (-votes[new], new)) if votes else None


def _vote_for_events(previous: Path, draft: Path, votes: dict[str, Counter[str]]) -> None:
    """Events follow their documents, venues their events."""
    now: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in read_rows(draft, "event_documents"):
        now[row["document_id"], row["relation"]].append(row["event_id"])
    place_now = {row["event_id"]: row.get("venue_id") for row in read_rows(draft, "events", ("event_id", "venue_id"))}
    place_then = {row["event_id"]: row["venue_id"] for row in read_rows(previous, "events", ("event_id", "venue_id"))}
    for row in read_rows(previous, "event_documents", ("document_id", "relation", "event_id")):
        for event in now[row["document_id"], row["relation"]]:
            votes[row["event_id"]][event] += 1
            then, place = place_then.get(row["event_id"]), place_now.get(event)
            if then and place:
                votes[then][place] += 1


def rekey_rows(previous: Path, moved: Mapping[str, str | None], run_id: str) -> list[Row]:
    """Return the rows of `rekeys`: those of earlier runs, followed on to the ids of now, and the new ones."""
    rows: dict[tuple[str, str], Row] = {}
    for row in read_rows(previous, "rekeys"):
        new = row["new_id"]
        rows[row["old_id"], row["run_id"]] = {**row, "new_id": moved.get(new, new)}
    for old, new in moved.items():
        rows[old, run_id] = {"old_id": old, "new_id": new, "kind": _KINDS[old[:3]], "run_id": run_id}
    return [rows[key] for key in sorted(rows)]


def first_seen(changes: Iterable[Row], previous: Path, moved: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Return what documents dispute with the run in which it was first seen, where the release in place has it."""

    def same(row: Row) -> tuple[Any, ...]:
        return tuple(row[name] for name in ("field", "old_value", "document_id", "cause"))

    runs = {
        (moved.get(row["event_id"]) or row["event_id"], *same(row)): row["run_id"]
        for row in read_rows(previous, "event_changes")
    }
    return [{**row, "run_id": runs.get((row["event_id"], *same(row)), row["run_id"])} for row in changes]


def changed_events(
    previous: Path,
    draft: Path,
    moved: Mapping[str, str | None],
    corrected: Iterable[tuple[str, str]],
    run_id: str,
) -> list[dict[str, Any]]:
    """Return rows of `event_changes` for values that the release in place has otherwise, each with its cause.

    `corrected`: (event_id, field) that corrections changed; these have their rows already.
    """
    known = {row["document_id"] for row in read_rows(previous, "documents", ("document_id",))}
    has_new = {row["event_id"] for row in read_rows(draft, "event_documents") if row["document_id"] not in known}
    before = {moved.get(row["event_id"]) or row["event_id"]: row for row in read_rows(previous, "events")}
    own, rows = set(corrected), []
    for event in read_rows(draft, "events"):
        old = before.get(event["event_id"], {})
        for field in EVENT_FIELDS if old else ():
            then, now = old[field], event.get(field)
            is_same = then == now or (field == "venue_id" and moved.get(str(then)) == now)
            if is_same or (event["event_id"], field) in own:
                continue
            rows.append(
                {
                    "event_id": event["event_id"],
                    "field": field,
                    "old_value": written(then),
                    "new_value": written(now),
                    "document_id": None,
                    "run_id": run_id,
                    "cause": "new_document" if event["event_id"] in has_new else "new_model",
                }
            )
    return rows
