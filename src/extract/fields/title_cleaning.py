"""Event names as texts print them: what a headline holds around a name, and how it is taken off."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extract.fields.buildings import is_building, is_sentence
from extract.fields.event_names import kind_pattern, names_event
from extract.fields.layout_lines import lines_of, trim
from extract.fields.title_dates import after_date, without_date
from extract.fields.venue_cities import as_city
from extract.fields.vocabulary import pattern_of, words_of
from extract.found import Found

_MAX_WORDS = 40


@dataclass(frozen=True, slots=True)
class Title:
    """An event's name; `start`/`end` are its place in the text, None when only structured data carries it."""

    text: str
    start: int | None
    end: int | None
    score: float
    source: str


def make_title(working_set: Found, start: int, end: int, score: float, source: str) -> Title | None:
    start, end = clean_title(working_set, start, end)
    words = working_set.document.text[start:end].split()
    if not words or len(words) > _MAX_WORDS:
        return None
    return Title(" ".join(words), start, end, score, source)


def placed_title(text: str, value: str, score: float, source: str) -> Title:
    at = text.find(value)
    return Title(value, at, at + len(value), score, source) if at >= 0 else Title(value, None, None, score, source)


_SITE_BREAK = re.compile(r"\s+(?:\||::|»|·|—|–)\s+")


OUTER_QUOTES = '“”"„«»‘’「」『』'


def clean_title(working_set: Found, start: int, end: int) -> tuple[int, int]:
    """Shrink a headline's span to the event's name: no kind of document, no date, no organiser around it."""
    text = working_set.document.text
    for _ in range(6):
        before = (start, end)
        start, end = trim(text, start, end, ",;:.")
        start, end = _without_tag(text, start, end)
        start, end = _without_quotes(text, start, end)
        start, end = _quoted_name(working_set, start, end)
        start = after_date(working_set, start, end)
        end = without_date(working_set, start, end)
        start = without_kind(text, start, end)
        end = _without_tail(text, start, end)
        end = _without_place(text, start, end)
        start = _without_house(working_set, start, end)
        if cut := pattern_of("title_words", "cuts").search(text, start + 1, end):
            end = cut.start()
        if part := part_in_event(text, start, end):
            start = skip_article(text, part, end)
        if (start, end) == before:
            break
    return start, end


def clean_text(title: str) -> str:
    """Return a declared title as a name, without the site's name or the kind of document."""
    title = " ".join(title.split())
    parts = [part for part in _SITE_BREAK.split(title) if part.strip()]
    if len(parts) > 1 and "|" in title:
        title = next((part for part in parts if kind_pattern().search(part)), parts[0])
    start, end = 0, len(title)
    for _ in range(4):
        before = (start, end)
        start, end = trim(title, start, end, ",;:.")
        start = without_kind(title, start, end)
        end = _without_tail(title, start, end)
        if (start, end) == before:
            break
    return title[start:end]


def is_section(text: str) -> bool:
    """Tell whether a line is a page's furniture ("Programme", "About", "Read more") and so never a title."""
    bare = text.strip(" :.\t*_#-–—").casefold()
    return bare in _sections() or not bare or bool(_numbered_part().fullmatch(bare))


@lru_cache(maxsize=1)
def _sections() -> frozenset[str]:
    return frozenset(word.casefold() for word in (*words_of("title_words", "sections"),
                                                  *words_of("programme_words", "headings", "words")))  # fmt: skip


@lru_cache(maxsize=1)
def _numbered_part() -> re.Pattern[str]:
    names = "|".join(map(re.escape, words_of("title_words", "numbered_parts")))
    return re.compile(rf"(?:{names})\s+(?:[ivx]+|\d+|[a-h])")


def part_in_event(text: str, start: int, end: int) -> int | None:
    """Return where the name begins in "the Minister's Participation at the Forum"; None where no one takes part."""
    for part in pattern_of("title_words", "parts").finditer(text, start, end):
        before = text[start : part.start()].rstrip()
        is_someones = not before or before.endswith(("’s", "'s", "’", "s'")) or before.split()[-1].lower() == "official"
        if is_someones and kind_pattern().search(text, part.end(), end):
            return part.end()
    return None


def _without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    if end - start > 2 and text[start] in OUTER_QUOTES and text[end - 1] in OUTER_QUOTES:
        inner = text[start + 1 : end - 1]
        if not any(quote in inner for quote in '“”"«»'):
            return start + 1, end - 1
    return start, end


_TAG = re.compile(
    r"[\[【〔《［][^\]】〕》］\n]{1,40}[\]】〕》］]\s*|(?:POSTPONED|CANCELL?ED|RESCHEDULED|ABGESAGT|VERSCHOBEN|ANNULÉE?|REPORTÉE?|APLAZAD[OA]|"
    r"CANCELAD[OA]|RINVIAT[OA]|ANNULLAT[OA])!?\s+(?=\S)"
)
_SIGNED = re.compile(r"\s[-–|]\s[A-Z]{2,}[\w-]*(?:\s(?:with|and|et|und|y|e|/|&)\s[A-Z]{2,}[\w-]*)*$")


def _without_tag(text: str, start: int, end: int) -> tuple[int, int]:
    """Skip "[Event Notice]" and "[LIST: 4711]" before a name, cut " - ABC with DEF" after it."""
    tag = _TAG.match(text, start, end)
    if tag and tag.end() < end:
        start = tag.end()
    signed = _SIGNED.search(text[start:end])
    return start, start + signed.start() if signed and signed.start() > 8 else end


_QUOTED_TAIL = re.compile(r"[“„«\"]\s?([^“”„«»\"\n]{8,})[”“»\"][\s.]*$|[「『]([^「」『』\n]{6,})[」』]$")


