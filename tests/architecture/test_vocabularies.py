"""The word lists are as a person wants to edit them: no word stands twice in one list."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SOURCES = Path(__file__).parents[2] / "src"
FILES = sorted(path for path in SOURCES.rglob("*") if path.suffix in {".toml", ".txt", ".csv"})


def lists(node: Any, name: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of words below a value of a TOML file, with its name."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from lists(value, f"{name}.{key}")
    elif isinstance(node, list) and all(isinstance(value, str) for value in node):
        yield name, node
    elif isinstance(node, list):
        for value in node:
            yield from lists(value, name)


def lists_of(path: Path) -> Iterator[tuple[str, list[str]]]:
    text = path.read_text("utf-8")
    if path.suffix == ".toml":
        yield from lists(tomllib.loads(text))
    elif path.suffix == ".csv":
        yield "rows", [" | ".join(row) for row in csv.reader(text.splitlines())]
    else:
        entries = (line.strip() for line in text.splitlines())
        yield "lines", [entry for entry in entries if entry and not entry.startswith("#")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCES)))
def test_no_list_holds_a_word_twice(path: Path) -> None:
    twice = {name: [word for word, count in Counter(words).items() if count > 1] for name, words in lists_of(path)}
    assert not {name: words for name, words in twice.items() if words}


def test_there_are_lists() -> None:
    assert {"lines", "rows", ".cancelled.notice"} <= {name for path in FILES for name, _ in lists_of(path)}
