"""The security domains of the parts of a document: each event, programme item and milestone judged by its own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Protocol

from extract.found import Found
from extract.records import DomainFinding, EventFinding
from ingest.document import Block


class ScoredDomain(Protocol):
    """What a domain scorer returns for each domain that holds: code, calibrated score, (start, end) evidence."""

    @property
    def code(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def evidence(self) -> tuple[tuple[int, int], ...]: ...
    @property
    def method(self) -> str: ...


ScoreDomains = Callable[[str, tuple[Block, ...], str | None], Iterable[ScoredDomain]]


def find_document_domains(working_set: Found, score: ScoreDomains) -> None:
    """Judge the whole document, title and headings known."""
    document = working_set.document
    scored = score(document.text, document.blocks, document.language)
    working_set.domains.extend(_findings(working_set, scored, 0))


def find_passage_domains(working_set: Found, score: ScoreDomains) -> None:
    """Judge every event, programme item and milestone found.

    An event that is the only one its document is about has the document's domains; one of several, or one that is
    merely mentioned, those of the blocks that speak of it. A programme item is judged without its speakers' posts and
    affiliations: a professor of war studies may speak of fish.
    """

    def judge(start: int, end: int, aside: Iterable[str] = ()) -> tuple[DomainFinding, ...]:
        text = _without(working_set, start, end, aside)
        return tuple(_findings(working_set, score(text, (), working_set.document.language), start))

    own = [event for event in working_set.events if event.relation != "mentions"]
    working_set.events = [
        replace(event, domains=tuple(working_set.domains) if own == [event] else judge(*_span(working_set, event, own)))
        for event in working_set.events
    ]
    presented: dict[str, list[str]] = defaultdict(list)
    for part in working_set.participations:
        if part.item_key:
            presented[part.item_key] += part.mention_ids
    working_set.programme_items = [
        replace(item, domains=judge(item.start_char, item.end_char, presented[item.key]))
        for item in working_set.programme_items
    ]
    working_set.milestones = [
        replace(milestone, domains=judge(milestone.start_char, milestone.end_char))
        for milestone in working_set.milestones
    ]


def _span(working_set: Found, event: EventFinding, own: list[EventFinding]) -> tuple[int, int]:
    """From the block that first mentions an event to its last, but not beyond where another event begins."""
    start, last = _reach(working_set, event)
    others = (_reach(working_set, other)[0] for other in own if other is not event)
    end = min((position for position in others if position > start), default=len(working_set.document.text))
    if event.relation == "mentions":
        block = working_set.block_at(last - 1) if last else None
        end = min(end, block.end if block else last)
    return start, end


def _reach(working_set: Found, event: EventFinding) -> tuple[int, int]:
    """Start of the block of an event's first mention, end of its last mention; 0, 0 for an event without any."""
    mentions = [working_set.mentions[key] for key in event.mention_ids if key in working_set.mentions]
    if not mentions:
        return 0, 0
    first = min(mention.start_char for mention in mentions)
    block = working_set.block_at(first)
    return (block.start if block else first), max(mention.end_char for mention in mentions)


def _without(working_set: Found, start: int, end: int, aside: Iterable[str]) -> str:
    """The text between two offsets with blanks in place of some mentions, so that offsets stay."""
    letters = list(working_set.document.text[start:end])
    for mention in (working_set.mentions[key] for key in aside if key in working_set.mentions):
        if start <= mention.start_char and mention.end_char <= end:
            letters[mention.start_char - start : mention.end_char - start] = " " * len(mention.text)
    return "".join(letters)


def _findings(working_set: Found, scored: Iterable[ScoredDomain], offset: int) -> Iterable[DomainFinding]:
    for domain in scored:
        evidence = [
            working_set.mention(start + offset, end + offset, "DOMAIN", "domains", entity_key=domain.code).mention_id
            for start, end in domain.evidence
        ]
        yield DomainFinding(
            domain_code=domain.code, score=domain.score, method=domain.method, mention_ids=tuple(evidence)
        )
