"""Instruments of a document: named agreements, treaties, strategies, programmes, operations and exercises."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

from extract.found import Found, found
from extract.gazetteer import Word, is_acronym, name_keys
from extract.gazetteer.acronyms import Definition, definitions
from extract.instruments.candidate import Candidate
from extract.instruments.candidates import candidates
from extract.organisations.reading import reading_of
from extract.records import InstrumentFinding

EXTRACTOR = "instruments"


def find_instruments(doc: Doc) -> Doc:
    """Add INSTRUMENT mentions of full names and one InstrumentFinding for each instrument, with its short forms.

    A bare acronym of an instrument that is named in full is an alias and no mention of its own.
    """
    working_set = found(doc)
    reading = reading_of(doc)
    words = reading.words
    defined = {d.name_end: d for d in definitions(words, reading.text)}
    chosen = _longest(candidates(reading))
    own = {defined[c.end].start for c in chosen if c.end in defined}
    chosen = [c for c in chosen if c.start not in own]  # "Initiative on Supply Chain Resilience (SCRI)" is one
    for number, group in enumerate(_grouped(words, reading.text, chosen)):
        _record(working_set, words, group, f"instrument:{number}", defined)
    return doc


def _longest(found_candidates: Iterable[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    used: set[int] = set()
    for candidate in sorted(found_candidates, key=lambda c: (c.start - c.end, c.entry is None)):
        if not used.intersection(range(candidate.start, candidate.end)):
            used.update(range(candidate.start, candidate.end))
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _grouped(words: Sequence[Word], text: str, chosen: Sequence[Candidate]) -> list[list[Candidate]]:
    """Put together candidates of one listed instrument, and those whose words are a part of a longer name."""
    groups: list[tuple[tuple[str, ...], list[Candidate]]] = []
    for candidate in sorted(chosen, key=lambda c: (_ends_short(words, c), c.start - c.end, c.start)):
        keys = name_keys(_surface(words, text, candidate))
        for full, members in groups:
            entry = members[0].entry
            is_same_entry = entry is not None and candidate.entry is not None and entry.id == candidate.entry.id
            is_part = len(keys) > 1 and keys in (full[-len(keys) :], full[: len(keys)])
            if keys == full or is_same_entry or is_part:
                members.append(candidate)
                break
        else:
            groups.append((keys, [candidate]))
    return sorted((members for _, members in groups), key=lambda members: min(c.start for c in members))


def _ends_short(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell whether a form is or ends with a short form of its own: "EU-Japan SPA" after the full name is no name."""
    last = words[candidate.end - 1].text
    return last.isalpha() and is_acronym(last)


def _surface(words: Sequence[Word], text: str, candidate: Candidate) -> str:
    return text[words[candidate.start].start : words[candidate.end - 1].end]


def _record(
    working_set: Found, words: Sequence[Word], group: Sequence[Candidate], key: str, defined: dict[int, Definition]
) -> None:
    text = working_set.document.text
    name = _surface(words, text, group[0])
    entry = group[0].entry
    forms: list[str] = []
    acronym = entry.acronym if entry else None
    for candidate in group:
        surface = _surface(words, text, candidate)
        forms.append(surface)
        if name_keys(surface) == name_keys(name):
            working_set.mention(
                words[candidate.start].start, words[candidate.end - 1].end, "INSTRUMENT", EXTRACTOR, entity_key=key
            )
        definition = defined.get(candidate.end)
        if definition and acronym is None:
            acronym = definition.acronym
    working_set.instruments.append(
        InstrumentFinding(
            key=key,
            name=name,
            acronym=acronym if acronym != name else None,
            aliases=tuple(form for form in dict.fromkeys(forms) if form not in (name, acronym)),
            instrument_type=(entry.type if entry else None) or group[0].type,
            score=0.95 if entry else 0.8,
        )
    )
