"""What a written place is made of: "Sigma Hall, Osaka University, 1-1 Machikaneyama, Toyonaka, Japan" → its parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extract.countries import find_country, find_state
from extract.fields.buildings import is_building
from extract.fields.event_names import names_event
from extract.fields.venue_cities import LARGE, NOWHERE, Home, as_city, bare_city, city_in_name
from extract.fields.venue_streets import is_street, is_street_word, streets
from extract.fields.vocabulary import pattern_of, words_of
from extract.places import City, find_city

_BREAK = re.compile(
    r"[\U0001F300-\U0001FAFF\u2600-\u27bf]|,|;|\n|\t|\||\(|\)|\s[–—]\s|\s-\s|。|、|"
    r"\s(?:in|à|a|en|te|in der)\s(?=[A-ZÀ-Ý])|\sin\s(?=\d{5} [A-ZÀ-Ý])|"
    r"\s(?:an der|am)\s(?=[A-ZÀ-Ý][\w-]+(?: [A-ZÀ-Ý][\w-]+)? \d)"
)
_POSTCODE = re.compile(
    r"\b\d{4} ?[A-Z]{2}\b(?= )|"
    r"\b(?:[A-Z]{1,2}-)?\d{4,6}(?:-\d{3,4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|〒?\b\d{3}-\d{4}\b|"
    r"\b\d{3} \d{2}(?=\s+[A-ZÀ-Ý])|\b\d{2}-\d{3}\b"
)
_STREET_AFTER_NAME = re.compile(r"(?<=\w)\s+(?=\d{1,5}[A-Za-z]?\s+(?:\d{1,3}(?:st|nd|rd|th)\s+)?[A-Z])")
_CODE_OF_CITY = re.compile(r"\s+(?=(?:[A-Z]{1,2}-)?\d{4,5}\s+[A-ZÀ-Ý])")
"""Parts a street from the city behind it without a comma ("3, rue du Port 69002 Lyon")."""
_FULL_STOP = re.compile(r"(?:(?<=[^\W\d_A-Z]{5})|(?<=\w\)))\.\s+(?=[A-ZÀ-Ý])")
"""Ends the sentence of a place; shorter words before it are abbreviated ("Bldg.", "Univ.")."""
_DAY_NUMBER = re.compile(r"(?:day|tag|jour|día|giorno|dag|session|panel)\s\w{1,3}\.?", re.IGNORECASE)
_DOOR = re.compile(r"\d{1,3}[a-z]?", re.IGNORECASE)
_ORDINAL_FLOOR = re.compile(r"^(?:\d{1,2}(?:st|nd|rd|th|\.|e|er|º|ª)?|ground|first|second|third|fourth|fifth)\s+(?:floor|étage|stock|og|piso|piano|verdieping)$|^(?:level|floor|\d{1,2}F)\s*\d{0,2}$", re.IGNORECASE)  # fmt: skip # noqa: E501


@dataclass(frozen=True, slots=True)
class Place:
    """A written place taken apart; `name_start`/`name_end` are where the venue's own name stands in the text."""

    name_start: int | None = None
    name_end: int | None = None
    address: str | None = None
    city: City | None = None
    country_code: str | None = None
    city_start: int | None = None
    city_end: int | None = None
    has_street: bool = False

    @property
    def has_name(self) -> bool:
        return self.name_start is not None


def parse_place(
    text: str, start: int, end: int, *, skip: tuple[tuple[int, int], ...] = (), home: Home = NOWHERE
) -> Place:
    """Take a written place apart; the spans of `skip` (dates, times) belong to none of its parts.

    The name runs over the first neighbouring parts that are neither street, postcode, city, state nor country.
    """
    if full_stop := _FULL_STOP.search(text, start, end):
        end = full_stop.start()
    parts = [(begin, stop, _kind(text[begin:stop])) for begin, stop in _segments(text, start, end, skip)]
    parts = _told_by_neighbours(text, parts)
    place = _geography(text, parts, home)
    place = _with_name(text, parts, place)
    address = [
        text[begin:stop] for begin, stop, kind in parts
        if kind in ("street", "floor", "postcode") and not _is_within(place, begin)
    ]  # fmt: skip
    place = replace(place, address=", ".join(address) or None, has_street=any(kind == "street" for *_, kind in parts))
    if place.city is None and place.name_start is not None and place.name_end is not None:
        names = (text[begin:stop] for begin, stop, kind in reversed(parts) if kind == "name")
        city = next((found for name in names if (found := city_in_name(name, place.country_code, home))), None)
        place = replace(place, city=city, country_code=place.country_code or (city.country_code if city else None))
    return place


def _is_within(place: Place, position: int) -> bool:
    """Tell whether a part stands inside the name: the floor in "Hall, 4th floor, Harbour Building"."""
    return place.name_start is not None and place.name_end is not None and place.name_start <= position < place.name_end


