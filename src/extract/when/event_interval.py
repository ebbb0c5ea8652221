"""The event's own date and time among all that a document states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from extract.records import DateFinding, When
from extract.vocabularies import read_toml
from extract.when.declared_checks import choose_declared, declared_at
from extract.when.readings import Context, Reading
from extract.when.surroundings import locate
from extract.when.zones import offset_minutes, to_utc
from ingest.document import Document

_NEIGHBOUR_DAYS = 3
"""Days of one event lie this close together in its programme; further ones are another event of the page."""
_LONGEST_EVENT = timedelta(days=10)
_RECALLED = timedelta(days=30)
_LIST_GAP = 8
"""Characters between two dates of one list (", and ")."""
_SERIES_GAP = 400
"""Characters between the days of a series, title and speakers of one meeting included."""
_FEWEST_MEETINGS = 3
_SURE = 0.5
_HEAD = 1500
"""Characters from the start within which an event's own date is expected."""


def promote_first_date(readings: Sequence[Reading]) -> None:
    """Where no date is said to be the event's, take the first full date of the opening as it.

    Press pages and reports name the day once, in the first sentence, without a word of ours beside it.
    """
    for reading in readings:
        if reading.role == "event" and reading.has_day and reading.phrase:
            return
        if _may_be_event(reading):
            if any(r.role == "event" and r.has_day and r.phrase and r.method != "relative" for r in readings):
                return
            chosen = next((r for r in readings if _may_be_event(r) and _recalls(reading, r)), reading)
            chosen.role, chosen.score = "event", min(chosen.score, 0.7)
            return


def _may_be_event(reading: Reading) -> bool:
    is_plain = reading.phrase is not None and not reading.is_attribute and reading.score >= _SURE
    is_week = reading.method == "relative" and reading.first != reading.last  # "last week" is no interval of it
    return is_plain and not is_week and reading.start < _HEAD and reading.has_day and reading.role == "other"


def _recalls(reading: Reading, other: Reading) -> bool:
    """Return whether a text opens with what happened long before the day that it names with its weekday."""
    if other.phrase is None or other.phrase.first.weekday is None or not (reading.first and other.first):
        return False
    is_dated = other.phrase.first.day is not None
    return is_dated and reading.first == reading.last and other.first - reading.first > _RECALLED


def main_reading(readings: Sequence[Reading], context: Context) -> Reading | None:
    """Choose the reading that best states the event: by its surroundings, then the earliest in the text."""
    best: tuple[float, Reading] | None = None
    for reading in readings:
        if not reading.has_day or reading.role != "event" or reading.alternative_of or reading.phrase is None:
            continue
        weight = _weight(reading, context)
        if best is None or weight > best[0]:
            best = weight, reading
    return best[1] if best else None


def main_days(readings: Sequence[Reading], context: Context) -> list[date]:
    """Return the first and last day of the event the document is about, [] when it states none."""
    chosen = main_reading(readings, context)
    if chosen is None or chosen.first is None:
        return [min(context.event_dates), max(context.event_dates)] if context.event_dates else []
    first, last = chosen.first, chosen.last or chosen.first
    spans = [r.last for r in readings if r.first == first and r.last and _is_span(r)]
    last = max([last, *spans]) if first == last else last
    for other in sorted((r for r in readings if _is_day_heading(r)), key=lambda r: r.first or first):
        if other.first and other.last and timedelta(0) <= other.first - last <= timedelta(days=_NEIGHBOUR_DAYS):
            last = max(last, other.last)
    return [first, last]


def _is_span(reading: Reading) -> bool:
    """Return whether a reading tells the few days of an event, elsewhere than its programme ("on 8–9 July")."""
    if not (reading.has_day and reading.first and reading.last) or reading.is_attribute:
        return False
    return reading.role in ("event", "other") and timedelta(0) < reading.last - reading.first <= _LONGEST_EVENT


def _is_day_heading(reading: Reading) -> bool:
    return reading.has_day and reading.role in ("event", "session") and (reading.is_header or reading.clock is not None)


def _weight(reading: Reading, context: Context) -> float:
    is_header = reading.is_told if reading.label else reading.is_alone
    weight = (
        2.0 * is_header
        + 1.0 * reading.is_told
        + 1.0 * (reading.clock is not None)
        + 0.5 * (bool(reading.label) and reading.is_told)
    )
    weight += 0.5 * (reading.last != reading.first) - 0.5 * (reading.method == "inherited_year")
    weight += 1.0 * (reading.start < _HEAD) + 2.0 * (reading.first in context.event_dates)
    weight -= 2.0 * (reading.method == "relative") + 1.0 * bool(reading.problems)
    return weight - reading.start / 20_000


