"""Publish from the desk: a run in a process of its own, with progress, one at a time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flows.steps import RunSettings


@dataclass(frozen=True)
class Progress:
    """How a run stands: `state` is idle, running, done or failed."""

    state: str = "idle"
    done: int = 0
    total: int = 0
    what: str = ""
    message: str = ""
    summary: dict[str, Any] = field(default_factory=dict)


class Publisher:
    """Starts runs and listens to them.  While one runs, `state_file` is a copy: the file itself has one user at a time.

    State: the child, how it stands, and the copy.
    """

    def __init__(self, settings: RunSettings) -> None:
        self.settings = settings
        self.progress = Progress()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._copies = tempfile.TemporaryDirectory(prefix="convenor-desk-")
        self._copy: Path | None = None

    @property
    def state_file(self) -> Path:
        """Where the records can be read at this moment."""
        return self._copy or self.settings.state

    def start(self, retried: Iterable[str] = (), accept_drops: bool = False) -> bool:
        """Start a run, unless one is under way; `retried` names inputs to read again."""
        with self._lock:
            if self.progress.state == "running":
                return False
            self.progress = Progress("running")
        if self.settings.state.is_file():
            copy = Path(self._copies.name) / "state.duckdb"
            shutil.copyfile(self.settings.state, copy)
            self._copy = copy
        asked = {
            "raw": self.settings.raw_url or str(self.settings.raw),
            "processed": self.settings.processed_url or str(self.settings.processed),
            "state": str(self.settings.state),
            "corrections": str(self.settings.corrections),
            "workers": self.settings.workers,
            "accept_drops": accept_drops,
            "retried": sorted(retried),
        }
        self._child = subprocess.Popen(
            [sys.executable, "-m", "convenor.desk.child"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            start_new_session=True,
        )  # fmt: skip
        threading.Thread(target=self._listen, args=(self._child, json.dumps(asked)), daemon=True).start()
        return True

    def _listen(self, child: subprocess.Popen[str], asked: str) -> None:
        assert child.stdin and child.stdout
        with suppress(OSError):  # a child that ended at once is reported below
            child.stdin.write(asked)
            child.stdin.close()
        final = None
        for line in child.stdout:
            said = json.loads(line) if line.startswith("{") else {}
            if "summary" in said:
                final = Progress("done", summary=said["summary"], message=_in_words(said["summary"]))
            elif "error" in said:
                final = Progress("failed", message=said["error"])
            elif "total" in said:
                self.progress = replace(self.progress, **said)
        status = child.wait()
        lost = Progress("failed", message=f"the run ended unexpectedly (status {status}); `convenor run` says why")
        self._copy = None
        self.progress = final or lost

    def close(self) -> None:
        """End a run under way (the next one takes up where it was) and remove the copy."""
        child = self._child
        if child and child.poll() is None:
            child.terminate()
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
        self._copies.cleanup()


def _in_words(summary: dict[str, Any]) -> str:
    """Return what a run did, in a sentence."""
    if not summary["is_new_release"]:
        return "Nothing new: the tables in place hold."
    counts = summary["corrections"]
    text = f"Published {summary['rows'].get('documents', 0):,} documents"
    if any(counts.values()):
        text += f"; {counts['applied']} corrections applied"
        text += f", {counts['unmatched']} no longer match" if counts["unmatched"] else ""
        text += f", {counts['refused']} refused" if counts["refused"] else ""
    return text + "."
