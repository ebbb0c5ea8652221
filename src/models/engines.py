"""Entity recognisers to choose from by name: ours, or any installed spaCy pipeline with its labels mapped to ours."""

import warnings

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from models.evaluation import STOCK_LABELS
from models.ner import load_ner

OURS = "convenor"
# Other schemes' names of the three kinds, besides those of OntoNotes.
LABELS = STOCK_LABELS | {"PER": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "PLACE"}


class EngineError(ValueError):
    """An engine that is not installed or finds no entities; the message says what to do."""


def load_engine(name: str = OURS) -> Language:
    """A pipeline that sets PERSON, ORG and PLACE in `doc.ents`.

    `name` is "convenor" or an installed spaCy pipeline ("fr_core_news_md"), loaded by spaCy from the installed
    packages alone: nothing is downloaded.
    """
    if name == OURS:
        return load_ner()
    if not spacy.util.is_package(name):
        raise EngineError(f"the spaCy pipeline {name!r} is not installed; install it, or use {OURS!r}")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        nlp = spacy.load(name)
    labels = {label for pipe in nlp.pipe_names for label in nlp.pipe_labels.get(pipe, ())}
    if not labels & set(LABELS):
        raise EngineError(f"the spaCy pipeline {name!r} finds no people, organisations or places; use another")
    nlp.add_pipe("map_entity_labels", last=True)
    return nlp


@Language.component("map_entity_labels", requires=["doc.ents"], assigns=["doc.ents"])
def map_entity_labels(doc: Doc) -> Doc:
    """Rename the entities' labels to ours and drop those we have no name for."""
    known = [e for e in doc.ents if e.label_ in LABELS]
    doc.set_ents([Span(doc, e.start, e.end, label=LABELS[e.label_]) for e in known])
    return doc
