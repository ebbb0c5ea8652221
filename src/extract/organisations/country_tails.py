"""Countries after a body's name: "Ministry of Defence of the Republic of Poland"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.gazetteer import Word
from extract.gazetteer.words import keyset
from extract.organisations.vocabulary import countries

_FORMS_OF_STATE = keyset("republic kingdom federal democratic people's grand duchy commonwealth state")


def over_country(words: Sequence[Word], end: int) -> int:
    """Return where a name that ends at word `end` ends with the country after "of", `end` where none follows."""
    if end >= len(words) or words[end].key != "of" or words[end].breaks:
        return end
    at = end + 1 + (end + 1 < len(words) and words[end + 1].key == "the")
    if found := _country_at(words, at):
        return found
    of = at
    while of < len(words) and words[of].key in _FORMS_OF_STATE:
        of += 1
    is_state = at < of < len(words) and words[of].key == "of"
    return (_country_at(words, of + 1) if is_state else None) or end


def _country_at(words: Sequence[Word], at: int) -> int | None:
    table = countries()
    for size in range(min(table.longest, len(words) - at), 0, -1):
        if tuple(word.key for word in words[at : at + size]) in table.by_name:
            return at + size
    return None
