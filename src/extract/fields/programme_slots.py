"""Timetable lines: the clock times that open them, and what stands after."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta

_MERIDIEM = r"(?:\s?(?P<{0}m>a\.?m\.?|p\.?m\.?|noon|midnight|Uhr|hrs?|h)(?![\w]))?"
_HOUR = r"(?P<{0}h>\d{{1,2}})(?:\s?(?P<{0}s>[:.h：時])\s?(?P<{0}i>\d{{2}})(?!\d))?"
_ZONE = r"(?:\s*\(?(?P<{0}z>(?-i:C?E[SD]?T|CES?T|EES?T|WES?T|[JKHSMCP][SD]?T|BST|IST|MSK|A[EWC][SD]T|NZ[SD]T|GMT|UTC)(?:[+-]\d{{1,2}})?)\)?(?![\w.]))?"  # noqa: E501
"""Abbreviations of zones only: "12:00 LUNCH" and "3:30 Break" open with a title."""
_CLOCK = (_HOUR + _MERIDIEM + _ZONE).format
_SLOT = re.compile(
    r"(?:from |von |de |dalle |van )?" + _CLOCK("a") + r"(?:\s*(?:-|–|—|−|~|～|〜|to|until|till|bis|à|a|alle|tot)\s*" + _CLOCK("b") + r")?",  # noqa: E501
    re.IGNORECASE,
)  # fmt: skip
_WORDS = re.compile(r"(?P<noon>noon|midi|mediodía|12 noon)\b", re.IGNORECASE)
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


def read_slot(line: str) -> SlotTime | None:
    """Read the time at the start of a line ("9:30 - 10 a.m.", "11:00 CEST", "14h00–15h30"), None without one.

    A bare number is no time, and "2.1" is a heading's number: a dot needs an interval or a.m./p.m. beside it.
    """
    word = _WORDS.match(line)
    if word:
        return SlotTime(Clock(12, 0, "p", None), None, _AFTER.match(line, word.end()).end())  # type: ignore[union-attr]
    match = _SLOT.match(line)
    if not match:
        return None
    start, stop = _clock(match, "a"), _clock(match, "b")
    if start is None or not _is_time(match, stop):
        return None
    end = match.end() if stop or not match["bh"] else match.end("ai") if match["ai"] else match.end("ah")
    if start.meridiem is None and stop is not None:
        start = _inherit(start, stop)
    after = _AFTER.match(line, end)
    return SlotTime(start, stop, after.end() if after else end)


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


def _is_time(match: re.Match[str], stop: Clock | None) -> bool:
    marked = [bool(match[f"{side}i"] or match[f"{side}m"]) for side in "ab"]
    if match["as"] == "." and not stop and not match["am"]:
        return False
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
