"""Clock times, spans of them and printed zones: "2.30–4pm", "14h00", "18 Uhr", "11:00 to 13:30 h. CEST (UTC+2)"."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from extract.when.clock_parts import FROM, HOUR_WORDS, ClockParts
from extract.when.durations import length_at
from extract.when.meridiem import is_either_half, minute_of_day, spread_meridiem
from extract.when.phrases import Clock, ClockPhrase
from extract.when.spoken_clocks import SpokenClocks
from extract.when.tokens import JOINED, LINE, PARAGRAPH, SPACE, Tokens
from extract.when.vocabulary import Vocabulary
from extract.when.zone_grammar import ZoneGrammar

_YEARS_FROM, _YEARS_TO = 1800, 2200
_FEWEST_LINES = 3
_DAYTIME = range(7, 23)
_NOON, _MIDNIGHT, _DAY = 12 * 60, 0, 24 * 60


class ClockGrammar(ClockParts):
    """Reads clock times of one tokenised text."""

    def __init__(self, tokens: Tokens, words: Vocabulary, language: str | None = None) -> None:
        super().__init__(tokens, words, language)
        self.zones = ZoneGrammar(tokens)
        self.spoken = SpokenClocks(tokens, self.meridiem_at)

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
            is_led = self.is_led(index)
            is_sure = after_date or is_led or first.meridiem or self.has_hour_word(end) or self._opens_item(index)
            is_sure = is_sure or self.is_told_time(index, end)
            is_told = is_led or (after_date and self.tokens.at(index - 1).low in ("at", "around", "about"))
            is_hour = is_told and (self.stands_free(end) or self.zones.read(end) is not None)
            if (first.is_bare and not is_hour) or (self.is_dotted(index) and not is_sure):
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
        lead = self.tokens.at(index - 1).low in FROM or after_date
        is_sure = clock.meridiem or self.has_hour_word(end) or (lead and not clock.is_bare)
        if first.is_bare and (clock.is_bare or not is_sure) and not self.are_hours(index, end, after_date):
            return None
        if clock.is_bare and (self.is_count(end) or self.tokens.at(end).low in self.words.months):
            return None  # "until 12 participants", "4:00pm until 5 June 2018 at 6:00pm"
        dotted = self.is_dotted(index) or self.is_dotted(after)
        sure = clock.meridiem or first.meridiem or after_date or self.has_hour_word(end) or self.starts_line(index)
        sure = sure or self.is_led(index)
        if dotted and not sure and self.tokens[index].text.find(":") < 0:
            return None
        is_valid = first.minutes <= _DAY and clock.minutes <= _DAY
        first, clock = spread_meridiem(first, clock)
        return ClockPhrase(index, end, first, clock, zone[0] if zone else None, is_valid=is_valid)

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
        is_cut = before.text in ("$", "€", "£", "#", "+", ".", ",") or before.number >= 0
        if index and token.gap == JOINED and is_cut and not self.is_glued(index):
            return None
        after, minute, later = (self.tokens.at(index + step) for step in (1, 2, 3))
        if after.gap == JOINED and minute.gap == JOINED and len(minute.text) == 2 and 0 <= minute.number <= 99:
            is_stop = after.text == "." or (after.text == "," and self.is_led(index))  # "ore 15,30"
            if after.text == ":" or (is_stop and not self.goes_on(index + 3)):
                return self._with_minutes(index, token.number, minute.number, after.text)
            if after.low in ("h", "u") and minute.number < 60:
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
        meridiem = self.meridiem_at(index + 1)
        if meridiem and 1 <= number <= 12:
            return Clock(number * 60, meridiem[0]), meridiem[1]
        after, word = self.tokens.at(index + 1), self.tokens.at(index + 2)
        if after.low == "oclock" and 0 < number <= 12:
            meridiem = self.meridiem_at(index + 2)
            return Clock(number * 60, meridiem[0] if meridiem else None), meridiem[1] if meridiem else index + 2
        if after.low == "o" and word.text in ("'", "’") and self.tokens.at(index + 3).low == "clock":
            meridiem = self.meridiem_at(index + 4)
            return Clock(number * 60, meridiem[0] if meridiem else None), meridiem[1] if meridiem else index + 4
        if number <= 24 and not (after.gap == JOINED and after.text in ("%", ":", "/")):
            return Clock(number * 60, is_24h=number > 12, is_bare=True), index + 1
        return None

    def _with_minutes(self, index: int, hour: int, minute: int, sep: str) -> tuple[Clock, int] | None:
        end = index + 3
        seconds = self.tokens.at(end + 1)
        if self.tokens.at(end).text == ":" and self.tokens.at(end).gap == JOINED and 0 <= seconds.number < 60:
            end += 2
        meridiem = self.meridiem_at(end)
        if sep != ":" and (minute > 59 or hour > 24):
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
        meridiem = self.meridiem_at(index + 1)
        if meridiem and 100 <= token.number <= 1259:
            return Clock(token.number // 100 * 60 + token.number % 100, meridiem[0]), meridiem[1]
        sure = after.low in HOUR_WORDS or (
            after.text in ("-", "–") and behind.low in HOUR_WORDS and len(self.tokens.at(index + 2).text) == 4
        )
        is_item = self._opens_military_item(index) or self._opens_military_item(index - 2)
        is_item = is_item or (self._military_lines and self._is_military_line(index))
        if not (sure or is_item or self._is_told_pair(index) or self._is_told_pair(index - 2)):
            return None
        clock = Clock(token.number // 100 * 60 + token.number % 100, is_24h=True)
        return clock, index + 1 + (after.low in HOUR_WORDS)

    @cached_property
    def _military_lines(self) -> bool:
        """Whether several lines open with such an hour, one of them with a nought ("0900 Opening"): no years then."""
        numbers = [token for index, token in enumerate(self.tokens) if self._is_military_line(index)]
        return len(numbers) >= _FEWEST_LINES and any(token.text[0] == "0" for token in numbers)

    def _is_military_line(self, index: int) -> bool:
        token, after = self.tokens[index], self.tokens.at(index + 1)
        is_clock = len(token.text) == 4 and 0 <= token.number <= 2400 and token.number % 100 in range(0, 60, 5)
        return is_clock and (index == 0 or token.gap >= LINE) and after.gap == SPACE and after.text[:1].isupper()

    def _is_told_pair(self, index: int) -> bool:
        """Return whether a zone or a lead tells two such times: "1000-1100 (EDT)", "between 0730-0930"."""
        first, link, last = (self.tokens.at(index + step) for step in range(3))
        is_pair = len(first.text) == len(last.text) == 4 and min(first.number, last.number) >= 0
        is_clock = max(first.number, last.number) <= 2400 and last.number % 100 < 60 and last.gap < LINE
        if not (is_pair and is_clock and link.low in self.words.words["range"]):
            return False
        before = self.tokens.at(index - 1 - (self.tokens.at(index - 1).text == ","))
        is_day = before.low in self.words.months or _YEARS_FROM < before.number < _YEARS_TO
        if (first.text[0] == "0" and before.low in FROM) or (first.number < _YEARS_FROM and is_day):
            return True
        return self.tokens.at(index + 3).gap < LINE and self.zones.read(index + 3) is not None

    def _opens_military_item(self, index: int) -> bool:
        """Return whether a line starts with two such times ("0900-0915 Welcome"); 1945-1950 are years."""
        first, dash, last = (self.tokens.at(index + step) for step in range(3))
        is_pair = len(first.text) == len(last.text) == 4 and dash.text in ("-", "–")
        is_clock = 0 <= first.number < _YEARS_FROM and last.number <= 2400 and last.number % 100 < 60
        return is_pair and is_clock and self.starts_line(index)

    def _named_clock(self, index: int) -> tuple[Clock, int] | None:
        low = self.tokens.at(index).low
        if low in self.words.words["noon"]:
            return Clock(_NOON, is_24h=True), index + 1
        if low in self.words.words["midnight"]:
            return Clock(_MIDNIGHT, is_24h=True), index + 1
        return None

    # -- surroundings ---------------------------------------------------------------------------------------------

    def _connector(self, index: int) -> int | None:
        token = self.tokens.at(index)
        if token.gap == PARAGRAPH:
            return None
        if self.is_glued(index):
            return index
        before = self.words.words["range"]
        if token.low in before or token.low in ("a", "and", "et", "y", "und", "e", "en", "às"):
            after = self.tokens.at(index + 1)
            if after.low in ("las", "alle", "à", "um", "at", "the", "about", "around", "approximately", "ore"):
                return index + 2
            return index + 1
        return None

    def _opens_item(self, index: int) -> bool:
        """Return whether a dotted number at a line start is a programme time ("09.30 Welcome"), no section number."""
        return self.starts_line(index) and self.tokens[index].number in _DAYTIME and self.tokens.at(index + 3).gap > 0

    def _skip_hour_word(self, index: int) -> int:
        token = self.tokens.at(index)
        if token.low not in HOUR_WORDS or token.gap >= LINE:
            return index
        after = self.tokens.at(index + 1)
        is_stop = after.text == "." and after.gap == JOINED and self.tokens.at(index + 2).gap < LINE
        is_stop = is_stop and not self.tokens.at(index + 2).text[:1].islower()
        return index + 2 if is_stop and self.zones.read(index + 2) else index + 1
