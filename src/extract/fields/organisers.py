"""Who holds the event: hosts, organisers, partners and funders, told by words or, failing that, by signs."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc

from extract.fields.organisations import organisation_named
from extract.found import Found, found
from extract.organisations.evidence import HOLDERS, Evidence, likeliest_parts, told_parts
from extract.organisations.holding import told, told_in_japanese
from extract.organisations.reading import reading_of
from extract.organisations.unlisted_verbs import told_by_verbs
from extract.organisations.unsaid import signs
from extract.records import EventOrganisation

DECLARED = "organizer.name"
MAX_DECLARED_NAME = 120
"""Longer values of a publisher's "organizer" field are descriptions (characters)."""


def find_organisers(doc: Doc) -> Doc:
    """Add the organisations of the main event with the parts they play, each with its evidence and score.

    Signs such as a letterhead are read only where no words name an organiser or host.
    """
    working_set = found(doc)
    if not working_set.events:
        return doc
    mentions = [m for m in working_set.mentions_of("ORG") if m.entity_key]
    reading = reading_of(doc)
    in_words = [*told(working_set, mentions, reading.cues), *told_in_japanese(reading.text, mentions)]
    sure = {one.organisation_key for one in in_words}
    parts = told_parts([*_declared(working_set), *in_words, *told_by_verbs(working_set, mentions, sure)])
    if not any(part.role in HOLDERS for part in parts):
        known = {part.organisation_key for part in parts}
        likely = likeliest_parts(signs(working_set, mentions, known))
        parts += [part for part in likely if part.organisation_key not in known]
    working_set.event_organisations += [
        EventOrganisation(
            event_key=working_set.events[0].key,
            organisation_key=part.organisation_key,
            role=part.role,
            mention_ids=part.mention_ids,
            score=part.score,
            method=part.method,
        )
        for part in parts
    ]
    return doc


def _declared(working_set: Found) -> Iterator[Evidence]:
    """Yield the organisers that the publisher states in the page's own data, whether or not the text names them."""
    for fact in working_set.document.declared:
        if fact.name == DECLARED and len(fact.value) <= MAX_DECLARED_NAME and "@" not in fact.value:
            key = organisation_named(working_set, fact.value)
            mention = next((m for m in working_set.mentions_of("ORG") if m.entity_key == key), None)
            yield Evidence(key, "organiser", "declared", mention)
