"""Documents for the tests of events: built from (kind, text) pairs, with the components run over them."""

from __future__ import annotations

from collections.abc import Iterable

import spacy
from spacy.tokens import Doc

from extract.fields.blocks import mark_blocks
from extract.fields.dates import find_dates
from extract.fields.event_evidence import settle_kind
from extract.fields.events import find_events
from extract.fields.links import link_participations
from extract.fields.milestones import find_milestones
from extract.fields.people import find_people
from extract.fields.programme import find_programme
from extract.fields.venues import find_venues
from extract.found import Found
from extract.records import DocType
from ingest.build import place_blocks
from ingest.document import BlockDraft, Declared, Document

_COMPONENTS = (
    mark_blocks,
    settle_kind,
    find_dates,
    find_venues,
    find_people,
    find_programme,
    find_events,
    link_participations,
    find_milestones,
)


def make_document(
    blocks: Iterable[tuple[str, str]],
    *,
    title: str | None = None,
    declared: tuple[Declared, ...] = (),
    language: str = "en",
) -> Document:
    """Place (kind, text) pairs as a reader would."""
    text, placed, links = place_blocks(BlockDraft(kind, written, level=2 if kind == "heading" else None)  # type: ignore[arg-type]
                                       for kind, written in blocks)  # fmt: skip
    return Document(source_uri="tests/made.txt", sha256="0" * 64, media_type="text/plain", text=text, blocks=placed,
                    reader="tests", title=title, declared=declared, links=links, language=language)  # fmt: skip


def read_events(
    blocks: Iterable[tuple[str, str]] | str,
    doc_type: DocType = "announcement",
    **facts: object,
) -> Found:
    """Run the components of events over blocks, or over one paragraph, and return what they found."""
    if isinstance(blocks, str):
        blocks = [("paragraph", part) for part in blocks.strip().split("\n\n")]
    document = make_document(blocks, **facts)  # type: ignore[arg-type]
    if not Doc.has_extension("found"):
        Doc.set_extension("found", default=None)
    doc = spacy.blank("en").make_doc(document.text)
    doc._.found = Found(document, doc_type=(doc_type, 0.9))
    for component in _COMPONENTS:
        component(doc)
    working_set: Found = doc._.found
    return working_set
