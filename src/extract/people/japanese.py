"""Names in Chinese characters: beside a romanised name, and in Japanese text by surname, post and layout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from extract.people.japanese_names import JapaneseName, find_japanese_names
from extract.people.names import GIVEN, Name
from extract.people.roles import DEFAULT, PRESENTED, TRIGGER, VERB, RoleHint
from extract.people.shown import Context, Presentation
from extract.people.tokens import Token
from extract.records import Role
from extract.vocabularies import read_toml

Span = tuple[int, int]

_KANJI = re.compile(r"[\u4e00-\u9fff々]+")
_TITLE_AFTER = re.compile(r"[ 　]?(?:氏|さん|先生|様)")
_BRACKET = re.compile(r"[ 　]?[（(]([^（）()]{2,60})[）)]")
_BEHIND = re.compile(r"[ 　]?(?P<words>[\u4e00-\u9fff々ァ-ヴー・A-Z]{2,40})")
_BODY = re.compile(
    r"(?P<body>.*(?:大学院|大学|研究所|研究センター|センター|省|庁|機構|財団|協会|委員会|議会|学会|学院|カレッジ|新聞|大使館|代表部|会社|銀行|本部|連合|事務局|自衛隊|内閣府|外務本省))"
)
_ACRONYM = re.compile(r"(?P<body>[A-Z]{2,}[A-Za-z0-9&]*(?:-[A-Z][A-Za-z0-9]+)*)")
_LABEL = re.compile(r"^\W*(?P<label>[^：:]{1,12})[：:][ 　]*$")
_SEVERAL = re.compile(r"[、，,／/;；]|兼")
_JOINTS = frozenset({"", "と", "、", "，", ",", "及び", "および", "並びに", "ならびに", "・"})
"""What may stand between two people of whom one thing is said."""
_LABEL_REACH = 12
_LONGEST_CLAUSE = 120


def is_kanji(token: Token) -> bool:
    return bool(_KANJI.match(token.text))


def native_form(tokens: Sequence[Token], name: Name) -> tuple[Span | None, int]:
    """Return (the name in Chinese characters set beside a romanised one, token after both)."""
    start, last = name.lead, name.last
    if last < len(tokens) and tokens[last].text == ")" and start and tokens[start - 1].text == "(":
        first = start - 1
        while first and is_kanji(tokens[first - 1]) and start - first < 4:
            first -= 1
        if first < start - 1:
            return (tokens[first].start, tokens[start - 2].end), last + 1
    if last + 2 < len(tokens) and tokens[last].text == "(" and is_kanji(tokens[last + 1]):
        close = next((i for i in range(last + 1, min(last + 5, len(tokens))) if tokens[i].text == ")"), None)
        if close and all(is_kanji(token) for token in tokens[last + 1 : close]):
            return (tokens[last + 1].start, tokens[close - 1].end), close + 1
    return None, last


@dataclass(frozen=True, slots=True)
class _Shown:
    """A name with what stands beside it; `end` is where that ends."""

    name: Span
    end: int
    post: Span | None = None
    body: Span | None = None


def read_japanese(text: str, offset: int, context: Context) -> list[Presentation]:
    """Return the people of a block of Japanese: a name with a post or body behind it, in brackets or not."""
    if not _KANJI.search(text):
        return []
    shown: list[_Shown] = []
    for readings in find_japanese_names(text):
        if shown and readings[0].start < shown[-1].end:
            continue
        person = next((found for reading in readings if (found := _beside(text, reading, context))), None)
        if person:
            shown.append(person)
    roles = _roles(text, shown, context)
    return [_presentation(person, role, offset, context) for person, role in zip(shown, roles, strict=True)]


def _presentation(person: _Shown, role: RoleHint | None, offset: int, context: Context) -> Presentation:
    if role and role.span and role is not context.heading:
        role = replace(role, span=_moved(role.span, offset))
    post = _moved(person.post, offset) if person.post else None
    body = _moved(person.body, offset) if person.body else None
    return Presentation(_moved(person.name, offset), GIVEN, True, post, None, body, role, block=offset)


def _moved(span: Span, offset: int) -> Span:
    return span[0] + offset, span[1] + offset


def _beside(text: str, name: JapaneseName, context: Context) -> _Shown | None:
    """Read what stands behind a name; None where nothing tells that it is one."""
    span = (name.start, name.end)
    if bracket := _BRACKET.match(text, name.end):
        post, body = _post_and_body(bracket.group(1), bracket.start(1))
        return _Shown(span, bracket.end(), post, body) if post or (body and name.is_known) else None
    if not name.is_known:
        return None
    if title := _TITLE_AFTER.match(text, name.end):
        return _Shown(span, title.end())
    behind = _BEHIND.match(text, name.end)
    if behind and behind.group():
        words = behind.group("words")
        post, body = _post_and_body(words, behind.start("words"))
        return _Shown(span, behind.end("words"), post, body) if post else None
    is_labelled = _LABEL.match(text[: name.start]) is not None and name.end == len(text.rstrip())
    return _Shown(span, name.end) if is_labelled and _role_of(text[: name.start].strip(" 　:：")) else None


def _roles(text: str, shown: list[_Shown], context: Context) -> list[RoleHint | None]:
    """Return the role of each: said right before, or by the clause behind the last of those who are joined."""
    roles: list[RoleHint | None] = []
    for index, person in enumerate(shown):
        start = shown[index - 1].end if index else 0
        between = text[start : person.name[0]]
        role = _cue(text, max(start, person.name[0] - _LABEL_REACH), person.name[0], TRIGGER)
        roles.append(role or (roles[-1] if index and between.strip(" 　") in _JOINTS else None))
    for index in range(len(shown) - 1, -1, -1):
        if roles[index] is None:
            is_joined = (
                index + 1 < len(shown) and text[shown[index].end : shown[index + 1].name[0]].strip(" 　") in _JOINTS
            )
            following = shown[index + 1].name[0] if index + 1 < len(shown) else len(text)
            roles[index] = (
                roles[index + 1]
                if is_joined
                else _cue(text, shown[index].end, _clause_end(text, shown[index].end, following), VERB)
            )
    default = RoleHint("speaker", None, DEFAULT if context.in_programme else PRESENTED)
    is_default = context.in_programme or context.is_event
    return [
        role or context.heading or (default if is_default and (p.post or p.body) else None)
        for role, p in zip(roles, shown, strict=True)
    ]


def _clause_end(text: str, start: int, following: int) -> int:
    stop = text.find("。", start, min(following, start + _LONGEST_CLAUSE))
    return stop if stop >= 0 else min(following, start + _LONGEST_CLAUSE)


def _cue(text: str, start: int, end: int, score: float) -> RoleHint | None:
    """Return the role that a stretch of text says ("モデレーターは", "が基調講演を行った")."""
    stretch = text[start:end]
    cut = max(stretch.rfind("。"), stretch.rfind("\n")) + 1 if score == TRIGGER else 0
    cues: dict[Role, list[str]] = read_toml("roles")["japanese"]
    for role, words in cues.items():
        for word in words:
            if (at := stretch.find(word, cut)) >= 0:
                return RoleHint(role, (start + at, start + at + len(word)), score)
    return None


def _role_of(label: str) -> Role | None:
    for role, words in read_toml("roles")["labels"].items():
        if label in words:
            return role  # type: ignore[no-any-return]
    return None


def _post_and_body(remark: str, offset: int) -> tuple[Span | None, Span | None]:
    """Split "外務省欧州局長" into body and post; of several posts the first is meant."""
    remark = _SEVERAL.split(remark)[0].rstrip().removesuffix("等")
    for at in (match.start() for match in re.finditer("・", remark)):
        if remark[:at].endswith(_posts()):
            remark = remark[:at]
            break
    ending = next((post for post in _posts() if remark.endswith(post)), "")
    head = remark[: len(remark) - len(ending)]
    match = _ACRONYM.match(head) or _BODY.match(head) or (None if ending else _BODY.match(remark))
    split = match.end("body") if match else 0
    while split < len(remark) and remark[split] in " 　":
        split += 1
    post = (offset + split, offset + len(remark)) if ending else None
    body = (offset, offset + match.end("body")) if match else None
    return post, body


@lru_cache(maxsize=1)
def _posts() -> tuple[str, ...]:
    return tuple(sorted(read_toml("posts")["heads"]["ja"], key=len, reverse=True))
