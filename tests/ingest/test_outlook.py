# ruff: noqa: E501 - properties read better on one line
"""Outlook messages: headers, bodies of every kind, attachments, invitations; damaged and endless ones."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from ingest.document import Document, RawFile
from ingest.errors import BadInput
from ingest.read import read_file, read_parts
from ingest.readers.outlook_rtf import take_out_html, unpack_rtf
from tests.ingest.outlook_files import (
    SAMPLE,
    Tree,
    attachment,
    binary,
    compound,
    fixed,
    folders,
    invitation,
    narrow,
    recipient,
    text,
)  # fmt: skip

_PACKED = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
"""The example of the format's description."""

_WRAPPED = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0\fswiss Arial;}}"
    rb"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 The forum in Z\'fcrich \u8211? free {\*\htmltag84 &amp;}"
    rb" open{\*\htmltag72 </p>}\htmlrtf }\par\htmlrtf0 {\*\htmltag64 <p>}10:00\tab Opening{\*\mhtmltag64 x}{\*\htmltag72 </p>}}"
)


def _read(tree: Tree) -> Document:
    return read_file(RawFile("a.msg", compound(tree)))[0]


def _plain(document: Document) -> list[str]:
    return [document.block_text(block) for block in document.blocks]


def test_the_sample_is_what_the_code_makes() -> None:
    assert SAMPLE.read_bytes() == invitation()


def test_a_message_reads_like_the_mail_it_is() -> None:
    documents, rejected = read_parts(RawFile("a.msg", invitation()))
    first = documents[0]
    assert {fact.name: fact.value for fact in first.declared} == {
        "name": "FW: Winter Port Forum, Tromsø",
        "author.name": "Eva Lund <eva@port.example>",
        "recipient.name": "Ana Costa",
        "dateSent": "Tue, 04 Mar 2025 08:12:00 +0000",
    }
    assert ("email-header", "recipient.name", "Jan Maas <jan@tug.example>") in {
        (fact.origin, fact.name, fact.value) for fact in first.declared
    }
    assert (first.title, first.media_type) == ("Winter Port Forum, Tromsø", "application/vnd.ms-outlook")
    assert [block.kind for block in first.blocks] == [
        "title",
        "paragraph",
        "paragraph",
        "signature",
        "signature",
        "signature",
    ]
    assert [(d.source_uri, d.parent_uri, d.title) for d in documents[1:]] == [
        ("a.msg!/programme.txt", "a.msg", None),
        ("a.msg!/message-2.eml", "a.msg", "Room for the evening"),
    ]
    assert rejected == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (narrow(0x1000, "Die Tagung in Köln fällt aus.".encode("cp1252")), "Die Tagung in Köln fällt aus."),
        (narrow(0x1000, "会議は東京で開催します。".encode("cp932")) | fixed(32, numbers={0x3FFD: 932}), "会議は東京で開催します。"),
        (binary(0x1013, b"<p>Tea in the <b>Tower Hall</b></p>"), "Tea in the Tower Hall"),
        (binary(0x1013, "<p>Thé à Orléans</p>".encode("cp1252")) | fixed(32, numbers={0x3FDE: 1252}), "Thé à Orléans"),
        (text(0x1013, "<p>Tea in Tromsø</p>"), "Tea in Tromsø"),
        (binary(0x1009, _PACKED), "hello world"),
    ],
)  # fmt: skip
def test_bodies(body: Tree, expected: str) -> None:
    assert _plain(_read(fixed(32) | body | text(0x0037, "Forum"))) == ["Forum", expected]


def test_rich_text_gives_back_the_page_it_wraps() -> None:
    assert unpack_rtf(_PACKED) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert take_out_html(_WRAPPED) == "<p>The forum in Zürich – free &amp; open</p><p>10:00\tOpening</p>"


