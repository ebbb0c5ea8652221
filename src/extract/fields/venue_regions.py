"""How far the words behind a preposition reach that may be a place: capitals, their links, commas between them."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from extract.countries import find_country
from extract.fields.venue_candidates import PlaceContext
from extract.fields.venue_cities import as_city
from extract.fields.vocabulary import words_of

_ARTICLES = frozenset(words_of("venue_words", "articles"))
_OF = frozenset(words_of("venue_words", "of"))
_INTO_CITY = frozenset(words_of("venue_words", "into_city"))
_STATE_STOP = re.compile(r"^(?:[A-Z]\.){2,}$")
_LOCATED = frozenset(words_of("venue_words", "located"))
_WARDS = frozenset(words_of("venue_words", "wards"))
_ELIDED = re.compile(r"(?:l|d|dell|all|nell|sull)[’'](?=\w)")
GLUED = re.compile(r"(?:l|[Aa]ll|[Nn]ell)[’'](?=\w)")
"""An article or a preposition that is one token with the name behind it: "all’Istituto"."""


def region_after(context: PlaceContext, first: int, sentence: Span) -> tuple[int, int] | None:
    """Return the words from a token on that may be a place: capitals, their connectors, commas between them."""
    doc = context.doc
    if first < sentence.end and doc[first].text in _ARTICLES:
        first += 1  # the capital of "at The Pier" and "in Los Angeles" makes it a part of the name
    first += 2 * _is_city_of(context, first, sentence)
    opening = first
    first = premises_end(context, first, sentence)
    elided = 0
    if first < sentence.end and (article := GLUED.match(doc[first].text)):
        elided = article.end()
    if first >= sentence.end or not _opens_name(doc[first], elided):
        return None
    stops = context.time_starts
    last = here = first
    end = context.organisation_end(doc[first].idx)
    while here < min(sentence.end, first + 45):
        part = doc[here]
        if part.idx >= end and (part.idx in stops or _is_second_city(doc[last], part)):
            break
        is_next = here > first and part.idx >= end and (part.lower_ == "for" or GLUED.match(part.text))
        if is_next and _is_geography(context.text[doc[first].idx : part.idx]):
            break
        if _is_place_word(part) or part.idx < end or (here == first and (elided or part.text in _small_buildings())):
            last = here
            if here + 1 < sentence.end and doc[here + 1].text in _building_adjectives():
                last = here = here + 1  # "École militaire"
            if _STATE_STOP.match(part.text) and here > first and part.idx >= end:
                break
        elif (
            here == last + 1
            and (house := _small_house(doc, here, sentence.end))
            and not _is_geography(context.text[doc[first].idx : doc[last].idx + len(doc[last])])
        ):
            last = here = house
        elif not (_is_link(part) or (here <= first + 2 and doc[first].lower_[elided:] in _small_buildings())):
            break
        here += 1
    stop = max(doc[last].idx + len(doc[last]), min(end, sentence.end_char))
    is_cut = context.text[stop : stop + 1] in ("-", "–") and not context.text[stop + 1 : stop + 2].isspace()
    return None if is_cut else (doc[opening].idx + elided * (opening == first), stop)


def _small_house(doc: Doc, here: int, end: int) -> int:
    """Return the token of a house in small letters behind a name ("the TIDE coordination center"), 0 for none."""
    for at in range(here, min(here + 2, end)):
        word = doc[at].text
        if not word.isalpha() or not word.islower() or word in words_of("venue_words", "connectors"):
            return 0
        if at > here and word in _houses():
            return at
    return 0


@lru_cache(maxsize=1)
def _houses() -> frozenset[str]:
    return frozenset(("centre", "center", "hall", "building", "hotel", "headquarters", "campus", "museum", "library"))


def _is_link(token: Token) -> bool:
    """Tell whether a word in small letters or a mark may stand between the capitals of a place."""
    if token.text in (",", "(", ")", "|", "\t") or token.lower_ in _connectors() or token.text in _LOCATED:
        return True
    if token.text == "an" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("der", "dem", "den"):
        return True  # "Seminarzentrum an der Hafenallee 4"
    if token.text in _building_adjectives() or (token.lower_ in _INTO_CITY and _is_city_next(token)):
        return True
    return token.text in _small_buildings() and token.nbor(-1).lower_ in _OF


def premises_end(context: PlaceContext, first: int, sentence: Span) -> int:
    """Return the token after "(the) premises of (the)", the first one where no such words stand."""
    doc = context.doc
    at = first + 1 if first < sentence.end and doc[first].lower_ in _ARTICLES else first
    if at + 2 < sentence.end and doc[at].lower_ in _premises_words() and doc[at + 1].lower_ in _OF:
        return at + 3 if doc[at + 2].lower_ in _ARTICLES else at + 2
    return first


def _is_city_next(token: Token) -> bool:
    """ "Sala Verde di Palazzo Mare, a Roma": the city of a building behind its preposition."""
    words = [token.nbor(step).text for step in (1, 2) if token.i + step < len(token.doc)]
    return any(as_city(" ".join(words[:size])) is not None for size in (2, 1) if len(words) >= size)


def _is_geography(written: str) -> bool:
    """ "the Netherlands for the Harbour Meeting", "a Lima l'Incontro": a country or city is whole there."""
    return bool(find_country(written.strip()) or as_city(written.strip()))


def _is_city_of(context: PlaceContext, first: int, sentence: Span) -> bool:
    """ "en la ciudad de Lima", "in the city of Graz"."""
    is_long = first + 2 < sentence.end
    return is_long and context.doc[first].lower_ in _city_words() and context.doc[first + 1].lower_ in _OF


def _is_second_city(last: Token, part: Token) -> bool:
    """ "in Madrid and Vilnius": two cities are no one place."""
    is_and = part.lower_ in ("and", "und", "et", "y") and part.i + 1 < len(part.doc)
    is_next = is_and and (part.nbor(1).lower_ == "the" or as_city(part.nbor(1).text) is not None)
    return is_next and as_city(last.text) is not None


def _opens_name(token: Token, elided: int = 0) -> bool:
    """Tell whether a name can begin with a token; `elided` letters of it are an article ("l’École")."""
    text = token.text[elided:]
    if not text:
        return False
    if text.lower() in ("central", "downtown"):
        return True
    if text in _small_buildings():
        rest = [token.nbor(step).text for step in (1, 2, 3, 4) if token.i + step < len(token.doc)]
        is_name_near = any(word[0].isupper() or word[0].isdigit() or word[2:3].isupper() for word in rest)
        return is_name_near and rest[0][0].isalnum()
    follows = token.i + 1 < len(token.doc) and token.nbor(1).text[0].isupper()
    return text[0].isupper() or (text[0].isdigit() and len(text) <= 4 and follows)


def _is_place_word(token: Token) -> bool:
    if token.text in _WARDS and token.i and token.nbor(-1).text == "-":
        return True
    elided = _ELIDED.match(token.text)
    text = token.text[elided.end() :] if elided else token.text
    is_small_building = elided is not None and text in _small_buildings()
    return is_small_building or text[0].isupper() or text[0].isdigit() or "\u3040" <= text[0] <= "\u9fff"


@lru_cache(maxsize=1)
def _connectors() -> frozenset[str]:
    return frozenset(words_of("venue_words", "connectors"))


@lru_cache(maxsize=1)
def _small_buildings() -> frozenset[str]:
    return frozenset(words_of("venue_words", "small_buildings"))


@lru_cache(maxsize=1)
def _building_adjectives() -> frozenset[str]:
    return frozenset(words_of("venue_words", "building_adjectives"))


@lru_cache(maxsize=1)
def _premises_words() -> frozenset[str]:
    return frozenset(words_of("venue_words", "premises"))


@lru_cache(maxsize=1)
def _city_words() -> frozenset[str]:
    return frozenset(words_of("venue_words", "city_words"))
