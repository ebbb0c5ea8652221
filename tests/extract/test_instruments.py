"""Agreements, programmes, strategies, operations and exercises in invented texts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.extract.organisation_texts import run

CASES = tomllib.loads((Path(__file__).parent / "data/instruments.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_the_instruments_of_a_text(case: dict[str, object]) -> None:
    working_set = run(str(case["text"]))
    assert sorted(i.name for i in working_set.instruments) == sorted(case["names"])  # type: ignore[call-overload]
    assert {m.text for m in working_set.mentions_of("INSTRUMENT")} == {i.name for i in working_set.instruments}


@pytest.mark.parametrize(
    ("text", "acronym", "kind"),
    [
        ("the EU-Japan Economic Partnership Agreement (EPA)", "EPA", "agreement"),
        ("the Resilient Ports Initiative (RPI) began", "RPI", "programme"),
        ("Forces trained in Exercise Northern Torch.", None, "exercise"),
        ("Ships joined Operation Harbour Light.", None, "operation"),
        ("The Norland Maritime Strategy was adopted.", None, "strategy"),
    ],
)
def test_an_instrument_has_its_acronym_and_type(text: str, acronym: str | None, kind: str) -> None:
    (instrument,) = run(text).instruments
    assert (instrument.acronym, instrument.instrument_type) == (acronym, kind)
