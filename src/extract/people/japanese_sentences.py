"""People in Japanese sentences: names, posts and bodies a recogniser saw, joined by what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from extract.people.names import GIVEN
from extract.people.roles import VERB, RoleHint
from extract.people.shown import Presentation
from extract.records import Role
from extract.vocabularies import read_toml

Marked = tuple[int, int, str]
Span = tuple[int, int]
_ENDS = re.compile(r"[、。，．,.（）()「」『』\n：:]")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々ー]")
_LEADS = frozenset({"", "の", " ", "　", "・", "・ "})
_FORMER = "元前"
"""Signs for "former" that belong to the post behind a name."""
_LONGEST_POST = 20
_LONGEST_CLAUSE = 80


def read_sentences(text: str, marked: Sequence[Marked], bodies: Sequence[Span]) -> list[Presentation]:
    """Return the people that a recogniser marked; `marked` holds (start, end, label), both lists in text order."""
    people = [(start, end) for start, end, label in marked if label == "PERSON"]
    posts = [(start, end) for start, end, label in marked if label == "POSITION"]
    found = []
    for index, (start, end) in enumerate(people):
        while start < end and not _JAPANESE.match(text[start]):
            start += 1
        at = bisect_left(bodies, (start + 1,)) - 1
        if end - start < 2 or (at >= 0 and bodies[at][1] >= end):
            continue  # an initial, or a name inside that of a body
        following = people[index + 1][0] if index + 1 < len(people) else len(text)
        post = _post(text, end, posts)
        if post and post[0] == end and text[end - 1] in _FORMER and end - start > 2:
            end, post = end - 1, (end - 1, post[1])
        found.append(
            Presentation(
                name=(start, end),
                strength=GIVEN,
                is_full=end - start > 2,
                post=post,
                organisation=_body(text, start, bodies),
                role=_role(text, post[1] if post else end, following),
                block=text.rfind("\n", 0, start) + 1,
            )
        )
    return found


def _post(text: str, end: int, posts: Sequence[Span]) -> Span | None:
    """Return the post right behind a name, with what belongs to it ("田中一郎 | 欧州局長", "… | 元防衛大臣")."""
    at = bisect_left(posts, (end, end))
    if at >= len(posts) or posts[at][1] - end > _LONGEST_POST or _ENDS.search(text[end : posts[at][1]]):
        return None
    start = end + len(text[end : posts[at][1]]) - len(text[end : posts[at][1]].lstrip(" 　・"))
    return None if "の" in text[end : posts[at][0]] or "が" in text[end : posts[at][0]] else (start, posts[at][1])


def _body(text: str, start: int, bodies: Sequence[Span]) -> Span | None:
    """Return the body right before a name ("外務省の | 田中一郎")."""
    at = bisect_left(bodies, (start, start)) - 1
    return bodies[at] if at >= 0 and text[bodies[at][1] : start] in _LEADS else None


def _role(text: str, start: int, following: int) -> RoleHint | None:
    """Return the role that the rest of the clause says, up to the next name or full stop."""
    end = min(following, start + _LONGEST_CLAUSE)
    stop = text.find("。", start, end)
    clause = text[start : stop if stop >= 0 else end]
    cues: dict[Role, list[str]] = read_toml("roles")["japanese"]
    for role, words in cues.items():
        for word in words:
            if (at := clause.find(word)) >= 0:
                return RoleHint(role, (start + at, start + at + len(word)), VERB)
    return None
