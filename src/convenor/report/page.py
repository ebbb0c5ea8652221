"""The report as one HTML file: figures as SVG, each with its table and the documents behind every row."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pandas as pd
import vl_convert as vlc
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import etree

from convenor.report.figures import FIGURES, TABLE_OF, Figure, Frames, draw
from convenor.report.frames import report_frames

ROWS = 200
"""Rows of a table on the page; the tables themselves hold all, and the page stays below 5 MB with 10,000 events."""
HIDDEN_COLUMNS = frozenset({"documents", "short", "other_short", "latitude", "longitude", "year", "month"})
SVG = "{http://www.w3.org/2000/svg}"


def write_report(processed: Path, out: Path, raw: Path | None = None, figures: Path | None = None) -> int:
    """Write the report and return its size in bytes; with `figures`, each figure as SVG and PNG into that folder.

    `raw`: folder of the documents, to which the page links where it lies on the same disk.
    """
    frames = report_frames(processed)
    drawn = {figure.name: specification for figure in FIGURES if (specification := draw(figure, frames))}
    if figures:
        figures.mkdir(parents=True, exist_ok=True)
        for name, specification in drawn.items():
            (figures / f"{name}.svg").write_text(vlc.vegalite_to_svg(specification), "utf-8")
            (figures / f"{name}.png").write_bytes(vlc.vegalite_to_png(specification, scale=2))
    manifest = json.loads((processed / "manifest.json").read_text("utf-8"))
    sources = _sources(frames, raw, out)
    page = (
        _environment()
        .get_template("report.html.jinja")
        .render(
            sections=[_section(figure, frames, drawn) for figure in FIGURES],
            milestones=_milestones(frames["milestones"]),
            domain_codes=sorted({code for codes in frames["milestones"].domains for code in codes}),
            problems=frames["problems"].head(ROWS).to_dict("records"),
            sources=sources,
            numbers={source["document_id"]: number for number, source in enumerate(sources, start=1)},
            totals={
                name: manifest["tables"][name]["rows"] for name in ("documents", "events", "people", "organisations")
            },
            release=manifest["data_version"],
            span=_span(frames["events"]),
        )
    )
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(page, "utf-8")
    return out.stat().st_size


def _environment() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _section(figure: Figure, frames: Frames, drawn: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    frame = frames[TABLE_OF.get(figure.name, figure.name)]
    columns = [column for column in frame.columns if column not in HIDDEN_COLUMNS]
    shown = frame.head(ROWS)
    return {
        "figure": figure,
        "svg": _readable(vlc.vegalite_to_svg(drawn[figure.name]), figure) if figure.name in drawn else None,
        "columns": columns,
        "rows": [] if figure.name in TABLE_OF else [
            {"cells": [_written(row[column]) for column in columns], "documents": row.get("documents", ())}
            for row in shown.to_dict("records")
        ],
        "same_as": TABLE_OF.get(figure.name),
        "has_documents": "documents" in frame,
        "left_out": max(0, len(frame) - ROWS),
    }  # fmt: skip


def _readable(svg: str, figure: Figure) -> str:
    """Return an SVG that says what it shows to those who do not see it, and gives marks their values on hovering."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    root.set("role", "img")
    root.set("aria-label", f"{figure.title}: {figure.says} The table below holds the same.")
    root.set("style", "max-width: 100%; height: auto")
    for mark in root.iter(f"{SVG}path", f"{SVG}rect"):
        said = mark.attrib.pop("aria-label", None)
        mark.attrib.pop("aria-roledescription", None)
        mark.attrib.pop("role", None)
        if said:
            title = etree.SubElement(mark, f"{SVG}title")
            title.text = said
    for element in root.iter():
        for name in ("aria-roledescription", "aria-label") if element is not root else ():
            element.attrib.pop(name, None)
        if element is not root and element.attrib.get("role", "").startswith("graphics"):
            element.attrib.pop("role")
    return str(etree.tostring(root, encoding="unicode"))


def _milestones(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "date": _date_text(row["date"], row["precision"]),
            "year": row["date"].year,
            "statement": row["statement"],
            "domains": list(row["domains"]),
            "documents": list(row["documents"]),
        }
        for row in frame.to_dict("records")
    ]


def _date_text(day: pd.Timestamp, precision: str) -> str:
    """Return a date no more exact than its source."""
    if precision in ("year", "decade"):
        return f"{day.year}{'s' if precision == 'decade' else ''}"
    return str(day.strftime("%Y-%m" if precision == "month" else "%Y-%m-%d"))


def _written(value: Any) -> str:
    if isinstance(value, float) and 0 <= value <= 1:
        return f"{value:.0%}" if value == value else ""
    if isinstance(value, pd.Timestamp | date):
        return "" if pd.isna(value) else value.strftime("%Y-%m-%d")
    return "" if value is None or value is pd.NA or value != value else str(value)


def _sources(frames: Frames, raw: Path | None, out: Path) -> list[dict[str, Any]]:
    """The documents that anything on the page refers to, with a link where they can be opened."""
    cited = {
        document
        for name, frame in frames.items()
        if "documents" in frame
        for documents in (frame if name == "milestones" else frame.head(ROWS)).documents
        for document in documents
    }
    return [
        {
            **{str(name): value for name, value in row.items()},
            "published": _written(row["published_date"]),
            "link": _link(row["source_uri"], raw, out),
        }
        for row in frames["documents"].to_dict("records")
        if row["document_id"] in cited
    ]


def _link(source_uri: str, raw: Path | None, out: Path) -> str | None:
    """Return where a document can be opened: its own web address, or its file seen from the report."""
    if source_uri.startswith(("https://", "http://")):
        return source_uri
    path = raw / source_uri.split("!/")[0] if raw else None
    return quote(os.path.relpath(path, out.parent)) if path and path.is_file() else None


def _span(events: pd.DataFrame) -> str:
    years: Iterable[int] = events.year.dropna().astype(int)
    return f"{min(years)}–{max(years)}" if len(events) else ""
