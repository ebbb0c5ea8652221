"""Web pages that a browser saved in one file (.mhtml, .mht): the page, and the frames of its own site."""

from __future__ import annotations

from urllib.parse import urlsplit

from ingest.build import build_document
from ingest.cleaning import clean_inline
from ingest.detect import MHTML
from ingest.document import Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.readers.html import parse_html, read_page
from ingest.readers.mail import own_parts, parse_mail, part_text

_MAX_FRAMES = 20


def read_saved_page(file: RawFile) -> Document:
    """Read a saved page like the page itself, with its address.  Raises BadInput: corrupt, too_deep, no_text."""
    message = parse_mail(file.data)
    parts = [part for part in own_parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not parts:
        raise BadInput("corrupt", "The saved page lacks its HTML; save it again, or as HTML only.")
    address = clean_inline(str(message.get("snapshot-content-location") or parts[0].get("content-location") or ""))
    title, drafts, declared = read_page(part_text(parts[0]), address)
    for frame in parts[1:_MAX_FRAMES]:
        source = clean_inline(str(frame.get("content-location") or ""))
        if _host(source) and _host(source) == _host(address):
            drafts += parse_html(part_text(frame), base=source)
    if address.startswith("http") and not any(fact.name == "url" for fact in declared):
        declared = (*declared, Declared("html-meta", "url", address, len({fact.group for fact in declared})))
    return build_document(file, drafts, media_type=MHTML, reader="html", title=title, declared=declared)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
