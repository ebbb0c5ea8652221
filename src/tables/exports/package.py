"""A Frictionless data package of CSV files: what the Parquet tables hold, for tools that read text alone."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from tables.columns import ColumnType
from tables.datapackage import describe_release
from tables.exports.release import read_rows
from tables.schema import TABLES


def write_package(processed: Path, out: Path) -> int:
    """Write `<table>.csv` and datapackage.json into a folder; return how many tables.

    Unlike the CSV files for spreadsheets these change no value: a text that begins with "=" does so here too.
    """
    out.mkdir(parents=True, exist_ok=True)
    for table in TABLES:
        with (out / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in table.columns])
            for row in read_rows(processed, table.name):
                writer.writerow([_cell(row[column.name], column.type) for column in table.columns])
    version = json.loads((processed / "manifest.json").read_text("utf-8"))["data_version"]
    description = json.dumps(describe_release(version, "csv"), indent=1, ensure_ascii=False)
    (out / "datapackage.json").write_text(description + "\n", "utf-8")
    return len(TABLES)


def _cell(value: Any, kind: ColumnType) -> str:
    """Return a value as the Table Schema writes its type."""
    if value is None:
        return ""
    if kind == "list":
        return json.dumps(value, ensure_ascii=False)
    if kind == "boolean":
        return "true" if value else "false"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M:%S}" + ("Z" if kind == "utc" else "")
    return value.isoformat() if kind == "date" else str(value)
