"""Who must hold an event where no words say so: letterhead, channel, the series' name, the house it takes place in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.found import Found
from extract.organisations.hosting import names_event
from extract.records import Mention, OrganiserRole

_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\n")
_TO_A_PLACE = re.compile(r"\b(?:to|at)\s+(?:the\s+)?$")
_VENUE_LINE = re.compile(r"(?im)^\W*(?:venue|location|where|place|ort|lieu|lugar|luogo|locatie)\b.{0,200}$")
_CHANNEL = re.compile(r"(?:['’]s?)?\s+(?:YouTube|Youtube|Facebook|website|channel|Zoom|LinkedIn)")
_OWN_EVENT = re.compile(r"(?:['’]s?)?\s+((?:[\w.-]+\s+){0,3}?[\w-]+)")
_ADDRESS = re.compile(r"@(?:[\w-]+\.)?([\w-]+)\.\w{2,}")
_ONE_OF_THEIRS = re.compile(
    r"\b(?:this|our|an?|next|latest|upcoming|diese[ms]?|ce|cette|este|esta|questo|questa)"
    r"(?:\s+(?:next|first|upcoming|joint|online|free|public|special|recent))?\s+$",
    re.IGNORECASE,
)
LETTERHEAD_LINES = 3
"""Blocks from the top in which a publisher's name stands alone."""
Finding = tuple[OrganiserRole, Mention]


def unsaid(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> list[Finding]:
    """Return who holds the event by the first of these signs that names a body."""
    ways = (_letterhead, _beside_partners, _by_series, _by_address, _implied, _at_home)
    found_by = (list(way(working_set, mentions, partners)) for way in ways)
    return next((members for members in found_by if members), [])


def _letterhead(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Finding]:
    """Yield the bodies that stand alone in one of the first lines."""
    text = working_set.document.text
    for block in working_set.document.blocks[:LETTERHEAD_LINES]:
        inside = [m for m in mentions if block.start <= m.start_char and m.end_char <= block.end]
        rest = text[block.start : block.end]
        for mention in inside:
            rest = rest.replace(mention.text, " ", 1)
        if inside and not re.search(r"\w{3}", rest.split("/")[0].split("|")[0]):
            yield from (("organiser", mention) for mention in inside[-1:])


def _by_series(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Finding]:
    """Yield the body that calls the event one of its own: "in this Clingendael seminar", "a Chatham House event"."""
    text = working_set.document.text
    for mention in mentions:
        after = _OWN_EVENT.match(text, mention.end_char)
        is_own = after is not None and names_event(after.group(1)) and after.group(1)[0].islower()
        if is_own and _ONE_OF_THEIRS.search(text[max(mention.start_char - 30, 0) : mention.start_char]):
            yield "organiser", mention
            return


def _by_address(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Finding]:
    """Yield the body whose short form is the domain to write to: "events@nids.go.jp"."""
    domains = {found.group(1).casefold() for found in _ADDRESS.finditer(working_set.document.text)}
    short = {f.key: f.acronym.casefold() for f in working_set.organisations if f.acronym}
    for mention in mentions:
        if short.get(mention.entity_key or "") in domains:
            yield "organiser", mention
            return


def _at_home(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Finding]:
    """Yield the body in whose rooms the event takes place, by a line "Venue: …"."""
    for line in _VENUE_LINE.finditer(working_set.document.text):
        for mention in mentions:
            if line.start() <= mention.start_char and mention.end_char <= line.end():
                yield "host", mention
                return


def _beside_partners(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Finding]:
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


def _implied(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Finding]:
    """Yield whose channel or page carries the event, or whose name its title begins with."""
    text = working_set.document.text
    for mention in mentions:
        if _CHANNEL.match(text, mention.end_char):
            yield "organiser", mention
            return
    title_end = next((b.end for b in working_set.document.blocks if b.kind in ("title", "heading")), 0)
    for mention in mentions:
        if mention.start_char > title_end:
            return
        before, after = text[: mention.start_char].rstrip(), text[mention.end_char : mention.end_char + 40]
        if re.search(r"(?:\b(?:at|outside|of|to|on|in|with|the)|-)$", before[-12:], re.IGNORECASE):
            continue
        if re.match(
            r"(?:['’]s?)?\s+(?:\w+\s+){0,2}(?:Workshop|Summit|Conference|Seminar|Webinar|F2F|Symposium|Forum|Lecture)",
            after,
        ):
            yield "organiser", mention
            return
