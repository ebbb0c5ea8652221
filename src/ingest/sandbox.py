"""Reading in a child process that can be killed: a hostile file costs its own result and nothing else.

Parsers of old binary formats hang, ask for gigabytes, and abort the process they run in (PDFium does, on some
files of 2 kB).  So documents are read by a child: one per worker, reused for many documents, replaced after a
crash, a timeout, or when it has grown.  Parent and child speak length-prefixed MessagePack over pipes; nothing
from the child is ever executed or unpickled.  `subprocess` rather than `multiprocessing`, because a worker of a
process pool or of Dask is daemonic and may not have children of the latter kind.
"""

from __future__ import annotations

import os
import selectors
import signal
import struct
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import msgspec

from ingest.document import Document, RawFile, Reading
from ingest.errors import BadInput, ReasonCode
from ingest.limits import DEFAULT_LIMITS, MEBIBYTE, Limits
from ingest.read import Opened, read_parts

_LENGTH = struct.Struct("<Q")
_MAX_REPLY = 512 * MEBIBYTE
_CHUNK = 1 << 18
_RECYCLE_AFTER = 500
"""Documents per child: starting one costs 0.2 s, so leaks of parsers are cut off for 0.4 ms a document."""
_RECYCLE_RESIDENT = 512 * MEBIBYTE
_KEPT_STDERR = 2000
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TESSDATA_PREFIX", "TMPDIR", "SYSTEMROOT")


class Request(msgspec.Struct, frozen=True, array_like=True):
    """What the child is asked: one input and its limits."""

    source_uri: str
    data: bytes
    path: str | None
    retrieved_utc: datetime | None
    parent_uri: str | None
    limits: Limits


class Reply(msgspec.Struct, frozen=True, array_like=True):
    """What the child answers: a document and the files inside it (address, bytes), or why there is none of either.

    `resident` is the child's memory in bytes.
    """

    document: Document | None = None
    files: list[tuple[str, bytes]] = []
    reason_code: ReasonCode | None = None
    detail: str = ""
    bug: str = ""
    resident: int = 0


class ReaderBug(Exception):
    """A reader failed in a way it did not foresee: our bug, with the child's traceback; the run goes on."""


class _ChildLost(Exception):
    """The child ended, or had to be ended, before it answered."""


