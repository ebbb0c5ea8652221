"""What a text itself says of its kind: that an event was held, or that readers are invited to one."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.event_names import kind_pattern
from extract.fields.layout_lines import Line, is_prose, lines_of
from extract.fields.vocabulary import pattern_of
from extract.found import found
from extract.records import DocType
from extract.vocabularies import read_toml
from extract.when.declared import declared_when, is_event_page
from ingest.document import Document

_HEAD = 1600
"""Characters in which a page says what it is about; what is further down may be another occasion."""
_YEARS = 3
"""An overview names more years than this, a text about one event its own and perhaps two others."""
_SENTENCES = 4
"""Sentences of prose that may say that the event was held."""
_SENTENCE_END = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[A-ZÀ-Ý“„«\"])|(?<=[.!?)]{2})\s+(?=[A-ZÀ-Ý])|\n|。")
_LABELS = 2
"""Kinds of labelled facts that make the page of an event: one alone ("Language", "Date") stands on any page."""
_LABEL = re.compile(r"^[^\w\n]{0,4}([^\W\d_][^\n:：]{1,30}?)[ \t]*(?:[:：]|$)")
_LINES_TO_DAY = 5
_YEAR = re.compile(r"(?<![\d./-])(?:19|20)\d\d(?![\d])")
_FUTURE = r"(?:will|shall|s[’']\w+ra|\w{3,}(?:era|ira|eront|iront)|wird|widmet|abordará|tratará|sarà|affronterà)"
_CAME = re.compile(
    r"(?:^|[.!?]\s+)(?:(?:Some|About|Over|Around|Nearly|Almost|More than)\s)?\d{2,4} "
    r"(?:people|participants|guests|attendees|experts) (?:came|attended|took part|joined|participated)\b",
    re.MULTILINE,
)
_EVENT_DAY = re.compile(
    r"\b(?:conference|workshop|symposium|seminar|colloque|tagung)\b[^.\n]{0,80}\b\d{1,2}\b", re.IGNORECASE
)
"""A meeting with a figure behind it: its day, its edition."""
_FIRST_PERSON = re.compile(r"\b(?:I|my|me|je|ich|yo|io)\b")
_VOICE = re.compile(r"^[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,4}(?: \(\d\d:\d\d\))?:(?=\s)", re.MULTILINE)
"""Who speaks in a transcript: "MODERATOR: …"."""
_SAYS_I = 2
"""So often someone who speaks says "I" in the head of a text."""
_CLOCK = re.compile(r"\b\d{1,2}(?:[:.h]\d{2}|\s?[ap]\.?m\b)")
_DOUBTFUL = 0.7
"""Below this score an announcement is a report when its text says that the event was held."""
_DOUBTFUL_ELSEWHERE = 0.9
"""The same for languages of which the model has seen few texts."""
_SURENESS = 0.6
"""The score of a type that the text's own words settle against the model's."""


def settle_kind(doc: Doc) -> Doc:
    """Where the model sees no event, let the text's own words decide: "was held on 3 May", "register by 3 May"."""
    working_set = found(doc)
    kind, score = working_set.doc_type
    lines = _head(working_set.document)
    is_foreign = working_set.document.language not in (None, "en")
    doubtful = _DOUBTFUL_ELSEWHERE if is_foreign else _DOUBTFUL
    if kind != "other" and (_is_address(lines) or _asks_for_articles(lines)):
        working_set.doc_type = ("other", _SURENESS)
    elif kind != "report" and (_tells_afterwards(lines) or (kind == "announcement" and _is_record(lines))):
        working_set.doc_type = ("report", _SURENESS)
    elif kind == "report" and is_foreign and score < _DOUBTFUL and _invites(lines) and not _is_record(lines):
        working_set.doc_type = ("announcement", _SURENESS)
    elif kind in ("profile", "other") or (kind == "announcement" and score < doubtful):
        told = told_kind(working_set.document)
        if told is not None and told != kind:
            working_set.doc_type = (told, _SURENESS)
    return doc


