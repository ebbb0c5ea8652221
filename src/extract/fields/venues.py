"""The place where the document's event happens: building and room, street, city, country, coordinates, zone."""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc

from extract.countries import name_of_country
from extract.fields.attendance import event_attendance
from extract.fields.buildings import is_building
from extract.fields.titles import event_title
from extract.fields.venue_candidates import PlaceCandidate, PlaceContext, place_context
from extract.fields.venue_lines import places_in_fields, places_in_lines
from extract.fields.venue_parts import Place, parse_place
from extract.fields.venue_prose import places_in_prose
from extract.fields.vocabulary import pattern_of
from extract.found import Found, found
from extract.places import City, country_zones
from extract.records import VenueFinding

_CITY_SCORE = 3.0
STATED_SCORE = 0.75
"""The least score of a venue that a field, a line of its own or a street states; sentences stay below it."""

_OPENING = 500
"""Characters from the start in which the only house of a text, told weakly, is the event's."""
_BESIDE = 80
"""Characters between the names of a hall and of its house in lines below each other."""
_STEM = 5
"""Letters of a word that are the same in two languages: "Fondation Universitaire" is "University Foundation"."""
_TOLD = 6.0
"""A sentence with the event's day, a verb of holding and a building states its place as a field does."""


def find_venues(doc: Doc) -> Doc:
    """Add the venue of the document's event; an online event and a text about no event have none."""
    working_set = found(doc)
    if working_set.doc_type[0] == "profile":
        return doc
    title = event_title(doc)
    name = title.text if title else None
    venue = _declared_venue(working_set)
    if venue is None or venue.city is None:
        candidates = place_candidates(doc, name)
    if venue is not None and venue.city is None:
        venue = _with_city(working_set, venue, candidates)
    elif venue is None:
        is_stated = any(map(_is_stated, candidates))
        if candidates and event_attendance(working_set, name, has_place=True, is_stated=is_stated) != "online":
            venue = _merge(working_set, candidates)
    if venue:
        working_set.venues.append(venue)
    return doc


def place_candidates(doc: Doc, title: str | None) -> list[PlaceCandidate]:
    """Return all places that may be where the event is, best first; equals in text order."""
    context = place_context(doc, title)
    found_places = [*places_in_fields(context), *places_in_lines(context), *places_in_prose(context)]
    candidates = [
        candidate
        for candidate in found_places
        if not _is_online(context.text, candidate.place) and not _is_of_a_person(context, candidate.place)
    ]
    ranked = sorted(candidates, key=lambda candidate: (-candidate.score, candidate.is_vague, candidate.start))
    return _with_weak_where_alone(ranked)


def _with_weak_where_alone(candidates: list[PlaceCandidate]) -> list[PlaceCandidate]:
    """Drop weak places that are not the only ones: several cities without evidence are what a text is about."""
    strong = [candidate for candidate in candidates if not candidate.is_weak]
    weak = [candidate for candidate in candidates if candidate.is_weak]
    if any(candidate.place.city or candidate.place.country_code for candidate in strong):
        return strong
    cities = {candidate.place.city.name for candidate in weak if candidate.place.city}
    countries = {candidate.place.country_code for candidate in weak if candidate.place.country_code}
    if not (cities or countries or strong):
        return weak if len({candidate.start for candidate in weak}) == 1 and weak[0].start < _OPENING else []
    is_one = len(cities) == 1 and len(countries) == 1
    return [*strong, *weak] if is_one else strong


def _is_of_a_person(context: PlaceContext, place: Place) -> bool:
    """ "the Port House Director Ada Lind", "Ada Lind, Riga": somebody's post or home, unlike "Ada Lind Room"."""
    start, stop = place.name_start, place.name_end
    if start is None or stop is None:
        return False
    is_built = is_building(context.text[start:stop])
    person = next((begin for begin, end in context.people if begin < stop and start < end), None)
    has_post = pattern_of("venue_words", "posts").search(context.text, start, stop if person is None else person)
    if person is None:
        return has_post is not None and not is_built
    return has_post is not None or not is_built


def _is_online(text: str, place: Place) -> bool:
    """ "Venue: Online (Zoom)" names no place."""
    return place.name_start is not None and _ONLINE.match(text, place.name_start) is not None


_ONLINE = re.compile(
    r"(?:online|on-line|virtual(?:ly)?|(?:via )?(?:zoom|webex|(?:ms |microsoft )?teams)|en ligne|en línea)(?!\w)",
    re.IGNORECASE,
)


def _declared_venue(working_set: Found) -> VenueFinding | None:
    """Read the location that the publisher declared: schema.org Place or a calendar's LOCATION."""
    facts = {fact.name: fact.value.strip() for fact in reversed(working_set.document.declared)
             if fact.name == "location" or fact.name.startswith("location.")}  # fmt: skip
    name = facts.get("location.name") or facts.get("location")
    if (
        not facts
        or not any(facts.values())
        or (name or "").casefold().startswith(("online", "virtual", "http", "zoom"))
    ):
        return None
    country = facts.get("location.address.addressCountry") or facts.get("location.address.addressCountry.name") or ""
    parts = [name, facts.get("location.address.streetAddress"), facts.get("location.address.addressLocality"),
             name_of_country(country) or country, facts.get("location.address")]  # fmt: skip
    whole = ", ".join(dict.fromkeys(part for part in parts if part))
    place = parse_place(whole, 0, len(whole))
    text = working_set.document.text
    venue_name = whole[place.name_start : place.name_end] if place.name_start is not None else None
    if name and venue_name and venue_name.startswith(name):
        venue_name = name
    if venue_name and (at := text.find(venue_name)) >= 0:
        working_set.mention(at, at + len(venue_name), "VENUE", "venues", entity_key="venue:0")
    return _finding(place, venue_name, place.address, 1.0, _number(facts, "latitude"), _number(facts, "longitude"))


