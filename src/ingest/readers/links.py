"""Where links point, placed over the words that carry them."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin, urlsplit

_KEPT_SCHEMES = ("http", "https", "mailto", "tel", "webcal")
_MAX_TARGET = 2000


def clean_target(target: str, base: str | None = None) -> str | None:
    """Return the absolute link target, None for scripts, anchors and relative links of a page without address."""
    target = target.strip()
    if not target or len(target) > _MAX_TARGET or target.startswith("#"):
        return None
    try:
        absolute = urljoin(base, target) if base else target
        return absolute if urlsplit(absolute).scheme.lower() in _KEPT_SCHEMES else None
    except ValueError:
        return None


def place_links(text: str, links: Sequence[tuple[str, str]]) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, target) of links given as (words, target) in their order in the text."""
    found: list[tuple[int, int, str]] = []
    position = 0
    for words, target in links:
        start = text.find(words, position) if words else -1
        if start >= 0:
            position = start + len(words)
            found.append((start, position, target))
    return tuple(found)
