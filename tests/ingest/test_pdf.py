"""The PDF reader on pages of our own drawing, whose text is known."""

from __future__ import annotations

import io
import random
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from ingest.document import Block, Document, RawFile
from ingest.errors import BadInput
from ingest.limits import Limits
from ingest.pdf_pages import PageReader
from ingest.readers import ocr, pdf
from ingest.readers.pdf import iso_date, read_pdf
from tests.ingest.hostile import FONT, HELLO, good_pdf, page_pdf
from tests.ingest.hostile import pdf as raw_pdf

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks" / "ingest"))

from bench_pdf import block_recall, order_similarity
from make_pdfs import LAYOUTS, Case

FLOORS = {"narrow_beside_picture": (0.99, 0.6)}
"""(word order, whole blocks) where a layout cannot be had exactly: a sentence ends where the picture begins."""


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_engine", lambda: None)


def draw(paint: Callable[[Canvas], None], **options: object) -> Document:
    """Return what is read off a page that `paint` draws."""
    return read_pdf(RawFile("drawn.pdf", drawn(paint, **options)))


def drawn(paint: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1, **options)
    canvas.setFont("Helvetica", 11)
    paint(canvas)
    canvas.save()
    return buffer.getvalue()


def blocks(document: Document, kind: str) -> list[str]:
    return [document.block_text(block) for block in document.blocks if block.kind == kind]


def main_text(document: Document) -> str:
    return "\n".join(document.block_text(block) for block in document.blocks if block.is_main)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_layouts_come_out_in_order_and_whole(layout: Callable[[random.Random], Case], seed: int) -> None:
    data, expected = layout(random.Random(f"{layout.__name__}-{seed}"))
    document = read_pdf(RawFile("case.pdf", data))
    order, whole = FLOORS.get(layout.__name__, (0.995, 0.99))
    text = main_text(document)
    assert order_similarity(text, "\n".join(expected)) >= order
    assert block_recall(text, expected) >= whole
    check_invariants(document)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def test_a_line_and_its_words_agree(layout: Callable[[random.Random], Case]) -> None:
    with pdfium.PdfDocument(layout(random.Random(0))[0]) as document:
        reader = PageReader(document)
        lines = [line for index in range(len(document)) for line in reader.read(index).lines]
    assert lines
    for line in lines:
        words = list(line.words)
        assert len(line.words) == len(words)
        assert words[0] == line.words[0]
        assert " ".join(word.text for word in words) == line.text
        assert line.first_width == pytest.approx(words[0].x1 - words[0].x0)
        box = (
            min(w.x0 for w in words),
            min(w.top for w in words),
            max(w.x1 for w in words),
            max(w.bottom for w in words),
        )
        assert box == pytest.approx((line.x0, line.top, line.x1, line.bottom))


def check_invariants(document: Document) -> None:
    """What holds for every document: sorted blocks inside the text, clean characters, links over words."""
    ends = 0
    for block in document.blocks:
        assert ends <= block.start < block.end <= len(document.text)
        ends = block.end
        assert block.page is not None and 1 <= block.page <= (document.page_count or 0)
    assert unicodedata.is_normalized("NFC", document.text)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Co") for char in document.text if char not in "\n\t")
    assert all(document.text[link.start : link.end].strip() for link in document.links)


