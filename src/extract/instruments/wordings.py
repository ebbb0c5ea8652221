"""Instruments told by other words than a capitalised head: codenames, titles in quotation marks, small letters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.gazetteer import Word
from extract.instruments.candidate import Candidate, over_years
from extract.instruments.vocabulary import InstrumentWords, instrument_words
from extract.organisations.grammar import Grammar
from extract.organisations.right import extend_right
from extract.vocabularies import words_of

_OPERATIONS = frozenset(["operation", "unternehmen"])
CODENAMES = frozenset(words_of("instrument_words", "grammar", "codenames"))
_NO_CODENAMES = frozenset(words_of("instrument_words", "grammar", "no_codenames"))
_CLOSING = frozenset("\"”“»'’")
_QUOTES = frozenset("\"“„«'‘")
_SUBJECT_PREPOSITIONS = frozenset(words_of("instrument_words", "grammar", "subject_prepositions"))
MIN_SUBJECT = 3
"""An agreement in small letters is a name when its subject has two words with capitals at least."""


def by_codename(words: Sequence[Word], grammar: Grammar) -> Iterator[Candidate]:
    """Yield "Operation X", "exercise X" with the name that follows in capitals."""
    for index, word in enumerate(words[:-1]):
        if words[index + 1].key in _NO_CODENAMES:
            continue
        if word.key not in CODENAMES or not grammar.is_capital(index + 1) or words[index + 1].breaks:
            continue
        if (word.key == "operation" and word.text[0].islower()) or (index and words[index - 1].text in _QUOTES):
            continue
        end = index + 2
        while (
            end < len(words)
            and not words[end].breaks
            and end - index < 5
            and (grammar.is_capital(end) or words[end].text in "-")
        ):
            end += 1
        if end < len(words) and words[end].text.isdigit() and len(words[end].text) == 2 and not words[end].breaks:
            end += 1  # "Resolute Dragon 23"
        yield Candidate(
            index if word.text[0].isupper() and word.key in _OPERATIONS else index + 1,
            over_years(words, end),
            "operation" if word.key in _OPERATIONS else "exercise",
        )


def by_quotes(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield a name in quotation marks after what it is: "the programme ‘Harbours of Tomorrow’"."""
    types = instrument_words().type_of_head
    for index in range(1, len(words) - 2):
        kind = types.get((words[index - 1].key,))
        if kind is None or words[index].text not in _QUOTES or words[index].breaks:
            continue
        close = next((i for i in range(index + 1, min(index + 10, len(words))) if words[i].text in _CLOSING), None)
        end = close
        if close and words[close - 1].text == ")":
            end = next((i for i in range(index + 1, close) if words[i].text == "("), close)
        if end and end > index + 1 and words[index + 1].text[0].isupper():
            yield Candidate(index + 1, end, kind)


def by_subject(words: Sequence[Word], grammar: Grammar, vocabulary: InstrumentWords) -> Iterator[Candidate]:
    """Yield agreements in small letters with their subject written large: "the agreement on Port Security"."""
    for index in range(len(words) - 3):
        kind = vocabulary.type_of_head.get((words[index].key,))
        if kind not in ("agreement", "declaration") or not words[index].text.islower():
            continue
        if words[index + 1].key not in _SUBJECT_PREPOSITIONS or grammar.is_indefinite(index):
            continue
        end = extend_right(grammar, index)
        if end - index > MIN_SUBJECT and sum(map(grammar.is_capital, range(index + 2, end))) >= MIN_SUBJECT - 1:
            yield Candidate(index, end, kind)


def by_lower_case(words: Sequence[Word], vocabulary: InstrumentWords) -> Iterator[Candidate]:
    """Yield the listed names that are written without capitals."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in vocabulary.lower_case:
        by_first.setdefault(phrase[0], []).append(phrase)
    for index, word in enumerate(words):
        for phrase in by_first.get(word.key, ()):
            if tuple(w.key for w in words[index : index + len(phrase)]) == phrase:
                yield Candidate(index, index + len(phrase), "declaration")
