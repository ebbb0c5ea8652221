"""Features by which the type of a document is told: cue words (vocabularies/document_types.toml), layout, dates."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib import resources
from math import log1p
from pathlib import Path

from models.features import TITLE_KINDS, BlockLike
from models.lexicon import CJK, WORD
from models.tenses import count_tenses

VERSION = 3  # raised when a feature is computed otherwise: weights learned before are refused
DOC_TYPES = ("announcement", "report", "profile", "other")
VOCABULARY = Path(str(resources.files("models"))) / "vocabularies" / "document_types.toml"
BODY_CUES = ("future", "past", "invitation", "agenda", "overview", "aside", "off")
TITLE_CUES = ("report_title", "announcement_title", "overview", "aside", "off")
TYPE_FEATURES = (
    *(f"{cue}_density" for cue in BODY_CUES),
    *(f"{cue}_share" for cue in BODY_CUES),
    *(f"title_{cue}" for cue in TITLE_CUES),
    "future_over_past",
    "past_tense",
    "present_tense",
    "past_over_present",
    "clock_times",
    "times_at_line_start",
    "full_dates",
    "years",
    "years_span",
    "first_person",
    "list_share",
    "event_after_publication",
    "event_before_publication",
)
CLOCK = re.compile(
    r"\b\d{1,2}(?:[:.]\d{2}(?![.\d])\s?(?:[ap]\.?m\b|h\b)?|\s?[ap]\.?m\b)|\b\d{1,2}\s?h\s?\d{2}\b|\d{1,2}時",
    re.IGNORECASE,
)
LINE_TIME = re.compile(r"^[ \t•\-–*|]*\d{1,2}[:.h]\d{2}\b(?![.]\d)", re.MULTILINE)
MONTH = (
    r"(?:jan|feb|fév|mar|mär|apr|avr|abr|may|mai|jun|juin|jul|juil|aug|août|ago|sep|oct|okt|ott|nov|dec|déc|dez|dic|ene|gen|"
    r"mag|giu|lug|set|mei|mrt|maa)[a-zéûä]*\.?"
)
FULL_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?:\s?(?:[-–]|and|to)\s?\d{{1,2}}(?:st|nd|rd|th)?)?,?\s(?:of\s|de\s)?{MONTH}|"
    rf"\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b|\d{{1,2}}月\d{{1,2}}日|"
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b|\b(?:19|20)\d\d[/-]\d{1,2}[/-]\d{1,2}\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"\b(?:19[4-9]\d|20[0-4]\d)\b")
FIRST_PERSON = re.compile(r"\b(?:we|our|us|wir|unser\w*|nous|notre|nosotros|nuestr\w+)\b", re.IGNORECASE)
LIST_LINE = re.compile(r"^[ \t]*(?:[•\-–*▪·]|\d{1,2}[.:)])\s?\S", re.MULTILINE)
TOKEN = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
LONGEST_TITLE = 160  # characters


def type_features(
    text: str,
    blocks: Iterable[BlockLike] = (),
    title: str | None = None,
    published: date | None = None,
    event: date | None = None,
) -> list[float]:
    """One value for each of TYPE_FEATURES."""
    main = [b for b in blocks if getattr(b, "is_main", True) and b.kind != "footer"]
    body = "\n".join(text[b.start : b.end] for b in main) if main else text
    heading = title or _first_title(text, main) or _first_line(body)
    words = sum(1 for _ in WORD.finditer(body)) if not CJK.search(body) else len(body) // 2
    per_100 = 100 / max(words, 50)
    found, found_title = find_cues(body), find_cues(heading)
    cues = 3 + sum(found[cue].total() for cue in BODY_CUES)  # 3: a single word decides nothing
    was, now = count_tenses(body)
    years = [int(y) for y in YEAR.findall(body)]
    lines = body.count("\n") + 1
    return [
        *(log1p(found[cue].total() * per_100) for cue in BODY_CUES),
        *(found[cue].total() / cues for cue in BODY_CUES),
        *(float(cue in found_title) for cue in TITLE_CUES),
        log1p(found["future"].total()) - log1p(found["past"].total()),
        log1p(was * per_100),
        log1p(now * per_100),
        log1p(was) - log1p(now),
        log1p(len(CLOCK.findall(body))),
        log1p(len(LINE_TIME.findall(body))),
        log1p(len(FULL_DATE.findall(body)) * per_100),
        log1p(len(set(years)) * per_100),
        log1p(max(years) - min(years)) if years else 0.0,
        log1p(len(FIRST_PERSON.findall(body)) * per_100),
        len(LIST_LINE.findall(body)) / lines,
        float(bool(published and event and event > published)),
        float(bool(published and event and event <= published)),
    ]


def _first_line(body: str) -> str:
    """The first line when it is short enough for a title; a paragraph is none."""
    line = body.lstrip().split("\n", 1)[0]
    return line if len(line) <= LONGEST_TITLE and not line.endswith(".") else ""


def _first_title(text: str, blocks: list[BlockLike]) -> str | None:
    return next((text[b.start : b.end] for b in blocks if b.kind in TITLE_KINDS), None)


@lru_cache(maxsize=1)
def _phrases() -> tuple[dict[str, list[tuple[tuple[str, ...], str]]], tuple[tuple[str, str], ...]]:
    """Word phrases by their first word, with the cue they stand for, and Japanese (phrase, cue)."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    japanese = []
    for cue, by_language in tomllib.loads(VOCABULARY.read_text(encoding="utf-8")).items():
        for language, phrases in by_language.items():
            for phrase in phrases:
                if language == "ja":
                    japanese.append((phrase, cue))
                else:
                    words = tuple(phrase.lower().replace("*", "").split())
                    by_first[words[0]].append((words, cue))
    return dict(by_first), tuple(japanese)


def find_cues(text: str) -> dict[str, Counter[str]]:
    """How often each phrase of each cue stands in the text."""
    by_first, japanese = _phrases()
    found: dict[str, Counter[str]] = defaultdict(Counter)
    words = TOKEN.findall(text.lower())
    for i, word in enumerate(words):
        for phrase, cue in by_first.get(word, ()):
            if len(phrase) == 1 or tuple(words[i : i + len(phrase)]) == phrase:
                found[cue][" ".join(phrase)] += 1
    if CJK.search(text):
        for term, cue in japanese:
            if term in text:
                found[cue][term] += text.count(term)
    return found
