"""Writes the PDF, Word and mail documents of the sample corpus from the plain texts in data/sources.

    uv run python data/make_corpus.py [OUT]        (OUT: data/raw)

HTML, Markdown and text documents are their own source and stand in data/raw as they are.  Every run gives
the same bytes on every machine: fixed dates, no embedded fonts, nothing compressed (zlib builds differ).

A source is a head of `key: value` lines, an empty line, then light markup: `# title`, `## heading`, `- item`,
`| cell | cell |`; a mail has parts that begin with `=== plain`, `=== html` or `=== calendar NAME`.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from itertools import groupby
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

HERE = Path(__file__).resolve().parent
REPORTLAB_DATE = b"D:20000101000000"  # what reportlab writes when it is told to give the same bytes each time
ZIP_DATE = (2025, 1, 1, 0, 0, 0)
LINES_PER_PAGE = 30  # short pages, so that the running heads of one document fall between its sentences

BODY = ParagraphStyle("body", fontName="Times-Roman", fontSize=10.5, leading=13.5, spaceAfter=6)
STYLES = {
    "title": ParagraphStyle("title", BODY, fontName="Helvetica-Bold", fontSize=17, leading=21, spaceAfter=10),
    "heading": ParagraphStyle("heading", BODY, fontName="Helvetica-Bold", fontSize=12, leading=15, spaceBefore=8),
    "item": ParagraphStyle("item", BODY, leftIndent=14, bulletIndent=2, spaceAfter=2),
    "line": ParagraphStyle("line", BODY, spaceAfter=1),
    "cell": ParagraphStyle("cell", BODY, fontSize=9.5, leading=12, spaceAfter=0),
}

Block = tuple[str, list[str]]


def head_and_body(source: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines before the first empty line (or `===` line), and the rest."""
    lines = source.splitlines()
    end = next(i for i, line in enumerate(lines) if not line.strip() or line.startswith("==="))
    return dict(line.split(": ", 1) for line in lines[:end]), "\n".join(lines[end:]).strip("\n")


def kind_of(line: str) -> str:
    marks = {"# ": "title", "## ": "heading", "- ": "item", "| ": "table"}
    return next((kind for mark, kind in marks.items() if line.startswith(mark)), "line" if line.strip() else "")


def blocks(body: str) -> Iterator[Block]:
    """Runs of lines of one kind, without their marks; each line of a `line` block is a line of its own."""
    for kind, run in groupby(body.splitlines(), kind_of):
        if kind == "table":
            yield kind, [line.strip().strip("|") for line in run]
        elif kind:
            yield kind, [line.lstrip("#- ") if kind != "line" else line for line in run]


def cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.split("|")]


# --- PDF ---------------------------------------------------------------------------------------------------------


def ruled_table(rows: list[str], columns: list[float]) -> Table:
    grid = [[Paragraph(cell.replace("; ", "<br/>"), STYLES["cell"]) for cell in cells(row)] for row in rows]
    table = Table(grid, colWidths=[width * cm for width in columns])
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return table


def flowables(body: str, columns: list[float]) -> Iterator[Flowable]:
    for kind, lines in blocks(body):
        if kind == "table":
            yield ruled_table(lines, columns)
            yield Spacer(1, 8)
            continue
        for line in lines:
            yield Paragraph(line, STYLES[kind], bulletText="•" if kind == "item" else None)
        if kind == "line":
            yield Spacer(1, 5)


def laid_out_pdf(head: dict[str, str], body: str) -> bytes:
    """One column, or two below a title over the whole width (`layout: two_columns`)."""
    out, (width, height), margin = io.BytesIO(), A4, 2 * cm
    inner, top, gap = width - 2 * margin, 3.4 * cm, 0.8 * cm
    pdf = BaseDocTemplate(out, pagesize=A4, title=head["title"], author=head["author"], invariant=1, pageCompression=0)
    if head["layout"] == "two_columns":
        column = (inner - gap) / 2
        low = height - 2 * margin - top
        frames = [
            Frame(margin, height - margin - top, inner, top, id="top"),
            Frame(margin, margin, column, low, id="left"),
            Frame(margin + column + gap, margin, column, low, id="right"),
        ]
    else:
        frames = [Frame(margin, margin, inner, height - 2 * margin, id="page")]
    pdf.addPageTemplates(PageTemplate(frames=frames))
    pdf.build(list(flowables(body, [float(c) for c in head.get("columns", "").split()])))
    return out.getvalue()


