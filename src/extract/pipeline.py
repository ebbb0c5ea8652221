"""The extraction pipeline: the ordered list of components, from a Document to its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from extract.fields.blocks import mark_blocks
from extract.fields.dates import find_dates
from extract.fields.event_evidence import settle_kind
from extract.fields.events import find_events
from extract.fields.instruments import find_instruments
from extract.fields.japanese import find_japanese_organisations
from extract.fields.links import link_participations
from extract.fields.milestones import find_milestones
from extract.fields.organisations import find_organisations
from extract.fields.organisers import find_organisers
from extract.fields.people import find_people
from extract.fields.programme import find_programme
from extract.fields.venues import find_venues
from extract.found import Found
from extract.passages import ScoreDomains, find_document_domains, find_passage_domains
from extract.records import DOC_TYPES, DocType, DocumentFacts, DocumentRecords
from ingest.document import Block, Document

COMPONENTS: tuple[tuple[str, Callable[[Doc], Doc]], ...] = (
    ("blocks", mark_blocks),  # sentence and line starts from layout
    # the entity recogniser ("entities") runs here: PERSON, ORG, PLACE in doc.ents
    ("kind", settle_kind),  # the text's own words against the model's type
    ("dates", find_dates),
    ("instruments", find_instruments),
    ("organisations", find_organisations),
    ("japanese", find_japanese_organisations),
    ("people", find_people),
    ("venues", find_venues),
    ("programme", find_programme),
    ("events", find_events),
    ("organisers", find_organisers),
    ("links", link_participations),  # participations to events and programme items
    ("milestones", find_milestones),
)


NO_JAPANESE = (
    "In Japanese sentences only known organisations and people in lists are found; "
    "to read them install the extra: uv sync --extra ja"
)


@dataclass(frozen=True)
class Scorers:
    """The learned parts, handed in so that extraction never imports models.

    `load_recogniser()` gives a pipeline that sets PERSON, ORG and PLACE in `doc.ents`; `domains(text, blocks,
    language)` judges a document or a part of one, `doc_type(text, blocks, title)` a document.
    """

    load_recogniser: Callable[[], Language]
    domains: ScoreDomains
    doc_type: Callable[[str, tuple[Block, ...], str | None], tuple[str, float]]
    japanese: Callable[[str], list[tuple[int, int, str]]] | None = None
    """Reads Japanese sentences: (start, end, PERSON | ORG | POSITION); None where the extra is not installed."""


@dataclass(frozen=True)
class Extractor:
    """A loaded pipeline with its scorers: one per process."""

    nlp: Language
    scorers: Scorers

    def extract(self, documents: Iterable[Document], batch_size: int = 16) -> Iterator[DocumentRecords]:
        """Yield the records of each document, in order."""
        for doc in self.nlp.pipe((self._prepare(document) for document in documents), batch_size=batch_size):
            find_passage_domains(doc._.found, self.scorers.domains)
            yield to_records(doc._.found)

    def _read_japanese(self, working_set: Found) -> None:
        """Read the sentences of a Japanese document, or say what would read them."""
        if self.scorers.japanese is None:
            working_set.warnings.append(NO_JAPANESE)
        else:
            working_set.japanese = tuple(self.scorers.japanese(working_set.document.text))

    def _prepare(self, document: Document) -> Doc:
        doc = self.nlp.make_doc(document.text)
        kind, score = self.scorers.doc_type(document.text, document.blocks, document.title)
        if kind not in DOC_TYPES:
            raise ValueError(f"the scorer names a kind of document that the tables do not know: {kind}")
        working_set = Found(document, doc_type=(cast(DocType, kind), score))
        doc._.found = working_set
        if document.language == "ja":
            self._read_japanese(working_set)
        find_document_domains(working_set, self.scorers.domains)
        return doc


def build_extractor(scorers: Scorers) -> Extractor:
    """Load the recogniser and put our components around it: layout before it, the fields after."""
    if not Doc.has_extension("found"):
        Doc.set_extension("found", default=None)
    nlp = scorers.load_recogniser()
    for position, (name, component) in enumerate(COMPONENTS):
        Language.component(name, func=component)
        nlp.add_pipe(name, first=True if position == 0 else None)
    return Extractor(nlp, scorers)


def to_records(working_set: Found) -> DocumentRecords:
    """Freeze a finished working set."""
    document = working_set.document
    doc_type, doc_type_score = working_set.doc_type
    facts = DocumentFacts(
        document_id=document.document_id,
        source_uri=document.source_uri,
        media_type=document.media_type,
        sha256=document.sha256,
        text=document.text,
        reader=document.reader,
        document_title=document.title,
        doc_type=doc_type,
        doc_type_score=round(doc_type_score, 4),
        language_code=document.language,
        published_date=working_set.published_date,
        page_count=document.page_count,
        coverage_score=document.coverage,
        warnings=(*document.warnings, *working_set.warnings),
        retrieved_utc=document.retrieved_utc,
        parent_uri=document.parent_uri,
    )
    mentions = sorted(working_set.mentions.values(), key=lambda m: (m.start_char, m.end_char, m.label))
    return DocumentRecords(
        document=facts,
        mentions=tuple(mentions),
        dates=tuple(working_set.dates),
        people=tuple(working_set.people),
        organisations=tuple(working_set.organisations),
        venues=tuple(working_set.venues),
        instruments=tuple(working_set.instruments),
        events=tuple(working_set.events),
        programme_items=tuple(working_set.programme_items),
        participations=tuple(working_set.participations),
        event_organisations=tuple(working_set.event_organisations),
        domains=tuple(working_set.domains),
        milestones=tuple(working_set.milestones),
    )
