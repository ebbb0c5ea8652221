"""The programme: timetable lines over days and tracks, each slot with its time, type, title and the lines it holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import groupby

from spacy.tokens import Doc

from extract.fields.layout_lines import Line, is_prose, lines_of
from extract.fields.programme_slots import (
    Clock,
    SlotTime,
    in_day_order,
    read_slot,
    read_slot_behind,
    slot_styles,
)
from extract.fields.programme_titles import Slot, is_near, title_span
from extract.fields.vocabulary import pattern_of
from extract.found import Found, found
from extract.records import DateFinding, ItemType, ProgrammeItem

_LAST_SLOT_LINES = 25
_RANK = 8
"""Characters before a speaker that a title or rank fills ("Prof. ", "LTG ")."""
_LONGEST_HEADING = 120
"""Characters of a line that a time may end ("Session 2: Ports and power (10:00–11:30)")."""
_DAY_NUMBER = re.compile(
    r"^\W{0,3}(?:(?:Day|Jour|Tag|Día|Giorno|Dag|Journée)\s+(\d{1,2}|[IVX]{1,4}|one|two|three|four)\b|(\d)日目)",
    re.IGNORECASE,
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def find_programme(doc: Doc) -> Doc:
    """Add the items of the document's programme; one timed line alone is no programme."""
    working_set = found(doc)
    people = _people_starts(working_set)
    spans = ((slot, title_span(working_set, slot, people)) for slot in _slots(working_set))
    text = working_set.document.text
    titled = [
        replace(slot, title_start=start, title_end=end)
        for slot, (start, end) in spans
        if any(map(str.isalpha, text[start:end]))
    ]
    if len(titled) < 2:
        return doc
    zone = _zone(working_set)
    for number, item in enumerate(_items(working_set, titled, zone), 1):
        working_set.programme_items.append(replace(item, item_number=number, key=f"item:{number}"))
    return doc


def _people_starts(working_set: Found) -> tuple[int, ...]:
    return tuple(sorted(mention.start_char for mention in working_set.mentions_of("PERSON")))


def item_type(title: str) -> ItemType:
    """Return what a slot is: the kind whose word opens its title, else the first kind that it names."""
    kinds: list[ItemType] = ["registration", "keynote", "panel", "break", "opening", "closing", "session"]
    hits: list[tuple[int, int, ItemType]] = []
    for rank, kind in enumerate(kinds):
        match = pattern_of("programme_words", kind, "words").search(title)
        if match:
            hits.append((0 if match.start() <= 1 else 1, rank, kind))
    return min(hits)[2] if hits else "other"


def _slots(working_set: Found) -> list[Slot]:
    """Cut the lines at those that a time opens; a second time for the same slot in another zone opens none."""
    lines = lines_of(working_set.document)
    styles = slot_styles(line.text for line in lines if line.is_main)
    starts: list[tuple[int, SlotTime, int, int]] = []
    for at, line in enumerate(lines):
        slot, begin, stop = _slot_in(line, styles)
        if slot is None or not line.is_main:
            continue
        if starts and _is_parallel(lines[starts[-1][0]], line, starts[-1][1], slot):
            continue
        starts.append((at, slot, begin, stop))
    if not starts:
        return []
    days = _days(working_set, lines, [at for at, *_ in starts])
    people = _people_starts(working_set)
    slots: list[Slot] = []
    for number, (at, slot, begin, end) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        line = lines[at]
        last = _last_line(lines, at, stop, people, is_bare=end - begin < 2)
        slots.append(Slot(slot, line.start + begin, line.start + end, line.start, lines[last].end, days[number]))
    return slots


def _slot_in(line: Line, styles: frozenset[str]) -> tuple[SlotTime | None, int, int]:
    """Read the time that opens a line, stands alone in a later cell of a table row, or ends a short line.

    Returns (time, start and end of the title on the line).
    """
    size = len(line.text)
    slot = read_slot(line.text, styles)
    if slot is not None:
        return slot, slot.end, size
    if "\t" in line.text:
        position = 0
        for cell in line.text.split("\t")[:3]:
            slot = read_slot(cell, styles)
            after = position + len(cell) + 1
            if slot is not None and slot.end >= len(cell.rstrip()) and line.text[after:].strip():
                return slot, after, size  # a last cell opens none: cities and their clocks
            position += len(cell) + 1
    behind = read_slot_behind(line.text) if size < _LONGEST_HEADING and not is_prose(line) else None
    if behind is not None and _is_item_title(line.text[: behind[1]]):
        return behind[0], 0, behind[1]
    return None, 0, 0


def _is_item_title(words: str) -> bool:
    """Return whether the words before an interval name a slot ("Session 1", "Lunch"): a kind of item opens them."""
    title = words.strip(" \t([-–—|,:")
    kinds = ("registration", "keynote", "panel", "break", "opening", "closing", "session")
    matches = (pattern_of("programme_words", kind, "words").search(title) for kind in kinds)
    return any(match is not None and match.start() <= 1 for match in matches)


def _is_parallel(upper: Line, line: Line, known: SlotTime, slot: SlotTime) -> bool:
    """ "18:00 JST" below "11:00 CEST  Registration" is the same slot in another zone."""
    zone = slot.start.zone or (slot.stop.zone if slot.stop else None)
    before = known.start.zone or (known.stop.zone if known.stop else None)
    return slot.end >= len(line.text) and zone is not None and before is not None and zone != before


