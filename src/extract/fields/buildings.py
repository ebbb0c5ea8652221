"""Words that make a name that of a room, a building or an institution."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.fields.vocabulary import pattern_of, words_of


def is_building(name: str) -> bool:
    """Tell whether a name has a word for a room, a building or an institution ("Sigma Hall", "Stadthaus Ulm")."""
    return any(pattern_of("venue_words", key).search(name) for key in ("rooms", "buildings")) or bool(
        _endings().search(name)
    )


@lru_cache(maxsize=1)
def _endings() -> re.Pattern[str]:
    return re.compile(rf"\b\w*[\w-](?:{'|'.join(words_of('venue_words', 'endings'))})\b", re.IGNORECASE)
