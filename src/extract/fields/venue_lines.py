"""Places in fields ("Venue: …", "📍 …", a heading "LOCATION") and in lines of their own near the top."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from extract.fields.buildings import is_building, is_sentence
from extract.fields.event_names import names_event
from extract.fields.layout_lines import Line, is_prose, lines_of
from extract.fields.venue_candidates import HONORIFIC, PlaceCandidate, PlaceContext
from extract.fields.venue_parts import Place
from extract.fields.venue_prose import places_in_sentence
from extract.fields.vocabulary import pattern_of, phrase_pattern, words_of
from extract.found import found

_SEPARATOR = re.compile(r"[*_\s]{0,4}(?:[:：]|\t|\s[–—-]\s)[*_\s]{0,4}")
_VALUE_END = re.compile(
    r"\n|\s*[\U0001F300-\U0001FAFF\u2600-\u27bf]|(?<=[\w)\]])\.\s+(?=[A-Z][\w ’',/()-]{2,40}:)|(?<=[a-z)\d]{3})\.\s+(?=[A-Z])|\s+(?=[A-ZÀ-Ý][\w’-]+:\s)"  # noqa: E501
)
_SENTENCE = re.compile(r"\b(?:will be|is|are|was|takes? place|sera|wird|será|sarà)\b")
_CLOCK = re.compile(r"\d{1,2}[:h.]\d{2}")
_FIELD = re.compile(r"[^\W\d][^:\n.,]{1,38}:\s")
_PREPOSITION = re.compile(
    r"(?:in der|in den|im|in|at the|at|à la|à l[’']|à|au|aux|en el|en la|en|presso|bei|te|op)\s+(?=\S)", re.IGNORECASE
)
_CONTACT = re.compile(
    r"(?:tel(?:ephone|\.)?|phone|fax|e-?mail|mail|t|tél|téléphone|telefon|teléfono|telefono|p\.?\s?o\.? box)\b[\s.:+(]|"
    r"\+\d|\S+@\S+$",
    re.IGNORECASE,
)
_CONTACT_LINES = 4
"""A line below the text and at most so many above a telephone number or address of mail is a sender's address."""
_PARTED = re.compile(r"[,|(–—]|\s-\s")
"""Between a name and its city: "The Exchange, Bristol", not the caption "Atomium in Brussels"."""
_TITLE_PART = re.compile(r"(?:(?!, | [|–-] | \().)+")
_HEAD_LINES = 18
_LONGEST_HALL = 8
"""Words of a line that can be a hall's name although it holds a verb ("Meeting House")."""
_MID_LABEL = re.compile(r"\b(?:new |the |neuer |nouveau |nuevo )$", re.IGNORECASE)
_SURE_LABEL, _HEADING_LABEL, _STREET_LINE, _BUILDING_LINE, _CITY_LINE, _TITLE_CITY = 10.0, 8.0, 6.0, 5.0, 4.0, 3.0


def places_in_fields(context: PlaceContext) -> Iterator[PlaceCandidate]:
    """Read "Venue: …" in a line or a run-on notice, and a heading "LOCATION" above its value."""
    text = context.text
    lines = lines_of(found(context.doc).document)
    for at, line in enumerate(lines):
        for match in pattern_of("venue_words", "labels").finditer(text, line.start, line.end):
            if not _opens(text, match, line.start):
                continue
            separator = _SEPARATOR.match(text, match.end(), line.end)
            if match[0] == "📍":
                yield from _value(context, match.end(), line.end, _SURE_LABEL)
            elif separator and separator.end() < line.end:
                stop = _VALUE_END.search(text, separator.end(), line.end)
                yield from _value(context, separator.end(), stop.start() + 1 if stop else line.end, _SURE_LABEL)
            elif _stands_alone(text, match, line) and at + 1 < len(lines):
                below = lines[at + 1]
                stop = _VALUE_END.search(text, below.start, below.end)
                yield from _value(context, below.start, stop.start() + 1 if stop else below.end, _HEADING_LABEL)


def _opens(text: str, match: re.Match[str], line_start: int) -> bool:
    """A field has a capital and opens a line or a sentence of a run-on notice ("… 2023. Location: …")."""
    before = text[line_start : match.start()].rstrip(' *_"')
    if _MID_LABEL.search(text[max(line_start, match.start() - 10) : match.start()]):
        return text[match.end() : match.end() + 1] == ":"
    if match[0][0].isascii() and not match[0][0].isupper():
        return False
    return not before or before[-1] in ".|\t" or not any(char.isalnum() for char in before)


