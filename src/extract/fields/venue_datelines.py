"""Datelines, the places in front of news: "VILNIUS, Oct 28 (Agency) – ", "Lima, Peru: "."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span

from extract.countries import find_country, find_state
from extract.fields.venue_candidates import PlaceCandidate, PlaceContext
from extract.fields.venue_cities import as_city
from extract.fields.venue_parts import Place
from extract.fields.vocabulary import pattern_of
from extract.places import find_city

_DATELINE_SCORE = 3.0
_DATELINE_END = re.compile(r"(\s?(?:[–—]|--)\s?|\s-\s|(?<=[\w)])(?::|\.\s?[-–—])\s)")
_AFTER_AGENCY = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý .’'-]{2,30},?\s+\)(\s)(?=[A-ZÀ-Ý])")
"""A city in capitals and its agency, without a dash: "OSLO, (News Point) The"."""
_LONGEST_DATELINE, _SHORTEST_NEWS = 90, 40
"""Characters before the dash of a dateline at most, and of the news behind it in its line at least."""
_LEAD = re.compile(r"[\s*_“\"(]*(?:date\s)?(?:\d{4}-\d\d-\d\d\s+)?")
"""Before a dateline: marks, and a page's own day."""
_ASIDE = re.compile(r"\([^()\n]{1,60}\)|/[^/\n]{2,30}/|\b(?:1[0-2]|0?[1-9])[./](?:[0-3]?\d)\b")
"""In a dateline: the agency, the abbreviated state, a day that is no date by itself."""
_LONGEST_REST = 3
"""Words of a dateline beside its place and day: an agency, a small word before the day."""


def dateline(context: PlaceContext, sentence: Span) -> Iterator[PlaceCandidate]:
    """ "VILNIUS, Oct 28 (Agency) – ", "Lima, Peru: " open news: where it happened, unless the text says another."""
    start = _LEAD.match(context.text, sentence.start_char).end()  # type: ignore[union-attr]
    line_start = context.text.rfind("\n", 0, sentence.start_char) + 1
    if context.text[line_start : sentence.start_char].strip():
        return
    line_end = context.text.find("\n", start) % (len(context.text) + 1)
    head = _ASIDE.sub(_blank, context.text[start : min(start + _LONGEST_DATELINE, line_end)])
    match = _DATELINE_END.search(head) or _AFTER_AGENCY.match(head)
    end = start + match.end() if match else line_end
    if match is None or line_end - end < _SHORTEST_NEWS or not context.text[end].isalpha():
        return
    pieces = _dateline_pieces(context, start, start + match.start(1))
    first = context.text[slice(*pieces[0])] if pieces else ""
    is_base = len(pieces) > 1 and pattern_of("venue_words", "bases").search(first) is not None
    place = context.parse(pieces[0][0], pieces[-1][1]) if is_base else _city_of(context, pieces)
    if place and place.country_code and (place.has_name or not is_base):
        yield PlaceCandidate(place, *pieces[0], _DATELINE_SCORE, "dateline")


def _blank(aside: re.Match[str]) -> str:
    """Return as many blanks as what stands in brackets, closed by their end: a dash inside ends no dateline."""
    return " " * (len(aside[0]) - 1) + (")" if aside[0][-1] == ")" else " ")


def _dateline_pieces(context: PlaceContext, start: int, end: int) -> list[tuple[int, int]]:
    """Return what stands between the commas of a dateline, days and agencies apart."""
    gaps = [(match.start(), match.end()) for match in _ASIDE.finditer(context.text, start, end)]
    gaps += [(max(begin, start), min(stop, end)) for begin, stop in context.times if begin < end and stop > start]
    gaps += [(at, at + 1) for at in range(start, end) if context.text[at] in ",;"]
    pieces = []
    position = start
    for begin, stop in [*sorted(gaps), (end, end)]:
        written = context.text[position:begin]
        if written.strip(" ."):
            opening = position + len(written) - len(written.lstrip())
            pieces.append((opening, opening + len(written.strip())))
        position = max(position, stop)
    return pieces


def _city_of(context: PlaceContext, pieces: list[tuple[int, int]]) -> Place | None:
    """Return the city that opens a dateline, of a small town its country; None where a sentence opens."""
    if not pieces:
        return None
    start, end = pieces[0]
    written = context.text[start:end]
    others = [context.text[slice(*piece)] for piece in pieces[1:]]
    country = next((code for other in others if (code := find_country(other))), None)
    rest = [other for other in others if find_country(other) is None and not find_state(other) and not as_city(other)]
    city = as_city(written.title() if written.isupper() else written)
    if sum(len(other.split()) for other in rest) > _LONGEST_REST:
        return None
    if city is None:
        state = next((known for other in others if (known := find_state(other))), None)
        code = country or (state and state[0])
        is_town = code is not None and written.isupper() and len(written.split()) <= _LONGEST_REST
        return Place(country_code=code) if is_town else None
    if country and country != city.country_code:
        city = find_city(written, country) or city
    return Place(city=city, country_code=city.country_code, city_start=start, city_end=end)
