"""Organisations by their place: the lists after "hosted by", "Organisers:", "in partnership with"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extract.gazetteer import Word, is_acronym
from extract.gazetteer.words import keyset
from extract.organisations.candidates import Candidate
from extract.organisations.grammar import Grammar
from extract.organisations.host_lists import before_insertion
from extract.organisations.hosting import Cue, names_event
from extract.organisations.right import DAYS
from extract.organisations.vocabulary import countries, is_large_city, organisation_words

_CONNECTORS = keyset("by of for the in on de des du la le and & et und für to from")
_SEPARATORS = frozenset(",;/|•·")
_STOPS = frozenset('.:!?()[]"“”')
_BODY_NOUNS = keyset("project consortium network initiative")
_ADVERBIALS = keyset("in on at during for since after as with to from today this last next together")
_PRONOUNS = keyset("we he she they it you i this that these who which")
_BRACKETS = frozenset("()[]")
_JOINTS = keyset("and the et und y & with by as well sowie la le les il el los las der die das den dem")
_NO_PART_OF_A_NAME = DAYS | keyset("zusammenarbeit kooperation partnerschaft partnership cooperation collaboration")
_QUOTES = frozenset("\"“”‘’'")
_HOLDERS_OF_POSTS = keyset(
    "minister ministers secretary secretaries ambassador ambassadors president presidents leaders officials directors "
    "chairs heads delegates experts chancellor director professor governor governors commissioner commissioners chief "
    "chiefs commander commanders"
)
_ORDINALS = keyset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx")
_WARMLY = keyset("kindly cordially warmly jointly")
_SHIPS = keyset("js jds uss hms hmas hmcs hmnzs bns fs its hnlms fgs roks kd rss ins esps nrp orp")
"""What stands before a ship's name."""
MAX_BRACKET = 20
MAX_SLOT_WORDS = 80
"""A list of hosts longer than this (words) is running text."""


def from_host_lists(words: Sequence[Word], text: str, grammar: Grammar, cues: Sequence[Cue]) -> Iterator[Candidate]:
    """Yield the capitalised items of lists that a host phrase opens, whatever their words."""
    starts = [word.start for word in words]
    for cue in cues:
        if cue.side in ("after", "labels", "bodies", "joint") and (index := bisect_left(starts, cue.end)) < len(words):
            before = text[max(cue.start - 80, 0) : cue.start].rsplit("\n", 1)[-1]
            is_aside = before.count("(") > before.count(")")
            is_closed = words[index].breaks and cue.side != "labels" and not text[: cue.end].endswith((" by", " By"))
            if not is_aside and not is_closed:
                yield from _items(words, grammar, index + (words[index].text == ":"))


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
            start = _sentence_start(words, stop)
            items = list(_items(words, grammar, start, stop))
            if items and items[-1].end == stop and words[start].key not in _PRONOUNS:
                yield from (item for item in items if item.end - item.start > 1 or is_acronym(words[item.start].text))


def _sentence_start(words: Sequence[Word], stop: int) -> int:
    """Return the first capitalised word of the list before `stop`, after the last sentence end or lower-case clause."""
    start = stop
    while start > max(stop - MAX_SLOT_WORDS, 0) and not (start < stop and words[start].breaks):
        before = words[start - 1]
        is_plain = before.text[0].islower() and before.key not in _CONNECTORS and before.key != "the"
        if before.text in ".:!?" or is_plain:
            break
        start -= 1
    dated = start + 1 if start < stop and words[start].key == "on" else start
    while dated < stop and (words[dated].text[0].isdigit() or words[dated].key in DAYS) and dated > start:
        dated += 1
    if start + 1 < dated < stop and words[dated].text[0].isupper():
        start = dated  # "On 3 May ABCD organised …"
    if words[start].key in _ADVERBIALS:
        start = next((i + 1 for i in range(start, stop) if words[i].text == ","), start)
    while start < stop and (
        words[start].text in ",;" or words[start].text[0].islower() or words[start].text[0].isdigit()
    ):
        start += 1
    return start


