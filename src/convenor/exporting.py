"""`convenor export` and `convenor report`: the published tables in the formats of other tools, and as figures."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from convenor.folders import default_place
from convenor.output import Json, tell
from convenor.progress import working
from convenor.stopping import stop


class Format(StrEnum):
    """What `convenor export` writes."""

    ICS = "ics"
    JSONLD = "jsonld"
    CSV = "csv"
    XLSX = "xlsx"
    GRAPHML = "graphml"
    DUCKDB = "duckdb"
    FTM = "ftm"
    FRICTIONLESS = "frictionless"


DEFAULT_NAMES = {
    Format.ICS: "events.ics", Format.JSONLD: "events.jsonld", Format.CSV: "csv", Format.XLSX: "convenor.xlsx",
    Format.GRAPHML: "who-met-whom.graphml", Format.DUCKDB: "convenor-tables.duckdb",
    Format.FTM: "entities.ftm.json", Format.FRICTIONLESS: "package",
}  # fmt: skip


def published(processed: Path | None) -> Path:
    """Return the folder of the published tables; end with a hint where there are none."""
    folder = processed or default_place("processed")
    if not (folder / "manifest.json").is_file():
        stop(f"there are no tables in {folder}: run `convenor run` first, or give --processed")
    return folder


def export(
    kind: Annotated[Format, typer.Argument(help="Format to write.")],
    out: Annotated[Path | None, typer.Option(help="File to write; for csv and frictionless a folder.")] = None,
    processed: Annotated[Path | None, typer.Option(help="Folder with the tables; data/processed.")] = None,
    as_json: Json = False,
) -> None:
    """Write the tables for other tools: a calendar, linked data, spreadsheets, a network, a database, entities."""
    folder = published(processed)
    path = out or Path("exports") / DEFAULT_NAMES[kind]
    try:
        with working(f"writing {path}", quiet=as_json):
            count = export_tables(kind, folder, path)
    except OSError as error:
        stop(f"{path} cannot be written ({error.strerror or error}): give another --out")
    tell(as_json, {"file": str(path), "entries": count}, f"{path}: {count:,} entries")


def report(
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("exports/report.html"),
    figures: Annotated[Path | None, typer.Option(help="Folder for each figure as SVG and PNG too.")] = None,
    processed: Annotated[Path | None, typer.Option(help="Folder with the tables; data/processed.")] = None,
    as_json: Json = False,
) -> None:
    """Write one page with figures of events, places, domains, meetings, milestones and data quality."""
    from convenor.report.page import write_report

    folder = published(processed)
    try:
        with working("drawing figures", quiet=as_json):
            size = write_report(folder, out, default_place("raw"), figures)
    except OSError as error:
        stop(f"{error.filename or out} cannot be written ({error.strerror or error}): give another --out or --figures")
    tell(as_json, {"file": str(out), "bytes": size}, f"{out}: {size / 1e6:.1f} MB, works without a network")


def export_tables(kind: Format, processed: Path, out: Path) -> int:
    """Write one format and return how many entries, sheets, edges or tables it holds."""
    out.parent.mkdir(parents=True, exist_ok=True)
    return _writer(kind)(processed, out)


def _writer(kind: Format) -> Callable[[Path, Path], int]:
    """Import only the library that the format needs."""
    match kind:
        case Format.ICS:
            from tables.exports.calendar import write_calendar

            return write_calendar
        case Format.JSONLD:
            from tables.exports.linked_data import write_linked_data

            return write_linked_data
        case Format.CSV:
            from tables.exports.sheets import write_csv

            return write_csv
        case Format.XLSX:
            from tables.exports.sheets import write_excel

            return write_excel
        case Format.GRAPHML:
            from tables.exports.network import write_network

            return write_network
        case Format.DUCKDB:
            from tables.exports.database import write_database

            return write_database
        case Format.FTM:
            from tables.exports.entities import write_entities

            return write_entities
        case Format.FRICTIONLESS:
            from tables.exports.package import write_package

            return write_package
