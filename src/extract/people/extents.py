"""Where a phrase beside a name ends: at its comma or dash, before the verb, across an enumeration."""

from __future__ import annotations

from collections.abc import Sequence

from extract.people.lexicon import after_name, post_modifiers, small_words, word_set
from extract.people.phrases import (
    AND,
    ARTICLES,
    AT,
    CONNECTORS,
    PREPOSITIONS,
    Bodies,
    classify,
    is_unit,
    post_at,
)
from extract.people.tokens import Token

_STOPS = small_words("stops")


def closing(tokens: Sequence[Token], position: int, limit: int) -> int | None:
    depth = 0
    for index in range(position, min(limit, position + 40)):
        depth += (tokens[index].text == "(") - (tokens[index].text == ")")
        if not depth:
            return index
    return None


def separator(tokens: Sequence[Token], start: int, limit: int, *, is_line: bool) -> int:
    """Return where the phrase that starts here ends: at the next comma, bar, dash or column outside brackets."""
    depth = 0
    end = min(limit, start + 60)
    quoted = start
    for index in range(start, end):
        token = tokens[index]
        if index < quoted:
            continue
        if token.kind == "quote" and index > start and (close := _quoted_name(tokens, index, end)):
            quoted = close
            continue
        if token.text == "(" and not depth and index > start and not _goes_on_after(tokens, index, limit):
            return index
        depth += (token.text == "(") - (token.text == ")")
        if depth < 0:
            return index
        if index > start and not depth and _separates(tokens, index, limit, is_line=is_line):
            return index
    return end


_LONGEST_QUOTED = 7
"""Tokens of a name in quotation marks inside a post ("head of the project “…” at …")."""


def _quoted_name(tokens: Sequence[Token], index: int, limit: int) -> int:
    """Return where a short name in quotation marks ends behind which the phrase goes on with its body; 0 for none."""
    for close in range(index + 2, min(index + _LONGEST_QUOTED, limit - 1)):
        if tokens[close].kind == "quote":
            return close + 1 if tokens[close + 1].lower in AT else 0
    return 0


_LEGAL_FORMS = small_words("legal_forms")


def _separates(tokens: Sequence[Token], index: int, limit: int, *, is_line: bool) -> bool:
    token = tokens[index]
    if token.text == "," and index + 1 < limit and tokens[index + 1].lower in _LEGAL_FORMS:
        return False
    if token.text in {",", ";", "|", "!", "?"} or token.kind == "handle" or token.gap in ("\t", "\n"):
        return True
    if token.kind == "quote" and token.text in '“„«"':
        return True
    if token.text == ".":
        return not is_line or index + 1 >= limit or bool(tokens[index + 1].gap)
    if not is_line:
        return False
    follows_blank = index + 1 >= limit or bool(tokens[index + 1].gap)
    if token.text == "/" and follows_blank and not token.gap:
        return True
    return token.text == ":" or (token.text in ("–", "—") and bool(token.gap) and follows_blank)


