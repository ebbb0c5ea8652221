"""One way in: the bytes of a file to the documents in it.  The type comes from the content, the reader from a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any, cast

from ingest import detect
from ingest.document import Document, RawFile
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

    Raises BadInput with a reason code and advice where not one document could be read; a part that failed
    beside others that did not is a warning of the first.
    """
    return _read(file, limits, depth=0)


def _read(file: RawFile, limits: Limits, depth: int) -> list[Document]:
    if len(file.data) > limits.max_bytes:
        size = limits.max_bytes >> 20
        raise BadInput("too_large", f"The file is larger than {size} MB; split it, or raise max_bytes.")
    media_type = detect.detect_type(file.data, file.source_uri)
    documents: list[Document] = []
    if media_type in READERS:
        reader = _load(READERS[media_type])
        document = reader(file, limits) if media_type in TAKES_LIMITS else reader(file)
        documents.append(set_languages(document))
    if media_type not in CONTAINERS:
        return documents
    failures: list[BadInput] = []
    warnings: list[str] = []
    for child in _load(CONTAINERS[media_type])(file, limits):
        try:
            if depth >= limits.max_depth:
                levels = limits.max_depth
                raise BadInput(
                    "too_deep", f"It lies more than {levels} levels deep in other files; unpack the outer ones."
                )
            documents += _read(child, limits, depth + 1)
        except BadInput as failure:
            failures.append(failure)
            warnings.append(f"{child.source_uri.rsplit('!/', 1)[-1]} was not read: {failure.detail}")
    if not documents:
        raise failures[0] if failures else BadInput("no_text", "The archive holds no files.")
    documents[0] = replace(documents[0], warnings=(*documents[0].warnings, *warnings))
    return documents


def _load(name: str) -> Callable[..., Any]:
    module, function = name.split(":")
    return cast(Callable[..., Any], getattr(import_module(module), function))
