"""Hosts, organisers, partners and funders, told apart by the words beside them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.extract.organisation_texts import organisers, run

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
