"""The words of a name, one by one: given names, surnames, particles, initials, nicknames, suffixes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.people.lexicon import (
    after_name,
    common_words,
    countries,
    country_words,
    east_asian_surnames,
    fold,
    given_names,
    is_post_compound,
    japanese_given_names,
    japanese_surnames,
    never_endings,
    never_in_names,
    particles,
    plain,
    post_modifiers,
    post_words,
    romaji,
    suffixes,
    surnames,
    word_set,
)
from extract.people.tokens import Token

_MAX_PARTS = 7


_AND_TOO = frozenset({"e", "y", "i"})
"""Particles that also mean "and": before a given name they part two people."""

_GERMAN_GENITIVES = frozenset({"der", "des", "dem"})
"""Particles only behind another one ("van der") or a given name; behind an unknown word they are German articles."""

_MODALS = frozenset({"will", "may", "can", "to", "and", "is", "on", "in", "at", "of", "the", "for"})


def is_part(token: Token) -> bool:
    return token.is_capital and not token.is_initial and not is_common_compound(token.text) and (
        fold(token.text) in given_names() or fold(token.text) in surnames() or romaji(token.text) in japanese_surnames()
        or (token.lower not in common_words() and token.lower not in country_words())
    )  # fmt: skip


@lru_cache(maxsize=16384)
def is_given(word: str) -> bool:
    """Return whether a word is a known given name; of "Jean-Pierre" either half may be."""
    return any(fold(part) in given_names() or romaji(part) in japanese_given_names() for part in _halves(word))


@lru_cache(maxsize=16384)
def is_surname(word: str) -> bool:
    return any(fold(part) in surnames() or romaji(part) in japanese_surnames() for part in _halves(word))


def _halves(word: str) -> tuple[str, ...]:
    return (word, *word.replace("‑", "-").split("-")) if "-" in word or "‑" in word else (word,)


def read_parts(tokens: Sequence[Token], position: int, *, is_titled: bool) -> tuple[int, list[str], bool, bool]:
    """Return (end, words of the name, whether a given name is known, whether a surname is)."""
    words: list[str] = []
    given = known = family = False
    index = position
    end = position
    while index < len(tokens) and len(words) < _MAX_PARTS:
        token = tokens[index]
        if index > position and (token.gap in "\t\n" and token.gap):
            break
        if token.text in '(“"' and words:
            skip = _read_nickname(tokens, index)
            if not skip:
                break
            index += skip
            continue
        if token.kind != "word":
            break
        if token.text in _AND_TOO and words and index + 1 < len(tokens) and is_given(tokens[index + 1].text):
            break
        if token.lower in _GERMAN_GENITIVES and words and not given and not known:
            break  # "Fachleute der Parteien"
        if token.lower in particles() and _leads_on(tokens, index):
            is_word = not words and is_given(token.text) and tokens[index + 1].lower not in particles()
            if not (token.text[0].isupper() and is_word):
                index += 1
                continue
        if token.is_initial:
            if token.gap == " " or not words:
                words.append(token.text)
                index += 1
                if any(len(word.rstrip(".")) > 1 for word in words):
                    end = index
                continue
            break
        if words and token.lower in after_name() and _has_capitals(token):
            break
        if words and token.is_all_caps and _is_order(token, words):
            break
        if known and len(words) > 1 and _ends_in_capitals(words) and not token.is_all_caps:
            break  # "Jo DOE Head of Section": the surname in capitals comes last
        if len(words) > 1 and _begins_post_in_small(token) and all(len(w) > 1 and w.isupper() for w in words):
            break  # "JO DOE Director"
        if not token.is_capital or (words and token.gap == "" and tokens[index - 1].text[-1] != "."):
            break
        verdict = _judge(tokens, index, bool(words), given or known, is_titled)
        if not verdict:
            break
        if token.is_all_caps and not _may_be_capitals(tokens, index, position, known or family):
            break
        words.append(token.text)
        given = given or (
            len(words) == 1 and fold(token.text) in east_asian_surnames() and token.lower not in common_words()
        )
        known = known or (is_given(token.text) and (token.lower not in common_words() or len(words) == 1))
        family = family or (is_surname(token.text) and token.lower not in common_words())
        index += 1
        end = index
    end = _read_suffix(tokens, end) if words else end
    while words and len(words[0].rstrip(".")) == 1 and len(words) == 1:
        words = []
    return end, words, known, family


def _begins_post_in_small(token: Token) -> bool:
    return not token.is_all_caps and (token.lower in post_words() or token.lower in post_modifiers())


def _has_capitals(token: Token) -> bool:
    """Whether a word is written like an abbreviation ("MP", "MdB"), not like a name."""
    return sum(letter.isupper() for letter in token.text) > 1


def _ends_in_capitals(words: list[str]) -> bool:
    """Whether a given name in small letters and a surname in capitals have been read."""
    return (
        len(words[-1]) > 2
        and "." not in words[-1]
        and words[-1].isupper()
        and any(len(w) > 2 and not w.isupper() for w in words[:-1])
    )


def _is_order(token: Token, words: list[str]) -> bool:
    """Whether capitals after a complete name are letters of an order or degree ("Sir Alan Doe GCB")."""
    return len(words) > 1 and not words[-1].isupper() and len(token.text) <= 4 and not is_surname(token.text)


def _leads_on(tokens: Sequence[Token], index: int) -> bool:
    """A particle counts where a capitalised word, or another particle and then one, follows."""
    for offset in (1, 2, 3):
        if index + offset >= len(tokens) or tokens[index + offset].gap not in (" ", ""):
            return False
        follower = tokens[index + offset]
        if follower.kind != "word":
            return False
        if follower.is_capital and follower.lower not in particles():
            is_behind_two = index > 0 and (
                tokens[index - 1].lower in particles() or (offset > 1 and is_given(tokens[index - 1].text))
            )
            return is_part(follower) or (is_behind_two and _closes(tokens, index + offset))
        if follower.lower not in particles():
            return False
    return False


def _judge(tokens: Sequence[Token], index: int, has_words: bool, given: bool, is_titled: bool) -> bool:
    """Whether a capitalised word can be the next part of a name."""
    token = tokens[index]
    word = token.lower
    if has_words and word in _MODALS:
        return False
    if word in country_words() or (has_words and word in countries() and _is_before_post(tokens, index)):
        return False
    is_compound = is_common_compound(token.text)
    if word not in common_words() and not is_compound:
        return True
    known_given, known_surname = is_given(token.text) and not is_compound, is_surname(token.text)
    if has_words and given and known_surname and token.is_all_caps:
        return True
    if (
        not has_words
        and known_given
        and (_goes_on_as_name(tokens, index) or (is_titled and not _closes(tokens, index)))
    ):
        return True  # "Jan Doe", "April Doe": months that people are called by
    if has_words and given and _closes(tokens, index) and _is_after_particles(tokens, index):
        return True  # "Jean-Luc de la Tour"
    if has_words and given and tokens[index - 1].is_initial and _closes(tokens, index) and word not in post_words():
        return True  # "Alice P. Gast,"
    if word in never_in_names() and not (known_surname and given and has_words and _closes(tokens, index)):
        return False
    if has_words and (word in post_words() or is_compound) and not _closes_name(tokens, index):
        return False
    if has_words:
        return (given or is_titled) and (known_surname or known_given or _closes(tokens, index))
    if fold(token.text) in east_asian_surnames() and index + 1 < len(tokens) and "-" in tokens[index + 1].text:
        return tokens[index + 1].is_capital and tokens[index + 1].gap == " "
    return known_given or (is_titled and known_surname)


def _is_after_particles(tokens: Sequence[Token], index: int) -> bool:
    """Whether two particles stand before a word ("de la …"): a surname though it is a common word."""
    return index > 2 and all(
        tokens[i].text.islower() and tokens[i].lower in particles() for i in (index - 2, index - 1)
    )


def _is_before_post(tokens: Sequence[Token], index: int) -> bool:
    """Whether a post follows a country's name that could be a surname ("Mr Doe Jordan Ambassador to …")."""
    return index + 1 < len(tokens) and tokens[index + 1].is_capital and tokens[index + 1].lower in post_words()


