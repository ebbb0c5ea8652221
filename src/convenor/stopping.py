"""How a command ends when a person has to do something first: one line, and exit code 2."""

from __future__ import annotations

import os
from typing import NoReturn

import typer

BAD_USAGE = 2


def complain(message: str, colour: str = "red") -> None:
    """Say on standard error what went wrong; in colour where it is a terminal and NO_COLOR is not set."""
    typer.secho(message, fg=None if os.environ.get("NO_COLOR") else colour, err=True)


def stop(message: str) -> NoReturn:
    """Say what is wrong and end the command."""
    complain(f"convenor: {message}")
    raise typer.Exit(BAD_USAGE)