def test_title_information_and_pages() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setTitle("Report of the Working Group")
        canvas.setAuthor("M. Kowalczyk")
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 760, "Report of the Working Group")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "The group met twice.")
        canvas.showPage()
        canvas.drawString(72, 700, "It will meet again.")

    document = draw(paint)
    assert document.title == "Report of the Working Group"
    assert document.blocks[0].kind == "title"
    assert {(fact.origin, fact.name, fact.value) for fact in document.declared} >= {
        ("pdf-info", "name", "Report of the Working Group"),
        ("pdf-info", "author", "M. Kowalczyk"),
    }
    assert [block.page for block in document.blocks] == [1, 1, 2]
    assert document.page_count == 2
    assert document.coverage == 1
    assert document.reader == "pdf(pdfium)"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("D:20240315101500+01'00'", "2024-03-15T10:15:00+01:00"),
        ("D:20240315101500Z", "2024-03-15T10:15:00Z"),
        ("D:202403151015", "2024-03-15T10:15:00"),
        ("D:20240315", "2024-03-15"),
        ("D:2024", "2024"),
        ("20240315", "2024-03-15"),
        ("D:20249915", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_of_the_information_are_only_as_exact_as_written(written: str, expected: str | None) -> None:
    assert iso_date(written) == expected


def test_running_heads_are_kept_once_aside_and_page_numbers_dropped() -> None:
    def paint(canvas: Canvas) -> None:
        for number in range(1, 5):
            canvas.drawString(72, 810, f"Policy Paper 7, page {number}")
            canvas.drawString(290, 30, f"- {number} -")
            canvas.drawString(72, 600, f"Text of chapter {'ABCD'[number - 1]}.")
            canvas.showPage()

    document = draw(paint)
    assert main_text(document).split("\n") == [f"Text of chapter {letter}." for letter in "ABCD"]
    assert [document.block_text(b) for b in document.blocks if not b.is_main] == ["Policy Paper 7, page 1"]


def test_heads_further_in_are_running_ones_only_word_for_word() -> None:
    def paint(canvas: Canvas) -> None:
        for number in range(1, 5):
            canvas.drawString(72, 720, "A. Lund et al." if number % 2 else "How ports stay open")
            canvas.drawString(72, 690, f"Panel {number}")
            canvas.drawString(72, 600, f"Text of chapter {'ABCD'[number - 1]}.")
            canvas.showPage()

    document = draw(paint)
    expected = [part for n in range(1, 5) for part in (f"Panel {n}", f"Text of chapter {'ABCD'[n - 1]}.")]
    assert [document.block_text(b) for b in document.blocks if b.is_main] == expected
    assert [document.block_text(b) for b in document.blocks if not b.is_main] == [
        "A. Lund et al.",
        "How ports stay open",
    ]


def test_a_table_of_contents_is_rows_aside() -> None:
    def paint(canvas: Canvas) -> None:
        for k, name in enumerate(("Preface", "1.1 Harbours in winter", "1.2 Tugs and pilots")):
            dots = " ." * 40 if k else "." * 60
            canvas.drawString(72, 700 - 14 * k, f"{name}{dots} {'xiii' if k == 0 else k}")
        canvas.drawString(72, 640, "The port opens at nine... and closes at 5")

    document = draw(paint)
    assert [(block.is_main, document.block_text(block)) for block in document.blocks] == [
        (False, "Preface\txiii"), (False, "1.1 Harbours in winter\t1"), (False, "1.2 Tugs and pilots\t2"),
        (True, "The port opens at nine... and closes at 5"),
    ]  # fmt: skip


def test_a_section_and_its_number_are_one_heading() -> None:
    def paint(canvas: Canvas) -> None:
        for y, number in ((700, "3"), (600, "3.1")):
            canvas.setFont("Helvetica-Bold", 14)
            canvas.drawString(72, y, number)
            canvas.drawString(72 + canvas.stringWidth(number) + 14, y, "Results of the talks")
            canvas.setFont("Helvetica", 10)
            for line in range(3):
                canvas.drawString(
                    72, y - 24 - 12 * line, "The harbour is closed in winter and the tugs stay in their port."
                )

    document = draw(paint)
    assert blocks(document, "title") + blocks(document, "heading") == [
        "3 Results of the talks",
        "3.1 Results of the talks",
    ]


@pytest.mark.usefixtures("without_ocr")
class TestHiddenText:
    """Only what a page shows is its text."""

    def paint(self, canvas: Canvas, grey: float, background: float | None) -> None:
        canvas.drawString(72, 700, "Everyone reads this.")
        if background is not None:
            canvas.setFillGray(background)
            canvas.rect(60, 590, 400, 30, stroke=0, fill=1)
        canvas.setFillGray(grey)
        canvas.drawString(72, 600, "Secret words here.")

    @pytest.mark.parametrize(
        ("grey", "background", "shown"), [(1, None, False), (1, 0.2, True), (0.95, 0.97, False), (0, None, True)]
    )
    def test_white_on_white_goes_and_white_on_a_banner_stays(
        self, grey: float, background: float | None, shown: bool
    ) -> None:
        document = draw(lambda canvas: self.paint(canvas, grey, background))
        assert ("Secret words here." in document.text) is shown
        assert any("3 words that the page does not show" in warning for warning in document.warnings) is not shown
        assert "Everyone reads this." in document.text

    def test_unpainted_text_goes_unless_a_scan_shows_it(self) -> None:
        def layer(canvas: Canvas, *, scan: bool) -> None:
            canvas.drawString(72, 400, "Cover note.")
            if scan:
                canvas.drawImage(ImageReader(ocr_image("Words of the scan.")), 0, 500, 600, 300)
            text = canvas.beginText(60, 650)
            text.setTextRenderMode(3)
            text.textOut("Words of the scan.")
            canvas.drawText(text)

        assert "scan" not in draw(lambda canvas: layer(canvas, scan=False)).text
        assert "Words of the scan." in draw(lambda canvas: layer(canvas, scan=True)).text

    def test_text_off_the_page_or_too_small_goes(self) -> None:
        def paint(canvas: Canvas) -> None:
            canvas.drawString(72, 700, "Everyone reads this.")
            canvas.drawString(72, 2000, "Above the page.")
            canvas.setFont("Helvetica", 0.5)
            canvas.drawString(72, 500, "Tiny print.")

        document = draw(paint)
        assert document.text == "Everyone reads this."
        assert any("off the page or too small" in warning for warning in document.warnings)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("declared", [True, False], ids=["page turned", "text turned"])
def test_turned_pages_read_as_upright_ones(turn: int, declared: bool) -> None:
    a, b = {0: (1, 0), 90: (0, 1), 180: (-1, 0), 270: (0, -1)}[turn]
    first = b"The first line of the notice is longer than"
    start = b"%d %d %d %d %d %d Tm" % (a, b, -b, a, 300 - 120 * a, 400 - 120 * b)
    content = b"BT /F1 11 Tf 14 TL %s (%s) Tj T* (the second one.) Tj ET" % (start, first)
    document = read_pdf(RawFile("turned.pdf", page_pdf(content, page=b"/Rotate %d" % (turn if declared else 0))))
    assert document.text == "The first line of the notice is longer than the second one."
    assert document.warnings == ()


def test_a_stamp_across_the_page_is_aside() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "The text of the notice.")
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica", 60)
        canvas.drawString(0, 0, "DRAFT")

    document = draw(paint)
    assert [(document.block_text(b), b.is_main) for b in document.blocks] == [
        ("The text of the notice.", True),
        ("DRAFT", False),
    ]


