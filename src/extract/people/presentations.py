"""People as one block of text presents them: name, post, affiliation and role, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.people.affiliations import Affiliation, Before, Span, read_after, body_before_colon, read_before, read_before_comma
from extract.people.lexicon import common_words, word_set
from extract.people.names import GIVEN, SHAPE, SURNAME, TITLED, Name, find_names
from extract.people.japanese import native_form
from extract.people.rolls import complete_rolls
from extract.people.phrases import AND, PREPOSITIONS, Bodies, classify, has_body_word, role_labels
from extract.people.roles import BY, DEFAULT, LABEL, LAYOUT, SESSION, RoleHint, label_at, session_role, trigger_after, trigger_before
from extract.people.shown import Context, Presentation
from extract.people.tokens import Token


def read_block(
    tokens: Sequence[Token], context: Context, bodies: Bodies, known: Sequence[Span] = ()
) -> list[Presentation]:
    """Return the people that a block presents, in reading order.  `known`: spans a recogniser took for people."""
    names = [_without_monsieur(tokens, name, context) for name in find_names(tokens) if _is_free(tokens, name, bodies)]
    names = complete_rolls(tokens, names, is_roll=context.is_roll)
    names = _keep_credible(tokens, names, context, bodies, known)
    if not names:
        return []
    parts = [_Part(name, None, Affiliation(name.last)) for name in names]
    for index, name in enumerate(names):
        limit = _limit(tokens, names, index, context)
        floor = parts[index - 1].after.end if index else 0
        before = _without_role(tokens, _post_before(tokens, name, floor, bodies))
        is_said = _is_transcript(tokens, name) and not context.in_programme
        limit = name.last if is_said else limit
        native, start = native_form(tokens, name)
        after = read_after(tokens, start, max(limit, start), bodies, is_line=context.is_list)
        if before is None and after.post is None and not name.title:
            before = _without_role(tokens, read_before_comma(tokens, name.lead, max(floor, _line_floor(tokens, name.lead)), bodies))
        if after.organisation is None and (before is None or before.organisation is None) and context.is_list:
            after = replace(after, organisation=body_before_colon(tokens, name.lead, floor, bodies))
        parts[index] = _Part(name, before, after, native)
    parts = _share(tokens, parts)
    roles = _roles(tokens, parts, context)
    return [_presentation(tokens, part, role, in_roll=context.is_roll) for part, role in zip(parts, roles, strict=True)]


_FRENCH = frozenset({"de", "du", "des", "la", "le", "les", "au", "aux", "et", "à", "est", "par"})


def _without_monsieur(tokens: Sequence[Token], name: Name, context: Context) -> Name:
    """Take "M." before a name in a French text for "Monsieur", not for an initial."""
    if tokens[name.first].text != "M." or name.last - name.first < 2:
        return name
    after = [token for token in tokens[name.last : name.last + 14] if token.text.islower()]
    if context.language == "fr" or (context.language is None and sum(token.lower in _FRENCH for token in after) >= 2):
        return replace(name, first=name.first + 1, words=name.words[1:], is_titled=True)
    return name


def _post_before(tokens: Sequence[Token], name: Name, floor: int, bodies: Bodies) -> Before | None:
    floor = max(floor, _line_floor(tokens, name.lead))
    return read_before(tokens, name.first if name.title else name.lead, floor, bodies)


def _without_role(tokens: Sequence[Token], before: Before | None) -> Before | None:
    """Leave "co-chairs" or "moderator" before a name to the reading of roles: it is no post."""
    if before is None or before.organisation:
        return before
    words = tuple(token.lower for token in tokens if before.post[0] <= token.start and token.end <= before.post[1])
    return None if words in role_labels() and words not in _POSTS_TOO else before


_POSTS_TOO = frozenset({("chairman",), ("chairwoman",), ("chairperson",), ("secretary",), ("editor",), ("author",)})


@dataclass(frozen=True, slots=True)
class _Part:
    name: Name
    before: Before | None
    after: Affiliation
    native: Span | None = None

    @property
    def start(self) -> int:
        return min(self.before.start, self.name.lead) if self.before else self.name.lead


def _is_free(tokens: Sequence[Token], name: Name, bodies: Bodies) -> bool:
    """Whether a name is no part of the name of a body (but for the person an office is named after)."""
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    for span in bodies.within(start, end):
        if span[0] <= start and end <= span[1] and not (name.title or name.is_titled):
            return False
    return True


def _keep_credible(
    tokens: Sequence[Token], names: list[Name], context: Context, bodies: Bodies, known: Sequence[Span]
) -> list[Name]:
    """Drop what only looks like a name: the less speaks for it by itself, the more must its surroundings."""
    kept: list[Name] = []
    for index, name in enumerate(names):
        if name.strength >= GIVEN or name.title or context.is_roll or _is_known(tokens, name, known):
            kept.append(name)
        elif not _is_in_tail(tokens, kept, name, context):
            in_row = context.is_list or name.strength >= SURNAME or _has_company(names, index)
            if _is_joined(tokens, names, index) or in_row and _is_presented(tokens, name, context, bodies):
                kept.append(name)
    return kept


def _is_known(tokens: Sequence[Token], name: Name, known: Sequence[Span]) -> bool:
    start, end = tokens[name.first].start, tokens[name.last - 1].end
    return any(span[0] <= start and end <= span[1] or start <= span[0] and span[1] <= end for span in known)


def _is_in_tail(tokens: Sequence[Token], kept: list[Name], name: Name, context: Context) -> bool:
    """Whether doubtful words follow a person on their line: rather an affiliation than a second person."""
    if context.is_roll or not kept or not context.is_list:
        return False
    between = tokens[kept[-1].last : name.lead]
    return not any(token.gap in ("\t", "\n") or token.text == ";" or token.lower in AND for token in between)


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
        if other.strength >= GIVEN and 0 < len(between) <= 2 and all(token.text == "," or token.lower in AND for token in between):
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
    if after.organisation and context.is_list and _starts_item(tokens, name) and not _is_in_quotes(tokens, name):
        stated = [token for token in tokens if after.organisation[0] <= token.start and token.end <= after.organisation[1]]
        if name.strength >= SURNAME or has_body_word(stated) or bodies.within(*after.organisation):
            return True
    if after.organisation and name.strength >= SURNAME:
        return True
    if read_before(tokens, name.lead, _line_floor(tokens, name.lead), bodies):
        return True
    heading = context.heading and (name.lead == 0 or tokens[name.lead].gap in ("\t", "\n") or tokens[name.lead - 1].text in ";|")
    return bool(heading) or bool(label_at(tokens, max(_label_start(tokens, name.lead), 0), name.lead))


def _starts_item(tokens: Sequence[Token], name: Name) -> bool:
    if name.lead == 0:
        return True
    before = tokens[name.lead - 1]
    if name.is_titled and before.lower not in PREPOSITIONS:
        return True
    return (
        before.text in ",;:–—-|•("
        or before.kind == "quote"
        or before.lower in AND | {"by", "with"}
        or tokens[name.lead].gap in ("\t", "\n")
    )


def _label_start(tokens: Sequence[Token], lead: int) -> int:
    index = lead
    while index and lead - index < 8 and (index == lead or tokens[index - 1].text not in ".;|)"):
        if tokens[index].gap in ("\t", "\n") and index < lead:
            break
        index -= 1
    return index


def _line_floor(tokens: Sequence[Token], lead: int) -> int:
    """Return the first token of the cell or line in which a token stands."""
    index = min(lead, len(tokens) - 1)
    while index > 0 and tokens[index].gap not in ("\t", "\n"):
        index -= 1
    return index


def _limit(tokens: Sequence[Token], names: list[Name], index: int, context: Context) -> int:
    """Return where what follows a name must end: before the next name with its posts, or the end of the sentence."""
    end = len(tokens)
    position = index + 1
    if position < len(names) and _names_office(tokens, names[position]):
        position += 1
    if position < len(names):
        following = names[position]
        end = following.lead
        before = read_before(tokens, following.first if following.title else following.lead, names[index].last)
        if (
            before
            and before.start > names[index].last
            and not _is_post_of_former(tokens, before.start, names[index].last)
        ):
            end = before.start
    if not context.is_list:
        for position in range(names[index].last, end):
            if tokens[position].text in ".!?" and (position + 1 >= len(tokens) or tokens[position + 1].gap):
                return position
    return end


def _names_office(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a person is named in the name of an office ("the Office of Congresswoman Jo Doe")."""
    return name.lead >= 2 and tokens[name.lead - 1].lower == "of" and tokens[name.lead - 2].lower in {"office", "cabinet", "offices"}


