"""Names that the words around them tell: "Director of HPCJ", "the HBRI & LKC webinar", "Oslo's defence ministry"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.gazetteer import Word, instruments, is_acronym
from extract.gazetteer.words import keyset
from extract.organisations.candidates import Candidate
from extract.organisations.country_tails import over_country
from extract.organisations.hosting import names_event
from extract.organisations.vocabulary import countries, is_large_city, organisation_words
from extract.vocabularies import words_of

_LEADERS = frozenset(words_of("organisation_grammar", "told", "leaders"))
_OF = keyset("of at de du der des del della von vom")
_ARTICLES = keyset("the la le les l el il lo")
MIN_SHORT = 3
_JOINTS = keyset("and & / und et")
_DEPARTMENTS = frozenset(words_of("organisation_grammar", "told", "departments"))
_DEMONSTRATIVE = frozenset(words_of("organisation_grammar", "told", "demonstrative"))


def from_posts(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield an unknown short form that somebody leads or belongs to: "President of the HPCJ"."""
    for index, word in enumerate(words):
        if not is_short_name(words, index) or _goes_on(words, index):
            continue
        before = [w for w in words[max(index - 3, 0) : index] if w.key not in _ARTICLES]
        if len(before) > 1 and before[-1].key in _OF and before[-2].key in _LEADERS and not word.breaks:
            yield Candidate(index, index + 1, "slot")


def is_short_name(words: Sequence[Word], index: int) -> bool:
    """Tell whether a word in capitals may be a body's short form: no country, field, agreement, nor a shouted word."""
    text = words[index].text
    if (
        not (len(text) >= MIN_SHORT and text.isalpha() and text.isupper() and is_acronym(text))
        or text in organisation_words().field_acronyms
    ):
        return False
    if countries().code((words[index].key,)) or instruments().lookup(text):
        return False
    near = (*words[max(index - 2, 0) : index], *words[index + 1 : index + 3])
    return sum(w.text.isupper() and len(w.text) > MIN_SHORT for w in near) < 2


def _goes_on(words: Sequence[Word], index: int) -> bool:
    after = words[index + 1] if index + 1 < len(words) and not words[index + 1].breaks else None
    return after is not None and (after.text[0].isupper() or after.text[0].isdigit() or after.text in "-–/&")


def from_think_tanks(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield the names beside "think tank": "the Canal Street think tank", "the think tank Larkmont"."""
    for index in range(len(words) - 1):
        if words[index].key not in ("think", "thinktank", "denkfabrik") or words[index].breaks:
            continue
        behind = index + 1
        if words[index].key == "think":
            behind += words[behind].text == "-"
            if behind >= len(words) or words[behind].key not in ("tank", "tanks"):
                continue
            behind += 1
        start = index
        while start and _is_name_part(words[start - 1]) and not words[start].breaks:
            start -= 1
        end = behind
        while end < len(words) and _is_name_part(words[end]) and not words[end].breaks:
            end += 1
        for first, last in ((start, index), (behind, end)):
            first += first < last and words[first].key in organisation_words().not_first
            keys = tuple(word.key for word in words[first:last])
            if keys and not countries().code(keys) and not is_large_city(words[first].text):
                yield Candidate(first, last, "slot")


def _is_name_part(word: Word) -> bool:
    return word.kind == "word" and word.text[0].isupper()


def from_short_pairs(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield two unknown short forms that hold an event together: "the HBRI & LKC webinar"."""
    for index in range(1, len(words) - 3):
        if words[index + 1].key not in _JOINTS or words[index - 1].key not in _DEMONSTRATIVE:
            continue
        after = words[index + 3]
        if any(word.breaks for word in words[index : index + 4]) or not names_event(after.text):
            continue
        if after.text[0].islower() and is_short_name(words, index) and is_short_name(words, index + 2):
            yield Candidate(index, index + 1, "slot")
            yield Candidate(index + 2, index + 3, "slot")


def from_ministries(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield ministries in small letters whose country stands beside: "Oslo's defence ministry"."""
    for index in range(1, len(words) - 1):
        if words[index].key != "ministry" or words[index - 1].key not in _DEPARTMENTS or index < 2:
            continue
        if words[index].text[0].isupper() or words[index].breaks or words[index - 1].breaks:
            continue
        start, end = index - 1, index + 1
        size = next((n for n in (2, 1) if _is_adjective(words, start, n)), 0)
        after = over_country(words, end)
        if size or after > end or _is_owned(words, start):
            yield Candidate(start - size, after, "pattern")


def _is_adjective(words: Sequence[Word], start: int, size: int) -> bool:
    run = words[max(start - size, 0) : start]
    return len(run) == size and countries().by_adjective.get(tuple(word.key for word in run)) is not None


def _is_owned(words: Sequence[Word], start: int) -> bool:
    """Tell whether a country or a capital stands before in the genitive."""
    if start < 2 or words[start - 1].kind != "possessive":
        return False
    keys = [tuple(word.key for word in words[max(start - 1 - n, 0) : start - 1]) for n in (3, 2, 1)]
    return any(countries().by_name.get(run) for run in keys) or is_large_city(words[start - 2].text)


def from_nordic_names(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield names whose head is written small behind a capital: "Utrikespolitiska institutet", "Lunds universitet"."""
    for index, word in enumerate(words[1:], 1):
        before = words[index - 1]
        if word.key not in _NORDIC or word.text[0].isupper() or word.breaks or not _is_name_part(before):
            continue
        if before.key not in organisation_words().not_first and before.key not in _NORDIC_ARTICLES:
            start = index - 2 if index > 1 and _is_name_part(words[index - 2]) and not before.breaks else index - 1
            start += start < index - 1 and words[start].key in _NORDIC_ARTICLES
            yield Candidate(start, index + 1, "pattern")


_NORDIC = frozenset(words_of("organisation_grammar", "names", "nordic"))
_NORDIC_ARTICLES = keyset("den det de ett en vid pa fran av i och for till")
