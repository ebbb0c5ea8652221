"""Streets and house numbers in written places: "Rue Haute 12", "410 19th Street NW", "c/ Mengstraße no. 4"."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.fields.buildings import is_building
from extract.fields.vocabulary import pattern_of, words_of

_HOUSE = re.compile(r"^(?:no\.?|nr\.?|n°)?\s*#?\d+[a-z]?(?:[-–/]\d+[a-z]?){0,3}$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d\s")
"""Opens the name of a yearly event, not a street: "2031 Harbour Meeting"."""
_QUARTER = re.compile(r"^[NS]\.?[EW]\.?$")


@lru_cache(maxsize=1)
def streets() -> re.Pattern[str]:
    """Return the pattern of the words of streets."""
    return pattern_of("venue_words", "streets")


@lru_cache(maxsize=1)
def _numbered_ends() -> re.Pattern[str]:
    """Return the pattern of the ends of streets written in one word, with their number."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, words_of('venue_words', 'street_ends')))})\s*\d")


def is_street_word(word: str) -> bool:
    """Tell whether a word is that of a street and of no building."""
    return bool(streets().fullmatch(word)) and not is_building(word)


def is_street(segment: str) -> bool:
    """Tell whether a part of a written place is a street with its number, or a number alone."""
    if _HOUSE.match(segment) or _QUARTER.match(segment):
        return True
    words = segment.lower().replace(",", " ").split()
    if words[0] in words_of("venue_words", "beside"):
        return False
    if not any(char.isdigit() for char in segment):
        is_at_one = words[0] in words_of("venue_words", "at_streets") and bool(streets().search(segment))
        return is_at_one or segment.lower().startswith(words_of("venue_words", "street_openings"))
    if words[0].startswith("c/") or _numbered_ends().search(segment.lower()):
        return True
    has_street = bool(streets().search(segment))
    if not has_street and _YEAR_FIRST.match(segment):
        return False
    number_outside = words[0][0].isdigit() or words[-1][-1:].isdigit() or words[-1][:1].isdigit()
    is_room = pattern_of("venue_words", "rooms").search(segment) or pattern_of("venue_words", "buildings").search(
        segment
    )
    return (
        (has_street and number_outside and not (is_room and not words[0][0].isdigit()))
        or bool(re.match(r"^\d{1,5}[A-Za-z]?\s+[A-Z]", segment) and not is_room)
        or bool(re.match(r"^(?:\d{1,2}F\s+)?\d{1,2}(?:-\d{1,3}){1,2}\b", segment))
    )
