"""Clock times, spans of them and printed zones: "2.30–4pm", "14h00", "18 Uhr", "11:00 to 13:30 h. CEST (UTC+2)"."""

from __future__ import annotations

from dataclasses import replace

from extract.when.durations import length_at
from extract.when.meridiem import is_either_half, minute_of_day, spread_meridiem
from extract.when.phrases import Clock, ClockPhrase
from extract.when.spoken_clocks import SpokenClocks
from extract.when.tokens import JOINED, LINE, PARAGRAPH, Tokens
from extract.when.vocabulary import Vocabulary
from extract.when.zone_grammar import ZoneGrammar

_HOUR_WORDS = frozenset(["h", "hs", "hr", "hrs", "hours", "uhr", "uur", "heures", "horas", "std"])
_AFTER_HOUR = frozenset(
    ["on", "in", "at", "and", "for", "the", "am", "le", "with", "noon", "onwards", "daily", "each", "local"]
)
_PLACES = frozenset(["in", "at", "and", "for", "with", "on", "sharp"])
_FROM = frozenset(["from", "between", "de", "von", "vom", "dalle", "van"])
_SUMS = frozenset(["%", "°", "$", "€", "£", "+", "/"])
_YEARS_FROM = 1800
_DAYTIME = range(7, 23)
_NOON, _MIDNIGHT, _DAY = 12 * 60, 0, 24 * 60


