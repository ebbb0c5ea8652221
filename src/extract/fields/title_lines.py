"""Which line of a document's head is the name of its event."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.fields.event_names import names_event
from extract.fields.layout_lines import Line, is_prose, lines_of
from extract.fields.title_cleaning import OUTER_QUOTES, clean_title, content_words, fold_words, is_section
from extract.fields.title_joining import joined_lines, opens_title
from extract.fields.title_line_kinds import (
    is_address,
    is_bare_place,
    is_body,
    is_field,
    is_kicker,
    is_kind_at_place,
    is_kind_only,
    is_mention,
    is_number_of_news,
    leads_in,
    names_format,
    tells_other,
)
from extract.fields.vocabulary import pattern_of
from extract.found import Found
from extract.when.tokens import CJK
from ingest.document import Document

_HEAD_LINES = 14


_TIME_LINE = re.compile(
    r"^\W{0,3}(?:\d{1,2}\s?(?:[:.h]\s?\d{2}|[ap]\.?m\b)|(?:[01]\d|2[0-3])[0-5]\d\s?[-–]\s?(?:[01]\d|2[0-3])[0-5]\d\b)",
    re.IGNORECASE,
)


_DAY_LINE = re.compile(r"\W{0,3}(?:Day|Jour|Tag|Día|Giorno|Dag) (?:\d|one|two|three|I)", re.IGNORECASE)


_NAVIGATION = re.compile(r"^[«‹<←]|[»›>→]$|(?:\s[|›»>]\s.*){2}|(?:\s[:/]\s[^:/]*){2}|\bmenu\b.*\bmenu\b|\bmenu close\b")


_BARE_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so)\w*\.?,?\s+)?\d{1,2}(?:st|nd|rd|th|\.)?\s+"
    r"(?:jan|feb|fév|mar|mär|apr|avr|may|mai|jun|jui|jul|aug|aoû|sep|oct|okt|nov|dec|déc|dez)\w*\.?",
    re.IGNORECASE,
)


_SUBTITLE = re.compile(r": |\s[–—-]\s")
"""Marks between a name and its subtitle."""


_LONGEST_NAME = 15
_FINITE = re.compile(r"\b(?:has|have|had|is|are|was|were|will|can|must|should|says|said)\b")


_FILE = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|pdf|docx?|pptx?|mp4)$|\blogo$|_\d{3,}|^(?:IMG|DSC)\b", re.IGNORECASE)
"""The name of a picture or a file, as alternative texts give it."""


_LEAST_PROSE = 30
"""Words of running text from which on a name is expected to share one with the page."""


_SERIES = re.compile(r"\b(?:series|no\. ?\d|issue|volume|newsletter|monthly|bulletin)\b", re.IGNORECASE)


def head_lines(document: Document) -> list[Line]:
    """Return the lines above the first paragraph of prose, and the page's own heading wherever it stands near."""
    head: list[Line] = []
    in_head = True
    for line in lines_of(document)[:60]:
        if not line.is_main or pattern_of("title_words", "furniture").match(line.text):
            continue
        is_heading = line.kind == "title" or (in_head and line.kind == "heading" and line.level in (None, 1))
        if in_head and not is_heading and is_prose(line) and not (line.text[0].islower() and not head):
            in_head = False
        if (in_head and len(head) < _HEAD_LINES) or is_heading:
            head.append(line)
    return head


def line_score(working_set: Found, lines: list[Line], at: int) -> float:
    """Return how much a line of the head looks like the event's name; below 0.5 it does not."""
    line = lines[at]
    start, end = clean_title(working_set, line.start, line.end)
    name = working_set.document.text[start:end]
    if not re.search(r"[^\W\d_]{2}", name) or is_section(line.text) or is_section(name) or _TIME_LINE.match(line.text):
        return 0.0
    if tells_other(working_set, line):
        return 0.0
    if is_field(working_set, line) or _DAY_LINE.match(name) or _BARE_DAY.fullmatch(line.text):
        return 0.0
    if _NAVIGATION.search(line.text) or _FILE.search(line.text) or is_number_of_news(name):
        return 0.0
    if is_bare_place(name):
        return 0.0
    whole = joined_lines(working_set, lines, at)
    if whole != (line.start, line.end):
        start, end = whole
        name = working_set.document.text[start:end]
    return (
        1.0
        - 0.1 * at
        + _speaks_for(working_set, lines, at, name)
        - _speaks_against(working_set, lines, at, name, (start, end))
    )


def _names_event(line: Line, name: str) -> bool:
    """Tell whether a name, or what its line says before it ("Seminar “…”"), has a word for an event."""
    return names_event(name) or names_event(line.text.split(name[:20], 1)[0])


