"""PDF: PDFium reads words, boxes and rules; the layout code makes blocks of them; pdfplumber and OCR step in.

Order of engines per page: PDFium, pdfplumber where PDFium cannot load the page, OCR where there is no text at all.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as c

from ingest import pdf_plumber
from ingest.build import build_document
from ingest.cleaning import clean_inline
from ingest.document import BlockDraft, Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.layout import Line, Page
from ingest.layout_blocks import first_page_title, pages_to_drafts
from ingest.lexicon import read_lines
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.pdf_pages import PageReader
from ingest.readers import ocr

_HEADER_WINDOW = 1024
"""Bytes in which "%PDF-" must begin (PDF 1.7, appendix H); what stands before it is cut."""
_OWN_SHARE = 0.75
"""Share of the time limit after which the reader stops by itself and returns what it has."""
_SHOWN_WARNINGS = 20


def read_pdf(file: RawFile, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read a PDF.

    Raises BadInput: empty_file, truncated, corrupt, encrypted; needs_ocr or no_text where no page gave any text.
    What was read only in part comes back with coverage below 1 and warnings that say which pages are missing and why.
    """
    data = _from_header(file.data)
    try:
        pages, count, warnings, declared = _read_all(data, limits)
        drafts = pages_to_drafts(pages)
        if not drafts:
            raise _why_empty(pages, count)
    except BadInput as error:
        if error.reason_code != "encrypted" and data.startswith(b"%PDF-") and b"%%EOF" not in data[-_HEADER_WINDOW:]:
            raise BadInput("truncated", "The PDF is cut off before its end; download it again.") from error
        raise
    title, drafts = _choose_title(drafts, pages, declared)
    read = sum(bool(page.lines) or page.is_blank for page in pages)
    engines = "+".join(sorted({page.engine for page in pages if page.lines}))
    return build_document(
        file, drafts, media_type="application/pdf", reader=f"pdf({engines})", title=title, declared=declared,
        page_count=count, coverage=read / count, warnings=_summary(pages, warnings),
    )  # fmt: skip


def _from_header(data: bytes) -> bytes:
    if not data:
        raise BadInput("empty_file", "The file has no bytes.")
    start = data.find(b"%PDF-", 0, _HEADER_WINDOW + 5)
    return data[start:] if start > 0 else data


def _read_all(data: bytes, limits: Limits) -> tuple[list[Page], int, list[str], tuple[Declared, ...]]:
    """Return (pages, page count, warnings, declared facts)."""
    document, warnings = _open(data)
    if document is None:
        return *_read_by_pdfplumber(data, limits), [], ()
    try:
        count = len(document)
        if count == 0:
            raise BadInput("corrupt", "The PDF has no pages; it may have been cut off while it was downloaded.")
        warnings += _whole_document_warnings(document)
        if document.get_formtype() != c.FORMTYPE_NONE:
            document.init_forms()
        pages = _read_pages(document, data, limits, warnings)
        return pages, count, warnings, _declared(document)
    finally:
        document.close()


_CATALOG = re.compile(rb"(\d+) (\d+) obj\s*<<[^<>]{0,500}?/Type\s*/Catalog\b")


def _open(data: bytes) -> tuple[pdfium.PdfDocument | None, list[str]]:
    """Return (document, warnings), None where PDFium finds no way in; a file without its end is given one."""
    try:
        return pdfium.PdfDocument(data), []
    except pdfium.PdfiumError as error:
        if error.err_code in (c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY):
            raise BadInput("encrypted", "The PDF needs a password; save a copy without one.") from error
    catalog = _CATALOG.search(data)
    if catalog is None:
        return None, []
    end = b"\ntrailer\n<</Root %s %s R>>\nstartxref\n0\n%%%%EOF\n" % catalog.groups()
    try:
        return pdfium.PdfDocument(data + end), ["the file is cut off or damaged at its end; download it again"]
    except pdfium.PdfiumError:
        return None, []


def _whole_document_warnings(document: pdfium.PdfDocument) -> list[str]:
    warnings = []
    if (attached := document.count_attachments()) > 0:
        warnings.append(f"{attached} attached files inside the PDF were not read; save them beside it")
    if document.get_formtype() == c.FORMTYPE_XFA_FULL:
        warnings.append("the PDF is an XFA form whose pages are made by Adobe Reader; print it to PDF from there")
    return warnings


def _read_by_pdfplumber(data: bytes, limits: Limits) -> tuple[list[Page], int]:
    found = list(pdf_plumber.open_pages(data, limits.max_pages))
    if not found:
        raise BadInput("corrupt", "The PDF has no pages that can be read; download it again.")
    return [page for page, _ in found], found[0][1]


def _read_pages(document: pdfium.PdfDocument, data: bytes, limits: Limits, warnings: list[str]) -> list[Page]:
    """Read page after page until a limit is met; what was left out is said in `warnings`."""
    count = len(document)
    reader = PageReader(document)
    scans = _Scans(document, limits)
    pages: list[Page] = []
    deadline = _Deadline(limits)
    for index in range(count):
        if index >= limits.max_pages or deadline.passed():
            why = f"the limit is {limits.max_pages} pages" if index >= limits.max_pages else "the time was up"
            warnings.append(f"pages {index + 1} to {count} were not read: {why}")
            break
        try:
            page = reader.read(index)
        except pdfium.PdfiumError:
            page = _read_one_by_pdfplumber(data, index)
        if not page.lines and not page.is_blank:
            scans.read(page)
        pages.append(page)
    return pages