def test_links_cover_their_words_and_are_not_followed() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Please register online today.")
        start = 72 + canvas.stringWidth("Please ")
        canvas.linkURL("https://example.org/register", (start, 696, start + canvas.stringWidth("register online"), 712))

    document = draw(paint)
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("register online", "https://example.org/register")
    ]


def test_form_fields_stand_behind_their_labels() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Name:")
        canvas.acroForm.textfield(name="n", value="Marta Kowalczyk", x=120, y=694, width=200, height=18)

    assert "Name: Marta Kowalczyk" in draw(paint).text


def test_smaller_digits_that_are_not_raised_stay_digits() -> None:
    def paint(canvas: Canvas) -> None:
        x = 72.0
        for text, size in (("It met on Thu Sep ", 12), ("22", 8), (" in the town hall.", 12)):
            canvas.setFont("Helvetica", size)
            canvas.drawString(x, 700, text)
            x += canvas.stringWidth(text, "Helvetica", size)

    assert draw(paint).text == "It met on Thu Sep 22 in the town hall."


def test_footnote_marks_are_apart_from_their_words() -> None:
    def paint(canvas: Canvas) -> None:
        for text, size, rise in (("Relations deepened.", 11, 0), ("12", 6, 4), (" In 2019 they paused.", 11, 0)):
            body = canvas.beginText(*paint.at)  # type: ignore[attr-defined]
            body.setFont("Helvetica", size)
            body.setRise(rise)
            body.textOut(text)
            canvas.drawText(body)
            paint.at = (body.getX(), 700)  # type: ignore[attr-defined]

    paint.at = (72, 700)  # type: ignore[attr-defined]
    assert draw(paint).text == "Relations deepened. ¹² In 2019 they paused."


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("The cooper-", "ation continued.", "The cooperation continued."),
        ("The Indo-", "Pacific region.", "The Indo-Pacific region."),
        ("Ms Skvorcek-", "Muller spoke.", "Ms Skvorcek-Muller spoke."),
        ("A well-known and well-", "known formula.", "A well-known and well-known formula."),
        ("In the years 2018–", "2021 it grew.", "In the years 2018–2021 it grew."),
        ("See https://example.org/", "programme for more.", "See https://example.org/programme for more."),
        (
            "See https://example.org/a/long-",
            "way_of.pdf for more.",
            "See https://example.org/a/long-way_of.pdf for more.",
        ),
        ("See https://example.org/a/lo", "ng_way.pdf for more.", "See https://example.org/a/long_way.pdf for more."),
    ],
)
def test_line_breaks_inside_words(left: str, right: str, joined: str) -> None:
    def paint(canvas: Canvas) -> None:
        canvas.drawString(72, 714, "This line of the paragraph goes on until it meets the margin and so")
        canvas.drawString(72, 700, "does the next one, whose end matters here. " + left)
        canvas.drawString(72, 686, right)

    assert joined in draw(paint).text


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    def paint(canvas: Canvas) -> None:
        def row(y: float, height: float, *cells: list[str]) -> None:
            for x, wide, lines in zip((60, 160), (100, 300), cells, strict=True):
                canvas.rect(x, y - height, wide, height)
                for k, line in enumerate(lines):
                    canvas.drawString(x + 4, y - 14 - 13 * k, line)

        row(200, 20, ["09:00"], ["Registration"])
        row(180, 20, ["10:00"], ["Panel on ports and"])
        canvas.showPage()
        row(700, 20, [], ["harbours"])
        row(680, 20, ["12:00"], ["Lunch"])

    assert blocks(draw(paint), "table_row") == [
        "09:00\tRegistration",
        "10:00\tPanel on ports and harbours",
        "12:00\tLunch",
    ]


