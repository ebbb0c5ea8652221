"""Month names of languages that the vocabularies do not hold, as dateparser knows them."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

_LANGUAGES = (
    "pt", "pl", "cs", "sk", "sl", "hr", "sv", "da", "nb", "fi", "et", "lv", "lt", "hu", "ro", "bg", "el", "tr", "ru",
    "uk", "ca", "id",
)  # fmt: skip
_SETTINGS = {
    "RELATIVE_BASE": datetime(2020, 1, 1),
    "DATE_ORDER": "DMY",
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "NORMALIZE": True,
}
LONGEST = 14
"""Letters of the longest month name (Finnish "helmikuuta", Lithuanian "rugpjūčio"), with some room."""


@lru_cache(maxsize=2048)
def month_number(word: str, language: str | None = None) -> int | None:
    """Return the month (1–12) that a word is in a language (ISO 639-1; else in any of the list), None if it is none.

    The grammar has found it between a day and a year; only such words are asked for (a first call takes 120 ms).
    """
    if not 3 <= len(word) <= LONGEST:
        return None
    from dateparser import parse  # loaded for documents that need it alone

    try:
        known = [language] if language in _LANGUAGES else list(_LANGUAGES)
        found = parse(f"15 {word} 2020", languages=known, settings=_SETTINGS)
    except (ValueError, OverflowError, RecursionError):
        return None
    return found.month if found is not None and (found.day, found.year) == (15, 2020) else None
