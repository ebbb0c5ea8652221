"""Instruments of a document."""

from __future__ import annotations

from spacy.tokens import Doc


def find_instruments(doc: Doc) -> Doc:
    return doc
