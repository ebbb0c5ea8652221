"""People with post, affiliation and role, over many layouts.  All names and bodies here are invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from extract.fields.people import find_people
from extract.found import Found
from extract.records import DocType, Participation
from ingest.document import RawFile
from ingest.readers.html import read_html
from ingest.readers.text import read_text

if not Doc.has_extension("found"):
    Doc.set_extension("found", default=None)
NLP = spacy.blank("en")
ANY = "*"


@dataclass(frozen=True)
class Row:
    """What a participation must say; `ANY` where a case does not look."""

    name: str
    role: str = ANY
    position: str | None = ANY
    organisation: str | None = ANY


def run(text: str, doc_type: DocType = "announcement") -> Found:
    document = read_text(RawFile("case.txt", text.encode()))
    doc = NLP.make_doc(document.text)
    doc._.found = working_set = Found(document, doc_type=(doc_type, 1.0))
    find_people(doc)
    return working_set


def rows(working_set: Found) -> dict[str, list[Participation]]:
    names = {person.key: person.name for person in working_set.people}
    found: dict[str, list[Participation]] = {}
    for participation in working_set.participations:
        found.setdefault(names[participation.person_key], []).append(participation)
    return found


def check(working_set: Found, expected: list[Row]) -> None:
    found = rows(working_set)
    assert sorted(found) == sorted({row.name for row in expected})
    for row in expected:
        assert any(_agrees(row, p) for p in found[row.name]), (row, found[row.name])


def _agrees(row: Row, participation: Participation) -> bool:
    return (
        row.role in (ANY, participation.role)
        and row.position in (ANY, participation.position)
        and row.organisation in (ANY, participation.organisation_text)
    )


CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parent / "people_cases.toml").read_text(encoding="utf-8")
)


def expected(case: dict[str, Any]) -> list[Row]:
    return [Row(name, role, position or None, body or None) for name, role, position, body in case["people"]]


@pytest.mark.parametrize("case", CASES["line"], ids=lambda case: case["text"][:60])
def test_line_of_a_list(case: dict[str, Any]) -> None:
    check(run("Speakers\n\n" + case["text"] + "\n"), expected(case))


@pytest.mark.parametrize("case", CASES["role"], ids=lambda case: case["text"][:60])
def test_role(case: dict[str, Any]) -> None:
    check(run("A day on ports\n\n" + case["text"] + "\n"), expected(case))


@pytest.mark.parametrize("case", CASES["sentence"], ids=lambda case: case["text"][:60])
def test_sentence(case: dict[str, Any]) -> None:
    check(run(case["text"] + "\n", case["doc_type"]), expected(case))


@pytest.mark.parametrize("case", CASES["document"], ids=lambda case: case["text"][:60])
def test_document(case: dict[str, Any]) -> None:
    check(run(case["text"], case["doc_type"]), expected(case))


NOBODY = [
    "Venue: Casa de la Prensa (c/ Alonso Cano no. 4, Madrid)",
    "The meeting takes place at the Robert Harland Institute in Bergen.",
    "Join us at Elizabeth Thornton Hall, 12 Victoria Street.",
    "He received the Arthur Penrose Prize for Peace.",
    "The frigate HMS Edward Carter visited the port.",
    "The Magnus Erlandsson Foundation supports young scholars.",
    "Rue Albert Moreau 15, 1000 Brussels",
    "Registration and Continental Breakfast – Enter from Ash Street",
    "Coffee Break\tLounge",
    "The Biden-Harris Administration announced a Climate Security Roadmap.",
    "New York, San Francisco and Buenos Aires will be connected by video.",
    "Panel 2: Emerging Technologies and Maritime Security",
    "NATO and Japan agreed on an Individually Tailored Partnership Programme.",
    "The John Carter University School of Public Policy will host the conference.",
    "Washington 08:00\nLondon 13:00\nParis 14:00\nTokyo 21:00",
    "The Marshall Plan and the Monroe Doctrine were compared.",
    "Delegations from Sri Lanka and New Zealand arrived.",
    "Ito Hall, Ito International Research Centre",
    "Leiterin des Politischen Bildungsforums Nordrhein-Westfalen",
    "The aircraft carrier HMS Queen Elizabeth (R08) left port.",
    "La Universidad Rey Juan Carlos (URJC) acogió el acto.",
    "La Cátedra “Francisco Valdés” y la Ville d’Aix invitan.",
    "The seminar takes place at John Carter University, 12 Jean Moreau Street.",
    "Tuvo lugar en la antigua Capitanía General de Valencia.",
    "Die Münchner Sicherheitskonferenz und die Europäischen Verteidigungsminister",
]


@pytest.mark.parametrize("text", NOBODY)
def test_no_person(text: str) -> None:
    assert [person.name for person in run(text + "\n").people] == []


def test_one_person_under_all_forms() -> None:
    working_set = run(
        "Speakers\n\n- Professor Joanna Petrakis, Head of Policy Planning, Ministry of Maritime Affairs\n\n"
        "The talk by Prof. Petrakis closes the day. Petrakis has written on ports, and Joanna will sign her book.\n"
    )
    assert [person.name for person in working_set.people] == ["Joanna Petrakis"]
    words = [m.text for m in working_set.mentions_of("PERSON")]
    assert words == ["Joanna Petrakis", "Petrakis", "Petrakis", "Joanna"]


def test_two_people_with_one_surname_stay_apart() -> None:
    working_set = run("Speakers\n\n- Hana Kolarova, Ministry of Trade\n- Petr Kolarova, Ministry of Ports\n")
    assert [person.name for person in working_set.people] == ["Hana Kolarova", "Petr Kolarova"]


def test_short_and_full_given_name_are_one_person() -> None:
    working_set = run("A talk with Rob Hathersage\n\nSpeakers\n\nRobert Hathersage — Director, Harbour House\n")
    assert len(working_set.people) == 1


def test_mentions_of_a_participation_say_what_it_says() -> None:
    working_set = run("Moderator: Elin Sandqvist, Senior Fellow, Nordhaven Institute | @elin_s\n")
    (participation,) = working_set.participations
    labels = {working_set.mentions[i].label: working_set.mentions[i].text for i in participation.mention_ids}
    assert labels["PERSON"] == "Elin Sandqvist"
    assert labels["POSITION"] == "Senior Fellow"
    assert labels["ROLE"].rstrip(":") == "Moderator"
    assert labels["HANDLE"] == participation.handle == "@elin_s"


PRIVATE = [
    "Contact: Joanna Petrakis, +32 2 555 01 99, j.petrakis@example.org, Harbour House, 4 Quay Street",
    "For questions, please contact Joanna Petrakis at petrakis77@example.net or on +49 170 5550123.",
    "Contact\nProf. Joanna Petrakis\nHome: Gartenstrasse 5, 8000 Nordhaven\nMobile: 079 555 01 23\njp@example.net",
    "Joanna Petrakis, Director, Harbour Institute, tel. 0032 2 555 01 99, 12 Rosenweg, 10115 Nordhaven",
    "Joanna Petrakis (petrakis@example.net), Senior Fellow\tHarbour Institute\t+32 2 555 01 99",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_no_phone_number_or_address_in_a_record(text: str) -> None:
    working_set = run(text + "\n")
    assert [person.name for person in working_set.people] == ["Joanna Petrakis"]
    said = [v for p in working_set.participations for v in (p.position, p.organisation_text, p.handle, p.person_text)]
    said += [mention.text for mention in working_set.mentions.values()]
    for value in said:
        assert value is None or ((not any(sign.isdigit() for sign in value)) and "@" not in value)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_error_and_with_true_offsets(text: str) -> None:
    working_set = run("Agenda " + text)
    for mention in working_set.mentions.values():
        assert working_set.document.text[mention.start_char : mention.end_char] == mention.text


_SOUP = """
Elin Sandqvist Dr Mr Prof. Director of the Institute , ; : ( ) – and & Chair Moderator by de van der NATO “ ”
said was is at Ministry Foreign Affairs 10:00 - | @x Jr. III President Tanaka
Ichiro Kim LARDER J. M. 's opened moderated will host
田中 教授
"""
_WORDS = st.sampled_from([*_SOUP.split(), "\n", "\t"])


@given(st.lists(_WORDS, max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_row_of_our_words_is_read_without_error(words: list[str]) -> None:
    working_set = run("Agenda " + " ".join(words))
    text = working_set.document.text
    keys = {person.key for person in working_set.people}
    for mention in working_set.mentions.values():
        assert text[mention.start_char : mention.end_char] == mention.text
    for participation in working_set.participations:
        assert participation.person_key in keys
        assert all(mention in working_set.mentions for mention in participation.mention_ids)


@pytest.mark.parametrize(
    "piece",
    ["Anna Berg, ", "Anna Berg and ", "opened by Anna Berg, ", "Dr. ", "Anna Berg, Director, Harbour Institute; "],
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    def seconds(length: int) -> float:
        """The least processor time of three readings: what else the machine does can only add to one of them."""
        text, readings = piece * (length // len(piece)), []
        for _ in range(3):
            started = process_time()
            run(text)
            readings.append(process_time() - started)
        return min(readings)

    run(piece * (2_000 // len(piece)))  # loads the word lists
    assert seconds(48_000) < 12 * max(seconds(12_000), 0.05)  # four times the text: 4 where linear, 16 where quadratic


def test_a_role_between_a_name_and_its_post_is_the_persons_own() -> None:
    cards = """# Speakers

