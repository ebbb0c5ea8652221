"""The words around a value in its document: where to look when the value is wrong or was missed."""

from __future__ import annotations

import re

AROUND = 60
"""Code points shown on each side."""

_WORD = re.compile(r"\w{3,}|\d+")


def context(text: str, value: str) -> str:
    """Return the passage that holds a value, marked [so]; else the line that shares most words; else the first line.

    A value that was inferred (a code, a date in another form) need not stand in the text as it is.
    """
    words = [re.escape(word) for word in value.split()]
    found = re.search(r"\s+".join(words), text, re.IGNORECASE) if words else None
    if found:
        start, end = found.span()
        passage = f"{_from_word(text, start)}[{found.group()}]{_to_word(text, end)}"
        return " ".join(passage.split())
    wanted = {word.lower() for word in _WORD.findall(value)}
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    nearest = max(lines, key=lambda line: len(wanted & {word.lower() for word in _WORD.findall(line)}), default="")
    return nearest[: 2 * AROUND]


def _from_word(text: str, end: int) -> str:
    """The words before a position, the first of them whole."""
    start = max(0, end - AROUND)
    cut = text[start:end]
    return (
        cut if start == 0 or text[start - 1].isspace() else cut[len(cut.split(maxsplit=1)[0]) if cut.split() else 0 :]
    )


def _to_word(text: str, start: int) -> str:
    """The words after a position, the last of them whole."""
    cut = text[start : start + AROUND]
    if start + AROUND >= len(text) or text[start + AROUND].isspace() or not cut.strip():
        return cut
    return cut[: len(cut) - len(cut.split()[-1])]
