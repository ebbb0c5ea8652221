"""Venues of a document."""

from __future__ import annotations

from spacy.tokens import Doc


def find_venues(doc: Doc) -> Doc:
    return doc
