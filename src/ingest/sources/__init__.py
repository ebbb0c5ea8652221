"""Facts about publishers, one TOML file each: in which order they write the day and the month of 03/04/2024.

They are fallbacks: what a document itself states comes first.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from ingest.document import Document
from ingest.lexicon import read_words

_DAY_FIRST_ENGLISH = re.compile(r"en[-_](?:GB|UK|IE|AU|NZ|IN|ZA|SG|MT|CY|EU|150)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher.  `date_order` says how it writes 03/04/2024 in `language`, that of most of its pages."""

    source_id: str
    name: str
    hosts: tuple[str, ...]
    date_order: Literal["DMY", "MDY", "YMD"]
    language: str


@lru_cache(maxsize=1)
def load_sources() -> tuple[Source, ...]:
    """Return all publishers, in the order of their file names."""
    files = sorted(Path(__file__).parent.glob("*.toml"))
    loaded = [(path.stem, tomllib.loads(path.read_text(encoding="utf-8"))) for path in files]
    return tuple(Source(source_id=stem, **{**fields, "hosts": tuple(fields["hosts"])}) for stem, fields in loaded)


def writes_day_first(document: Document) -> bool | None:
    """Tell how the publisher of a document writes 03/04/2024, by its address or its page's; None if not known.

    A publisher's habit holds for its language.  Then British and the like English decide, which nobody declares by
    mistake (many pages say en-US and are not), then the country's end of the address.
    """
    addresses = [document.source_uri, *(fact.value for fact in document.declared if fact.name == "url")]
    for address in addresses:
        source = source_of_url(address)
        if source and source.language == (document.language or source.language):
            return {"DMY": True, "MDY": False}.get(source.date_order)
    if any(fact.name == "inLanguage" and _DAY_FIRST_ENGLISH.fullmatch(fact.value) for fact in document.declared):
        return True
    ends = {host_of(address).rpartition(".")[2] for address in addresses} - {""}
    return True if ends and ends <= read_words("day_first_domains") else None


def host_of(address: str) -> str:
    """Return the host name of an address, "" for what is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def source_of_url(url: str) -> Source | None:
    """Return the publisher whose host the address has; of several the longest ("eeas.europa.eu" over "europa.eu")."""
    host = host_of(url)
    matches = [
        (len(name), source) for source in load_sources() for name in source.hosts if f".{host}".endswith(f".{name}")
    ]
    return max(matches, key=lambda match: match[0])[1] if host and matches else None
