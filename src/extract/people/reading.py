"""Walk the blocks of a document in order, keep what stands around them, and read the people of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.people.glued import unglued
from extract.people.japanese import read_japanese
from extract.people.lexicon import after_name, small_words, word_set
from extract.people.lines import is_line, is_roll
from extract.people.names import GIVEN, find_names
from extract.people.phrases import Bodies, classify
from extract.people.presentations import read_block
from extract.people.pronouns import complete_by_pronoun
from extract.people.recognised import NOTHING, Recognised
from extract.people.roles import (
    HEADING,
    LAYOUT,
    RoleHint,
    is_profile_heading,
    label_at,
    label_of_heading,
    role_of_intro,
    session_role,
    starts_with_time,
)
from extract.people.shown import Context, Presentation
from extract.people.tokens import Token, tokenise
from ingest.document import Block, Document

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Around:
    """What earlier blocks leave behind for the next: heading, programme item."""

    heading: RoleHint | None = None
    session: RoleHint | None = None
    in_programme: bool = False
    is_for_one: bool = False
    """True under a label in the singular ("Chair"): it speaks of the next person only."""
    outer: RoleHint | None = None
    """The heading above such a label, to which the list goes back after that person ("List of participants")."""
    is_intro: bool = False
    """True below a line that ends in a colon: the role holds for the lines of the list that follows."""


def read_people(
    document: Document, bodies: Bodies, recognised: Recognised = NOTHING, *, doc_type: str = "other"
) -> list[Presentation]:
    """Return everyone the document presents, in reading order."""
    found: list[Presentation] = []
    surnames: list[str] = []
    around = _Around()
    blocks = [block for block in document.blocks if block.is_main]
    rows = [unglued(tokenise(document.block_text(block), block.start)) for block in blocks]
    index = 0
    while index < len(blocks):
        block = blocks[index]
        tokens: Sequence[Token] = rows[index]
        index += 1
        if not tokens:
            continue
        around, is_label = _step(around, block, tokens, document.block_text(block))
        if is_label:
            continue
        is_list = is_line(block, tokens)
        if around.is_intro and not is_list and block.kind != "list_item":
            around = replace(around, heading=None, is_intro=False)
        if not is_list:
            tokens = _unwrapped(tokens)
        own_role = None
        if is_list:
            tokens, index, own_role = _with_card(tokens, blocks, rows, index)
        context = Context(
            heading=own_role or around.heading,
            session=around.session,
            in_programme=around.in_programme,
            language=document.language,
            is_event=doc_type in ("announcement", "report"),
            is_report=doc_type == "report",
            is_list=is_list,
            is_roll=is_roll(tokens, is_below_heading=is_list and around.heading is not None),
            is_signature=is_list and around.heading is None and _leads_to_address(rows, index),
            is_writer=is_list and index > 1 and _is_farewell(rows[index - 2] or rows[max(index - 3, 0)]),
            is_top=block.kind in ("title", "heading") or (index <= 2 and len(tokens) < 40),
        )
        count = len(found)
        near = recognised.within(tokens[0].start, tokens[-1].end)
        found += read_block(tokens, context, bodies, near)
        surnames += [_surname(document.text, shown) for shown in found[count:]]
        found = complete_by_pronoun(tokens, found, count, bodies, surnames)
        found += read_japanese(document.block_text(block), block.start, context)
        surnames += [""] * (len(found) - len(surnames))
        if len(found) > count and around.is_for_one:
            around = replace(around, heading=around.outer, outer=None, is_for_one=False)
        if not starts_with_time(document.block_text(block)) and (intro := role_of_intro(tokens)):
            around = replace(around, heading=intro, is_for_one=False, is_intro=True)
    return _opened_by_few(found)


def _surname(text: str, shown: Presentation) -> str:
    """Return the last word of a whole name, by which later sentences may call the person; "" of a short form."""
    return text[shown.name[0] : shown.name[1]].split()[-1] if shown.is_full else ""


_MOST_OPENERS = 4
"""People of one heading "Opening remarks" or "Closing": where more follow, the heading above the others is lost."""


def _opened_by_few(found: list[Presentation]) -> list[Presentation]:
    """Leave a heading for a few to the first of many below it; the others speak."""
    below: dict[RoleHint, list[int]] = {}
    for index, shown in enumerate(found):
        if shown.role and shown.role.span and shown.role.score == HEADING and shown.role.role in ("opening", "closing"):
            below.setdefault(shown.role, []).append(index)
    for indices in below.values():
        for index in indices[1:] if len(indices) > _MOST_OPENERS else ():
            found[index] = replace(found[index], role=RoleHint("speaker", None, LAYOUT))
    return found


_ADDRESS_WORDS = small_words("address_words")


def _leads_to_address(rows: Sequence[Sequence[Token]], index: int) -> bool:
    """Whether one of the next four short lines gives an address for mail or a telephone number."""
    for row in rows[index : index + 4]:
        if len(row) > 25:
            return False
        if row and (row[0].lower in _ADDRESS_WORDS or any(t.kind == "link" and "@" in t.text for t in row)):
            return True
    return False


def _is_farewell(tokens: Sequence[Token]) -> bool:
    """Whether a line closes a letter ("Yours sincerely,")."""
    return 0 < len(tokens) <= 5 and any(token.lower in small_words("farewells") for token in tokens)


_WRAPPED = 50
"""Characters from which a line of a paragraph is taken to be broken by its width, not by its author."""


def _unwrapped(tokens: Sequence[Token]) -> Sequence[Token]:
    """Read a paragraph's line breaks as blanks where its lines are full: a name may go on in the next line."""
    if not any(token.gap == "\n" for token in tokens[1:]):
        return tokens
    joined: list[Token] = []
    line_start = tokens[0].start
    for token in tokens:
        if joined and token.gap == "\n":
            is_full = joined[-1].end - line_start >= _WRAPPED
            line_start = token.start
            joined.append(replace(token, gap=" ") if is_full else token)
        else:
            joined.append(token)
    return tuple(joined)


