"""From written clock times to minutes of the day: afternoons without "pm", city clocks, zones, the day they fall on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from extract.places import City, find_city
from extract.when.meridiem import minute_of_day
from extract.when.phrases import ClockPhrase, Zone
from extract.when.readings import Reading
from extract.when.zones import abbreviations, named_zone, named_zones, offset_minutes, printed_offset, zone_for

_HALF, _DAY = 12 * 60, 24 * 60
_CITY_GAP = 40
"""Characters between the clocks of two cities, name and separators included."""
_JOINTS = frozenset([",", "and", "&", ", and", "und", "et", "y", "e", "en", "or"])
"""What stands between the days of a list."""
_WESTMOST = -10 * 60
"""Minutes east of UTC of the westmost zone with people in it (Hawaii)."""
_MORNING_FROM = 7 * 60
"""A programme that writes no am/pm and no 13:00 means the afternoon by 1:00–6:59."""


def set_minutes(reading: Reading, clock: ClockPhrase) -> None:
    """Fill a reading's minutes from its clock; an end before the start falls on the next day, an hour apart or more."""
    if not clock.is_valid:
        reading.problems.append("a clock time past 24:00 was left out")
        reading.score = 0.2
        return
    reading.start_minutes = minute_of_day(clock.first)
    reading.zone = clock.zone
    if clock.last is not None:
        end = minute_of_day(clock.last)
        if end > _DAY:
            end, reading.end_days_later = end - _DAY, 1
        if end == 0 and reading.start_minutes > 0:
            end = _DAY
        reading.end_minutes = end


def share_clocks(readings: Sequence[Reading], text: str) -> None:
    """Give the days of a list the time behind its last: "5 June 2024 and 12 June 2024 from 3 to 4 pm"."""
    for earlier, later in reversed(list(pairwise(readings))):
        has_no_time = earlier.phrase is not None and earlier.clock is None and earlier.has_day
        if not (has_no_time and later.phrase and later.clock and later.has_day) or later.start_minutes is None:
            continue
        if text[earlier.end : later.start].strip(" \n").lower() not in _JOINTS or earlier.first == later.first:
            continue
        earlier.clock, earlier.zone = later.clock, later.zone
        earlier.start_minutes, earlier.end_minutes = later.start_minutes, later.end_minutes
        if earlier.role == "other":
            earlier.role = later.role


def settle_clocks(readings: Sequence[Reading]) -> None:
    """Infer the afternoons of a document that writes hours on a 12-hour dial without am/pm; check order of ends."""
    timed = [r for r in readings if r.clock and r.start_minutes is not None]
    is_24h = any(_shows_24h(r.clock) for r in timed if r.clock and not r.alternative_of and not r.city)
    previous: Reading | None = None
    for reading in timed:
        if not is_24h:
            _infer_afternoon(reading, previous)
        _check_end(reading)
        previous = reading


def _shows_24h(clock: ClockPhrase) -> bool:
    """Return whether a clock can only be 24-hour; noon and midnight by name, and exact 12:00, tell nothing."""
    return any(part.is_24h and part.minutes % _HALF for part in (clock.first, clock.last) if part)


def _infer_afternoon(reading: Reading, previous: Reading | None) -> None:
    clock = reading.clock
    if clock is None or reading.start_minutes is None or clock.first.meridiem or clock.first.is_24h:
        return
    if clock.last and clock.last.meridiem:
        return
    start = reading.start_minutes
    follows = previous is not None and previous.first == reading.first and previous.start_minutes is not None
    if start < _HALF and (start < _MORNING_FROM or (follows and previous and _is_later(start, previous))):
        reading.start_minutes = start = start + _HALF
        reading.score = min(reading.score, 0.8)
    end = reading.end_minutes
    if end is not None and end <= start and end + _HALF > start and end < _HALF and start < _DAY:
        reading.end_minutes = end + _HALF if end + _HALF <= _DAY else end


def _is_later(start: int, previous: Reading) -> bool:
    """Return whether a time can only follow the previous item of its day when it is after noon."""
    before = previous.start_minutes or 0
    return start < before and start + _HALF >= before


