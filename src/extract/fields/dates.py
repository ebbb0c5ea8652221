"""Dates of a document: every date and time expression, normalised, with the part it plays."""

from __future__ import annotations

from spacy.tokens import Doc

from extract.found import Found, found
from extract.records import DateFinding
from extract.when.declared import declared_published, declared_when
from extract.when.parse import parse_expressions, stated_publication
from extract.when.readings import Context, Reading
from ingest.sources import writes_day_first

_LONGEST_QUOTE = 60
"""Characters of the expression that a warning quotes."""


def find_dates(doc: Doc) -> Doc:
    """Fill `found(doc).dates` in text order, the day of writing if stated, and warnings for dates that are wrong."""
    working_set = found(doc)
    document = working_set.document
    readings = parse_expressions(document.text, document_context(working_set))
    working_set.published_date = declared_published(document) or stated_publication(readings)
    for reading in readings:
        mention = working_set.mention(reading.start, reading.end, "DATE", "dates", score=reading.score)
        working_set.dates.append(
            DateFinding(
                mention_id=mention.mention_id,
                start_char=reading.start,
                end_char=reading.end,
                text=mention.text,
                when=reading.when(),
                role=reading.role,
                score=round(reading.score, 2),
                is_ambiguous=reading.is_ambiguous,
            )
        )
    working_set.warnings += _warnings(readings, document.text)
    return doc


def document_context(working_set: Found) -> Context:
    """Return what a document's structure tells about its dates."""
    document, doc_type = working_set.document, working_set.doc_type[0]
    declared = declared_when(document)
    days = tuple(day for day in (declared.start_date, declared.end_date) if day) if declared else ()
    published = declared_published(document)
    if published is None and doc_type == "report" and len(days) == 1:
        published = days[0]  # whoever writes "yesterday" under the page's date counts from that
    return Context(
        language=document.language,
        published=published,
        day_first=writes_day_first(document),
        event_dates=tuple(dict.fromkeys(days)),
        doc_type=doc_type,
    )


def _warnings(readings: list[Reading], text: str) -> list[str]:
    made = []
    for reading in readings:
        quote = " ".join(text[reading.start : reading.end].split())[:_LONGEST_QUOTE]
        if reading.is_house_order:
            made.append(f"date {quote!r}: day and month are in the order in which its publisher writes them")
        made += [f"date {quote!r}: {problem}" for problem in reading.problems]
    return list(dict.fromkeys(made))
