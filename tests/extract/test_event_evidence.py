# ruff: noqa: E501 - one case, one line
"""What a text itself tells of its kind, against a model that sees no event."""

from __future__ import annotations

import time

import pytest

from extract.fields.event_evidence import told_kind
from extract.fields.event_names import event_type_of, kind_pattern
from tests.extract.event_documents import make_document, read_events

HELD = [
    [("title", "Harbour Dialogue 2018"), ("paragraph", "4 June 2018"),
     ("paragraph", "A second joint seminar on ports was held by the Quay Institute and the Lagoon Centre.")],
    [("title", "Baltic–Pacific Consultations"),
     ("paragraph", "On June 4th, 2019, Norland and Sudria met by telephone for consultations of senior officials.")],
    [("title", "Delta College co-hosts a seminar"),
     ("paragraph", "The River Security Seminar was co-hosted by Delta College on March 4, 2015, with two ministries.")],
    [("title", "Bericht"), ("paragraph", "3. Mai 2022"),
     ("paragraph", "Die Expertentagung der beiden Institute wurde in diesem Jahr in Ulm abgehalten.")],
    [("title", "Forum des ports"), ("paragraph", "Le colloque des ports s’est tenu le 3 mai 2022 à Brest.")],
    [("title", "Delegation zu Gast"),
     ("paragraph", "Die Vorsitzende hat am 3. Juni 2025 im Hafenhaus eine Delegation aus Sudria empfangen.")],
    [("title", "News"), ("paragraph", "On 3 June 2025 the Minister held talks in Oslo with a colleague.")],
    [("title", "Visite"), ("paragraph", "Le ministre a reçu, le 3 juin 2025, son homologue de Sudria à Brest.")],
    [("title", "COMITÉ DES PORTS"), ("paragraph", "Compte rendu n° 4"), ("paragraph", "Mardi 3 mai 2022")],
    [("heading", "Event Report"), ("title", "Webinar: Who Pays for Dredging?"),
     ("paragraph", "Who pays for dredging was the subject of a webinar which the Quay Institute held on 4 June 2024.")],
    [("title", "【2018/6/4 Seminar Summary】 Norland–Sudria Seminar on Ports"), ("list_item", "Date&Time"),
     ("paragraph", "Monday, 4 June 2018, 14:30-18:00"), ("list_item", "Venue"), ("paragraph", "Harbour Hall")],
    [("title", "Talks at Senior Level"),
     ("paragraph", "On June 4 in Oslo, Ada Bolt, Director for Ports, consulted with her counterparts from Sudria.")],
]  # fmt: skip

PLANNED = [
    "The Quay Institute invites you to a lecture on ports on 4 June 2024.",
    "Le séminaire s’intéressera à la sécurité des ports et des détroits.",
    "The workshop will ask what ports can learn from airports.",
    "La conferencia tendrá lugar el 4 de junio de 2024 en el puerto.",
    "Side event, 4 June 2024, 13.15–14.45, Customs House: who pays for dredging?",
    "Die Podiumsdiskussion findet am 4. Juni 2024 statt.",
]

LABELLED = [
    [("title", "Who Pays for Dredging?"), ("paragraph", ", Oslo time (CET, UTC+1)"), ("paragraph", "Online"),
     ("heading", "Guests"), ("paragraph", "Ada Bolt, Senior Fellow, Quay Institute")],
    [("paragraph", "Date : June 4, 2024"), ("title", "Ports: Recent Developments (H.E. Ms. Ada BOLT, Ambassador)"),
     ("paragraph", "Norland and Sudria concluded treaties in 2003, 2009, 2012, 2017 and 2020."),
     ("paragraph", "■Briefers: H.E. Ms. Ada BOLT, Ambassador of Norland"), ("paragraph", "■Language: English only")],
    [("heading", "Abstract"), ("paragraph", "Ports have been noticed since 2021, and ships call at them."),
     ("heading", "About the Speaker"), ("paragraph", "Ada Bolt holds the Chair of Ports at the Quay Institute.")],
    [("paragraph", "Conférence"), ("title", "Les ports, récit d’une crise"), ("paragraph", "Lieu : 8 quai Sud, Brest"),
     ("heading", "Présentation de l’intervenant"), ("paragraph", "Ada Bolt est professeure à Brest depuis 1999.")],
    [("paragraph", "4 June 2024"), ("title", "Ports and Straits"),
     ("paragraph", "The panel looks at how Norland has come nearer to Sudria.")],
]  # fmt: skip

NEITHER = [
    "Norland and Sudria cooperate at sea.  The seminar series began in 2005, the dialogue in 2012, the plan in 2014, "
    "and a conference was held on 3 May 2017.",
    "Ada Bolt is a fellow at the Quay Institute.  She spoke at a conference on ports.",
    "New paper: ports after the storm.  48 pages, 3 May 2024.",
]


