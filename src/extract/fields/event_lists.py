"""Pages of several events: a season's programme, a diary, a calendar with many entries; one event for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.tokens import Doc

from extract.fields.attendance import attendance_mode
from extract.fields.event_names import event_type_of
from extract.fields.layout_lines import Line, is_prose, lines_of
from extract.fields.programme_slots import read_slot
from extract.fields.title_cleaning import clean_text, clean_title, is_section, make_title
from extract.fields.vocabulary import pattern_of
from extract.found import Found, found
from extract.records import DateFinding, EventFinding, When
from extract.when.declared import declared_when
from ingest.document import Declared, Document

_LEAST = 2
"""Fewer entries than this are one event."""
_LINES_TO_DATE = 2
"""The day stands at most so many lines below the heading of its entry."""
_OTHER_WORDS = 2
_CALENDARS = frozenset({"json-ld", "microdata", "rdfa", "ics"})


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a list: its heading, the lines below it, its day."""

    heading: Line
    end: int
    finding: DateFinding


def listed_events(doc: Doc, page: EventFinding) -> list[EventFinding]:
    """Return the events of a page that lists several, the first printed first; [] when the page is of one event.

    `page` is the event that the page as a whole was read as: its name becomes that of the series, its place and
    kind hold where an entry says nothing else.
    """
    working_set = found(doc)
    declared = list(_declared_events(working_set.document, page))
    if len(declared) >= _LEAST:
        return declared
    if working_set.doc_type[0] == "report":
        return []
    entries = _entries(working_set)
    if len({entry.finding.when.start_date for entry in entries}) < _LEAST or working_set.programme_items:
        return []
    return [_event(working_set, number, entry, page) for number, entry in enumerate(entries)]


def _declared_events(document: Document, page: EventFinding) -> Iterator[EventFinding]:
    """Read the entries of a calendar file or the Event objects of a page."""
    groups: dict[tuple[str, int], list[Declared]] = {}
    for fact in document.declared:
        if fact.origin in _CALENDARS:
            groups.setdefault((fact.origin, fact.group), []).append(fact)
    seen: set[tuple[str, When]] = set()
    told: dict[str, str] = {}
    for (origin, _), facts in groups.items():
        name = next((clean_text(fact.value) for fact in facts if fact.name.casefold() in ("name", "summary")), None)
        when = declared_when(replace(document, declared=tuple(facts)))
        if not name or told.setdefault(name, origin) != origin:
            continue  # told again in another syntax
        if when and (name, when) not in seen:
            seen.add((name, when))
            yield replace(page, key=f"event:{len(seen) - 1}", name=name, when=when, series_name=page.series_name,
                          event_type=event_type_of(name, ""), mention_ids=())  # fmt: skip


def _entries(working_set: Found) -> list[Entry]:
    """Return the headings of one level below each of which a day of its own stands."""
    lines = [line for line in lines_of(working_set.document) if line.is_main]
    days = [finding for finding in working_set.dates if _is_event_day(finding)]
    found_entries: list[tuple[int, Line, DateFinding]] = []
    for at, line in enumerate(lines):
        if line.kind != "heading" or not _names_entry(working_set, line):
            continue
        for below in lines[at + 1 : at + 1 + _LINES_TO_DATE]:
            day = next((day for day in days if below.start <= day.start_char < below.end), None)
            if day is not None and not is_prose(below) and below.kind not in ("heading", "title"):
                found_entries.append((at, line, day))
                break
    levels = {line.level for _, line, _ in found_entries}
    if len(levels) != 1:
        return []
    ends = [line.start for _, line, _ in found_entries[1:]] + [len(working_set.document.text)]
    return [Entry(line, end, day) for (_, line, day), end in zip(found_entries, ends, strict=True)]


def _is_event_day(finding: DateFinding) -> bool:
    is_day = finding.when.precision in ("day", "minute") and finding.when.start_date is not None
    return is_day and finding.role in ("event", "session", "future_fact")


def _names_entry(working_set: Found, line: Line) -> bool:
    """A heading that may be an event's name: no section, no day, no time, no session of a programme."""
    start, end = clean_title(working_set, line.start, line.end)
    if _is_day(working_set, line):
        return False  # the days of one programme
    is_part = pattern_of("programme_words", "people", "words").match(line.text) is not None
    is_session = pattern_of("event_words", "parts").match(line.text) is not None
    return end - start > 8 and not (is_section(line.text) or is_part or is_session or read_slot(line.text))


def _is_day(working_set: Found, line: Line) -> bool:
    """A heading that is a date but for a word or two ("TUE 23 SEP", "Day 1: 5 May")."""
    rest = line.text
    for finding in working_set.dates:
        if line.start <= finding.start_char and finding.end_char <= line.end:
            rest = rest.replace(finding.text, " ", 1)
    return rest != line.text and sum(word.isalpha() for word in rest.split()) < _OTHER_WORDS


def _event(working_set: Found, number: int, entry: Entry, page: EventFinding) -> EventFinding:
    title = make_title(working_set, entry.heading.start, entry.heading.end, 0.85, "heading")
    text = working_set.document.text[entry.heading.start : entry.end]
    when = entry.finding.when
    if when.tz_iana is None and page.when is not None:
        when = replace(when, tz_iana=page.when.tz_iana)
    own_mode = attendance_mode(text, title=title.text if title else None, has_place=False)
    at_place = "in_person" if page.venue_key else page.attendance_mode
    mode = own_mode if own_mode in ("online", "hybrid") else at_place
    mentions: tuple[str, ...] = ()
    if title and title.start is not None and title.end is not None:
        mentions = (working_set.mention(title.start, title.end, "TITLE", "titles", score=title.score).mention_id,)
    return replace(
        page,
        key=f"event:{number}",
        name=title.text if title else None,
        event_type=event_type_of(title.text if title else None, text),
        when=when,
        attendance_mode=mode,
        venue_key=None if mode == "online" else page.venue_key,
        series_name=page.name,
        mention_ids=mentions,
    )


def entry_spans(events: list[EventFinding], working_set: Found) -> list[tuple[int, int, str]]:
    """Return (start, end, event key) of each listed event's part of the text, from its title on."""
    starts = []
    for event in events:
        mention = next((working_set.mentions[key] for key in event.mention_ids if key in working_set.mentions), None)
        if mention is not None:
            starts.append((mention.start_char, event.key))
    starts.sort()
    ends = [later[0] for _, later in pairwise(starts)] + [len(working_set.document.text)] * bool(starts)
    return [(start, end, key) for (start, key), end in zip(starts, ends, strict=True)]
