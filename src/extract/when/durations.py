"""How long something lasts, behind the time at which it starts: "for 2 hours", "(90 min)"."""

from __future__ import annotations

from extract.vocabularies import read_toml, words_of
from extract.when.tokens import LINE, Tokens

_MINUTES = frozenset(words_of("date_words", "durations", "minutes"))
_HOURS = frozenset(words_of("date_words", "durations", "hours"))
_LONGEST = 24 * 60


def length_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return (minutes, index after it) for "for 2.5 hrs", "for 1 hour and 30 minutes", "(90 min)" at a token."""
    opener = tokens.at(index)
    if opener.low not in ("for", "(") or opener.gap >= LINE or tokens.at(index + 1).gap >= LINE:
        return None
    amount = _amount(tokens, index + 1)
    if amount is None or not 0 < amount[0] < _LONGEST:
        return None
    if opener.text == "(":
        return (amount[0], amount[1] + 1) if tokens.at(amount[1]).text == ")" else None
    return amount


def _amount(tokens: Tokens, index: int) -> tuple[int, int] | None:
    numbers: dict[str, int] = read_toml("relative_words")["numbers"]
    token, end = tokens.at(index), index + 1
    number = numbers.get(token.low, token.number)
    tenths = tokens.at(end + 1).number if tokens.at(end).text == "." else 0
    end += 2 * (0 < tenths < 10)
    unit = tokens.at(end).low
    if number < 0 or unit not in _MINUTES | _HOURS:
        return None
    if unit in _MINUTES:
        return number, end + 1
    minutes, end = number * 60 + max(tenths, 0) * 6, end + 1
    more = end + (tokens.at(end).low == "and")
    if 0 < tokens.at(more).number < 60 and tokens.at(more + 1).low in _MINUTES:
        return minutes + tokens.at(more).number, more + 2
    return minutes, end
