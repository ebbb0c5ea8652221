"""Which line of a document's head is the name of its event."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extract.fields.buildings import is_building
from extract.fields.event_names import kind_pattern, names_event
from extract.fields.layout_lines import Line, is_prose, lines_of
from extract.fields.title_cleaning import OUTER_QUOTES, clean_title, fold_words, is_section
from extract.fields.venue_parts import parse_place
from extract.fields.vocabulary import pattern_of, words_of
from extract.found import Found
from ingest.document import Document

_HEAD_LINES = 14


_TIME_LINE = re.compile(r"^\W{0,3}\d{1,2}\s?(?:[:.h]\s?\d{2}|[ap]\.?m\b)", re.IGNORECASE)


_DAY_LINE = re.compile(r"\W{0,3}(?:Day|Jour|Tag|Día|Giorno|Dag) (?:\d|one|two|three|I)", re.IGNORECASE)


_NAVIGATION = re.compile(r"^[«‹<←]|[»›>→]$|(?:\s[|›»>]\s.*){2}|(?:\s[:/]\s[^:/]*){2}|\bmenu\b.*\bmenu\b|\bmenu close\b")


_BARE_DAY = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mer|jeu|ven|sam|dim|mo|di|mi|do|fr|sa|so)\w*\.?,?\s+)?\d{1,2}(?:st|nd|rd|th|\.)?\s+"
    r"(?:jan|feb|fév|mar|mär|apr|avr|may|mai|jun|jui|jul|aug|aoû|sep|oct|okt|nov|dec|déc|dez)\w*\.?",
    re.IGNORECASE,
)


_SERIES = re.compile(r"\b(?:series|no\. ?\d|issue|volume|newsletter|monthly|bulletin)\b", re.IGNORECASE)


_TIME_WORDS = re.compile(
    r"\b(?:from|to|until|at|on|and|de|von|bis|à|h|hrs|hours|uhr|am|pm|a\.m|p\.m|time|local|[A-Z]{2,5}|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[\W\d_]+"
)


def head_lines(document: Document) -> list[Line]:
    """Return the lines above the first paragraph of prose, and the page's own heading wherever it stands near."""
    head: list[Line] = []
    in_head = True
    for line in lines_of(document)[:60]:
        if not line.is_main or pattern_of("title_words", "furniture").match(line.text):
            continue
        is_heading = line.kind == "title" or (in_head and line.kind == "heading" and line.level in (None, 1))
        if in_head and not is_heading and is_prose(line):
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
    if is_field(working_set, line) or _DAY_LINE.match(name) or _BARE_DAY.fullmatch(line.text):
        return 0.0
    if _NAVIGATION.search(line.text) or _is_number_of_news(name):
        return 0.0
    if _is_bare_place(name):
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


def _speaks_for(working_set: Found, lines: list[Line], at: int, name: str) -> float:
    line = lines[at]
    score = 0.7 if names_event(name) else 0.0
    score += {"title": 0.5, "heading": 0.4}.get(line.kind, 0.0)
    score += (
        0.8
        if line.text[0] in OUTER_QUOTES or working_set.document.text[line.start - 1 : line.start] in tuple(OUTER_QUOTES)
        else 0.0
    )
    score += 0.4 if ": " in name else 0.0
    score += 0.4 if fold_words(name) and fold_words(name) in fold_words(working_set.document.title or "") else 0.0
    score += 0.9 if at and _leads_in(lines[at - 1].text) else 0.0
    score += 0.7 if at and is_kind_only(lines[at - 1].text) and not is_kind_only(name) else 0.0
    score += 0.5 if at + 1 < len(lines) and is_field(working_set, lines[at + 1]) else 0.0
    return score


