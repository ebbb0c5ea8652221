"""The day of writing among the lone dates of a page: press pages print it where others print the event's."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from datetime import date

from extract.when.calendar_dates import nearest_day
from extract.when.phrases import DatePhrase
from extract.when.readings import Context, Reading
from extract.when.roles import HEAD, is_stamp, labels_of

_LONGEST_WAIT = 180
"""Days between an event and the day on which its announcement or report was written."""
_JUST_PAST = 7
"""Days within which a ministry's page follows the meeting that it tells of."""
_LATELY = re.compile(
    r"\b(?:held|met|hosted|convened|organi[sz]ed)\b[^.!?\n]{0,120}\b(?:last|earlier this|this past) week\b"
)
"""A page that tells what was held a week before it is dated by the day of writing."""
_NEXT_DAYS = 3
"""So few days later a programme goes on; it is no other day of the event."""


def demote_headers(readings: Sequence[Reading], text: str, context: Context) -> None:
    """Take lone date lines for the day of writing where a sentence of a report tells the event's own day.

    So do datelines at the very end ("Mons, 10 April 2024"), whatever the document, when another date is the event's.
    """
    told = next((r for r in readings if r.is_told and r.role == "event"), None)
    days = sum(r.phrase is not None and r.phrase.precision == "day" and not r.phrase.relative for r in readings)
    text_end = len(text.rstrip())
    for reading in readings:
        is_lone = reading.is_header and not reading.label and reading.clock is None and reading.role == "event"
        if not is_lone or reading.first is None or reading.first != reading.last or reading.phrase is None:
            continue
        is_last = reading.line[1] >= text_end and reading.line[0] > 0 and days > 1
        is_later = told is not None and (told.first is None or reading.first > told.first)
        is_report = context.doc_type == "report"
        if (is_last and (is_later or (told is None and is_report))) or (is_report and is_later):
            reading.role = "publication"
    _demote_page_date(readings, text, context)


def _demote_page_date(readings: Sequence[Reading], text: str, context: Context) -> None:
    """Take the page's first lone date for the day of writing where the head tells another day as that of the event.

    The event comes later than its announcement and earlier than its report; a programme's next days, and a day that
    stands with its weekday, are the event's.
    """
    days = [r for r in readings if r.phrase is not None and r.phrase.precision == "day" and _is_calendar_day(r.phrase)]
    page = next((r for r in days if r.is_alone and r.start < HEAD), None)
    if page is None or page.phrase is None or page.first is None or page.first != page.last or page.label:
        return
    if page.role != "event" or (page.clock and not is_stamp(page)):
        return
    others = [r for r in days if r is not page and r.start < 2 * HEAD and r.role in ("event", "other")]
    others = [r for r in others if not r.is_attribute]
    if any(r.is_told and r.first and r.last and r.first < page.first <= r.last for r in others):
        page.role = "publication"  # "12 November" above "held on 11-12 November"
        return
    if context.doc_type == "report" and _LATELY.search(text, 0, 2 * HEAD):
        page.role = "publication"
        return
    if any(_days_after(page.first, r) == 0 and _tells_day(r) for r in others):
        return
    if page.phrase.first.weekday is not None:
        others = [r for r in others if r.is_told and r.phrase and r.phrase.last]  # only a told span is surer than that
    is_report = context.doc_type == "report"
    is_told_beside = any(_tells_day(r) and _is_beside(page.first, r, is_report=is_report) for r in others)
    is_told_beside = is_told_beside or (len(others) == 1 and _tells_yesterday(page.first, others[0]))
    if is_told_beside or (not is_report and any(_is_just_past(page.first, r) for r in others)):
        page.role = "publication"


def _is_calendar_day(phrase: DatePhrase) -> bool:
    """Return whether a date names a day of a month, the month written or not."""
    return phrase.relative is None or phrase.relative[0] == "day_near"


def _tells_day(reading: Reading) -> bool:
    """Return whether a date says more than a day: a span, a weekday, hours, or words for an event beside it."""
    phrase = reading.phrase
    has_more = phrase is not None and (phrase.last is not None or phrase.first.weekday is not None)
    return has_more or reading.clock is not None or reading.is_told


def _is_just_past(written: date, reading: Reading) -> bool:
    """Return whether a sentence opens with a weekday shortly before the page's date: "On Thursday, 5 May, … met"."""
    after = _days_after(written, reading)
    is_named = reading.phrase is not None and reading.phrase.first.weekday is not None
    return after is not None and is_named and reading.opens_sentence and -_JUST_PAST <= after < 0


def _tells_yesterday(written: date, reading: Reading) -> bool:
    """Return whether the only other day of a page, its year written, lies right before the page's own."""
    after = _days_after(written, reading)
    return after is not None and reading.method == "explicit" and not reading.label and -_NEXT_DAYS <= after < 0


def _is_beside(written: date, reading: Reading, *, is_report: bool) -> bool:
    after = _days_after(written, reading)
    if after is None:
        return False
    least = _NEXT_DAYS if reading.is_header or (reading.clock and not reading.is_told) else 0
    return -_LONGEST_WAIT <= after < 0 if is_report else least < after <= _LONGEST_WAIT


def _days_after(day: date, reading: Reading) -> int | None:
    """Return how many days after a day a date lies; one without a year is taken to lie nearest to it."""
    phrase = reading.phrase
    if reading.first is not None:
        return (reading.first - day).days
    if phrase is None or phrase.first.day is None:
        return None
    if phrase.first.month is None:
        near = nearest_day(phrase.first, day)
        return (near[0] - day).days if near else None
    found = []
    for year in (day.year - 1, day.year, day.year + 1):
        with contextlib.suppress(ValueError):  # 29 February, 31 June
            found.append((date(year, phrase.first.month, phrase.first.day) - day).days)
    return min(found, key=abs, default=None)


def join_publication(readings: Sequence[Reading], published: date | None) -> None:
    """Take a lone date line that repeats the day of writing for that, when the text tells another day of the event."""
    if published is None:
        return
    candidates = (r for r in readings if r.role in ("event", "other") and r.phrase and r.phrase.precision == "day")
    if not any(reading.first != published for reading in candidates):
        return
    for reading in readings:
        is_lone = reading.is_header and reading.clock is None and reading.role == "event"
        if is_lone and reading.label not in labels_of("event") and reading.first == published:
            reading.role = "publication"
