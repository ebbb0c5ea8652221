"""One way in: the bytes of a file to the documents in it.  The type comes from the content, the reader from a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any, NamedTuple, cast

from ingest import detect
from ingest.document import Document, RawFile, Reading, Rejected
from ingest.errors import BadInput
from ingest.language import set_languages
from ingest.limits import DEFAULT_LIMITS, Limits

READERS: dict[str, str] = {
    detect.PDF: "ingest.readers.pdf:read_pdf",
    detect.HTML: "ingest.readers.html:read_html",
    detect.MHTML: "ingest.readers.saved_page:read_saved_page",
    detect.MARKDOWN: "ingest.readers.markdown:read_markdown",
    detect.TEXT: "ingest.readers.text:read_text",
    detect.DOCX: "ingest.readers.docx:read_docx",
    detect.PPTX: "ingest.readers.pptx:read_pptx",
    detect.ODT: "ingest.readers.odf:read_odf",
    detect.ODP: "ingest.readers.odf:read_odf",
    detect.ODS: "ingest.readers.odf:read_odf",
    detect.XLSX: "ingest.readers.sheet:read_xlsx",
    detect.CSV: "ingest.readers.sheet:read_csv",
    detect.RTF: "ingest.readers.rtf:read_rtf",
    detect.EML: "ingest.readers.mail:read_mail",
    detect.MSG: "ingest.readers.outlook:read_outlook",
    detect.ICS: "ingest.readers.calendar:read_calendar",
}
"""Media type to "module:function" with the signature (RawFile) -> Document; imported when first needed."""

TAKES_LIMITS = frozenset({detect.PDF})
"""Media types whose reader takes Limits as a second argument: it stops at a page or a second and returns the rest."""

CONTAINERS: dict[str, str] = {
    detect.ZIP: "ingest.readers.archive:unpack_zip",
    detect.MBOX: "ingest.readers.attachments:unpack_mbox",
    detect.EML: "ingest.readers.attachments:unpack_attachments",
    detect.MSG: "ingest.readers.attachments:unpack_attachments",
}
"""Media type to "module:function" with the signature (RawFile, Limits) -> list[RawFile]: the files inside."""


_STOPPED = frozenset({"timeout", "out_of_memory", "crashed"})
_MAX_PARTS = 10
"""Files altogether, in limits of one container: archives of archives reach millions from a few kilobytes."""
_MAX_STOPPED = 5
"""Parts of one input that may each use up their limits; a thousand would take two days."""


class Opened(NamedTuple):
    """One file by itself: its own document (None for an archive), and the files inside it, not read yet."""

    document: Document | None
    files: list[RawFile]


def open_file(file: RawFile, limits: Limits = DEFAULT_LIMITS) -> Opened:
    """Read one file without the files inside it.  Raises BadInput with a reason code and advice."""
    if len(file.data) > limits.max_bytes:
        size = limits.max_bytes >> 20
        raise BadInput("too_large", f"The file is larger than {size} MB; split it, or raise max_bytes.")
    media_type = detect.detect_type(file.data, file.source_uri)
    document: Document | None = None
    if media_type in READERS:
        reader = _load(READERS[media_type])
        document = set_languages(reader(file, limits) if media_type in TAKES_LIMITS else reader(file))
    if media_type not in CONTAINERS:
        return Opened(document, [])
    try:
        return Opened(document, _name_apart(_load(CONTAINERS[media_type])(file, limits)))
    except BadInput as failure:
        if document is None:
            raise
        warning = f"the files inside were not read: {failure.detail}"
        return Opened(replace(document, warnings=(*document.warnings, warning)), [])


def read_file(file: RawFile, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Return the file's documents, its own first, then those of the files inside it, which name it as their parent.

    Raises BadInput with a reason code and advice where not one document could be read.
    """
    documents, rejected = read_parts(file, limits)
    if not documents:
        raise BadInput(rejected[0].reason_code, rejected[0].detail)
    return documents


def read_parts(file: RawFile, limits: Limits = DEFAULT_LIMITS, open_one: Callable[..., Opened] = open_file) -> Reading:
    """Return the file's documents, and of the files inside it those that gave none; each stands in one of the lists.

    `open_one(file, limits)` opens each file by itself; the sandbox hands in one that does so in its child process.
    Raises BadInput where the file itself cannot be read or opened, or holds nothing.
    """
    reading = Reading([], [])
    _gather(open_one(file, limits), limits, open_one, reading, depth=1)
    if not reading.documents and not reading.rejected:
        raise BadInput("no_text", "The file holds no files that could be read.")
    return reading


def _gather(opened: Opened, limits: Limits, open_one: Callable[..., Opened], reading: Reading, depth: int) -> None:
    if opened.document is not None:
        reading.documents.append(opened.document)
    for child in opened.files:
        try:
            _check_part(limits, reading, depth)
            inner = open_one(child, limits)
            if inner.document is None and not inner.files:
                raise BadInput("no_text", "The file holds no files that could be read.")
        except BadInput as failure:
            reading.rejected.append(Rejected(child.source_uri, failure.reason_code, failure.detail))
        else:
            _gather(inner, limits, open_one, reading, depth + 1)


def _check_part(limits: Limits, reading: Reading, depth: int) -> None:
    """Refuse a part that lies too deep, beside too many others, or beside too many that had to be stopped."""
    if depth > limits.max_depth:
        levels = limits.max_depth
        raise BadInput("too_deep", f"It lies more than {levels} levels deep in other files; unpack the outer ones.")
    if len(reading.documents) + len(reading.rejected) >= _MAX_PARTS * limits.max_children:
        raise BadInput("unsafe_archive", "Not tried: the file holds too many files in archives inside it; unpack it.")
    if sum(part.reason_code in _STOPPED for part in reading.rejected) >= _MAX_STOPPED:
        raise BadInput("unsafe_archive", f"Not tried: {_MAX_STOPPED} files beside it had to be stopped; give it alone.")


def _name_apart(files: list[RawFile]) -> list[RawFile]:
    """Two attachments may have one name; the second and later ones get their number behind it."""
    names: set[str] = set()
    result: list[RawFile] = []
    for number, file in enumerate(files, start=1):
        uri = file.source_uri if file.source_uri not in names else f"{file.source_uri}#{number}"
        names.add(uri)
        result.append(replace(file, source_uri=uri))
    return result


def _load(name: str) -> Callable[..., Any]:
    module, function = name.split(":")
    return cast(Callable[..., Any], getattr(import_module(module), function))
