"""The post set before a name ("National Security Advisor Jo Doe", "the Director General, Jo Doe")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.people.employers import body_of_post, leading_body, trim_body
from extract.people.lexicon import (
    common_words,
    country_words,
    phrases,
    plain,
    post_heads,
    post_modifiers,
    small_words,
    title_posts,
    word_set,
)
from extract.people.phrases import (
    AND,
    ARTICLES,
    CONNECTORS,
    NO_BODIES,
    PREPOSITIONS,
    Bodies,
    find_post,
    is_acronym,
    post_at,
    role_labels,
)
from extract.people.segments import Segment, Span
from extract.people.splitting import split_post
from extract.people.tokens import Token, index_at


@dataclass(frozen=True, slots=True)
class Before:
    """A post set before a name: where it starts (token), its span, the body it begins with, and if it is a plural."""

    start: int
    post: Span
    organisation: Span | None = None
    is_plural: bool = False


def read_before(tokens: Sequence[Token], lead: int, floor: int, bodies: Bodies = NO_BODIES) -> Before | None:
    """Read the post that stands right before the name whose titles begin at `lead`, not reaching below `floor`."""
    lead = _before_rank(tokens, _behind_post(tokens, lead, floor), floor)
    start = _left_run(tokens, lead, floor)
    if start >= lead or tokens[lead - 1].lower in PREPOSITIONS | AND:
        return None
    head = _nearest_head(tokens, start, lead)
    if head is None:
        return None
    begin = _left_end(tokens, start, head[0])
    while begin < lead - 1 and tokens[begin].lower in ARTICLES | AND | _TO_ARTICLES:
        begin += 1
    if head[0] > begin > floor and tokens[begin - 1].lower in _GERMAN_PREPOSITIONS:
        begin = head[0]  # "… für Sicherheitspolitik | Botschafter Jo Doe": the end of another phrase
    body_end = leading_body(tokens, begin, lead, bodies)
    organisation = (tokens[begin].start, tokens[body_end - 1].end) if body_end > begin else None
    post_start = body_end if body_end > begin else begin
    if organisation is None:
        of = body_of_post(tokens, begin, lead, bodies)
        organisation = trim_body(tokens, of, bodies) if of else None
    organisation = organisation or _owner(tokens, begin, floor, bodies)
    if organisation is None and _is_bracketed_acronym(tokens, begin - 3, floor):
        named = bodies.longest_within(tokens[begin - 4].start, tokens[begin - 4].end)
        if named and named[0] >= tokens[floor].start:
            organisation, begin = (named[0], tokens[begin - 4].end), index_at(tokens, named[0])
    is_plural = _is_plural(tokens[head[1] - 1])
    if tokens[begin].text[0].islower() and lead - post_start > 4 and not tokens[post_start + 1].is_capital:
        return None
    last = lead - 3 if lead - post_start > 4 and _is_bracketed_acronym(tokens, lead - 3, post_start) else lead
    return Before(begin, (tokens[post_start].start, tokens[last - 1].end), organisation, is_plural)


_GERMAN_PREPOSITIONS = frozenset({"für", "von", "im"})
_TO_ARTICLES = frozenset(
    {"al", "alla", "allo", "all'", "dal", "dalla", "dall'", "del", "della", "dell'", "zum", "zur", "vom", "du", "au"}
)
"""Prepositions with their article, which begin no post ("Al ministro della Difesa Jo Doe")."""


def _behind_post(tokens: Sequence[Token], lead: int, floor: int) -> int:
    """Return where a post ends whose last word was taken for a title ("First Sea Lord Jo Doe")."""
    for back in (1, 2, 3):
        if lead - back > floor and (length := post_at(tokens, lead - back)) > back:
            return lead - back + length
    return lead


def _before_rank(tokens: Sequence[Token], lead: int, floor: int) -> int:
    """Return where a rank in small letters starts that parts a post from a name ("Chief of Staff admiral Jo Doe")."""
    for length in (2, 1):
        start = lead - length
        words = tuple(token.lower for token in tokens[max(start, floor) : lead])
        if (
            start > floor
            and len(words) == length
            and tokens[start].text.islower()
            and words in phrases("honorifics", "rank")
        ):
            return start if tokens[start - 1].is_capital or tokens[start - 1].text == ")" else lead
    return lead


def _before_small_rank(tokens: Sequence[Token], lead: int, floor: int) -> int:
    """Return where a rank in small letters between a comma and a name starts ("the adviser, colonel Jo Doe")."""
    for length in (3, 2, 1):
        start = lead - length
        if start > floor + 1 and tokens[start - 1].text == "," and tokens[start].text.islower():
            words = tuple(token.lower for token in tokens[start:lead])
            if words in phrases("honorifics", "rank") | phrases("honorifics", "academic"):
                return start
    return lead


def _owner(tokens: Sequence[Token], begin: int, floor: int, bodies: Bodies) -> Span | None:
    """Return the body in the genitive before a post ("NATO's Secretary General Jo Doe"), None for a country."""
    body = begin - 2
    if body < floor or tokens[begin - 1].text not in ("'s", "’s"):
        return None
    known = bodies.longest_within(tokens[body].start, tokens[body].end)
    return known[:2] if known and known[1] == tokens[body].end and known[2] else None


def read_before_comma(tokens: Sequence[Token], lead: int, floor: int, bodies: Bodies = NO_BODIES) -> Before | None:
    """Read a post parted from the name by a comma or a dash ("The Director General, Sam Doe")."""
    mark = _before_small_rank(tokens, lead, floor) - 1
    if mark <= floor or (tokens[mark].text not in {",", "-", "–", "—", ":"} and tokens[mark].lower not in _IS):
        return None
    if tokens[mark].lower in _IS:
        return small_post(tokens, mark, floor, bodies)  # "The director of the office is Jo Doe"
    before = small_post(tokens, mark, floor, bodies) or read_before(tokens, mark, floor, bodies)
    if before is None or before.is_plural or before.start == mark:
        return None
    opener = tokens[before.start - 1] if before.start > floor else None
    is_row = opener is not None and opener.text == "," and tokens[mark].text == ","
    if is_row and tokens[before.start - 2].kind != "number":  # but "On 9 June 2025, Ambassador of X to Y, Jo Doe"
        return None
    end = min(before.post[1], tokens[mark - 1].end)
    return replace(before, post=(before.post[0], end)) if before.post[0] < end else None


def small_post(tokens: Sequence[Token], mark: int, floor: int, bodies: Bodies) -> Before | None:
    """Read a post in small letters that an article opens ("the director of the Harbour Institute, Jo Doe")."""
    for index in range(mark - 1, max(floor, mark - 14), -1):
        token = tokens[index]
        if (
            token.kind == "number"
            or (token.kind == "sign" and token.text not in "-/&’'")
            or token.lower in _NEVER_IN_POST - ARTICLES
        ):
            return None
        opens = tokens[index - 1].lower in ARTICLES | _TO_ARTICLES
        is_written_so = token.text.islower() or tokens[index - 1].lower in _GERMAN_ARTICLES
        head = index
        while head < mark - 1 and head < index + 2 and tokens[head].lower in post_modifiers():
            head += 1
        if not (opens and is_written_so and (post_at(tokens, index) or post_at(tokens, head))):
            continue
        end, body = split_post(tokens, Segment(index, mark, "post"), bodies, has_body=False)
        organisation = trim_body(tokens, body, bodies) if body else None
        return Before(index, (token.start, tokens[end - 1].end), organisation)
    return None


_IS = frozenset({"is", "ist", "est", "es", "è"})

_GERMAN_ARTICLES = small_words("german_articles")
"""After these a post begins with a capital as every noun does."""


def body_before_colon(tokens: Sequence[Token], lead: int, floor: int, bodies: Bodies = NO_BODIES) -> Span | None:
    """Return the body in "Harbour Institute: Ms Jo Doe", None where the words before the colon are none."""
    mark = lead - 1
    if mark <= floor or tokens[mark].text != ":":
        return None
    start = mark
    while (
        start > floor
        and mark - start < 10
        and tokens[start].gap not in ("\t", "\n")
        and tokens[start - 1].text not in {";", "|", ".", ":"}
    ):
        start -= 1
    phrase = tokens[start:mark]
    if not phrase or not phrase[0].is_capital or tuple(token.lower for token in phrase) in role_labels():
        return None
    known = bodies.longest_within(phrase[0].start, phrase[-1].end)
    is_whole = known is not None and known[0] <= phrase[0].start + 4 and known[1] >= phrase[-1].end - 8
    is_acronym_alone = len(phrase) == 1 and is_acronym(phrase[0]) and not find_post(tokens, start, mark)
    return trim_body(tokens, Segment(start, mark, "body"), bodies) if is_whole or is_acronym_alone else None


def _left_run(tokens: Sequence[Token], lead: int, floor: int) -> int:
    """Return where the row of capitalised words and connectors that ends at `lead` starts."""
    index = lead
    while index > floor and lead - index < 24:
        before = tokens[index - 1]
        if index < len(tokens) and tokens[index].gap in "\t\n" and tokens[index].gap:
            break
        if _is_bracketed_acronym(tokens, index - 3, floor):
            index -= 3
            continue
        is_word = before.kind == "word" and (
            before.is_capital
            or (before.lower in post_modifiers() and before.text.islower())
            or any(post_at(tokens, index - n) >= n for n in (1, 2, 3) if index - n >= floor)
        )
        connects = (
            before.lower in CONNECTORS
            and index - 1 > floor
            and before.text != "with"
            and before.lower not in {"by", "with", "from", "between"}
        )
        if is_word or connects or (before.text == "," and index - 2 >= floor and _is_list_comma(tokens, index, lead)):
            index -= 1
        else:
            break
    while index < lead and not (
        tokens[index].is_capital or tokens[index].lower in post_modifiers() or post_at(tokens, index)
    ):
        index += 1
    return index


def _is_bracketed_acronym(tokens: Sequence[Token], start: int, floor: int) -> bool:
    """Whether "(ACR)" stands here behind a capitalised word: inside a post before a name."""
    if start <= floor or tokens[start].text != "(" or tokens[start + 2].text != ")":
        return False
    return is_acronym(tokens[start + 1]) and tokens[start - 1].is_capital


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
    if len(between) == 3 and between[0].text == "(":
        return head  # "Chief of Staff (COS) Jo Doe"
    if not between or between[0].lower in PREPOSITIONS | {"and", "-", "&"}:
        return head
    if len(between) == 1 and between[0].lower in {"emeritus", "emerita", "designate"}:
        return head
    return None


def _left_end(tokens: Sequence[Token], start: int, head: int) -> int:
    """Return where the post with this head noun starts: left over its modifiers and over posts joined by "and"."""
    index = head
    while index > start:
        before = tokens[index - 1]
        if before.lower == "to" and _is_anothers(tokens, index, head):
            break
        if before.kind == "word" and (before.is_capital or before.lower in post_modifiers()):
            if before.lower in _NEVER_IN_POST:
                break
            index -= 1
            continue
        if before.lower == "of" and index - 2 >= start and tokens[index - 2].lower in word_set("organisation_heads"):
            index -= 2  # "House of Councillors member"
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


_NEVER_IN_POST = small_words("never_in_post")


def _is_anothers(tokens: Sequence[Token], start: int, head: int) -> bool:
    """Whether "to" leads to a post of a country's own: "Adviser to | Australian Foreign Minister Jo Doe"."""
    between = tokens[start:head]
    return all(
        token.is_capital and not token.is_all_caps and token.lower not in ARTICLES | CONNECTORS for token in between
    )


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
    if not word.endswith("s") or word.endswith("ss"):
        return False
    singles = {(plain(word[:-1]),)} | ({(plain(word[:-2]),)} if word.endswith("es") else set())
    return bool(singles & (post_heads() | title_posts()))
