"""Names of events in the headline of a page: the line itself, a name it quotes, a name that its news speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.event_names import event_names, kind_pattern, names_event
from extract.fields.layout_lines import lines_of
from extract.fields.title_candidates import Headlines, TitleCandidate, names_what_is_quoted, quotations
from extract.fields.title_cleaning import (
    OUTER_QUOTES,
    clean_text,
    fold_words,
    is_section,
    make_title,
    part_in_event,
    skip_article,
)
from extract.fields.title_dates import DATE_TAIL
from extract.fields.title_joining import joined_lines
from extract.fields.title_line_kinds import is_kind_only
from extract.fields.title_lines import head_lines, line_score
from extract.fields.vocabulary import pattern_of, phrase_pattern, words_of
from extract.found import found
from extract.vocabularies import read_toml
from extract.when.tokens import CJK
from ingest.document import Document

_LEAST = 0.5
_KIND_AFTER = re.compile(r"\s*[:,–—-]\s")
"""Between a quoted name that opens a headline and what it is the name of: "“…”: debate in Oslo"."""
_OUTSIDE = 2.2
"""The weight of a title that only the page's metadata carries: above a bare line, below a heading that names one."""
_INDEFINITE = re.compile(r"(?<![:–—-])\s(?:an?|une?|una|uno|eine[mnr]?|ein|een)\s+")
_INFINITIVE = re.compile(r"\sto\s$")
_DEFINITE = re.compile(
    r"\s(?:the|el|la|los|las|le|les|il|lo|i|gli|der|die|das|dem|den|het|de|del|al|du|au|zum|beim|im)\s$"
)
_BEFORE_NAME = 2
"""Words before a name's article from which on a headline speaks of the event instead of naming it."""
_TOLD = 50
"""Characters between "a" and the word for an event that it belongs to."""
_QUOTED = 3.2
_NAMED, _HELD, _NEWS = 2.4, 2.0, 1.0
_DESCRIBED = 1.4
"""What news holds or tells of in small letters is rather a description: a name of the text goes before it."""


def headline_candidates(doc: Doc) -> Headlines:
    """Read the best of the head's lines, or the title that the page's metadata gives."""
    working_set = found(doc)
    lines = head_lines(working_set.document)
    scored = [(score, -at) for at, line in enumerate(lines) if (score := line_score(working_set, lines, at)) >= _LEAST]
    outside = _title_outside(working_set.document)
    if outside and (not scored or max(scored)[0] < _OUTSIDE):
        return _from_outside(outside)
    if not scored:
        return Headlines(tuple(_after_opening_date(doc)))
    weight, at = max(scored)
    start, end = joined_lines(working_set, lines, -at)
    return _from_line(doc, start, end, weight)


def _only_says_what(before: str) -> bool:
    """What stands before a quoted name is no name itself: "Panel discussion on “…”", "The open seminar “…”".

    In Japanese the word for the kind ends right at the quotation, whoever's it is: "東京カレッジ講演会「…」".
    """
    if CJK.search(before):
        return True
    words = before.replace(":", " ").split()
    while words and words[-1].casefold() in words_of("title_words", "joiners"):
        words.pop()
    return is_kind_only(" ".join(words))


def is_news(headline: str) -> bool:
    """Tell a sentence about an event ("Minister opens port forum") from an event's name, which may ask something."""
    if headline.rstrip(' .”"»').endswith("?"):
        return False
    outside = _outside_quotes(headline)
    if any(news_verb(part, 1, len(part)) for part in outside):
        return True
    return any(next(_told_of(part, 1, len(part)), None) or _announces_day(part) for part in outside)