def test_columns_without_rules_between_the_rows_are_rows() -> None:
    """A frame around three columns whose rows no rule divides."""

    def paint(canvas: Canvas) -> None:
        for x, wide in ((60, 80), (140, 250)):
            canvas.rect(x, 500, wide, 200)
        for k, (time, what) in enumerate((("09:00", "Registration"), ("10:00", "First panel"), ("12:30", "Lunch"))):
            canvas.drawString(66, 680 - 30 * k, time)
            canvas.drawString(146, 680 - 30 * k, what)

    assert blocks(draw(paint), "table_row") == ["09:00\tRegistration", "10:00\tFirst panel", "12:30\tLunch"]


def test_a_range_of_times_over_two_lines_is_one_time() -> None:
    programme = (
        ("09:00–", "09:30", "Registration"),
        ("09:30–", "10:15", "Opening session"),
        ("10:15–", "12:00", "Panel"),
    )

    def paint(canvas: Canvas) -> None:
        for k, (start, end, what) in enumerate(programme):
            for x, text, y in ((66, start, 0), (66, end, -13), (146, what, 0)):
                canvas.drawString(x, 680 - 40 * k + y, text)

    assert blocks(draw(paint), "table_row") == [
        "09:00–09:30\tRegistration",
        "09:30–10:15\tOpening session",
        "10:15–12:00\tPanel",
    ]


