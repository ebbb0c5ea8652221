"""Write the pages of the documentation that come from the code: `python docs/generate.py`."""

from __future__ import annotations

from pathlib import Path

from typer import Context
from typer.cli import get_docs_for_click
from typer.main import get_command

from convenor.cli import app
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


def command_reference() -> str:
    """Return the command reference as Markdown, from the help of every command."""
    command = get_command(app)
    page = get_docs_for_click(obj=command, ctx=Context(command, info_name="convenor"), name="convenor")
    overview, _, commands = page.partition("## `convenor run`")
    return (
        "# Commands\n\n"
        "Made from the program's own help by `python docs/generate.py`; a test fails when it is out of date.\n\n"
        "`convenor COMMAND --help` prints the same. What is left out is taken from `convenor.toml` or the variables "
        "`CONVENOR_…` ([settings](data-team.md#settings)), else from the project's own folders.\n\n"
        f"{_overview(overview)}\n## `convenor run`{commands}".rstrip()
        + "\n"
    )


def _overview(text: str) -> str:
    """The options that every command shares; the list of commands stands beside the page."""
    options = text.partition("**Options**")[2].partition("**Commands**")[0]
    return f"**Options**{options.rstrip()}\n"


PAGES = {"data-dictionary.md": data_dictionary, "commands.md": command_reference}


def main() -> None:
    for name, make in PAGES.items():
        (DOCS / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
