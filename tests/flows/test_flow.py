"""The real flow on a real, temporary Prefect server: task runs, artifacts, and a final state that tells the truth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.flows.test_run import NOTE, NOTICE

SCRIPT = """
import json, os, sys
from flows.local import prefect_settings
with prefect_settings():
    from prefect.testing.utilities import prefect_test_harness
    with prefect_test_harness(server_startup_timeout=180):
        from pathlib import Path
        import httpx
        from prefect.settings import PREFECT_API_URL
        from flows.process import process
        from prefect.blocks.notifications import CustomWebhookNotificationBlock
        place = Path(sys.argv[1])
        block = CustomWebhookNotificationBlock(
            name="ops", url=sys.argv[2], method="POST", json_data={"says": "{{subject}} | {{body}}"}
        )
        block.save("ops")
        os.environ["CONVENOR_NOTICE_BLOCK"] = "custom-webhook/ops"
        first = process(str(place / "raw"), str(place / "processed"), place / "s.duckdb", workers=1, return_state=True)
        (place / "raw" / "empty.txt").write_bytes(b"")
        second = process(str(place / "raw"), str(place / "processed"), place / "s.duckdb", workers=1, return_state=True)
        third = process(str(place / "nowhere"), str(place / "processed"), place / "s.duckdb", return_state=True)
        api = PREFECT_API_URL.value()
        tasks, artifacts = (
            httpx.post(f"{api}/{kind}/filter", json={"limit": 100}).raise_for_status().json()
            for kind in ("task_runs", "artifacts")
        )
        print(json.dumps({
            "states": [[s.type.value, s.name, s.message] for s in (first, second, third)],
            "tasks": sorted({t["name"].rsplit("-", 1)[0] for t in tasks}), "task_count": len(tasks),
            "artifacts": sorted({a["key"] for a in artifacts if a["key"]}),
            "problems": [a["data"] for a in artifacts if a["key"] == "run-problems"],
        }))
"""


def test_the_real_flow(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "notice.txt").write_text(NOTICE, "utf-8")
    (tmp_path / "raw" / "note.md").write_text(NOTE, "utf-8")
    environment = {**os.environ, "PREFECT_HOME": str(tmp_path / "prefect")}
    environment.pop("PREFECT_API_URL", None)
    with receiver() as (url, heard):
        command = [sys.executable, "-c", SCRIPT, str(tmp_path), url]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    seen = json.loads(done.stdout.strip().splitlines()[-1])
    first, second, third = seen["states"]
    assert first[:2] == ["COMPLETED", "Completed"] and "no failures" in first[2]
    assert second[:2] == ["COMPLETED", "CompletedWithFailures"] and "1 failures" in second[2]
    assert third[0] == "FAILED" and "there is no folder" in third[2]
    assert seen["tasks"] == ["discover", "extract", "publish-tables", "retire"]
    assert seen["task_count"] == 8, "a few task runs a flow, however many documents"
    assert seen["artifacts"] == ["run-problems", "run-summary"]
    assert any("empty.txt" in json.dumps(data) for data in seen["problems"])
    assert len(heard) == 2, "a run that lost nothing is no news"
    assert "CompletedWithFailures" in heard[0] and "1 failures" in heard[0]
    assert "Failed" in heard[1] and "there is no folder" in heard[1]


@contextmanager
def receiver() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that keeps what is posted to it."""
    heard: list[str] = []

    class Keep(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["says"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keep)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", heard
    finally:
        server.shutdown()
