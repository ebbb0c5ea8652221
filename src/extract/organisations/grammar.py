"""Names of organisations by their head nouns: a walk over words, left and right from "Institute", "Ministry", …"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.gazetteer import Word
from extract.gazetteer.words import keyset
from extract.organisations.vocabulary import Countries, OrganisationWords, countries, organisation_words

_HYPHENS = frozenset("-‑–")
_AND = frozenset(["and", "et", "und", "y", "e", "en"])
_ARTICLES = frozenset(
    [
        "the",
        "la",
        "le",
        "les",
        "l",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "el",
        "los",
        "las",
        "il",
        "lo",
        "gli",
        "het",
        "de",
        "a",
        "an",
    ]
)
_LIST_HEADS = keyset(
    "ministry department centre institute school committee bureau ministere ministerio ministero faculty council"
)
_OF_LEADERS = frozenset(["administration", "alliance", "party"])
_OFFICERS = keyset(
    "adviser advisor officer director secretary historian representative commissioner coordinator minister president general"
)
LONGEST = 16
"""Words in the longest name kept: longer runs are headings in capitals or lists read as one."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words [start, end) that read like an organisation's name; `head` is the index of its head noun."""

    start: int
    end: int
    head: int
    is_weak: bool


class Grammar:
    """One text's words with the tests that the walk needs."""

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
        self.known_at = {start: end for start, end in known}
        self.known_over = {i: (start, end) for start, end in known if end - start > 1 for i in range(start, end)}
        self.people = people

    def phrases(self) -> Iterator[Phrase]:
        """Yield the phrase around every head noun; they may overlap."""
        for index, word in enumerate(self.words):
            if self.is_head_at(index) and (phrase := self._phrase(index, word)):
                yield phrase

    def is_head_at(self, index: int) -> bool:
        """Tell whether a capitalised head noun stands here (or ends a two-word head)."""
        word = self.words[index]
        if not self.is_capital(index):
            return False
        return self.vocabulary.is_head(word.key) or self._phrase_head(index) > 0

    def is_capital(self, index: int) -> bool:
        """Tell whether a word is written as part of a name: capital first, or a digit with letters ("6G")."""
        word = self.words[index]
        if word.kind in ("mark", "possessive", "address"):
            return False
        first = word.text[0]
        return first.isupper() or (first.isdigit() and any(c.isalpha() and c.isupper() for c in word.text))

    def _phrase_head(self, index: int) -> int:
        """Return the number of words of a head of several words that ends here, 0 for none."""
        for size in (4, 3, 2):
            if index - size + 1 >= 0:
                keys = tuple(word.key for word in self.words[index - size + 1 : index + 1] if word.key not in _HYPHENS)
                if keys in self.vocabulary.phrases:
                    return size
        return 0

    def _phrase(self, index: int, word: Word) -> Phrase | None:
        start, end = self._extend_left(index), self._extend_right(index)
        start = self._trim(start, index)
        if not self.nests and self.is_indefinite(start):
            return None
        if end - start > LONGEST:
            return None
        size = max(self._phrase_head(index), 1)
        modifiers = [w for w in self.words[start : index - size + 1] if w.kind not in ("mark", "possessive")]
        content = [w for w in modifiers if w.key not in _AND and w.key not in self.vocabulary.generic]
        goes_on = end > index + 1 or (self.nests and self._has_year(end))
        if not content and not goes_on and len(modifiers) < 2:
            return None
        if end > index + 1 and not content and not any(self.is_capital(i) for i in range(index + 1, end)):
            return None
        is_weak = not content and not goes_on
        if word.key in self.vocabulary.weak and size == 1 and not goes_on:
            is_weak = is_weak or not self._is_proper(modifiers)
        if word.key == "delegation" and not content and self.words[min(index + 1, len(self.words) - 1)].key == "to":
            return None
        if word.key in self.vocabulary.closed and not goes_on and end < len(self.words) and not self.words[end].breaks:
            is_weak = is_weak or (self.is_capital(end) and not self._may_modify(end))
        if word.key in _OF_LEADERS and not goes_on and not self._is_longer_than_a_leader(modifiers, word.key):
            return None
        return Phrase(start, end, index, is_weak)

    def _has_year(self, at: int) -> bool:
        following = self.words[at : at + 2]
        return len(following) == 2 and following[0].key == "of" and following[1].text.isdigit()

    def _is_longer_than_a_leader(self, modifiers: Sequence[Word], head: str) -> bool:
        """Tell "Social Security Administration" from "Biden-Harris Administration" and the "U.S.-Japan Alliance"."""
        own = [w for w in modifiers if w.key not in self.countries.words and w.key not in self.vocabulary.generic]
        if head in ("alliance", "party") or not own:
            return bool(own)
        joints = {w.start for w in self.words if w.text in _HYPHENS}
        is_hyphened = any(left.end in joints for left in own[:-1])
        return len(modifiers) >= 2 and not (is_hyphened and len(own) == 2)

    def is_indefinite(self, start: int) -> bool:
        """Tell whether "a" or "an" stands before: "an international Standards Organisation" is a kind, not a name."""
        for index in range(start - 1, max(start - 3, -1), -1):
            word = self.words[index]
            if word.key in ("a", "an"):
                return True
            if not word.text.islower() or self.words[index + 1].breaks:
                return False
        return False

    def _is_proper(self, modifiers: Sequence[Word]) -> bool:
        """Tell whether modifiers hold a name of their own: a country, an acronym, a known body or two plain capitals."""
        codes = [self.countries.code((word.key,)) for word in modifiers]
        if any(codes) or any(word.text.isupper() and len(word.text) > 1 for word in modifiers):
            return True
        return sum(word.key not in self.vocabulary.generic and word.key not in _AND for word in modifiers) >= 2

    # -- left -----------------------------------------------------------------------------------------------------

    def _extend_left(self, index: int) -> int:
        at = index
        known = self.known_over.get(index)
        while at > 0 and index - at < LONGEST and not self.words[at].breaks:
            if known and at == known[0] and not self._owns(at - 1):
                break
            step = self._step_left(at)
            if step is None:
                break
            at = max(step, known[0]) if known and step < known[0] < at else step
        return at

    def _owns(self, index: int) -> bool:
        """Tell whether the word before a known name may be its owner: a country, or another known body."""
        word = self.words[index]
        return bool(self.countries.code((word.key,))) or self.ends_known(index) or word.text == "-"

    def _step_left(self, at: int) -> int | None:
        """Return where the name starts when the word before `at` belongs to it, None when it does not."""
        before = at - 1
        word = self.words[before]
        if before in self.people:
            return None
        if word.text in _HYPHENS or word.text == "/":
            is_two = word.text == "/" and before and self.vocabulary.is_head(self.words[before - 1].key)
            return None if is_two else self._over_hyphen(before)
        if word.kind == "possessive":
            return self._over_possessive(before)
        if word.key in _AND or word.text == "&":
            return self._over_and(before)
        if self.is_capital(before):
            return before if self._may_modify(before) else None
        if word.key in self.vocabulary.prepositions and before and self.vocabulary.is_head(self.words[before - 1].key):
            return before - 1 if self.is_capital(before - 1) and not word.breaks else None
        return None

    def _may_modify(self, index: int) -> bool:
        if index in self.people:
            return False
        key = self.words[index].key
        if key not in self.vocabulary.not_first:
            return True
        pair = (key, self.words[index + 1].key) if index + 1 < len(self.words) else (key,)
        return pair in self.vocabulary.allowed_pairs

    def _over_hyphen(self, at: int) -> int | None:
        if at == 0 or self.words[at].breaks:
            return None
        before, after = self.words[at - 1], self.words[at + 1]
        if before.end != self.words[at].start or self.words[at].end != after.start or before.kind == "mark":
            return None
        if self.is_capital(at - 1):
            return at - 1 if self._may_modify(at - 1) else None
        return at - 1 if before.text.islower() and at >= 2 and self.words[at - 2].text in _HYPHENS else None

    def _over_possessive(self, at: int) -> int | None:
        if at == 0 or not self.is_capital(at - 1) or self.words[at - 1].text.isupper():
            return None
        keys = (self.words[at - 1].key,)
        is_known = any(start < at <= end for start, end in self.known_at.items())
        if is_known or self.countries.code(keys) or keys[0] in self.vocabulary.not_first:
            return None
        if self.vocabulary.is_head(keys[0]):
            return None
        return at - 1

    def _over_and(self, at: int) -> int | None:
        """Cross "and" where both sides modify one head: "Security and Defence College", not "Japan and Keio University"."""
        if at == 0 or self.words[at].breaks or not self.is_capital(at - 1) or not self._may_modify(at - 1):
            return None
        start = at - 1
        while start > 0 and not self.words[start].breaks and self.is_capital(start - 1) and self._may_modify(start - 1):
            start -= 1
        run = range(start, at)
        if any(self._is_strong_head(self.words[i].key) or i in self.people for i in run):
            return None
        if any(start <= known < at for known in self.known_at):
            return None
        keys = tuple(self.words[i].key for i in run)
        if (
            self.countries.code(keys)
            and self.words[at].text != "&"
            and not self.countries.code((self.words[at + 1].key,))
        ):
            return None
        before = self.words[start - 1] if start and not self.words[start].breaks else None
        if before is None or self.words[at].text == "&":
            return start
        if before.text == "," and start > 1 and self.words[start - 2].text == ")":
            return start
        is_list = before.text in ",;" or before.key in self.vocabulary.prepositions or before.key in ("by", "with")
        return None if is_list or (before.key == "at" and len(keys) < 2) else start

    def _is_strong_head(self, key: str) -> bool:
        return self.vocabulary.is_head(key) and not (self.nests and key == "partnership")

    def _trim(self, start: int, head: int) -> int:
        while start < head and (
            self.words[start].kind in ("mark", "possessive")
            or not self._may_modify(start)
            or self.words[start].key in _AND
        ):
            start += 1
        return start

    # -- right ----------------------------------------------------------------------------------------------------

    def _extend_right(self, index: int) -> int:
        head = self.words[index].key
        known = self.known_over.get(index)
        if known and known[1] > index + 1:
            return self._over_country(known[1])
        end = index + 1
        if head in self.vocabulary.closed:
            return end
        if (
            head in self.vocabulary.embassy_heads
            and self._inside(end)
            and self.is_capital(end)
            and self._may_modify(end)
        ):
            end = self._run(end)
        if head in self.vocabulary.direct and self._inside(end) and self.is_capital(end) and self._may_modify(end):
            end = self._run(end)
        for turn in range(4):
            step = self._over_preposition(end, self._prepositions(index, turn), has_roles=head == "office")
            if step is None:
                break
            end = self._over_list(step, head)
        return end

    def _over_country(self, end: int) -> int:
        """Go on over "of Belgium" after a known name: another body than the one that is known without it."""
        at = end + (2 if self._inside(end + 1) and self.words[end + 1].key == "the" else 1)
        if not self._inside(end) or self.words[end].key != "of":
            return end
        for size in range(min(self.countries.longest, len(self.words) - at), 0, -1):
            if tuple(word.key for word in self.words[at : at + size]) in self.countries.by_name:
                return at + size
        return end

    def ends_known(self, index: int) -> bool:
        """Tell whether a listed body's name ends with this word."""
        return any(end == index + 1 for end in self.known_at.values())

    def _prepositions(self, index: int, turn: int) -> frozenset[str]:
        """Return the words that may go on after a head, fewer after the first of them."""
        head = self.words[index].key
        if head in self.vocabulary.embassy_heads:
            return self.vocabulary.embassy_prepositions
        if self.nests:
            return self.vocabulary.prepositions
        if turn:
            return self.vocabulary.prepositions - {"on", "against"} | ({"at"} if head == "university" else frozenset())
        if self._phrase_head(index) > 2:
            return self.vocabulary.prepositions | {"in"}
        if head not in self.vocabulary.on_heads and head not in self.vocabulary.weak | {"programme"}:
            return self.vocabulary.prepositions - {"on"}
        return self.vocabulary.prepositions

    def _over_preposition(self, at: int, prepositions: frozenset[str], *, has_roles: bool = False) -> int | None:
        if not self._inside(at) or self.words[at].key not in prepositions or self.words[at].text[0].isupper():
            return None
        at += 1
        while (
            self._inside(at)
            and (self.words[at].key in _ARTICLES or self.words[at].text in "'’")
            and not self.is_capital(at)
        ):
            at += 1
        if not self._inside(at) or not self.is_capital(at) or (self._is_other_name(at) and not has_roles):
            return None
        if not has_roles and not self._may_modify(at):
            return None
        if not self.nests and not has_roles and self._is_employer(at) and not prepositions & {"in"}:
            return None
        end = self._run(at, has_roles=has_roles)
        return None if self._inside(end) and self.is_capital(end) and self._is_other_name(end) else end

    def _is_employer(self, at: int) -> bool:
        """Tell whether a known body of several words with a head noun starts here: "… of the Sasakawa Peace Foundation"."""
        end = self.known_at.get(at, at)
        return end - at > 2 and any(self.vocabulary.is_head(word.key) for word in self.words[at:end])

    def _run(self, at: int, *, has_roles: bool = False) -> int:
        """Return the end of the capitalised run that starts at `at`; `has_roles` lets "Legal Adviser" in."""
        first, at = at, at + 1
        while self._inside(at):
            word = self.words[at]
            if (
                word.text in _HYPHENS
                and self.words[at - 1].end == word.start
                and self._inside(at + 1)
                and self.words[at + 1].start == word.end
            ) or (
                word.kind == "possessive"
                and self._inside(at + 1)
                and self.is_capital(at + 1)
                and self.vocabulary.is_head(self.words[at + 1].key)
            ):
                at += 2
            elif (
                not self.is_capital(at)
                or (self._is_other_name(at) and not (has_roles and at in self.people))
                or (at in self.known_at and self.known_at[at] - at > 2)
            ):
                break
            elif self._may_modify(at) or (has_roles and at - first < 4 and self.words[at].key in _OFFICERS):
                at += 1
            else:
                break
        return at

    def _over_list(self, end: int, head: str) -> int:
        """Go on over ", X" and "and X" while they are further subjects of one body."""
        at = end
        while self._inside(at):
            word = self.words[at]
            if word.text == "," and head in _LIST_HEADS and self._list_goes_on(at):
                at = self._run(at + 1)
            elif (
                word.key in _AND
                or word.text == "&"
                or (
                    word.text == ","
                    and self._inside(at + 1)
                    and self.words[at + 1].key in _AND
                    and head in _LIST_HEADS
                    and at > end
                )
            ):
                step = at + 2 if word.text == "," else at + 1
                if not self._is_subject(step):
                    break
                return self._run(step)
            else:
                break
        return at if at == end or self.words[at - 1].text != "," else end

    def _list_goes_on(self, comma: int) -> bool:
        """Tell whether the commas from here lead to an "and" through plain subjects (Land, Infrastructure and Transport)."""
        at, items = comma, 0
        while self._inside(at) and self.words[at].text == "," and items < 5:
            if self.words[at + 1].key in _AND if self._inside(at + 1) else False:
                return items > 0 and self._is_subject(at + 2)
            if not self._is_subject(at + 1):
                return False
            following = self._run(at + 1)
            if following - at > 4:
                return False
            at, items = following, items + 1
        return (
            items > 0
            and self._inside(at)
            and (self.words[at].key in _AND or self.words[at].text == "&")
            and self._is_subject(at + 1)
        )

    def _is_subject(self, at: int) -> bool:
        """Tell whether a plain subject starts here and not another name, person, country or acronym."""
        if not self._inside(at) or not self.is_capital(at) or self._is_other_name(at) or at in self.people or at in self.known_at:
            return False
        word = self.words[at]
        if (word.text.isupper() and len(word.text) > 1) or word.key in self.vocabulary.not_first:
            return False
        end = self._run(at)
        if any(self.vocabulary.is_head(self.words[i].key) for i in range(at, min(end + 1, len(self.words)))):
            return False
        return tuple(self.words[i].key for i in range(at, end)) not in self.countries.by_name

    def _is_other_name(self, at: int) -> bool:
        """Tell whether another body's name starts here: a known one, or a head noun with its own "of"."""
        if at in self.people:
            return True
        if not self.nests and self.vocabulary.is_head(self.words[at].key) and self._inside(at + 1):
            return self.words[at + 1].key in self.vocabulary.prepositions
        end = self.known_at.get(at)
        return (
            end is not None
            and end - at > 1
            and any(self.vocabulary.is_head(w.key) for w in self.words[at:end])
            and self.words[at - 1].key in _AND
        )

    def _inside(self, at: int) -> bool:
        return at < len(self.words) and not self.words[at].breaks
