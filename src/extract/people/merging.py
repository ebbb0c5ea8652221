"""One person under all the forms a document uses: full names first, then short ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.people.lexicon import common_words, fold, particles, short_forms, suffixes
from extract.people.order import NameParts, split_name
from extract.people.shown import Presentation

Span = tuple[int, int]


@dataclass(slots=True)
class Person:
    """A person of one document with the presentations that speak of them."""

    name: str
    parts: NameParts
    words: tuple[str, ...]
    presentations: list[Presentation] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)

    @property
    def family(self) -> str | None:
        return fold(self.parts.family) if self.parts.family else None


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in the form in which they are compared, initials and suffixes included."""
    plain = re.sub(r"[(\[“\"].*?[)\]”\"]", " ", name).replace(",", " ").replace("-", " ").replace("‑", " ")
    words = [fold(word) for part in plain.split() for word in re.findall(r"[^\W\d_]\.|[^\s.]+", part)]
    return tuple(word for word in words if word and word not in suffixes())


def merge_people(text: str, presentations: Sequence[Presentation]) -> list[Person]:
    """Return the people behind the presentations, in order of first appearance."""
    people: list[Person] = []
    by_length = sorted(presentations, key=lambda p: (not p.is_full, -len(name_words(_text(text, p))), p.name[0]))
    for presentation in by_length:
        name = _text(text, presentation)
        words = name_words(name)
        if not words:
            continue
        person = _find(people, words, presentation)
        if person is None:
            person = Person(name, split_name(name), words)
            people.append(person)
        person.presentations.append(presentation)
        person.forms.setdefault(name)
        if presentation.native:
            person.forms.setdefault(text[slice(*presentation.native)])
    for person in people:
        person.presentations.sort(key=lambda p: p.name[0])
    return sorted(people, key=lambda person: person.presentations[0].name[0])


def _text(text: str, presentation: Presentation) -> str:
    return " ".join(text[presentation.name[0] : presentation.name[1]].split())


def _find(people: list[Person], words: tuple[str, ...], presentation: Presentation) -> Person | None:
    matches = [
        person for person in people if is_same(person.words, words) and not _stand_together(person, words, presentation)
    ]
    if len(matches) == 1:
        return matches[0]
    if len(matches) > 1:
        exact = [person for person in matches if set(person.words) == set(words)]
        if exact:
            return exact[0]
        if len(words) == 1:
            before = [p for p in matches if any(shown.name[0] < presentation.name[0] for shown in p.presentations)]
            return max(
                before or matches,
                key=lambda p: max((s.name[0] for s in p.presentations if s.name[0] < presentation.name[0]), default=-1),
            )
    return None


def _stand_together(person: Person, words: tuple[str, ...], presentation: Presentation) -> bool:
    """Whether one line lists both names though they are not spelt alike: two people then."""
    if not presentation.in_roll or set(person.words) == set(words) or len(words) < 2:
        return False
    return any(
        shown.is_full and shown.block == presentation.block and name_differs(person, words)
        for shown in person.presentations
    )


def name_differs(person: Person, words: tuple[str, ...]) -> bool:
    return not set(words) <= set(person.words) and not set(person.words) <= set(words)


def is_same(full: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of one document can be the same person: every word of one has its match in the other.

    A word matches itself, an initial its word, a short form its given name; at least one word of more than a
    letter matches exactly.
    """
    short, long = sorted((other, full), key=lambda words: (len(words), sum(len(word) > 1 for word in words)))
    if len(short) == 1:
        word = short[0]
        return len(word) > 1 and (word in long[1:] or word == long[0])
    free = list(long)
    exact = 0
    for word in sorted(short, key=len, reverse=True):
        hit = next((candidate for candidate in free if candidate == word), None)
        if hit is None:
            hit = next((candidate for candidate in free if _is_short_for(word, candidate)), None)
        elif len(word) > 1:
            exact += 1
        if hit is None:
            return False
        free.remove(hit)
    if exact == len([word for word in short if len(word) > 1]):
        return exact >= 2 or (exact == 1 and len(short) > 1 and len(free) <= 1)
    return exact >= 1 and short[-1] == long[-1]


def _is_short_for(word: str, other: str) -> bool:
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    forms = short_forms()
    return word in forms.get(other, ()) or other in forms.get(word, ())


def short_names(person: Person, people: Sequence[Person]) -> list[str]:
    """Return the single words by which the rest of the text may call a person: unique surname, unique given name."""
    candidates: list[str] = []
    if person.parts.family:
        candidates.append(person.parts.family)
    if person.parts.given:
        candidates.append(person.parts.given.split()[0])
    others = [other for other in people if other is not person]
    return [
        word
        for word in dict.fromkeys(candidates)
        if is_usable_alone(word) and not any(fold(word) in other.words for other in others)
    ]


def is_usable_alone(word: str) -> bool:
    """Whether a single word of a name can stand for the person in running text."""
    return (
        len(word.strip(".")) > 2
        and word[0].isupper()
        and word.lower() not in common_words()
        and word.lower() not in particles()
    )
