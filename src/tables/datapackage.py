"""Describe the tables for other tools: a Frictionless data package, made from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tables.columns import Column, ColumnType, Table
from tables.schema import SCHEMA_VERSION, TABLES

_FRICTIONLESS: Mapping[ColumnType, dict[str, str]] = {
    "string": {"type": "string"},
    # "array" would be the word for it, but the library reads lists from Parquet as arrays that it then refuses
    "list": {"type": "any", "itemType": "string"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "date"},
    "local": {"type": "datetime"},
    "utc": {"type": "datetime"},
}


def describe_release(data_version: str) -> dict[str, Any]:
    """Return the data package of a release: one resource a table with fields, primary and foreign keys."""
    return {
        "profile": "data-package",
        "name": "convenor",
        "title": "Events, people, organisations and milestones found in documents",
        "version": data_version,
        "schema_version": SCHEMA_VERSION,
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "title": table.name,
        "description": table.description,
        "path": f"{table.name}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            # the library's Parquet reader hands over empty numbers and times as these words
            "missingValues": ["", "nan", "NaT", "None"],
            "primaryKey": list(table.primary_key),
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": target.replace("_", "-"), "fields": [_key_of(target)]}}
                for column, target in table.references
            ],
        },
    }


def _key_of(table_name: str) -> str:
    return next(table.primary_key[0] for table in TABLES if table.name == table_name)


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, **_FRICTIONLESS[column.type], "description": column.description}
    constraints: dict[str, Any] = {}
    if column.is_required:
        constraints["required"] = True
    if column.codes:
        constraints["enum"] = list(column.codes)
    if constraints:
        field["constraints"] = constraints
    return field
