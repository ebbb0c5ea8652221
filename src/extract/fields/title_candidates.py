"""What the readers of titles share: a candidate with its weight and why, and quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.fields.event_names import kind_pattern
from extract.fields.vocabulary import pattern_of

_BETWEEN = 40
"""Characters between a word for an event and the quotation that names it: "workshop under the title “…”"."""
_QUOTES = re.compile(
    r"[“„«][^\S\n]?([^“”„«»\n]{6,200})[”“»]|\"([^\"\n]{6,200})\"|(?<!\w)‘((?:[^‘’\n]|’(?=\w)){6,200})’(?!\w)|"
    r"(?<!\w)'((?:[^'\n]|'(?=\w)){6,200})'(?!\w)|[「『]([^「」『』\n]{6,120})[」』]"
)
_CLAUSE = 250
"""Characters in which a sentence may speak of the event before it quotes its subject."""
_LONGEST_NAME = 14
"""Words beyond which what is quoted with a comma at its end is speech."""
_OWNED = re.compile(r"\w(?:’s|'s|s’|s')\s$")
"""Before a quotation: it is someone's ("the harbour’s ‘First Steps’ class"), not the event's."""
_SENTENCE = re.compile(r"[.;!?]\s")
_SPEECH = re.compile(r"[,.]$|^(?:I|We|You)\b")
_SAID = re.compile(r"\b(?:said|says|told|added|noted|adding|stressed|explained|sagte|a déclaré|dijo|ha detto)\b")


@dataclass(frozen=True, slots=True)
class TitleCandidate:
    """A name that the event may have; `weight` is on the scale of head lines (0.5 to 3.5), `reasons` say what made it.

    `start`/`end` are None for a title that the text itself does not print.
    """

    text: str
    start: int | None
    end: int | None
    weight: float
    source: str
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headlines:
    """What the head of a page gives: its candidates, the headline itself, and whether that is a sentence of news."""

    candidates: tuple[TitleCandidate, ...] = ()
    text: str = ""
    is_news: bool = False


def quotations(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans within quotation marks that may be names: no speech, no single word."""
    for match in _QUOTES.finditer(text, start, end):
        begin, stop = next(match.span(group) for group in range(1, 6) if match[group])
        inner = text[begin:stop].strip()
        around = text[max(match.start() - 40, start) : match.start()] + text[match.end() : match.end() + 30]
        ends_clause = _SPEECH.search(inner) or text[match.end() : match.end() + 1] == ","
        is_speech = ends_clause and (_SAID.search(around) or len(inner.split()) > _LONGEST_NAME)
        is_words = len(inner.split()) > 1 or match[5] is not None
        # a straight mark is an apostrophe, too: it quotes a name where a word for an event says so
        is_quoted = not match[4] or names_what_is_quoted(text, start, begin, stop, end)
        if is_quoted and not is_speech and is_words and not inner[0].islower():
            yield begin, stop


def is_said_to_be_title(text: str, start: int, begin: int, stop: int, end: int) -> bool:
    """Tell whether words say that a quotation is the title of an event ("the forum entitled “…”"), not of a paper."""
    before, after = text[max(begin - 80, start) : begin - 1], text[stop + 1 : min(stop + 80, end)]
    before, after = _SENTENCE.split(before)[-1], _SENTENCE.split(after)[0]
    titled = _last_words(before, "titled_before")
    if titled is None and not pattern_of("title_words", "titled_after").match(after.lstrip(" ,")):
        return False
    near = before[:titled] + after if titled is not None else after
    is_event = any(kind[0].lower() not in ("session", "panel", "talk") for kind in kind_pattern().finditer(near))
    return is_event and not pattern_of("title_words", "items").search(near)


def is_subject_of_event(text: str, start: int, begin: int) -> bool:
    """Tell whether a quotation is what an event named before in its sentence is on: "the congress held by A on “…”"."""
    clause = _SENTENCE.split(text[max(begin - _CLAUSE, start) : begin - 1])[-1]
    is_about = _last_words(clause, "subject_words") is not None and kind_pattern().search(clause) is not None
    return is_about and not pattern_of("title_words", "items").search(clause)


def _is_of_item(before: str) -> bool:
    """ "a statement titled": what has a title is said in print; a lecture is an event, too."""
    item = pattern_of("title_words", "items").search(before)
    return item is not None and not kind_pattern().search(before)


def _last_words(before: str, words: str) -> int | None:
    """Return where one of some words begins that ends a text ("… forum entitled:"), None where none does."""
    matches = pattern_of("title_words", words).finditer(before)
    return next((match.start() for match in matches if not before[match.end() :].strip(" \t\n:,")), None)


def names_what_is_quoted(text: str, start: int, begin: int, stop: int, end: int) -> bool:
    """Tell whether a word for an event stands right before or after a quotation ("the seminar on “…”")."""
    before = text[max(begin - _BETWEEN - 20, start) : begin - 1]
    is_owned = _OWNED.search(before) is not None
    after = text[stop + 1 : min(stop + 40, end)].lstrip(" ,")
    titled = _last_words(before, "titled_before")
    if titled is not None and not _is_of_item(before[max(titled - _BETWEEN, 0) : titled]):
        return True
    if pattern_of("title_words", "titled_after").match(after):
        return True
    for kind in (*kind_pattern().finditer(before), *pattern_of("title_words", "also_quoted").finditer(before)):
        if not is_owned and len(before) - kind.end() <= _BETWEEN and not re.search(r"[.;!?]\s", before[kind.end() :]):
            return True
    return any(kind.start() <= 3 for kind in kind_pattern().finditer(text[stop + 1 : min(stop + 30, end)]))
