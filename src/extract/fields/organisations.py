"""Organisations of a document: every mention, joined to one finding for each body with its forms, type and parent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

from spacy.tokens import Doc

from extract.found import Found, found
from extract.gazetteer import Entry, Gazetteer, Word, is_acronym, organisations, split_words
from extract.organisations.affiliations import from_brackets, from_recogniser, recognised
from extract.organisations.anaphora import find_short_references
from extract.organisations.candidates import Candidate, from_japanese, from_legal_forms, from_patterns
from extract.organisations.identity import Body, Register, name_ministries
from extract.organisations.joint_names import from_joint_names
from extract.organisations.kinds import kind_of
from extract.organisations.listed import from_list
from extract.organisations.parents import link_parents
from extract.organisations.reading import reading_of
from extract.organisations.selection import select
from extract.organisations.slots import from_host_lists, from_invitations
from extract.organisations.told_names import (
    from_ministries,
    from_nordic_names,
    from_posts,
    from_short_pairs,
    from_think_tanks,
)
from extract.records import OrganisationFinding, OrganisationType

EXTRACTOR = "organisations"
_TYPES = frozenset(get_args(OrganisationType))


def find_organisations(doc: Doc) -> Doc:
    """Add ORG mentions and one OrganisationFinding for each body named."""
    working_set = found(doc)
    reading = reading_of(doc)
    text, words, grammar = reading.text, reading.words, reading.grammar
    candidates = [
        *from_list(words, reading.bodies, text),
        *from_patterns(grammar),
        *from_legal_forms(words, grammar),
        *from_japanese(words),
        *from_brackets(words, grammar),
        *from_host_lists(words, text, grammar, reading.cues),
        *from_invitations(words, reading.text, grammar, reading.cues),
        *from_posts(words),
        *from_short_pairs(words),
        *from_joint_names(words),
        *from_ministries(words),
        *from_think_tanks(words),
        *from_nordic_names(words),
    ]
    read = recognised(words, ((ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "ORG"))
    candidates += from_recogniser(words, read, candidates)
    short = {instrument.acronym for instrument in working_set.instruments}
    candidates = [c for c in candidates if text[words[c.start].start : words[c.end - 1].end] not in short]
    taken = [(m.start_char, m.end_char) for m in working_set.mentions_of("INSTRUMENT")]
    chosen = select(words, candidates, taken, reading.people)
    register = Register(words, text)
    for candidate in _full_names_first(words, chosen):
        register.add(candidate)
    name_ministries(register.bodies, text)
    _add_repeats(register, words, chosen, taken)
    for number, body in enumerate(sorted(register.bodies, key=lambda body: min(body.spans))):
        _record(working_set, body, f"org:{number}")
    link_parents(working_set)
    find_short_references(working_set, words, text)
    return doc


def ensure_organisation(working_set: Found, start: int, end: int, *, score: float = 0.8) -> str:
    """Return the key of the organisation at text[start:end], adding a mention, and a finding when it is a new one.

    For affiliations that stand by their place in a line; the span must not hold articles or punctuation.
    """
    for mention in working_set.mentions_of("ORG"):
        if mention.start_char == start and mention.end_char == end and mention.entity_key:
            return mention.entity_key
    surface = working_set.document.text[start:end]
    key = organisation_named(working_set, surface, score=score)
    working_set.mention(start, end, "ORG", EXTRACTOR, entity_key=key, score=score)
    return key


def organisation_named(working_set: Found, name: str, *, score: float = 0.8) -> str:
    """Return the key of the organisation that has this name, adding a finding without a mention when it is new."""
    key = _key_of(working_set, name)
    if key is None:
        key = f"org:{len(working_set.organisations)}"
        entries = organisations().lookup(name)
        entry = entries[0] if len(entries) == 1 else None
        working_set.organisations.append(_finding(key, [name], entry, None, None, score))
    return key


def _key_of(working_set: Found, surface: str) -> str | None:
    folded = " ".join(word.key for word in split_words(surface))
    for finding in working_set.organisations:
        forms = (finding.name, finding.acronym, *finding.aliases)
        if any(form and " ".join(word.key for word in split_words(form)) == folded for form in forms):
            return finding.key
    return None


def _full_names_first(words: Sequence[Word], chosen: Sequence[Candidate]) -> list[Candidate]:
    """Order candidates so that a short form meets the body that its full name opened."""
    return sorted(
        chosen, key=lambda c: (c.end - c.start == 1 and is_acronym(words[c.start].text), c.start - c.end, c.start)
    )


def _add_repeats(
    register: Register, words: Sequence[Word], chosen: Sequence[Candidate], taken: Sequence[tuple[int, int]]
) -> None:
    """Find every other place where a form of an accepted body stands, its acronym included."""
    entries = [
        Entry(str(i), body.name, body.acronym, tuple(dict.fromkeys(body.forms)), None, None, None, ())
        for i, body in enumerate(register.bodies)
    ]
    used = {i for c in chosen for i in range(c.start, c.end)}
    bodies = list(register.bodies)
    for match in Gazetteer(entries).find(words):
        if used.intersection(range(match.start, match.end)) or len(match.entries) != 1:
            continue
        start, end = words[match.start].start, words[match.end - 1].end
        if any(s < end and start < e for s, e in taken):
            continue
        body = bodies[int(match.entries[0].id)]
        body.spans.append((start, end))
        body.forms.append(register.text[start:end])


def _record(working_set: Found, body: Body, key: str) -> None:
    score = 0.95 if body.entry else 0.6 if body.sources == {"recogniser"} else 0.8
    for start, end in body.spans:
        working_set.mention(start, end, "ORG", EXTRACTOR, entity_key=key, score=score)
    forms = sorted(dict.fromkeys(body.forms), key=lambda form: form != body.name)
    working_set.organisations.append(_finding(key, forms, body.entry, body.acronym, body.country, score))


def _finding(
    key: str, forms: list[str], entry: Entry | None, acronym: str | None, country: str | None, score: float
) -> OrganisationFinding:
    name = forms[0]
    acronym = acronym or (entry.acronym if entry else None)
    aliases = tuple(form for form in forms[1:] if form != acronym)
    kind = entry.type if entry else kind_of(name)
    return OrganisationFinding(
        key=key,
        name=name,
        acronym=acronym if acronym != name else None,
        aliases=aliases,
        organisation_type=cast(OrganisationType, kind) if kind in _TYPES else None,
        country_code=(entry.country if entry else None) or country,
        gazetteer_id=entry.id if entry else None,
        external_ids=entry.external_ids if entry else (),
        score=score,
    )
