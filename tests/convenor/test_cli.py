"""The command line as a person meets it: tables, findings, dry runs, and one clear line when something is wrong."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import convenor
from convenor.changes import print_differences
from tables.differing import Difference
from tests.flows.test_run import NOTE, NOTICE


def cli(*arguments: object, cwd: Path | None = None, columns: int = 160) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": str(columns)}
    environment.pop("PREFECT_API_URL", None)
    command = [sys.executable, "-m", "convenor", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=environment, check=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project folder of its own, run once."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data" / "raw").mkdir(parents=True)
    (folder / "data" / "raw" / "notice.txt").write_text(NOTICE, "utf-8")
    (folder / "data" / "raw" / "note.md").write_text(NOTE, "utf-8")
    (folder / "data" / "raw" / "empty.txt").write_bytes(b"")
    done = cli("run", "--workers", 1, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "2 ok" in done.stdout and "1 failed" in done.stdout and "empty_file" in done.stdout
    assert done.stderr == "", "no warnings of libraries on a normal run"
    return folder


def test_run_in_a_project_folder_needs_no_arguments(place: Path) -> None:
    assert (place / "data" / "processed" / "events.parquet").is_file()
    assert (place / "data" / "convenor.duckdb").is_file()


def test_json_is_json(place: Path) -> None:
    done = cli("run", "--workers", 1, "--json", cwd=place)
    summary = json.loads(done.stdout)
    assert summary["outcomes"] == {"failed": 1, "unchanged": 2}
    assert summary["problems"][0]["source_uri"] == "empty.txt"


def test_show_prints_values_beside_words(place: Path) -> None:
    for name in ("notice.txt", "notice"):
        done = cli("show", name, cwd=place)
        assert done.returncode == 0, done.stderr
        assert "Anna Beispiel" in done.stdout
        assert "2024-03-14 10:00 – 12:30 Europe/Brussels" in done.stdout
    records = json.loads(cli("show", "notice", "--json", cwd=place).stdout)
    assert records["document"]["source_uri"] == "notice.txt"


def test_show_keeps_an_event_readable_in_eighty_columns(place: Path) -> None:
    lines = [line.split() for line in cli("show", "notice", cwd=place, columns=80).stdout.splitlines()]
    (when,) = [line for line in lines if line[:1] == ["when"]]
    assert when == ["when", "2024-03-14", "10:00", "–", "12:30", "Europe/Brussels"]


def test_tables_passed_on_without_their_documents_are_a_project(place: Path, tmp_path: Path) -> None:
    shutil.copytree(place / "data" / "processed", tmp_path / "data" / "processed")
    answer = cli("search", "Beispiel", cwd=tmp_path)
    assert answer.stdout == cli("search", "Beispiel", cwd=place).stdout and "2024-03-14" in answer.stdout


def test_scores_do_not_hide_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    score = Difference("events", "changed", ("evt_1",), "event_score", 0.91, 0.92, "new_model")
    name = Difference("events", "changed", ("evt_2",), "event_name", "Old", "New", "correction")
    print_differences([*[score] * 60, name], every=False)
    shown = capsys.readouterr().out
    assert "event_name: Old → New" in shown and "0.91" not in shown and "60 more" in shown
    print_differences([score], every=True)
    assert "0.91 → 0.92" in capsys.readouterr().out


def test_show_finds_the_run_that_wrote_other_tables(place: Path, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "other.txt").write_text(NOTICE.replace("Coastal", "Arctic"), "utf-8")
    assert cli("run", tmp_path / "raw", "--processed", tmp_path / "tables", "--workers", 1, cwd=place).returncode == 0
    shown = cli("show", "other.txt", "--processed", tmp_path / "tables", cwd=place)
    assert shown.returncode == 0 and "Arctic" in shown.stdout
    assert cli("show", "other.txt", cwd=place).returncode == 2


def test_check_writes_nothing(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "new.txt"
    file.write_text(NOTICE.replace("Coastal", "Arctic"), "utf-8")
    before = sorted(tmp_path.rglob("*"))
    done = cli("check", file, cwd=tmp_path)
    assert done.returncode == 0 and "Arctic" in done.stdout
    assert sorted(tmp_path.rglob("*")) == before


def test_check_shows_the_text_with_its_structure_or_why_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "<html><head><meta property='og:site_name' content='Port Centre'></head><body><h1>Winter Port Forum</h1>"
        "<h2>Programme</h2><table><tr><td>09:00</td><td>Opening</td></tr></table><ul><li>Tugs<ul><li>Pilots</li></ul>"
        "</li></ul><p>We use cookies to learn what you read.</p></body></html>", "utf-8"
    )  # fmt: skip
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    before = sorted(tmp_path.rglob("*"))
    done = cli("check", "--text", tmp_path / "page.html", tmp_path / "old.doc", cwd=tmp_path)
    lines = done.stdout.splitlines()
    expected = ["# Winter Port Forum", "### Programme", "09:00 | Opening", "- Tugs", "  - Pilots",
                "~ We use cookies to learn what you read.", "declared (opengraph) isPartOf.name: Port Centre",
               ]  # fmt: skip
    assert lines[2:] == expected
    assert done.returncode == 1
    assert "old.doc: " in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("arguments", "message", "code"),
    [
        (("run", "nowhere"), "there is no folder nowhere", 2),
        (("show", "nothing.txt"), "no document 'nothing.txt'", 2),
        (("check", "nothing.txt"), "there is no file nothing.txt", 2),
    ],
)
def test_what_is_wrong_is_one_line(place: Path, arguments: tuple[str, ...], message: str, code: int) -> None:
    done = cli(*arguments, cwd=place)
    assert done.returncode == code
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_search_finds_and_says_why(place: Path) -> None:
    done = cli("search", "seminar", "Brussels", "2024", "NIDS", cwd=place)
    assert "Seminar on Coastal Surveillance" in done.stdout and "notice.txt" in done.stdout
    nothing = cli("search", "seminar", "Reykjavik", cwd=place).stdout
    assert "none of the events holds all these words; without 'reykjavik' there are 1" in nothing


def test_export_writes_where_it_says(place: Path) -> None:
    done = cli("export", "ics", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "SUMMARY:Seminar on Coastal Surveillance" in (place / "exports" / "events.ics").read_text("utf-8")
    nowhere = cli("export", "csv", "--processed", place / "nothing", cwd=place)
    assert nowhere.returncode == 2 and "run `convenor run` first" in nowhere.stderr


def test_doctor_says_that_all_is_well(place: Path) -> None:
    findings = json.loads(cli("doctor", "--json", cwd=place).stdout)
    assert {f["what"]: f["state"] for f in findings}["extraction pipeline"] == "ok"


def test_load_gives_typed_frames(place: Path) -> None:
    events = convenor.load("events", place / "data" / "processed")
    assert str(events.dtypes["start_utc"]) == "timestamp[us, tz=UTC][pyarrow]"
    with pytest.raises(FileNotFoundError, match="there are: corrections, dates, document"):
        convenor.load("guests", place / "data" / "processed")


def test_help_takes_less_than_half_of_importing_spacy() -> None:
    def seconds(*arguments: str) -> float:
        """Processor time: unlike the clock, it does not depend on what else the machine is doing."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    help_time = min(seconds("-m", "convenor", "--help") for _ in range(3))
    spacy_time = min(seconds("-c", "import spacy") for _ in range(3))
    assert help_time < spacy_time / 2, (help_time, spacy_time)
