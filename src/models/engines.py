"""Entity recognisers to choose from by name: ours, any installed spaCy pipeline, or a model in a folder.

CONVENOR_RECOGNISER=convenor              ours
CONVENOR_RECOGNISER=fr_core_news_md       an installed spaCy pipeline
CONVENOR_RECOGNISER=onnx:FOLDER           a transformer for token classification, exported to ONNX
CONVENOR_RECOGNISER=gliner:FOLDER         a GLiNER model
"""

import warnings

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from models.evaluation import STOCK_LABELS
from models.ner import base_pipeline, load_ner
from models.outside_engines import MissingEngineError

OURS = "convenor"
# Other schemes' names of the three kinds, besides those of OntoNotes.
LABELS = STOCK_LABELS | {"PER": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "PLACE"}
OUTSIDE = ("onnx", "gliner")


class EngineError(ValueError):
    """An engine that is not installed or finds no entities; the message says what to do."""


def load_engine(name: str = OURS) -> Language:
    """A pipeline that sets PERSON, ORG and PLACE in `doc.ents`.

    `name` is one of those above; packages and folders of this machine alone are read, nothing is downloaded.
    """
    if name == OURS:
        return load_ner()
    kind, _, folder = name.partition(":")
    if kind in OUTSIDE and folder:
        return _load_outside(kind, folder)
    if not spacy.util.is_package(name):
        raise EngineError(
            f"the spaCy pipeline {name!r} is not installed; install it, or use {OURS!r}, onnx:FOLDER or gliner:FOLDER"
        )
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        nlp = spacy.load(name)
    labels = {label for pipe in nlp.pipe_names for label in nlp.pipe_labels.get(pipe, ())}
    if not labels & set(LABELS):
        raise EngineError(f"the spaCy pipeline {name!r} finds no people, organisations or places; use another")
    nlp.add_pipe("map_entity_labels", last=True)
    return nlp


def _load_outside(kind: str, folder: str) -> Language:
    """English tokens, the engine's entities, our labels."""
    nlp = base_pipeline()
    try:
        nlp.add_pipe("outside_entities", config={"kind": kind, "folder": folder})
    except MissingEngineError as error:
        raise EngineError(str(error)) from error
    nlp.add_pipe("map_entity_labels", last=True)
    return nlp


@Language.component("map_entity_labels", requires=["doc.ents"], assigns=["doc.ents"])
def map_entity_labels(doc: Doc) -> Doc:
    """Rename the entities' labels to ours and drop those we have no name for."""
    known = [e for e in doc.ents if e.label_ in LABELS]
    doc.set_ents([Span(doc, e.start, e.end, label=LABELS[e.label_]) for e in known])
    return doc
