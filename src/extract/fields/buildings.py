"""Words that make a name that of a room, a building or an institution."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.fields.vocabulary import pattern_of, words_of


def is_building(name: str) -> bool:
    """Tell whether a name has a word for a room, a building or an institution ("Sigma Hall", "Stadthaus Ulm")."""
    named = any(pattern_of("venue_words", key).search(name) for key in ("rooms", "buildings"))
    return named or _endings().search(name) is not None or _stems().search(name) is not None


@lru_cache(maxsize=1)
def _endings() -> re.Pattern[str]:
    return re.compile(rf"\b\w*[\w-](?:{'|'.join(words_of('venue_words', 'endings'))})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _stems() -> re.Pattern[str]:
    """Words whose endings change with the language and the case: "universiteto", "muzeum", "Bibliotece"."""
    return re.compile(rf"\b(?:{'|'.join(words_of('venue_words', 'stems'))})\w*", re.IGNORECASE)


def is_sentence(name: str) -> bool:
    """Tell running words from a name: more small words than capitals, those of places and their links aside."""
    words = re.findall(r"[^\W\d_][\w’'-]*", name)
    small = [word for word in words if word[0].islower() and word not in words_of("venue_words", "connectors")]
    named = len(words) - len([word for word in words if word[0].islower()])
    halls = [word for word in small if is_building(word) or word in words_of("venue_words", "building_adjectives")]
    return len(small) - len(halls) > named + len(halls)
