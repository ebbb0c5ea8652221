"""`python -m convenor`."""

from convenor.cli import app

app(prog_name="convenor")
