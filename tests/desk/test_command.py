"""`convenor desk` as people start it: one clear address, no warnings, an end without noise."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

from convenor.desk.command import LOOPBACK, listen


def test_it_listens_to_this_machine_alone() -> None:
    with listen(None) as listener:
        assert listener.getsockname()[0] == LOOPBACK == "127.0.0.1"
        with listen(None) as another:
            assert another.getsockname()[1] != listener.getsockname()[1], "a second desk takes the next port"


def test_from_start_to_end(settings: object, tmp_path: Path) -> None:
    command = [sys.executable, "-W", "default", "-m", "convenor", "desk", "--no-open"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(5)]
        address = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", "".join(lines))
        assert address, lines
        with httpx.Client(follow_redirects=True, timeout=30) as client:
            assert "Harbour Lights" in client.get(address[0]).text
            assert client.get(address[0].replace("?token", "try?token")).status_code == 200
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=30)
    said = "".join(lines) + rest
    assert process.returncode == 0, said
    assert said.rstrip().endswith("The review desk is closed.") and not re.search("(?i)warn|error|traceback", said), (
        said
    )


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        command = [sys.executable, "-m", "convenor", "desk", "--no-open", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and "give another --port" in done.stderr and len(done.stderr.splitlines()) == 1
