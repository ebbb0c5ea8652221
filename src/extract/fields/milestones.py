"""Dated statements of fact: what happened, or is announced, on which date, with its sentence and who it names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Span

from extract.fields.layout_lines import lines_of
from extract.fields.sentences import sentences_of
from extract.found import Found, found
from extract.records import DatePrecision, Mention, Milestone, When

_FINENESS: dict[DatePrecision, int] = {"minute": 4, "day": 4, "month": 3, "year": 2, "decade": 1}
_MIN_WORDS = 6
_CHRONOLOGY_LINES = 2
"""So many lines that open with a year make a list of dates; one alone may be a page number or a name."""
_BIOGRAPHY = re.compile(
    r"\b(?:he|she|they|prior to|before) (?:is|was|has|had|holds|held|served|serves|joined|joining|entered|worked|received|"  # noqa: E501
    r"earned|obtained|graduated|studied|taught|led|became|also)\b|\b(?:PhD|Ph\.D|degree|bachelor|master['’]s|doctorate|"
    r"alumn\w+|born in|is a (?:senior |research )?(?:fellow|professor|lecturer))\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|prior to)\b", re.IGNORECASE)
_PERSON_IS = re.compile(r"(?:[A-Z][\w.'’-]*\s+){2,6}(?:is|was|has been|serves|joined|works)\b")
_SPAN_OPENERS = re.compile(
    r"(?:from|between|during|in|since|over|throughout|for|de|von|entre|tra|dal)\s+(?:the\s+)?$", re.IGNORECASE
)
_YEAR_LINE = re.compile(r"((?:1[89]|20)\d\d)\s*(?:[:–—\t]|-\s)\s*\S")
_YEAR_BEFORE_NOUN = re.compile(r"\b(?:the|a)\s+(?:[a-z]+\s+)?((?:19|20)\d\d)\s+[a-z]{4}")


_NO_FACT = re.compile(
    r"\b(?:next|following|upcoming) (?:\w+ ){0,2}(?:meeting|session|round|summit|edition|dialogue|conference|workshop|"
    r"forum|seminar|consultations)\b.{0,40}\b(?:will|is|are|planned|scheduled|to be)\b|"
    r"\b(?:register|registration|deadline|apply by|last updated|published on|updated on)\b|"
    r"\b(?:thank you|thanks (?:again|so much|for|to)|good (?:morning|afternoon|evening))\b|"
    r"^\W*(?:how|what|why|who|where|which|can|could|do|does|did|is|are|was|were|will|would|has|have|should)\b.*\?$",
    re.IGNORECASE,
)
"""Sentences about the page, its registration or the next meeting, thanks and questions: nothing that happened."""
_SPOKEN = re.compile(r"(?:^|[^\w“\"])I(?:['’](?:m|d|ll|ve)| (?:am|will|would|want|have|just|hope|think|know|can))\b")
"""What somebody says of herself in a speech or an interview."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A date that a statement is about: its place in the text and what it means."""

    start: int
    end: int
    when: When


def find_milestones(doc: Doc) -> Doc:
    """Add one milestone for each date and statement; of two dates where one holds the other, the finer."""
    working_set = found(doc)
    sentences = [sentence for sentence in sentences_of(doc) if sentence.text.strip()]
    starts = [sentence.start_char for sentence in sentences]
    by_sentence: dict[int, list[Fact]] = {}
    for fact in sorted(_facts(working_set), key=lambda fact: fact.start):
        by_sentence.setdefault(bisect_right(starts, fact.start) - 1, []).append(fact)
    for number, facts in sorted(by_sentence.items()):
        if number >= 0 and _is_statement(working_set, sentences[number], facts):
            for fact in _distinct(working_set, facts):
                working_set.milestones.append(_milestone(working_set, sentences[number], fact))
    return doc


def _facts(working_set: Found) -> Iterator[Fact]:
    """Return the dates of facts: those the date grammar calls so, years that open lines of a chronology, and in an
    overview the years of events it names."""
    is_profile = working_set.doc_type[0] == "profile"
    own_days = _own_days(working_set)
    taken: list[tuple[int, int]] = []
    for finding in working_set.dates:
        when = finding.when
        taken.append((finding.start_char, finding.end_char))
        is_fact = finding.role in ("past_fact", "future_fact") or (is_profile and finding.role in ("event", "session"))
        is_fact = is_fact or (is_profile and finding.role == "other" and when.precision == "year")
        if not is_fact or when.start_date is None or when.precision is None:
            continue
        if when.precision in ("day", "minute") and when.start_date in own_days:
            continue
        yield Fact(finding.start_char, finding.end_char, when)
    yield from _chronology(working_set, taken)
    if is_profile:
        yield from _named_years(working_set, taken)


def _own_days(working_set: Found) -> set[date]:
    """Return the days of the document's own event: no milestones."""
    return {
        day
        for event in working_set.events if event.relation != "mentions" and event.when is not None
        for day in (event.when.start_date, event.when.end_date) if day is not None
    }  # fmt: skip


