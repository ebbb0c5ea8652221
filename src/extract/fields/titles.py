"""The name of the event a document is about: declared, labelled, in the headline, quoted or named in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.event_names import event_names, kind_pattern, names_event
from extract.fields.layout_lines import Line, lines_of, trim
from extract.fields.vocabulary import pattern_of, phrase_pattern, words_of
from extract.found import Found, found
from ingest.document import Document

_HEAD_LINES = 14
_PROSE_LENGTH = 200
_MAX_WORDS = 40
_QUOTES = re.compile(r"[“„«]([^”“»]{6,200})[”“»]|\"([^\"]{6,200})\"")
_OUTER_QUOTES = '“”"„«»‘’'
_SEPARATORS = " \t\n-–—:|,;("
_TIME_LINE = re.compile(r"^\W{0,3}\d{1,2}\s?(?:[:.h]\s?\d{2}|[ap]\.?m\b)", re.IGNORECASE)
_DAY_LINE = re.compile(r"\W{0,3}(?:Day|Jour|Tag|Día|Giorno|Dag) (?:\d|one|two|three|I)", re.IGNORECASE)
_SERIES = re.compile(r"\b(?:series|no\. ?\d|issue|volume|newsletter|monthly|bulletin)\b", re.IGNORECASE)
_SITE_BREAK = re.compile(r"\s+(?:\||::|»|·|—|–)\s+")


@dataclass(frozen=True, slots=True)
class Title:
    """An event's name; `start`/`end` are its place in the text, None when only structured data carries it."""

    text: str
    start: int | None
    end: int | None
    score: float
    source: str


def event_title(doc: Doc) -> Title | None:
    """Return the name of the event that the document is about, None when the text gives none."""
    working_set = found(doc)
    return (
        _declared(working_set.document)
        or _labelled(working_set)
        or _from_headline(doc)
        or _in_prose(doc, _lead(working_set.document))
    )


def clean_title(working_set: Found, start: int, end: int) -> tuple[int, int]:
    """Shrink a headline's span to the event's name: no kind of document, no date, no organiser around it."""
    text = working_set.document.text
    for _ in range(6):
        before = (start, end)
        start, end = trim(text, start, end, ",;:.")
        start, end = _without_quotes(text, start, end)
        start = _after_date(working_set, start, end)
        end = _without_date(working_set, start, end)
        start = _without_kind(text, start, end)
        end = _without_tail(text, start, end)
        if cut := pattern_of("title_words", "cuts").search(text, start + 1, end):
            end = cut.start()
        if part := _part_in_event(text, start, end):
            start = _skip_article(text, part, end)
        if (start, end) == before:
            break
    return start, end


def clean_text(title: str) -> str:
    """Return a declared title as a name, without the site's name or the kind of document."""
    title = " ".join(title.split())
    parts = [part for part in _SITE_BREAK.split(title) if part.strip()]
    if len(parts) > 1 and "|" in title:
        title = next((part for part in parts if kind_pattern().search(part)), parts[0])
    start, end = 0, len(title)
    for _ in range(4):
        before = (start, end)
        start, end = trim(title, start, end, ",;:.")
        start = _without_kind(title, start, end)
        end = _without_tail(title, start, end)
        if (start, end) == before:
            break
    return title[start:end]


def is_section(text: str) -> bool:
    """Tell whether a line is a page's furniture ("Programme", "About", "Read more") and so never a title."""
    bare = text.strip(" :.\t*_#-–—").casefold()
    return bare in _sections() or not bare


@lru_cache(maxsize=1)
def _sections() -> frozenset[str]:
    return frozenset(word.casefold() for word in (*words_of("title_words", "sections"),
                                                  *words_of("programme_words", "headings", "words")))  # fmt: skip


def _declared(document: Document) -> Title | None:
    dated = {fact.group for fact in document.declared if fact.name.lower().endswith("startdate")}
    for fact in document.declared:
        is_name = fact.name in ("name", "Event.name", "summary", "title", "headline")
        if is_name and fact.group in dated and fact.origin in ("json-ld", "microdata", "rdfa", "ics"):
            value = clean_text(fact.value)
            if len(value.split()) > 1:
                return _placed(document.text, value, 1.0, "declared")
    return None


