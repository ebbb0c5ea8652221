"""`convenor desk` as people start it: one clear address, no warnings, an end without noise."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from convenor.desk.command import LOOPBACK, listen


def test_it_listens_to_this_machine_alone() -> None:
    with listen(None) as listener:
        assert listener.getsockname()[0] == LOOPBACK == "127.0.0.1"
        with listen(None) as another:
            assert another.getsockname()[1] != listener.getsockname()[1], "a second desk takes the next port"


@contextmanager
def desk(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start a desk; give it with what it has said once it is open.  It is not left behind."""
    command = [sys.executable, "-W", "default", "-m", "convenor", "desk", "--no-open"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout
            yield process, "".join(process.stdout.readline() for _ in range(5))
        finally:
            process.kill()


def address_in(said: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", said)
    assert found, said
    return found[0]


def interrupt(process: subprocess.Popen[str], said: str) -> None:
    process.send_signal(signal.SIGINT)
    said += process.communicate(timeout=120)[0]
    assert process.returncode == 0, said
    assert said.rstrip().endswith("The review desk is closed."), said
    assert not re.search("(?i)warn|error|traceback|terminate", said), said


def test_from_start_to_end(settings: object, tmp_path: Path) -> None:
    with desk(tmp_path) as (process, said):
        address = address_in(said)
        with httpx.Client(follow_redirects=True, timeout=60) as client:
            assert "Harbour Lights" in client.get(address).text
            assert client.get(address.replace("?token", "try?token")).status_code == 200
        interrupt(process, said)


def test_stopped_while_it_still_reads_the_corpus(settings: object, tmp_path: Path) -> None:
    with desk(tmp_path) as (process, said):
        assert httpx.get(address_in(said).split("?")[0], timeout=60).is_client_error, "it answers; nobody is let in"
        interrupt(process, said)


def test_a_port_in_use_is_said(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        command = [sys.executable, "-m", "convenor", "desk", "--no-open", "--port", str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2 and "give another --port" in done.stderr and len(done.stderr.splitlines()) == 1