def _check_end(reading: Reading) -> None:
    """An end before the start: past midnight when late at night, else a slip that is kept out with a warning."""
    start, end = reading.start_minutes, reading.end_minutes
    if start is None or end is None or end > start or (reading.last and reading.first and reading.last > reading.first):
        return
    if end < start and start >= 17 * 60 and end <= 6 * 60:
        reading.end_days_later = 1
        return
    if end != start:
        reading.problems.append(
            f"the end {end // 60:02d}:{end % 60:02d} lies before the start {start // 60:02d}:{start % 60:02d}"
        )
    reading.end_minutes = None


def settle_zone(reading: Reading, default_tz: str | None = None) -> None:
    """Give a timed reading the zone that is printed with it."""
    zone, local = reading.zone, reading.when().start_local
    if reading.start_minutes is None:
        return
    if reading.city:
        pass  # its zone is that of the city
    elif zone is None or zone.name == "local":
        reading.tz_iana = default_tz
    elif zone.name:
        reading.tz_iana = named_zone(zone.name)
    else:
        reading.tz_iana = zone_for(zone.abbreviation if zone.abbreviation else zone.offset, None, None, local)
    reading.offset = _stated_offset(zone, reading, local)


def share_zone(readings: Sequence[Reading], stated: Zone | None) -> None:
    """Give hours without a zone that of all times of the text, else the only one printed with hours of their day."""
    timed = [r for r in readings if r.start_minutes is not None and not r.alternative_of and not r.city]
    printed: dict[date | None, dict[str, Reading]] = {}
    for reading in timed:
        if reading.zone and reading.tz_iana:
            printed.setdefault(reading.first, {}).setdefault(reading.tz_iana, reading)
    for reading in timed:
        same_day = list(printed.get(reading.first, {}).values())
        if reading.zone or reading.tz_iana or reading.role not in ("event", "session"):
            continue
        zone = stated if stated and not same_day else same_day[0].zone if len(same_day) == 1 else None
        if zone is not None:
            reading.zone = zone
            settle_zone(reading)


def _stated_offset(zone: Zone | None, reading: Reading, local: datetime | None) -> int | None:
    if zone and zone.offset is not None:
        return zone.offset
    if zone and zone.abbreviation:
        stated = printed_offset(zone.abbreviation)
        if stated is not None:
            return stated
    return offset_minutes(reading.tz_iana, local) if reading.tz_iana and local and zone else None


def join_city_clocks(readings: Sequence[Reading], text: str) -> None:
    """Read "Washington 08:00 London 13:00 …" as one instant: the first city's clock, the others beside it.

    The city stands before each clock of a run, or after each ("09:00 Washington | 14:00 London").
    """
    clocks = [r for r in readings if r.clock and not r.zone and r.start_minutes is not None and not r.alternative_of]
    for run in _near_runs(clocks):
        before = [(r, city) for r in run if r.phrase is None and (city := _city_before(r, text))]
        after = [(r, city) for r in run if (city := _city_after(r, text))]
        found = after if len(after) > len(before) else before
        if len(found) < 2:
            continue
        for reading, city in found:
            reading.city, reading.tz_iana = city.name, city.tz_iana
        main = found[0][0]
        main.role = "event"
        for reading, _ in found[1:]:
            reading.alternative_of = main


def _near_runs(clocks: Sequence[Reading]) -> Iterator[list[Reading]]:
    """Yield clocks that stand close together, at least two."""
    run: list[Reading] = []
    for reading in clocks:
        if run and reading.start - run[-1].end > _CITY_GAP:
            if len(run) > 1:
                yield run
            run = []
        run.append(reading)
    if len(run) > 1:
        yield run


def _city_before(reading: Reading, text: str) -> City | None:
    """Return the city whose name stands right before a time on its line ("New Delhi 17:30", "Tokyo: 21:00")."""
    before = text[max(reading.line[0], reading.start - _CITY_GAP) : reading.start].rstrip(" \t:–-—|(,")
    words = before.replace("\t", " ").split()
    return _city_named([" ".join(words[-count:]) for count in (3, 2, 1) if len(words) >= count])


