"""What speaks for and against a place in a sentence being the event's: verbs of holding, other events, posts, seats."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Span, Token

from extract.fields.event_names import event_names, kind_pattern, names_event
from extract.fields.venue_candidates import PlaceContext
from extract.fields.vocabulary import pattern_of, words_of

AT = frozenset(words_of("venue_words", "at"))
"""Prepositions before a building, not a city: "at", "presso", "in der"."""
INTO = frozenset(words_of("venue_words", "into"))
"""Prepositions before a city or a country."""
VISITS = frozenset(words_of("venue_words", "visits"))
"""Verbs with a place as their object."""
_BY = re.compile(r"\b(?:by|with|from|von|par|por|da|dal|dalla|door)\s+(?:the\s+|der\s+|dem\s+|la\s+|le\s+|el\s+)?$")
_THERE = re.compile(
    r",?\s+(?:which |that )?(?:was |is |were |are |to be |will be )?(?:held|hosted|convened|took place)\s+"
    r"(?:on\s+[^,.;]{3,25}\s+)?"
)
"""Between another event and its own place: "the Harbour Meeting, held at"."""
_CLOCK_BEFORE = re.compile(r"\d{1,2}[:.h]\d{2}(?:\s?(?:[ap]\.?m\.?|h|hrs?|horas|Uhr)\.?)?\s$")
"""A clock right before "in Lima" tells the hour there."""
_PLANNED = re.compile(r"\b(?:will|shall|plans? to|is to|are to|wird|werden|se tiendra|se celebrará|si terrà)\b")
_UNIT = re.compile(
    r"\bby\s[^.;]*\b(?:Programme|Program|Department|Division|Unit|Section|Chair|Branch|Desk|Initiative|Project)\s"
    r"(?:\([^()\n]{2,15}\)\s)?$"
)
_NAME_NEXT = re.compile(r"\s+[A-Z][\w’'.-]+\s+[A-Z]")
_AT_IT = re.compile(
    r"\b(?:at|in|im|bei|beim|am|à|au|aux|chez|en|presso|alla|al|nel|nella|bij|of|de|du|der|des|to)\s+"
    r"(?:the\s+|la\s+|le\s+|l[’']|der\s+|dem\s+|el\s+|het\s+)?$"
)
_HEAD = 500
"""Characters in which a text whose title names no event ("Minister praises ports") names its own."""
_CLAUSE = 400
"""Characters before a place that are read for what it is the place of."""


WEIGHTS = {
    "held": 2.0,  # a verb of holding or visiting before the place
    "kind": 1.0,  # a noun for an event before it
    "kind beside": 1.0,  # … right before the preposition: "symposium in"
    "own subject": 1.0,  # "the conference will"
    "in person": 2.0,  # "in person (at"
    "coming": 1.0,  # "brings experts … to"
    "coming beside": 1.0,  # … right before "to"
    "no coming": -9.0,  # "to" after anything else
    "post": -9.0,  # "Professor at"
    "elsewhere": -4.0,  # "war in", "18:00 in"
    "another event": -4.0,  # "the Harbour Summit in", which is not the document's
    "another event that day": -2.0,  # … that the sentence puts on the event's own day
    "side occasion": -2.0,  # a breakfast, a reception
    "unit": -4.0,  # "by the Harbour Programme at": whose unit it is
    "seat": -1.5,  # "the Quay Institute in"
    "seat at": -2.5,  # "the Quay Institute at", without a verb of holding
}
"""What each piece of evidence before a place adds; two that speak for it are needed (`NEEDED`)."""


def evidence_before(context: PlaceContext, sentence: Span, token: Token, is_approach: bool) -> float:
    """Weigh the words before a place: of holding an event (for), of another event, a post or a life (against)."""
    opening = max(sentence.start_char, token.idx - _CLAUSE)
    before = context.text[opening : token.idx]
    is_held_before = pattern_of("venue_words", "hold_verbs").search(before) is not None
    is_visit = token.lower_ in VISITS
    told = {
        "held": is_held_before or is_visit,
        "kind": kind_pattern().search(before) is not None,
        "kind beside": _is_kind_before(before),
        "own subject": own_subject().search(before) is not None,
        "in person": _is_in_person(before),
        "elsewhere": _elsewhere().search(before[-50:]) is not None or _is_clock_before(token, before),
        "side occasion": pattern_of("venue_words", "side_occasions").search(before) is not None,
    }
    told["unit"] = _UNIT.search(before) is not None
    if is_approach:
        comings = list(pattern_of("venue_words", "comings").finditer(before))
        is_beside = bool(comings) and comings[-1].end() >= len(before.rstrip())
        told |= {"coming": bool(comings), "coming beside": is_beside, "no coming": not comings}
    elif not is_visit and not before.rstrip().endswith(","):
        told["post"] = _is_post_before(context, opening + _clause_start(context, opening, before), token.idx)
    if _is_seat(context, token.idx):
        told |= {"seat": token.lower_ not in AT, "seat at": token.lower_ in AT and not is_held_before}
    return sum(WEIGHTS[name] for name, holds in told.items() if holds) + _other_events(context, sentence, token)


def _clause_start(context: PlaceContext, opening: int, before: str) -> int:
    """Return from where a post would be whose place follows: behind the last day, verb or noun for an event."""
    dated = max(context.last_time_before(opening + len(before)) - opening, 0)
    verbs = pattern_of("venue_words", "hold_verbs").finditer(before)
    kinds = (kind for kind in kind_pattern().finditer(before) if kind[0].islower())
    return max([dated, len(before) - 90, *(match.end() for match in (*verbs, *kinds))])


def _other_events(context: PlaceContext, sentence: Span, token: Token) -> float:
    """Weigh the names of other events right before a place."""
    weight = 0.0
    has_day = any(sentence.start_char <= day.start_char < sentence.end_char for day in context.event_days)
    for begin, stop in event_names(context.doc, max(token.idx - 90, 0), token.idx):
        is_host = _BY.search(context.text[max(begin - 10, 0) : begin]) is not None
        is_there = _THERE.fullmatch(context.text, stop, token.idx) is not None
        title = context.title if stop > _HEAD or (context.title and names_event(context.title)) else None
        if (token.idx - stop <= 3 or is_there) and not is_host and not _is_own(context.text[begin:stop], title):
            weight += WEIGHTS["another event that day" if is_there and has_day else "another event"]
    return weight


def _is_clock_before(token: Token, before: str) -> bool:
    """ "18:00 in Lima": the hour there."""
    return token.lower_ in INTO and _CLOCK_BEFORE.search(before) is not None


def _is_kind_before(before: str) -> bool:
    """ "Panel discussion at the", "symposium in": the event's own noun stands right before the preposition."""
    kinds = list(kind_pattern().finditer(before[-60:]))
    return bool(kinds) and not before[-60:][kinds[-1].end() :].strip()


