"""Short forms that a text defines itself: "Full Name (FN)", "FN (Full Name)", "Full Name – FN"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extract.gazetteer.words import FUNCTION_WORDS, Word

_OPENERS, _CLOSERS = frozenset("([（"), frozenset(")]）")
_QUOTES = frozenset("\"'“”‘’«»")
_ENDS = _CLOSERS | _QUOTES | frozenset(";,")
MIN_INITIALS = 0.6
"""Share of an acronym's letters that must be initials of the name: NIDS and CeSI pass, chance pairs do not."""


class Definition(NamedTuple):
    """Words [start, end) are a short form in brackets; the name it stands for ends at word `name_end` (exclusive)."""

    start: int
    end: int
    acronym: str
    name_end: int


def definitions(words: Sequence[Word], text: str) -> Iterator[Definition]:
    """Yield bracketed short forms; whether a name stands before them is for the caller to judge with `agrees`."""
    for index, word in enumerate(words):
        if word.text not in _OPENERS or not index or word.breaks:
            continue
        start = index + 1
        while start < len(words) and words[start].text in _QUOTES:
            start += 1
        end = start
        while end < len(words) and end - start < 6 and words[end].text not in _ENDS:
            end += 1
        if end == len(words) or end == start or end - start >= 6:
            continue
        acronym = text[words[start].start : words[end - 1].end]
        if looks_short(acronym) and (words[end].text not in ",;" or _agrees_before(words, index, acronym)):
            yield Definition(start, end, acronym, index)


def short_form_at(words: Sequence[Word], bracket: int) -> str | None:
    """Return the short form in the bracket that opens at a word, None where it holds anything else."""
    close = next((i for i in range(bracket + 1, min(bracket + 7, len(words))) if words[i].text in _CLOSERS), None)
    form = "".join(word.text for word in words[bracket + 1 : close]) if close else ""
    return form if looks_short(form) else None


def _agrees_before(words: Sequence[Word], at: int, acronym: str) -> bool:
    """Tell whether the words before `at` give the acronym: "(NIDS; Director: …)" says more than a short form."""
    return any(agrees(acronym, [word.key for word in words[at - size : at]]) for size in range(2, min(at, 9) + 1))


def looks_short(form: str) -> bool:
    """Tell whether a bracket's content looks like an acronym: short, mostly capitals, no lower-case words.

    >>> [looks_short(f) for f in ("NIDS", "UN-GGIM", "MoD", "6G-IA", "Chair", "2024", "Tokyo")]
    [True, True, True, True, False, False, False]
    """
    letters = [c for c in form if c.isalpha()]
    if not 2 <= len(form) <= 14 or len(letters) < 2 or form.count(" ") > 1:
        return False
    return sum(c.isupper() for c in letters) >= max(2, 0.5 * len(letters))


def agrees(acronym: str, name: Sequence[str]) -> bool:
    """Tell whether an acronym is made of the words of a name (folded), in order.

    >>> agrees("NIDS", ["national", "institute", "for", "defence", "studies"])
    True
    >>> agrees("CSDS", ["brussels", "school", "of", "governance"])
    False
    """
    letters = [c for c in acronym.casefold() if c.isalnum()]
    words = [word for word in name if word and word[0].isalnum()]
    if not letters or not words or not words[0].startswith(letters[0]):
        return False
    return _initials(letters, words) or _initials(letters, [w for w in words if w not in FUNCTION_WORDS])


def _initials(letters: Sequence[str], words: Sequence[str]) -> bool:
    at, initials, place = 0, 0, 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            at, initials, place = at + 1, initials + 1, 1
            while (
                at < len(letters)
                and (found := word.find(letters[at], place)) >= 0
                and _is_needed(letters, at, words, word)
            ):
                at, place = at + 1, found + 1
    return at == len(letters) and initials >= MIN_INITIALS * len(letters)


def _is_needed(letters: Sequence[str], at: int, words: Sequence[str], word: str) -> bool:
    """Take a further letter out of a word only when no later word begins with it."""
    later = words[words.index(word) + 1 :]
    return not any(following[0] == letters[at] for following in later)
