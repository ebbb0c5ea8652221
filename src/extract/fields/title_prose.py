"""Event names in sentences: "a conference on X at …", a quoted name, the name a headline speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.event_names import event_names, kind_pattern
from extract.fields.layout_lines import is_prose, lines_of
from extract.fields.title_cleaning import OUTER_QUOTES, Title, fold_words, make_title
from extract.fields.venue_parts import as_city
from extract.found import Found, found
from ingest.document import Document

_NAME_ENDS = re.compile(
    r"\.(?=\s|$)|;|\n\n|\s(?:at|in|im|en|à|am|te) (?:the |la |le |der |den |el )?(?=[A-Z])|\s(?:on|am|le|el|il|op) (?=\d|[A-Z][a-z]+day|"  # noqa: E501
    r"[A-Z][a-z]+ \d)|,? (?:which|that|who|will be|was|were|is|has|took|takes|held|organi[sz]ed|hosted|to be|from \d)\b|, (?=\d)"  # noqa: E501
)


QUOTES = re.compile(r"[“„«]([^”“»]{6,200})[”“»]|\"([^\"]{6,200})\"")


def named_in_lead(doc: Doc, headline: str) -> Title | None:
    """Return the capitalised event name of the first sentences that shares most words with the headline."""
    working_set = found(doc)
    text = working_set.document.text
    wanted = set(fold_words(headline).split())
    kinds = [kind[0].casefold() for kind in kind_pattern().finditer(headline)]
    best: tuple[float, int, int] | None = None
    for begin, stop in lead_paragraphs(working_set.document):
        for name in event_names(doc, begin, stop):
            words = fold_words(text[name[0] : name[1]]).split()
            shared = sum(word in wanted for word in words) / len(words)
            is_same_kind = bool(kinds) and words[-1] == kinds[-1]
            rank = (shared + min(len(words), 8) / 20 + 0.5 * is_same_kind, name[0], name[1])
            is_candidate = shared >= 0.5 or _is_occasion(text, name[0], begin)
            if is_candidate and (best is None or rank[0] > best[0]):
                best = rank
    return make_title(working_set, best[1], best[2], 0.75, "named") if best else None


_OCCASION = re.compile(
    r"\b(?:for|at|during|attend|attends|attended|host|hosts|hosted|hold|held|holds|convene|convened|join|joined|opened|open)"
    r"\s+(?:the|a|an|its|their|our)\s+(?:\w+\s+)?$"
)


def _is_occasion(text: str, position: int, start: int) -> bool:
    """ "… will welcome leaders for the second Harbour Summit": the words before say that one meets there."""
    return _OCCASION.search(text[max(position - 40, start) : position]) is not None


def lead_paragraphs(document: Document) -> list[tuple[int, int]]:
    """Return the spans of the first paragraphs of prose."""
    spans = [(line.start, line.end) for line in lines_of(document) if line.is_main and is_prose(line)]
    return spans[:6]


@lru_cache(maxsize=1)
def _subject_pattern() -> re.Pattern[str]:
    """ "conference on X", "seminar entitled X", "workshop about X": where a name begins in a sentence."""
    return re.compile(
        r"\s+(?:on the topic of|on the theme of|on the subject of|under the title|under the theme|with the title|"
        r"entitled|titled|called|named|on|about|intitulée?|sur|zum Thema|mit dem Titel|titulad[oa]|sobre|intitolat[oa]|"
        r"dal titolo|getiteld|over)[:\s]+"
    )


def name_in_prose(doc: Doc, spans: list[tuple[int, int]]) -> Title | None:
    """Find "a conference on X at …" or a quoted name beside a word for an event, in the first paragraphs."""
    working_set = found(doc)
    for start, end in spans:
        for begin, stop, score in _prose_names(working_set, start, end):
            title = make_title(working_set, begin, stop, score, "quoted" if score > 0.75 else "sentence")
            if title and 2 <= len(title.text.split()) <= 25:
                return title
    return None


def _prose_names(working_set: Found, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    text = working_set.document.text
    kinds = list(kind_pattern().finditer(text, start, end))
    for match in QUOTES.finditer(text, start, end):
        if any(
            kind.end() - 1 <= match.start() <= kind.end() + 40 or 0 <= kind.start() - match.end() <= 3 for kind in kinds
        ):
            yield match.start(), match.end(), 0.8
    for kind in kinds:
        subject = _subject_pattern().match(text, kind.end(), end)
        if not subject or not _opens_name(text, subject.end(), subject[0].strip(" :")):
            continue
        ends = (match.start() for match in _NAME_ENDS.finditer(text, subject.end(), end) if _is_end(text, match))
        yield subject.end(), next(ends, end), 0.7


def _is_end(text: str, match: re.Match[str]) -> bool:
    """A name goes on over "in Asia" and ends before "in Malmö": a city is where the event was."""
    if not re.match(r"\s(?:in|en|à)\s", match[0]):
        return True
    place = re.match(r"[\w’'-]+(?:\s[A-Z][\w’'-]+)?", text[match.end() : match.end() + 40])
    words = place[0].split() if place else []
    return any(as_city(" ".join(words[:size])) is not None for size in range(1, len(words) + 1))


def _opens_name(text: str, position: int, word: str) -> bool:
    """A name opens with a capital or a quote; after a bare "on" a date does not."""
    rest = text[position : position + 30]
    if not rest or not (rest[0].isupper() or rest[0] in OUTER_QUOTES):
        return False
    return not re.match(
        r"(?:\w+day|January|February|March|April|May|June|July|August|September|October|November|December)\b", rest
    )
