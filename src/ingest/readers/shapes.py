"""What a line of text is by its shape: a heading, a label with its value, a title.  Shared by the readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.document import CELL_SEPARATOR, BlockDraft
from ingest.lexicon import (
    bare,
    is_boilerplate,
    is_generic_title,
    is_section_word,
    opens_with_honorific,
    read_lines,
    read_words,
)
from ingest.readers.lines import starts_with_time

MAX_HEADING = 120
MAX_TITLE = 300
_MAX_LABEL = 40
_MAX_LABELLED_VALUE = 400
_MAX_COLON_WORDS = 7
_MAX_DAY = 80

_LABEL = re.compile(r"[^\W\d_][^:：.;?!,|\t]{0,39}?\s?(?:：|:(?=\s|[\u3040-\u9fff]))\s*")
_JAPANESE_LABEL = re.compile(r"[【\[〔][^】\]〕]{1,12}[】\]〕]\s*(?=\S)")
_ADDRESS = re.compile(r"https?://|www\.|@[\w.]|\w@\w|[\w-]\.(?:com|org|net|gov|int|eu)\b")
_ENDING = re.compile(r"[.;,、。，]$|\.\s*[\"'”’)]$|\.\.\.$|…$")
_SENTENCE_BREAK = re.compile(r"[a-zà-ÿ]{3,}[.!?] +[A-ZÀ-Þ][a-zà-ÿ]* +\w")
_DATE_PART = re.compile(
    r"\d{1,4}(?:st|nd|rd|th|er|[.,º°ª])*|[-–—/,.&]|and|et|und|y|e|en|to|of|de|del|le|the|on|from|at|, |年|月|日"
)
_EVENT_NOUN = re.compile(rf"\b(?:{'|'.join(sorted(read_lines('event_nouns')))})\b", re.IGNORECASE)


def split_label(text: str) -> tuple[str, str] | None:
    """Return (label, value) of "Venue: Old Town Hall" or 日時：9月27日; None where the colon is in a sentence."""
    if len(text) > _MAX_LABEL + _MAX_LABELLED_VALUE:
        return None
    match = _LABEL.match(text) or _JAPANESE_LABEL.match(text)
    if not match or match.end() >= len(text):
        return None
    label = match.group().strip().rstrip(":：").strip()
    words = label.split()
    if _EVENT_NOUN.search(label) and not is_section_word(words[-1]):
        return None  # "Forum on Harbour Safety: Cranes and Crews" is a title, "Conference venue: …" is not
    if len(words) > 4 or not (label[0].isupper() or label[0] >= "\u3000" or label[0] in "【[〔"):
        return None
    value = text[match.end() :]
    is_sentence = len(words) > 2 and value[0].islower() and not value.startswith(("http", "www."))
    return None if is_sentence else (label, value)


def is_label(text: str) -> bool:
    """Tell whether a cell is a label ("Venue:", or "Date" as the lists know it)."""
    stripped = text.strip()
    return len(stripped) <= _MAX_LABEL and (stripped.endswith((":", "：")) or is_section_word(stripped))


def is_date_only(text: str) -> bool:
    """Tell whether the line is a date, or a range of dates, and nothing else."""
    if len(text) > 60 or not any(char.isdigit() for char in text):
        return False
    tokens = re.findall(r"[^\W\d_]+|\d+(?:st|nd|rd|th|er)?|[^\s\w]", text.lower())
    allowed = read_words("month_names") | read_words("weekday_names")
    named = any(token in allowed or token in "年月日" for token in tokens) or re.search(
        r"\b\d{1,2}[./-]\d{1,2}\b", text
    )
    return bool(named) and all(
        token in allowed or _DATE_PART.fullmatch(token) or not token.isalnum() for token in tokens
    )


_DAY = re.compile(r"(?:day|tag|jour|journée|día|giorno|dag)\s+(?:\d{1,2}|one|two|three|i{1,3})\b", re.IGNORECASE)


def is_day(text: str) -> bool:
    """Tell whether the line opens a day of a programme ("Day 2 (5 June)", "Tuesday, 4 June 2024:")."""
    return len(text) <= _MAX_DAY and not starts_with_time(text) and (bool(_DAY.match(text)) or opens_with_date(text))


def is_dateline(text: str) -> bool:
    """Tell whether the line is a date, alone or after a place ("Paris, le 14 mars 2024")."""
    place, comma, rest = text.partition(",")
    return is_date_only(text) or (bool(comma) and 2 <= len(place) <= 30 and is_date_only(rest.strip()))


def opens_with_date(text: str) -> bool:
    """Tell whether the line begins with a day, a date or a time of day."""
    words = [word.strip(".,") for word in text.lower().split()[:3]]
    has_day = any(re.fullmatch(r"\d{1,2}(?:st|nd|rd|th|er)?", word) for word in words)
    if has_day and any(word in read_words("month_names") for word in words):
        return True
    return words[0] in read_words("weekday_names") or starts_with_time(text) or bool(re.match(r"\d{1,4}[./-]\d", text))


def is_heading_like(text: str) -> bool:
    """Tell whether the line could be a heading: short, begun in capitals, not a sentence, date, address or person."""
    if not 2 <= len(text) <= MAX_HEADING or len(text.split()) > 18 or CELL_SEPARATOR in text:
        return False
    first = next((char for char in text if char.isalnum()), "")
    if not first or first.islower() or sum(char.isalpha() for char in text) < 2:
        return False
    if text.endswith((":", "：")) and len(text.split()) > _MAX_COLON_WORDS:  # "… covers many areas, including:"
        return False
    if is_section_word(text):
        return True
    if _ENDING.search(text) or _SENTENCE_BREAK.search(text) or _ADDRESS.search(text) or text.startswith(("#", "@")):
        return False
    if text.count(",") > 1 or opens_with_honorific(text) or is_boilerplate(text):
        return False
    return not (opens_with_date(text) or is_dateline(text) or split_label(text))


def choose_title(drafts: Sequence[BlockDraft], declared: str | None = None) -> tuple[str | None, list[BlockDraft]]:
    """Return (title, blocks): the first line that can be the document's title becomes its title block.

    A kicker over it ("CYBER SERIES", "Policy Council") stays a heading.  None where the text opens with a date,
    a paragraph or a row: no title is better than a wrong one.
    """
    result = list(drafts)
    if any(draft.kind == "title" for draft in drafts):
        return next(draft.text for draft in drafts if draft.kind == "title"), result
    candidates = _opening_lines(drafts)
    if not candidates:
        return declared, result
    index = candidates[0]
    if len(candidates) > 1 and _is_kicker(drafts[candidates[0]].text, drafts[candidates[1]].text):
        index = candidates[1]
    result[index] = replace(drafts[index], kind="title", level=None)
    return drafts[index].text, result


def _opening_lines(drafts: Sequence[BlockDraft]) -> list[int]:
    found: list[int] = []
    for index, draft in enumerate(drafts[:6]):
        if not draft.is_main or is_generic_title(draft.text) or (not found and _is_date_badge(draft.text)):
            continue
        if not _can_be_title(draft, first=not found, followed=index + 1 < len(drafts)):
            break
        found.append(index)
    return found[:2]


def _can_be_title(draft: BlockDraft, *, first: bool, followed: bool) -> bool:
    if not followed or is_section_word(draft.text):
        return False
    if draft.kind == "heading":
        return True
    if draft.kind not in ("paragraph", "key_value") or not first or len(draft.text) > MAX_TITLE:
        return False
    text = draft.text
    if text.count(",") > 1 and len(text) < MAX_HEADING:  # "Ministry of …, Bureau of …, Office of …"
        return False
    plain = not (_ENDING.search(text) or _SENTENCE_BREAK.search(text) or _ADDRESS.search(text))
    label = split_label(text)
    if label and (is_section_word(label[0]) or len(label[1]) < 12):
        return False
    return plain and not text[0].islower() and not _is_date_badge(text) and not opens_with_date(text)


def _is_date_badge(text: str) -> bool:
    """Pages set the date apart as a badge over the title: "2022", "September", "29"."""
    return text.strip(" .").isdigit() or bare(text) in read_words("month_names") or is_dateline(text)


def _is_kicker(first: str, second: str) -> bool:
    capitals = sum(char.isupper() for char in first) / max(sum(char.isalpha() for char in first), 1)
    second_capitals = sum(char.isupper() for char in second) / max(sum(char.isalpha() for char in second), 1)
    if capitals > 0.7 and second_capitals < 0.5 and not _EVENT_NOUN.search(first):
        return True
    return len(first.split()) <= 4 and bool(_EVENT_NOUN.search(second)) and not _EVENT_NOUN.search(first)


# --- titles of pages -------------------------------------------------------------------------------------------------

_MAX_TITLE_DEPTH = 60


def choose_page_title(drafts: Sequence[BlockDraft], head_title: str | None) -> tuple[str | None, list[BlockDraft]]:
    """Return (title, blocks) of a page: the visible heading that the page's <title> repeats, else its first h1.

    Without such a heading the <title> serves, as it is not part of the text no block is marked.
    """
    result = list(drafts)
    headings = [
        i for i, d in enumerate(drafts[:_MAX_TITLE_DEPTH]) if d.kind == "heading" and (d.level or 9) <= 3 and d.is_main
    ]
    repeated = [i for i in headings if head_title and _repeats(head_title, drafts[i].text)]
    first_level = [i for i in headings if drafts[i].level == 1 and not is_generic_title(drafts[i].text)]
    choice = next(iter([i for i in repeated if i in first_level] + repeated + first_level), None)
    if choice is None:
        if head_title:
            return head_title, result
        return choose_title(drafts)
    result[choice] = replace(drafts[choice], kind="title", level=None)
    return drafts[choice].text, result


def _repeats(head_title: str, heading: str) -> bool:
    """The heading opens the <title> or is all of it; a site's name at its end does not count."""
    head, line = " ".join(head_title.lower().split()), " ".join(heading.lower().split())
    return len(line) >= 8 and (head.startswith(line) or line.startswith(head))
