"""Which part a person plays: labels, words around the name, the item of the programme, the heading above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.people.lexicon import plain, small_words
from extract.people.phrases import AND, role_labels
from extract.people.tokens import Token
from extract.records import Role
from extract.vocabularies import read_toml

Span = tuple[int, int]

_TIME = re.compile(
    r"^\W*(?:\d{1,2}\s?[:.h]\s?\d\d|\d{1,2}\s?(?:[ap]\.?m\b|h\b|Uhr\b))(?:\s?[ap]\.?m\.?)?(?:\s?(?:-|–|—|to|until|bis|à|~|〜)\s?\d{1,2}(?:[:.h]\d\d)?)?",
    re.IGNORECASE,
)


LABEL, HEADING, TRIGGER, SESSION, VERB, LAYOUT, WEAK_VERB, DEFAULT, PRESENTED = (
    1.0,
    0.9,
    0.85,
    0.8,
    0.78,
    0.6,
    0.55,
    0.5,
    0.3,
)
"""How plainly a role is said: by its label, a heading of its own, words before the name, the item's title, a verb
that only the role allows, a heading for all who speak, a verb that anyone may do, a place in the programme; last a
person whom a document about an event presents with post or affiliation and says nothing else of (of those 81 of 108
take part in 87 labelled documents)."""


@dataclass(frozen=True, slots=True)
class RoleHint:
    """A role, the words that say it (character span, None where layout says it), and how plainly (0..1)."""

    role: Role
    span: Span | None
    score: float


@dataclass(frozen=True, slots=True)
class _Phrases:
    """Phrases by their first word, longest first: what a walk over tokens matches against."""

    by_first: dict[str, tuple[tuple[tuple[str, ...], Role], ...]]

    def match(self, tokens: Sequence[Token], index: int, end: int) -> tuple[Role, int] | None:
        """Return (role, number of tokens) of the longest phrase that starts at `index`."""
        for words, role in self.by_first.get(tokens[index].lower, ()):
            if index + len(words) <= end and all(tokens[index + i].lower == word for i, word in enumerate(words)):
                return role, len(words)
        return None


@cache
def role_phrases(part: str) -> _Phrases:
    """Return the phrases of a part of the roles vocabulary ("before", "after", "sessions", "labels")."""
    by_first: dict[str, list[tuple[tuple[str, ...], Role]]] = {}
    for role, words in read_toml("roles")[part].items():
        for phrase in words:
            parts = tuple(plain(word) for word in phrase.split())
            for variant in _in_all_numbers(parts) if part == "after" else (parts,):
                by_first.setdefault(variant[0], []).append((variant, role))
    return _Phrases({first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in by_first.items()})


_FORMS_OF_BE = ("was", "is", "were", "are")


def _in_all_numbers(phrase: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a phrase with the other numbers and tenses of "to be" ("was in the chair", "were in the chair")."""
    if phrase[0] not in _FORMS_OF_BE or len(phrase) < 2:
        return [phrase]
    return [(form, *phrase[1:]) for form in _FORMS_OF_BE] + [("will", "be", *phrase[1:])]


def starts_with_time(text: str) -> bool:
    """Whether a line begins with a clock time: a slot of a programme."""
    return bool(_TIME.match(text))


def label_at(tokens: Sequence[Token], start: int, end: int) -> tuple[Role, int] | None:
    """Return (role, index after it) where tokens[start:end] begin with a role's label and a separator or the end.

    Numbers may follow the label ("Panellist #1:", "Speaker 2 –").
    """
    found = role_phrases("labels").match(tokens, start, end)
    if not found and start + 1 < end and tokens[start].lower in _HEADING_WORDS:
        start += 1  # "Event moderator:", "Session chair:"
        found = role_phrases("labels").match(tokens, start, end)
    if not found:
        return None
    role, length = found
    index = start + length
    joins = index + 1 < end and tokens[index].lower in AND
    second = role_phrases("labels").match(tokens, index + 1, end) if joins else None
    if second:
        role = max(role, second[0], key=_WEIGHT.index)  # "Welcome and moderation:"
        index += 1 + second[1]
    while index < end and (
        (tokens[index].kind == "number" and len(tokens[index].text) <= 2) or tokens[index].text in "#()s."
    ):
        index += 1
    if index >= end:
        return role, index
    after = tokens[index]
    if after.text in ":|–—" or (after.text == "-" and after.gap) or (after.gap in "\t\n" and after.gap):
        return role, index + (after.text in ":|–—-")
    if tokens[index - 1].lower in BY and after.gap:
        return role, index
    return None


