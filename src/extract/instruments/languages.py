"""Instruments named in French, Spanish, Italian and German, whose names go on in small letters or are compounds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.gazetteer import Word
from extract.instruments.candidate import Candidate, over_years
from extract.instruments.vocabulary import InstrumentWords
from extract.organisations.grammar import Grammar
from extract.organisations.romance import over_adjectives, over_romance
from extract.organisations.vocabulary import organisation_words
from extract.places import find_city
from extract.vocabularies import words_of

_OF = frozenset(words_of("instrument_words", "grammar", "romance_of"))
_ARTICLES = frozenset(words_of("instrument_words", "grammar", "romance_articles"))
_WHITE_PAPERS = frozenset(words_of("instrument_words", "grammar", "white_papers"))
_RARE = frozenset(words_of("instrument_words", "grammar", "rare_programmes"))
_INFLECTED = ("er", "e", "en", "es", "em", "isch", "ische")
MAX_TAIL = 6
"""Words in capitals behind a head."""


def by_romance_head(words: Sequence[Word], grammar: Grammar, vocabulary: InstrumentWords) -> Iterator[Candidate]:
    """Yield "Accordo di cooperazione nel campo della Difesa", "plan Schuman", "accord de Paris"."""
    for index, word in enumerate(words[:-1]):
        kind = vocabulary.romance.get(word.key)
        if kind is None or words[index + 1].breaks:
            continue
        if word.text[0].isupper():
            end = _over_name(words, grammar, index + 1)
            if _is_name(words, grammar, index, end, kind):
                yield Candidate(index, over_years(words, end), kind)
        elif (place_end := _over_place(words, grammar, index)) is not None:
            yield Candidate(index, over_years(words, place_end), kind)


def _over_name(words: Sequence[Word], grammar: Grammar, at: int) -> int:
    """Go on over adjectives, subjects in small letters and capitals, up to the body whose instrument it is."""
    end = at
    while grammar.inside(end) and grammar.is_capital(end) and end - at < MAX_TAIL and end not in grammar.known_at:
        end += 1
    if words[end - 1].key in ("livre", "libro") and grammar.inside(end) and words[end].key in _WHITE_PAPERS:
        end += 1
    end = over_romance(grammar, end)
    if grammar.inside(end + 2) and [w.key for w in words[end : end + 2]] in (["nel", "campo"], ["en", "materia"]):
        end += 2
    for _ in range(MAX_TAIL):
        step = end
        while grammar.inside(step) and (
            words[step].key in _OF or words[step].key in ("nel", "en", "para", "por", "sur")
        ):
            step += 1
        while grammar.inside(step) and (words[step].key in _ARTICLES or words[step].text in "'’"):
            step += 1
        is_body = step in grammar.known_at or (grammar.inside(step) and organisation_words().is_head(words[step].key))
        if step == end or not grammar.inside(step) or not grammar.is_capital(step) or is_body:
            break
        while grammar.inside(step) and grammar.is_capital(step):
            step += 1
        end = over_adjectives(grammar, step)
    return end


def _is_name(words: Sequence[Word], grammar: Grammar, start: int, end: int, kind: str) -> bool:
    """Tell a name from a heading ("Programme de la journée") or a plain noun with a capital at a sentence's start."""
    tail = words[start + 1 : end]
    is_romance = any(word.key in _OF | _ARTICLES for word in tail) or (
        bool(tail) and over_adjectives(grammar, start + 1) > start + 1
    )
    has_capital = any(word.text[0].isupper() for word in tail)
    is_first = start == 0 or words[start].breaks or words[start - 1].text in ".:!?"
    if words[start].key in ("livre", "libro"):
        return bool(tail) and tail[0].key in _WHITE_PAPERS
    if has_capital:
        return is_romance or words[start].key.endswith(("o", "a", "cion", "zione"))
    return is_romance and len(tail) > 1 and not is_first and (kind != "programme" or words[start].key in _RARE)


def _over_place(words: Sequence[Word], grammar: Grammar, head: int) -> int | None:
    """Return where a name with a small head ends: "plan Schuman", "accord de Paris"; None for a plain noun."""
    at = head + 1
    if words[head].key == "plan":
        is_name = grammar.inside(at) and grammar.is_capital(at) and words[at].text[1:].islower()
        before = words[head - 1].key if head else ""
        return at + 1 if is_name and before in ("le", "du", "el", "il", "del", "au") else None
    if not grammar.inside(at + 1) or words[at].key not in _OF or not grammar.is_capital(at + 1):
        return None
    end = at + 2
    while grammar.inside(end) and grammar.is_capital(end):
        end += 1
    place = " ".join(word.text for word in words[at + 1 : end])
    return end if find_city(place) is not None else None


def by_compound(words: Sequence[Word], grammar: Grammar, vocabulary: InstrumentWords) -> Iterator[Candidate]:
    """Yield German names of an adjective in capitals and a compound: "Bonner Zusatzabkommen", "Charta von Paris"."""
    for index, word in enumerate(words):
        kind = next((k for end, k in vocabulary.compounds.items() if word.key.endswith(end)), None)
        if kind is None or not word.text[0].isupper() or word.text.isupper():
            continue
        start = index
        while start and not words[start].breaks and _is_adjective(words, start - 1):
            start -= 1
        is_first = start == 0 or words[start].breaks or words[start - 1].text in ".:!?"
        end = index + 1
        if grammar.inside(end + 1) and words[end].key == "von" and find_city(words[end + 1].text) is not None:
            yield Candidate(start, end + 2, kind)
        elif start < index and not is_first:
            yield Candidate(start, over_years(words, _over_subject(words, grammar, end)), kind)


def _is_adjective(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.text in "-‑":
        return at > 0
    is_inflected = word.key.endswith(_INFLECTED) or (at + 1 < len(words) and words[at + 1].text in "-‑")
    return word.kind == "word" and word.text[0].isupper() and is_inflected and len(word.text) > len("Eine")


def _over_subject(words: Sequence[Word], grammar: Grammar, end: int) -> int:
    """Go on over "über die Zusammenarbeit", "zum Schutz der See"."""
    at = end
    if not grammar.inside(at) or words[at].key not in ("uber", "zum", "zur"):
        return end
    at += 1
    while grammar.inside(at) and words[at].key in ("die", "der", "das", "den"):
        at += 1
    return at + 1 if grammar.inside(at) and grammar.is_capital(at) else end
