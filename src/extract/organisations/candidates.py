"""A candidate for an organisation's name, and those that words alone give: head nouns, legal forms, suffixes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.gazetteer import Word, instruments, is_acronym
from extract.gazetteer.acronyms import agrees
from extract.organisations.grammar import Grammar, Phrase
from extract.organisations.vocabulary import organisation_words
from extract.vocabularies import words_of


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
    phrases = list(grammar.phrases)
    ends = {phrase.start: phrase.end for phrase in phrases} | grammar.known_at
    for phrase in phrases:
        if advising := _advising(grammar.words, phrase, ends):
            yield advising
        joint = list(_joint(grammar.words, phrase)) if grammar.words[phrase.head].key in _PLURALS else []
        if whole := _whose_board(grammar.words, phrase):
            yield whole
            continue
        is_weak = phrase.is_weak and not _has_acronym(grammar.words, phrase)
        yield from joint or [Candidate(phrase.start, phrase.end, "pattern", is_weak)]


def _whose_board(words: Sequence[Word], phrase: Phrase) -> Candidate | None:
    """Return the body whose board a phrase names: "Governing Board of the Harbour Fund" is a part without own name."""
    at = phrase.head + 1
    if words[phrase.head].key != "board" or at + 2 >= phrase.end or words[at].key != "of":
        return None
    if any(word.key not in organisation_words().generic for word in words[phrase.start : phrase.head]):
        return None
    start = at + 2 if words[at + 1].key == "the" else at + 1
    names = [word for word in words[start : phrase.end] if word.text[0].isupper()]
    is_field = all(word.key in organisation_words().fields for word in names)
    return Candidate(start, phrase.end, "pattern") if len(names) > 1 and not is_field else None


def _has_acronym(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether the text gives a phrase its own short form: "Internet Measurement Board (IMB)"."""
    following = words[phrase.end : phrase.end + 2]
    if len(following) < 2 or following[0].text != "(" or not is_acronym(following[1].text):
        return False
    return agrees(following[1].text, [word.key for word in words[phrase.start : phrase.end]])


def _advising(words: Sequence[Word], phrase: Phrase, ends: dict[int, int]) -> Candidate | None:
    """Return "Advisory Committee (Committee) to the X Commission" whole, named without the brackets."""
    at = phrase.end
    if words[at - 1].key not in _ADVISERS:
        return None
    if at + 2 < len(words) and words[at].text == "(" and words[at + 2].text == ")":
        at += 3
    if [word.key for word in words[at : at + 2]] != ["to", "the"] or words[at].breaks:
        return None
    end = ends.get(at + 2)
    if end is None or words[at + 1].breaks or words[at + 2].breaks:
        return None
    name = "".join(_spaced(words, i) for i in (*range(phrase.start, phrase.end), *range(at, end)))
    return Candidate(phrase.start, end, "pattern", name=name.strip())


def _spaced(words: Sequence[Word], index: int) -> str:
    is_joined = index > 0 and words[index - 1].end == words[index].start
    return words[index].text if is_joined else " " + words[index].text


_ADVISERS = frozenset(words_of("organisation_grammar", "names", "advisers"))


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
_SUFFIXES = words_of("organisation_grammar", "names", "japanese_suffixes")


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
        if instruments().lookup(word.text):
            continue  # "EU-Japan SPA"
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
        if any(grammar.known_at.get(i) in (index, index - 1) for i in range(start, index)):
            continue  # "Jiji Press, Ltd.": the listed name is enough
        if start < index and (word.text.isupper() or word.text[1:].islower() or word.key == "gmbh"):
            yield Candidate(start, index + 1, "legal form")


_SHORT_FORMS = frozenset(words_of("organisation_grammar", "names", "legal_forms"))
