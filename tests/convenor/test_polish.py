"""Every command: JSON for programs, no colour where none is wanted, no warnings, and errors that say what to do."""

from __future__ import annotations

import json
import os
import pty
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from convenor.cli import app

ROOT = Path(__file__).parents[2]
NO_JSON = {"serve", "desk", "train domains", "train ner", "train extract"}
"""They serve pages until they are stopped, or print JSON alone."""
SHOWN_WARNINGS = (UserWarning, FutureWarning, RuntimeWarning, SyntaxWarning)
"""What Python shows on a normal run; warnings for developers of libraries are hidden there too."""


def leaves(command: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "commands"):
        yield name, command
        return
    for part, child in command.commands.items():
        yield from leaves(child, f"{name} {part}".strip())


COMMANDS = dict(leaves(typer.main.get_command(app)))


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - NO_JSON))
def test_every_command_with_results_prints_them_as_json(name: str) -> None:
    assert "--json" in {option for parameter in COMMANDS[name].params for option in parameter.opts}


@pytest.fixture(scope="module")
def project(sample_project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("polish")
    shutil.copytree(sample_project / "data" / "processed", folder / "data" / "processed")
    shutil.copytree(sample_project / "data" / "raw", folder / "data" / "raw")
    shutil.copy(sample_project / "data" / "convenor.duckdb", folder / "data")
    return folder


def invoke(project: Path, *arguments: str) -> Result:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for kind in SHOWN_WARNINGS:
            warnings.simplefilter("error", kind)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(project)
            return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    "line",
    [
        "run --workers 1",
        "check data/raw/webinar-sea-lanes.txt data/raw/bio-page.html",
        "show webinar-sea-lanes",
        "search maritime",
        "search --in people professor",
        "search --in sentences NATO",
        "why {event_id}",
        "export ics",
        "export ftm",
        "export xlsx",
        "report",
        "suggest data/raw/bio-page.html",
        "doctor --repair",
        "correct fix person Nobody country_code JP",
        "train candidates rows.jsonl",
    ],
)
def test_json_is_one_value_and_nothing_else(line: str, project: Path) -> None:
    manifest = project / "data" / "processed" / "events.parquet"
    import pyarrow.parquet as pq

    event_id = pq.read_table(manifest, columns=["event_id"])["event_id"][0].as_py()
    done = invoke(project, *line.format(event_id=event_id).split(), "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    assert json.loads(done.stdout) and not done.stderr


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "No such command"),
        ("run nowhere", "there is no folder nowhere: give the folder"),
        ("run data/raw/bio-page.html", "is a file: give its folder, or look at it with `convenor check`"),
        ("run data/processed/_releases/../none", "there is no folder"),
        ("run --workers 0", "greater than or equal to 1"),
        ("run --wrokers 3", "--workers"),
        ("run --engine spark", "'local', 'dask'"),
        ("show nothing.txt", "`convenor run` says what became of each input"),
        ("check nothing.txt", "there is no file nothing.txt"),
        ("check data", "read it with `convenor run data`"),
        ("suggest nothing.txt", "there is no file nothing.txt"),
        ("search maritime --processed nowhere", "run `convenor run` first"),
        ("search maritime --in places", "'events', 'people', 'sentences'"),
        ("why nothing", "has the id nothing"),
        ("diff a b", "no release a"),
        ("export pdf", "'ftm', 'frictionless'"),
        ("export ics --out /proc/nothing.ics", "give another --out"),
        ("report --processed nowhere", "run `convenor run` first"),
        ("evaluate nowhere", "give a folder with labels"),
        ("add notaurl", "Only http and https addresses"),
        ("desk nowhere", "there is no folder nowhere: give the folder"),
        ("watch nowhere", "there is no folder nowhere: give the folder"),
        ("serve --zone Mars", "give a name as Europe/Brussels"),
        ("correct fix robot X country_code JP", "one of document, event, person"),
        ("correct fix person X age 5", "one of person_name"),
        ("correct fix person X country_code Japan", "two capital letters"),
        ("correct merge person X X", "give two that differ"),
        ("train extract nothing.jsonl out", "there is no file nothing.jsonl"),
        ("train ner --corpus x", "takes NAME=PATH"),
        ("train candidates rows.jsonl --processed nowhere", "run `convenor run` first"),
    ],
)
def test_wrong_input_ends_with_what_to_do(line: str, message: str, project: Path) -> None:
    done = invoke(project, *line.split())
    assert done.exit_code in (1, 2) and isinstance(done.exception, SystemExit), (done.output, done.exception)
    said = " ".join(done.stderr.replace("│", " ").split())
    assert message in said and not done.stdout


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("run --workers 1 --force", "18/18"),
        ("evaluate gold --raw data/raw", "18/18"),
        ("report --out report.html", "drawing figures"),
        ("export csv --out csv", "writing csv"),
        ("train domains --out model", "training the classifiers"),
    ],
)
def test_what_takes_long_shows_progress_and_the_time_passed_on_a_terminal(
    line: str, shown: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "gold").mkdir(exist_ok=True)
    shutil.copy(ROOT / "data" / "gold" / "bio-page.json", project / "gold")
    monkeypatch.setattr("models.training.train_domains_command", lambda out: {})
    plain = invoke(project, *line.split())
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    lively = invoke(project, *line.split())
    assert (plain.exit_code, lively.exit_code) == (0, 0), (plain.output, lively.output)
    assert not plain.stderr, "nobody looks on"
    assert shown in lively.stderr and "0:00:" in lively.stderr


def test_no_color_is_respected_on_a_terminal() -> None:
    assert "\x1b[31m" not in on_a_terminal({"NO_COLOR": "1"})
    assert "\x1b[31m" in on_a_terminal({}), "else the error is red"


def on_a_terminal(variables: dict[str, str]) -> str:
    """What a wrong command writes where its output is a terminal."""
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    main_end, terminal = pty.openpty()
    command = [sys.executable, "-m", "convenor", "check", "nothing.txt"]
    subprocess.run(command, env={**environment, **variables, "TERM": "xterm"}, stderr=terminal, check=False)
    os.close(terminal)
    said = os.read(main_end, 10_000).decode()
    os.close(main_end)
    return said


def test_the_shell_completes_commands_and_options() -> None:
    def completed(words: str, number: int) -> list[str]:
        variables = {"_CONVENOR_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(number)}
        command = [sys.executable, "-c", "from convenor.cli import app; app(prog_name='convenor')"]
        return subprocess.run(
            command, env={**os.environ, **variables}, capture_output=True, text=True, check=False
        ).stdout.split()

    assert completed("convenor ex", 1) == ["export"]
    assert {"ftm", "frictionless"} <= set(completed("convenor export f", 2))


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(app, ["--version"]).stdout.startswith("convenor 0.")
