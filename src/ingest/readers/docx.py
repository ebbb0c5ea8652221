"""Word documents: mammoth makes HTML of the body, our walker reads it; headers, footers and properties come beside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from ingest.build import build_document
from ingest.cleaning import clean_inline
from ingest.document import BlockDraft, Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.readers.archive import check_xml_parts, open_package
from ingest.readers.html import parse_html
from ingest.readers.properties import read_core_properties, read_minor_part
from ingest.readers.shapes import choose_page_title, choose_title

_STYLE_MAP = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => h2.subtitle:fresh
p[style-name='Titel'] => h1.title:fresh
p[style-name='Titre'] => h1.title:fresh
p[style-name='Título'] => h1.title:fresh
p[style-name='Titolo'] => h1.title:fresh
p[style-name^='toc '] => !
p[style-name^='TOC '] => !
p[style-name='Caption'] => p.caption:fresh
u => em
strike => em
"""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|página|pagina|p\.)?\s*\d*\s*(?:[/|]|of|de|von|sur|van|di)?\s*\d*", re.IGNORECASE
)


def read_docx(file: RawFile) -> Document:
    """Read a .docx.  Raises BadInput: corrupt, encrypted, unsafe_archive, no_text."""
    archive = open_package(file.data)
    check_xml_parts(archive)
    drafts = parse_html(_to_html(file.data), spaced=False)
    heads, feet = _running_lines(archive, "header"), _running_lines(archive, "footer")
    if not drafts and not heads and not feet:
        raise BadInput("no_text", "The document holds no text; if it is a scan, save it as PDF.")
    declared = read_core_properties(archive)
    title, drafts = _title(drafts)
    return build_document(
        file,
        [*heads, *drafts, *feet],
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        reader="docx",
        title=title or _plausible_title(declared),
        declared=declared,
    )


def _to_html(data: bytes) -> str:
    import mammoth

    try:
        result = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLE_MAP,
            convert_image=mammoth.images.img_element(_no_image),
            ignore_empty_paragraphs=True,
        )
    except RecursionError as error:
        raise BadInput("too_deep", "The document nests its parts too deeply to be read; save it as PDF.") from error
    except MemoryError:
        raise
    except Exception as error:  # mammoth has no exception of its own; whatever it meets is a damaged file
        raise BadInput("corrupt", "The document is damaged; open it in a word processor and save it again.") from error
    return str(result.value)


def _no_image(_image: Any) -> dict[str, str]:
    return {}


def _title(drafts: list[BlockDraft]) -> tuple[str | None, list[BlockDraft]]:
    if any(draft.kind == "heading" and draft.level == 1 for draft in drafts[:12]):
        return choose_page_title(drafts, None)
    return choose_title(drafts)


def _plausible_title(declared: tuple[Declared, ...]) -> str | None:
    """Properties often keep a template's or the first draft's name; they serve only where the text has no title."""
    title = next((fact.value for fact in declared if fact.name == "name"), None)
    return (
        None if not title or re.search(r"^Microsoft|\.docx?$|^(?:document|untitled)", title, re.IGNORECASE) else title
    )


def _running_lines(archive: zipfile.ZipFile, part: str) -> list[BlockDraft]:
    """Text of page headers or footers, each line once, without page numbers."""
    seen: dict[str, None] = {}
    for name in sorted(archive.namelist()):
        if re.fullmatch(rf"word/{part}\d*\.xml", name):
            for text in _paragraphs(read_minor_part(archive, name)):
                if any(char.isalpha() for char in text) and not _PAGE_NUMBER.fullmatch(text):
                    seen.setdefault(text)
    return [BlockDraft("footer", text, is_main=False) for text in seen]


def _paragraphs(root: Any) -> Iterator[str]:
    for paragraph in root.iter(f"{_W}p") if root is not None else ():
        parts = (
            node.text or "" if node.tag == f"{_W}t" else " " for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
        )
        yield clean_inline("".join(parts))
