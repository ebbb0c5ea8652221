"""Physical lines to logical ones: find bullets, columns and hard wraps, and join what a margin broke.

Used for plain text and for the soft breaks of Markdown and mail.  The one question asked of two lines is the
typesetter's: would the first word of the second still have fitted on the first?  If so, the break was meant.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.cleaning import clean_line, goes_on_as_address, join_hyphenated
from ingest.document import CELL_SEPARATOR
from ingest.lexicon import opens_with_honorific, read_words


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: `text` is clean (TAB between cells); `indent`, `column` and `end` are character columns.

    `column` is where its last cell (or the words after a bullet) starts; `gap` counts the blank lines before it.
    """

    text: str
    indent: int
    column: int
    end: int
    gap: int
    marker: str = ""


_BULLET = re.compile(r"(?:[•●○◦▪■□▫◆◇►▶▸➢➤➔→✓✔★☆·∙‣⁃⦁・]\s*|[*+–—−-]\s+|o\s+(?=[A-Z]))(?=\S)")
_NUMBER = re.compile(r"(?:\(?(\d{1,2})[.)]|\(?([a-z]|[ivx]{2,4})\))\s+(?=[\"“‘«'(]?[^\W\d_])")
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}
_TIME = r"(?:[01]?\d|2[0-4])(?:[:.h]\d\d|\s?[ap]\.?m\b|\s?h\b|\s?Uhr\b)"
_CLOCK = re.compile(rf"(?:ore\s+)?\(?{_TIME}", re.IGNORECASE)
_TIME_GAP = re.compile(
    rf"^(\s*(?:ore\s+)?\(?{_TIME}(?:\s?[-–—]\s?{_TIME})?(?:\s[A-Z]{{2,5}})?\)?:?)[ \u00a0\u3000]{{2,}}(?=\S)",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(
    r"(?:[ap]\.?m\.?|noon|midday|h|hrs?|hours?|uhr|to|until|bis|à|a|alle|till|tot|and|from|from:|ore|um|de|"
    r"\(?(?:utc|gmt)[+-]?\d{0,2}(?::?\d\d)?\)?|[-–—−~〜/,:])", re.IGNORECASE
)  # fmt: skip
_ZONE_NAME = re.compile(r"[A-Z]{2,5}")
_SENTENCE_END = re.compile(r"[.!?:;。！？…][\"'”’»)\]]*$")
_SYMBOLS_ONLY = re.compile(r"[\W_]+")
_LOOSE_WORDS = read_words("unfinished_words")

_WRAP_SHARE = 0.75
"""Share of line breaks that no first word would have avoided; prose set to a margin measures 0.85-1.0, lists 0-0.4."""
_RUN_ON_SHARE = 0.25
"""Share of lines in prose that begin in lower case: 0.6-0.9 measured in English, 0.4 and more in German."""
_MIN_WIDTH, _MAX_WIDTH = 28, 160
_LONG_LINE = 60
_OVERLONG = 1.25
_LONG_PROSE = 50
_LONG_EAST_ASIAN = 30
_RAGGED = 0.8
"""Proportional type breaks lines at 80-100 % of the longest line counted in characters."""


def read_lines(text: str) -> list[Line]:
    """Return the lines that carry letters or digits, with where they stand."""
    found: list[Line] = []
    gap = 0
    for raw in text.split("\n"):
        expanded = raw.expandtabs(8) if raw[:1].isspace() else raw
        first = raw.lstrip()[:1]
        content = clean_line(_TIME_GAP.sub(r"\1\t", raw) if first.isdigit() or first in "(oO" else raw) if first else ""
        if not content:
            gap += 1
            continue
        if _SYMBOLS_ONLY.fullmatch(content):  # rules, borders, lone bullets
            gap = max(gap, 1)
            continue
        indent = len(expanded) - len(expanded.lstrip())
        width = len(expanded.rstrip())
        line = _split_marker(Line(content, indent, indent, width, gap))
        if CELL_SEPARATOR in line.text:
            last = line.text.rsplit(CELL_SEPARATOR, 1)[1]
            line = replace(line, column=max(width - len(last), 0))
        found.append(line)
        gap = 0
    return _check_numbers(_single_spaced(found))


def _split_marker(line: Line) -> Line:
    match = _BULLET.match(line.text)
    if match and not _is_range(line.text, match):
        rest = line.text[match.end() :]
        return replace(line, text=rest, marker=match.group().strip(), column=line.end - len(rest))
    match = _NUMBER.match(line.text)
    if match and not _is_day_of_month(line.text[match.end() :].split()):
        return replace(line, marker=match.group().strip())
    return line


def _is_day_of_month(words: list[str]) -> bool:
    """ "5. September 2024" is a date, "1. Jan Maas" a person."""
    if words[0].strip(".,").lower() not in read_words("month_names"):
        return False
    return len(words) < 2 or not words[1][0].isupper()


def _is_range(text: str, match: re.Match[str]) -> bool:
    """ "- 17:00" is the second half of a time, not an item."""
    return match.group()[0] in "-–—−" and bool(_CLOCK.match(text[match.end() :])) and len(text) < 12


def _check_numbers(lines: list[Line]) -> list[Line]:
    """Believe "3. " as a list number only where a 2 or a 4 is near, and take it off the text then."""
    ordered = [(i, _values(m)) for i, line in enumerate(lines) if line.marker and (m := _NUMBER.match(line.text))]
    for position, (index, values) in enumerate(ordered):
        near = {n for _, others in ordered[max(position - 1, 0) : position + 2] for n in others}
        if any(value - 1 in near or value + 1 in near for value in values):
            match = _NUMBER.match(lines[index].text)
            rest = lines[index].text[match.end() :] if match else lines[index].text
            lines[index] = replace(lines[index], text=rest, column=lines[index].end - len(rest))
        else:
            lines[index] = replace(lines[index], marker="")
    return lines


def _values(match: re.Match[str]) -> set[int]:
    """Return what a list mark may count: 3, "c", "iii" (letters and Roman numbers apart from figures)."""
    number, letters = match.groups()
    if number:
        return {int(number)}
    roman = {200 + _ROMAN[letters]} if letters in _ROMAN else set()
    return roman | ({ord(letters)} if len(letters) == 1 else set())


def _single_spaced(lines: list[Line]) -> list[Line]:
    """Undo the blank line that some converters set after every line: then only a wider gap is a paragraph's end."""
    gaps = [line.gap for line in lines[1:]]
    touching = sum(gap == 0 for gap in gaps)
    if len(gaps) < 5 or sum(gap == 1 for gap in gaps) < 0.7 * len(gaps) or touching > 0.1 * len(gaps):
        return lines
    broken = sum(_runs_on(a.text, b.text) for a, b in itertools.pairwise(lines))
    if broken < 0.25 * len(gaps):
        return lines
    return [replace(line, gap=max(line.gap - 1, 0)) for line in lines]


def starts_with_time(text: str) -> bool:
    """Tell whether the line opens with a clock time ("9:30", "14.00 Uhr", "10 a.m.")."""
    return bool(_CLOCK.match(text))


def is_time_only(text: str) -> bool:
    """Tell whether the line is a time or a range of times and nothing else ("14:00 – 15:30 CEST")."""
    if len(text) > 40 or not _CLOCK.match(text):
        return False
    tokens = re.findall(rf"{_TIME}|[^\W\d_]+[.]?(?:[^\W\d_][.]?)*|[^\s\w]|\d+", text, re.IGNORECASE)
    return all(
        _CLOCK.match(token) or token in "-–—−~〜/,:()+.|" or token.isdigit() or _is_time_word(token) for token in tokens
    )


def _is_time_word(token: str) -> bool:
    return bool(_TIME_WORD.fullmatch(token) or _ZONE_NAME.fullmatch(token))


def _runs_on(text: str, following: str) -> bool:
    """Tell whether the second line is surely the rest of the first: a sentence goes on in lower case."""
    if _SENTENCE_END.search(text):
        return False
    if _is_east_asian(text[-1]) and _is_east_asian(following[0]):
        return len(text) >= _LONG_EAST_ASIAN
    first = following.split(maxsplit=1)[0]
    return following[0].islower() and "@" not in first and not first.startswith(("www.", "http"))


# --- joining ---------------------------------------------------------------------------------------------------------


def group_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Return runs of lines without a blank line between, cut again before each bullet and each time-led line."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or line.gap or line.marker or _opens_row(groups[-1], line) or _other_column(groups[-1], line):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _opens_row(group: list[Line], line: Line) -> bool:
    """A time opens a programme row unless the sentence before it goes on ("from 9:00 to⏎17:30, a symposium")."""
    if not starts_with_time(line.text) or _inside_item(group, line):
        return False
    previous = group[-1].text
    if previous.endswith((",", "-", "–", "(")) or previous.rsplit(maxsplit=1)[-1].lower() in _LOOSE_WORDS:
        return False
    in_prose = len(group) > 1 and not group[0].marker and not starts_with_time(group[0].text)
    return not (in_prose and len(previous) >= _LONG_PROSE and not _SENTENCE_END.search(previous))


def _inside_item(group: list[Line], line: Line) -> bool:
    return bool(group[0].marker) and line.indent >= group[0].column > group[0].indent


def _other_column(group: list[Line], line: Line) -> bool:
    """A line back at the margin after an indented block starts something else; a hanging indent does not."""
    previous = group[-1]
    where = previous.column if len(group) == 1 else previous.indent
    return abs(line.indent - where) > 3 and abs(line.indent - group[0].indent) > 3 and not group[0].marker


def measure_width(groups: Sequence[Sequence[Line]]) -> int | None:
    """Return the margin (characters) the document's prose is wrapped at, None if its lines are whole paragraphs."""
    widths = sorted(width for group in groups if (width := _wrap_width(group)))
    if not widths:  # no paragraph long enough to tell; a sentence that goes on in lower case still shows the margin
        pairs = [pair for group in groups for pair in itertools.pairwise(group)]
        widths = sorted(a.end for a, b in pairs if _LONG_PROSE <= a.end <= _MAX_WIDTH and _runs_on(a.text, b.text))
        return widths[-1] if widths else None
    return widths[int(0.9 * (len(widths) - 1))]


def _wrap_width(group: Sequence[Line]) -> int | None:
    if len(group) < 3:
        return None
    width = max(line.end for line in group)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH:
        return None
    pairs = list(itertools.pairwise(group))
    full = sum(not _fits(a, b, width * (0.93 if len(group) > 4 else 0.97)) for a, b in pairs)
    run_on = sum(_runs_on(a.text, b.text) for a, b in pairs)
    if run_on < max(1, _RUN_ON_SHARE * len(pairs)):  # capitals at every line start: a list of names, not prose
        return None
    return width if full >= _WRAP_SHARE * len(pairs) or run_on >= 0.4 * len(pairs) else None


def _fits(line: Line, following: Line, width: float) -> bool:
    first = following.text.split(maxsplit=1)[0]
    return line.end + 1 + len(first) <= width


def join_group(group: Sequence[Line], margin: int | None, words: Counter[str], *, soft: bool = False) -> list[Line]:
    """Return the group's logical lines: wrapped ones joined, meant breaks kept.

    `soft` says that the format takes line ends for blanks (Markdown), so a long unfinished line goes on.
    """
    own = _wrap_width(group)
    joined = [group[0]]
    for index in range(1, len(group)):
        previous, line = group[index - 1], group[index]
        near = group[max(index - 3, 0) : index + 3]
        local = max(item.end for item in near) if own and len(group) > 3 else own
        soft_end = soft or (bool(group[0].marker) and line.indent > group[0].indent)
        if _continues(previous, line, local or margin, soft=soft_end, wrapped=own is not None):
            joined[-1] = _append(joined[-1], line, words)
        else:
            joined.append(line)
    return joined


def _continues(previous: Line, line: Line, margin: int | None, *, soft: bool, wrapped: bool) -> bool:
    text, following = previous.text, line.text
    last_word = text.rsplit(maxsplit=1)[-1]
    if CELL_SEPARATOR in following or following.startswith("…") or is_time_only(text) or is_time_only(following):
        return False
    if text.endswith(("-", "‐")) and text[-2:-1].isalpha() and following[:1].isalpha():
        return True
    if _runs_on(text, following) and (previous.end >= _MIN_WIDTH or soft or last_word.lower() in _LOOSE_WORDS):
        return True
    never_met = margin is None or previous.end > _OVERLONG * margin  # such a line was not broken by the margin
    if never_met and previous.end >= _LONG_LINE and soft:
        return not _SENTENCE_END.search(text) and not _looks_labelled(following)
    if margin is not None and never_met:
        return False
    if _opens_label(following):
        return False
    if text.endswith(",") or last_word in _LOOSE_WORDS:
        return True
    if margin is None:
        return False
    if opens_with_honorific(following) and line.end < _RAGGED * margin and not _SENTENCE_END.search(following):
        return False  # "Dr Ana Silva, University of Porto" under the title of her talk
    if not _fits(previous, line, margin):
        return True
    ragged = wrapped and not _fits(previous, line, _RAGGED * margin)
    return ragged and not _SENTENCE_END.search(text)


def _looks_labelled(text: str) -> bool:
    head, colon, _ = text[:40].partition(":")
    return bool(colon) and len(head.split()) <= 3


def _opens_label(text: str) -> bool:
    """ "Chair: Jan Maas" begins a line of its own wherever it stands."""
    head, colon, value = text[:60].partition(":")
    return bool(colon) and len(head.split()) <= 2 and text[0].isupper() and bool(value.strip())


def _append(line: Line, following: Line, words: Counter[str]) -> Line:
    if line.text.endswith(("-", "‐")) and line.text[-2:-1].isalnum():
        text = join_hyphenated(line.text, following.text, words)
    elif (_is_east_asian(line.text[-1]) and _is_east_asian(following.text[0])) or goes_on_as_address(
        line.text, following.text
    ):
        text = line.text + following.text
    else:
        text = f"{line.text} {following.text}"
    return replace(line, text=text, end=following.end)


def _is_east_asian(char: str) -> bool:
    return "\u3000" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef"


def continues_in_lower_case(text: str, following: str) -> bool:
    """Tell whether a line break stands inside a sentence (the next line goes on in lower case)."""
    return len(text) >= _MIN_WIDTH and _runs_on(text, following)