class _Deadline:
    """When to stop reading and return what there is.  State: when reading began."""

    def __init__(self, limits: Limits) -> None:
        self._cpu = time.process_time() + _OWN_SHARE * limits.cpu_seconds
        self._wall = time.monotonic() + _OWN_SHARE * limits.wall_seconds

    def passed(self) -> bool:
        return time.process_time() > self._cpu or time.monotonic() > self._wall


class _Scans:
    """OCR of pages without text.  State: how many pages it has read."""

    def __init__(self, document: pdfium.PdfDocument, limits: Limits) -> None:
        self._document = document
        self._limits = limits
        self._read = 0

    def read(self, page: Page) -> None:
        """Fill the page's lines by OCR if an engine is installed, and say so; otherwise say what is missing."""
        engine = ocr.find_engine()
        if engine is None:
            page.warnings.append(f"has no text and was not read: for scans {ocr.advice()}")
        elif self._read >= self._limits.max_ocr_pages:
            page.warnings.append(f"has no text: OCR stops after {self._limits.max_ocr_pages} pages")
        else:
            self._read += 1
            page.lines = self._lines(engine, page.number - 1)
            page.engine, page.rules = engine.name, []
            if not page.lines:
                page.warnings.append("has no text, and OCR found none")

    def _lines(self, engine: ocr.Engine, index: int) -> list[Line]:
        try:
            source = self._document[index]
        except pdfium.PdfiumError:
            return []
        try:
            return ocr.read_page(engine, source, self._limits.max_pixels)
        except (pdfium.PdfiumError, ValueError):  # ValueError: a page box of no area cannot be rendered
            return []
        finally:
            source.close()


def _read_one_by_pdfplumber(data: bytes, index: int) -> Page:
    try:
        for page, _ in pdf_plumber.open_pages(data, index + 1, first=index):
            return page
    except BadInput:
        pass
    return Page(index + 1, 595, 842, [], warnings=["is damaged and could not be read"])


def _why_empty(pages: Sequence[Page], count: int) -> BadInput:
    if all(page.is_blank for page in pages) and len(pages) == count:
        return BadInput("no_text", f"All {count} pages are blank.")
    if any("font does not say" in warning for page in pages for warning in page.warnings) or ocr.find_engine():
        said = "; ".join(dict.fromkeys(f"page {page.number} {text}" for page in pages[:3] for text in page.warnings))
        return BadInput("no_text", f"No text can be read off the {count} pages: {said}.")
    return BadInput("needs_ocr", f"The {count} pages hold no text, only pictures; {ocr.advice()} and run again.")


def _summary(pages: Sequence[Page], warnings: Sequence[str]) -> tuple[str, ...]:
    """Return the warnings: those of pages with their number, equal ones of many pages as one sentence."""
    numbers: dict[str, list[int]] = {}
    for page in pages:
        for text in page.warnings + (["is blank"] if page.is_blank else []):
            numbers.setdefault(text, []).append(page.number)
    sentences = []
    for text, found in numbers.items():
        where = f"page {found[0]}" if len(found) == 1 else f"pages {', '.join(map(str, found[:10]))}"
        sentences.append(f"{where}{f' and {len(found) - 10} more' if len(found) > 10 else ''}: {text}")
    return (*warnings, *sentences[:_SHOWN_WARNINGS])


_INFO_NAMES = {"Title": "name", "Author": "author", "CreationDate": "dateCreated", "ModDate": "dateModified"}
_PDF_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?([+\-Z])?(\d\d)?'?(\d\d)?")


def _declared(document: pdfium.PdfDocument) -> tuple[Declared, ...]:
    """Return the document information as declared facts; dates in ISO form, only as exact as they are given."""
    found = []
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        text = iso_date(value) if key.endswith("Date") else clean_inline(value)
        if key in _INFO_NAMES and text and text.lower() not in read_lines("empty_names"):
            found.append(Declared("pdf-info", _INFO_NAMES[key], text))
    return tuple(found)


def iso_date(value: str) -> str | None:
    """Return a PDF date ("D:20240315101500+01'00'") in ISO 8601, None if it is none."""
    match = _PDF_DATE.match(value.strip())
    if not match:
        return None
    year, month, day, hour, minute, second, sign, zone_hour, zone_minute = match.groups()
    if not (1 <= int(month or 1) <= 12 and 1 <= int(day or 1) <= 31):
        return None
    date = "-".join([part for part in (year, month, day) if part])
    if not (day and hour and minute):
        return date
    zone = "Z" if sign == "Z" else f"{sign}{zone_hour}:{zone_minute or '00'}" if sign and zone_hour else ""
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"


def _choose_title(
    drafts: list[BlockDraft], pages: Sequence[Page], declared: Sequence[Declared]
) -> tuple[str | None, list[BlockDraft]]:
    """Return (title, blocks): the block in the largest font of page 1, or the declared title where the text has it."""
    declared_title = next((fact.value for fact in declared if fact.name == "name"), None)
    shown = first_page_title(pages)
    for k, draft in enumerate(drafts[:12]):
        if draft.kind in ("heading", "paragraph", "key_value") and _is_title(draft.text, shown, declared_title):
            return draft.text, [*drafts[:k], replace(draft, kind="title", level=None), *drafts[k + 1 :]]
    return None, drafts


def _is_title(text: str, shown: str | None, declared: str | None) -> bool:
    words = re.findall(r"\w+", text.casefold())
    if declared and words and words == re.findall(r"\w+", declared.casefold()):
        return True
    return shown is not None and len(text) > 8 and text.casefold() in shown.casefold()
