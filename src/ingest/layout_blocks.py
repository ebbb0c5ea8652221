"""From pages to blocks: what each paragraph or row is, and what pages share and no text needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ingest.cleaning import count_words
from ingest.document import CELL_SEPARATOR, BlockDraft
from ingest.layout import Line, Page, body_size
from ingest.layout_items import page_items
from ingest.layout_lines import BULLET, LEADER, NUMBERED, Paragraph, join_lines
from ingest.layout_rows import Row
from ingest.layout_running import split_notes, take_running_lines
from ingest.layout_tables import Table, find_ruled_tables
from ingest.layout_text import Vocabulary, hyphenated_words, paragraph_text
from ingest.lexicon import is_label_word, is_section_word
from ingest.readers.lines import is_time_only, starts_with_time
from ingest.readers.shapes import is_date_only, is_heading_like, is_label, split_label

_CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|table|tab\.|photo|picture|image|map|chart|abb(?:ildung|\.)|tabelle|tableau|"
    r"foto|figura|tabla|afbeelding)\s?\d+|photo(?:graph)?s?(?: credits?)?:|(?:source|quelle)s?:", re.I
)  # fmt: skip


def pages_to_drafts(pages: Sequence[Page]) -> list[BlockDraft]:
    """Return the blocks of all pages in reading order."""
    size = body_size(pages)
    tables = [find_ruled_tables(page.rules) for page in pages]
    pages, furniture = take_running_lines(pages, tables, size)
    vocabulary = _vocabulary(pages)
    drafts: list[BlockDraft] = []
    notes: list[BlockDraft] = []
    last: Paragraph | None = None
    for page, page_tables in zip(pages, tables, strict=True):
        main, page_notes = _page_drafts(page, page_tables, size, vocabulary)
        if not main:
            notes += [note for note, _ in page_notes]
            continue
        if drafts and (joined := _join_over_pages(drafts[-1], last, *main[0])):
            drafts[-1] = joined
            last = main[0][1]
            main = main[1:]
        elif main[0][0].kind == "table_row":
            main[0] = (_unless_alone(main[0][0]), main[0][1])
        drafts += notes
        notes = [note for note, _ in page_notes]
        drafts += [draft for draft, _ in main]
        last = main[-1][1] if main else last
    return drafts + notes + furniture


def _unless_alone(row: BlockDraft) -> BlockDraft:
    """Return a page's first row as it is, or as a heading or paragraph if it is one cell in a frame (slides)."""
    text = row.text.lstrip(CELL_SEPARATOR)
    if CELL_SEPARATOR in text or text == row.text:
        return row
    shift = len(row.text) - len(text)
    links = tuple((start - shift, end - shift, target) for start, end, target in row.links)
    is_heading = is_heading_like(text) and not starts_with_time(text)
    return replace(row, kind="heading" if is_heading else "paragraph", level=2 if is_heading else None, text=text,
                   links=links)  # fmt: skip


def _vocabulary(pages: Sequence[Page]) -> Vocabulary:
    lines = [line for page in pages for line in page.lines]
    if not any(line.breaks_word for line in lines):
        return Vocabulary(Counter(), frozenset())
    text = "\n".join([_unbroken(before, line) for before, line in zip([None, *lines], lines, strict=False)])
    return Vocabulary(count_words(text), hyphenated_words(text))


def _unbroken(before: Line | None, line: Line) -> str:
    """Return the line's words but those that a hyphen at a line end cut, which would vouch for themselves."""
    text = line.text
    if before is not None and before.breaks_word:
        text = text.partition(" ")[2]
    return text.rpartition(" ")[0] if line.breaks_word else text


_Placed = tuple[BlockDraft, Paragraph | None]
"""A block with the paragraph it was made of; None for a table row."""


