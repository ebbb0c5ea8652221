"""A reader that does what the file's text says: run in the sandbox to see whether the parent survives it."""

from __future__ import annotations

import os
import sys
import time

from ingest.build import build_document
from ingest.document import BlockDraft, RawFile
from ingest.errors import BadInput
from ingest.limits import Limits
from ingest.read import Opened


def read(file: RawFile, limits: Limits) -> Opened:
    """Return the text as a document, unless it names a way to fail."""
    text = file.data.decode()
    if text == "sleep":
        time.sleep(3600)
    elif text == "spin":
        while True:
            pass
    elif text == "allocate":
        _ = [bytearray(1 << 24) for _ in range(1000)]
    elif text == "abort":
        os.abort()
    elif text == "exit":
        os._exit(3)
    elif text == "recurse":
        read(file, limits)
    elif text == "refuse":
        raise BadInput("corrupt", "This file is broken.")
    elif text == "bug":
        _ = 1 / 0
    elif text == "print":
        print("noise on standard output")
        os.write(1, b"more noise")
        sys.stderr.write("noise on standard error")
    elif text == "pid":
        text = str(os.getpid())
    elif text.startswith("holds "):
        names = text.removeprefix("holds ").split(",")
        return Opened(None, [RawFile(f"{file.source_uri}!/{k}", name.encode()) for k, name in enumerate(names)])
    elif text == "environment":
        text = repr(dict(os.environ))
    document = build_document(file, [BlockDraft("paragraph", text)], media_type="text/plain", reader="test")
    return Opened(document, [])
