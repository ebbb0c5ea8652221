"""The body a post belongs to: inside the post, before it, or the employer among the bodies of a chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.people.extents import _STOPS
from extract.people.lexicon import common_words, plain, small_words, word_set
from extract.people.phrases import (
    AND,
    ARTICLES,
    CONNECTORS,
    PREPOSITIONS,
    Bodies,
    find_post,
    has_body_word,
    head_span,
    is_academic_unit,
    is_acronym,
    is_place,
    post_at,
)
from extract.people.segments import Segment, Span
from extract.people.tokens import Token
from extract.places import find_city


def without_article(tokens: Sequence[Token], index: int, end: int) -> int:
    while index < end and tokens[index].lower in ARTICLES:
        index += 1
    return index


def body_end(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> int:
    """Return where the name of a body that starts here ends, within a longer phrase."""
    for span in bodies.within(tokens[start].start, tokens[start].end):
        if abs(span[0] - tokens[start].start) <= 4 and not _is_cut_short(tokens, start, end, span[1]):
            return max(next((i for i in range(start, end) if tokens[i].start >= span[1]), end), start + 1)
    for index in range(start + 1, end):
        token = tokens[index]
        if token.lower in {"in", "where", "as"} and token.text[0].islower():
            return index
        if (
            token.lower in AND
            and index + 1 < end
            and (
                post_at(tokens, without_article(tokens, index + 1, end))
                or tokens[index + 1].lower in _STOPS | {"concurrently"}
                or find_post(tokens, index + 1, head_span(tokens[index + 1 : end])[1] + index + 1)
            )
        ):
            return index
    return end


def _is_cut_short(tokens: Sequence[Token], start: int, end: int, span_end: int) -> bool:
    """Whether a known span ends before the name does: at a lone "Direction", before the numeral of "Paris II"."""
    after = next((i for i in range(start, end) if tokens[i].start >= span_end), end)
    if after >= end:
        return False
    is_lone = (
        after == start + 1 and tokens[start].lower in word_set("department_heads") and tokens[after].text.islower()
    )
    return (is_lone and tokens[after].lower in CONNECTORS) or not set(tokens[after].text) - set("IVX")


def body_of_post(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> Segment | None:
    """Return the body in "Head of X", "Chief Officer for the X", None where X is a field of work."""
    _, head_end = head_span(tokens[start:end])
    for index in range(start + head_end, end - 1):
        if tokens[index].lower not in PREPOSITIONS or not tokens[index].text.islower():
            continue
        if any(post_at(tokens, head) > index - head for head in range(max(start, index - 3), index)):
            continue  # "Chief of Army Staff" is one head noun
        if tokens[index].lower == "to" and tokens[start + head_end - 1].lower in word_set("accredited_posts"):
            return None
        right = without_article(tokens, index + 1, end)
        if right >= end:
            return None
        stop = body_end(tokens, right, end, bodies)
        phrase = tokens[right:stop]
        known = [
            span
            for span in bodies.within(tokens[right].start, tokens[stop - 1].end)
            if span[0] <= tokens[right].start + 4
        ]
        if (
            known
            or (is_acronym(tokens[right]) and tokens[right].text not in {"US", "U.S.", "UK"})
            or _is_body_phrase(phrase)
            or (_is_led(tokens[start : start + head_end]) and _is_coined(phrase))
        ):
            return Segment(right, stop, "body")
    return None


def _is_led(head: Sequence[Token]) -> bool:
    """Whether a post is one that a company or society has ("founder", "amministratore delegato")."""
    return any(token.lower in word_set("posts_of_firms") for token in head)


def _is_coined(phrase: Sequence[Token]) -> bool:
    """Whether one capitalised word that is no country, city or plain word stands here: the name of a firm."""
    word = phrase[0]
    return len(phrase) == 1 and word.is_capital and word.lower not in common_words() and not is_place(phrase)


def _is_body_phrase(phrase: Sequence[Token]) -> bool:
    start, end = head_span(phrase)
    return (
        start < end and phrase[end - 1].is_capital and has_body_word(phrase[start:end]) and not is_academic_unit(phrase)
    )


def leading_segment(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> Segment | None:
    """Return the body that a post begins with: "X Director General for Y"."""
    stop = leading_body(tokens, start, end, bodies)
    return Segment(start, stop, "body") if stop > start else None


def leading_body(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> int:
    """Return where the body's name ends with which tokens[start:end], a post, begins; `start` where there is none."""
    for span in bodies.within(tokens[start].start, tokens[start].end):
        stop = next((i for i in range(start, end) if tokens[i].start >= span[1]), end)
        if span[0] <= tokens[start].start and find_post(tokens, stop, head_span(tokens[stop:end])[1] + stop):
            return stop - 1 if tokens[stop - 1].lower in _OF_POSTS and stop - 1 > start else stop
    post = find_post(tokens, start, head_span(tokens[start:end])[1] + start)
    if post is None or post[0] <= start:
        return start
    firm = word_set("organisation_heads") - small_words("not_leading")
    for index in range(post[0] - 1, start, -1):
        if tokens[index].lower in firm and tokens[index].is_capital and _is_own_body(tokens, start, index):
            return index + 1
    stop = start
    while (
        stop < post[0]
        and is_acronym(tokens[stop])
        and tokens[stop].text not in {"US", "UK", "UN"}
        and "." not in tokens[stop].text
    ):
        stop += 1
    return stop


