"""`convenor serve` on a real local server: deployment, schedule, one run at a time, a run that completes."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from convenor.serving import ServeError, api_url, check_zone
from tests.flows.test_run import NOTICE

ROOT = Path(__file__).parents[2]


@dataclass
class Place:
    """A folder with documents, and the server that `convenor serve` keeps for it."""

    folder: Path
    api: str
    environment: dict[str, str]
    process: subprocess.Popen[str]


def environment(folder: Path) -> dict[str, str]:
    """Our own, but for settings of Prefect; the state of its server lies in the folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    kept |= {"PREFECT_HOME": str(folder / "prefect"), "PYTHONPATH": path, "DO_NOT_TRACK": "1"}
    return kept | {"PREFECT_RUNNER_POLL_FREQUENCY": "1"}  # ten seconds otherwise


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "raw").mkdir()
    (folder / "raw" / "notice.txt").write_text(NOTICE, "utf-8")
    port = free_port()
    command = [sys.executable, "-m", "convenor", "serve", "raw", "--processed", "out", "--port", str(port)]
    schedule = ["--cron", "30 6 * * 1", "--zone", "Asia/Tokyo", "--workers", "1"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [*command, *schedule], cwd=folder, env=environment(folder), stdout=log, stderr=log, text=True
        )
        try:
            _wait(lambda: "run now" in (folder / "log").read_text() or process.poll() is not None)
            assert process.poll() is None, (folder / "log").read_text()
            yield Place(folder, f"http://127.0.0.1:{port}/api", environment(folder), process)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(is_done: Any, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not is_done():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.5)


def ask(place: Place, path: str, **body: Any) -> Any:
    return httpx.post(f"{place.api}/{path}", json=body, timeout=30).raise_for_status().json()


def deployment(place: Place, name: str) -> Any:
    found: list[Any] = []

    def is_there() -> bool:
        found[:] = ask(place, "deployments/filter", deployments={"name": {"any_": [name]}})
        return bool(found)

    _wait(is_there, 60)
    return found[0]


def final_state(place: Place, flow_run_id: str) -> Any:
    state: dict[str, Any] = {}

    def is_final() -> bool:
        state.update(httpx.get(f"{place.api}/flow_runs/{flow_run_id}", timeout=30).json()["state"])
        return state["type"] in ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")

    _wait(is_final)
    return state


def test_a_served_schedule_runs(place: Place) -> None:
    served = deployment(place, "nightly")
    (schedule,) = served["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == ("30 6 * * 1", "Asia/Tokyo")
    assert schedule["active"] and not served["paused"]
    assert served["global_concurrency_limit"]["limit"] == 1
    assert served["concurrency_options"]["collision_strategy"] == "ENQUEUE"
    runs = [ask(place, f"deployments/{served['id']}/create_flow_run", state={"type": "SCHEDULED"}) for _ in range(2)]
    states = [final_state(place, run["id"]) for run in runs]
    assert [state["type"] for state in states] == ["COMPLETED", "COMPLETED"], (place.folder / "log").read_text()[-3000:]
    times = [httpx.get(f"{place.api}/flow_runs/{run['id']}").json() for run in runs]
    first, second = sorted(times, key=lambda run: run["start_time"])
    assert first["end_time"] <= second["start_time"], "one run at a time"
    assert (place.folder / "out" / "manifest.json").is_file()


def test_the_page_asks_the_right_server(place: Place) -> None:
    settings = httpx.get(place.api.removesuffix("/api") + "/ui-settings").json()
    assert settings["api_url"] == place.api


@pytest.mark.slow
def test_prefect_yaml_deploys_and_a_worker_runs_it(place: Place) -> None:
    prefect = [sys.executable, "-m", "prefect", "--no-prompt"]
    values = {**place.environment, "PREFECT_API_URL": place.api}

    def command(*words: str, folder: Path = ROOT) -> None:
        done = subprocess.run([*prefect, *words], cwd=folder, env=values, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    command("work-pool", "create", "convenor", "--type", "process")
    command("deploy", "--all")
    found = ask(place, "deployments/filter", work_pools={"name": {"any_": ["convenor"]}})
    (deployed,) = found or [None]
    assert deployed and deployed["tags"] == ["convenor"]
    assert deployed["global_concurrency_limit"]["limit"] == 1
    assert set(deployed["parameter_openapi_schema"]["properties"]) >= {"raw", "processed", "workers", "force"}
    folders = {"raw": "raw", "processed": "out-pool", "state": "pool.duckdb", "corrections": "corrections"}
    parameters = {name: str(place.folder / value) for name, value in folders.items()} | {"workers": 1}
    run = ask(place, f"deployments/{deployed['id']}/create_flow_run", parameters=parameters)
    command("worker", "start", "--pool", "convenor", "--run-once")
    assert final_state(place, run["id"])["type"] == "COMPLETED"
    assert (place.folder / "out-pool" / "manifest.json").is_file()


def test_prefect_yaml_names_what_the_flow_takes() -> None:
    from inspect import signature

    from flows.local import prefect_settings

    with prefect_settings():
        from flows.process import process

    (deployed,) = yaml.safe_load((ROOT / "prefect.yaml").read_text("utf-8"))["deployments"]
    assert set(deployed["parameters"]) <= set(signature(process.fn).parameters)
    check_zone(deployed["schedules"][0]["timezone"])


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../../etc/passwd"])
def test_no_such_zone_is_said(zone: str) -> None:
    with pytest.raises(ServeError, match="no time zone"):
        check_zone(zone)


def test_a_server_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", f"http://127.0.0.1:{free_port()}/api")
    with pytest.raises(ServeError, match="no Prefect server answers"), api_url(4200):
        pass


def test_a_bad_schedule_is_said(place: Place) -> None:
    command = [sys.executable, "-m", "convenor", "serve", "raw", "--cron", "every night"]
    values = {**place.environment, "PREFECT_API_URL": place.api}
    done = subprocess.run(command, cwd=place.folder, env=values, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is no schedule" in done.stderr


@pytest.mark.slow
def test_a_service_manager_stops_it_cleanly(place: Place) -> None:
    """Started in the background of a shell, which ignores Ctrl-C for it, and stopped by SIGTERM."""
    words = "-m convenor serve raw --processed out --name second --workers 1"
    command = ["bash", "-c", f"{sys.executable} {words} & echo $!; wait"]
    values = {**place.environment, "PREFECT_API_URL": place.api, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=place.folder, env=values, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as shell:  # fmt: skip  # noqa: E501
        assert shell.stdout
        number = int(shell.stdout.readline())
        served = deployment(place, "second")
        time.sleep(5)  # the runner is up a moment after its deployment is there
        os.kill(number, signal.SIGTERM)
        said = shell.stdout.read()
    assert said.rstrip().endswith("stopped; the schedule pauses until the next `convenor serve`"), said
    assert "Warning" not in said and "Traceback" not in said
    assert httpx.get(f"{place.api}/deployments/{served['id']}").json()["paused"]
