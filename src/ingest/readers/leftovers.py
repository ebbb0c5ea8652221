"""What pages leave behind in their text: stylesheet and script lines go, page furniture stays but is not main."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import BlockDraft
from ingest.lexicon import is_boilerplate, is_tail_heading

_PROPERTY = re.compile(r"\s*(?:--|-)?[a-z][a-z-]{1,40}\s*")
_CSS_OPEN = re.compile(r"\s*[.#@a-z*\[][^{}]{0,200}\{\s*")
_CSS_DECLARATION = re.compile(r"\s*(?:--)?[a-z-]{2,40}\s*:\s*[^:{}]{1,200};\s*(?:\}\s*)?")
_SCRIPT = re.compile(
    r"\s*(?:(?:var|let|const)\s+[\w$]+\s*=|(?:window|document|jQuery|gtag|dataLayer|_gaq|fbq|ga)\s*[.(\[]|\$\(|"
    r"(?:async\s+)?function\s*[\w$]*\s*\(|\(function\s*\(|\}\)\(|/\*\s*<!\[CDATA\[|<!\[CDATA\[|//\s*\]\]>|"
    r"\{\s*\"@context\"|try\s*\{|if\s*\([^)]{1,200}\)\s*\{|return\s+[\w.$(]+[^.]*;\s*$|import\s+.{1,80}\s+from\s+['\"])"
)
_COUNTER = re.compile(
    r"(?:image|photo|picture|slide|bild|foto|immagine)\s\d+\s?(?:of|von|de|di|sur|/)\s?\d+", re.IGNORECASE
)
_MARKUP = re.compile(r"\s*<(?:img|iframe|script|div|a|span)\s[^<>]{1,500}=")
_TEMPLATE = re.compile(r"\s*(?:\{[*%{#][^{}]{0,200}[*%}#]\}\s*)+")
_BLOCK_END = re.compile(r"\s*[\]})]+\s*[;,)]*\s*")
_MAX_CODE_BLOCK = 200
_PATH = re.compile(r"(?:home|start|startseite|accueil|inicio|you are here:?|sie sind hier:?)\s*[>»›/|]", re.IGNORECASE)


def drop_code_lines(text: str) -> tuple[str, int]:
    """Return (text, dropped): the text without lines that are stylesheet rules or script statements."""
    if "{" not in text and ";" not in text and "<" not in text:
        return text, 0
    kept: list[str] = []
    dropped = depth = inside = 0
    for line in text.split("\n"):
        code = _is_code(line) or (depth > 0 and inside < _MAX_CODE_BLOCK and _is_inner_code(line))
        if code:
            depth = max(depth + line.count("{") - line.count("}"), 0)
            inside = inside + 1 if depth else 0
            dropped += 1
        else:
            if line.strip():
                depth = inside = 0
            kept.append(line)
    return ("\n".join(kept), dropped) if dropped else (text, 0)


def _is_code(line: str) -> bool:
    if "{" not in line and "(" not in line and "=" not in line and "]]" not in line:
        return False
    if len(line) > 20_000:
        return line.count("{") + line.count(";") > len(line) / 100
    stripped = line.strip()
    if _SCRIPT.match(stripped) or _TEMPLATE.fullmatch(stripped) or _MARKUP.match(stripped):
        return True
    if "{" not in stripped:
        return False
    return _is_css_rules(stripped) or bool(_CSS_OPEN.fullmatch(stripped) and not stripped.startswith("{{"))


def _is_css_rules(line: str) -> bool:
    """Tell whether the line is stylesheet rules and nothing else ("a { color: red; } b { top: 0 }")."""
    for rule in line.split("}"):
        if not rule.strip():
            continue
        selector, brace, declarations = rule.rpartition("{")
        if not brace or not selector.strip() or not all(map(_is_declaration, declarations.split(";"))):
            return False
    return line.rstrip().endswith("}")


def _is_declaration(text: str) -> bool:
    name, colon, value = text.partition(":")
    return not text.strip() or (bool(colon) and bool(_PROPERTY.fullmatch(name)) and bool(value.strip()))


def _is_inner_code(line: str) -> bool:
    return (
        not line.strip()
        or bool(_CSS_DECLARATION.fullmatch(line) or _BLOCK_END.fullmatch(line))
        or line.rstrip().endswith((";", "{"))
    )


_MENU = 3
_DATED = re.compile(r"\d{1,2}[:.h]\d\d|\b(?:19|20)\d\d\b")
_SHORT_TAIL = 160
_MIN_REPEAT = 80
"""Letters of a sentence that nobody writes twice; a speaker with post and house may well stand under two sessions."""


def mark_boilerplate(drafts: Sequence[BlockDraft]) -> list[BlockDraft]:
    """Flag page furniture, and the tail of links to other pages that a "Related posts" heading opens."""
    result = [replace(draft, is_main=False) if _is_furniture(draft.text) else draft for draft in drafts]
    index = 1
    while index < len(result):
        if is_tail_heading(result[index].text) and result[index].kind != "list_item":
            stop = _tail_end(result, index)
            result[index:stop] = [replace(draft, is_main=False) for draft in result[index:stop]]
            index = stop
        else:
            index += 1
    return result


def _is_furniture(text: str) -> bool:
    return is_boilerplate(text) or bool(_PATH.match(text) or _COUNTER.fullmatch(text))


def mark_above_title(drafts: Sequence[BlockDraft]) -> list[BlockDraft]:
    """Flag lists above the title that hold no date or time: menus and headlines of the site."""
    top = next((index for index, draft in enumerate(drafts) if draft.kind == "title"), 0)
    result = list(drafts)
    start = 0
    for index in range(top + 1):
        if index < top and drafts[index].kind == "list_item":
            continue
        if index - start >= _MENU and not any(_DATED.search(draft.text) for draft in drafts[start:index]):
            result[start:index] = [replace(draft, is_main=False) for draft in drafts[start:index]]
        start = index + 1
    return result


def mark_repeats(drafts: Sequence[BlockDraft]) -> list[BlockDraft]:
    """Flag sentences that a page holds twice, for wide and narrow screens or beside a picture."""
    seen: set[str] = set()
    result: list[BlockDraft] = []
    for draft in drafts:
        is_sentence = len(draft.text) >= _MIN_REPEAT and draft.text.endswith((".", ")", "。")) and draft.is_main
        result.append(replace(draft, is_main=False) if is_sentence and draft.text in seen else draft)
        if is_sentence:
            seen.add(draft.text)
    return result


def _tail_end(drafts: Sequence[BlockDraft], start: int) -> int:
    """Return where the tail ends: at the next real section or the first block too long to be a link."""
    level = drafts[start].level or 9
    for index in range(start + 1, len(drafts)):
        draft = drafts[index]
        is_sentence = len(draft.text) > _SHORT_TAIL / 2 and draft.text.endswith(".") and draft.kind == "paragraph"
        if len(draft.text) > _SHORT_TAIL or is_sentence:
            return index
        is_section = draft.kind == "heading" and (draft.level or 9) <= level
        if is_section and index > start + 1 and _has_long_text(drafts, index):
            return index
    return len(drafts)


def _has_long_text(drafts: Sequence[BlockDraft], start: int) -> bool:
    return any(len(draft.text) > _SHORT_TAIL for draft in drafts[start + 1 : start + 4])
