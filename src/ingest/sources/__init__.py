"""Facts about publishers, one TOML file each: where their clock stands, how they write dates, under which licence.

They are fallbacks: what a document itself states comes first.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from ingest.document import Document


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher.  `date_order` says how it writes 03/04/2024; `language` is that of most of its pages."""

    source_id: str
    name: str
    hosts: tuple[str, ...]
    timezone: str
    date_order: Literal["DMY", "MDY", "YMD"]
    language: str
    licence: str | None = None


@lru_cache(maxsize=1)
def load_sources() -> tuple[Source, ...]:
    """Return all publishers, in the order of their file names."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    loaded = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
    return tuple(Source(source_id=stem, **{**fields, "hosts": tuple(fields["hosts"])}) for stem, fields in loaded)


def find_source(document: Document) -> Source | None:
    """Return the publisher of a document: by its address, or by the one its page declares; None if unknown."""
    declared = [fact.value for fact in document.declared if fact.name == "url"]
    for url in [document.source_uri, *declared]:
        if source := source_of_url(url):
            return source
    return None


def source_of_url(url: str) -> Source | None:
    """Return the publisher whose host the address has; of several the longest ("eeas.europa.eu" over "europa.eu")."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    matches = [
        (len(name), source) for source in load_sources() for name in source.hosts if f".{host}".endswith(f".{name}")
    ]
    return max(matches, key=lambda match: match[0])[1] if host and matches else None
