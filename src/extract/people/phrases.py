"""What a phrase beside a name is: a post, a body, a place, years, a part to play, or nothing of these."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from extract.countries import find_state
from extract.people.lexicon import (
    after_name,
    countries,
    is_post_compound,
    longest_head,
    phrases,
    plain,
    post_heads,
    post_modifiers,
    small_words,
    word_set,
)
from extract.people.names import match_phrase
from extract.people.tokens import Token
from extract.places import find_city
from extract.records import Role
from extract.vocabularies import read_toml

Kind = Literal["post", "body", "unit", "place", "years", "role", "title", "handle", "nothing", "other"]

ARTICLES = small_words("articles")
PREPOSITIONS = small_words("prepositions")
AT = small_words("at")
CONNECTORS = (
    PREPOSITIONS
    | ARTICLES
    | {"and", "&", "und", "et", "y", "e", "en", "/", "-", "–", "'s", "’s", "ad", "interim", "+", "or", "e.v"}
)
AND = frozenset({"and", "&", "und", "et", "y", "e", "en", "sowie"})


@dataclass(frozen=True, slots=True)
class Bodies:
    """Spans of organisations already found, with their keys: looked up by overlap."""

    spans: tuple[tuple[int, int, str | None], ...]

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int, str | None]]) -> Bodies:
        return cls(tuple(sorted(spans, key=lambda span: (span[0], -span[1]))))

    def within(self, start: int, end: int) -> list[tuple[int, int, str | None]]:
        """Return the spans that overlap text[start:end], in order."""
        found = []
        index = bisect_left(self.spans, (start - 400, -1, ""), key=lambda span: (span[0], -1, ""))
        while index < len(self.spans) and self.spans[index][0] < end:
            if self.spans[index][1] > start:
                found.append(self.spans[index])
            index += 1
        return found

    def longest_within(self, start: int, end: int) -> tuple[int, int, str | None] | None:
        """Return the longest span that overlaps text[start:end]."""
        return max(self.within(start, end), key=lambda span: span[1] - span[0], default=None)


NO_BODIES = Bodies(())


@lru_cache(maxsize=1)
def role_labels() -> dict[tuple[str, ...], Role]:
    """Label as plain words → role."""
    labels: dict[tuple[str, ...], Role] = {}
    for role, words in read_toml("roles")["labels"].items():
        for phrase in words:
            labels.setdefault(tuple(plain(word) for word in phrase.split()), role)
    return labels


def head_span(tokens: Sequence[Token]) -> tuple[int, int]:
    """Return [start, end) of the words before the first preposition: where the head noun of a phrase stands."""
    start = 0
    while start < len(tokens) and (tokens[start].lower in ARTICLES or tokens[start].lower in AND):
        start += 1
    end = start
    while end < len(tokens) and not (
        tokens[end].lower in PREPOSITIONS
        and tokens[end].text.islower()
        and not (tokens[end].lower == "en" and tokens[end - 1].text == "-")  # Dutch "land- en zeemacht"
    ):
        if tokens[end].text in ",(;":
            break
        end += 1
    return start, end


def find_post(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int] | None:
    """Return the last head noun of a post within tokens[start:end], None where there is none."""
    for index in range(end - 1, start - 1, -1):
        if tokens[index].kind == "word" and (length := post_at(tokens, index)):
            return index, index + length
    return None


def post_at(tokens: Sequence[Token], index: int) -> int:
    """Return how many tokens from `index` are the head noun of a post, 0 where none is; compounds count."""
    return match_phrase(tokens, index, post_heads(), longest_head()) or int(is_post_compound(tokens[index].lower))


def is_acronym(token: Token) -> bool:
    letters = [letter for letter in token.text if letter.isalpha()]
    if token.kind != "word" or len(letters) < 2 or not letters[0].isupper():
        return False
    return token.text.isupper() or (len(letters) <= 7 and letters[1].isupper())


def is_place(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is the name of a country, a federal state ("Texas", "AZ") or a city, alone."""
    words = [token.text for token in tokens if token.kind == "word" and token.lower not in ARTICLES]
    name = plain(" ".join(words))
    full = plain(" ".join(token.text for token in tokens if token.kind == "word")).removeprefix("the ")
    if name in countries() or full in countries() or name in _REGIONS or find_state(" ".join(words)):
        return True
    return 0 < len(words) <= 3 and words[0][0].isupper() and not words[0].isupper() and find_city(name) is not None


_REGIONS = small_words("regions")


def has_body_word(tokens: Sequence[Token]) -> bool:
    heads = word_set("organisation_heads")
    return any(
        token.is_capital
        and (token.lower in heads or token.lower.endswith(("stiftung", "ministerium", "universität", "amt")))
        for token in tokens
    ) or match_any(tokens, heads)