_WEIGHT: tuple[Role, ...] = (
    "mentioned", "contact", "author", "host", "speaker", "panellist", "opening", "closing", "keynote", "chair",
    "moderator",
)  # fmt: skip
"""Which of two parts that one label gives to one person is told: the one that fewer people have."""

BY = small_words("by")


def label_of_heading(tokens: Sequence[Token]) -> Role | None:
    """Return the role of a line that is a label alone ("Speakers", "Chair and moderator:", "## Panelists")."""
    words = [token for token in _without_brackets(tokens) if token.kind == "word"]
    if not words or len(words) > 6:
        return None
    whole = label_at(tokens, 0, len(tokens))
    if whole and whole[1] >= len(tokens):
        return whole[0]  # "Welcome and introduction"
    joined = tuple(word.lower for word in words)
    for start in range(min(3, len(joined))):
        if joined[start:] in role_labels() and (start == 0 or joined[0] in _HEADING_WORDS):
            return role_labels()[joined[start:]]
    return None


_HEADING_WORDS = small_words("heading_words")


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    """Leave out remarks in brackets ("Speakers (in alphabetical order):"), if anything stands before them."""
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.text == "("
        if not depth:
            kept.append(token)
        depth = max(depth - (token.text == ")"), 0)
    return kept


def role_of_intro(tokens: Sequence[Token]) -> RoleHint | None:
    """Return the role that a line ending in a colon gives to those listed below it ("The speakers will be:")."""
    if len(tokens) < 2 or tokens[-1].text != ":":
        return None
    start = max((i + 1 for i, token in enumerate(tokens) if token.text in ".!?"), default=0)
    phrases = role_phrases("intros")
    best: RoleHint | None = None
    for index in range(start, len(tokens)):
        found = phrases.match(tokens, index, len(tokens))
        if found and (best is None or found[0] == "speaker"):
            role, length = found
            score = LAYOUT if role == "speaker" else HEADING
            best = RoleHint(role, (tokens[index].start, tokens[index + length - 1].end), score)
    return best


def is_profile_heading(tokens: Sequence[Token]) -> bool:
    """Whether a heading stands over short lives of those who take part."""
    words = " ".join(token.lower for token in tokens if token.kind == "word")
    return words in read_toml("roles")["profiles"]["words"]


