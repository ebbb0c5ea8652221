"""Hosts, organisers, partners and funders, told apart by the words beside them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.extract.organisation_texts import organisers, run, run_page

CASES = tomllib.loads((Path(__file__).parent / "data/organisers.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_who_holds_the_event(case: dict[str, object]) -> None:
    assert organisers(run(str(case["text"]))) == case["parts"]


def test_every_part_carries_the_mention_that_gave_it() -> None:
    working_set = run("Hosted by Lakeside College in cooperation with the Harbour Institute.")
    texts = {m.mention_id: m.text for m in working_set.mentions.values()}
    assert [[texts[i] for i in part.mention_ids] for part in working_set.event_organisations] == [
        ["Lakeside College"],
        ["Harbour Institute"],
    ]


def test_a_part_says_how_it_is_known_and_how_surely() -> None:
    told = run("Hosted by Lakeside College in Oslo.").event_organisations
    assert [(part.method, part.score) for part in told] == [("agent", 0.93)]
    seen = run("Harbour Institute\n\nSea Lanes after the Storm: a public talk\n\nThe talk begins at 18:00.")
    assert [(part.method, part.score) for part in seen.event_organisations] == [("letterhead", 0.5)]


def test_signs_of_one_body_add_up() -> None:
    text = "Harbour Institute\n\nSea lanes: a public talk\n\nVenue: Harbour Institute, Room 5, Oslo"
    (part,) = run(text).event_organisations
    assert part.score == pytest.approx(1 - 0.5 * 0.45) and part.method == "premises"


def test_an_organiser_that_only_the_pages_data_name_is_kept() -> None:
    page = "---\ntitle: Sea lanes\nevent_organizer: Harbour Institute\n---\n\nThe talk begins at 18:00.\n"
    working_set = run_page(page)
    names = {finding.key: finding.name for finding in working_set.organisations}
    (part,) = working_set.event_organisations
    assert (names[part.organisation_key], part.method, part.mention_ids) == ("Harbour Institute", "declared", ())
