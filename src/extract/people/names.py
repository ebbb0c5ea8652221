"""Names of people in a row of tokens: where one starts and ends, how sure that is, and which part is the surname."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.people.lexicon import (
    after_name,
    common_words,
    countries,
    country_words,
    east_asian_surnames,
    fold,
    given_names,
    honorifics,
    japanese_given_names,
    japanese_surnames,
    never_in_names,
    particles,
    plain,
    romaji,
    small_words,
    suffixes,
    surnames,
    title_posts,
    word_set,
)
from extract.people.tokens import Token
from extract.places import find_city

THING, SHAPE, SURNAME, GIVEN, TITLED = 0.0, 1.0, 1.5, 2.0, 3.0
"""How much speaks for a name: only its shape, a known surname, a known given name, a courtesy title before it;
nothing where a street, a school or a prize is named after someone."""

_MAX_PARTS = 7
_KEPT_WITH_ONE_WORD = frozenset({"sheikh", "sheikha"})
_MODALS = frozenset({"will", "may", "can", "to", "and", "is", "on", "in", "at", "of", "the", "for"})


@dataclass(frozen=True, slots=True)
class Name:
    """tokens[first:last] is a name; `lead` is where its titles begin; `words` are its parts without particles."""

    lead: int
    first: int
    last: int
    strength: float
    words: tuple[str, ...]
    title: tuple[int, int] | None = None
    """Tokens of a post that stands before the name as a title ("President")."""
    is_titled: bool = False


@lru_cache(maxsize=32)
def _longest_from(phrases: frozenset[tuple[str, ...]]) -> dict[str, int]:
    """First word → number of words of the longest phrase that begins with it."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return longest


def match_phrase(tokens: Sequence[Token], index: int, phrases: frozenset[tuple[str, ...]], longest: int = 5) -> int:
    """Return how many tokens from `index` spell the longest of the phrases, 0 where none does."""
    longest = min(longest, _longest_from(phrases).get(tokens[index].lower, 0))
    for length in range(min(longest, len(tokens) - index), 0, -1):
        words = tokens[index : index + length]
        if any(word.gap in "\t\n" and word.gap for word in words[1:]):
            continue
        if tuple(word.lower for word in words) in phrases:
            return length
    return 0


def find_names(tokens: Sequence[Token]) -> list[Name]:
    """Return the names in reading order, without overlaps; short ones ("Biden") only after a title."""
    names: list[Name] = []
    index = 0
    while index < len(tokens):
        name = read_name(tokens, index)
        if name:
            if name.strength > THING:
                names.append(name)
            index = name.last
            names += (others := _after_plural(tokens, name))
            index = others[-1].last if others else index
        else:
            index += 1
    return names


def _after_plural(tokens: Sequence[Token], name: Name) -> list[Name]:
    """Return the names joined to one with a plural title ("Presidents X and Y"), short ones included."""
    if not name.title or (tokens[name.title[1] - 1].lower,) not in _plural_titles():
        return []
    others: list[Name] = []
    index = name.last
    while index + 1 < len(tokens) and tokens[index].text in {",", "and", "&", "und", "et", "y", "e"}:
        last, words, given, _ = _read_parts(tokens, index + 1, is_titled=True)
        if not words or tokens[index + 1].text[0].islower():
            break
        others.append(Name(index + 1, index + 1, last, GIVEN if given else SURNAME, tuple(words), name.title))
        index = last
    return others


@lru_cache(maxsize=1)
def _plural_titles() -> frozenset[tuple[str, ...]]:
    return frozenset((phrase[-1],) for phrase in title_posts() if phrase[-1].endswith("s"))


