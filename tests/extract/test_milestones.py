# ruff: noqa: E501 - one case, one line
"""Dated statements of fact: which sentences and dates make one, and what it names."""

from __future__ import annotations

import pytest

from extract.records import Milestone, Participation
from tests.extract.event_documents import read_events


def dates_of(milestones: list[Milestone]) -> list[str]:
    length = {"minute": 10, "day": 10, "month": 7, "year": 4, "decade": 4}
    return [str(one.when.start_date)[: length[one.when.precision or "day"]] for one in milestones]


CASES = [
    ("profile", "The two navies signed an accord in April 2013. From 2014, officers took part in yearly drills.", ["2013-04", "2014"]),
    ("profile", "Norland joined the drills in April 2022 and in May 2023 alongside its three neighbours.", ["2022-04", "2023-05"]),
    ("profile", "In June 2022, the premier came to the 2022 Harbour Summit in the north of the country.", ["2022-06"]),
    ("profile", "Norland gave two ships for this purpose over a five-year period (2009-2013) and asked for nothing.", []),
    ("profile", "After the devastating 2023 floods in the delta, Norland sent tents and pumps to the coast.", ["2023"]),
    ("profile", "In the 1990s Norland helped to clear mines from the harbours of its neighbours.", ["1990"]),
    ("report", "The talks took place on 4 May 2031. In March 2029 both sides had agreed on a road map for ships.", ["2029-03"]),
    ("announcement", "The seminar is on 4 May 2031. The accord on cables was signed in June 2025 in the capital.", ["2025-06"]),
    ("announcement", "Aino Berg is Director of Polar House. She joined the foreign ministry in 2001 and served in Oslo.", []),
    ("announcement", "The seminar takes place on 4 May 2031. Please register by 20 April 2031 with the office.", []),
    ("profile", "The next ministerial meeting is planned for May 2031 in the northern port of Riga.", []),
    ("profile", "Those who wish to take part should register with the guild before May 2030.", []),
    ("report", "In May 2019 Norland gave two ships. Thank you for coming tonight to speak of the drills of May 2019.", ["2019-05"]),
    ("report", "The pilots met in May 2019. I am happy that we have spoken of the drills of June 2018 here.", ["2019-05"]),
    ("report", "The pilots met in May 2019. Could you tell us when the drills of June 2018 came to their end?", ["2019-05"]),
    ("profile", "From 2010 to 2013 the guild contributed strongly to the patrols of the northern sea.", ["2010"]),
]  # fmt: skip


@pytest.mark.parametrize(("doc_type", "text", "expected"), CASES)
def test_milestones(doc_type: str, text: str, expected: list[str]) -> None:
    found = read_events(text, doc_type)  # type: ignore[arg-type]
    assert dates_of(found.milestones) == expected
    for one in found.milestones:
        assert found.document.text[one.start_char : one.end_char] == one.statement


def test_chronology() -> None:
    found = read_events([
        ("title", "Norland and Sudland at a glance"),
        ("list_item", "1977 – The first minister of Norland visits the south and speaks of trust."),
        ("list_item", "1994 – A forum of both navies meets for the first time in the capital."),
        ("list_item", "March 2004 – Norland accedes to the treaty on peaceful use of the strait."),
    ], "profile")  # fmt: skip
    assert sorted(dates_of(found.milestones)) == ["1977", "1994", "2004-03"]


def test_one_leading_year_is_no_chronology() -> None:
    found = read_events([("list_item", "1977 – a novel that everyone in the room had read twice")], "report")
    assert found.milestones == []


def test_who_and_what_a_statement_names() -> None:
    import spacy

    from extract.fields.milestones import find_milestones
    from extract.found import Found
    from tests.extract.event_documents import make_document

    text = "In April 2029 the Polar Guild agreed on the Quist Accord for ships."
    document = make_document([("paragraph", text)])
    done = read_events([("paragraph", text)], "profile")
    working_set = Found(document, doc_type=("profile", 0.9))
    working_set.dates = done.dates
    guild = text.index("Polar")
    accord = text.index("Quist")
    working_set.mention(guild, guild + 11, "ORG", "tests", entity_key="organisation:0")
    working_set.mention(accord, accord + 12, "INSTRUMENT", "tests", entity_key="instrument:0")
    doc = spacy.blank("en").make_doc(text)
    doc[0].is_sent_start = True
    for token in doc[1:]:
        token.is_sent_start = False
    doc._.found = working_set
    find_milestones(doc)
    milestone = working_set.milestones[0]
    assert milestone.actor_keys == ("organisation:0",)
    assert milestone.instrument_keys == ("instrument:0",)


def test_people_belong_to_the_slot_that_presents_them() -> None:
    import spacy

    from extract.fields.links import link_participations
    from extract.found import Found

    done = read_events([
        ("title", "Ports Forum"), ("paragraph", "4 May 2031"), ("table_row", "9:00\tWelcome by Aino Berg"),
        ("table_row", "10:00\tPanel"), ("list_item", "Otto Lind, Analyst"),
    ])  # fmt: skip
    text = done.document.text
    working_set = Found(done.document)
    working_set.events, working_set.programme_items = done.events, done.programme_items
    for number, (name, role) in enumerate(
        [("Aino Berg", "opening"), ("Otto Lind", "panellist"), ("Forum", "mentioned")]
    ):
        working_set.participations.append(
            Participation(person_key=f"person:{number}", person_text=name, role=role, start_char=text.index(name))  # type: ignore[arg-type]
        )
    doc = spacy.blank("en").make_doc(text)
    doc._.found = working_set
    link_participations(doc)
    assert [(one.event_key, one.item_key) for one in working_set.participations] == [
        ("event:0", "item:1"), ("event:0", "item:2"), (None, None),
    ]  # fmt: skip