def hard_wrapped_pdf(head: dict[str, str], body: str) -> bytes:
    """Every source line is a line of the page; a running head above, a page number below."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=0)
    canvas.setTitle(head["title"])
    canvas.setAuthor(head["author"])
    lines = body.splitlines()
    for number, start in enumerate(range(0, len(lines), LINES_PER_PAGE), 1):
        canvas.setFont("Helvetica-Oblique", 8)
        canvas.drawString(2.5 * cm, A4[1] - 1.5 * cm, head["running_head"])
        canvas.drawCentredString(A4[0] / 2, 1.5 * cm, f"– {number} –")
        for i, line in enumerate(lines[start : start + LINES_PER_PAGE]):
            canvas.setFont(*(("Helvetica-Bold", 14) if number == 1 and i < 2 else ("Times-Roman", 11)))
            canvas.drawString(2.5 * cm, A4[1] - 3 * cm - i * 20, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_bytes(source: str) -> bytes:
    head, body = head_and_body(source)
    pdf = (hard_wrapped_pdf if head["layout"] == "hard_wrapped" else laid_out_pdf)(head, body)
    # a date of the same length, so that the offsets in the file's index still hold
    return pdf.replace(REPORTLAB_DATE, b"D:" + head["written"].replace("-", "").encode() + b"000000")


# --- Word --------------------------------------------------------------------------------------------------------


def with_fixed_dates(archive: bytes) -> bytes:
    """The same archive with every member stored uncompressed under one date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_DATE), old.read(name))
    return out.getvalue()


def slim_document() -> WordDocument:
    """An empty Word document without the hundred table styles and the thumbnail of the default template (0.8 MB)."""
    word = Document()
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in {"Normal Table", "Table Grid"}:
            style.delete()
    for rels in (word.part.rels, word.part.package.rels):
        for rel in [key for key, rel in rels.items() if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del rels[rel]
    return word


def docx_bytes(source: str) -> bytes:
    head, body = head_and_body(source)
    word, out = slim_document(), io.BytesIO()
    properties = word.core_properties
    properties.title, properties.author = head["title"], head["author"]
    properties.created = properties.modified = datetime.fromisoformat(head["written"])
    properties.comments = ""
    for kind, lines in blocks(body):
        if kind == "table":
            rows = [cells(line) for line in lines]
            table = word.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
            for row in rows:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
            continue
        for line in lines:
            match kind:
                case "title":
                    word.add_heading(line, level=0)
                case "heading":
                    word.add_heading(line, level=1)
                case "item":
                    word.add_paragraph(line, style="List Bullet")
                case _:
                    word.add_paragraph(line)
    word.save(out)
    return with_fixed_dates(out.getvalue())


# --- mail --------------------------------------------------------------------------------------------------------


def mail_parts(body: str) -> Iterator[tuple[str, str, str]]:
    """(kind, file name or '', text) of each part."""
    for part in body.split("=== ")[1:]:
        label, text = part.split("\n", 1)
        kind, _, name = label.partition(" ")
        yield kind, name, text


def eml_bytes(source: str) -> bytes:
    head, body = head_and_body(source)
    mail = EmailMessage()
    for key, value in head.items():
        mail[key] = value
    for kind, name, text in mail_parts(body):
        match kind:
            case "plain":
                mail.set_content(text, cte="quoted-printable")
            case "html":
                mail.add_alternative(text, subtype="html", cte="quoted-printable")
            case _:
                crlf = text.strip("\n").replace("\n", "\r\n") + "\r\n"
                mail.add_attachment(crlf.encode(), maintype="text", subtype="calendar", filename=name)
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"==part-{number}==")
    return mail.as_bytes(policy=SMTP)


WRITERS = {".pdf": pdf_bytes, ".docx": docx_bytes, ".eml": eml_bytes}


def make_corpus(out: Path, sources: Path = HERE / "sources") -> list[Path]:
    """Writes every document that has a source (`sources/NAME.pdf.txt` gives `out/NAME.pdf`)."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for path in sorted(sources.glob("*.txt")):
        target = out / path.stem
        target.write_bytes(WRITERS[target.suffix](path.read_text(encoding="utf-8")))
        written.append(target)
    return written


if __name__ == "__main__":
    for document in make_corpus(Path(sys.argv[1]) if sys.argv[1:] else HERE / "raw"):
        print(document)