def _is_in_person(before: str) -> bool:
    """ "Online or in person (at the": the way of attending that a place belongs to."""
    near = before[-_ATTENDED:]
    said = list(pattern_of("formats", "in_person", "phrases").finditer(near))
    return bool(said) and not near[said[-1].end() :].strip(" ,:(")


_ATTENDED = 30
"""Characters before a preposition in which "in person" stands, nothing but a bracket between."""


def is_held(text: str, start: int, token: Token) -> bool:
    """Tell whether a verb of holding or going stands before a token in its sentence, or is the token."""
    before = max(start, token.idx - _CLAUSE)
    return token.lower_ in VISITS or pattern_of("venue_words", "hold_verbs").search(text, before, token.idx) is not None


def is_planned(text: str, start: int, end: int) -> bool:
    """Tell whether words speak of what is to come: in a report of the next event, not of its own."""
    return _PLANNED.search(text, start, end) is not None


def evidence_behind(context: PlaceContext, start: int, end: int, sentence_end: int) -> float:
    """Weigh the words behind a place: a verb that closes its clause ("in Berlin zusammenkam")."""
    following = context.text[end : min(end + _BEHIND, sentence_end)]
    if where := _WHERE.match(following):
        return 2.0 * bool(pattern_of("venue_words", "hold_verbs").search(following, where.end()))
    is_body = ", the " in context.text[start:end]  # "in Oslo, the Institute of Ports will host"
    if not is_body and _HOSTS_BEHIND.match(following) and kind_pattern().search(following):
        return 2.5
    return 2.0 * bool(pattern_of("venue_words", "final_verbs").search(_CLAUSE_END.split(following)[0]))


