"""Places in sentences: "held at the Egmont Palace in Brussels", "met in Seoul", "BRUSSELS, 7 March – …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Span, Token

from extract.fields.buildings import is_building
from extract.fields.event_names import event_names, kind_pattern, names_event
from extract.fields.sentences import sentences_of
from extract.fields.venue_candidates import PlaceCandidate, PlaceContext
from extract.fields.venue_cities import as_city
from extract.fields.venue_parts import Place
from extract.fields.vocabulary import pattern_of, words_of

_ARTICLES = frozenset(["the", "la", "le", "der", "dem", "den", "el", "il", "l'", "l’", "het", "de", "our", "its"])
_AT = frozenset(
    ["at", "bei", "presso", "chez", "te", "bij", "im", "au", "alla", "all'", "all’", "al", "allo", "nella", "nel"]
)
_INTO = frozenset(["in", "to", "en", "nach", "naar", "à"])
_AFTER_COUNTRY = re.compile(
    r"\s*(?:$|[.,;:)(]|(?:on|from|for|to|at|in|this|next|last|with|by|during|between|where|which)\b)"
)
_STATE_STOP = re.compile(r"^(?:[A-Z]\.){2,}$")
_DATELINE = re.compile(
    r"([A-ZÀ-Ý][A-ZÀ-Ý .’'-]{2,30})(?:,\s[^–—\n]{2,45}?|\s\([^)\n]{2,30}\))?(?:\s\([^)\n]{2,30}\))?\s(?:[–—]|--?)\s"
)
_DAY_THEN_PLACE = re.compile(r"[\s)]*[,–—·|]\s+")
_BY = re.compile(r"\b(?:by|with|from|von|par|por|da|dal|dalla|door)\s+(?:the\s+|der\s+|dem\s+|la\s+|le\s+|el\s+)?$")
_THERE = re.compile(
    r",?\s+(?:which |that )?(?:was |is |were |are |to be |will be )?(?:held|hosted|convened|took place)\s+"
)
"""Between another event and its own place: "the Harbour Meeting, held at"."""
_NAME_NEXT = re.compile(r"\s+[A-Z][\w’'.-]+\s+[A-Z]")
_OF = frozenset(["of", "de", "du", "des", "der", "von", "del", "della", "dell'", "dell’", "di", "van"])
_AT_IT = re.compile(
    r"\b(?:at|in|im|bei|beim|am|à|au|aux|chez|en|presso|alla|al|nel|nella|bij|of|de|du|der|des|to)\s+"
    r"(?:the\s+|la\s+|le\s+|l[’']|der\s+|dem\s+|el\s+|het\s+)?$"
)
_SENTENCES = 30
_BESIDE = 100
"""Characters between a place and a past date that still speak of the same occasion."""
_CLAUSE = 400
"""Characters before a place that are read for what it is the place of."""
_NEEDED = 3.0
"""Evidence that a prose place needs: two of (event's date, verb of holding, word for an event, top of the text)."""


def places_in_prose(context: PlaceContext) -> Iterator[PlaceCandidate]:
    """Read the sentences about the event itself, and the dateline of a report."""
    number = 0
    for sentence in sentences_of(context.doc):
        if len(sentence) < 6:
            continue
        number += context.text[sentence.end_char - 3 : sentence.end_char].rstrip().endswith((".", "。", "!", "?"))
        days = [day for day in context.event_days if sentence.start_char <= day.start_char < sentence.end_char]
        if number > _SENTENCES and not days:
            continue
        if number <= 5:
            yield from _dateline(context, sentence)
        base = 2.0 * bool(days) + 1.0 * (number <= 3) - 1.0 * (number > 8 and not days)
        for candidate in places_in_sentence(context, sentence, base):
            is_past = not days and _is_beside_past(context, sentence, candidate)
            is_past = is_past and not _own_subject().search(sentence.text)
            if candidate.score - 2.5 * is_past >= _NEEDED:
                yield candidate


def _is_beside_past(context: PlaceContext, sentence: Span, candidate: PlaceCandidate) -> bool:
    first, last = candidate.start - _BESIDE, min(candidate.end + _BESIDE, sentence.end_char)
    return any(max(first, sentence.start_char) <= day.start_char < last for day in context.past_days)


def _dateline(context: PlaceContext, sentence: Span) -> Iterator[PlaceCandidate]:
    """ "VILNIUS, Oct 28 (Agency) – " opens news: the city where it happened, unless the text says another."""
    match = _DATELINE.match(context.text, sentence.start_char, sentence.end_char)
    if match and pattern_of("venue_words", "bases").search(match[1]) and "," in match[0]:
        place = context.parse(match.start(1), match.end())
        if place.has_name and place.country_code:
            yield PlaceCandidate(place, match.start(1), match.end(1), _NEEDED, "dateline")
    elif match and (city := as_city(match[1].strip().title())):
        place = Place(city=city, country_code=city.country_code, city_start=match.start(1), city_end=match.end(1))
        yield PlaceCandidate(place, match.start(1), match.end(1), _NEEDED, "dateline")


def places_in_sentence(context: PlaceContext, sentence: Span, base: float) -> Iterator[PlaceCandidate]:
    """Yield what stands after "at", "in", an approaching "to" or the event's day, scored by the words before it."""
    day_ends = {day.end_char for day in context.event_days}
    for token in sentence:
        is_approach = token.lower_ in _approach()
        after_day = _follows_day(context, token, day_ends)
        on_premises = token.lower_ in ("on", "auf") and _premises(context, token.i + 1, sentence) > token.i + 1
        if not (is_approach or after_day or on_premises or token.lower_ in _prepositions()):
            continue
        if not is_approach and _inside_organisation(context, token):
            continue
        region = _region(context, token.i if after_day else token.i + 1, sentence)
        if region is None:
            continue
        score = base + 1.0 if after_day else base + _evidence(context, sentence, token, is_approach)
        place = context.parse(*region)
        if _fits(context, place, token, region[1], after_day):
            yield PlaceCandidate(place, region[0], region[1], score, "prose")


def _follows_day(context: PlaceContext, token: Token, day_ends: set[int]) -> bool:
    """ "18 June 2024, 13.15–14.45, Palais des Nations": only a comma stands between the day and this token."""
    if not token.text[0].isupper() or token.i == 0 or token.nbor(-1).text not in (",", "–", "—", "|", "·"):
        return False
    ends = (token.idx - gap for gap in range(1, 5))
    return any(end in day_ends and _DAY_THEN_PLACE.fullmatch(context.text, end, token.idx) for end in ends)


def _evidence(context: PlaceContext, sentence: Span, token: Token, is_approach: bool) -> float:
    """Weigh the words before a place: of holding an event (for), of another event, a post or a life (against)."""
    opening = max(sentence.start_char, token.idx - _CLAUSE)
    before = context.text[opening : token.idx]
    verbs = list(pattern_of("venue_words", "hold_verbs").finditer(before))
    dated = max(context.last_time_before(token.idx) - opening, 0)
    score = 2.0 * bool(verbs) + 1.0 * bool(kind_pattern().search(before)) + 1.0 * bool(_own_subject().search(before))
    if is_approach:
        comings = list(pattern_of("venue_words", "comings").finditer(before))
        score += (2.0 if comings[-1].end() >= len(before.rstrip()) else 1.0) if comings else -9.0
    elif not before.rstrip().endswith(","):
        said = [*verbs, *(kind for kind in kind_pattern().finditer(before) if kind[0].islower())]
        clause = max([dated, *(match.end() for match in said), len(before) - 90])
        if _is_post_before(context, opening + clause, token.idx):
            return -9.0
    if _elsewhere().search(before[-50:]):
        score -= 2.5
    for begin, stop in event_names(context.doc, max(token.idx - 90, 0), token.idx):
        is_host = _BY.search(context.text[max(begin - 10, 0) : begin]) is not None
        is_beside = token.idx - stop <= 3 or _THERE.fullmatch(context.text, stop, token.idx) is not None
        if is_beside and not is_host and not _is_own(context.text[begin:stop], context.title):
            score -= 3.0
    if pattern_of("venue_words", "side_occasions").search(before):
        score -= 2.0
    if _is_seat(context, token.idx):
        score -= 1.5 if token.lower_ not in _AT else 0.0 if verbs else 2.5
    return score


def _is_post_before(context: PlaceContext, start: int, end: int) -> bool:
    """ "Professor at": where someone works; not "met with Minister Ada Lind in", where a person stands between."""
    last = None
    for last in pattern_of("venue_words", "posts").finditer(context.text, start, end):  # noqa: B007
        pass
    if last is None:
        return False
    is_person_between = any(last.end() <= begin and stop <= end for begin, stop in context.people)
    is_name_next = _NAME_NEXT.match(context.text, last.end(), end) is not None
    return not (is_person_between or is_name_next) or "," in context.text[last.end() : end]


@lru_cache(maxsize=1)
def _prepositions() -> frozenset[str]:
    return frozenset(words_of("venue_words", "prepositions"))


@lru_cache(maxsize=1)
def _connectors() -> frozenset[str]:
    return frozenset(words_of("venue_words", "connectors"))


@lru_cache(maxsize=1)
def _approach() -> frozenset[str]:
    return frozenset(words_of("venue_words", "approach"))


@lru_cache(maxsize=1)
def _own_subject() -> re.Pattern[str]:
    """ "The conference will", "this seminar is": the sentence is about the document's event."""
    return re.compile(
        rf"\b(?:the|this|our)\s+(?:[\w-]+\s+)?(?:{kind_pattern().pattern})\s+(?:will|is|was|takes?|took|has|shall)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """Words right before "in" that speak of a country or a life, not of an event."""
    words = "|".join(map(re.escape, words_of("venue_words", "elsewhere")))
    return re.compile(rf"\b(?:{words})\s+(?:[a-z]\w*\s+)?$")


def _is_own(name: str, title: str | None) -> bool:
    """The event named beside the place is the document's own: they share their words."""
    if not title:
        return not any(char.isdigit() for char in name)  # "the 2022 Harbour Summit" is another's
    words = {word for word in re.findall(r"\w+", name.casefold()) if len(word) > 2}
    own = set(re.findall(r"\w+", title.casefold()))
    return len(words & own) >= max(1, (len(words) + 1) // 2)


def _premises(context: PlaceContext, first: int, sentence: Span) -> int:
    """Return the token after "(the) premises of (the)", the first one where no such words stand."""
    doc = context.doc
    at = first + 1 if first < sentence.end and doc[first].lower_ in _ARTICLES else first
    if at + 2 < sentence.end and doc[at].lower_ in _premises_words() and doc[at + 1].lower_ in _OF:
        return at + 3 if doc[at + 2].lower_ in _ARTICLES else at + 2
    return first


def _is_seat(context: PlaceContext, position: int) -> bool:
    """ "organised by the Quay Institute in Lisbon": the city of who organises, unless one meets "at" it."""
    for start, end in context.organisations_near(position):
        if 0 < position - end <= 2:
            before = context.text[max(start - 12, 0) : start]
            return _AT_IT.search(before) is None
    return False


@lru_cache(maxsize=1)
def _small_buildings() -> frozenset[str]:
    return frozenset(words_of("venue_words", "small_buildings"))


@lru_cache(maxsize=1)
def _building_adjectives() -> frozenset[str]:
    return frozenset(words_of("venue_words", "building_adjectives"))


@lru_cache(maxsize=1)
def _premises_words() -> frozenset[str]:
    return frozenset(words_of("venue_words", "premises"))


def _inside_organisation(context: PlaceContext, token: Token) -> bool:
    """The preposition belongs to a body's name: "Istituto di Cultura a Lisbona"."""
    return any(start < token.idx < end for start, end in context.organisations_near(token.idx))


def _region(context: PlaceContext, first: int, sentence: Span) -> tuple[int, int] | None:
    """Return the words from a token on that may be a place: capitals, their connectors, commas between them."""
    doc = context.doc
    if first < sentence.end and doc[first].lower_ in _ARTICLES:
        first += 1
    opening = first
    first = _premises(context, first, sentence)
    elided = 2 if first < sentence.end and doc[first].text[:2] in ("l’", "l'") else 0
    if first >= sentence.end or not _opens_name(doc[first], elided):
        return None
    stops = context.time_starts
    last = here = first
    end = context.organisation_end(doc[first].idx)
    while here < min(sentence.end, first + 45):
        part = doc[here]
        if part.idx >= end and (part.idx in stops or _is_second_city(doc[last], part)):
            break
        if _is_place_word(part) or part.idx < end or (here == first and (elided or part.text in _small_buildings())):
            last = here
            if _STATE_STOP.match(part.text) and here > first and part.idx >= end:
                break
        elif (
            part.text not in (",", "(", ")", "|", "\t")
            and part.lower_ not in _connectors()
            and part.text not in _building_adjectives()
            and not (here <= first + 2 and doc[first].text[elided:] in _small_buildings())
        ):
            break
        here += 1
    stop = max(doc[last].idx + len(doc[last]), min(end, sentence.end_char))
    is_cut = context.text[stop : stop + 1] in ("-", "–") and not context.text[stop + 1 : stop + 2].isspace()
    return None if is_cut else (doc[opening].idx + elided * (opening == first), stop)


def _is_second_city(last: Token, part: Token) -> bool:
    """ "in Madrid and Vilnius": two cities are no one place."""
    is_and = part.lower_ in ("and", "und", "et", "y") and part.i + 1 < len(part.doc)
    return is_and and as_city(last.text) is not None and as_city(part.nbor(1).text) is not None


def _opens_name(token: Token, elided: int = 0) -> bool:
    """Tell whether a name can begin with a token; `elided` letters of it are an article ("l’École")."""
    text = token.text[elided:]
    if not text:
        return False
    if text.lower() in ("central", "downtown"):
        return True
    if text in _small_buildings():
        rest = [token.nbor(step).text for step in (1, 2, 3) if token.i + step < len(token.doc)]
        is_name_near = any(word[0].isupper() or word[0].isdigit() or word[2:3].isupper() for word in rest)
        return is_name_near and rest[0][0].isalnum()
    follows = token.i + 1 < len(token.doc) and token.nbor(1).text[0].isupper()
    return text[0].isupper() or (text[0].isdigit() and len(text) <= 4 and follows)


def _is_place_word(token: Token) -> bool:
    text = token.text
    return text[0].isupper() or text[0].isdigit() or "\u3040" <= text[0] <= "\u9fff"


def _fits(context: PlaceContext, place: Place, token: Token, end: int, after_day: bool) -> bool:
    """A place after "in" is a city, country or building; after "at" it is a name that is no occasion or time.

    `end` is where the written place ends: "in Japan" is a country, "in the U.S. government" is not.
    """
    if place.name_start is None or place.name_end is None:
        return bool(place.city) or (
            place.country_code is not None and token.lower_ in _INTO and bool(_AFTER_COUNTRY.match(context.text, end))
        )
    name = context.text[place.name_start : place.name_end]
    words = re.findall(r"[\w#’'-]+", name.casefold())
    if not words or words[-1] in _not_places() or words[0] in _not_places() or names_event(name.split(",")[0]):
        return False
    is_organisation = context.organisation_end(place.name_start) > 0
    if token.lower_ in _AT and not after_day:
        return len(words) > 1 or is_building(name) or is_organisation
    return is_building(name) or (is_organisation and place.city is not None)


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    return frozenset(words_of("venue_words", "not_places"))
