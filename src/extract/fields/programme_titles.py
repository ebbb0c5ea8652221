"""Where the title of a programme slot stands, and where it ends before the people of the slot."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extract.fields.layout_lines import first_line_at, lines_of, trim
from extract.fields.programme_slots import SlotTime
from extract.fields.vocabulary import pattern_of, words_of
from extract.found import Found

_BY = re.compile(
    r"(?:\s*\b(?:by|with|par|von|di|por|door|mit|met|avec|con)\b|\s+[-–—]|\s*[:–—,(|\t])\s*(?:\w+\s+){0,9}$",
    re.IGNORECASE,
)
_HONORIFIC = re.compile(
    r"(?::|\s[-–—]|,|\bby|\bwith|\t)\s+(?:H\.?\s?E\.?\s|Dr\.?\s|Prof(?:essor|\.)?\s|Mr\.?\s|Ms\.?\s|Mrs\.?\s|Amb(?:assador|\.)\s|"
    r"Hon\.?\s|Gen(?:eral|\.)\s|Admiral\s|Secretary of\s|Minister\s|Sir\s)"
)
_LEFT_OVER = re.compile(r"\s(?:by|with|mit|avec|con|met|par|von|di|por|door|and)$", re.IGNORECASE)
_TITLED_PERSON = re.compile(
    r"(?<!\bof)(?<!\bfrom)(?<!\bto)\s+(?:H\.?\s?E\.?|Dr\.?|Prof(?:essor|\.)?(?: Dr\.?)?|Mr\.?|Ms\.?|Mrs\.?|M\.|Mme|"
    r"Amb(?:assador|\.)|Gen(?:eral|\.)|Admiral|Minister|Sir)\s+(?=[A-Z])"
)
"""A title before a name that nothing parts from the item's ("Keynote Speech Dr …")."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A timetable line with the lines that belong to it."""

    time: SlotTime
    title_start: int
    title_end: int
    start: int
    end: int
    day: date | None


def title_span(working_set: Found, slot: Slot, people: tuple[int, ...]) -> tuple[int, int]:
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
            or is_near(people, line.start, line.start + 12)
        ):
            break
        end = line.end
    return end


@lru_cache(maxsize=1)
def _open_words() -> frozenset[str]:
    return frozenset(
        ["and", "of", "the", "for", "in", "on", "to", "with", "a", "an", "de", "et", "und", "y", "der", "des", "von"]
    )


def is_near(people: tuple[int, ...], start: int, end: int) -> bool:
    index = bisect_left(people, start)
    return index < len(people) and people[index] <= end


_PARTICIPLE = re.compile(
    r"[\s,]+(?:facilitated|moderated|presented|chaired|delivered|given|introduced|led|hosted|convened|held)$",
    re.IGNORECASE,
)


def before_person(title: str) -> int | None:
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
    cuts += [
        match.start()
        for match in _TITLED_PERSON.finditer(text, start, end)
        if is_near(people, match.end(), match.end() + 4)
    ]
    for person in people[bisect_left(people, start + 1) : bisect_left(people, end)]:
        if (cut := before_person(text[start:person])) is not None:
            cuts.append(start + cut)
    cuts += [start + match.start() for match in _role_after_mark().finditer(text[start:end])]
    cuts = [cut for cut in cuts if cut > start + 3]
    stop = trim(text, start, min(cuts, default=end), ":,-–—(")[1]
    left = _LEFT_OVER.search(text, start, stop)
    return trim(text, start, left.start(), ":,-–—(")[1] if cuts and left and left.end() == stop else stop
