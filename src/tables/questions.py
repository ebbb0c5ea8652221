"""What a person asks for, taken apart: words and quoted phrases that must hold, and days between which it happened."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from resolve.names import fold

_IGNORED = frozenset(
    "a an and at about by event events for from in of on or our the to where which who with within what when".split()  # noqa: SIM905
)
_PHRASE = re.compile(r"[\"“„«]([^\"”“»]+)[\"”“»]")
_SPAN = re.compile(r"\b((?:19|20)\d\d) ?[-–] ?((?:19|20)\d\d)\b")
_SIDE = re.compile(r"\b(since|from|after|until|till|before) ((?:19|20)\d\d)(?:-(\d\d))?(?:-(\d\d))?\b", re.IGNORECASE)
_LONG_WORD = 4
"""Letters from which on the beginning of a word is enough: "arm" is no army, "Japan" is Japanese."""
_BREAK = r"[^\p{L}\p{N}]"
_WRITTEN_TOGETHER = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts without blanks between words: what is asked for may stand inside."""


@dataclass(frozen=True)
class Term:
    """Words that must hold, side by side if there are several."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.words)

    @property
    def pattern(self) -> str:
        """An RE2 pattern for folded text: the words, their plural or, for longer ones, their beginning."""
        inner = f"{_BREAK}+".join(self.words)
        if _WRITTEN_TOGETHER.search(inner):
            return inner
        last = self.words[-1]
        bare = inner[:-1] if last.endswith("s") and len(last) > _LONG_WORD - 1 else inner
        is_long = len(last) >= _LONG_WORD and not last.isdigit() and len(self.words) == 1
        return f"(^|{_BREAK}){bare}" + ("" if is_long else f"s?($|{_BREAK})")


@dataclass(frozen=True)
class Question:
    """A question: all terms must hold, between the two days where they are given."""

    terms: tuple[Term, ...]
    since: date | None = None
    until: date | None = None

    @property
    def days(self) -> dict[str, date | None]:
        """The two days as parameters of a query."""
        return {"since": self.since, "until": self.until}

    @property
    def is_empty(self) -> bool:
        return not self.terms and self.since is None and self.until is None


def parse_question(text: str) -> Question:
    """Take a question apart: `maritime "Keio University" since 2022`, `cyber 2020-2023 with MOFA`."""
    since, until = None, None
    for match in _SPAN.finditer(text):
        since, until = date(int(match[1]), 1, 1), date(int(match[2]), 12, 31)
    for side in _SIDE.finditer(text):
        first, last = _period(int(side[2]), side[3], side[4])
        match side[1].lower():
            case "since" | "from":
                since = first
            case "after":
                since = last + timedelta(days=1)
            case "before":
                until = first - timedelta(days=1)
            case _:
                until = last
    rest = _SIDE.sub(" ", _SPAN.sub(" ", text))
    return Question(tuple(dict.fromkeys(_terms(rest))), since, until)


def _terms(text: str) -> Iterator[Term]:
    for match in _PHRASE.finditer(text):
        if words := fold(match[1]).split():
            yield Term(tuple(words))
    for word in fold(_PHRASE.sub(" ", text)).split():
        if word not in _IGNORED:
            yield Term((word,))


def _period(year: int, month: str | None, day: str | None) -> tuple[date, date]:
    """First and last day of a year, a month or a day; what the calendar does not have counts as not written."""
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError:
        return date(year, 1, 1), date(year, 12, 31)
    if day:
        return first, first
    if month:
        return first, first.replace(day=monthrange(year, first.month)[1])
    return first, date(year, 12, 31)
