"""The text layer of a PDF page: PDFium asked for all boxes and fonts in one go, and kept as arrays.

A call of PDFium from Python takes 0.25 µs where nothing but numbers is handed over and no statement stands between two
calls; a loop that asks, unpacks and stores takes five times that, which on ordinary pages is more than PDFium itself.
"""

from __future__ import annotations

import ctypes
import re
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

MAX_CHARACTERS = 100_000
"""Read of one page; a page of a telephone book has 20,000."""

_LINE_END = "[\r\n\ufffe\x02]"
"""PDFium ends lines with CR LF; where a hyphen ends a line it puts U+FFFE (older: U+0002) for hyphen and break."""
_BLANK = r"[\s\x00\ufffe]"
_UNMAPPED = "[\x01\x03-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffd\ue000-\uf01f\uf100-\uf8ff]"
"""What fonts without a map to Unicode give: controls, and private use but for symbol fonts."""
_PERHAPS_DAMAGED = (
    "[^\n\r\x20-\x7e\xc0\xc1\xc4\xc6-\u02ff\u0386-\u058f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20ab\u20ad-\u2bff\u3001-\ud7ff\ufffe]"
)
"""Characters that call for a closer look: controls, ligatures, private use, what UTF-8 read as Latin-1 leaves."""
_NAME_SIZE = 128
_BULLET_FONTS = re.compile(r"wingdings|symbol|dingbat|webdings")


class TextLayer(NamedTuple):
    """A page's text as PDFium has it; n words in m lines, boxes (left, bottom, right, top) in PDF user space."""

    text: str
    """One character per UTF-16 unit, so that positions are PDFium's."""
    starts: Integers
    ends: Integers
    """Where each word begins in `text`, and where it ends (exclusive)."""
    heads: Floats
    tails: Floats
    """(n, 4): the boxes of each word's first and last character; NaN where PDFium has none."""
    firsts: Integers
    """The first word of each line."""
    sizes: Floats
    angles: Integers
    bold: list[bool]
    symbols: list[bool]
    """Of each line: font size in points, angle of the text in degrees, font weight, whether its font is of symbols."""
    hyphens: Flags
    """Whether each line ends with a hyphen that PDFium took for one of the line break."""
    suspect: Flags
    """Whether each line holds characters that may be damaged."""
    unmapped: int
    left_out: int


def read_text_layer(text_page: pdfium.PdfTextPage) -> TextLayer | None:
    """Return the words and lines of the page, None where it has none."""
    text: str = text_page.get_text_range(errors="surrogatepass")
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    if len(units) != len(text):
        text = "".join(map(chr, units.tolist()))
    left_out = max(len(text) - MAX_CHARACTERS, 0)
    kinds = _kinds()[units[:MAX_CHARACTERS]]
    starts, ends = _spans((kinds & (_IS_BLANK | _IS_LINE_END)) == 0)
    unmapped = int(np.count_nonzero(kinds & _IS_UNMAPPED))
    if not len(starts):
        return None
    line_ends = np.flatnonzero(kinds & _IS_LINE_END)
    line_numbers = np.searchsorted(line_ends, starts)
    firsts = np.flatnonzero(np.diff(line_numbers, prepend=-1))
    raw = text_page.raw
    first, last = starts, ends - 1
    if len(text) != c.FPDFText_CountChars(raw):
        index_of = c.FPDFText_GetCharIndexFromTextIndex
        first, last = (np.array([index_of(raw, k) for k in indices.tolist()]) for indices in (first, last))
    samples = last[_longest(ends - starts, firsts)]
    boxes = _fill(_LOOSE_BOX, raw, np.concatenate([first, last]), 4)[:, [0, 3, 2, 1]]  # PDFium's has the top second
    suspect = np.zeros(len(firsts), bool)
    suspect[np.searchsorted(starts[firsts], np.flatnonzero(kinds & _IS_SUSPECT), "right") - 1] = True
    text = f"{text[:MAX_CHARACTERS]}\n"
    closing = np.append(line_ends, len(text) - 1)[line_numbers[firsts]]
    hyphens = np.array([text[k] in "\ufffe\x02" for k in closing.tolist()])
    heads, tails = boxes[: len(starts)], boxes[len(starts) :]
    return TextLayer(
        text, starts, ends, heads, tails, firsts, *_fonts(raw, samples), hyphens, suspect, unmapped, left_out
    )  # fmt: skip