def _city_after(reading: Reading, text: str) -> City | None:
    """Return the city whose name stands right after a time on its line ("09:00 Washington", "14:00 (London)")."""
    after = text[reading.end : min(reading.line[1], reading.end + _CITY_GAP)].lstrip(" \th.:–-—(,in")
    words = after.replace("\t", " ").replace("|", " ").replace("/", " ").split()
    return _city_named([" ".join(words[:count]) for count in (3, 2, 1) if len(words) >= count])


def _city_named(names: list[str]) -> City | None:
    for name in names:
        name = name.strip("•|/,;().")
        if name[:1].isupper() and not any(c.isdigit() for c in name):
            city = find_city(name)
            if city:
                return city
    return None


def read_lead_zones(readings: Sequence[Reading], text: str) -> None:
    """Read the zone that opens a line ("JST: 18:00–19:00"); a country's name only where two lines open so."""
    found = [(reading, zone) for reading in readings if (zone := _lead_zone(reading, text))]
    for reading, zone in found:
        if zone.abbreviation or len(found) > 1:
            reading.zone = zone


def _lead_zone(reading: Reading, text: str) -> Zone | None:
    begin = reading.line[0]
    if reading.start_minutes is None or reading.zone or not 0 < reading.start - begin <= _CITY_GAP:
        return None
    words = text[begin : reading.start].strip(" \t:–-—|()•*").removesuffix(" time").removesuffix(" Time")
    if words in abbreviations():
        return Zone(words)
    low = words.lower().removeprefix("us ")
    return Zone(name=low) if low in named_zones() else None


def join_parallel_lines(readings: Sequence[Reading]) -> None:
    """Read the clock of another zone on the next line as the same instant ("11:00 CEST …" above "18:00 JST")."""
    previous: Reading | None = None
    for reading in readings:
        if reading.start_minutes is None or reading.alternative_of:
            continue
        if previous and _is_same_instant(previous, reading):
            reading.alternative_of = previous
        else:
            previous = reading


def _is_same_instant(one: Reading, other: Reading) -> bool:
    """Return whether two clocks of different zones show one time of day, of one moment where both have their date."""
    here, there = one.when().start_local, other.when().start_local
    if not (one.zone and other.zone and one.tz_iana and other.tz_iana and here and there):
        return False
    if one.tz_iana == other.tz_iana:
        return False
    east, west = offset_minutes(one.tz_iana, here), offset_minutes(other.tz_iana, there)
    if east is None or west is None or east == west:
        return False
    if other.phrase is not None:
        return here - timedelta(minutes=east) == there - timedelta(minutes=west)
    return (here.hour * 60 + here.minute - east - there.hour * 60 - there.minute + west) % _DAY == 0


def _infer_zone(main: Reading, other: Reading) -> None:
    """Give a clock without a zone the offset that the same moment elsewhere tells: "8:30 (15:30 Japan time)"."""
    moment = other.when().start_local
    there = offset_minutes(other.tz_iana, moment) if other.tz_iana and moment else other.offset
    if there is None or main.start_minutes is None or other.start_minutes is None:
        return
    here = (main.start_minutes - other.start_minutes + there - _WESTMOST) % _DAY + _WESTMOST
    zone = zone_for(here)
    if zone:
        main.offset, main.tz_iana = here, zone


def align_alternatives(readings: Sequence[Reading]) -> None:
    """Put the clocks of other zones on their own day ("18:00 JST" of an event at 11:00 in Madrid; next-day marks)."""
    for reading in readings:
        main = reading.alternative_of
        if main is None or main.first is None or reading.start_minutes is None:
            continue
        reading.role, reading.method = main.role, main.method
        reading.precision = main.precision
        reading.first = reading.last = main.first
        local, other = main.when().start_local, reading.when().start_local
        if main.tz_iana is None and main.offset is None:
            _infer_zone(main, reading)
        here = offset_minutes(main.tz_iana, local) if main.tz_iana and local else main.offset
        there = offset_minutes(reading.tz_iana, other) if reading.tz_iana and other else reading.offset
        if here is None or there is None or local is None:
            continue
        moment = local + timedelta(minutes=there - here)
        if abs((moment.date() - main.first).days) <= 1:
            reading.first = reading.last = moment.date()
        if moment.hour * 60 + moment.minute != reading.start_minutes % _DAY:
            reading.problems.append("the clocks of two zones do not show the same instant")
            reading.score = min(reading.score, 0.5)
