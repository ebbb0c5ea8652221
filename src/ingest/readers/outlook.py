"""Outlook messages (.msg): the properties of the compound file written out as a mail, which the mail reader reads."""

from __future__ import annotations

import io
import mimetypes
import struct
from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.header import Header
from email.parser import HeaderParser
from email.utils import format_datetime, formataddr
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from ingest.cleaning import clean_inline
from ingest.detect import MSG
from ingest.document import Document, RawFile
from ingest.errors import BadInput
from ingest.readers.charset import decode_text

_KEPT_HEADERS = ("from", "to", "cc", "date", "reply-to", "list-id", "organization")
_MAX_DEPTH = 5
_MAX_ENTRIES = 5_000
_TIME, _LONG = 0x0040, 0x0003
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, struct.error)
"""What the library raises on damaged files: no exception of its own for most of them."""

SUBJECT, BODY, HTML, RTF = 0x0037, 0x1000, 0x1013, 0x1009
_CLASS, _HEADERS, _CODE_PAGES = 0x001A, 0x007D, (0x3FDE, 0x3FFD)
_SENDERS = ((0x0042, (0x5D02, 0x0065)), (0x0C1A, (0x5D01, 0x0C1F)))
"""(name, its addresses): who the message is from, then who sent it for them."""

_TIMES = (0x0039, 0x0E06, 0x3007)
_DATA, _FILE_NAMES, _MIME_TYPE = 0x3701, (0x3707, 0x3704, 0x3001), 0x370E
_NAME, _ADDRESSES, _KIND = 0x3001, (0x39FE, 0x3003), 0x0C15
_START, _END, _LOCATION = 0x820D, 0x820E, 0x8208
"""Named properties of appointments: their numbers stand in the table of names."""


@dataclass(frozen=True)
class _Folder:
    """A message, recipient or attachment of the file: its place, its fixed properties, its code page."""

    ole: Any
    path: tuple[str, ...]
    fixed: dict[int, bytes]
    charset: str | None = None

    def text(self, *tags: int) -> str:
        """Return the first of the text properties that is there, "" without one."""
        for tag in tags:
            if wide := self.stream(tag, "001F"):
                return wide.decode("utf-16-le", errors="replace").strip("\x00 \r\n")
            if narrow := self.stream(tag, "001E"):
                return decode_text(narrow, self.charset)[0].strip("\x00 \r\n")
        return ""

    def stream(self, tag: int, kind: str) -> bytes:
        """Return a property of variable length, b"" where it is missing."""
        path = [*self.path, f"__substg1.0_{tag:04X}{kind}"]
        return bytes(self.ole.openstream(path).read()) if self.ole.get_type(path) == 2 else b""

    def time(self, *tags: int) -> datetime | None:
        """Return the first of the time properties that is there, in UTC."""
        for tag in tags:
            ticks = struct.unpack("<Q", self.fixed.get(tag << 16 | _TIME, bytes(8)))[0]
            if 0 < ticks < 3_000_000_000_000_000_000:
                return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
        return None

    def number(self, tag: int) -> int:
        return int(struct.unpack_from("<i", self.fixed.get(tag << 16 | _LONG, bytes(8)))[0])


def read_outlook(file: RawFile) -> Document:
    """Read an Outlook message.  Raises BadInput: corrupt, too_deep, no_text."""
    from ingest.readers.mail import read_mail

    return replace(read_mail(file), media_type=MSG, reader="outlook")


def write_mail(data: bytes) -> bytes:
    """Return an Outlook message as mail: headers, bodies, attachments.  Raises BadInput: corrupt, too_deep."""
    from olefile import OleFileIO

    try:
        with OleFileIO(io.BytesIO(data)) as ole:
            return _message(ole, (), depth=1)
    except _BROKEN as error:
        raise BadInput(
            "corrupt", "The message is damaged; open it in Outlook and save it again, or as .eml."
        ) from error


def _message(ole: Any, path: tuple[str, ...], depth: int) -> bytes:
    if depth > _MAX_DEPTH:
        raise BadInput("too_deep", f"The message holds messages more than {_MAX_DEPTH} deep; save the inner ones.")
    plain = _folder(ole, path, 32 if depth == 1 else 24, None)
    page = next((number for tag in _CODE_PAGES if (number := plain.number(tag))), 0)
    folder = replace(plain, charset="utf-8" if page == 65001 else f"cp{page}" if page else None)
    parts = [part for kind, body in _bodies(folder) if (part := _part(f"{kind}; charset=utf-8", body.encode()))]
    parts += _attachments(folder, depth)
    boundary = f"part-{depth}-{sha256(b''.join(parts)).hexdigest()[:24]}"
    lines = [f"{name}: {value}".encode() for name, value in _headers(folder)]
    lines += [b"MIME-Version: 1.0", f'Content-Type: multipart/mixed; boundary="{boundary}"'.encode(), b""]
    lines += [line for part in parts for line in (f"--{boundary}".encode(), part)]
    return b"\r\n".join([*lines, f"--{boundary}--".encode(), b""])


def _folder(ole: Any, path: tuple[str, ...], header: int, charset: str | None) -> _Folder:
    name = [*path, "__properties_version1.0"]
    raw = ole.openstream(name).read() if ole.get_type(name) == 2 else b""
    entries = [raw[start : start + 16] for start in range(header, len(raw) - 15, 16)]
    fixed = {struct.unpack_from("<I", entry)[0]: bytes(entry[8:16]) for entry in entries[:_MAX_ENTRIES]}
    return _Folder(ole, path, fixed, charset)


