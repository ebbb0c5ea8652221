"""People as one block of text presents them: name, post, affiliation and role, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.people.after import read_after
from extract.people.before import Before, body_before_colon, read_before, read_before_comma, small_post
from extract.people.block_roles import Part, is_transcript, roles_of
from extract.people.credibility import is_free, keep_credible, line_floor
from extract.people.japanese import native_form
from extract.people.lexicon import phrases, small_words
from extract.people.names import Name, find_names
from extract.people.phrases import AND, ARTICLES, NO_BODIES, Bodies, has_body_word, role_labels
from extract.people.recognised import NOTHING, Recognised, align
from extract.people.roles import RoleHint
from extract.people.rolls import complete_rolls
from extract.people.segments import Affiliation
from extract.people.shown import Context, Presentation
from extract.people.tokens import Token, index_at, tokens_between

Span = tuple[int, int]


def read_block(
    tokens: Sequence[Token], context: Context, bodies: Bodies, recognised: Recognised = NOTHING
) -> list[Presentation]:
    """Return the people that a block presents, in reading order."""
    names = [_without_monsieur(tokens, name, context) for name in find_names(tokens) if is_free(tokens, name, bodies)]
    names = [n for n in align(tokens, names, recognised, is_list=context.is_list) if is_free(tokens, n, bodies)]
    names = complete_rolls(tokens, names, is_roll=context.is_roll)
    names = keep_credible(tokens, names, context, bodies, recognised.people)
    if not names:
        return []
    parts = [Part(name, None, Affiliation(name.last)) for name in names]
    for index, name in enumerate(names):
        limit = _limit(tokens, names, index, context, bodies)
        floor = parts[index - 1].after.end if index else 0
        before = _without_role(tokens, _post_before(tokens, name, floor, bodies))
        is_said = is_transcript(tokens, name) and not context.in_programme
        limit = name.last if is_said else limit
        native, start = native_form(tokens, name)
        after = read_after(tokens, start, max(limit, start), bodies, is_line=context.is_list)
        if (before is None or _is_small_rank(tokens, before)) and after.post is None and not name.title:
            apart = read_before_comma(tokens, name.lead, max(floor, line_floor(tokens, name.lead)), bodies)
            before = _without_role(tokens, apart) or before
        if after.organisation is None and (before is None or before.organisation is None) and context.is_list:
            after = replace(after, organisation=body_before_colon(tokens, name.lead, floor, bodies))
        parts[index] = Part(name, before, after, native)
    parts = _with_clause_body(tokens, _share(tokens, parts), bodies)
    roles = roles_of(tokens, parts, context)
    return [_presentation(tokens, part, role, in_roll=context.is_roll) for part, role in zip(parts, roles, strict=True)]


_FRENCH = frozenset({"de", "du", "des", "la", "le", "les", "au", "aux", "et", "en", "à", "est", "par"})


def _without_monsieur(tokens: Sequence[Token], name: Name, context: Context) -> Name:
    """Take "M." before a name in a French text for "Monsieur", not for an initial."""
    if tokens[name.first].text != "M." or name.last - name.first < 2:
        return name
    after = [token for token in tokens[name.last : name.last + 14] if token.text.islower()]
    if context.language == "fr" or (context.language is None and sum(token.lower in _FRENCH for token in after) >= 2):
        return replace(name, first=name.first + 1, words=name.words[1:], is_titled=True)
    return name


def _post_before(tokens: Sequence[Token], name: Name, floor: int, bodies: Bodies) -> Before | None:
    floor = max(floor, line_floor(tokens, name.lead))
    return read_before(tokens, name.title[1] if name.title else name.lead, floor, bodies)


def _is_small_rank(tokens: Sequence[Token], before: Before) -> bool:
    """Whether the post before a name is no more than a rank in small letters ("…, coronel Jo Doe")."""
    words = tokens_between(tokens, before.post)
    return all(token.text.islower() for token in words) and (
        tuple(token.lower for token in words) in phrases("honorifics", "rank")
    )


def _without_role(tokens: Sequence[Token], before: Before | None) -> Before | None:
    """Leave "co-chairs" or "moderator" before a name to the reading of roles: it is no post."""
    if before is None or before.organisation:
        return before
    words = tuple(token.lower for token in tokens_between(tokens, before.post))
    return None if words in role_labels() and words not in _POSTS_TOO else before


_POSTS_TOO = frozenset({("chairman",), ("chairwoman",), ("chairperson",), ("secretary",), ("editor",), ("author",)})


def _limit(tokens: Sequence[Token], names: list[Name], index: int, context: Context, bodies: Bodies) -> int:
    """Return where what follows a name must end: before the next name with its posts, or the end of the sentence."""
    end = len(tokens)
    position = index + 1
    if position < len(names) and _names_office(tokens, names[position]):
        position += 1
    if position < len(names):
        following = names[position]
        end = following.lead
        before = read_before(tokens, following.first if following.title else following.lead, names[index].last, bodies)
        if (
            before
            and before.start > names[index].last
            and not _is_post_of_former(tokens, before.start, names[index].last)
        ):
            end = before.start
        comma = following.lead - 1
        if before is None and tokens[comma].text == ",":
            small = small_post(tokens, comma, names[index].last, NO_BODIES)
            opener = small.start - 2 if small else 0
            marks = {";", ","} if _follows_post(tokens, names[index]) else {";"}
            if opener >= names[index].last and (tokens[opener].lower in AND | _OR or tokens[opener].text in marks):
                end = opener
    if not context.is_list:
        for position in range(names[index].last, end):
            if tokens[position].text in ".!?" and (position + 1 >= len(tokens) or tokens[position + 1].gap):
                return position
    return end


_OR = frozenset({"or", "o", "ou", "oder", "of", "nonché"})


def _follows_post(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a post with its article stands before a name ("the director of X, Jo Doe"): the next may have it so."""
    return (
        name.lead > 2
        and tokens[name.lead - 1].text == ","
        and small_post(tokens, name.lead - 1, 0, NO_BODIES) is not None
    )


