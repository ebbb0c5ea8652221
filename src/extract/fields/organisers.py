"""Who holds the event: hosts, organisers, partners and funders, told apart by the words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Doc

from extract.found import Found, found
from extract.organisations.host_lists import list_after, list_before
from extract.organisations.hosting import Cue, names_event, sentence_after
from extract.organisations.reading import reading_of
from extract.organisations.unsaid import unsaid
from extract.records import EventOrganisation, Mention, OrganiserRole

_NOTHING_BEFORE = re.compile(
    r"\W*(?:the\W+)?(?:(?:Department|School|Faculty|Chair) (?:of|for) [\w ]{1,60},\s+)?", re.IGNORECASE
)
_RANK: dict[OrganiserRole, int] = {"host": 0, "organiser": 1, "co_organiser": 2, "partner": 3, "funder": 4}


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
        for role, mention in unsaid(working_set, mentions, set(roles)):
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
        if cue.side in ("before", "thanks"):
            members = list_before(text, mentions, cue.start)
        else:
            members = list_after(text, mentions, cue.end)
        if cue.side == "join" and members and not names_event(sentence_after(text, members[-1].end_char)):
            continue
        yield from ((cue.role, mention) for mention in members)
        if cue.role == "partner" and cue.side == "after":
            yield from (("organiser", mention) for mention in _leading(text, mentions, cue.start))


def _leading(text: str, mentions: Sequence[Mention], position: int) -> list[Mention]:
    """Return the organisations that are all that stands in the lines before "in partnership with"."""
    before = list_before(text, mentions, position)
    start = text.rfind("\n\n", 0, position) + 1
    return before if before and _NOTHING_BEFORE.fullmatch(text, start, before[0].start_char) else []


def _is_of_a_session(working_set: Found, cue: Cue) -> bool:
    """Tell whether a host phrase belongs to an item of a programme or to words in brackets."""
    text = working_set.document.text
    block = working_set.block_at(cue.start)
    if cue.side == "labels" or block is None:
        return False
    before = text[block.start : cue.start]
    return before.count("(") > before.count(")") or block.kind == "table_row"