def test_days_side_by_side_keep_their_own_times() -> None:
    days = (
        ("Monday 3 June", (("09:00", "Opening"), ("10:00", "Lecture on ports"), ("14:00", "Exercise"))),
        ("Tuesday 4 June", (("09:30", "Lecture on cables"), ("11:00", "Visit"), ("15:00", "Film"))),
    )

    def paint(canvas: Canvas) -> None:
        for column, (day, sessions) in enumerate(days):
            x = 60 + 260 * column
            canvas.drawString(x, 700, day)
            for k, (time, what) in enumerate(sessions):
                canvas.drawString(x, 670 - 20 * k, time)
                canvas.drawString(x + 50, 670 - 20 * k, what)

    found = [line for line in draw(paint).text.split("\n") if line]
    assert found == [line for day, rows in days for line in (day, *("\t".join(row) for row in rows))]


def test_a_range_that_ends_in_a_column_of_its_own_is_one_row() -> None:
    rows = (("09:00", "Opening", "09:30"), ("09:30", "Panel on ports", "11:00"), ("11:00", "Lunch", "12:00"))

    def paint(canvas: Canvas) -> None:
        for k, row in enumerate(rows):
            for x, text in zip((60, 120, 400), row, strict=True):
                canvas.drawString(x, 670 - 20 * k, text)

    assert blocks(draw(paint), "table_row") == ["\t".join(row) for row in rows]


def test_labels_drawn_before_everything_else_stand_beside_their_values() -> None:
    facts = (("Date", "Tuesday, 5 November 2024"), ("Venue", "Aula Magna, Uppvall"), ("Language", "English"))

    def paint(canvas: Canvas) -> None:
        for k, (label, _) in enumerate(facts):
            canvas.drawString(72, 700 - 20 * k, label)
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 760, "Invitation to the Lecture")
        canvas.setFont("Helvetica", 11)
        for k, (_, value) in enumerate(facts):
            canvas.drawString(160, 700 - 20 * k, value)

    assert draw(paint).text.split("\n") == [
        "Invitation to the Lecture", "", *(f"{label}\t{value}" for label, value in facts),
    ]  # fmt: skip


def test_a_time_below_a_date_is_no_row_of_a_programme() -> None:
    lines = ("When", "Thursday 7 November 2024", "18:30–20:00", "Where", "Aula Magna", "12 Harbour Street", "Uppvall")

    def paint(canvas: Canvas) -> None:
        for k, line in enumerate(lines):
            canvas.setFont("Helvetica-Bold" if k in (0, 3) else "Helvetica", 11)
            canvas.drawString(400, 700 - 14 * k, line)

    document = draw(paint)
    assert blocks(document, "table_row") == []
    assert document.text.split("\n\n") == list(lines)


def test_a_label_begins_an_entry_of_its_own_in_a_cell() -> None:
    lines = ("Moderator: Aiko Morisato, Counsellor at", "the Mission of Estara and its Observer", "Panellists:")

    def paint(canvas: Canvas) -> None:
        for x, wide, texts in ((60, 90, ("10:15",)), (150, 210, lines)):
            canvas.rect(x, 600, wide, 100)
            for k, text in enumerate(texts):
                canvas.drawString(x + 4, 686 - 13 * k, text)

    assert "its Observer\nPanellists:" in draw(paint).text


