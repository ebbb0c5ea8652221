"""The rich-text body of Outlook messages: unpacked, and where it wraps a web page, that page taken out again."""

from __future__ import annotations

import re
import struct

from ingest.errors import BadInput

_MAX_TEXT = 5_000_000
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_DICTIONARY = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)  # fmt: skip
"""What the window holds at first, fixed by the format (MS-OXRTFCP)."""

_TOKEN = re.compile(
    rb"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'(?P<byte>[0-9a-fA-F]{2})|\\(?P<sign>[^a-z'])|"
    rb"(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\"
)
_WORDS = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"endash": "–", b"emdash": "—",
}  # fmt: skip
_SIGNS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_HIDDEN = frozenset({b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"pntext", b"mhtmltag"})


def read_rich_body(data: bytes) -> tuple[str, str]:
    """Return (media type, text) of a compressed rich-text body.  Raises BadInput: corrupt, too_large, too_deep."""
    from ingest.readers.rtf import rtf_to_text

    source = unpack_rtf(data)
    if rb"\fromhtml" in source[:2_000]:
        return "text/html", take_out_html(source)
    return "text/plain", rtf_to_text(source)


def unpack_rtf(data: bytes) -> bytes:
    """Return the rich text of a compressed body.  Raises BadInput: corrupt, too_large."""
    if len(data) < 16:
        raise BadInput("corrupt", "The message's text is damaged; open it in Outlook and save it again.")
    packed_size, size, kind, _ = struct.unpack_from("<IIII", data)
    body = data[16 : packed_size + 4]
    if kind == _PLAIN:
        return body[:size]
    if kind != _PACKED:
        raise BadInput("corrupt", "The message's text is packed in an unknown way; save the message as .eml.")
    if size > _MAX_TEXT:
        raise BadInput("too_large", "The message's text is larger than 5 MB; save it as text.")
    return bytes(_expand(body, size))


def _expand(body: bytes, size: int) -> bytearray:
    """Undo the packing: bits of a control byte say of each of eight items whether it is a byte or a copy."""
    text = bytearray(_DICTIONARY)
    start, position, end = len(text), 0, len(text) + size
    while position < len(body) and len(text) < end:
        control = body[position]
        position += 1
        for bit in range(8):
            if not control >> bit & 1:
                text += body[position : position + 1]
                position += 1
                continue
            if position + 2 > len(body):
                return text[start:end]
            copy = body[position] << 8 | body[position + 1]
            position += 2
            offset = copy >> 4
            if offset == len(text) % _WINDOW:
                return text[start:end]
            origin = len(text) - (len(text) - offset) % _WINDOW
            for step in range((copy & 0xF) + 2):
                text.append(text[origin + step] if 0 <= origin + step < len(text) else 0x20)
    return text[start:end]


def take_out_html(source: bytes) -> str:
    """Return the web page a rich text wraps: what its tags carry, and the text between that is not for rich text."""
    charset = _charset(source)
    parts: list[str] = []
    pending = bytearray()
    stack: list[tuple[bool, bool]] = []
    hidden = skipped = starred = False
    fallback = 0
    for token in _TOKEN.finditer(source[:_MAX_TEXT]):
        word, brace = token["word"], token["brace"]
        if token["byte"] is None and pending:
            parts.append(pending.decode(charset, errors="replace"))
            pending.clear()
        if brace == b"{":
            stack.append((hidden, skipped))
        elif brace == b"}":
            hidden, skipped = stack.pop() if stack else (False, False)
        elif word == b"htmlrtf":
            skipped = token["number"] != b"0"
        elif word == b"htmltag":
            hidden = False
        elif starred or word in _HIDDEN:
            hidden = hidden or word is not None
        elif hidden or skipped:
            pass
        elif token["byte"] is not None:
            fallback, gone = (fallback - 1, True) if fallback else (0, False)
            pending += b"" if gone else bytes([int(token["byte"], 16)])
        elif word == b"u" and token["number"]:
            parts.append(chr(int(token["number"]) % 0x10000))
            fallback = 1
        elif token["text"]:
            parts.append(token["text"][fallback:].decode(charset, errors="replace"))
            fallback = 0
        else:
            parts.append(_WORDS.get(word, "") if word else _SIGNS.get(token["sign"] or b"", ""))
        starred = token["sign"] == b"*"
    text = "".join(parts)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _charset(source: bytes) -> str:
    match = re.search(rb"\\ansicpg(\d{3,5})", source[:2_000])
    name = f"cp{match.group(1).decode()}" if match else "cp1252"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8" if name == "cp65001" else "cp1252"
    return name
