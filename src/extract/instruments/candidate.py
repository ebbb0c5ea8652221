"""A candidate for an instrument's name, and the years that a name ends with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.gazetteer import Entry, Word

_YEAR = re.compile(r"(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words [start, end) that may name an instrument of a type; `entry` when the shipped list knows it."""

    start: int
    end: int
    type: str | None
    entry: Entry | None = None


def over_years(words: Sequence[Word], end: int) -> int:
    """Go on over "2022", "2023–2026", "of 1974", "-5" and numbers of resolutions."""
    at = end
    if (
        at + 1 < len(words)
        and words[at].key in ("of", "-")
        and _YEAR.match(words[at + 1].text)
        and not words[at].breaks
    ):
        return at + 2
    if (
        at + 1 < len(words)
        and words[at].text == "-"
        and words[at + 1].text.isdigit()
        and words[at].start == words[at - 1].end
    ):
        return at + 2
    if (
        at < len(words)
        and not words[at].breaks
        and words[at].text.isdigit()
        and (_YEAR.match(words[at].text) or len(words[at].text) == 4)
    ):
        at += 1
        if at + 1 < len(words) and words[at].text in "-–—" and words[at + 1].text.isdigit():
            at += 2
    return at
