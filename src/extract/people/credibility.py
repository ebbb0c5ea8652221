"""What only looks like a name is dropped: the less speaks for it by itself, the more must its surroundings."""

from __future__ import annotations

from collections.abc import Sequence

from extract.people.after import read_after
from extract.people.before import read_before
from extract.people.lexicon import common_words
from extract.people.names import GIVEN, SHAPE, SURNAME, Name
from extract.people.phrases import AND, PREPOSITIONS, Bodies, find_post, has_body_word
from extract.people.roles import BY, label_at
from extract.people.segments import Span
from extract.people.shown import Context
from extract.people.tokens import Token, tokens_between


def is_free(tokens: Sequence[Token], name: Name, bodies: Bodies) -> bool:
    """Whether a name is no part of the name of a body (but for the person an office is named after)."""
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    if name.lead > 1 and _is_namesake(tokens, name):
        return False
    for span in bodies.within(start, end):
        if span[0] <= start and end <= span[1] and not (name.title or name.is_titled):
            return False
    return True


def _is_namesake(tokens: Sequence[Token], name: Name) -> bool:
    """Whether the whole name stands in quotation marks behind a noun: a chair or a prize bears it."""
    before, opener = tokens[name.lead - 2], tokens[name.lead - 1]
    is_quoted = opener.kind == "quote" and opener.end == tokens[name.lead].start and opener.gap == " "
    closes = name.last < len(tokens) and tokens[name.last].kind == "quote"
    return is_quoted and closes and before.is_capital


def keep_credible(
    tokens: Sequence[Token], names: list[Name], context: Context, bodies: Bodies, known: Sequence[Span]
) -> list[Name]:
    """Drop what only looks like a name: the less speaks for it by itself, the more must its surroundings."""
    kept: list[Name] = []
    for index, name in enumerate(names):
        is_known = _is_known(tokens, name, known) and (name.strength > SHAPE or name.lead > 0)
        is_apart = name.lead == 0 or tokens[name.lead - 1].kind != "word"
        is_apart = is_apart and not _is_behind_post(tokens, kept, name, context)
        if name.strength >= GIVEN or name.title or context.is_roll or context.is_writer or (is_known and is_apart):
            kept.append(name)
        elif not _is_in_tail(tokens, kept, name, context):
            in_row = context.is_list or name.strength >= SURNAME or _has_company(names, index)
            in_row = in_row or (len(name.words) > 1 and name.lead > 0 and tokens[name.lead - 1].text.islower())
            is_shown = is_known or _is_joined(tokens, names, index)
            if is_shown or (in_row and _is_presented(tokens, name, context, bodies)):
                kept.append(name)
    return kept


def _is_known(tokens: Sequence[Token], name: Name, known: Sequence[Span]) -> bool:
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    return any((span[0] <= start and end <= span[1]) or (start <= span[0] and span[1] <= end) for span in known)


def _is_in_tail(tokens: Sequence[Token], kept: list[Name], name: Name, context: Context) -> bool:
    """Whether doubtful words follow a person on their line: rather an affiliation than a second person."""
    if context.is_roll or not kept or not context.is_list:
        return False
    between = tokens[kept[-1].last : name.lead]
    return not any(token.gap in ("\t", "\n") or token.text == ";" or token.lower in AND for token in between)


def _is_behind_post(tokens: Sequence[Token], kept: list[Name], name: Name, context: Context) -> bool:
    """Whether doubtful words stand on a line where the employer of the person before them does, behind the post."""
    if not kept or not context.is_list or not _is_in_tail(tokens, kept, name, context):
        return False
    closes = any(token.text == ")" for token in tokens[kept[-1].last : name.lead])  # "Jo Doe (chair), Ann Roe"
    return not closes and find_post(tokens, kept[-1].last, name.lead) is not None


def _is_joined(tokens: Sequence[Token], names: list[Name], index: int) -> bool:
    """Whether only a comma or an "and" parts it from a known name: a member of a row of names."""
    name = names[index]
    if len(name.words) < 2 or any(word.lower() in common_words() for word in name.words):
        return False
    for left, right in ((index - 1, index), (index, index + 1)):
        if left < 0 or right >= len(names):
            continue
        between = tokens[names[left].last : names[right].lead]
        other = names[left] if right == index else names[right]
        if (
            other.strength >= GIVEN
            and 0 < len(between) <= 2
            and all(token.text == "," or token.lower in AND for token in between)
        ):
            return True
    return False


def _has_company(names: list[Name], index: int) -> bool:
    """Whether a known name stands next to it in an enumeration."""
    near = [other for offset in (-1, 1) if 0 <= index + offset < len(names) for other in [names[index + offset]]]
    return any(other.strength >= GIVEN for other in near)


def _is_presented(tokens: Sequence[Token], name: Name, context: Context, bodies: Bodies) -> bool:
    """Whether a post or affiliation follows, or a post or a role's label precedes."""
    after = read_after(tokens, name.last, min(len(tokens), name.last + 40), bodies, is_line=context.is_list)
    if after.post or after.role:
        return True
    if after.organisation and context.is_list and starts_item(tokens, name) and not is_in_quotes(tokens, name):
        stated = tokens_between(tokens, after.organisation)
        if name.strength >= SURNAME or has_body_word(stated) or bodies.within(*after.organisation):
            return True
    if after.organisation and name.strength >= SURNAME:
        return True
    if read_before(tokens, name.lead, line_floor(tokens, name.lead), bodies):
        return True
    heading = context.heading and (
        name.lead == 0 or tokens[name.lead].gap in ("\t", "\n") or tokens[name.lead - 1].text in ";|"
    )
    return bool(heading) or bool(label_at(tokens, max(_label_start(tokens, name.lead), 0), name.lead))


def starts_item(tokens: Sequence[Token], name: Name) -> bool:
    if name.lead == 0:
        return True
    before = tokens[name.lead - 1]
    if name.is_titled and before.lower not in PREPOSITIONS:
        return True
    if name.lead == 1 and before.kind == "number" and ("h" in before.text or ":" in before.text):
        return True  # "9h10 Jo Doe"
    return (
        before.text in ",;:–—-|•("
        or before.kind == "quote"
        or before.lower in AND | BY | {"with"}
        or tokens[name.lead].gap in ("\t", "\n")
    )


def _label_start(tokens: Sequence[Token], lead: int) -> int:
    index = lead
    while index and lead - index < 8 and (index == lead or tokens[index - 1].text not in ".;|)"):
        if tokens[index].gap in ("\t", "\n") and index < lead:
            break
        index -= 1
    return index


def line_floor(tokens: Sequence[Token], lead: int) -> int:
    """Return the first token of the cell or line in which a token stands."""
    index = min(lead, len(tokens) - 1)
    while index > 0 and lead - index < _REACH and tokens[index].gap not in ("\t", "\n"):
        index -= 1
    return index


_REACH = 80
"""Tokens before a name that are looked at: no post and no quoted title is longer."""


def is_in_quotes(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a name stands inside a quoted title."""
    depth = 0
    for token in tokens[max(name.lead - _REACH, 0) : name.lead]:
        if token.kind == "quote":
            if token.text == '"':
                depth = 0 if depth else 1
            else:
                depth = max(depth + (1 if token.text in "“„«" else -1), 0)
    return depth > 0
