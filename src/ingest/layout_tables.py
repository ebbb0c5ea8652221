"""Tables: cells from drawn rules (found by pdfplumber's table code), and rows of programmes without rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ingest.layout import Line, Rule, Word, make_line, split_columns

Box = tuple[float, float, float, float]
"""(x0, top, x1, bottom) in points."""

_MAX_EDGES = 600
"""pdfplumber compares crossings pairwise: 600 edges take 0.3 s, a map's 5,000 would take minutes."""
_MAX_CROSSINGS = 3_000
"""Its search for cells is quadratic: 1,500 crossings take 13 ms, 3,000 0.5 s, 10,000 6 s."""
_SNAP = 3.0


class Table(NamedTuple):
    """A ruled table: rows of cell boxes, None where a merged cell leaves none."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


def find_ruled_tables(rules: Sequence[Rule]) -> list[Table]:
    """Return the tables that drawn rules enclose: at least two columns in some row and two cells."""
    edges = _edges(rules)
    if len(edges) < 4 or len(edges) > 6 * _MAX_EDGES:
        return []
    from pdfplumber import table as plumber

    edges = plumber.merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    if len(edges) > _MAX_EDGES:
        return []
    crossings = plumber.edges_to_intersections(edges, _SNAP, _SNAP)
    if len(crossings) > _MAX_CROSSINGS:
        return []
    tables = []
    for cells in plumber.cells_to_tables(plumber.intersections_to_cells(crossings)):
        table = _to_table(cells)
        if max(sum(cell is not None for cell in row) for row in table.rows) >= 2:
            tables.append(table)
    return tables


def _edges(rules: Sequence[Rule]) -> list[dict[str, object]]:
    edges: list[dict[str, object]] = []
    for rule in rules:
        across = rule.bottom - rule.top <= rule.x1 - rule.x0
        length = rule.x1 - rule.x0 if across else rule.bottom - rule.top
        if length >= 3:
            edges.append(
                {
                    "x0": rule.x0, "x1": rule.x1, "top": rule.top, "bottom": rule.bottom,
                    "width": rule.x1 - rule.x0, "height": rule.bottom - rule.top,
                    "orientation": "h" if across else "v",
                }
            )  # fmt: skip
    return edges


def _to_table(cells: Sequence[Box]) -> Table:
    lefts = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    at = {(cell[0], cell[1]): cell for cell in cells}
    rows = tuple(tuple(at.get((left, top)) for left in lefts) for top in tops)
    box = (lefts[0], tops[0], max(cell[2] for cell in cells), max(cell[3] for cell in cells))
    return Table(box, rows)


def holds(box: Box, thing: Line | Word) -> bool:
    """Return whether the middle of a line or word lies in the box."""
    x, y = (thing.x0 + thing.x1) / 2, (thing.top + thing.bottom) / 2
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def split_by_box(box: Box, lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return (lines in the box, the others), cutting lines whose words lie on both sides of its edge."""
    inside: list[Line] = []
    outside: list[Line] = []
    for line in lines:
        if line.bottom < box[1] or line.top > box[3] or line.x1 < box[0] or line.x0 > box[2]:
            outside.append(line)
            continue
        words = [word for word in line.words if holds(box, word)]
        if len(words) == len(line.words):
            inside.append(line)
        elif words:
            others = [word for word in line.words if not holds(box, word)]
            inside += [make_line(part, line.size, line.bold) for part in split_columns(words, line.size)]
            outside += [make_line(part, line.size, line.bold) for part in split_columns(others, line.size)]
        else:
            outside.append(line)
    return inside, outside