def _is_post_of_former(tokens: Sequence[Token], start: int, last: int) -> bool:
    """Whether the post before a name belongs to the name before it: a comma leads to it and a comma or "and" ends it."""
    return start == last


def _share(tokens: Sequence[Token], parts: list[_Part]) -> list[_Part]:
    """Give joined names what is said for all: "Ministers A and B", "A and B, from the Office of X"."""
    shared = list(parts)
    for index in range(1, len(shared)):
        left, right = shared[index - 1], shared[index]
        bare = not right.before and right.name.title in (None, left.name.title)
        if left.before and left.before.is_plural and bare and _are_joined(tokens, left, right):
            shared[index] = replace(right, before=replace(left.before, start=right.name.lead))
    for index in range(len(shared) - 1, 0, -1):
        left, right = shared[index - 1], shared[index]
        bare = left.after.organisation is None and left.after.post is None
        if right.after.is_shared and right.after.organisation and bare and _are_joined(tokens, left, right):
            after = replace(left.after, organisation=right.after.organisation, is_shared=True)
            shared[index - 1] = replace(left, after=after)
    return shared


def _are_joined(tokens: Sequence[Token], left: _Part, right: _Part) -> bool:
    between = tokens[left.after.end : right.start]
    return len(between) <= 3 and all(token.text in ",;" or token.lower in AND for token in between)


