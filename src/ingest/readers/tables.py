"""HTML tables: rows of cells where a table holds data; tables that only lay out a page are walked like any box."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ingest.lexicon import word_set
from ingest.readers.lines import is_time_only
from ingest.readers.links import clean_target
from ingest.readers.stacks import lines_in

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Cell = tuple[list[str], list[tuple[str, str]], bool]
"""(its lines, its links, is it a header cell)."""


class Spanning(NamedTuple):
    """A cell with how many rows and columns it covers."""

    cell: Cell
    rows: int = 1
    columns: int = 1


_BREAKING = word_set("p div li br h1 h2 h3 h4 h5 h6 dt dd ul ol tr section")
_MAX_CELL = 2_000
_MAX_CELL_NODES = 20_000
_MAX_REPEATED = 120
"""Letters: what is longer is a text beside rows, not a value that each of them has."""
_MAX_REPEATS = 20_000
_MAX_SPAN = 10_000
_MAX_OPEN = 100
"""Cells that reach into one row from above; more are a bomb, not a table."""


def is_data_table(table: LexborNode) -> bool:
    """Tell whether the table holds rows: two columns or more, no table inside, no cell as long as a page."""
    if (table.attributes.get("role") or "").lower() in ("presentation", "none"):
        return False
    if len(table.css("table")) > 1 or table.css_first("nav, form, h1, article") is not None:
        return False
    rows = table.css("tr")
    if not rows or max(len(_cells_of(row)) for row in rows) < 2:
        return False
    if table.css_first("th") is not None:
        return True
    return all(len(cell.text()) <= _MAX_CELL for row in rows for cell in _cells_of(row))


def read_table(table: LexborNode, base: str | None) -> list[list[Cell]]:
    """Return the rows of a data table in order, a caption first as a row of one cell."""
    caption = table.css_first("caption")
    head = [[_read_cell(caption, base)]] if caption is not None else []
    rows = repeat_spans(
        [
            Spanning(_read_cell(cell, base), read_span(cell.attributes.get("rowspan")), _columns(cell))
            for cell in _cells_of(row)
        ]
        for row in table.css("tr")
    )
    return head + [row for row in rows if any(lines for lines, _, _ in row)]


def _columns(cell: LexborNode) -> int:
    return read_span(cell.attributes.get("colspan"))


def read_span(value: str | None) -> int:
    """Return how many rows or columns an attribute says; 1 where it says nothing usable, "0" is all that follow."""
    digits = (value or "").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) < 7):
        return 1
    return min(int(digits), _MAX_SPAN) or _MAX_SPAN


class _Open(NamedTuple):
    """A cell that goes on in the rows below: for how many, over how many columns, beside how many cells it began."""

    cell: Cell
    rows: int
    columns: int
    beside: int


def repeat_spans(rows: Iterable[Sequence[Spanning]]) -> list[list[Cell]]:
    """Return the rows, a short cell that spans several in each of them, so that every row says all that holds for it.

    Rows beside one time are the parts of its item (the speakers of a session) and stay without it, unless each is
    built like the first: sessions at the same time.
    """
    made: list[list[Cell]] = []
    spans: dict[int, _Open] = {}
    repeats = 0
    for row in rows:
        goes_on = _is_detail(row, spans) or not any(cell.cell[0] for cell in row)
        cells: list[Cell] = []
        below: dict[int, _Open] = {}
        waiting = list(row)
        beside = sum(cell.rows == 1 for cell in row)
        column = 0
        while waiting or any(start >= column for start in spans):
            span = spans.get(column)
            if span is not None:
                if not goes_on and repeats < _MAX_REPEATS and _size(span.cell) <= _MAX_REPEATED:
                    cells.append(span.cell)
                    repeats += 1
                if span.rows > 1:
                    below[column] = span._replace(rows=span.rows - 1)
                column += span.columns
            elif waiting:
                cell = waiting.pop(0)
                cells.append(cell.cell)
                if cell.rows > 1 and len(below) < _MAX_OPEN:
                    below[column] = _Open(cell.cell, cell.rows - 1, cell.columns, beside)
                column += cell.columns
            else:
                column = min(start for start in spans if start >= column)
        made.append(cells)
        spans = below
    return made


def _is_detail(row: Sequence[Spanning], spans: dict[int, _Open]) -> bool:
    """Tell whether a row goes on with the item whose time spans it."""
    times = [start for start, span in spans.items() if is_time_only(_text(span.cell))]
    if not times:
        return False
    own = sum(any(cell.cell[0]) for cell in row)
    is_titled = any(start > times[0] and _size(spans[start].cell) for start in spans if start not in times)
    return is_titled or own < 2 or own != spans[times[0]].beside


def _text(cell: Cell) -> str:
    return " ".join(cell[0])


def _size(cell: Cell) -> int:
    return sum(map(len, cell[0]))


def _cells_of(row: LexborNode) -> list[LexborNode]:
    cells: list[LexborNode] = []
    child = row.child
    while child is not None:
        if child.tag in ("td", "th"):
            cells.append(child)
        child = child.next
    return cells


def _read_cell(cell: LexborNode, base: str | None) -> Cell:
    lines: list[list[str]] = [[]]
    links: list[tuple[str, str]] = []
    stack: list[tuple[LexborNode, bool]] = [(cell, False)]
    begins: set[int] = set()
    for _ in range(_MAX_CELL_NODES):
        if not stack:
            break
        node, leaving = stack.pop()
        if not leaving and node.mem_id in begins:
            lines.append([])
        if node.is_text_node:
            lines[-1].append(node.text_content or "")
            continue
        tag = node.tag or ""
        if not node.is_element_node or tag in ("script", "style", "noscript", "template", "svg"):
            continue
        if tag in _BREAKING:
            lines.append([])
        if leaving:
            continue
        if tag == "a" and (target := clean_target(node.attributes.get("href") or "", base)):
            links.append((node.text(), target))
        elif tag == "span" and lines[-1] and not lines[-1][-1][-1:].isspace():
            lines[-1].append(" ")
        if tag != "br":
            stack.append((node, True))
        begins.update(child.mem_id for child in lines_in(node))
        child = node.last_child
        while child is not None:
            stack.append((child, False))
            child = child.prev
    texts = [" ".join("".join(line).split()) for line in lines]
    return [text for text in texts if any(char.isalnum() for char in text)], links, cell.tag == "th"
