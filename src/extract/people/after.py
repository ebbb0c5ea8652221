"""What follows a name: brackets, phrases after commas and dashes, "is Director of …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.people.brackets import bracket_segments, is_alias
from extract.people.composing import compose
from extract.people.copulas import after_age, after_copula
from extract.people.extents import closing, cut, extend_list, separator
from extract.people.lexicon import after_name, countries, past_words, post_modifiers, post_words, small_words, word_set
from extract.people.phrases import (
    AND,
    ARTICLES,
    CONNECTORS,
    NO_BODIES,
    Bodies,
    Kind,
    classify,
    find_post,
    is_place,
    post_at,
)
from extract.people.roles import label_at
from extract.people.segments import DASHES, Affiliation, Segment
from extract.people.splitting import body_then_post, post_then_body, unit_at_body
from extract.people.tokens import Token, index_at


def read_after(
    tokens: Sequence[Token], index: int, limit: int, bodies: Bodies = NO_BODIES, *, is_line: bool = True
) -> Affiliation:
    """Read post and organisation from tokens[index:limit], the tokens that follow a name.

    `is_line`: on a line of a list or table every phrase up to its end is taken; in a sentence only what is
    recognised, up to the first word that goes on with the sentence.
    """
    segments: list[Segment] = []
    position = index
    is_shared = False
    while position < limit and tokens[position].kind == "word" and tokens[position].lower in after_name():
        position += 1
    index = position = after_age(tokens, position, limit)
    position = _after_degrees(tokens, position, limit)
    if after_copula(tokens, position, limit):
        index = position
    position = index
    if start := after_copula(tokens, index, limit):
        return _read_life(tokens, start, limit, bodies, index)
    while position < limit:
        token = tokens[position]
        if token.text == "(":
            close = closing(tokens, position, limit)
            if close is None:
                break
            if not (segments and is_alias(tokens, segments[-1], position + 1, close)):
                segments += bracket_segments(tokens, position + 1, close, bodies, is_first=not segments)
            position = close + 1
            continue
        begin = _segment_start(tokens, position, limit, index, is_line=is_line)
        if begin is None:
            break
        if begin >= limit:
            position = limit
            break
        if tokens[begin].text == "(":
            position = begin
            continue
        if is_line and tokens[begin].text.islower() and tokens[begin].lower.endswith("ed") and not segments:
            break  # "Jo Doe, Ambassador, visited the Institute"
        segment, ends = _read_segment(tokens, begin, limit, bodies, is_line=is_line, segments=segments)
        if segment is None:
            break
        if not segments and tokens[begin].lower in {"from", "of", "both", "all"}:
            is_shared = segment.kind in ("body", "unit", "other")
        if segment.kind == "body" and (parting := post_then_body(tokens, segment, bodies)):
            segments.append(replace(segment, end=parting, kind="post"))
            segment = replace(segment, start=parting)
        if segment.kind in ("body", "unit") and (parting := body_then_post(tokens, segment)):
            segments.append(replace(segment, end=parting, kind="body"))
            break  # "…, Harbour Institute and Visiting Professor, …": the second post is not told
        if segment.kind in ("body", "unit") and (owner := unit_at_body(tokens, segment, bodies)):
            segments.append(replace(segment, end=owner[0]))
            segment = replace(segment, start=owner[1], kind="body")
        segments.append(segment)
        position = segment.end
        if ends:
            break
    told = compose(tokens, segments, position, bodies, is_line=is_line, is_shared=is_shared)
    return _present_life(tokens, told, limit, bodies)


def _present_life(tokens: Sequence[Token], told: Affiliation, limit: int, bodies: Bodies) -> Affiliation:
    """Prefer the present post to a past one in apposition ("Jo Doe, former judge, is Dean of …")."""
    if told.post is None or tokens[index_at(tokens, told.post[0])].lower not in past_words():
        return told
    position = told.end + 1 if told.end < limit and tokens[told.end].text == "," else told.end
    start = after_copula(tokens, position, limit) if position < limit else 0
    life = _read_life(tokens, start, limit, bodies, position) if start else told
    return life if life.post else told


def _after_degrees(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where degrees between commas end ("Jo Doe, Ph.D., | is …")."""
    position = index
    while (
        position + 1 < limit and tokens[position].text == "," and tokens[position + 1].lower in _DEGREES | after_name()
    ):
        position += 2
        while position < limit and tokens[position].lower in _DEGREES:
            position += 1
    return position + 1 if position > index and position < limit and tokens[position].text == "," else index


