"""Post and affiliation beside a name: the phrases after it, and the post set before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.people.lexicon import countries, after_name, common_words, country_words, plain, word_set
from extract.people.names import match_phrase
from extract.people.phrases import (
    AND,
    ARTICLES,
    AT,
    CONNECTORS,
    NO_BODIES,
    PREPOSITIONS,
    Bodies,
    Kind,
    classify,
    find_post,
    has_body_word,
    head_span,
    is_academic_unit,
    is_acronym,
    is_place,
    is_unit,
    modifiers,
    role_labels,
)
from extract.people.lexicon import longest_head, post_heads, title_posts
from extract.people.tokens import Token
from extract.records import Role

Span = tuple[int, int]

_LONGEST_SEGMENT = 26
_STOPS = frozenset(
    "who which that will would can could was were is are has have had be been said says told where when while whose he she they it we i "
    "you his her this these those also qui que war wird hat ist sind dont quien fue es era che è ha die dat heeft zal not as by "
    "carrying having being including during after before about what how why and/or thank thanks".split()
)
_DASHES = frozenset({"–", "—", "-", "―", "−", "·", "•"})


@dataclass(frozen=True, slots=True)
class Segment:
    """tokens[start:end], one phrase of a tail, with what it is; `in_brackets` where it stood in brackets."""

    start: int
    end: int
    kind: Kind
    in_brackets: bool = False


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What stands beside a name.  Spans are character offsets of the document, `end` is the token after it all."""

    end: int
    post: Span | None = None
    organisation: Span | None = None
    role: tuple[Role, Span] | None = None
    handle: Span | None = None
    is_past: bool = False
    is_shared: bool = False
    """True for "A and B, from the Office of …": what is said of the last holds for those joined to it."""


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
            close = _closing(tokens, position, limit)
            if close is None:
                break
            if not (segments and _is_alias(tokens, segments[-1], position + 1, close)):
                segments += _bracket_segments(tokens, position + 1, close, bodies)
            position = close + 1
            continue
        start = _segment_start(tokens, position, limit, index, is_line=is_line)
        if start is None:
            break
        if start >= limit:
            position = limit
            break
        if tokens[start].text == "(":
            position = start
            continue
        segment, ends = _read_segment(tokens, start, limit, bodies, is_line=is_line, segments=segments)
        if segment is None:
            break
        if not segments and tokens[start].lower in {"from", "of"} | {"both"}:
            is_shared = segment.kind in ("body", "unit", "other")
        segments.append(segment)
        position = segment.end
        if ends:
            break
    return _compose(tokens, segments, position, bodies, is_line=is_line, is_shared=is_shared)


_COPULAS = frozenset({"is", "serves", "works", "acts", "est", "ist", "es", "è", "is", "arbeitet", "leitet", "travaille", "trabaja", "lavora", "werkt"})  # fmt: skip
_ADVERBS = frozenset({"currently", "now", "also", "presently", "as", "a", "an", "the", "our", "actuellement", "derzeit", "actualmente", "attualmente", "momenteel", "un", "une", "le", "la", "el", "il", "ein", "eine", "der", "die", "een", "de", "comme", "als", "como", "come", "l'", "both"})  # fmt: skip


