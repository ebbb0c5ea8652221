"""The values every stage shares: what a file is (RawFile), and what a reader makes of it (Document)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from ingest.errors import ReasonCode
from ingest.ids import document_id, hash_bytes

BlockKind = Literal[
    "title", "heading", "paragraph", "list_item", "table_row", "key_value", "caption", "footer", "quote", "signature"
]
BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)

CELL_SEPARATOR = "\t"
"""Stands between the cells of a table row, and where a line had a column gap ("11:00 CEST⇥Registration")."""


@dataclass(frozen=True)
class RawFile:
    """An input as it came: bytes with their identity.  `source_uri` is the path below data/raw (POSIX) or the URL."""

    source_uri: str
    data: bytes
    path: Path | None = None
    retrieved_utc: datetime | None = None
    parent_uri: str | None = None

    @cached_property
    def sha256(self) -> str:
        return hash_bytes(self.data)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of layout: a span of `Document.text` (code points, end exclusive).

    `page` counts from 1, None where the format has no pages.  `level` is a heading's depth (1 = top) or a list
    item's nesting (1 = outermost).  `is_main` is False for text a reader takes for boilerplate but keeps.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    level: int | None = None
    is_main: bool = True
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """A fact the publisher already structured, with its origin; it comes before any language processing.

    `name` follows schema.org paths ("name", "startDate", "location.name", "organizer.name", "datePublished",
    "eventStatus", "url", …).  Facts of one declared thing (one Event, one calendar entry) share `group`.
    """

    origin: Literal["json-ld", "microdata", "rdfa", "opengraph", "html-meta", "ics", "pdf-info", "front-matter",
                    "email-header", "office-properties", "time-element"]  # fmt: skip
    name: str
    value: str
    group: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink: the words that carry it (a span of `Document.text`) and where it points; never followed."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Document:
    """A file as text with structure.  Frozen: `text` never changes; everything later is offsets into it.

    `text` is NFC, without control or zero-width characters; blocks are joined by a newline (two around
    paragraphs and headings), never overlap and are sorted.  `coverage` is the share (0..1) of pages and
    characters that the reader really read.  `warnings` are sentences a person can act on.
    """

    source_uri: str
    sha256: str
    media_type: str
    text: str
    blocks: tuple[Block, ...]
    reader: str
    title: str | None = None
    language: str | None = None
    declared: tuple[Declared, ...] = ()
    links: tuple[Link, ...] = ()
    page_count: int | None = None
    coverage: float = 1.0
    warnings: tuple[str, ...] = ()
    retrieved_utc: datetime | None = None
    parent_uri: str | None = None

    @cached_property
    def document_id(self) -> str:
        return document_id(self.sha256)

    def block_text(self, block: Block) -> str:
        return self.text[block.start : block.end]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A file inside another that gave no document: where it lies ("mail.eml!/a.pdf"), why, and what to do about it."""

    source_uri: str
    reason_code: ReasonCode
    detail: str


class Reading(NamedTuple):
    """What an input gave: its own document first, then those of the files inside it; and the files that gave none."""

    documents: list[Document]
    rejected: list[Rejected]


@dataclass(frozen=True, slots=True)
class BlockDraft:
    """A block before its offsets are known: what readers produce and `build_document` places."""

    kind: BlockKind
    text: str
    page: int | None = None
    level: int | None = None
    is_main: bool = True
    links: tuple[tuple[int, int, str], ...] = ()
    """(start, end, target) relative to `text`."""
