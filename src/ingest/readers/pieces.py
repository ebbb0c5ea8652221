"""Pieces of a page or office document, as a walk collects them, to clean blocks with kinds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ingest.cleaning import clean_inline, clean_markup, count_words, split_glued_words
from ingest.document import CELL_SEPARATOR, BlockDraft, BlockKind
from ingest.lexicon import is_label_word, is_section_word
from ingest.readers.leftovers import drop_code_lines, mark_boilerplate, mark_repeats
from ingest.readers.lines import continues_in_lower_case, is_time_only
from ingest.readers.links import place_links
from ingest.readers.shapes import is_heading_like, is_label, split_label
from ingest.readers.tables import Cell

_MIN_LINK_RUN = 5
_MIN_LINK_BAR = 3
_LINK_SHARE = 0.8
_SHORT = 80
_BULLET = re.compile(r"[-–•●▪◦*·・‣]\s+(?=\w)")
"""A list written line by line."""
_SURE_BULLET = re.compile(r"[•●▪◦‣■□◆➢✓✔＊]\s*(?=\w)")
"""Signs that open an item wherever they open a paragraph."""
_ZONE = re.compile(
    r"\(?(?:(?:UTC|GMT)(?:\s?[+−-]\s?\d{1,2}(?::\d\d)?)?|CES?T|EES?T|WES?T|BST|[ECMP][SD]?T|[JKI]ST|SGT|HKT|MSK|AE[SD]T)\)?"
)
"""The zone of a time in an element of its own."""
_MARK_TAB = re.compile(r"(\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivx]{1,4}|[IVX]{1,4})[.)])\t(?=\D)")
"""An item's number and the tab behind it ("A.⇥Purpose"), which is no column."""


@dataclass
class Piece:
    """A block while its words are being collected; `where` tells which box it stands in."""

    kind: BlockKind | Literal["row", "pre"] = "paragraph"
    level: int | None = None
    words: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    tag: str = ""
    where: int = 0
    side: bool = False
    after_break: bool = False
    tabs: bool = False
    size: int = 0
    bold: int = 0
    linked: int = 0
    anchors: int = 0
    page: int | None = None


def finish_pieces(pieces: Sequence[Piece]) -> list[BlockDraft]:
    """Return the blocks of the pieces in order: cleaned, labelled pairs and rows put together, furniture flagged."""
    drafts: list[BlockDraft] = []
    origins: list[Piece] = []
    for piece in pieces:
        for made in _drafts_of(piece):
            draft = replace(made, page=piece.page) if piece.page else made
            if drafts and _merge(drafts, origins, draft, piece):
                continue
            drafts.append(draft)
            origins.append(piece)
    words = count_words("\n".join(draft.text for draft in drafts))
    drafts = [_shape(draft, piece, words) for draft, piece in zip(drafts, origins, strict=True)]
    return mark_repeats(mark_boilerplate(_mark_link_runs(_unhead_last(drafts), origins)))


def _drafts_of(piece: Piece) -> list[BlockDraft]:
    if piece.kind == "row":
        return _row_drafts(piece)
    if piece.kind == "pre":
        from ingest.readers.text import parse_text

        return [replace(draft, is_main=not piece.side) for draft in parse_text("".join(piece.words))[0]]
    text = clean_markup("".join(piece.words), tabs=piece.tabs).removesuffix(" ↑")
    text = _MARK_TAB.sub(r"\1 ", text, count=1) if _MARK_TAB.match(text) else text
    if piece.kind in ("heading", "caption"):
        text = text.replace(CELL_SEPARATOR, " ")
    if not any(char.isalnum() for char in text) or drop_code_lines(text)[1]:
        return []
    links = tuple((clean_markup(words, tabs=piece.tabs), target) for words, target in piece.links)
    return [BlockDraft(piece.kind, text, level=piece.level, is_main=not piece.side, links=place_links(text, links))]


def _row_drafts(piece: Piece) -> list[BlockDraft]:
    """A row's cells side by side; further lines of its last cell and labelled ones follow (a session's speakers)."""
    filled = [cell for cell in piece.cells if cell[0]]
    if not filled:
        return []
    links = [(clean_inline(words), target) for _, targets, _ in filled for words, target in targets]
    parted = [_part_labelled(lines) for lines, _, _ in filled[:-1]]
    heads = [clean_inline(" ".join(lines)) for lines, _ in parted]
    last, rest = filled[-1][0][0], [line for _, labelled in parted for line in labelled] + filled[-1][0][1:]
    text = CELL_SEPARATOR.join([*heads, clean_inline(last)])
    kind: BlockKind = "table_row" if len(filled) > 1 else "paragraph"
    if len(filled) == 2 and not filled[1][2] and (filled[0][2] or is_label(heads[0])) and not is_time_only(heads[0]):
        kind = "key_value"
    main = not piece.side
    drafts = [BlockDraft(kind, text, is_main=main, links=place_links(text, links))]
    for line in rest:
        clean = clean_inline(line)
        drafts.append(BlockDraft("paragraph", clean, is_main=main, links=place_links(clean, links)))
    return drafts


