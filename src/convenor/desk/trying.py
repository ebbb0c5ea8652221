"""Try a file: read it and show what it gives before anything is kept."""

from __future__ import annotations

import re
import secrets
import shutil
import tempfile
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
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
    """The files tried since the desk was opened.  State: a folder of its own that goes when the desk closes."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="convenor-try-")
        self._trials: OrderedDict[str, Trial] = OrderedDict()

    def try_file(self, name: str, data: bytes) -> Trial:
        """Read a file in processes of its own: a hostile one costs its own result."""
        from flows.engine import Lost, map_batches
        from flows.work import Done, Input, process_batch
        from ingest.ids import hash_bytes
        from tables.store import OutcomeRow, decode_records

        key = secrets.token_urlsafe(12)
        path = Path(self._folder.name) / key / safe_name(name)
        path.parent.mkdir()
        path.write_bytes(data)
        one = Input(path.name, str(path), hash_bytes(data))
        # two workers: with one the work would be done in this process, where nothing could stop it
        (result,) = map_batches(process_batch, [[one]], 2)
        if isinstance(result, Lost):
            done = Done(one, (OutcomeRow(one.source_uri, "failed", None, "crashed", "its process died twice"),))
        else:
            (done,) = result
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
        """Remove the folder."""
        self._folder.cleanup()


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
