"""A question finds the events in which each of its words holds, and says where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tables.questions import parse_question
from tables.search import count_without, search
from tests.tables.test_exports import processed  # noqa: F401  (a fixture)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("maritime events in Brussels 2024 with NIDS", ["Talks on Maritime Security"]),
        ("Talks with Ito", ["Talks on Maritime Security"]),
        ("Maritime Belgium", ["Talks on Maritime Security"]),
        ("cancelled", ["=cmd()|Forum"]),
        ("maritime in Tokyo", []),
        ("2023", []),
        ("of the", []),
        ("since 2025", ["=cmd()|Forum"]),
        ("2024-2025 talks", ["Talks on Maritime Security"]),
        ("Palais before 2024-03", []),
        ("Palais until 2024-03", ["Talks on Maritime Security"]),
        ('"maritime security"', ["Talks on Maritime Security"]),
        ('"security maritime"', []),
        ("mar", []),
        ("%' OR 1=1 --", []),
    ],
)
def test_search(question: str, names: list[str], processed: Path) -> None:  # noqa: F811
    assert [hit.name for hit in search(processed, question)] == names


def test_the_answer_says_why(processed: Path) -> None:  # noqa: F811
    (hit,) = search(processed, "Brussels March NIDS")
    assert [(word, field) for word, field, _ in hit.why] == [
        ("brussels", "where"), ("march", "when"), ("nids", "organiser"),
    ]  # fmt: skip
    assert hit.documents == ("a.txt",)


def test_nothing_says_which_word_stands_in_the_way(processed: Path) -> None:  # noqa: F811
    assert count_without(processed, "maritime talks Tokyo") == {"tokyo": 1}
    assert count_without(processed, "maritime Tokyo Osaka") == {}


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("NIDS", ["Ito Kenji"]),
        ("speaker maritime Brussels", ["Ito Kenji", "Anna Beispiel"]),
        ("Beispiel since 2025", []),
    ],
)
def test_people(question: str, names: list[str], processed: Path) -> None:  # noqa: F811
    assert sorted(hit.name for hit in search(processed, question, kind="people")) == sorted(names)


def test_sentences_lead_to_their_words(sample_project: Path) -> None:
    import convenor

    processed_sample = sample_project / "data" / "processed"
    texts = convenor.load("documents", processed_sample).set_index("document_id")["text"]
    hits = search(processed_sample, "Japan NATO summits", kind="sentences")
    assert any("Madrid" in hit.name for hit in hits)
    for hit in hits:
        assert hit.start_char is not None
        assert texts[hit.id][hit.start_char : hit.start_char + len(hit.name)] == hit.name


def test_the_words_of_a_person_s_body_are_enough(sample_project: Path) -> None:
    """An acronym finds people whose document spells the ministry out."""
    hits = search(sample_project / "data" / "processed", "dialogue Slovenia 2025 with MOFA")
    assert [hit.when for hit in hits] == ["2025-09-09"]
    assert ("mofa", "person") in [(word, field) for word, field, _ in hits[0].why]


def test_a_word_of_the_text_alone_comes_with_its_sentence(sample_project: Path) -> None:
    hits = search(sample_project / "data" / "processed", "NATO Madrid")
    (value,) = {value for hit in hits for word, field, value in hit.why if word == "madrid" and field == "text"}
    assert "Madrid" in value and len(value) < 300


@pytest.mark.parametrize(
    ("text", "since", "until", "words"),
    [
        ("cyber 2020-2023", date(2020, 1, 1), date(2023, 12, 31), ["cyber"]),
        ("since 2022 cyber", date(2022, 1, 1), None, ["cyber"]),
        ("after 2022", date(2023, 1, 1), None, []),
        ("before 2024-06", None, date(2024, 5, 31), []),
        ("until 2024-02", None, date(2024, 2, 29), []),
        ("from 2022-13", date(2022, 1, 1), None, []),
        ("in 2022", None, None, ["2022"]),
    ],
)
def test_questions(text: str, since: date | None, until: date | None, words: list[str]) -> None:
    asked = parse_question(text)
    assert (asked.since, asked.until, [str(term) for term in asked.terms]) == (since, until, words)