def _items(words: Sequence[Word], grammar: Grammar, start: int, stop: int | None = None) -> Iterator[Candidate]:
    at = start
    stop = min(len(words), start + MAX_SLOT_WORDS) if stop is None else stop
    while at < stop and not (words[at].breaks and at > start):
        word = words[at]
        if grammar.is_capital(at) or word.kind == "site":
            end = _item_end(words, grammar, at, stop)
            if candidate := _item(words, grammar, at, end):
                yield candidate
            at = end
        elif word.text in _SEPARATORS or word.key in _JOINTS or word.kind == "mark":
            if word.text in _STOPS - _BRACKETS - (_QUOTES if at == start else frozenset()):
                return
            at = _past_bracket(words, at, stop) if word.text in "([" else at + 1
        elif word.kind == "address":
            at += 1
        elif at > start and (beyond := _past_unnamed(words, at, stop)):
            at = beyond
        else:
            return


def _past_unnamed(words: Sequence[Word], at: int, stop: int) -> int | None:
    """Return the comma that ends a member without a name ("the ministries of both countries, …"), None without one."""
    comma = next((i for i in range(at, min(at + 3, stop)) if words[i].text == ","), None)
    return comma if comma is not None and all(word.text.islower() for word in words[at:comma]) else None


def _past_bracket(words: Sequence[Word], at: int, stop: int) -> int:
    close = next((i for i in range(at, min(at + MAX_BRACKET, stop)) if words[i].text in ")]"), at)
    return close + 1


def _item_end(words: Sequence[Word], grammar: Grammar, start: int, stop: int) -> int:
    at = start + 1
    while at < stop and not words[at].breaks and _belongs(words, grammar, at, stop):
        at += 1
    if at < stop and words[at].key in _BODY_NOUNS and not words[at].breaks and words[at].text.islower():
        at += 1
    return at


def _belongs(words: Sequence[Word], grammar: Grammar, at: int, stop: int) -> bool:
    """Tell whether a word goes on with the item before it: capitals, joints, "by" between two capitals."""
    word = words[at]
    if grammar.is_capital(at) or word.kind == "site":
        return True
    if word.kind == "possessive":
        return not grammar.ends_known(at - 1)
    if word.text in "-&'’":
        return word.text == "&" or word.start == words[at - 1].end
    if at + 1 >= stop or words[at + 1].breaks:
        return False
    if word.key in ("in", "on") and words[at + 1].key in _NO_PART_OF_A_NAME:
        return False
    if word.key == "in" and (is_large_city(words[at + 1].text) or countries().code((words[at + 1].key,))):
        return False
    is_inner = words[at - 1].text == "-" and words[at + 1].text == "-"
    return is_inner or (word.key in _CONNECTORS and word.key != "and" and grammar.is_capital(at + 1))


def _item(words: Sequence[Word], grammar: Grammar, start: int, end: int) -> Candidate | None:
    vocabulary = organisation_words()
    while start < end and words[start].key in vocabulary.not_first:
        if words[start].key not in ("the", "le", "la", "les", "der", "die", "das", "el"):
            return None
        start += 1
    if end - start > 1 and words[start].text in ("De", "Het"):
        start += 1  # "De Havencommissie houdt …"
    if end - start > 2 and words[start].key in ("l", "d") and words[start + 1].text in "'’":
        start += 2  # "L’UTT"
    while end > start and words[end - 1].kind in ("mark", "possessive"):
        end -= 1
    keys = tuple(word.key for word in words[start:end])
    if not keys or countries().code(keys) or any(i in grammar.people for i in range(start, end)):
        return None
    if len(keys) > 1 and is_large_city(" ".join(word.text for word in words[start:end])):
        return None
    if keys[0] in _ORDINALS and names_event(" ".join(keys)):
        return None  # "el III Seminario"
    if keys[-1] in _HOLDERS_OF_POSTS or (words[start].text.isupper() and keys[0] in _SHIPS):
        return None
    if len(keys) > 2 and keys[1] == "'s" and countries().code(keys[:1]):
        start += 2  # "Japan’s Institute of Geoeconomics"
        keys = keys[2:]
    if len(keys) == 1 and words[start].kind == "word":
        if len(words[start].text) < 3 or vocabulary.is_head(keys[0]) or is_large_city(words[start].text):
            return None
        if sum(map(str.isupper, words[start].text)) < 2 and _goes_on_small(words, end):
            return None
    return Candidate(start, end, "slot")


def _goes_on_small(words: Sequence[Word], at: int) -> bool:
    """Tell "Ministries of both sides" from a name: a word in small letters that is no list word follows."""
    if at >= len(words) or words[at].breaks or words[at].kind != "word":
        return False
    return words[at].text.islower() and words[at].key not in _ADVERBIALS | _CONNECTORS | _JOINTS | _BODY_NOUNS
