"""One reading of a text's words, shared by the components that look for names: made once, kept with the Doc."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from extract.found import found
from extract.gazetteer import Match, Word, organisations, split_words
from extract.gazetteer.words import fold
from extract.organisations.grammar import Grammar
from extract.organisations.hosting import Cue, cues
from extract.organisations.vocabulary import organisation_words
from extract.people.lexicon import particles
from extract.people.name_parts import is_surname

_KEY = "extract.reading"
_WORD = re.compile(r"\S+")
MIN_NAME = 2
"""Words of a person's full name."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of a text with the listed bodies, people and host phrases among them."""

    text: str
    words: list[Word]
    bodies: list[Match]
    people: list[tuple[int, int]]
    """Character spans of people's full names."""
    person_words: frozenset[int]
    cues: list[Cue]
    grammar: Grammar
    """The grammar of organisations' names over these words."""

    @property
    def known(self) -> list[tuple[int, int]]:
        """Word spans of listed bodies."""
        return _spans(self.bodies)


def reading_of(doc: Doc) -> Reading:
    """Return the reading of a Doc, made on first use."""
    kept = doc.user_data.get(_KEY)
    if not isinstance(kept, Reading):
        kept = doc.user_data[_KEY] = _read(doc)
    return kept


def _read(doc: Doc) -> Reading:
    document = found(doc).document
    text = document.text  # doc.text is put together from its tokens again every time
    words = split_words(text, [block.start for block in document.blocks])
    named = [span for e in doc.ents if e.label_ == "PERSON" and (span := _person(text, e.start_char, e.end_char))]
    starts = [word.start for word in words]
    at = {start: index for index, start in enumerate(starts)} if named else {}
    people = [span for span in named if not _is_namesake(words, at.get(span[0], 0))]
    covered = frozenset(i for s, e in people for i in range(bisect_left(starts, s), bisect_left(starts, e)))
    bodies = list(organisations().find(words))
    grammar = Grammar(words, _spans(bodies), covered)
    return Reading(text, words, bodies, people, covered, list(cues(text)), grammar)


def _spans(bodies: list[Match]) -> list[tuple[int, int]]:
    return [(match.start, match.end) for match in bodies]


def _person(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return a person's span without the small words at its ends, None where no two words of a name are left.

    In other languages than English the recogniser takes "promosso da Confedermare" for a person.
    """
    if text[end : end + 1] == "-":
        return None  # "Bremer SPD" of "Bremer SPD-Fraktion"
    words = [(found.start() + start, found.end() + start) for found in _WORD.finditer(text[start:end])]
    if words and text[words[0][0]].islower() and text[slice(*words[0])].casefold() not in particles():
        words = words[next((i for i, (at, _) in enumerate(words) if text[at].isupper()), len(words)) :]
    while words and text[words[-1][0]].islower():
        words.pop()
    keys = [fold(text[a:b]) for a, b in words]
    if any(organisation_words().is_head(key) and not is_surname(key) for key in keys[1:] or keys):
        return None  # "Koninklijke Vereniging", "Marina Sällskap"
    is_broken = any(text[a].islower() and text[a:b].casefold() not in particles() for a, b in words)
    return None if len(words) < MIN_NAME or is_broken else (words[0][0], words[-1][1])


def _is_namesake(words: Sequence[Word], start: int) -> bool:
    """Tell a person, or what is read as one, whom a house is named after: "Universidad Isabel I"."""
    before = [word.key for word in words[max(start - 3, 0) : start]]
    if not before or words[start].breaks:
        return False
    if before[-1] == "studi" and len(before) == 3:
        before = before[:-1]
    if len(before) > 1 and before[-1] in organisation_words().prepositions:
        before = before[:-1]
    return before[-1] in organisation_words().direct | organisation_words().romance