def _speaks_for(working_set: Found, lines: list[Line], at: int, name: str) -> float:
    line = lines[at]
    score = 0.7 if _names_event(line, name) else 0.0
    score += {"title": 0.5, "heading": 0.4}.get(line.kind, 0.0)
    before = working_set.document.text[line.start - 1 : line.start]
    is_quoted = line.text[0] in OUTER_QUOTES or before in tuple(OUTER_QUOTES)
    score += 0.8 if is_quoted else 0.0
    score += 0.4 if _SUBTITLE.search(name) else 0.0
    score += 0.6 if _holds_day(working_set, line) else 0.0
    score += 0.4 if fold_words(name) and fold_words(name) in fold_words(working_set.document.title or "") else 0.0
    score += 0.9 if at and leads_in(lines[at - 1].text) else 0.0
    score += 0.7 if at and is_kind_only(lines[at - 1].text) and not is_kind_only(name) else 0.0
    score += 0.5 if at + 1 < len(lines) and is_field(working_set, lines[at + 1]) else 0.0
    score += 0.6 if _is_repeated(lines, at) else 0.0
    score += 0.5 if at + 1 < len(lines) and is_kind_at_place(lines[at + 1].text) else 0.0
    above = next((upper for upper in reversed(lines[:at]) if not is_field(working_set, upper)), None)
    score += 0.7 if above and names_format(above.text) and not names_event(name) else 0.0
    score += 0.6 if above and is_quoted and names_event(above.text) else 0.0
    return score


def _holds_day(working_set: Found, line: Line) -> bool:
    """The event's day stands behind the name on its line."""
    days = (f for f in working_set.dates if f.role == "event" and f.when.precision in ("day", "minute"))
    return any(line.start + 8 < finding.start_char < line.end for finding in days)


def _speaks_against(working_set: Found, lines: list[Line], at: int, name: str, span: tuple[int, int]) -> float:
    line = lines[at]
    words = name.split()
    score = 1.2 if is_prose(line) or len(line.text.split()) > 30 else 0.0
    score += {".": 0.7, "。": 0.7, "!": 0.3}.get(line.text[-1], 0.0)
    score += 0.8 if len(words) < 2 and not CJK.search(name) else 0.0
    opens = line.text[-1] == ":" and not opens_title(working_set, lines, at)
    score += 1.0 if leads_in(line.text) or opens else 0.0
    score += 0.6 if is_kicker(lines, at) else 0.0
    score += 1.5 if is_kind_only(name) else 0.0
    score += 0.9 if is_body(name) and not _names_event(line, name) else 0.0
    score += 1.2 if is_mention(working_set, *span) else 0.0
    score += 0.7 if name[0].islower() else 0.0
    score += 0.7 if at and is_kind_at_place(line.text) else 0.0
    score += 0.5 if names_format(line.text) and at + 1 < len(lines) and not is_prose(lines[at + 1]) else 0.0
    score += 1.2 if len(words) > _LONGEST_NAME and _FINITE.search(name) and "?" not in name else 0.0
    score += 1.0 if len(words) > 12 and re.search(r"[^\W\d_]{3}\.\s+[A-ZÀ-Ý]", name) else 0.0
    score += 1.2 if is_address(line.text) else 0.0
    score += 1.0 if _SERIES.search(name) else 0.0
    score += 0.8 if _ends_with_another(lines, at) else 0.0
    is_unsaid = not _is_repeated(lines, at) and _is_never_said_again(working_set.document, lines, name)
    score += 1.0 if is_unsaid else 0.0
    return score


def _is_repeated(lines: list[Line], at: int) -> bool:
    """Another line of the head ends with these words: the way to a page, then its name."""
    return len(lines[at].text.split()) > 2 and any(
        other != at and line.text.endswith(lines[at].text) for other, line in enumerate(lines)
    )


def _ends_with_another(lines: list[Line], at: int) -> bool:
    """ "HomeNewsHarbour Evening of Light" above "Harbour Evening of Light": the way to a page, then its name."""
    others = (line.text for other, line in enumerate(lines) if other != at and len(line.text.split()) > 2)
    return any(len(other) < len(lines[at].text) and lines[at].text.endswith(other) for other in others)


def _is_never_said_again(document: Document, lines: list[Line], name: str) -> bool:
    """No word of a line comes back below the head: 54 of 59 such lines of 319 labelled pages were no names."""
    body, prose = _body_words(document, frozenset(line.start for line in lines))
    return len(prose) >= _LEAST_PROSE and body.isdisjoint(content_words(name)) and not CJK.search(name)


@lru_cache(maxsize=4)
def _body_words(document: Document, head: frozenset[int]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of all lines but those of the head, which start at `head`, and those of running text."""
    below = [line for line in lines_of(document) if line.is_main and line.start not in head]
    prose = [line for line in below if is_prose(line)]
    body, running = ({word for line in part for word in content_words(line.text)} for part in (below, prose))
    return frozenset(body), frozenset(running)