def news_verb(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the first verb of news; what an event is to do is none ("Workshop to strengthen ports")."""
    verbs = pattern_of("title_words", "news_verbs").finditer(text, start, end)
    return next((verb for verb in verbs if not _INFINITIVE.search(text, start, verb.start())), None)


@lru_cache(maxsize=1)
def _weekdays() -> re.Pattern[str]:
    names = {name for table in read_toml("weekdays").values() for day in table["names"] for name in day}
    return phrase_pattern(names)


def _announces_day(headline: str) -> bool:
    """ "Friday conference on ports": a weekday without its date is news of these days."""
    days = [day for day in _weekdays().finditer(headline, 1) if not re.match(r"[\s,.]*\d", headline[day.end() :])]
    return bool(days) and any(kind[0][0].islower() for kind in kind_pattern().finditer(headline))


def _told_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what news tells of in small letters: "Experts meet for an [open dialogue on ports]: …"."""
    for article in _INDEFINITE.finditer(text, start, end):
        kind = kind_pattern().search(text, article.end(), min(end, article.end() + _TOLD))
        if kind and kind[0][0].islower() and len(text[article.end() : kind.start()].split()) <= 3:
            stop = re.compile(r"[:,;]").search(text, kind.end(), end)
            yield article.end(), stop.start() if stop else end


def _outside_quotes(headline: str) -> list[str]:
    position, parts = 0, []
    for begin, stop in quotations(headline, 0, len(headline)):
        parts.append(headline[position : begin - 1])
        position = stop + 1
    return [*parts, headline[position:]]


def _from_line(doc: Doc, start: int, end: int, weight: float) -> Headlines:
    working_set = found(doc)
    text = working_set.document.text
    whole = text[start:end]
    title = make_title(working_set, start, end, 0.9, "headline")
    if title is None or title.start is None or title.end is None:
        return Headlines(text=whole)
    candidates = [
        TitleCandidate(text[begin:stop], begin, stop, max(_QUOTED, weight + 0.5), "quoted", ("quoted in the headline",))
        for begin, stop in quotations(text, title.start, end)
        if (names_what_is_quoted(text, start, begin, stop, end) and _only_says_what(text[title.start : begin - 1]))
        or (begin <= start + 1 and _KIND_AFTER.match(text, stop + 1, end))
    ]
    if title.start > start and names_what_is_quoted(text, start, title.start, title.end, end):
        weight = max(_QUOTED, weight + 0.5)
    own = TitleCandidate(title.text, title.start, title.end, weight, "headline", ("heading",))
    is_news_kind = pattern_of("title_words", "news_kinds").match(text, start, end) is not None
    if not is_news_kind and not is_news(title.text) and not _speaks_of_event(doc, title.start, title.end):
        return Headlines((*candidates, own), whole)
    return Headlines((*candidates, *_in_news(doc, title.start, title.end)), whole, is_news=True)


def _speaks_of_event(doc: Doc, start: int, end: int) -> bool:
    """ "Office at the Keepers’ Forum", "Pilots of the north in the 2nd Tide Seminar": the name stands inside."""
    text = found(doc).document.text
    for begin, _ in event_names(doc, start, end):
        before = text[start:begin]
        is_inside = _DEFINITE.search(before) is not None and len(before.split()) > _BEFORE_NAME
        if is_inside and not kind_pattern().search(before) and not re.search(r"[:–—|]", before):
            return True
    return False


def _in_news(doc: Doc, start: int, end: int) -> Iterator[TitleCandidate]:
    """Read "Minister opens the Port Security Forum": the name is what is opened, else the sentence must do."""
    text = found(doc).document.text
    for begin, stop in quotations(text, start, end):
        yield TitleCandidate(text[begin:stop], begin, stop, _NAMED + 0.1, "quoted", ("quoted in news",))
    verb = news_verb(text, start + 1, end)
    if verb is None:
        for begin, stop in event_names(doc, start, end):
            if begin > start + 1:
                yield TitleCandidate(text[begin:stop], begin, stop, _NAMED, "named", ("named in news",))
    if verb is not None:
        if _is_of_event(text, skip_article(text, start, end), verb.start()):
            begin, stop = skip_article(text, start, end), verb.start()
            yield TitleCandidate(text[begin:stop], begin, stop, _HELD, "headline", ("what news is of",))
        for begin, stop in event_names(doc, verb.end(), end):
            if not names_event(text[begin:stop]):
                continue
            weight = _NAMED + 0.05 * len(text[begin:stop].split())
            yield TitleCandidate(text[begin:stop], begin, stop, weight, "named", ("object of news",))
        if pattern_of("title_words", "holding_verbs").fullmatch(verb[0]) and names_event(text[verb.end() : end]):
            begin = skip_article(text, verb.end(), end)
            weight = _HELD if re.search(r"[A-ZÀ-Ý\d]", text[begin:end]) else _DESCRIBED
            yield TitleCandidate(text[begin:end], begin, end, weight, "headline", ("what is held",))
    for begin, stop in _told_of(text, start, end):
        yield TitleCandidate(text[begin:stop], begin, stop, _DESCRIBED, "headline", ("what news tells of",))
    if names_event(text[start:end]):
        yield TitleCandidate(text[start:end], start, end, _NEWS, "headline", ("headline of news",))


def _is_of_event(text: str, start: int, end: int) -> bool:
    """ "The [annual conference of the Keepers] opens", "[Tide Forum 2031] kicks off": the subject is the event."""
    kinds_of = list(kind_pattern().finditer(text, start, end))
    after = text[kinds_of[-1].end() : end].strip() if kinds_of else ""
    is_last = not after or re.match(
        r"(?:\w+\s)?(?:of|on|for|de|del|des|du|der|su|sur|sobre|über|(?:19|20)\d\d)\b", after
    )
    return bool(kinds_of) and bool(is_last) and len(text[start:end].split()) > 1


def _title_outside(document: Document) -> str | None:
    """Return the document's title when its text does not print it (front matter, metadata)."""
    if not document.title or is_section(document.title) or len(document.title.split()) < 2:
        return None
    if pattern_of("title_words", "furniture").match(document.title):
        return None
    title = " ".join(document.title.split())
    folded = fold_words(title)
    printed = any(
        fold_words(line.text) and fold_words(line.text) in folded and len(line.text) >= len(title) / 3
        for line in head_lines(document)
    )
    return None if printed else title


def _from_outside(title: str) -> Headlines:
    name = clean_text(title)
    if part := part_in_event(name, 0, len(name)):
        name = name[skip_article(name, part, len(name)) :]
    if cut := pattern_of("title_words", "cuts").search(name, 1):
        name = name[: cut.start()]
    name = DATE_TAIL.sub("", name).strip(" ,;:-–—(")
    news = is_news(title) or pattern_of("title_words", "news_kinds").match(title) is not None
    weight = _NEWS + 0.1 if news else _OUTSIDE + 0.3
    own = (TitleCandidate(name, None, None, weight, "headline", ("title of the page",)),) if name else ()
    return Headlines(own, title, is_news=news)


def _after_opening_date(doc: Doc) -> Iterator[TitleCandidate]:
    """ "Friday 3 May 2030, 18:30 Ports in the Storm. With Ada Lind …": a run-on notice that opens with its day."""
    working_set = found(doc)
    text = working_set.document.text
    lines = [line for line in lines_of(working_set.document) if line.is_main]
    if not lines:
        return
    first = lines[0]
    end_of_date = first.start
    for finding in working_set.dates:
        if finding.start_char <= end_of_date + 3 and finding.end_char < first.end:
            end_of_date = max(end_of_date, finding.end_char)
    if end_of_date == first.start:
        return
    stop = min((at for mark in (". ", " | ", "? ", "! ") if (at := text.find(mark, end_of_date, first.end)) > 0),
               default=first.end)  # fmt: skip
    stop += text[stop : stop + 1] in ("?", "!")
    name = text[end_of_date:stop].strip(" ,:–-")
    if 2 <= len(name.split()) <= 16 and stop < first.end - 1 and (name[0].isupper() or name[0] in OUTER_QUOTES):
        yield TitleCandidate(name, end_of_date, stop, 1.9, "headline", ("after its day",))
