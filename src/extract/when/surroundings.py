"""Where expressions stand: their line, paragraph, label, and whether they stand alone as a header."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extract.when.readings import Reading
from extract.when.vocabulary import vocabulary

_LABEL = re.compile(r"(?:^|[\s*_#>|•\-–.;,(])([^\W\d_][\w &/’'.-]{0,30}?)\s?[*_]{0,3}\s?:[*_]{0,3}[\s*_|]*$")
_MARKS = " \t*_#>|•·-–—:,.;()[]'\"“”🗓📅🕐⏰"
HEADER_WORDS = 3
"""Other words that a header line may hold beside its date ("Brussels, 7 March 2018"; "DAY 1 Friday, 23 January")."""


def locate(readings: Sequence[Reading], text: str) -> None:
    """Fill line, paragraph, label and is_header of every reading; one pass over the text."""
    ends = [match.start() for match in re.finditer("\n", text)]
    gaps = [match.start() for match in re.finditer(r"\n[ \t]*\n", text)]
    for reading in readings:
        position = bisect_right(ends, reading.start - 1) if reading.start else 0
        begin = ends[position - 1] + 1 if position else 0
        after = bisect_right(ends, max(reading.end - 1, reading.start))
        stop = ends[after] if after < len(ends) else len(text)
        reading.line = (begin, stop)
        reading.paragraph = bisect_right(gaps, reading.start)
    by_line: dict[tuple[int, int], list[Reading]] = {}
    for reading in readings:
        by_line.setdefault(reading.line, []).append(reading)
    for (begin, stop), group in by_line.items():
        rest, at = [], begin
        for reading in group:
            rest.append(text[at : reading.start])
            at = max(at, reading.end)
        rest.append(text[at:stop])
        is_alone, is_opening = _is_alone(rest), True
        for before, reading in zip(rest, group, strict=False):
            is_opening = is_opening and not any(c.isalnum() for c in before)
            reading.opens_line = is_opening
            reading.label = _label(before[-60:])
            reading.is_alone = is_alone
            reading.is_header = bool(reading.label) or is_alone


def _label(before: str) -> str:
    match = _LABEL.search(before)
    return " ".join(match.group(1).lower().split()) if match else ""


def _is_alone(rest: list[str]) -> bool:
    if sum(map(len, rest)) > 120:
        return False
    words = [word for part in rest for word in part.replace("\t", " ").split() if word.strip(_MARKS)]
    meant = [word for word in words if word.strip(_MARKS).lower() not in vocabulary().words["header_small"]]
    return len(meant) <= HEADER_WORDS


def sentence_before(text: str, reading: Reading, width: int = 160) -> str:
    """Return the words before an expression in its sentence, lower case, at most `width` characters."""
    window = text[max(0, reading.start - width) : reading.start]
    cut = max(window.rfind("\n\n"), window.rfind("? "), window.rfind("! "), _last_stop(window))
    return " ".join(window[cut + 1 :].lower().split())


def sentence_after(text: str, reading: Reading, width: int = 100) -> str:
    """Return the words after an expression in its sentence, lower case."""
    window = text[reading.end : reading.end + width]
    cut = window.find("\n\n")
    window = window if cut < 0 else window[:cut]
    stop = window.find(". ")
    return " ".join((window if stop < 0 else window[:stop]).lower().split())


def _last_stop(window: str) -> int:
    """Return where the last full stop that ends a sentence stands ("a.m." and "Sept." do not)."""
    at = window.rfind(". ")
    while at > 0:
        word = window[:at].rsplit(None, 1)[-1] if window[:at].strip() else ""
        if len(word) > 3 and "." not in word and word.lower() not in ("sept", "dept", "prof", "univ"):
            return at
        at = window.rfind(". ", 0, at)
    return -1
