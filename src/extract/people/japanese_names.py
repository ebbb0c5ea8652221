"""Names in Japanese text by their letters alone: known surnames and given names, foreign names in katakana."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.people.lexicon import japanese_given_names_kanji, japanese_surnames_kanji

_RUN = re.compile(
    r"(?P<foreign>[ァ-ヴー]{2,}(?:[・＝=][ァ-ヴー]{2,})+)"
    r"|(?P<latin>(?<![A-Za-z])[A-Z][a-zÀ-ÿ'’-]+(?: [A-Z][A-Za-zÀ-ÿ.'’-]*){1,3})"
    r"|(?P<kanji>[一-鿿々]{1,3}[ 　][一-鿿々]{1,3}(?![一-鿿々])|[一-鿿々]{2,})"
)
_LONGEST = 6


@dataclass(frozen=True, slots=True)
class JapaneseName:
    """text[start:end]; `is_known` where surname or given name is on our lists, not only its place that of a name."""

    start: int
    end: int
    is_known: bool


def find_japanese_names(text: str) -> Iterator[list[JapaneseName]]:
    """Yield for every row of name letters the readings of its beginning as a name, the likeliest first."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        if match.lastgroup != "kanji":
            yield [JapaneseName(start, end, is_known=match.lastgroup == "foreign")]
        elif readings := _readings(match.group()):
            yield [JapaneseName(start, start + length, known) for length, known in readings]


def _readings(run: str) -> list[tuple[int, bool]]:
    """Return (length, whether surname and given name are known) of the ways to begin a row with a name."""
    blank = next((mark for mark in " 　" if mark in run), "")
    if blank:
        family, given = run.split(blank)
        return [(len(run), _is_family(family) or _is_given(given))]
    found: list[tuple[int, bool]] = []
    for first in (2, 3, 1):
        if not _is_family(run[:first]):
            continue
        lengths = [first + more for more in (2, 3, 1) if first + more <= len(run)]
        known = [(length, True) for length in lengths if _is_given(run[first:length])]
        found += known
        if first < len(run) <= min(_LONGEST, first + 3) and (len(run), True) not in found:
            found.append((len(run), True))
    if not found and 3 <= len(run) <= 5 and (_is_given(run[2:]) or _is_given(run[1:])):
        found.append((len(run), False))
    return list(dict.fromkeys(found))


def _is_family(word: str) -> bool:
    return word in japanese_surnames_kanji()


def _is_given(word: str) -> bool:
    return word in japanese_given_names_kanji()
