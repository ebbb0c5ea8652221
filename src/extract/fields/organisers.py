"""Who holds the event: hosts, organisers, partners and funders, told apart by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from extract.found import Found, found
from extract.organisations.hosting import Cue
from extract.organisations.reading import reading_of
from extract.records import EventOrganisation, Mention, OrganiserRole

_RANK: dict[OrganiserRole, int] = {"host": 0, "organiser": 1, "co_organiser": 2, "partner": 3, "funder": 4}
_LINKS = (
    r"and\s+by(?:\s+the)?|and\s+the|as\s+well\s+as|together\s+with|and|et|und|y|e|en|the|la|le|les|der|die|das|by|its"
)
_ARTICLE = r"the|both|our|its|le|la|les|der|die|das|dem|den|el|het|il|de"
_ELISION = r"(?:[ld]|ll|dell|all)?['’]?"
_LIST_GAP = re.compile(
    rf"^[\s,;/|&•·()\[\]\"“”‘’*_–-]*(?:{_LINKS})?[\s,;/|&*_]*(?:{_ARTICLE})?\s*{_ELISION}$", re.IGNORECASE
)
_FIRST_GAP = re.compile(rf"[\s:*_\"“‘•–-]*(?:(?:{_ARTICLE})\b\s*)?[\w ]{{0,25}}{_ELISION}", re.IGNORECASE)
MAX_GAP = 80
"""How much may stand between two organisations of a list (characters)."""
_SHORT_FORM = re.compile(r"\([^()\n]{1,30}\)")
_GAP_TO_VERB = re.compile(
    r"^[\s,*_\"”’)]*(?:\([^()\n]{1,30}\)[\s,]*)?(?:(?:has|have|had|jointly|today|recently|then|together|will|is|are|was|in|on|this|last|year|\d{1,2}|\d{4}|[A-Z][a-z]+day|January|February|March|April|May|June|July|August|September|October|November|December)[\s,]*){0,6}$"
)
_APPOSED = re.compile(r"^,?\s+(?:at|of|in|within)\s+(?:the\s+)?$")
_OF_A_PERSON = re.compile(r"\b(?:from|of|at|for|by|with)\s+(?:the\s+)?$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\n")
_TO_A_PLACE = re.compile(r"\b(?:to|at)\s+(?:the\s+)?$")
_PARTS = frozenset(
    ["Office", "Bureau", "School", "Institute", "Centre", "Center", "Faculty", "Directorate", "Division"]
)
_VENUE_LINE = re.compile(r"(?im)^\W*(?:venue|location|where|place|ort|lieu|lugar|luogo|locatie)\b.{0,200}$")
LETTERHEAD_LINES = 3
"""Blocks from the top in which a publisher's name stands alone."""
MAX_LIST_CHARS = 600
"""How far after a host phrase its list may go on (characters)."""


def find_organisers(doc: Doc) -> Doc:
    """Add the organisations of the main event with the parts they play; funders are told apart from partners."""
    working_set = found(doc)
    if not working_set.events:
        return doc
    mentions = [m for m in working_set.mentions_of("ORG") if m.entity_key]
    roles: dict[str, tuple[OrganiserRole, str]] = {}
    for role, mention in [*_declared(working_set, mentions), *_told(working_set, mentions, reading_of(doc).cues)]:
        known = roles.get(mention.entity_key or "")
        if known is None or _RANK[role] < _RANK[known[0]]:
            roles[mention.entity_key or ""] = (role, mention.mention_id)
    if all(role in ("funder", "partner") for role, _ in roles.values()):
        for role, mention in _unsaid(working_set, mentions, set(roles)):
            roles.setdefault(mention.entity_key or "", (role, mention.mention_id))
    working_set.event_organisations += [
        EventOrganisation(
            event_key=working_set.events[0].key, organisation_key=key, role=role, mention_ids=(mention_id,)
        )
        for key, (role, mention_id) in roles.items()
    ]
    return doc


def _declared(working_set: Found, mentions: Sequence[Mention]) -> Iterator[tuple[OrganiserRole, Mention]]:
    """Yield the organisers that the publisher states in the page's data and the text names."""
    names = {fact.value.casefold() for fact in working_set.document.declared if fact.name == "organizer.name"}
    for mention in mentions:
        if mention.text.casefold() in names:
            yield "organiser", mention


def _told(
    working_set: Found, mentions: Sequence[Mention], found_cues: Sequence[Cue]
) -> Iterator[tuple[OrganiserRole, Mention]]:
    text = working_set.document.text
    for cue in found_cues:
        if _is_of_a_session(working_set, cue):
            continue
        if cue.side in ("after", "labels"):
            members = _list_after(text, mentions, cue.end)
        else:
            members = _list_before(text, mentions, cue.start)
        yield from ((cue.role, mention) for mention in members)


def _is_of_a_session(working_set: Found, cue: Cue) -> bool:
    """Tell whether a host phrase belongs to an item of a programme or to words in brackets."""
    text = working_set.document.text
    block = working_set.block_at(cue.start)
    if cue.side == "labels" or block is None:
        return False
    before = text[block.start : cue.start]
    return before.count("(") > before.count(")") or block.kind == "table_row"