def _part(kind: str, data: bytes, name: str = "") -> bytes:
    lines = [f"Content-Type: {kind}", "Content-Transfer-Encoding: base64"]
    if name:
        lines.append(f"Content-Disposition: attachment; filename*=utf-8''{quote(name[:120], safe='')}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + encodebytes(data) if data else b""


# --- headers ---------------------------------------------------------------------------------------------------------


def _headers(folder: _Folder) -> Iterator[tuple[str, str]]:
    """Yield (name, value): those the message travelled with, else made of its properties."""
    carried = HeaderParser().parsestr(folder.text(_HEADERS))
    values = {name: str(carried[name]) for name in _KEPT_HEADERS if carried[name]}
    values.setdefault("from", _sender(folder))
    for name, kind in (("to", 1), ("cc", 2)):
        values.setdefault(name, ", ".join(_recipients(folder, kind)))
    if sent := folder.time(*_TIMES):
        values.setdefault("date", format_datetime(sent))
    values["subject"] = folder.text(SUBJECT) or str(carried["subject"] or "")
    for name, value in values.items():
        if line := clean_inline(value)[:5_000]:
            yield name.capitalize(), line if line.isascii() else Header(line, "utf-8", maxlinelen=10_000).encode()


def _sender(folder: _Folder) -> str:
    for name, addresses in _SENDERS:
        if folder.text(name) or folder.text(*addresses):
            return _address(folder.text(name), folder, addresses)
    return ""


def _recipients(folder: _Folder, kind: int) -> Iterator[str]:
    for path in _children(folder, "__recip_version1.0_#"):
        recipient = _folder(folder.ole, path, 8, folder.charset)
        if (recipient.number(_KIND) or 1) & 0xF == kind:
            yield _address(recipient.text(_NAME), recipient, _ADDRESSES)


def _address(name: str, folder: _Folder, tags: tuple[int, ...]) -> str:
    """Return "Name <address>"; addresses of a directory inside a company ("/O=…") are left out."""
    address = next((text for tag in tags if "@" in (text := folder.text(tag)) and text.isascii()), "")
    name = clean_inline(name)
    return formataddr((name if name.lower() != address.lower() else "", address)) if address else name


def _children(folder: _Folder, start: str) -> list[tuple[str, ...]]:
    depth = len(folder.path)
    entries = (tuple(entry) for entry in folder.ole.listdir(streams=False, storages=True))
    found = [e for e in entries if len(e) == depth + 1 and e[:depth] == folder.path and e[depth].startswith(start)]
    return sorted(found)


# --- bodies and attachments ------------------------------------------------------------------------------------------


def _bodies(folder: _Folder) -> Iterator[tuple[str, str]]:
    """Yield (media type, text): the plain body and the HTML one; the rich text serves where both are missing."""
    from ingest.readers.outlook_rtf import read_rich_body

    plain = folder.text(BODY)
    page = folder.stream(HTML, "0102")
    html = decode_text(page, folder.charset)[0] if page else folder.text(HTML)
    if not plain and not html and (rich := folder.stream(RTF, "0102")):
        kind, text = read_rich_body(rich)
        plain, html = ("", text) if kind == "text/html" else (text, "")
    appointment = _appointment(folder)
    if plain or (appointment and not html):
        yield "text/plain", appointment + plain
    if html:
        yield "text/html", html


def _appointment(folder: _Folder) -> str:
    """Return labelled lines of an invitation's time (UTC) and place, which stand in properties only."""
    if not folder.text(_CLASS).lower().startswith(("ipm.appointment", "ipm.schedule.meeting")):
        return ""
    tags = _named_tags(folder.ole)
    start, end = (folder.time(tags[name]) if name in tags else None for name in (_START, _END))
    place = folder.text(tags[_LOCATION]) if _LOCATION in tags else ""
    values = (("Start", start and f"{start:%Y-%m-%d %H:%M} UTC"), ("End", end and f"{end:%Y-%m-%d %H:%M} UTC"),
              ("Location", clean_inline(place)))  # fmt: skip
    return "".join(f"{label}: {value}\n" for label, value in values if value) + "\n"


def _named_tags(ole: Any) -> dict[int, int]:
    """Return the tag under which this file keeps each numbered property."""
    path = ["__nameid_version1.0", "__substg1.0_00030102"]
    raw = ole.openstream(path).read() if ole.get_type(path) == 2 else b""
    entries = [struct.unpack_from("<IHH", raw, start) for start in range(0, min(len(raw), 8 * _MAX_ENTRIES) - 7, 8)]
    return {number: 0x8000 + index for number, kind, index in entries if not kind & 1}


def _attachments(folder: _Folder, depth: int) -> list[bytes]:
    parts: list[bytes] = []
    for path in _children(folder, "__attach_version1.0_#"):
        attachment = _folder(folder.ole, path, 8, folder.charset)
        inner = (*path, f"__substg1.0_{_DATA:04X}000D")
        if folder.ole.get_type([*inner, "__properties_version1.0"]) == 2:
            parts.append(b"Content-Type: message/rfc822\r\n\r\n" + _message(folder.ole, inner, depth + 1))
            continue
        name = clean_inline(attachment.text(*_FILE_NAMES))
        kind = attachment.text(_MIME_TYPE) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        if not kind.isascii() or any(char.isspace() for char in kind) or kind.startswith(("message/", "multipart/")):
            kind = "application/octet-stream"
        parts.append(_part(kind, attachment.stream(_DATA, "0102"), name or "attachment"))
    return [part for part in parts if part]