def _with_city(working_set: Found, venue: VenueFinding, candidates: list[PlaceCandidate]) -> VenueFinding:
    """Add the city that the text states to a declared place without one; another country's city is not its."""
    declared = Place(country_code=venue.country_code)
    for candidate in candidates:
        place = candidate.place
        is_sure = candidate.score >= _CITY_SCORE or _is_named(working_set.document.text, place, venue.name)
        if place.city is None or not is_sure or not _agree(declared, place):
            continue
        if place.city_start is not None and place.city_end is not None:
            working_set.mention(place.city_start, place.city_end, "PLACE", "venues", score=_sureness(candidate))
        return _finding(place, venue.name, venue.address or place.address, 1.0, venue.latitude, venue.longitude)
    return venue


def _is_named(text: str, place: Place, name: str | None) -> bool:
    return name is not None and place.name_start is not None and name in text[place.name_start : place.name_end]


def _number(facts: dict[str, str], key: str) -> float | None:
    try:
        return float(facts[f"location.geo.{key}"])
    except (KeyError, ValueError):
        return None


def _merge(working_set: Found, candidates: list[PlaceCandidate]) -> VenueFinding | None:
    """Take the best candidate; what it leaves open (name or city) comes from the next that fits with it."""
    best = candidates[0]
    place = best.place
    text = working_set.document.text
    fitting = [candidate for candidate in candidates if _agree(place, candidate.place)]
    if best.is_vague:  # "an official visit to Japan": what is named later is one stop of it
        fitting = [candidate for candidate in fitting if candidate.start < best.start and not candidate.place.has_name]
    named = _by_full_name(text, [candidate for candidate in fitting if candidate.place.has_name])
    cities = (candidate.place for candidate in fitting if candidate.place.city)
    wider = next((other.place for other in fitting if other.source == "dateline" or other.is_vague), place)
    city_place = next((other for other in cities if _names_agree(text, place, other)), place)
    name = None
    if named is not None and named.place.name_start is not None and named.place.name_end is not None:
        mention = working_set.mention(
            named.place.name_start,
            named.place.name_end,
            "VENUE",
            "venues",
            entity_key="venue:0",
            score=_sureness(named),
        )
        name = " ".join(mention.text.split())
    if city_place.city and city_place.city_start is not None and city_place.city_end is not None:
        working_set.mention(city_place.city_start, city_place.city_end, "PLACE", "venues", score=_sureness(best))
    if name is None and city_place.city is None and place.country_code is None:
        return None
    address = named.place.address if named and named.place.address else place.address
    country = city_place.country_code or place.country_code or wider.country_code
    merged = Place(city=city_place.city, country_code=country)
    venue = _finding(merged, name, address and " ".join(address.split()), _sureness(best), None, None)
    return replace(venue, tz_iana=_zone_of_body(working_set, named.place)) if named and not venue.tz_iana else venue


def _by_full_name(text: str, named: list[PlaceCandidate]) -> PlaceCandidate | None:
    """Return the first candidate, or the one that says its acronym in full: "at DU" and "at the Delta University"."""
    for candidate in named[1:]:
        acronym = text[named[0].place.name_start : named[0].place.name_end]
        words = re.findall(r"\b[A-Z]", text[candidate.place.name_start : candidate.place.name_end])
        if acronym.isupper() and len(words) > 1 and "".join(words).startswith(acronym):
            return candidate
    return named[0] if named else None


def _zone_of_body(working_set: Found, place: Place) -> str | None:
    """Return the zone of the body in a venue's name ("Hall 2, Osaka University"), which no text states."""
    countries = {body.key: body.country_code for body in working_set.organisations}
    for mention in working_set.mentions_of("ORG"):
        if (place.name_start or 0) <= mention.start_char < (place.name_end or 0):
            zone = country_zones().get(countries.get(mention.entity_key or "") or "")
            if zone:
                return zone
    return None


def _names_agree(text: str, one: Place, other: Place) -> bool:
    """Two named places can be one when they stand beside each other or a word of their names is the same."""
    if one.name_start is None or other.name_start is None or abs(one.name_start - other.name_start) < _BESIDE:
        return True
    names = (text[place.name_start : place.name_end] for place in (one, other))
    starts = [{word[:_STEM] for word in re.findall(r"\w{4,}", name.casefold())} for name in names]
    return not starts[0].isdisjoint(starts[1])


def _agree(one: Place, other: Place) -> bool:
    """Two places can be one: no two different cities or countries."""
    if one.city and other.city and one.city.name != other.city.name:
        return False
    return not (one.country_code and other.country_code and one.country_code != other.country_code)


def _sureness(candidate: PlaceCandidate) -> float:
    lowest, highest = (STATED_SCORE, 1.0) if _is_stated(candidate) else (0.4, STATED_SCORE - 0.05)
    return round(min(highest, max(lowest, 0.4 + candidate.score / 12)), 2)


def _is_stated(candidate: PlaceCandidate) -> bool:
    is_told = candidate.place.has_name and candidate.score >= _TOLD
    return candidate.source in ("label", "line") or candidate.place.has_street or is_told


def _finding(
    place: Place, name: str | None, address: str | None, score: float, latitude: float | None, longitude: float | None
) -> VenueFinding:
    city: City | None = place.city
    country = city.country_code if city else place.country_code
    return VenueFinding(
        key="venue:0",
        name=name,
        address=address,
        city=city.name if city else None,
        country_code=country,
        latitude=city.latitude if latitude is None and city else latitude,
        longitude=city.longitude if longitude is None and city else longitude,
        tz_iana=city.tz_iana if city else country_zones().get(country or ""),
        score=score,
    )
