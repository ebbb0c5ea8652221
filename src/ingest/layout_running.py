"""What pages share and no text needs (running heads and feet, page numbers), and footnotes, which follow the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import BlockDraft
from ingest.layout import Line, Page, same_baseline
from ingest.layout_tables import Table, holds

_MARGIN = 0.09
"""Share of the page's height at its top and foot where running heads and page numbers stand."""
_WIDE_MARGIN = 0.2
"""Where bare page numbers may stand: LaTeX sets them at 0.83 to 0.89 of the height."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–—\s|]*(?:page|seite|p\.|pag\.|pagina|página)?\s*\d{1,4}(?:\s*(?:/|of|von|de|sur|di|van)\s*\d{1,4})?[-–—\s|.]*",
    re.I,
)
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?:\s?[AP]M)?|(?:https?|file)://\S+", re.I
)
"""What a browser prints into the margin: when, and the address."""
_NOTE_MARK = re.compile(r"[¹²³⁰⁴-⁹]+\s|[*†‡]\s?\S|\d{1,3}\s+\D")


def take_running_lines(
    pages: Sequence[Page], tables: Sequence[Sequence[Table]], body: float
) -> tuple[list[Page], list[BlockDraft]]:
    """Return the pages without running heads, feet and page numbers, and each head or foot once, as furniture.

    A running line stands in the margin of two pages or more, equal but for digits; rows of tables are none.  The
    first of each is kept: it may be the only place that names the series, the date of the draft or the host.
    """
    large = 1.4 * body  # a title that stands on every page stays where it is
    margins = [
        {
            id(line): text
            for line in page.lines
            if (text := _margin_text(line, page)) and line.size < large and not _in_table(line, found)
        }
        for page, found in zip(pages, tables, strict=True)
    ]
    seen = Counter(text for margin in margins for text in set(margin.values()))
    needed = max(2, 0.4 * len(pages))  # 0.4 because left and right pages may differ
    numbers = _page_numbers(pages)
    printed = {key for page in pages for key in _printed_by_browser(page)}
    furniture: dict[str, BlockDraft] = {}
    kept: list[Page] = []
    for page, margin in zip(pages, margins, strict=True):
        lines: list[Line] = []
        for line in page.lines:
            text = margin.get(id(line))
            if id(line) in numbers:
                continue
            if text is not None and _PAGE_NUMBER.fullmatch(line.text):
                continue
            if text is None or (seen[text] < needed and id(line) not in printed):
                lines.append(line)
            elif text not in furniture:
                furniture[text] = BlockDraft("footer", line.text, page.number, is_main=False)
        kept.append(replace(page, lines=lines))
    return kept, list(furniture.values())


def _page_numbers(pages: Sequence[Page]) -> set[int]:
    """Return ids of lines that count the pages: alone at the top or foot, one more on each page."""
    found: dict[int, list[Line]] = {}
    for page in pages:
        if not page.lines:
            continue
        for line in (min(page.lines, key=lambda line: line.top), max(page.lines, key=lambda line: line.bottom)):
            near = line.bottom <= _WIDE_MARGIN * page.height or line.top >= (1 - _WIDE_MARGIN) * page.height
            digits = _DIGITS.search(line.text)
            if near and digits and _PAGE_NUMBER.fullmatch(line.text):
                found.setdefault(int(digits.group()) - page.number, []).append(line)
    return {id(line) for lines in found.values() if len(lines) >= 2 for line in lines}


def _printed_by_browser(page: Page) -> set[int]:
    """Return ids of the lines that a browser printed into the margins: date and title above, address below."""
    margin = [line for line in page.lines if _in_margin(line, page)]
    marks = [line for line in margin if _PRINTED.fullmatch(line.text)]
    return {id(line) for line in margin if any(line is mark or same_baseline(line, mark) for mark in marks)}


def _in_table(line: Line, tables: Sequence[Table]) -> bool:
    return any(holds(table.box, line) for table in tables)


def _mask(line: Line) -> str:
    return _DIGITS.sub("0", line.text)


def _margin_text(line: Line, page: Page) -> str | None:
    """Return what a line must share with other pages to be a running one; None for a line of the text.

    In the margin its digits may differ.  LaTeX sets heads further in: there only the page's first line counts, and
    only as it is, since "Panel 1" and "Panel 2" open pages too.
    """
    if _in_margin(line, page):
        return _mask(line)
    is_near = line.bottom <= _WIDE_MARGIN * page.height and not _PAGE_NUMBER.fullmatch(line.text)
    return line.text if is_near and all(line.top <= other.bottom for other in page.lines) else None


def _in_margin(line: Line, page: Page) -> bool:
    edge = _MARGIN * page.height
    return line.bottom <= edge or line.top >= page.height - edge


def split_notes(page: Page, size: float) -> tuple[list[Line], list[Line]]:
    """Return (body, footnotes): the run of small lines at the foot of the page that opens with a mark."""
    limit = 0.93 * size
    small = [line for line in page.lines if line.size < limit and line.top > 0.5 * page.height]
    large_bottom = max((line.bottom for line in page.lines if line.size >= limit), default=0.0)
    notes = [line for line in small if line.top >= large_bottom - 1]
    if not notes or not _NOTE_MARK.match(min(notes, key=lambda line: line.top).text):
        return page.lines, []
    chosen = {id(line) for line in notes}
    return [line for line in page.lines if id(line) not in chosen], notes
