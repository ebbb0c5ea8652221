"""The type comes from the content, whatever the name says."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest import detect
from ingest.errors import BadInput


def _zip(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return buffer.getvalue()


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("report.txt", b"%PDF-1.7\n...", detect.PDF),
        ("report.txt", b"junk\r\n%PDF-1.4 rest", detect.PDF),
        ("page.txt", b"<!DOCTYPE html><html><body><p>Hi</p></body></html>", detect.HTML),
        ("page", b"\n<?xml version='1.0'?><html xmlns='x'><body>Hi</body></html>", detect.HTML),
        ("page", "<html><head><title>x</title>".encode("utf-16"), detect.HTML),
        ("letter.pdf", b"Dear all,\nwe meet on 3 May.\n", detect.TEXT),
        ("sums.txt", b"a < b and b > c, said the <p> professor", detect.TEXT),
        ("mail.txt", b"From: a@x.org\nTo: b@x.org\nSubject: Hi\nDate: x\n\nHello", detect.EML),
        ("fields.txt", b"Date: 3 May\nVenue: Tower Hall\nTime: 6 pm\n\nCome all.", detect.TEXT),
        ("a.bin", b"From eva@x.org Tue Mar  4 09:12:00 2025\nFrom: eva@x.org\nSubject: Hi\n\nHello", detect.MBOX),
        ("a.bin", b"\xef\xbb\xbfBEGIN:VCALENDAR\r\nEND:VCALENDAR", detect.ICS),
        ("a.doc", rb"{\rtf1\ansi Hello}", detect.RTF),
        ("a.txt", b"# Forum\n\nOn *safety*.", detect.MARKDOWN),
        ("a.txt", b"---\ntitle: Forum\n---\n\nOn safety.", detect.MARKDOWN),
        ("a.md", b"Forum on safety.", detect.MARKDOWN),
        ("a.txt", b"#HarbourDays is our hashtag.", detect.TEXT),
        ("a.txt", "日時：5月3日".encode("shift_jis"), detect.TEXT),
        ("a.docx", _zip(word__document="x", **{"word__document.xml": "x"}), detect.DOCX),
        ("a.zip", _zip(**{"ppt__presentation.xml": "x"}), detect.PPTX),
        ("a.zip", _zip(mimetype="application/vnd.oasis.opendocument.text"), detect.ODT),
        ("a.docx", _zip(**{"notes.txt": "x"}), detect.ZIP),
    ],
)  # fmt: skip
def test_type(name: str, data: bytes, expected: str) -> None:
    assert detect.detect_type(data, name) == expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b" \r\n\x00", "empty_file"),
        (_OLE + "WordDocument".encode("utf-16-le"), "legacy_format"),
        (_OLE + "PowerPoint Document".encode("utf-16-le"), "legacy_format"),
        (_OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (_OLE + "__nameid_version1.0".encode("utf-16-le"), "corrupt"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "unsupported_type"),
        (b"\x7fELF" + bytes(50), "unsupported_type"),
        (bytes(range(1, 32)) * 20, "unsupported_type"),
        (b"PK\x03\x04 cut off", "truncated"),
        (_zip(**{"xl__workbook.bin": "x"}), "unsupported_type"),
        (b"<?xml version='1.0'?><rss><channel/></rss>", "unsupported_type"),
        (b'{"name": "Forum"}', "unsupported_type"),
    ],
)
def test_refusals_have_a_reason_and_advice(data: bytes, reason: str) -> None:
    with pytest.raises(BadInput) as caught:
        detect.detect_type(data, "file.docx")
    assert caught.value.reason_code == reason
    assert len(caught.value.detail.split()) > 5
