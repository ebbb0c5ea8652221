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
_TITLED = re.compile(
    r"\b(?:dal titolo|intitolat[oa]|si intitola|titulad[oa]|con el título|bajo el título|intitulée?s?|sous le titre|"
    r"unter dem titel|mit dem titel|zum thema|getiteld|onder de titel|under the title|entitled|titled)[\s:,]*$",
    re.IGNORECASE,
)
_IS_TITLE = re.compile(
    r"[”“»\"’]?,?\s+(?:è il titolo|is the title|lautet der titel|est le titre|es el título)\b", re.IGNORECASE
)
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
        is_speech = ends_clause and _SAID.search(around)
        is_words = len(inner.split()) > 1 or match[5] is not None
        # a straight mark is an apostrophe, too: it quotes a name where a word for an event says so
        is_quoted = not match[4] or names_what_is_quoted(text, start, begin, stop, end)
        if is_quoted and not is_speech and is_words and not inner[0].islower():
            yield begin, stop


def names_what_is_quoted(text: str, start: int, begin: int, stop: int, end: int) -> bool:
    """Tell whether a word for an event stands right before or after a quotation ("the seminar on “…”")."""
    before = text[max(begin - _BETWEEN - 20, start) : begin - 1]
    if _TITLED.search(before) or _IS_TITLE.match(text, stop, end):
        return True
    for kind in (*kind_pattern().finditer(before), *pattern_of("title_words", "also_quoted").finditer(before)):
        if len(before) - kind.end() <= _BETWEEN and not re.search(r"[.;!?]\s", before[kind.end() :]):
            return True
    return any(kind.start() <= 3 for kind in kind_pattern().finditer(text[stop + 1 : min(stop + 30, end)]))
