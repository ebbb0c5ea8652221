"""The files inside a mail or a mailbox: attachments, forwarded mails, and the mails of an .mbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message
from typing import Any

from ingest.cleaning import clean_inline
from ingest.document import RawFile
from ingest.errors import BadInput
from ingest.limits import Limits
from ingest.readers.mail import find_bodies, parse_mail


def unpack_attachments(file: RawFile, limits: Limits) -> list[RawFile]:
    """Return the mail's attachments and the mails inside it that can hold text; pictures and signatures stay out."""
    message = parse_mail(file.data)
    found: list[RawFile] = []
    plain, page = find_bodies(message)
    for number, part in enumerate(_attached_parts(message, {id(plain), id(page)}), start=1):
        data = _attachment_bytes(part)
        if not data.strip():
            continue
        name = _attachment_name(part, number)
        found.append(RawFile(f"{file.source_uri}!/{name}", data, None, file.retrieved_utc, file.source_uri))
        if len(found) > limits.max_children:
            raise BadInput("unsafe_archive", f"The mail has more than {limits.max_children} attachments.")
    return found


_WITHOUT_TEXT = (
    "image/", "audio/", "video/", "font/", "text/css", "text/javascript", "application/javascript",
    "application/x-javascript", "application/pgp", "application/pkcs7", "application/x-pkcs7",
)  # fmt: skip


def _attached_parts(message: EmailMessage, bodies: set[int]) -> Iterator[Message[Any, Any]]:
    stack: list[Message[Any, Any]] = [message]
    for _ in range(5000):
        if not stack:
            return
        part = stack.pop()
        kind = part.get_content_type()
        if kind == "message/rfc822" and part is not message:
            yield part
        elif part.is_multipart():
            children = part.get_payload()
            stack.extend(reversed([child for child in children if isinstance(child, Message)]))
        elif id(part) not in bodies and not kind.startswith(_WITHOUT_TEXT):
            is_alternative = kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
            if not (is_alternative and not part.get_filename()):
                yield part


def _attachment_bytes(part: Message[Any, Any]) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        nested = inner[0] if isinstance(inner, list) and inner else None
        return nested.as_bytes() if isinstance(nested, Message) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _attachment_name(part: Message[Any, Any], number: int) -> str:
    """Return the attachment's own name without any folder, or a made one."""
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
        name = ""
    name = clean_inline(re.split(r"[\\/]", name)[-1])[:120].lstrip(".")
    if name:
        return name
    return f"message-{number}.eml" if part.get_content_type() == "message/rfc822" else f"attachment-{number}"


_MBOX_LINE = re.compile(rb"^From \S+ .{10,80}\d{4}\s*$", re.MULTILINE)


def unpack_mbox(file: RawFile, limits: Limits) -> list[RawFile]:
    """Return the mails of a mailbox file, in order."""
    starts = [match for match in _MBOX_LINE.finditer(file.data) if _is_after_blank(file.data, match.start())]
    if len(starts) > limits.max_children:
        raise BadInput(
            "unsafe_archive", f"The mailbox holds {len(starts)} mails; split it, at most {limits.max_children} a file."
        )
    ends = [match.start() for match in starts[1:]] + [len(file.data)]
    mails = [file.data[match.end() : end].lstrip(b"\r\n") for match, end in zip(starts, ends, strict=True)]
    return [
        RawFile(
            f"{file.source_uri}!/{number:04d}.eml",
            re.sub(rb"^>(>*From )", rb"\1", mail, flags=re.MULTILINE),
            None,
            file.retrieved_utc,
            file.source_uri,
        )
        for number, mail in enumerate(mails, start=1)
        if mail.strip()
    ]


def _is_after_blank(data: bytes, start: int) -> bool:
    return (
        start == 0
        or data[max(start - 2, 0) : start] in (b"\n\n", b"\r\n")
        or data[max(start - 4, 0) : start] == b"\r\n\r\n"
    )
