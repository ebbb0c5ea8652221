"""What the readers of places share: a candidate with its evidence, and the document's spans looked up once."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from extract.fields.venue_cities import Home, home_of
from extract.fields.venue_parts import Place, parse_place
from extract.found import found
from extract.records import DateFinding

NEEDED, WEAK = 3.0, 2.0
"""Evidence that a place in prose needs: two of (event's date, verb of holding, word for an event, top of the text).

With less a place counts only where no other does: it is kept as weak.
"""
HONORIFIC = re.compile(
    r"\b(?:Mr|Ms|Mrs|Dr|Prof|Professor|Amb|Ambassador|Director|Minister|Fellow|Secretary|Chair|Professorin|President|"
    r"Analyst|Lecturer|Officer|Researcher|Counsellor|Adviser|Advisor|Head|Directrice|Directeur|Profesor|Professore|"
    r"Dekan|Dekanin|Rektor|Rektorin|Präsident|Präsidentin|Leiter|Leiterin|Beauftragter|Beauftragte|Geschäftsführer|"
    r"Doyen|Doyenne|Recteur|Rectrice|Président|Présidente|Chercheur|Chercheuse|Decano|Decana|Rector|Rectora|Presidente|"
    r"Investigador|Investigadora|Catedrático|Catedrática|Rettore|Rettrice|Preside|Ricercatore|Ricercatrice|Hoogleraar)\b"
)
"""What presents a person, where a place would stand."""
_LONGEST_NAME = 150
"""Characters that the name of an organisation may run over."""


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that may be the event's, with how sure its source is (a field 10, a line 4 to 6, a sentence from 3)."""

    place: Place
    start: int
    end: int
    score: float
    source: str

    @property
    def is_weak(self) -> bool:
        """Whether a place in prose has too little evidence to stand against another."""
        return self.score < NEEDED

    @property
    def is_vague(self) -> bool:
        """Whether it names a country and nothing in it."""
        return self.place.city is None and not self.place.has_name


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """A document as the readers of places see it."""

    doc: Doc
    text: str
    home: Home
    title: str | None
    is_report: bool
    times: tuple[tuple[int, int], ...]
    """Spans of all dates and times in text order: never part of a place."""
    time_starts: frozenset[int]
    event_days: tuple[DateFinding, ...]
    past_days: tuple[DateFinding, ...]
    organisations: dict[int, int]
    """Start → end of each organisation found: a name may hold commas and small words."""
    organisation_starts: tuple[int, ...]
    organisation_countries: tuple[tuple[int, str], ...]
    """Where each organisation whose country is known begins, in text order."""
    people: tuple[tuple[int, int], ...]

    def parse(self, start: int, end: int) -> Place:
        """Take the place written in text[start:end] apart."""
        first = max(bisect_left(self.times, (start,)) - 1, 0)
        last = bisect_left(self.times, (end,))
        near = tuple(span for span in self.times[first:last] if span[1] > start)
        country = next((code for at, code in self.organisation_countries if start <= at < end), None)
        home = replace(self.home, by_body=country) if country else self.home
        return parse_place(self.text, start, end, skip=near, home=home)

    def is_time(self, position: int) -> bool:
        """Tell whether a position stands inside a date or time: in "4 May at 1 PM" no place begins with the 1."""
        index = bisect_left(self.times, (position + 1,)) - 1
        return index >= 0 and position < self.times[index][1]

    def last_time_before(self, position: int) -> int:
        """Return where the last date or time before a position ends, 0 without one."""
        index = bisect_left(self.times, (position,)) - 1
        return self.times[index][1] if index >= 0 and self.times[index][1] <= position else 0

    def organisation_end(self, start: int) -> int:
        """Return where the organisation that begins here (or after "the ") ends, 0 when none does."""
        return max((self.organisations.get(at, 0) for at in range(start - 4, start + 5)), default=0)

    def organisations_near(self, position: int) -> list[tuple[int, int]]:
        """Return the organisations that begin before a position and may reach over it."""
        first = bisect_left(self.organisation_starts, position - _LONGEST_NAME)
        last = bisect_left(self.organisation_starts, position)
        return [(start, self.organisations[start]) for start in self.organisation_starts[first:last]]


def place_context(doc: Doc, title: str | None) -> PlaceContext:
    """Look up once what every place of a document is weighed against."""
    working_set = found(doc)
    days = {finding.when.start_date for finding in working_set.dates if finding.role == "event"} - {None}
    organisations: dict[int, int] = {}
    countries = {body.key: body.country_code for body in working_set.organisations if body.gazetteer_id}
    placed: list[tuple[int, str]] = []
    for mention in working_set.mentions_of("ORG"):
        organisations[mention.start_char] = max(mention.end_char, organisations.get(mention.start_char, 0))
        if country := countries.get(mention.entity_key or ""):
            placed.append((mention.start_char, country))
    return PlaceContext(
        doc=doc,
        text=working_set.document.text,
        home=home_of(working_set.document.language, working_set.document.text),
        title=title,
        is_report=working_set.doc_type[0] == "report",
        times=tuple(sorted((finding.start_char, finding.end_char) for finding in working_set.dates)),
        time_starts=frozenset(finding.start_char for finding in working_set.dates),
        event_days=tuple(finding for finding in working_set.dates if _is_own(finding, days)),
        past_days=tuple(
            finding for finding in working_set.dates if finding.role == "past_fact" and not _is_own(finding, days)
        ),
        organisations=organisations,
        organisation_starts=tuple(sorted(organisations)),
        organisation_countries=tuple(placed),
        people=tuple((mention.start_char, mention.end_char) for mention in working_set.mentions_of("PERSON")),
    )


def _is_own(finding: DateFinding, days: set[date | None]) -> bool:
    """A date is the event's own when its role says so, or when it is the same day again."""
    is_day = finding.when.precision in ("day", "minute")
    return finding.role in ("event", "session") or (is_day and finding.when.start_date in days)