@pytest.mark.parametrize("blocks", HELD)
def test_text_that_says_it_was_held_is_a_report(blocks: list[tuple[str, str]]) -> None:
    assert told_kind(make_document(blocks)) == "report"


@pytest.mark.parametrize("text", PLANNED)
def test_text_that_invites_is_an_announcement(text: str) -> None:
    assert told_kind(make_document([("paragraph", text)])) == "announcement"


@pytest.mark.parametrize("blocks", LABELLED)
def test_labelled_facts_of_two_kinds_make_an_announcement(blocks: list[tuple[str, str]]) -> None:
    assert told_kind(make_document(blocks)) == "announcement"


def test_one_kind_of_label_makes_none() -> None:
    assert told_kind(make_document([("title", "Ada Bolt"), ("paragraph", "Languages: English, French")])) is None


def test_a_record_is_no_announcement_however_sure_the_model_is() -> None:
    assert read_events(HELD[-3], doc_type="announcement").doc_type[0] == "report"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("This session assessed how far ports have kept their promises.", "report"),
        ("Who Pays for Dredging?\n\n4 June 2024, 14:30-18:00\n\nThe roundtable was by invitation only.", "report"),
        ("4 June 2024, Harbour Hall\n\nAbout 120 people came. The talks were lively.", "report"),
        ("The seminar was established by the Quay Institute and will look at ports on 4 June 2024.", "announcement"),
        ("This workshop was postponed. The workshop will take place on 4 June 2024.", "announcement"),
        ("A study in which 25 people took part will be shown on 4 June 2024.", "announcement"),
        ("Address to the Ports Conference\n\nI thank my hosts. I stand here as one of you.", "other"),
        ("Ladies and gentlemen, I am glad to see my friends of the Quay Institute.", "other"),
        (
            "MODERATOR: We begin. MINISTER BOLT: I met my colleagues.\n\nMODERATOR: Thank you.\n\nMINISTER BOLT: I hope so.",
            "other",
        ),
        ("Call for papers\n\nThe Journal of Ports plans a special issue on dredging.", "other"),
        ("Call for papers\n\nThe conference on 4 June 2024 will lead to a special issue on dredging.", "announcement"),
        ("Remarks by the Minister will open the conference on 4 June 2024.", "announcement"),
    ],
)
def test_what_is_told_afterwards_or_spoken_is_no_announcement(text: str, kind: str) -> None:
    assert read_events(text, doc_type="announcement").doc_type[0] == kind


@pytest.mark.parametrize("line", ["A" * 1500, "AB " * 500, "this " * 300, "12 " * 500, "we’" * 500])
def test_long_lines_are_read_in_no_time(line: str) -> None:
    started = time.process_time()
    read_events([("paragraph", line)], doc_type="announcement")
    assert time.process_time() - started < 2


@pytest.mark.parametrize("text", NEITHER)
def test_other_texts_tell_nothing(text: str) -> None:
    assert told_kind(make_document([("paragraph", text)])) is None


def test_evidence_wins_over_a_profile() -> None:
    working_set = read_events(HELD[0], doc_type="profile")
    assert working_set.doc_type[0] == "report"
    assert working_set.events[0].name == "Harbour Dialogue 2018"
    assert working_set.events[0].event_status == "held"


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Sicherheitsdialog", "meeting"), ("Fachkonferenz", "conference"), ("Expertenvortrags", "lecture"),
     ("Hafengipfel", "summit"), ("Klimadebatte", "panel")],
)  # fmt: skip
def test_compounds_name_events(word: str, kind: str) -> None:
    assert kind_pattern().fullmatch(word)
    assert event_type_of(f"Der {word}", "") == kind


@pytest.mark.parametrize(
    "blocks",
    [
        [("paragraph", "With regret we tell you that the “Harbour Forum 2031”, planned for 3 June 2031 in Oslo, is cancelled.")],
        [("title", "The open seminar ‘Ports’ has been cancelled"),
         ("paragraph", "The open seminar of the Quay Institute, announced for Friday, had to be cancelled: no one can come.")],
        [("title", "Colloque des ports 2031"), ("heading", "Penser la mer"),
         ("paragraph", "mardi 3 juin 2031 à l’amphithéâtre Cousteau de la faculté des ports, quai Sud à Lyon")],
    ],
)  # fmt: skip
def test_who_is_told_that_it_is_off_or_on_was_to_come(blocks: list[tuple[str, str]]) -> None:
    assert told_kind(make_document(blocks)) == "announcement"