def _goes_on_after(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Whether a short bracket stands inside a phrase: "Fellow (non-resident) at …"."""
    close = closing(tokens, index, limit)
    return close is not None and close - index <= 4 and close + 1 < limit and tokens[close + 1].lower in AT


def cut(tokens: Sequence[Token], start: int, end: int, bodies: Bodies, limit: int) -> int:
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
        if token.kind != "word" or token.is_capital or not token.text[0].islower():
            continue
        if token.lower in after_name():
            continue
        if _joins_others(tokens, index, end):
            return index
        if _is_adjective_after(tokens, start, index, end):
            continue
        if token.lower in word_set("organisation_heads") and index > start and tokens[index - 1].lower in CONNECTORS:
            continue
        if token.lower in CONNECTORS or token.lower in post_modifiers():
            ends_body = token.lower in {"in"} and index > start and _is_body_end(tokens, index, bodies)
            if ends_body and not _is_before_body(tokens, index + 1, end, bodies):
                return index
            continue
        if post_at(tokens, index):
            continue
        if (stop := _complement_end(tokens, start, index, end)) > index or (
            _opens_post(tokens, start, index) and (stop := _head_after(tokens, index, end)) > index
        ):
            skip_to = stop
            continue
        if (
            token.lower in _STOPS
            or token.lower.endswith(("ed", "ing"))
            or not _is_enclosed(tokens, index, end, limit, bodies)
        ):
            return index
    return end


def _joins_others(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether "and the delegation accompanying …" follows a phrase: others, who are not named."""
    if (
        tokens[index].lower != "and"
        or index + 2 >= end
        or tokens[index + 1].lower not in ("the", "his", "her", "their")
    ):
        return False
    return tokens[index + 2].text.islower() and tokens[index + 2].lower in small_words("companies")


_WHEN_WORDS = frozenset({"on", "in", "since", "until", "am", "le", "el", "il", "op"})


_DAYS = small_words("days")


def _is_when(token: Token) -> bool:
    return token.kind == "number" or (token.lower in _DAYS and token.text[0].isupper())


_FIELD_PREPOSITIONS = small_words("field_prepositions")


def _complement_end(tokens: Sequence[Token], start: int, index: int, end: int) -> int:
    """Return where the small words after "director of" end, if a body, a comma or nothing follows; else `index`."""
    before = index - 1
    while before > start and (
        (tokens[before].lower in ARTICLES and tokens[before].lower not in _FIELD_PREPOSITIONS)
        or tokens[before].lower in post_modifiers() | AND - {"en", "e"}
    ):
        before -= 1
    if before <= start or tokens[before].lower not in _FIELD_PREPOSITIONS | {"de"}:
        return index
    stop = index
    while stop < end and stop - index < 7 and tokens[stop].kind == "word" and tokens[stop].text.islower():
        if tokens[stop].lower in AND and _goes_on_small(tokens, stop, end):
            stop += 1
            continue
        if tokens[stop].lower in AT | AND | PREPOSITIONS or tokens[stop].lower in _STOPS:
            break
        stop += 1
    closes = (
        stop >= end
        or tokens[stop].is_capital
        or tokens[stop].lower in AT | AND | PREPOSITIONS
        or tokens[stop].text in {",", "("}
        or tokens[stop].kind == "quote"
    )
    return stop if closes else index


def _goes_on_small(tokens: Sequence[Token], index: int, end: int) -> bool:
    """Whether an "and" joins two small words of one field, not two posts ("strategic studies and arms control")."""
    following = tokens[index + 1] if index + 1 < end else None
    return (
        following is not None
        and following.kind == "word"
        and following.text.islower()
        and following.lower not in _STOPS | CONNECTORS
        and not any(post_at(tokens, i) for i in range(index + 1, min(index + 4, end)))
    )


_ROMANCE = frozenset({"di", "de", "d'", "du", "des", "del", "della", "dello", "dei", "en", "per", "pour", "para"})


def _is_adjective_after(tokens: Sequence[Token], start: int, index: int, end: int) -> bool:
    """Whether a small word is an adjective behind its noun ("docente di Relazioni internazionali presso …")."""
    if tokens[index].lower in _STOPS:
        return False
    if post_at(tokens, index - 1) and index + 1 < end and tokens[index + 1].lower in _ROMANCE and index - start < 3:
        return True  # "director autonómico de emergencias"
    if not any(token.lower in _ROMANCE for token in tokens[start:index]):
        return False
    if index + 1 >= end:
        return True
    return tokens[index + 1].lower in AND | PREPOSITIONS or tokens[index + 1].text in {",", "("}


def _opens_post(tokens: Sequence[Token], start: int, index: int) -> bool:
    """Whether a small word stands first in its phrase, or after an article or a word of posts ("the chief …")."""
    before = tokens[index - 1].lower
    return index == start or before in ARTICLES or before in post_modifiers()


def _head_after(tokens: Sequence[Token], index: int, end: int) -> int:
    """Return where the head noun is that one or two small words at the start lead to ("harbour analyst"); else 0."""
    for head in range(index + 1, min(index + 3, end)):
        before = tokens[head - 1].lower
        if before in _STOPS | CONNECTORS or before.endswith(("ed", "ing")) or not tokens[head].text[0].islower():
            return 0
        if post_at(tokens, head):
            return head
    return 0


def _is_before_body(tokens: Sequence[Token], index: int, end: int, bodies: Bodies) -> bool:
    """Whether a known body follows, with or without an article ("the Policy Department in the | Harbour Institute")."""
    while index < end and tokens[index].lower in ARTICLES:
        index += 1
    if index >= end or not tokens[index].is_capital:
        return False
    start = tokens[index].start
    return any(abs(span[0] - start) <= 4 for span in bodies.within(start, tokens[index].end))


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
    following = separator(tokens, end + 1, limit, is_line=False)
    return (
        end + 1 < following
        and tokens[end + 1].is_capital
        and classify(tokens[end + 1 : following], bodies) in ("body", "unit", "post")
    )


def _before_place_of_work(chunk: Sequence[Token]) -> Sequence[Token]:
    """Leave out "in the Ministry of …" behind the last member of an enumeration ("Peace and Security in the …")."""
    stop = next((i for i, t in enumerate(chunk) if i and t.text.islower() and t.lower in AT | {"in", "im"}), len(chunk))
    return chunk[:stop]


def extend_list(tokens: Sequence[Token], start: int, end: int, limit: int, bodies: Bodies, *, is_line: bool) -> int:
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
        stop = separator(tokens, begin, limit, is_line=is_line) if begin < limit else begin
        chunk = tokens[begin:stop]
        words = [token for token in chunk if token.kind == "word"]
        if not words or not (words[0].is_capital or words[0].lower in AND):
            return end
        is_last = words[0].lower in AND or any(token.lower in AND or token.text == "&" for token in chunk[1:3])
        if not is_last and len(words) > 3:
            return end
        content = _before_place_of_work(chunk[1:] if words[0].lower in AND else chunk)
        if not content or classify(content, bodies) not in ("other", "unit") or (is_unit(content) and not is_last):
            return end
        if is_last:
            if words[0].lower in AND and any(post_at(tokens, i) for i in range(begin + 1, min(begin + 5, stop))):
                return end
            return stop if is_line else max(cut(tokens, begin + (words[0].lower in AND), stop, bodies, limit), begin)
        if stop >= limit or tokens[stop].text != ",":
            return end
        position = stop
    return end
