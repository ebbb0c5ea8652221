"""What the figures of the report show: one frame a figure, asked of the published tables with SQL."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from tables.columns import scan
from tables.exports.release import TAKING_PART
from tables.schema import TABLES

_ROLES = ", ".join(f"'{role}'" for role in sorted(TAKING_PART))

_SETUP = f"""
CREATE TEMP TABLE sources AS
  SELECT event_id, list(document_id ORDER BY document_id) AS documents FROM event_documents GROUP BY ALL;
CREATE TEMP TABLE dated AS
  SELECT e.*, year(start_date) AS year, month(start_date) AS month, coalesce(s.documents, []) AS documents
  FROM events e LEFT JOIN sources s USING (event_id);
CREATE TEMP TABLE present AS
  SELECT DISTINCT event_id, organisation_id FROM (
    SELECT event_id, organisation_id FROM event_organisations
    UNION ALL
    SELECT event_id, organisation_id FROM participations WHERE role IN ({_ROLES})
  ) WHERE event_id IS NOT NULL AND organisation_id IS NOT NULL;
CREATE TEMP TABLE moments AS
  SELECT d.document_id, coalesce(min(e.year), year(any_value(d.published_date))) AS year
  FROM documents d LEFT JOIN event_documents ed ON ed.document_id = d.document_id AND ed.relation <> 'mentions'
  LEFT JOIN dated e USING (event_id) GROUP BY d.document_id;
"""

_QUERIES = {
    "events": """
        SELECT coalesce(event_name, '(no name stated)') AS event, event_type AS type, start_date AS start,
          year, month, city, country_code AS country, attendance_mode AS mode, event_status AS status, documents
        FROM dated LEFT JOIN venues USING (venue_id)
        WHERE start_date IS NOT NULL ORDER BY start_date, event_id""",
    "places": """
        SELECT city, country_code AS country, any_value(latitude) AS latitude, any_value(longitude) AS longitude,
          count(DISTINCT event_id) AS events, list_distinct(flatten(list(documents))) AS documents
        FROM dated JOIN venues USING (venue_id) WHERE city IS NOT NULL
        GROUP BY city, country_code ORDER BY events DESC, city""",
    "domains": """
        SELECT domain_name AS domain, year, count(DISTINCT document_id) AS count,
          list_sort(list(DISTINCT document_id)) AS documents
        FROM document_domains JOIN domains USING (domain_code) JOIN moments USING (document_id)
        WHERE year IS NOT NULL GROUP BY ALL ORDER BY domain, year""",
    "meetings": """
        SELECT one.organisation_name AS organisation, other.organisation_name AS "met with",
          coalesce(one.acronym, one.organisation_name) AS short,
          coalesce(other.acronym, other.organisation_name) AS other_short,
          count(DISTINCT a.event_id) AS events, list_distinct(flatten(list(documents))) AS documents
        FROM present a JOIN present b ON a.event_id = b.event_id AND a.organisation_id < b.organisation_id
        JOIN dated d ON d.event_id = a.event_id
        JOIN organisations one ON one.organisation_id = a.organisation_id
        JOIN organisations other ON other.organisation_id = b.organisation_id
        GROUP BY a.organisation_id, b.organisation_id, 1, 2, 3, 4 ORDER BY events DESC, 1, 2""",
    "organisations": """
        SELECT organisation_name AS organisation, any_value(acronym) AS short, any_value(country_code) AS country,
          count(DISTINCT a.event_id) AS events,
          count(DISTINCT b.organisation_id) FILTER (b.organisation_id <> a.organisation_id) AS "met",
          list_distinct(flatten(list(documents))) AS documents
        FROM present a JOIN present b USING (event_id) JOIN dated USING (event_id)
        JOIN organisations o ON o.organisation_id = a.organisation_id
        GROUP BY a.organisation_id, organisation_name ORDER BY "met" DESC, events DESC, organisation""",
    "milestones": """
        SELECT start_date AS date, date_precision AS precision, statement, domain_codes AS domains,
          [document_id] AS documents
        FROM milestones WHERE start_date IS NOT NULL ORDER BY start_date, statement""",
    "outcomes": """
        WITH last AS (SELECT run_id FROM outcomes QUALIFY row_number() OVER () = count(*) OVER ())
        SELECT outcome, count(*) AS inputs FROM outcomes WHERE run_id IN (SELECT run_id FROM last)
        GROUP BY outcome ORDER BY inputs DESC, outcome""",
    "problems": """
        WITH last AS (SELECT run_id FROM outcomes QUALIFY row_number() OVER () = count(*) OVER ())
        SELECT source_uri AS input, outcome, reason_code AS reason, detail AS "what to do" FROM outcomes
        WHERE run_id IN (SELECT run_id FROM last) AND outcome NOT IN ('ok', 'unchanged') ORDER BY input""",
    "completeness": """
        SELECT fact, share FROM (
          SELECT 'start date' AS fact, avg((start_date IS NOT NULL)::int) AS share FROM events
          UNION ALL SELECT 'time of day', avg((start_local IS NOT NULL)::int) FROM events
          UNION ALL SELECT 'time zone', avg((tz_iana IS NOT NULL)::int) FROM events
          UNION ALL SELECT 'name', avg((event_name IS NOT NULL)::int) FROM events
          UNION ALL SELECT 'venue or city', avg((venue_id IS NOT NULL)::int) FROM events
          UNION ALL SELECT 'organiser', avg((event_id IN (SELECT event_id FROM event_organisations))::int) FROM events
          UNION ALL SELECT 'person with an affiliation', avg((organisation_text IS NOT NULL)::int) FROM participations
          UNION ALL SELECT 'person with a post', avg((position IS NOT NULL)::int) FROM participations
          UNION ALL SELECT 'document read whole', avg((coverage_score >= 1)::int) FROM documents
        ) WHERE share IS NOT NULL ORDER BY share DESC, fact""",
    "confidence": """
        SELECT floor(least(participation_score, 0.999) * 10) / 10 AS score, count(*) AS participations
        FROM participations GROUP BY ALL ORDER BY score""",
    "documents": """
        SELECT document_id, source_uri, coalesce(document_title, source_uri) AS title, published_date, doc_type
        FROM documents ORDER BY source_uri""",
}


def report_frames(processed: Path) -> dict[str, pd.DataFrame]:
    """Return the frame of every figure by its name; `documents` columns hold the ids of the documents that say so."""
    with duckdb.connect(config={"threads": 1}) as db:
        for table in TABLES:
            db.execute(f"CREATE VIEW {table.name} AS SELECT * FROM {scan(processed, table.name)}")
        db.execute(_SETUP)
        return {name: db.execute(query).df() for name, query in _QUERIES.items()}
