"""Words for events in running text: kinds ("workshop") and capitalised names ("Leaders Summit on Climate")."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import get_args

from spacy.tokens import Doc

from extract.fields.vocabulary import phrase_pattern, words_of
from extract.records import EventType
from extract.vocabularies import read_toml

_CONNECTORS = frozenset(words_of("event_words", "names", "connectors"))
_AFTER = frozenset(words_of("event_words", "names", "after_kind"))
_LINKS = frozenset(["-", "–", "/", "'s", "’s", "+", "'", "’"])
_MAX_LEFT = 14
_MAX_RIGHT = 12


@lru_cache(maxsize=1)
def kinds() -> dict[str, EventType]:
    """Return every noun for an event, lower case, with its type."""
    types: tuple[EventType, ...] = get_args(EventType)
    found: dict[str, EventType] = {}
    for event_type in sorted(types, key=list(read_toml("event_types")).index):
        for word in read_toml("event_types")[event_type]["words"]:
            found.setdefault(word, event_type)
    return found


@lru_cache(maxsize=1)
def kind_pattern() -> re.Pattern[str]:
    """Return the pattern that matches any noun for an event, also as the end of a capitalised compound.

    Only capitals are tried, so that English prose costs nothing: "Fachkonferenz", not "expertenconferentie".
    """
    endings = sorted(read_toml("event_types")["compounds"]["endings"], key=len, reverse=True)
    compound = rf"(?<!\w)(?-i:[A-ZÄÖÜ])[\w-]{{2,30}}(?:{'|'.join(endings)})(?:e?s)?(?!\w)"
    return re.compile(f"{phrase_pattern(kinds()).pattern}|{compound}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _last_words() -> frozenset[str]:
    return frozenset(word.split()[-1] for word in kinds())


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    """Words that end a name to the left: verbs of news and what opens a sentence."""
    last = {verb.split()[-1] for verb in words_of("title_words", "news_verbs")}
    verbs = {word for word in last if len(word) > _LONGEST_SMALL} - _ALSO_NOUNS
    return frozenset(verbs | {"to", "the", "a", "an", "this", "that", "at", "in", "its", "our", "will", "from", "by"})


_LONGEST_SMALL = 4
"""Letters of the words that end verbs of two words ("met with", "has been") and stand in names, too."""
_ALSO_NOUNS = frozenset(words_of("event_words", "names", "also_nouns"))
_ROOMS = re.compile(
    r"\s+(?:(?:&|and)\s+\w+\s+)?(?:cent(?:re|er)|room|hall|theat(?:re|er)|auditorium|building|venue|facility|house|suite)s?\b",
    re.IGNORECASE,
)


def names_event(text: str) -> bool:
    """Tell whether a text has a word for an event; a "Conference Center" or a "meeting room" has none."""
    return any(not _ROOMS.match(text, match.end()) for match in kind_pattern().finditer(text))


def event_type_of(title: str | None, text: str) -> EventType:
    """Return the kind of event that a title names, else the one that its text speaks of most.

    In a title the last noun before a preposition tells ("Side Event at the Summit" is no summit).  In a text "this
    seminar" counts most, and capitalised words least: they are of the names of other events.
    """
    if title:
        head = re.split(r"\s(?:at|of|on|for|in|zu|über|sur|sobre|su|over|op)\s|[:–—|]", title)[0]
        named = [_kind_of(match[0]) for part in (head, title) for match in kind_pattern().finditer(part)]
        in_head = [_kind_of(match[0]) for match in kind_pattern().finditer(head)]
        chosen = in_head[-1] if in_head else named[0] if named else "other"
        if chosen != "other":
            return chosen
    counts: Counter[EventType] = Counter()
    for match in kind_pattern().finditer(text):
        weight = 1 if match[0][0].isupper() or match[0].lower() in _WEAK else 3
        before = text[max(match.start() - 22, 0) : match.start()]
        counts[_kind_of(match[0])] += weight * (4 if _THIS.search(before) else 1)
    counts.pop("other", None)
    order = list(read_toml("event_types"))
    return max(counts, key=lambda kind: (counts[kind], -order.index(kind))) if counts else "other"


_THIS = re.compile(
    r"\b(?:this|our|ce|cette|cet|dieses?|diese[rm]?|este|esta|questo|questa|dit|deze)\s+(?:[\w-]+\s+)?$", re.IGNORECASE
)
_THIS_NAME = re.compile(
    r"\b(?:this|ce|cette|cet|diese[rsmn]?|este|esta|questo|questa|deze)\s+(?:[A-Z][\w’'-]*\s+){0,4}$"
)


def speaks_of_this(text: str) -> bool:
    """Tell whether a text speaks of the event at hand ("this Harbour Seminar")."""
    kinds_found = (match for match in kind_pattern().finditer(text) if match[0].lower() not in _WEAK)
    return any(_THIS_NAME.search(text[max(match.start() - 60, 0) : match.start()]) for match in kinds_found)


_WEAK = frozenset(words_of("event_words", "names", "weak"))


def _kind_of(word: str) -> EventType:
    """Return the type that a matched noun stands for; a compound's last part tells ("Fachkonferenz")."""
    plain = re.sub(r"\s+", " ", word.lower())
    if plain in kinds():
        return kinds()[plain]
    endings: dict[str, EventType] = read_toml("event_types")["compounds"]["endings"]
    return next((kind for ending, kind in endings.items() if ending in plain[-len(ending) - 2 :]), "other")


