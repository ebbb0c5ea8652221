"""Timetable lines: the clock times that open them, and what stands after."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from itertools import pairwise

_MERIDIEM = r"(?:\s?(?P<{0}m>a\.?m\.?|p\.?m\.?|noon|midnight|Uhr|uur|heures?|horas|hrs?|h)(?![\w]))?"
_HOUR = r"(?P<{0}h>\d{{1,2}})(?:\s?(?P<{0}s>[:.h：時])\s?(?P<{0}i>\d{{2}})(?!\d))?"
_ZONE = r"(?:\s*\(?(?P<{0}z>(?-i:C?E[SD]?T|CES?T|EES?T|WES?T|[JKHSMCP][SD]?T|BST|IST|MSK|A[EWC][SD]T|NZ[SD]T|GMT|UTC)(?:[+-]\d{{1,2}})?)\)?(?![\w.]))?"  # noqa: E501
"""Abbreviations of zones only: "12:00 LUNCH" and "3:30 Break" open with a title."""
_CLOCK = (_HOUR + _MERIDIEM + _ZONE).format
_SLOT = re.compile(
    r"(?:from |von |de |dalle |van |ore |alle |um |om |at |a las )?" + _CLOCK("a") + r"(?:\s*(?:-|–|—|−|~|～|〜|to|until|till|bis|à|a|alle|tot)\s*" + _CLOCK("b") + r")?",  # noqa: E501
    re.IGNORECASE,
)  # fmt: skip
_WORDS = re.compile(r"(?P<noon>noon|midi|mediodía|12 noon)\b", re.IGNORECASE)
_FOUR_DIGITS = re.compile(r"(\d{4})(?:\s?[-–—]\s?(\d{4}))?(?:\s?(hrs?|h|hours|Uhr)\b\.?)?(?![\w/.-])", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{2})(?![\d.])")
_HOUR_MARK = re.compile(r"\d{1,2}(?:[:.h]\d{2}|\s?[ap]\.?m\b)", re.IGNORECASE)
_WORKING_HOURS = range(6, 24)
_DOTTED_LINES = 3
_FIRST_YEAR_HOUR = 18
"""From 18:00 on, two times of four digits may be years."""
_AFTER = re.compile(r"[\s:|–—・·,.)\]-]*")


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as printed: `meridiem` is "a", "p" or None; `zone` the abbreviation beside it."""

    hour: int
    minute: int
    meridiem: str | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class SlotTime:
    """The time or interval that opens a timetable line; the title begins at `end` of the line's text."""

    start: Clock
    stop: Clock | None
    end: int


def read_slot(line: str, styles: frozenset[str] = frozenset()) -> SlotTime | None:
    """Read the time at the start of a line ("9:30 - 10 a.m.", "11:00 CEST", "14h00–15h30"), None without one.

    A bare number is no time, and "2.1" is a heading's number: a dot needs an interval or a.m./p.m. beside it, or a
    document that writes so ("dotted" among its `styles`).  "0900-0930" is one of four digits; a lone "1100" is a time
    in a document of such ("military").
    """
    word = _WORDS.match(line)
    if word:
        return SlotTime(Clock(12, 0, "p", None), None, _skip_marks(line, word.end()))
    four = _read_military(line, is_known="military" in styles)
    if four is not None:
        return four
    match = _SLOT.match(line, 1 if line[:1] in "([" else 0)
    if not match:
        return None
    start, stop = _clock(match, "a"), _clock(match, "b")
    if start is None or not _is_time(match, stop, is_dotted="dotted" in styles):
        return None
    end = match.end() if stop or not match["bh"] else match.end("ai") if match["ai"] else match.end("ah")
    if start.meridiem is None and stop is not None:
        start = _inherit(start, stop)
    return SlotTime(start, stop, _skip_marks(line, end))


def _skip_marks(line: str, position: int) -> int:
    match = _AFTER.match(line, position)
    return match.end() if match else position


def read_slot_behind(line: str) -> tuple[SlotTime, int] | None:
    """Read the interval that ends a line ("Session 1: Ports (09:00–10:30)"): (time, where the title before it ends)."""
    for number, match in enumerate(_HOUR_MARK.finditer(line)):
        slot = read_slot(line[match.start() :]) if match.start() else None
        if slot is not None and slot.stop is not None and slot.end >= len(line.rstrip(" )]").rstrip()) - match.start():
            return slot, match.start()
        if number:
            break
    return None


