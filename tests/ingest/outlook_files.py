# ruff: noqa: E501 - properties read better on one line
"""Outlook messages made by code: a compound file of folders and streams, and the properties of a message in it."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

Tree = Mapping[str, "bytes | Tree"]
SAMPLE = Path(__file__).parent / "samples" / "msg" / "invitation.msg"
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF


def compound(tree: Tree) -> bytes:
    """Return a compound file (version 3); streams below 4,096 bytes go into the small sectors, as the format asks."""
    entries: list[tuple[str, int, bytes, list[int]]] = [("Root Entry", 5, b"", [])]
    _add(tree, 0, entries)
    table: list[int] = []
    sectors: list[bytes] = []
    mini_table: list[int] = []
    mini = bytearray()
    starts: list[int] = []
    for _, kind, data, _ in entries:
        small = kind == 2 and 0 < len(data) < _CUTOFF
        if small:
            starts.append(len(mini_table))
            count = -(-len(data) // _MINI)
            mini_table += [*range(len(mini_table) + 1, len(mini_table) + count), _END]
            mini += data.ljust(count * _MINI, b"\0")
        else:
            starts.append(_chain(data, table, sectors) if kind == 2 and data else _END)
    starts[0] = _chain(bytes(mini), table, sectors) if mini else _END
    mini_start = _chain(struct.pack(f"<{len(mini_table)}I", *mini_table), table, sectors) if mini_table else _END
    directory = _chain(_directory(entries, starts, len(mini)), table, sectors)
    count = 1
    while len(table) + count > count * _SECTOR // 4:
        count += 1
    places = list(range(len(table), len(table) + count))
    table += [0xFFFFFFFD] * count
    table += [_FREE] * (count * _SECTOR // 4 - len(table))
    sectors.append(struct.pack(f"<{len(table)}I", *table))
    header = struct.pack("<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, count,
                         directory, 0, _CUTOFF, mini_start, bool(mini_table), _END, 0)  # fmt: skip
    return header + struct.pack("<109I", *places, *[_FREE] * (109 - count)) + b"".join(sectors)


def _add(tree: Tree, parent: int, entries: list[tuple[str, int, bytes, list[int]]]) -> None:
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        value = tree[name]
        entries[parent][3].append(len(entries))
        number = len(entries)
        entries.append((name, 2, value, []) if isinstance(value, bytes) else (name, 1, b"", []))
        if not isinstance(value, bytes):
            _add(value, number, entries)


def _chain(data: bytes, table: list[int], sectors: list[bytes]) -> int:
    start, count = len(table), -(-len(data) // _SECTOR)
    table += [*range(start + 1, start + count), _END]
    sectors.append(data.ljust(count * _SECTOR, b"\0"))
    return start


def _directory(entries: Sequence[tuple[str, int, bytes, list[int]]], starts: Sequence[int], mini: int) -> bytes:
    """Each folder's children are a chain to the right: a legal, if lopsided, tree."""
    right = {a: b for _, _, _, children in entries for a, b in pairwise(children)}
    records = []
    for number, (name, kind, data, children) in enumerate(entries):
        raw = name.encode("utf-16-le")
        size = mini if kind == 5 else len(data)
        records.append(struct.pack("<64sHBBIII36xIQ", raw, len(raw) + 2, kind, 1, _NONE, right.get(number, _NONE),
                                   children[0] if children else _NONE, starts[number], size))  # fmt: skip
    return b"".join(records)


def text(tag: int, value: str) -> dict[str, bytes]:
    return {f"__substg1.0_{tag:04X}001F": value.encode("utf-16-le")}


def narrow(tag: int, value: bytes) -> dict[str, bytes]:
    return {f"__substg1.0_{tag:04X}001E": value}


def binary(tag: int, value: bytes) -> dict[str, bytes]:
    return {f"__substg1.0_{tag:04X}0102": value}


def fixed(header: int, *, numbers: Mapping[int, int] | None = None, times: Mapping[int, datetime] | None = None) -> dict[str, bytes]:  # fmt: skip
    """Return the stream of a folder's fixed properties; its header has 32 bytes at the top, 24 inside, else 8."""
    entries = [struct.pack("<III4x", tag << 16 | 0x3, 6, value) for tag, value in (numbers or {}).items()]
    for tag, moment in (times or {}).items():
        ticks = int((moment - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds() * 10_000_000)
        entries.append(struct.pack("<IIQ", tag << 16 | 0x40, 6, ticks))
    return {"__properties_version1.0": bytes(header) + b"".join(entries)}


def recipient(name: str, address: str, kind: int = 1) -> dict[str, bytes]:
    return {**text(0x3001, name), **text(0x39FE, address), **fixed(8, numbers={0x0C15: kind})}


def attachment(name: str, data: bytes, mime: str = "") -> dict[str, bytes]:
    return {**text(0x3707, name), **binary(0x3701, data), **(text(0x370E, mime) if mime else {}), **fixed(8)}


def folders(start: str, items: Sequence[Tree]) -> dict[str, Tree]:
    return {f"{start}{number:08X}": item for number, item in enumerate(items)}


def invitation() -> bytes:
    """Return the sample: a forwarded invitation with a copy, a programme and another message attached."""
    inner: Tree = {
        **text(0x0037, "Room for the evening"), **text(0x1000, "The tower room is free on 4 June 2025.\n"),
        **text(0x0042, "Ada Holm"), **fixed(24),
    }  # fmt: skip
    programme = b"Programme\n\n09:30   Registration\n10:00   Opening by Ada Holm, Port of Oslo\n"
    return compound({
        **text(0x001A, "IPM.Note"), **text(0x0037, "FW: Winter Port Forum, Tromsø"),
        **text(0x0042, "Eva Lund"), **text(0x5D02, "eva@port.example"),
        **text(0x1000, "Dear colleagues,\r\n\r\nthe forum takes place on 4 June 2025 from 9:30 in the Tower Hall, Tromsø.\r\n"
                       "\r\nBest wishes,\r\nEva Lund\r\nPort of Oslo\r\n"),
        **fixed(32, times={0x0039: datetime(2025, 3, 4, 8, 12, tzinfo=UTC)}),
        **folders("__recip_version1.0_#", [recipient("Jan Maas", "jan@tug.example"), recipient("Ana Costa", "", 2)]),
        **folders("__attach_version1.0_#", [
            attachment("programme.txt", programme, "text/plain"),
            {**fixed(8, numbers={0x3705: 5}), "__substg1.0_3701000D": inner},
            attachment("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(5000), "image/png"),
        ]),
    })  # fmt: skip


if __name__ == "__main__":
    SAMPLE.parent.mkdir(exist_ok=True)
    SAMPLE.write_bytes(invitation())
