"""Our own PDFs with known text: layouts of announcements, programmes and reports, drawn line by line.

Each case is (name, bytes, blocks): `blocks` is the text a careful reader would type off the page, in reading order.
The sentences are invented.  Drawing with a bare canvas keeps the order of the content stream under control.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0

SENTENCES = (
    "The third seminar on maritime safety brought together forty officials and researchers from eleven countries.",
    "Participants compared how coastal administrations share information about suspicious vessels.",
    "A first panel reviewed the implementation of the framework agreement and its consequences for joint training.",
    "Speakers from the Baltic region described recent incidents involving undersea cables and pipelines.",
    "The discussion turned to interoperability, procurement and the long-term financing of common equipment.",
    "Several contributors recommended that the working group meet twice a year instead of once.",
    "In the afternoon the rapporteur summarised the recommendations and presented a calendar for follow-up.",
    "The well-established exchange programme for young officers will be continued until the end of the decade.",
    "Delegates agreed that cyber resilience deserves a separate session at the next meeting.",
    "The organisers thanked the host university for its hospitality and the interpreters for their patience.",
    "Representatives of civil society stressed transparency, parliamentary oversight and humanitarian obligations.",
    "A reception at the town hall concluded the first day of the conference.",
)
PEOPLE = (
    ("Marta Kowalczyk", "Director, Institute for Northern Policy"),
    ("Henrik Lindqvist", "Professor of Strategy, University of Uppvall"),
    ("Aiko Morisato", "Counsellor, Mission of the Republic of Estara"),
    ("Jean-Luc Delmarre", "Head of Unit, Directorate for Civil Protection"),
    ("Oluwaseun Adeyinka", "Senior Fellow, Lagune Centre for Peace"),
    ("Tomas Benavides", "Deputy Secretary, Ministry of Infrastructure"),
)
SESSIONS = (
    "Registration and coffee",
    "Opening remarks by the Secretary General of the host institution",
    "Panel one: sharing information at sea, practice and law in three regions",
    "Lunch in the garden pavilion",
    "Panel two: protecting cables and pipelines under the sea",
    "Closing words and outlook to the next meeting in autumn",
)
TIMES = ("09:00 – 09:30", "09:30 – 10:00", "10:00 – 12:00", "12:00 – 13:30", "13:30 – 15:00", "15:00 – 15:30")


@dataclass
class Sheet:
    """A canvas with the two things every layout needs: set a line, and set a wrapped paragraph.  State: the canvas."""

    font: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    size: float = 10.5
    canvas: Canvas = field(init=False)
    buffer: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.buffer, pagesize=(WIDTH, HEIGHT), invariant=1)

    @property
    def leading(self) -> float:
        return 1.25 * self.size

    def line(
        self, x: float, y: float, text: str, *, size: float | None = None, bold: bool = False, space: float = 0
    ) -> None:
        body = self.canvas.beginText(x, y)
        body.setFont(self.bold if bold else self.font, size or self.size)
        body.setWordSpace(space)
        body.textOut(text)
        self.canvas.drawText(body)

    def wrap(self, text: str, width: float, *, size: float | None = None, hyphenate: bool = False) -> list[str]:
        """Break the text into lines as typesetters do: as many words as fit; hyphenated at a syllable-like place."""
        measure = lambda words: pdfmetrics.stringWidth(words, self.font, size or self.size)  # noqa: E731
        lines: list[str] = []
        current = ""
        for word in text.split():
            candidate = f"{current} {word}".strip()
            if measure(candidate) <= width:
                current = candidate
                continue
            head, tail = _hyphenate(word) if hyphenate else ("", word)
            if head and measure(f"{current} {head}") <= width:
                lines.append(f"{current} {head}")
                current = tail
            else:
                lines.append(current)
                current = word
        return [*lines, current] if current else lines

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        *,
        hyphenate: bool = False,
        justify: bool = False,
        indent: float = 0,
    ) -> float:
        """Set the paragraph with its first line at y; return the y of the line after it."""
        lines = self.wrap(text, width, hyphenate=hyphenate)
        for k, line in enumerate(lines):
            slack = width - pdfmetrics.stringWidth(line, self.font, self.size)
            stretch = slack / max(line.count(" "), 1) if justify and k < len(lines) - 1 and slack < 0.25 * width else 0
            self.line(x + indent, y, line, space=stretch)
            y -= self.leading
        return y

    def page(self) -> None:
        self.canvas.showPage()

    def save(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def _hyphenate(word: str) -> tuple[str, str]:
    bare = word.rstrip(".,;:")
    if "-" in bare:
        cut = bare.index("-") + 1
        return word[:cut], word[cut:]
    if len(bare) < 9 or not bare.isalpha():
        return "", word
    for cut in range(len(bare) // 2, len(bare) - 3):
        if bare[cut - 1] in "aeiou" and bare[cut] not in "aeiou":
            return word[:cut] + "-", word[cut:]
    return "", word


def _text(rng: random.Random, count: int) -> str:
    return " ".join(rng.sample(SENTENCES, count))


Case = tuple[bytes, list[str]]


def report(rng: random.Random) -> Case:
    """Justified, hard-wrapped, hyphenated pages with running head, page number and headings."""
    sheet = Sheet("Times-Roman", "Times-Bold", 11)
    blocks = ["Report of the Seminar on Maritime Safety"]
    sheet.line(70, 740, blocks[0], size=18, bold=True)
    y = 700.0
    for number in range(1, 4):
        sheet.line(70, 800, "Northern Policy Papers 14", size=8)
        sheet.line(290, 40, f"Page {number} of 3", size=8)
        for heading in ("Introduction", "Discussion", "Outlook")[number - 1 : number]:
            sheet.line(70, y, heading, bold=True, size=13)
            blocks.append(heading)
            y -= 24
        for _ in range(4):
            blocks.append(_text(rng, rng.randint(3, 6)))
            y = sheet.paragraph(70, y, 455, blocks[-1], hyphenate=True, justify=True) - 7
        sheet.page()
        y = 760.0
    return sheet.save(), blocks


def narrow_beside_picture(rng: random.Random) -> Case:
    """A paragraph whose lines get shorter where a picture stands at the right."""
    sheet = Sheet()
    blocks = ["Workshop on Undersea Cables", _text(rng, 6), _text(rng, 3)]
    sheet.line(60, 770, blocks[0], size=16, bold=True)
    words, y, k = blocks[1].split(), 735.0, 0
    while words:
        width = 300 if 3 <= k < 9 else 475
        line = sheet.wrap(" ".join(words), width)[0]
        sheet.line(60, y, line)
        words = words[len(line.split()) :]
        y, k = y - sheet.leading, k + 1
    sheet.canvas.setFillGray(0.7)
    sheet.canvas.rect(385, 620, 150, 75, stroke=0, fill=1)
    sheet.canvas.setFillGray(0)
    sheet.paragraph(60, y - 8, 475, blocks[2])
    return sheet.save(), blocks


def two_columns(rng: random.Random, *, interleaved: bool = False) -> Case:
    """Two justified columns under a full-width title; `interleaved` draws the lines of both in turn."""
    sheet = Sheet("Times-Roman", "Times-Bold", 10)
    blocks = ["Security at Sea: Findings of a Two-Year Project"]
    sheet.line(50, 780, blocks[0], size=17, bold=True)
    columns: list[list[str]] = []
    for _ in range(2):
        lines: list[str] = []
        for _ in range(4):
            blocks.append(_text(rng, 4))
            lines += ["", *sheet.wrap(blocks[-1], 235, hyphenate=True)]
        columns.append(lines[1:])
    steps = [(c, k) for c in (0, 1) for k in range(len(columns[c]))]
    for c, k in sorted(steps, key=lambda step: (step[1], step[0])) if interleaved else steps:
        if columns[c][k]:
            sheet.line(50 + 260 * c, 745 - k * 12.5, columns[c][k])
    return sheet.save(), blocks


def interleaved_columns(rng: random.Random) -> Case:
    return two_columns(rng, interleaved=True)


def _programme(rng: random.Random) -> list[tuple[str, str, list[str]]]:
    return [
        (time, session, [f"{n}, {post}" for n, post in rng.sample(PEOPLE, rng.randint(1, 2))] if k in (1, 2, 4) else [])
        for k, (time, session) in enumerate(zip(TIMES, SESSIONS, strict=True))
    ]


def ruled_programme(rng: random.Random) -> Case:
    """Time, session and speakers in a table with drawn rules; several speakers in a cell."""
    sheet = Sheet(size=9.5)
    blocks = ["Programme of the Autumn Meeting", "Time\tSession\tSpeakers"]
    sheet.line(60, 780, blocks[0], size=15, bold=True)
    x, widths, y = 60, (85, 190, 200), 755.0
    rows = [("Time", "Session", ["Speakers"]), *_programme(rng)]
    for time, session, speakers in rows:
        cells = [
            [time],
            sheet.wrap(session, widths[1] - 10),
            [p for s in speakers for p in sheet.wrap(s, widths[2] - 10)],
        ]
        height = max(map(len, cells)) * 12 + 8
        left = x
        for lines, width in zip(cells, widths, strict=True):
            sheet.canvas.rect(left, y - height, width, height)
            for k, line in enumerate(lines):
                sheet.line(left + 5, y - 13 - 12 * k, line)
            left += width
        y -= height
    blocks[1:] = ["\t".join([t, s, "\n".join(p)]).strip() for t, s, p in rows]
    return sheet.save(), blocks


def borderless_programme(rng: random.Random, *, by_line: bool = False) -> Case:
    """The same without rules; `by_line` draws line by line over all columns, as tabbed text comes."""
    sheet = Sheet(size=10)
    programme = _programme(rng)
    blocks = ["Autumn Meeting on Resilience", "Monday 14 October 2024"]
    blocks += ["\t".join([t, s, "\n".join(p)]).strip() for t, s, p in programme]
    blocks += ["The organisers reserve the right to change the programme."]
    sheet.line(60, 780, blocks[0], size=15, bold=True)
    sheet.line(60, 750, blocks[1], bold=True)
    y, pieces = 725.0, []
    for time, session, speakers in programme:
        cells = [[time], sheet.wrap(session, 180), [part for s in speakers for part in sheet.wrap(s, 190)]]
        for c, lines in enumerate(cells):
            pieces += [(y - 12.5 * k, (60, 150, 345)[c], line, c) for k, line in enumerate(lines)]
        y -= 12.5 * max(map(len, cells)) + 9
    for at, x, line, _ in sorted(pieces, key=lambda p: (-p[0], p[1])) if by_line else pieces:
        sheet.line(x, at, line)
    sheet.line(60, y - 20, blocks[-1])
    return sheet.save(), blocks


def tabbed_programme(rng: random.Random) -> Case:
    return borderless_programme(rng, by_line=True)


def invitation(rng: random.Random) -> Case:
    """Labels with values behind a tab, bullets, a hard-broken address and prose."""
    sheet = Sheet()
    blocks = ["Invitation to a Public Lecture", _text(rng, 2)]
    sheet.line(60, 780, blocks[0], size=16, bold=True)
    y = sheet.paragraph(60, 750, 470, blocks[1]) - 10
    facts = [
        ("Date:", "Tuesday 5 November 2024"),
        ("Time:", "18:30 to 20:00"),
        ("Venue:", "Aula Magna, 12 Harbour Street, Uppvall"),
    ]
    for label, value in facts:
        sheet.line(60, y, label, bold=True)
        sheet.line(130, y, value)
        blocks.append(f"{label}\t{value}")
        y -= 16
    blocks.append("The lecture will treat three questions:")
    sheet.line(60, y - 6, blocks[-1])
    y -= 26
    for sentence in rng.sample(SENTENCES, 3):
        sheet.line(66, y, "•")
        y = sheet.paragraph(80, y, 440, sentence) - 3
        blocks.append(sentence)
    for part in ("Institute for Northern Policy", "12 Harbour Street", "Uppvall"):
        sheet.line(60, y - 14, part)
        blocks.append(part)
        y -= sheet.leading
    return sheet.save(), blocks


def speaker_cards(rng: random.Random) -> Case:
    """A flyer: three cards side by side, each a name over a post."""
    sheet = Sheet(size=10)
    blocks = ["Meet the Speakers"]
    sheet.line(50, 780, blocks[0], size=20, bold=True)
    for k, (name, post) in enumerate(rng.sample(PEOPLE, 6)):
        x, y = 50 + 170 * (k % 3), 720 - 90 * (k // 3)
        sheet.line(x, y, name, bold=True, size=11)
        sheet.paragraph(x, y - 14, 150, post)
        blocks += [name, post]
    return sheet.save(), blocks


def participants(rng: random.Random) -> Case:
    """A list of participants in three columns without rules or times."""
    sheet = Sheet(size=9.5)
    blocks = ["List of Participants"]
    sheet.line(60, 780, blocks[0], size=15, bold=True)
    y = 750.0
    for name, post in rng.sample(PEOPLE, 6):
        role, body = post.split(", ")
        for x, text in ((60, name), (190, role), (350, body)):
            sheet.line(x, y, text)
        blocks.append(f"{name}\t{role}\t{body}")
        y -= 15
    return sheet.save(), blocks


def footnotes(rng: random.Random) -> Case:
    """Two pages; a sentence runs over the page break, with a footnote in small type between."""
    sheet = Sheet("Times-Roman", "Times-Bold", 11)
    body = _text(rng, 10)
    lines = sheet.wrap(body, 450)
    half = len(lines) // 2
    sheet.line(70, 770, "A Note on Common Equipment", size=16, bold=True)
    note = "1 See the annual survey of the institute, chapter four."
    for k, line in enumerate(lines[:half]):
        sheet.line(70, 735 - 14 * k, line)
    sheet.line(70, 90, note, size=8)
    sheet.page()
    for k, line in enumerate(lines[half:]):
        sheet.line(70, 770 - 14 * k, line)
    return sheet.save(), ["A Note on Common Equipment", body, note]


def without_space_glyphs(rng: random.Random) -> Case:
    """Words placed one by one: the file holds no blank at all."""
    sheet = Sheet("Times-Roman", "Times-Bold", 11)
    blocks = ["Statement of the Chair", _text(rng, 5)]
    y = 760.0
    for text, size in zip(blocks, (16, 11), strict=True):
        for line in sheet.wrap(text, 440, size=size):
            x = 70.0
            for word in line.split():
                sheet.line(x, y, word, size=size)
                x += pdfmetrics.stringWidth(word, sheet.font, size) + 0.25 * size
            y -= 1.25 * size
        y -= 12
    return sheet.save(), blocks


def drawn_out_of_order(rng: random.Random) -> Case:
    """One column whose text boxes stand in the file in the wrong order, title last."""
    sheet = Sheet()
    blocks = ["Notice of a Change of Venue", *(_text(rng, 3) for _ in range(3))]
    starts = (770.0, 735.0, 620.0, 505.0)
    for k in (2, 1, 3):
        sheet.paragraph(60, starts[k], 470, blocks[k])
    sheet.line(60, starts[0], blocks[0], size=16, bold=True)
    return sheet.save(), blocks


def rotated(rng: random.Random) -> Case:
    """A landscape page stored upright with /Rotate 90."""
    sheet = Sheet()
    blocks = ["Schedule of the Regional Meetings", _text(rng, 4)]
    sheet.canvas.setPageRotation(90)
    sheet.canvas.translate(WIDTH, 0)
    sheet.canvas.rotate(90)
    sheet.line(60, 540, blocks[0], size=16, bold=True)
    sheet.paragraph(60, 505, 700, blocks[1])
    return sheet.save(), blocks


LAYOUTS: tuple[Callable[[random.Random], Case], ...] = (
    report,
    narrow_beside_picture,
    two_columns,
    interleaved_columns,
    ruled_programme,
    borderless_programme,
    tabbed_programme,
    invitation,
    speaker_cards,
    participants,
    footnotes,
    without_space_glyphs,
    drawn_out_of_order,
    rotated,
)


def make_cases(seeds: range = range(3)) -> Iterator[tuple[str, bytes, list[str]]]:
    """Yield (layout, PDF, blocks) for each layout and seed."""
    for layout in LAYOUTS:
        for seed in seeds:
            yield layout.__name__, *layout(random.Random(f"{layout.__name__}-{seed}"))
