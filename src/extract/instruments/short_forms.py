"""Where a listed short form stands for an instrument: by itself when it is long, else only between parties."""

from __future__ import annotations

from collections.abc import Sequence

from extract.gazetteer import Match, Word, instruments, organisations
from extract.gazetteer.words import keyset
from extract.organisations.vocabulary import countries
from extract.vocabularies import words_of

_WORDS_IN_CAPITALS = frozenset(words_of("instrument_words", "grammar", "words_in_capitals"))
MIN_BARE_ACRONYM = 4
"""Shorter acronyms of instruments (EPA, SPA, IP) are also those of bodies and ideas."""
_PAIRING = keyset("and und et y e /")


def stands_alone(form: str) -> bool:
    """Tell whether a listed short form stands for the instrument by itself: long, no common word, no body's acronym."""
    return len(form) >= MIN_BARE_ACRONYM and form not in _WORDS_IN_CAPITALS and not organisations().lookup(form)


def stands_between(words: Sequence[Word], match: Match) -> bool:
    """Tell whether parties stand before a short form, or another such form beside it: "EU-Japan EPA", "EPA and SPA"."""
    before, after = words[max(match.start - 3, 0) : match.start], words[match.end : match.end + 3]
    if any(word.breaks for word in (*before[1:], words[match.start])):
        before = []
    parties = [word.key for word in before]
    table, bodies = countries(), organisations()
    if len(parties) == 3 and parties[1] in ("-", "–", "‑"):
        return all(table.code((word.key,)) or bodies.lookup(word.text) for word in (before[0], before[2]))
    joint = before[:-1] if before and before[-1].key == "the" else before[-2:]
    beside = [joint[0].text] if len(joint) > 1 and joint[1].key in _PAIRING else []
    if after and after[0].key in _PAIRING and not any(word.breaks for word in after):
        beside += [word.text for word in after[1:] if word.key != "the"][:1]
    return any(other != match.form and other.isupper() and instruments().lookup(other) for other in beside)