def _placed(text: str, value: str, score: float, source: str) -> Title:
    at = text.find(value)
    return Title(value, at, at + len(value), score, source) if at >= 0 else Title(value, None, None, score, source)


def _title(working_set: Found, start: int, end: int, score: float, source: str) -> Title | None:
    start, end = clean_title(working_set, start, end)
    words = working_set.document.text[start:end].split()
    if not words or len(words) > _MAX_WORDS:
        return None
    return Title(" ".join(words), start, end, score, source)


@lru_cache(maxsize=1)
def _label_pattern() -> re.Pattern[str]:
    return phrase_pattern(words_of("title_words", "labels"))


def _labelled(working_set: Found) -> Title | None:
    """Read "Title: …", "What: …" among the first lines; "Event:" and the like hold only with a name after them."""
    for line in lines_of(working_set.document)[:40]:
        label = _label_pattern().match(working_set.document.text, line.start, line.end)
        if not label:
            continue
        rest = working_set.document.text[label.end() : line.end]
        opening = re.match(r"[*_\s]{0,4}[:：\t]\s*", rest)
        if opening and len(rest[opening.end() :].split()) >= 2:
            return _title(working_set, label.end() + opening.end(), line.end, 0.95, "label")
    return None


def head_lines(document: Document) -> list[Line]:
    """Return the lines above the first paragraph of prose, and the page's own heading wherever it stands near."""
    head: list[Line] = []
    in_head = True
    for line in lines_of(document)[:60]:
        if not line.is_main:
            continue
        is_heading = line.kind == "title" or (in_head and line.kind == "heading" and line.level in (None, 1))
        if in_head and not is_heading and is_prose(line):
            in_head = False
        if (in_head and len(head) < _HEAD_LINES) or is_heading:
            head.append(line)
    return head


def is_prose(line: Line) -> bool:
    """Tell a sentence from a heading or a field."""
    words = line.text.split()
    return len(line.text) > _PROSE_LENGTH or (len(words) > 12 and line.text[-1] in ".。")


def _from_headline(doc: Doc) -> Title | None:
    working_set = found(doc)
    document = working_set.document
    lines = head_lines(document)
    scored = [(score, -at) for at, line in enumerate(lines) if (score := _line_score(working_set, lines, at)) >= 0.5]
    outside = _title_outside(document)
    if outside and (not scored or max(scored)[0] < 2.2):
        return _from_outside(doc, outside)
    if not scored:
        return None
    at = -max(scored)[1]
    start, end = _joined(working_set, lines, at)
    return _from_span(doc, start, end)


def _title_outside(document: Document) -> str | None:
    """Return the document's title when its text does not print it (front matter, metadata)."""
    if not document.title or is_section(document.title) or len(document.title.split()) < 2:
        return None
    title = " ".join(document.title.split())
    printed = any(_fold(line.text) and _fold(line.text) in _fold(title) and len(line.text) >= len(title) / 3
                  for line in head_lines(document))  # fmt: skip
    return None if printed else title


def _from_outside(doc: Doc, title: str) -> Title | None:
    document = found(doc).document
    if name_in_text := _news_name(doc, title):
        return name_in_text
    name = clean_text(title)
    if part := _part_in_event(name, 0, len(name)):
        name = name[_skip_article(name, part, len(name)) :]
    if cut := pattern_of("title_words", "cuts").search(name, 1):
        name = name[: cut.start()]
    name = _DATE_TAIL.sub("", name).strip(" ,;:-–—(")
    return _placed(document.text, name, 0.9, "headline") if name else None


def _part_in_event(text: str, start: int, end: int) -> int | None:
    """Return where the name begins in "the Minister's Participation at the Forum"; None where no one takes part."""
    for part in pattern_of("title_words", "parts").finditer(text, start, end):
        before = text[start : part.start()].rstrip()
        is_someones = not before or before.endswith(("’s", "'s", "’", "s'")) or before.split()[-1].lower() == "official"
        if is_someones and kind_pattern().search(text, part.end(), end):
            return part.end()
    return None