### Ada Bolt

Opening remarks

Counsellor, Embassy of Sudria

### Prof. Jon Lindqvist

Professor of Ports, Delta University

### Mira Kosta

Moderator

Director of the Harbour Programme, Quay Institute
"""
    document = read_text(RawFile("case.md", cards.encode()))
    doc = NLP.make_doc(document.text)
    doc._.found = working_set = Found(document, doc_type=("announcement", 1.0))
    find_people(doc)
    check(
        working_set,
        [
            Row("Ada Bolt", "opening", "Counsellor", "Embassy of Sudria"),
            Row("Jon Lindqvist", "speaker", "Professor of Ports", "Delta University"),
            Row("Mira Kosta", "moderator", "Director of the Harbour Programme", "Quay Institute"),
        ],
    )


def test_a_label_on_the_next_line_of_a_cell_is_for_the_name_behind_it() -> None:
    people = ("Ada Bolt, Senior Adviser, Quay Institute", "Jon Lindqvist, Research Fellow, Delta University",
              "Chair: Mira Kosta, Director, Harbour House")  # fmt: skip
    table = f"<table><tr><td>15:00</td><td>Panel 1: Ports</td><td>{'<br>'.join(people)}</td></tr></table>"
    document = read_html(RawFile("case.html", f"<html><body><h1>Ports</h1>{table}</body></html>".encode()))
    doc = NLP.make_doc(document.text)
    doc._.found = working_set = Found(document, doc_type=("announcement", 1.0))
    find_people(doc)
    roles = {name: [p.role for p in found] for name, found in rows(working_set).items()}
    assert roles == {"Ada Bolt": ["speaker"], "Jon Lindqvist": ["speaker"], "Mira Kosta": ["chair"]}