def test_stretched_blanks_of_a_narrow_column_are_no_columns() -> None:
    def paint(canvas: Canvas) -> None:
        def line(y: float, text: str) -> None:
            words = text.split()
            gap = (160 - sum(canvas.stringWidth(word) for word in words)) / max(len(words) - 1, 1)
            x = 72.0
            for word in words:
                canvas.drawString(x, y, word)
                x += canvas.stringWidth(word) + gap

        for k, text in enumerate(
            (
                "administrations keep their",
                "legal instruments they",
                "the operation of their",
                "progress made in the",
            )
        ):
            line(700 - 13 * k, text)
        canvas.drawString(72, 700 - 13 * 4, "implementation.")

    assert draw(paint).text == (
        "administrations keep their legal instruments they the operation of their progress made in the implementation."
    )


def test_what_a_browser_prints_into_the_margin_is_furniture() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        for x, y, text in (
            (24, 820, "11/22/26, 8:10 PM"), (250, 820, "Lecture on Harbours"),
            (24, 20, "https://example.org/events/42"), (560, 20, "1/1"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 700, "The lecture takes place in the town hall.")

    document = draw(paint)
    assert main_text(document) == "The lecture takes place in the town hall."
    assert len([block for block in document.blocks if not block.is_main]) == 3


def test_a_time_over_its_session_is_one_row() -> None:
    lines = ("9.00 am", "Registration", "9.30 am", "Opening address", "- Marta Kowalczyk", "10.00 am", "Panel")

    def paint(canvas: Canvas) -> None:
        for k, line in enumerate(lines):
            canvas.drawString(72, 700 - 20 * k, line)

    document = draw(paint)
    assert blocks(document, "table_row") == ["9.00 am\tRegistration", "9.30 am\tOpening address", "10.00 am\tPanel"]
    assert blocks(document, "list_item") == ["Marta Kowalczyk"]


class TestPagesWithoutText:
    """A page that could not be read is never silent."""

    def mixed(self) -> bytes:
        picture = ImageReader(ocr_image("Words in a picture"))

        def paint(canvas: Canvas) -> None:
            canvas.drawString(72, 700, "A page with text.")
            canvas.showPage()
            canvas.drawImage(picture, 0, 400, 595, 300)
            canvas.showPage()
            canvas.showPage()

        return drawn(paint)

    @pytest.mark.usefixtures("without_ocr")
    def test_partial_with_a_warning_that_says_what_to_do(self) -> None:
        document = read_pdf(RawFile("mixed.pdf", self.mixed()))
        assert document.coverage == pytest.approx(2 / 3)
        assert any(
            warning.startswith("page 2: has no text") and "tesseract" in warning for warning in document.warnings
        )
        assert "page 3: is blank" in document.warnings

    @pytest.mark.usefixtures("without_ocr")
    def test_a_scan_needs_ocr(self) -> None:
        with pytest.raises(BadInput) as caught:
            read_pdf(
                RawFile(
                    "scan.pdf", drawn(lambda canvas: canvas.drawImage(ImageReader(ocr_image("Words")), 0, 0, 595, 842))
                )
            )
        assert caught.value.reason_code == "needs_ocr"
        assert "tesseract" in caught.value.detail

    @pytest.mark.skipif(ocr.find_engine() is None, reason="no OCR engine is installed")
    def test_ocr_reads_the_page_and_the_reader_says_so(self) -> None:
        document = read_pdf(RawFile("mixed.pdf", self.mixed()))
        assert "Words in a picture" in document.text
        assert document.coverage == 1
        engine = ocr.find_engine()
        assert engine is not None
        assert document.reader == f"pdf(pdfium+{engine.name})"


def ocr_image(text: str) -> io.BytesIO:
    """Return a picture of the text."""
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (1200, 600), 255)
    ImageDraw.Draw(picture).text((100, 250), text, fill=0, font=ImageFont.load_default(80))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    buffer.seek(0)
    return buffer