def told_kind(document: Document) -> DocType | None:
    """Return the kind that the head of a text tells by its words, None when it tells none or many years."""
    if is_event_page(document) or declared_when(document) is not None:
        return "announcement"
    lines = _head(document)
    is_dated = any(_is_day_line(line) for line in lines)
    sentences = _sentences(lines)[:_SENTENCES]
    is_labelled = _label_kinds(lines) >= _LABELS
    if len(set(_YEAR.findall(document.text))) > _YEARS and not is_labelled:
        return None
    if _is_record(lines) and (is_dated or any(_day_pattern().search(sentence) for sentence in sentences)):
        return "report"
    if any(_calls_off(sentence) for sentence in sentences):
        return "announcement"
    if any(_says_held(sentence, is_dated) for sentence in sentences):
        return "report"
    return "announcement" if is_labelled or _invites(lines) or _heads_event(lines) else None


def _head(document: Document) -> list[Line]:
    return [line for line in lines_of(document) if line.is_main and line.start < _HEAD]


def _is_record(lines: list[Line]) -> bool:
    """ "Minutes of the third meeting", "Event Report", "【Seminar Summary】" among the first lines."""
    records = pattern_of("event_evidence", "records")
    return any(records.match(line.text) or _record_name().search(line.text) for line in lines[:3])


@lru_cache(maxsize=1)
def _record_name() -> re.Pattern[str]:
    words = pattern_of("event_evidence", "record_words").pattern
    return re.compile(rf"\b(?:event|{kind_pattern().pattern})\s+(?:{words})\s*(?:$|[\]】):–—-])", re.IGNORECASE)


def _tells_afterwards(lines: list[Line]) -> bool:
    """ "This session assessed …", "The event was …", "150 guests came": of 12 labelled pages 11 are reports."""
    head = "\n".join(line.text for line in lines)
    if any(_calls_off(sentence) for sentence in _SENTENCE_END.split(head)):
        return False
    return _own_past().search(head) is not None or _CAME.search(head) is not None


def _is_address(lines: list[Line]) -> bool:
    """A speech or a transcript: it addresses its listeners and says "I"."""
    head = "\n".join(line.text for line in lines)
    speech = pattern_of("event_evidence", "speeches")
    is_headed = any(speech.match(line.text) for line in lines[:3])
    is_calling = pattern_of("event_evidence", "vocatives").search(head) is not None
    is_record = len(_VOICE.findall(head)) > 1
    return (is_headed or is_calling or is_record) and len(_FIRST_PERSON.findall(head)) >= _SAYS_I


def _asks_for_articles(lines: list[Line]) -> bool:
    """A call for papers that a journal prints: no event."""
    calls = any(pattern_of("title_words", "calls").search(line.text) for line in lines[:5])
    head = "\n".join(line.text for line in lines)
    return calls and pattern_of("event_evidence", "journals").search(head) is not None and not _EVENT_DAY.search(head)


def _label_kinds(lines: list[Line]) -> int:
    """How many kinds of facts (when, where, who, what) stand behind labels of their own."""
    starts = [text for line in lines if (text := _LABEL.match(line.text))]
    labels = {start.group(1).casefold().strip() for start in starts}
    return sum(bool(labels.intersection(words)) for words in read_toml("event_evidence")["labels"].values())


def _sentences(lines: list[Line]) -> list[str]:
    texts = [line.text for line in lines if is_prose(line) or (line.kind == "paragraph" and line.text[-1] in ".。")]
    return [sentence for text in texts for sentence in _SENTENCE_END.split(text) if len(sentence) > 20]


def _calls_off(sentence: str) -> bool:
    """ "The seminar … has been cancelled": who reads it was to come."""
    called_off = any(pattern_of("status", status, "sentence").search(sentence) for status in ("cancelled", "postponed"))
    return called_off and kind_pattern().search(sentence) is not None


