"""Organisations over many layouts and languages.  Texts are invented; the real bodies in them are public knowledge."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.fields.organisations import ensure_organisation
from extract.found import Found
from tests.extract.organisation_texts import run

CASES = tomllib.loads((Path(__file__).parent / "data/organisations.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_the_organisations_of_a_text(case: dict[str, object]) -> None:
    working_set = run(str(case["text"]))
    assert sorted(o.name for o in working_set.organisations) == sorted(case["names"])  # type: ignore[call-overload]


def key_at(working_set: Found, text: str) -> set[str | None]:
    return {m.entity_key for m in working_set.mentions_of("ORG") if m.text == text}


def test_full_name_acronym_and_short_reference_are_one_body() -> None:
    working_set = run(
        "The Harbour Institute for Ocean Affairs (HIOA) opened in 1990. HIOA has forty staff. "
        "The Institute publishes maps."
    )
    (body,) = working_set.organisations
    assert (body.name, body.acronym, body.organisation_type) == (
        "Harbour Institute for Ocean Affairs",
        "HIOA",
        "think_tank",
    )
    assert key_at(working_set, "HIOA") == key_at(working_set, "Institute") == {body.key}
    assert "Institute" not in body.aliases  # a short reference is no name: it would join other institutes


def test_the_alliance_is_nato() -> None:
    working_set = run("Japan works with NATO. The seas are important to the Alliance.")
    assert key_at(working_set, "Alliance") == key_at(working_set, "NATO") != set()


@pytest.mark.parametrize(
    ("text", "gazetteer_id", "country"),
    [
        ("Talks with Japan's Ministry of Foreign Affairs went well.", "jp/ministry-of-foreign-affairs", "JP"),
        ("Kaja Tamm, Ministry of Foreign Affairs, Estonia", "ee/ministry-of-foreign-affairs", "EE"),
        ("Mr. Abe, Ministry of Foreign Affairs (MOFA), Japan", "jp/ministry-of-foreign-affairs", "JP"),
        ("The Finnish Ministry of Defence agreed.", "fi/ministry-of-defence", "FI"),
        ("The Ministry of Foreign Affairs agreed.", None, None),
        ("Ministry of Foreign Affairs of the Republic of Korea", "kr/ministry-of-foreign-affairs", "KR"),
        ("Georgian Technical University", None, "GE"),
    ],
)
def test_a_ministry_is_a_countrys_only_where_the_text_says_which(
    text: str, gazetteer_id: str | None, country: str | None
) -> None:
    (body,) = run(text).organisations
    assert (body.gazetteer_id, body.country_code) == (gazetteer_id, country)


def test_ministries_of_two_countries_stay_two() -> None:
    working_set = run("The Ministry of Defence of Finland wrote to the French Ministry of Defence and the UK MoD.")
    assert len(working_set.organisations) == 3


def test_an_office_beside_its_department_has_it_for_a_parent() -> None:
    working_set = run("Jan Novak, Office of Sea Affairs, U.S. Department of State")
    office, department = working_set.organisations
    assert office.parent_key == department.key and department.parent_key is None


def test_a_listed_body_links_to_the_parent_the_text_names() -> None:
    working_set = run("NATO and its Allied Maritime Command met; Allied Maritime Command is in Northwood.")
    names = {o.key: o.name for o in working_set.organisations}
    parents = {o.name: names.get(o.parent_key or "") for o in working_set.organisations}
    assert parents == {"NATO": None, "Allied Maritime Command": "NATO"}


def test_ensure_organisation_returns_the_known_key_or_opens_a_new_finding() -> None:
    working_set = run("Ana Pop, Zephyr\nJan Novak, Harbour Institute")
    text = working_set.document.text
    known = text.index("Harbour Institute")
    assert ensure_organisation(working_set, known, known + 17) == working_set.organisations[0].key
    start = text.index("Zephyr")
    key = ensure_organisation(working_set, start, start + 6)
    assert key == ensure_organisation(working_set, start, start + 6)
    assert [o.name for o in working_set.organisations if o.key == key] == ["Zephyr"]
    assert len({o.key for o in working_set.organisations}) == len(working_set.organisations)


PIECES = (
    "The Institute for Ministry of and , ( ) NATO EU Japan Keio University ’s - – / Department State & hosted by "
    "Ministries WHO a 大学 外務省 Operation Agreement (NIDS) 2022 . “ ” Foundation Inc. in to on"
)
WORDS = st.sampled_from([*PIECES.split(" "), "\n", "\n\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_any_run_of_words_gives_sound_mentions(words: list[str]) -> None:
    working_set = run("Talk " + " ".join(words))
    text = working_set.document.text
    keys = {o.key for o in working_set.organisations} | {i.key for i in working_set.instruments}
    for mention in working_set.mentions.values():
        assert text[mention.start_char : mention.end_char] == mention.text and mention.text.strip() == mention.text
        assert mention.entity_key in keys
    for organisation in working_set.organisations:
        assert (
            organisation.name
            and organisation.parent_key in {None, *keys}
            and organisation.parent_key != organisation.key
        )


@pytest.mark.parametrize(
    ("text", "acronym"),
    [
        ("HPI – Harbour Policy Institute. HPI staff came.", "HPI"),
        ("The HPI (Harbour Policy Institute) met.", "HPI"),
        ("The MoD wrote to us. Norway's Ministry of Defence and the MoD agreed.", "MoD"),
        ("The Ministry of Defence of Poland and the Ministry of Defence of Norway met; the MoD agreed.", None),
    ],
)
def test_a_short_form_before_or_without_its_name(text: str, acronym: str | None) -> None:
    assert {finding.acronym for finding in run(text).organisations} == {acronym}
