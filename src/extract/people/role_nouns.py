"""Parts said by a noun and a light verb, in any order: "the last word was that of X", "X made the opening remarks"."""

from __future__ import annotations

from collections.abc import Sequence

from extract.people.lexicon import small_words
from extract.people.phrases import ARTICLES
from extract.people.roles import BY, TRIGGER, VERB, WEAK_VERB, RoleHint, role_phrases
from extract.people.tokens import Token
from extract.records import Role

_REACH_LEFT = 8
"""Tokens that may stand between the noun and the name behind it ("… was then that of the")."""
_REACH_RIGHT = 7
"""Tokens between the verb behind a name and its noun ("made a few short opening …")."""

_AGENTS = frozenset({"moderator", "chair", "host"})
"""Roles whose noun is a person: only "the host was Jo Doe" tells who, "the host of Jo Doe" does not."""


def noun_before(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    """Return the role of "the opening remarks came from | Jo Doe", within the sentence tokens[start:end]."""
    links = 0
    index = end
    while index > start and end - index <= _REACH_LEFT:
        found = _noun_ending_at(tokens, start, index)
        if found and links:
            role, first = found
            if role in _AGENTS and not _is_copula(tokens, index, end):
                return None
            score = TRIGGER if role != "speaker" else WEAK_VERB
            return RoleHint(role, (tokens[first].start, tokens[index - 1].end), score)
        token = tokens[index - 1]
        is_comma_before_by = token.text == "," and index < end and tokens[index].lower in BY
        if token.lower in small_words("links") | BY or is_comma_before_by:
            links += 1
        elif token.lower not in ARTICLES | small_words("between"):
            return None
        index -= 1
    return None


def _noun_ending_at(tokens: Sequence[Token], start: int, end: int) -> tuple[Role, int] | None:
    """Return (role, where it starts) of the longest noun of a part that ends right before a token."""
    nouns = role_phrases("nouns")
    for first in range(max(start, end - 4), end):
        found = nouns.match(tokens, first, end)
        if found and first + found[1] == end:
            return found[0], first
    return None


def _is_copula(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether "was", "is", … leads from the noun of an agent to the name, and no "of"."""
    words = {token.lower for token in tokens[start:end]}
    return bool(words & small_words("being")) and not words & {"of", "from", "to", "by", "von", "de", "di", "van"}


def _owned(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    """Return the role of "Jo Doe's | keynote speech", "Jo Doe's | meeting with …"."""
    for index in range(start, min(end, start + 4)):
        if found := role_phrases("nouns").match(tokens, index, end):
            role, length = found
            is_part = role not in _AGENTS
            return RoleHint(role, (tokens[index].start, tokens[index + length - 1].end), WEAK_VERB) if is_part else None
        follows = index + 1 < end and tokens[index + 1].lower == "with"
        if follows and tokens[index].lower in small_words("meetings"):
            return RoleHint("speaker", (tokens[index].start, tokens[index].end), WEAK_VERB)
        if tokens[index].kind != "word":
            return None
    return None


def _last_verb(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Return the light verb, or form of "to be", that ends the row of verbs and adverbs behind a name."""
    verb: int | None = None
    verbs = small_words("light_verbs") | small_words("being")
    for index in range(start, end):
        token = tokens[index]
        if token.lower in verbs:
            verb = index
        elif token.text != "," and token.lower not in small_words("between") | small_words("auxiliaries"):
            break
    return verb


def noun_after(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    """Return the role of "Jo Doe | made the opening remarks", within tokens[start:end] behind a name."""
    if start < end and tokens[start].text in ("'s", "’s"):
        return _owned(tokens, start + 1, end)
    verb = _last_verb(tokens, start, end)
    if verb is None:
        return None
    nouns = role_phrases("nouns")
    for index in range(verb + 1, min(end, verb + _REACH_RIGHT)):
        if tokens[index].text in ".;:!?(" or tokens[index].lower in BY | small_words("appointments"):
            return None
        found = nouns.match(tokens, index, end)
        if found is None:
            continue
        role, length = found
        is_being = tokens[verb].lower in small_words("being")
        if is_being != (role in _AGENTS) and tokens[verb].lower not in {
            "acted",
            "acts",
            "served",
            "serves",
            "took",
            "takes",
        }:
            return None
        return RoleHint(
            role, (tokens[verb].start, tokens[index + length - 1].end), VERB if role != "speaker" else WEAK_VERB
        )
    return None
