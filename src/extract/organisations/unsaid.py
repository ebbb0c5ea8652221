"""Signs of who holds an event where no words say so: letterhead, channel, the series' name, its house, its people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extract.found import Found
from extract.gazetteer.words import name_keys
from extract.organisations.evidence import Evidence
from extract.organisations.hosting import event_nouns, names_event
from extract.records import Mention, OrganiserRole
from extract.vocabularies import words_of

_SENTENCE_END = re.compile(r"[.!?](?:\s|$)|\n\n")
_TO_A_PLACE = re.compile(r"\b(?:to|at)\s+(?:the\s+)?$")
_VENUE_LINE = re.compile(r"(?im)^\W*(?:venue|location|where|place|ort|lieu|lugar|luogo|locatie)\b.{0,200}$")
_CHANNEL = re.compile(r"(?:['’]s?)?\s+(?:YouTube|Youtube|Facebook|website|channel|Zoom|LinkedIn)")
_CHANNEL_OF = re.compile(
    r"\b(?:YouTube|Youtube|Facebook|LinkedIn)?[ -]?(?:[Cc]hannel|[Kk]anal|page|website|chaîne|canal|canale)\s+"
    r"(?:of|der|des|de|du|de la|del|della)\s+(?:the\s+)?$"
)
_OWN_EVENT = re.compile(r"(?:['’]s?)?\s+((?:[\w.-]+\s+){0,3}?[\w-]+)")
_JOINT = re.compile(r"\s*(?:&|/|\+|×|\band\b)\s*(?:the\s+)?")
_FOR_EVENT = re.compile(rf"\s+for\s+(?:an?|the|this|our)\s+(?:[\w-]+\s+){{0,4}}?{event_nouns()}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"@(?:[\w-]+\.)?([\w-]+)\.\w{2,}")
_HOST_NAME = re.compile(r"https?://(?:www\.)?(?:[\w-]+\.)*?([\w-]+)\.(?:\w{2,3}\.)?\w{2,}(?:[/:?#]|$)")
_ONE_OF_THEIRS = re.compile(
    r"\b(?:this|our|an?|next|latest|upcoming|diese[ms]?|ce|cette|este|esta|questo|questa)"
    r"(?:\s+(?:next|first|upcoming|joint|online|free|public|special|recent))?\s+$",
    re.IGNORECASE,
)
_IS_A = re.compile(r"\b(?:is|was)\s+(?:part\s+of\s+)?an?\s+$")
_PART_OF = re.compile(
    r"\b(?:part\s+of|in)\s+(?:the|our|this)\s+$|\b(?:Teil|Rahmen)\s+der\s+$|\bdans\s+(?:le\s+cadre\s+)?(?:de\s+)?la\s+$"
)
_SERIES = re.compile(
    r"(?:['’]s?)?\s+(?:[\w’'-]+\s+){0,4}?[\w-]*(?:[Ss]eries|[Rr]eihe|[Ss]eminars|[Ll]ectures|[Tt]alks|[Ff]estival)\b"
)
_NO_NAME_BEFORE = re.compile(r"(?:\b(?:at|outside|of|to|on|in|with|the)|-)$", re.IGNORECASE)
_WELCOMING = frozenset(["opening", "host"])
_LEADING = frozenset(["moderator", "chair", "closing"])
_THAT_MEET = frozenset(words_of("organisation_grammar", "told", "that_meet"))
_OF_STATES = r"(?:meeting|summit|assembly|dialogue|talks|consultations|forum|congress|hearing)"
_MEETS_FOR = re.compile(r"\s+(?:will\s+meet|met|meets)\s+(?:\w+\s+)?for\s+its\b")
_UP_TO_FOUR = r"(?:[\w’'“”\"&-]+\s+){0,4}?"
OPENING_CHARS = 700
"""How far from the top a text says whose event it is about; later ones are other events."""
LETTERHEAD_LINES = 3
"""Blocks from the top in which a publisher's name stands alone."""
TITLE_LINES = 4
"""Blocks from the top among which the title stands."""


def signs(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Evidence]:
    """Yield every sign; `partners` are bodies that words call partners or funders."""
    for kind, mention, role in (
        *_letterhead(working_set, mentions),
        *_beside_partners(working_set, mentions, partners),
        *_by_series(working_set, mentions),
        *_by_address(working_set, mentions),
        *_by_channel(working_set, mentions),
        *_by_title(working_set, mentions),
        *_by_owner(working_set, mentions),
        *_at_home(working_set, mentions),
    ):
        yield Evidence(mention.entity_key or "", role, kind, mention)
    yield from _by_people(working_set)
    yield from _by_publisher(working_set)