def event_when(dates: Sequence[DateFinding], document: Document, *, venue_tz: str | None = None) -> When | None:
    """Return when the event of a document takes place, None when no day is stated.

    `dates` are the document's findings in text order.  Multi-day events run from the first to the last programme
    day.  Times: those stated with the event, else from the first item that is no registration to the last item.
    A clock in the venue's zone (`venue_tz`) goes before the same instant in another.
    """
    events = [d for d in dates if d.role == "event" and d.when.start_date]
    main = max(events, key=lambda d: d.score, default=None)
    readings = declared_at(document, venue_tz)
    if main is None or main.when.start_date is None:
        return _in_venue_zone(choose_declared(readings), venue_tz)
    series = _series(events, main)
    main = series[0] if series else main
    first = main.when.start_date or date.min
    timed = [d for d in dates if d.role in ("event", "session") and d.when.start_local]
    last = _last_day(main, _spans(events, first), [*_day_headings(events, document.text), *timed])
    start = _start(timed, document.text, first, venue_tz or _home_zone(timed, document.language))
    zone = start.when.tz_iana if start else None
    last = max([last, *(d.when.start_date for d in series if d.when.start_date)])
    same_zone = [d for d in timed if d.when.tz_iana == zone]
    end = _end(same_zone, document.text, last, start.when.start_local if start else None)
    if start is None and first == last:
        end = None
    declared = choose_declared(readings, first) if start is None else None
    if declared and declared.start_local:
        return _in_venue_zone(declared, venue_tz)
    source = start or main
    zone = _venue_zone(source.when, venue_tz)
    return When(
        start_date=first,
        end_date=end.date() if end and end.date() > last and end.hour else last,
        start_local=start.when.start_local if start else None,
        end_local=end,
        tz_iana=zone,
        utc_offset_minutes=source.when.utc_offset_minutes,
        precision="minute" if start else main.when.precision,
        method=main.when.method,
    )


def _series(events: Sequence[DateFinding], main: DateFinding) -> list[DateFinding]:
    """Return the meetings of a series: days listed close together, all at the hour of the main one."""
    hour = main.when.start_local and main.when.start_local.time()
    run: list[DateFinding] = []
    for finding in events:
        start = finding.when.start_local
        if start is None or start.time() != hour or finding.when.tz_iana != main.when.tz_iana:
            continue
        if run and finding.start_char - run[-1].end_char > _SERIES_GAP:
            if main in run:
                break
            run = []
        run.append(finding)
    days = [d.when.start_date for d in run if d.when.start_date]
    is_series = main in run and len(set(days)) >= _FEWEST_MEETINGS and days == sorted(days)
    return run if is_series else []


def _home_zone(timed: Sequence[DateFinding], language: str | None) -> str | None:
    """Return the zone of the readers' country where the same hours are printed for several: Berlin's in German."""
    zones = read_toml("zones")["languages"].get(language or "", ())
    printed = {finding.when.tz_iana for finding in timed}
    return next((zone for zone in zones if zone in printed), None)


def _spans(events: Sequence[DateFinding], first: date) -> list[DateFinding]:
    """Return what tells the further days of an event that begins on a day: "8–9 July", the second of "8 and 9 July"."""
    made = [d for d in events if d.when.start_date == first and d.when.end_date != first]
    for one, other in pairwise(events):
        if one.when.start_date == first and 0 <= other.start_char - one.end_char < _LIST_GAP:
            made.append(other)
    return made


def _last_day(main: DateFinding, spans: Sequence[DateFinding], days: Sequence[DateFinding]) -> date:
    """Return the last day of the event that `main` opens: programme days that follow closely belong to it."""
    first = main.when.start_date or date.min
    last = main.when.end_date or first
    programme = {d.when.start_date for d in days if d.when.start_local}
    is_whole = main.when.start_local is not None and main.when.end_local is not None
    for finding in sorted([*spans, *days], key=lambda d: d.when.start_date or first):
        start, end = finding.when.start_date, finding.when.end_date
        same_clock = finding.when.tz_iana in (None, main.when.tz_iana) or main.when.tz_iana is None
        if is_whole and start not in programme and finding not in spans:
            continue  # both hours are stated: another day's date without a time is no further day of it
        if start and end and same_clock and timedelta(0) <= start - last <= timedelta(days=_NEIGHBOUR_DAYS):
            last = max(last, end if finding.role == "event" else start)
    return last


def _day_headings(events: Sequence[DateFinding], text: str) -> list[DateFinding]:
    """Return the event's dates that stand alone on a line, and those tied to one by "and" or a comma."""
    places = [Reading(d.start_char, d.end_char) for d in events]
    locate(places, text)
    made: list[DateFinding] = []
    for number, (finding, place) in enumerate(zip(events, places, strict=True)):
        is_listed = number > 0 and finding.start_char - events[number - 1].end_char < _LIST_GAP
        if place.is_header or is_listed:
            made.append(finding)
    return made