def read_name(tokens: Sequence[Token], index: int) -> Name | None:
    """Read titles and a name that begin at a token, None where none does."""
    if tokens[index].kind != "word":
        return None
    position, titled, title = _read_titles(tokens, index)
    if position >= len(tokens):
        return None
    last, words, given, family = _read_parts(tokens, position, is_titled=bool(titled or title))
    if not words or last <= position:
        return None
    if tokens[position].text[0].islower() and not titled and not title:
        return None
    if is_named_thing(tokens, index, position, last, is_titled=bool(titled or title)):
        return Name(index, position, last, THING, tuple(words))
    full = [word for word in words if len(word.rstrip(".")) > 1]
    if len(words) == 1 and titled and tokens[position - 1].lower in _KEPT_WITH_ONE_WORD:
        position -= 1
        words.insert(0, tokens[position].text)
    if titled:
        strength = TITLED
    elif given or _reads_east_asian(full, len(words)):
        strength = GIVEN
    elif family:
        strength = SURNAME
    else:
        strength = SHAPE
    if len(full) < 2 and not titled and not title:
        if len(words) < 2:
            return None
        strength = min(strength, SHAPE)
    return Name(index, position, last, strength, tuple(words), title, bool(titled))


def _reads_east_asian(full: list[str], count: int) -> bool:
    """A Chinese, Korean or Vietnamese surname before two unknown words or a hyphenated one ("Tran Van Tung")."""
    if not full or len(full) != count or fold(full[0]) not in east_asian_surnames():
        return False
    return len(full) == 3 or (len(full) == 2 and "-" in full[1])


def _read_titles(tokens: Sequence[Token], index: int) -> tuple[int, bool, tuple[int, int] | None]:
    """Return (where the name starts, whether a courtesy title precedes, tokens of a post used as title)."""
    position, titled = index, False
    title: tuple[int, int] | None = None
    while position < len(tokens):
        here = tokens[position]
        if titled and here.text in ",." and position + 1 < len(tokens) and _starts_title(tokens, position + 1):
            position += 1
            continue
        if titled and _is_bracketed_remark(tokens, position):
            position += 3
            continue
        length = 0
        if here.kind == "word" and (here.text[0].isupper() or position > index or "." in here.text):
            length = match_phrase(tokens, position, honorifics())
        if length and not (length == 1 and _is_rather_a_name(tokens, position)):
            position += length
            titled = True
            continue
        length = match_phrase(tokens, position, title_posts()) if here.text[0].isupper() else 0
        if length and position + length < len(tokens) and title is None and _follows_name(tokens, position + length):
            title = (position, position + length)
            position += length
            continue
        break
    if position > index and position < len(tokens) and tokens[position].gap in "\t\n" and tokens[position].gap:
        return len(tokens), False, None
    return position, titled, title


def _is_bracketed_remark(tokens: Sequence[Token], position: int) -> bool:
    """Whether "(ret.)" or the like stands here, between a rank and a name."""
    if tokens[position].text != "(" or position + 2 >= len(tokens):
        return False
    return tokens[position + 2].text == ")" and tokens[position + 1].lower in after_name()


def _starts_title(tokens: Sequence[Token], position: int) -> bool:
    return bool(match_phrase(tokens, position, honorifics()) or match_phrase(tokens, position, title_posts()))


