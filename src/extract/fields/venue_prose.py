"""Places in sentences: "held at the Egmont Palace in Brussels", "met in Seoul", "BRUSSELS, 7 March – …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Span, Token

from extract.countries import find_country
from extract.fields.buildings import is_building
from extract.fields.event_names import names_event
from extract.fields.sentences import sentences_of
from extract.fields.venue_candidates import HONORIFIC, NEEDED, WEAK, PlaceCandidate, PlaceContext
from extract.fields.venue_datelines import dateline
from extract.fields.venue_evidence import (
    AT,
    INTO,
    VISITS,
    evidence_before,
    evidence_behind,
    evidence_of_opening,
    is_held,
    is_planned,
    own_subject,
)
from extract.fields.venue_news import (
    city_before_kind,
    city_of_name,
    hosting_city,
    hosting_house,
    japanese_places,
    labelled_house,
    place_before_day,
    street_in_sentence,
)
from extract.fields.venue_parts import Place
from extract.fields.venue_regions import GLUED, premises_end, region_after
from extract.fields.vocabulary import pattern_of, words_of
from extract.found import found

_INITIALS = frozenset("iwv")
"""Prepositions of one letter, which a capital makes an initial or a pronoun."""
_AFTER_COUNTRY = re.compile(
    r"\s*(?:$|[.,;:)(]|(?:on|from|for|to|at|in|this|next|last|with|by|during|between|where|which|and (?=[a-z]))\b)"
)
_DAY_THEN_PLACE = re.compile(r"[\s)]*(?:[,–—·|]|(?<=\s)-)\s+")
_WORD_BEHIND = re.compile(r"\s(?:\([^()\n]{2,15}\)\s)?(?:will\s|has\s|have\s)?([a-z])")
_ACRONYM = re.compile(r"[A-Z]{2,5}")
_LISTED = re.compile(r",\s|\s(?:and|und|et|y|e|en)\s")
_COUNTRY = 2.0
"""What a country after "in" loses that no verb of holding stands before: most such countries are the topic."""
_AND_CITY = re.compile(r"\s(?:and|und|et|y|e|en)\s(?=[A-ZÀ-Ý])")
_ONE_OF_TWO = 2.0
"""What a place loses that "and" and another name follow: "ambassadors in Riga and Oslo"."""
_SENTENCES = 30
_HEAD = 400
"""Characters in which a text about a call says so."""
_SHORTEST = 6
"""Tokens of a sentence that can state a place; a title may have fewer, and Japanese has no spaces."""
_BESIDE_DAY = 2.0
"""What a preposition right behind the event's own day is worth: "on 4 May at The Pier"."""
_DATED = 2.0
"""What the event's own day in a sentence is worth."""
_BESIDE = 100
"""Characters between a place and a past date that still speak of the same occasion."""


def places_in_prose(context: PlaceContext) -> Iterator[PlaceCandidate]:
    """Read the sentences about the event itself, and the dateline of a report; who telephones meets nowhere."""
    if _is_call(context):
        return
    yield from place_before_day(context)
    yield from city_of_name(context)
    for sentence, base, has_day in _own_sentences(context):
        if base >= 0:
            yield from dateline(context, sentence)
        for candidate in _places_of(context, sentence, base):
            is_past = not has_day and _is_beside_past(context, sentence, candidate)
            is_past = is_past and not own_subject().search(sentence.text)
            is_next = (
                context.is_report and not has_day and is_planned(context.text, sentence.start_char, candidate.start)
            )
            score = candidate.score - 2.5 * is_past - 3.0 * is_next
            is_weak = score >= WEAK and not (is_past or is_next) and _is_built(context.text, candidate.place)
            if score >= NEEDED or is_weak:
                yield candidate


def _is_call(context: PlaceContext) -> bool:
    """Tell whether the title or the head of a text speaks of a telephone call."""
    calls = pattern_of("venue_words", "calls")
    return calls.search(context.title or "") is not None or calls.search(context.text, 0, _HEAD) is not None


def _is_built(text: str, place: Place) -> bool:
    """A place told weakly is a city, or a name with a word for a building."""
    return place.name_start is None or is_building(text[place.name_start : place.name_end])


def _own_sentences(context: PlaceContext) -> Iterator[tuple[Span, float, bool]]:
    """Yield the sentences that may speak of the event, what speaks for each, and whether it holds the event's day."""
    number = 0
    working_set = found(context.doc)
    for sentence in sentences_of(context.doc):
        block = working_set.block_at(sentence.start_char)
        is_title = block is not None and block.kind == "title"
        if len(sentence) < _SHORTEST and not is_title and sentence.text.isascii():
            continue
        number += context.text[sentence.end_char - 3 : sentence.end_char].rstrip().endswith((".", "。", "!", "?"))
        has_day = any(sentence.start_char <= day.start_char < sentence.end_char for day in context.event_days)
        if number <= _SENTENCES or has_day:
            in_head = 1.0 * (number <= 3) + 1.0 * is_title - 1.0 * (number > 8 and not has_day)
            yield sentence, _DATED * has_day + in_head, has_day