def _after_copula(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where the post starts in "NAME (…) is (currently) the Director of …", 0 where there is none."""
    position = index
    if position < limit and tokens[position].text == "(":
        close = _closing(tokens, position, limit)
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
    remark = read_after(tokens, index, start, bodies, is_line=False) if tokens[index].text == "(" else Affiliation(index)
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
    life = _compose(tokens, segments, index, bodies, is_line=False, is_shared=False)
    return replace(life, role=remark.role, organisation=life.organisation or remark.organisation)


def _closing(tokens: Sequence[Token], position: int, limit: int) -> int | None:
    depth = 0
    for index in range(position, min(limit, position + 40)):
        depth += (tokens[index].text == "(") - (tokens[index].text == ")")
        if not depth:
            return index
    return None


def _bracket_kind(phrase: Sequence[Token], bodies: Bodies) -> Kind:
    """Say what stands in brackets after a name: a word that is no country is rather a company than a city."""
    kind = classify(phrase, bodies)
    if kind == "place" and " ".join(token.lower for token in phrase) not in countries() or kind == "other":
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
    if token.text in _DASHES and (token.gap or position == index):
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
    end = _separator(tokens, start, limit, is_line=is_line)
    begin = start
    if segments and tokens[begin].lower in AND:
        begin += 1
        if begin >= limit:
            return None, True
    while begin < end and tokens[begin].lower in {"both", "currently", "now", "also", "then", "formerly"}:
        begin += 1
    if begin >= end:
        return None, True
    cut = end if is_line else _cut(tokens, begin, end, bodies, limit)
    if cut <= begin:
        return None, True
    end = _extend_list(tokens, begin, cut, limit, bodies, is_line=is_line) if cut == end else cut
    ends = end == cut and cut < _separator(tokens, start, limit, is_line=is_line)
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
    kind = classify(tokens[begin:end], bodies)
    if not is_line and not _belongs(tokens, begin, end, kind, segments, start):
        return None, True
    if is_line and kind == "title" and not _is_short_title(tokens[begin:end], segments):
        return None, True
    return Segment(begin, end, kind), ends


def _separator(tokens: Sequence[Token], start: int, limit: int, *, is_line: bool) -> int:
    """Return where the phrase that starts here ends: at the next comma, bar, dash or column outside brackets."""
    depth = 0
    end = min(limit, start + 60)
    for index in range(start, end):
        token = tokens[index]
        if token.text == "(" and not depth and index > start and not _goes_on_after(tokens, index, limit):
            return index
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return index
        if index > start and not depth and _separates(tokens, index, limit, is_line=is_line):
            return index
    return end


_LEGAL_FORMS = frozenset({"ltd", "inc", "llc", "llp", "plc", "gmbh", "co", "corp", "s.a", "s.p.a", "k.k", "limited"})


def _separates(tokens: Sequence[Token], index: int, limit: int, *, is_line: bool) -> bool:
    token = tokens[index]
    if token.text == "," and index + 1 < limit and tokens[index + 1].lower in _LEGAL_FORMS:
        return False
    if token.text in {",", ";", "|", "!", "?"} or token.kind == "handle" or token.gap in ("\t", "\n"):
        return True
    if token.kind == "quote" and token.text in "“„«\"":
        return True
    if token.text == ".":
        return not is_line or index + 1 >= limit or bool(tokens[index + 1].gap)
    if not is_line:
        return False
    follows_blank = index + 1 >= limit or bool(tokens[index + 1].gap)
    return token.text == ":" or (token.text in ("–", "—") and bool(token.gap) and follows_blank)


def _goes_on_after(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a short bracket stands inside a phrase: "Fellow (non-resident) at …"."""
    close = _closing(tokens, index, limit)
    return close is not None and close - index <= 4 and close + 1 < limit and tokens[close + 1].lower in AT


def _cut(tokens: Sequence[Token], start: int, end: int, bodies: Bodies, limit: int) -> int:
    """Return where a phrase of a sentence ends: before the first word that carries the sentence on."""
    skip_to = start
    for index in range(start, end):
        token = tokens[index]
        if index < skip_to:
            continue
        if token.lower in _WHEN_WORDS and index + 1 < end and _is_when(tokens[index + 1]) and index > start:
            return index
        if token.kind == "sign" and token.text not in ("&", "/", "-", "–", "'s", "’s", "(", ")", "."):
            return index
        if token.kind != "word" or not token.text[0].islower():
            continue
        if token.lower in CONNECTORS or token.lower in modifiers():
            if token.lower in {"in"} and index > start and _is_body_end(tokens, index, bodies):
                return index
            continue
        if match_phrase(tokens, index, post_heads(), longest_head()):
            continue
        if (stop := _complement_end(tokens, start, index, end)) > index:
            skip_to = stop
            continue
        if (
            token.lower in _STOPS
            or token.lower.endswith(("ed", "ing"))
            or not _is_enclosed(tokens, index, end, limit, bodies)
        ):
            return index
    return end


_WHEN_WORDS = frozenset({"on", "in", "since", "until", "am", "le", "el", "il", "op"})
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december may".split())  # fmt: skip


def _is_when(token: Token) -> bool:
    return token.kind == "number" or (token.lower in _DAYS and token.text[0].isupper())


_FIELD_PREPOSITIONS = frozenset({"of", "for", "de", "d'", "di", "del", "della", "für", "van", "voor", "per", "pour", "para", "in", "en"})


def _complement_end(tokens: Sequence[Token], start: int, index: int, end: int) -> int:
    """Return where the small words after "director of" end, if a body, a comma or nothing follows; else `index`."""
    before = index - 1
    while before > start and tokens[before].lower in ARTICLES and tokens[before].lower not in _FIELD_PREPOSITIONS:
        before -= 1
    if before <= start or tokens[before].lower not in _FIELD_PREPOSITIONS | {"de"}:
        return index
    stop = index
    while stop < end and stop - index < 4 and tokens[stop].kind == "word" and tokens[stop].text.islower():
        if tokens[stop].lower in AT | AND | PREPOSITIONS or tokens[stop].lower in _STOPS:
            break
        stop += 1
    closes = stop >= end or tokens[stop].is_capital or tokens[stop].lower in AT | AND | PREPOSITIONS or tokens[stop].text in {",", "("}
    return stop if closes else index


def _joins_name(tokens: Sequence[Token], start: int, index: int, end: int) -> bool:
    """Whether "by" stands inside the name of a body ("at Founded by Friends")."""
    if index + 1 >= end or not tokens[index + 1].is_capital or not tokens[index - 1].is_capital:
        return False
    return any(token.lower in AT for token in tokens[start:index]) and tokens[index - 2].lower in AT | ARTICLES


def _is_body_end(tokens: Sequence[Token], index: int, bodies: Bodies) -> bool:
    return tokens[index - 1].lower in word_set("organisation_heads") or bool(
        [
            span
            for span in bodies.within(tokens[index - 1].start, tokens[index - 1].end)
            if span[1] == tokens[index - 1].end
        ]
    )


def _is_enclosed(tokens: Sequence[Token], index: int, end: int, limit: int, bodies: Bodies) -> bool:
    """Whether an unknown small word stands inside a phrase that a comma closes before another such phrase."""
    if end >= limit or tokens[end].text != "," or end - index > 6:
        return False
    following = _separator(tokens, end + 1, limit, is_line=False)
    return (
        end + 1 < following
        and tokens[end + 1].is_capital
        and classify(tokens[end + 1 : following], bodies) in ("body", "unit", "post")
    )


def _extend_list(tokens: Sequence[Token], start: int, end: int, limit: int, bodies: Bodies, *, is_line: bool) -> int:
    """Carry a phrase over the commas of an enumeration inside it ("Ministry of Land, Infrastructure and Transport")."""
    if end >= limit or tokens[end].text != ",":
        return end
    for span in bodies.within(tokens[start].start, tokens[end - 1].end):
        if span[1] > tokens[end].end and span[0] < tokens[end].start:
            return next((i for i in range(end, limit) if tokens[i].start >= span[1]), limit)
    if not any(token.lower in {"of", "for", "on", "de", "des", "für", "and"} for token in tokens[start:end]):
        return end
    position = end
    for _ in range(4):
        begin = position + 1
        stop = _separator(tokens, begin, limit, is_line=is_line) if begin < limit else begin
        chunk = tokens[begin:stop]
        words = [token for token in chunk if token.kind == "word"]
        if not words or not (words[0].is_capital or words[0].lower in AND):
            return end
        is_last = words[0].lower in AND or any(token.lower in AND or token.text == "&" for token in chunk[1:3])
        if not is_last and len(words) > 3:
            return end
        content = chunk[1:] if words[0].lower in AND else chunk
        if not content or classify(content, bodies) not in ("other", "unit") or is_unit(content) and not is_last:
            return end
        if is_last:
            if words[0].lower in AND and match_phrase(tokens, begin + 1, post_heads(), longest_head()):
                return end
            return stop if is_line else max(_cut(tokens, begin + (words[0].lower in AND), stop, bodies, limit), begin)
        if stop >= limit or tokens[stop].text != ",":
            return end
        position = stop
    return end


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


def _is_short_title(tokens: Sequence[Token], segments: list[Segment]) -> bool:
    """A quoted word or two right after a post is a body's name: Correspondent, “60 Minutes”."""
    return bool(segments) and segments[-1].kind == "post" and len(tokens) <= 5


# --- putting it together ---------------------------------------------------------------------------------------------


def _compose(
    tokens: Sequence[Token], segments: list[Segment], end: int, bodies: Bodies, *, is_line: bool, is_shared: bool
) -> Affiliation:
    segments = _chairs_of_bodies(tokens, segments)
    role = next(((_role_of(tokens, s), _span(tokens, s.start, s.end)) for s in segments if s.kind == "role"), None)
    handle = next((_span(tokens, s.start, s.end) for s in segments if s.kind == "handle"), None)
    segments = [s for s in segments if s.kind not in ("role", "handle", "nothing")]
    if is_line:
        segments = _drop_talk(tokens, segments)
    posts = [s for s in segments if s.kind == "post"]
    years = [s for s in segments if s.kind == "years"]
    result = Affiliation(
        end, None, None, (role[0], role[1]) if role and role[0] else None, handle, bool(years), is_shared
    )
    if years and len(posts) > 1:
        return result
    post = posts[0] if posts else None
    bodies_after = [
        s for s in segments if s.kind in ("body", "unit", "other", "title") and (not post or s.start > post.start)
    ]
    if not bodies_after:
        bodies_after = [s for s in segments if s.kind in ("body", "unit", "other", "title")]
    if post is None:
        return replace(result, organisation=_trim_body(tokens, _employer(tokens, bodies_after, bodies), bodies))
    post_end, inner = _split_post(tokens, post, bodies, has_body=any(s.kind == "body" for s in bodies_after))
    last = posts[-1] if len(posts) > 1 and _are_joined(tokens, posts, segments) else None
    employer = _employer(tokens, bodies_after, bodies) if bodies_after else None
    if inner is not None and employer is None:
        employer = inner
    elif inner is not None and not any(s.kind == "body" for s in bodies_after):
        employer = inner
    post_span = _span(tokens, post.start, post_end)
    if last:
        post_span = (post_span[0], tokens[last.end - 1].end)
    elif post_end == post.end and employer is not None:
        post_span = _with_unit(tokens, post, bodies_after, employer, post_span)
    if years and years[0].start > post.end:
        post_span = (post_span[0], tokens[years[0].end - 1].end) if not bodies_after else post_span
    return replace(result, post=_trim_post(tokens, post_span), organisation=_trim_body(tokens, employer, bodies))


def _chairs_of_bodies(tokens: Sequence[Token], segments: list[Segment]) -> list[Segment]:
    """Take "Chair" or "Editor" before a body for a post: "NAME, Co-chair, Committee on …"."""
    changed = list(segments)
    for index, segment in enumerate(segments[:-1]):
        follower = segments[index + 1]
        is_post = find_post(tokens, segment.start, segment.end) is not None
        if segment.kind == "role" and not segment.in_brackets and is_post and follower.kind in ("body", "unit", "other") and not follower.in_brackets:
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
        if (
            index
            and segments[index - 1].in_brackets
            and not segment.in_brackets
            and segments[index - 1].kind in ("body", "unit", "other")
        ):
            before = tokens[segment.start - 1].text
            if before in _DASHES or before == ":":
                return segments[:index]
    return segments


def _are_joined(tokens: Sequence[Token], posts: list[Segment], segments: list[Segment]) -> bool:
    """Whether posts follow each other directly ("…, Director of A, and Professor of B")."""
    first, second = posts[0], posts[1]
    between = [s for s in segments if first.start < s.start < second.start]
    return len(posts) == 2 and not between and tokens[second.start - 1].lower in AND


def _split_post(
    tokens: Sequence[Token], post: Segment, bodies: Bodies, *, has_body: bool
) -> tuple[int, Segment | None]:
    """Return (where the post ends, the body named inside it): "Fellow at X", "Head of X", "X Director"."""
    start, end = post.start, post.end
    for index in range(start + 1, end - 1):
        token = tokens[index]
        if token.lower in AT and token.lower not in {"der", "an", "am"} and token.text[0] in "aAwWfF@bpcà":
            right = _without_article(tokens, index + 1, end)
            if right >= end or not (tokens[right].is_capital or tokens[right].kind == "number"):
                continue
            if is_place(tokens[right:end]):
                continue
            if has_body and (is_unit(tokens[right:end])):
                return end, None
            stop = _body_end(tokens, right, end, bodies)
            return index, Segment(right, stop, "body")
        if token.lower == "for" and (right := _without_article(tokens, index + 1, end)) < end:
            known = bodies.within(tokens[right].start, tokens[right].end)
            if any(abs(span[0] - tokens[right].start) <= 4 for span in known):
                return index, Segment(right, _body_end(tokens, right, end, bodies), "body")
    if has_body:
        return end, None
    inner = _body_of_post(tokens, start, end, bodies) or _leading_body(tokens, start, end, bodies)
    for index in range(start + 1, end - 2):
        if inner is None and tokens[index].lower in AND:
            inner = _leading_body(tokens, index + 1, end, bodies)
    return end, inner


def _without_article(tokens: Sequence[Token], index: int, end: int) -> int:
    while index < end and tokens[index].lower in ARTICLES:
        index += 1
    return index


def _body_end(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> int:
    """Return where the name of a body that starts here ends, within a longer phrase."""
    for span in bodies.within(tokens[start].start, tokens[start].end):
        if abs(span[0] - tokens[start].start) <= 4:
            return max(next((i for i in range(start, end) if tokens[i].start >= span[1]), end), start + 1)
    for index in range(start + 1, end):
        token = tokens[index]
        if token.lower in {"in", "where", "as"} and token.text[0].islower():
            return index
        if (
            token.lower in AND
            and index + 1 < end
            and (
                match_phrase(tokens, index + 1, post_heads(), longest_head())
                or tokens[index + 1].lower in _STOPS | {"concurrently"}
                or find_post(tokens, index + 1, head_span(tokens[index + 1 : end])[1] + index + 1)
            )
        ):
            return index
    return end


def _body_of_post(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> Segment | None:
    """Return the body in "Head of X", "Chief Officer for the X", None where X is a field of work."""
    _, head_end = head_span(tokens[start:end])
    for index in range(start + head_end, end - 1):
        if tokens[index].lower not in PREPOSITIONS or not tokens[index].text.islower():
            continue
        right = _without_article(tokens, index + 1, end)
        if right >= end:
            return None
        stop = _body_end(tokens, right, end, bodies)
        phrase = tokens[right:stop]
        known = [
            span
            for span in bodies.within(tokens[right].start, tokens[stop - 1].end)
            if span[0] <= tokens[right].start + 4
        ]
        if (
            known
            or is_acronym(tokens[right])
            and tokens[right].text not in {"US", "U.S.", "UK"}
            or _is_body_phrase(phrase)
        ):
            return Segment(right, stop, "body")
    return None


def _is_body_phrase(phrase: Sequence[Token]) -> bool:
    start, end = head_span(phrase)
    return (
        start < end and phrase[end - 1].is_capital and has_body_word(phrase[start:end]) and not is_academic_unit(phrase)
    )


def _leading_body(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> Segment | None:
    """Return the body that a post begins with: "X Director General for Y"."""
    stop = leading_body(tokens, start, end, bodies)
    return Segment(start, stop, "body") if stop > start else None


def leading_body(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> int:
    """Return where the body's name ends with which tokens[start:end], a post, begins; `start` where there is none."""
    post = find_post(tokens, start, head_span(tokens[start:end])[1] + start)
    if post is None or post[0] <= start:
        return start
    for span in bodies.within(tokens[start].start, tokens[start].end):
        if span[0] <= tokens[start].start and span[1] <= tokens[post[0]].start:
            stop = next(i for i in range(start, end) if tokens[i].start >= span[1])
            return stop - 1 if tokens[stop - 1].lower in _OF_POSTS and stop - 1 > start else stop
    heads = word_set("organisation_heads") - {"service", "services", "press", "group", "board", "cabinet", "force", "forces", "post", "bank", "fund", "media", "news", "company", "trust", "lab", "network", "command", "initiative", "parliament", "house", "partnership", "department", "mission", "navy", "army", "office", "programme", "council", "government", "congress", "senate"}  # fmt: skip
    firm = heads | {"secretariat", "commission", "council", "office", "university", "house", "parliament"}
    for index in range(post[0] - 1, start, -1):
        if tokens[index].lower in firm and tokens[index].is_capital and _is_own_body(tokens, start, index):
            return index + 1
    stop = start
    while stop < post[0] and is_acronym(tokens[stop]) and tokens[stop].text not in {"US", "UK", "UN"} and "." not in tokens[stop].text:
        stop += 1
    return stop


_OF_POSTS = frozenset({"press", "cabinet", "executive", "foreign", "defence", "defense", "state", "general", "private", "personal", "permanent", "deputy", "chief", "senior"})  # fmt: skip


def _is_own_body(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Whether the words before a head noun such as "House" or "Office" make a name of it."""
    return index > start and all(token.is_capital or token.lower in CONNECTORS for token in tokens[start:index])


def _employer(tokens: Sequence[Token], candidates: list[Segment], bodies: Bodies) -> Segment | None:
    """Choose the employer among the bodies of a chain: the last, not a department, nor a ministry above a known body."""
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
    if len(real) > 1 and _is_acronym_of(tokens, last, real[-2]):
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
    return bool(words) and len(words) <= 7 and plain_signs and all(token.is_capital or token.lower in CONNECTORS for token in words)


def _before_slash(tokens: Sequence[Token], segment: Segment) -> Segment:
    """Return the first of two bodies joined by a slash or an "and"."""
    for index in range(segment.start + 1, segment.end):
        if tokens[index].text == "/" and index + 1 < segment.end:
            left, right = tokens[segment.start : index], tokens[index + 1 : segment.end]
            if " ".join(token.lower for token in left) in word_set("not_affiliations"):
                return replace(segment, start=index + 1)
            if len(left) > 1 and len(right) > 1 or (segment.in_brackets and len(left[-1].text) > 3):
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


def _with_unit(tokens: Sequence[Token], post: Segment, after: list[Segment], employer: Segment, span: Span) -> Span:
    """Take the departments between a short post and the employer into the post ("Officer, Global Partnerships")."""
    content = [token for token in tokens[post.start : post.end] if token.lower not in CONNECTORS]
    if len(content) > 2:
        return span
    end = span[1]
    for segment in after:
        if (
            segment.start >= employer.start
            or segment.kind == "body"
            and not is_unit(tokens[segment.start : segment.end])
        ):
            break
        if is_academic_unit(tokens[segment.start : segment.end]) and tokens[segment.start].lower not in {"division"}:
            break
        end = tokens[segment.end - 1].end
    return span[0], end


def _trim_post(tokens: Sequence[Token], span: Span) -> Span | None:
    inside = [token for token in tokens if span[0] <= token.start and token.end <= span[1]]
    while inside and (inside[0].lower in ARTICLES and inside[0].text.islower() or inside[0].kind == "sign"):
        inside.pop(0)
    while inside and (inside[-1].lower in CONNECTORS and inside[-1].text != ")" or inside[-1].text in ",;:–—-(."):
        inside.pop()
    return (inside[0].start, inside[-1].end) if inside else None


def _trim_body(tokens: Sequence[Token], segment: Segment | None, bodies: Bodies) -> Span | None:
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
    end = _known_end(tokens, start, segment.end, bodies)
    for index in range(start + 1, end):
        if tokens[index].text == "(":
            end = index
            break
    while end > start and (
        tokens[end - 1].kind in ("quote", "sign") and tokens[end - 1].text != ")" or tokens[end - 1].lower in CONNECTORS
    ):
        end -= 1
    if start >= end or is_place(tokens[start:end]) and not bodies.within(tokens[start].start, tokens[end - 1].end):
        return None
    return tokens[start].start, tokens[end - 1].end


def _known_end(tokens: Sequence[Token], start: int, end: int, bodies: Bodies) -> int:
    """Return where a body that was found before ends, if the phrase only goes on with small words after it."""
    for span in bodies.within(tokens[start].start, tokens[start].end):
        stop = next((i for i in range(start, end) if tokens[i].start >= span[1]), end)
        if abs(span[0] - tokens[start].start) <= 4 and start < stop < end and tokens[stop].text[0].islower():
            return stop
    return end


# --- before a name ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """A post set before a name: where it starts (token), its span, the body it begins with, and if it is a plural."""

    start: int
    post: Span
    organisation: Span | None = None
    is_plural: bool = False


def read_before(tokens: Sequence[Token], lead: int, floor: int, bodies: Bodies = NO_BODIES) -> Before | None:
    """Read the post that stands right before the name whose titles begin at `lead`, not reaching below `floor`."""
    start = _left_run(tokens, lead, floor)
    if start >= lead or tokens[lead - 1].lower in PREPOSITIONS | AND:
        return None
    head = _nearest_head(tokens, start, lead)
    if head is None:
        return None
    begin = _left_end(tokens, start, head[0])
    while begin < lead - 1 and tokens[begin].lower in ARTICLES | AND:
        begin += 1
    body_end = leading_body(tokens, begin, lead, bodies)
    organisation = (tokens[begin].start, tokens[body_end - 1].end) if body_end > begin else None
    post_start = body_end if body_end > begin else begin
    if organisation is None:
        of = _body_of_post(tokens, begin, lead, bodies)
        organisation = _trim_body(tokens, of, bodies) if of else None
    is_plural = _is_plural(tokens[head[1] - 1])
    if tokens[post_start].text[0].islower() and lead - post_start > 4:
        return None
    return Before(begin, (tokens[post_start].start, tokens[lead - 1].end), organisation, is_plural)


def read_before_comma(tokens: Sequence[Token], lead: int, floor: int, bodies: Bodies = NO_BODIES) -> Before | None:
    """Read a post parted from the name by a comma or a dash ("The Director General, Sam Doe")."""
    mark = lead - 1
    if mark <= floor or tokens[mark].text not in {",", "-", "–", "—", ":"}:
        return None
    before = read_before(tokens, mark, floor, bodies)
    if before is None or before.is_plural or before.start == mark:
        return None
    opener = tokens[before.start - 1] if before.start > floor else None
    if opener is not None and opener.text == "," and tokens[mark].text == ",":
        return None
    end = tokens[mark - 1].end
    return replace(before, post=(before.post[0], end)) if before.post[0] < end else None


def body_before_colon(tokens: Sequence[Token], lead: int, floor: int, bodies: Bodies = NO_BODIES) -> Span | None:
    """Return the body in "Harbour Institute: Ms Jo Doe", None where the words before the colon are none."""
    mark = lead - 1
    if mark <= floor or tokens[mark].text != ":":
        return None
    start = mark
    while start > floor and mark - start < 10 and tokens[start].gap not in ("\t", "\n") and tokens[start - 1].text not in {";", "|", ".", ":"}:
        start -= 1
    phrase = tokens[start:mark]
    if not phrase or not phrase[0].is_capital or tuple(token.lower for token in phrase) in role_labels():
        return None
    known = bodies.longest_within(phrase[0].start, phrase[-1].end)
    is_whole = known is not None and known[0] <= phrase[0].start + 4 and known[1] >= phrase[-1].end - 8
    is_acronym_alone = len(phrase) == 1 and is_acronym(phrase[0]) and not find_post(tokens, start, mark)
    return _trim_body(tokens, Segment(start, mark, "body"), bodies) if is_whole or is_acronym_alone else None


def _left_run(tokens: Sequence[Token], lead: int, floor: int) -> int:
    """Return where the row of capitalised words and connectors that ends at `lead` starts."""
    index = lead
    while index > floor and lead - index < 24:
        before = tokens[index - 1]
        if index < len(tokens) and tokens[index].gap in "\t\n" and tokens[index].gap:
            break
        if before.kind == "word" and (before.is_capital or before.lower in modifiers() and before.text.islower()
                                      or match_phrase(tokens, index - 1, post_heads(), 1)):  # fmt: skip
            index -= 1
        elif (
            before.lower in CONNECTORS
            and index - 1 > floor
            and before.text != "with"
            and before.lower not in {"by", "with", "from", "between"}
        ):
            index -= 1
        elif before.text == "," and index - 2 >= floor and _is_list_comma(tokens, index, lead):
            index -= 1
        else:
            break
    while index < lead and not (
        tokens[index].is_capital or tokens[index].lower in modifiers() or match_phrase(tokens, index, post_heads(), 1)
    ):
        index += 1
    return index


def _is_list_comma(tokens: Sequence[Token], index: int, lead: int) -> bool:
    """Whether a comma belongs to "for Economic, Energy, and Agricultural Affairs" before a name."""
    rest = tokens[index:lead]
    return any(token.lower in AND for token in rest) and not find_post(tokens, index, lead) and len(rest) <= 6


def _nearest_head(tokens: Sequence[Token], start: int, lead: int) -> tuple[int, int] | None:
    """Return the head noun nearest to the name; only a complement ("of …", "for …") may stand between them."""
    head = find_post(tokens, start, lead)
    if head is None:
        return None
    between = tokens[head[1] : lead]
    if not between or between[0].lower in PREPOSITIONS | {"and", "-", "&"}:
        return head
    if len(between) == 1 and between[0].lower in {"emeritus", "emerita", "designate"}:
        return head
    return None


def _left_end(tokens: Sequence[Token], start: int, head: int) -> int:
    """Return where the post with this head noun starts, going left over its modifiers and over posts joined by "and"."""
    index = head
    while index > start:
        before = tokens[index - 1]
        if before.kind == "word" and (before.is_capital or before.lower in modifiers()):
            if before.lower in _NEVER_IN_POST:
                break
            index -= 1
            continue
        if before.lower in {"of", "for", "to", "the", "and", "&", "de", "du", "-", ","} and index - 1 > start:
            left = find_post(tokens, start, index - 1)
            if left and _is_complement(tokens, left[1], index - 1):
                index = left[0]
                continue
            if before.lower in {"and", "&"} and index < head and _is_adjective_pair(tokens, index):
                index -= 1
                continue
        break
    return index


_NEVER_IN_POST = frozenset({"readout", "statement", "remarks", "report", "today", "when", "while", "as", "following", "the", "this", "dear", "photo", "by", "with", "from", "welcome", "keynote", "opening", "closing", "speech", "address", "panel", "session", "meeting", "visit", "after", "before", "during", "said", "says", "transcript", "video", "interview", "hosted", "moderated", "chaired", "featuring", "contact"})  # fmt: skip


def _is_complement(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether tokens[start:end] can follow a head noun inside one post ("to the President", "of State for Energy")."""
    if start >= end:
        return True
    return tokens[start].lower in {"of", "to", "for", "de", "du"} and all(
        token.is_capital or token.lower in CONNECTORS or token.text == "," for token in tokens[start:end]
    )


def _is_adjective_pair(tokens: Sequence[Token], index: int) -> bool:
    return (
        index >= 2
        and tokens[index - 2].is_capital
        and tokens[index - 2].lower in common_words()
        and tokens[index - 2].lower not in country_words()
    )


def _is_plural(token: Token) -> bool:
    word = token.lower
    return word.endswith("s") and not word.endswith("ss") and (plain(word[:-1]),) in post_heads() | title_posts()
