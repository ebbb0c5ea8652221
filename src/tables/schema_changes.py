"""The tables that say what became of values and ids: disputes, corrections, ids that had to change."""

from __future__ import annotations

from tables.columns import Column, Table, key_column

CHANGE_TABLES: tuple[Table, ...] = (
    Table(
        "event_changes",
        "what differs between the documents of one event, or between runs",
        (
            key_column("event_id", "the event", "events"),
            key_column("field", "the column of events that differs, or speaker: who was announced and no longer is"),
            Column("old_value", "string", "value that was replaced or not chosen"),
            Column("new_value", "string", "value now in events"),
            Column("document_id", "string", "the document that states the other value", refers_to="documents"),
            Column("run_id", "string", "the run in which the difference was first seen"),
            Column("cause", "string", "why it differs", codes=("new_document", "new_model", "correction")),
        ),
        ("event_id", "field", "document_id", "old_value"),
    ),
    Table(
        "corrections",
        "what people corrected (data/corrections): each cell a correction set, and each row that met nothing",
        (
            key_column("file_line", "file and line of the correction"),
            Column("action", "string", "what it does, as written"),
            Column("kind", "string", "what it speaks of, as written"),
            Column("document_id", "string", "the document it changed something in", refers_to="documents"),
            Column("name", "string", "the name as the source has it"),
            Column("field", "string", "the corrected column"),
            Column("old_value", "string", "value before"),
            Column("new_value", "string", "value now"),
            Column("table_name", "string", "table of the row it changed"),
            Column("row_id", "string", "key of that row, null where the row went"),
            Column("status", "string", "what became of it", is_required=True, codes=(
                "applied", "unmatched", "refused")),
            Column("reason", "string", "the researcher's reason; why it was refused or met nothing"),
        ),
        ("file_line", "document_id", "row_id"),
    ),
    Table(
        "rekeys",
        "ids that had to change since an earlier release: follow old_id to new_id",
        (
            key_column("old_id", "id in an earlier release"),
            Column("new_id", "string", "id now, null where nothing took its place"),
            Column("kind", "string", "what it names", is_required=True, codes=(
                "event", "person", "organisation", "venue", "instrument")),
            key_column("run_id", "the run that changed it"),
        ),
        ("old_id", "run_id"),
    ),
)  # fmt: skip
