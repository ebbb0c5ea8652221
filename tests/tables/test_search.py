"""A question finds the events in which each of its words holds, and says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from tables.search import search
from tests.tables.test_exports import processed  # noqa: F401  (a fixture)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("maritime events in Brussels 2024 with NIDS", ["Talks on Maritime Security"]),
        ("Talks with Ito", ["Talks on Maritime Security"]),
        ("cancelled", ["=cmd()|Forum"]),
        ("maritime in Tokyo", []),
        ("2023", []),
        ("of the", []),
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
