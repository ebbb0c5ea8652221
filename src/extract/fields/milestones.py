"""Dated statements of fact: what happened, or is announced, on which date, with its sentence and who it names."""

from __future__ import annotations

import re
from bisect import bisect_right

from spacy.tokens import Doc, Span

from extract.found import Found, found
from extract.records import DateFinding, DatePrecision, Mention, Milestone

_FACTS = frozenset({"past_fact", "future_fact"})
_FINENESS: dict[DatePrecision, int] = {"minute": 4, "day": 4, "month": 3, "year": 2, "decade": 1}
_MIN_WORDS = 6
_BIOGRAPHY = re.compile(
    r"\b(?:he|she|they|prior to|before) (?:is|was|has|had|holds|held|served|serves|joined|joining|worked|received|earned|obtained|"
    r"graduated|studied|taught|led|became|also)\b|\b(?:PhD|Ph\.D|degree|bachelor|master['’]s|doctorate|alumn\w+|born in|"
    r"is a (?:senior |research )?(?:fellow|professor|lecturer))\b",
    re.IGNORECASE,
)
_SPAN_OPENERS = re.compile(
    r"(?:from|between|during|in|since|over|throughout|for|de|von|entre|tra|dal)\s+(?:the\s+)?$", re.IGNORECASE
)


def find_milestones(doc: Doc) -> Doc:
    """Add one milestone for each date and statement; of two dates where one holds the other, the finer."""
    working_set = found(doc)
    sentences = [sentence for sentence in doc.sents if sentence.text.strip()]
    starts = [sentence.start_char for sentence in sentences]
    by_sentence: dict[int, list[DateFinding]] = {}
    for finding in working_set.dates:
        if finding.role in _FACTS and finding.when.start_date is not None and finding.when.precision is not None:
            by_sentence.setdefault(bisect_right(starts, finding.start_char) - 1, []).append(finding)
    for number, dates in sorted(by_sentence.items()):
        if number >= 0 and _is_statement(working_set, sentences[number]):
            for finding in _distinct(working_set, dates):
                working_set.milestones.append(_milestone(working_set, sentences[number], finding))
    return doc


def _is_statement(working_set: Found, sentence: Span) -> bool:
    """A statement is a sentence of the main text, not a line of a list of posts or of somebody's life."""
    text = sentence.text.strip()
    block = working_set.block_at(sentence.start_char)
    if block is not None and (
        not block.is_main or block.kind in ("title", "heading", "table_row", "footer", "caption")
    ):
        return False
    inside = any(item.start_char <= sentence.start_char < item.end_char for item in working_set.programme_items)
    return len(text.split()) >= _MIN_WORDS and not inside and not _BIOGRAPHY.search(text) and text[-1] not in ":"


def _distinct(working_set: Found, dates: list[DateFinding]) -> list[DateFinding]:
    """Drop a date that another of its sentence refines, and spans of years that only measure a plan."""
    kept: list[DateFinding] = []
    for finding in dates:
        if _is_plan_span(working_set, finding):
            continue
        if any(_holds(finding, other) for other in dates if other is not finding):
            continue
        if any(_same(finding, other) for other in kept):
            continue
        kept.append(finding)
    return kept


def _holds(coarse: DateFinding, fine: DateFinding) -> bool:
    if coarse.when.precision is None or fine.when.precision is None or fine.when.start_date is None:
        return False
    if _FINENESS[coarse.when.precision] >= _FINENESS[fine.when.precision] or coarse.when.start_date is None:
        return False
    if coarse.when.precision == "decade":
        return coarse.when.start_date.year // 10 == fine.when.start_date.year // 10
    if coarse.when.precision == "year":
        return coarse.when.start_date.year == fine.when.start_date.year
    return (coarse.when.start_date.year, coarse.when.start_date.month) == (
        fine.when.start_date.year, fine.when.start_date.month
    )  # fmt: skip


def _same(one: DateFinding, other: DateFinding) -> bool:
    return one.when.start_date == other.when.start_date and one.when.precision == other.when.precision


def _is_plan_span(working_set: Found, finding: DateFinding) -> bool:
    """ "a five-year period (2009-2013)", "Programme 2023–2026": a term, not something that happened."""
    when = finding.when
    if when.precision != "year" or when.end_date is None or when.start_date is None:
        return False
    if when.end_date.year == when.start_date.year:
        return False
    return not _SPAN_OPENERS.search(working_set.document.text[max(finding.start_char - 20, 0) : finding.start_char])


def _milestone(working_set: Found, sentence: Span, finding: DateFinding) -> Milestone:
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
        when=finding.when,
        statement=text[start:end],
        start_char=start,
        end_char=end,
        actor_keys=_keys(inside, ("ORG", "PERSON")),
        instrument_keys=_keys(inside, ("INSTRUMENT",)),
        domain_codes=_domains(working_set, {mention.mention_id for mention in inside}),
    )


def _keys(mentions: list[Mention], labels: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.entity_key for m in mentions if m.label in labels and m.entity_key))


def _domains(working_set: Found, inside: set[str]) -> tuple[str, ...]:
    return tuple(domain.domain_code for domain in working_set.domains if inside & set(domain.mention_ids))
