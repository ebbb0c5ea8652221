"""Names of people in a row of tokens: where one starts and ends, how sure that is, and which part is the surname."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.people.lexicon import (
    after_name,
    countries,
    east_asian_surnames,
    fold,
    honorifics,
    particles,
    phrases,
    small_words,
    title_posts,
)
from extract.people.name_parts import is_given, is_part, is_surname, read_parts
from extract.people.named_things import is_named_thing
from extract.people.tokens import Token
from extract.places import find_city

THING, SHAPE, SURNAME, GIVEN, TITLED = 0.0, 1.0, 1.5, 2.0, 3.0
"""How much speaks for a name: only its shape, a known surname, a known given name, a courtesy title before it;
nothing where a street, a school or a prize is named after someone."""

_KEPT_WITH_ONE_WORD = small_words("kept_with_one_word")


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


_MOST_TITLE_TOKENS = 16
"""Tokens that titles before a name can fill ("His Excellency, Lt. Gen. (ret.) Prof. Dr. …")."""


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
            index += _country_at(tokens, index) or 1
    return names


def _country_at(tokens: Sequence[Token], index: int) -> int:
    """Return the words of a country's name that begins here ("New Zealand"): no name starts inside it; 0 for none."""
    if tokens[index].lower not in _first_of_countries():
        return 0
    for length in (4, 3, 2):
        words = tokens[index : index + length]
        name = " ".join(word.lower for word in words)
        if len(words) == length and (name in countries() or name in small_words("parts_of_the_world")):
            return length
    return 0


@lru_cache(maxsize=1)
def _first_of_countries() -> frozenset[str]:
    return frozenset(name.split()[0] for name in (*countries(), *small_words("parts_of_the_world")) if " " in name)


def _after_plural(tokens: Sequence[Token], name: Name) -> list[Name]:
    """Return the names joined to one with a plural title ("Presidents X and Y"), short ones included."""
    if not name.title or (tokens[name.title[1] - 1].lower,) not in _plural_titles():
        return []
    others: list[Name] = []
    index = name.last
    while index + 1 < len(tokens) and tokens[index].text in {",", "and", "&", "und", "et", "y", "e"}:
        last, words, given, _ = read_parts(tokens, index + 1, is_titled=True)
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
    opener = tokens[index]
    if opener.kind == "word" and opener.text.islower() and (name := _office_and_surname(tokens, index)):
        return name
    if opener.kind != "word" or (opener.text[0].islower() and "." not in opener.text) or _country_at(tokens, index):
        return None
    if _is_noun_before(tokens, index):
        return None
    position, titled, title = _read_titles(tokens, index)
    if position >= len(tokens):
        return None
    last, words, given, family = read_parts(tokens, position, is_titled=bool(titled or title))
    if not words or last <= position:
        return None
    if tokens[position].text[0].islower() and not titled and not title:
        return None
    if not titled and not title and _is_of_a_body(tokens, position, last):
        return Name(index, position, last, THING, tuple(words))
    if is_named_thing(tokens, index, position, last, is_titled=bool(titled or title)):
        return Name(index, position, last, THING, tuple(words))
    if len(words) == 1 and tokens[position].text[0].islower() and find_city(words[0]):
        return Name(index, position, last, THING, tuple(words))  # "la Capitanía General de Valencia"
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


def _office_and_surname(tokens: Sequence[Token], index: int) -> Name | None:
    """Read an office or courtesy in small letters and a surname alone ("minister Donders", "de heer Joustrama")."""
    length = match_phrase(tokens, index, phrases("honorifics", "small_titles"))
    if not length or index + length >= len(tokens):
        return None
    first = index + length
    if (
        first >= len(tokens)
        or not tokens[first].text[0].isupper()
        or not is_part(tokens[first])
        or tokens[first].gap != " "
        or len(tokens[first].text) < 3
    ):
        return None
    follower = tokens[first + 1] if first + 1 < len(tokens) else None
    goes_on = follower is not None and follower.kind == "word" and follower.gap == " " and follower.is_capital
    is_other = tokens[first].is_all_caps or find_city(tokens[first].text) or _country_at(tokens, first)
    if goes_on or is_other or (follower is not None and follower.text in ("'s", "’s", "-")):
        return None
    is_courtesy = tokens[index].lower in ("de", "mevrouw", "dhr", "mevr", "meneer")
    title = None if is_courtesy else (index, index + length)
    return Name(index, index + length, first + 1, SURNAME, (tokens[first].text,), title, is_titled=is_courtesy)


