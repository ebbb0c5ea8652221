"""Importable functions for the engine's tests: worker processes must find them by name."""

from __future__ import annotations

import os


def double(items: list[int]) -> list[int]:
    """Double each item; 13 kills the process that meets it."""
    if 13 in items:
        os._exit(1)
    return [2 * item for item in items]


def fail(items: list[int]) -> list[int]:
    """A bug of ours."""
    raise KeyError(items[0])