def _chronology(working_set: Found, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    """Read "1977 – Prime Minister Fukuda sets out …" where several lines open so."""
    matches = [
        (line, match) for line in lines_of(working_set.document)
        if line.is_main and len(line.text.split()) >= _MIN_WORDS and (match := _YEAR_LINE.match(line.text))
    ]  # fmt: skip
    for line, match in matches if len(matches) >= _CHRONOLOGY_LINES else []:
        start, end = line.start + match.start(1), line.start + match.end(1)
        if not any(begin < end and stop > start for begin, stop in taken):
            yield Fact(start, end, _year(int(match[1])))


def _named_years(working_set: Found, taken: list[tuple[int, int]]) -> Iterator[Fact]:
    """Read "the devastating 2023 earthquakes": the year of an occasion that the statement is about."""
    for match in _YEAR_BEFORE_NOUN.finditer(working_set.document.text):
        if not any(begin < match.end(1) and stop > match.start(1) for begin, stop in taken):
            yield Fact(match.start(1), match.end(1), _year(int(match[1])))


def _year(year: int) -> When:
    return When(start_date=date(year, 1, 1), end_date=date(year, 12, 31), precision="year")


def _is_statement(working_set: Found, sentence: Span, facts: list[Fact]) -> bool:
    """A statement is a sentence of the main text, not a line of a list of posts or of somebody's life."""
    text = sentence.text.strip()
    block = working_set.block_at(sentence.start_char)
    if block is not None and (not block.is_main or block.kind in ("title", "heading", "footer", "caption")):
        return False
    opens = facts[0].start <= sentence.start_char + 2
    if block is not None and block.kind == "table_row" and not opens:
        return False
    inside = any(item.start_char <= sentence.start_char < item.end_char for item in working_set.programme_items)
    is_life = _BIOGRAPHY.search(text) or (block is not None and _is_biography(working_set, block.start, block.end))
    is_fact = not is_life and not _NO_FACT.search(text) and not _SPOKEN.search(text)
    return len(text.split()) >= _MIN_WORDS and not inside and is_fact and text[-1] != ":"


def _is_biography(working_set: Found, start: int, end: int) -> bool:
    """A paragraph that opens with a person who "is" something, and goes on with "he" or "she"."""
    text = working_set.document.text
    if not _PRONOUN.search(text, start, end):
        return False
    opens = any(start <= mention.start_char <= start + 30 for mention in working_set.mentions_of("PERSON"))
    return bool(_PERSON_IS.match(text, start, end)) and (opens or not text.startswith("The ", start))


def _distinct(working_set: Found, facts: list[Fact]) -> list[Fact]:
    """Drop a date that another of its sentence refines, and spans of years that only measure a plan."""
    kept: list[Fact] = []
    for fact in facts:
        if _is_plan_span(working_set, fact) or any(_holds(fact, other) for other in facts if other is not fact):
            continue
        if not any(_same(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _holds(coarse: Fact, fine: Fact) -> bool:
    one, other = coarse.when, fine.when
    if one.precision is None or other.precision is None or one.start_date is None or other.start_date is None:
        return False
    if _FINENESS[one.precision] >= _FINENESS[other.precision]:
        return False
    if one.precision == "decade":
        return one.start_date.year // 10 == other.start_date.year // 10
    if one.precision == "year":
        return one.start_date.year == other.start_date.year
    return (one.start_date.year, one.start_date.month) == (other.start_date.year, other.start_date.month)


def _same(one: Fact, other: Fact) -> bool:
    return one.when.start_date == other.when.start_date and one.when.precision == other.when.precision


def _is_plan_span(working_set: Found, fact: Fact) -> bool:
    """ "a five-year period (2009-2013)", "Programme 2023–2026": a term, not something that happened."""
    when = fact.when
    if when.precision != "year" or when.end_date is None or when.start_date is None:
        return False
    if when.end_date.year == when.start_date.year:
        return False
    text = working_set.document.text
    opener = text[fact.start : fact.end].split(" ", 1)[0].lower()
    return opener not in ("from", "between") and not _SPAN_OPENERS.search(text[max(fact.start - 20, 0) : fact.start])


def _milestone(working_set: Found, sentence: Span, fact: Fact) -> Milestone:
    text = working_set.document.text
    start, end = sentence.start_char, sentence.end_char
    while start < end and (text[start].isspace() or text[start] in "•*-–"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    inside = [
        mention for mention in working_set.mentions.values() if start <= mention.start_char and mention.end_char <= end
    ]
    inside.sort(key=lambda mention: mention.start_char)
    return Milestone(
        when=fact.when,
        statement=text[start:end],
        start_char=start,
        end_char=end,
        actor_keys=_keys(inside, ("ORG", "PERSON")),
        instrument_keys=_keys(inside, ("INSTRUMENT",)),
    )


def _keys(mentions: list[Mention], labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.entity_key for m in mentions if m.label in labels and m.entity_key))
