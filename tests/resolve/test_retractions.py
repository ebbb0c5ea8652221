"""A person who asked to be left out is nowhere: no row, no mention, no word in a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from resolve.retractions import Retraction, RetractionError, read_retractions, retract
from tests.records import make_records

RECORDS = make_records("a", title="A Talk by Ito Kenji", people={"Ito Kenji": "NIDS", "Anna Beispiel": "Sea Institute"})


def listed(folder: Path, text: str) -> tuple[Retraction, ...]:
    (folder / "retractions.csv").write_text(text, "utf-8")
    return read_retractions(folder)


def test_gone_everywhere_and_offsets_hold(tmp_path: Path) -> None:
    result = retract(RECORDS, listed(tmp_path, "name,organisation,reason\nKenji ITO,,asked\n"))
    assert "Ito" not in repr(result) and "Kenji" not in repr(result)
    assert [p.name for p in result.people] == ["Anna Beispiel"]
    assert len(result.document.text) == len(RECORDS.document.text)
    for mention in result.mentions:
        assert result.document.text[mention.start_char : mention.end_char] == mention.text


def test_only_the_one_of_that_organisation(tmp_path: Path) -> None:
    assert retract(RECORDS, listed(tmp_path, "name,organisation,reason\nIto Kenji,Other House,x\n")) == RECORDS
    assert retract(RECORDS, listed(tmp_path, "name,organisation,reason\nIto Kenji,NIDS,x\n")) != RECORDS


def test_no_list_changes_nothing(tmp_path: Path) -> None:
    assert read_retractions(tmp_path) == ()
    assert retract(RECORDS, ()) is RECORDS


@pytest.mark.parametrize(
    ("text", "message"),
    [("person\nIto Kenji\n", "line 1 lacks"), ("name,organisation,reason\nIto Kenji,,x\nIto,,x\n", "line 3")],
)
def test_a_bad_row_is_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RetractionError, match=message):
        listed(tmp_path, text)
