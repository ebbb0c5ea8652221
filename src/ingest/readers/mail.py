"""Mail: headers become declared facts, the body blocks; quoted replies and signatures are told apart; attachments
are files of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any

from ingest.build import build_document
from ingest.cleaning import clean_inline
from ingest.detect import OLE_SIGN
from ingest.document import BlockDraft, Declared, Document, RawFile
from ingest.errors import BadInput
from ingest.lexicon import read_lines
from ingest.readers.charset import decode_text
from ingest.readers.html import parse_html
from ingest.readers.outlook import write_mail
from ingest.readers.text import parse_text
from ingest.structured import read_declared

_HEADERS = {
    "subject": "name", "from": "author.name", "to": "recipient.name", "cc": "recipient.name",
    "date": "dateSent", "reply-to": "replyTo", "list-id": "isPartOf.name", "organization": "author.affiliation",
    "snapshot-content-location": "url",
}  # fmt: skip
_SUBJECT_PREFIX = re.compile(
    r"^(?:(?:re|aw|sv|antw|fwd?|wg|tr|rv|rif|i|fw|réf|ref)\s*(?:\[\d+\])?\s*[:：]\s*|\[[^\]]{1,40}\]\s*)+",
    re.IGNORECASE,
)
_QUOTE_INTRO = re.compile(
    r"^(?:on .{5,200} wrote:|am .{5,200} schrieb.{0,120}:|le .{5,200} a écrit\s*:|el .{5,200} escribió:|"
    r"il .{5,200} ha scritto:|op .{5,200} schreef.{0,120}:|-{2,}\s*(?:original message|ursprüngliche nachricht|"
    r"message d'origine|mensaje original|messaggio originale|oorspronkelijk bericht|元のメッセージ)\s*-{2,})\s*$",
    re.IGNORECASE,
)  # fmt: skip
_FORWARD_INTRO = re.compile(
    r"^-{2,}\s*(?:forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|"
    r"messaggio inoltrato|doorgestuurd bericht|転送メッセージ)\s*-{2,}",
    re.IGNORECASE,
)
_OLD_FROM = re.compile(r"(?:from|von|de|da|van|差出人)\s*[:：]\s*\S", re.IGNORECASE)
_OLD_SENT = re.compile(
    r"(?:sent|date|gesendet|datum|envoyé|enviado(?: el)?|inviato|verzonden|送信日時)\s*[:：]", re.IGNORECASE
)
_OLD_HEADER = re.compile(
    r"(?:to|cc|subject|an|betreff|à|objet|para|asunto|a|oggetto|aan|onderwerp|宛先|件名)\s*[:：]", re.IGNORECASE
)
"""Outlook sets the headers of the message it answers or passes on over its text, without any mark before the lines."""

_FORWARD = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|doorst|転送)\s*[:：]", re.IGNORECASE)
_MAX_OLD_HEADERS = 6
_MAX_SIGNATURE = 14
_STUB = 200


def read_mail(file: RawFile) -> Document:
    """Read a mail (.eml).  Raises BadInput no_text where it has no readable body and no subject."""
    message = parse_mail(file.data)
    subject = clean_inline(_header(message, "subject"))
    drafts, declared = _read_body(message, is_forward=bool(_FORWARD.match(subject)))
    title = _SUBJECT_PREFIX.sub("", subject) or None
    if title:
        drafts = [BlockDraft("title", title), *drafts]
    if not drafts:
        raise BadInput("no_text", "The message has no text; if its content is in an attachment, save that as a file.")
    return build_document(
        file, drafts, media_type="message/rfc822", reader="mail", title=title, declared=(*_declared(message), *declared)
    )  # fmt: skip


def parse_mail(data: bytes) -> EmailMessage:
    """Return the message; the parser keeps defects.  Raises BadInput corrupt, too_deep for Outlook's compound files."""
    data = write_mail(data) if data.startswith(OLE_SIGN) else data
    message = message_from_bytes(data.lstrip(b"\r\n\t \xef\xbb\xbf"), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _header(message: Message[Any, Any], name: str) -> str:
    """Return a decoded header; the library raises on some malformed ones, their raw text serves then."""
    try:
        value = message.get(name)
    except (ValueError, TypeError, AttributeError, LookupError, ArithmeticError):
        value = next((raw for key, raw in message.raw_items() if key.lower() == name), None)
    return str(value).encode("utf-8", "replace").decode("utf-8") if value is not None else ""


def _declared(message: EmailMessage) -> tuple[Declared, ...]:
    facts: list[Declared] = []
    for header, name in _HEADERS.items():
        value = clean_inline(_header(message, header))[:2000]
        value = value if "@" in value else value.strip('"')  # the library quotes a name without an address
        if value:
            facts.append(Declared("email-header", name, value))
    return tuple(facts)


# --- body ------------------------------------------------------------------------------------------------------------


def _read_body(message: EmailMessage, *, is_forward: bool) -> tuple[list[BlockDraft], tuple[Declared, ...]]:
    """Return (blocks, facts an HTML body declares: saved pages (.mht) and invitations do)."""
    plain, page = find_bodies(message)
    text = part_text(plain) if plain is not None else ""
    if page is not None and (plain is None or _is_stub(text)):
        source = part_text(page)
        facts = tuple(replace(fact, group=fact.group + 1) for fact in read_declared(source)[0])
        return _mark_mail_parts(parse_html(_drop_quoted_html(source)), is_forward=is_forward), facts
    if plain is not None and str(plain.get_param("format", "")).lower() == "flowed":
        text = _unflow(text, delsp=str(plain.get_param("delsp", "")).lower() == "yes")
    return _plain_drafts(text, is_forward=is_forward), ()


def find_bodies(message: EmailMessage) -> tuple[EmailMessage | None, EmailMessage | None]:
    """Return the mail's own (plain, HTML) bodies, None for the one it lacks."""
    plain: EmailMessage | None = None
    page: EmailMessage | None = None
    for part in own_parts(message):
        if part.get_content_disposition() == "attachment":
            continue
        kind = part.get_content_type()
        if kind == "text/plain" and plain is None:
            plain = part
        elif kind == "text/html" and page is None:
            page = part
    return plain, page


def own_parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Parts of this mail, not those of mails inside it."""
    stack: list[Message[Any, Any]] = [message]
    for _ in range(2000):
        if not stack:
            return
        part = stack.pop()
        if part.get_content_type() == "message/rfc822":
            continue
        if part.is_multipart():
            children = part.get_payload()
            stack.extend(reversed([child for child in children if isinstance(child, Message)]))
        elif isinstance(part, EmailMessage):
            yield part


def part_text(part: EmailMessage) -> str:
    """Return a part's text; the declared character set is believed only where the bytes agree."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    return decode_text(payload, part.get_content_charset())[0]


def _is_stub(text: str) -> bool:
    """Senders put "this mail needs HTML" where the plain body should be."""
    letters = "".join(text.split())
    return len(letters) < 20 or (len(letters) < _STUB and "html" in text.lower())


def _unflow(text: str, *, delsp: bool) -> str:
    """Undo format=flowed (RFC 3676): a line that ends in a blank goes on in the next."""
    lines: list[str] = []
    open_line = False
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = raw[1:] if raw.startswith(" ") else raw
        if open_line and not line.startswith(">") and line != "-- ":
            lines[-1] += line
        else:
            lines.append(line)
        open_line = line.endswith(" ") and line != "-- " and not line.startswith(">")
        if open_line and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def _plain_drafts(text: str, *, is_forward: bool) -> list[BlockDraft]:
    """Blocks of a plain body; the reply's own words are read apart from what it quotes."""
    drafts: list[BlockDraft] = []
    for kind, part in _split_plain(text):
        blocks, _ = parse_text(_set_off_greetings(part))
        if kind == "body":
            drafts += _mark_mail_parts(blocks, is_forward=is_forward)
        elif kind == "quote":
            drafts += [replace(block, kind="quote", level=None, is_main=False) for block in blocks]
        else:
            drafts += [replace(block, kind="signature", level=None) for block in blocks]
    return drafts


def _set_off_greetings(text: str) -> str:
    """Give a closing formula a blank line, or its comma would join it with the name below."""
    return "\n".join(f"\n{line}\n" if _is_closing(line) else line for line in text.split("\n"))


def _split_plain(text: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, list[str]]] = [("body", [])]
    for raw in text.replace("\r\n", "\n").split("\n"):
        stripped = raw.strip()
        kind = parts[-1][0]
        if raw.startswith(">"):
            line, kind = re.sub(r"^(?:>\s?)+", "", raw), "quote"
        elif _FORWARD_INTRO.match(stripped):
            line, kind = "", "body"
        elif _QUOTE_INTRO.match(stripped):
            line, kind = raw, "quote" if not stripped.startswith("-") else "rest"
        elif raw.rstrip("\r") in ("-- ", "--") and kind == "body":
            line, kind = "", "signature"
        else:
            line = raw
            if kind == "quote" and stripped:
                kind = "body"
        if kind != parts[-1][0]:
            parts.append((kind, []))
        parts[-1][1].append(line)
    return [("quote" if kind == "rest" else kind, "\n".join(lines)) for kind, lines in parts]


