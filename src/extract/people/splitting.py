"""A post parted from the body that it is at or of: "Fellow at X", "Director of X", "X Director"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from extract.people.employers import body_end, body_of_post, leading_segment, without_article
from extract.people.lexicon import post_modifiers, small_words, word_set
from extract.people.phrases import (
    AND,
    ARTICLES,
    AT,
    PREPOSITIONS,
    Bodies,
    find_post,
    has_body_word,
    head_span,
    is_academic_unit,
    is_acronym,
    is_own_body,
    is_place,
    is_unit,
    post_at,
)
from extract.people.segments import Segment
from extract.people.tokens import Token


def split_post(tokens: Sequence[Token], post: Segment, bodies: Bodies, *, has_body: bool) -> tuple[int, Segment | None]:
    """Return (where the post ends, the body named inside it): "Fellow at X", "Head of X", "X Director"."""
    start, end = post.start, post.end
    for index in range(start + 1, end - 1):
        token = tokens[index]
        is_firm = token.lower in AT and token.lower not in _DOUBTFUL_AT and token.text[0] in "aAwWfF@bpcà"
        if is_firm or (token.lower in _DOUBTFUL_AT and token.text.islower()):
            right = without_article(tokens, index + 1, end)
            if right >= end or not (tokens[right].is_capital or tokens[right].kind == "number"):
                continue
            if is_place(tokens[right:end]) or not (is_firm or _is_evident(tokens, right, end, bodies)):
                continue
            if has_body and is_unit(tokens[right:end]) and not is_own_body(tokens[right:end]):
                return end, None
            stop = body_end(tokens, right, end, bodies)
            if is_unit(tokens[right:stop]) or is_academic_unit(tokens[right:stop]):
                right, stop = _owner_after(tokens, right, end, bodies) or (right, stop)
            return index, Segment(right, stop, "body")
        if token.lower == "for" and (right := without_article(tokens, index + 1, end)) < end:
            known = bodies.within(tokens[right].start, tokens[right].end)
            stop = body_end(tokens, right, end, bodies)
            is_field = stop < end and tokens[stop].lower in AND and not find_post(tokens, stop, end)
            if not is_field and any(abs(span[0] - tokens[right].start) <= 4 for span in known):
                return index, Segment(right, stop, "body")
    if has_body:
        return end, None
    if (parting := _body_after_head(tokens, start, end, bodies)) is not None:
        return parting, Segment(parting, end, "body")
    inner = body_of_post(tokens, start, end, bodies)
    if inner and _is_subordinate(tokens[inner.start : inner.end]):
        return end, None  # "director of the Digital Society Programme": the employer is not told
    if inner and inner.end >= end and _stands_without(tokens, start, inner):
        return _before_preposition(tokens, start, inner.start), inner
    inner = inner or leading_segment(tokens, start, end, bodies)
    for index in range(start + 1, end - 2):
        if inner is None and tokens[index].lower in AND:
            inner = leading_segment(tokens, index + 1, end, bodies)
    return end, inner


def _is_subordinate(phrase: Sequence[Token]) -> bool:
    """Whether a phrase names a part that never employs by itself (a programme, a division, a desk)."""
    first, last = head_span(phrase)
    return first < last and bool({phrase[first].lower, phrase[last - 1].lower} & word_set("subordinate_units"))


def _body_after_head(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> int | None:
    """Return where the known body starts that follows a head noun without a word between ("Director NATO CCD COE")."""
    head = find_post(tokens, start, head_span(tokens[start:end])[1] + start)
    if head is None or head[1] >= end:
        return None
    if tokens[head[1]].kind == "quote" and tokens[end - 1].kind == "quote" and end - head[1] > 2:
        return head[1]  # "Chairman “Harbour Foundation”"
    is_member = tokens[head[1] - 1].lower in word_set("posts_of_parties") and is_acronym(tokens[head[1]])
    if is_member and end - head[1] == 1:
        return head[1]  # "Kamerlid VVD"
    if end - head[1] > 1 and all(is_acronym(token) for token in tokens[head[1] : end]):
        return head[1]
    known = next((s for s in bodies.within(tokens[head[1]].start, tokens[head[1]].end) if s[2]), None)
    if known is None or abs(known[0] - tokens[head[1]].start) > 4:
        return None
    rest = [token for token in tokens[head[1] : end] if token.start >= known[1]]
    return head[1] if all(is_acronym(token) for token in rest) else None


def _owner_after(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> tuple[int, int] | None:
    """Return the body that a department belongs to ("the Policy Department in the | Harbour Institute"), if named."""
    for index in range(start + 1, end - 1):
        if tokens[index].lower not in _WITHIN or not tokens[index].text.islower():
            continue
        right = without_article(tokens, index + 1, end)
        if right >= end or not tokens[right].is_capital:
            continue
        stop = body_end(tokens, right, end, bodies)
        phrase = tokens[right:stop]
        if _is_evident(tokens, right, end, bodies) and not is_unit(phrase) and not is_academic_unit(phrase):
            return right, stop
    return None


_WITHIN = small_words("within")


_DOUBTFUL_AT = small_words("doubtful_at")


def _is_evident(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> bool:
    """Whether a body's name starts here: a known one, or one with a head noun of its own in the first words."""
    if any(abs(span[0] - tokens[start].start) <= 4 for span in bodies.within(tokens[start].start, tokens[start].end)):
        return True
    phrase = tokens[start:end]
    first, last = head_span(phrase)
    return first < last and has_body_word(phrase[first:last]) and not is_academic_unit(phrase)


