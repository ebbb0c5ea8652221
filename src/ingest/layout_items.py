"""A page as rows of tables and runs of lines, in reading order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ingest.layout import Line, same_baseline
from ingest.layout_columns import has_neighbours, reading_order
from ingest.layout_lines import is_open_range, merge_same_baseline
from ingest.layout_rows import Row, group_rows
from ingest.layout_tables import Box, Table, holds, split_by_box
from ingest.readers.lines import is_time_only

_MAX_PADDING = 12.0
_USUAL_PADDING = 5.0
_SHORT_CELL = 30
_PROSE_CELL = 700
"""Characters from which a table cell is a column of text set in a frame, not a cell."""


def page_items(lines: Sequence[Line], tables: Sequence[Table]) -> list[Row | list[Line]]:
    """Return rows of tables, and runs of other lines, in reading order."""
    free: list[Line] = []
    inside: dict[int, list[Line]] = {}
    place: dict[int, int] = {}
    for line in lines:
        k = next((k for k, table in enumerate(tables) if holds(table.box, line)), None)
        if k is None:
            free.append(line)
        else:
            inside.setdefault(k, []).append(line)
            place.setdefault(k, len(free))
    if not inside:
        return _runs(reading_order(merge_same_baseline(free)))
    if has_neighbours(merge_same_baseline(free)):  # columns: trust the stream
        ordered = free
    else:
        ordered = sorted(free, key=lambda line: line.top)
        place = {k: sum(line.top < tables[k].box[1] for line in ordered) for k in inside}
    items: list[Row | list[Line]] = []
    start = 0
    for k in sorted(inside, key=lambda k: (place[k], tables[k].box[1])):
        items += _runs(merge_same_baseline(ordered[start : place[k]]))
        items += _table_items(tables[k], inside[k])
        start = place[k]
    return items + _runs(merge_same_baseline(ordered[start:]))


def _runs(lines: Sequence[Line]) -> list[Row | list[Line]]:
    """Return rows without rules, and runs of the lines between them."""
    items: list[Row | list[Line]] = []
    pending: list[Line] = []
    for item in group_rows(lines):
        if isinstance(item, Row):
            items += [pending, item]
            pending = []
        else:
            pending.append(item)
    return [item for item in [*items, pending] if item]


def _table_items(table: Table, lines: Sequence[Line]) -> list[Row | list[Line]]:
    """Return the table's rows; text in its frame that no cell holds (a cell with a side missing) stays between them."""
    items: list[tuple[float, Row | list[Line]]] = []
    rest = list(lines)
    for boxes in table.rows:
        cells = []
        for box in boxes:
            inner, rest = split_by_box(box, rest) if box else ([], rest)
            cells.append(merge_same_baseline(inner))
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        top = min(line.top for cell in filled for line in cell)
        if several := _rows_inside(filled):
            items += several
            continue
        longest = max(sum(len(line.text) for line in cell) for cell in filled)
        is_rest_of_row = boxes is table.rows[0] and boxes[0] is not None and not cells[0]  # of the page before
        if longest > _PROSE_CELL or (len(filled) == 1 and not is_rest_of_row):
            items += [(top, reading_order(cell)) for cell in filled]
        else:
            rights = tuple(_right_edge(box, cell) for box, cell in zip(boxes, cells, strict=True))
            items.append((top, Row(tuple(tuple(cell) for cell in cells), rights)))
    items += [(line.top, [line]) for line in rest]
    return [item for _, item in sorted(items, key=lambda entry: entry[0])] if rest else [item for _, item in items]


def _right_edge(box: Box | None, cell: Sequence[Line]) -> float | None:
    """Return how far right a line of the cell may reach: as far from its side as lines start from the left one."""
    if box is None or not cell:
        return None
    padding = min(line.x0 for line in cell) - box[0]
    return box[2] - (padding if 0 <= padding <= _MAX_PADDING else _USUAL_PADDING)


def _count_times(cell: Sequence[Line]) -> int:
    """Return how many lines of a cell are times; a range over two lines is one."""
    texts = ["", *(line.text for line in cell)]
    return sum(is_time_only(text) and not is_open_range(before) for before, text in itertools.pairwise(texts))


def _rows_inside(cells: Sequence[Sequence[Line]]) -> list[tuple[float, Row | list[Line]]]:
    """Return (top, row) of the rows that no rule divides: two times in a cell, or short cells of n lines each."""
    if len(cells) > 1 and any(_count_times(cell) >= 2 for cell in cells):
        items = group_rows([line for cell in cells for line in cell])
        return [(item.top, item if isinstance(item, Row) else [item]) for item in items]
    count = len(cells[0])
    if count < 2 or len(cells) < 3 or any(len(cell) != count for cell in cells):
        return []
    rows = list(zip(*cells, strict=True))
    if any(not same_baseline(row[0], line) or len(line.text) > _SHORT_CELL for row in rows for line in row):
        return []
    return [(row[0].top, Row(tuple((line,) for line in row))) for row in rows]
