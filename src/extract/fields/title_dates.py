"""Days and cities printed around an event's name in a headline."""

from __future__ import annotations

import re

from extract.fields.venue_cities import as_city
from extract.found import Found

DATE_TAIL = re.compile(
    r"[\s,(–—-]*(?:on )?(?:\w{3,10}day,? )?(?:(?:\d{1,2}(?:st|nd|rd|th)? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"  # noqa: E501
    r"[a-z]{0,6}\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? \d{4}|, ?(?:19|20)\d\d)\)?\s*$"
)


_BEFORE_DAY = 25
"""Characters of a mode or city before the day that opens a headline."""
_ONLINE = re.compile(r"online|webinar|virtual|zoom|hybrid|en ligne|en línea|オンライン", re.IGNORECASE)
_SEPARATORS = " \t\n-–—:|,;("


_AFTER_DAY = re.compile(r"\s*[:|–—·,-]\s*|\t")
_AFTER_HOUR = re.compile(r"\s*[:|–—·,-]?\s*(?=[^\W\d_])")
"""Behind the hours that open a headline the name may follow without a mark."""
_PAGE_DATE = re.compile(r"(?:date|datum|fecha|data)\s+(?:19|20)\d\d-\d\d-\d\d\s+(?=\S)", re.IGNORECASE)


def after_date(working_set: Found, start: int, end: int) -> int:
    """Skip a day printed before the name, with what tells the place: "7 March 2018: …", "Online, 7 March: …"."""
    text = working_set.document.text
    if page_date := _PAGE_DATE.match(text, start, end):
        return page_date.end()
    for finding in working_set.dates:
        is_day = finding.end_char < end and finding.when.precision in ("day", "minute")
        if is_day and start <= finding.start_char <= start + _BEFORE_DAY:
            is_run_on = finding.when.precision == "minute" and finding.start_char == start
            after = (_AFTER_HOUR if is_run_on else _AFTER_DAY).match(text, finding.end_char, end)
            before = text[start : finding.start_char].strip(" ,([|")
            is_place = len(before) < 2 or _ONLINE.fullmatch(before) or as_city(before) is not None
            return after.end() if after and is_place else start
    return start


def without_date(working_set: Found, start: int, end: int) -> int:
    """Cut a day printed after the name, and a year after a comma."""
    text = working_set.document.text
    for finding in working_set.dates:
        is_day = start < finding.start_char < end and finding.when.precision in ("day", "minute")
        if is_day and (end <= finding.end_char + 2 or _is_place_after(text[finding.end_char : end])):
            end = finding.start_char
            while end > start and text[end - 1] in _SEPARATORS:
                end -= 1
            if text[start:end].endswith(" on"):
                end -= 3
            return end
    if tail := DATE_TAIL.search(text[start:end]):
        return start + tail.start() if tail.start() else end
    return end


def _is_place_after(rest: str) -> bool:
    """Tell whether what follows a day is only its city: "…, 25 May 2031, Oslo"."""
    return rest.lstrip()[:1] in tuple(",|–-(") and as_city(rest.strip(" ,|–-()")) is not None
