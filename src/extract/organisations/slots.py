"""Organisations by their place: the lists after "hosted by", "Organisers:", "in partnership with"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extract.gazetteer import Word, is_acronym
from extract.gazetteer.words import keyset
from extract.organisations.candidates import Candidate
from extract.organisations.grammar import Grammar
from extract.organisations.host_lists import before_insertion
from extract.organisations.hosting import Cue
from extract.organisations.right import DAYS
from extract.organisations.slot_items import ADVERBIALS, CONNECTORS, MAX_SLOT_WORDS, items
from extract.vocabularies import words_of

_PRONOUNS = keyset("we he she they it you i this that these who which")
_ARTICLES = keyset("the le la les l el los las il lo gli i de het der die das")
_WARMLY = frozenset(words_of("organisation_grammar", "hosts", "warmly"))


def from_host_lists(words: Sequence[Word], text: str, grammar: Grammar, cues: Sequence[Cue]) -> Iterator[Candidate]:
    """Yield the capitalised items of lists that a host phrase opens, whatever their words."""
    starts = [word.start for word in words]
    for cue in cues:
        if cue.side in ("after", "labels", "bodies", "joint", "inverted") and (
            index := bisect_left(starts, cue.end)
        ) < len(words):
            before = text[max(cue.start - 80, 0) : cue.start].rsplit("\n", 1)[-1]
            is_aside = before.count("(") > before.count(")")
            is_closed = words[index].breaks and cue.side != "labels" and not text[: cue.end].endswith((" by", " By"))
            if not is_aside and not is_closed:
                yield from items(words, grammar, index + (words[index].text == ":"))


def from_invitations(words: Sequence[Word], text: str, grammar: Grammar, cues: Sequence[Cue]) -> Iterator[Candidate]:
    """Yield the items of the list that is the subject of "are pleased to invite you", "jointly organise" …"""
    ends = [word.end for word in words]
    for cue in cues:
        if cue.side != "before":
            continue
        for position in {cue.start, before_insertion(text, cue.start)}:
            stop = bisect_right(ends, position)
            while stop and (words[stop - 1].text == "," or words[stop - 1].key in _WARMLY):
                stop -= 1
            yield from _subject(words, grammar, stop)


def _subject(words: Sequence[Word], grammar: Grammar, stop: int) -> list[Candidate]:
    """Return the items of the list that ends before word `stop`, none where no list does."""
    for start in dict.fromkeys((_sentence_start(words, stop), _clause_start(words, stop))):
        found = list(items(words, grammar, start, stop))
        if found and _ends_at(words, found[-1].end, stop) and words[start].key not in _PRONOUNS:
            return [c for c in found if len(found) > 1 or c.end - c.start > 1 or is_acronym(words[c.start].text)]
    return []


def _clause_start(words: Sequence[Word], stop: int) -> int:
    """Return the first word of the sentence before `stop`, where names go on in small letters ("Institut de …")."""
    start = stop
    while start > max(stop - MAX_SLOT_WORDS, 0) and not (start < stop and words[start].breaks):
        if words[start - 1].text in ".:!?":
            break
        start -= 1
    while start < stop and words[start].key in _ARTICLES:
        start += 1
    return start + 1 if start + 1 < stop and words[start].text in "'’" else start


def _ends_at(words: Sequence[Word], end: int, stop: int) -> bool:
    """Tell whether nothing but a bracket stands between the last item and the verb: "X (XYZ, Paris) organise"."""
    if end >= stop:
        return True
    return words[end].text == "(" and words[stop - 1].text == ")" and all(w.text != "(" for w in words[end + 1 : stop])


def _sentence_start(words: Sequence[Word], stop: int) -> int:
    """Return the first capitalised word of the list before `stop`, after the last sentence end or lower-case clause."""
    start = stop
    while start > max(stop - MAX_SLOT_WORDS, 0) and not (start < stop and words[start].breaks):
        before = words[start - 1]
        is_plain = before.text[0].islower() and before.key not in CONNECTORS and before.key != "the"
        if before.text in ".:!?" or is_plain:
            break
        start -= 1
    dated = start + 1 if start < stop and words[start].key == "on" else start
    while dated < stop and (words[dated].text[0].isdigit() or words[dated].key in DAYS) and dated > start:
        dated += 1
    if start + 1 < dated < stop and words[dated].text[0].isupper():
        start = dated  # "On 3 May ABCD organised …"
    if words[start].key in ADVERBIALS:
        start = next((i + 1 for i in range(start, stop) if words[i].text == ","), start)
    while start < stop and (
        words[start].text in ",;" or words[start].text[0].islower() or words[start].text[0].isdigit()
    ):
        start += 1
    return start
