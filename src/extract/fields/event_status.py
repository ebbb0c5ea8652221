"""Whether an event stands, was held, is off or was moved, and the day it had before."""

from __future__ import annotations

from datetime import date

from spacy.tokens import Doc

from extract.fields.event_names import kind_pattern
from extract.fields.layout_lines import lines_of
from extract.fields.sentences import sentences_of
from extract.fields.vocabulary import pattern_of
from extract.found import Found, found
from extract.records import EventStatus
from extract.vocabularies import words_of

_NOTICE_LINES = 12
_NOTICE_WORDS = 4
_SENTENCES = 15
_NEAR = 80


def event_status(doc: Doc, *, is_report: bool) -> tuple[EventStatus, date | None]:
    """Return the status of the document's event and, when it was moved, its previous first day."""
    working_set = found(doc)
    declared = _declared(working_set)
    for status in ("cancelled", "postponed"):
        if declared == status or _is_noticed(working_set, status) or _is_said(doc, status):
            return ("cancelled" if status == "cancelled" else "postponed"), _previous(working_set)
    return ("held" if is_report else "scheduled"), None


def _declared(working_set: Found) -> str | None:
    """Read schema.org eventStatus or a calendar's STATUS."""
    for fact in working_set.document.declared:
        if fact.name.casefold() in ("eventstatus", "status"):
            value = fact.value.casefold()
            if "cancel" in value:
                return "cancelled"
            if "postpon" in value or "reschedul" in value:
                return "postponed"
    return None


def _is_noticed(working_set: Found, status: str) -> bool:
    """A line of its own ("POSTPONED"), or the word that opens or closes a heading ("CANCELLED: Seminar on …")."""
    pattern = pattern_of("status", status, "notice")
    title = working_set.document.title or ""
    lines = [line.text for line in lines_of(working_set.document) if line.is_main][:_NOTICE_LINES]
    for at, text in enumerate([title, *lines]):
        match = pattern.search(text)
        if not match:
            continue
        rest = len(text.split()) - len(match[0].split())
        at_edge = match.start() <= 2 or match.end() >= len(text.rstrip(" !.)]")) - 2
        marked = text[match.start() : match.end()].isupper() or text[match.end() : match.end() + 2].strip()[:1] in (":", "]", ")", "-", "–", "!")  # fmt: skip # noqa: E501
        if (rest < _NOTICE_WORDS and not _is_sentence(text)) or (at <= 4 and at_edge and marked):
            return True
    return False


def _is_sentence(text: str) -> bool:
    return len(text.split()) > 5 and text.rstrip().endswith(".")


def _is_said(doc: Doc, status: str) -> bool:
    """A sentence near the top says it of an event ("The workshop … has been postponed")."""
    pattern = pattern_of("status", status, "sentence")
    for sentence in sentences_of(doc)[:_SENTENCES]:
        written = found(doc).document.text[sentence.start_char : sentence.end_char]
        match = pattern.search(written)
        if match and kind_pattern().search(written) and not _is_conditional(written[: match.start()]):
            return True
    return False


_CONDITIONS = frozenset(words_of("status", "conditions", "words"))


def _is_conditional(before: str) -> bool:
    return not _CONDITIONS.isdisjoint(before.split())


def _previous(working_set: Found) -> date | None:
    """Return the day that "originally scheduled for" and the like speak of."""
    text = working_set.document.text
    for match in pattern_of("status", "previous", "phrases").finditer(text):
        for finding in working_set.dates:
            if 0 <= finding.start_char - match.end() <= _NEAR and finding.when.start_date is not None:
                return finding.when.start_date
    return None