_DEGREES = frozenset({"ph", "d", "m.s", "m.p.a", "m.p.p", "b.a", "b.s", "m.b.a", "m.d", "j.d", "sc", "dr.-ing"})
"""Pieces of "Ph.D."."""


def _read_life(tokens: Sequence[Token], start: int, limit: int, bodies: Bodies, index: int) -> Affiliation:
    """Read the present post of a short life ("X is Professor at …"); `index` is where the name ended."""
    remark = (
        read_after(tokens, index, start, bodies, is_line=False) if tokens[index].text == "(" else Affiliation(index)
    )
    segments: list[Segment] = []
    position = start
    while position < limit:
        segment, ends = _read_segment(tokens, position, limit, bodies, is_line=False, segments=segments)
        if segment is None or (not segments and segment.kind not in ("post", "role")):
            break
        if segment.kind == "role":
            segment = replace(segment, kind="post")
        segments.append(segment)
        position = segment.end
        if ends or position >= limit or tokens[position].text != ",":
            break
        position += 1
    if not segments:
        return replace(remark, end=index)
    life = compose(tokens, segments, index, bodies, is_line=False, is_shared=False)
    return replace(life, role=remark.role, organisation=life.organisation or remark.organisation)


def _segment_start(tokens: Sequence[Token], position: int, limit: int, index: int, *, is_line: bool) -> int | None:
    """Return where the next phrase starts, None where nothing beside the name goes on."""
    token = tokens[position]
    if token.text in ",|" or (is_line and token.text in ";:/"):
        following = position + 1
        while following < limit and tokens[following].text in ",|":
            following += 1
        return following
    if token.text in DASHES and (token.gap or position == index):
        return position + 1
    if token.gap == "\t" and is_line:
        return position
    if token.gap == "\n" and is_line:
        label = label_at(tokens, position, limit + 1)  # "Chair:" on the next line is whose name follows it
        return None if label and tokens[min(label[1], len(tokens)) - 1].text == ":" else position
    if position == index and token.lower in {
        "of",
        "from",
        "at",
        "with",
        "für",
        "von",
        "vom",
        "de",
        "du",
        "del",
        "della",
        "di",
        "van",
        "@",
    }:
        return position
    if token.kind == "handle":
        return position
    if position == index and token.gap == " " and _leads_to_post(tokens, position, limit, is_line=is_line):
        return position
    return None


def _leads_to_post(tokens: Sequence[Token], start: int, limit: int, *, is_line: bool) -> bool:
    """Whether a post begins right here, or after one or two words that belong to it ("Jo Doe Programme Director")."""
    for index in range(start, min(start + 3, limit)):
        token = tokens[index]
        if token.kind != "word" or not (token.is_capital or is_line) or token.gap != " ":
            return False
        if post_at(tokens, index):
            return True
        if token.lower not in post_modifiers() and token.lower not in word_set("department_heads"):
            return False
    return False


