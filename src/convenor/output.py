"""What commands print for programs: one JSON value on standard output, nothing else beside it."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def print_json(value: Any) -> None:
    """Print a value; paths, days and the like as text."""
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def tell(is_json: bool, value: Any, text: str) -> None:
    """Print the value for programs or the text for people."""
    if is_json:
        print_json(value)
    else:
        typer.echo(text)
