"""Writes docs/tables.md, the data dictionary, from the schema:  uv run python docs/make_tables_page.py"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tables.schema import SCHEMA_VERSION, TABLES, Column, Table

PAGE = Path(__file__).parent / "tables.md"
TYPE_NAMES = {
    "list": "list of strings",
    "number": "float64",
    "integer": "int64",
    "date": "date32",
    "local": "timestamp, no zone",
    "utc": "timestamp, UTC",
}


def render() -> str:
    """The page as Markdown: a section for each table, a row for each column."""
    head = (
        "# The tables\n\n"
        f"Written by `docs/make_tables_page.py` from `src/tables/schema.py`, schema version {SCHEMA_VERSION}.\n\n"
        "A value that no document states is null. Offsets count code points in `documents.text`.\n"
    )
    return "\n".join([head, *(line for table in TABLES for line in _section(table))]) + "\n"


def _section(table: Table) -> Iterator[str]:
    yield f"## {table.name}\n"
    key = ", ".join(f"`{column}`" for column in table.primary_key)
    yield f"{table.description[0].upper()}{table.description[1:]}. Key: {key}.\n"
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    yield from (f"| `{c.name}` | {TYPE_NAMES.get(c.type, c.type)} | {_meaning(c)} |" for c in table.columns)
    yield ""


def _meaning(column: Column) -> str:
    codes = f": {', '.join(column.codes)}" if column.codes else ""
    refers = f" (→ {column.refers_to})" if column.refers_to else ""
    needed = "; never null" if column.is_required else ""
    return f"{column.description}{codes}{refers}{needed}".replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
