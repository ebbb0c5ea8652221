"""Rows without rules: programmes with a column of times, labels with values, lists set in columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import inf
from statistics import median
from typing import NamedTuple

from ingest.layout import Line, same_baseline
from ingest.layout_lines import is_bullet, is_open_range
from ingest.lexicon import is_label_word
from ingest.readers.lines import is_time_only
from ingest.readers.shapes import is_label

_MAX_LABEL = 45
"""Characters of a first cell; longer ones are prose beside prose, that is, columns."""
_MIN_LABELS = 3
"""Labels in a column ("Date", "Venue:") from which what stands beside them is theirs, wherever it is in the stream."""
_NEAR_IN_STREAM = 10
"""Lines between a first cell and its neighbour in the stream; columns of prose lie a column's height apart."""


class Row(NamedTuple):
    """A table row: the lines of each cell, left to right, and how far right each cell's lines may reach if known."""

    cells: tuple[tuple[Line, ...], ...]
    rights: tuple[float | None, ...] = ()

    @property
    def top(self) -> float:
        return min(line.top for cell in self.cells for line in cell)


class _Region(NamedTuple):
    """First cells of rows, where the text beside them begins, and where the next table beside this one does."""

    starts: list[Line]
    text_x: float
    right: float


def group_rows(lines: Sequence[Line]) -> list[Line | Row]:
    """Return the lines with those that form rows of a table without rules replaced by Rows, in place."""
    items: list[Line | Row] = list(lines)
    for region in _find_regions(lines):
        taken = _take_region(items, region)
        if taken:
            items = _replace(items, taken)
    return items


def _find_regions(lines: Sequence[Line]) -> list[_Region]:
    """Return column starts that have something beside them, grouped by their left edge."""
    beside = _right_neighbours(lines)
    if not beside:
        return []
    to_the_right = {j for others in beside.values() for j in others}
    own_times = _times_of_their_own(lines, beside)
    starts = [i for i in beside if i not in to_the_right or i in own_times]
    groups: list[list[int]] = []
    for i in sorted(starts, key=lambda k: lines[k].x0):
        size = lines[i].size
        if groups and lines[i].x0 - lines[groups[-1][-1]].x0 <= 0.8 * size:
            groups[-1].append(i)
        else:
            groups.append([i])
    regions = []
    for group in groups:
        times = [i for i in group if is_time_only(lines[i].text) and not _ends_range(lines, i, group)]
        labels = [i for i in group if lines[i].text.endswith((":", "：")) and i + 1 in beside[i]]
        if len(times) < 2 and _MIN_LABELS <= sum(_is_known_label(lines[i].text) for i in group) >= 0.5 * len(group):
            labels = group
        near = [i for i in group if abs(beside[i][0] - i) <= _NEAR_IN_STREAM]
        members = times if len(times) >= 2 else near if _is_label_column(lines, group, beside) else labels
        if members:
            text_x = min(lines[beside[i][0]].x0 for i in members)
            here = max(lines[i].x0 for i in group)
            right = min((lines[k].x0 for k in own_times if lines[k].x0 > here), default=inf)
            regions.append(_Region(sorted((lines[i] for i in members), key=lambda line: line.top), text_x, right))
    return regions


def _times_of_their_own(lines: Sequence[Line], beside: dict[int, list[int]]) -> set[int]:
    """Return the times that open another programme beside the first (a day to a column), not those that end a range.

    Such times stand in a column of their own, with text between them and the times on their left.
    """
    lefts: dict[int, int] = {}
    for i, others in beside.items():
        for j in others:
            if j not in lefts or lines[i].x0 > lines[lefts[j]].x0:
                lefts[j] = i
    found = [
        j for j, i in lefts.items() if j in beside and is_time_only(lines[j].text) and not is_time_only(lines[i].text)
    ]
    return {
        j
        for j in found
        if sum(abs(lines[j].x0 - lines[k].x0) < lines[j].size for k in found) > 1
        and any(is_time_only(line.text) and line.x0 < lines[lefts[j]].x0 for line in lines)
    }


def _is_known_label(text: str) -> bool:
    return is_label(text) or is_label_word(text)


def _ends_range(lines: Sequence[Line], i: int, group: Sequence[int]) -> bool:
    """Return whether the line is the second half of a range of times that began in the line above."""
    return any(is_open_range(lines[k].text) and _is_below(lines[i], lines[k]) for k in group)


def _is_below(line: Line, above: Line) -> bool:
    return 0 < line.top - above.top < 1.6 * above.height and abs(line.x0 - above.x0) < above.size