def _list_after(text: str, mentions: Sequence[Mention], position: int) -> list[Mention]:
    """Return the organisations that follow, as long as nothing but list words stands between them."""
    members: list[Mention] = []
    at = position
    for mention in mentions:
        if mention.start_char < at:
            continue
        gap = text[at : mention.start_char]
        if mention.start_char - position > MAX_LIST_CHARS or (
            (members or gap.strip()) and not _joins(gap, is_first=not members)
        ):
            break
        members.append(mention)
        at = mention.end_char
    return members


def _joins(gap: str, *, is_first: bool) -> bool:
    gap = _SHORT_FORM.sub(" ", gap)
    if len(gap) > MAX_GAP:
        return False
    if is_first:
        return "." not in gap and bool(_FIRST_GAP.fullmatch(gap))
    return "\n\n" not in gap and bool(_LIST_GAP.match(gap))


def _list_before(text: str, mentions: Sequence[Mention], position: int) -> list[Mention]:
    """Return the organisations that are the subject of a verb at `position`: the one before it and its list."""
    members: list[Mention] = []
    at = position
    for mention in reversed(mentions):
        if mention.end_char > at:
            continue
        gap = text[mention.end_char : at]
        is_joined = (
            len(gap) <= MAX_GAP and bool(_GAP_TO_VERB.match(gap))
            if not members
            else _joins(gap, is_first=False) or _APPOSED.match(gap)
        )
        if not is_joined:
            break
        members.append(mention)
        at = mention.start_char
    return (
        [] if members and _OF_A_PERSON.search(text[max(at - 12, 0) : at]) else _without_employers(text, members[::-1])
    )


def _without_employers(text: str, members: Sequence[Mention]) -> list[Mention]:
    """Leave out a body that only says whose office the one before it is: "Office of X at the Department of Y"."""
    kept = list(members[:1])
    for before, mention in pairwise(members):
        gap = text[before.end_char : mention.start_char]
        is_part = before.text.split()[0] in _PARTS and mention.text.split()[0] not in _PARTS
        if not (_APPOSED.match(gap) or (is_part and gap.strip() == ",")):
            kept.append(mention)
    return kept


def _unsaid(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> list[tuple[OrganiserRole, Mention]]:
    """Return who must hold the event where no words say so: the first of these places that names a body."""
    ways = (_letterhead, _beside_partners, _implied, _at_home)
    found_by = (list(way(working_set, mentions, partners)) for way in ways)
    return next((members for members in found_by if members), [])


def _letterhead(
    working_set: Found, mentions: Sequence[Mention], partners: set[str]
) -> Iterator[tuple[OrganiserRole, Mention]]:
    """Yield the bodies that stand alone in one of the first lines."""
    text = working_set.document.text
    for block in working_set.document.blocks[:LETTERHEAD_LINES]:
        inside = [m for m in mentions if block.start <= m.start_char and m.end_char <= block.end]
        rest = text[block.start : block.end]
        for mention in inside:
            rest = rest.replace(mention.text, " ", 1)
        if inside and not re.search(r"\w{3}", rest.split("/")[0].split("|")[0]):
            yield from (("organiser", mention) for mention in inside[-1:])


def _at_home(
    working_set: Found, mentions: Sequence[Mention], partners: set[str]
) -> Iterator[tuple[OrganiserRole, Mention]]:
    """Yield the body in whose rooms the event takes place, by a line "Venue: …"."""
    for line in _VENUE_LINE.finditer(working_set.document.text):
        for mention in mentions:
            if line.start() <= mention.start_char and mention.end_char <= line.end():
                yield "host", mention
                return


def _beside_partners(
    working_set: Found, mentions: Sequence[Mention], partners: set[str]
) -> Iterator[tuple[OrganiserRole, Mention]]:
    """Yield whose house it is when only partners are told: "held in partnership with X, brings experts to Y"."""
    text = working_set.document.text
    for partner in (m for m in mentions if m.entity_key in partners):
        sentence_end = _SENTENCE_END.search(text, partner.end_char)
        stop = sentence_end.start() if sentence_end else len(text)
        for mention in mentions:
            is_inside = partner.end_char <= mention.start_char < stop and mention.entity_key not in partners
            if is_inside and _TO_A_PLACE.search(text[max(mention.start_char - 12, 0) : mention.start_char]):
                yield "host", mention
                return


def _implied(
    working_set: Found, mentions: Sequence[Mention], partners: set[str]
) -> Iterator[tuple[OrganiserRole, Mention]]:
    """Yield whose channel or page carries the event, when nothing says who holds it."""
    text = working_set.document.text
    for mention in mentions:
        after = text[mention.end_char : mention.end_char + 40]
        if re.match(r"(?:['’]s?)?\s+(?:YouTube|Youtube|Facebook|website|channel|Zoom|LinkedIn)", after):
            yield "organiser", mention
            return
    title_end = next((b.end for b in working_set.document.blocks if b.kind in ("title", "heading")), 0)
    for mention in mentions:
        if mention.start_char > title_end:
            return
        before, after = text[: mention.start_char].rstrip(), text[mention.end_char : mention.end_char + 40]
        if re.search(r"\b(?:at|outside|of|to|on|in|with|the)$", before[-12:], re.IGNORECASE):
            continue
        if re.match(
            r"\s+(?:\w+\s+){0,2}(?:Workshop|Summit|Conference|Seminar|Webinar|F2F|Symposium|Forum|Lecture)", after
        ):
            yield "organiser", mention
            return
