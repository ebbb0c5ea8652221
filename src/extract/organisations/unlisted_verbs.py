"""Hosts told by verbs that no list has: "X mounts a two-day seminar", "the workshop was devised by X"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.found import Found
from extract.organisations.evidence import Evidence
from extract.organisations.host_lists import list_after, list_before
from extract.organisations.hosting import event_nouns, sentence_before
from extract.records import Mention
from extract.vocabularies import read_toml

_DETERMINER = (
    r"(?:an?|its|their|another|one|two|three|this year[’']s|une?|son|sa|leur|deux|eine?[nms]?|ihre[nmr]?|seine?[nmr]?|"
    r"zwei|una|uno|un[’']|sus?|dos|il suo|la sua|due|een|zijn|haar|twee|ett|en|sitt|sin)"
)
_NOT_BETWEEN = (
    r"(?:of|for|at|in|on|to|with|by|from|about|de|du|des|à|di|da|mit|zum?|zur|von|für|auf|bei|van|voor|met|op|som)"
)
_BEFORE_VERB = (
    r"(?:\s*\([^()\n]{1,30}\))?\s+(?:(?:also|again|jointly|now|then|once|today|recently|will|would|has|have|had|is|are|a|ont|"
    r"hat|haben|ha|han|hanno|heeft|hebben|har|auch|ook|erneut|kürzlich)\s+){0,3}"
)
REACH = 120
"""How far after a body its verb and the event must stand (characters)."""


@lru_cache(maxsize=1)
def _not_hosting() -> frozenset[str]:
    """Return the verbs whose subject or agent does something else with an event, and those that other rules read."""
    return frozenset(word for line in read_toml("host_phrases")["not_hosting"]["verbs"] for word in line.split())


@lru_cache(maxsize=1)
def _active() -> re.Pattern[str]:
    word = rf"(?!{_NOT_BETWEEN}\b)[\w’'-]+"
    return re.compile(
        rf"{_BEFORE_VERB}([^\W\d_]{{3,}})(?:\s+(?:up|on|out|together|forward|jointly|gemeinsam|ensemble|samen))?\s+"
        rf"{_DETERMINER}\s+(?:{word},?\s+){{0,5}}?[“\"‘]?(?:[\w-]+-)?(?i:{event_nouns()})\b"
    )


@lru_cache(maxsize=1)
def _passive() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:is|was|are|were|been|being)\s+(?:[a-z]+ly\s+)?([a-z]+(?:ed|en|wn|un|ut|ld|ght))\s+(?:up\s+)?by\s+"
    )


@lru_cache(maxsize=1)
def _the_event() -> re.Pattern[str]:
    """ "The two-day seminar", "a public lecture": written small, where "the East Asia Summit" is a name of its own."""
    return re.compile(rf"\b(?:[Tt]he|[Tt]his|an?|which|that)\s+(?:[\w’'-]+\s+){{0,4}}?{event_nouns()}\b")


def told_by_verbs(working_set: Found, mentions: Sequence[Mention], known: set[str]) -> Iterator[Evidence]:
    """Yield the bodies that do something to an event that only its host does; `known` have their part already."""
    text = working_set.document.text
    for mention in mentions:
        found = _active().match(text, mention.end_char, min(mention.end_char + REACH, len(text)))
        if found is None or found.group(1).casefold() in _not_hosting() or not found.group(1).islower():
            continue
        for member in list_before(text, mentions, mention.end_char + 1):
            if member.entity_key not in known:
                yield Evidence(member.entity_key or "", "organiser", "verb", member)
    for found in _passive().finditer(text):
        before = sentence_before(text, found.start())
        if found.group(1) in _not_hosting() or not _the_event().search(before):
            continue
        for member in list_after(text, mentions, found.end()):
            if member.entity_key not in known:
                yield Evidence(member.entity_key or "", "organiser", "verb", member)
