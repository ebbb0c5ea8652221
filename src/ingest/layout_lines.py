"""Join lines into paragraphs: which line break the author made, and which only the page width."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.layout import Line, make_line, same_baseline
from ingest.lexicon import is_label_word, is_section_word, read_words
from ingest.readers.lines import is_time_only, starts_with_time
from ingest.readers.shapes import is_date_only

BULLET = re.compile(r"[•◦▪■●○‣⁃∙·►▶❖✓✔➢➤◆◇□▸*–—\-](?=\s|$)|[oO](?=\s+[A-Z])")
NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|\(?[a-z]\)|\(?[ivx]{1,4}[.)])(?=\s)")
LEADER = re.compile(r"(?:\s?[.…]){5,200}\s{0,5}(?=[\divxl]{1,6}$)")
"""The dots between an entry of a table of contents and its page."""
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_QUAD, _QUADS = 1.3, 2.5
"""Font sizes between a section's number and its name: LaTeX sets 1.0 to 1.12."""
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_CONTINUES = read_words("unfinished_titles")
_DASHES = ("-", "–", "—", "−", "~", "〜", "～")
_MAX_LABEL = 30
_MIN_PROSE = 45
"""Characters from which lines are taken for prose; addresses, names with posts and headings are mostly shorter."""
CJK = re.compile(r"[぀-ヿ㐀-鿿＀-￯、。]")


class Paragraph(NamedTuple):
    """Lines that belong together, with what the layout says of them."""

    lines: tuple[Line, ...]
    page: int

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)


def is_bullet(text: str) -> bool:
    """Return whether a line starts with a bullet or an enumerator."""
    return bool(BULLET.match(text) or NUMBERED.match(text))


def is_open_range(text: str) -> bool:
    """Return whether a line is the first half of a range of times ("09:00–", and below it "09:30")."""
    return text.endswith(_DASHES) and is_time_only(text)


def merge_same_baseline(lines: Sequence[Line]) -> list[Line]:
    """Put a bullet or number that the file draws apart back before its line; drop exact overprints (fake bold)."""
    merged: list[Line] = []
    for line in lines:
        last = merged[-1] if merged else None
        if last is not None and same_baseline(last, line):
            if last.text == line.text and abs(last.x0 - line.x0) < 2:
                continue
            near = -0.3 * line.size <= line.x0 - last.x1 <= 3.5 * line.size
            lone_mark = len(last.words) == 1 and is_bullet(last.text + " ") and near
            if (
                lone_mark
                or _numbers_section(last, line)
                or (near and line.x0 - last.x1 < 0.9 * line.size and not is_time_only(last.text))
            ):
                merged[-1] = _concatenate(last, line)
                continue
        merged.append(line)
    return merged


def _numbers_section(number: Line, heading: Line) -> bool:
    """Return whether a number and the words a quad behind it are a heading ("3.1  Results"): of one size and weight."""
    gap = (heading.x0 - number.x1) / max(heading.size, 1.0)
    is_alike = abs(number.size - heading.size) < 0.1 and number.bold == heading.bold
    is_number = len(number.words) == 1 and _SECTION.fullmatch(number.text) is not None
    return is_number and is_alike and 0 < gap < (_QUADS if number.bold else _QUAD) and heading.text[:1].isupper()


def _concatenate(first: Line, second: Line) -> Line:
    words = (*first.words, *second.words)
    return make_line(words, max(first.size, second.size), first.bold and second.bold)


def join_lines(lines: Sequence[Line], page: int, right: float | None = None) -> list[Paragraph]:
    """Group lines in reading order into paragraphs; `right` is how far lines may reach, where a cell's side says it."""
    paragraphs: list[Paragraph] = []
    leading = _usual_leading(lines)
    edge = max((line.x1 for line in lines), default=0.0)
    current: list[Line] = []
    for i, line in enumerate(lines):
        if current and not _continues(lines, i, current, leading, right, edge):
            paragraphs.append(Paragraph(tuple(current), page))
            current = []
        current.append(line)
    if current:
        paragraphs.append(Paragraph(tuple(current), page))
    return paragraphs


