"""Words for events in running text: kinds ("workshop") and capitalised names ("Leaders Summit on Climate")."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.vocabulary import phrase_pattern, vocabulary, words_of
from extract.records import EventType

_CONNECTORS = frozenset(["of", "on", "for", "and", "&", "de", "du", "des", "la", "le", "der", "für", "zur", "zu", "del",
                         "sobre", "sur", "y", "e", "et", "und", "di", "della", "van", "voor", "over", "between"])  # fmt: skip
_AFTER = frozenset(["on", "of", "for", "sur", "sobre", "su", "über", "zu", "over", "de"])
_LINKS = frozenset(["-", "–", "/", "'s", "’s", "+"])
_MAX_LEFT = 14
_MAX_RIGHT = 12


@lru_cache(maxsize=1)
def kinds() -> dict[str, EventType]:
    """Return every noun for an event, lower case, with its type."""
    found: dict[str, EventType] = {}
    for event_type, table in vocabulary("event_types").items():
        for word in table["words"]:
            found.setdefault(word, event_type)
    return found


@lru_cache(maxsize=1)
def kind_pattern() -> re.Pattern[str]:
    """Return the pattern that matches any noun for an event."""
    return phrase_pattern(kinds())


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(word.split()[-1] for word in kinds())


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    """Words that end a name to the left: verbs of news and what opens a sentence."""
    verbs = {verb.split()[-1] for verb in words_of("title_words", "news_verbs")} - {"in", "at"}
    return frozenset(verbs | {"to", "the", "a", "an", "this", "that", "at", "in", "its", "our", "will", "from", "by"})


def event_type_of(title: str | None, text: str) -> EventType:
    """Return the kind of event that a title names, else the one that its text speaks of most.

    The specific word wins over the general one: "event", "meeting" and "session" are said of any event.
    """
    for source in (title or "", text):
        counts: Counter[EventType] = Counter()
        for match in kind_pattern().finditer(source):
            kind = kinds().get(re.sub(r"\s+", " ", match[0].lower()), "other")
            counts[kind] += 1 if kind in ("other", "meeting") else 3
        if counts and (source is text or set(counts) != {"other"}):
            order = list(vocabulary("event_types"))
            return max(counts, key=lambda kind: (counts[kind], -order.index(kind)))
    return "other"


def event_names(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans (characters) of capitalised event names that lie in text[start:end], two words or more."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return []
    names: list[tuple[int, int]] = []
    for token in span:
        if token.lower_ not in _last_words() or not token.text[0].isupper():
            continue
        left = _extend_left(doc, token.i, span.start)
        right = _extend_right(doc, token.i, span.end)
        if right - left < 1:
            continue
        begin, stop = doc[left].idx, doc[right].idx + len(doc[right])
        if names and names[-1][1] >= begin:
            begin = min(begin, names.pop()[0])
        names.append((begin, stop))
    return names


def _extend_left(doc: Doc, index: int, first: int) -> int:
    """Walk back over capitalised words and the connectors between them."""
    best = here = index
    while here > max(first, index - _MAX_LEFT):
        token = doc[here - 1]
        if token.lower_ in _stops():
            break
        if _is_name_word(token.text):
            best = here - 1
        elif token.lower_ not in _CONNECTORS and token.text not in _LINKS:
            break
        here -= 1
    return best


def _extend_right(doc: Doc, index: int, last: int) -> int:
    """Walk on over "on Climate", "of the Parties", a year or a number."""
    best = here = index
    while here + 1 < min(last, index + _MAX_RIGHT):
        token = doc[here + 1]
        if _is_name_word(token.text) and (here == index or token.lower_ not in _stops()):
            best = here + 1
        elif not (token.lower_ in _CONNECTORS if here > index else token.lower_ in _AFTER) and not (
            token.lower_ == "the" and doc[here].lower_ in _AFTER
        ):
            break
        here += 1
    return best


def _is_name_word(text: str) -> bool:
    return text[0].isupper() or (text[0].isdigit() and len(text) <= 4)
