"""Left of a head noun: which words before "Institute" or "Council" belong to its name."""

from __future__ import annotations

from extract.gazetteer.words import keyset
from extract.organisations.name_words import AND, HYPHENS, LONGEST, NameWords
from extract.vocabularies import words_of

_OF_STATES = frozenset(words_of("organisation_grammar", "beginnings", "of_states"))

_TELLING = keyset("the el la le l il lo der die das dem den het de det")
"""Articles, of which a person's name has none."""
_IN_TITLES_OF_ACTS = frozenset(words_of("organisation_grammar", "beginnings", "in_titles_of_acts"))
MAX_AFTER_SMALL_WORD = 6
"""Words after "for" among which the "Act" of a law's title stands."""


def extend_left(names: NameWords, index: int) -> int:
    """Return where the name around the head noun at `index` begins."""
    at = index
    known = names.known_over.get(index)
    while at > 0 and index - at < LONGEST and not names.words[at].breaks:
        if known and at == known[0] and not _owns(names, at - 1):
            break
        step = _step_left(names, at)
        if step is None:
            break
        at = max(step, known[0]) if known and step < known[0] < at else step
    return at


def _owns(names: NameWords, index: int) -> bool:
    """Tell whether the word before a known name may be its owner: a country, or another known body."""
    word = names.words[index]
    if names.countries.code((word.key,)) or names.ends_known(index) or word.text == "-":
        return True
    is_open = names.vocabulary.is_head(names.words[index + 1].key) and names.words[index + 1].key not in _OF_STATES
    return is_open and names.is_capital(index) and not word.text.isupper() and not names.vocabulary.is_head(word.key)


def _step_left(names: NameWords, at: int) -> int | None:
    """Return where the name starts when the word before `at` belongs to it, None when it does not."""
    before = at - 1
    word = names.words[before]
    if before in names.people:
        return _over_namesake(names, before)
    if word.text in HYPHENS or word.text == "/":
        is_two = word.text == "/" and before and names.vocabulary.is_head(names.words[before - 1].key)
        return None if is_two else _over_hyphen(names, before)
    if word.text == "." and before and _is_initial(names, before - 1):
        return before - 1
    if word.kind == "possessive":
        return _over_possessive(names, before)
    if word.text in "'’" and before and names.words[before - 1].text.endswith("s") and names.is_capital(before - 1):
        is_joined = names.words[before - 1].end == word.start and names.words[at].start > word.end
        return before - 1 if is_joined and names.may_modify(before - 1) else None  # "Shipowners’ Association"
    if word.key in AND or word.text == "&":
        return _over_and(names, before)
    if names.is_capital(before):
        return before if names.may_modify(before) else None
    if names.nests and _is_acts_title(names, before):
        return before - 1
    if word.key in names.vocabulary.prepositions and before and _is_whole(names, names.words[before - 1].key):
        return before - 1 if names.is_capital(before - 1) and not word.breaks else None
    return None


def _is_initial(names: NameWords, at: int) -> bool:
    """Tell the initial of a namesake, with a given name before it: "Edwin O. Reischauer Center"."""
    text = names.words[at].text
    is_letter = len(text) == 1 and text.isupper() and not names.words[at].breaks
    return is_letter and at > 0 and names.is_capital(at - 1) and names.may_modify(at - 1) and not names.nests


def _over_namesake(names: NameWords, at: int) -> int | None:
    """Cross a person whom a house is named after, told by the article: "the Ada Lind Centre", not "Ada Lind Centre"."""
    while at > 0 and at - 1 in names.people and not names.words[at].breaks:
        at -= 1
    is_told = at > 0 and not names.words[at].breaks and names.words[at - 1].key in _TELLING
    return at if is_told and not names.nests else None


def _is_acts_title(names: NameWords, at: int) -> bool:
    """Tell whether a small word at `at` is inside the title of a law: "Safer Ports for Europe Act"."""
    if not at or names.words[at].breaks or names.words[at].key not in _IN_TITLES_OF_ACTS:
        return False
    following = range(at + 1, min(at + MAX_AFTER_SMALL_WORD, len(names.words)))
    head = next((i for i in following if not names.is_capital(i) or names.words[i].key == "act"), None)
    return head is not None and names.words[head].key == "act" and names.is_capital(at - 1) and names.may_modify(at - 1)


