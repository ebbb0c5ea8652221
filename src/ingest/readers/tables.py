"""HTML tables: rows of cells where a table holds data; tables that only lay out a page are walked like any box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.lexicon import word_set
from ingest.readers.links import clean_target

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Cell = tuple[list[str], list[tuple[str, str]], bool]
"""(its lines, its links, is it a header cell)."""

_BREAKING = word_set("p div li br h1 h2 h3 h4 h5 h6 dt dd ul ol tr section")
_MAX_CELL = 2_000
_MAX_CELL_NODES = 20_000


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
    rows: list[list[Cell]] = []
    caption = table.css_first("caption")
    if caption is not None:
        rows.append([_read_cell(caption, base)])
    for row in table.css("tr"):
        cells = [_read_cell(cell, base) for cell in _cells_of(row)]
        if any(lines for lines, _, _ in cells):
            rows.append(cells)
    return rows


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
    for _ in range(_MAX_CELL_NODES):
        if not stack:
            break
        node, leaving = stack.pop()
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
        child = node.last_child
        while child is not None:
            stack.append((child, False))
            child = child.prev
    texts = [" ".join("".join(line).split()) for line in lines]
    return [text for text in texts if any(char.isalnum() for char in text)], links, cell.tag == "th"