def _roles(tokens: Sequence[Token], parts: list[_Part], context: Context) -> list[RoleHint | None]:
    roles: list[RoleHint | None] = []
    running: RoleHint | None = None
    closed = False
    for index, part in enumerate(parts):
        start = parts[index - 1].after.end if index else 0
        between = tokens[start : part.start]
        hint = _role_before(tokens, start, part.start)
        if hint and hint.role == "author" and not context.is_top and hint.score < LABEL:
            hint = None
        if hint is None and index and _only_connects(between) and not (closed and not _has_and(between)):
            hint = running
        closed = _has_and(between)
        running = hint
        roles.append(hint)
    for index in range(len(parts) - 1, -1, -1):
        if roles[index] is None or roles[index].score < SESSION:  # type: ignore[union-attr]
            end = parts[index + 1].start if index + 1 < len(parts) else len(tokens)
            hint = trigger_after(tokens, parts[index].after.end, end, is_report=context.is_report)
            roles[index] = roles[index] or hint
            _carry_back(tokens, parts, roles, index, hint)
    return [_in_context(tokens, part, role, context) for part, role in zip(parts, roles, strict=True)]


def _carry_back(
    tokens: Sequence[Token], parts: list[_Part], roles: list[RoleHint | None], index: int, hint: RoleHint | None
) -> None:
    """Give the subjects joined before a verb its role; an "and" inside the row ends it ("A and B, C and D spoke")."""
    seen_and = False
    while hint and index > 0 and roles[index - 1] is None:
        between = tokens[parts[index - 1].after.end : parts[index].start]
        if not _only_connects(between) or (seen_and and _has_and(between) and _and_within(tokens, parts, index - 1)):
            return
        if seen_and and not _has_and(between) and index > 1 and _and_within(tokens, parts, index - 1):
            return
        seen_and = seen_and or _has_and(between)
        index -= 1
        roles[index] = hint


