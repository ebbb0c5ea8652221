"""The child of `ingest.sandbox`: reads requests from standard input, answers on standard output, has no other work."""

from __future__ import annotations

import gc
import importlib
import math
import os
import struct
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec

from ingest.document import RawFile
from ingest.errors import BadInput
from ingest.limits import Limits
from ingest.read import Opened
from ingest.sandbox import Reply, Request

Reader = Callable[[RawFile, Limits], Opened]

_LENGTH = struct.Struct("<Q")
_MAX_WRITTEN = 256 << 20
"""Bytes the child may write into any one file: only its standard error, the unpacked language model (68 MB) and OCR's
scratch need it."""


def main() -> None:
    """Serve requests until standard input ends; the reader is named on the command line ("module:function")."""
    module, _, function = sys.argv[1].partition(":")
    read: Reader = getattr(importlib.import_module(module), function)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up between two answers
    requests = sys.stdin.buffer
    while (message := _receive(requests)) is not None:
        request = msgspec.msgpack.decode(message, type=Request)
        del message
        _set_limits(request.limits)
        payload = msgspec.msgpack.encode(_answer(request, read))
        del request
        answers.write(_LENGTH.pack(len(payload)) + payload)
        answers.flush()


def _receive(stream: BinaryIO) -> bytes | None:
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    return stream.read(length)


def _answer(request: Request, read: Reader) -> Reply:
    """Read the input; every way to fail becomes a reply."""
    path = Path(request.path) if request.path else None
    file = RawFile(request.source_uri, request.data, path, request.retrieved_utc, request.parent_uri)
    try:
        document, inside = read(file, request.limits)
        files = [(part.source_uri, part.data) for part in inside]
        return Reply(document=document, files=files, resident=_resident_bytes())
    except BadInput as error:
        return Reply(reason_code=error.reason_code, detail=error.detail, resident=_resident_bytes())
    except MemoryError:
        gc.collect()
        limit = request.limits.memory_bytes >> 20
        return Reply(reason_code="out_of_memory", detail=f"Reading needs more than {limit} MiB.")
    except RecursionError:
        return Reply(reason_code="too_deep", detail="The file nests its parts too deeply.")
    except Exception:
        return Reply(bug=traceback.format_exc(limit=-12), resident=_resident_bytes())


def _set_limits(limits: Limits) -> None:
    """Bound this process for the next document: CPU time from now, address space, files, no core dumps."""
    try:
        import resource
    except ImportError:  # Windows: wall time still holds
        return
    used = math.ceil(time.process_time())
    for name, soft in (
        ("RLIMIT_CPU", used + limits.cpu_seconds),
        ("RLIMIT_AS", limits.memory_bytes),
        ("RLIMIT_FSIZE", _MAX_WRITTEN),
        ("RLIMIT_CORE", 0),
    ):
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        try:
            resource.setrlimit(kind, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS below what is mapped
            continue


def _resident_bytes() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
