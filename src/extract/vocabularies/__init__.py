"""The word lists that extraction reads: TOML tables, CSV rows and plain lists, each file parsed once."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def read_toml(name: str, package: str = "extract") -> dict[str, Any]:
    """Return the tables of `vocabularies/<name>.toml` of a package.  Callers must not change them."""
    return tomllib.loads(_text(f"{name}.toml", package))


def words_of(name: str, *path: str) -> tuple[str, ...]:
    """Return the list of words at a path of a vocabulary, e.g. ("status", "cancelled", "notice")."""
    node: Any = read_toml(name)
    for key in path:
        node = node[key]
    return tuple(node)


@cache
def read_rows(name: str, package: str = "extract") -> tuple[dict[str, str], ...]:
    """Return the rows of `vocabularies/<name>.csv` by their column names; an empty cell is ""."""
    return tuple(
        {column: value or "" for column, value in row.items()}
        for row in csv.DictReader(_text(f"{name}.csv", package).splitlines())
    )


@cache
def read_lines(name: str, package: str = "extract") -> tuple[str, ...]:
    """Return the entries of `vocabularies/<name>.txt`, one a line; "#" opens a comment line."""
    lines = (line.strip() for line in _text(f"{name}.txt", package).splitlines())
    return tuple(line for line in lines if line and not line.startswith("#"))


def _text(file: str, package: str) -> str:
    return (files(package) / "vocabularies" / file).read_text(encoding="utf-8")