def _places_of(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    yield from places_in_sentence(context, sentence, base)
    yield from hosting_city(context, sentence, base)
    yield from hosting_house(context, sentence, base)
    yield from labelled_house(context, sentence, base)
    yield from street_in_sentence(context, sentence, base)
    yield from city_before_kind(context, sentence, base)
    yield from japanese_places(context, sentence, base)


def _is_beside_past(context: PlaceContext, sentence: Span, candidate: PlaceCandidate) -> bool:
    first, last = candidate.start - _BESIDE, min(candidate.end + _BESIDE, sentence.end_char)
    return any(max(first, sentence.start_char) <= day.start_char < last for day in context.past_days)


def places_in_sentence(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """Yield what stands after "at", "in", an approaching "to" or the event's day, scored by the words before it."""
    day_ends = {day.end_char for day in context.event_days}
    for token, word, after_day, is_glued in _openings(context, sentence, day_ends):
        is_approach = word in _approach()
        beside_day = day_ends and any(token.idx - gap in day_ends for gap in (1, 2))
        if not is_approach and _inside_organisation(context, token):
            continue
        region = region_after(context, token.i if after_day or is_glued else token.i + 1, sentence)
        if region is not None and after_day:
            region = _before_dash(context.text, *region)
        if region is None or context.is_time(region[0]) or (after_day and _is_no_house(context, *region)):
            continue
        score = base + 1.0 if after_day else base + evidence_before(context, sentence, token, is_approach)
        score += _BESIDE_DAY * bool(beside_day and not is_approach)
        score += evidence_behind(context, *region, sentence.end_char)
        score += evidence_of_opening(context, sentence, token, region[1])
        score -= _ONE_OF_TWO * bool(_AND_CITY.match(context.text, region[1]))
        place = _without_list(context.text, context.parse(*region), region[0])
        if _is_only_country(place) and not (is_approach or is_held(context.text, sentence.start_char, token)):
            score -= _COUNTRY
        is_at = (word in AT and not _is_of_headline(token)) or bool(
            beside_day and token.lower_ == "in" and _has_german_article(token)
        )
        if _is_only_country(place) and _are_countries(context.text[region[0] : region[1]]):
            continue
        if _fits(context, place, word, region[1], after_day, is_at):
            yield PlaceCandidate(place, region[0], region[1], score, "prose")
        elif place.city and place.city_start == region[0] and place.city_end and not after_day:
            yield PlaceCandidate(_only_geography(place), region[0], place.city_end, score, "prose")


def _openings(context: PlaceContext, sentence: Span, day_ends: set[int]) -> Iterator[tuple[Token, str, bool, bool]]:
    """Yield the tokens that open a place: (token, its word, whether it follows the day, whether a name is glued to it).

    Nearly all tokens are no such word: one look-up sorts them out.
    """
    language = found(context.doc).document.language
    openers = _openers()
    behind_days = {end + gap for end in day_ends for gap in range(1, 5)}
    for token in sentence:
        word = token.lower_
        after_day = token.idx in behind_days and _follows_day(context, token, day_ends)
        is_glued = len(token) > _SHORTEST and GLUED.match(token.text) is not None and token.text[0] != "l"
        if word not in openers:
            if after_day or is_glued:
                yield token, word, after_day, is_glued
            continue
        word = _word(token)
        on_premises = word in ("on", "auf") and premises_end(context, token.i + 1, sentence) > token.i + 1
        is_preposition = word in _prepositions() and not _is_letter(token, sentence.start, language)
        if after_day or is_glued or on_premises or is_preposition or word in VISITS or word in _approach():
            yield token, word, after_day, is_glued


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Return the words behind which a place may stand; the tokeniser leaves "m" of "im"."""
    return _prepositions() | _approach() | VISITS | {"on", "auf", "m"}


def _before_dash(text: str, start: int, end: int) -> tuple[int, int]:
    """ "4 May - Harbour Hall - Tides and Ports": what is held there follows its place."""
    dash = text.find(" - ", start, end)
    return (start, dash) if dash > 0 else (start, end)


def _word(token: Token) -> str:
    """Return a token in small letters; the tokeniser parts the German "im" as it does "I'm"."""
    is_rest = token.lower_ == "m" and token.i > 0 and token.nbor(-1).lower_ == "i" and not token.nbor(-1).whitespace_
    return "im" if is_rest else token.lower_


def _is_of_headline(token: Token) -> bool:
    """ "Gathers Pilots To Share Tides At Sea": a capital inside a line makes small words those of a headline."""
    before = token.nbor(-1) if token.i and not token.is_sent_start else None
    return token.text[0].isupper() and before is not None and before.text[-1].isalnum() and before.text[0].isupper()


def _is_no_house(context: PlaceContext, start: int, end: int) -> bool:
    """ "4 May, Delta University hosted", "4 May, Ada Lind, Delta University": who acts or speaks is behind the day."""
    return _is_subject(context.text, end) or any(person[0] == start for person in context.people)


def _has_german_article(token: Token) -> bool:
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ in ("der", "den", "dem")


def _is_subject(text: str, end: int) -> bool:
    """ "On 4 May, Delta University hosted": who acts is behind the day, not where."""
    verb = _WORD_BEHIND.match(text, end)
    return verb is not None and pattern_of("venue_words", "hold_verbs").match(text, verb.start(1)) is not None


def _is_letter(token: Token, start: int, language: str | None) -> bool:
    """Tell an initial, a part of a name ("Ada Al Safi") and an article ("hosted a Branch") from a preposition.

    `start` is the token that opens the sentence.
    """
    is_article = token.lower_ in ("a", "o") and language in ("en", "de", "nl")
    is_of_name = token.text == "Al" and token.i > start
    return is_article or is_of_name or (token.text[0].isupper() and token.lower_ in _INITIALS)


def _is_only_country(place: Place) -> bool:
    return place.country_code is not None and place.city is None and not place.has_name


def _are_countries(written: str) -> bool:
    """ "to Hawaii, Fiji, Norland, and Sudland": several countries are no one place."""
    parts = (part.strip().removeprefix("and ") for part in written.split(","))
    return sum(find_country(part) is not None for part in parts) > 1


def _without_list(text: str, place: Place, start: int) -> Place:
    """ "in Cyprus, the Ministry of Ports and the Academy": bodies of a list that the country opens are no venue."""
    if place.name_start is None or place.name_end is None or place.name_start == start:
        return place
    opening = text[start : place.name_start]
    opens_with_place = find_country(opening.removesuffix("the ").strip(" ,(")) or place.city_start == start
    is_list = (
        opening.endswith("the ")
        or text.startswith("the ", place.name_start)
        or _LISTED.search(text, place.name_start, place.name_end) is not None
    )
    return _only_geography(place) if opens_with_place and is_list else place


def _only_geography(place: Place) -> Place:
    """ "in Oslo, Ada Lind, Director for Tides": what follows the city is another matter."""
    return replace(place, name_start=None, name_end=None, address=None, has_street=False)


def _follows_day(context: PlaceContext, token: Token, day_ends: set[int]) -> bool:
    """ "18 June 2024, 13.15–14.45, Palais des Nations": only a comma stands between the day and this token."""
    if not token.text[0].isupper() or token.i == 0 or token.nbor(-1).text not in (",", "–", "—", "|", "·", "-"):
        return False
    ends = (token.idx - gap for gap in range(1, 5))
    return any(end in day_ends and _DAY_THEN_PLACE.fullmatch(context.text, end, token.idx) for end in ends)


@lru_cache(maxsize=1)
def _prepositions() -> frozenset[str]:
    return frozenset(words_of("venue_words", "prepositions"))


@lru_cache(maxsize=1)
def _approach() -> frozenset[str]:
    return frozenset(words_of("venue_words", "approach"))


def _inside_organisation(context: PlaceContext, token: Token) -> bool:
    """The preposition belongs to a body's name: "Istituto di Cultura a Lisbona"."""
    return any(start < token.idx < end for start, end in context.organisations_near(token.idx))


def _fits(context: PlaceContext, place: Place, word: str, end: int, after_day: bool, is_at: bool) -> bool:
    """A place after "in" is a city, country or building; after "at" it is a name that is no occasion or time.

    `end` is where the written place ends: "in Japan" is a country, "in the U.S. government" is not.
    """
    if place.name_start is None or place.name_end is None:
        is_country = place.country_code is not None and (word in INTO or word in VISITS)
        return bool(place.city) or (is_country and _AFTER_COUNTRY.match(context.text, end) is not None)
    name = context.text[place.name_start : place.name_end]
    if _ACRONYM.fullmatch(name) and context.text.endswith("the ", 0, place.name_start):
        return False  # "at the UN": a body, no house
    words = re.findall(r"[\w#’'-]+", name.casefold())
    if HONORIFIC.match(name) and not is_building(" ".join(name.split()[:3])):
        return False  # "at 1 PM, Professor Ada Lind, Tide Institute"
    if not words or words[-1] in _not_places() or words[0] in _not_places() or names_event(name.split(",")[0]):
        return False
    is_organisation = context.organisation_end(place.name_start) > 0
    if is_at and not after_day:
        return len(words) > (word in AT) or is_building(name) or is_organisation
    return is_building(name) or (is_organisation and place.city is not None)


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    return frozenset(words_of("venue_words", "not_places"))