def _and_within(tokens: Sequence[Token], parts: list[_Part], index: int) -> bool:
    """Whether the part before this one is joined to it by "and": an enumeration that is complete."""
    return index > 0 and _has_and(tokens[parts[index - 1].after.end : parts[index].start])


def _has_and(between: Sequence[Token]) -> bool:
    return any(token.lower in AND for token in between)


def _role_before(tokens: Sequence[Token], start: int, end: int) -> RoleHint | None:
    for index in range(max(start, end - 8), end):
        if (
            index == 0
            or tokens[index - 1].text in "(.;|:–—-,"
            or tokens[index].gap in ("\t", "\n")
            or tokens[index - 1].kind == "number"
        ):
            found = label_at(tokens, index, end)
            if found and found[1] >= end and _is_label_end(tokens, index, found[1], end):
                return RoleHint(found[0], (tokens[index].start, tokens[found[1] - 1].end), LABEL)
    if end and tokens[end - 1].lower in BY:
        if end == 1 or all(token.text in "–—-|" for token in tokens[: end - 1]):
            return RoleHint("author", (tokens[end - 1].start, tokens[end - 1].end), LABEL)
    return trigger_before(tokens, start, end)


def _is_label_end(tokens: Sequence[Token], index: int, last: int, end: int) -> bool:
    """Whether a label leads over to the name: by its colon, its "by", or as a capitalised noun ("Moderator Jo Doe")."""
    if tokens[last - 1].text in ":|–—-" or tokens[last - 1].lower in BY:
        return True
    return tokens[index].is_capital and tokens[index].lower not in {"with", "avec", "mit", "con", "met"} or index == 0


def _only_connects(between: Sequence[Token]) -> bool:
    return len(between) <= 5 and all(token.text in ",;:" or token.lower in AND | _TOGETHER for token in between)


_TOGETHER = frozenset({"as", "well", "together", "with", "along", "alongside", "the", "both", "also"})


def _in_context(tokens: Sequence[Token], part: _Part, role: RoleHint | None, context: Context) -> RoleHint | None:
    if part.after.role:
        return RoleHint(part.after.role[0], part.after.role[1], LABEL)
    if role and role.score >= LABEL:
        return role
    if context.heading and context.heading.role == "mentioned":
        return context.heading
    starts = _starts_item(tokens, replace(part.name, lead=part.start))
    is_item = starts and context.is_list and not _is_in_quotes(tokens, part.name)
    if context.session and (is_item and role is None or role and role.role in ("speaker", "host")):
        return context.session
    if role:
        return role
    if context.heading and (is_item or part.start == 0) and not _is_transcript(tokens, part.name):
        return context.heading
    if context.in_programme and is_item:
        return RoleHint("speaker", None, DEFAULT)
    return None


def _is_transcript(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a line is what someone said: "NAME: words and words"."""
    if name.lead or name.last >= len(tokens) or tokens[name.last].text != ":":
        return False
    end = next((i for i in range(name.last + 1, len(tokens)) if tokens[i].text in {",", ";", "."}), len(tokens))
    return classify(tokens[name.last + 1 : end]) not in ("post", "body")


def _is_in_quotes(tokens: Sequence[Token], name: Name) -> bool:
    """Whether a name stands inside a quoted title."""
    depth = 0
    for token in tokens[: name.lead]:
        if token.kind == "quote":
            if token.text == '"':
                depth = 0 if depth else 1
            else:
                depth = max(depth + (1 if token.text in "“„«" else -1), 0)
    return depth > 0


def _presentation(tokens: Sequence[Token], part: _Part, role: RoleHint | None, *, in_roll: bool) -> Presentation:
    name, before, after = part.name, part.before, part.after
    title = (tokens[name.title[0]].start, tokens[name.title[1] - 1].end) if name.title else None
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


__all__ = ["SHAPE", "SURNAME", "TITLED", "Context", "Presentation", "read_block", "session_role", "word_set"]