_FOR_ONE = frozenset({"chair", "moderator", "keynote", "opening", "closing", "contact", "author"})


def _step(around: _Around, block: Block, tokens: Sequence[Token], text: str) -> tuple[_Around, bool]:
    """Return (surroundings for this block, whether the block is no more than a label)."""
    role = label_of_heading(tokens)
    if role and len(text) < 60:
        score = LAYOUT if role == "speaker" else HEADING
        heading = RoleHint(role, (tokens[0].start, tokens[-1].end), score)
        words = [token.lower for token in tokens if token.kind == "word"]
        is_for_one = role in _FOR_ONE and not words[-1].endswith("s")
        above = around.heading if is_for_one and around.heading and around.heading.role == "mentioned" else None
        return replace(around, heading=heading, session=None, is_for_one=is_for_one, outer=above, is_intro=False), True
    if _opens_session(tokens):
        around = replace(around, heading=None, session=None, is_intro=False)
    if starts_with_time(text):
        start = _after_time(tokens)
        if around.heading and around.is_for_one and _presents(tokens[start:]):
            return replace(around, session=None, in_programme=True, is_intro=False), False
        return _Around(session=session_role(tokens, start, len(tokens)), in_programme=True), False
    if is_profile_heading(tokens):
        return _Around(RoleHint("speaker", None, LAYOUT)), True
    if block.kind in ("heading", "title") or text.startswith("#"):
        has_label = label_at(tokens, 0, len(tokens)) is not None or _presents(tokens)
        in_programme = around.in_programme and (has_label or not text.startswith("#"))
        if has_label or (around.heading and (block.level or 2) > 2 and not text.startswith("##")):
            return around, False
        session = session_role(tokens, 0, len(tokens)) if in_programme else None
        return _Around(session=session, in_programme=in_programme), False
    if around.in_programme and (_is_item_title(tokens) or len(tokens) <= _SHORT_TITLE):
        session = session_role(tokens, 0, len(tokens))
        if session:
            return replace(around, session=session), False
    return around, False