def _read_segment(
    tokens: Sequence[Token], start: int, limit: int, bodies: Bodies, *, is_line: bool, segments: list[Segment]
) -> tuple[Segment | None, bool]:
    """Return (phrase, whether the tail ends with it)."""
    end = separator(tokens, start, limit, is_line=is_line)
    begin = start
    if segments and tokens[begin].lower in AND:
        begin += 1
        if begin >= limit:
            return None, True
    while begin < end and tokens[begin].lower in {"both", "all", "currently", "now", "also", "then", "formerly"}:
        begin += 1
    if begin >= end:
        return None, True
    stop = end if is_line else cut(tokens, begin, end, bodies, limit)
    if stop <= begin:
        return None, True
    end = extend_list(tokens, begin, stop, limit, bodies, is_line=is_line) if stop == end else stop
    ends = end == stop and stop < separator(tokens, start, limit, is_line=is_line)
    while end > begin and tokens[end - 1].lower in CONNECTORS | {"."}:
        end -= 1
    while (
        begin < end
        and (tokens[begin].lower in {"from", "of", "at", "with", "von", "vom", "du", "del", "@"})
        and (begin == start or tokens[begin - 1].lower in {"both", "all"})
    ):
        begin += 1
    if begin >= end:
        return None, True
    if (place := _leading_place(tokens, begin, end)) and not is_line:
        return Segment(begin, place, "place"), True
    kind = classify(tokens[begin:end], bodies)
    if (
        kind == "nothing"
        and segments
        and segments[-1].kind == "post"
        and end - begin == 1
        and tokens[begin].is_all_caps
    ):
        kind = "body"  # letters that also stand for a degree, behind a post: "Research Fellow, FRS"
    if (
        kind == "role"
        and end < limit
        and end == begin + 1
        and tokens[end].lower in _OF
        and find_post(tokens, begin, end)
    ):
        kind = "post"  # "auteur du blog …"
    if not is_line and kind == "post" and tokens[begin].lower in ARTICLES and _acts(tokens, end, limit):
        return None, True  # "After Jo Doe, the director said …": another subject
    if not is_line and kind == "post" and segments and _is_small_plural(tokens[begin]):
        return None, True  # "Jo Doe, Ambassador, representatives of …": other people
    if is_line and tokens[begin].gap == "\n" and tokens[begin].text in _FINITE:
        return None, True
    if not is_line and not _belongs(tokens, begin, end, kind, segments, start):
        return None, True
    if is_line and kind == "title" and not _is_short_title(tokens[begin:end], segments):
        return None, True
    return Segment(begin, end, kind), ends


def _acts(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a finite verb follows a phrase at once, without the comma that closes an apposition."""
    if index >= limit or tokens[index].kind != "word" or not tokens[index].text[0].islower():
        return False
    word = tokens[index].lower
    return word.endswith("ed") or word in small_words("finite")


_OF = frozenset({"of", "de", "du", "des", "di", "del", "della", "van", "der"})
_FINITE = small_words("stops") | {"met", "visited", "hosted", "will", "opened", "spoke", "joined", "signed", "attended"}


def _is_small_plural(token: Token) -> bool:
    return token.text.islower() and token.lower.endswith("s") and token.lower[:-1] in post_words()


def _leading_place(tokens: Sequence[Token], begin: int, end: int) -> int:
    """Return where a country ends after which the sentence goes on ("of Arcadia to the Palace"); 0 where none does."""
    for stop in range(begin + 1, min(begin + 5, end)):
        if (
            tokens[stop].kind == "word"
            and tokens[stop].text.islower()
            and tokens[stop].lower in {"to", "at", "for", "on", "in", "and"}
        ):
            names = " ".join(token.lower for token in tokens[begin:stop] if token.lower not in ARTICLES)
            return stop if names in countries() else 0
    return 0


def _belongs(tokens: Sequence[Token], start: int, end: int, kind: Kind, segments: list[Segment], begin: int) -> bool:
    """Whether a phrase of a sentence goes on with what a person is."""
    if begin and tokens[begin - 1].text == "," and tokens[begin].lower in {"at", "with", "in"}:
        return False
    if kind in ("post", "role", "handle"):
        return True
    if kind in ("body", "unit"):
        return tokens[start].is_capital or tokens[start].lower in ARTICLES
    if kind == "nothing":
        return all(token.lower in after_name() or not token.text.isalpha() for token in tokens[start:end])
    if kind == "place":
        return bool(segments) or tokens[begin].lower in {"of", "from"}
    if kind == "years":
        return bool(segments)
    if kind == "other":
        is_name_like = all(
            token.is_capital or token.lower in CONNECTORS or token.kind != "word" for token in tokens[start:end]
        )
        after_post = bool(segments) and segments[-1].kind in ("post", "unit")
        said_from = tokens[begin].lower in {"from", "at", "of"} and not is_place(tokens[start:end])
        return is_name_like and (after_post or said_from) and end - start <= 8
    return False


def _is_short_title(tokens: Sequence[Token], segments: list[Segment]) -> bool:
    """A quoted word or two right after a post is a body's name: Correspondent, “60 Minutes”."""
    return bool(segments) and segments[-1].kind == "post" and len(tokens) <= 5