def event_names(doc: Doc, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans (characters) of capitalised event names that lie in text[start:end], two words or more."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return []
    names: list[tuple[int, int]] = []
    for token in span:
        if token.lower_ not in _last_words() or not token.text[0].isupper():
            continue
        if _is_modifier(doc, token.i):
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


def _is_modifier(doc: Doc, index: int) -> bool:
    """In "Training Squadron" and "Conference Center" the noun for an event only says which squadron or centre."""
    following = doc[index + 1] if index + 1 < len(doc) else None
    if doc[index].lower_ in _noun_first():
        return False
    return (
        following is not None
        and following.text[0].isupper()
        and following.lower_ not in _last_words()
        and (following.lower_ not in _stops())
    )


@lru_cache(maxsize=1)
def _noun_first() -> frozenset[str]:
    """Nouns of languages in which what specifies them comes after: "Seminario Internacional de Puertos"."""
    return frozenset(words_of("event_types", "noun_first", "words"))


def _extend_left(doc: Doc, index: int, first: int) -> int:
    """Walk back over capitalised words and the connectors between them."""
    best = here = index
    while here > max(first, index - _MAX_LEFT):
        token = doc[here - 1]
        if token.lower_ in _stops():
            break
        if _is_name_word(token.text):
            best = here - 1
        elif token.text == "," and here - 2 >= first and _is_list(doc, here - 1, index):
            pass
        elif token.lower_ not in _CONNECTORS and token.text not in _LINKS and not _is_acronym_bracket(doc, here - 1):
            break
        here -= 1
    return best


def _is_acronym_bracket(doc: Doc, index: int) -> bool:
    """A bracket of "Island Forum (PIF) Summit": the name goes on over a short form within it."""
    inner = doc[index - 1] if doc[index].text == ")" and index else None
    if doc[index].text == "(" and index + 1 < len(doc):
        inner = doc[index + 1]
    return inner is not None and inner.text.isupper() and 2 <= len(inner.text) <= 8


def _extend_right(doc: Doc, index: int, last: int) -> int:
    """Walk on over "on Climate", "of the Parties", a year or a number."""
    best = here = index
    after = _CONNECTORS if doc[index].lower_ in _noun_first() else _AFTER
    while here + 1 < min(last, index + _MAX_RIGHT):
        token = doc[here + 1]
        if _is_name_word(token.text) and (here == index or token.lower_ not in _stops()):
            best = here + 1
        elif token.text == "," and _is_list(doc, here + 1, last):
            pass
        elif not (token.lower_ in _CONNECTORS if here > index else token.lower_ in after) and not (
            token.lower_ == "the" and doc[here].lower_ in after
        ):
            break
        here += 1
    return best


def _is_list(doc: Doc, comma: int, last: int) -> bool:
    """ "… on Women, Peace and Security": after the comma come one or two capitals and an "and" with another."""
    at = comma + 1
    while at < min(last, comma + 3) and _is_name_word(doc[at].text):
        at += 1
    at += at < last and doc[at].text == ","
    is_and = at > comma + 1 and at + 1 < last and doc[at].lower_ in ("and", "&", "et", "und", "y", "e", "en")
    return is_and and doc[at + 1].text[0].isupper()


def _is_name_word(text: str) -> bool:
    return text[0].isupper() or (text[0].isdigit() and len(text) <= 4)