def _is_of_a_body(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether a noun and the body it is of look like a name with particles ("… de | Paz de la ONU")."""
    if last - first < 3 or not first or not tokens[first + 1].text.islower():
        return False
    end = tokens[last - 1]
    is_acronym = end.is_all_caps and not tokens[first].is_all_caps and not is_surname(end.text)
    is_noun = not is_given(tokens[first].text) and not is_surname(tokens[first].text) and is_given(end.text)
    return tokens[first - 1].text in ("de", "del", "en", "di", "du", "des") and (is_acronym or is_noun)


def _is_noun_before(tokens: Sequence[Token], index: int) -> bool:
    """Whether a German noun with its article stands before a name ("der Parteien Jo Doe")."""
    follower = tokens[index + 1] if index + 1 < len(tokens) else None
    if not index or tokens[index - 1].text not in _GERMAN_ARTICLES or follower is None or follower.gap != " ":
        return False
    word = tokens[index].text
    return not is_given(word) and not is_surname(word) and is_given(follower.text) and word[1:].islower()


_GERMAN_ARTICLES = small_words("german_articles")


def _reads_east_asian(full: list[str], count: int) -> bool:
    """A Chinese, Korean or Vietnamese surname before two unknown words or a hyphenated one ("Tran Van Tung")."""
    if not full or len(full) != count or fold(full[0]) not in east_asian_surnames():
        return False
    return len(full) == 3 or (len(full) == 2 and "-" in full[1])


def _read_titles(tokens: Sequence[Token], index: int) -> tuple[int, bool, tuple[int, int] | None]:
    """Return (where the name starts, whether a courtesy title precedes, tokens of a post used as title)."""
    position, titled = index, False
    title: tuple[int, int] | None = None
    while position < len(tokens) and position - index < _MOST_TITLE_TOKENS:
        here = tokens[position]
        if titled and here.text in ",." and position + 1 < len(tokens) and _starts_title(tokens, position + 1):
            position += 1
            continue
        if titled and here.lower in OUT_OF_SERVICE:
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


OUT_OF_SERVICE = small_words("out_of_service")


def _is_bracketed_remark(tokens: Sequence[Token], position: int) -> bool:
    """Whether "(ret.)" or the like stands here, between a rank and a name."""
    if tokens[position].text != "(" or position + 2 >= len(tokens):
        return False
    return tokens[position + 2].text == ")" and tokens[position + 1].lower in after_name()


def _starts_title(tokens: Sequence[Token], position: int) -> bool:
    return bool(match_phrase(tokens, position, honorifics()) or match_phrase(tokens, position, title_posts()))


def _follows_name(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    return token.is_capital and token.gap == " " and (is_part(token) or _starts_title(tokens, position)
                                                       or token.lower in particles())  # fmt: skip


def _is_rather_a_name(tokens: Sequence[Token], position: int) -> bool:
    """A word such as "Don", "Count" or "D." that begins a name of its own."""
    token = tokens[position]
    if token.lower == "he" and token.text == "HE" and position + 1 < len(tokens):
        return tokens[position + 1].is_all_caps  # "HE Jo Doe" is Her or His Excellency
    if token.is_initial and not token.lower.startswith(("h.e", "s.e")):
        return True
    if token.lower not in small_words("rather_names"):
        return False
    is_rank = token.lower in {"major", "father", "sister", "don", "ir"} and position + 2 < len(tokens)
    return not (is_rank and is_part(tokens[position + 1]) and is_part(tokens[position + 2]))
