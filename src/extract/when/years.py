"""Missing years: a date that states none takes the year that its surroundings state."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from extract.vocabularies import read_toml
from extract.when.calendar_dates import bounds, settle
from extract.when.phrases import DatePhrase
from extract.when.readings import Context, Reading
from extract.when.vocabulary import vocabulary

_LIST_GAP = 7
"""Characters between two dates of one list (", and ")."""
_LONGEST_LIST = 8
_TITLE_END = 700
_TITLE_WORDS = 16
"""Characters from the start in which a title stands, and the words that its line has at most."""
_YEAR = re.compile(r"(?<![\w/.:-])(?:19|20)\d\d(?![\w/:-]|\.\d)")

_YEAR_OF = re.compile(r"(?<![\w/.:-])((?:19|20)\d\d)((?: [^\W\d_][\w’'-]*,?){1,9})")
_JOINING = frozenset(["of", "on", "the", "and", "for", "in"])


class Years:
    """The years that a document states, ready to be asked for each date that lacks one (in constant time each)."""

    def __init__(self, readings: Sequence[Reading], context: Context, text: str = "") -> None:
        self.readings = readings
        self.text = text
        self.titled = title_years(text)
        self.named = _years_behind_names(text)
        self.context = context
        anchors = [(place, reading) for place, reading in enumerate(readings) if _is_anchor(reading)]
        self.places = [place for place, _ in anchors]
        self.anchors = [reading for _, reading in anchors]
        self.fuller = [(place, reading) for place, reading in anchors if reading.precision != "year"]
        self.fuller_places = [place for place, _ in self.fuller]
        self.by_day: dict[tuple[int | None, int | None], int] = {}
        for reading in self.anchors:
            if reading.phrase and reading.first:
                self.by_day.setdefault((reading.phrase.first.month, reading.phrase.first.day), reading.first.year)
        self.in_names = [r.first.year for r in readings if r.phrase and r.phrase.is_name_part and r.first][:3]

    def infer(self, place: int) -> None:
        """Give the reading at a place the first candidate year that suits its weekday; leave it open without any."""
        reading = self.readings[place]
        phrase = reading.phrase
        if phrase is None or phrase.first.month is None:
            return
        shared = self._shared(place, phrase)
        if shared is not None:
            settle(reading, with_year(phrase, shared), "explicit")
            return
        candidates = self._candidates(place, reading, phrase)
        coming = self._coming(place, phrase)
        candidates = [coming] if coming else candidates
        chosen = next((year for year in candidates if _suits(phrase, year)), candidates[0] if candidates else None)
        if chosen is not None:
            settle(reading, with_year(phrase, chosen), "inherited_year")
            reading.score = min(reading.score, 0.9)

    def _shared(self, place: int, phrase: DatePhrase) -> int | None:
        """Return the year at the end of a list that holds this date: "5 July, 6 July and 7 July 2024"."""
        for earlier, later in itertools.pairwise(self.readings[place : place + _LONGEST_LIST]):
            if later.start - earlier.end > _LIST_GAP or later.phrase is None or later.phrase.precision != "day":
                return None
            if later.first and later.method == "explicit":
                return later.first.year - ((phrase.first.month or 0) > later.first.month)
        return None

    def _candidates(self, place: int, reading: Reading, phrase: DatePhrase) -> list[int]:
        """Return years to try, best first: the same day elsewhere, the paragraph, the day of writing, the nearest."""
        years: list[int | None] = []
        if phrase.first.day:
            years.append(self.by_day.get((phrase.first.month, phrase.first.day)))
        before = self._before(self.places, place)
        nearest = self.anchors[before] if before is not None else None
        if nearest and nearest.first and nearest.paragraph == reading.paragraph and nearest.role != "publication":
            years.append(nearest.first.year)
        known = (*self.context.event_dates[:2], *((self.context.published,) if self.context.published else ()))
        for day in known:
            years += _nearest_first(phrase, day)
        full = self._before(self.fuller_places, place)
        years += _years(self.fuller[full][1] if full is not None else None)
        years += self._before_next(phrase)
        behind = bisect_left(self.places, place)
        if behind < len(self.anchors) and self.anchors[behind].line == reading.line:
            years += _years(self.anchors[behind])
        after = bisect_left(self.fuller_places, place)
        years += _years(self.fuller[after][1] if after < len(self.fuller) else None)
        years += [*self.in_names, *self.titled, *self._of_season(phrase), *self.named]
        found = list(dict.fromkeys(year for year in years if year is not None))
        if phrase.first.weekday is not None and found:
            found += [found[0] + 1, found[0] - 1]
        return found

    def _coming(self, place: int, phrase: DatePhrase) -> int | None:
        """Return the first year after the day of writing, or the only full date, of "21 to 23 January next"."""
        reading = self.readings[place]
        if not _NEXT_BEHIND.match(self.text, reading.end):
            return None
        days = {other.first for _, other in self.fuller if other.first and other.has_day}
        written = self.context.published or (min(days) if len(days) == 1 else None)
        if written is None:
            return None
        return next((y for y in (written.year, written.year + 1) if _starts_after(phrase, y, written)), None)

    def _before_next(self, phrase: DatePhrase) -> list[int]:
        """Return the year that puts a date of a report before the next meeting: "will be scheduled in June 2031"."""
        if self.context.doc_type != "report" or len(self.fuller) != 1:
            return []
        later = self.fuller[0][1]
        if later.first is None or not _NEXT_MEETING.search(self.text[max(later.start - _CLAUSE, 0) : later.start]):
            return []
        return [later.first.year - _starts_after(phrase, later.first.year, later.first)]

    def _of_season(self, phrase: DatePhrase) -> list[int]:
        """Return the year of a month in the only season of the title: "Lectures 2031-2032" begin in autumn 2031."""
        spans = {(r.first.year, r.last.year) for r in self.readings if _is_season(r) and r.first and r.last}
        if len(spans) != 1 or phrase.first.month is None:
            return []
        first, last = spans.pop()
        return [first if phrase.first.month >= _SEASON_OPENS else last]

    def _before(self, places: list[int], place: int) -> int | None:
        at = bisect_left(places, place) - 1
        return at if at >= 0 else None


_NEXT_BEHIND = re.compile(r"\s(?:next|prossim[oi]|prochains?|próximos?|aanstaande|nächsten)\b")
"""Behind a date: the coming one."""
_NEXT_MEETING = re.compile(r"\b[Nn]ext\b[^.!?\n]*\b(?:will|is|was)\b")
_CLAUSE = 100
_SEASON_OPENS = 8


def _starts_after(phrase: DatePhrase, year: int, day: date) -> bool:
    found = bounds(phrase.first.with_year(year), phrase.precision)
    return found is not None and found[0] > day


def _is_season(reading: Reading) -> bool:
    """Return whether a short line at the top states two years that follow each other."""
    if reading.start > _TITLE_END or reading.precision != "year" or not (reading.first and reading.last):
        return False
    return reading.last.year == reading.first.year + 1 and reading.line[1] - reading.line[0] < _SEASON_LINE


_SEASON_LINE = 100
"""Characters of a line that names a season."""


def title_years(text: str) -> list[int]:
    """Return the years that the title of an event bears: "2023 Tokyo Defence Forum", "Cyber Week 2022"."""
    made = []
    for line in text[:_TITLE_END].split("\n"):
        words = [word.strip('"“”,.:()–').lower() for word in line.split()]
        if len(words) <= _TITLE_WORDS and not _event_nouns().isdisjoint(words):
            made += [int(match[0]) for match in _YEAR.finditer(line)]
    return made or _years_of_nouns(text)


_TOP = 400
"""Characters from the start in which an event's name bears its year; names further below are of other things."""
_BEHIND_NAME = re.compile(r"(?<![\w’'-])([A-ZÀ-Ý][\w’'-]+) ((?:19|20)\d\d)(?![\w:/-]|\.\d)")