def slot_styles(lines: Iterable[str]) -> frozenset[str]:
    """Return how a document writes its timetable: "dotted" ("09.30 Welcome"), "military" ("0900-0930 Welcome").

    Three lines in the order of a day make the first, two intervals the second; a section's "2.10" makes none.
    """
    dotted: list[int] = []
    fours = 0
    for line in lines:
        match = _DOTTED.match(line)
        if match and int(match[1]) in _WORKING_HOURS and int(match[2]) % 5 == 0:
            dotted.append(int(match[1]) * 60 + int(match[2]))
        slot = _read_military(line, is_known=False)
        fours += slot is not None
    in_order = sum(later > earlier for earlier, later in pairwise(dotted))
    is_dotted = len(dotted) >= _DOTTED_LINES and in_order >= len(dotted) // 2
    return frozenset(["dotted"] * is_dotted + ["military"] * (fours >= 2))


def _read_military(line: str, *, is_known: bool) -> SlotTime | None:
    """Read "0900-0930 Welcome", "1400 hrs Panel"; "1945-1950" are years unless the document writes such times."""
    match = _FOUR_DIGITS.match(line)
    if not match:
        return None
    clocks = [Clock(int(four[:2]), int(four[2:]), None, None) for four in (match[1], match[2]) if four]
    if any(clock.hour > 23 or clock.minute % 5 or clock.minute > 59 for clock in clocks):
        return None
    is_sure = is_known or match[3] or (len(clocks) == 2 and clocks[0].hour < _FIRST_YEAR_HOUR)
    if not is_sure or (len(clocks) == 2 and match[1] >= match[2]):
        return None
    return SlotTime(clocks[0], clocks[1] if len(clocks) == 2 else None, _skip_marks(line, match.end()))


def _clock(match: re.Match[str], side: str) -> Clock | None:
    if not match[f"{side}h"]:
        return None
    hour, minute = int(match[f"{side}h"]), int(match[f"{side}i"] or 0)
    word = (match[f"{side}m"] or "").lower().replace(".", "")
    meridiem = {"am": "a", "pm": "p", "noon": "p", "midnight": "a"}.get(word)
    if hour > 24 or minute > 59 or (meridiem and not 0 < hour <= 12):
        return None
    zone = match[f"{side}z"]
    return Clock(hour, minute, meridiem, zone if zone and zone.isupper() else None)


def _is_time(match: re.Match[str], stop: Clock | None, *, is_dotted: bool) -> bool:
    marked = [bool(match[f"{side}i"] or match[f"{side}m"]) for side in "ab"]
    if match["as"] == "." and not stop and not match["am"]:
        if match.string[match.start() : match.start("ah")].strip():
            return int(match["ah"]) in _WORKING_HOURS  # "Ore 15.30"
        return is_dotted and int(match["ah"]) in _WORKING_HOURS and int(match["ai"]) % 5 == 0
    return marked[0] or (stop is not None and marked[1])


def _inherit(start: Clock, stop: Clock) -> Clock:
    """ "2.30–4 pm" begins in the afternoon, "11:00 – 12:30 pm" in the morning."""
    if stop.meridiem is None:
        return start
    as_stop = to_time(Clock(start.hour, start.minute, stop.meridiem, None)) if 0 < start.hour <= 12 else None
    ends = to_time(stop)
    if as_stop is None or ends is None:
        return start
    meridiem = stop.meridiem if as_stop <= ends else ("a" if stop.meridiem == "p" else "p")
    return Clock(start.hour, start.minute, meridiem, start.zone)


def to_time(clock: Clock) -> time | None:
    """Return the time of day; 24:00 is midnight, an hour without a.m. or p.m. is read as printed."""
    hour = clock.hour
    if clock.meridiem == "p" and hour < 12:
        hour += 12
    if clock.meridiem == "a" and hour == 12:
        hour = 0
    return time(hour % 24, clock.minute) if hour <= 24 else None


def in_day_order(clocks: list[Clock]) -> list[time | None]:
    """Read the times of one day in order: without a.m./p.m., "1:00" after "11:00" is one in the afternoon.

    A timetable that anywhere prints an hour past 12 is on the 24-hour clock and is left as printed.
    """
    whole_day = any(clock.hour > 12 for clock in clocks)
    read: list[time | None] = []
    previous: timedelta | None = None
    for clock in clocks:
        moment = to_time(clock)
        if moment is not None and clock.meridiem is None and not whole_day and clock.hour < 8:
            length = timedelta(hours=moment.hour, minutes=moment.minute)
            if (clock.hour <= 6 and previous is None) or (previous is not None and length < previous):
                moment = moment.replace(hour=moment.hour + 12)
        if moment is not None:
            previous = max(previous or timedelta(), timedelta(hours=moment.hour, minutes=moment.minute))
        read.append(moment)
    return read