_YEAR_TAIL = re.compile(r"\s(?:19|20)\d\d$")


def _quoted_name(working_set: Found, start: int, end: int) -> tuple[int, int]:
    """ "Institute's Symposium “Can Ports Be Friends?”", "Ada Lind: “…”": the name of three words or more is quoted."""
    text = working_set.document.text
    quoted = _QUOTED_TAIL.search(text[start:end])
    if not quoted or (quoted[1] and len(quoted[1].split()) < 3):
        return start, end
    group = 1 if quoted[1] else 2
    before = _YEAR_TAIL.sub("", text[start : start + quoted.start()].rstrip(" :,–-"))
    is_by = text[start : start + quoted.start()].rstrip().endswith(":") and any(
        start <= person.start_char < start + quoted.start() for person in working_set.mentions_of("PERSON")
    )
    if is_by or any(kind.end() == len(before) for kind in kind_pattern().finditer(before)):
        return start + quoted.start(group), start + quoted.end(group)
    return start, end


_CITY_BEHIND_QUOTE = re.compile(r"[”»\"][.,]?\s([A-Z][\w’' -]{2,30})$")


def _without_place(text: str, start: int, end: int) -> int:
    """Cut the city behind a quoted name ("Conference “Tides”. Oslo") and the house behind any ("…, Tide Hall")."""
    city = _CITY_BEHIND_QUOTE.search(text[start:end])
    if city and as_city(city[1]) is not None:
        return start + city.start() + 1
    name, comma, place = text[start:end].rpartition(", ")
    is_house = comma and is_building(place) and not is_sentence(place) and not names_event(place)
    return start + len(name) if is_house and names_event(name) else end


_HOUSE = re.compile(r"([^:|–—]{4,60})\s[–—|-]\s(?=\S)")


def _without_house(working_set: Found, start: int, end: int) -> int:
    """Skip the house in front of a name: "Tide Academy – First talks on ports", the name alone on a line below."""
    text = working_set.document.text
    house = _HOUSE.match(text, start, end)
    if not house or len(text[house.end() : end].split()) < 3:
        return start
    name = fold_words(text[house.end() : end])
    below = lines_of(working_set.document)[:_LINES_BELOW]
    return house.end() if any(fold_words(line.text) == name for line in below) else start


_LINES_BELOW = 40
"""Lines among which a name that its house precedes stands alone, too."""


@lru_cache(maxsize=1)
def _kind_and_joiner() -> re.Pattern[str]:
    kinds = sorted(words_of("title_words", "document_kinds"), key=len, reverse=True)
    joiners = sorted(words_of("title_words", "joiners"), key=len, reverse=True)
    kind = "|".join(map(re.escape, kinds))
    joiner = "|".join(map(re.escape, joiners))
    calls = "|".join(map(re.escape, words_of("title_words", "calls")))
    return re.compile(
        rf"(?:{kind})(?:\s*[:：|–—]\s*|\s+-\s+|\s+(?:{joiner})(?:\s+|(?<=')))|(?:{calls})\s+(?=\d|(?-i:[A-Z]))",
        re.IGNORECASE,
    )


_SPEAKER = re.compile(r"[^:\n]{0,40}?\b(?:by|from)\s([^:\n]{3,110}?)\son\s")


def without_kind(text: str, start: int, end: int) -> int:
    """Skip "Joint Readout of the", "Report from the", "Invitation:", "Statement by the Minister on the"."""
    speaker = _SPEAKER.match(text, start, end)
    if speaker and not kind_pattern().search(speaker[1]) and pattern_of("title_words", "news_kinds").match(text, start):
        return skip_article(text, speaker.end(), end)
    match = _kind_and_joiner().match(text, start, end) or _record_of_series().match(text, start, end)
    if match and match.end() < end - 3:
        return skip_article(text, match.end(), end)
    return start


@lru_cache(maxsize=1)
def _record_of_series() -> re.Pattern[str]:
    """ "Harbour Hour Recap: …", "Seminar Summary – …": up to three words and one for a record, before a mark."""
    words = "|".join(words_of("event_evidence", "record_words"))
    return re.compile(rf"(?:[\w&’'-]+\s){{1,3}}(?:{words})\s*(?::|\s[–—|-])\s+", re.IGNORECASE)


def skip_article(text: str, start: int, end: int) -> int:
    match = re.compile(r"\s*(?:the|our|an?|le|la|les|der|die|das|el|los|il)\s+", re.IGNORECASE).match(text, start, end)
    if match:
        return match.end()
    while start < end and text[start].isspace():
        start += 1
    return start


@lru_cache(maxsize=1)
def _tail_pattern() -> re.Pattern[str]:
    tails = sorted(words_of("title_words", "document_tails"), key=len, reverse=True)
    return re.compile(rf"(\s*[:;|–—(,]\s*|\s+-\s+|\s+)(?:{'|'.join(map(re.escape, tails))})\)?\s*$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _japanese_tail() -> re.Pattern[str]:
    tails = sorted(words_of("title_words", "japanese_tails"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, tails))})$")


def _without_tail(text: str, start: int, end: int) -> int:
    """Cut ": Meeting Notice", "– Minutes"; without a mark between only after a word for an event."""
    name = text[start:end]
    if tail := _japanese_tail().search(name, 4):
        return start + tail.start()
    position = 3
    while tail := _tail_pattern().search(name, position):
        rest = name[: tail.start()]
        if tail[1].strip() or any(match.end() == len(rest) for match in kind_pattern().finditer(rest)):
            return start + tail.start()
        position = tail.start() + len(tail[1]) + 1
    return end


def content_words(text: str) -> list[str]:
    """Return the words that tell names apart: no articles and prepositions."""
    return [word for word in fold_words(text).split() if len(word) > 3 or word.isdigit()]


def fold_words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
