"""PDF: PDFium reads words, boxes and rules; the layout code makes blocks of them; pdfplumber and OCR help out."""

from __future__ import annotations

import re
from dataclasses import replace

import pypdfium2 as pdfium

from ingest.build import build_document
from ingest.document import BlockDraft, Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.layout import Page
from ingest.layout_blocks import first_page_title, pages_to_drafts
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.pdf_pages import PageReader

_HEADER_WINDOW = 1024
"""Bytes in which "%PDF-" must begin (PDF 1.7, appendix H); what stands before it is cut."""


def read_pdf(file: RawFile, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a PDF.  Raises BadInput (empty_file, corrupt, encrypted, needs_ocr, …); partial results carry warnings."""
    data = _from_header(file.data)
    document = _open(data)
    try:
        pages, warnings, count = _read_pages(document, limits)
        declared = _declared(document)
    finally:
        document.close()
    drafts = pages_to_drafts(pages)
    read = sum(bool(page.lines) for page in pages)
    if not drafts:
        raise BadInput("needs_ocr", "No page holds text: it seems to be a scan. Install tesseract, or convenor[ocr].")
    title, drafts = _choose_title(drafts, pages, declared)
    engines = sorted({page.engine for page in pages if page.lines})
    return build_document(
        file, drafts, media_type="application/pdf", reader=f"pdf({'+'.join(engines)})", title=title,
        declared=declared, page_count=count, coverage=read / max(count, 1), warnings=tuple(warnings),
    )  # fmt: skip


def _from_header(data: bytes) -> bytes:
    if not data:
        raise BadInput("empty_file", "The file has no bytes.")
    start = data.find(b"%PDF-", 0, _HEADER_WINDOW + 5)
    return data[start:] if start > 0 else data


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise BadInput("encrypted", "The PDF needs a password; save a copy without one.") from error
        raise BadInput("corrupt", f"The PDF cannot be opened ({error}); download it again.") from error
    return document


def _read_pages(document: pdfium.PdfDocument, limits: Limits) -> tuple[list[Page], list[str], int]:
    count = len(document)
    reader = PageReader(document)
    pages: list[Page] = []
    warnings: list[str] = []
    for index in range(min(count, limits.max_pages)):
        try:
            pages.append(reader.read(index))
        except pdfium.PdfiumError as error:
            warnings.append(f"page {index + 1} cannot be read ({error})")
    if count > limits.max_pages:
        warnings.append(f"pages {limits.max_pages + 1} to {count} were not read (limit {limits.max_pages} pages)")
    warnings += [f"page {page.number} has no text" for page in pages if not page.lines]
    return pages, warnings, count


_INFO_NAMES = {"Title": "name", "Author": "author", "CreationDate": "dateCreated", "ModDate": "dateModified"}
_PDF_DATE = re.compile(r"D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([+\-Z])?(\d\d)?'?(\d\d)?")


def _declared(document: pdfium.PdfDocument) -> tuple[Declared, ...]:
    """Return the document information as declared facts; dates in ISO form, only as exact as they are given."""
    found = []
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        name = _INFO_NAMES.get(key)
        text = _iso_date(value) if key.endswith("Date") else " ".join(value.split())
        if name and text:
            found.append(Declared("pdf-info", name, text))
    return tuple(found)


def _iso_date(value: str) -> str | None:
    match = _PDF_DATE.match(value.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = match.groups()
    date = "-".join(filter(None, (year, month, day if month else None)))
    if not (day and hour and minute):
        return date
    zone = "Z" if sign == "Z" else f"{sign}{zone_hour}:{zone_minute or '00'}" if sign and zone_hour else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"


def _choose_title(
    drafts: list[BlockDraft], pages: list[Page], declared: tuple[Declared, ...]
) -> tuple[str | None, list[BlockDraft]]:
    """Return (title, blocks): the heading in the largest font of page 1, or the declared title where the text has it."""
    declared_title = next((fact.value for fact in declared if fact.name == "name"), None)
    shown = first_page_title(pages)
    for k, draft in enumerate(drafts[:12]):
        if draft.kind not in ("heading", "paragraph"):
            continue
        if (shown and draft.text in shown and len(draft.text) > 8) or _same_words(draft.text, declared_title):
            drafts[k] = replace(draft, kind="title", level=None)
            return draft.text, drafts
    return None, drafts


def _same_words(text: str, other: str | None) -> bool:
    return bool(other) and re.findall(r"\w+", text.casefold()) == re.findall(r"\w+", (other or "").casefold()) != []