def _heads_event(lines: list[Line]) -> bool:
    """A heading that names an event above a line with its day, as announcements begin."""
    names = next((at for at, line in enumerate(lines[:3]) if _names_event(line)), None)
    return names is not None and any(_is_day_line(line) for line in lines[names + 1 : names + 1 + _LINES_TO_DAY])


def _names_event(line: Line) -> bool:
    return line.kind in ("title", "heading") and kind_pattern().search(line.text) is not None


def _says_held(sentence: str, is_dated: bool) -> bool:
    """ "The seminar took place on 4 May", "received a delegation on 4 May": with a day in it or above it."""
    held = pattern_of("event_evidence", "held").search(sentence)
    planned = pattern_of("event_evidence", "planned").search(sentence)
    has_day = is_dated or _day_pattern().search(sentence) is not None
    met = pattern_of("event_evidence", "met").search(sentence)
    was_held = met or (held and kind_pattern().search(sentence))
    return bool(was_held and has_day and not planned)


def _invites(lines: list[Line]) -> bool:
    """An invitation or a plan beside a day and a word for an event, or what "the seminar will" do."""
    head = "\n".join(line.text for line in lines)
    if _own_present().search(head) and _day_pattern().search(head):
        return True
    if _own_future().search(head) or any(_is_entry(line.text) for line in lines):
        return True
    planned = pattern_of("event_evidence", "planned").search(head)
    return bool(planned and _day_pattern().search(head) and kind_pattern().search(head))


def _is_entry(line: str) -> bool:
    """ "Side event, 18 June 2024, 13.15–14.45": a word for an event, a day and a clock in one line."""
    return bool(_CLOCK.search(line) and kind_pattern().search(line) and _day_pattern().search(line))


def _is_day_line(line: Line) -> bool:
    day = _day_pattern().search(line.text)
    return day is not None and (len(line.text.split()) <= 10 or (day.start() <= 12 and len(line.text.split()) <= 40))


@lru_cache(maxsize=1)
def _own_future() -> re.Pattern[str]:
    own = r"(?:this|the|our|le|la|ce|cette|das|dieses|die|diese|der|dieser|el|la|il|lo|questo)"
    return re.compile(rf"\b{own}\s+(?:[\w-]+\s+)?(?:{kind_pattern().pattern})\s+{_FUTURE}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _own_past() -> re.Pattern[str]:
    did = pattern_of("event_evidence", "did").pattern
    known = pattern_of("event_evidence", "own").pattern
    own = rf"\bthis\s+(?:[\w-]+\s+)?(?:{kind_pattern().pattern})|\bthe\s+(?:{known})"
    return re.compile(
        rf"(?:{own})\s+(?:{did})(?!\s+(?:by(?! invitation)|established|founded|created|set up|originally)\b)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _own_present() -> re.Pattern[str]:
    does = pattern_of("event_evidence", "does").pattern
    own = r"(?:this|the|ce|cette|diese|dieser|este|esta|questo|questa|deze|dit)"
    return re.compile(rf"\b{own}\s+(?:{kind_pattern().pattern})\s+(?:{does})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _day_pattern() -> re.Pattern[str]:
    """A day of a month in figures or words; which day it is does not matter here."""
    names = {name for lists in read_toml("months").values() if isinstance(lists, dict)
             for key in ("names", "common") for month in lists.get(key, ()) for name in month}  # fmt: skip
    month = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"\b\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?\s+(?:(?:of|de)\s+)?(?:{month})\b|\b(?:{month})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b"
        r"|\b\d{4}[/-]\d{1,2}[/-]\d{1,2}\b|\b\d{1,2}[/.]\d{1,2}[/.](?:\d{2}){1,2}\b|\d{1,2}月\d{1,2}日",
        re.IGNORECASE,
    )