def _page_drafts(
    page: Page, tables: Sequence[Table], size: float, vocabulary: Vocabulary
) -> tuple[list[_Placed], list[_Placed]]:
    """Return (blocks, footnotes) of a page."""
    body, note_lines = split_notes(page, size)
    drafts: list[_Placed] = []
    for item in page_items(body, tables):
        if isinstance(item, Row):
            drafts.append((_row_draft(item, page.number, vocabulary), None))
        else:
            paragraphs = join_lines(item, page.number)
            alone = _stand_alone(paragraphs)
            placed = [(_draft(p, size, vocabulary, lone), p) for p, lone in zip(paragraphs, alone, strict=True)]
            drafts += _rows_of_times(placed)
    drafts += [(_aside_draft(page), None)] if page.aside else []
    notes = [(_draft(p, size, vocabulary), p) for p in join_lines(note_lines, page.number)]
    return drafts, [(replace(note, kind="footer", level=None), p) for note, p in notes]


def _rows_of_times(placed: Sequence[_Placed]) -> list[_Placed]:
    """Set a line that is only a time and the line below it side by side: together they are a row of a programme."""
    rows: list[_Placed] = []
    several = sum(is_time_only(draft.text) for draft, _ in placed) > 1
    for draft, paragraph in placed:
        before = rows[-1][0] if rows else None
        follows = before is not None and before.kind in ("paragraph", "heading") and is_time_only(before.text)
        of_a_date = not several and len(rows) > 1 and is_date_only(rows[-2][0].text)  # when it is, not a programme
        if before is not None and follows and not of_a_date and _is_session(draft):
            shift = len(before.text) + 1
            links = tuple((start + shift, end + shift, target) for start, end, target in draft.links)
            text = before.text + CELL_SEPARATOR + draft.text
            rows[-1] = (BlockDraft("table_row", text, before.page, links=before.links + links), None)
        else:
            rows.append((draft, paragraph))
    return rows


def _is_session(draft: BlockDraft) -> bool:
    text = draft.text
    return draft.kind != "list_item" and not (starts_with_time(text) or is_label_word(text))


def _aside_draft(page: Page) -> BlockDraft:
    """Return what stands on its side or aslant (stamps, watermarks, axes): kept, but not main text."""
    return BlockDraft("paragraph", " ".join([line.text for line in page.aside]), page.number, is_main=False)


def _row_draft(row: Row, page: int, vocabulary: Vocabulary) -> BlockDraft:
    """Return a table row: cells between TABs, meant line breaks inside a cell kept."""
    text = ""
    links: list[tuple[int, int, str]] = []
    rights = row.rights or (None,) * len(row.cells)
    cells = [
        [paragraph_text(paragraph.lines, vocabulary) for paragraph in join_lines(cell, page, right)]
        for cell, right in zip(row.cells, rights, strict=True)
    ]
    while cells and not cells[-1]:
        cells.pop()
    for n, cell in enumerate(cells):
        text += CELL_SEPARATOR if n else ""
        for k, (part, part_links) in enumerate(cell):
            text += "\n" if k else ""
            links += [(start + len(text), end + len(text), target) for start, end, target in part_links]
            text += part
    filled = [cell for cell in cells if cell]
    if len(filled) == 2 and is_label(filled[0][-1][0]) and not starts_with_time(text):
        return BlockDraft("key_value", text, page, links=tuple(links))
    return BlockDraft("table_row", text, page, links=tuple(links))


def _stand_alone(paragraphs: Sequence[Paragraph]) -> list[bool]:
    """Return for each paragraph whether it is one short line set apart from the longer text below it."""
    flags = []
    for k, paragraph in enumerate(paragraphs):
        line = paragraph.first
        below = paragraphs[k + 1] if k + 1 < len(paragraphs) else None
        if len(paragraph.lines) > 1 or below is None or len(below.lines) < 2:
            flags.append(False)
            continue
        gap = below.first.top - line.bottom
        leading = below.lines[1].top - below.first.bottom
        shorter = line.x1 < max(other.x1 for other in below.lines) - 2 * line.size
        flags.append(shorter and gap > leading + 0.25 * line.height)
    return flags


