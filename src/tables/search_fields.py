"""What can be asked for, as SQL: (id, field, value) of events and of people, and the rows that answer."""

from __future__ import annotations

FOLDED = (
    "replace(replace(replace(translate(lower(strip_accents(value)), 'łđøı’', 'ldoi'''), 'ß', 'ss'), 'æ', 'ae'),"
    " 'œ', 'oe')"
)
"""Small letters without accents, as `resolve.names.fold` makes them of what is asked."""
COUNTRIES = "CREATE TABLE countries AS SELECT unnest($1) AS country_code, unnest($2) AS country_name"

_TAKING_PART = "role NOT IN ('mentioned', 'author', 'contact')"
_BETWEEN = "($since IS NULL OR {day} >= $since) AND ($until IS NULL OR {day} <= $until)"
_PLACE = "concat_ws(', ', venue_name, address, city, country_name)"
_DAY_WORDS = "strftime(start_date, '%Y %B %d %A')"
_BODY = "concat_ws(', ', organisation_name, acronym, nullif(array_to_string(aliases, ', '), ''))"
_AFFILIATION = (
    "concat_ws(', ', organisation_text, nullif(organisation_name, organisation_text), acronym,"
    " nullif(array_to_string(organisations.aliases, ', '), ''))"
)

EVENT_FIELDS = f"""
    SELECT event_id AS id, 'name' AS field, event_name AS value FROM events WHERE event_name IS NOT NULL
    UNION ALL SELECT event_id, 'name', series_name FROM events WHERE series_name IS NOT NULL
    UNION ALL SELECT event_id, 'kind', replace(concat_ws(', ', event_type, attendance_mode, event_status), '_', ' ')
        FROM events
    UNION ALL SELECT event_id, 'when', {_DAY_WORDS} FROM events WHERE start_date IS NOT NULL
    UNION ALL SELECT event_id, 'where', {_PLACE}
        FROM events JOIN venues USING (venue_id) LEFT JOIN countries USING (country_code)
    UNION ALL SELECT event_id, 'organiser', {_BODY} FROM event_organisations JOIN organisations USING (organisation_id)
    UNION ALL SELECT event_id, 'person',
        concat_ws(', ', person_name, nullif(array_to_string(people.aliases, ', '), ''), position, {_AFFILIATION})
        FROM participations JOIN people USING (person_id) LEFT JOIN organisations USING (organisation_id)
        WHERE event_id IS NOT NULL AND {_TAKING_PART}
    UNION ALL SELECT event_id, 'programme', item_title FROM programme_items
    UNION ALL SELECT event_id, 'topic', concat(replace(domain_code, '_', ' '), ': ', domain_name)
        FROM (SELECT event_id, domain_code FROM event_domains UNION
              SELECT event_id, domain_code FROM document_domains JOIN event_documents USING (document_id)
              WHERE relation <> 'mentions') JOIN domains USING (domain_code)
    UNION ALL SELECT DISTINCT event_id, 'agreement',
        concat_ws(', ', instrument_name, acronym, nullif(array_to_string(aliases, ', '), ''))
        FROM event_documents JOIN mentions USING (document_id) JOIN instruments ON entity_id = instrument_id
        WHERE relation <> 'mentions'
    UNION ALL SELECT event_id, 'text', text FROM event_documents JOIN documents USING (document_id)
        WHERE relation <> 'mentions'
"""

EVENTS = f"""
    SELECT event_id, coalesce(any_value(event_name), '(no name stated)'), any_value(start_date)::VARCHAR,
           any_value({_PLACE}), coalesce(list(DISTINCT source_uri ORDER BY source_uri)
                                         FILTER (source_uri IS NOT NULL), [])
    FROM events LEFT JOIN venues USING (venue_id) LEFT JOIN countries USING (country_code)
    LEFT JOIN event_documents USING (event_id) LEFT JOIN documents USING (document_id)
    WHERE {_BETWEEN.format(day="start_date")}
    GROUP BY event_id
"""

PERSON_FIELDS = f"""
    SELECT person_id AS id, 'name' AS field,
        concat_ws(', ', person_name, nullif(array_to_string(aliases, ', '), '')) AS value FROM people
    UNION ALL SELECT person_id, 'post', position FROM participations WHERE position IS NOT NULL
    UNION ALL SELECT person_id, 'affiliation', {_AFFILIATION}
        FROM participations LEFT JOIN organisations USING (organisation_id) WHERE organisation_text IS NOT NULL
    UNION ALL SELECT person_id, 'role', role FROM participations
    UNION ALL SELECT person_id, 'where', country_name FROM people JOIN countries USING (country_code)
    UNION ALL SELECT person_id, 'event', event_name FROM participations JOIN events USING (event_id)
        WHERE event_name IS NOT NULL AND {_TAKING_PART}
    UNION ALL SELECT person_id, 'when', {_DAY_WORDS} FROM participations JOIN events USING (event_id)
        WHERE start_date IS NOT NULL AND {_TAKING_PART}
    UNION ALL SELECT person_id, 'where', {_PLACE} FROM participations JOIN events USING (event_id)
        JOIN venues USING (venue_id) LEFT JOIN countries USING (country_code) WHERE {_TAKING_PART}
    UNION ALL SELECT DISTINCT person_id, 'topic', concat(replace(domain_code, '_', ' '), ': ', domain_name)
        FROM participations JOIN event_domains USING (event_id) JOIN domains USING (domain_code) WHERE {_TAKING_PART}
"""

PEOPLE = f"""
    SELECT person_id, any_value(person_name), max(start_date)::VARCHAR,
           arg_max(concat_ws(', ', position, coalesce(organisation_name, organisation_text)),
                   coalesce(start_date, published_date, DATE '0001-01-01')),
           list(DISTINCT source_uri ORDER BY source_uri)
    FROM people JOIN participations USING (person_id) JOIN documents USING (document_id)
    LEFT JOIN events USING (event_id) LEFT JOIN organisations USING (organisation_id)
    WHERE ($since IS NULL AND $until IS NULL) OR {_BETWEEN.format(day="start_date")}
    GROUP BY person_id
"""

SENTENCE_DOCUMENTS = f"""
    SELECT document_id, any_value(source_uri) AS source_uri,
           coalesce(min(start_date), any_value(published_date)) AS day, any_value(text) AS value
    FROM documents LEFT JOIN event_documents USING (document_id) LEFT JOIN events USING (event_id)
    GROUP BY document_id HAVING {_BETWEEN.format(day="coalesce(min(start_date), any_value(published_date))")}
"""
