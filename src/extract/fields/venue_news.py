"""Places outside a preposition: "Vienna hosts …", "(Oslo, 4 May 2031)", and Japanese "東京で開催"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Span

from extract.fields.buildings import is_building
from extract.fields.event_names import kind_pattern, names_event
from extract.fields.venue_candidates import NEEDED, PlaceCandidate, PlaceContext
from extract.fields.venue_cities import as_city
from extract.fields.venue_parts import Place
from extract.fields.venue_regions import region_after
from extract.fields.vocabulary import pattern_of, phrase_pattern, words_of
from extract.places import City

_BESIDE_DAY, _HOSTS, _JAPANESE = 3.0, 2.0, 2.0
_CITY_BEFORE = re.compile(r"(?:^|[,.(\[]\s?|\b(?:year|time)\s)((?:[^\W\d_][\w’'.-]*\s){1,3})$")
_KIND_REACH = 120
"""Characters behind "Vienna hosts" in which the event is named."""
_BEFORE_DAY = re.compile(r"(?:^|[\n(\[|–—:])\s*([^\W\d_][^\n()\[\]|:]{1,50}?)[,\s–—-]+$")
_CLOCK = re.compile(r"\d{1,2}(?:[:.h]\d|\s?[ap]\.?m)")
_DAY_REACH = 60
_WRITTEN = r"[\u4e00-\u9fff\u30a1-\u30ffA-Za-z・ー]"
_AT_PLACE = re.compile(rf"({_WRITTEN}{{2,30}})(?:で|にて|において|に於いて|を訪問)")
_HELD_REACH = 40


def hosting_city(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """ "Vienna hosts the seminar", "Helsinki was the place of the annual meeting"."""
    for match in pattern_of("venue_words", "city_hosts").finditer(context.text, sentence.start_char, sentence.end_char):
        before = _CITY_BEFORE.search(context.text[max(match.start() - 40, sentence.start_char) : match.start()])
        reach = min(match.end() + _KIND_REACH, sentence.end_char)
        if before is None or not kind_pattern().search(context.text, match.end(), reach):
            continue
        words = before[1].split()
        for size in range(len(words), 0, -1):
            start = context.text.rfind(words[-size], 0, match.start() - 1)
            place = context.parse(start, match.start() - 1)
            if _is_of_body(context, start):
                break
            if words[-size][0].isupper() and (place.city or place.country_code) and not place.has_name:
                yield PlaceCandidate(place, start, match.start() - 1, base + _HOSTS, "host")
                break


def hosting_house(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """ "La Universidad del Mar acogerá el congreso": a house, not a city, before the verb."""
    verbs = pattern_of("venue_words", "house_hosts")
    for match in verbs.finditer(context.text, sentence.start_char, sentence.end_char):
        reach = min(match.end() + _KIND_REACH, sentence.end_char)
        if not kind_pattern().search(context.text, match.end(), reach):
            continue
        first = max(sentence.start_char, context.last_time_before(match.start()))
        subject = _SUBJECT.fullmatch(context.text, first, match.start())
        if subject and is_building(subject[1]) and len(subject[1].split()) <= _LONGEST_SUBJECT:
            place = context.parse(*subject.span(1))
            if place.has_name:
                yield PlaceCandidate(place, *subject.span(1), base + _HOSTS, "host")


_SUBJECT = re.compile(
    r"\W*(?:(?:[Ll]a|[Ll]e|[Ee]l|[Ll]o|[Dd]ie|[Dd]as|[Dd]er|[Tt]he)\s|[Ll][’'])?([A-ZÀ-Ý][^,.;:()\n]+?)\s*(?:\([^()\n]{2,80}\))?\s*"
)
_LONGEST_SUBJECT = 10
"""Words of a house in front of its verb, which nothing but brackets parts from it."""


def labelled_house(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """ "The venue is the Harbour Hall", "De locatie is de Campus van de Universiteit": a field told as a sentence."""
    for label in pattern_of("venue_words", "labels").finditer(context.text, sentence.start_char, sentence.end_char):
        copula = _COPULA.match(context.text, label.end(), sentence.end_char)
        if copula is None or not _DEFINITE.search(context.text[max(label.start() - 6, 0) : label.start()]):
            continue
        first = next((token.i for token in sentence if token.idx >= copula.end()), sentence.end)
        region = region_after(context, first, sentence)
        place = context.parse(*region) if region else None
        if region and place and (place.city or (place.has_name and _is_house(context.text, place))):
            yield PlaceCandidate(place, *region, base + _LABELLED, "prose")


def _is_house(text: str, place: Place) -> bool:
    return is_building(text[place.name_start : place.name_end])


_LABELLED = 4.0
_COPULA = re.compile(r"\s(?:is|was|will be|ist|war|est|sera|es|será|è|sarà)\s(?:(?:at|in|à|en|im|in der)\s)?")
_DEFINITE = re.compile(r"\b(?:the|de|der|le|la|el|il)\s$", re.IGNORECASE)


def street_in_sentence(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """ "… in the hall on the first floor of our house, 12 Bay Avenue, Seattle": an address without a preposition."""
    for match in _NUMBERED.finditer(context.text, sentence.start_char, sentence.end_char):
        end = _ADDRESS_END.search(context.text, match.end(), sentence.end_char)
        stop = min(end.start() if end else sentence.end_char, match.start() + _LONGEST_ADDRESS)
        place = context.parse(match.start(), stop)
        if place.city and place.has_street:
            is_held = pattern_of("venue_words", "hold_verbs").search(context.text, sentence.start_char, match.start())
            address = replace(place, name_start=None, name_end=None)
            yield PlaceCandidate(address, match.start(), stop, base + 2.0 * bool(is_held), "prose")


_NUMBERED = re.compile(r"(?<=[,(] )\d{1,5}[A-Za-z]?\s(?=[A-ZÀ-Ý][\w’'.]+\s[A-ZÀ-Ý])")
"""A number in front of capitals behind a comma: "…, 12 Bay Avenue"; a day before its month has no second capital."""
_ADDRESS_END = re.compile(r"\s(?!(?:of|de|du|des|la|le|der|del|di|van)\s)[^\W\dA-ZÀ-Ý]|;|\)")
_LONGEST_ADDRESS = 100


def city_of_name(context: PlaceContext) -> Iterator[PlaceCandidate]:
    """ "Tallinn Cable Forum 2031": a city that opens the event's name, which counts where no other place is told."""
    title = context.title or ""
    at = context.text.find(title) if kind_pattern().search(title) else -1
    if at < 0:
        return
    body = context.organisation_end(at)
    if body and not names_event(context.text[at:body]):
        return  # "Tallinn Cable Council": who meets
    opening = _NAME_OPENING.match(context.text, at)
    words = list(_NAME_WORD.finditer(context.text, opening.end() if opening else at, at + len(title)))
    for size in (2, 1):
        if len(words) > size and words[size][0][0].isupper():
            start, end = words[0].start(), words[size - 1].end()
            written = context.text[start:end]
            city = as_city(written.title() if written.isupper() else written)
            if city:
                place = Place(city=city, country_code=city.country_code, city_start=start, city_end=end)
                yield PlaceCandidate(place, start, end, NEEDED, "name")
                return