_DATE_TAIL = re.compile(
    r"[\s,(–—-]*(?:on )?(?:\w{3,10}day,? )?(?:(?:\d{1,2}(?:st|nd|rd|th)? )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[a-z]{0,6}\.?(?: \d{1,2}(?:st|nd|rd|th)?)?,? \d{4}|, ?(?:19|20)\d\d)\)?\s*$"
)


def _news_name(doc: Doc, title: str) -> Title | None:
    """Find the name that a news headline outside the text speaks of, as the text itself prints it."""
    if not (
        pattern_of("title_words", "news_verbs").search(title) or pattern_of("title_words", "news_kinds").match(title)
    ):
        return None
    return _named_in_lead(doc, title)


def _from_span(doc: Doc, start: int, end: int) -> Title | None:
    """Read a headline: a name, or a sentence of news about one."""
    working_set = found(doc)
    text = working_set.document.text
    title = _title(working_set, start, end, 0.9, "headline")
    if title is None or title.start is None or title.end is None:
        return title
    if pattern_of("title_words", "news_kinds").match(text, start, end):
        if named := _named_in_lead(doc, title.text):
            return named
    verb = pattern_of("title_words", "news_verbs").search(text, title.start + 1, title.end)
    if not verb or _is_quoted(text, verb.start(), title.start, title.end):
        return title
    for match in _QUOTES.finditer(text, title.start, title.end):
        if quoted := _title(working_set, match.start(), match.end(), 0.85, "quoted"):
            return quoted
    names = event_names(doc, verb.end(), title.end)
    if names:
        begin, stop = max(names, key=lambda name: name[1] - name[0])
        return _title(working_set, begin, stop, 0.8, "named")
    if pattern_of("title_words", "holding_verbs").fullmatch(verb[0]) and names_event(text[verb.end() : title.end]):
        return _title(working_set, _skip_article(text, verb.end(), title.end), title.end, 0.7, "headline")
    named = _named_in_lead(doc, title.text) or _in_prose(doc, _lead(working_set.document))
    return named or (title if names_event(title.text) else None)


def _is_quoted(text: str, position: int, start: int, end: int) -> bool:
    return any(match.start() < position < match.end() for match in _QUOTES.finditer(text, start, end))


def _named_in_lead(doc: Doc, headline: str) -> Title | None:
    """Return the capitalised event name of the first sentences that shares most words with the headline."""
    working_set = found(doc)
    text = working_set.document.text
    wanted = set(_fold(headline).split())
    best: tuple[float, int, int] | None = None
    for begin, stop in _lead(working_set.document):
        for name in event_names(doc, begin, stop):
            words = _fold(text[name[0] : name[1]]).split()
            shared = sum(word in wanted for word in words) / len(words)
            rank = (shared + min(len(words), 8) / 20, name[0], name[1])
            if shared >= 0.5 and (best is None or rank[0] > best[0]):
                best = rank
    return _title(working_set, best[1], best[2], 0.75, "named") if best else None


def _lead(document: Document) -> list[tuple[int, int]]:
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


_NAME_ENDS = re.compile(
    r"\.(?=\s|$)|;|\n\n|\s(?:at|in|im|en|à|am|te) (?:the |la |le |der |den |el )?(?=[A-Z])|\s(?:on|am|le|el|il|op) (?=\d|[A-Z][a-z]+day|"
    r"[A-Z][a-z]+ \d)|,? (?:which|that|who|will be|was|were|is|has|took|takes|held|organi[sz]ed|hosted|to be|from \d)\b|, (?=\d)"
)


def _in_prose(doc: Doc, spans: list[tuple[int, int]]) -> Title | None:
    """Find "a conference on X at …" or a quoted name beside a word for an event, in the first paragraphs."""
    working_set = found(doc)
    for start, end in spans:
        for begin, stop, score in _prose_names(working_set, start, end):
            title = _title(working_set, begin, stop, score, "quoted" if score > 0.75 else "sentence")
            if title and 2 <= len(title.text.split()) <= 25:
                return title
    return None


