"""All tables in one DuckDB file, with comments, keys' views, and the queries people ask for most as views."""

from __future__ import annotations

from pathlib import Path

import duckdb

from tables.columns import scan
from tables.schema import TABLES

VIEWS = {
    "who_took_part": (
        "people with role, post and affiliation, one row a statement",
        "SELECT e.event_name, e.start_date, p.person_name, pa.role, pa.position,"
        " coalesce(o.organisation_name, pa.organisation_text) AS affiliation, d.source_uri"
        " FROM participations pa JOIN people p USING (person_id) JOIN documents d USING (document_id)"
        " LEFT JOIN events e USING (event_id) LEFT JOIN organisations o USING (organisation_id)",
    ),
    "where_and_when": (
        "events with venue, city and organisers",
        "SELECT e.*, v.venue_name, v.city, v.country_code,"
        " (SELECT list(o.organisation_name ORDER BY o.organisation_name) FROM event_organisations eo"
        "  JOIN organisations o USING (organisation_id) WHERE eo.event_id = e.event_id) AS organisers"
        " FROM events e LEFT JOIN venues v USING (venue_id)",
    ),
    "evidence": (
        "every mention with the words around it",
        "SELECT m.*, d.source_uri, substr(d.text, greatest(1, m.start_char - 59), m.end_char - m.start_char + 120)"
        " AS context FROM mentions m JOIN documents d USING (document_id)",
    ),
}


def write_database(processed: Path, out: Path) -> int:
    """Write a DuckDB file that needs nothing beside it; return how many tables and views it holds."""
    out.unlink(missing_ok=True)
    with duckdb.connect(out) as db:
        for table in TABLES:
            db.execute(f"CREATE TABLE {table.name} AS SELECT * FROM {scan(processed, table.name)}")
            db.execute(f"COMMENT ON TABLE {table.name} IS '{_quoted(table.description)}'")
            for column in table.columns:
                db.execute(f"COMMENT ON COLUMN {table.name}.{column.name} IS '{_quoted(column.description)}'")
        for name, (description, query) in VIEWS.items():
            db.execute(f"CREATE VIEW {name} AS {query}")
            db.execute(f"COMMENT ON VIEW {name} IS '{_quoted(description)}'")
    return len(TABLES) + len(VIEWS)


def create_views(db: duckdb.DuckDBPyConnection, processed: Path) -> None:
    """Make every table of a release a view of the same name, and add the views of the database file."""
    for table in TABLES:
        db.execute(f"CREATE VIEW {table.name} AS SELECT * FROM {scan(processed, table.name)}")
    for name, (_, query) in VIEWS.items():
        db.execute(f"CREATE VIEW {name} AS {query}")


def _quoted(text: str) -> str:
    return text.replace("'", "''")
