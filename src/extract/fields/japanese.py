"""Organisations of Japanese sentences that the shipped lists do not know."""

from __future__ import annotations

from spacy.tokens import Doc

from extract.fields.organisations import ensure_organisation
from extract.found import found

EXTRACTOR = "japanese"
_SCORE = 0.7
"""Score of a body that the Japanese recogniser alone saw."""


def find_japanese_organisations(doc: Doc) -> Doc:
    """Add the bodies that the Japanese recogniser marked where none is known (mentions ORG)."""
    working_set = found(doc)
    taken = {at for m in working_set.mentions_of("ORG") for at in range(m.start_char, m.end_char)}
    for start, end, label in working_set.japanese:
        if label == "ORG" and taken.isdisjoint(range(start, end)):
            key = ensure_organisation(working_set, start, end, score=_SCORE)
            working_set.mention(start, end, "ORG", EXTRACTOR, entity_key=key, score=_SCORE)
    return doc