_IS_BLANK, _IS_LINE_END, _IS_UNMAPPED, _IS_SUSPECT = 1, 2, 4, 8


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.uint8]:
    """Return what each UTF-16 unit is, as flags."""
    every = "".join(map(chr, range(1 << 16)))
    kinds = np.zeros(1 << 16, np.uint8)
    for pattern, flag in (
        (_BLANK, _IS_BLANK),
        (_LINE_END, _IS_LINE_END),
        (_UNMAPPED, _IS_UNMAPPED),
        (_PERHAPS_DAMAGED, _IS_SUSPECT),
    ):
        for match in re.finditer(f"{pattern}+", every):
            kinds[match.start() : match.end()] |= flag
    return kinds


def _spans(inside: Flags) -> tuple[Integers, Integers]:
    """Return where runs of True begin and end."""
    steps = np.diff(inside.view(np.int8), prepend=0, append=0)
    return np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)


def _longest(lengths: Integers, firsts: Integers) -> Integers:
    """Return the longest word of each line, the first of equal ones: its font is the line's.

    Its last character is looked at: the first may be a bullet or a note mark.
    """
    count = len(lengths)
    return count - 1 - np.maximum.reduceat(lengths * count + np.arange(count)[::-1], firsts) % count


def _fonts(raw: Any, samples: Integers) -> tuple[Floats, Integers, list[bool], list[bool]]:
    """Return (sizes, angles, bold, symbol font) at the sampled characters."""
    address, indices = _address(raw), samples.tolist()
    sizes = np.fromiter(map(_FONT_SIZE, repeat(address), indices), float, len(indices))
    weights = map(_FONT_WEIGHT, repeat(address), indices)
    matrices = np.nan_to_num(_fill(_MATRIX, raw, samples, 6), nan=0.0)
    scales = np.hypot(matrices[:, 2], matrices[:, 3])
    angles = np.rint(np.degrees(np.arctan2(matrices[:, 1], matrices[:, 0]))).astype(int)
    names = np.zeros((len(indices), _NAME_SIZE), np.uint8)
    slots = range(names.ctypes.data, names.ctypes.data + names.nbytes, _NAME_SIZE)
    flags = ctypes.c_int()
    unused = repeat(ctypes.addressof(flags))
    deque(map(_FONT_INFO, repeat(address), indices, slots, repeat(_NAME_SIZE), unused), maxlen=0)
    traits = [_font_traits(name) for name in names.view(f"S{_NAME_SIZE}")[:, 0].tolist()]
    bold = [named or weight >= 600 for (named, _), weight in zip(traits, weights, strict=True)]
    sizes = np.maximum(np.where(scales > 0, sizes * scales, sizes), 1.0)
    return sizes, angles, bold, [symbol for _, symbol in traits]


@lru_cache(maxsize=1024)
def _font_traits(name: bytes) -> tuple[bool, bool]:
    """Return (bold, symbol font) from a font's name."""
    text = name.decode("latin-1").lower()
    bold = any(part in text for part in ("bold", "black", "heavy", "demi")) or text.endswith((",b", "-b"))
    return bold, bool(_BULLET_FONTS.search(text))


# --- many calls at once ---------------------------------------------------------------------------------------------


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _getter(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return PDFium's function with plain numbers for pointers, and without letting other threads run: the fastest."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_POINTER, _INT = ctypes.c_void_p, ctypes.c_int
_LOOSE_BOX = _getter(c.FPDFText_GetLooseCharBox, _INT, _POINTER, _INT, _POINTER)
_MATRIX = _getter(c.FPDFText_GetMatrix, _INT, _POINTER, _INT, _POINTER)
_FONT_SIZE = _getter(c.FPDFText_GetFontSize, ctypes.c_double, _POINTER, _INT)
_FONT_WEIGHT = _getter(c.FPDFText_GetFontWeight, _INT, _POINTER, _INT)
_FONT_INFO = _getter(c.FPDFText_GetFontInfo, ctypes.c_ulong, _POINTER, _INT, _POINTER, ctypes.c_ulong, _POINTER)


def _fill(getter: Callable[..., Any], owner: Any, indices: Integers, width: int) -> Floats:
    """Return (len(indices), width): the floats that the getter writes for each index; NaN where it writes none."""
    values = np.full((len(indices), width), np.nan, np.float32)
    places = range(values.ctypes.data, values.ctypes.data + values.nbytes, values.itemsize * width)
    deque(map(getter, repeat(_address(owner)), indices.tolist(), places), maxlen=0)
    return values.astype(float)
