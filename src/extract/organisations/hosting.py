"""How a text says who holds an event: "hosted by X", "X will convene", "Organisers: X; Y", "thanks to X for …"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from extract.gazetteer.words import keyset
from extract.records import OrganiserRole
from extract.vocabularies import read_toml, words_of

OBJECT_REACH = 160
"""How far after "hosted" or "held" the event must be named (characters)."""
SUBJECT_REACH = 240
"""How far before a verb its sentence is read for the event that it is about (characters)."""
Side = Literal["after", "joint", "inverted", "join", "labels", "before", "thanks", "bodies"]
_ADVERB = r"(?:(?:jointly|together|kindly|conjointement|gemeinsam|conjuntamente|congiuntamente|gezamenlijk)\s+)?"
_PLACE_AND_DAY = r"(?:\s+[\w’'.–-]+,?){0,12}?"
_WORD = re.compile(r"\b[^\W\d_][\w’']*")
_AGENT = re.compile(r" (przez|av|by|par|von|vom|por|da|dal|dall|dalla|dai|door)$")
_SENTENCE_END = re.compile(r"(?:(?<!\b[A-Z])\.|[!?])(?:\s|$)|\n\n")
_POINTS_BACK = re.compile(r"\b(?:which|that|qui|que|che|die|der|das|wurde|wird|werd|dat)\b", re.IGNORECASE)
_IS_ADDRESSED = re.compile(
    r"(?:^|[.!?:\n•*-]|[Pp]lease|(?:[Yy]ou|[Uu]s)(?:\s+to)?|[Vv]ous)\s*$"
)  # not "is expected to attend"
_STANDS_FOR_EVENT = re.compile(r"\b(?:it|them|this|hosts?|(?:organi[sz]|conven|initiat)[eo]rs?|partners?)$")
_TITLE_BELOW = re.compile(r"\s*(?:(?:the|les?|la|das|die|den|el|los|las|il|una?|een|the)\s*)?:?\s*\n\s*")
"""A verb ends its block and the title of the event is the next one."""
_TITLE_FOLLOWS = re.compile(r"\s+(?:(?:the|a|an|its)\s+)?(?:[\w-]+\s+){0,2}[“\"«‘]")
_IS = r"(?:(?:is|are|was|were|be|being|acts?|acted|serves?|served|appears?|appeared)(?:\s+as)?|as)"
_ITS = (
    r"(?:(?:its|their|the|an?|one\s+of\s+(?:the|its)|among\s+(?:the|its))\s+)?(?:(?:joint|main|other|second|new)\s+)?"
    r"(?:co-?)?"
)
_FEW_WORDS = r"(?:\s+[\w’'-]+,?){0,4}?"

_PARTICIPLES = frozenset(words_of("organisation_grammar", "hosts", "participles"))
_OFTEN_TOGETHER = frozenset(
    [
        "gemeinsam mit",
        "zusammen mit",
        "samen met",
        "junto con",
        "insieme a",
        "tillsammans med",
        "sammen med",
        "wspólnie z",
    ]
)
"""Partners in much else than events."""
_COLON_LIST = re.compile(
    r"\s+(?:\w+\s+)?(?:Institutionen|Organisationen|Partner|Einrichtungen|institutions?|organisations?|organizations?|"
    r"partners?|organismes|entidades|enti|instituciones|istituzioni|partenaires)\b[^.:;!?\n]{0,160}:"
)
"""The hosts stand behind a colon: "laden vier Institutionen zur Konferenz ein: das X, die Y"."""
_PASSIVE = re.compile(r"\b(?:wurden?|wird|werden|worden|wordt|werd(?:en)?)\b")
_BY = re.compile(r"\b(?:von|vom|durch|door)\s+(?:(?:der|dem|den|het|de)\s+)?(?=[A-ZÄÖÜ])")
_ADJUNCTS = re.compile(
    r"(?:\s+(?:am|op|il|el|le|den|w\s+dniu|dnia|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|"
    r"[a-z]+(?:dag|tag|di))\b)*(?:\s+\d{1,2}\.?(?:\s+[A-Za-zäéûóś]+)?(?:\s+\d{4})?)?"
    r"(?:\s+(?:gemeinsam|gezamenlijk|erneut|wieder|auch|ook|weer|conjuntamente|congiuntamente|ensemble|jointly)\b)?,?"
)
_SUBJECT_FOLLOWS = re.compile(
    rf"{_ADJUNCTS.pattern}\s+(?:(?:die|der|das|de|het|la|le|les|il|lo|el|los|las|l['’]|i|gli)\b\s*)?[A-ZÄÖÜÅÉ]"
)
"""A verb whose subject stands behind it: "Im Mai veranstalten die X und Y", "organiseert de X in Stroe een …"."""
_IS_SAID_OF = re.compile(
    r"(?:[,–—(]\s*(?:[\w’']+\s+){0,2}|"
    r"\b(?:is|was|are|were|as|be|ist|war|est|était|es|fue|è|is|was)\s+(?:[\w’']+\s+){0,4}|"
    r"\b(?:fruit|result|outcome|product)\s+of\s+(?:\w+\s+){0,2})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words at text[start:end] that give a part to the organisations on one side of them."""

    start: int
    end: int
    side: Side
    role: OrganiserRole


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    return read_toml("host_phrases")


