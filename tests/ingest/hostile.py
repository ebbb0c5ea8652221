# ruff: noqa: E501 - payloads read better on one line
"""Broken, odd and malicious files, made by code: each entry of HOSTILE is a name and a function that makes its bytes.

Everything here is small on disk; what it asks a reader to do is not.
"""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Sequence
from email.message import EmailMessage

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

Maker = Callable[[], bytes]
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
HELLO = b"BT /F1 12 Tf 72 700 Td (The seminar takes place in the town hall on 4 May 2024.) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: Sequence[bytes], trailer: bytes = b"", *, header: bytes = HEADER) -> bytes:
    """Return a file of the numbered objects (from 1; object 1 is the catalog) with a correct cross-reference table."""
    out = bytearray(header)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"", length: int | None = None) -> bytes:
    """Return a stream object's body."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data) if length is None else length, extra, data)


def page_pdf(
    content: bytes = HELLO,
    *,
    page: bytes = b"",
    box: bytes = b"/MediaBox[0 0 595 842]",
    contents: bytes | None = None,
    font: bytes = FONT,
    resources: bytes = b"",
    more: Sequence[bytes] = (),
    catalog: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """Return a one-page file: 1 catalog, 2 pages, 3 page, 4 content, 5 font, 6 and up `more`."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>%s>>%s>>"
            % (box, resources, page),
            stream(content) if contents is None else contents,
            font,
            *more,
        ],
        trailer,
    )


def good_pdf(pages: int = 3, encrypt: StandardEncryption | None = None) -> bytes:
    """Return an ordinary report, the raw material of cuts and mutations."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1, encrypt=encrypt)
    canvas.setTitle("Report of the working group")
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 11)
        for line in range(40):
            canvas.drawString(72, 770 - 16 * line, f"Line {line} of page {number}: the working group met in Uppvall.")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _cut(share: float) -> Maker:
    return lambda: good_pdf()[: int(len(good_pdf()) * share)]


def _flate(data: bytes, rounds: int = 1) -> bytes:
    for _ in range(rounds):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter[%s]" % (b"/FlateDecode" * rounds))


def _flate_of_zeros(size: int) -> bytes:
    packer = zlib.compressobj(9)
    block = b" " * (1 << 20)
    return b"".join([*(packer.compress(block) for _ in range(size >> 20)), packer.flush()])


def flate_bomb() -> bytes:
    return page_pdf(contents=stream(_flate_of_zeros(1 << 30), b"/Filter/FlateDecode"))


def nested_flate_bomb() -> bytes:
    inner = zlib.compress(_flate_of_zeros(1 << 30), 9)
    return page_pdf(contents=stream(inner, b"/Filter[/FlateDecode/FlateDecode]"))


def recursive_form() -> bytes:
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</XObject<</X 6 0 R>>>>")
    return page_pdf(HELLO + b" /X Do", resources=b"/XObject<</X 6 0 R>>", more=[form])


def exponential_forms() -> bytes:
    """Ten levels, each drawing the next ten times: 10^10 lines of text from 3 kB."""
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 500 500]/Resources<</Font<</F1 5 0 R>>/XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do " * 10, head % (7 + level)) for level in range(10)]
    return page_pdf(b"/X Do", resources=b"/XObject<</X 6 0 R>>", more=[*forms, stream(HELLO, head % 16)])


def bfrange_bomb() -> bytes:
    ranges = b"begincmap 1 begincodespacerange <00000000> <ffffffff> endcodespacerange\n"
    ranges += b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange endcmap"
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R"
        b"/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>"
        b"/DW 500>>]>>"
    )
    return page_pdf(b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET", font=font, more=[stream(ranges)])


def many_pages(count: int = 10_000) -> bytes:
    """Ten thousand pages that share one content stream."""
    kids = b" ".join(b"%d 0 R" % (number + 5) for number in range(count))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>>>" % (kids, count),
        stream(HELLO),
        FONT,
        *[b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>"] * count,
    ]
    return pdf(objects)


def kids_loop() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"])


def deep_page_tree(depth: int = 20_000) -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 3) for number in range(depth)]
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, b"<</Type/Page/MediaBox[0 0 595 842]>>"])


def count_lie(count: bytes) -> Maker:
    return lambda: good_pdf().replace(b"/Count 3", b"/Count " + count)


def shifted_xref() -> bytes:
    data = bytearray(good_pdf())
    for place in range(data.rindex(b"xref", 0, data.rindex(b"startxref")), data.rindex(b"trailer")):
        if data[place : place + 1].isdigit():
            data[place] = ord("7")
    return bytes(data)


def prev_loop() -> bytes:
    data = page_pdf()
    start = data.rindex(b"xref", 0, data.rindex(b"startxref"))
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def encrypted(user: str) -> Maker:
    return lambda: good_pdf(encrypt=StandardEncryption(user, ownerPassword="owner", canPrint=0))


def huge_image() -> bytes:
    image = stream(
        b"\x00" * 100, b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    )
    return page_pdf(b"q 595 0 0 842 0 0 cm /I Do Q", resources=b"/XObject<</I 6 0 R>>", more=[image])


def garbage_image(codec: bytes) -> Maker:
    def make() -> bytes:
        noise = random.Random(4).randbytes(3000)
        extra = (
            b"/Type/XObject/Subtype/Image/Width 300/Height 300/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/" + codec
        )
        return page_pdf(b"q 595 0 0 842 0 0 cm /I Do Q", resources=b"/XObject<</I 6 0 R>>", more=[stream(noise, extra)])

    return make


def grid(lines: int) -> Maker:
    """A page of crossing lines, a table of `lines` x `lines` empty cells as far as a reader can tell."""

    def make() -> bytes:
        step = 500 / lines
        strokes = [b"%.3f 50 m %.3f 550 l S" % (50 + k * step, 50 + k * step) for k in range(lines)]
        strokes += [b"50 %.3f m 550 %.3f l S" % (50 + k * step, 50 + k * step) for k in range(lines)]
        return page_pdf(HELLO + b"\n" + b"\n".join(strokes))

    return make


def many_words(count: int) -> Maker:
    return lambda: page_pdf(
        b"BT /F1 4 Tf "
        + b" ".join(b"1 0 0 1 %d %d Tm (word) Tj" % (k * 7 % 590, k * 3 % 840) for k in range(count))
        + b" ET"
    )


def nested(opening: bytes, closing: bytes, depth: int = 50_000) -> Maker:
    return lambda: page_pdf(page=b"/Extra " + opening * depth + closing * depth)


def annotation(body: bytes) -> Maker:
    return lambda: page_pdf(page=b"/Annots[<</Type/Annot/Subtype/Link/Rect[70 690 400 720]%s>>]" % body)


def font_without_map() -> bytes:
    """Glyph numbers shown through a font that says nothing of characters."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
        b"/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 500>>]>>"
    )
    glyphs = "".join(f"{number:04x}" for number in range(3, 60)).encode()
    return page_pdf(b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % glyphs, font=font)


