"""What follows a name: brackets, phrases after commas and dashes, "is Director of …"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.people.composing import compose
from extract.people.extents import closing, cut, extend_list, separator
from extract.people.lexicon import after_name, countries, longest_head, post_heads, small_words, word_set
from extract.people.names import match_phrase
from extract.people.phrases import (
    AND,
    ARTICLES,
    CONNECTORS,
    NO_BODIES,
    Bodies,
    Kind,
    classify,
    find_post,
    has_body_word,
    is_place,
    modifiers,
)
from extract.people.segments import DASHES, Affiliation, Segment
from extract.people.tokens import Token


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
    index = position
    if start := _after_copula(tokens, index, limit):
        return _read_life(tokens, start, limit, bodies, index)
    while position < limit:
        token = tokens[position]
        if token.text == "(":
            close = closing(tokens, position, limit)
            if close is None:
                break
            if not (segments and _is_alias(tokens, segments[-1], position + 1, close)):
                segments += _bracket_segments(tokens, position + 1, close, bodies)
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
        segment, ends = _read_segment(tokens, begin, limit, bodies, is_line=is_line, segments=segments)
        if segment is None:
            break
        if not segments and tokens[begin].lower in {"from", "of", "both"}:
            is_shared = segment.kind in ("body", "unit", "other")
        if segment.kind == "body" and (parting := _post_then_body(tokens, segment, bodies)):
            segments.append(replace(segment, end=parting, kind="post"))
            segment = replace(segment, start=parting)
        segments.append(segment)
        position = segment.end
        if ends:
            break
    return compose(tokens, segments, position, bodies, is_line=is_line, is_shared=is_shared)


_COPULAS = small_words("copulas")


_ADVERBS = small_words("adverbs")


def _after_copula(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where the post starts in "NAME (…) is (currently) the Director of …", 0 where there is none."""
    position = index
    if position < limit and tokens[position].text == "(":
        close = closing(tokens, position, limit)
        position = close + 1 if close else limit
    if position + 1 < limit and tokens[position].lower in _ADVERBS and tokens[position + 1].lower in _COPULAS:
        position += 1
    if position >= limit or tokens[position].lower not in _COPULAS or tokens[position].text[0].isupper():
        return 0
    position += 1
    while position < limit and tokens[position].lower in _ADVERBS:
        position += 1
    return position if position < limit else 0


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


def _bracket_kind(phrase: Sequence[Token], bodies: Bodies) -> Kind:
    """Say what stands in brackets after a name: a word that is no country is rather a company than a city."""
    kind = classify(phrase, bodies)
    if (kind == "place" and " ".join(token.lower for token in phrase) not in countries()) or kind == "other":
        return "body" if phrase[0].is_capital or phrase[0].kind == "number" else "nothing"
    return kind


def _is_alias(tokens: Sequence[Token], segment: Segment, start: int, close: int) -> bool:
    """Whether brackets hold the acronym of the phrase before them, or a remark, rather than another body."""
    if classify(tokens[start:close]) == "role":
        return False
    if close - start != 1:
        return segment.kind in ("post", "body", "unit") and not has_body_word(tokens[start:close])
    if segment.kind == "body":
        return True
    letters = iter(token.text[0].upper() for token in tokens[segment.start : segment.end] if token.is_capital)
    return all(letter in letters for letter in tokens[start].text.upper() if letter.isalpha())


def _bracket_segments(tokens: Sequence[Token], start: int, close: int, bodies: Bodies) -> list[Segment]:
    segments: list[Segment] = []
    begin = start
    for index in range(start, close + 1):
        if index == close or tokens[index].text in ",;|":
            if begin < index:
                segments.append(Segment(begin, index, _bracket_kind(tokens[begin:index], bodies), in_brackets=True))
            begin = index + 1
    return segments


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
        return position
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
    if (
        position == index
        and is_line
        and token.kind == "word"
        and token.gap == " "
        and match_phrase(tokens, position, post_heads(), longest_head())
    ):
        return position
    return None


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
    while begin < end and tokens[begin].lower in {"both", "currently", "now", "also", "then", "formerly"}:
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
        and begin == start
    ):
        begin += 1
    if begin >= end:
        return None, True
    if (place := _leading_place(tokens, begin, end)) and not is_line:
        return Segment(begin, place, "place"), True
    kind = classify(tokens[begin:end], bodies)
    if is_line and tokens[begin].gap == "\n" and tokens[begin].text in _FINITE:
        return None, True
    if not is_line and not _belongs(tokens, begin, end, kind, segments, start):
        return None, True
    if is_line and kind == "title" and not _is_short_title(tokens[begin:end], segments):
        return None, True
    return Segment(begin, end, kind), ends


_FINITE = small_words("stops") | {"met", "visited", "hosted", "will", "opened", "spoke", "joined", "signed", "attended"}


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
    if not segments and begin and tokens[begin - 1].text == "," and tokens[begin].lower in {"at", "with", "in"}:
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
        said_from = tokens[begin].lower in {"from", "at"} and not is_place(tokens[start:end])
        return is_name_like and (after_post or said_from) and end - start <= 8
    return False


def _post_then_body(tokens: Sequence[Token], segment: Segment, bodies: Bodies) -> int:
    """Return where the body starts in "Professor Thornbury University", said without a comma; 0 where none does."""
    start, end = segment.start, segment.end
    heads = word_set("organisation_heads")
    for index in range(end - 2, start - 1, -1):
        if not match_phrase(tokens, index, post_heads(), longest_head()) or find_post(tokens, index + 1, end):
            continue
        stop = index + match_phrase(tokens, index, post_heads(), longest_head())
        rest = tokens[stop:end]
        if not rest or not rest[0].is_capital or rest[0].lower in heads or tokens[index].lower in heads:
            return 0
        is_whole = any(
            span[0] <= tokens[index].start and span[1] >= rest[-1].end - 4
            for span in bodies.within(tokens[index].start, rest[-1].end)
        )
        before = tokens[start:index]
        is_post = all(token.is_capital or token.lower in modifiers() | AND for token in before)
        return stop if is_post and not is_whole and has_body_word(rest) else 0
    return 0


def _is_short_title(tokens: Sequence[Token], segments: list[Segment]) -> bool:
    """A quoted word or two right after a post is a body's name: Correspondent, “60 Minutes”."""
    return bool(segments) and segments[-1].kind == "post" and len(tokens) <= 5
