"""Ranges whose ends are written in different ways: "from this May to October 2020", "2014 through May 2018"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extract.when.readings import Reading
from extract.when.vocabulary import vocabulary

_NOW = re.compile(
    r"\s(?:to|until|till|through|and)\s(?:the present(?: day)?|present|now|date|this day)\b", re.IGNORECASE
)
_LONGEST_LINK = 12
"""Characters between the two ends: a blank, one word, a blank, perhaps an article."""


def join_ranges(readings: Sequence[Reading], text: str) -> list[Reading]:
    """Join two dates that a range word ties together and whose kinds differ; both must be settled, without hours."""
    joined: list[Reading] = []
    for reading in readings:
        before = joined[-1] if joined else None
        if before and _are_ends(before, reading, text):
            lead = text[max(0, before.start - 9) : before.start].lower()
            opener = next((word for word in ("from ", "between ") if lead.endswith(word)), "")
            before.start -= len(opener)
            before.end, before.last = reading.end, reading.last
            before.score = min(before.score, reading.score)
            before.method = reading.method if before.method == "explicit" else before.method
            continue
        joined.append(reading)
    return joined


def until_now(readings: Sequence[Reading], text: str, written: date | None) -> None:
    """Let a span that is said to last ("from 2014 to the present") end on the day of writing."""
    for reading in readings:
        match = _NOW.match(text, reading.end) if reading.phrase and reading.phrase.last is None else None
        if match is None or reading.clock or reading.problems or reading.first is None or written is None:
            continue
        lead = text[max(0, reading.start - 9) : reading.start].lower().split()
        opens = text[reading.start : reading.end].lower().startswith(("from ", "since ", "between "))
        is_led = opens or (bool(lead) and lead[-1] in ("from", "since", "between"))
        if not is_led or reading.first > written:
            continue
        if not opens and lead[-1] != "since":
            reading.start = text.rindex(lead[-1][-1], 0, reading.start) - len(lead[-1]) + 1
        reading.end, reading.last = match.end(), written


def with_lead_words(readings: Sequence[Reading], text: str) -> list[Reading]:
    """Take the word that leaves a span open into the mention: "since 2014", "before 4 May 2020"; values stay."""
    at = 0
    for reading in readings:
        before = text[max(at, reading.start - 9) : reading.start]
        word = before.rsplit(None, 1)[-1].lower() if before.strip() and before[-1] == " " else ""
        if word in vocabulary().words["open_leads"] and before[: -len(word) - 1][-1:] in ("", " ", "\n", "("):
            reading.start -= len(word) + 1
        at = reading.end
    return list(readings)


def _are_ends(first: Reading, last: Reading, text: str) -> bool:
    if not (first.phrase and last.phrase and first.first and last.first and last.last) or first.clock or last.clock:
        return False
    if first.phrase.last or last.phrase.last or first.problems or last.problems or last.first < first.first:
        return False
    is_plain = first.precision == last.precision and not first.phrase.relative and not last.phrase.relative
    has_lead = text[last.start].islower() or text[first.start].islower()
    if (is_plain and not has_lead) or last.start - first.end > _LONGEST_LINK:
        return False
    link = [word for word in text[first.end : last.start].lower().split() if word != "the"]
    lead = [word for word in text[max(0, first.start - 13) : first.start].lower().split() if word != "the"]
    opener = lead[-1] if lead else text[first.start : first.start + 8].lower().split()[0]
    if len(link) != 1:
        return False
    if link[0] in ("to", "until", "till", "through"):
        return opener in ("from", "between") or (link[0] == "through" and not first.phrase.relative)
    return link[0] == "and" and opener == "between"
