"""What a worker does with a batch of inputs: read, parse in a sandbox, extract, encode.  No Prefect here."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from types import FrameType

from extract.pipeline import Extractor, Scorers, build_extractor
from flows.versions import recogniser
from ingest.document import Document, RawFile, Reading
from ingest.errors import BadInput, ReasonCode, outcome_of
from ingest.limits import Limits, read_limits
from ingest.sandbox import ReaderBug, Sandbox
from tables.store import OutcomeRow, encode_records

SIDECAR_SUFFIX = ".source.json"
"""Added to the name of a document from the web: the file that says where and when it came from."""

log = logging.getLogger(__name__)

EXTRACT_SECONDS = 60.0
"""Time one document may take to extract; the slowest of the evaluation documents takes under 1 s."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file below data/raw that a run has to look at."""

    source_uri: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one input: its own outcome, and one for each file inside it."""

    input: Input
    outcomes: tuple[OutcomeRow, ...]
    payloads: tuple[tuple[str, str, bytes], ...] = field(default=())
    """(document_id, source_uri, encoded records) of each document that has rows."""


class TooSlow(Exception):
    """Extraction of a document took longer than it may."""


def process_batch(inputs: list[Input]) -> list[Done]:
    """Return what became of each input; bad input and slow documents become outcomes, each alone."""
    return [process_input(one) for one in inputs]


def process_input(one: Input) -> Done:
    """Read, parse and extract one input."""
    started = time.monotonic()

    def failed(reason_code: ReasonCode, detail: str) -> Done:
        seconds = round(time.monotonic() - started, 4)
        row = OutcomeRow(one.source_uri, outcome_of(reason_code), None, reason_code, detail, seconds)
        return Done(one, (row,))

    try:
        reading = get_sandbox().read(read_raw_file(one))
        return _extract(one, reading, started)
    except BadInput as error:
        return failed(error.reason_code, error.detail)
    except ReaderBug as error:
        log.error("reader failed on %s\n%s", one.source_uri, error)
        return failed("internal_error", f"a bug in convenor, please report it with this file: {_last_line(str(error))}")


def read_raw_file(one: Input) -> RawFile:
    """Return the bytes of an input.  Raises BadInput when the file is gone, unreadable or too large."""
    path = Path(one.path)
    try:
        size = path.stat().st_size
        if size > get_limits().max_bytes:
            raise BadInput("too_large", f"{size:,} bytes, the limit is {get_limits().max_bytes:,}: split the file")
        return RawFile(one.source_uri, path.read_bytes(), path, retrieved_utc=_retrieved(path))
    except FileNotFoundError:
        raise BadInput("vanished", "the file was removed while the run was going; run again if it is back") from None
    except PermissionError:
        raise BadInput("not_readable", "no permission to read the file: change its access rights") from None
    except OSError as error:
        raise BadInput("not_readable", f"the file cannot be read ({error.strerror or error}): copy it again") from None


def _retrieved(path: Path) -> datetime | None:
    """Return when a document was fetched from the web, from the note beside it; None for other documents."""
    try:
        note = json.loads(path.with_name(path.name + SIDECAR_SUFFIX).read_text("utf-8"))
        return datetime.fromisoformat(note["retrieved_utc"]).astimezone(UTC)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _extract(one: Input, reading: Reading, started: float) -> Done:
    extractor = get_extractor()  # a pipeline that cannot be loaded is no document's fault: let it surface
    outcomes: list[OutcomeRow] = []
    payloads: list[tuple[str, str, bytes]] = []

    def failed(document: Document, reason_code: ReasonCode, detail: str) -> None:
        seconds = round(time.monotonic() - started, 4)
        outcomes.append(OutcomeRow(document.source_uri, "failed", None, reason_code, detail, seconds))

    for document in reading.documents:
        try:
            with time_limit(EXTRACT_SECONDS):
                (records,) = extractor.extract([document])
        except TooSlow:
            failed(document, "timeout", f"extraction took more than {EXTRACT_SECONDS:.0f} s: split the document")
            continue
        except Exception as error:
            log.exception("extraction failed on %s", document.source_uri)
            where = traceback.extract_tb(error.__traceback__)[-1]
            bug = f"a bug in convenor, please report it with this file: {error!r} in {where.name}"
            failed(document, "internal_error", bug)
            continue
        payloads.append((document.document_id, document.source_uri, encode_records(records)))
        outcomes.append(_outcome(document, time.monotonic() - started))
    seconds = round(time.monotonic() - started, 4)
    for part in reading.rejected:
        outcome = outcome_of(part.reason_code)
        outcomes.append(OutcomeRow(part.source_uri, outcome, None, part.reason_code, part.detail, seconds))
    if not any(row.source_uri == one.source_uri for row in outcomes):
        outcomes.insert(0, _container_outcome(one.source_uri, reading, seconds))
    return Done(one, tuple(outcomes), tuple(payloads))


def _container_outcome(source_uri: str, reading: Reading, seconds: float) -> OutcomeRow:
    """An archive or mailbox has no text of its own: fine if one of its files is, else it failed as the first did."""
    if not reading.documents:
        reason = reading.rejected[0].reason_code
        held = f"no file inside could be read; each ({len(reading.rejected)}) has an outcome of its own"
        return OutcomeRow(source_uri, outcome_of(reason), None, reason, held, seconds)
    held = f"holds {len(reading.documents) + len(reading.rejected)} files, each with an outcome of its own"
    return OutcomeRow(source_uri, "ok", None, None, held, seconds)


def _outcome(document: Document, seconds: float) -> OutcomeRow:
    seconds = round(seconds, 4)
    if document.coverage < 1.0:
        detail = "; ".join(document.warnings) or "part of the document could not be read"
        return OutcomeRow(document.source_uri, "partial", document.document_id, "partial_pages", detail, seconds)
    return OutcomeRow(document.source_uri, "ok", document.document_id, None, None, seconds)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the block after `seconds`; only where signals can be received (main thread of a process)."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def expire(signal_number: int, frame: FrameType | None) -> None:
        raise TooSlow

    previous = signal.signal(signal.SIGALRM, expire)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


@lru_cache(maxsize=1)
def get_extractor() -> Extractor:
    """Return this process's pipeline, loaded once."""
    return build_extractor(get_scorers())


@lru_cache(maxsize=1)
def get_scorers() -> Scorers:
    """Return the learned parts that extraction uses."""
    from models.engines import load_engine
    from models.japanese import japanese_reader
    from models.prediction import score_doc_type, score_domains

    return Scorers(
        load_recogniser=partial(load_engine, recogniser()),
        domains=score_domains,
        doc_type=score_doc_type,
        japanese=japanese_reader(),
    )


@lru_cache(maxsize=1)
def get_sandbox() -> Sandbox:
    """Return this process's sandbox; its child dies with it."""
    return Sandbox(get_limits())


@lru_cache(maxsize=1)
def get_limits() -> Limits:
    """Return what one document may cost, as the environment sets it."""
    return read_limits(os.environ)


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1] if text.strip() else "no message"
