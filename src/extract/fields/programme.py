"""The programme: timetable lines over days and tracks, each slot with its time, type, title and the lines it holds."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby

from spacy.tokens import Doc

from extract.fields.layout_lines import Line, first_line_at, is_prose, lines_of, trim
from extract.fields.programme_slots import Clock, SlotTime, in_day_order, read_slot
from extract.fields.vocabulary import pattern_of, words_of
from extract.found import Found, found
from extract.records import DateFinding, ItemType, ProgrammeItem

_LAST_SLOT_LINES = 25
_DAY_NUMBER = re.compile(
    r"^\W{0,3}(?:Day|Jour|Tag|Día|Giorno|Dag|Journée)\s+(\d{1,2}|[IVX]{1,4}|one|two|three|four)\b", re.IGNORECASE
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_BY = re.compile(
    r"(?:\s*\b(?:by|with|par|von|di|por|door)\b|\s+[-–—]|\s*[:–—,(|\t])\s*(?:\w+\s+){0,9}$",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(
    r"(?::|\s[-–—]|,|\bby|\bwith|\t)\s+(?:H\.?\s?E\.?\s|Dr\.?\s|Prof(?:essor|\.)?\s|Mr\.?\s|Ms\.?\s|Mrs\.?\s|Amb(?:assador|\.)\s|"
    r"Hon\.?\s|Gen(?:eral|\.)\s|Admiral\s|Secretary of\s|Minister\s|Sir\s)"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A timetable line with the lines that belong to it."""

    time: SlotTime
    title_start: int
    title_end: int
    start: int
    end: int
    day: date | None


def find_programme(doc: Doc) -> Doc:
    """Add the items of the document's programme; one timed line alone is no programme."""
    working_set = found(doc)
    slots = _slots(working_set)
    if len(slots) < 2:
        return doc
    zone = _zone(working_set)
    people = tuple(mention.start_char for mention in working_set.mentions_of("PERSON"))
    spans = [_title_span(working_set, slot, people) for slot in slots]
    titled = [replace(slot, title_start=start, title_end=end) for slot, (start, end) in zip(slots, spans, strict=True)]
    for number, item in enumerate(_items(working_set, titled, zone), 1):
        working_set.programme_items.append(replace(item, item_number=number, key=f"item:{number}"))
    return doc


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
    starts: list[tuple[int, SlotTime, int]] = []
    for at, line in enumerate(lines):
        slot, offset = _slot_in(line)
        if slot is None or not line.is_main:
            continue
        if starts and _is_parallel(lines[starts[-1][0]], line, starts[-1][1], slot):
            continue
        starts.append((at, slot, offset))
    if not starts:
        return []
    days = _days(working_set, lines, [at for at, *_ in starts])
    slots: list[Slot] = []
    for number, (at, slot, offset) in enumerate(starts):
        stop = starts[number + 1][0] if number + 1 < len(starts) else len(lines)
        last = _last_line(lines, at, stop)
        line = lines[at]
        slots.append(Slot(slot, line.start + offset, line.end, line.start, lines[last].end, days[number]))
    return slots


def _slot_in(line: Line) -> tuple[SlotTime | None, int]:
    """Read the time that opens a line, or that stands alone in a later cell of a table row."""
    slot = read_slot(line.text)
    if slot is not None:
        return slot, slot.end
    if "\t" in line.text:
        position = 0
        for cell in line.text.split("\t")[:3]:
            slot = read_slot(cell)
            after = position + len(cell) + 1
            if slot is not None and slot.end >= len(cell.rstrip()) and line.text[after:].strip():
                return slot, after  # a last cell opens none: cities and their clocks
            position += len(cell) + 1
    return None, 0


def _is_parallel(upper: Line, line: Line, known: SlotTime, slot: SlotTime) -> bool:
    """ "18:00 JST" below "11:00 CEST  Registration" is the same slot in another zone."""
    zone = slot.start.zone or (slot.stop.zone if slot.stop else None)
    before = known.start.zone or (known.stop.zone if known.stop else None)
    return slot.end >= len(line.text) and zone is not None and before is not None and zone != before