def test_tesseract_tables_become_lines() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [
        "4\t1\t1\t1\t1\t0\t0\t0\t9\t9\t-1\t",
        "5\t1\t1\t1\t1\t1\t10\t10\t60\t20\t96\t09:00",
        "5\t1\t1\t1\t1\t2\t200\t10\t90\t20\t95\tWelcome",
        "5\t1\t1\t1\t2\t1\t200\t40\t60\t20\t12\t~|",
        '5\t1\t1\t1\t2\t2\t200\t40\t60\t20\t90\t"Ports"',
    ]
    lines = ocr.parse_tsv("\n".join([head, *rows]))
    assert [line.text for line in lines] == ["09:00", "Welcome", '"Ports"']


class TestSecondEngine:
    """pdfplumber reads what PDFium cannot."""

    def test_a_page_pdfium_cannot_load(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(self: object, index: int) -> None:
            raise pdf.pdfium.PdfiumError("broken")

        monkeypatch.setattr(pdf.PageReader, "read", fail)
        document = read_pdf(RawFile("report.pdf", good_pdf(2)))
        assert document.reader == "pdf(pdfplumber)"
        assert "Line 7 of page 2: the working group met in Uppvall." in document.text
        assert document.coverage == 1

    def test_a_file_pdfium_cannot_open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "_open", lambda data: (None, []))
        assert read_pdf(RawFile("report.pdf", good_pdf(2))).page_count == 2

    @pytest.mark.parametrize(
        ("written", "expected", "missing"),
        [("(cid:127)Item", "•Item", 0), ("a(cid:3)b(cid:55)", "ab", 2), ("plain", "plain", 0), ("a\x00b", "ab", 0)],
    )
    def test_glyphs_without_a_character(self, written: str, expected: str, missing: int) -> None:
        from ingest.pdf_plumber import _map_glyphs

        assert _map_glyphs(written) == (expected, missing)


@pytest.mark.usefixtures("without_ocr")
def test_a_font_without_characters_is_no_text() -> None:
    from tests.ingest.hostile import font_without_map

    with pytest.raises(BadInput) as caught:
        read_pdf(RawFile("glyphs.pdf", font_without_map()))
    assert caught.value.reason_code == "no_text"
    assert "font does not say" in caught.value.detail


def test_only_so_many_pages_are_read() -> None:
    document = read_pdf(RawFile("report.pdf", good_pdf(5)), Limits(max_pages=2))
    assert document.coverage == pytest.approx(0.4)
    assert "pages 3 to 5 were not read: the limit is 2 pages" in document.warnings


def test_reading_stops_in_time_and_returns_what_it_has() -> None:
    many = raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 400/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>>>"
            % (b"5 0 R " * 400),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(HELLO), HELLO),
            FONT,
            b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>",
        ]
    )
    document = read_pdf(RawFile("many.pdf", many), Limits(wall_seconds=0.01))
    assert 0 < document.coverage < 1
    assert any("the time was up" in warning for warning in document.warnings)


def test_levels_follow_the_size_of_headings() -> None:
    def paint(canvas: Canvas) -> None:
        y = 780.0
        for size, text in (
            (20, "Annual Report of the Institute"),
            (14, "Chapter One"),
            (11, "The year was quiet. " * 4),
        ):
            canvas.setFont("Helvetica", size)
            canvas.drawString(72, y, text)
            y -= 40
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, y, "Budget")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, y - 20, "It was spent. " * 5)

    def shape(block: Block) -> tuple[str, int | None]:
        return block.kind, block.level

    assert [shape(block) for block in draw(paint).blocks] == [
        ("title", None), ("heading", 2), ("paragraph", None), ("heading", 3), ("paragraph", None),
    ]  # fmt: skip


def test_odd_page_boxes_do_not_move_text_off_the_page() -> None:
    document = read_pdf(RawFile("box.pdf", page_pdf(box=b"/MediaBox[0 500 595 842]")))
    assert document.text == "The seminar takes place in the town hall on 4 May 2024."
