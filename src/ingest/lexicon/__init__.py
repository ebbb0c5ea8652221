"""The word lists of this folder: plain files a researcher can edit, read once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_SERIAL = re.compile(r"[\s(]*(?:no|nr|n|#)?[.°º]?\s*\d[\d/.–-]*\)?$")
_HERE = Path(__file__).parent


@cache
def read_lines(name: str) -> frozenset[str]:
    """Return the entries of NAME.txt: one a line, "#" starts a comment line."""
    lines = (_HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def read_words(name: str) -> frozenset[str]:
    """Return the words of NAME.txt, where a line may hold several."""
    return frozenset(word for line in read_lines(name) for word in line.split())


def word_set(words: str) -> frozenset[str]:
    """Return the blank-separated words as a set."""
    return frozenset(words.split())


@cache
def _honorific() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(read_lines('honorifics'))))})\b\.?\s")


def opens_with_honorific(text: str) -> bool:
    """Tell whether a line opens with what stands before a name ("Prof. Ada Holm")."""
    return _honorific().match(text) is not None


def bare(text: str) -> str:
    """Return a short line as the lists write it: lower case, no closing punctuation."""
    return text.strip(" \t:：.…»›>→|-–—!*#").lower()


def is_section_word(text: str) -> bool:
    """Tell whether the line is one of the headings announcements use ("Speakers", "Programme:", 日時)."""
    return len(text) <= 60 and bare(text) in read_lines("section_words")


def is_label_word(text: str) -> bool:
    """Tell whether the line is the label of one fact ("Where", "Uhrzeit:"), its value standing below."""
    return len(text) <= 30 and bare(text) in read_lines("label_words")


def is_column_head(text: str) -> bool:
    """Tell whether a cell names its column ("Name", "Organisation", 所属)."""
    return len(text) <= 40 and any(bare(part) in read_lines("column_heads") for part in (text, *text.split("/")))


def is_generic_title(text: str) -> bool:
    """Tell whether a first line names a kind of page or a status, not the event ("Programme", "Postponed")."""
    return len(text) <= 60 and _SERIAL.sub("", bare(text)) in read_lines("generic_titles")


def is_boilerplate(text: str) -> bool:
    """Tell whether the line is page furniture: as a whole ("Sign in") or by its opening ("We use cookies …")."""
    line = bare(text)
    if len(text) <= 60 and line in read_lines("boilerplate_lines"):
        return True
    return len(text) <= 300 and line.startswith(_openings())


@cache
def _openings() -> tuple[str, ...]:
    return tuple(sorted(read_lines("boilerplate_openings")))


def is_tail_heading(text: str) -> bool:
    """Tell whether the line opens a part about other pages ("Related posts")."""
    return len(text) <= 60 and bare(text) in read_lines("tail_headings")
