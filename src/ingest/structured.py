from __future__ import annotations

from ingest.document import Declared


def read_declared(source: str) -> tuple[tuple[Declared, ...], str | None]:
    return (), None