PDFS: dict[str, Maker] = {
    "empty.pdf": lambda: b"",
    "header-only.pdf": lambda: HEADER,
    "zeros.pdf": lambda: bytes(10_000),
    "noise.pdf": lambda: random.Random(1).randbytes(20_000),
    "html-named.pdf": lambda: b"<!DOCTYPE html><html><body><p>Page not found on this server.</p></body></html>",
    "text-named.pdf": lambda: b"The seminar takes place in the town hall on 4 May 2024.\n",
    **{f"cut-at-{share}-percent.pdf": _cut(share / 100) for share in (1, 5, 10, 25, 50, 75, 90, 95, 99)},
    "no-xref.pdf": lambda: good_pdf()[: good_pdf().rindex(b"xref\n0")],
    "no-trailer.pdf": lambda: good_pdf()[: good_pdf().rindex(b"trailer")],
    "no-end.pdf": lambda: page_pdf()[: page_pdf().rindex(b"xref\n0")],
    "startxref-far.pdf": lambda: page_pdf().replace(b"startxref\n", b"startxref\n99999"),
    "startxref-negative.pdf": lambda: page_pdf().replace(b"startxref\n", b"startxref\n-"),
    "xref-shifted.pdf": shifted_xref,
    "xref-prev-loop.pdf": prev_loop,
    "junk-before-1000.pdf": lambda: b"\x00junk" * 200 + good_pdf(),
    "junk-before-5000.pdf": lambda: b"\x00junk" * 1000 + good_pdf(),
    "junk-after.pdf": lambda: good_pdf() + b"\x00junk" * 5000,
    "twice.pdf": lambda: good_pdf() + good_pdf(1),
    "line-ends-changed.pdf": lambda: good_pdf().replace(b"\n", b"\r\n"),
    "as-text-utf8.pdf": lambda: good_pdf().decode("latin-1").encode(),
    "user-password.pdf": encrypted("secret"),
    "owner-password.pdf": encrypted(""),
    "encrypt-broken.pdf": lambda: page_pdf(trailer=b"/Encrypt<</Filter/Standard/V 9/R 9/O()/U()/P 0>>"),
    "count-huge.pdf": count_lie(b"2147483647"),
    "count-negative.pdf": count_lie(b"-3"),
    "count-zero.pdf": count_lie(b"0"),
    "kids-loop.pdf": kids_loop,
    "deep-page-tree.pdf": deep_page_tree,
    "many-pages.pdf": many_pages,
    "no-catalog.pdf": lambda: page_pdf().replace(b"/Root 1 0 R", b"/Root 99 0 R"),
    "flate-bomb.pdf": flate_bomb,
    "flate-bomb-nested.pdf": nested_flate_bomb,
    "form-recursive.pdf": recursive_form,
    "form-exponential.pdf": exponential_forms,
    "bfrange-bomb.pdf": bfrange_bomb,
    "box-huge.pdf": lambda: page_pdf(box=b"/MediaBox[0 0 1000000000 1000000000]"),
    "box-empty.pdf": lambda: page_pdf(box=b"/MediaBox[0 0 0 0]"),
    "box-negative.pdf": lambda: page_pdf(box=b"/MediaBox[595 842 -10 -10]"),
    "box-words.pdf": lambda: page_pdf(box=b"/MediaBox[/a (b) null true]"),
    "box-missing.pdf": lambda: page_pdf(box=b""),
    "box-self.pdf": lambda: page_pdf(box=b"/MediaBox 3 0 R"),
    "crop-outside.pdf": lambda: page_pdf(page=b"/CropBox[9000 9000 9100 9100]"),
    "user-unit-huge.pdf": lambda: page_pdf(page=b"/UserUnit 1e30"),
    "rotate-odd.pdf": lambda: page_pdf(page=b"/Rotate 37"),
    "rotate-huge.pdf": lambda: page_pdf(page=b"/Rotate 99999999990"),
    "contents-missing.pdf": lambda: page_pdf(contents=b"null"),
    "contents-self.pdf": lambda: page_pdf(contents=b"4 0 R"),
    "contents-array.pdf": lambda: page_pdf(contents=b"[" + b"6 0 R " * 20_000 + b"]", more=[stream(HELLO)]),
    "content-noise.pdf": lambda: page_pdf(random.Random(2).randbytes(50_000)),
    "length-too-long.pdf": lambda: page_pdf(contents=stream(HELLO, length=10**9)),
    "length-negative.pdf": lambda: page_pdf(contents=stream(HELLO, length=-5)),
    "length-loop.pdf": lambda: page_pdf(contents=b"<</Length 4 0 R>>\nstream\n" + HELLO + b"\nendstream"),
    "stream-unended.pdf": lambda: page_pdf(contents=b"<</Length 50>>\nstream\n" + HELLO),
    "string-unended.pdf": lambda: page_pdf(b"BT /F1 12 Tf 72 700 Td (never ends Tj ET" + b"(" * 10_000),
    "filter-unknown.pdf": lambda: page_pdf(contents=stream(HELLO, b"/Filter/NoSuchDecode")),
    "filter-chain.pdf": lambda: page_pdf(contents=_flate(HELLO, rounds=300)),
    "filter-noise.pdf": lambda: page_pdf(contents=stream(random.Random(3).randbytes(5000), b"/Filter/FlateDecode")),
    "nested-arrays.pdf": nested(b"[", b"]"),
    "nested-dictionaries.pdf": nested(b"<</A ", b">>"),
    "nested-quotes.pdf": lambda: page_pdf(b"q " * 100_000 + HELLO),
    "font-missing.pdf": lambda: page_pdf(font=b"null"),
    "font-empty.pdf": lambda: page_pdf(font=b"<<>>"),
    "font-self.pdf": lambda: page_pdf(font=b"<</Type/Font/Subtype/Type0/DescendantFonts[5 0 R]>>"),
    "font-size-huge.pdf": lambda: page_pdf(HELLO.replace(b" 12 Tf", b" 1e30 Tf")),
    "font-size-zero.pdf": lambda: page_pdf(HELLO.replace(b" 12 Tf", b" 0 Tf")),
    "matrix-infinite.pdf": lambda: page_pdf(b"1e38 0 0 1e38 1e38 1e38 cm " + HELLO),
    "matrix-zero.pdf": lambda: page_pdf(b"0 0 0 0 0 0 cm " + HELLO),
    "font-without-map.pdf": font_without_map,
    "one-long-line.pdf": lambda: page_pdf(b"BT /F1 1 Tf 0 700 Td (" + b"word " * 60_000 + b") Tj ET"),
    "many-words.pdf": many_words(100_000),
    "grid-100.pdf": grid(100),
    "grid-1000.pdf": grid(1000),
    "many-boxes.pdf": lambda: page_pdf(HELLO + b"\n".join(b" %d %d 3 3 re f" % (k % 590, k % 840) for k in range(200_000))),
    "image-huge.pdf": huge_image,
    **{f"image-{codec}.pdf": garbage_image(codec.encode()) for codec in ("JBIG2Decode", "DCTDecode", "JPXDecode", "CCITTFaxDecode")},
    "image-only.pdf": garbage_image(b"ASCIIHexDecode"),
    "blank.pdf": lambda: page_pdf(b""),
    "white-on-white.pdf": lambda: page_pdf(b"1 1 1 rg " + HELLO),
    "unpainted-text.pdf": lambda: page_pdf(b"3 Tr " + HELLO.replace(b"BT", b"BT 3 Tr")),
    "off-page.pdf": lambda: page_pdf(HELLO.replace(b"72 700", b"7000 7000")),
    "too-small.pdf": lambda: page_pdf(HELLO.replace(b" 12 Tf", b" 0.2 Tf")),
    "javascript.pdf": lambda: page_pdf(catalog=b"/OpenAction<</S/JavaScript/JS(while(true){})>>"),
    "launch.pdf": lambda: page_pdf(catalog=b"/OpenAction<</S/Launch/F(/bin/sh)>>"),
    "link-file.pdf": annotation(b"/A<</S/URI/URI(file:///etc/passwd)>>"),
    "link-long.pdf": annotation(b"/A<</S/URI/URI(http://example.org/" + b"a" * 200_000 + b")>>"),
    "link-loop.pdf": annotation(b"/A 3 0 R/Dest 3 0 R"),
    "goto-remote.pdf": annotation(b"/A<</S/GoToR/F(\\\\\\\\host\\\\share)/D[0/Fit]>>"),
    "annotations-many.pdf": lambda: page_pdf(page=b"/Annots[" + b"<</Subtype/Link/Rect[0 0 9 9]>>" * 50_000 + b"]"),
    "outline-loop.pdf": lambda: page_pdf(catalog=b"/Outlines 6 0 R", more=[b"<</First 6 0 R/Next 6 0 R/Last 6 0 R/Count 1>>"]),
    "form-xfa.pdf": lambda: page_pdf(catalog=b"/AcroForm<</XFA 6 0 R/Fields[]>>", more=[stream(b"<xdp:xdp>")]),
    "form-fields-loop.pdf": lambda: page_pdf(catalog=b"/AcroForm<</Fields[6 0 R]>>", more=[b"<</T(a)/Kids[6 0 R]/FT/Tx>>"]),
    "attachment.pdf": lambda: page_pdf(
        catalog=b"/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>>>",
        more=[b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>", stream(b"MZ")],
    ),
    "info-noise.pdf": lambda: page_pdf(trailer=b"/Info<</Title(\xfe\xff\xd8\x00\x00)/CreationDate(D:99999999)/Author 5 0 R>>"),
    "info-loop.pdf": lambda: page_pdf(trailer=b"/Info 6 0 R", more=[b"<</Title 6 0 R>>"]),
    "object-stream-loop.pdf": lambda: page_pdf(more=[stream(b"1 0 <<>>", b"/Type/ObjStm/N 99999999/First 4/Extends 6 0 R")]),
    "control-characters.pdf": lambda: page_pdf(HELLO.replace(b"seminar", b"se\\000mi\\001nar\\033\\177")),
}  # fmt: skip


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


_WORD = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = b"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
_RELS = b"""<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"""


def docx(body: bytes, prolog: bytes = b"", **more: bytes) -> bytes:
    """Return a Word file with the given XML in its body."""
    document = b'<?xml version="1.0"?>%s<w:document %s><w:body>%s</w:body></w:document>' % (prolog, _WORD, body)
    return _zip({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, "word/document.xml": document, **more})


def _paragraph(text: bytes) -> bytes:
    return b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>" % text


def macro_docx() -> bytes:
    """Return a Word file that brings macros along (.docm)."""
    types = _TYPES.replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"
    )
    text = _paragraph(b"The seminar takes place in the town hall on 4 May 2024.")
    parts = {"[Content_Types].xml": types, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)}
    return docx(text, **parts)