def _prose_names(working_set: Found, start: int, end: int) -> Iterator[tuple[int, int, float]]:
    text = working_set.document.text
    kinds = list(kind_pattern().finditer(text, start, end))
    for match in _QUOTES.finditer(text, start, end):
        if any(
            kind.end() - 1 <= match.start() <= kind.end() + 40 or 0 <= kind.start() - match.end() <= 3 for kind in kinds
        ):
            yield match.start(), match.end(), 0.8
    for kind in kinds:
        subject = _subject_pattern().match(text, kind.end(), end)
        if not subject or not _opens_name(text, subject.end(), subject[0].strip(" :")):
            continue
        name_end = _NAME_ENDS.search(text, subject.end(), end)
        yield subject.end(), name_end.start() if name_end else end, 0.7


def _opens_name(text: str, position: int, word: str) -> bool:
    """A name opens with a capital or a quote; after a bare "on" a date does not."""
    rest = text[position : position + 30]
    if not rest or not (rest[0].isupper() or rest[0] in _OUTER_QUOTES):
        return False
    return not re.match(
        r"(?:\w+day|January|February|March|April|May|June|July|August|September|October|November|December)\b", rest
    )


def _line_score(working_set: Found, lines: list[Line], at: int) -> float:
    """Return how much a line of the head looks like the event's name; below 0.5 it does not."""
    line = lines[at]
    start, end = clean_title(working_set, line.start, line.end)
    name = working_set.document.text[start:end]
    if not re.search(r"[^\W\d_]{2}", name) or is_section(line.text) or is_section(name) or _TIME_LINE.match(line.text):
        return 0.0
    if _is_field(working_set, line) or _DAY_LINE.match(name):
        return 0.0
    whole = _joined(working_set, lines, at)
    if whole != (line.start, line.end):
        name = working_set.document.text[whole[0] : whole[1]]
    return (
        1.0
        - 0.1 * at
        + _speaks_for(working_set, lines, at, name)
        - _speaks_against(working_set, lines, at, name, (start, end))
    )


def _speaks_for(working_set: Found, lines: list[Line], at: int, name: str) -> float:
    line = lines[at]
    score = 0.7 if names_event(name) else 0.0
    score += {"title": 0.5, "heading": 0.4}.get(line.kind, 0.0)
    score += (
        0.8
        if line.text[0] in _OUTER_QUOTES
        or working_set.document.text[line.start - 1 : line.start] in tuple(_OUTER_QUOTES)
        else 0.0
    )
    score += 0.4 if ": " in name else 0.0
    score += (
        0.4 if working_set.document.title and _fold(name) and _fold(name) in _fold(working_set.document.title) else 0.0
    )
    score += 0.9 if at and _leads_in(lines[at - 1].text) else 0.0
    score += 0.5 if at + 1 < len(lines) and _is_field(working_set, lines[at + 1]) else 0.0
    return score


def _speaks_against(working_set: Found, lines: list[Line], at: int, name: str, span: tuple[int, int]) -> float:
    line = lines[at]
    words = name.split()
    score = 1.2 if is_prose(line) or len(line.text.split()) > 30 else 0.0
    score += 0.7 if line.text[-1] in ".。" else 0.0
    score += 0.8 if len(words) < 2 else 0.0
    score += 1.0 if _leads_in(line.text) or line.text[-1] == ":" else 0.0
    score += 0.6 if _is_kicker(lines, at) else 0.0
    score += 1.5 if _is_kind_only(name) else 0.0
    score += 0.9 if _is_body(name) and not names_event(name) else 0.0
    score += 1.2 if _is_mention(working_set, *span) else 0.0
    score += (
        0.8
        if working_set.document.language == "en" and not any(char.isascii() and char.isalpha() for char in name)
        else 0.0
    )
    score += 0.7 if line.text[0].islower() else 0.0
    score += 1.0 if _SERIES.search(name) else 0.0
    score += 0.8 if at and line.kind == "key_value" and len(line.text.split(":")[0].split()) <= 2 else 0.0
    return score


@lru_cache(maxsize=1)
def _kind_words() -> frozenset[str]:
    return frozenset(words_of("title_words", "kind_words"))


