"""A document's text as it is read, with its structure: what extraction sees."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.text import Text

from convenor.stopping import complain
from ingest.document import CELL_SEPARATOR, Block, Document

_SHOWN_FACTS = 40
_MARKS = {"title": "# ", "list_item": "- ", "quote": "> "}


def print_file(file: Path) -> bool:
    """Print the documents in a file; what cannot be read goes to the error output with its reason, and is False."""
    from flows.work import Input, get_sandbox, read_raw_file
    from ingest.errors import BadInput

    try:
        reading = get_sandbox().read(read_raw_file(Input(file.name, str(file), "")))
    except BadInput as error:
        complain(f"{file.name}: {error.reason_code}: {error.detail}")
        return False
    for document in reading.documents:
        print_document(document)
    for part in reading.rejected:
        complain(f"{part.source_uri}: {part.reason_code}: {part.detail}")
    return not reading.rejected


def print_document(document: Document) -> None:
    """Print a document's blocks in order, furniture dimmed behind "~", then what the publisher declared."""
    console = Console()
    console.print(Text(document.source_uri, style="bold"), soft_wrap=True)
    pages = f" · {document.page_count} pages" if document.page_count else ""
    facts = f"{document.media_type} · {document.language or 'language unknown'}{pages} · read by {document.reader}"
    console.print(Text(facts), soft_wrap=True)
    for warning in document.warnings:
        console.print(Text(f"warning: {warning}", style="yellow"), soft_wrap=True)
    page = 1
    for block in document.blocks:
        if block.page and block.page != page:
            page = block.page
            console.print(Text(f"--- page {page} ---", style="dim"))
        style = "" if block.is_main else "dim"
        console.print(Text(format_block(block, document.block_text(block)), style=style), soft_wrap=True)
    for fact in document.declared[:_SHOWN_FACTS]:
        console.print(Text(f"declared ({fact.origin}) {fact.name}: {fact.value}", style="cyan"), soft_wrap=True)


def format_block(block: Block, text: str) -> str:
    """Return a block as one reads it: "## heading", "- item", "09:00 | Opening", "~ " before what is not main."""
    mark = "#" * min((block.level or 1) + 1, 6) + " " if block.kind == "heading" else _MARKS.get(block.kind, "")
    indent = "  " * ((block.level or 1) - 1) if block.kind == "list_item" else ""
    return ("" if block.is_main else "~ ") + indent + mark + text.replace(CELL_SEPARATOR, " | ")
