"""Names in Chinese characters: beside a romanised name, and in Japanese text by surname, post and layout."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.people.lexicon import japanese_surnames_kanji
from extract.people.names import GIVEN, Name
from extract.people.roles import DEFAULT, LABEL, RoleHint
from extract.people.shown import Context, Presentation
from extract.people.tokens import Token
from extract.records import Role
from extract.vocabularies import read_toml

Span = tuple[int, int]

_KANJI = re.compile(r"[\u4e00-\u9fff々]+")
_NAME = re.compile(
    r"(?<![\u3040-\u30ff\u4e00-\u9fff々])[\u4e00-\u9fff々]{1,3}[ 　]?[\u4e00-\u9fff々\u3040-\u309f]{1,3}"
)
_TITLE_AFTER = re.compile(r"[ 　]?(?:氏|さん|先生|様)")
_BRACKET = re.compile(r"[ 　]?[（(]([^（）()]{2,60})[）)]")
_BODY = re.compile(
    r"(?P<body>.*(?:大学院|大学|研究所|研究センター|センター|省|庁|機構|財団|協会|委員会|議会|学会|新聞|大使館|代表部|会社|銀行|本部|連合|事務局|自衛隊))(?P<post>.*)"
)
_LABEL = re.compile(r"^\W*(?P<label>[^：:]{1,12})[：:]")


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


def read_japanese(text: str, offset: int, context: Context) -> list[Presentation]:
    """Return the people of a line of Japanese: a known surname with a post in brackets, a title, or a label."""
    if not _KANJI.search(text):
        return []
    label = _LABEL.match(text)
    role = _role_of(label.group("label").strip()) if label else None
    found: list[Presentation] = []
    for match in _NAME.finditer(text):
        end = _end_of_name(match.group())
        if not end:
            continue
        start, stop = match.start(), match.start() + end
        bracket = _BRACKET.match(text, stop)
        title = _TITLE_AFTER.match(text, stop)
        if not (bracket or title or (role and label and label.end() == match.start())):
            continue
        post, body = _post_and_body(bracket.group(1), offset + bracket.start(1)) if bracket else (None, None)
        if bracket and not (post or body):
            continue
        hint = (
            RoleHint(role, (offset + label.start("label"), offset + label.end("label")), LABEL)
            if role and label
            else context.heading
        )
        if hint is None and context.in_programme:
            hint = RoleHint("speaker", None, DEFAULT)
        found.append(Presentation((offset + start, offset + stop), GIVEN, True, post, None, body, hint, block=offset))
    return found


def _end_of_name(word: str) -> int:
    """Return how many characters of a word are a name: a known surname and one to three more; 0 where none is."""
    for length in (3, 2, 1):
        rest = word[length:].lstrip(" 　")
        if word[:length] in japanese_surnames_kanji() and 1 <= len(rest) <= 3 and len(word) >= 3:
            return len(word)
    return 0


def _role_of(label: str) -> Role | None:
    for role, words in read_toml("roles")["labels"].items():
        if label in words:
            return role  # type: ignore[no-any-return]
    return None


def _post_and_body(remark: str, offset: int) -> tuple[Span | None, Span | None]:
    """Split "外務省欧州局長" into body and post by the ending of the body's name."""
    remark = remark.split("、")[0].rstrip()
    posts = sorted(read_toml("posts")["heads"]["ja"], key=len, reverse=True)
    ending = next((post for post in posts if remark.endswith(post)), None)
    match = _BODY.match(remark)
    if match and match.group("body"):
        split = match.end("body")
        post = (offset + split, offset + len(remark)) if ending and split < len(remark) else None
        return post, (offset, offset + split)
    if ending:
        return (offset, offset + len(remark)), None
    return None, None
