"""Affiliations by their place: in brackets after a person's name, and where the recogniser sees an employer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from extract.gazetteer import Word
from extract.gazetteer.acronyms import agrees
from extract.gazetteer.words import fold
from extract.organisations.candidates import Candidate
from extract.organisations.grammar import Grammar
from extract.organisations.right import DAYS
from extract.organisations.vocabulary import countries, is_large_city, organisation_words
from extract.vocabularies import read_toml, words_of

_LINE_STARTS = frozenset("*-•–·▪◦o")
_LIST_MARKS = frozenset("/,;&")


def from_brackets(words: Sequence[Word], grammar: Grammar) -> Iterator[Candidate]:
    """Yield affiliations in brackets after a person's name in a list: "Jan Novak (Acme/NATO)", "(chair, Acme)"."""
    for index, word in enumerate(words):
        if word.text not in "(（" or word.breaks:
            continue
        close = next((i for i in range(index + 1, min(index + 14, len(words))) if words[i].text in ")）"), None)
        if close is None or any(words[i].breaks for i in range(index + 1, close)) or not _is_after_name(grammar, index):
            continue
        after = words[close + 1] if close + 1 < len(words) and not words[close + 1].breaks else None
        if after is not None and after.kind == "word" and after.key != "and" and _is_one_word(words, index, close):
            continue
        yield from _pieces(words, grammar, index + 1, close)


def _is_one_word(words: Sequence[Word], bracket: int, close: int) -> bool:
    return sum(word.kind != "mark" for word in words[bracket + 1 : close]) == 1


def _is_after_name(grammar: Grammar, bracket: int) -> bool:
    """Tell whether the two to four words before a bracket look like a person's name in a list."""
    words, start = grammar.words, bracket
    while start and bracket - start < 5 and not words[start].breaks:
        word = words[start - 1]
        if not (grammar.is_capital(start - 1) or word.text in ".-'’" or len(word.text) <= 3) or word.text in ",;:":
            break
        if word.key in ("and", "the", "of", "for", "a", "in"):
            break
        start -= 1
    run = [w for w in words[start:bracket] if w.kind == "word"]
    if bracket - 1 in grammar.people:
        return True
    if not 2 <= len(run) <= 4 or any(
        organisation_words().is_head(w.key) or w.text[0].isdigit() or (w.text.isupper() and len(w.text) > 2)
        for w in run
    ):
        return False
    if any(grammar.known_at.get(i) for i in range(start, bracket)):
        return False
    opener = words[start - 1] if start and not words[start].breaks else None
    return opener is None or opener.text in _LINE_STARTS or opener.text in ",;:" or opener.key == "and"


def _pieces(words: Sequence[Word], grammar: Grammar, start: int, end: int) -> Iterator[Candidate]:
    vocabulary = organisation_words()
    before = [w.key for w in words[max(start - 6, 0) : start - 1] if w.kind == "word"]
    marks = _LIST_MARKS - ({"/", "&"} if any(word.text in ",;" for word in words[start:end]) else set())
    at = start
    while at < end:
        stop = at
        while stop < end and words[stop].text not in marks:
            stop += 1
        if at_body := _body_of_post(words, at, stop):
            at = at_body
        piece = words[at:stop]
        keys = tuple(word.key for word in piece)
        if (
            piece
            and not piece[0].text[0].islower()
            and len(piece) <= 7
            and piece[0].text[0].isalnum()
            and any(c.isupper() for w in piece for c in w.text)
        ):
            is_definition = any(agrees(piece[0].text, before[k:]) for k in range(len(before) - 1)) and len(piece) == 1
            is_post = keys[0] in vocabulary.not_first or not _NOT_AFFILIATIONS.isdisjoint((keys[0], keys[-1]))
            is_post = is_post or not _posts().isdisjoint((keys[0], keys[-1]))
            is_post = is_post or (stop < end and not _UNITS.isdisjoint((keys[0], keys[-1])))
            is_else = not DAYS.isdisjoint((keys[0], keys[-1])) or all(key.isdigit() for key in keys)
            is_else = is_else or _CODE.fullmatch("".join(word.text for word in piece)) is not None
            is_else = is_else or (len(keys) == 1 and is_large_city(piece[0].text))
            if not is_definition and not is_post and not is_else and not countries().code(keys):
                yield Candidate(at, stop, "bracket")
        at = stop + 1