def _right_neighbours(lines: Sequence[Line]) -> dict[int, list[int]]:
    """Map a line to the lines beside it on the right, nearest first; bullets are no columns."""
    order = sorted(range(len(lines)), key=lambda k: lines[k].top)
    found: dict[int, list[int]] = {}
    for position, i in enumerate(order):
        for j in order[position + 1 : position + 12]:
            if lines[j].top > lines[i].bottom:
                break
            if same_baseline(lines[i], lines[j]):
                a, b = (i, j) if lines[i].x0 <= lines[j].x0 else (j, i)
                if lines[b].x0 - lines[a].x1 > 0.4 * lines[a].size:
                    found.setdefault(a, []).append(b)
    for others in found.values():
        others.sort(key=lambda k: lines[k].x0)
    return found


def _is_label_column(lines: Sequence[Line], group: Sequence[int], beside: dict[int, list[int]]) -> bool:
    """Return whether first cells are short, their neighbours aligned, and both near each other in the stream."""
    if len(group) < 3 or median(len(lines[i].text) for i in group) > _MAX_LABEL:
        return False
    if median(abs(beside[i][0] - i) for i in group) > _NEAR_IN_STREAM:
        return False
    if sum(i + 1 not in beside[i] for i in group) > 0.4 * len(group):  # cards: a name, below it the post, then the next
        return False
    edges = [lines[beside[i][0]].x0 for i in group]
    usual = median(edges)
    return sum(abs(edge - usual) < 1.5 * lines[group[0]].size for edge in edges) >= 0.7 * len(group)


def _take_region(items: Sequence[Line | Row], region: _Region) -> list[tuple[list[int], Row]]:
    """Return (indices of the lines used, row) for each row of the region."""
    starts = region.starts
    size = median(line.size for line in starts)
    left = min(line.x0 for line in starts) - 0.8 * size
    text_edge = region.text_x - 0.6 * size
    tops = [line.top - 0.4 * line.height for line in starts]
    inside = [
        (item.top, item.x0, k, item)
        for k, item in enumerate(items)
        if isinstance(item, Line) and left <= item.x0 < region.right and item.top >= tops[0]
    ]
    rows: list[list[tuple[int, Line]]] = [[] for _ in starts]
    closed = [False] * len(starts)
    floor = [line.bottom for line in starts]
    for _, _, k, line in sorted(inside, key=lambda entry: entry[:3]):
        row = bisect_right(tops, line.top) - 1
        if line is not starts[row]:
            in_label = line.x0 < text_edge
            if closed[row] or line.top - floor[row] > 2.2 * size:
                closed[row] = True
                continue
            if in_label and not _continues_label(line, starts[row], floor[row]):
                closed[row] = True
                continue
        rows[row].append((k, line))
        if line.x0 >= text_edge:
            floor[row] = max(floor[row], line.bottom)
    edges = _column_edges([[line for _, line in row] for row in rows], size)
    return [
        ([k for k, _ in row], _make_row([line for _, line in sorted(row)], edges, size)) for row in rows if len(row) > 1
    ]


def _continues_label(line: Line, start: Line, floor: float) -> bool:
    if is_open_range(start.text) and _is_below(line, start):
        return True
    return line.x0 >= start.x0 - 2 and line.top - start.bottom < 0.5 * line.height and line.top < floor


def _column_edges(rows: Sequence[Sequence[Line]], size: float) -> list[float]:
    """Return the left edges of columns: places where lines start beside a line of the column before."""
    lefts: list[float] = []
    support: list[int] = []
    for row in rows:
        for line in row:
            has_left = any(other is not line and same_baseline(other, line) and other.x1 < line.x0 for other in row)
            if not has_left or is_bullet(line.text):
                continue
            for n, edge in enumerate(lefts):
                if abs(edge - line.x0) <= 1.5 * size:
                    lefts[n] = min(edge, line.x0)
                    support[n] += 1
                    break
            else:
                lefts.append(line.x0)
                support.append(1)
    needed = 2 if len(rows) > 2 else 1
    return sorted(edge for edge, count in zip(lefts, support, strict=True) if count >= needed)


def _make_row(lines: Sequence[Line], edges: Sequence[float], size: float) -> Row:
    cells: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        cells[sum(line.x0 >= edge - 0.6 * size for edge in edges)].append(line)
    return Row(tuple(tuple(sorted(cell, key=lambda line: line.top)) for cell in cells))


def _replace(items: Sequence[Line | Row], taken: Sequence[tuple[list[int], Row]]) -> list[Line | Row]:
    """Put the rows where their first lines were, in order from top to bottom."""
    used = {k for indices, _ in taken for k in indices}
    places = sorted(_place(items, indices, row) for indices, row in taken)
    anchor = dict(zip(places, sorted((row for _, row in taken), key=lambda row: row.top), strict=True))
    return [anchor.get(k, item) for k, item in enumerate(items) if k in anchor or k not in used]


def _place(items: Sequence[Line | Row], indices: Sequence[int], row: Row) -> int:
    """Return where a row goes: where its label is, or its value where labels were drawn before what stands above."""
    first, second = sorted(indices)[:2]
    others = [items[k] for k in range(first + 1, second) if k not in indices]
    apart = any(isinstance(item, Line) and item.bottom <= row.top for item in others)
    return second if apart else first