def _usual_leading(lines: Sequence[Line]) -> float:
    """Return the usual distance from line to line in line heights (1.2 where it cannot be told)."""
    steps = sorted([
        (after.top - before.top) / height
        for before, after in itertools.pairwise(lines)
        if (height := before.bottom - before.top) > 0 and 0.7 * height < after.top - before.top < 2.5 * height
    ])  # fmt: skip
    return steps[len(steps) // 3] if steps else 1.2


def _continues(
    lines: Sequence[Line], i: int, current: Sequence[Line], leading: float, limit: float | None, edge: float
) -> bool:
    """Return whether lines[i] continues the paragraph `current`, which ends with lines[i - 1]; none passes `edge`."""
    before, line = lines[i - 1], lines[i]
    step = line.top - before.top
    if step < 0 and line.x0 > before.x1 and not is_bullet(line.text):  # the paragraph may go on in the next column
        return before.breaks_word or (line.text[:1].islower() and not _SENTENCE_END.search(before.text))
    height = before.bottom - before.top
    if not 0.4 * height < step:
        return False
    if line.size != before.size and abs(line.size - before.size) > 0.12 * max(line.size, before.size):
        return False
    if line.x0 > before.x1 or line.x1 < current[0].x0 - 0.5 * line.size:
        return False
    if step > max(leading * 1.25, 1.25) * height:
        return before.breaks_word and step < 2.6 * height
    text, previous = line.text, before.text
    if (".." in previous or ". ." in previous or "…" in previous) and LEADER.search(previous):
        return False
    if is_open_range(previous) and starts_with_time(text):
        return True
    if starts_with_time(text) and (starts_with_time(current[0].text) or _SENTENCE_END.search(previous)):
        return False
    if is_bullet(text) and not (NUMBERED.match(text) is None and text[:1] in "–—-" and text[2:3].islower()):
        return False
    if before.breaks_word:
        return True
    if _opens_entry(text) and not _open_ended(previous):
        return False
    if (len(current) == 1 and is_time_only(previous)) or (is_time_only(text) and not _open_ended(previous)):
        return False
    if line.bold != before.bold and (line.bold or len(current) == 1):
        return text[:1].islower()
    if _is_indented(line, current):
        return False
    if limit is None and text[:1].isupper() and all(_SENTENCE_END.search(item.text) for item in current):
        own_edge = max(other.x1 for other in lines if abs(other.x0 - line.x0) < 1.5 * line.size)
        if before.x1 + 5 * line.size < own_edge:  # every line a sentence of its own, and room for more
            return False
    return _was_wrapped(lines, i, limit, edge)


def _opens_entry(text: str) -> bool:
    """Return whether a line begins with a label that announcements use ("Moderator:", "Venue: Old Town Hall")."""
    label, colon, _ = text[:_MAX_LABEL].partition(":")
    return bool(colon) and (is_section_word(label) or is_label_word(label))


def _is_indented(line: Line, current: Sequence[Line]) -> bool:
    """Return whether the line starts to the right of a paragraph whose second line already showed its left edge."""
    if abs(line.x0 - current[0].x0) < 0.5 * line.size and line.x0 - current[-1].x0 < 0.5 * line.size:
        return False
    if is_bullet(current[0].text) or starts_with_time(current[0].text):
        return line.x0 < current[0].x0 - 0.5 * line.size
    left = min(item.x0 for item in current)
    centred = abs((line.x0 + line.x1) - (current[-1].x0 + current[-1].x1)) < 0.8 * line.size
    return not centred and line.x0 - left > 0.9 * line.size and line.x0 - left < 6 * line.size


def _was_wrapped(lines: Sequence[Line], i: int, limit: float | None, edge: float) -> bool:
    """Return whether the break before lines[i] is one of page width: its first word would not have fitted above."""
    before, line = lines[i - 1], lines[i]
    text, previous = line.text, before.text
    needed = before.x1 + (line.size if CJK.match(text) else 0.2 * line.size + line.first_width)
    if limit is None and needed > edge + 0.3 * line.size:
        return _reads_on(previous, line) or not _is_lone_pair(lines, i)
    around = _around(lines, i)
    right = max(other.x1 for other in around) + 0.3 * line.size if limit is None else limit
    if needed > right or _is_full_by_count(previous, text.partition(" ")[0], around):
        return limit is not None or _reads_on(previous, line) or not _is_lone_pair(lines, i)
    unfinished = text[:1].islower() and not _SENTENCE_END.search(previous)
    return unfinished or (_open_ended(previous) and needed > right - 6 * line.size)


def _reads_on(previous: str, line: Line) -> bool:
    """Return whether a line reads as the rest of the one above, where no third line shows the column's width."""
    text = line.text
    if text[:1].islower() or _open_ended(previous) or line.size > 15:
        return True
    if _SENTENCE_END.search(previous):
        return False
    if min(len(text), len(previous)) >= _MIN_PROSE and text.partition(" ")[2][:1].islower():
        return True  # a sentence; entries of a list start with names or posts in capitals
    rest = text[:1].isalpha() and text.count(" ") <= 2 and not text.endswith(":") and not is_date_only(text)
    return rest and len(previous) >= 25 and previous.count(" ") >= 3


def _open_ended(text: str) -> bool:
    """Return whether a line cannot be the end of anything: it ends with a comma or a function word."""
    return text.endswith((",", "-", "–", "(", "&", "/")) or text.rsplit(" ", 1)[-1].lower() in _CONTINUES


def _neighbours(lines: Sequence[Line], i: int, steps: Iterable[int]) -> Iterator[Line]:
    """Yield lines beside lines[i] in the same column and font size."""
    here = lines[i]
    for k in steps:
        if not 0 <= k < len(lines):
            break
        other = lines[k]
        if abs(other.x0 - here.x0) > 4 * here.size or abs(other.size - here.size) > 0.12 * here.size:
            break
        if abs(other.top - lines[k - 1 if k > i else k + 1].top) > 3 * here.height:
            break
        yield other


def _around(lines: Sequence[Line], i: int) -> list[Line]:
    """Return the line before the break at lines[i] and up to two lines above it and three below."""
    above = _neighbours(lines, i - 1, range(i - 2, i - 4, -1))
    below = _neighbours(lines, i - 1, range(i, i + 3))
    return [lines[i - 1], *above, *below]


def _is_full_by_count(previous: str, word: str, around: Sequence[Line]) -> bool:
    """Return whether the line is full in characters: text that was wrapped before it was set in a proportional font."""
    if len(around) < 3 or len(previous) < _MIN_PROSE:
        return False
    lengths = sorted(len(line.text) for line in around)
    return lengths[-2] >= _MIN_PROSE and len(previous) + 1 + len(word) > lengths[-1]


def _is_lone_pair(lines: Sequence[Line], i: int) -> bool:
    """Return whether no third line around shows the width of the column, so that width says nothing.

    True when the line before the break is itself the widest around: "venue, long" followed by "date, short".
    """
    around = itertools.chain(
        _neighbours(lines, i - 1, range(i, i + 4)), _neighbours(lines, i - 1, range(i - 2, i - 5, -1))
    )
    before = lines[i - 1]
    slack = min(3 * before.size, 0.25 * (before.x1 - before.x0))
    return not any(other.x1 > before.x1 - slack for other in around)
