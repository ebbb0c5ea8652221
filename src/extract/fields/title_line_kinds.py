"""What a line of a document's head is: a kind of event, a body, a place, a field, news, a rubric."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from extract.fields.buildings import is_building
from extract.fields.event_names import event_type_of, kind_pattern, names_event
from extract.fields.layout_lines import Line, is_prose
from extract.fields.title_cleaning import fold_words
from extract.fields.venue_parts import parse_place
from extract.fields.vocabulary import pattern_of, words_of
from extract.found import Found

_HONORIFIC = 16
"""Characters before a person that titles and ranks fill ("Prof. Dr. Dr. ")."""
_TIME_WORDS = re.compile(
    r"\b(?:from|to|until|at|on|and|de|von|bis|à|h|hrs|hours|uhr|am|pm|a\.m|p\.m|time|local|[A-Z]{2,5}|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[\W\d_]+"
)


_FORMATS = frozenset(["webinar", "seminar", "lecture", "panel", "workshop"])


def names_format(text: str) -> bool:
    """ "Harbour Club/Tide Centre Webinar": who invites to what kind of event; its subject stands below."""
    words = text.split()
    if not 1 < len(words) <= 7:
        return False
    kind = next((match for match in kind_pattern().finditer(text) if match.end() == len(text)), None)
    return kind is not None and event_type_of(kind[0], "") in _FORMATS and not _has_number(words)


def _has_number(words: list[str]) -> bool:
    """ "14th Harbour Seminar", "Tide Seminar 2031" are names of their own."""
    return any(word[0].isdigit() for word in words)


def is_kind_at_place(text: str) -> bool:
    """ "Panel discussion at the Maritime Academy in Oslo": what it is and where, below its name."""
    kind = kind_pattern().match(text)
    return (
        kind is not None
        and re.match(r"\s(?:at|in|im|am|an der|à|au|en|al?|in der|presso)\s", text[kind.end() :]) is not None
    )


@lru_cache(maxsize=1)
def _kind_words() -> frozenset[str]:
    return frozenset(words_of("title_words", "kind_words"))


def is_kind_only(name: str) -> bool:
    """ "COLLOQUE INTERNATIONAL", "Public Hearing": what kind of event it is, the name stands below."""
    words = fold_words(kind_pattern().sub(" ", name)).split()
    return bool(name.split()) and all(word in _kind_words() or word[0].isdigit() for word in words)


def is_body(name: str) -> bool:
    """A line that reads like an institution: "European Parliament", "Department of War Studies"."""
    name = re.sub(r"\s*\([^)]*\)$", "", name) or name
    words = name.replace(",", " ").split()
    if not words:
        return False
    heads = pattern_of("title_words", "bodies")
    parent = re.split(r"\s[-–—|]\s|,\s", name)[0].split() or words
    governing = [word for word, after in pairwise(words) if after in ("on", "for", "sur", "für", "sobre", "su")]
    is_head = any(heads.fullmatch(word) for word in (words[0], words[-1], parent[-1], *governing))
    return is_head and ":" not in name and len(words) <= 22


def is_address(line: str) -> bool:
    """A line that is all place: a building with its city or street."""
    place = parse_place(line, 0, len(line))
    has_city = place.city_start is not None and place.city_start > 0
    return is_building(line) and (has_city or place.has_street) and not names_event(line)


def is_number_of_news(name: str) -> bool:
    """ "Press Release No. 44", "Pressemitteilung Nr. 44 vom": a kind of news and its number."""
    kind = pattern_of("title_words", "news_kinds").match(name)
    return kind is not None and not re.search(r"[^\W\d_]{4,}", name[kind.end() :])


def is_bare_place(name: str) -> bool:
    """A line that is a city and its country, nothing else."""
    place = parse_place(name, 0, len(name))
    return place.city_start is not None and not place.has_name and len(name.split()) <= 6


def leads_in(text: str) -> bool:
    """ "The Office presents an International Conference on:" announces the line below."""
    return (
        bool(kind_pattern().search(text))
        and bool(re.search(r"(?:\bon|\bon the topic of|:)\s*:?\s*$", text))
        and len(text.split()) > 2
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


_PLACE_OR_HOUR = re.compile(
    r"[\s,|–—-]+(?:(?:at|in|à|au|aux|en|im|am|an der|in der|nel|nella|presso|bij|te)\s+(?:(?:the|la)\s)?[A-Z]|"
    r"\d{1,2}\s?[:.h]\s?\d{2}\b)"
)


_HOUR = re.compile(r"\d{1,2}\s?[:.h]\s?\d{2}\b")
_BETWEEN = 3
"""Characters between a day and its hours, or between hours."""
_WHEN_AND_WHERE = 4
"""Words behind a day and its hours beyond which a line says more than when and where."""
_ASIDE = re.compile(r"\([^()]*\)")


def tells_other(working_set: Found, line: Line) -> bool:
    """A line all in brackets ("(Unofficial translation)"), one that says when and where, one that presents someone."""
    is_aside = _ASIDE.fullmatch(line.text) is not None
    return is_aside or _opens_with_day(working_set, line) or _presents_person(working_set, line)


def _opens_with_day(working_set: Found, line: Line) -> bool:
    """ "23 May 2031 at the Tide House", "3 June, 10:00 – 11:00 Oslo": the line says when and where."""
    text = working_set.document.text
    inside = [finding for finding in working_set.dates if line.start <= finding.start_char < line.end]
    if not inside or inside[0].start_char > line.start + 2 or names_event(line.text):
        return False
    day, *more = inside
    stop = day.end_char
    for later in more:
        stop = later.end_char if later.start_char <= stop + _BETWEEN else stop
    rest = text[stop : line.end]
    if len(rest.split()) > _WHEN_AND_WHERE and rest.split()[0][0].isupper() and not _HOUR.search(rest):
        return False
    has_clocks = day.when.precision == "minute" and any(later.start_char > day.end_char for later in more)
    is_day = day.when.precision in ("day", "minute")
    return is_day and (has_clocks or _PLACE_OR_HOUR.match(text, day.end_char, line.end) is not None)


def _without_dates(working_set: Found, line: Line) -> str:
    text, position, kept = working_set.document.text, line.start, []
    for finding in working_set.dates:
        if line.start <= finding.start_char < line.end and finding.start_char >= position:
            kept.append(text[position : finding.start_char])
            position = min(finding.end_char, line.end)
    return " ".join([*kept, text[position : line.end]])


def is_kicker(lines: list[Line], at: int) -> bool:
    """A short line in capitals above a longer one that is not: a rubric, not the name."""
    text = lines[at].text
    letters = [char for char in text if char.isalpha()]
    if not letters or sum(map(str.isupper, letters)) < 0.75 * len(letters) or at + 1 >= len(lines):
        return False
    following = lines[at + 1].text
    return len(following.split()) > len(text.split()) and not following.isupper() and not is_prose(lines[at + 1])


def is_mention(working_set: Found, start: int, end: int) -> bool:
    """The whole line is an organisation, a person or a place."""
    return any(
        mention.label in ("ORG", "PERSON", "PLACE") and mention.start_char <= start + 4 and mention.end_char >= end - 1
        for mention in working_set.mentions.values()
    )


def _presents_person(working_set: Found, line: Line) -> bool:
    """ "Dr. Ada Lind - Harbour Institute", "Bo Ek, Tide University": a person with a body, no name of an event."""
    text = working_set.document.text
    people = (m for m in working_set.mentions_of("PERSON") if line.start <= m.start_char <= line.start + _HONORIFIC)
    for person in people:
        is_first = not re.search(r"[^\W\d_]{7}|[:“\"]", text[line.start : person.start_char])
        is_parted = re.match(r"\s*(?:,|\(|[-–—]\s)", text[person.end_char : line.end])
        if (
            is_first
            and is_parted
            and any(person.end_char < body.start_char < line.end for body in working_set.mentions_of("ORG"))
        ):
            return not names_event(line.text)
    return False