def remote_picture_docx(address: str) -> bytes:
    """Return a Word file with a picture that lies at a web address, and a template that does."""
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s"
    relations = b"".join(
        b'<Relationship Id="x%d" Type="%s" Target="%s/%d" TargetMode="External"/>'
        % (k, kind % name, address.encode(), k)
        for k, name in enumerate((b"image", b"attachedTemplate"))
    )
    picture = (
        b'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        b'<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        b'<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip '
        b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:link="x0"/></pic:blipFill>'
        b"</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    rels = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
    text = _paragraph(b"The seminar takes place in the town hall on 4 May 2024.")
    return docx(text + picture, **{"word/_rels/document.xml.rels": rels % relations})


_LAUGHS = b"<!DOCTYPE w [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (ord("b") + k, b"&%c;" % (ord("a") + k) * 10) for k in range(10)
)


def nested_mail(depth: int = 200) -> bytes:
    """Return a message in a message in a message …, as text: the standard library's own builder would recurse."""
    parts = [
        f'Content-Type: multipart/mixed; boundary="b{k}"\r\nSubject: level {k}\r\n\r\n--b{k}\r\n'
        f"Content-Type: message/rfc822\r\n\r\n"
        for k in range(depth)
    ]
    return (
        "From: a@example.org\r\n" + "".join(parts) + "Content-Type: text/plain\r\n\r\nThe innermost text.\r\n"
    ).encode()


def mail_with(attachment: bytes, name: str) -> bytes:
    """Return a message with one attachment."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Programme"
    message.set_content("The programme of the seminar is attached.")
    message.add_attachment(attachment, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def zip_with_link() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def zip_in_zip(depth: int = 30) -> bytes:
    data = _zip({"note.txt": b"The seminar takes place in the town hall on 4 May 2024."})
    for _ in range(depth):
        data = _zip({"inner.zip": data})
    return data


OTHERS: dict[str, Maker] = {
    "zip-slip.zip": lambda: _zip({"../../../tmp/slip.txt": b"The seminar takes place in the town hall on 4 May 2024."}),
    "zip-absolute.zip": lambda: _zip({"/etc/slip.txt": b"The seminar takes place in the town hall on 4 May 2024."}),
    "zip-link.zip": zip_with_link,
    "zip-bomb.zip": lambda: _zip({"zeros.txt": bytes(300 << 20)}),
    "zip-in-zip.zip": zip_in_zip,
    "zip-many.zip": lambda: _zip({f"{k}.txt": b"A note on the seminar in Uppvall." for k in range(5000)}),
    "zip-cut.zip": lambda: zip_in_zip(3)[:-30],
    "zip-empty.zip": lambda: _zip({}),
    "laughs.docx": lambda: docx(_paragraph(b"&k;"), _LAUGHS),
    "external-entity.docx": lambda: docx(_paragraph(b"&x;"), b"<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"),
    "deep.docx": lambda: docx(b"<w:sdt><w:sdtContent>" * 20_000 + b"</w:sdtContent></w:sdt>" * 20_000),
    "bomb.docx": lambda: docx(_paragraph(b" " * (300 << 20))),
    "macro.docm": macro_docx,
    "no-document.docx": lambda: _zip({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS}),
    "cut.docx": lambda: docx(_paragraph(b"A note on the seminar.")).replace(b"PK\x01\x02", b"PK\x09\x09"),
    "broken-xml.docx": lambda: docx(b"<w:p><w:r><w:t>A note on the seminar in Uppvall"),
    "deep-div.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"A note on the seminar in Uppvall.",
    "deep-tables.html": lambda: b"<html><body>" + b"<table><tr><td>" * 3000 + b"A note on the seminar in Uppvall.",
    "many-links.html": lambda: b"<html><body>" + b'<a href="/x">more news</a> ' * 100_000 + b"</body></html>",
    "row-spans.html": lambda: b"<html><body><table><tr>" + b"<td rowspan=9999>Uppvall" * 3000 + b"<tr><td>a" * 20_000,
    "one-attribute.html": lambda: b'<html><body><p title="' + b"a" * 5_000_000 + b'">A note on the seminar.</p>',
    "unclosed-comment.html": lambda: b"<html><body><p>A note on the seminar in Uppvall.</p><!-- " + b"-" * 2_000_000,
    "script-only.html": lambda: b"<html><body><script>" + b"var a = 1;" * 1000 + b"</script></body></html>",
    "utf-16-odd.html": lambda: b"\xff\xfe" + "<html><body><p>A note on the seminar.</p>".encode("utf-16-le") + b"\x00",
    "json-ld-deep.html": lambda: b'<html><body><p>A note.</p><script type="application/ld+json">' + b"[" * 100_000 + b"</script>",
    "deep.eml": nested_mail,
    "attached-bomb.eml": lambda: mail_with(_zip({"zeros.txt": bytes(300 << 20)}), "programme.zip"),
    "attached-broken.eml": lambda: mail_with(good_pdf()[:500], "programme.pdf"),
    "bad-charset.eml": lambda: b"Subject: Note\r\nContent-Type: text/plain; charset=no-such\r\n\r\nA note on the seminar.\r\n",
    "bad-base64.eml": lambda: b"Subject: Note\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!=A=\r\n",
    "cut.ics": lambda: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Seminar\r\nDTSTART:2024",
    "repeat-for-ever.ics": lambda: b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Seminar in Uppvall\r\n"
    b"DTSTART:20240504T090000Z\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    "deep.rtf": lambda: b"{\\rtf1 " + b"{" * 100_000 + b"A note on the seminar." + b"}" * 100_001,
    "picture.rtf": lambda: b"{\\rtf1 A note on the seminar in Uppvall.{\\pict\\pngblip " + b"0f" * 3_000_000 + b"}}",
    "binary.txt": lambda: random.Random(5).randbytes(30_000),
    "one-line.txt": lambda: b"seminar " * 500_000,
    "brackets.md": lambda: b"[" * 50_000 + b"](" * 50_000,
    "quotes.md": lambda: b">" * 20_000 + b" A note on the seminar.",
    "front-matter-laughs.md": lambda: b"---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + b"".join(b"%c: &%c [%s]\n" % (98 + k, 98 + k, b",".join([b"*%c" % (97 + k)] * 9)) for k in range(9))
    + b"---\nA note on the seminar in Uppvall.\n",
    "nul.txt": lambda: b"\x00" * 1000 + b"A note on the seminar in Uppvall.",
}  # fmt: skip

HOSTILE: dict[str, Maker] = PDFS | OTHERS


def mutate(data: bytes, seed: int) -> bytes:
    """Return the bytes damaged at places the seed decides: cut, flipped, zeroed, doubled, swapped."""
    rng = random.Random(seed)
    out = bytearray(data)
    if len(out) < 4:
        return data
    kind = seed % 5
    if kind == 0:
        return bytes(out[: rng.randrange(1, len(out))])
    if kind == 1:
        for _ in range(rng.randint(1, max(len(out) // 200, 2))):
            out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
        return bytes(out)
    start = rng.randrange(len(out))
    end = min(len(out), start + rng.randint(1, max(len(out) // 10, 2)))
    if kind == 2:
        out[start:end] = bytes(end - start)
    elif kind == 3:
        out[start:start] = out[start:end]
    else:
        for _ in range(20):
            place = rng.randrange(len(out))
            out[place : place + 1] = str(rng.choice((0, -1, 9, 2**31, 10**12))).encode()
    return bytes(out)


def mutate_member(data: bytes, seed: int) -> bytes:
    """Return a package with one part damaged and packed again, so that the damage gets past the checksums."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as copy:
        names = archive.namelist()
        target = names[seed % len(names)]
        for name in names:
            member = archive.read(name)
            copy.writestr(name, mutate(member, seed) if name == target else member)
    return buffer.getvalue()


def damaged(data: bytes, seed: int) -> bytes:
    """Return the bytes damaged, for a package every second time inside one of its parts."""
    return mutate_member(data, seed) if data.startswith(b"PK") and seed % 2 else mutate(data, seed)
