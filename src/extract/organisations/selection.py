"""Which candidates stand: the longest of overlapping ones, without what only looks like an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from extract.countries import find_state
from extract.gazetteer import Word
from extract.organisations.candidates import Candidate
from extract.organisations.listed import is_building
from extract.organisations.vocabulary import countries, organisation_words
from extract.people.lexicon import title_posts
from extract.vocabularies import words_of

_TRUST = {"joint": 4, "list": 3, "legal form": 2, "pattern": 2, "bracket": 1, "slot": 1, "recogniser": 0}
_OFFICES = frozenset(["office", "bureau", "directorate"])
_SUBUNIT_HEADS = frozenset(words_of("organisation_grammar", "parents", "subunit_heads"))


Spans = Sequence[tuple[int, int]]


def select(
    words: Sequence[Word], candidates: Iterable[Candidate], instruments: Spans, people: Spans
) -> list[Candidate]:
    """Return the candidates that stand, in text order, none overlapping.

    `instruments` and `people` are character spans that hold other names; a listed body is no person, nor is a host,
    whom his place in the list tells.
    """
    kept: list[Candidate] = []
    used: set[int] = set()
    candidates = list(candidates)
    doubted = {(c.start, c.end) for c in candidates if c.is_weak and c.source == "list"}
    accepted = [
        c
        for c in candidates
        if not c.is_weak
        and not is_rejected(words, c)
        and not _is_taken(words, c, instruments)
        and not (c.source not in ("list", "slot") and _is_taken(words, c, people))
        and not (c.source == "pattern" and (c.start, c.end) in doubted)
    ]
    for candidate in sorted(
        accepted,
        key=lambda c: (c.source == "recogniser", c.source != "joint", c.start - c.end, -_TRUST[c.source], c.start),
    ):
        span = range(candidate.start, candidate.end)
        if not used.intersection(span):
            used.update(span)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)


def _is_taken(words: Sequence[Word], candidate: Candidate, taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether an agreement's, programme's or person's name holds these words (a longer candidate keeps them)."""
    start, end = words[candidate.start].start, words[candidate.end - 1].end
    return any(s < end and start < e and not (start <= s and e <= end and (e - s) < (end - start)) for s, e in taken)


def is_rejected(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell whether a candidate is a country or state, someone in office, a unit's subject, or a listed look-alike."""
    vocabulary = organisation_words()
    keys = tuple(w.key for w in words[candidate.start : candidate.end] if w.kind != "mark")
    if candidate.name:
        return False  # a part of a joint form, whose own words may be a country's alone
    if not keys or keys in vocabulary.rejected or countries().code(keys) or len("".join(keys)) < 2:
        return True
    if candidate.source == "list":
        return False
    if is_building(words, candidate.start, keys) or _is_state(words, candidate) or _is_in_office(words, candidate):
        return True
    if any(keys[-size:] in vocabulary.rejected_endings for size in (2, 3)):
        return True
    is_told = candidate.source == "slot" and not _has_employer(words, candidate)
    return (
        (is_bare_unit(words, candidate.start, candidate.end) and not is_told)
        or _is_office_of_a_post(words, candidate)
        or _is_school_of_a_university(words, candidate)
    )


def _is_state(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell a federal state ("Governor Ada Lind of Texas"), also by its code ("Flagstaff, AZ", "(D-AZ)")."""
    start, end = candidate.start, candidate.end
    name = " ".join(word.text for word in words[start:end])
    if find_state(name) is None:
        return False
    is_code = name.isupper() and len(name) <= _STATE_CODE
    return not is_code or (start > 1 and words[start - 1].text in ",-" and words[start - 2].text[0].isupper())


_STATE_CODE = 3
"""Letters of a state's code: "AZ", "NSW"."""


def _is_in_office(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell somebody with a post ("Interior Secretary Lind") from a body, which has a head noun, or "&"."""
    inside = words[candidate.start : candidate.end]
    is_named = any(
        (word.key,) in title_posts() and not word.key.endswith("s") and after.kind == "word" and after.text[0].isupper()
        for word, after in pairwise(inside)
    )
    return is_named and not any(organisation_words().is_head(word.key) for word in inside)


def _has_employer(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell whether a unit's own words or those after it name the body that it is a part of."""
    vocabulary = organisation_words()
    inside = words[candidate.start + 1 : candidate.end]
    start = candidate.start
    before = words[max(start - 8, 0) : start - 1] if start and words[start - 1].text in ",-–—" else []
    return is_followed_by_employer(words, candidate.end) or any(
        vocabulary.is_head(w.key) and w.key not in vocabulary.units and w.text[0].isupper() for w in (*inside, *before)
    )


def _is_school_of_a_university(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell a school named after its university: "Lakeside University, Hill Business School"."""
    start = candidate.start
    if start < 2 or words[start].breaks or words[candidate.end - 1].key not in _SUBUNIT_HEADS:
        return False
    return words[start - 1].text == "," and words[start - 2].key in ("university", "universitat", "universite")


def _is_office_of_a_post(words: Sequence[Word], candidate: Candidate) -> bool:
    """Tell a sub-unit in somebody's post ("Director of the Office of Budgets") from an office that acts."""
    start = candidate.start
    if words[start].key not in _OFFICES or candidate.source != "pattern" or words[start].breaks:
        return False
    before = [word.key for word in words[max(start - 3, 0) : start]]
    if before and before[-1] == "the":
        before.pop()
    return len(before) > 1 and before[-1] in ("of", ",") and before[-2] in organisation_words().not_first


def is_bare_unit(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell a sub-unit named by its subject ("Department of History") from a body ("Department of Commerce")."""
    vocabulary = organisation_words()
    keys = [w.key for w in words[start:end] if w.kind != "mark" and w.key not in ("the", "of", "for", "and")]
    units = [key for key in keys if key in vocabulary.units]
    if not units:
        at = next((i for i, key in enumerate(keys) if key in _SUBUNIT_HEADS), None)
        is_plain = at is not None and all(key in vocabulary.generic for key in keys[:at])
        return is_plain and is_followed_by_employer(words, end)
    others = [key for key in keys if key not in vocabulary.units]
    unit = units[0]
    if unit != "department":
        return True
    if any(key in vocabulary.government_departments for key in others[:2]) or any(
        countries().code((k,)) for k in others
    ):
        return is_followed_by_employer(words, end) and others[0] in vocabulary.subjects
    return not others or all(key in vocabulary.subjects for key in others) or is_followed_by_employer(words, end)


def is_followed_by_employer(words: Sequence[Word], end: int) -> bool:
    """Tell whether the name of a larger body follows after a comma or "at": "School of Law, University of Kent"."""
    at = end
    if at + 1 >= len(words) or words[at].breaks or words[at].text not in (",", "at", "of"):
        return False
    heads = organisation_words()
    for index in range(at + 1, min(at + 7, len(words))):
        word = words[index]
        if word.breaks or word.text in ",;.":
            return False
        if heads.is_head(word.key) and word.text[0].isupper():
            return True
    return False
