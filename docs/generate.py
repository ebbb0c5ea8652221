"""Write the pages of the documentation that come from the code: `python docs/generate.py`."""

from __future__ import annotations

from pathlib import Path

from tables.columns import Column, Table
from tables.schema import TABLES

DOCS = Path(__file__).parent
_TYPES = {
    "string": "string",
    "list": "list of strings",
    "integer": "int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "date",
    "local": "timestamp, wall time",
    "utc": "timestamp, UTC",
}


def data_dictionary() -> str:
    """Return the data dictionary as Markdown: every table, every column, keys and references."""
    index = "\n".join(f"| [{t.name}](#{t.name}) | {t.description} |" for t in TABLES)
    return (
        "# Data dictionary\n\n"
        "Made from `src/tables/schema.py` by `python docs/generate.py`; a test fails when it is out of date.\n\n"
        f"| table | holds |\n|---|---|\n{index}\n\n" + "\n".join(map(_section, TABLES))
    )


def _section(table: Table) -> str:
    rows = "\n".join(_row(column, column.name in table.primary_key) for column in table.columns)
    return (
        f"## {table.name}\n\n{table.description[0].upper()}{table.description[1:]}.\n\n"
        f"| column | type | meaning |\n|---|---|---|\n{rows}\n"
    )


def _row(column: Column, is_key: bool) -> str:
    notes = [column.description]
    if column.codes:
        notes.append("one of " + ", ".join(f"`{code}`" for code in column.codes))
    if column.refers_to:
        notes.append(f"in [{column.refers_to}](#{column.refers_to})")
    if is_key:
        notes.append("**key**")
    elif column.is_required:
        notes.append("never null")
    return f"| `{column.name}` | {_TYPES[column.type]} | {'; '.join(notes)} |"


PAGES = {"data-dictionary.md": data_dictionary}


def main() -> None:
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