class Sandbox:
    """Reads inputs in a child process.  State: the child, started at the first read and replaced when it must be.

    `reader` is "module:function" with the signature (RawFile, Limits) -> Opened, imported by the child.
    Not for several threads at once; a worker has its own.  Use it as a context manager, or call `close`.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS, reader: str = "ingest.read:open_file") -> None:
        self.limits = limits
        self.reader = reader
        self._child: subprocess.Popen[bytes] | None = None
        self._stderr: IO[bytes] | None = None
        self._served = 0
        self._inherited_peak = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, file: RawFile) -> Reading:
        """Return the documents of an input (several for a container) and its parts that gave none.

        Each part is a request of its own: one that hangs or crashes costs the others nothing.
        Raises BadInput with the reason, also for timeout, out_of_memory and crashed; ReaderBug for a bug of ours.
        """
        return read_parts(file, self.limits, self.open)

    def open(self, file: RawFile, limits: Limits) -> Opened:
        """Return what the reader makes of one file, the files inside it unread.  Raises as `read` does."""
        if len(file.data) > limits.max_bytes:
            raise BadInput("too_large", f"The file has {len(file.data):,} bytes; the limit is {limits.max_bytes:,}.")
        reply = self._ask(file)
        self._served += 1
        if self._served >= _RECYCLE_AFTER or reply.resident > _RECYCLE_RESIDENT or reply.reason_code == "out_of_memory":
            self.close()
        if reply.bug:
            raise ReaderBug(f"{file.source_uri}: {reply.bug}")
        if reply.reason_code is not None:
            raise BadInput(reply.reason_code, reply.detail)
        files = [RawFile(uri, data, None, file.retrieved_utc, file.source_uri) for uri, data in reply.files]
        return Opened(reply.document, files)

    def close(self) -> None:
        """End the child, if there is one."""
        child, self._child, self._served = self._child, None, 0
        if child is not None:
            _kill(child)
        if self._stderr is not None:
            self._stderr.close()
            self._stderr = None

    def _ask(self, file: RawFile) -> Reply:
        path = str(file.path) if file.path else None
        request = Request(file.source_uri, file.data, path, file.retrieved_utc, file.parent_uri, self.limits)
        deadline = time.monotonic() + self.limits.wall_seconds
        child = self._start()
        started_cpu = time.monotonic()
        try:
            answer = _exchange(child, msgspec.msgpack.encode(request), deadline)
            return msgspec.msgpack.decode(answer, type=Reply)
        except TimeoutError:
            self.close()
            raise BadInput("timeout", f"Reading took longer than {self.limits.wall_seconds:.0f} s.") from None
        except _ChildLost:
            raise self._why_lost(child, time.monotonic() - started_cpu) from None
        except BaseException:
            self.close()  # an interrupted exchange leaves half a message in the pipe
            raise

    def _why_lost(self, child: subprocess.Popen[bytes], seconds: float) -> BadInput:
        """Name the reason from how the child ended: CPU limit, memory limit or crash."""
        status, peak = _wait(child)
        said = self._last_words()
        self.close()
        if status == -getattr(signal, "SIGXCPU", 0) or (
            status == -signal.SIGKILL and seconds > self.limits.cpu_seconds
        ):
            return BadInput("timeout", f"Reading took more than {self.limits.cpu_seconds} s of computing time.")
        # a child's peak begins with that of the process that started it: only what lies above says something
        is_own_peak = peak > self._inherited_peak + 64 * MEBIBYTE  # the parent may grow a little before it starts it
        asked_too_much = (is_own_peak and peak > 0.7 * self.limits.memory_bytes) or "emory" in said
        if asked_too_much:
            return BadInput("out_of_memory", f"Reading needs more than {self.limits.memory_bytes // MEBIBYTE} MiB.")
        return BadInput("crashed", f"The reader's process ended with status {status}. {said}".strip())

    def _last_words(self) -> str:
        if self._stderr is None:
            return ""
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(size - _KEPT_STDERR, 0))
        return self._stderr.read().decode("utf-8", "replace").strip()

    def _start(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            if self._stderr is not None:
                self._stderr.seek(0)
                self._stderr.truncate()
            return self._child
        self.close()
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(str(Path(entry).resolve()) for entry in sys.path if entry)
        environment |= {"OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "PYTHONUTF8": "1"}
        self._inherited_peak = _own_peak()
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.sandbox_worker", self.reader],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            env=environment,
            bufsize=0,
            start_new_session=True,
        )
        return self._child


def _exchange(child: subprocess.Popen[bytes], message: bytes, deadline: float) -> bytes:
    """Send a message and return the answer.  Raises TimeoutError at the deadline and _ChildLost at an early end."""
    assert child.stdin is not None and child.stdout is not None
    outgoing = memoryview(_LENGTH.pack(len(message)) + message)
    incoming = bytearray()
    wanted = _LENGTH.size
    with selectors.DefaultSelector() as selector:
        os.set_blocking(child.stdin.fileno(), False)
        selector.register(child.stdout, selectors.EVENT_READ)
        selector.register(child.stdin, selectors.EVENT_WRITE)
        while len(incoming) < wanted:
            remaining = deadline - time.monotonic()
            if remaining <= 0:
                raise TimeoutError
            for key, _ in selector.select(remaining):
                if key.fileobj is child.stdin:
                    outgoing = _write_some(child, outgoing)
                    if not outgoing:
                        selector.unregister(child.stdin)
                    continue
                chunk = os.read(child.stdout.fileno(), _CHUNK)
                if not chunk:
                    raise _ChildLost
                incoming += chunk
                if wanted == _LENGTH.size <= len(incoming):
                    (length,) = _LENGTH.unpack_from(incoming)
                    if length > _MAX_REPLY:
                        raise _ChildLost
                    wanted += length
    return bytes(incoming[_LENGTH.size : wanted])


def _write_some(child: subprocess.Popen[bytes], outgoing: memoryview) -> memoryview:
    assert child.stdin is not None
    try:
        return outgoing[os.write(child.stdin.fileno(), outgoing[:_CHUNK]) :]
    except BlockingIOError:
        return outgoing
    except BrokenPipeError:
        raise _ChildLost from None


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child and what it started (OCR runs as its child), and reap it."""
    if child.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    if child.returncode is None:
        child.wait()


def _own_peak() -> int:
    """Return the peak of this process's resident memory in bytes, 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _wait(child: subprocess.Popen[bytes]) -> tuple[int, int]:
    """Return (exit status, peak resident bytes) of a child that has closed its pipe; kill it if it lingers."""
    for _ in range(200):
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        time.sleep(0.01)
    _kill(child)
    return child.returncode or 0, 0
