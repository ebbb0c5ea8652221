"""Try a file: read it and show what it gives before anything is kept."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from extract.records import DocumentRecords

if TYPE_CHECKING:
    from tables.store import OutcomeRow

_KEPT = 8
"""Files tried and neither kept nor discarded; the oldest goes when one more comes."""
_MAX_NAME = 120


@dataclass(frozen=True)
class Trial:
    """A file that was tried: where its bytes wait, what it gave, what became of its parts."""

    key: str
    name: str
    path: Path
    records: tuple[DocumentRecords, ...]
    outcomes: tuple[OutcomeRow, ...]


class Trials:
    """The files tried since the desk was opened.

    State: a folder of its own that goes when the desk closes, and a process that has the language model loaded.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._folder = tempfile.TemporaryDirectory(prefix="convenor-try-")
        self._trials: OrderedDict[str, Trial] = OrderedDict()

    def warm_up(self) -> None:
        """Load the language model while a file is being chosen: 4 s."""
        from flows.work import get_extractor

        with self._lock:
            self._worker().submit(_call, get_extractor)

    def _worker(self) -> ProcessPoolExecutor:
        from flows.engine import end_with_parent

        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with_parent)
        return self._pool

    def try_file(self, name: str, data: bytes) -> Trial:
        """Read a file in a process of its own, with its child: a hostile one costs its own result."""
        from flows.work import Done, Input, process_input
        from ingest.ids import hash_bytes
        from tables.store import OutcomeRow, decode_records

        key = secrets.token_urlsafe(12)
        path = Path(self._folder.name) / key / safe_name(name)
        path.parent.mkdir()
        path.write_bytes(data)
        one = Input(path.name, str(path), hash_bytes(data))
        with self._lock:
            try:
                done = self._worker().submit(process_input, one).result()
            except BrokenProcessPool:
                self._pool = None
                detail = "the process that read it died; look into the file, or report it"
                done = Done(one, (OutcomeRow(one.source_uri, "failed", None, "crashed", detail),))
        records = tuple(decode_records(payload) for _, _, payload in done.payloads)
        trial = Trial(key, path.name, path, records, done.outcomes)
        self._trials[key] = trial
        while len(self._trials) > _KEPT:
            self.discard(next(iter(self._trials)))
        return trial

    def get(self, key: str) -> Trial | None:
        """Return a trial, None where it was kept, discarded or is too long ago."""
        return self._trials.get(key)

    def keep(self, key: str, raw: Path) -> str:
        """Move a tried file into the folder of documents, under a name that is free; return its name there."""
        trial = self._trials.pop(key)
        stem, suffix = trial.path.stem, trial.path.suffix
        name, number = trial.name, 1
        while True:
            try:
                with (raw / name).open("xb") as kept, trial.path.open("rb") as tried:
                    shutil.copyfileobj(tried, kept)
                break
            except FileExistsError:
                number += 1
                name = f"{stem}-{number}{suffix}"
        shutil.rmtree(trial.path.parent, ignore_errors=True)
        return name

    def discard(self, key: str) -> None:
        """Forget a tried file and its bytes."""
        if trial := self._trials.pop(key, None):
            shutil.rmtree(trial.path.parent, ignore_errors=True)

    def close(self) -> None:
        """Remove the folder and end the process."""
        if self._pool is not None:
            for process in list((self._pool._processes or {}).values()):
                process.terminate()
            self._pool.shutdown(wait=False, cancel_futures=True)
        self._folder.cleanup()


def _call(function: Callable[[], object]) -> None:
    """Call a function for what it leaves behind: its result stays in the process."""
    function()


def safe_name(name: str) -> str:
    """Return a file name without folders, control or direction marks, hidden or reserved forms; never empty."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join("-" if c in '<>:"|?*' else c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    stem, dot, suffix = plain.strip(". ").rpartition(".")
    if not dot:
        stem, suffix = suffix, ""
    stem = stem[: _MAX_NAME - 20].strip(". ") or "document"
    if suffix.lower() == "json" and stem.lower().endswith(".source"):
        stem = stem[: -len(".source")] or "document"  # the note beside a document from the web; not for uploads
    return f"{stem}.{suffix[:16]}" if suffix else stem