def session_role(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    """Return the role that the title of a programme item gives ("Welcome and opening remarks")."""
    phrases = role_phrases("sessions")
    for index in range(start, min(end, start + 3)):
        if tokens[index].text in ":–—":
            break
        found = phrases.match(tokens, index, end)
        if found:
            return RoleHint(found[0], (tokens[index].start, tokens[index + found[1] - 1].end), SESSION)
    return None


_CONTACT_REACH = 1
"""Tokens between "contact", "call" and the name: what is further off is another sense ("the call between …")."""


def trigger_before(tokens: Sequence[Token], start: int, end: int, reach: int = 6) -> RoleHint | None:
    """Return the role said by words right before a name, within tokens[start:end]; the nearest wins."""
    phrases = role_phrases("before")
    for index in range(end - 1, max(start, end - reach - 6) - 1, -1):
        found = phrases.match(tokens, index, end)
        if found and found[0] == "contact" and end - (index + found[1]) > _CONTACT_REACH:
            continue
        if found and end - (index + found[1]) <= reach and not _is_other_clause(tokens, index + found[1], end):
            better = _longer_from_left(tokens, start, index, found[1], end)
            index, (role, length) = better if better else (index, found)
            return RoleHint(role, (tokens[index].start, tokens[index + length - 1].end), TRIGGER)
    return None


_LONGEST_PASSIVE = 8
"""Tokens from the auxiliary to the "von" of "Eröffnet wurde die Tagung im Namen der Stadt von …"."""
_PASSIVE = frozenset({"wurde", "wurden", "wird", "werden", "werd", "wordt"})
_AGENTS = frozenset({"von", "vom", "durch", "door"})


def passive_before(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    """Return the role of a participle set before its auxiliary ("Eröffnet wurde die Tagung vom | …")."""
    agent = next((i for i in range(end - 1, max(start, end - 12) - 1, -1) if tokens[i].lower in _AGENTS), None)
    if agent is None or _is_other_clause(tokens, agent, end):
        return None
    for index in range(agent - 1, max(start, agent - _LONGEST_PASSIVE), -1):
        if tokens[index].text in ".!?;":
            return None
        if tokens[index].lower in _PASSIVE and index > start:
            found = role_phrases("participles").match(tokens, index - 1, index)
            return RoleHint(found[0], (tokens[index - 1].start, tokens[index].end), TRIGGER) if found else None
    return None


def _longer_from_left(
    tokens: Sequence[Token], start: int, index: int, length: int, end: int
) -> tuple[int, tuple[Role, int]] | None:
    """Return a longer phrase that ends where the found one ends ("opening remarks by" over "remarks by")."""
    phrases = role_phrases("before")
    for left in range(max(start, index - 5), index):
        found = phrases.match(tokens, left, end)
        if found and left + found[1] >= index + length:
            return left, found
    return None


def _is_other_clause(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(token.text in ".!?;" or token.kind == "quote" for token in tokens[start:end])


def trigger_after(tokens: Sequence[Token], start: int, end: int, *, is_event: bool) -> RoleHint | None:
    """Return the role said by the verb after a name, within tokens[start:end].

    What anyone may have done anywhere ("joined", "discussed") counts in a document about an event only; what is to
    come ("will speak") always.
    """
    phrases = role_phrases("after")
    tokens, start, end = _without_adverbs(tokens, start, end)
    for index in range(start, min(end, start + 4)):
        token = tokens[index]
        if token.text in ".;:!?(" or token.kind == "quote":
            return None
        found = phrases.match(tokens, index, end)
        if found:
            role, length = found
            said = tokens[index].lower
            if index + length < end and tokens[index + length].lower in BY:
                return None
            if role == "mentioned" and length == 1 and said in _AUXILIARIES:
                continue
            if role == "mentioned":
                return None
            is_named = any("speaker" in word.lower for word in tokens[index : index + length])
            is_plain = is_named or said in {"will", "speaks", "presents"}
            if role == "speaker" and not is_event and not is_plain:
                return None
            score = VERB if role != "speaker" else WEAK_VERB
            return RoleHint(role, (tokens[index].start, tokens[index + length - 1].end), score)
        if token.text != "," and token.lower not in _BETWEEN:
            return None
    return None


def _without_adverbs(tokens: Sequence[Token], start: int, end: int) -> tuple[Sequence[Token], int, int]:
    """Leave out "also" and the like between an auxiliary and its verb ("will also speak"), which phrases lack."""
    for index in range(start, min(end, start + 4)):
        if tokens[index].lower in small_words("auxiliaries") and index + 1 < end:
            kept = [t for t in tokens[index + 1 : index + 4] if t.lower not in small_words("sentence_adverbs")]
            rest = [*tokens[start : index + 1], *kept, *tokens[index + 4 : end]]
            return rest, 0, len(rest)
    return tokens, start, end


_BETWEEN = small_words("between")
_AUXILIARIES = frozenset({"has", "have"})