def _is_whole(names: NameWords, key: str) -> bool:
    """Tell whether "X of …" may start a longer name: "University of Y Institute", "Rule of Law Centre"."""
    return names.vocabulary.is_head(key) or key in ("port", "city", "weapons", "rule")


def _over_hyphen(names: NameWords, at: int) -> int | None:
    if at == 0 or names.words[at].breaks:
        return None
    before, after = names.words[at - 1], names.words[at + 1]
    if before.end != names.words[at].start or names.words[at].end != after.start or before.kind == "mark":
        return None
    if names.is_capital(at - 1):
        return at - 1 if names.may_modify(at - 1) else None
    return at - 1 if before.text.islower() and at >= 2 and names.words[at - 2].text in HYPHENS else None


def _over_possessive(names: NameWords, at: int) -> int | None:
    if at == 0 or not names.is_capital(at - 1) or names.words[at - 1].text.isupper():
        return None
    keys = (names.words[at - 1].key,)
    is_known = any(start < at <= end for start, end in names.known_at.items())
    if is_known or names.countries.code(keys) or keys[0] in names.vocabulary.not_first:
        return None
    if names.vocabulary.is_head(keys[0]):
        return None
    return at - 1


def _over_and(names: NameWords, at: int) -> int | None:
    """Cross "and" where both sides modify one head: "Security and Defence College", not "Japan and Keio University"."""
    if at == 0 or names.words[at].breaks or not names.is_capital(at - 1) or not names.may_modify(at - 1):
        return None
    if names.vocabulary.is_whole(names.words[at + 1].key):
        return None  # "SIPRI and Försvarshögskolan"
    start = at - 1
    while start > 0 and not names.words[start].breaks and names.is_capital(start - 1) and names.may_modify(start - 1):
        start -= 1
    run = range(start, at)
    if len(run) == 1 and names.words[start].text.isupper() and len(names.words[start].text) > 3:
        return None  # "RUSI and Lakeside University"
    if any(_is_strong_head(names, names.words[i].key) or i in names.people for i in run):
        return None
    if any(start <= known < names.known_at[known] <= at for known in names.known_at):
        return None
    keys = tuple(names.words[i].key for i in run)
    if (
        names.countries.code(keys)
        and names.words[at].text != "&"
        and not names.countries.code((names.words[at + 1].key,))
    ):
        return None
    before = names.words[start - 1] if start and not names.words[start].breaks else None
    if before is None or names.words[at].text == "&":
        return start
    if before.text == "," and (first := _over_list(names, start, at)) is not None:
        return first
    if before.text == "," and start > 1 and names.words[start - 2].text == ")":
        return start
    is_list = before.text in ",;" or before.key in names.vocabulary.prepositions or before.key in ("by", "with")
    return None if is_list or (before.key == "at" and len(keys) < 2) else start


def _over_list(names: NameWords, start: int, at: int) -> int | None:
    """Return where a subject in several parts begins: "Women, Peace and Security Network", not "NATO, Peace and …".

    `start` is the part before "and", which stands at `at`; every part must be a field of policy.
    """
    fields = names.vocabulary.fields
    if start != at - 1 or not {names.words[start].key, names.words[at + 1].key} <= fields:
        return None
    first = start
    while first >= 2 and names.words[first - 1].text == "," and not names.words[first].breaks:
        if names.words[first - 2].key not in fields or not names.is_capital(first - 2) or names.words[first - 1].breaks:
            break
        first -= 2
    return first if first < start else None


def _is_strong_head(names: NameWords, key: str) -> bool:
    return names.vocabulary.is_head(key) and not (names.nests and key == "partnership")


def trim(names: NameWords, start: int, head: int) -> int:
    """Return the start of a name without the marks, titles and "and" that the walk left before it."""
    while start < head and (
        names.words[start].kind in ("mark", "possessive")
        or not names.may_modify(start)
        or names.words[start].key in AND
    ):
        start += 1
    return start
