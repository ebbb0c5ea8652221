"""Where expressions stand: their line, paragraph, label, and whether they stand alone as a header."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

from extract.vocabularies import read_toml, words_of
from extract.when.readings import Reading
from extract.when.tokens import CJK
from extract.when.vocabulary import vocabulary

_LABEL = re.compile(r"(?:^|[\s*_#>|•\-–.;,(])([^\W\d_][\w &/’'.-]{0,30}?)\s?[*_]{0,3}\s?:[*_]{0,3}[\s*_|]*$")
_CELL = re.compile(r"(?:^|[|\t*])\s*[*_]{0,3}([^\W\d_][\w &/’'.-]{0,30}?)[*_]{0,3}[ ]*[|\t][ \t|]*$")
_MARKS = " \t*_#>|•·-–—:,.;()[]'\"“”🗓📅🕐⏰"
_SHORTENED = frozenset(words_of("date_words", "roles", "shortened"))
_HEADER_SIGNS = 16
"""The same for languages that write words together, in characters."""
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
            reading.label = _label(before[-60:]) or (_label_above(text, begin) if is_opening else "")
            reading.is_alone = is_alone
            reading.is_header = bool(reading.label) or is_alone


def _label(before: str) -> str:
    match = _LABEL.search(before)
    if match:
        return " ".join(match.group(1).lower().split())
    match = _CELL.search(before)
    label = " ".join(match.group(1).lower().split()) if match else ""
    return label if label in known_labels("event", "deadline", "publication") else ""


def _label_above(text: str, begin: int) -> str:
    """Return the known label that is the whole line above ("When" over "Tuesday, 4 March")."""
    above = text[max(0, begin - 60) : begin].rstrip()
    label = above[above.rfind("\n") + 1 :].strip(_MARKS).lower()
    is_cut = len(above) < begin and "\n" not in above and begin > 60
    return label if not is_cut and label in known_labels("event") else ""


@lru_cache
def known_labels(*roles: str) -> frozenset[str]:
    """Return the labels that tell a date's part without a colon ("on" and "due" need one)."""
    labels = read_toml("date_cues")["label"]
    return frozenset(word for role in roles for word in labels[role] if len(word) > 3 or not word.isascii())


def _is_alone(rest: list[str]) -> bool:
    if sum(map(len, rest)) > 120 or sum(len(CJK.findall(part)) for part in rest) > _HEADER_SIGNS:
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
    window = text[reading.end : reading.end + width].split("。", 1)[0]
    cut = window.find("\n\n")
    window = window if cut < 0 else window[:cut]
    stop = window.find(". ")
    while stop >= 0 and _is_abbreviation(window[:stop]):
        stop = window.find(". ", stop + 1)
    return " ".join((window if stop < 0 else window[:stop]).lower().split())


def _is_abbreviation(before: str) -> bool:
    """Return whether the word before a full stop is cut short: "Mr", "a.m", "Sept"."""
    word = before.rsplit(None, 1)[-1] if before.strip() else ""
    return (0 < len(word) <= 3 and not word.isdecimal()) or "." in word or word.lower() in _SHORTENED


def _last_stop(window: str) -> int:
    """Return where the last full stop that ends a sentence stands ("a.m." and "Sept." do not)."""
    at = window.rfind(". ")
    while at > 0:
        word = window[:at].rsplit(None, 1)[-1:]
        if word and not _is_abbreviation(window[:at]) and not word[0].isdecimal():
            return at
        at = window.rfind(". ", 0, at)
    return -1
