"""OCR for pages without text, by an engine that is installed: Tesseract (a command) or RapidOCR (`convenor[ocr]`).

The engine gives words or lines with boxes; the layout code of PDF pages does the rest.
"""

from __future__ import annotations

import csv
import importlib.util
import io
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import pypdfium2 as pdfium

from ingest.layout import Line, Word, make_line, split_columns

_POINTS_PER_INCH = 72
_RESOLUTION = 200
"""Dots per inch: 150 to 300 made no difference on clean pages, and 200 takes half the time of 300."""
_PAGE_SECONDS = 60
_MIN_CONFIDENCE = 30
"""Of 100; below it Tesseract reads specks and pictures as letters."""
_ADVICE = "install tesseract (Debian: tesseract-ocr tesseract-ocr-script-latn), or convenor[ocr]"


class Engine(NamedTuple):
    """An installed OCR engine: its name, and a function from a grey image to lines in pixels."""

    name: str
    read: Callable[[Any], list[Line]]


def advice() -> str:
    """Say what to install where no engine is there."""
    return _ADVICE


@lru_cache(maxsize=1)
def find_engine() -> Engine | None:
    """Return the OCR engine of this machine, None where there is none."""
    if (command := shutil.which("tesseract")) and (languages := tesseract_languages(command)):
        return Engine("tesseract", lambda image: _read_by_tesseract(command, languages, image))
    return Engine("rapidocr", _read_by_rapidocr) if has_rapidocr() else None


def has_rapidocr() -> bool:
    """Tell whether RapidOCR and the runtime it needs are installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def read_page(engine: Engine, page: pdfium.PdfPage, max_pixels: int) -> list[Line]:
    """Return the lines the engine sees on the page, in points; empty where it sees none or fails."""
    width, height = page.get_size()
    scale = min(_RESOLUTION / _POINTS_PER_INCH, (max_pixels / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        lines = engine.read(bitmap.to_pil())
    finally:
        bitmap.close()
    return [_scaled(line, 1 / scale) for line in lines]


def _scaled(line: Line, factor: float) -> Line:
    words = [
        Word(word.text, word.x0 * factor, word.top * factor, word.x1 * factor, word.bottom * factor)
        for word in line.words
    ]  # fmt: skip
    return make_line(words, line.size * factor)


@lru_cache(maxsize=4)
def tesseract_languages(command: str) -> str:
    """Return the value for `-l`, empty without language data.

    The Latin script model reads names with any diacritics (7 of 7, the English one 4 of 7).
    """
    try:
        done = subprocess.run([command, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    installed = set(done.stdout.split())
    latin = next((name for name in ("script/Latin", "Latin", "eng") if name in installed), None)
    return "+".join([name for name in (latin, "jpn" if "jpn" in installed else None) if name])


def _read_by_tesseract(command: str, languages: str, image: Any) -> list[Line]:
    buffer = io.BytesIO()
    image.save(buffer, "BMP")
    environment = os.environ | {"OMP_THREAD_LIMIT": "1"}
    arguments = [command, "stdin", "stdout", "-l", languages, "--dpi", str(_RESOLUTION), "tsv"]
    try:
        done = subprocess.run(
            arguments, input=buffer.getvalue(), capture_output=True, timeout=_PAGE_SECONDS, env=environment, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return parse_tsv(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else []


def parse_tsv(tsv: str) -> list[Line]:
    """Return the lines of Tesseract's TSV output, in pixels."""
    lines: list[Line] = []
    words: list[Word] = []
    current: tuple[str, ...] = ()
    for row in csv.DictReader(io.StringIO(tsv), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if not text or float(row["conf"]) < _MIN_CONFIDENCE:
            continue
        key = tuple(row[name] for name in ("block_num", "par_num", "line_num"))
        if key != current:
            lines += _finish(words)
            words, current = [], key
        left, top, width, height = (float(row[name]) for name in ("left", "top", "width", "height"))
        words.append(Word(text, left, top, left + width, top + height))
    return lines + _finish(words)


def _finish(words: list[Word]) -> list[Line]:
    """Give the words of a line its common height (boxes are tight around letters) and cut it at column gaps."""
    if not words:
        return []
    heights = sorted(word.bottom - word.top for word in words)
    size = 1.2 * heights[-1 if len(heights) < 4 else -2]
    top, bottom = min(word.top for word in words), max(word.bottom for word in words)
    even = [word._replace(top=top, bottom=bottom) for word in words]
    return [make_line(part, size) for part in split_columns(even, size)]


@lru_cache(maxsize=1)
def _rapidocr() -> Any:
    from rapidocr import RapidOCR  # type: ignore[import-not-found,unused-ignore]

    return RapidOCR()


def _read_by_rapidocr(image: Any) -> list[Line]:
    import numpy

    result = _rapidocr()(numpy.asarray(image.convert("RGB")))
    if result is None or result.boxes is None:
        return []
    found = []
    for box, text in zip(result.boxes, result.txts, strict=True):
        xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
        found.append(_words_of_line(text, min(xs), min(ys), max(xs), max(ys)))
    return sorted((line for line in found if line), key=lambda line: (round(line.top / line.size), line.x0))


def _words_of_line(text: str, x0: float, top: float, x1: float, bottom: float) -> Line:
    parts = text.split() or [text]
    step = (x1 - x0) / max(len(text), 1)
    words, x = [], x0
    for part in parts:
        words.append(Word(part, x, top, x + step * len(part), bottom))
        x += step * (len(part) + 1)
    return make_line(words, 0.8 * (bottom - top))