def _opens_session(tokens: Sequence[Token]) -> bool:
    """Whether a line numbers a session or panel ("Session II: …"): what was headed above ends there."""
    if len(tokens) < 2 or tokens[0].lower not in small_words("sessions") or not tokens[0].text[0].isupper():
        return False
    number = tokens[1].text.rstrip(".").upper()
    return tokens[1].kind == "number" or tokens[1].lower in small_words("counts") or not set(number) - set("IVX")


def _presents(tokens: Sequence[Token]) -> bool:
    """Whether a line set as a heading begins with a person."""
    names = find_names(tokens)
    return bool(names) and names[0].lead == 0 and names[0].strength >= GIVEN


def _after_time(tokens: Sequence[Token]) -> int:
    index = 0
    while index < len(tokens) and _belongs_to_time(tokens[index]):
        index += 1
    return index


def _belongs_to_time(token: Token) -> bool:
    is_zone = token.text.isupper() and len(token.text) <= 5
    return token.kind in ("number", "sign") or is_zone or token.lower in _CLOCK_WORDS


_CLOCK_WORDS = small_words("clock_words")


_SHORT_TITLE = 6
"""Tokens of a line of its own that titles an item of the programme ("Welcome and introduction")."""


def _is_item_title(tokens: Sequence[Token]) -> bool:
    return any(token.gap == "\t" for token in tokens[1:4]) or any(token.text == ":" for token in tokens[1:6])


def _with_card(
    tokens: Sequence[Token], blocks: Sequence[Block], rows: Sequence[Sequence[Token]], index: int
) -> tuple[Sequence[Token], int, RoleHint | None]:
    """Join the lines under a name that ends its line, where they hold a post or an affiliation ("cards").

    A role alone on the line between a name and its post is this person's: it heads nobody below.
    """
    names = find_names(tokens)
    if not names or not _is_remark(tokens[names[-1].last :]):
        return tokens, index, None
    own_role = None
    role = label_of_heading(rows[index]) if index + 1 < len(rows) and rows[index] else None
    if role and len(names) == 1 and names[0].lead <= 1 and _is_card_line(blocks[index + 1], rows[index + 1]):
        own_role = RoleHint(role, (rows[index][0].start, rows[index][-1].end), HEADING)
        index += 1
    joined = list(tokens)
    for _ in range(3):
        if index >= len(rows) or not (_goes_on(rows[index], joined) or _is_card_line(blocks[index], rows[index])):
            break
        joined += rows[index]
        index += 1
    return joined, index, own_role


def _goes_on(row: Sequence[Token], above: Sequence[Token]) -> bool:
    """Whether a line goes on with what the line above began: a comma ends that one or begins this one."""
    if not 1 < len(row) <= 30 or row[-1].text == ":":
        return False
    begins = row[0].text == "," and row[1].kind == "word"
    names = find_names(row)
    return begins or (above[-1].text == "," and row[0].is_capital and not (names and names[0].lead <= 1))


def _is_remark(tokens: Sequence[Token]) -> bool:
    """Whether what ends the line of a name says nothing of post or affiliation: degrees, "(ret.)", "(via video)"."""
    rest = [token for token in tokens if token.text not in "(),.;"]
    words = " ".join(token.lower for token in rest)
    behind = [token.lower for token in rest if token.lower not in after_name()]
    return words in word_set("not_affiliations") or not behind or " ".join(behind) in word_set("not_affiliations")


def _is_card_line(block: Block, tokens: Sequence[Token]) -> bool:
    if (
        not tokens
        or len(tokens) > 30
        or block.kind in ("table_row", "title")
        or label_of_heading(tokens)
        or label_at(tokens, 0, len(tokens))
    ):
        return False
    names = find_names(tokens)
    if (names and names[0].lead <= 1 and names[0].strength >= GIVEN) or any(token.text == ":" for token in tokens):
        return False
    if tokens[-1].text in ".!?" and len(tokens) > 12:
        return False
    end = next((i for i, token in enumerate(tokens) if token.text in ",;|("), len(tokens))
    return tokens[0].is_capital and classify(tokens[:end]) in ("post", "body", "unit", "role")
