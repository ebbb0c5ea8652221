"""Put the phrases after a name together: which are the post, which the employer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.people.copulas import COPULAS
from extract.people.employers import employer, trim_body
from extract.people.lexicon import past_words, post_modifiers, small_words, word_set
from extract.people.phrases import (
    AND,
    ARTICLES,
    CONNECTORS,
    Bodies,
    find_post,
    head_span,
    is_academic_unit,
    is_own_body,
    is_place,
    is_unit,
    post_at,
    role_labels,
)
from extract.people.segments import DASHES, Affiliation, Segment, Span
from extract.people.splitting import split_post
from extract.people.tokens import Token, tokens_between
from extract.records import Role


def compose(
    tokens: Sequence[Token], segments: list[Segment], end: int, bodies: Bodies, *, is_line: bool, is_shared: bool
) -> Affiliation:
    segments = _chairs_of_bodies(tokens, segments)
    role = next(((_role_of(tokens, s), _span(tokens, s.start, s.end)) for s in segments if s.kind == "role"), None)
    handle = next((_span(tokens, s.start, s.end) for s in segments if s.kind == "handle"), None)
    segments = [s for s in segments if s.kind not in ("role", "handle", "nothing")]
    if is_line:
        segments = _drop_talk(tokens, segments)
    segments = _telling_group(tokens, segments, bodies)
    posts = [s for s in segments if s.kind == "post"]
    years = [s for s in segments if s.kind == "years"]
    result = Affiliation(
        end, None, None, (role[0], role[1]) if role and role[0] else None, handle, bool(years), is_shared
    )
    if years and len(posts) > 1:
        return result
    post = _first_of_two(tokens, _present(tokens, posts[0]), bodies) if posts else None
    bodies_after = [
        s for s in segments if s.kind in ("body", "unit", "other", "title") and (not post or s.start > post.start)
    ]
    if not bodies_after:
        bodies_after = [s for s in segments if s.kind in ("body", "unit", "other", "title")]
    if post is None:
        return replace(result, organisation=trim_body(tokens, employer(tokens, bodies_after, bodies), bodies))
    post_end, inner = split_post(tokens, post, bodies, has_body=any(s.kind == "body" for s in bodies_after))
    last = posts[-1] if len(posts) > 1 and _are_joined(tokens, posts, segments) else None
    owner = employer(tokens, bodies_after, bodies) if bodies_after else None
    owner = owner or inner or _of_next_post(tokens, posts, bodies)
    if inner is not None and (_is_university(tokens, inner) or not any(s.kind == "body" for s in bodies_after)):
        owner = inner
    post_span = _span(tokens, post.start, post_end)
    if last:
        post_span = (post_span[0], tokens[last.end - 1].end)
    elif post_end == post.end and owner is not None:
        post_span = _with_unit(tokens, post, bodies_after, owner, post_span)
    if years and years[0].start > post.end:
        post_span = (post_span[0], tokens[years[0].end - 1].end) if not bodies_after else post_span
    return replace(result, post=_trim_post(tokens, post_span), organisation=trim_body(tokens, owner, bodies))


def _of_next_post(tokens: Sequence[Token], posts: list[Segment], bodies: Bodies) -> Segment | None:
    """Return the body of the second of two present posts ("Head of Studies, Research Fellow at the Institute")."""
    if len(posts) < 2 or any(tokens[post.start].lower in past_words() | COPULAS for post in posts[:2]):
        return None
    return split_post(tokens, posts[1], bodies, has_body=False)[1]


def _telling_group(tokens: Sequence[Token], segments: list[Segment], bodies: Bodies) -> list[Segment]:
    """Of posts parted by semicolons take the first that is stated with its body, or else all."""
    groups: list[list[Segment]] = [[]]
    for segment in segments:
        before = (tokens[segment.start - 1].text, tokens[max(segment.start - 2, 0)].text)
        if groups[-1] and (";" in before or (before[0] == "/" and segment.kind == "post")):
            groups.append([])
        groups[-1].append(segment)
    for group in groups if len(groups) > 1 else []:
        kinds = [segment.kind for segment in group]
        if "post" in kinds and (
            "body" in kinds
            or (kinds[-1] == "other" and len(kinds) > 1)
            or split_post(tokens, group[kinds.index("post")], bodies, has_body=False)[1]
        ):
            return group
    return segments


def _chairs_of_bodies(tokens: Sequence[Token], segments: list[Segment]) -> list[Segment]:
    """Take "Chair" or "Editor" before a body for a post: "NAME, Co-chair, Committee on …"."""
    changed = list(segments)
    for index, segment in enumerate(segments[:-1]):
        follower = segments[index + 1]
        is_post = find_post(tokens, segment.start, segment.end) is not None
        if (
            segment.kind == "role"
            and is_post
            and follower.kind in ("body", "unit", "other")
            and segment.in_brackets == follower.in_brackets
            and (not segment.in_brackets or tokens[segment.start].lower in word_set("complete_posts"))
        ):
            changed[index] = replace(segment, kind="post")
    return changed


def _role_of(tokens: Sequence[Token], segment: Segment) -> Role | None:
    words = tuple(token.lower for token in tokens[segment.start : segment.end] if token.kind == "word")
    return role_labels().get(words)


def _span(tokens: Sequence[Token], start: int, end: int) -> Span:
    return tokens[start].start, tokens[end - 1].end


def _drop_talk(tokens: Sequence[Token], segments: list[Segment]) -> list[Segment]:
    """Leave out what follows an affiliation in brackets after a dash: the title of a talk."""
    for index, segment in enumerate(segments):
        is_body = index > 0 and segments[index - 1].kind == "body" and segment.kind in ("body", "other", "title")
        if is_body and tokens[segment.start - 1].text == ":":
            return segments[:index]
        if (
            index
            and segments[index - 1].in_brackets
            and not segment.in_brackets
            and segments[index - 1].kind in ("body", "unit", "other")
        ):
            before = tokens[segment.start - 1].text
            if before in DASHES or before == ":":
                return segments[:index]
    return segments


def _are_joined(tokens: Sequence[Token], posts: list[Segment], segments: list[Segment]) -> bool:
    """Whether posts follow each other directly ("…, Director of A, and Professor of B")."""
    first, second = posts[0], posts[1]
    between = [s for s in segments if first.start < s.start < second.start]
    is_ambassador = first.end - first.start == 1 and tokens[first.start].lower in _RANKS
    is_next = tokens[second.start - 1].lower in AND or (is_ambassador and second.start == first.end + 1)
    return len(posts) == 2 and not between and is_next


def _present(tokens: Sequence[Token], post: Segment) -> Segment:
    """Cut off the earlier posts that are told after the present one ("Director of X and former Minister of Y")."""
    is_author = tokens[post.start].lower in {"author", "co-author", "editor"} and tokens[post.start + 1].lower == "of"
    if tokens[post.start].lower in past_words() or (is_author and post.end - post.start > 3):
        for index in range(post.start + 2, post.end - 1):
            head = index + 1
            while is_author and head < post.end - 1 and tokens[head].lower in post_modifiers():
                head += 1
            if tokens[index].lower in AND and post_at(tokens, head):
                return replace(post, start=index + 1)
        return post
    for index in range(post.start + 2, post.end):
        if tokens[index].lower in past_words() and (tokens[index - 1].lower in AND or tokens[index - 1].text in ",;("):
            return replace(post, end=index - 1)
    return post


def _first_of_two(tokens: Sequence[Token], post: Segment, bodies: Bodies) -> Segment:
    """Cut off the second of two posts that are each stated with a body ("Director of A and Professor at B")."""
    for index in range(post.start + 2, post.end - 2):
        if tokens[index].lower not in AND or not post_at(tokens, index + 1):
            continue
        first, second = replace(post, end=index), replace(post, start=index + 1)
        owners = [split_post(tokens, part, bodies, has_body=False)[1] for part in (first, second)]
        if all(body and not is_unit(tokens[body.start : body.end]) for body in owners):
            return first
    return post


_RANKS = small_words("personal_ranks")


def _with_unit(tokens: Sequence[Token], post: Segment, after: list[Segment], employer: Segment, span: Span) -> Span:
    """Take the departments between a short post and the employer into the post ("Officer, Global Partnerships")."""
    content = [token for token in tokens[post.start : post.end] if token.lower not in CONNECTORS | _HONORARY]
    leads = _leads(tokens, post)
    if len(content) > 2 and not leads and content[-1].lower not in _MANAGING:
        return span
    end = span[1]
    for segment in after:
        phrase = tokens[segment.start : segment.end]
        if segment.start >= employer.start or (
            segment.kind == "body"
            and (
                not is_unit(phrase)
                or (is_own_body(phrase) and not leads)
                or (segment.in_brackets and not post.in_brackets)
            )
        ):
            break
        if is_academic_unit(tokens[segment.start : segment.end]) and _teaches(tokens, employer) and not leads:
            break
        end = tokens[segment.end - 1].end
    return span[0], end


def _is_university(tokens: Sequence[Token], body: Segment) -> bool:
    """Whether a whole university is named, not one of its colleges: "Professor at X, the Academy" is employed at X."""
    return _teaches(tokens, body) and not is_academic_unit(tokens[body.start : body.end])


def _teaches(tokens: Sequence[Token], employer: Segment) -> bool:
    """Whether an employer is a university: its departments are no part of a post."""
    return any(token.lower in word_set("universities") for token in tokens[employer.start : employer.end])


def _leads(tokens: Sequence[Token], post: Segment) -> bool:
    """Whether a post leads the part named after it: that part belongs to the post ("Director, Arctic Centre")."""
    first, last = head_span(tokens[post.start : post.end])
    stop = post.start + last
    while head := find_post(tokens, post.start + first, stop):
        if tokens[head[1] - 1].lower.removeprefix("co-").removeprefix("vice-") in _MANAGING:
            return True
        stop = head[0]
    return False


_MANAGING = frozenset(
    {
        *("head", "director", "co-director", "lead", "chief", "manager", "coordinator", "co-ordinator", "leader"),
        *("dean", "direktor", "direktorin", "directeur", "directrice", "leiter", "leiterin", "direttore", "direttrice"),
        *("directora", "dekan", "dekanin", "hoofd", "responsabile", "responsable"),
    }
)
"""A post that ends so goes on with the part that is led ("Senior Adviser and Director, Arctic Programme"): in
labelled pages 15 of 15 such posts are stated with the centre or school they lead, fellows' and professors' 1 of 12."""
_HONORARY = small_words("honorary")


def _trim_post(tokens: Sequence[Token], span: Span) -> Span | None:
    inside = tokens_between(tokens, span)
    if len(inside) > 2 and inside[1].text in ("'s", "’s") and is_place(inside[:1]):
        inside = inside[2:]  # "China's Minister of …"
    while inside and ((inside[0].lower in ARTICLES and inside[0].text.islower()) or inside[0].kind == "sign"):
        inside.pop(0)
    while inside and ((inside[-1].lower in CONNECTORS and inside[-1].text != ")") or inside[-1].text in ",;:–—-(."):
        inside.pop()
    return (inside[0].start, inside[-1].end) if inside else None
