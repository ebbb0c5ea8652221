"""Describe the tables for other tools: a Frictionless data package, made from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tables.columns import Column, ColumnType, Table
from tables.schema import SCHEMA_VERSION, TABLES

FileFormat = Literal["parquet", "csv"]
_MEDIA_TYPES: Mapping[FileFormat, str] = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv"}
_MISSING: Mapping[FileFormat, list[str]] = {
    # the library's Parquet reader hands over empty numbers and times as these words
    "parquet": ["", "nan", "NaT", "None"],
    "csv": [""],
}
_FRICTIONLESS: Mapping[ColumnType, dict[str, str]] = {
    "string": {"type": "string"},
    "list": {"type": "array"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "date"},
    "local": {"type": "datetime"},
    "utc": {"type": "datetime"},
}


_PARQUET_LIST = {"type": "any", "itemType": "string"}
"""The library reads lists from Parquet as arrays that it then refuses as "array"."""


def describe_release(data_version: str, file_format: FileFormat = "parquet") -> dict[str, Any]:
    """Return the data package of a release: one resource a table with fields, primary and foreign keys."""
    return {
        "profile": "data-package",
        "name": "convenor",
        "title": "Events, people, organisations and milestones found in documents",
        "version": data_version,
        "schema_version": SCHEMA_VERSION,
        "resources": [_resource(table, file_format) for table in TABLES],
    }


def _resource(table: Table, file_format: FileFormat) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "description": table.description,
        "path": f"{table.name}.{file_format}",
        "format": file_format,
        "mediatype": _MEDIA_TYPES[file_format],
        "schema": {
            "fields": [_field(column, file_format) for column in table.columns],
            "missingValues": _MISSING[file_format],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": target.replace("_", "-"), "fields": [_key_of(target)]}}
                for column, target in table.references
            ],
        },
    }


def _key_of(table_name: str) -> str:
    return next(table.primary_key[0] for table in TABLES if table.name == table_name)


def _field(column: Column, file_format: FileFormat) -> dict[str, Any]:
    is_parquet_list = column.type == "list" and file_format == "parquet"
    kind = _PARQUET_LIST if is_parquet_list else _FRICTIONLESS[column.type]
    field: dict[str, Any] = {"name": column.name, **kind, "description": column.description}
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if column.codes:
        constraints["enum"] = list(column.codes)
    if constraints:
        field["constraints"] = constraints
    return field
