"""One file and one prefix of variables: what they set holds, and what they cannot set is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.settings import SettingsError, apply_file, names, read_settings, state_settings
from ingest.limits import read_limits
from tests.convenor.test_cli import cli
from tests.flows.test_run import NOTICE


def test_the_environment_overrides_the_file_and_the_file_the_defaults(tmp_path: Path) -> None:
    (tmp_path / "convenor.toml").write_text(
        'workers = 3\nraw = "in"\nmax_pages = 20\nprocessed = "s3://b/out"\n', "utf-8"
    )
    environment = {"CONVENOR_WORKERS": "5", "PATH": "/bin"}
    apply_file(tmp_path, environment)
    settings = read_settings(environment)
    assert (settings.workers, settings.raw, settings.processed) == (5, str(tmp_path / "in"), "s3://b/out")
    assert read_limits(environment).max_pages == 20
    origins = {stated.name: stated.origin for stated in state_settings(tmp_path, environment)}
    assert list(origins) == list(names())
    assert (origins["workers"], origins["raw"], origins["max_ocr_pages"]) == ("environment", "convenor.toml", "default")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("worker = 2", "is workers meant?"),
        ("workers = 0", "CONVENOR_WORKERS is '0'"),
        ('workers = "many"', "CONVENOR_WORKERS is 'many'"),
        ('engine = "ray"', "CONVENOR_ENGINE is 'ray'"),
        ("max_pages = -1", "CONVENOR_MAX_PAGES is '-1'"),
        ("[limits]\nmax_pages = 2", "is no setting"),
        ("workers = [1]", "give one value"),
        ("workers = ", "cannot be read"),
    ],
)
def test_what_cannot_be_a_setting_is_named(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "convenor.toml").write_text(content, "utf-8")
    environment: dict[str, str] = {}
    with pytest.raises(SettingsError, match=message.replace("?", r"\?").replace("[", r"\[")):
        apply_file(tmp_path, environment)
        read_settings(environment)


def test_a_variable_with_a_slip_of_the_pen_is_no_silent_default() -> None:
    with pytest.raises(SettingsError, match="CONVENOR_MAX_PAGE is no setting; is max_pages meant"):
        read_settings({"CONVENOR_MAX_PAGE": "7"})


def test_a_project_file_rules_a_run_its_log_and_its_figures(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "notice.txt").write_text(NOTICE, "utf-8")
    settings = 'raw = "in"\nprocessed = "out"\nstate = "s.duckdb"\nworkers = 1\n'
    settings += 'log_format = "json"\nmetrics_file = "run.prom"\n'
    (tmp_path / "convenor.toml").write_text(settings, "utf-8")
    done = cli("run", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "events.parquet").is_file() and (tmp_path / "s.duckdb").is_file()
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert {line["message"] for line in lines} == {"step done", "input done", "run done"}
    (outcome,) = [line for line in lines if line["message"] == "input done"]
    assert (outcome["source_uri"], outcome["outcome"], outcome["level"]) == ("notice.txt", "ok", "INFO")
    figures = (tmp_path / "run.prom").read_text("utf-8")
    assert 'convenor_inputs{outcome="ok"} 1.0' in figures and 'convenor_rows{table="events"} 1.0' in figures
    shown = cli("doctor", cwd=tmp_path)
    assert "setting workers" in shown.stdout and "1 (convenor.toml)" in shown.stdout
    (tmp_path / "convenor.toml").write_text("worker = 1\n", "utf-8")
    broken = cli("run", cwd=tmp_path)
    assert (
        broken.returncode == 2
        and broken.stderr.startswith("convenor: worker in ")
        and "is workers meant?" in broken.stderr
    )
