"""`convenor correct`, `why` and `diff` from end to end: a row is written, replayed, counted, and is the cause named."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from convenor.cli import app
from convenor.correct import remove_row
from resolve.corrections import read_corrections
from tables.publish import read_rows
from tests.flows.test_run import NOTICE


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.output


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";" if ";" in path.read_text("utf-8-sig").split("\n")[0] else ","))


def test_a_row_is_written_once_it_holds(tmp_path: Path) -> None:
    folder = ("--corrections", str(tmp_path / "new"))
    assert call("correct", "fix", "person", "Ito, Kenji", "country_code", "JP", "--reason", 'a "b"', *folder)[0] == 0
    assert call("correct", "merge", "organisation", "NIDS", "Defence Institute", *folder)[0] == 0
    assert call("correct", "reject", "person", "Claudio Street", *folder)[0] == 0
    rows = rows_of(tmp_path / "new" / "corrections.csv")
    assert [row["action"] for row in rows] == ["fix", "merge", "reject"]
    assert (rows[0]["name"], rows[0]["reason"]) == ("Ito, Kenji", 'a "b"')


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fix", "human", "A B", "country_code", "JP"), "unknown kind"),
        (("fix", "person", "A B", "country_code", "DE"), "contradicts corrections.csv:2"),
        (("split", "person", "A B"), "split needs"),
        (("add", "person", "A B", "--document", ""), "add needs the document"),
    ],
)
def test_what_cannot_be_used_is_not_written(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("action,kind,document,name,field,value,reason\nfix,person,,A B,country_code,JP,\n", "utf-8")
    before = path.read_bytes()
    code, output = call("correct", *arguments, "--corrections", str(tmp_path))
    assert code == 2 and message in " ".join(output.split())
    assert path.read_bytes() == before


def test_a_file_from_a_spreadsheet_keeps_its_form(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    path.write_bytes("\ufeffKind;Action;Document;Name;Field;Value;Reason\r\nperson;fix;;A B;country_code;JP;x".encode())
    assert call("correct", "reject", "person", "C D", "--corrections", str(tmp_path))[0] == 0
    rows = rows_of(path)
    assert [(row["Action"], row["Name"]) for row in rows] == [("fix", "A B"), ("reject", "C D")]


def test_from_correction_to_diff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "data" / "raw").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "notice.txt").write_text(NOTICE, "utf-8")
    monkeypatch.chdir(tmp_path)
    processed = tmp_path / "data" / "processed"
    assert call("run", "--workers", "1")[0] == 0
    assert "fewer than two releases" in " ".join(call("diff")[1].split())
    call("correct", "fix", "person", "ITO Kenji", "country_code", "JP")
    call("correct", "fix", "person", "Nobody Known", "country_code", "JP")
    with (tmp_path / "data" / "corrections" / "corrections.csv").open("a", encoding="utf-8") as file:
        file.write("mend,person,,x,,,\n")
    code, output = call("run", "--workers", "1")
    assert code == 0 and "1 corrections applied, 1 no longer matches, 1 refused" in " ".join(output.split())
    assert [row["status"] for row in read_rows(processed, "corrections")] == ["applied", "unmatched", "refused"]
    assert "1 corrections applied" in " ".join(call("run", "--workers", "1")[1].split()), "also where nothing is new"
    assert "country_code: None → JP [correction]" in call("diff")[1]
    person = next(row["person_id"] for row in read_rows(processed, "people") if row["country_code"] == "JP")
    assert "is made from 1 finding" in call("why", person)[1]
    assert call("why", "per_0")[0] == 2


def test_a_row_is_taken_out_again_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    text = (
        "\ufeffaction;kind;document;name;field;value;reason\r\n"
        'reject;person;;C D;;;"two\r\nlines"\r\n'
        "accept;person;a.txt;E F;;;\r\n"
    )
    path.write_text(text, "utf-8", newline="")
    first, second = read_corrections(tmp_path).accepted
    assert not remove_row(path, first.line, second.cells), "another row stands there"
    assert remove_row(path, first.line, first.cells)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert [row.name for row in read_corrections(tmp_path).accepted] == ["E F"]