_NAME_OPENING = re.compile(r"(?:[Tt]he\s)?(?:[Aa]nnual\s|\d+(?:st|nd|rd|th)?\s|[IVX]+\s)*")
"""Before the city in a name: "The 2031 Tallinn Forum", "12th Annual Tallinn Forum"."""
_NAME_WORD = re.compile(r"[^\W\d_][\w’'.-]*")


def city_before_kind(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """ "Geneva side event, 4 May 2031": the city before the event's own noun, which small letters keep from a name."""
    match = kind_pattern().search(context.text, sentence.start_char, min(sentence.start_char + 60, sentence.end_char))
    if match is None or not match[0][0].islower():
        return
    start = sentence.start_char + len(sentence.text) - len(sentence.text.lstrip("*_ "))
    city = as_city(context.text[start : match.start()].strip())
    if city:
        place = Place(city=city, country_code=city.country_code, city_start=start, city_end=match.start() - 1)
        yield PlaceCandidate(place, start, match.start() - 1, base + 1.0, "host")


def _is_of_body(context: PlaceContext, position: int) -> bool:
    """ "The Ministry of Ports of Latvia hosted": a body is the host."""
    return any(start <= position < end + 1 for start, end in context.organisations_near(position + 1))


def place_before_day(context: PlaceContext) -> Iterator[PlaceCandidate]:
    """ "(Oslo, 4 May 2031)", "Oslo, Norway | 4 May 2031": the place in front of the event's own day."""
    found: dict[City, PlaceCandidate] = {}
    for day in context.event_days:
        if _CLOCK.match(day.text):
            continue
        first = max(day.start_char - _DAY_REACH, 0)
        match = _BEFORE_DAY.search(context.text[first : day.start_char])
        if match is None:
            continue
        start, end = first + match.start(1), first + match.end(1)
        place = context.parse(start, end)
        if place.city and place.city_start is not None and not place.has_name:
            in_brackets = context.text[start - 1 : start] in ("(", "[") or context.text[start - 2 : start - 1] == "("
            score = _BESIDE_DAY + 1.0 * in_brackets
            found.setdefault(place.city, PlaceCandidate(place, start, end, score, "day"))
    if len(found) == 1:  # several are the stops of a tour or the zones of a clock
        yield from found.values()


def japanese_places(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """ "東京で開催", "京都大学において": the city or building before the particle, the verb behind it."""
    for match in _AT_PLACE.finditer(context.text, sentence.start_char, sentence.end_char):
        if not _held_words().search(context.text, match.end() - 3, min(match.end() + _HELD_REACH, sentence.end_char)):
            continue
        end = match.end(1)
        start = next((at for at in range(match.start(1), end - 1) if _is_japanese_place(context.text[at:end])), None)
        if start is None:
            continue
        place = context.parse(start, end)
        if place.city or place.country_code or place.has_name:
            yield PlaceCandidate(place, start, end, base + _JAPANESE, "prose")


def _is_japanese_place(written: str) -> bool:
    is_house = written.endswith(words_of("venue_words", "japanese", "buildings")) and len(written) > 3
    is_hotel = written.startswith("ホテル")  # "ホテルオークラ東京"
    return is_house or is_hotel or as_city(written) is not None


@lru_cache(maxsize=1)
def _held_words() -> re.Pattern[str]:
    return phrase_pattern(words_of("venue_words", "japanese", "held"))
