"""Markdown: the parser's tokens become blocks; front matter becomes declared facts; leftovers of site builders go."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.build import build_document
from ingest.cleaning import clean_characters, clean_inline, count_words, split_glued_words
from ingest.document import CELL_SEPARATOR, BlockDraft, BlockKind, Document, RawFile
from ingest.errors import BadInput
from ingest.lexicon import is_section_word
from ingest.readers.charset import decode_text
from ingest.readers.frontmatter import read_front_matter
from ingest.readers.leftovers import drop_code_lines, mark_boilerplate
from ingest.readers.lines import Line, join_group, measure_width
from ingest.readers.links import place_links
from ingest.readers.shapes import choose_title, is_heading_like, split_label

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MAX_CHARS = 5_000_000
_MAX_NESTING = 100
_OPENING_LINES = 3
_USUAL_MARGIN = 80
_LONG_TOKEN = 40
_HARD_BREAK = "\x00"

_ATX = re.compile(r"^ {0,3}#{1,6} +[^\s#].*$", re.MULTILINE)
_INLINE_LINK = re.compile(r"\[[^\[\]\n]{1,200}\]\(https?://[^\s()]{1,500}\)")
_BOLD_LABEL = re.compile(r"\*\*[^*\n]{1,60}\*\*")
_TABLE_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t:|-]*$", re.MULTILINE)

_CONTENTS = re.compile(
    r"^[ \t]*[*+-][ \t]+\S.{0,60}\n[ \t]*\{:[^}\n]{0,40}\btoc\b[^}\n]{0,40}\}[ \t]*$", re.MULTILINE | re.IGNORECASE
)
_TASK_BOX = re.compile(r"^([ \t]*[-*+][ \t]+)\[[ xX]\][ \t]+", re.MULTILINE)
_ATTRIBUTE_LINE = re.compile(r"^[ \t]*(?:>[ \t]*)*\{:[^}\n]{0,200}\}[ \t]*$", re.MULTILINE)
_ATTRIBUTE_INLINE = re.compile(r"\{[:.#][^{}\n]{0,100}\}")
_TEMPLATE = re.compile(r"\{%[^%\n]{0,300}%\}|\{\{[^{}\n]{0,300}\}\}")
_COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
_EMPTY_LINK = re.compile(r"(?<!!)\[\s*\]\([^()\n]{0,500}\)")
_FOOTNOTE_MARK = re.compile(r"\[\^[\w-]{1,30}\](?!:)")
_FOOTNOTE = re.compile(r"^\[\^[\w-]{1,30}\]:[ \t]*", re.MULTILINE)
_RFC_REFERENCE = re.compile(r"\{\{[?!]?([A-Z][\w.-]{1,30})\}\}")
_RULE_OF_HASHES = re.compile(r"^[ \t]*\\?#{1,6}[ \t]*$", re.MULTILINE)
_OPEN_TAG_LINE = re.compile(
    r"^[ \t]*</?(?:div|span|section|article|center|p|figure|details|summary|aside)\b[^<>\n]{0,300}>[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)


def looks_like_markdown(text: str) -> bool:
    """Tell whether plain text is written in Markdown: headings with "#", a table rule, links or bold labels."""
    head = text[:100_000]
    return bool(_ATX.search(head) or _TABLE_RULE.search(head) or _INLINE_LINK.search(head)) or (
        len(_BOLD_LABEL.findall(head)) >= 2
    )


def read_markdown(file: RawFile) -> Document:
    """Read Markdown.  Raises BadInput no_text where nothing readable is in it."""
    source, _ = decode_text(file.data)
    if len(source) > _MAX_CHARS:
        raise BadInput("too_large", "The text is longer than 5 million characters; split it into its documents.")
    metadata, body, warnings = read_front_matter(clean_characters(source))
    drafts = parse_markdown(body)
    declared_title = next((fact.value for fact in metadata if fact.name == "name"), None)
    title, drafts = _set_title(drafts, declared_title)
    if len(drafts) < 2:  # a page that is all front matter shows its description
        drafts += [BlockDraft("paragraph", fact.value) for fact in metadata if fact.name == "description"][:1]
    if not drafts:
        raise BadInput("no_text", "The file holds no readable text; check that it was saved or downloaded completely.")
    return build_document(
        file, drafts, media_type="text/markdown", reader="markdown", title=title, declared=metadata, warnings=warnings
    )  # fmt: skip


def _set_title(drafts: list[BlockDraft], declared: str | None) -> tuple[str | None, list[BlockDraft]]:
    """The top heading is the title; without one the front matter's title becomes the first block of the text."""
    tops = [
        index
        for index, draft in enumerate(drafts[:4])
        if draft.kind == "heading" and draft.level == 1 and not is_section_word(draft.text)
    ]
    if tops:
        drafts[tops[0]] = replace(drafts[tops[0]], kind="title", level=None)
        return declared or drafts[tops[0]].text, drafts
    if not declared:
        for index, draft in enumerate(drafts[:_OPENING_LINES]):
            if draft.kind != "paragraph" or not is_heading_like(draft.text):
                break
            drafts[index] = replace(draft, kind="heading", level=2)
    if declared:
        return declared, [BlockDraft("title", declared), *drafts]
    return choose_title(drafts)


