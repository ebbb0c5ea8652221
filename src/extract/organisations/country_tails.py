"""Countries after a body's name: "Ministry of Defence of the Republic of Poland"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.gazetteer import Word
from extract.organisations.vocabulary import countries, organisation_words
from extract.vocabularies import words_of

_FORMS_OF_STATE = frozenset(words_of("organisation_grammar", "names", "forms_of_state"))


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


LONGEST_REGION = 6
"""Words of the longest region."""


def over_region(words: Sequence[Word], start: int, end: int) -> int:
    """Return where the name at words [start, end) ends with its region: "Regional Centre for Peace in Asia and …".

    Only bodies that call themselves regional, and the economic commissions, go on over "in" and "for".
    """
    if not any(word.key in ("regional", "economic") for word in words[start:end]):
        return end
    starts = [end] if end < len(words) and words[end].key in ("in", "for") and not words[end].breaks else []
    inside = [i for i in range(start, end) if words[i].key in ("in", "for")]
    for at in (*starts, *inside):
        for size in range(min(LONGEST_REGION, len(words) - at - 1), 0, -1):
            run = words[at + 1 : at + 1 + size]
            if tuple(word.key for word in run) in organisation_words().regions and not any(w.breaks for w in run):
                return max(end, at + 1 + size)
    return end