def _told_by_neighbours(text: str, parts: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Settle what a part cannot tell alone: "Virginia" after a city, "Werderscher Markt 1" after a name."""
    settled: list[tuple[int, int, str]] = []
    for at, part in enumerate(parts):
        before = next((known for known in reversed(settled) if known[2] != "postcode"), None)
        words = text[part[0] : part[1]].split()
        if before and part[2] == "city" and before[2] == "city" and _city_of_state(text, before, part):
            part = (part[0], part[1], "state")
        elif before and part[2] == "country" and before[2] == "city" and _city_of_state(text, before, part):
            part = (part[0], part[1], "state")  # "Atlanta, Georgia"
        elif (
            part[2] == "name" and _DOOR.fullmatch(words[-1]) and len(words) <= 4 and _is_postcode_next(text, parts, at)
        ):
            part = (part[0], part[1], "street")
        elif part[2] == "name" and before and len(words) in (2, 3, 4) and _DOOR.fullmatch(words[-1]):
            inner = " ".join(words)
            if not is_building(inner):
                part = (part[0], part[1], "street")
        elif (
            part[2] == "name" and before and before[2] == "name" and 2 <= len(words) <= 4 and is_street_word(words[-1])
        ):
            part = (part[0], part[1], "street")
        elif part[2] == "state" and before and before[2] in ("note", "street", "name"):
            space = text.rfind(" ", before[0], before[1])
            state = find_state(_bare(text, part))
            if space > 0 and state and find_city(text[space + 1 : before[1]], *state):
                settled[settled.index(before)] = (before[0], space, before[2])
                settled.append((space + 1, before[1], "city"))
        settled.append(part)
    return settled


def _is_postcode_next(text: str, parts: list[tuple[int, int, str]], at: int) -> bool:
    """ "Am Kai 2, 12053 Berlin": a number before a postcode is a house's, whatever the word before it."""
    return at + 1 < len(parts) and _POSTCODE.match(text, parts[at + 1][0]) is not None


def _city_of_state(text: str, city: tuple[int, int, str], state: tuple[int, int, str]) -> bool:
    known = find_state(_bare(text, state))
    return bool(known and find_city(_bare(text, city), *known))


def _segments(text: str, start: int, end: int, skip: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    cuts = [(match.start(), match.end()) for match in _BREAK.finditer(text, start, end)]
    cuts += [(max(begin, start), min(stop, end)) for begin, stop in skip if begin < end and stop > start]
    segments: list[tuple[int, int]] = []
    position = start
    for begin, stop in [*sorted(cuts), (end, end)]:
        if begin > position:
            segments.extend(_split_street(text, position, begin))
        position = max(position, stop)
    trimmed = [_trim(text, begin, stop) for begin, stop in segments]
    return [(begin, stop) for begin, stop in trimmed if begin < stop]


def _split_street(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Part a name from the street that follows it without a comma ("… Conference Center 320 21st Street NW")."""
    match = _STREET_AFTER_NAME.search(text, start, end)
    if match and streets().search(text, match.end(), end) and not text[start : match.start()].strip().isdigit():
        return [(start, match.start()), (match.end(), end)]
    code = _CODE_OF_CITY.search(text, start, end)
    if code and streets().search(text, start, code.start()):
        return [(start, code.start()), (code.end(), end)]
    return [(start, end)]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n:.–—-*_+\u3000@":
        start += 1
    while end > start and text[end - 1] in " \t\n:–—-*_+\u3000":
        end -= 1
    if end > start and text[end - 1] == "." and not re.search(r"\b(?:[A-Z]|St|Ave|Blvd|Rd|Inc|Dr)\.$", text[start:end]):
        end -= 1
    opening = _OPENING.match(text, start, end)
    return (opening.end() if opening else start), end


_OPENING = re.compile(
    r"(?:at the|at|in the|in der|in den|in het|in|im|am|à la|à l[’']|à|au|en el|en la|en|presso|bei|nel|nella|te)\s*(?<=[\s’'])(?=\S)"  # noqa: E501
)


def _kind(segment: str) -> str:
    """Return what a part is: country, state, city, postcode, street, floor, name, or note (no place at all)."""
    bare = _POSTCODE.sub("", segment).strip(" ,.-")
    if not bare.split():
        return "postcode" if segment.split() else "note"
    if _ORDINAL_FLOOR.match(segment):
        return "floor"
    if _DAY_NUMBER.fullmatch(segment):
        return "note"
    if country := find_country(bare):
        return "city" if _is_city_state(bare, country) else "country"
    if city := as_city(bare):
        return "city" if not _is_rather_state(bare, city) else "state"
    if is_street(segment):
        return "street"
    if find_state(bare):
        return "state"
    return "name" if _is_name(segment) else "note"


def _is_city_state(written: str, country: str) -> bool:
    """ "Singapore", "Luxembourg": the city has its country's name, and events are in the city."""
    city = as_city(written)
    return city is not None and city.country_code == country and find_country(city.name) == country


def _is_rather_state(written: str, city: City) -> bool:
    """ "Virginia", "Ontario": a state of that name goes before a small city in another one."""
    state = find_state(written)
    return state is not None and city.population < LARGE and (city.country_code, city.region) != state


def _is_name(segment: str) -> bool:
    """A name has a capital (or Japanese letters) and is no sentence."""
    words = segment.split()
    capital = any(word[0].isupper() or "\u3040" <= word[0] <= "\u9fff" for word in words)
    first = words[0]
    opens = (
        first[0].isupper()
        or first.casefold() in words_of("venue_words", "premises")
        or first in words_of("venue_words", "small_buildings")
        or first[0].isdigit()
        or first in ("the", "c/", "la", "le", "el")
        or not first[0].isascii()
    )
    is_sentence = pattern_of("venue_words", "verbs").search(segment)
    capital = capital or (words[-1].isdecimal() and pattern_of("venue_words", "rooms").match(segment) is not None)
    return capital and len(words) <= 14 and opens and not is_sentence and "@" not in segment and "://" not in segment


def _geography(text: str, parts: list[tuple[int, int, str]], home: Home) -> Place:
    """Read city, state and country; the last city before the country is the one ("Institute, Leiden, The Hague")."""
    country = next((find_country(_bare(text, part)) for part in reversed(parts) if part[2] == "country"), None)
    state = next((find_state(_bare(text, part)) for part in reversed(parts) if part[2] == "state"), None)
    for part in reversed(parts):
        if part[2] != "city":
            continue
        bare = _bare(text, part)
        city = (find_city(bare, state[0], state[1]) if state else None) or (
            find_city(bare, country) if country else bare_city(bare, home)
        ) or as_city(bare)  # fmt: skip
        if city and (country is None or city.country_code == country):
            return Place(city=city, country_code=city.country_code, city_start=part[0], city_end=part[1])
    return Place(country_code=country or (state[0] if state else None))


def _bare(text: str, part: tuple[int, int, str]) -> str:
    return _POSTCODE.sub("", text[part[0] : part[1]]).strip(" ,.-")


def _with_name(text: str, parts: list[tuple[int, int, str]], place: Place) -> Place:
    first = next((at for at, part in enumerate(parts) if _can_be_name(text, parts, at)), None)
    if first is None:
        return place
    last = here = first
    while here + 1 < len(parts) and parts[here + 1][2] in ("name", "floor") and not _opens_event(text, parts[here + 1]):
        here += 1
        last = here if parts[here][2] == "name" else last
    start, end = parts[first][0], parts[last][1]
    if end < len(text) and text[end] == ")" and "(" in text[start:end]:
        end += 1
    elif "(" in text[start:end] and ")" not in text[start:end]:
        end = text.index("(", start)
        end -= text[end - 1] == " "
    end = _without_run_on(text, start, end)
    if online := _AND_ONLINE.search(text[start:end]):
        end = start + online.start()
    for article in ("the ", "The "):
        if text.startswith(article, start) and end - start > 8 and article == "the ":
            start += 4
    return replace(place, name_start=start, name_end=end)


def _can_be_name(text: str, parts: list[tuple[int, int, str]], at: int) -> bool:
    """Behind a street stands a quarter or a note ("Tide Row 4 (MAP)"), unless it is a building."""
    start, end, kind = parts[at]
    if kind != "name":
        return False
    is_beside_street = any(part[2] == "street" for part in parts[:at]) or (
        at + 1 < len(parts) and parts[at + 1][2] == "street" and text[max(start - 1, 0)] == "("
    )
    return not is_beside_street or is_building(text[start:end])


def _opens_event(text: str, part: tuple[int, int, str]) -> bool:
    """ "…, the Conference on Ports", "… - Norway: ports and tides": what is held there follows its place."""
    written = text[part[0] : part[1]]
    return ": " in written or (names_event(written) and names_event(" ".join(written.split()[:3])))


_AND_ONLINE = re.compile(
    r"\s*(?:[,&+/]|\b(?:and|or|und|et|y|e|en)\b)\s*(?:online|virtual(?:ly)?|zoom|webex|en ligne|en línea)\s*$",
    re.IGNORECASE,
)
_RUN_ON = re.compile(r"(?<=[\w)])(?:\s+[a-zà-ÿ]{2,}){2,}$")


def _without_run_on(text: str, start: int, end: int) -> int:
    """Cut what a lost line break glued to a name ("Hall Sirius agenda for event"); rooms and floors are of the name."""
    run_on = _RUN_ON.search(text[start:end])
    if run_on is None or not text[start].isupper() or run_on.start() < 8 or is_building(run_on[0]):
        return end
    return start + run_on.start()
