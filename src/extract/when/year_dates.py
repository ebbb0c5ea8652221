"""Years and parts of years: "since 2014", "2009-2013", "early 1990s", "Q1 2024", "the second half of 2023"."""

from __future__ import annotations

from dataclasses import replace

from extract.vocabularies import read_toml
from extract.when.phrases import DatePhrase, PartialDate
from extract.when.tokens import JOINED, LINE, PARAGRAPH, Tokens
from extract.when.vocabulary import SEASONS, Vocabulary

_TITLE_TOKENS = 40
_LIST_MARKS = frozenset([",", "and", "&", "or", "und", "et", "y", "e", "-", "–", "/"])
_LONGEST_LIST = 20
"""Years in one list; in longer runs of numbers a look back at the first would be quadratic."""


class YearGrammar:
    """Reads years and their parts of one tokenised text; knows the numbers that are none."""

    def __init__(self, tokens: Tokens, words: Vocabulary) -> None:
        self.tokens = tokens
        self.words = words
        self.ordinals: dict[str, int] = read_toml("relative_words")["ordinals"]
        self.decades: dict[str, int] = read_toml("relative_words")["decades"]
        lists = read_toml("not_dates")
        self.before = frozenset(lists["before"])
        self.after = frozenset(lists["after"])
        self.signs = frozenset(lists["signs"])
        self.names = frozenset(lists["names"])

    def read(self, index: int) -> DatePhrase | None:
        """Read what starts at a token, or None."""
        token = self.tokens.at(index)
        if token.number >= 0:
            return (
                self._year(index) if len(token.text) == 4 else self._ordinal_part(index) or self._spoken_decade(index)
            )
        if token.low in SEASONS:
            return self._season(index)
        if token.low in ("q", "h", "fy", "cy", "fiscal"):
            return self._span_of(self._quarter_code(index))
        if token.low in self.decades:
            return self._spoken_decade(index)
        return self._ordinal_part(index) if token.low in self.ordinals else None

    def _year(self, index: int) -> DatePhrase | None:
        token, after = self.tokens[index], self.tokens.at(index + 1)
        tail = self._fiscal_tail(index)
        if tail:
            return self._span_of(tail)
        if not 1800 <= token.number <= 2199 or self._is_number_of_something(index):
            return None
        if after.low == "s" and after.gap == JOINED and token.number % 10 == 0:
            return self._decade(index, index + 2)
        if (
            after.text in ("'", "’")
            and self.tokens.at(index + 2).low == "s"
            and token.number % 10 == 0
            and (
                after.gap == JOINED
                and self.tokens.at(index + 2).gap == JOINED
                and self.tokens.at(index - 1).low == "the"
            )
        ):
            return self._decade(index, index + 3)
        return self._year_span(index) or self._single_year(index)

    def _decade(self, index: int, end: int) -> DatePhrase:
        start = self.with_lead(index)
        year = self.tokens[index].number
        return DatePhrase(start, end, PartialDate(year), PartialDate(year + 9), precision="decade")

    def _spoken_decade(self, index: int) -> DatePhrase | None:
        """Read "the nineties", "the late '90s", "the 80s": those of the last century."""
        token = self.tokens[index]
        tens, end = self.decades.get(token.low, token.number), index + 1
        if token.number >= 0:
            end += self.tokens.at(end).text in ("'", "’")
            suffix = self.tokens.at(end)
            if len(token.text) != 2 or tens % 10 or tens < 20 or suffix.low != "s" or suffix.gap != JOINED:
                return None
            end += 1
        start = index - (self.tokens.at(index - 1).text in ("'", "’", "‘") and token.gap == JOINED)
        lead = self.tokens.at(start - 1).low
        if lead not in ("the", "early", "late", "mid", "-") or self.tokens.at(index - 2).low in ("his", "her", "their"):
            return None
        start = self.with_lead(start)
        return DatePhrase(start, end, PartialDate(1900 + tens), PartialDate(1909 + tens), precision="decade")

    def _year_span(self, index: int) -> DatePhrase | None:
        """Read "2009-2013", "2012/13", "from 2014 to 2018"."""
        first, dash, last = self.tokens[index].number, self.tokens.at(index + 1), self.tokens.at(index + 2)
        if dash.gap >= PARAGRAPH or last.number < 0 or last.gap >= LINE:
            return None
        is_dash = dash.text in ("-", "–", "—", "−", "/", "‑", "~")
        lead = self.tokens.at(index - 1).low
        is_word = dash.low in ("to", "bis", "à", "until", "till", "through") or (
            dash.low == "and" and lead == "between"
        )
        is_word = (
            is_word or (dash.low == "a" and lead in ("de", "dal", "da")) or dash.low in ("al", "tot", "hasta", "au")
        )
        end = index + 3
        if (self.tokens.at(end).gap == JOINED and self._dashed_number(end)) or self.tokens.at(end).low in self.after:
            return None
        if len(last.text) == 4 and (is_dash or is_word) and first < last.number <= first + 150 and last.number < 2200:
            start = index - 1 if is_word and lead in ("from", "between") else index
            name = self._is_in_name(index)
            return DatePhrase(start, end, PartialDate(first), PartialDate(last.number), "year", is_name_part=name)
        if len(last.text) == 2 and is_dash and last.gap == JOINED and last.number > first % 100:
            if dash.text != "/" and last.number <= 12 and last.number != first % 100 + 1:
                return None
            if self._is_year_like(index):
                return DatePhrase(index, end, PartialDate(first), PartialDate(first // 100 * 100 + last.number), "year")
        return None

    def _dashed_number(self, index: int) -> bool:
        """Return whether a dash or slash and a number joined to it stand at a token."""
        dash, number = self.tokens.at(index), self.tokens.at(index + 1)
        return dash.text in ("-", "/", "–") and number.number >= 0 and number.gap == JOINED

    def _fiscal_tail(self, index: int) -> DatePhrase | None:
        """Read "2017 q1" and "2018 h2"."""
        if not 1900 <= self.tokens.at(index).number <= 2199:
            return None
        at = index + 1 + (self.tokens.at(index + 1).text == "-")
        code, number = self.tokens.at(at), self.tokens.at(at + 1)
        if code.low in ("q", "h") and number.gap == JOINED and 1 <= number.number <= (4 if code.low == "q" else 2):
            return self._part_of_year(index, at + 2, self.tokens[index].number, code.low, number.number)
        return None

    def _single_year(self, index: int) -> DatePhrase | None:
        token = self.tokens[index]
        is_name = self._is_in_name(index)
        if not is_name and not self._is_year_like(index):
            if not self._ends_title(index):
                return None
            is_name = True
        start = self.with_lead(index)
        return DatePhrase(
            start, index + 1, PartialDate(token.number), precision="year", is_weak=True, is_name_part=is_name
        )

    def _is_year_like(self, index: int) -> bool:
        """Return whether the words around a four-digit number make it a year."""
        token, before, after = self.tokens[index], self.tokens.at(index - 1), self.tokens.at(index + 1)
        if not 1900 <= token.number <= 2100 and before.low not in ("in", "since", "year", "en", "im", "until"):
            return False
        if (before.low in self.words.words["year_before"] and before.text.isalpha()) or self._is_compared(index):
            return True
        if before.text == "(" and after.text in (")", ",", "-", "–", ";"):
            return True
        if before.text in _LIST_MARKS and self._year_before(index - 2):
            return True
        nouns = self.words.words["year_noun_before"]
        is_noun = after.gap in (1, LINE) and after.text[:1].isalpha() and after.low not in self.after
        if before.low in nouns:
            return before.gap <= LINE and is_noun and before.text != "A"
        # "the devastating 2023 earthquakes"
        is_adjective = before.text.islower() and before.text.isalpha() and before.low not in self.before
        return is_adjective and is_noun and after.text.islower() and self.tokens.at(index - 2).low == "the"

    def _year_before(self, index: int) -> bool:
        """Return whether a token is a year, told by its own surroundings or those of the first of its list."""
        for _ in range(_LONGEST_LIST):
            token, before = self.tokens.at(index), self.tokens.at(index - 1)
            if len(token.text) != 4 or not 1900 <= token.number <= 2100:
                return False
            if before.text not in _LIST_MARKS:
                return self._is_year_like(index)
            index -= 2
        return False

    def _is_in_name(self, index: int) -> bool:
        """Return whether a year is part of a capitalised name ("Strategic Concept 2022", "Erasmus+ 2021-2027")."""
        before = self.tokens.at(index - 1)
        if before.text == "+" and before.gap == JOINED:
            return True
        return bool(before.low in self.names and before.text[:1].isupper() and self.tokens[index].gap <= LINE)

    def _ends_title(self, index: int) -> bool:
        """Return whether a year ends the first line of the text ("Report from the Workshop on Data (AID), 2021")."""
        if (
            self.tokens.at(index + 1).gap < LINE
            or index > _TITLE_TOKENS
            or not 1950 <= self.tokens[index].number <= 2100
        ):
            return False
        return not any(self.tokens[k].gap >= LINE for k in range(1, index + 1)) and index > 0

    def _is_number_of_something(self, index: int) -> bool:
        """Return whether the surroundings make a four-digit number no year: a count, room, amount, phone number."""
        token, before, after = self.tokens[index], self.tokens.at(index - 1), self.tokens.at(index + 1)
        if (
            index
            and token.gap == JOINED
            and before.text not in ("(", "[", "-", "–", "—", "/", "’", "'", '"', "“", "年", ",", "〜", "～", "~")
        ):
            return True
        if index and token.gap == JOINED and before.text in ("-", "/", "–", ","):
            ahead = self.tokens.at(index - 2)
            is_known = self._is_month_or_year(index - 2) or ahead.low in self.words.words["leads"]
            if ahead.gap != PARAGRAPH and before.gap == JOINED and not is_known:
                return before.text != "–" or ahead.number >= 0
        if (
            before.low in self.before
            and not self._is_compared(index)
            and not (before.low in ("over", "about") and after.text == "–")
        ):
            return not self._is_in_name(index)
        if before.text in self.signs and not (before.text == "+" and before.gap == JOINED):
            return True
        if before.text == "." and self.tokens.at(index - 2).low in ("no", "nr", "sec", "art", "tel", "p", "pp", "res"):
            return True
        if after.gap == JOINED and after.text in (".", ",", ":", "-", "/", "%", "@", "_"):
            later = self.tokens.at(index + 2)
            if later.gap == JOINED and (
                later.number >= 0 and len(later.text) != 4 and after.text != "-" and after.text != "/"
            ):
                return True
            if later.gap == JOINED and later.number >= 0 and len(later.text) > 4:
                return True
            if after.text in ("%", "@", "_"):
                return True
        if (
            after.gap == JOINED
            and after.text.isalpha()
            and after.low not in ("s", "q")
            and not "\u3040" <= after.text <= "\u9fff"
        ):
            return True
        return after.low in self.after and after.gap <= 1 and not (after.low == "c" and after.text == "c")

    def _is_compared(self, index: int) -> bool:
        """Return whether a number is said to be early or late: "no later than 2030"."""
        return self.tokens.at(index - 1).low == "than" and self.tokens.at(index - 2).low in ("later", "earlier")

    def _is_month_or_year(self, index: int) -> bool:
        token = self.tokens.at(index)
        return (len(token.text) == 4 and 1800 <= token.number <= 2199) or token.low in self.words.months

    def with_lead(self, index: int) -> int:
        """Return where "early", "mid-", "the late", "end of" in front of a date begins."""
        at = index - 1
        while self.tokens.at(at).text in ("-", "‑", "of", "the") and at > index - 4:
            at -= 1
        return (
            at
            if at >= 0 and self.tokens.at(at).low in self.words.words["leads"] and self.tokens.at(at + 1).gap <= LINE
            else index
        )

    def _part_of_year(self, start: int, end: int, year: int | None, kind: str, number: int) -> DatePhrase:
        size = 3 if kind == "q" else 6
        first = (number - 1) * size + 1
        last = PartialDate(year, first + size - 1)
        return DatePhrase(start, end, PartialDate(year, first), last, precision="month", is_weak=year is None)

    def _quarter_code(self, index: int) -> DatePhrase | None:
        """Read "Q1 2024", "H2 2023", "FY2024", "fiscal year 2024"."""
        token, number = self.tokens[index], self.tokens.at(index + 1)
        if token.low == "fiscal":
            at = index + 2
            return self._fiscal(index, at) if number.low == "year" else None
        if token.low in ("fy", "cy"):
            return self._fiscal(index, index + 1)
        if number.gap != JOINED or not 1 <= number.number <= (4 if token.low == "q" else 2):
            return None
        at = index + 2 + (self.tokens.at(index + 2).low in ("of", ",", "/", "in", "-"))
        year = self.tokens.at(at)
        if len(year.text) != 4 or not 1900 <= year.number <= 2199:
            return None
        return self._part_of_year(index, at + 1, year.number, token.low, number.number)

    def _span_of(self, part: DatePhrase | None) -> DatePhrase | None:
        """Join two quarters or half years to a span: "Q1 2017 – Q3 2018", "from 2017 q1 to 2018 q1"."""
        if part is None or part.precision == "year":
            return part
        dash = self.tokens.at(part.end)
        at = part.end + (dash.text in ("-", "–") or dash.low in ("to", "until"))
        other = (self._quarter_code(at) or self._fiscal_tail(at)) if at > part.end else None
        if other is None or other.last is None:
            return part
        return replace(part, end=other.end, last=other.last)

    def _fiscal(self, start: int, at: int) -> DatePhrase | None:
        year = self.tokens.at(at)
        number = year.number + 2000 if len(year.text) == 2 and year.number >= 0 else year.number
        if not 1950 <= number <= 2199 or len(year.text) not in (2, 4):
            return None
        return DatePhrase(start, at + 1, PartialDate(number), precision="year")

    def _ordinal_part(self, index: int) -> DatePhrase | None:
        """Read "(the) first quarter of 2024", "second half of 2023", "the 2nd half of the 1990s"."""
        token = self.tokens[index]
        at = index + 1
        number = self.ordinals.get(token.low)
        if number is None and 1 <= token.number <= 4 and self.tokens.at(at).low in ("st", "nd", "rd", "th"):
            number, at = token.number, at + 1
        kind = {"quarter": "q", "half": "h"}.get(self.tokens.at(at).low)
        if number is None or kind is None or (kind == "h" and number > 2):
            return None
        at += 1
        while self.tokens.at(at).low in ("of", "the", "in", "year") and self.tokens.at(at).gap <= LINE:
            at += 1
        year = self.tokens.at(at)
        if len(year.text) != 4 or not 1900 <= year.number <= 2199:
            return None
        if self.tokens.at(at + 1).low == "s" and self.tokens.at(at + 1).gap == JOINED:
            return replace(self._decade(at, at + 2), start=index)
        return self._part_of_year(index, at + 1, year.number, kind, number)

    def _season(self, index: int) -> DatePhrase | None:
        """Read "spring 2024", "Summer of 2023", "winter 2023/24"; a season without a year is no date."""
        at = index + 1 + (self.tokens.at(index + 1).low in ("of", ","))
        year = self.tokens.at(at)
        if len(year.text) != 4 or not 1900 <= year.number <= 2199 or year.gap >= PARAGRAPH:
            return None
        month, end = SEASONS[self.tokens[index].low], at + 1
        if self._dashed_number(end) and len(self.tokens.at(end + 1).text) in (2, 4):
            end += 2
        first = PartialDate(year.number, month)
        last = PartialDate(year.number, month + 2) if month < 12 else PartialDate(year.number + 1, 2)
        return DatePhrase(index, end, first, last, precision="month")