@lru_cache(maxsize=1)
def _posts() -> frozenset[str]:
    """Return the words that name a post in any language."""
    return frozenset(key for heads in read_toml("posts")["heads"].values() for head in heads for key in (fold(head),))


def is_post(word: str) -> bool:
    """Tell whether a word names a post in any language."""
    return fold(word) in _posts()


def _body_of_post(words: Sequence[Word], start: int, stop: int) -> int | None:
    """Return where the body of a post in brackets begins: "(Policy Expert at Acme AG)"."""
    at = next((i for i in range(start + 1, stop - 1) if words[i].key in _AT_A_BODY), None)
    if at is None:
        return None
    return at + 2 if words[at + 1].key in ("the", "der", "la", "le") and at + 2 < stop else at + 1


_AT_A_BODY = frozenset(words_of("organisation_grammar", "affiliations", "at"))
_CODE = re.compile(r"[A-Z]\d{2,3}|[SU]\d|[RDI]-[A-Z]{2}")
"""A ship's hull number, a room, or a senator's party and state: "HMS Heron (R12)", "Dana Lind (R-AK)"."""
_UNITS = frozenset(words_of("organisation_grammar", "affiliations", "units"))
_NOT_AFFILIATIONS = frozenset(words_of("organisation_grammar", "affiliations", "never"))


def recognised(words: Sequence[Word], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the recogniser's ORG spans (character offsets) as spans of words, without articles and possessives."""
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index + 1 for index, word in enumerate(words)}
    found: list[tuple[int, int]] = []
    for span_start, span_end in spans:
        start, end = starts.get(span_start), ends.get(span_end)
        if start is None or end is None or any(words[i].breaks for i in range(start + 1, end)):
            continue
        while start < end and words[start].key in organisation_words().not_first:
            start += 1
        while end > start and words[end - 1].kind in ("possessive", "mark"):
            end -= 1
        if start < end:
            found.append((start, end))
    return found


def from_recogniser(
    words: Sequence[Word], spans: Sequence[tuple[int, int]], others: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield what the recogniser confirms: weak candidates that it reads too, and its own spans in telling places.

    On its own it takes programmes, rooms, abbreviations and headings for organisations: of 121 spans that no other
    source had in 52 labelled documents, 9 were organisations.
    """
    weak = [c for c in others if c.is_weak and c.end - c.start > 2]
    for start, end in spans:
        agreeing = [c for c in weak if c.start >= start and c.end <= end and c.end - c.start >= end - start - 1]
        yield from (Candidate(c.start, c.end, "recogniser") for c in agreeing)
        if not agreeing and (_is_employer(words, start, end) or _is_partnership(words, start, end)):
            yield Candidate(start, end, "recogniser")


def _is_partnership(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell "Alder & Ash" or "Alder & Associates" after a comma or dash: a firm, not "Data & AI"."""
    marks = [i for i in range(start + 1, end - 1) if words[i].text == "&"]
    before = words[start - 1].text if start and not words[start].breaks else ""
    generic = organisation_words().generic
    return (
        len(marks) == 1
        and not {words[start].key, words[end - 1].key} <= generic
        and end - start == 3
        and before in (",", "-", "–")
        and all(len(w.text) > 2 for w in (words[start], words[end - 1]))
    )


def _is_employer(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether "at", "from", "joined" … stand before a name that nothing in capitals follows."""
    if not start or words[start].breaks or words[start - 1].key not in _EMPLOYING:
        return False
    after = words[end] if end < len(words) and not words[end].breaks else None
    return after is None or not after.text[0].isupper()


_EMPLOYING = frozenset(words_of("organisation_grammar", "affiliations", "employing"))