def _stands_alone(text: str, match: re.Match[str], line: Line) -> bool:
    return match.start() <= line.start + 2 and not text[match.end() : line.end].strip(" :：*_")


def _value(context: PlaceContext, start: int, end: int, score: float) -> Iterator[PlaceCandidate]:
    """Read a field's value: a written place, or a sentence that holds one."""
    end = min(end, start + 400)
    if _SENTENCE.search(context.text, start, end):
        span = context.doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield from places_in_sentence(context, span, 4.0)
        return
    place = context.parse(start, end)
    if place.has_name or place.city or place.country_code:
        yield PlaceCandidate(place, start, end, score, "label")


def places_in_lines(context: PlaceContext) -> Iterator[PlaceCandidate]:
    """Read address lines near the top: a street or a hall beside a city, or a city alone."""
    lines = [line for line in lines_of(found(context.doc).document) if line.is_main][:_HEAD_LINES]
    below_when_or_where = False
    below_prose = False
    for at, line in enumerate(lines):
        if _is_title(context, line) or line.kind == "title" or (at == 0 and " | " in line.text):
            yield from _city_of_title(context, line)
        below_prose = below_prose or is_prose(line)
        is_contact = below_prose and any(_CONTACT.match(below.text) for below in lines[at : at + _CONTACT_LINES])
        is_unread = is_contact or _is_other(context, line) or _is_field(line) or _is_rest_of_body(context, lines, at)
        if len(line.text) > 260 or is_unread:
            below_when_or_where = False
            continue
        is_below, below_when_or_where = below_when_or_where, _is_day(context, line)
        for start, end in _pieces(context, line):
            place = context.parse(start, end)
            score = 0.0 if _is_title(context, line) else _line_score(context.text[start:end], place, context.text, line)
            if not score and is_below and _is_hall(context.text, place, line):
                score = _CITY_LINE
            if score:
                below_when_or_where = below_when_or_where or score == _CITY_LINE
                if at and score >= _STREET_LINE:
                    place = _with_line_above(context, lines[at - 1], place, start)
                yield PlaceCandidate(place, start, end, score, "line")


def _is_field(line: Line) -> bool:
    """ "Location: Oslo" is read as a field."""
    label = pattern_of("venue_words", "labels").match(line.text)
    return label is not None and _SEPARATOR.match(line.text, label.end()) is not None


def _is_rest_of_body(context: PlaceContext, lines: list[Line], at: int) -> bool:
    """ "Reef Institute of Studies" above "at Monterey": the name of a body in two lines."""
    if at == 0 or not lines[at].text[0].islower() or not _PREPOSITION.match(lines[at].text):
        return False
    above = lines[at - 1].end
    return any(end >= above - 1 for _, end in context.organisations_near(above))


def _city_of_title(context: PlaceContext, line: Line) -> Iterator[PlaceCandidate]:
    """ "Ports and Tides: what next?, Oslo", "4 May | Oslo | Ports and Tides": the city that a title is parted from."""
    parts = [part.span() for part in _TITLE_PART.finditer(context.text, line.start, line.end)]
    last = parts[-1:] if len(parts) > 1 else []
    for start, end in [*last, *(part for part in parts[:-1] if context.text[part[1] : part[1] + 2] == " |")]:
        place = context.parse(start, end)
        if place.city and place.city_start is not None and not place.has_name:
            yield PlaceCandidate(place, start, end, _TITLE_CITY, "title")
            return


def _is_title(context: PlaceContext, line: Line) -> bool:
    """ "Ports and Tides, Oslo": the event's name with its city, which prose reads."""
    return context.title is not None and line.text.startswith(context.title[:30])


def _with_line_above(context: PlaceContext, above: Line, place: Place, start: int) -> Place:
    """An address in two lines: the hall above the street, or the room above its building."""
    name = context.parse(above.start, above.end)
    is_name = _is_hall(context.text, name, above) and not _is_day(context, above) and not _is_other(context, above)
    if not is_name or (name.city and place.city and name.city != place.city):
        return place
    if place.name_start is None or place.name_end is None:
        return replace(place, name_start=name.name_start, name_end=name.name_end)
    is_room = pattern_of("venue_words", "rooms").search(context.text, name.name_start or 0, name.name_end or 0)
    return replace(place, name_start=name.name_start) if is_room and place.name_start <= start + 4 else place


