"""What a new release owes to the one in place: ids that had to change, and events that now read otherwise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from resolve.correcting import written
from tables.columns import open_tables
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
    with open_tables(old=previous, new=draft) as db:
        gone = {row[0] for table, key in _ENTITY_TABLES for row in _lost(db, previous, table, key)}
        if not gone:
            return {}
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        db.execute("CREATE TABLE gone AS SELECT unnest($1) AS id", [sorted(gone)])
        for query in (_MENTIONS, _EVENTS, _VENUES) if (previous / "mentions.parquet").is_file() else ():
            for then, now, count in db.execute(query).fetchall():
                votes[then][now] += count
    return {old: _winner(votes[old]) for old in sorted(gone)}


def _lost(db: duckdb.DuckDBPyConnection, previous: Path, table: str, key: str) -> list[tuple[str]]:
    if not (previous / f"{table}.parquet").is_file():
        return []
    return db.execute(f"SELECT {key} FROM old.{table} EXCEPT SELECT {key} FROM new.{table}").fetchall()


_MENTIONS = """
    SELECT before.entity_id, after.entity_id, count(*) FROM old.mentions before
    JOIN gone ON gone.id = before.entity_id JOIN new.mentions after USING (mention_id)
    WHERE before.entity_id <> after.entity_id AND before.entity_id[:3] = after.entity_id[:3] GROUP BY ALL
"""
_EVENTS = """
    SELECT before.event_id, after.event_id, count(*) FROM old.event_documents before
    JOIN gone ON gone.id = before.event_id JOIN new.event_documents after USING (document_id, relation) GROUP BY ALL
"""
_VENUES = """
    SELECT events.venue_id, events_now.venue_id, count(*) FROM old.events events JOIN gone ON gone.id = events.venue_id
    JOIN old.event_documents before USING (event_id) JOIN new.event_documents after USING (document_id, relation)
    JOIN new.events events_now ON events_now.event_id = after.event_id
    WHERE events_now.venue_id IS NOT NULL GROUP BY ALL
"""
"""What took the place of ids that went, and how often: events follow their documents, venues their events."""


def _winner(votes: Counter[str]) -> str | None:
    return min(votes, key=lambda new: (-votes[new], new)) if votes else None


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
    own, rows = set(corrected), []
    with open_tables(old=previous, new=draft) as db:
        followed = {old: new for old, new in moved.items() if new}
        pairs = [list(followed), list(followed.values())]
        db.execute("CREATE TABLE moved AS SELECT unnest($1::VARCHAR[]) AS id, unnest($2::VARCHAR[]) AS now", pairs)
        for event_id, has_new, *values in db.execute(_DIFFERING).fetchall():
            for field, then, now in zip(EVENT_FIELDS, values, values[len(EVENT_FIELDS) :], strict=False):
                is_same = then == now or (field == "venue_id" and moved.get(str(then)) == now)
                if is_same or (event_id, field) in own:
                    continue
                rows.append(
                    {
                        "event_id": event_id,
                        "field": field,
                        "old_value": written(then),
                        "new_value": written(now),
                        "document_id": None,
                        "run_id": run_id,
                        "cause": "new_document" if has_new else "new_model",
                    }
                )
    return rows


_DIFFERING = f"""
    WITH before AS (
        SELECT coalesce(moved.now, event_id) AS event_id, {", ".join(EVENT_FIELDS)}
        FROM old.events LEFT JOIN moved ON moved.id = event_id
        QUALIFY row_number() OVER (PARTITION BY coalesce(moved.now, event_id) ORDER BY events.event_id DESC) = 1
    )
    SELECT after.event_id,
           after.event_id IN (SELECT event_id FROM new.event_documents ANTI JOIN old.documents USING (document_id)),
           {", ".join(f"{side}.{field}" for side in ("before", "after") for field in EVENT_FIELDS)}
    FROM new.events after JOIN before USING (event_id)
    WHERE {" OR ".join(f"before.{field} IS DISTINCT FROM after.{field}" for field in EVENT_FIELDS)}
    ORDER BY after.event_id
"""