def _names_office(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a person is named in the name of an office ("the Office of Congresswoman Jo Doe")."""
    return (
        name.lead >= 2
        and tokens[name.lead - 1].lower == "of"
        and tokens[name.lead - 2].lower in {"office", "cabinet", "offices"}
    )


def _is_post_of_former(tokens: Sequence[Token], start: int, last: int) -> bool:
    """Whether the post before a name rather belongs to the name before it, which it follows at once."""
    return start == last


def _share(tokens: Sequence[Token], parts: list[Part]) -> list[Part]:
    """Give joined names what is said for all: "Ministers A and B", "A and B, from the Office of X"."""
    shared = list(parts)
    for index in range(1, len(shared)):
        left, right = shared[index - 1], shared[index]
        bare = not right.before and right.name.title in (None, left.name.title)
        if left.before and left.before.is_plural and bare and _are_joined(tokens, left, right):
            shared[index] = replace(right, before=replace(left.before, start=right.name.lead))
    has_and = False
    for index in range(len(shared) - 1, 0, -1):
        left, right = shared[index - 1], shared[index]
        bare = left.after.organisation is None and left.after.post is None
        between = tokens[left.after.end : right.start]
        has_and = has_and or any(token.lower in AND for token in between)
        is_one_row = has_and and bare and _are_joined(tokens, left, right)
        if right.after.is_shared and right.after.organisation and is_one_row:
            after = replace(left.after, organisation=right.after.organisation, is_shared=True)
            shared[index - 1] = replace(left, after=after)
        else:
            has_and = False
    return shared


_LONGEST_CLAUSE = 80
"""Tokens that are looked back over for the start of a clause."""
_FROM = small_words("from")


def _with_clause_body(tokens: Sequence[Token], parts: list[Part], bodies: Bodies) -> list[Part]:
    """Give people of whom nothing is said the body that opens their clause ("From the Council, this includes A, B")."""
    opener: tuple[int, Span] | None = None
    told: list[Part] = []
    for index, part in enumerate(parts):
        clause = _clause_start(tokens, part.start)
        if index == 0 or clause >= parts[index - 1].after.end:
            body = _body_after_from(tokens, clause, part.start, bodies)
            opener = (clause, body) if body else None
        is_bare = part.before is None and part.after.post is None and part.after.organisation is None
        if opener and opener[0] <= clause <= part.start and is_bare:
            part = replace(part, after=replace(part.after, organisation=opener[1]))
        told.append(part)
    return told


def _clause_start(tokens: Sequence[Token], index: int) -> int:
    """Return where the clause before a token starts: behind a full stop, colon or semicolon."""
    lowest = max(index - _LONGEST_CLAUSE, 0)
    while index > lowest and not (tokens[index - 1].kind == "sign" and tokens[index - 1].text in ".;:!?"):
        index -= 1
    return index


def _body_after_from(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> Span | None:
    """Return the body that "from" or "for" leads to at the start of a clause, before any name."""
    while start < end and tokens[start].lower in AND:
        start += 1
    if start >= end or tokens[start].lower not in _FROM:
        return None
    index = start + 1
    while index < end and tokens[index].lower in ARTICLES:
        index += 1
    if index >= end or not tokens[index].is_capital:
        return None
    known = next((s for s in bodies.within(tokens[index].start, tokens[index].end) if s[2]), None)
    if known and abs(known[0] - tokens[index].start) <= 4 and known[1] <= tokens[end - 1].end:
        stop = index_at(tokens, known[1])
    else:
        stop = next((i for i in range(index, end) if not tokens[i].is_capital and tokens[i].lower != "of"), end)
        if not has_body_word(tokens[index:stop]):
            return None
    is_owner = stop < end and tokens[stop].text in ("'s", "’s", "to")
    return None if is_owner else (tokens[index].start, tokens[stop - 1].end)


def _are_joined(tokens: Sequence[Token], left: Part, right: Part) -> bool:
    between = tokens[left.after.end : right.start]
    return len(between) <= 3 and all(token.text in ",;" or token.lower in AND for token in between)


def _professor(tokens: Sequence[Token], name: Name) -> tuple[int, int] | None:
    """Return the span of "Professor" written out before a name: a post where no other is stated."""
    for index in range(name.lead, name.first):
        if tokens[index].lower in small_words("professors") and not tokens[index].text.endswith("."):
            first = index - 1 if index > name.lead and tokens[index - 1].lower in _PROFESSOR_GRADES else index
            return tokens[first].start, tokens[index].end
    return None


_PROFESSOR_GRADES = small_words("professor_grades")


def _presentation(tokens: Sequence[Token], part: Part, role: RoleHint | None, *, in_roll: bool) -> Presentation:
    name, before, after = part.name, part.before, part.after
    title = (tokens[name.title[0]].start, tokens[name.title[1] - 1].end) if name.title else _professor(tokens, name)
    post = after.post or (before.post if before else None)
    if before and name.title and after.post is None:
        post = (before.post[0], tokens[name.title[1] - 1].end)
    return Presentation(
        name=(tokens[name.first].start, tokens[name.last - 1].end),
        strength=name.strength,
        is_full=len([word for word in name.words if len(word.rstrip(".")) > 1]) > 1 or len(name.words) > 1,
        post=post,
        title=title,
        organisation=after.organisation or (before.organisation if before else None),
        role=role,
        handle=after.handle,
        is_past=after.is_past,
        block=tokens[0].start,
        in_roll=in_roll,
        native=part.native,
    )
