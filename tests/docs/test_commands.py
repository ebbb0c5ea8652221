"""Every command line of the pages is run, on the sample corpus; those that never end are parsed."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from convenor.cli import app

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")])
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
ONLY_PARSED = {"add", "desk", "serve", "train", "watch"}
"""Commands that ask the network, run until they are stopped, or write into the program."""
SLOW = {"--flow", "--figures"}
"""Options tested elsewhere, that take ten seconds and more: a server, pictures of all figures."""


def command_lines(page: Path) -> list[list[str]]:
    """The arguments of each `convenor` command in the shell blocks of a page."""
    lines = "\n".join(SHELL.findall(page.read_text("utf-8"))).splitlines()
    found = [re.search(r"(?:^|uv run )convenor (.*)", line) for line in lines]
    return [shlex.split(match[1], comments=True) for match in found if match]


def other_lines(page: Path) -> list[str]:
    """What else `uv run` starts: scripts and tests of this project."""
    return re.findall(
        r"uv run (?:--with \S+ )*(?:python|pytest|jupyter lab) ([\w./-]+/[\w./-]+\w)", page.read_text("utf-8")
    )


WITH_COMMANDS = [page for page in PAGES if command_lines(page)]


@pytest.fixture
def project(sample_project: Path, tmp_path: Path) -> Path:
    """A copy of the sample project, with the files that the pages speak of as the reader's own."""
    raw = ROOT / "data" / "raw"
    shutil.copytree(sample_project / "data" / "processed", tmp_path / "data" / "processed")
    shutil.copy(sample_project / "data" / "convenor.duckdb", tmp_path / "data")
    shutil.copytree(raw, tmp_path / "data" / "raw")
    shutil.copytree(ROOT / "data" / "gold", tmp_path / "data" / "gold")
    (tmp_path / "my-documents").mkdir()
    (tmp_path / "my-labels").mkdir()
    shutil.copy(raw / "defence-industry-seminar.docx", tmp_path / "my-documents" / "invitation.docx")
    label = json.loads((ROOT / "data" / "gold" / "defence-industry-seminar.json").read_text("utf-8"))
    own_label = json.dumps({**label, "id": "invitation"})
    (tmp_path / "my-labels" / "invitation.json").write_text(own_label, "utf-8")
    shutil.copy(raw / "tallinn-cyber-days.pdf", tmp_path / "invitation.pdf")
    return tmp_path


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_the_commands_of_a_page_do_what_they_say(page: Path, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setenv("CONVENOR_WORKERS", "1")
    for arguments in command_lines(page):
        is_parsed = arguments[0] in ONLY_PARSED or not SLOW.isdisjoint(arguments)
        done = CliRunner().invoke(app, [*arguments, "--help"] if is_parsed else arguments)
        assert done.exit_code == 0, f"convenor {shlex.join(arguments)}\n{done.output}{done.exception or ''}"


def test_pages_show_commands() -> None:
    assert {"README.md", "start.md", "researchers.md", "corrections.md"} <= {page.name for page in WITH_COMMANDS}


@pytest.mark.parametrize("page", [page for page in PAGES if other_lines(page)], ids=lambda page: page.name)
def test_scripts_that_a_page_names_are_there(page: Path) -> None:
    assert [path for path in other_lines(page) if not (ROOT / path).exists()] == []