def _last_line(lines: tuple[Line, ...], at: int, stop: int, people: tuple[int, ...], *, is_bare: bool) -> int:
    """Return the last line of a slot: before the next slot, a heading or a day; of the last slot, before prose too.

    Below a line that holds nothing but a time (`is_bare`) the next one is its title, however it is printed; a heading
    that opens with a person (`people`: where they stand) between two slots presents a speaker.
    """
    last = at
    is_followed = stop < len(lines) and stop - at <= _LAST_SLOT_LINES
    for index in range(at + 1, min(stop, at + _LAST_SLOT_LINES)):
        line = lines[index]
        if is_bare and index == at + 1 and line.kind != "footer":
            last = index
            continue
        is_speaker = is_followed and line.kind == "heading" and is_near(people, line.start, line.start + _RANK)
        if line.kind in ("heading", "title", "footer") and not is_speaker:
            break
        if is_prose(line) and index > at + 1 and line.kind == "paragraph" and not is_followed:
            break
        if _DAY_NUMBER.match(line.text) and len(line.text.split()) < 12:
            break
        last = index
    return last


def _days(working_set: Found, lines: tuple[Line, ...], starts: list[int]) -> list[date | None]:
    """Return the day of each slot: the last day heading above it, else the event's own date."""
    first = _event_day(working_set)
    by_line = dict(_day_headings(working_set, lines, first))
    days: list[date | None] = []
    current = first
    position = 0
    for start in starts:
        for index in range(position, start + 1):
            current = by_line.get(index, current)
        position = start + 1
        days.append(current)
    return days


def _day_headings(working_set: Found, lines: tuple[Line, ...], first: date | None) -> Iterator[tuple[int, date]]:
    dates = [finding for finding in working_set.dates if _is_day(finding)]
    for at, line in enumerate(lines):
        if len(line.text.split()) > 14:
            continue
        inside = [finding for finding in dates if line.start <= finding.start_char < line.end]
        day = inside[0].when.start_date if inside else None
        number = _DAY_NUMBER.match(line.text)
        if day is not None:
            yield at, day
        elif number and first is not None:
            word = (number[1] or number[2]).lower()
            yield (
                at,
                first
                + timedelta(days=(_NUMBERS.get(word) or int(word) if word.isdigit() or word in _NUMBERS else 1) - 1),
            )


def _is_day(finding: DateFinding) -> bool:
    return (
        finding.when.precision in ("day", "minute") and finding.when.start_date is not None
        and finding.role not in ("deadline", "publication", "past_fact")
    )  # fmt: skip


def _event_day(working_set: Found) -> date | None:
    for role in ("event", "session"):
        for finding in working_set.dates:
            if finding.role == role and _is_day(finding):
                return finding.when.start_date
    return None


def _zone(working_set: Found) -> str | None:
    stated = [finding.when.tz_iana for finding in working_set.dates if finding.role == "event" and finding.when.tz_iana]
    venue = [venue.tz_iana for venue in working_set.venues if venue.tz_iana]
    return next(iter([*venue, *stated]), None)


def _items(working_set: Found, slots: list[Slot], zone: str | None) -> Iterator[ProgrammeItem]:
    """Give each slot its times: stated, or up to the next slot of the day."""
    for day, of_day in groupby(slots, key=lambda slot: slot.day):
        day_slots = list(of_day)
        starts = _times(day_slots)
        for at, slot in enumerate(day_slots):
            begin, stop = starts[at]
            if stop is None:
                stop = next((later for later, _ in starts[at + 1 :] if later and begin and later > begin), None)
            title = " ".join(working_set.document.text[slot.title_start : slot.title_end].split())
            yield ProgrammeItem(
                key="", event_key="event:0", item_number=0, item_title=title, item_type=item_type(title),
                start_local=_at(day, begin), end_local=_at(day, stop, after=begin),
                tz_iana=zone if begin else None, start_char=slot.start, end_char=slot.end,
            )  # fmt: skip


def _times(slots: list[Slot]) -> list[tuple[time | None, time | None]]:
    """Read starts and ends of a day together, so that each helps to tell morning from afternoon."""
    clocks: list[Clock] = []
    for slot in slots:
        clocks.append(slot.time.start)
        if slot.time.stop:
            clocks.append(slot.time.stop)
    read = iter(in_day_order(clocks))
    times = [(next(read), next(read) if slot.time.stop else None, slot.time.stop) for slot in slots]
    return [(start, _evening(start, stop, clock)) for start, stop, clock in times]


def _evening(start: time | None, stop: time | None, clock: Clock | None) -> time | None:
    """ "7:45–9:00" after a day's programme ends at nine in the evening, not in the morning."""
    is_bare = clock is not None and clock.meridiem is None and start is not None and start.hour > 12
    if is_bare and start and stop and stop < start and stop.hour < 12 and stop.replace(hour=stop.hour + 12) > start:
        return stop.replace(hour=stop.hour + 12)
    return stop


def _at(day: date | None, moment: time | None, after: time | None = None) -> datetime | None:
    if day is None or moment is None:
        return None
    if after is not None and moment < after:
        day += timedelta(days=1)
    return datetime.combine(day, moment)
