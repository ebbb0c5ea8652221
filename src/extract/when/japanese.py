"""Japanese dates and times: 2024年3月14日(木)14時～16時, 令和6年3月14日, 3月14日～16日."""

from __future__ import annotations

from extract.records import DatePrecision
from extract.vocabularies import read_toml
from extract.when.phrases import Clock, ClockPhrase, DatePhrase, PartialDate
from extract.when.tokens import JOINED, PARAGRAPH, Tokens

ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
"""The year before the first of each era: 令和6年 = 2018 + 6."""
_NO_DAY_BEFORE = frozenset("第約計全毎各のへ.,/年月")
"""Signs before a number of days or a part of a number."""
_DAY_BEHIND = frozenset("、，にの午")
"""Signs behind the day that something happens on; 10日間 and 3日目 count days."""
_RANGE = frozenset("-–—~〜～―－")


def read_date(tokens: Tokens, index: int) -> DatePhrase | None:
    """Read a date or a range of dates written with 年, 月, 日 at a token."""
    found = _one(tokens, index, None)
    if found is None:
        return _day_alone(tokens, index)
    first, end = found
    after = _range_at(tokens, end)
    other = _one(tokens, after, first) if after else None
    if other is None:
        return DatePhrase(index, end, first, precision=_precision(first), is_weak=False)
    last, end = other
    return DatePhrase(index, end, first, last, precision=_precision(last))


def _day_alone(tokens: Tokens, index: int) -> DatePhrase | None:
    """Read 26日(土) and 21日に: the press leaves the month of its own date out."""
    day, sign, before = tokens.at(index), tokens.at(index + 1), tokens.at(index - 1)
    is_part = index > 0 and day.gap == JOINED and before.text in _NO_DAY_BEFORE
    if sign.text != "日" or not 1 <= day.number <= 31 or is_part:
        return None
    weekday, end = _weekday(tokens, index + 2)
    if weekday is None and tokens.at(end).text not in _DAY_BEHIND:
        return None
    partial = PartialDate(None, None, day.number, weekday)
    return DatePhrase(index, end, partial, relative=("day_near", 0), is_weak=True)


def _one(tokens: Tokens, index: int, earlier: PartialDate | None) -> tuple[PartialDate, int] | None:
    """Read one date; after the start of a range (`earlier`) the parts it repeats may be left out."""
    year, end = _year(tokens, index)
    month = day = None
    if tokens.at(end + 1).text == "月" and 1 <= tokens.at(end).number <= 99:
        month, end = tokens.at(end).number, end + 2
    elif earlier and year is None:
        month = earlier.month
    if month is not None and tokens.at(end + 1).text == "日" and 1 <= tokens.at(end).number <= 99:
        day, end = tokens.at(end).number, end + 2
    if end == index or (year is None and day is None):
        return None
    weekday, end = _weekday(tokens, end)
    return PartialDate(year if year is not None else (earlier.year if earlier else None), month, day, weekday), end


def _year(tokens: Tokens, index: int) -> tuple[int | None, int]:
    era = ERAS.get(tokens.at(index).text + tokens.at(index + 1).text)
    if era is not None and tokens.at(index + 3).text == "年":
        number = tokens.at(index + 2)
        if number.text == "元":
            return era + 1, index + 4
        return (era + number.number, index + 4) if 0 < number.number < 100 else (None, index)
    if tokens.at(index + 1).text == "年" and 1000 <= tokens.at(index).number <= 2199:
        return tokens.at(index).number, index + 2
    return None, index


def _weekday(tokens: Tokens, index: int) -> tuple[int | None, int]:
    days = {name: number for number, names in enumerate(read_toml("weekdays")["ja"]["names"]) for name in names}
    if tokens.at(index).text in ("(", "（") and tokens.at(index + 1).text in days:
        step = 2
        while step < 6 and tokens.at(index + step).text not in (")", "）"):
            step += 1
        return days[tokens.at(index + 1).text], index + step + 1
    if tokens.at(index + 1).text == "曜" and tokens.at(index).text in days:
        return days[tokens.at(index).text], index + 2 + (tokens.at(index + 2).text == "日")
    return None, index


def _range_at(tokens: Tokens, index: int) -> int | None:
    token = tokens.at(index)
    if token.gap == PARAGRAPH:
        return None
    if token.text in _RANGE:
        return index + 1
    return index + 2 if token.text == "か" and tokens.at(index + 1).text == "ら" else None


def read_clock(tokens: Tokens, index: int) -> ClockPhrase | None:
    """Read 14時, 午後2時30分, 14時半～16時 at a token."""
    found = _clock(tokens, index, None)
    if found is None:
        return None
    first, end = found
    after = _range_at(tokens, end)
    other = _clock(tokens, after, first.meridiem) if after else None
    if other is None:
        return ClockPhrase(index, end, first, is_valid=first.minutes <= 24 * 60)
    return ClockPhrase(index, other[1], first, other[0], is_valid=max(first.minutes, other[0].minutes) <= 24 * 60)


def _clock(tokens: Tokens, index: int, meridiem: str | None) -> tuple[Clock, int] | None:
    half = {"午前": "am", "午後": "pm"}.get(tokens.at(index).text + tokens.at(index + 1).text)
    if half:
        index += 2
    hour = tokens.at(index).number
    if not 0 <= hour <= 99 or tokens.at(index + 1).text != "時" or tokens.at(index + 2).text == "間":
        return None
    index += 2
    minute = 0
    if tokens.at(index).text == "半":
        minute, index = 30, index + 1
    elif 0 <= tokens.at(index).number < 60 and tokens.at(index + 1).text == "分":
        minute, index = tokens.at(index).number, index + 2
    half = half or (meridiem if hour <= 12 else None)
    is_half = half is not None and hour <= 12
    return Clock(hour * 60 + minute, half if is_half else None, is_24h=not is_half), index


def _precision(date: PartialDate) -> DatePrecision:
    return "day" if date.day else "month" if date.month else "year"