def _years_behind_names(text: str) -> list[int]:
    """Return the only year that stands behind names in the first sentences: "CableCon 2031 opened on 4 May"."""
    not_years = {word for key in ("before", "names") for word in read_toml("not_dates")[key]} - _event_nouns()
    not_years |= set(vocabulary().words["year_before"])
    names = _BEHIND_NAME.finditer(text, 0, _TOP)
    found = {int(match[2]) for match in names if match[1].lower() not in not_years}
    return list(found) if len(found) == 1 else []


def _years_of_nouns(text: str) -> list[int]:
    """Return the only year that opens the name of an event in the first sentences: "the 2020 Forum on Ports"."""
    found = {int(match[1]) for match in _YEAR_OF.finditer(text, 0, 2 * _TITLE_END) if _names_event(match[2].split())}
    return list(found) if len(found) == 1 else []


def _names_event(words: list[str]) -> bool:
    """Return whether a noun for an event stands first, or after capitalised words alone."""
    for position, word in enumerate(words):
        if word.strip(",").lower() in _event_nouns():
            return True
        if not (word[0].isupper() or (position and word in _JOINING)):
            return False
    return False


@lru_cache
def _event_nouns() -> frozenset[str]:
    tables = read_toml("event_types").values()
    nouns = {word.split()[-1] for table in tables for word in table.get("words", ())}
    return frozenset(nouns | {"week", "days", "series"})


def _nearest_first(phrase: DatePhrase, day: date) -> list[int]:
    """Return the years around a day, that which brings the date nearest to it first."""
    return sorted((day.year - 1, day.year, day.year + 1), key=lambda year: _distance(phrase, year, day))


def _years(*readings: Reading | None) -> list[int | None]:
    return [reading.first.year for reading in readings if reading and reading.first]


def _suits(phrase: DatePhrase, year: int) -> bool:
    """Return whether a year makes the date exist and fall on its weekday."""
    day = bounds(phrase.first.with_year(year), phrase.precision)
    if day is None:
        return False
    weekday = phrase.first.weekday
    return weekday is None or phrase.first.day is None or day[0].weekday() == weekday


def with_year(phrase: DatePhrase, year: int) -> DatePhrase:
    """Return a phrase with its missing years filled; a range over New Year ends in the next one."""
    last = phrase.last
    if last and last.month and phrase.first.month:
        last = last.with_year(year + (last.month < phrase.first.month))
    return replace(phrase, first=phrase.first.with_year(year), last=last)


def _is_anchor(reading: Reading) -> bool:
    """Return whether a reading states its own year (years in names and spans of years do not count)."""
    if reading.first is None or reading.method != "explicit" or reading.precision == "decade":
        return False
    if reading.phrase is None or reading.phrase.is_name_part:
        return False
    return not (reading.precision == "year" and reading.last and reading.last.year != reading.first.year)


def _distance(phrase: DatePhrase, year: int, day: date) -> int:
    found = bounds(phrase.first.with_year(year), phrase.precision)
    return abs((found[0] - day).days) if found else 10**6