def _last_line(lines: tuple[Line, ...], at: int, stop: int) -> int:
    """Return the last line of a slot: before the next slot, a heading, a day or a paragraph of prose."""
    last = at
    for index in range(at + 1, min(stop, at + _LAST_SLOT_LINES)):
        line = lines[index]
        if line.kind in ("heading", "title", "footer") or (
            is_prose(line) and index > at + 1 and line.kind == "paragraph"
        ):
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
            word = number[1].lower()
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


def _title_span(working_set: Found, slot: Slot, people: tuple[int, ...]) -> tuple[int, int]:
    """Return where a slot's title stands: on its line, else on the line below; without its people."""
    text = working_set.document.text
    start, end = trim(text, slot.title_start, slot.title_end, ":")
    if start >= end:
        lines = lines_of(working_set.document)
        index = first_line_at(lines, slot.title_end + 1)
        below = lines[index] if index < len(lines) and lines[index].start < slot.end else None
        if below is None:
            return slot.title_end, slot.title_end
        start, end = below.start, below.end
    end = _joined_end(working_set, slot, end, people)
    end = _before_people(working_set, start, end, people)
    return start, end


def _joined_end(working_set: Found, slot: Slot, end: int, people: tuple[int, ...]) -> int:
    """Go on over the next line when the title cannot stop here ("Keynote Lecture:", "Challenges and")."""
    text = working_set.document.text
    lines = lines_of(working_set.document)
    for line in lines[first_line_at(lines, end) : first_line_at(lines, slot.end)]:
        last = re.search(r"(\w+|[:&,])\s*$", text[:end][-40:])
        open_ended = last and (last[1] in ":&" or last[1].lower() in _open_words())
        is_next = not text[end : line.start].strip()
        if (
            not (is_next and open_ended)
            or pattern_of("programme_words", "people", "words").match(line.text)
            or _is_near(people, line.start, line.start + 12)
        ):
            break
        end = line.end
    return end


@lru_cache(maxsize=1)
def _open_words() -> frozenset[str]:
    return frozenset(
        ["and", "of", "the", "for", "in", "on", "to", "with", "a", "an", "de", "et", "und", "y", "der", "des", "von"]
    )


def _is_near(people: tuple[int, ...], start: int, end: int) -> bool:
    index = bisect_left(people, start)
    return index < len(people) and people[index] <= end


_PARTICIPLE = re.compile(
    r"[\s,]+(?:facilitated|moderated|presented|chaired|delivered|given|introduced|led|hosted|convened|held)$",
    re.IGNORECASE,
)


def _before_person(title: str) -> int | None:
    """Return where a title ends before a person's name: at the last "by", dash or comma; None without one."""
    match = _BY.search(title)
    while match and (later := _BY.search(title, match.start() + 1)):
        match = later
    if match is None:
        return None
    rest = title[: match.start()].rstrip()
    participle = _PARTICIPLE.search(rest)
    return participle.start() if participle else len(rest)


@lru_cache(maxsize=1)
def _role_after_mark() -> re.Pattern[str]:
    roles = "|".join(map(re.escape, words_of("programme_words", "people", "words")))
    return re.compile(rf"\s*[(;–-]\s*(?:{roles})\s*:\s", re.IGNORECASE)


def _before_people(working_set: Found, start: int, end: int, people: tuple[int, ...]) -> int:
    """Cut a title before the people printed on its line ("Welcome: Dr …", "Lunch talk by …", "Keynote – …, GSA")."""
    text = working_set.document.text
    cuts = [match.start() for match in _HONORIFIC.finditer(text, start, end)]
    for person in people[bisect_left(people, start + 1) : bisect_left(people, end)]:
        if (cut := _before_person(text[start:person])) is not None:
            cuts.append(start + cut)
    cuts += [start + match.start() for match in _role_after_mark().finditer(text[start:end])]
    cuts = [cut for cut in cuts if cut > start + 3]
    return trim(text, start, min(cuts, default=end), ":,-–—(")[1]
