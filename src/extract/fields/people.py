"""People of a document: who is named, with which post and affiliation, in which role."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from extract.fields.organisations import ensure_organisation
from extract.found import Found, found
from extract.people.declared import declared_people
from extract.people.japanese_sentences import read_sentences
from extract.people.merging import Person, is_same, is_usable_alone, merge_people, name_words, short_names
from extract.people.order import split_name
from extract.people.phrases import Bodies
from extract.people.reading import read_people
from extract.people.recognised import NOTHING, Recognised
from extract.people.roles import TRIGGER
from extract.people.shown import Presentation
from extract.records import Participation, PersonFinding, Role

EXTRACTOR = "people"
_BY_PLACE = 0.7
"""Score of an organisation that only its place beside a person shows."""
_ROLE_MARGIN = 0.2
"""A role said less plainly than another of the same person by more than this gives way (layout, verb, label)."""


def find_people(doc: Doc) -> Doc:
    """Fill people, participations and their mentions (PERSON, POSITION, ROLE, HANDLE)."""
    working_set = found(doc)
    document = working_set.document
    recognised = Recognised(
        tuple((ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "PERSON"),
        tuple((ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in ("ORG", "PLACE")),
    )
    doc_type = working_set.doc_type[0]
    if document.language not in ("en", None):
        recognised = NOTHING  # the recogniser of doc.ents reads English
    presentations = read_people(document, _bodies(working_set), recognised, doc_type=doc_type)
    if doc_type == "other" and any(_plays_part(presentation) for presentation in presentations):
        presentations = read_people(document, _bodies(working_set), recognised, doc_type="report")
    spans = [(m.start_char, m.end_char) for m in working_set.mentions_of("ORG")]
    taken = {at for presentation in presentations for at in range(*presentation.name)}
    for presentation in read_sentences(document.text, working_set.japanese, spans):
        if taken.isdisjoint(range(*presentation.name)):
            presentations.append(presentation)
    people = merge_people(document.text, presentations)
    declared = declared_people(document)
    organisations = Bodies.of((m.start_char, m.end_char, m.mention_id) for m in working_set.mentions_of("ORG"))
    for number, person in enumerate(people):
        _add_person(working_set, organisations, f"person:{number}", person)
    _mention_again(working_set, {f"person:{number}": person for number, person in enumerate(people)})
    for name, role in declared:
        _add_declared(working_set, name, role)
    return doc


def _plays_part(presentation: Presentation) -> bool:
    """Whether the words around a name plainly say a part in an event: its document is about one then."""
    role = presentation.role
    return role is not None and role.score >= TRIGGER and role.role not in ("mentioned", "contact", "author", "host")


def _add_declared(working_set: Found, name: str, role: Role) -> None:
    """Add a role that the publisher declared; without words in the text it carries no mention."""
    words = name_words(name)
    person = next(
        (p for p in working_set.people if any(is_same(name_words(form), words) for form in (p.name, *p.aliases))), None
    )
    if person is None:
        parts = split_name(name)
        person = PersonFinding(
            key=f"person:{len(working_set.people)}", name=name, given_name=parts.given, family_name=parts.family
        )
        working_set.people.append(person)
        _mention_short_forms(working_set, person)
    shown = [p for p in working_set.participations if p.person_key == person.key]
    if any(p.role == role for p in shown):
        return
    if len(shown) == 1 and shown[0].role == "mentioned" and not shown[0].position:
        working_set.participations.remove(shown[0])
        working_set.participations.append(replace(shown[0], role=role, score=1.0))
        return
    start = shown[0].start_char if shown else 0
    mentions = shown[0].mention_ids if shown else ()
    if all(p.role == "mentioned" for p in shown):
        working_set.participations.append(
            Participation(person_key=person.key, person_text=name, role=role, start_char=start, mention_ids=mentions)
        )


def _mention_short_forms(working_set: Found, person: PersonFinding) -> None:
    """Mention a declared person where the text uses the given or family name alone."""
    forms = [person.name, *(form for form in (person.family_name, (person.given_name or "").split(" ")[0]) if form)]
    taken = [(m.start_char, m.end_char) for m in working_set.mentions_of("PERSON")]
    bodies = _bodies(working_set)
    for form in forms:
        if not is_usable_alone(form) and form != person.name:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(form)}(?![\w-])", working_set.document.text):
            start, end = match.span()
            if not any(a < end and start < b for a, b in taken) and not bodies.within(start, end):
                taken.append((start, end))
                working_set.mention(start, end, "PERSON", EXTRACTOR, entity_key=person.key, score=0.7)


def _bodies(working_set: Found) -> Bodies:
    """Spans that name an organisation, a venue, an agreement: no person stands inside them."""
    mentions = [m for label in ("ORG", "INSTRUMENT") for m in working_set.mentions_of(label)]
    return Bodies.of((m.start_char, m.end_char, m.entity_key if m.label == "ORG" else None) for m in mentions)


def _add_person(working_set: Found, organisations: Bodies, key: str, person: Person) -> None:
    aliases = tuple(form for form in person.forms if form != person.name)
    working_set.people.append(
        PersonFinding(
            key=key,
            name=person.name,
            given_name=person.parts.given,
            family_name=person.parts.family,
            aliases=aliases,
            score=min(1.0, 0.5 + 0.17 * max(p.strength for p in person.presentations)),
        )
    )
    for presentation in person.presentations:
        working_set.mention(*presentation.name, "PERSON", EXTRACTOR, entity_key=key)
        if presentation.native:
            working_set.mention(*presentation.native, "PERSON", EXTRACTOR, entity_key=key)
    for presentation in _to_keep(person.presentations):
        working_set.participations.append(_participation(working_set, organisations, key, presentation))


def _to_keep(presentations: list[Presentation]) -> list[Presentation]:
    """Leave out roles that only layout suggests beside ones the text says, and presentations that say nothing.

    What a presentation left out says of post and affiliation goes to the first kept one that says none.
    """
    best = max((p.role.score for p in presentations if p.role and p.role.role != "mentioned"), default=0.0)
    kept = [p for p in presentations if p.role and p.role.role != "mentioned" and p.role.score >= best - _ROLE_MARGIN]
    if not kept:
        telling = [p for p in presentations if p.post or p.organisation or p.role]
        return telling or presentations[:1]
    known = set(kept)
    for other in presentations:
        if other not in known and (other.post or other.organisation):
            if kept[0].post or kept[0].organisation:
                kept.append(replace(other, role=None))
            else:
                kept[0] = replace(kept[0], post=other.post, organisation=other.organisation)
    return kept


def _participation(working_set: Found, organisations: Bodies, key: str, presentation: Presentation) -> Participation:
    text = working_set.document.text
    mentions = [working_set.mention(*presentation.name, "PERSON", EXTRACTOR, entity_key=key)]
    post = presentation.post or presentation.title
    if post:
        mentions.append(working_set.mention(*post, "POSITION", EXTRACTOR))
    organisation_key, organisation_text = None, None
    if presentation.organisation:
        organisation_text = _words(text, presentation.organisation)
        organisation_key, mention_id = _organisation(working_set, organisations, presentation.organisation)
        if mention_id:
            mentions.append(working_set.mentions[mention_id])
    if presentation.role and presentation.role.span:
        mentions.append(working_set.mention(*presentation.role.span, "ROLE", EXTRACTOR, score=presentation.role.score))
    if presentation.handle:
        mentions.append(working_set.mention(*presentation.handle, "HANDLE", EXTRACTOR, entity_key=key))
    role: Role = presentation.role.role if presentation.role else "mentioned"
    return Participation(
        person_key=key,
        person_text=_words(text, presentation.name),
        role=role,
        start_char=presentation.name[0],
        position=_words(text, post) if post else None,
        organisation_key=organisation_key,
        organisation_text=organisation_text,
        handle=text[slice(*presentation.handle)] if presentation.handle else None,
        mention_ids=tuple(dict.fromkeys(mention.mention_id for mention in mentions)),
        score=presentation.role.score if presentation.role else 0.5,
    )


def _organisation(working_set: Found, organisations: Bodies, span: tuple[int, int]) -> tuple[str | None, str | None]:
    """Return (key, mention id) of the organisation that the span names; one known only by its place is added."""
    found = organisations.within(*span)
    best = max(found, key=lambda known: min(known[1], span[1]) - max(known[0], span[0]), default=None)
    if best and best[2] and (min(best[1], span[1]) - max(best[0], span[0])) * 2 > span[1] - span[0]:
        return working_set.mentions[best[2]].entity_key, best[2]
    if best:
        return None, None
    key = ensure_organisation(working_set, *span, score=_BY_PLACE)
    return key, working_set.mention(*span, "ORG", EXTRACTOR, entity_key=key).mention_id


def _words(text: str, span: tuple[int, int]) -> str:
    return " ".join(text[span[0] : span[1]].split())


def _mention_again(working_set: Found, people: dict[str, Person]) -> None:
    """Mention people where the text names them again: by the whole name, or by a short form that is theirs alone."""
    everyone = list(people.values())
    keys = {form: key for key, person in people.items() for form in short_names(person, everyone)}
    keys |= {form: key for key, person in people.items() for form in person.forms}
    if not keys:
        return
    taken = {at for person in everyone for shown in person.presentations for at in range(*shown.name)}
    bodies = _bodies(working_set)
    pattern = "|".join(re.escape(form) for form in sorted(keys, key=len, reverse=True))
    for match in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", working_set.document.text):
        start, end = match.span()
        if start not in taken and end - 1 not in taken and not bodies.within(start, end):
            working_set.mention(start, end, "PERSON", EXTRACTOR, entity_key=keys[match.group()], score=0.8)
