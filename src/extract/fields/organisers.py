"""Organisers of a document."""

from __future__ import annotations

from spacy.tokens import Doc


def find_organisers(doc: Doc) -> Doc:
    return doc