class ClockGrammar:
    """Reads clock times of one tokenised text."""

    def __init__(self, tokens: Tokens, words: Vocabulary) -> None:
        self.tokens = tokens
        self.words = words
        self.zones = ZoneGrammar(tokens)
        self.spoken = SpokenClocks(tokens, self._meridiem_at)

    def read(self, index: int, *, after_date: bool = False) -> ClockPhrase | None:
        """Read a clock time or a span of them at a token.

        A bare hour or a dotted time ("10.30–11.00") counts when the span shows it is one, or right after a date.
        """
        found = self.clock_at(index)
        if found is None:
            return None
        first, end = found
        phrase = self._span(index, first, end, after_date)
        if phrase is None:
            is_sure = after_date or first.meridiem or self._has_hour_word(end) or self._opens_item(index)
            is_told = after_date and self._is_told_hour(index, end)
            if (first.is_bare and not is_told) or (self._is_dotted(index) and not is_sure):
                return None
            phrase = ClockPhrase(index, end, first, is_valid=first.minutes <= _DAY)
        return self._with_tail(phrase)

    def _span(self, index: int, first: Clock, end: int, after_date: bool) -> ClockPhrase | None:
        """Read the end of a span; None when there is none."""
        unit_end = self._skip_hour_word(end)
        zone = self.zones.read(unit_end) if first.meridiem or not first.is_bare else None
        after = self._connector(zone[1] if zone else unit_end)
        last = self.clock_at(after) if after is not None else None
        if last is None or after is None or self.tokens[after].gap >= PARAGRAPH:
            return None
        clock, end = last
        if self.tokens[after].gap >= LINE and self._connector(end) is not None:
            return None  # "9:30 –" above "10:00 – 18:30": the next line has a span of its own
        lead = self.tokens.at(index - 1).low in _FROM or after_date
        is_sure = clock.meridiem or self._has_hour_word(end) or (lead and not clock.is_bare)
        if first.is_bare and (clock.is_bare or not is_sure) and not self._are_hours(index, end, after_date):
            return None
        if clock.is_bare and (self._is_count(end) or self.tokens.at(end).low in self.words.months):
            return None  # "until 12 participants", "4:00pm until 5 June 2018 at 6:00pm"
        dotted = self._is_dotted(index) or self._is_dotted(after)
        sure = clock.meridiem or first.meridiem or after_date or self._has_hour_word(end) or self._starts_line(index)
        if dotted and not sure and self.tokens[index].text.find(":") < 0:
            return None
        is_valid = first.minutes <= _DAY and clock.minutes <= _DAY
        first, clock = spread_meridiem(first, clock)
        return ClockPhrase(index, end, first, clock, zone[0] if zone else None, is_valid=is_valid)

    def _is_told_hour(self, index: int, end: int) -> bool:
        """Return whether a bare number behind a day is an hour: "Friday at 4", "tomorrow around 7."."""
        before, after = self.tokens.at(index - 1).low, self.tokens.at(end)
        is_free = after.gap > 1 or not after.text or after.text in (",", ".", ";", ")", "?", "!")
        is_joined = after.gap == JOINED and self.tokens.at(end + 1).gap == JOINED and after.text != ")"
        return before in ("at", "around", "about") and (is_free or after.low in _PLACES) and not is_joined

    def _are_hours(self, index: int, end: int, after_date: bool) -> bool:
        """Return whether two bare numbers are hours: behind a day ("Monday from 10 to 4"), no noun after them."""
        before, after = self.tokens.at(index - 1), self.tokens.at(end)
        is_day = before.low in self.words.weekdays or before.low in _FROM
        is_word = after.gap <= 1 and (after.text[:1].isalnum() or after.text in _SUMS)
        is_joined = after.gap == JOINED and self.tokens.at(end + 1).gap == JOINED
        return after_date and is_day and not (is_word and after.low not in _AFTER_HOUR) and not is_joined

    def _with_tail(self, phrase: ClockPhrase) -> ClockPhrase:
        """Add what may follow: "h.", the zone, "onwards"."""
        end = self._skip_hour_word(phrase.end)
        zone = self.zones.read(end)
        end = zone[1] if zone else end
        length = length_at(self.tokens, end) if phrase.last is None and phrase.is_valid else None
        if length:
            stop = Clock(
                min(minute_of_day(phrase.first) + length[0], 2 * _DAY), is_24h=not is_either_half(phrase.first)
            )
            phrase, end = replace(phrase, last=stop), length[1]
        token = self.tokens.at(end)
        is_open = phrase.last is None and token.low in self.words.words["onwards"]
        if is_open:
            end += 1
        return replace(phrase, end=end, zone=zone[0] if zone else phrase.zone, is_open=is_open)

    # -- one clock time -------------------------------------------------------------------------------------------

    def clock_at(self, index: int) -> tuple[Clock, int] | None:
        """Return (clock, index after it) for one clock time at a token; a bare hour 0–24 too."""
        token = self.tokens.at(index)
        if token.number < 0:
            return self._named_clock(index) or self.spoken.read(index)
        if len(token.text) > 2:
            return self._military(index)
        before = self.tokens.at(index - 1)
        if index and token.gap == JOINED and (before.text in ("$", "€", "£", "#", "+", ".", ",") or before.number >= 0):
            return None
        after, minute, later = (self.tokens.at(index + step) for step in (1, 2, 3))
        if after.gap == JOINED and minute.gap == JOINED and len(minute.text) == 2 and 0 <= minute.number <= 99:
            if after.text == ":" or (after.text == "." and not self._goes_on(index + 3)):
                return self._with_minutes(index, token.number, minute.number, after.text)
            if after.low == "h" and minute.number < 60:
                return self._timed(token.number, minute.number, is_24h=True), index + 3
        if after.low == "h" and not (later.gap == JOINED and after.gap != JOINED and later.text == "."):
            if minute.number >= 0 and len(minute.text) == 2 and minute.number < 60 and after.gap != JOINED:
                return self._timed(token.number, minute.number, is_24h=True), index + 3
            return (self._timed(token.number, 0, is_24h=True), index + 2) if token.number <= 24 else None
        if after.low in ("uhr", "uur", "heures", "heure") and token.number <= 24:
            if minute.number in range(60) and len(minute.text) == 2 and minute.gap != JOINED:
                return self._timed(token.number, minute.number, is_24h=True), index + 3
            return self._timed(token.number, 0, is_24h=True), index + 2
        return self.spoken.read(index) or self._bare(index)

    def _bare(self, index: int) -> tuple[Clock, int] | None:
        number = self.tokens[index].number
        if number == 12 and self.tokens.at(index + 1).gap <= 1 and self._named_clock(index + 1):
            return self._named_clock(index + 1)
        meridiem = self._meridiem_at(index + 1)
        if meridiem and 1 <= number <= 12:
            return Clock(number * 60, meridiem[0]), meridiem[1]
        after, word = self.tokens.at(index + 1), self.tokens.at(index + 2)
        if after.low == "oclock" and 0 < number <= 12:
            meridiem = self._meridiem_at(index + 2)
            return Clock(number * 60, meridiem[0] if meridiem else None), meridiem[1] if meridiem else index + 2
        if after.low == "o" and word.text in ("'", "’") and self.tokens.at(index + 3).low == "clock":
            meridiem = self._meridiem_at(index + 4)
            return Clock(number * 60, meridiem[0] if meridiem else None), meridiem[1] if meridiem else index + 4
        if number <= 24 and not (after.gap == JOINED and after.text in ("%", ":", "/")):
            return Clock(number * 60, is_24h=number > 12, is_bare=True), index + 1
        return None

    def _with_minutes(self, index: int, hour: int, minute: int, sep: str) -> tuple[Clock, int] | None:
        end = index + 3
        seconds = self.tokens.at(end + 1)
        if self.tokens.at(end).text == ":" and self.tokens.at(end).gap == JOINED and 0 <= seconds.number < 60:
            end += 2
        meridiem = self._meridiem_at(end)
        if sep == "." and (minute > 59 or hour > 24):
            return None
        if minute > 59 or hour > 24 or (hour == 24 and minute):
            return Clock(_DAY + 1, is_24h=True), meridiem[1] if meridiem else end
        is_24h = hour > 12 or hour == 0 or (self.tokens[index].text[0] == "0" and not meridiem)
        if meridiem and 1 <= hour <= 12:
            return Clock(hour * 60 + minute, meridiem[0]), meridiem[1]
        return Clock(hour * 60 + minute, is_24h=is_24h), meridiem[1] if meridiem else end

    def _timed(self, hour: int, minute: int, *, is_24h: bool) -> Clock:
        return Clock(hour * 60 + minute if hour <= 24 else _DAY + 1, is_24h=is_24h)

    def _military(self, index: int) -> tuple[Clock, int] | None:
        """Read "1400 hrs", "0900h", "0730-0930" only with a word for hours behind it."""
        token, after = self.tokens[index], self.tokens.at(index + 1)
        if len(token.text) != 4 or token.number % 100 > 59 or token.number > 2400:
            return None
        behind = self.tokens.at(index + 3)
        meridiem = self._meridiem_at(index + 1)
        if meridiem and 100 <= token.number <= 1259:
            return Clock(token.number // 100 * 60 + token.number % 100, meridiem[0]), meridiem[1]
        sure = after.low in _HOUR_WORDS or (
            after.text in ("-", "–") and behind.low in _HOUR_WORDS and len(self.tokens.at(index + 2).text) == 4
        )
        if not (sure or self._opens_military_item(index) or self._opens_military_item(index - 2)):
            return None
        clock = Clock(token.number // 100 * 60 + token.number % 100, is_24h=True)
        return clock, index + 1 + (after.low in _HOUR_WORDS)

    def _opens_military_item(self, index: int) -> bool:
        """Return whether a line starts with two such times ("0900-0915 Welcome"); 1945-1950 are years."""
        first, dash, last = (self.tokens.at(index + step) for step in range(3))
        is_pair = len(first.text) == len(last.text) == 4 and dash.text in ("-", "–")
        is_clock = 0 <= first.number < _YEARS_FROM and last.number <= 2400 and last.number % 100 < 60
        return is_pair and is_clock and self._starts_line(index)

    def _named_clock(self, index: int) -> tuple[Clock, int] | None:
        low = self.tokens.at(index).low
        if low in self.words.words["noon"]:
            return Clock(_NOON, is_24h=True), index + 1
        if low in self.words.words["midnight"]:
            return Clock(_MIDNIGHT, is_24h=True), index + 1
        return None

    def _meridiem_at(self, index: int) -> tuple[str, int] | None:
        """Return ("am" or "pm", index after it) for "am", "a.m.", "PM", "p. m."."""
        token = self.tokens.at(index)
        if token.gap >= LINE:
            return None
        if token.text == "." and token.gap == JOINED and self.tokens.at(index + 1).low in ("am", "pm"):
            return self._meridiem_at(index + 1)
        if token.low in ("in", "at"):
            return self._day_part(index)
        if token.low in self.words.words["noon"]:  # "12:00 noon"
            return "pm", index + 1
        if token.low in self.words.words["midnight"]:
            return "am", index + 1
        if token.low in ("am", "pm"):
            after = self.tokens.at(index + 1)
            if after.gap == JOINED and after.text.isalnum():
                return None
            is_stop = token.gap == JOINED and after.text == "." and after.gap == JOINED
            return token.low, index + 1 + (is_stop and self.tokens.at(index + 2).text in ("-", "–", ",", "to"))
        if token.low not in ("a", "p") or self.tokens.at(index + 1).text != ".":
            return None
        letter, stop = self.tokens.at(index + 2), self.tokens.at(index + 3)
        if letter.low == "m" and letter.gap <= 1:
            return token.low + "m", index + (4 if stop.text == "." and stop.gap == JOINED else 3)
        return None

    def _day_part(self, index: int) -> tuple[str, int] | None:
        """Return the half of the day that "in the morning" or "at night" tells."""
        low = [self.tokens.at(index + step).low for step in range(3)]
        if low[:2] == ["in", "the"] and low[2] in ("morning", "afternoon", "evening"):
            return ("am" if low[2] == "morning" else "pm"), index + 3
        return ("pm", index + 2) if low[:2] == ["at", "night"] else None

    # -- surroundings ---------------------------------------------------------------------------------------------

    def _connector(self, index: int) -> int | None:
        token = self.tokens.at(index)
        if token.gap == PARAGRAPH:
            return None
        before = self.words.words["range"]
        if token.low in before or token.low in ("a", "and", "et", "y", "und", "e", "en", "às"):
            after = self.tokens.at(index + 1)
            if after.low in ("las", "alle", "à", "um", "at", "the", "about", "around", "approximately", "ore"):
                return index + 2
            return index + 1
        if token.text == "/" and self.tokens.at(index + 1).gap == JOINED and token.gap == JOINED:
            return None
        return None

    def _goes_on(self, index: int) -> bool:
        """Return whether digits or another dotted part follow: "10.30.1" is no time."""
        token, after = self.tokens.at(index), self.tokens.at(index + 1)
        if token.gap != JOINED:
            return False
        return (
            token.number >= 0 or (token.text == "." and after.gap == JOINED and after.number >= 0) or token.text == "%"
        )

    def _is_dotted(self, index: int) -> bool:
        return self.tokens.at(index + 1).text == "." and self.tokens.at(index + 1).gap == JOINED

    def _has_hour_word(self, index: int) -> bool:
        return self.tokens.at(index).low in _HOUR_WORDS or self.tokens.at(index - 1).low in _HOUR_WORDS

    def _is_count(self, index: int) -> bool:
        """Return whether a lower-case noun follows a bare number ("9:00 to 12 participants")."""
        token = self.tokens.at(index)
        is_noun = token.gap == 1 and token.text[:1].islower()
        return is_noun and token.low not in _HOUR_WORDS and token.low not in _AFTER_HOUR

    def _starts_line(self, index: int) -> bool:
        token = self.tokens.at(index)
        return index == 0 or token.gap >= LINE or self.tokens.at(index - 1).text in ("•", "-", "*", "|", "–", ":")

    def _opens_item(self, index: int) -> bool:
        """Return whether a dotted number at a line start is a programme time ("09.30 Welcome"), no section number."""
        return self._starts_line(index) and self.tokens[index].number in _DAYTIME and self.tokens.at(index + 3).gap > 0

    def _skip_hour_word(self, index: int) -> int:
        token = self.tokens.at(index)
        if token.low not in _HOUR_WORDS or token.gap >= LINE:
            return index
        after = self.tokens.at(index + 1)
        is_stop = after.text == "." and after.gap == JOINED and self.tokens.at(index + 2).gap < LINE
        is_stop = is_stop and not self.tokens.at(index + 2).text[:1].islower()
        return index + 2 if is_stop and self.zones.read(index + 2) else index + 1
