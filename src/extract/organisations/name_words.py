"""Tests on the words of one text that every walk over a name needs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.gazetteer import Word
from extract.organisations.vocabulary import Countries, OrganisationWords, countries, organisation_words
from extract.vocabularies import words_of

HYPHENS = frozenset("-‑–")
AND = frozenset(["and", "et", "und", "y", "e", "en"])
POLISH = frozenset(words_of("organisation_grammar", "names", "polish"))
LONGEST = 16
"""Words in the longest name kept: longer runs are headings in capitals or lists read as one."""


@lru_cache
def _last_words(phrases: frozenset[tuple[str, ...]]) -> frozenset[str]:
    return frozenset(keys[-1] for keys in phrases)


class NameWords:
    """One text's words with what is known of them: listed bodies, people, vocabulary."""

    def __init__(
        self,
        words: Sequence[Word],
        known: Sequence[tuple[int, int]] = (),
        people: frozenset[int] = frozenset(),
        vocabulary: OrganisationWords | None = None,
        *,
        nests: bool = False,
    ) -> None:
        """`nests` lets one name hold another of its kind ("Blueprint for an AI Bill of Rights")."""
        self.words = words
        self.nests = nests
        self.vocabulary = vocabulary or organisation_words()
        self.countries: Countries = countries()
        self.known_at = dict(known)
        self._known_ends = frozenset(self.known_at.values())
        self.known_over = {i: (start, end) for start, end in known if end - start > 1 for i in range(start, end)}
        self.people = people

    def is_capital(self, index: int) -> bool:
        """Tell whether a word is written as part of a name: capital first, or a digit with letters ("6G")."""
        word = self.words[index]
        if word.kind in ("mark", "possessive", "address"):
            return False
        first = word.text[0]
        return first.isupper() or (first.isdigit() and any(c.isalpha() and c.isupper() for c in word.text))

    def phrase_head(self, index: int) -> int:
        """Return the number of words of a head of several words that ends here, 0 for none."""
        key = self.words[index].key
        if key not in _last_words(self.vocabulary.phrases) and key not in HYPHENS:
            return 0
        for size in (4, 3, 2):
            if index - size + 1 >= 0:
                keys = tuple(word.key for word in self.words[index - size + 1 : index + 1] if word.key not in HYPHENS)
                if keys in self.vocabulary.phrases:
                    return size
        return 0

    def may_modify(self, index: int) -> bool:
        if index in self.people:
            return False
        key = self.words[index].key
        if key not in self.vocabulary.not_first or self.words[index].text == "UN":
            return True
        pair = (key, self.words[index + 1].key) if index + 1 < len(self.words) else (key,)
        return pair in self.vocabulary.allowed_pairs

    def ends_known(self, index: int) -> bool:
        """Tell whether a listed body's name ends with this word."""
        return index + 1 in self._known_ends

    def is_other_name(self, at: int) -> bool:
        """Tell whether another body's name starts here: a known one, or a head noun with its own "of"."""
        if at in self.people:
            return True
        if not self.nests and self.vocabulary.is_head(self.words[at].key) and self.inside(at + 1):
            return self.words[at + 1].key in self.vocabulary.prepositions
        end = self.known_at.get(at)
        return (
            end is not None
            and end - at > 1
            and any(self.vocabulary.is_head(w.key) for w in self.words[at:end])
            and self.words[at - 1].key in AND
        )

    def inside(self, at: int) -> bool:
        return at < len(self.words) and not self.words[at].breaks
