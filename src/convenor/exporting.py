"""`convenor export`: the published tables in the formats of other tools."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path


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
