"""Plain text: paragraphs, headings, lists, rows and labelled lines recognised from layout alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.build import build_document
from ingest.cleaning import clean_characters, count_words, split_glued_words
from ingest.document import CELL_SEPARATOR, BlockDraft, Document, RawFile
from ingest.errors import BadInput
from ingest.lexicon import is_label_word, is_section_word
from ingest.readers.charset import decode_text
from ingest.readers.leftovers import drop_code_lines, mark_boilerplate
from ingest.readers.lines import (
    Line,
    group_lines,
    is_time_only,
    join_group,
    measure_width,
    read_lines,
    starts_with_time,
)
from ingest.readers.shapes import choose_title, is_day, is_heading_like, is_label, split_label

_MAX_CHARS = 10_000_000
_HEADING_WORDS = 8
_MAX_VALUE = 120
_HEADINGS_IN_A_ROW = 2
_OPENING_LINES = 4
_LONG_PARAGRAPH = 140


def read_text(file: RawFile) -> Document:
    """Read plain text in whatever character set.  Raises BadInput: too_large, no_text."""
    text, _ = decode_text(file.data)
    if len(text) > _MAX_CHARS:
        raise BadInput("too_large", "The text is longer than 10 million characters; split it into its documents.")
    drafts, warnings = parse_text(text)
    if not drafts:
        raise BadInput("no_text", "The file holds no readable text; check that it was saved or downloaded completely.")
    title, drafts = choose_title(drafts)
    return build_document(
        file, drafts, media_type="text/plain", reader="text", title=title, warnings=tuple(warnings)
    )  # fmt: skip


def parse_text(text: str) -> tuple[list[BlockDraft], list[str]]:
    """Return (blocks in reading order, warnings) of raw text."""
    clean, dropped = drop_code_lines(clean_characters(text))
    lines = read_lines(clean)
    words = count_words(clean)
    groups = group_lines(lines)
    margin = measure_width(groups)
    logical: list[list[Line]] = []
    for group in groups:
        joined = join_group(group, margin, words)
        logical.append([replace(line, text=split_glued_words(line.text, words)) for line in joined])
    warnings = [f"Lines of stylesheet or script code left out: {dropped}."] if dropped else []
    return mark_boilerplate(_to_drafts(logical)), warnings


def _to_drafts(groups: Sequence[Sequence[Line]]) -> list[BlockDraft]:
    drafts: list[BlockDraft] = []
    heads: list[bool] = []
    indents: list[int] = []
    for index, group in enumerate(groups):
        following = groups[index + 1] if index + 1 < len(groups) else None
        lines = _rows_of_times(group)
        indents = _nest(indents, group[0])
        ends = following is None or following[0].gap > 0 or bool(following[0].marker) or _is_row(following[0].text)
        opens = group[0].gap > 0 or index == 0
        standing = len(lines) == 1 and ((opens and ends) or lines[0].text.endswith(":"))
        for position, line in enumerate(lines):
            drafts.append(_draft(line, len(indents), first=position == 0))
            after = lines[position + 1].text if position + 1 < len(lines) else following[0].text if following else ""
            heads.append(_may_head(drafts[-1], after, standing=standing, is_first=position == 0))
    return _mark_headings(drafts, heads)


def _may_head(draft: BlockDraft, after: str, *, standing: bool, is_first: bool) -> bool:
    """Tell whether a line heads what follows: it stands alone, or is one of the usual headings, or opens a day."""
    text = draft.text
    if draft.kind != "paragraph":
        return False
    if is_day(text) and _is_row(after):
        return True
    if not is_heading_like(text):
        return False
    if standing or (is_section_word(text) and (is_first or text.endswith((":", "：")))):
        return True
    return len(text.split()) <= _HEADING_WORDS and len(after) >= _LONG_PARAGRAPH


def _nest(indents: Sequence[int], line: Line) -> list[int]:
    """Return the indents of the list items that are open at this line; their number is the item's level."""
    if not line.marker:
        return []
    return [indent for indent in indents if indent < line.indent - 1] + [line.indent]


def _is_row(text: str) -> bool:
    return CELL_SEPARATOR in text or starts_with_time(text)


def _rows_of_times(group: Sequence[Line]) -> list[Line]:
    """Set a line that is only a time, or a label, and the line below it side by side: together they are one row."""
    rows: list[Line] = []
    for line in group:
        above = rows[-1].text if rows else ""
        if rows and is_time_only(above) and not is_time_only(line.text) and not line.marker:
            rows[-1] = replace(rows[-1], text=above + CELL_SEPARATOR + line.text)
        elif rows and is_label_word(above) and _is_value(line.text):
            rows[-1] = replace(rows[-1], text=above + (" " if above.endswith((":", "：")) else ": ") + line.text)
        else:
            rows.append(line)
    return rows


def _is_value(text: str) -> bool:
    return len(text) <= _MAX_VALUE and not is_label_word(text) and not split_label(text)


def _draft(line: Line, level: int, *, first: bool) -> BlockDraft:
    text = line.text
    if first and line.marker and not is_section_word(text):  # ■プログラム
        return BlockDraft("list_item", text, level=level)
    if CELL_SEPARATOR in text:
        cells = text.split(CELL_SEPARATOR)
        return BlockDraft("key_value" if len(cells) == 2 and is_label(cells[0]) else "table_row", text)
    if split_label(text):
        return BlockDraft("key_value", text)
    return BlockDraft("paragraph", text)


def _mark_headings(drafts: Sequence[BlockDraft], heads: Sequence[bool]) -> list[BlockDraft]:
    """Make headings of the lines that may be; of a longer run of them, a list of names, only the surest."""
    result = list(drafts)
    for start, stop in _runs(heads):
        is_list = stop - start > (_HEADINGS_IN_A_ROW if start else _OPENING_LINES) or stop == len(drafts)
        for index in range(start, min(stop, len(drafts) - 1)):
            text = drafts[index].text
            if not is_list or is_section_word(text) or is_day(text) or index == stop - 1:
                result[index] = replace(drafts[index], kind="heading", level=2)
    return result


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index, flag in enumerate(flags):
        if not flag:
            continue
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs
