"""Writes the inputs no reader can take as they claim to be (tests/data/bad); run it only to change them."""

from __future__ import annotations

import io
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

BAD = Path(__file__).parent / "bad"
RAW = Path(__file__).parents[2] / "data" / "raw"


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("open sesame", "owner", canPrint=0), invariant=1)
    canvas.drawString(72, 700, "Nobody reads this without the password.")
    canvas.save()
    return out.getvalue()


def main() -> None:
    BAD.mkdir(exist_ok=True)
    whole = (RAW / "meridian-two-oceans-programme.pdf").read_bytes()
    notice = (RAW / "working-paper-notice.txt").read_bytes()
    (BAD / "empty.txt").write_bytes(b"")
    (BAD / "truncated.pdf").write_bytes(whole[: len(whole) // 3])
    (BAD / "encrypted.pdf").write_bytes(encrypted_pdf())
    (BAD / "unsupported.bin").write_bytes(b"\x00\x8bCNV\x01" + bytes(range(256)) * 4)
    (BAD / "html-named.pdf").write_bytes(b"<!DOCTYPE html><html><body><h1>Lecture</h1><p>4 May 2025</p></body></html>")
    (BAD / "first-copy.txt").write_bytes(notice)
    (BAD / "second-copy.txt").write_bytes(notice)


if __name__ == "__main__":
    main()