def _stands_without(tokens: Sequence[Token], start: int, body: Segment) -> bool:
    """Whether a post says enough without its body: "Director", but "Head of the Agency", "Speaker of the House".

    The president or chair of a free body (a society, a university) does too; that of a house or committee does not.
    """
    end = _before_preposition(tokens, start, body.start)
    head = find_post(tokens, start, head_span(tokens[start:end])[1] + start)
    if head is None or end <= start:
        return False
    last = tokens[head[1] - 1].lower.rsplit("-", 1)[-1].removesuffix("s")
    if last in word_set("complete_posts"):
        return True
    words = {token.lower for token in tokens[body.start : body.end]}
    first = {token.lower for token in tokens[start : head[0]]}
    if last == "president" and first & {"senior", "executive"}:
        return True
    return last in word_set("chair_posts") and bool(words & word_set("free_bodies"))


def _before_preposition(tokens: Sequence[Token], start: int, index: int) -> int:
    """Return where the preposition and articles before a body's name start."""
    while index > start and tokens[index - 1].lower in ARTICLES | PREPOSITIONS:
        index -= 1
    return index


def post_then_body(tokens: Sequence[Token], segment: Segment, bodies: Bodies) -> int:
    """Return where the body starts in "Professor Thornbury University", said without a comma; 0 where none does."""
    start, end = segment.start, segment.end
    heads = word_set("organisation_heads")
    for index in range(end - 2, start - 1, -1):
        if not post_at(tokens, index) or find_post(tokens, index + 1, end):
            continue
        stop = index + post_at(tokens, index)
        rest = tokens[stop:end]
        if not rest or not rest[0].is_capital or tokens[index].lower in heads:
            return 0
        if rest[0].lower in heads and (len(rest) < 3 or tokens[index].lower not in _complete()):
            return 0
        is_whole = any(
            span[0] <= tokens[index].start and span[1] >= rest[-1].end - 4
            for span in bodies.within(tokens[index].start, rest[-1].end)
        )
        before = tokens[start:index]
        is_post = all(token.is_capital or token.lower in post_modifiers() | AND for token in before)
        return stop if is_post and not is_whole and has_body_word(rest) else 0
    return 0


def body_then_post(tokens: Sequence[Token], segment: Segment) -> int:
    """Return where a body ends that another post follows ("Harbour Institute and Visiting Professor"); 0 if none."""
    for index in range(segment.start + 1, segment.end - 1):
        if tokens[index].lower not in AND or tokens[index].text == "-":
            continue
        rest = tokens[index + 1 : segment.end]
        head = find_post(tokens, index + 1, segment.end)
        if head and head[1] == segment.end and all(t.is_capital or t.lower in post_modifiers() for t in rest):
            return index
    return 0


def unit_at_body(tokens: Sequence[Token], segment: Segment, bodies: Bodies) -> tuple[int, int] | None:
    """Return (end of the part, start of the body it is at) in "Arctic Centre at the Harbour Institute"."""
    if segment.kind == "body" and not (
        is_unit(tokens[segment.start : segment.end]) or is_own_body(tokens[segment.start : segment.end])
    ):
        return None
    for index in range(segment.start + 1, segment.end - 1):
        if tokens[index].lower == "at" and tokens[index].text.islower():
            right = without_article(tokens, index + 1, segment.end)
            if right < segment.end and tokens[right].is_capital and _is_evident(tokens, right, segment.end, bodies):
                return index, right
    return None


@lru_cache(maxsize=1)
def _complete() -> frozenset[str]:
    return word_set("complete_posts") | word_set("chair_posts")
