"""What the entity recogniser adds: where names end, which are bodies or places, which were missed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.people.before import read_before
from extract.people.lexicon import after_name, common_words, never_in_names, particles, post_words
from extract.people.name_parts import is_common_compound
from extract.people.named_things import is_named_thing
from extract.people.names import GIVEN, SHAPE, Name
from extract.people.tokens import Token, index_at, tokens_between

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recognised:
    """Spans that a recogniser took for people, and for bodies or places, in text order."""

    people: tuple[Span, ...] = ()
    others: tuple[Span, ...] = ()

    def within(self, start: int, end: int) -> Recognised:
        """Return what overlaps text[start:end]."""
        return Recognised(
            tuple(span for span in self.people if span[0] < end and span[1] > start),
            tuple(span for span in self.others if span[0] < end and span[1] > start),
        )


NOTHING = Recognised()


def align(tokens: Sequence[Token], names: list[Name], recognised: Recognised, *, is_list: bool) -> list[Name]:
    """Return names with the recogniser's ends; in sentences without bodies and places, with people it alone saw."""
    kept: list[Name] = []
    for name in names:
        start, end = tokens[name.first].start, tokens[name.last - 1].end
        person = _overlapping(recognised.people, start, end)
        if person:
            kept.append(_with_ends(tokens, name, person))
        elif is_list or name.title or name.strength > GIVEN or not _is_covered(start, end, recognised.others):
            kept.append(name)
        elif name.strength == GIVEN and read_before(tokens, name.lead, 0):
            kept.append(name)  # a post before it tells more than the recogniser's span over both
    if is_list:  # what a line holds is told by its layout, in any language
        return kept
    taken = [(tokens[name.lead].start, tokens[name.last - 1].end) for name in kept]
    for span in recognised.people:
        if not _overlapping(taken, *span) and (missed := _as_name(tokens, span)):
            kept.append(missed)
    return sorted(kept, key=lambda name: name.first)


def _overlapping(spans: Sequence[Span], start: int, end: int) -> Span | None:
    """Return the first of the sorted spans that overlaps text[start:end]."""
    index = bisect_right(spans, start, key=lambda span: span[1])
    return spans[index] if index < len(spans) and spans[index][0] < end else None


def _is_covered(start: int, end: int, others: tuple[Span, ...]) -> bool:
    span = _overlapping(others, start, end)
    return span is not None and span[0] <= start and end <= span[1]


def _with_ends(tokens: Sequence[Token], name: Name, span: Span) -> Name:
    """Cut what the recogniser leaves out before a name ("Democrat Jo Doe"), add what it adds after it."""
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    first, last = name.first, name.last
    if span[1] == end and start < span[0]:
        first = next((i for i in range(name.first, name.last) if tokens[i].start >= span[0]), name.first)
        if name.last - first < 2:
            first = name.first
    stop = min(len(tokens), name.first + _MOST_WORDS)  # a span over a page of capitals is no longer name
    while last < stop and tokens[last].end <= span[1] and span[0] <= start and _extends(tokens[last]):
        last += 1
    while last > name.last and not tokens[last - 1].is_capital:
        last -= 1
    if (first, last) == (name.first, name.last):
        return name
    words = tuple(token.text for token in tokens[first:last] if token.kind == "word")
    lead = name.lead if first == name.first else first
    return replace(name, lead=lead, first=first, last=last, words=words)


_MOST_WORDS = 12
"""Words of the longest name, its titles and particles counted."""


def _extends(token: Token) -> bool:
    is_other = token.lower in never_in_names() or token.lower in after_name()
    if token.gap != " " or is_other or is_common_compound(token.text):
        return False
    return token.is_capital or token.lower in particles() - {"e", "y", "i"}


def _as_name(tokens: Sequence[Token], span: Span) -> Name | None:
    phrase = tokens_between(tokens, span)
    if len(phrase) < 2 or phrase[-1].end != span[1]:
        return None
    first = index_at(tokens, span[0])
    last = first + len(phrase)
    if any(token.kind != "word" or token.lower in post_words() | never_in_names() for token in phrase):
        return None
    if any(t.lower in {"des", "dem"} for t in phrase[1:]) or (len(phrase) == 3 and phrase[1].text in ("e", "y", "i")):
        return None
    if not phrase[0].is_capital or not phrase[-1].is_capital or phrase[-1].lower in common_words():
        return None
    if is_named_thing(tokens, first, first, last, is_titled=False):
        return None
    return Name(first, first, last, SHAPE, tuple(token.text for token in phrase))
