"""Names of organisations by their head nouns: a walk over words, left and right from "Institute", "Ministry", …"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.gazetteer import Word
from extract.organisations.country_tails import over_region
from extract.organisations.left import extend_left, trim
from extract.organisations.name_words import AND, HYPHENS, LONGEST, NameWords
from extract.organisations.right import ARTICLES, extend_right
from extract.organisations.romance import opens_name
from extract.vocabularies import words_of

SHORTEST_SMALL = 3
"""Words in a French, Italian or Spanish name that has no further capital: "École nationale des sciences"."""
_PLURALS = frozenset(words_of("organisation_grammar", "names", "plurals"))
_NO_OWNERS = frozenset(words_of("organisation_grammar", "names", "no_owners"))
_OF_LEADERS = frozenset(["administration", "alliance", "party"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [start, end) that read like an organisation's name; `head` is the index of its head noun."""

    start: int
    end: int
    head: int
    is_weak: bool


class Grammar(NameWords):
    """The phrases of one text."""

    @cached_property
    def phrases(self) -> list[Phrase]:
        """The phrase around every head noun; they may overlap."""
        return [
            phrase for index, word in enumerate(self.words)
            if self.is_head_at(index) and (phrase := self._phrase(index, word))
        ]  # fmt: skip

    def _phrase(self, index: int, word: Word) -> Phrase | None:
        if index > 1 and self.words[index - 1].text in HYPHENS and self.words[index - 2].key in _NO_OWNERS:
            return None  # "inter-agency co-operation"
        start, end = extend_left(self, index), extend_right(self, index)
        start = trim(self, start, index)
        end = end if self.nests else over_region(self.words, start, end)
        if not self.nests and self.is_indefinite(start):
            return None
        if end - start > LONGEST:
            return None
        size = max(self.phrase_head(index), 1)
        modifiers = [w for w in self.words[start : index - size + 1] if w.kind not in ("mark", "possessive")]
        content = [w for w in modifiers if w.key not in AND and w.key not in self.vocabulary.generic]
        if word.key == "ministry" and not self.nests:  # "the Defence Ministry": whose, the text says elsewhere
            content = content or [w for w in modifiers if w.key in self.vocabulary.government_departments]
        if word.key.endswith("ministerium") and len(word.key) > LONGEST:
            content = content or [word]
        if not self.nests and self.vocabulary.is_whole(word.key):
            content = content or [word]
        goes_on = end > index + 1 or (self.nests and self._has_year(end))
        if not content and not goes_on and len(modifiers) < 2:
            return None
        is_small = word.key in self.vocabulary.romance and end - index > SHORTEST_SMALL
        has_capital = is_small or any(self.is_capital(i) for i in range(index + 1, end))
        if end > index + 1 and not content and not has_capital:
            return None
        is_weak = not content and not goes_on
        if word.key in self.vocabulary.weak and size == 1 and not goes_on:
            is_weak = is_weak or not self._is_proper(modifiers)
        if word.key in _PLURALS and not goes_on:
            return None
        if word.key == "delegation" and not content and self.words[min(index + 1, len(self.words) - 1)].key == "to":
            return None
        if word.key in self.vocabulary.closed and not goes_on and end < len(self.words) and not self.words[end].breaks:
            is_weak = is_weak or (self.is_capital(end) and not self.may_modify(end))
        if word.key in _OF_LEADERS and not goes_on and not self._is_longer_than_a_leader(modifiers, word.key):
            return None
        return Phrase(start, end, index, is_weak)

    def is_head_at(self, index: int) -> bool:
        """Tell whether a head noun stands here (or ends a two-word head)."""
        key = self.words[index].key
        if self.is_capital(index):
            return self.vocabulary.is_head(key) or self.phrase_head(index) > 0
        return key in self.vocabulary.lower_case and not self.nests and opens_name(self, index)

    def _has_year(self, at: int) -> bool:
        following = self.words[at : at + 2]
        return len(following) == 2 and following[0].key == "of" and following[1].text.isdigit()

    def _is_longer_than_a_leader(self, modifiers: Sequence[Word], head: str) -> bool:
        """Tell "Social Security Administration" from "Biden-Harris Administration" and the "U.S.-Japan Alliance"."""
        own = [w for w in modifiers if w.key not in self.countries.words and w.key not in self.vocabulary.generic]
        if head in ("alliance", "party") or not own:
            return bool(own)
        joints = {w.start for w in self.words if w.text in HYPHENS}
        is_hyphened = any(left.end in joints for left in own[:-1])
        return len(modifiers) >= 2 and not (is_hyphened and len(own) == 2)

    def is_indefinite(self, start: int) -> bool:
        """Tell whether "a" or "an" stands before: "an international Standards Organisation" is a kind, not a name."""
        for index in range(start - 1, max(start - 3, -1), -1):
            word = self.words[index]
            if word.key in ("a", "an"):
                return self.words[index + 1].key not in ARTICLES  # German "an der", Spanish "a la" are no articles
            if not word.text.islower() or self.words[index + 1].breaks:
                return False
        return False

    def _is_proper(self, modifiers: Sequence[Word]) -> bool:
        """Tell whether modifiers hold a name of their own: a country, an acronym or two plain capitals."""
        codes = [self.countries.code((word.key,)) for word in modifiers]
        if any(codes) or any(word.text.isupper() and len(word.text) > 1 for word in modifiers):
            return True
        return sum(word.key not in self.vocabulary.generic and word.key not in AND for word in modifiers) >= 2