def parse_markdown(text: str) -> list[BlockDraft]:
    """Return the blocks of Markdown text in reading order."""
    text, _ = drop_code_lines(_drop_site_markup(text))
    tokens = _parser().parse(text)
    words = count_words(text)
    state = _State(words, text.split("\n"))
    for token in tokens:
        _visit(token, state)
    return mark_boilerplate(_mark_bold_headings(_join_paragraphs(state)))


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _MAX_NESTING})
    return parser.enable(["table", "strikethrough"]).disable(["code", "smartquotes"], ignoreInvalid=True)


def _drop_site_markup(text: str) -> str:
    text = _TASK_BOX.sub(r"\1", _COMMENT.sub("", text))
    text = _RFC_REFERENCE.sub(r"[\1]", text)
    text = _CONTENTS.sub("", text)
    text = _ATTRIBUTE_LINE.sub("", text)
    text = _TEMPLATE.sub("", text)
    text = _ATTRIBUTE_INLINE.sub("", text)
    text = _EMPTY_LINK.sub("", text)
    text = _FOOTNOTE_MARK.sub("", _FOOTNOTE.sub("", text))
    text = _OPEN_TAG_LINE.sub("\n", text)
    return _RULE_OF_HASHES.sub("", text)


@dataclass
class _State:
    """Where the walk over the tokens stands; `pieces` are (kind, level, physical lines, their links)."""

    words: Counter[str]
    source: list[str]
    pieces: list[_Piece] = field(default_factory=list)
    lists: int = 0
    heading: int = 0
    item_open: bool = False
    row: list[str] | None = None


@dataclass(frozen=True)
class _Piece:
    kind: BlockKind
    level: int | None
    lines: tuple[str, ...]
    links: tuple[tuple[str, str], ...] = ()
    bold: bool = False
    widths: tuple[int, ...] = ()
    """How far the source lines reach, where that is known: the mark of a list and links take room there."""


def _visit(token: Token, state: _State) -> None:
    kind = token.type
    if kind in ("bullet_list_open", "ordered_list_open"):
        state.lists += 1
    elif kind in ("bullet_list_close", "ordered_list_close"):
        state.lists -= 1
        state.item_open = False
    elif kind == "list_item_open":
        state.item_open = True
    elif kind == "heading_open":
        state.heading = int(token.tag[1:])
    elif kind == "heading_close":
        state.heading = 0
    elif kind == "tr_open":
        state.row = []
    elif kind == "tr_close":
        _close_row(state)
    elif kind == "inline":
        _add_inline(token, state)
    elif kind in ("fence", "code_block"):
        state.pieces += [_Piece("paragraph", None, (line,)) for line in token.content.splitlines() if line.strip()]
    elif kind == "html_block":
        _add_html(token.content, state)


def _close_row(state: _State) -> None:
    cells = state.row or []
    state.row = None
    if any(cells):
        state.pieces.append(_Piece("table_row", None, (CELL_SEPARATOR.join(cells),)))


def _add_inline(token: Token, state: _State) -> None:
    lines, links = _inline_lines(token.children or [])
    if state.row is not None:
        state.row.append(_one_line(lines))
        return
    if not any(char.isalnum() for line in lines for char in line):
        return
    bold = _is_bold(token.children or [])
    begin, end = token.map or (0, 0)
    widths = _source_widths([line.rstrip() for line in state.source[begin:end]])
    if state.heading:
        state.pieces.append(_Piece("heading", state.heading, (_one_line(lines),), links))
    elif state.item_open:
        state.pieces.append(_Piece("list_item", max(state.lists, 1), lines, links, widths=widths))
        state.item_open = False
    else:
        state.pieces.append(_Piece("paragraph", None, lines, links, bold, widths))


def _source_widths(source: Sequence[str]) -> tuple[int, ...]:
    """Return how far each source line reaches; one before a long address was cut short by it, not by its writer."""
    tokens = [len(line.split(maxsplit=1)[0]) if line.strip() else 0 for line in [*source[1:], ""]]
    return tuple(
        max(len(line), _USUAL_MARGIN) if token > _LONG_TOKEN else len(line)
        for line, token in zip(source, tokens, strict=True)
    )