Sign = tuple[str, Mention, OrganiserRole]


def _letterhead(working_set: Found, mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Yield the bodies that stand alone in one of the first lines."""
    text = working_set.document.text
    for block in working_set.document.blocks[:LETTERHEAD_LINES]:
        inside = [m for m in mentions if block.start <= m.start_char and m.end_char <= block.end]
        rest = text[block.start : block.end]
        for mention in inside:
            rest = rest.replace(mention.text, " ", 1)
        if inside and not re.search(r"\w{3}", rest.split("/")[0].split("|")[0]):
            yield "letterhead", inside[-1], "organiser"
            return


def _by_series(working_set: Found, mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Yield the body that calls the event one of its own: "in this Clingendael seminar", "a Chatham House event"."""
    text = working_set.document.text
    for index, mention in enumerate(mentions):
        after = _OWN_EVENT.match(text, mention.end_char)
        if after is None or not names_event(after.group(1)):
            if _PART_OF.search(text[max(mention.start_char - 30, 0) : mention.start_char]) and _SERIES.match(
                text, mention.end_char
            ):
                yield "own_event", mention, "organiser"
                return
            continue
        holders = _joined(text, mentions, index)
        lead = text[max(holders[0].start_char - 30, 0) : holders[0].start_char]
        if not after.group(1)[0].islower() and not _IS_A.search(lead):
            continue
        if _ONE_OF_THEIRS.search(lead) or (len(holders) > 1 and lead.lower().endswith("the ")):
            yield from (("own_event", holder, "organiser") for holder in holders)
            return


def _joined(text: str, mentions: Sequence[Mention], index: int) -> list[Mention]:
    """Return the mention at `index` with those joined to it before: "the ABC & Lake Institute webinar"."""
    first = index
    while first and _JOINT.fullmatch(text, mentions[first - 1].end_char, mentions[first].start_char):
        first -= 1
    return list(mentions[first : index + 1])


def _by_address(working_set: Found, mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Yield the body whose short form is the domain to write to: "events@nids.go.jp"."""
    domains = {found.group(1).casefold() for found in _ADDRESS.finditer(working_set.document.text)}
    mention = _short_form_in(working_set, mentions, domains)
    if mention:
        yield "address", mention, "organiser"


def _short_form_in(working_set: Found, mentions: Sequence[Mention], labels: set[str]) -> Mention | None:
    short = {f.key: {form.casefold() for form in (f.acronym, f.name) if form} for f in working_set.organisations}
    return next((m for m in mentions if labels & short.get(m.entity_key or "", set())), None)


def _by_publisher(working_set: Found) -> Iterator[Evidence]:
    """Yield the body that publishes the page: by the page's own data, or by the short form in its address."""
    document = working_set.document
    mentions = [m for m in working_set.mentions_of("ORG") if m.entity_key]
    named = {f.value.casefold() for f in document.declared if f.name in ("publisher.name", "isPartOf.name")}
    addresses = [document.source_uri, *(fact.value for fact in document.declared if fact.name == "url")]
    labels = {found.group(1).casefold() for address in addresses if (found := _HOST_NAME.match(address))}
    mention = _short_form_in(working_set, mentions, named | labels)
    if mention:
        yield Evidence(mention.entity_key or "", "organiser", "publisher", mention)


def _by_people(working_set: Found) -> Iterator[Evidence]:
    """Yield the bodies whose people open or lead the event."""
    for part in working_set.participations:
        kind = "welcome" if part.role in _WELCOMING else "chair" if part.role in _LEADING else None
        if kind and part.organisation_key:
            mention = next((m for m in working_set.mentions_of("ORG") if m.entity_key == part.organisation_key), None)
            yield Evidence(part.organisation_key, "organiser", kind, mention)


def _at_home(working_set: Found, mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Yield the body in whose rooms the event takes place, by a line "Venue: …"."""
    for line in _VENUE_LINE.finditer(working_set.document.text):
        for mention in mentions:
            if line.start() <= mention.start_char and mention.end_char <= line.end():
                yield "premises", mention, "host"
                return
    if named := _whose_rooms(working_set, mentions):
        yield "house", named, "host"
    text = working_set.document.text
    for mention in mentions:  # "comes to the Harbour Club for a briefing"
        lead = text[max(mention.start_char - 12, 0) : mention.start_char]
        if _TO_A_PLACE.search(lead) and _FOR_EVENT.match(text, mention.end_char):
            yield "premises", mention, "host"
            return


def _whose_rooms(working_set: Found, mentions: Sequence[Mention]) -> Mention | None:
    """Return a mention of the body that the event's place is named after: "Larch House, London"."""
    key = working_set.events[0].venue_key
    venue = next((v.name for v in working_set.venues if v.key == key and v.name), None)
    if venue is None:
        return None
    named = name_keys(venue)
    for finding in working_set.organisations:
        forms = [name_keys(form) for form in (finding.name, *finding.aliases)]
        if any(form and form in (named[: len(form)], named[-len(form) :]) for form in forms):
            return next((m for m in mentions if m.entity_key == finding.key), None)
    return None


def _beside_partners(working_set: Found, mentions: Sequence[Mention], partners: set[str]) -> Iterator[Sign]:
    """Yield whose house it is when only partners are told: "held in partnership with X, brings experts to Y"."""
    text = working_set.document.text
    for partner in (m for m in mentions if m.entity_key in partners):
        sentence_end = _SENTENCE_END.search(text, partner.end_char)
        stop = sentence_end.start() if sentence_end else len(text)
        for mention in mentions:
            is_inside = partner.end_char <= mention.start_char < stop and mention.entity_key not in partners
            if is_inside and _TO_A_PLACE.search(text[max(mention.start_char - 12, 0) : mention.start_char]):
                yield "partners_house", mention, "host"
                return


def _by_channel(working_set: Found, mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Yield the body whose channel or page carries the event."""
    text = working_set.document.text
    for mention in mentions:
        lead = text[max(mention.start_char - 60, 0) : mention.start_char]
        if _CHANNEL.match(text, mention.end_char) or _CHANNEL_OF.search(lead):
            yield "channel", mention, "organiser"
            return


def _by_title(working_set: Found, mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Yield the body with whose name the event's begins: "Clingendael Workshop", "41st WILTON PARK CONFERENCE"."""
    text, blocks = working_set.document.text, working_set.document.blocks
    head_end = blocks[:TITLE_LINES][-1].end if blocks else 0
    series = re.compile(rf"(?:['’]s?)?\s+(?:[\w-]+\s+){{0,2}}?{event_nouns()}\b", re.IGNORECASE)
    for index, mention in enumerate(mentions):
        if mention.start_char > head_end:
            return
        found = series.match(text, mention.end_char)
        if found is None or not found.group().split()[-1][0].isupper() or "\n" in found.group():
            continue
        if _is_what_meets(mention) and re.search(_OF_STATES, found.group(), re.IGNORECASE):
            continue
        if not _NO_NAME_BEFORE.search(text[max(mention.start_char - 12, 0) : mention.start_char].rstrip()):
            yield from (("title", holder, "organiser") for holder in _joined(text, mentions, index))
            return


def _by_owner(working_set: Found, mentions: Sequence[Mention]) -> Iterator[Sign]:
    """Yield whose event the opening calls it: "the open seminar of the X", "X's workshop", "X will meet for its third".

    A committee's own meeting has no organiser, nor has a summit of states.
    """
    text = working_set.document.text
    for mention in mentions:
        if mention.start_char > OPENING_CHARS:
            return
        lead = text[max(mention.start_char - 80, 0) : mention.start_char].rsplit("\n", 1)[-1]
        is_theirs = (
            _their_event().match(text, mention.end_char) or _event_of().search(lead) or _headline_of().match(lead)
        )
        if _MEETS_FOR.match(text, mention.end_char) or (is_theirs and not _is_what_meets(mention)):
            yield "owner", mention, "organiser"
            return


def _is_what_meets(mention: Mention) -> bool:
    return not _THAT_MEET.isdisjoint(name_keys(mention.text))


@lru_cache(maxsize=1)
def _their_event() -> re.Pattern[str]:
    noun = event_nouns()
    return re.compile(
        rf"(?:\s*\([^()\n]{{1,30}}\))?(?:\s+think[ -]tank)?['’]s?\s+{_UP_TO_FOUR}(?!{_OF_STATES}){noun}\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _event_of() -> re.Pattern[str]:
    noun = event_nouns()
    return re.compile(
        rf"(?:\b(?:the|this|our|an?)\s+(?:[\w’'“”\"&(),-]+\s+){{0,9}}?(?!{_OF_STATES}){noun}|\bannual\s+{noun})\s+of\s+(?:the\s+)?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _headline_of() -> re.Pattern[str]:
    """ "Expertentagung der …", "Colloque de l’…": a line that opens with the event and goes on with whose it is."""
    return re.compile(
        rf"\W*(?:[\w.-]+\s+){{0,2}}[\w-]*{event_nouns()}\s+(?:[\w.’'-]+\s+){{0,2}}"
        r"(?:der|des|de\s+la|de\s+l[’']|du|del|della|dell[’']|dello|van\s+(?:de|het))\s*$",
        re.IGNORECASE,
    )