def test_an_invitation_states_time_and_place() -> None:
    names = b"".join(n.to_bytes(4, "little") + b"\0\0" + i.to_bytes(2, "little") for i, n in enumerate((0x820D, 0x820E, 0x8208)))  # fmt: skip
    start, end = datetime(2025, 6, 4, 7, 30, tzinfo=UTC), datetime(2025, 6, 4, 9, 0, tzinfo=UTC)
    document = _read(
        text(0x001A, "IPM.Schedule.Meeting.Request") | text(0x0037, "Port talk") | text(0x8002, "Tower Hall, Tromsø")
        | {"__nameid_version1.0": binary(0x0003, names)} | fixed(32, times={0x8000: start, 0x8001: end})
    )  # fmt: skip
    assert _plain(document) == ["Port talk", "Start: 2025-06-04 07:30 UTC", "End: 2025-06-04 09:00 UTC", "Location: Tower Hall, Tromsø"]  # fmt: skip


def test_headers_it_travelled_with_come_first() -> None:
    carried = (
        "From: =?utf-8?q?Eva_Lund?= <eva@port.example>\r\nDate: Tue, 4 Mar 2025 09:12:00 +0100\r\nContent-Type: x\r\n"
    )
    document = _read(fixed(32) | text(0x007D, carried) | text(0x0037, "Forum") | text(0x1000, "Come."))
    declared = {fact.name: fact.value for fact in document.declared}
    assert (declared["author.name"], declared["dateSent"]) == ("Eva Lund <eva@port.example>", "Tue, 04 Mar 2025 09:12:00 +0100")  # fmt: skip


def _nested(depth: int) -> Tree:
    inner: Tree = fixed(24) | text(0x0037, "Inner") | text(0x1000, "Deep down.")
    for _ in range(depth):
        inner = fixed(24) | text(0x0037, "Inner") | text(0x1000, "Down.") | folders(
            "__attach_version1.0_#", [fixed(8) | {"__substg1.0_3701000D": inner}])  # fmt: skip
    return inner | fixed(32)


def test_nested_messages_end() -> None:
    assert len(read_parts(RawFile("a.msg", compound(_nested(3)))).documents) == 4
    with pytest.raises(BadInput, match="deep"):
        read_file(RawFile("a.msg", compound(_nested(8))))


HOSTILE: dict[str, Tree] = {
    "line ends in headers": text(0x0037, "Forum\r\nBcc: all@x.org\r\n\r\n<p>x") | text(0x0042, "Eva\nX: y"),
    "names that are paths": folders("__attach_version1.0_#", [attachment("../../etc/x\x00.txt", b"The port is closed.")]),
    "an odd media type": folders("__attach_version1.0_#", [attachment("a.txt", b"The port is closed.", 'a/b"\r\nX: y')]),
    "a text that never ends": binary(0x1009, _PACKED[:4] + b"\xff\xff\xff\x7f" + _PACKED[8:]),
    "a copy of nothing": binary(0x1009, b"\x40\0\0\0\x40\0\0\0LZFu\0\0\0\0" + b"\xff" + b"\xff\xff" * 20),
    "times beyond the calendar": {"__properties_version1.0": bytes(32) + b"\x40\0\x39\0" + bytes(4) + b"\xff" * 8},
    "a boundary in the text": text(0x1000, "--part-1-\r\n--\r\n\r\nThe port is closed."),
    "a recipient without anything": folders("__recip_version1.0_#", [{}, recipient("", ""), fixed(8)]),
    "half a character": {"__substg1.0_1000001F": b"\x3d\xd8T\0h\0\x3d"},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_messages_are_read_or_refused(name: str) -> None:
    tree = fixed(32) | text(0x0037, "Forum") | text(0x1000, "Come.") | HOSTILE[name]
    if name.startswith(("a text", "a copy")):
        tree = {key: value for key, value in tree.items() if not key.endswith("1000001F")}
    try:
        documents = read_parts(RawFile("a.msg", compound(tree))).documents
    except BadInput as failure:
        assert failure.detail
    else:
        assert documents[0].title is not None and documents[0].title.startswith("Forum")
        assert all(".." not in document.source_uri for document in documents)


def test_damaged_messages_are_read_or_refused() -> None:
    whole = invitation()
    chance = random.Random(7)
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            read_parts(
                RawFile("a.msg", bytes(broken[: chance.choice((len(broken), chance.randrange(600, len(broken))))]))
            )
        except BadInput as failure:
            assert failure.detail
