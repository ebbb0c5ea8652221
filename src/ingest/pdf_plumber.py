"""Pages of a PDF by pdfplumber: slower (some 50 times), read where PDFium finds no way into a file or a page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ingest.errors import BadInput
from ingest.layout import Line, Page, Rule, Word, make_line, same_baseline, split_columns

_WORDS = {"x_tolerance_ratio": 0.15, "use_text_flow": True, "extra_attrs": ["size", "fontname"]}
"""The default tolerance of 3 points glues words of small type; the default order mixes columns line by line."""
_UNMAPPED = re.compile(r"\(cid:(\d+)\)")
_BULLET_GLYPH = "127"
_MAX_UNMAPPED = 0.3
"""Share of a page's glyphs without a character from which its text is no text."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def open_pages(data: bytes, last: int, first: int = 0) -> Iterator[tuple[Page, int]]:
    """Yield (page, number of pages of the file) for pages `first` (from 0) to before `last`.

    Raises BadInput where pdfplumber cannot read the file either.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            count = len(document.pages)
            for page in document.pages[first:last]:
                yield _read_page(page), count
                page.close()
    except (MemoryError, RecursionError):
        raise
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise BadInput("encrypted", "The PDF needs a password; save a copy without one.") from error
        raise BadInput("corrupt", f"The PDF cannot be opened ({error!r}); download it again.") from error
    except Exception as error:  # pdfminer raises whatever a broken object leads it to
        raise BadInput("corrupt", f"The PDF is damaged ({type(error).__name__}); download it again.") from error


def _read_page(page: Any) -> Page:
    content = Page(page.page_number, float(page.width), float(page.height), [], engine="pdfplumber")
    unmapped = 0
    words: list[tuple[Word, float, bool]] = []
    for found in page.extract_words(**_WORDS):
        text, missing = _map_glyphs(found["text"])
        unmapped += missing
        if text:
            x0, top, x1, bottom = (float(found[side]) for side in ("x0", "top", "x1", "bottom"))
            words.append((Word(text, x0, top, x1, bottom), float(found["size"]), "bold" in found["fontname"].lower()))
    content.lines = list(_lines(words))
    content.rules = [Rule(edge["x0"], edge["top"], edge["x1"], edge["bottom"]) for edge in page.edges[:4000]]
    content.is_blank = not words and not page.objects
    if unmapped > _MAX_UNMAPPED * max(len(words), 1):
        content.lines = []
        content.warnings.append("its font does not say which characters its glyphs are")
    elif unmapped:
        content.warnings.append(f"{unmapped} glyphs without a character were left out")
    return content


def _map_glyphs(text: str) -> tuple[str, int]:
    """Return (text, count): bullets for the glyph that is one, nothing for `count` glyphs without a character."""
    if "(cid:" not in text and "\x00" not in text:
        return text, 0
    missing = sum(number != _BULLET_GLYPH for number in _UNMAPPED.findall(text))
    text = _UNMAPPED.sub(lambda match: "•" if match.group(1) == _BULLET_GLYPH else "", text)
    return text.replace("\x00", ""), missing


def _lines(words: Sequence[tuple[Word, float, bool]]) -> Iterator[Line]:
    """Yield lines from words in stream order: a new one where the baseline changes."""
    start = 0
    for k in range(1, len(words) + 1):
        if k < len(words) and same_baseline(words[k - 1][0], words[k][0]):
            continue
        part = words[start:k]
        if part:
            size, bold = part[0][1], all(item[2] for item in part)
            for piece in split_columns([item[0] for item in part], size):
                yield make_line(piece, size, bold)
        start = k