def _goes_on_as_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a surname, or one in capitals, follows a word."""
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if follower is None or not follower.is_capital or follower.gap != " " or follower.lower in common_words():
        return False
    return is_surname(follower.text) or is_given(follower.text) or follower.is_all_caps


@lru_cache(maxsize=16384)
def is_common_compound(word: str) -> bool:
    """Whether a word is made of common ones, ends like no name, or is a post ("Non-resident", "Vice-Dean")."""
    lower = plain(word)
    parts = lower.split("-")
    if len(parts) > 1 and lower in post_modifiers():
        return True
    if len(parts) > 1 and all(part in common_words() or part in post_modifiers() for part in parts):
        return not (is_surname(parts[0]) and is_given(parts[1]))
    if len(lower) >= _SHORTEST_DERIVED and lower.endswith(never_endings()):
        return fold(word) not in surnames() and fold(word) not in given_names()
    return is_post_compound(lower)


_SHORTEST_DERIVED = 8
"""Letters from which an ending tells a common noun or adjective from a surname (Fischer, Jung, Leung are shorter)."""


def _closes_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that is also a post ends a name: nothing follows that the post could be of."""
    return index + 1 >= len(tokens) or tokens[index + 1].lower not in {"of", "in", "at", "for", "to", "di", "de", "für"}


