"""Where a text says where: fields ("Venue: …"), lines of the head, sentences about the event, declared facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from extract.fields.event_names import event_names, kind_pattern, names_event
from extract.fields.layout_lines import Line, lines_of
from extract.fields.venue_parts import Place, as_city, parse_place
from extract.fields.vocabulary import pattern_of, phrase_pattern, words_of
from extract.found import Found, found

_LABEL_SEPARATOR = re.compile(r"[*_\s]{0,4}(?:[:：]|\t|\s[–—-]\s)[*_\s]{0,4}")
_VALUE_END = re.compile(r"\n|(?<=[\w)\]])\.\s+(?=[A-Z][\w ’',/()-]{2,40}:)|(?<=[a-z)\d]{3})\.\s+(?=[A-Z])")
_CONNECTORS = frozenset(["of", "de", "du", "des", "della", "del", "di", "der", "für", "for", "and", "the", "la", "le", "les", "l'", "d'", "et", "und", "&", "y", "e", "van", "voor", "’s", "'s", "-", "–", "’", "in", "à", "-en-", "#", "/", "."])  # fmt: skip
_CLOCK = re.compile(r"\d{1,2}[:h.]\d{2}")
_STATE_STOP = re.compile(r"^(?:[A-Z]\.){2,}$")
_HEAD_LINES = 18
_SENTENCES = 30
_BESIDE = 100
"""Characters between a place and a past date that still speak of the same occasion."""
_NEEDED = 3.0
"""Evidence that a prose place needs: two of (event's date, verb of holding, word for an event, top of the text)."""


@dataclass(frozen=True, slots=True)
class PlaceCandidate:
    """A place that may be the event's, with how sure its source is."""

    place: Place
    start: int
    end: int
    score: float
    source: str


def place_candidates(doc: Doc, title: str | None) -> list[PlaceCandidate]:
    """Return all places that may be where the event is, best first; equals in text order."""
    candidates = [*_labelled(doc), *_head_lines(doc), *_prose(doc, title)]
    return sorted(candidates, key=lambda candidate: (-candidate.score, candidate.start))


def date_spans(working_set: Found) -> tuple[tuple[int, int], ...]:
    """Return the spans of all dates and times: never part of a place."""
    return tuple((finding.start_char, finding.end_char) for finding in working_set.dates)


def _labelled(doc: Doc) -> Iterator[PlaceCandidate]:
    """Read "Venue: …" (in a line or inside a paragraph) and a heading "LOCATION" above its value."""
    working_set = found(doc)
    text = working_set.document.text
    lines = lines_of(working_set.document)
    for at, line in enumerate(lines):
        for match in pattern_of("venue_words", "labels").finditer(text, line.start, line.end):
            if not _opens(text, match.start(), line.start) or not _opens_field(text, match):
                continue
            separator = _LABEL_SEPARATOR.match(text, match.end(), line.end)
            if separator and separator.end() < line.end:
                stop = _VALUE_END.search(text, separator.end(), line.end)
                yield from _value(doc, separator.end(), stop.start() + 1 if stop else line.end, 10.0)
            elif (
                match.start() == line.start and not text[match.end() : line.end].strip(" :：*_") and at + 1 < len(lines)
            ):
                value_end = _VALUE_END.search(text, lines[at + 1].start, lines[at + 1].end)
                yield from _value(
                    doc, lines[at + 1].start, value_end.start() + 1 if value_end else lines[at + 1].end, 8.0
                )


def _opens(text: str, position: int, line_start: int) -> bool:
    """A field opens a line, or a sentence inside a run-on notice ("… 2023. Location: …")."""
    before = text[line_start:position].rstrip(' *_"')
    return not before or before[-1] in ".|\t" or not before.strip("-•📍🗓 ")


def _opens_field(text: str, match: re.Match[str]) -> bool:
    """A bare common word ("Room", "In place") is a field only with a capital."""
    return match[0][0].isupper() or not match[0][0].isascii()


def _value(doc: Doc, start: int, end: int, score: float) -> Iterator[PlaceCandidate]:
    working_set = found(doc)
    text = working_set.document.text
    end = min(end, start + 400)
    if re.search(r"\b(?:will be|is|are|was|takes? place|sera|wird|será|sarà)\b", text[start:end]):
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield from _in_sentence(doc, span, 4.0, "label")
        return
    place = parse_place(text, start, end, skip=date_spans(working_set))
    if place.has_name or place.city or place.country_code:
        yield PlaceCandidate(place, start, end, score, "label")


def _head_lines(doc: Doc) -> Iterator[PlaceCandidate]:
    """Read address lines near the top: a street or a hall beside a city, or a city alone."""
    working_set = found(doc)
    text = working_set.document.text
    skip = date_spans(working_set)
    lines = [line for line in lines_of(working_set.document) if line.is_main][:_HEAD_LINES]
    for line in lines:
        if len(line.text) > 260 or _is_other_field(line.text) or _names_person(working_set, line):
            continue
        place = parse_place(text, line.start, line.end, skip=skip)
        name = text[place.name_start : place.name_end] if place.name_start is not None else ""
        if place.has_street and (place.city or _is_building(name)):
            yield PlaceCandidate(place, line.start, line.end, 6.0, "line")
        elif place.city and not name and _only_place(line.text) and not _CLOCK.search(line.text):
            yield PlaceCandidate(place, line.start, line.end, 4.0, "line")
        elif _is_building(name) and len(name.split()) <= 12 and not names_event(name) and (
            place.city or pattern_of("venue_words", "rooms").search(name)
        ) and line.kind not in ("title", "heading") and line.text[-1] not in ".:":  # fmt: skip
            yield PlaceCandidate(place, line.start, line.end, 5.0, "line")


def _only_place(line: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", line)) <= 5


def _is_building(name: str) -> bool:
    return bool(pattern_of("venue_words", "buildings").search(name) or pattern_of("venue_words", "rooms").search(name))


@lru_cache(maxsize=1)
def _other_fields() -> re.Pattern[str]:
    return phrase_pattern((*words_of("title_words", "cuts"), *words_of("programme_words", "people", "words"), "supported by",
                           "co-sponsored by", "funded by", "source", "contact", "published", "posted", "in",
                           "author", "by", "tel", "email", "rsvp", "from", "for immediate release"))  # fmt: skip


def _is_other_field(line: str) -> bool:
    return (
        bool(_other_fields().match(line))
        or bool(re.search(r"\b(?:presents?|announces?|invites?)\b", line))
        or "@" in line
    )


def _names_person(working_set: Found, line: Line) -> bool:
    honorific = re.search(
        r"\b(?:Mr|Ms|Mrs|Dr|Prof|Professor|Amb|Ambassador|Director|Minister|Fellow|Secretary)\b\.?", line.text
    )
    return bool(honorific) or any(
        line.start <= mention.start_char and mention.end_char <= line.end
        for mention in working_set.mentions_of("PERSON")
    )


def _prose(doc: Doc, title: str | None) -> Iterator[PlaceCandidate]:
    """Read "held at the Egmont Palace in Brussels", "met in Seoul on 18 July": sentences about the event itself."""
    working_set = found(doc)
    days = [finding for finding in working_set.dates if finding.role in ("event", "session")]
    past = [finding for finding in working_set.dates if finding.role == "past_fact"]
    number = 0
    for sentence in doc.sents:
        if len(sentence) < 6:
            continue
        number += 1
        has_date = any(sentence.start_char <= day.start_char < sentence.end_char for day in days)
        if number > _SENTENCES and not has_date:
            continue
        base = 2.0 * has_date + 1.0 * (number <= 3) - 1.0 * (number > 8 and not has_date)
        for candidate in _in_sentence(doc, sentence, base, "prose", title):
            is_past = not has_date and any(
                candidate.start - _BESIDE <= day.start_char < min(candidate.end + _BESIDE, sentence.end_char)
                for day in past if day.start_char >= sentence.start_char
            )  # fmt: skip
            if candidate.score - 2.5 * is_past >= _NEEDED:
                yield candidate


@lru_cache(maxsize=1)
def _verbs() -> re.Pattern[str]:
    return phrase_pattern(words_of("venue_words", "hold_verbs"))


@lru_cache(maxsize=1)
def _comings() -> re.Pattern[str]:
    return pattern_of("venue_words", "comings")


@lru_cache(maxsize=1)
def _prepositions() -> frozenset[str]:
    return frozenset(words_of("venue_words", "prepositions"))


def _in_sentence(
    doc: Doc, sentence: Span, base: float, source: str, title: str | None = None
) -> Iterator[PlaceCandidate]:
    """Yield what stands after "at", "in" or an approaching "to" in a sentence, scored by what comes before it."""
    working_set = found(doc)
    days = date_spans(working_set)
    for token in sentence:
        is_approach = token.lower_ in words_of("venue_words", "approach")
        if not is_approach and token.lower_ not in _prepositions():
            continue
        region = _region(working_set, token, sentence)
        if region is None:
            continue
        before = doc.text[sentence.start_char : token.idx]
        dated = max((end - sentence.start_char for _, end in days if sentence.start_char < end <= token.idx), default=0)
        score = base + _evidence(before, dated, token, title)
        if is_approach:
            score += 1.0 if _comings().search(before) else -9.0
        place = parse_place(doc.text, *region, skip=date_spans(working_set))
        if not _fits(working_set, place, token, doc.text):
            continue
        yield PlaceCandidate(place, region[0], region[1], score, source)


def _evidence(before: str, dated: int, token: Token, title: str | None) -> float:
    """Weigh the words before a place: of holding an event (for), of another event, a post or a past date (against)."""
    verbs = list(_verbs().finditer(before))
    score = 2.0 * bool(verbs) + 1.0 * bool(kind_pattern().search(before)) + 1.0 * bool(_own_subject().search(before))
    clause = before[max(verbs[-1].end() if verbs else 0, dated) :][-90:]
    if token.lower_ not in words_of("venue_words", "approach") and _posts().search(clause):
        return -9.0
    if _elsewhere().search(clause[-50:]):
        score -= 2.5
    for begin, stop in event_names(token.doc, max(token.idx - 90, 0), token.idx):
        if token.idx - stop <= 3 and not _is_own(token.doc.text[begin:stop], title):
            score -= 3.0
    return score


@lru_cache(maxsize=1)
def _own_subject() -> re.Pattern[str]:
    """ "The conference will", "this seminar is": the sentence is about the document's event."""
    return re.compile(
        rf"\b(?:the|this|our)\s+(?:[\w-]+\s+)?(?:{kind_pattern().pattern})\s+(?:will|is|was|takes?|took|has|shall)\b",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _posts() -> re.Pattern[str]:
    """Posts: what follows them at "at" or "in" is where a person works."""
    return pattern_of("venue_words", "posts")


@lru_cache(maxsize=1)
def _elsewhere() -> re.Pattern[str]:
    """Words right before "in" that speak of a country or a life, not of an event."""
    words = "|".join(map(re.escape, words_of("venue_words", "elsewhere")))
    return re.compile(rf"\b(?:{words})\s+(?:[a-z]\w*\s+)?$")


def _is_own(name: str, title: str | None) -> bool:
    """The event named beside the place is the document's own: they share their words."""
    if not title:
        return True
    words = {word for word in re.findall(r"\w+", name.casefold()) if len(word) > 2}
    own = set(re.findall(r"\w+", title.casefold()))
    return len(words & own) >= max(1, (len(words) + 1) // 2)


def _region(working_set: Found, token: Token, sentence: Span) -> tuple[int, int] | None:
    """Return the words after a preposition that may be a place: capitals, their connectors, commas between them."""
    doc = token.doc
    first = token.i + 1
    if first < sentence.end and doc[first].lower_ in (
        "the",
        "la",
        "le",
        "der",
        "dem",
        "den",
        "el",
        "il",
        "l'",
        "l’",
        "het",
        "de",
        "our",
        "its",
        "central",
        "downtown",
    ):
        first += 1 if doc[first].lower_ not in ("central", "downtown") else 0
    if first >= sentence.end or not _opens_name(doc[first]):
        return None
    stops = {start for start, _ in date_spans(working_set)}
    last = here = first
    end = _organisation_end(working_set, doc[first].idx)
    while here < min(sentence.end, first + 45):
        part = doc[here]
        if part.idx in stops and part.idx >= end:
            break
        if _is_place_word(part) or part.idx < end:
            last = here
            if _STATE_STOP.match(part.text) and here > first and part.idx >= end:
                break
        elif part.text in (",", "(", ")", "|", "\t") or part.lower_ in _CONNECTORS:
            if (
                part.lower_ == "and"
                and here + 1 < sentence.end
                and as_city(doc[here + 1].text)
                and as_city(doc[last].text)
            ):
                break
        else:
            break
        here += 1
    stop = max(doc[last].idx + len(doc[last]), min(end, sentence.end_char))
    return doc[first].idx, stop


def _opens_name(token: Token) -> bool:
    text = token.text
    return text[0].isupper() or (
        text[0].isdigit() and len(text) <= 4 and token.i + 1 < len(token.doc) and token.nbor(1).text[0].isupper()
    )


def _is_place_word(token: Token) -> bool:
    text = token.text
    return text[0].isupper() or text[0].isdigit() or "\u3040" <= text[0] <= "\u9fff"


def _organisation_end(working_set: Found, start: int) -> int:
    """Return where an organisation that begins here ends (its name may hold commas and small words)."""
    ends = [mention.end_char for mention in working_set.mentions_of("ORG") if abs(mention.start_char - start) <= 4]
    return max(ends, default=0)


def _fits(working_set: Found, place: Place, token: Token, text: str) -> bool:
    """A place after "in" is a city, country or building; after "at" it is a name that is no occasion or time."""
    name = (
        text[place.name_start : place.name_end] if place.name_start is not None and place.name_end is not None else ""
    )
    if not name:
        return bool(place.city) or (
            place.country_code is not None and token.lower_ in ("in", "to", "en", "nach", "naar", "à")
        )
    words = re.findall(r"[\w#’'-]+", name.casefold())
    if not words or words[-1] in _not_places() or words[0] in _not_places() or names_event(name.split(",")[0]):
        return False
    if token.lower_ in ("at", "bei", "presso", "chez", "te", "bij"):
        return len(words) > 1 or _is_building(name) or _organisation_end(working_set, place.name_start or 0) > 0
    return _is_building(name) or (_organisation_end(working_set, place.name_start or 0) > 0 and place.city is not None)


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    return frozenset(words_of("venue_words", "not_places"))