def _part_labelled(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return (a cell's lines, those of them that say whose they are: "Chair: …" under the title of a session)."""
    labelled = [line for line in lines[1:] if split_label(clean_inline(line))]
    return [line for line in lines if line not in labelled], labelled


def _merge(drafts: list[BlockDraft], origins: list[Piece], draft: BlockDraft, piece: Piece) -> bool:
    """Put the block to the one before it where both are one line: label and value, time and session."""
    last, origin = drafts[-1], origins[-1]
    if origin.kind in ("row", "pre") or piece.kind in ("row", "pre"):
        return False
    if is_time_only(last.text) and last.text.startswith(draft.text):  # once for the page, once for the reader's zone
        return True
    if piece.after_break and origin.kind == piece.kind and continues_in_lower_case(last.text, draft.text):
        separator, kind = " ", last.kind
    elif origin.tag == "dt" and piece.tag == "dd":
        is_time = is_time_only(last.text)
        separator = CELL_SEPARATOR if is_time else (" " if last.text.endswith((":", "：")) else ": ")
        kind = "table_row" if is_time else "key_value"
    elif is_label_word(last.text) and last.kind != "heading" and _same_box(origins, piece):
        separator, kind = " " if last.text.endswith((":", "：")) else ": ", "key_value"
    elif is_time_only(last.text) and _ZONE.fullmatch(draft.text):
        separator, kind = " ", last.kind
    elif is_time_only(last.text) and _same_box(origins, piece):
        separator, kind = CELL_SEPARATOR, "table_row"
    else:
        return False
    offset = len(last.text) + len(separator)
    links = last.links + tuple((start + offset, end + offset, target) for start, end, target in draft.links)
    drafts[-1] = replace(last, kind=kind, text=last.text + separator + draft.text, links=links, level=None)
    origins[-1] = replace(origin, tag="merged", kind=kind)
    return True


def _same_box(origins: Sequence[Piece], piece: Piece) -> bool:
    """A label or time and what follows it are one line if their box opens with it."""
    origin = origins[-1]
    if not origin.where or origin.where != piece.where or origin.tag in ("p", "li", "dt", "td", "merged", ""):
        return False
    return piece.tag not in ("li",) and (len(origins) < 2 or origins[-2].where != origin.where)


def _shape(draft: BlockDraft, piece: Piece, words: Counter[str]) -> BlockDraft:
    text = draft.text
    if CELL_SEPARATOR not in text and not draft.links:
        text = split_glued_words(text, words)
        draft = replace(draft, text=text)
    if draft.kind == "list_item" and piece.after_break:  # the post and affiliation under a speaker's name
        draft = replace(draft, kind="paragraph", level=None)
    if draft.kind != "paragraph":
        return draft
    mark = _SURE_BULLET.match(text) or (_BULLET.match(text) if piece.after_break else None)
    if mark and not draft.links:
        return replace(draft, kind="list_item", text=text[mark.end() :], level=1)
    if CELL_SEPARATOR in text and piece.kind == "paragraph":
        cells = text.split(CELL_SEPARATOR)
        return replace(draft, kind="key_value" if len(cells) == 2 and is_label(cells[0]) else "table_row")
    if split_label(text):
        return replace(draft, kind="key_value")
    is_bold = piece.size > 0 and piece.bold >= 0.95 * piece.size and piece.tag not in ("td", "th")
    if (
        (is_bold or is_section_word(text))
        and piece.tag != "merged"
        and is_heading_like(text)
        and piece.linked < piece.size
    ):
        return replace(draft, kind="heading", level=6)
    return draft


def _unhead_last(drafts: list[BlockDraft]) -> list[BlockDraft]:
    """A bold line with nothing under it heads nothing."""
    if drafts and drafts[-1].kind == "heading" and drafts[-1].level == 6:
        drafts[-1] = replace(drafts[-1], kind="paragraph", level=None)
    return drafts


def _mark_link_runs(drafts: Sequence[BlockDraft], origins: Sequence[Piece]) -> list[BlockDraft]:
    """Flag runs of short lines that are links and nothing else, unless a heading says they are speakers or the like."""
    result = [
        replace(draft, is_main=False) if _is_link_bar(draft, piece) else draft
        for draft, piece in zip(drafts, origins, strict=True)
    ]
    start = 0
    heading = ""
    for index in range(len(result) + 1):
        if index < len(result) and _is_link_only(result[index], origins[index]):
            continue
        if index - start >= _MIN_LINK_RUN and not is_section_word(heading):
            result[start:index] = [replace(draft, is_main=False) for draft in result[start:index]]
        if index < len(result) and result[index].kind in ("heading", "title"):
            heading = result[index].text
        start = index + 1
    return result


def _is_link_bar(draft: BlockDraft, piece: Piece) -> bool:
    """A line of three links and more with nothing between them is a menu; lists of names have commas."""
    return piece.anchors >= _MIN_LINK_BAR and draft.kind == "paragraph" and _is_link_only(draft, piece)


def _is_link_only(draft: BlockDraft, piece: Piece) -> bool:
    if len(draft.text) > _SHORT or draft.kind in ("heading", "table_row", "key_value") or "," in draft.text:
        return False
    return piece.size > 0 and piece.linked >= _LINK_SHARE * piece.size