def _one_line(lines: Sequence[str]) -> str:
    return " ".join(line for line in lines if line and line != _HARD_BREAK)


def _add_html(content: str, state: _State) -> None:
    """Blocks of HTML inside Markdown: their words stay, embedded players and scripts go."""
    from ingest.readers.html import parse_html

    for draft in parse_html(content):
        links = tuple((draft.text[start:end], target) for start, end, target in draft.links)
        state.pieces.append(_Piece(draft.kind, draft.level, (draft.text,), links))


def _inline_lines(children: Iterable[Token]) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return (physical lines, links as (words, target)) of an inline token."""
    lines: list[list[str]] = [[]]
    links: list[tuple[str, str]] = []
    opened: list[tuple[int, int, str]] = []
    for child in children:
        if child.type in ("text", "code_inline"):
            lines[-1].append(child.content)
        elif child.type == "softbreak":
            lines.append([])
        elif child.type == "hardbreak":
            lines += [[_HARD_BREAK], []]
        elif child.type == "link_open":
            opened.append((len(lines) - 1, len(lines[-1]), str(child.attrGet("href") or "")))
        elif child.type == "link_close" and opened:
            row, column, target = opened.pop()
            words = clean_inline(
                " ".join(["".join(lines[row][column:]), *("".join(line) for line in lines[row + 1 :])])
            )
            if target.startswith(("http", "mailto:", "tel:")):
                links.append((words.replace(_HARD_BREAK, ""), target))
        elif child.type == "html_inline" and child.content.lower().startswith("<br"):
            lines += [[_HARD_BREAK], []]
    return tuple(clean_inline("".join(line)) if line != [_HARD_BREAK] else _HARD_BREAK for line in lines), tuple(links)


def _is_bold(children: Sequence[Token]) -> bool:
    """Tell whether the paragraph is bold from end to end: writers use that as a heading."""
    shown = [child for child in children if child.type != "text" or child.content.strip()]
    if len(shown) < 3 or shown[0].type != "strong_open" or shown[-1].type != "strong_close":
        return False
    return sum(child.type == "strong_open" for child in shown) == 1


# --- pieces to blocks ------------------------------------------------------------------------------------------------


def _join_paragraphs(state: _State) -> list[tuple[BlockDraft, bool]]:
    """Return (block, is it all bold); soft breaks are joined where a margin made them, kept where they were meant."""
    groups = [_as_lines(piece) for piece in state.pieces]
    margin = measure_width([part for parts in groups for part in parts])
    drafts: list[tuple[BlockDraft, bool]] = []
    for piece, parts in zip(state.pieces, groups, strict=True):
        first = True
        for part in parts:
            for line in join_group(part, margin, state.words, soft=True) if part else []:
                text = split_glued_words(line.text, state.words) if CELL_SEPARATOR not in line.text else line.text
                kind: BlockKind = piece.kind if first else "paragraph"
                if kind == "paragraph" and split_label(text):
                    kind = "key_value"
                level = piece.level if kind == piece.kind else None
                drafts.append((BlockDraft(kind, text, level=level, links=place_links(text, piece.links)), piece.bold))
                first = False
    return [pair for pair in drafts if any(char.isalnum() for char in pair[0].text)]


def _as_lines(piece: _Piece) -> list[list[Line]]:
    """Cut at hard breaks, and give the lines the shape the joiner wants."""
    shown = [text for text in piece.lines if text != _HARD_BREAK]
    hard = len(piece.lines) - len(shown)
    is_told = hard > len(shown) - 1 - hard  # who sets hard breaks means those, and no others
    widths = iter(piece.widths if len(piece.widths) == len(shown) else tuple(map(len, shown)))
    parts: list[list[Line]] = [[]]
    for text in piece.lines:
        if text == _HARD_BREAK:
            parts.append([])
            continue
        width = next(widths)
        if is_told and parts[-1] and text:
            joined = f"{parts[-1][-1].text} {text}"
            parts[-1][-1] = Line(joined, 0, 0, len(joined), 0)
        elif text:
            shown_width = max(len(text), min(width, _USUAL_MARGIN))  # an address may reach past any margin
            parts[-1].append(Line(text, 0, 0, shown_width, 0))
    return [part for part in parts if part]


def _mark_bold_headings(drafts: Sequence[tuple[BlockDraft, bool]]) -> list[BlockDraft]:
    result: list[BlockDraft] = []
    for index, (draft, bold) in enumerate(drafts):
        followed = index + 1 < len(drafts) and drafts[index + 1][0].kind != "heading"
        if bold and draft.kind == "paragraph" and followed and is_heading_like(draft.text):
            draft = replace(draft, kind="heading", level=6)
        result.append(draft)
    return result
