"""One way in: the bytes of a file to the documents in it.  The type comes from the content, the reader from a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any, cast

from ingest import detect
from ingest.document import Document, RawFile, Reading, Rejected
from ingest.errors import BadInput
from ingest.language import set_languages
from ingest.limits import DEFAULT_LIMITS, Limits

READERS: dict[str, str] = {
    detect.PDF: "ingest.readers.pdf:read_pdf",
    detect.HTML: "ingest.readers.html:read_html",
    detect.MARKDOWN: "ingest.readers.markdown:read_markdown",
    detect.TEXT: "ingest.readers.text:read_text",
    detect.DOCX: "ingest.readers.docx:read_docx",
    detect.PPTX: "ingest.readers.pptx:read_pptx",
    detect.ODT: "ingest.readers.odf:read_odf",
    detect.ODP: "ingest.readers.odf:read_odf",
    detect.RTF: "ingest.readers.rtf:read_rtf",
    detect.EML: "ingest.readers.mail:read_mail",
    detect.ICS: "ingest.readers.calendar:read_calendar",
}
"""Media type to "module:function" with the signature (RawFile) -> Document; imported when first needed."""

TAKES_LIMITS = frozenset({detect.PDF})
"""Media types whose reader takes Limits as a second argument: it stops at a page or a second and returns the rest."""

CONTAINERS: dict[str, str] = {
    detect.ZIP: "ingest.readers.archive:unpack_zip",
    detect.MBOX: "ingest.readers.attachments:unpack_mbox",
    detect.EML: "ingest.readers.attachments:unpack_attachments",
}
"""Media type to "module:function" with the signature (RawFile, Limits) -> list[RawFile]: the files inside."""


def read_file(file: RawFile, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Return the file's documents, its own first, then those of the files inside it, which name it as their parent.

    Raises BadInput with a reason code and advice where not one document could be read.
    """
    documents, rejected = read_parts(file, limits)
    if not documents:
        raise BadInput(rejected[0].reason_code, rejected[0].detail)
    return documents


def read_parts(file: RawFile, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Return the file's documents, and of the files inside it those that gave none; each stands in one of the lists.

    Raises BadInput where the file itself cannot be read or opened, or holds nothing.
    """
    return _read(file, limits, depth=0)


def _read(file: RawFile, limits: Limits, depth: int) -> Reading:
    if len(file.data) > limits.max_bytes:
        size = limits.max_bytes >> 20
        raise BadInput("too_large", f"The file is larger than {size} MB; split it, or raise max_bytes.")
    media_type = detect.detect_type(file.data, file.source_uri)
    reading = Reading([], [])
    if media_type in READERS:
        reader = _load(READERS[media_type])
        document = reader(file, limits) if media_type in TAKES_LIMITS else reader(file)
        reading.documents.append(set_languages(document))
    if media_type in CONTAINERS:
        for child in _unpack(media_type, file, limits, reading):
            _read_child(child, limits, depth + 1, reading)
    if not reading.documents and not reading.rejected:
        raise BadInput("no_text", "The file holds no files that could be read.")
    return reading


def _unpack(media_type: str, file: RawFile, limits: Limits, reading: Reading) -> list[RawFile]:
    """Return the files inside, each under a name of its own; a container that has a text keeps it in any case."""
    try:
        return _name_apart(_load(CONTAINERS[media_type])(file, limits))
    except BadInput as failure:
        if not reading.documents:
            raise
        document = reading.documents[0]
        warning = f"the files inside were not read: {failure.detail}"
        reading.documents[0] = replace(document, warnings=(*document.warnings, warning))
        return []


def _name_apart(files: list[RawFile]) -> list[RawFile]:
    """Two attachments may have one name; the second and later ones get their number behind it."""
    names: set[str] = set()
    result: list[RawFile] = []
    for number, file in enumerate(files, start=1):
        uri = file.source_uri if file.source_uri not in names else f"{file.source_uri}#{number}"
        names.add(uri)
        result.append(replace(file, source_uri=uri))
    return result


def _read_child(child: RawFile, limits: Limits, depth: int, reading: Reading) -> None:
    try:
        if depth > limits.max_depth:
            raise BadInput(
                "too_deep", f"It lies more than {limits.max_depth} levels deep in other files; unpack the outer ones."
            )
        inner = _read(child, limits, depth)
    except BadInput as failure:
        reading.rejected.append(Rejected(child.source_uri, failure.reason_code, failure.detail))
    else:
        reading.documents.extend(inner.documents)
        reading.rejected.extend(inner.rejected)


def _load(name: str) -> Callable[..., Any]:
    module, function = name.split(":")
    return cast(Callable[..., Any], getattr(import_module(module), function))
