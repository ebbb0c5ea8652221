"""Words that say who holds the event, joined to the organisations beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.found import Found
from extract.organisations.evidence import Evidence
from extract.organisations.host_lists import before_insertion, list_after, list_before, partners_before
from extract.organisations.hosting import Cue, names_event, sentence_after
from extract.records import Mention

_KINDS = {"labels": "label", "after": "agent", "before": "subject", "thanks": "subject"}
WITH_REACH = 250
"""How far after "co-hosted" its "with" may stand: the event and its title come first (characters)."""
_SHUSAI = re.compile(r"(?:[（(][^（()）\n]{1,20}[)）])?(?:[とや、][^。\n]{1,30}?)?[がのは]?(?:共催|主催|開催し)")
_AND_IN_JAPANESE = re.compile(
    r"(?:[（(][^（()）\n]{1,20}[)）])?[、，,・と及び並びに]{1,4}(?:[^。、，,\n]{1,12}[、，,及び並びに]{1,3})?(?:[（(][^（()）\n]{1,4}[)）])?"
)
"""Between two bodies of one list of hosts; a member without a name may stand between ("各国大使館")."""
_CO = re.compile(r"\b(?:co|joint)", re.IGNORECASE)
_WITH = re.compile(r"\b(?:along |together |jointly )?with (?:the )?")
_TOGETHER_WITH = re.compile(
    r"\b(?:together with|jointly with|samen met|gemeinsam mit|zusammen mit|junto con|junto a|insieme a[l]?|"
    r"conjointement avec|tillsammans med|sammen med)\s+(?:(?:the|het|de|der|dem|den|el|la|los|l['’])\b\s*)?"
)
_BESIDE = re.compile(r",?\s+(?:next to|alongside|beside|besides|together with|along with|with)\s+(?:the\s+)?")
_NOTHING_BEFORE = re.compile(
    r"\W*(?:the\W+)?(?:(?:Department|School|Faculty|Chair) (?:of|for) [\w ]{1,60},\s+)?", re.IGNORECASE
)


def told(working_set: Found, mentions: Sequence[Mention], cues: Sequence[Cue]) -> Iterator[Evidence]:
    """Yield the organisations of the lists beside host phrases, with the parts that the phrases give."""
    text = working_set.document.text
    for cue in cues:
        if cue.side == "bodies" or _is_of_a_session(working_set, cue):
            continue
        if cue.side in ("before", "thanks"):
            members = list_before(text, mentions, cue.start)
        else:
            members = list_after(text, mentions, cue.end, over_lines=cue.side == "labels")
        if cue.side == "join" and members and not names_event(sentence_after(text, members[-1].end_char)):
            continue
        yield from (Evidence(m.entity_key or "", cue.role, _KINDS.get(cue.side, "object"), m) for m in members)
        if cue.side in ("before", "inverted") and members:
            for mention in [
                *_held_with(text, mentions, cue, members),
                *partners_before(text, mentions, members[0].start_char),
            ]:
                yield Evidence(mention.entity_key or "", "partner", "agent", mention)
        if cue.role == "partner" and cue.side == "after":
            for mention in _leading(text, mentions, cue.start):
                yield Evidence(mention.entity_key or "", "organiser", "agent", mention)


def told_in_japanese(text: str, mentions: Sequence[Mention]) -> Iterator[Evidence]:
    """Yield the bodies of "X主催の…", "XとYが共催"."""
    for index, mention in enumerate(mentions):
        if not _SHUSAI.match(text, mention.end_char):
            continue
        first = index
        while first and _AND_IN_JAPANESE.fullmatch(text, mentions[first - 1].end_char, mentions[first].start_char):
            first -= 1
        yield from (Evidence(m.entity_key or "", "organiser", "agent", m) for m in mentions[first : index + 1])


def _held_with(text: str, mentions: Sequence[Mention], cue: Cue, members: Sequence[Mention]) -> list[Mention]:
    """Return the partners in "X co-hosted a seminar on sea lanes with Y and Z": those who follow the event's "with"."""
    if beside := _BESIDE.match(text, cue.end):
        return list_after(text, mentions, beside.end())  # "as a co-organiser, next to Y"
    rest = text[cue.end : cue.end + WITH_REACH].split("\n\n", 1)[0]
    inserted = min(before_insertion(text, cue.start), max(members[-1].end_char, cue.start - WITH_REACH))
    if together := _TOGETHER_WITH.search(text, inserted, cue.start):
        return list_after(text, mentions, together.end())  # "X, together with Y, hosted"
    if together := _TOGETHER_WITH.search(sentence_after(text, cue.end, WITH_REACH)):
        return list_after(text, mentions, cue.end + together.end())  # "houdt op 3 mei samen met Y een symposium"
    if not _CO.search(text, cue.start, cue.end):
        return []
    for found in _WITH.finditer(rest):
        at = cue.end + found.end()
        follows = next((m for m in mentions if at <= m.start_char <= at + 1), None)
        if follows and (names_event(rest[: found.start()]) or found.start() < len(" jointly ")):
            return list_after(text, mentions, cue.end + found.end())
    return []


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
