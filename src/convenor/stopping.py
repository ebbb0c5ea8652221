"""How a command ends when a person has to do something first: one line, and exit code 2."""

from __future__ import annotations

from typing import NoReturn

import typer

BAD_USAGE = 2


def stop(message: str) -> NoReturn:
    """Say what is wrong and end the command."""
    typer.secho(f"convenor: {message}", fg="red", err=True)
    raise typer.Exit(BAD_USAGE)