def match_any(tokens: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether two words that follow each other spell one of the words ("sciences po")."""
    return any(f"{a.lower} {b.lower}" in words for a, b in pairwise(tokens))


def is_unit(tokens: Sequence[Token]) -> bool:
    """Whether a phrase names a part of an employer ("Department of History", "Security Policy Division")."""
    start, end = head_span(tokens)
    if start >= end:
        return False
    heads = word_set("department_heads")
    return tokens[end - 1].lower in heads or tokens[start].lower in heads


def is_own_body(tokens: Sequence[Token]) -> bool:
    """Whether a phrase names a body that stands by itself though a larger one may own it (a centre, an institute)."""
    start, end = head_span(tokens)
    own = word_set("own_bodies")
    return start < end and (tokens[end - 1].lower in own or tokens[start].lower in own)


def is_academic_unit(tokens: Sequence[Token]) -> bool:
    start, end = head_span(tokens)
    units = word_set("academic_units")
    return start < end and (tokens[end - 1].lower in units or tokens[start].lower in units)


def classify(tokens: Sequence[Token], bodies: Bodies = NO_BODIES) -> Kind:
    """Say what a phrase between two separators is."""
    words = [token for token in tokens if token.kind != "sign" or token.text == "&"]
    if not words:
        return "nothing"
    first = words[0]
    if first.kind == "handle":
        return "handle"
    if first.kind == "link":
        return "nothing"
    if tokens[0].kind == "quote" or tokens[0].text in "‘'":
        return "title"
    joined = tuple(token.lower for token in words)
    if " ".join(joined) in word_set("not_affiliations") or all(word in after_name() for word in joined):
        return "role" if joined in role_labels() else "nothing"
    if joined in role_labels() and not (
        joined[0] in {"chair", "co-chair"} and first.text.islower() and len(joined) > 1
    ):
        return "role"
    if first.kind == "number":
        return (
            "years"
            if len(first.text) >= 4 and first.text[:4].isdigit()
            else ("body" if has_body_word(tokens) else "other")
        )
    kind = _classify_words(tokens, bodies)
    return "place" if kind in ("other", "body") and is_place(words) and not has_body_word(words) else kind


def _classify_words(tokens: Sequence[Token], bodies: Bodies) -> Kind:
    start, end = head_span(tokens)
    if start >= end:
        return "other"
    if _is_rank(tokens):
        return "post"
    last = tokens[end - 1]
    heads = word_set("organisation_heads") | word_set("department_heads")
    post = find_post(tokens, start, end)
    is_department = last.lower in heads and last.lower not in _POST_RATHER and post is not None and post[1] < end
    is_field = is_department and _leads(tokens, start)
    is_field = is_field and (
        last.lower not in word_set("organisation_heads") or any(t.lower in AND for t in tokens[start:end])
    )
    is_department = is_department and not is_field
    is_firm = _is_plural_firm(tokens, last)
    if post and not is_department and not is_firm and not _is_inside_body(tokens, post, bodies):
        return "post"
    if is_unit(tokens) and not has_body_word(tokens[start:end]):
        return "unit"
    span = bodies.longest_within(tokens[0].start, tokens[-1].end)
    if span and (min(span[1], tokens[-1].end) - max(span[0], tokens[0].start)) * 2 >= tokens[-1].end - tokens[0].start:
        return "body"
    if has_body_word(tokens[start:end]) or has_body_word(tokens):
        return "body"
    if all(is_acronym(token) or token.text in "&/" or token.kind == "number" for token in tokens[start:end]):
        return "body"
    return "other"


def _leads(tokens: Sequence[Token], start: int) -> bool:
    """Whether a phrase begins with a post that goes on with what is led ("Senior Director Government Affairs")."""
    while start < len(tokens) - 2 and tokens[start].lower in post_modifiers():
        start += 1
    return tokens[start].lower in word_set("posts_with_a_field") and bool(post_at(tokens, start))


def _is_rank(tokens: Sequence[Token]) -> bool:
    """Whether a phrase is a military rank alone, in service or retired ("Colonel (ret.)", "Oberst a.D.")."""
    length = match_phrase(tokens, 0, phrases("honorifics", "rank"))
    rest = [token for token in tokens[length:] if token.kind == "word"]
    if 0 < length < len(tokens) and tokens[length].lower in _IN_SERVICE and tokens[0].is_capital:
        return True
    return length > 0 and all(token.lower in after_name() | {"a", "d"} for token in rest)


_IN_SERVICE = small_words("in_service")


def _is_plural_firm(tokens: Sequence[Token], last: Token) -> bool:
    """Whether "Lind & Associates" is a firm rather than people."""
    is_body = last.lower in word_set("organisation_heads") and last.text.endswith("s")
    return is_body and any(token.text == "&" for token in tokens)


_POST_RATHER = small_words("post_rather")


def _is_inside_body(tokens: Sequence[Token], post: tuple[int, int], bodies: Bodies) -> bool:
    """Whether a word like "Associates" or "Leaders" stands inside the name of a known body."""
    start, end = tokens[post[0]].start, tokens[post[1] - 1].end
    is_of_field = post[1] < len(tokens) and tokens[post[1]].lower == "of" and tokens[post[0]].lower == "professor"
    if is_of_field and all(token.lower in post_modifiers() for token in tokens[: post[0]]):
        return False  # "Distinguished Professor of …" is no body, whoever took it for one
    return any(
        span[0] <= start
        and end <= span[1]
        and span[0] <= tokens[0].start + 4
        and span[1] >= tokens[-1].end - 8
        and span[1] - span[0] > end - start
        for span in bodies.within(start, end)
    )