_OF_POSTS = small_words("of_posts")


def _is_own_body(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Whether the words before a head noun such as "House" or "Office" make a name of it."""
    return index > start and all(token.is_capital or token.lower in CONNECTORS for token in tokens[start:index])


def employer(tokens: Sequence[Token], candidates: list[Segment], bodies: Bodies) -> Segment | None:
    """Choose the employer among the bodies of a chain: the last, but no ministry above a known body."""
    if not candidates:
        return None
    real = (
        [s for s in candidates if s.kind in ("body", "title")]
        or [s for s in candidates if s.kind == "unit"]
        or candidates[:1]
    )
    real = [_before_slash(tokens, s) for s in real if s.kind != "other" or _reads_as_name(tokens[s.start : s.end])]
    if not real:
        return None
    last = real[-1]
    if len(real) > 1 and (_is_acronym_of(tokens, last, real[-2]) or _is_laboratory_of(tokens, last, real[-2])):
        real.pop()
        last = real[-1]
    if len(real) == 1 and last.kind == "body":
        units = [s for s in candidates if s.kind == "unit" and s.end < last.start]
        real = [*units, *real]
    if len(real) > 1 and _is_parent(tokens, last):
        for earlier in reversed(real[:-1]):
            if _has_own_identity(tokens, earlier, last):
                return earlier
    return last


def _reads_as_name(phrase: Sequence[Token]) -> bool:
    """Whether words that say nothing by themselves can be the name of a body: short, capitalised, no sentence."""
    words = [token for token in phrase if token.kind == "word"]
    plain_signs = all(token.kind == "word" or token.text in "&/-–’'." for token in phrase)
    return (
        bool(words)
        and len(words) <= 7
        and plain_signs
        and all(token.is_capital or token.lower in CONNECTORS for token in words)
    )


def _before_slash(tokens: Sequence[Token], segment: Segment) -> Segment:
    """Return the first of two bodies joined by a slash or an "and"."""
    for index in range(segment.start + 1, segment.end):
        if tokens[index].text == "/" and index + 1 < segment.end:
            left, right = tokens[segment.start : index], tokens[index + 1 : segment.end]
            if " ".join(token.lower for token in left) in word_set("not_affiliations"):
                return replace(segment, start=index + 1)
            if (len(left) > 1 and len(right) > 1) or (segment.in_brackets and len(left[-1].text) > 3):
                return replace(segment, end=index)
        if tokens[index].lower in AND and index + 1 < segment.end and _are_two_bodies(tokens, segment, index):
            return replace(segment, end=index)
    return segment


def _are_two_bodies(tokens: Sequence[Token], segment: Segment, index: int) -> bool:
    left, right = tokens[segment.start : index], tokens[index + 1 : segment.end]
    return len(left) > 1 and len(right) > 1 and has_body_word(left) and has_body_word(right) and right[0].is_capital


def _is_acronym_of(tokens: Sequence[Token], short: Segment, long: Segment) -> bool:
    if short.end - short.start != 1 or not is_acronym(tokens[short.start]):
        return False
    initials = "".join(token.text[0] for token in tokens[long.start : long.end] if token.is_capital)
    return long.end - long.start > 1 and tokens[short.start].text.upper()[:2] == initials.upper()[:2]


def _is_laboratory_of(tokens: Sequence[Token], short: Segment, university: Segment) -> bool:
    """Whether an acronym alone stands behind a university: one of its laboratories ("Univ. Lille, LRD")."""
    is_alone = short.end - short.start == 1 and is_acronym(tokens[short.start])
    words = {token.lower for token in tokens[university.start : university.end]}
    return is_alone and bool(words & word_set("universities"))


def _is_parent(tokens: Sequence[Token], segment: Segment) -> bool:
    return any(token.lower in word_set("parents") for token in tokens[segment.start : segment.end])


def _has_own_identity(tokens: Sequence[Token], segment: Segment, parent: Segment) -> bool:
    phrase = tokens[segment.start : segment.end]
    words = [token.lower for token in phrase]
    start, end = head_span(phrase)
    if words[start : start + 2] == ["office", "of"] and "chief" not in words:
        return True
    head = {words[start], words[end - 1]} if start < end else set()
    own = word_set("own_identity") - {"department"}
    if "government" in [token.lower for token in tokens[parent.start : parent.end]]:
        own |= {"department", "ministry"}
    return bool(head & own)


def trim_body(tokens: Sequence[Token], segment: Segment | None, bodies: Bodies) -> Span | None:
    """Return the span of a body's name without article, "(ACR)" and country."""
    if segment is None:
        return None
    start = segment.start
    while (
        start < segment.end
        and tokens[start].lower in ARTICLES
        and not (tokens[start].text[0].isupper() and start == segment.start)
    ):
        start += 1
    while start < segment.end and tokens[start].kind == "quote":
        start += 1
    if start >= segment.end:
        return None
    end = _known_end(tokens, start, segment.end, bodies)
    for index in range(start + 1, end):
        if tokens[index].text == "(":
            end = index
            break
    if end - start == 2 and is_acronym(tokens[start]) and _is_city(tokens[end - 1]):
        end -= 1  # "NISS Portville": the house of a known body in that city
    while end > start and (
        (tokens[end - 1].kind in ("quote", "sign") and tokens[end - 1].text != ")")
        or tokens[end - 1].lower in CONNECTORS
    ):
        end -= 1
    if start >= end or (is_place(tokens[start:end]) and not bodies.within(tokens[start].start, tokens[end - 1].end)):
        return None
    return tokens[start].start, tokens[end - 1].end


def _is_city(token: Token) -> bool:
    return token.is_capital and not token.is_all_caps and find_city(plain(token.text)) is not None


def _known_end(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> int:
    """Return where a body that was found before ends, if the phrase only goes on with small words after it."""
    for span in bodies.within(tokens[start].start, tokens[start].end):
        stop = next((i for i in range(start, end) if tokens[i].start >= span[1]), end)
        if abs(span[0] - tokens[start].start) <= 4 and start < stop < end and tokens[stop].text[0].islower():
            return end if _is_cut_short(tokens, start, end, span[1]) else stop
    return end