@lru_cache(maxsize=1)
def _patterns() -> dict[Side, re.Pattern[str]]:
    """Return one pattern for each side, with a group for each part, for text in small letters."""
    return {side: re.compile(_pattern(side)) for side in cast(tuple[Side, ...], get_args(Side))}


def _pattern(side: Side) -> str:
    lists = dict(_lists()[side])
    for role, families in _lists()["verbs"].items() if side == "before" else ():
        lists[role] = [*lists[role], *(form for family in families for form in _forms(family))]
    not_before = "|".join(lists.pop("not_before", ()))
    parts = "|".join(f"(?P<{role}>{_either(phrases)})" for role, phrases in lists.items())
    if side == "labels":
        return rf"(?m:(?:^|(?<=[|\t]))[^\w\n]{{0,6}}(?:{parts})[ *_]{{0,3}}(?:[:：]|$|\t))"
    body = rf"\b(?:co-?)?(?:{parts})(?!\w)"
    return body + (
        rf"(?!\s+(?:(?:a|an|its|the|their)\s+)?(?:\w+(?:th|rd|nd|st)\s+)?(?:{not_before})\b)" if not_before else ""
    )


def _forms(family: str) -> Iterator[str]:
    """Yield the phrases of a verb with its object after it: "runs a", "ran it", "will run", "has run", "is running".

    A family is "base third-person past participle-in-ing", between slashes where a form has several words.
    """
    base, third, past, ongoing = family.split("/") if "/" in family else family.split()
    for finite in {base, third, past}:
        yield from (f"{finite} {thing}" for thing in ("{a}", "it", "them", "this"))
    for co in ("", "co-", "jointly "):
        yield from (f"{modal} {co}{base}" for modal in ("will", "would", "shall", "to"))
        yield from (f"{has} {co}{done}" for has in ("has", "have", "had") for done in {base, past})
        yield from (f"{be} {co}{ongoing}" for be in ("is", "are", "was", "were", "be"))


def _either(phrases: Iterable[str]) -> str:
    """Return a pattern for any of the phrases, the longest first; words in braces stand for any of their kind.

    Phrases with one first word share it: three times as fast as one branch for each.
    """
    rests: dict[str, list[str]] = {}
    for phrase in sorted(set(phrases), key=len, reverse=True):
        first = phrase.split(" ", 1)[0]
        rests.setdefault(re.escape(first), []).append(_phrase(phrase).removeprefix(re.escape(first)))
    return "|".join(f"{_filled(first)}(?:{'|'.join(rest)})" for first, rest in rests.items())


def _phrase(phrase: str) -> str:
    agent = _AGENT.search(phrase) if "{" not in phrase else None
    stem = phrase[: agent.start()] if agent else phrase
    pattern = re.escape(stem).replace(r"\ ", r"\s+" + _ADVERB)
    first, space, rest = pattern.partition(r"\s+" + _ADVERB)
    pattern = first + _filled(space + rest)
    return pattern + (rf"{_PLACE_AND_DAY}\s+{agent.group(1)}" if agent else "")


def _filled(pattern: str) -> str:
    """Put the words that braces stand for into a pattern."""
    objects = _lists()["objects"]
    pattern = pattern.replace(r"\{a\}", _words(objects["determiners"]) + r"(?!\w)")
    pattern = pattern.replace(r"\{event\}", _words(objects["nouns"]) + "s?")
    pattern = pattern.replace(r"\{its\}\s+" + _ADVERB, _ITS)
    return pattern.replace(r"\{is\}", _IS).replace(r"\{\.\.\}", _FEW_WORDS)


