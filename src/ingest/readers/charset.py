"""Bytes to text: byte-order mark, then what the format declares, then UTF-8, then statistics."""

from __future__ import annotations

import codecs

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WEB_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
                "ascii": "cp1252", "shift_jis": "cp932", "x-sjis": "cp932", "gb2312": "gb18030"}  # fmt: skip


def decode_text(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return (text, encoding).  A declared encoding that does not fit the bytes is not believed; never raises."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), encoding
    for encoding in _candidates(data, declared):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    encoding = _known(declared) or "utf-8"
    return data.decode(encoding, errors="replace"), encoding


def _candidates(data: bytes, declared: str | None) -> list[str]:
    escape_coded = b"\x1b$" in data[:100_000] or b"\x1b(" in data[:100_000]  # ISO-2022 looks like plain ASCII
    candidates = ["iso2022_jp"] if escape_coded else []
    head = data[:2000]
    if len(head) > 3 and head.count(0) > len(head) // 5:
        candidates.append("utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be")
    name = _known(declared)
    if name and not (name == "cp1252" and _is_utf8(data)):  # pages often claim Latin-1 and are UTF-8
        candidates.append(name)
    candidates.append("utf-8")
    guess = _known(_guess(data))
    return [*candidates, guess, "cp1252"] if guess else [*candidates, "cp1252"]


def _known(name: str | None) -> str | None:
    if not name:
        return None
    name = name.strip().strip("\"'").lower()
    name = _WEB_ALIASES.get(name, name)
    try:
        codec = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    return name if getattr(codec, "_is_text_encoding", True) else None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _guess(data: bytes) -> str | None:
    from resiliparse.parse.encoding import detect_encoding

    return str(detect_encoding(data[:200_000]) or "") or None