def _speaks_against(working_set: Found, lines: list[Line], at: int, name: str, span: tuple[int, int]) -> float:
    line = lines[at]
    words = name.split()
    score = 1.2 if is_prose(line) or len(line.text.split()) > 30 else 0.0
    score += 0.7 if line.text[-1] in ".。" else 0.0
    score += 0.8 if len(words) < 2 else 0.0
    opens = line.text[-1] == ":" and not _opens_title(working_set, lines, at)
    score += 1.0 if _leads_in(line.text) or opens else 0.0
    score += 0.6 if _is_kicker(lines, at) else 0.0
    score += 1.5 if is_kind_only(name) else 0.0
    score += 0.9 if _is_body(name) and not names_event(name) else 0.0
    score += 1.2 if _is_mention(working_set, *span) else 0.0
    score += 0.7 if line.text[0].islower() else 0.0
    score += 1.0 if len(words) > 12 and re.search(r"[^\W\d_]{3}\.\s+[A-ZÀ-Ý]", name) else 0.0
    score += 1.2 if _is_address(line.text) else 0.0
    score += 1.0 if _SERIES.search(name) else 0.0
    return score


@lru_cache(maxsize=1)
def _kind_words() -> frozenset[str]:
    return frozenset(words_of("title_words", "kind_words"))


def is_kind_only(name: str) -> bool:
    """ "COLLOQUE INTERNATIONAL", "Public Hearing": what kind of event it is, the name stands below."""
    words = fold_words(kind_pattern().sub(" ", name)).split()
    return bool(name.split()) and all(word in _kind_words() or word[0].isdigit() for word in words)


def _is_body(name: str) -> bool:
    """A line that reads like an institution: "European Parliament", "Department of War Studies"."""
    name = re.sub(r"\s*\([^)]*\)$", "", name) or name
    words = name.replace(",", " ").split()
    heads = pattern_of("title_words", "bodies")
    parent = re.split(r"\s[-–—|]\s|,\s", name)[0].split()
    governing = [word for word, after in pairwise(words) if after in ("on", "for", "sur", "für", "sobre", "su")]
    is_head = any(heads.fullmatch(word) for word in (words[0], words[-1], parent[-1], *governing))
    return is_head and ":" not in name and len(words) <= 22


def _is_address(line: str) -> bool:
    """A line that is all place: a building with its city or street."""
    place = parse_place(line, 0, len(line))
    has_city = place.city_start is not None and place.city_start > 0
    return is_building(line) and (has_city or place.has_street) and not names_event(line)


def _is_number_of_news(name: str) -> bool:
    """ "Press Release No. 44", "Pressemitteilung Nr. 44 vom": a kind of news and its number."""
    kind = pattern_of("title_words", "news_kinds").match(name)
    return kind is not None and not re.search(r"[^\W\d_]{4,}", name[kind.end() :])


def _is_bare_place(name: str) -> bool:
    """A line that is a city and its country, nothing else."""
    place = parse_place(name, 0, len(name))
    return place.city_start is not None and not place.has_name and len(name.split()) <= 6


def _leads_in(text: str) -> bool:
    """ "The Office presents an International Conference on:" announces the line below."""
    return (
        bool(kind_pattern().search(text))
        and bool(re.search(r"(?:\bon|\bon the topic of|:)\s*:?\s*$", text))
        and len(text.split()) > 3
    )


def is_field(working_set: Found, line: Line) -> bool:
    """A line that is all date, or that another field's label opens."""
    text = working_set.document.text
    if pattern_of("venue_words", "labels").match(line.text) and re.match(r"[^:\n]{2,30}:", line.text):
        return True
    if pattern_of("programme_words", "people", "words").match(line.text) and ":" in line.text[:40]:
        return True
    if pattern_of("title_words", "cuts").match(text, line.start, line.end):
        return True
    label = pattern_of("title_words", "other_labels").match(line.text)
    if label and line.text[label.end() :].lstrip(" *_")[:1] in (":", "："):
        return True
    return len(_TIME_WORDS.sub(" ", _without_dates(working_set, line)).split()) < 2 and any(
        line.start <= finding.start_char < line.end for finding in working_set.dates
    )


def _without_dates(working_set: Found, line: Line) -> str:
    text, position, kept = working_set.document.text, line.start, []
    for finding in working_set.dates:
        if line.start <= finding.start_char < line.end and finding.start_char >= position:
            kept.append(text[position : finding.start_char])
            position = min(finding.end_char, line.end)
    return " ".join([*kept, text[position : line.end]])