def _is_kind_only(name: str) -> bool:
    """ "COLLOQUE INTERNATIONAL", "Public Hearing": what kind of event it is, the name stands below."""
    words = _fold(name).split()
    return bool(words) and all(
        word in _kind_words() or word[0].isdigit() or kind_pattern().fullmatch(word) for word in words
    )


def _is_body(name: str) -> bool:
    """A line that reads like an institution: "European Parliament", "Department of War Studies"."""
    words = name.replace(",", " ").split()
    heads = pattern_of("title_words", "bodies")
    return bool(heads.fullmatch(words[-1]) or heads.fullmatch(words[0])) and ":" not in name and len(words) <= 22


def _leads_in(text: str) -> bool:
    """ "The Office presents an International Conference on:" announces the line below."""
    return (
        bool(kind_pattern().search(text))
        and bool(re.search(r"(?:\bon|\bon the topic of|:)\s*:?\s*$", text))
        and len(text.split()) > 3
    )


def _is_field(working_set: Found, line: Line) -> bool:
    """A line that is all date, or that another field's label opens."""
    text = working_set.document.text
    if pattern_of("venue_words", "labels").match(line.text) and re.match(r"[^:\n]{2,30}:", line.text):
        return True
    if pattern_of("programme_words", "people", "words").match(line.text) and ":" in line.text[:40]:
        return True
    if pattern_of("title_words", "cuts").match(text, line.start, line.end):
        return True
    label = pattern_of("title_words", "other_labels").match(line.text)
    if label and line.text[label.end() :].lstrip(" *_")[:1] in (":", "："):
        return True
    return len(_TIME_WORDS.sub(" ", _without_dates(working_set, line)).split()) < 2 and any(
        line.start <= finding.start_char < line.end for finding in working_set.dates
    )


_TIME_WORDS = re.compile(
    r"\b(?:from|to|until|at|on|and|de|von|bis|à|h|hrs|hours|uhr|am|pm|a\.m|p\.m|time|local|[A-Z]{2,5}|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[\W\d_]+"
)


def _without_dates(working_set: Found, line: Line) -> str:
    text, position, kept = working_set.document.text, line.start, []
    for finding in working_set.dates:
        if line.start <= finding.start_char < line.end and finding.start_char >= position:
            kept.append(text[position : finding.start_char])
            position = min(finding.end_char, line.end)
    return " ".join([*kept, text[position : line.end]])


def _is_kicker(lines: list[Line], at: int) -> bool:
    """A short line in capitals above a longer one that is not: a rubric, not the name."""
    text = lines[at].text
    letters = [char for char in text if char.isalpha()]
    if not letters or sum(map(str.isupper, letters)) < 0.75 * len(letters) or at + 1 >= len(lines):
        return False
    following = lines[at + 1].text
    return len(following.split()) > len(text.split()) and not following.isupper() and not is_prose(lines[at + 1])


def _is_mention(working_set: Found, start: int, end: int) -> bool:
    """The whole line is an organisation, a person or a place."""
    for label in ("ORG", "PERSON", "PLACE"):
        for mention in working_set.mentions_of(label):  # type: ignore[arg-type]
            if mention.start_char <= start + 4 and mention.end_char >= end - 1:
                return True
    return False


