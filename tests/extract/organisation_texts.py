"""Run the components that find organisations and instruments over a text of a test, without the recogniser."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from extract.fields.instruments import find_instruments
from extract.fields.organisations import find_organisations
from extract.fields.organisers import find_organisers
from extract.found import Found
from extract.records import EventFinding
from ingest.document import Document, RawFile
from ingest.readers.markdown import read_markdown
from ingest.readers.text import read_text

if not Doc.has_extension("found"):
    Doc.set_extension("found", default=None)
NLP = spacy.blank("en")


def run(text: str) -> Found:
    """Return the working set of a text after instruments, organisations and organisers, with one event."""
    return _run(read_text(RawFile("case.txt", text.encode())))


def run_page(markdown: str) -> Found:
    """Return the working set of a Markdown page, likewise."""
    return _run(read_markdown(RawFile("case.md", markdown.encode())))


def _run(document: Document) -> Found:
    doc = NLP.make_doc(document.text)
    doc._.found = working_set = Found(document)
    working_set.events.append(EventFinding(key="event:0", relation="announces"))
    for component in (find_instruments, find_organisations, find_organisers):
        component(doc)
    return working_set


def organisers(working_set: Found) -> dict[str, str]:
    """Return the part of each organisation in the event, by the organisation's name."""
    names = {finding.key: finding.name for finding in working_set.organisations}
    return {names[part.organisation_key]: part.role for part in working_set.event_organisations}
