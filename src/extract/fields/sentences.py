"""The sentences of a document, cut once: spaCy checks its annotation again each time that they are asked for."""

from __future__ import annotations

from itertools import pairwise

from spacy.attrs import SENT_START  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span

_KEY = "sentences"


def sentences_of(doc: Doc) -> tuple[Span, ...]:
    """Return the sentences of a Doc in order, as layout and punctuation cut them; kept with the Doc."""
    known: tuple[Span, ...] | None = doc.user_data.get(_KEY)
    if known is None:
        marks = doc.to_array([SENT_START])
        starts = [index for index, mark in enumerate(marks.tolist()) if index == 0 or mark == 1]
        known = tuple(doc[start:end] for start, end in pairwise([*starts, len(doc)]))
        doc.user_data[_KEY] = known
    return known
