"""The domains of events, programme items and milestones: judged by their own words, with evidence in the document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.found import Found
from extract.passages import find_document_domains, find_passage_domains
from extract.records import EventFinding, Milestone, Participation, ProgrammeItem, When
from ingest.document import Block
from tests.extract.event_documents import make_document


@dataclass(frozen=True)
class Judged:
    code: str
    score: float
    evidence: tuple[tuple[int, int], ...]
    method: str = "words"


def by_capitals(text: str, blocks: tuple[Block, ...], language: str | None) -> Iterable[Judged]:
    """Each capital letter is a domain of its own."""
    return [Judged(letter, 0.9, ((at, at + 1),)) for at, letter in enumerate(text) if letter.isupper()]


def judged(lines: list[str], events: list[tuple[str, str]]) -> Found:
    document = make_document([("paragraph", line) for line in lines])
    working_set = Found(document)
    for number, (name, relation) in enumerate(events):
        start = document.text.index(name)
        mention = working_set.mention(start, start + len(name), "TITLE", "tests")
        working_set.events.append(
            EventFinding(key=f"event:{number}", relation=relation, name=name, mention_ids=(mention.mention_id,))  # type: ignore[arg-type]
        )
    start = document.text.index("slot")
    working_set.programme_items = [
        ProgrammeItem(key="item:0", event_key="event:0", item_number=1, item_title="", start_char=start,
                      end_char=start + len("slot C"))
    ]  # fmt: skip
    working_set.milestones = [Milestone(when=When(), statement="", start_char=start, end_char=start + 4)]
    find_document_domains(working_set, by_capitals)
    find_passage_domains(working_set, by_capitals)
    return working_set


def codes(item: EventFinding | ProgrammeItem | Milestone) -> str:
    return "".join(domain.domain_code for domain in item.domains)


def test_the_only_event_has_the_domains_of_its_document() -> None:
    working_set = judged(["first A", "more B", "slot C"], [("first", "announces")])
    assert codes(working_set.events[0]) == "ABC"
    assert codes(working_set.programme_items[0]) == "C"
    assert codes(working_set.milestones[0]) == ""


def test_each_of_several_events_has_those_of_the_lines_up_to_the_next() -> None:
    working_set = judged(["X of first A", "more B", "second slot C"], [("first", "announces"), ("second", "announces")])
    assert [codes(event) for event in working_set.events] == ["XAB", "C"]


def test_a_mentioned_event_has_those_of_its_paragraph() -> None:
    working_set = judged(["main A slot", "past B", "end C"], [("main", "reports"), ("past", "mentions")])
    assert [codes(event) for event in working_set.events] == ["ABC", "B"]


def test_evidence_lies_in_the_document() -> None:
    working_set = judged(["first A", "slot C"], [("first", "announces")])
    for domain in working_set.programme_items[0].domains:
        assert [working_set.mentions[key].text for key in domain.mention_ids] == [domain.domain_code]


def test_a_speakers_post_says_nothing_of_the_slot() -> None:
    working_set = judged(["first A", "slot C"], [("first", "announces")])
    start = working_set.document.text.index("C")
    post = working_set.mention(start, start + 1, "POSITION", "tests")
    part = Participation(person_key="person:0", person_text="", role="speaker", start_char=0, item_key="item:0",
                         mention_ids=(post.mention_id,))  # fmt: skip
    working_set.participations = [part]
    find_passage_domains(working_set, by_capitals)
    assert codes(working_set.programme_items[0]) == ""
