"""Office files, calendars and archives: what each format can hide, and what it must not do."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import pytest
from pptx import Presentation

from ingest.document import Document, RawFile
from ingest.errors import BadInput
from ingest.limits import Limits
from ingest.read import read_file, read_parts
from ingest.readers.calendar import read_events


def _shown(document: Document) -> list[str]:
    return [f"{block.kind}: {document.block_text(block)}" for block in document.blocks]


def _docx(build: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _repack(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    return _zip(members)


def test_tabs_are_columns_and_runs_are_one_word() -> None:
    def build(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("Har")
        paragraph.add_run("bour").bold = True
        paragraph.add_run(" day")
        document.add_paragraph("09:00\tOpening\tEva Lund")
        document.add_paragraph("Venue:\tOslo")

    assert _shown(read_file(RawFile("a", _docx(build)))[0]) == [
        "title: Harbour day",
        "table_row: 09:00\tOpening\tEva Lund",
        "key_value: Venue:\tOslo",
    ]


def test_merged_cells_hold_for_each_of_their_rows() -> None:
    def build(document: docx.document.Document) -> None:
        table = document.add_table(2, 2)
        _fill(table)

    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    _fill(slide.shapes.add_table(2, 2, 0, 0, 4_000_000, 4_000_000).table)
    buffer = io.BytesIO()
    slides.save(buffer)
    for data in (_docx(build), buffer.getvalue()):
        assert _shown(read_file(RawFile("a", data))[0]) == [
            "table_row: Norway\tEva Lund",
            "table_row: Norway\tJan Maas",
        ]


def _fill(table: Any) -> None:
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 0).text, table.cell(0, 1).text, table.cell(1, 1).text = "Norway", "Eva Lund", "Jan Maas"


def test_nothing_outside_the_document_is_read() -> None:
    """An external entity, were it resolved, would put a file of this machine into the text."""

    def attack(members: dict[str, bytes]) -> None:
        body = members["word/document.xml"]
        entity = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
        members["word/document.xml"] = body.replace(b"?>", b"?>" + entity, 1).replace(b"Hello", b"&e;")

    data = _repack(_docx(lambda document: document.add_paragraph("Hello")), attack)
    with pytest.raises(BadInput) as caught:
        read_file(RawFile("a.docx", data))
    assert caught.value.reason_code == "unsafe_archive"


def test_damaged_documents_are_said_to_be() -> None:
    def damage(members: dict[str, bytes]) -> None:
        members["word/document.xml"] = members["word/document.xml"][:300]

    for data, reason in [
        (_repack(_docx(lambda document: document.add_paragraph("Hello")), damage), "corrupt"),
        (_docx(lambda document: document.add_paragraph("Hello"))[:4000], "truncated"),
        (_docx(lambda document: document.add_paragraph("...")), "no_text"),
    ]:
        with pytest.raises(BadInput) as caught:
            read_file(RawFile("a.docx", data))
        assert caught.value.reason_code == reason


def test_slides_are_pages() -> None:
    deck = Presentation()
    for title in ("Tugs", "Pilots"):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title
        slide.placeholders[1].text_frame.text = f"On {title}"
    buffer = io.BytesIO()
    deck.save(buffer)
    document = read_file(RawFile("a", buffer.getvalue()))[0]
    assert document.page_count == 2
    assert [(block.kind, block.page) for block in document.blocks] == [
        ("title", 1), ("list_item", 1), ("heading", 2), ("list_item", 2),
    ]  # fmt: skip


_ODF = (
    '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:draw="d" xmlns:presentation="p">'
    "<office:body>{}</office:body></office:document-content>"
)


def _odf(kind: str, body: str) -> Document:
    media_type = f"application/vnd.oasis.opendocument.{kind}".encode()
    return read_file(RawFile("a", _zip({"mimetype": media_type, "content.xml": _ODF.format(body).encode()})))[0]


def test_slides_of_open_document_presentations() -> None:
    slide = (
        '<draw:page><draw:frame presentation:class="title"><text:p>{}</text:p></draw:frame>'
        "<text:p>The port opens.</text:p>"
        "<presentation:notes><text:p>Speak slowly.</text:p></presentation:notes></draw:page>"
    )
    document = _odf("presentation", slide.format("Winter ports") + slide.format("Ice"))
    assert [(block.page, block.is_main, block.kind, document.block_text(block)) for block in document.blocks] == [
        (1, True, "title", "Winter ports"), (1, True, "paragraph", "The port opens."),
        (1, False, "paragraph", "Speak slowly."), (2, True, "heading", "Ice"),
        (2, True, "paragraph", "The port opens."), (2, False, "paragraph", "Speak slowly."),
    ]  # fmt: skip
    assert document.page_count == 2


def test_a_table_in_a_cell_is_read_once() -> None:
    def table(*cells: str) -> str:
        inner = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        return f"<table:table><table:table-row>{inner}</table:table-row></table:table>"

    names = table("<text:p>Eva Lund</text:p>", "<text:p>Jan Maas</text:p>")
    document = _odf(
        "text", "<text:p>Ports</text:p>" + table("<text:p>Tugs</text:p>", f"<text:p>with two pilots</text:p>{names}")
    )
    assert _shown(document)[1:] == ["table_row: Tugs\twith two pilots", "table_row: Eva Lund\tJan Maas"]


def test_the_number_of_an_item_is_no_cell_and_a_bullet_no_word() -> None:
    def build(document: docx.document.Document) -> None:
        for text in ("Winter ports", "A.\tPurpose of the talks", "(ii)\tIce", "9.30\tOpening", "• Tugs", "＊ Pilots"):
            document.add_paragraph(text)

    assert _shown(read_file(RawFile("a", _docx(build)))[0])[1:] == [
        "paragraph: A. Purpose of the talks", "paragraph: (ii) Ice", "table_row: 9.30\tOpening", "list_item: Tugs",
        "list_item: Pilots",
    ]  # fmt: skip


def test_rich_text_pictures_cost_nothing() -> None:
    picture = b"{\\pict\\pngblip " + b"89504e47" * 200_000 + b"}"
    document = read_file(RawFile("a", b"{\\rtf1\\ansi Forum on tugs\\par\\par " + picture + b"It is free.\\par}"))[0]
    assert _shown(document) == ["title: Forum on tugs", "paragraph: It is free."]


def test_calendar_days_are_inclusive_and_a_cut_file_gives_what_is_whole() -> None:
    days = "DTSTART;VALUE=DATE:20250613\r\nDTEND;VALUE=DATE:20250615\r\n"
    entry = "BEGIN:VEVENT\r\nUID:{0}\r\n" + days + "SUMMARY:Day {0}\r\nEND:VEVENT\r\n"
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + entry.format(1) + entry.format(2) + "BEGIN:VEVENT\r\nSUMM"
    events = read_events(text.encode())
    assert [(event.summary, str(event.start), str(event.end)) for event in events] == [
        ("Day 1", "2025-06-13", "2025-06-14"),
        ("Day 2", "2025-06-13", "2025-06-14"),
    ]


def test_a_date_that_is_none_costs_the_entry_nothing_else() -> None:
    text = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:SOON\r\nSUMMARY:Tugs\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert [(event.summary, event.start) for event in read_events(text.encode())] == [("Tugs", None)]


TEXT = b"The forum on tugs is free for all."


def _link_archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        _zip({"../up.txt": TEXT}),
        _zip({"/etc/up.txt": TEXT}),
        _zip({"..\\up.txt": TEXT}),
        _zip({"C:/up.txt": TEXT}),
        _zip({"bomb.txt": bytes(40_000_000)}),
        _zip({f"{i}.txt": TEXT for i in range(1001)}),
        _link_archive(),
    ],
    ids=["slip", "absolute", "backslash", "drive", "bomb", "many", "link"],
)
def test_unsafe_archives_are_not_opened(data: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        read_file(RawFile("a.zip", data))
    assert caught.value.reason_code == "unsafe_archive"


def test_archives_in_archives_end_somewhere() -> None:
    data = _zip({"a.txt": TEXT})
    for _ in range(7):
        data = _zip({"in.zip": data})
    with pytest.raises(BadInput) as caught:
        read_file(RawFile("a.zip", data))
    assert caught.value.reason_code == "too_deep"


def test_archives_that_multiply_are_given_up() -> None:
    data = TEXT
    for _ in range(4):
        data = _zip({f"{k}.zip": data for k in range(6)})
    documents, rejected = read_parts(RawFile("a.zip", data), Limits(max_children=6))
    assert len(documents) + len(rejected) < 100
    assert "unsafe_archive" in {part.reason_code for part in rejected}


def test_one_bad_file_in_an_archive_costs_the_others_nothing() -> None:
    members = {
        "b.png": b"\x89PNG\r\n\x1a\n",
        "a.txt": TEXT,
        "__MACOSX/._a.txt": b"x",
        "c.doc": b"",
        "d.pdf": b"%PDF-1.4",
    }
    documents, rejected = read_parts(RawFile("a.zip", _zip(members)))
    assert [document.text for document in documents] == [TEXT.decode()]
    assert [(part.source_uri, part.reason_code) for part in rejected] == [
        ("a.zip!/b.png", "unsupported_type"), ("a.zip!/c.doc", "empty_file"), ("a.zip!/d.pdf", "truncated"),
    ]  # fmt: skip
    assert all(len(part.detail) > 10 for part in rejected)
    assert documents[0].warnings == ()


def test_an_archive_none_of_whose_files_can_be_read_says_so_for_each() -> None:
    data = _zip({"a.png": b"\x89PNG\r\n\x1a\n", "b.png": b"\x89PNG\r\n\x1a\n"})
    documents, rejected = read_parts(RawFile("a.zip", data))
    assert not documents
    assert [part.source_uri for part in rejected] == ["a.zip!/a.png", "a.zip!/b.png"]
    with pytest.raises(BadInput) as caught:
        read_file(RawFile("a.zip", data))
    assert caught.value.reason_code == "unsupported_type"
