"""A candidate for an organisation's name, and those that words alone give: head nouns, legal forms, suffixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.gazetteer import Word
from extract.organisations.grammar import Grammar, Phrase
from extract.organisations.vocabulary import organisation_words


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words [start, end) that may name an organisation, and what made us think so.

    `name` is the full name where the words are a part of a joint form ("Ministries of Trade and Defence").
    """

    start: int
    end: int
    source: str
    is_weak: bool = False
    name: str | None = None


def from_patterns(grammar: Grammar) -> Iterator[Candidate]:
    """Yield names found by their head nouns."""
    for phrase in grammar.phrases():
        joint = list(_joint(grammar.words, phrase)) if grammar.words[phrase.head].key in _PLURALS else []
        yield from joint or [Candidate(phrase.start, phrase.end, "pattern", phrase.is_weak)]


def _joint(words: Sequence[Word], phrase: Phrase) -> Iterator[Candidate]:
    """Split "Ministries of Foreign Affairs and Defence": two bodies, each with its full name."""
    head = phrase.head
    cut = next((i for i in range(head + 2, phrase.end - 1) if words[i].key in ("and", "et", "und", "y", "e")), None)
    if cut is None or head + 1 >= phrase.end or words[head + 1].key not in ("of", "for", "de"):
        return
    end = next((i for i in range(cut + 2, phrase.end) if words[i].key == "of"), phrase.end)
    singular = f"{_PLURALS[words[head].key]} {words[head + 1].text} "
    first = " ".join(word.text for word in words[head + 2 : cut])
    second = " ".join(word.text for word in words[cut + 1 : end])
    yield Candidate(phrase.start, cut, "pattern", name=singular + first + _tail(words, end, phrase.end))
    yield Candidate(cut + 1, phrase.end, "pattern", name=singular + second + _tail(words, end, phrase.end))


def _tail(words: Sequence[Word], start: int, end: int) -> str:
    return "".join(" " + word.text for word in words[start:end])


_PLURALS = {
    "ministries": "Ministry", "departments": "Department", "universities": "University", "embassies": "Embassy",
    "ministeres": "Ministère", "ministerios": "Ministerio",
}  # fmt: skip
_SUFFIXES = (
    "大学院", "大学", "研究所", "研究院", "研究センター", "省", "庁", "財団", "協会", "委員会",
    "機構", "学会", "大使館", "自衛隊", "新聞社", "銀行", "連合", "国会", "政府", "会社",
)  # fmt: skip


def from_japanese(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield Japanese names by their last characters (大学, 省 …), with the katakana and kanji joined to them."""
    for index, word in enumerate(words):
        if word.kind != "kanji" or not word.text.endswith(_SUFFIXES):
            continue
        start = index
        while start and words[start - 1].end == words[start].start and _is_joined(words[start - 1]):
            start -= 1
        if words[index].end - words[start].start > 2:
            yield Candidate(start, index + 1, "pattern")


def _is_joined(word: Word) -> bool:
    return word.kind == "kanji" or (word.kind == "kana" and word.text[0] >= "\u30a0") or word.text.isupper()


def from_legal_forms(words: Sequence[Word], grammar: Grammar) -> Iterator[Candidate]:
    """Yield the capitalised words before "Inc.", "GmbH", "plc" …"""
    forms = organisation_words().legal_forms
    for index, word in enumerate(words):
        if word.key not in forms or not index or word.breaks or not word.text[0].isupper():
            continue
        after = words[index + 1].text if index + 1 < len(words) else ""
        if after == "-" or (word.key in _SHORT_FORMS and not word.text.isupper() and after != "."):
            continue
        start = index
        while start and not words[start].breaks and index - start < 5:
            before = words[start - 1]
            if not (grammar.is_capital(start - 1) or before.text in "&-") and (before.text, start) != (",", index):
                break
            if before.key in organisation_words().not_first:
                break
            start -= 1
        while start < index and words[start].kind == "mark":
            start += 1
        if start < index and (word.text.isupper() or word.text[1:].islower() or word.key == "gmbh"):
            yield Candidate(start, index + 1, "legal form")


_SHORT_FORMS = frozenset(["co", "se", "sa", "ag", "ab", "nv", "bv", "oy", "corp", "ev", "kg", "kk", "spa"])