def _joined(working_set: Found, lines: list[Line], at: int) -> tuple[int, int]:
    """Join a name printed over several short lines ("NATO-JAPAN" above "Defense Industrial Cooperation")."""
    first = last = at
    while first > 0 and _continues(working_set, lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _continues(working_set, lines[last], lines[last + 1]):
        last += 1
    if lines[first].text[0] in '“„«"' and first == last:
        last = _closing_line(lines, first)
    return lines[first].start, lines[last].end


def _closing_line(lines: list[Line], at: int) -> int:
    """Return the line that closes the quotation which a line opens, the line itself when none near does."""
    if any(quote in lines[at].text[1:] for quote in '”“»"'):
        return at
    for index in range(at + 1, min(at + 4, len(lines))):
        if lines[index].text.rstrip(" .")[-1:] in tuple('”“»"'):
            return index
    return at


def _continues(working_set: Found, upper: Line, lower: Line) -> bool:
    """Tell whether two neighbouring short lines are one name."""
    short = len(upper.text.split()) <= 3 and len(lower.text.split()) <= 6
    between = working_set.document.text[upper.end : lower.start]
    plain = all(
        not is_section(line.text) and not _is_field(working_set, line) and line.text[-1] not in ".:;!?"
        and not line.text[0].isdigit() and line.kind not in ("list_item", "table_row")
        for line in (upper, lower)
    )  # fmt: skip
    capital = not any(char.islower() for char in upper.text) or "-" in upper.text
    return (
        short
        and plain
        and capital
        and not between.strip(" \n\t#*-")
        and not _is_mention(working_set, lower.start, lower.end)
    )


def _without_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    if end - start > 2 and text[start] in _OUTER_QUOTES and text[end - 1] in _OUTER_QUOTES:
        inner = text[start + 1 : end - 1]
        if not any(quote in inner for quote in '“”"«»'):
            return start + 1, end - 1
    return start, end


def _after_date(working_set: Found, start: int, end: int) -> int:
    """Skip a day printed before the name ("7 March 2018: Conference on …")."""
    text = working_set.document.text
    for finding in working_set.dates:
        if (
            start <= finding.start_char <= start + 1
            and finding.end_char < end
            and finding.when.precision in ("day", "minute")
        ):
            after = re.compile(r"\s*[:|–—·,-]\s*|\t").match(text, finding.end_char, end)
            return after.end() if after else start
    return start


def _without_date(working_set: Found, start: int, end: int) -> int:
    """Cut a day printed after the name, and a year after a comma."""
    text = working_set.document.text
    for finding in working_set.dates:
        if start < finding.start_char < end <= finding.end_char + 2 and finding.when.precision in ("day", "minute"):
            end = finding.start_char
            while end > start and text[end - 1] in _SEPARATORS:
                end -= 1
            if text[start:end].endswith(" on"):
                end -= 3
            return end
    if tail := _DATE_TAIL.search(text[start:end]):
        return start + tail.start() if tail.start() else end
    return end


@lru_cache(maxsize=1)
def _kind_and_joiner() -> re.Pattern[str]:
    kinds = sorted(words_of("title_words", "document_kinds"), key=len, reverse=True)
    joiners = sorted(words_of("title_words", "joiners"), key=len, reverse=True)
    kind = "|".join(map(re.escape, kinds))
    joiner = "|".join(map(re.escape, joiners))
    kind = rf"(?:{kind})(?:\s(?:by|from)\s[^:\n]{{3,110}}?(?=\son\s))?"
    return re.compile(rf"(?:{kind})(?:\s*[:：|–—]\s*|\s+-\s+|\s+(?:{joiner})(?:\s+|(?<=')))", re.IGNORECASE)


def _without_kind(text: str, start: int, end: int) -> int:
    """Skip "Joint Readout of the", "Report from the", "Invitation:"."""
    match = _kind_and_joiner().match(text, start, end)
    if match and match.end() < end - 3:
        return _skip_article(text, match.end(), end)
    return start


def _skip_article(text: str, start: int, end: int) -> int:
    match = re.compile(r"\s*(?:the|our|an?|le|la|les|der|die|das|el|los|il)\s+", re.IGNORECASE).match(text, start, end)
    if match:
        return match.end()
    while start < end and text[start].isspace():
        start += 1
    return start


@lru_cache(maxsize=1)
def _tail_pattern() -> re.Pattern[str]:
    tails = sorted(words_of("title_words", "document_tails"), key=len, reverse=True)
    return re.compile(rf"(\s*[:;|–—(,]\s*|\s+-\s+|\s+)(?:{'|'.join(map(re.escape, tails))})\)?\s*$", re.IGNORECASE)


def _without_tail(text: str, start: int, end: int) -> int:
    """Cut ": Meeting Notice", "– Minutes"; without a mark between only after a word for an event."""
    name = text[start:end]
    position = 3
    while tail := _tail_pattern().search(name, position):
        rest = name[: tail.start()]
        if tail[1].strip() or any(match.end() == len(rest) for match in kind_pattern().finditer(rest)):
            return start + tail.start()
        position = tail.start() + len(tail[1]) + 1
    return end


def _fold(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
