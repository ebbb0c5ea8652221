"""When a value of the tables counts as the value of a label: the rules of the scorecard, one function a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from difflib import SequenceMatcher
from zoneinfo import ZoneInfo

from resolve.names import fold

_SMALL = frozenset("the of for and de la le des du der die das und et on in at".split())  # noqa: SIM905
CLOSE_TITLE = 0.85
CLOSE_VENUE = 0.8
CLOSE_POST = 0.75
CLOSE_NAME = 0.9

ROLE_GROUPS = {
    "keynote": "speaker", "speaker": "speaker", "author": "speaker", "panellist": "speaker",
    "chair": "chair", "moderator": "chair", "opening": "opening", "closing": "opening", "host": "opening",
}  # fmt: skip
"""Roles that count as the same part: labels and sources use them for one another."""


def words(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in _SMALL)


def same_text(one: str, other: str, at_least: float = CLOSE_TITLE) -> bool:
    """Equal but for case, accents and small words; or close; or one holds all words of the other and little more."""
    a, b = words(one), words(other)
    if not a or not b:
        return False
    if a == b or SequenceMatcher(None, a, b).ratio() >= at_least:
        return True
    short, long = sorted((a.split(), b.split()), key=len)
    return len(short) >= 2 and len(short) / len(long) >= 0.6 and set(short) <= set(long)


def same_person(one: str, other: str) -> bool:
    """The same words in any order, or one name's words among the other's when both have at least two."""
    a, b = set(fold(one).split()), set(fold(other).split())
    return bool(a) and (a == b or (min(len(a), len(b)) >= 2 and (a <= b or b <= a)))


def same_organisation(label: str, forms: Iterable[str]) -> bool:
    """The label's name, with or without what stands in brackets, is one of the forms known, or close to it."""
    wanted = {words(label), words(re.sub(r"\(.*?\)", "", label))}
    for form in forms:
        known = words(form)
        if known in wanted:
            return True
        if len(known) > 5 and any(SequenceMatcher(None, known, name).ratio() >= CLOSE_NAME for name in wanted):
            return True
    return False


def same_moment(one: str, other: str, zone: str | None, other_zone: str | None) -> bool:
    """Two wall times ("2024-03-12T10:00") are equal, or the same instant in their zones."""
    if one == other:
        return True
    if not zone or not other_zone:
        return False
    return _instant(one, zone) == _instant(other, other_zone)


def same_zone(moment: str, one: str, other: str) -> bool:
    """Two zones have the same offset at a moment."""
    return _instant(moment, one) == _instant(moment, other)


def _instant(local: str, zone: str) -> float:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).timestamp()
