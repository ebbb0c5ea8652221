"""Acts known by their number: "Security Council resolution 1540", "Regulation (EU) 2021/821"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.gazetteer import Word
from extract.instruments.candidate import Candidate
from extract.vocabularies import words_of

_HEADS = {
    ("resolution",): "declaration", ("resolutions",): "declaration", ("regulation",): "law", ("directive",): "law",
    ("executive", "order"): "law", ("public", "law"): "law", ("reglement",): "law", ("verordnung",): "law",
    ("richtlinie",): "law", ("reglamento",): "law", ("directiva",): "law", ("resolucion",): "declaration",
    ("risoluzione",): "declaration",
}  # fmt: skip
_ISSUERS = frozenset(words_of("instrument_words", "grammar", "issuers"))
_LAWS_OF = frozenset(words_of("instrument_words", "grammar", "laws_of"))
_NUMBER = re.compile(r"\d{1,6}")
_FEWEST = {"resolution": 3, "resolutions": 3, "resolucion": 3, "risoluzione": 3}
"""Digits of a number; shorter ones count the drafts of a meeting."""


def by_number(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield heads with a number behind them, with the body that issues the act before them."""
    for index in range(len(words) - 1):
        for keys, kind in _HEADS.items():
            last = index + len(keys) - 1
            if last + 1 >= len(words) or tuple(word.key for word in words[index : last + 1]) != keys:
                continue
            if len(keys) > 1 and not words[index].text[0].isupper():
                continue
            if end := _over_number(words, last + 1, _FEWEST.get(keys[-1], 2)):
                yield Candidate(_start(words, index), end, kind)


def _over_number(words: Sequence[Word], at: int, fewest: int) -> int | None:
    """Return where "2021/821", "(EU) 2021/821", "117-167" ends, None without a number."""
    if words[at].breaks:
        return None
    if words[at].text == "(" and at + 3 < len(words) and words[at + 1].key in _LAWS_OF and words[at + 2].text == ")":
        at += 3
    at += words[at].key in ("no", "nr")
    at += at < len(words) and words[at].text in (".", "№")
    if at >= len(words) or words[at].breaks or not _NUMBER.fullmatch(words[at].text) or len(words[at].text) < fewest:
        return None
    end = at + 1
    if (
        end + 1 < len(words)
        and words[end].text in "/-"
        and words[end + 1].text.isdigit()
        and words[end].start == words[at].end
    ):
        end += 2
    return end


def _start(words: Sequence[Word], head: int) -> int:
    start = head
    while start and not words[start].breaks and words[start - 1].key in _ISSUERS and words[start - 1].text[0].isupper():
        start -= 1
    return start
