"""Whatever a file is, reading it ends in documents or in a reason; nothing hangs, nothing is silently empty."""

from __future__ import annotations

import socket
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.document import Document, RawFile
from ingest.errors import REASON_CODES, BadInput
from ingest.limits import MEBIBYTE, Limits
from ingest.sandbox import Sandbox
from tests.ingest.hostile import HOSTILE, damaged, good_pdf, remote_picture_docx

LIMITS = Limits(cpu_seconds=6, wall_seconds=40, memory_bytes=1024 * MEBIBYTE, max_pages=200, max_ocr_pages=0)

EXPECTED = {
    "empty.pdf": {"empty_file"},
    "user-password.pdf": {"encrypted"},
    "kids-loop.pdf": {"corrupt", "no_text"},
    "flate-bomb.pdf": {"out_of_memory", "timeout", "no_text", "needs_ocr"},
    "white-on-white.pdf": {"no_text", "needs_ocr"},
    "unpainted-text.pdf": {"no_text", "needs_ocr"},
    "off-page.pdf": {"no_text", "needs_ocr"},
    "blank.pdf": {"no_text"},
    "image-huge.pdf": {"no_text", "needs_ocr"},
    "zip-bomb.zip": {"unsafe_archive", "too_large"},
    "zip-empty.zip": {"no_text", "empty_file"},
}
"""What some files must end in; any other outcome of these would be wrong."""

READABLE = {
    "junk-before-1000.pdf", "junk-after.pdf", "owner-password.pdf", "no-end.pdf", "no-xref.pdf", "startxref-far.pdf",
    "many-pages.pdf",
    "form-recursive.pdf", "javascript.pdf", "launch.pdf", "link-file.pdf", "length-too-long.pdf", "grid-1000.pdf",
    "many-boxes.pdf", "box-missing.pdf", "rotate-odd.pdf", "control-characters.pdf", "attachment.pdf", "picture.rtf",
    "repeat-for-ever.ics", "bad-charset.eml", "attached-broken.eml", "attached-bomb.eml",
    "macro.docm",
}  # fmt: skip
"""Files that are odd but have a text, which must be found."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(LIMITS) as child:
        yield child


def read(sandbox: Sandbox, name: str, data: bytes) -> list[Document] | str:
    """Return the documents, or the reason code why there are none."""
    try:
        documents, rejected = sandbox.read(RawFile(name, data))
    except BadInput as error:
        assert error.reason_code in REASON_CODES
        assert len(error.detail) > 10, "a reason must say what a person can do"
        return error.reason_code
    for document in documents:
        assert document.text.strip(), "a document without text is a reason, not a document"
        assert document.coverage == 1 or document.warnings, "what is missing must be said"
        assert all(document.text[block.start : block.end] for block in document.blocks)
    for part in rejected:
        assert part.reason_code in REASON_CODES
        assert len(part.detail) > 10
    names = [value.source_uri for value in (*documents, *rejected)]
    assert len(names) == len(set(names)), "each part has one outcome"
    return documents or (rejected[0].reason_code if rejected else "nothing")


SLOW = {
    "flate-bomb.pdf", "flate-bomb-nested.pdf", "form-exponential.pdf", "bfrange-bomb.pdf", "many-words.pdf",
    "many-boxes.pdf", "brackets.md", "many-links.html", "bomb.docx", "zip-bomb.zip", "attached-bomb.eml",
    "zip-many.zip", "one-line.txt", "deep-div.html", "one-attribute.html", "row-spans.html",
}  # fmt: skip
"""Files that take more than a second by design, most of them until they are stopped."""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in SLOW else name for name in HOSTILE]
)
def test_every_hostile_file_ends_in_an_outcome(sandbox: Sandbox, name: str) -> None:
    outcome = read(sandbox, name, HOSTILE[name]())
    assert outcome != "nothing"
    if name in EXPECTED:
        assert isinstance(outcome, str), "this file has no text"
        assert outcome in EXPECTED[name]
    if name in READABLE:
        assert not isinstance(outcome, str), f"ended in {outcome}"


def test_a_good_file_is_read_after_the_bad_ones(sandbox: Sandbox) -> None:
    for name in ("noise.pdf", "form-recursive.pdf", "grid-1000.pdf", "zip-link.zip"):
        read(sandbox, name, HOSTILE[name]())
        documents = read(sandbox, "good.pdf", good_pdf())
        assert not isinstance(documents, str)
        assert "the working group met in Uppvall" in documents[0].text


def test_nothing_is_written_or_read_outside(sandbox: Sandbox) -> None:
    for name in ("zip-slip.zip", "zip-absolute.zip", "zip-link.zip", "external-entity.docx"):
        outcome = read(sandbox, name, HOSTILE[name]())
        if not isinstance(outcome, str):
            assert all("root:" not in document.text for document in outcome)
    assert not Path("/etc/slip.txt").exists()
    assert not Path(tempfile.gettempdir(), "slip.txt").exists()


def test_no_reader_asks_the_network(sandbox: Sandbox) -> None:
    """Remote pictures, frames, style sheets, templates and calendars of a page, a mail, a Word file are left alone."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        page = (
            f"<html><head><link rel=stylesheet href={address}/a.css><script src={address}/a.js></script></head><body>"
            f"<img src={address}/a.png><iframe src={address}/a></iframe><a href={address}/a.ics>add</a>"
            "<p>The seminar takes place in the town hall on 4 May 2024.</p></body></html>"
        ).encode()
        mail = b"Subject: Seminar\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n" + page
        note = f"# Seminar\n\n![map]({address}/map.png) The town hall, 4 May 2024.\n".encode()
        files = {"a.html": page, "a.eml": mail, "a.md": note, "a.docx": remote_picture_docx(address)}
        for name, data in files.items():
            documents = read(sandbox, name, data)
            assert not isinstance(documents, str), f"{name} ended in {documents}"
            assert "town hall" in documents[0].text
        with pytest.raises(TimeoutError):
            server.accept()


def test_the_time_left_is_used_for_a_partial_result(sandbox: Sandbox) -> None:
    documents = read(sandbox, "many-pages.pdf", HOSTILE["many-pages.pdf"]())
    assert not isinstance(documents, str)
    document = documents[0]
    assert document.page_count == 10_000
    assert document.coverage == pytest.approx(0.02)
    assert any("201" in warning for warning in document.warnings)


def _samples() -> list[tuple[str, bytes]]:
    """Return our own sample files of every type, the raw material of the mutations."""
    root = Path(__file__).parents[2]
    folders = (root / "data" / "raw", root / "tests" / "ingest" / "samples")
    paths = [path for folder in folders for path in sorted(folder.rglob("*.*")) if path.suffix not in (".json", ".py")]
    return [(path.name, path.read_bytes()) for path in paths if path.is_file() and path.stat().st_size < 500_000]


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(4))
def test_damaged_samples(sandbox: Sandbox, part: int) -> None:
    """Each sample of every type damaged in 20 ways: some 600 files, none of which may show a bug of ours."""
    samples = [*_samples(), ("good.pdf", good_pdf())][part::4]
    assert len(samples) >= 6
    for name, data in samples:
        for seed in range(20):
            read(sandbox, name, damaged(data, zlib.crc32(name.encode()) + seed))