def _follows_name(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    return token.is_capital and token.gap == " " and (_is_part(token) or _starts_title(tokens, position)
                                                       or token.lower in particles())  # fmt: skip


def _is_rather_a_name(tokens: Sequence[Token], position: int) -> bool:
    """A word such as "Don", "Count" or "D." that begins a name of its own."""
    token = tokens[position]
    if token.is_initial and not token.lower.startswith(("h.e", "s.e")):
        return True
    if token.lower not in small_words("rather_names"):
        return False
    is_rank = token.lower in {"major", "father", "sister", "don", "ir"} and position + 2 < len(tokens)
    return not (is_rank and _is_part(tokens[position + 1]) and _is_part(tokens[position + 2]))


def _is_part(token: Token) -> bool:
    return token.is_capital and not token.is_initial and (
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


def _read_parts(tokens: Sequence[Token], position: int, *, is_titled: bool) -> tuple[int, list[str], bool, bool]:
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
        if words and token.is_all_caps and (token.lower in after_name() or _is_order(token, words)):
            break
        if not token.is_capital or (words and token.gap == "" and tokens[index - 1].text[-1] != "."):
            break
        verdict = _judge(tokens, index, bool(words), given or known, is_titled)
        if not verdict:
            break
        if token.is_all_caps and not _may_be_capitals(tokens, index, position, known):
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
            return _is_part(follower)
        if follower.lower not in particles():
            return False
    return False


def _judge(tokens: Sequence[Token], index: int, has_words: bool, given: bool, is_titled: bool) -> bool:
    """Whether a capitalised word can be the next part of a name."""
    token = tokens[index]
    word = token.lower
    if has_words and word in _MODALS:
        return False
    if word in country_words():
        return False
    if word not in common_words():
        return True
    known_given, known_surname = is_given(token.text), is_surname(token.text)
    if word in never_in_names() and not (known_surname and given and has_words and _closes(tokens, index)):
        return False
    if has_words:
        return (given or is_titled) and (known_surname or known_given or _closes(tokens, index))
    if fold(token.text) in east_asian_surnames() and index + 1 < len(tokens) and "-" in tokens[index + 1].text:
        return tokens[index + 1].is_capital and tokens[index + 1].gap == " "
    return known_given or (is_titled and known_surname)


def _closes(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word ends its phrase: a comma, a bracket, a dash, a small word or nothing follows."""
    if index + 1 >= len(tokens):
        return True
    after = tokens[index + 1]
    return after.kind != "word" or after.text[0].islower() or after.gap != " "


def _may_be_capitals(tokens: Sequence[Token], index: int, position: int, given: bool) -> bool:
    """Whether a word in capitals is a surname set in capitals (or a name in a line of capitals), not an acronym."""
    token = tokens[index]
    if token.lower in word_set("named_things_before"):
        return False
    if is_surname(token.text) or is_given(token.text):
        beside = [tokens[other] for other in (index - 1, index + 1) if position <= other < len(tokens)]
        return any(other.is_capital or other.is_initial for other in beside)
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
            return length if after.kind == "word" and after.is_capital and after.gap == " " and _is_part(after) else 0
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


def is_named_thing(tokens: Sequence[Token], lead: int, first: int, last: int, *, is_titled: bool) -> bool:
    """Whether the words name a street, a school, a prize, a ship, a city, … rather than a person."""
    after = word_set("named_things_after")
    index = last
    while index < len(tokens) and index < last + 4:
        token = tokens[index]
        if token.gap != " " or not (token.is_capital or token.text == "&"):
            break
        if token.lower in after:
            return True
        if not is_titled and token.lower not in common_words() and index == last:
            break
        index += 1
    if is_titled:
        return False
    opener = tokens[first]
    if opener.lower in word_set("named_things_before") and len(opener.text) > 2 and opener.text[0].isupper():
        return True
    if (
        lead
        and (tokens[lead - 1].kind == "number" or tokens[lead - 1].lower in _WHERE)
        and tokens[last - 1].lower in after
    ):
        return True
    if lead and tokens[lead].gap in (" ", "") and _is_before_thing(tokens, lead):
        return True
    final = tokens[last - 1]
    if final.lower in after and (last - first > 2 or not is_surname(final.text)):
        return True
    name = " ".join(token.text for token in tokens[first:last])
    return plain(name) in countries() or (last - first <= 3 and _is_city(name))


def _is_before_thing(tokens: Sequence[Token], lead: int) -> bool:
    before = tokens[lead - 1]
    if before.text == "/" and lead >= 2 and tokens[lead - 2].lower == "c":
        return True
    if before.kind != "word" or before.lower not in word_set("named_things_before"):
        return False
    return before.lower != "the" or (lead < 2 or tokens[lead - 2].kind == "word")


_WHERE = frozenset({"at", "in", "on", "near"})
_LARGE_CITY = 150_000
"""Inhabitants from which a city counts under any of its names, not only its main one."""


@lru_cache(maxsize=4096)
def _is_city(name: str) -> bool:
    city = find_city(name)
    return city is not None and (fold(city.name) == fold(name) or city.population > _LARGE_CITY)