def _draft(paragraph: Paragraph, body: float, vocabulary: Vocabulary, stands_alone: bool = False) -> BlockDraft:
    text, links = paragraph_text(paragraph.lines, vocabulary)
    page = paragraph.page
    if LEADER.search(text):
        return BlockDraft("table_row", LEADER.sub(CELL_SEPARATOR, text), page, is_main=False)
    bullet = BULLET.match(text)
    if bullet and len(text) > bullet.end():
        cut = bullet.end() + len(text[bullet.end() :]) - len(text[bullet.end() :].lstrip())
        moved = tuple((max(start - cut, 0), end - cut, target) for start, end, target in links if end > cut)
        return BlockDraft("list_item", text[cut:], page, level=1, links=moved)
    if _is_heading(paragraph, text, body, stands_alone):
        level = 1 if paragraph.size >= 1.5 * body else 2 if paragraph.size >= 1.12 * body else 3
        return BlockDraft("heading", text, page, level=level, links=links)
    if NUMBERED.match(text):
        return BlockDraft("list_item", text, page, level=1, links=links)
    if _CAPTION.match(text) and len(text) < 300:
        return BlockDraft("caption", text, page, links=links)
    if split_label(text):
        return BlockDraft("key_value", text, page, links=links)
    return BlockDraft("paragraph", text, page, links=links)


def _is_heading(paragraph: Paragraph, text: str, body: float, stands_alone: bool) -> bool:
    if len(text) > 250 or len(paragraph.lines) > 4 or starts_with_time(text) or is_date_only(text):
        return False
    larger = paragraph.size >= 1.12 * body
    label = split_label(text)
    if paragraph.size >= 1.35 * body and any(char.isalpha() for char in text) and not text.endswith((".", ",", ";")):
        return label is None or not is_section_word(label[0])
    return (larger or paragraph.bold or stands_alone or text.isupper()) and is_heading_like(text)


def _join_over_pages(
    last: BlockDraft, before: Paragraph | None, first: BlockDraft, after: Paragraph | None
) -> BlockDraft | None:
    """Return the two blocks as one where a page break cut a sentence, or a table row (its first cells are empty)."""
    if last.kind == "table_row" == first.kind and first.text.startswith(CELL_SEPARATOR):
        return replace(last, text=_merge_cells(last.text, first.text), links=())
    if last.kind not in ("paragraph", "list_item") or first.kind != "paragraph" or before is None or after is None:
        return None
    unfinished = first.text[:1].islower() and not last.text.endswith((".", "!", "?", ":", "”"))
    if not (unfinished or _runs_to_the_edge(before, after)):
        return None
    shift = len(last.text) + 1
    links = last.links + tuple((start + shift, end + shift, target) for start, end, target in first.links)
    return replace(last, text=f"{last.text} {first.text}", links=links)


def _runs_to_the_edge(before: Paragraph, after: Paragraph) -> bool:
    """Return whether the last line of a page is full, so that a paragraph of the same shape goes on overleaf."""
    if len(before.lines) < 2 or len(after.lines) < 2 or abs(before.size - after.size) > 0.05 * before.size:
        return False
    line, following = before.lines[-1], after.first
    needed = line.x1 + 0.2 * line.size + following.first_width
    same_edge = abs(following.x0 - after.lines[1].x0) < 0.3 * line.size
    return same_edge and needed > max(other.x1 for other in before.lines) + 0.3 * line.size


def _merge_cells(first: str, second: str) -> str:
    above, below = first.split(CELL_SEPARATOR), second.split(CELL_SEPARATOR)
    width = max(len(above), len(below))
    above += [""] * (width - len(above))
    below += [""] * (width - len(below))
    return CELL_SEPARATOR.join(" ".join(filter(None, pair)) for pair in zip(above, below, strict=True))


def first_page_title(pages: Iterable[Page]) -> str | None:
    """Return the text set in the largest font on the first page with text, if it stands out and is short."""
    page = next((page for page in pages if page.lines), None)
    if page is None:
        return None
    largest = max(line.size for line in page.lines)
    lines = [line for line in page.lines if line.size > 0.95 * largest]
    text = " ".join(line.text for line in lines)
    return text if len(lines) <= 5 and len(text) <= 300 and largest > 1.15 * body_size([page]) else None
