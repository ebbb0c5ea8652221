"""Links of a document."""

from __future__ import annotations

from spacy.tokens import Doc


def link_participations(doc: Doc) -> Doc:
    return doc
