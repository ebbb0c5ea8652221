"""Rich text: pictures are cut out before the text is taken, since a picture in hexadecimal costs seconds a megabyte."""

from __future__ import annotations

import re
from typing import Any

from ingest.build import build_document
from ingest.cleaning import clean_inline
from ingest.document import Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.readers.shapes import choose_title
from ingest.readers.text import parse_text

_MAX_TEXT = 5_000_000
_MAX_DEPTH = 1_000

_CUT_GROUPS = re.compile(
    rb"\{\s*(?:\\\*\s*)?\\(?:pict|objdata|themedata|colorschememapping|datastore|blipuid|fontemb|bin)\b"
)
_BRACE = re.compile(rb"\\[{}\\]|[{}]")
_TITLE = re.compile(rb"\{\\title\s+((?:[^{}\\]|\\'[0-9a-fA-F]{2}|\\u-?\d+\s?\??){1,300})\}")
_CELL_END = re.compile(rb"\\(?:nest)?cell\b ?")
_ROW_END = re.compile(rb"\\(?:nest)?row\b ?")
_LIST_MARK = re.compile(rb"\{\\(?:pntext|listtext)\b[^{}]{0,120}\}")


def read_rtf(file: RawFile) -> Document:
    """Read rich text.  Raises BadInput: corrupt, too_large, too_deep, no_text."""
    drafts, warnings = parse_text(rtf_to_text(file.data))
    if not drafts:
        raise BadInput("no_text", "The document holds no text; if it is a scan, save it as PDF.")
    title, drafts = choose_title(drafts)
    return build_document(
        file, drafts, media_type="application/rtf", reader="rtf", title=title, declared=_declared(file.data),
        warnings=tuple(warnings),
    )  # fmt: skip


def rtf_to_text(data: bytes) -> str:
    """Return the text without pictures, cells set apart by tabs.  Raises BadInput: corrupt, too_large, too_deep."""
    source = _cut_pictures(data)
    if len(source) > _MAX_TEXT:
        raise BadInput("too_large", "The text without its pictures is larger than 5 MB; split it, or save it as PDF.")
    source = _LIST_MARK.sub(_mark_item, _ROW_END.sub(rb"\\par ", _CELL_END.sub(rb"\\tab ", source)))
    return _to_text(source.decode("latin-1"))


def _cut_pictures(data: bytes) -> bytes:
    """Leave out picture and object groups by matching their braces.  Raises BadInput too_deep."""
    kept: list[bytes] = []
    position = 0
    while match := _CUT_GROUPS.search(data, position):
        kept.append(data[position : match.start()])
        position = _group_end(data, match.start())
    kept.append(data[position:])
    source = b"".join(kept)
    depth = 0
    for brace in _BRACE.finditer(source):
        depth += {b"{": 1, b"}": -1}.get(brace.group(), 0)
        if depth > _MAX_DEPTH:
            raise BadInput("too_deep", "The document nests its groups too deeply to be read; save it as PDF.")
    return source


def _group_end(data: bytes, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(data, start):
        depth += {b"{": 1, b"}": -1}.get(brace.group(), 0)
        if depth == 0:
            return brace.end()
    return len(data)


def _to_text(source: str) -> str:
    from striprtf import striprtf

    convert: Any = striprtf.rtf_to_text  # the library has no types
    try:
        return str(convert(source, errors="replace"))
    except (ValueError, IndexError, KeyError, TypeError, LookupError, OverflowError) as error:
        raise BadInput("corrupt", "The document is damaged; open it in a word processor and save it again.") from error


def _mark_item(match: re.Match[bytes]) -> bytes:
    """A list's number stays as written, any other mark becomes a bullet."""
    number = re.search(rb"\d{1,3}[.)]", match.group())
    return number.group() + b" " if number else rb"\bullet  "


def _declared(source: bytes) -> tuple[Declared, ...]:
    match = _TITLE.search(source[:200_000])
    if not match:
        return ()
    title = clean_inline(_to_text("{\\rtf1\\ansi " + match.group(1).decode("latin-1") + "}"))
    return (Declared("office-properties", "name", title),) if title else ()
