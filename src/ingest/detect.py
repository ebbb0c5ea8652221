"""What a file is, from its bytes; the suffix only decides where the content leaves it open (text or Markdown)."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import PurePosixPath
from typing import cast
from urllib.parse import urlsplit

from ingest.errors import BadInput, ReasonCode
from ingest.lexicon import word_set

PDF = "application/pdf"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
ODT = "application/vnd.oasis.opendocument.text"
ODP = "application/vnd.oasis.opendocument.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
RTF = "application/rtf"
EML = "message/rfc822"
MSG = "application/vnd.ms-outlook"
MBOX = "application/mbox"
MHTML = "multipart/related"
ICS = "text/calendar"
ZIP = "application/zip"

_HEAD = 4096

_UNSUPPORTED = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"), (b"MM\x00*", "a TIFF picture"), (b"BM", "a bitmap picture"),
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"), (b"Rar!\x1a\x07", "a RAR archive"), (b"\x7fELF", "a program"),
    (b"MZ", "a program"), (b"ID3", "a sound file"), (b"OggS", "a sound or video file"), (b"fLaC", "a sound file"),
    (b"\x00\x00\x00\x18ftyp", "a video"), (b"\x00\x00\x00\x20ftyp", "a video"), (b"\x1aE\xdf\xa3", "a video"),
    (b"SQLite format 3", "a database"), (b"PAR1", "a Parquet table"), (b"%!PS", "a PostScript file"),
    (b"\x78\x9f\x3e\x22", "a TNEF (winmail.dat) attachment"),
)  # fmt: skip
_ADVICE = {
    "picture": "Put scans into a PDF, or give the text itself.",
    "archive": "Unpack it and give the files, or pack them as ZIP.",
}

OLE_SIGN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML_SIGN = re.compile(
    rb"<(?:!doctype\s+html|(?:html|head|body|article|section|main|h[1-6]|div|table|p|ul|ol|dl|span|br)[\s>]|title>|meta\s|br/)",
    re.IGNORECASE,
)
_HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,1000}?-->\s*)?<[!a-z]", re.IGNORECASE | re.DOTALL
)
_HEADER_LINE = re.compile(rb"^[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?.*$")
_MAIL_HEADERS = word_set(
    "from to cc subject date message-id received mime-version return-path delivered-to content-type reply-to "
    "sender  in-reply-to references x-mailer list-id dkim-signature arc-seal content-transfer-encoding"
)
_MAIL_MARKS = word_set("message-id received mime-version return-path delivered-to dkim-signature x-mailer")
_SAVED_PAGE = re.compile(rb"From:\s*\"?<saved by ", re.IGNORECASE)
_MBOX_START = re.compile(rb"\AFrom \S+ .{10,80}\d{4}\s*\r?\n")


def detect_type(data: bytes, source_uri: str = "") -> str:
    """Return the media type.  Raises BadInput: empty_file, unsupported_type, legacy_format, encrypted, corrupt."""
    if not data.strip(b"\x00 \t\r\n"):
        raise BadInput("empty_file", "The file is empty; download or export it again.")
    head = data[:_HEAD]
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _detect_zip(data)
    if head.startswith(OLE_SIGN):
        return _detect_ole(data)
    if head.lstrip()[:5] == b"{\\rtf":
        return RTF
    _refuse_binary(head)
    return _detect_text(data, head, source_uri)


_OPEN_DOCUMENTS = (("text", ODT), ("presentation", ODP), ("spreadsheet", ODS))


def _detect_zip(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist()[:5000])
            mimetype = archive.read("mimetype")[:100].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError) as error:
        code: ReasonCode = "truncated" if b"PK\x05\x06" not in data[-70_000:] else "corrupt"
        raise BadInput(code, "The archive is damaged or cut off; download or save it again.") from error
    except Exception as error:  # zlib and struct errors of a damaged member
        raise BadInput("corrupt", "The archive is damaged; download or save it again.") from error
    if "word/document.xml" in names:
        return DOCX
    if "ppt/presentation.xml" in names:
        return PPTX
    if mimetype.startswith("application/vnd.oasis.opendocument."):
        kind = mimetype.split(".")[-1].strip()
        if found := next((known for start, known in _OPEN_DOCUMENTS if kind.startswith(start)), None):
            return found
        raise BadInput("unsupported_type", "The file is an OpenDocument drawing or database; export it as PDF.")
    if "xl/workbook.xml" in names:
        return XLSX
    if "xl/workbook.bin" in names:
        raise BadInput("unsupported_type", "The file is a binary workbook (.xlsb); save it as .xlsx or PDF.")
    if mimetype.startswith("application/epub"):
        raise BadInput("unsupported_type", "The file is an e-book (EPUB); export it as PDF or HTML.")
    if "Index/Document.iwa" in names or "index.apxl" in names or "Index.zip" in names:
        raise BadInput("unsupported_type", "The file is an Apple Pages, Numbers or Keynote document; export it as PDF.")
    return ZIP


_LEGACY = (
    ("WordDocument", "legacy_format", "The file is a Word 97-2003 document (.doc); save it as .docx or PDF."),
    ("PowerPoint Document", "legacy_format",
     "The file is a PowerPoint 97-2003 presentation (.ppt); save it as .pptx or PDF."),
    ("Workbook", "unsupported_type", "The file is an Excel 97-2003 workbook (.xls); save it as .xlsx or PDF."),
    ("Book", "unsupported_type", "The file is an Excel 5 workbook (.xls); save it as .xlsx or PDF."),
    ("Quill", "unsupported_type", "The file is a Publisher document (.pub); save it as PDF."),
    ("VisioDocument", "unsupported_type", "The file is a Visio drawing; save it as PDF."),
    ("__nameid_version1.0", "corrupt", "The Outlook message is cut off; save it again, or as .eml."),
)  # fmt: skip
"""(what the file holds, reason, advice)."""


def _detect_ole(data: bytes) -> str:
    """Old Office files and Outlook messages share one container; the names at its top tell them apart."""
    names = _ole_names(data)
    if "__properties_version1.0" in names:
        return MSG
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        raise BadInput("encrypted", "The file is protected by a password; save it without one.")
    for name, code, advice in _LEGACY:
        if name in names:
            raise BadInput(cast(ReasonCode, code), advice)
    raise BadInput("legacy_format", "The file is in an old Office format; save it as .docx, .pptx or PDF.")


def _ole_names(data: bytes) -> frozenset[str]:
    """Return the names at the top of a compound file; of a damaged one those that occur in it."""
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(data)) as ole:
            return frozenset(entry[0] for entry in ole.listdir(streams=True, storages=True))
    except Exception:  # the library has no exception of its own; whatever it meets is a damaged file
        wanted = ("__properties_version1.0", "EncryptedPackage", "EncryptionInfo", *(name for name, _, _ in _LEGACY))
        return frozenset(name for name in wanted if _utf16(name) in data)


def _utf16(name: str) -> bytes:
    return name.encode("utf-16-le")


def _refuse_binary(head: bytes) -> None:
    if head.startswith(b"RIFF") and head[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        raise BadInput("unsupported_type", "The file is a picture, sound or video; give the text that goes with it.")
    if head[4:8] == b"ftyp":
        raise BadInput("unsupported_type", "The file is a video or a HEIC picture; give the text that goes with it.")
    for magic, what in _UNSUPPORTED:
        if head.startswith(magic) and (len(magic) > 3 or _control_share(head) > 0.02):
            advice = next((text for word, text in _ADVICE.items() if word in what), "Give the text that goes with it.")
            raise BadInput("unsupported_type", f"The file is {what}. {advice}")
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or _looks_utf16(head)
    if not wide and _control_share(head) > 0.1:
        raise BadInput(
            "unsupported_type", "The file is binary and of no type that can be read; export it as PDF or text."
        )


def _control_share(head: bytes) -> float:
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls / max(len(head), 1)


def _looks_utf16(head: bytes) -> bool:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return len(head) >= 8 and max(even, odd) > 0.2 * len(head) / 2 and min(even, odd) <= 0.05 * len(head) / 2


def _detect_text(data: bytes, head: bytes, source_uri: str) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return ICS
    if _MBOX_START.match(head):
        return MBOX
    if mail := _detect_mail(start):
        return mail
    _refuse_data(start, data)
    suffix = suffix_of(source_uri)
    wide = _looks_utf16(head) or head[:2] in (b"\xff\xfe", b"\xfe\xff")
    sample = head.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\x00", b"") if wide else head
    signs = len(_HTML_SIGN.findall(data[:50_000] if not wide else sample))
    starts_as_html = bool(_HTML_START.match(sample))
    if (starts_as_html and signs >= 1) or (signs >= 2 and suffix in ("html", "htm", "xhtml", "aspx", "php")):
        return HTML
    if suffix in ("html", "htm", "xhtml") and signs:
        return HTML
    return _text_or_markdown(data, suffix)


def _refuse_data(start: bytes, data: bytes) -> None:
    """Data files are text too, but their tags and keys are no prose."""
    if start[:5] == b"<?xml" and not _HTML_SIGN.search(data[:50_000]):
        raise BadInput("unsupported_type", "The file is XML data; save the page it belongs to as HTML or PDF.")
    if start[:1] in (b"{", b"[") and _is_json(data):
        raise BadInput("unsupported_type", "The file is JSON data; give the document it describes.")


def _is_json(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict | list)
    except (ValueError, RecursionError):
        return False


def _detect_mail(start: bytes) -> str | None:
    """A mail opens with header lines, at least two of them the usual ones."""
    names: list[str] = []
    for line in start.split(b"\n")[:60]:
        line = line.rstrip(b"\r")
        if not line:
            break
        if line[:1] in b" \t" and names:
            continue
        if not _HEADER_LINE.match(line):
            return None
        names.append(line.split(b":", 1)[0].decode("ascii").lower())
    if _SAVED_PAGE.match(start) or "snapshot-content-location" in names:
        return MHTML
    known = set(names) & _MAIL_HEADERS
    if len(known) >= 3 or (len(known) >= 2 and known & _MAIL_MARKS) or {"from", "subject"} <= known:
        return EML
    return None


def _text_or_markdown(data: bytes, suffix: str) -> str:
    from ingest.readers.charset import decode_text
    from ingest.readers.markdown import looks_like_markdown
    from ingest.readers.sheet import find_delimiter

    if suffix in ("md", "markdown", "mdown", "qmd", "rmd"):
        return MARKDOWN
    text, _ = decode_text(data[:200_000])
    if suffix in ("csv", "tsv") and find_delimiter(text):
        return CSV
    if text.lstrip().startswith(("---\n", "+++\n")) and ("\n---" in text[4:20_000] or "\n+++" in text[4:20_000]):
        return MARKDOWN
    return MARKDOWN if looks_like_markdown(text) else TEXT


def suffix_of(source_uri: str) -> str:
    """Return the lower-case suffix of a path or URL without its dot ("md"), "" where it has none."""
    try:
        path = urlsplit(source_uri).path if "://" in source_uri else source_uri
    except ValueError:
        path = source_uri
    return PurePosixPath(path.rsplit("!/", 1)[-1]).suffix.lstrip(".").lower()