def evidence_of_opening(context: PlaceContext, sentence: Span, token: Token, end: int) -> float:
    """Weigh the rest of a sentence that its place opens: "At the Reef Museum in Oslo, the ministers met on Monday"."""
    if token.i - sentence.start > _OPENING_TOKENS or not token.text[0].isupper():
        return 0.0
    reach = min(end + _OPENING_REACH, sentence.end_char)
    is_held_there = any(
        pattern_of("venue_words", key).search(context.text, end, reach) for key in ("hold_verbs", "final_verbs")
    )
    return 2.0 * is_held_there + 1.0 * bool(is_held_there and kind_pattern().search(context.text, end, reach))


_OPENING_TOKENS, _OPENING_REACH = 8, 160
"""Tokens before a place that opens its sentence (a bullet, a dateline), and characters behind it that are read."""
_CLAUSE_END = re.compile(r"[.,;:!?\n]")
_WHERE = re.compile(rf",?\s+(?:{'|'.join(words_of('venue_words', 'where'))})\s")
"""Opens a clause on what happened at the place before it: "in Oslo, where the ministers met"."""
_HOSTS_BEHIND = re.compile(
    r"(?:, [A-Z]\w+(?: [A-Z]\w+)?,?)? (?:(?:will|is to) (?:again )?(?:host|hold)|hosts|hosted|held|is hosting|holds)\b"
)
"""The seat of who holds an event is where it is: "the School of Ports in Austin, Texas will host the conference"."""
_BEHIND = 60
"""Characters behind a place in which the verb may close its clause."""


def _is_post_before(context: PlaceContext, start: int, end: int) -> bool:
    """ "Professor at": where someone works; not "met with Minister Ada Lind in", where a person stands between."""
    posts = pattern_of("venue_words", "posts").finditer(context.text, start, end)
    alone = (post for post in reversed(list(posts)) if context.text[post.start() - 1] != "-")  # "Rule-Based" is no post
    last = next((post for post in alone if not _is_in_body(context, post.start())), None)
    if last is None:
        return False
    is_person_between = any(last.end() <= begin and stop <= end for begin, stop in context.people)
    is_name_next = _NAME_NEXT.match(context.text, last.end(), end) is not None
    return not (is_person_between or is_name_next) or "," in context.text[last.end() : end]


def _is_in_body(context: PlaceContext, position: int) -> bool:
    """ "the Institute for Port Studies in": a word of a body's name is no post."""
    return any(start < position < end for start, end in context.organisations_near(position))


@lru_cache(maxsize=1)
def own_subject() -> re.Pattern[str]:
    """ "The conference will", "this seminar is": the sentence is about the document's event."""
    return re.compile(
        rf"\b(?:the|this|our)\s+(?:[\w-]+\s+)?(?:{kind_pattern().pattern})\s+(?:will|is|was|takes?|took|has|shall)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """Words right before "in" that speak of a country or a life, not of an event."""
    words = "|".join(map(re.escape, words_of("venue_words", "elsewhere")))
    return re.compile(rf"\b(?:{words})\s+(?:[a-z]\w*\s+)?$")


def _is_own(name: str, title: str | None) -> bool:
    """The event named beside the place is the document's own: they share their words."""
    if not title:
        return not any(char.isdigit() for char in name)  # "the 2022 Harbour Summit" is another's
    words = {word for word in re.findall(r"\w+", name.casefold()) if len(word) > 2}
    own = set(re.findall(r"\w+", title.casefold()))
    return len(words & own) >= max(1, (len(words) + 1) // 2)


def _is_seat(context: PlaceContext, position: int) -> bool:
    """ "organised by the Quay Institute in Lisbon": the city of who organises, unless one meets "at" it."""
    for start, end in context.organisations_near(position):
        if 0 < position - end <= 2:
            before = context.text[max(start - 12, 0) : start]
            return _AT_IT.search(before) is None
    return False
