"""Event names in sentences: "a conference on X at …", a quoted name, "the 7th harbour dialogue was held".

The weights were kept where leaving one out loses names among 193 labelled pages (172 right with all of them): a word
for an event beside a quotation 7, its day 3, words of the headline 2 to 3, what is a theme 2, the others 1 each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.event_names import event_names, kind_pattern, names_event
from extract.fields.layout_lines import is_prose, lines_of
from extract.fields.title_candidates import (
    Headlines,
    TitleCandidate,
    is_said_to_be_title,
    is_subject_of_event,
    names_what_is_quoted,
    quotations,
)
from extract.fields.title_cleaning import OUTER_QUOTES, content_words, fold_words
from extract.fields.venue_cities import as_city
from extract.fields.vocabulary import pattern_of
from extract.found import found
from extract.when.tokens import CJK
from ingest.document import Document

_NAME_ENDS = re.compile(
    r"\.(?=\s|$)|;|\n\n|\s(?:at|in|im|en|à|am|te) (?:the |la |le |der |den |el )?(?=[A-Z])|\s(?:on|am|le|el|il|op) (?=\d|[A-Z][a-z]+day|"  # noqa: E501
    r"[A-Z][a-z]+ \d)|,? (?:which|that|who|will be|was|were|is|has|took|takes|held|organi[sz]ed|hosted|to be|from \d)\b|, (?=\d)"  # noqa: E501
)
_PARAGRAPHS = 6
_LINES = 40
_LONGEST = 4000
"""Characters of a paragraph that are read for names: a text without breaks is one paragraph."""
_OCCASION = re.compile(
    r"\b(?:for|at|during|attend|attends|attended|host|hosts|hosted|hosting|hold|held|holds|convene|convened|convening|convenes|join|joined|opened|open|"
    r"co-hosted|co-chaired|chaired)\s+(?:the|a|an|its|their|our)\s+(?:\w+\s+){0,2}$"
)
_ARTICLE = re.compile(
    r"\b(?:the|an?|its|their|el|la|los|las|une?|una|le|les|il|lo|der|die|das|den|het|een|su)\s+(?:\w+\s+)?$"
)
_HELD = re.compile(
    r"[^.;\n]{0,60}?\s(?:(?:was|were|is|will be|has been|to be) (?:\w+ )?"
    r"(?:held|hosted|convened|organi[sz]ed|opened|cancelled|postponed)|"
    r"took place|takes? place|will take place|concluded)\b"
)
_SUBTITLE = re.compile(r": [A-Z][^.:;,\n]{8,80}(?=[.,;]|$)")
"""What follows a name: "Port Forum 2031: Into the Storm."."""
_EDITION = re.compile(
    r"\b(?:\d{1,3}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|inaugural|annual)\s+"
)
_CAPITALS = r"[A-Z][\w’'-]*(?:\s(?:(?:of|for|and|on|the|&)\s){0,2}[A-Z][\w’'-]*){0,8}"
_WHOSE = re.compile(rf"\s(?:of|for|between)\s(?:the\s)?{_CAPITALS}")
_INVITATION = re.compile(
    rf"\b(?:invites?(?:\s(?:you|everyone|all))?\sto|invited\sto|welcome\sto|join\sus\s(?:for|at))\s(?:the\s|our\s)?({_CAPITALS})"
)
_APPOSED = re.compile(r"\s([A-ZÀ-Ý][^,.;:()\n]{5,100}?)(?=,\s|\s(?:will|was|is|takes?|took|si|se|wird|fand|findet)\s)")
_THEME = re.compile(r"\b(?:them(?:e|ed|es|a)|thème|tema|motto|slogan|banner|leitthema)\b[^.]{0,60}$", re.IGNORECASE)
_DATED = re.compile(r"(?<![\w-])((?:[A-Z][\w’'-]+\s){1,4})(?:19|20)\d\d(?![\w-])")
_MONTH = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Mai|Jun|Jul|Aug|Sep|Oct|Okt|Nov|Dec|Dez|In|Since|The|By|Until|From|Spring|Summer|Autumn|Winter)"
)
_CLAUSE = 90
"""Characters around a name in which the word for what it is stands."""
_TITLE_ABOVE = 60
"""Last characters of a line in which it says that the title stands below."""
_DAY_AFTER = 40
"""Characters between a quoted name and the day of what it names: "“…”, planned for 16 May"."""


def prose_candidates(doc: Doc, headlines: Headlines) -> Iterator[TitleCandidate]:
    """Weigh the names in the first paragraphs; words that they share with the headline speak for them."""
    wanted = frozenset(content_words(headlines.text))
    for number, (start, end) in enumerate(_lead_paragraphs(found(doc).document)):
        yield from _quoted(doc, start, end, number, wanted, headlines)
        yield from _subjects(doc, start, end, number)
        if headlines.is_news or _is_weak(headlines):
            yield from _named(doc, start, end, number, wanted, headlines.text)
            yield from _dated_names(doc, start, end, number)
        yield from _apposed(doc, start, end, number)
        if number == 0:
            yield from _in_small_letters(doc, start, end)
            yield from _invited_to(doc, start, end)
    yield from _quoted_with_day(doc, headlines)


_WEAK = 1.15
"""A headline below this weight is a line among others: names in the text stand beside it."""


def _is_weak(headlines: Headlines) -> bool:
    return all(candidate.weight < _WEAK for candidate in headlines.candidates)


def _lead_paragraphs(document: Document) -> list[tuple[int, int]]:
    """Return the spans of the first paragraphs of prose."""
    spans = [
        (line.start, min(line.end, line.start + _LONGEST))
        for line in lines_of(document)
        if line.is_main and is_prose(line)
    ]
    return spans[:_PARAGRAPHS]


def _quoted(
    doc: Doc, start: int, end: int, number: int, wanted: frozenset[str], headlines: Headlines
) -> Iterator[TitleCandidate]:
    text = found(doc).document.text
    days = [finding.start_char for finding in found(doc).dates if finding.role == "event"]
    for begin, stop in quotations(text, start, end):
        name = text[begin:stop]
        is_beside = names_what_is_quoted(text, start, begin, stop, end)
        reasons = {
            "word for an event beside it": 1.0 * is_beside,
            "said to be its title": 0.9 * is_said_to_be_title(text, start, begin, stop, end),
            "names a kind of event": 0.9 * names_event(name),
            "its day follows": 0.5 * any(_follows(text, stop, day) for day in days),
            "what the event is on": 0.9 * (not is_beside and is_subject_of_event(text, start, begin)),
            "first sentences": 0.3 - 0.15 * number,
            "words of the headline": 0.6 * (_shared(name, wanted) >= 0.5),
            "the headline is news": 0.4 * headlines.is_news,
            "said again": 0.4 * (text.count(name) > 1),
            "part of the headline": -1.5 * (not headlines.is_news and fold_words(name) in fold_words(headlines.text)),
            "theme of the event": -0.9 * _is_theme(text, start, begin, stop),
        }
        if any(list(reasons.values())[:5]):
            why = tuple(reason for reason, weight in reasons.items() if weight)
            yield TitleCandidate(name, begin, stop, 1.0 + sum(reasons.values()), "quoted", why)


def _follows(text: str, stop: int, day: int) -> bool:
    """Tell whether a day stands right behind a name, in its sentence; in Japanese the next one may give it."""
    is_near = stop < day <= stop + _DAY_AFTER
    return is_near and (CJK.search(text[stop:day]) is not None or not re.search(r"[.!?]\s|\n", text[stop + 1 : day]))


def _is_theme(text: str, start: int, begin: int, stop: int) -> bool:
    after = text[stop + 1 : stop + 8]
    return _THEME.search(text[max(begin - 70, start) : begin - 1]) is not None or "テーマ" in after or "主題" in after


def _quoted_with_day(doc: Doc, headlines: Headlines) -> Iterator[TitleCandidate]:
    """ "“Tide Forum 2031” on 3 March" on a line that is no prose."""
    above = ""
    for line in lines_of(found(doc).document)[:_LINES]:
        if line.is_main and not is_prose(line) and line.text[0] in OUTER_QUOTES + '"':
            for begin, stop in quotations(line.text, 0, len(line.text)):
                if pattern_of("title_words", "title_nouns").search(above[-_TITLE_ABOVE:]) and above.endswith(":"):
                    yield TitleCandidate(
                        line.text[begin:stop], line.start + begin, line.start + stop, 2.5, "quoted", ("title above",)
                    )
            for candidate in _quoted(doc, line.start - 1, line.end, 1, frozenset(), headlines):
                if "its day follows" in candidate.reasons:
                    yield candidate
        above = line.text


def _shared(name: str, wanted: frozenset[str]) -> float:
    words = content_words(name)
    return sum(word in wanted for word in words) / len(words) if words else 0.0


@lru_cache(maxsize=1)
def _subject_pattern() -> re.Pattern[str]:
    """ "conference on X", "seminar entitled X", "workshop about X": where a name begins in a sentence."""
    return re.compile(
        r"\s+(?:on the topic of|on the theme of|on the theme|on the subject of|under the title|under the theme|with the title|"  # noqa: E501
        r"entitled|titled|called|named|on|about|intitulée?|sur|zum Thema|mit dem Titel|titulad[oa]|sobre|intitolat[oa]|"
        r"dal titolo|getiteld|over)[:\s]+"
    )


def _subjects(doc: Doc, start: int, end: int, number: int) -> Iterator[TitleCandidate]:
    """ "a conference on Ports in Storm at …"."""
    text = found(doc).document.text
    for kind in kind_pattern().finditer(text, start, end):
        subject = _subject_pattern().match(text, kind.end(), end)
        if not subject or not _opens_name(text, subject.end()):
            continue
        ends = (match.start() for match in _NAME_ENDS.finditer(text, subject.end(), end) if _is_end(text, match))
        stop = next(ends, end)
        if 2 <= len(text[subject.end() : stop].split()) <= 25:
            weight = 1.5 - 0.15 * number
            yield TitleCandidate(text[subject.end() : stop], subject.end(), stop, weight, "sentence", ("subject",))


def _named(
    doc: Doc, start: int, end: int, number: int, wanted: frozenset[str], headline: str
) -> Iterator[TitleCandidate]:
    """Capitalised event names, of those that the headline speaks of or where people meet."""
    text = found(doc).document.text
    kinds = {kind[0].casefold() for kind in kind_pattern().finditer(headline)}
    for begin, stop in event_names(doc, start, end):
        if not names_event(text[begin:stop]):
            continue
        words = fold_words(text[begin:stop]).split()
        shared = _shared(text[begin:stop], wanted)
        before = text[max(begin - 40, start) : begin]
        is_occasion = _OCCASION.search(before) is not None or bool(_ARTICLE.search(before) and _is_said_held(before))
        is_held = _HELD.match(text, stop, end) is not None or _is_said_held(text[stop : min(stop + 60, end)])
        if not (shared >= 0.5 or is_occasion or is_held):
            continue
        reasons = {
            "words of the headline": 1.0 * shared,
            "kind of the headline": 0.5 * (not kinds.isdisjoint(words)),
            "is held": 0.5 * is_held,
            "where one meets": 0.2 * is_occasion,
            "length": min(len(words), 8) / 20,
            "later": -0.1 * number,
        }
        why = tuple(reason for reason, weight in reasons.items() if weight)
        subtitle = _SUBTITLE.match(text, stop, end)
        stop = subtitle.end() if subtitle else stop
        yield TitleCandidate(text[begin:stop], begin, stop, 0.7 + sum(reasons.values()), "named", why)


def _dated_names(doc: Doc, start: int, end: int, number: int) -> Iterator[TitleCandidate]:
    """ "the exercise, Tide Shield 2031, …": capitals and a year beside a word for an event, said more than once."""
    text = found(doc).document.text
    for name in _DATED.finditer(text, start, end):
        sentence = text[max(name.start() - _CLAUSE, start) : min(name.end() + _CLAUSE, end)]
        is_again = text.count(name[1].strip()) > 1
        if is_again and not names_event(name[0]) and kind_pattern().search(sentence) and not _MONTH.search(name[1]):
            yield TitleCandidate(name[0], name.start(), name.end(), 1.5 - 0.1 * number, "named", ("with its year",))


def _is_said_held(words: str) -> bool:
    """Tell whether words right before or after a name say that it was or will be held, in any language."""
    return any(pattern_of("event_evidence", tense).search(words.split(". ")[0]) for tense in ("held", "planned"))


def _apposed(doc: Doc, start: int, end: int, number: int) -> Iterator[TitleCandidate]:
    """ "the conference Ports in the Storm, which will be held": a name right behind a word for an event."""
    text = found(doc).document.text
    for kind in kind_pattern().finditer(text, start, end):
        name = _APPOSED.match(text, kind.end(), end) if kind[0][0].islower() else None
        if name and len(name[1].split()) > 1 and _is_said_held(text[name.end() : min(name.end() + 60, end)]):
            yield TitleCandidate(name[1], name.start(1), name.end(1), 1.6 - 0.1 * number, "sentence", ("apposed",))


def _in_small_letters(doc: Doc, start: int, end: int) -> Iterator[TitleCandidate]:
    """ "The 7th harbour policy dialogue of Arland was held", "the annual meeting of the Tide Pilots on 3 May"."""
    text = found(doc).document.text
    days = [finding.start_char for finding in found(doc).dates if finding.role == "event"]
    for edition in _EDITION.finditer(text, start, min(end, start + 300)):
        kind = kind_pattern().search(text, edition.end(), min(end, edition.end() + 60))
        if kind is None or re.search(r"[.,;:]", text[edition.end() : kind.start()]):
            continue
        whose = _WHOSE.match(text, kind.end(), end)
        stop = whose.end() if whose else kind.end()
        is_held = _HELD.match(text, kind.end(), end) is not None
        if is_held or any(stop < day <= stop + _DAY_AFTER for day in days):
            stop = kind.end() if is_held else stop
            yield TitleCandidate(
                text[edition.start() : stop], edition.start(), stop, 1.2, "sentence", ("an edition that is held",)
            )


def _invited_to(doc: Doc, start: int, end: int) -> Iterator[TitleCandidate]:
    """ "The centre invites to the Day of Tides": a name in capitals without a word for an event."""
    text = found(doc).document.text
    for invitation in _INVITATION.finditer(text, start, min(end, start + 300)):
        name = invitation[1]
        if sum(word[0].isupper() for word in name.split()) > 1:
            yield TitleCandidate(
                name, invitation.start(1), invitation.end(1), 1.1, "sentence", ("what one is invited to",)
            )


def _is_end(text: str, match: re.Match[str]) -> bool:
    """A name goes on over "in Asia" and ends before "in Malmö": a city is where the event was."""
    if not re.match(r"\s(?:in|en|à)\s", match[0]):
        return True
    place = re.match(r"[\w’'-]+(?:\s[A-Z][\w’'-]+)?", text[match.end() : match.end() + 40])
    words = place[0].split() if place else []
    return any(as_city(" ".join(words[:size])) is not None for size in range(1, len(words) + 1))


def _opens_name(text: str, position: int) -> bool:
    """A name opens with a capital or a quote; after a bare "on" a date does not."""
    rest = text[position : position + 30]
    if not rest or not (rest[0].isupper() or rest[0] in OUTER_QUOTES):
        return False
    return not re.match(
        r"(?:\w+day|January|February|March|April|May|June|July|August|September|October|November|December)\b", rest
    )