def _pieces(context: PlaceContext, line: Line) -> Iterator[tuple[int, int]]:
    """Return the line, or those of its sentences that are short: "Doors 7 pm. The Exchange, Bristol."."""
    if len(line.text) < 220 or line.text[-1] != ".":
        opening = _PREPOSITION.match(context.text, line.start, line.end)
        yield (opening.end() if opening else line.start), line.end
    if ". " in line.text:
        position = line.start
        for part in re.split(r"(?<=[a-z\d]{2}\.)\s+(?=[A-Z])", line.text):
            if 2 <= len(part.split()) <= 8 and "," in part:
                yield position, min(position + len(part), line.end)
            position += len(part) + 1


def _is_day(context: PlaceContext, line: Line) -> bool:
    """The line is one that gives the event's day."""
    return len(line.text.split()) <= 12 and any(line.start <= day.start_char < line.end for day in context.event_days)


def _is_hall(text: str, place: Place, line: Line) -> bool:
    """A building or institution right below the day or the city, without an address of its own."""
    if place.name_start is None or line.kind in ("title", "table_row") or line.text[-1] in ":?!":
        return False
    if line.text.removeprefix("The ").startswith(("Office of", "Bureau of")):
        return False  # who issues the page
    if pattern_of("venue_words", "hold_verbs").search(line.text) and len(line.text.split()) > _LONGEST_HALL:
        return False
    name = text[place.name_start : place.name_end]
    return is_building(name) and not names_event(name) and len(name.split()) <= 10 and not is_sentence(name)


def _tells_of_holding(name: str) -> bool:
    """ "All guests met at the Delta University": a clause, while the verb of "Meeting House" has a capital."""
    return any(verb[0][0].islower() for verb in pattern_of("venue_words", "hold_verbs").finditer(name))


def _line_score(written: str, place: Place, text: str, line: Line) -> float:
    name = text[place.name_start : place.name_end] if place.name_start is not None else ""
    if _CLOCK.search(written) and not place.has_street and not name:
        return 0.0
    if name and (names_event(name) or len(name.split()) > 14 or is_sentence(written) or _tells_of_holding(name)):
        return 0.0
    if place.has_street and (place.city or is_building(name)):
        return _STREET_LINE
    if place.city and not name:
        return _CITY_LINE if len(re.findall(r"[^\W\d_]{2,}", written)) <= 6 else 0.0
    is_heading = line.kind == "title" or (
        line.kind == "heading" and not (place.city_start is not None and place.has_name)
    )
    if is_building(name) and not is_heading and written[-1] != ":":
        has_room = pattern_of("venue_words", "rooms").search(name) is not None
        return (
            _BUILDING_LINE
            if (place.city and place.city_start is not None) or has_room
            else _CITY_LINE - 1
            if place.city
            else 0.0
        )
    if (
        name
        and place.city
        and place.city_start is not None
        and place.city_start > (place.name_start or 0)
        and not is_heading
    ):
        return _CITY_LINE if len(written.split()) <= 7 and _PARTED.search(written) else 0.0
    return 0.0


@lru_cache(maxsize=1)
def _other_fields() -> re.Pattern[str]:
    return phrase_pattern((*words_of("title_words", "cuts"), *words_of("programme_words", "people", "words"),
                           "supported by", "co-sponsored by", "funded by", "source", "contact", "published", "posted",
                           "author", "by", "tel", "email", "rsvp", "from", "for immediate release"))  # fmt: skip


def _is_other(context: PlaceContext, line: Line) -> bool:
    """A line that another field, a person or an e-mail address makes something else."""
    text = line.text
    if _other_fields().match(text) or "@" in text or re.search(r"\b(?:presents?|announces?|invites?)\b", text):
        return True
    if _FIELD.match(text) and not pattern_of("venue_words", "labels").match(text):
        return True
    return bool(HONORIFIC.search(text)) or any(_presents(context, line, *person) for person in context.people)


def _presents(context: PlaceContext, line: Line, start: int, end: int) -> bool:
    """A line presents the person at its start, unless the name is that of a hall ("George C. Marshall Center")."""
    if not line.start <= start <= line.start + 12:
        return False
    return not is_building(context.text[start:end]) and not is_building(context.text[end : end + 20].split(",")[0])