def _is_kicker(lines: list[Line], at: int) -> bool:
    """A short line in capitals above a longer one that is not: a rubric, not the name."""
    text = lines[at].text
    letters = [char for char in text if char.isalpha()]
    if not letters or sum(map(str.isupper, letters)) < 0.75 * len(letters) or at + 1 >= len(lines):
        return False
    following = lines[at + 1].text
    return len(following.split()) > len(text.split()) and not following.isupper() and not is_prose(lines[at + 1])


def _is_mention(working_set: Found, start: int, end: int) -> bool:
    """The whole line is an organisation, a person or a place."""
    return any(
        mention.label in ("ORG", "PERSON", "PLACE") and mention.start_char <= start + 4 and mention.end_char >= end - 1
        for mention in working_set.mentions.values()
    )


def joined_lines(working_set: Found, lines: list[Line], at: int) -> tuple[int, int]:
    """Join a name printed over several short lines ("NATO-JAPAN" above "Defense Industrial Cooperation")."""
    first = last = at
    while first > 0 and _continues(working_set, lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _continues(working_set, lines[last], lines[last + 1]):
        last += 1
    if _is_body(lines[last].text) and _ends_with_kind(working_set, lines, last + 1):
        last += 1
    elif first and _is_body(lines[first - 1].text) and _ends_with_kind(working_set, lines, first):
        first -= 1
    elif _opens_title(working_set, lines, last):
        last += 1
    elif first and _opens_title(working_set, lines, first - 1):
        first -= 1
    if lines[first].text[0] in '“„«"' and first == last:
        last = _closing_line(lines, first)
    return lines[first].start, lines[last].end


def _ends_with_kind(working_set: Found, lines: list[Line], at: int) -> bool:
    """ "Working Group on Ports" above "14th meeting": together the name, when no other name stands below."""
    if at >= len(lines):
        return False
    start, end = clean_title(working_set, lines[at].start, lines[at].end)
    kind = working_set.document.text[start:end]
    if not is_kind_only(kind) or len(kind.split()) > 6:
        return False
    if any(char.isdigit() for char in kind.split()[0]):
        return True
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or is_prose(below) or is_section(below.text) or is_field(working_set, below):
        return True
    place = parse_place(below.text, 0, len(below.text))
    return place.city_start is not None and len(below.text.split()) <= 6


def _opens_title(working_set: Found, lines: list[Line], at: int) -> bool:
    """ "War and Trade:" above "Ports in the Storm": a colon at the end of a line that is no label goes on below."""
    if at + 1 >= len(lines) or not lines[at].text.endswith(":") or _leads_in(lines[at].text):
        return False
    bare = lines[at].text.rstrip(": ")
    labels = (pattern_of("title_words", "other_labels"), pattern_of("title_words", "labels"),
              pattern_of("venue_words", "labels"), pattern_of("programme_words", "people", "words"))  # fmt: skip
    lower = lines[at + 1]
    is_label = len(bare.split()) < 2 or is_section(bare) or any(label.search(bare) for label in labels)
    is_other = lower.kind in ("list_item", "table_row") or _is_mention(working_set, lower.start, lower.end)
    return not (is_label or is_other or is_prose(lower) or is_section(lower.text) or is_field(working_set, lower))


def _closing_line(lines: list[Line], at: int) -> int:
    """Return the line that closes the quotation which a line opens, the line itself when none near does."""
    if any(quote in lines[at].text[1:] for quote in '”“»"'):
        return at
    for index in range(at + 1, min(at + 4, len(lines))):
        if lines[index].text.rstrip(" .")[-1:] in tuple('”“»"'):
            return index
    return at


def _continues(working_set: Found, upper: Line, lower: Line) -> bool:
    """Tell whether two neighbouring short lines are one name."""
    short = len(upper.text.split()) <= 3 and len(lower.text.split()) <= 6
    between = working_set.document.text[upper.end : lower.start]
    plain = all(
        not is_section(line.text) and not is_field(working_set, line) and line.text[-1] not in ".:;!?"
        and not line.text[0].isdigit() and line.kind not in ("list_item", "table_row")
        for line in (upper, lower)
    )  # fmt: skip
    capital = not any(char.islower() for char in upper.text) or "-" in upper.text
    return (
        short
        and plain
        and capital
        and not between.strip(" \n\t#*-")
        and not _is_mention(working_set, lower.start, lower.end)
    )