def _closes(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word ends its phrase: a comma, a bracket, a dash, a small word or nothing follows."""
    if index + 1 >= len(tokens):
        return True
    after = tokens[index + 1]
    return after.kind != "word" or after.text[0].islower() or after.gap != " " or after.lower in post_modifiers()


def _may_be_capitals(tokens: Sequence[Token], index: int, position: int, given: bool) -> bool:
    """Whether a word in capitals is a surname set in capitals (or a name in a line of capitals), not an acronym."""
    token = tokens[index]
    if token.lower in word_set("named_things_before"):
        return False
    if is_surname(token.text) or is_given(token.text):
        beside = [tokens[other] for other in (index - 1, index + 1) if position <= other < len(tokens)]
        return given or any(other.is_capital or other.is_initial for other in beside)
    if len(token.text) < 3:
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    return given or bool(
        after and after.is_capital and not after.is_all_caps and is_given(after.text) and after.gap == " "
    )


def _read_nickname(tokens: Sequence[Token], index: int) -> int:
    """Return the length of a bracketed or quoted nickname inside a name ("(Chas.)", "“Bob”"), 0 where none is."""
    for length in (3, 4):
        if index + length >= len(tokens):
            return 0
        inner, closer, after = tokens[index + 1], tokens[index + length - 1], tokens[index + length]
        if closer.text in ')”"' and inner.is_capital and len(inner.text) <= 12 and not inner.is_all_caps:
            if length == 4 and tokens[index + 2].text != ".":
                continue
            return length if after.kind == "word" and after.is_capital and after.gap == " " and is_part(after) else 0
    return 0


def _read_suffix(tokens: Sequence[Token], end: int) -> int:
    """Take "Jr." and the like, with or without a comma, into the name."""
    position = end
    if position < len(tokens) and tokens[position].text == ",":
        position += 1
    if position < len(tokens) and tokens[position].kind == "word" and tokens[position].text[0].isupper():
        word = tokens[position].text
        if plain(word) in suffixes() and (plain(word) in ("jr", "sr") or (word.isupper() and position == end)):
            return position + 1
    return end
