"""The halves of the day: what "am", "pm" and their absence make of a written hour."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from extract.vocabularies import read_toml
from extract.when.phrases import Clock
from extract.when.tokens import tokenize

_NOON = 12 * 60


def spread_meridiem(first: Clock, last: Clock) -> tuple[Clock, Clock]:
    """Give each end of a span the meridiem it means.

    "2.30–4pm" is afternoon at both ends; "11:00 - 12:30 PM" starts in the morning, because pm would put the start
    past the end; after "9.00am" an end without meridiem is the next such time.
    """
    if last.meridiem and not first.meridiem and not first.is_24h:
        as_last = replace(first, meridiem=last.meridiem, is_bare=False)
        other = replace(as_last, meridiem="am")
        first = as_last if minute_of_day(as_last) < minute_of_day(last) else other
    elif first.meridiem and not last.meridiem and not last.is_24h:
        same = replace(last, meridiem=first.meridiem, is_bare=False)
        last = same if minute_of_day(same) > minute_of_day(first) else replace(same, meridiem="pm")
    return replace(first, is_bare=False), replace(last, is_bare=False)


def is_either_half(clock: Clock) -> bool:
    """Return whether a clock may be of either half of the day."""
    return clock.meridiem is None and not clock.is_24h


def minute_of_day(clock: Clock) -> int:
    """Return the minutes after midnight with the meridiem applied (12 am = 0)."""
    if clock.meridiem is None:
        return clock.minutes
    minutes = clock.minutes % _NOON
    return minutes + (_NOON if clock.meridiem == "pm" else 0)


@lru_cache
def day_parts() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the words for a half of the day ("de la tarde") with "am" or "pm", by their first word."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, half in (("mornings", "am"), ("afternoons", "pm")):
        for phrase in read_toml("time_words")[kind]:
            words = tuple(token.low for token in tokenize(phrase))
            found.setdefault(words[0], []).append((words, half))
    return found