def _ends(findings: Sequence[DateFinding], text: str) -> list[DateFinding]:
    """Return the findings that state an end: "Ends: 5 March, 20:00", "the meeting closed at 11:40"."""
    places = [Reading(d.start_char, d.end_char) for d in findings]
    locate(places, text)
    made = []
    for finding, place in zip(findings, places, strict=True):
        before = text[max(0, finding.start_char - 30) : finding.start_char].lower().rstrip()
        if place.label in _words("end_labels") or before.endswith(_words("end_phrases")):
            made.append(finding)
    return made


def _start(timed: Sequence[DateFinding], text: str, first: date, venue_tz: str | None) -> DateFinding | None:
    """Return the finding that states the start: with the event, else the first programme item proper."""
    that_day = [d for d in timed if d.when.start_local and d.when.start_local.date() == first]
    if venue_tz:
        that_day = [d for d in that_day if d.when.tz_iana == venue_tz] or that_day
    stated = [d for d in that_day if d.role == "event"]
    ends = _ends(stated, text)
    stated = [d for d in stated if d not in ends]
    stated = [d for d in stated if not _is_arrival(text, d)] or stated
    items = [d for d in that_day if not _begins(text, d, "words") and not _is_arrival(text, d)] or that_day
    items = [d for d in items if d not in ends]
    pool = stated or sorted(items, key=lambda d: d.when.start_local or datetime.max)
    return pool[0] if pool else None


def _end(timed: Sequence[DateFinding], text: str, last: date, start: datetime | None) -> datetime | None:
    """Return the stated end, else the end of the last programme item unless that is a pause."""
    events = [d for d in timed if d.role == "event"]
    ends = {d.when.end_local for d in events}
    proper = [d for d in events if d.when.start_local in ends or not _begins(text, d, "socials")] or events
    stated = [end for d in proper if (end := d.when.end_local) and last <= end.date() <= last + timedelta(days=1)]
    stated += [d.when.start_local for d in _ends(events, text) if d.when.start_local]
    if stated:
        return max(stated)
    on_last = [d for d in timed if d.when.start_local and d.when.start_local.date() == last]
    items = [d for d in on_last if d.role == "session"]
    ends = {d.when.end_local for d in items}
    items = [d for d in items if d.when.start_local in ends or not _begins(text, d, "socials")] or items
    if not items or start is None:
        return None
    final = max(items, key=lambda d: (d.when.start_local or datetime.min, d.start_char))
    longest = max((d.when.end_local for d in items if d.when.end_local), default=None)
    if longest and longest > (final.when.end_local or final.when.start_local or longest):
        return longest  # a span that holds the items below it ("14:00 to 17:00, with a break")
    is_close = _holds_closing(text, final)
    if _begins(text, final, "pauses") and not is_close:
        return None
    if final.when.end_local:
        return final.when.end_local
    return final.when.start_local if is_close else None


@lru_cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(read_toml("arrival_words")[kind])


def _begins(text: str, finding: DateFinding, kind: str) -> bool:
    """Return whether the item after a programme time begins with a word of arrival, pause or closing."""
    after = text[finding.end_char : finding.end_char + 80].lower().lstrip(" \t\n:–—-|.•*")
    return any(after.startswith(word) and not after[len(word) : len(word) + 1].isalpha() for word in _words(kind))


def _is_arrival(text: str, finding: DateFinding) -> bool:
    """Return whether a word of arrival stands before a time on its line ("Registration from 9:30")."""
    before = text[max(0, finding.start_char - 40) : finding.start_char].rsplit("\n", 1)[-1].lower()
    before = (
        before.rstrip(" \t:–—-(").removesuffix(" from").removesuffix(" at").removesuffix(" ab").removesuffix(" opens")
    )
    return before.endswith(_words("words"))


def _holds_closing(text: str, finding: DateFinding) -> bool:
    """Return whether the item after a programme time says the end: "Closing remarks", "Lunch and close"."""
    if _begins(text, finding, "closings"):
        return True
    line = text[finding.end_char : finding.end_char + 60].lstrip(" \t\n:–—-|.•*").split("\n", 1)[0].lower()
    return any(line.rstrip(" .").endswith(words) for words in _words("last_words"))


def _venue_zone(when: When, venue_tz: str | None) -> str | None:
    """Return the venue's zone where the text states none or the same instant, else the stated one."""
    stated, local = when.tz_iana, when.start_local
    if venue_tz is None or stated is None or local is None:
        return stated or venue_tz
    if stated.startswith("Etc/GMT") and _offset_in_january(venue_tz, local) == offset_minutes(stated, local):
        return venue_tz  # a fixed offset that forgets the summer: the wall time is what people see
    return venue_tz if to_utc(local, stated) == to_utc(local, venue_tz) else stated


def _in_venue_zone(when: When | None, venue_tz: str | None) -> When | None:
    return replace(when, tz_iana=_venue_zone(when, venue_tz)) if when else None


def _offset_in_january(tz_iana: str, local: datetime) -> int | None:
    return offset_minutes(tz_iana, local.replace(month=1, day=15))
