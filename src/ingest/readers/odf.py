"""OpenDocument texts, presentations and sheets: a walk over content.xml; deleted and annotated text stays out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ingest.build import build_document
from ingest.detect import ODS
from ingest.document import BlockDraft, Document, RawFile
from ingest.errors import BadInput
from ingest.lexicon import word_set
from ingest.readers.archive import open_package, read_member, read_xml_part
from ingest.readers.links import clean_target
from ingest.readers.pieces import Piece, finish_pieces
from ingest.readers.properties import read_core_properties
from ingest.readers.shapes import choose_page_title, choose_title
from ingest.readers.sheet import mark_column_heads
from ingest.readers.tables import Spanning, read_span, repeat_spans

_SKIPPED = word_set(
    "tracked-changes annotation annotation-end table-of-content sequence-decls forms note-citation ruby-text "
    "illustration-index bibliography shapes scripts"
)
_MAX_DEPTH = 300
_CELL_DEPTH = 40
"""A cell counts as so many levels: seven tables in one another are the end."""


def read_odf(file: RawFile) -> Document:
    """Read an .odt, .odp or .ods.  Raises BadInput: corrupt, encrypted, unsafe_archive, too_deep, no_text."""
    from lxml import etree

    archive = open_package(file.data)
    if b"encryption-data" in read_member(archive, "META-INF/manifest.xml") if _has_manifest(archive) else False:
        raise BadInput("encrypted", "The file is protected by a password; save it without one.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(read_xml_part(archive, "content.xml"), parser)
    except etree.XMLSyntaxError as error:
        raise BadInput("corrupt", "The document is damaged; open it and save it again, or as PDF.") from error
    pieces: list[Piece] = []
    _walk(root, pieces, _parent_styles(root), lists=0, depth=0)
    drafts = finish_pieces(pieces)
    if not drafts:
        raise BadInput("no_text", "The document holds no text; if it is a scan, save it as PDF.")
    media_type = read_member(archive, "mimetype")[:100].decode("ascii", "replace").strip()
    title, drafts = _title(drafts)
    if media_type == ODS:
        drafts = mark_column_heads(drafts)
    slides = max((piece.page or 0 for piece in pieces), default=0) or None
    return build_document(
        file, drafts, media_type=media_type, reader="odf", title=title, declared=read_core_properties(archive),
        page_count=slides,
    )  # fmt: skip


def _has_manifest(archive: Any) -> bool:
    return "META-INF/manifest.xml" in archive.namelist()


def _title(drafts: list[BlockDraft]) -> tuple[str | None, list[BlockDraft]]:
    if any(draft.kind == "title" or (draft.kind == "heading" and draft.level == 1) for draft in drafts[:12]):
        return choose_page_title(drafts, None) if not _has_title(drafts) else choose_title(drafts)
    return choose_title(drafts)


def _has_title(drafts: list[BlockDraft]) -> bool:
    return any(draft.kind == "title" for draft in drafts)


def _name(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), "")


def _parent_styles(root: Any) -> dict[str, str]:
    """Return which named style each automatic one ("P3") stands for ("Title")."""
    styles = (element for element in root.iter() if _name(element) == "style")
    return {_attribute(style, "name"): _attribute(style, "parent-style-name") for style in styles}


def _walk(element: Any, pieces: list[Piece], styles: dict[str, str], *, lists: int, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise BadInput("too_deep", "The document nests its parts too deeply to be read; save it as PDF.")
    for child in element:
        name = _name(child)
        if not name or name in _SKIPPED:
            continue
        if name in ("p", "h"):
            pieces += _paragraph_pieces(child, styles, lists, depth)
        elif name == "table":
            _add_table(child, pieces, styles, depth)
        elif name == "page":
            _add_slide(child, pieces, styles)
        elif name == "list":
            _walk(child, pieces, styles, lists=lists + 1, depth=depth + 1)
        else:
            _walk(child, pieces, styles, lists=lists, depth=depth + 1)


def _add_slide(slide: Any, pieces: list[Piece], styles: dict[str, str]) -> None:
    """Add a slide's text, its title as the heading; the speaker's notes are kept, not main."""
    number = max((piece.page or 0 for piece in pieces), default=0) + 1
    for part in slide:
        found: list[Piece] = []
        _walk([part], found, styles, lists=0, depth=1)
        for piece in found:
            piece.page, piece.side = number, _name(part) == "notes"
            if _attribute(part, "class") == "title" and piece.kind == "paragraph":
                piece.kind, piece.level = ("title", None) if number == 1 else ("heading", 1)
        pieces += found


def _paragraph_pieces(element: Any, styles: dict[str, str], lists: int, depth: int) -> list[Piece]:
    piece = Piece("list_item" if lists else "paragraph", lists or None, tabs=True, tag="li" if lists else "p")
    style = _attribute(element, "style-name")
    style = (styles.get(style) or style).lower()
    if _name(element) == "h":
        level = _attribute(element, "outline-level")
        piece.kind, piece.level = "heading", int(level) if level.isdigit() else 1
    elif style in ("title", "titel", "titre"):
        piece.kind, piece.level = "title", None
    nested: list[Piece] = []
    _collect(element, piece, nested, styles, depth)
    return [piece, *nested]


def _collect(element: Any, piece: Piece, nested: list[Piece], styles: dict[str, str], depth: int) -> None:
    """Gather a paragraph's words; text boxes and footnotes inside it come after it as paragraphs of their own."""
    if depth > _MAX_DEPTH:
        raise BadInput("too_deep", "The document nests its parts too deeply to be read; save it as PDF.")
    piece.words.append(element.text or "")
    for child in element:
        name = _name(child)
        if name == "s":
            count = _attribute(child, "c")
            piece.words.append(" " * (min(int(count), 100) if count.isdigit() else 1))
        elif name == "tab":
            piece.words.append("\t")
        elif name == "line-break":
            piece.words.append(" ")
        elif name in ("frame", "note", "text-box", "custom-shape"):
            _walk(child, nested, styles, lists=0, depth=depth + 1)
        elif name == "a":
            start = len(piece.words)
            _collect(child, piece, nested, styles, depth + 1)
            if target := clean_target(_attribute(child, "href")):
                piece.links.append(("".join(piece.words[start:]), target))
        elif name and name not in _SKIPPED:
            _collect(child, piece, nested, styles, depth + 1)
        piece.words.append(child.tail or "")
    piece.size = sum(len(word) for word in piece.words)