def _words(words: Iterable[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"


@lru_cache(maxsize=1)
def _objects() -> re.Pattern[str]:
    return re.compile(rf"\b{_words(_lists()['objects']['event'])}", re.IGNORECASE)


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    return re.compile(rf"\b{_words(_lists()['objects']['nouns'])}s?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def event_nouns() -> str:
    """Return a pattern (no group) for any noun that names an event, its plural included."""
    return _words(_lists()["objects"]["nouns"]) + "s?"


def names_event(text: str) -> bool:
    """Tell whether a noun such as "seminar" or "round table" stands in a text."""
    return _nouns().search(text) is not None


def sentence_after(text: str, position: int, reach: int = OBJECT_REACH) -> str:
    """Return the rest of the sentence at `position`, at most `reach` characters of it."""
    after = text[position : position + reach]
    opened = _TITLE_BELOW.match(after)
    start = opened.end() if opened else 0
    return after[:start] + _SENTENCE_END.split(after[start:], maxsplit=1)[0]


def sentence_before(text: str, position: int) -> str:
    """Return the sentence up to `position`, at most SUBJECT_REACH characters of it."""
    return _SENTENCE_END.split(text[max(position - SUBJECT_REACH, 0) : position])[-1]


def cues(text: str) -> Iterator[Cue]:
    """Yield the host phrases of a text, side by side, each side in text order."""
    small = _small(text)
    for side, pattern in _patterns().items():
        found = pattern.search(small)
        while found:
            stands = _stands(text, side, found)
            if stands:
                role = cast(OrganiserRole, found.lastgroup)
                yield Cue(
                    found.start(), _past_adjuncts(text, found.end()) if side == "inverted" else found.end(), side, role
                )
                if colon := _COLON_LIST.match(text, found.end()) if side in ("before", "inverted") else None:
                    yield Cue(found.start(), colon.end(), "after", role)
                if agent := _agent(text, found) if side == "before" else None:
                    yield Cue(*agent, "after", role)
            found = pattern.search(small, found.end() if stands else found.start() + 1)


def _past_adjuncts(text: str, position: int) -> int:
    """Return where the subject begins behind a verb and its adverbs and day: "houdt op maandag 15 januari de X"."""
    found = _ADJUNCTS.match(text, position)
    return found.end() if found else position


def _agent(text: str, verb: re.Match[str]) -> tuple[int, int] | None:
    """Return where "von" stands in "wurde das Forum von X und Y veranstaltet", None in another sentence."""
    if verb.group() not in _PARTICIPLES:
        return None
    start = verb.start() - len(sentence_before(text, verb.start()))
    passives = list(_PASSIVE.finditer(text, start, verb.start()))
    agent = _BY.search(text, passives[-1].end() if passives else start, verb.start())
    return (agent.start(), agent.end()) if agent else None


def _small(text: str) -> str:
    """Return a text in small letters with the same offsets: patterns without case are three times as fast."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=1)
def _phrase_words() -> frozenset[str]:
    """Return the words of host phrases and those of place and day between them."""
    lists = [phrase for side in get_args(Side) for phrases in _lists()[side].values() for phrase in phrases]
    lists += [*_lists()["objects"]["nouns"], _ADVERB.replace("|", " ").strip("(?:)\\s+")]
    return keyset(" ".join(_lists()["between"]["words"])).union(*(_WORD.findall(phrase) for phrase in lists))


def _stands(text: str, side: Side, found: re.Match[str]) -> bool:
    """Tell whether a phrase is about an event."""
    if side == "after" and any(w[0].islower() and w not in _phrase_words() for w in _WORD.findall(text, *found.span())):
        return False  # other words than place and day between "held" and "by"
    if side == "after" and found.group() in _OFTEN_TOGETHER:
        return names_event(
            sentence_before(text, found.start()) + " " + sentence_after(text, found.end(), SUBJECT_REACH)
        )
    if found.group().startswith("a meeting of"):
        return not text[found.start()].islower()  # "will convene a meeting of the X": who convenes it is told elsewhere
    if side == "joint":
        before = sentence_before(text, found.start())
        return names_event(before) and _IS_SAID_OF.search(before) is not None
    if side == "inverted":
        before = sentence_before(text, found.start())
        after = sentence_after(text, found.end(), SUBJECT_REACH)
        return names_event(before) or (_SUBJECT_FOLLOWS.match(after) is not None and names_event(after))
    if side == "join":
        if not _IS_ADDRESSED.search(text[max(found.start() - 12, 0) : found.start()]):
            return False
        return names_event(sentence_after(text, found.end()))
    reach = OBJECT_REACH * (2 if text.startswith(",", found.end()) else 1)  # ", together with X and Y, the seminar"
    if side != "before" or _objects().search(sentence_after(text, found.start(), reach + len(found.group()))):
        return True
    if _TITLE_FOLLOWS.match(text, found.end()) and names_event(text[found.end() : found.end() + 2 * OBJECT_REACH]):
        return True
    if _STANDS_FOR_EVENT.search(found.group()):
        return names_event(text[max(found.start() - SUBJECT_REACH, 0) : found.start()])
    before = sentence_before(text, found.start())
    return bool(_POINTS_BACK.search(before)) and names_event(before)
