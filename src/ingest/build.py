"""Place drafted blocks one after another: the only place where `Document.text` and its offsets are made."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.document import Block, BlockDraft, Declared, Document, Link, RawFile

_LINE_KINDS = frozenset({"list_item", "table_row", "key_value"})


def place_blocks(drafts: Iterable[BlockDraft]) -> tuple[str, tuple[Block, ...], tuple[Link, ...]]:
    """Return (text, blocks, links): drafts joined by "\\n" between lines of a list or table, else by a blank line."""
    parts: list[str] = []
    blocks: list[Block] = []
    links: list[Link] = []
    position, previous = 0, ""
    for draft in drafts:
        text = draft.text.strip()
        if not text:
            continue
        if blocks:
            separator = "\n" if draft.kind in _LINE_KINDS and previous in _LINE_KINDS else "\n\n"
            parts.append(separator)
            position += len(separator)
        lead = len(draft.text) - len(draft.text.lstrip())
        blocks.append(Block(draft.kind, position, position + len(text), draft.page, draft.level, draft.is_main))
        for start, end, target in draft.links:
            begin, stop = max(start - lead, 0), min(end - lead, len(text))
            if begin < stop:
                links.append(Link(position + begin, position + stop, target))
        parts.append(text)
        position += len(text)
        previous = draft.kind
    return "".join(parts), tuple(blocks), tuple(links)


def build_document(
    file: RawFile,
    drafts: Iterable[BlockDraft],
    *,
    media_type: str,
    reader: str,
    title: str | None = None,
    declared: tuple[Declared, ...] = (),
    page_count: int | None = None,
    coverage: float = 1.0,
    warnings: tuple[str, ...] = (),
) -> Document:
    """Make the frozen Document of a file from its blocks in reading order; drafts must already be cleaned."""
    text, blocks, links = place_blocks(drafts)
    return Document(
        source_uri=file.source_uri,
        sha256=file.sha256,
        media_type=media_type,
        text=text,
        blocks=blocks,
        reader=reader,
        title=title,
        declared=declared,
        links=links,
        page_count=page_count,
        coverage=coverage,
        warnings=warnings,
        retrieved_utc=file.retrieved_utc,
        parent_uri=file.parent_uri,
    )
