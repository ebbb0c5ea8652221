"""Domains and types of texts that no training saw, evidence, thresholds, refusals."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from models.prediction import ModelMismatchError, domains, score_doc_type, score_domains


@dataclass(frozen=True)
class Piece:
    kind: str
    start: int
    end: int
    is_main: bool = True


def codes(text: str, language: str = "en") -> set[str]:
    return {d.code for d in score_domains(text, (), language)}


CASES = [
    (
        "Public debate on nuclear risk. Monday, 7 pm. Two former inspectors will explain what arms control achieved "
        "and why the Non-Proliferation Treaty is under strain. Please register.",
        {"nonproliferation"},
        "announcement",
    ),
    (
        "Choir rehearsal moved. The rehearsal will take place in the Great Hall on Tuesday at 19:00, since the small "
        "room is being painted. Please bring your scores and register at the door.",
        set(),
        "announcement",
    ),
    (
        "The ministers met in Riga on 4 March and discussed energy security, sanctions and the protection of undersea "
        "cables. They agreed on shared patrols of their coast guards. The host thanked all delegations.",
        {"energy", "economic", "maritime"},
        "report",
    ),
    (
        "About the fund. The fund supports asylum seekers and refugees in twelve towns. It was founded in 1999, is "
        "based in Utrecht, and comprises a council and a small office. It cooperates with the city.",
        {"migration"},
        "profile",
    ),
    (
        "Job vacancy. We look for an accountant. Applicants should send a CV and state their salary. Your contract is "
        "for two years. Kind regards, the office.",
        set(),
        "other",
    ),
    (
        "Summary of the workshop on ransomware. Sixty engineers attended. Speakers described how malware had entered "
        "hospitals and argued for shared incident response. The workshop closed with a quiz.",
        {"cyber"},
        "report",
    ),
]


@pytest.mark.parametrize(("text", "expected", "doc_type"), CASES, ids=[c[0][:20] for c in CASES])
def test_domains_and_type(text: str, expected: set[str], doc_type: str) -> None:
    assert codes(text) == expected
    assert score_doc_type(text)[0] == doc_type


def test_the_name_of_a_body_or_post_is_no_subject() -> None:
    text = (
        "Poetry evening with Ana Reis, Professor of War Studies, and Jan Vos, Ministry of Defence. Hosted by the "
        "Institute for Energy Security, Room 3, on Friday at 20:00. Bring a poem and a friend."
    )
    assert codes(text) == set()


@pytest.mark.parametrize(
    "line",
    [
        "Ana Reis, Captain, Royal Coast Guard",
        "Colonel Jan Vos, National Armed Forces of Latvia",
        "Dr Mia Falk, Project Officer, European Defence Agency",
        "Guest: un analista dell'Agenzia per la cybersicurezza nazionale",
    ],
)
def test_an_affiliation_is_no_subject(line: str) -> None:
    assert codes(f"Evening of songs and stories\n{line}\nFriday, 20:00, Room 3. Bring a friend and a song.") == set()


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        ("Advisory Committee on Undersea Cables; Notice of Meeting", "maritime"),
        ("Expert Group on Drug Trafficking: third meeting", "organised_crime"),
        ("Commission on Civil Rights - public hearing", "human"),
    ],
)
def test_a_committee_in_the_title_gives_its_subject(notice: str, code: str) -> None:
    assert code in codes(f"{notice}\nThe meeting will be held on 3 May at 10 a.m. Comments are welcome until 1 May.")


def test_evidence_points_at_the_words() -> None:
    text = "Seminar on maritime security. The talk is about maritime security and piracy in the gulf."
    (domain,) = [d for d in score_domains(text) if d.code == "maritime"]
    words = [text[a:b] for a, b in domain.evidence]
    assert words[0] == "maritime security" and "piracy" in words
    assert 0 < domain.score <= 1 and domain.method


def test_footers_and_side_columns_do_not_count() -> None:
    body, footer = (
        "We sing every Monday. New voices are welcome.\n",
        "Also see: cyber security, cyber attacks, malware.",
    )
    text = body + footer
    blocks = (Piece("paragraph", 0, len(body)), Piece("footer", len(body), len(text)))
    aside = (Piece("paragraph", 0, len(body)), Piece("paragraph", len(body), len(text), is_main=False))
    assert "cyber" in codes(text)
    assert score_domains(text, blocks) == score_domains(text, aside) == []


@pytest.mark.parametrize("text", ["", " \n ", "?", "a" * 10_000, "\n" * 50_000, ". " * 20_000])
def test_empty_and_odd_texts_have_no_domain_and_some_type(text: str) -> None:
    assert score_domains(text) == []
    doc_type, score = score_doc_type(text)
    assert doc_type in ("announcement", "report", "profile", "other") and 0 <= score <= 1


def test_dates_move_the_type() -> None:
    text = "Round table on trade. 4 May 2021. Speakers: two economists. The round table is held in the old town hall."
    before = score_doc_type(text, published=date(2021, 4, 1), event=date(2021, 5, 4))
    after = score_doc_type(text, published=date(2021, 6, 1), event=date(2021, 5, 4))
    assert before[0] == "announcement"
    assert after[0] == "report" or after[1] < before[1]


@pytest.mark.parametrize(("key", "value"), [("features", ["other"]), ("labels", ["cyber"]), ("features_version", None)])
def test_a_model_made_for_something_else_is_refused(tmp_path: Path, key: str, value: list[str] | None) -> None:
    from models.prediction import ARTEFACTS

    model = json.loads((ARTEFACTS / "domains.json").read_text(encoding="utf-8")) | {key: value}
    (tmp_path / "domains.json").write_text(json.dumps(model), encoding="utf-8")
    with pytest.raises(ModelMismatchError, match="convenor train domains"):
        score_domains("cyber", path=tmp_path / "domains.json")
    with pytest.raises(ModelMismatchError, match="convenor train domains"):
        score_doc_type("cyber", path=tmp_path / "missing.json")


def test_the_taxonomy_rows_are_complete() -> None:
    assert all(set(row) == {"domain_code", "domain_name", "definition", "parent_code"} for row in domains())