_QUOTED_HTML = re.compile(r"<blockquote[^<>]{0,300}(?:type=[\"']?cite|gmail_quote)[^<>]{0,300}>", re.IGNORECASE)


def _drop_quoted_html(source: str) -> str:
    """Leave out what an HTML reply repeats: quotes of Gmail, Apple Mail, Thunderbird stand at its end."""
    match = _QUOTED_HTML.search(source)
    return source[: match.start()] if match and match.start() > 200 else source


def _mark_mail_parts(drafts: Sequence[BlockDraft], *, is_forward: bool) -> list[BlockDraft]:
    """Flag the signature after a closing formula, and everything after a line that introduces a quotation.

    A forwarded message is what the mail is about: only the headers over it are flagged.
    """
    result: list[BlockDraft] = []
    start = index = 0
    while index < len(drafts):
        headers = _old_headers(drafts, index)
        if not headers:
            index += 1
            continue
        result += _mark_signature(drafts[start:index])
        if not is_forward:
            return [*result, *map(_quoted, drafts[index:])]
        result += map(_quoted, drafts[index : index + headers])
        start = index = index + headers
    return [*result, *_mark_signature(drafts[start:])]


def _mark_signature(drafts: Sequence[BlockDraft]) -> list[BlockDraft]:
    for index, draft in enumerate(drafts):
        if _QUOTE_INTRO.match(draft.text):
            return [*drafts[:index], *map(_quoted, drafts[index:])]
        if _is_closing(draft.text) and len(drafts) - index <= _MAX_SIGNATURE:
            signed = [
                replace(later, kind="signature", level=None) if len(later.text) <= _STUB else later
                for later in drafts[index:]
            ]
            return [*drafts[:index], *signed]
    return list(drafts)


def _quoted(draft: BlockDraft) -> BlockDraft:
    return replace(draft, kind="quote", level=None, is_main=False)


def _old_headers(drafts: Sequence[BlockDraft], index: int) -> int:
    """Return how many blocks from here are the headers of an older message, 0 for none."""
    if not _OLD_FROM.match(drafts[index].text):
        return 0
    later = [draft.text for draft in drafts[index + 1 : index + _MAX_OLD_HEADERS]]
    count = next(
        (n for n, text in enumerate(later) if not _OLD_SENT.match(text) and not _OLD_HEADER.match(text)), len(later)
    )
    return count + 1 if any(_OLD_SENT.match(text) for text in later[:count]) else 0


def _is_closing(line: str) -> bool:
    """Tell "Best regards," from a sentence of the letter."""
    return line.strip().rstrip(",.! \t\u00a0").lower() in read_lines("closings")