def _add_table(table: Any, pieces: list[Piece], styles: dict[str, str], depth: int) -> None:
    """Add the table's rows; those of a table inside a cell follow the row it stands in."""
    rows: list[list[Spanning]] = []
    nested: list[list[Piece]] = []
    for row in _rows_of(table):
        cells: list[Spanning] = []
        nested.append([])
        for cell in (item for item in row if _name(item) == "table-cell"):
            inner: list[Piece] = []
            _walk(cell, inner, styles, lists=0, depth=depth + _CELL_DEPTH)
            nested[-1] += [piece for piece in inner if piece.kind == "row"]
            inner = [piece for piece in inner if piece.kind != "row"]
            lines = [text for piece in inner for text in _lines_of(piece)]
            links = [link for piece in inner for link in piece.links]
            spans = (read_span(_attribute(cell, f"number-{name}-spanned")) for name in ("rows", "columns"))
            cells.append(Spanning((lines, links, False), *spans))
        rows.append(cells)
    for cells_of_row, after in zip(repeat_spans(rows), nested, strict=True):
        if any(lines for lines, _, _ in cells_of_row):
            pieces.append(Piece("row", cells=cells_of_row))
        pieces += after


def _rows_of(table: Any) -> Iterator[Any]:
    """Yield the table's own rows, also those in groups and in its head."""
    for child in table:
        if _name(child) == "table-row":
            yield child
        elif _name(child) in ("table-rows", "table-header-rows", "table-row-group"):
            yield from _rows_of(child)


def _lines_of(piece: Piece) -> list[str]:
    text = " ".join("".join(piece.words).split())
    return [text] if any(char.isalnum() for char in text) else []
