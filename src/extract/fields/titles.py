"""The name of the event a document is about: declared, labelled, in the headline, quoted or named in a sentence."""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.event_names import event_names, names_event
from extract.fields.layout_lines import lines_of
from extract.fields.title_cleaning import (
    DATE_TAIL,
    Title,
    clean_text,
    fold_words,
    is_section,
    make_title,
    part_in_event,
    placed_title,
    skip_article,
)
from extract.fields.title_lines import head_lines, joined_lines, line_score
from extract.fields.title_prose import QUOTES, lead_paragraphs, name_in_prose, named_in_lead
from extract.fields.vocabulary import pattern_of, phrase_pattern, words_of
from extract.found import Found, found
from ingest.document import Document

_KEY = "event title"


def event_title(doc: Doc) -> Title | None:
    """Return the name of the event that the document is about, None when the text gives none.  Kept with the Doc."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = _find_title(doc)
    title: Title | None = doc.user_data[_KEY]
    return title


def _find_title(doc: Doc) -> Title | None:
    working_set = found(doc)
    return (
        _declared(working_set.document)
        or _labelled(working_set)
        or _from_headline(doc)
        or name_in_prose(doc, lead_paragraphs(working_set.document))
        or _body_as_name(working_set)
    )


def _declared(document: Document) -> Title | None:
    dated = {fact.group for fact in document.declared if fact.name.lower().endswith("startdate")}
    for fact in document.declared:
        is_name = fact.name in ("name", "Event.name", "summary", "title", "headline")
        if is_name and fact.group in dated and fact.origin in ("json-ld", "microdata", "rdfa", "ics"):
            value = clean_text(fact.value)
            if len(value.split()) > 1:
                return placed_title(document.text, value, 1.0, "declared")
    return None


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
            return make_title(working_set, label.end() + opening.end(), line.end, 0.95, "label")
    return None


def _from_headline(doc: Doc) -> Title | None:
    working_set = found(doc)
    document = working_set.document
    lines = head_lines(document)
    scored = [(score, -at) for at, line in enumerate(lines) if (score := line_score(working_set, lines, at)) >= 0.5]
    outside = _title_outside(document)
    if outside and (not scored or max(scored)[0] < 2.2):
        return _from_outside(doc, outside)
    if not scored:
        return None
    at = -max(scored)[1]
    start, end = joined_lines(working_set, lines, at)
    return _from_span(doc, start, end)


def _title_outside(document: Document) -> str | None:
    """Return the document's title when its text does not print it (front matter, metadata)."""
    if not document.title or is_section(document.title) or len(document.title.split()) < 2:
        return None
    title = " ".join(document.title.split())
    folded = fold_words(title)
    printed = any(
        fold_words(line.text) and fold_words(line.text) in folded and len(line.text) >= len(title) / 3
        for line in head_lines(document)
    )
    return None if printed else title


def _from_outside(doc: Doc, title: str) -> Title | None:
    document = found(doc).document
    if name_in_text := _news_name(doc, title):
        return name_in_text
    name = clean_text(title)
    if part := part_in_event(name, 0, len(name)):
        name = name[skip_article(name, part, len(name)) :]
    if cut := pattern_of("title_words", "cuts").search(name, 1):
        name = name[: cut.start()]
    name = DATE_TAIL.sub("", name).strip(" ,;:-–—(")
    return placed_title(document.text, name, 0.9, "headline") if name else None


def _news_name(doc: Doc, title: str) -> Title | None:
    """Find the name that a news headline outside the text speaks of, as the text itself prints it."""
    if not (
        pattern_of("title_words", "news_verbs").search(title) or pattern_of("title_words", "news_kinds").match(title)
    ):
        return None
    return named_in_lead(doc, title)


def _from_span(doc: Doc, start: int, end: int) -> Title | None:
    """Read a headline: a name, or a sentence of news about one."""
    working_set = found(doc)
    text = working_set.document.text
    title = make_title(working_set, start, end, 0.9, "headline")
    if title is None or title.start is None or title.end is None:
        return title
    is_news_kind = pattern_of("title_words", "news_kinds").match(text, start, end)
    if is_news_kind and (named := named_in_lead(doc, title.text)):
        return named
    verb = pattern_of("title_words", "news_verbs").search(text, title.start + 1, title.end)
    if not verb or _is_quoted(text, verb.start(), title.start, title.end):
        return title
    for match in QUOTES.finditer(text, title.start, title.end):
        if quoted := make_title(working_set, match.start(), match.end(), 0.85, "quoted"):
            return quoted
    names = event_names(doc, verb.end(), title.end)
    if names:
        begin, stop = max(names, key=lambda name: name[1] - name[0])
        return make_title(working_set, begin, stop, 0.8, "named")
    if pattern_of("title_words", "holding_verbs").fullmatch(verb[0]) and names_event(text[verb.end() : title.end]):
        return make_title(working_set, skip_article(text, verb.end(), title.end), title.end, 0.7, "headline")
    named = named_in_lead(doc, title.text) or name_in_prose(doc, lead_paragraphs(working_set.document))
    return named or (title if names_event(title.text) else None)


def _is_quoted(text: str, position: int, start: int, end: int) -> bool:
    return any(match.start() < position < match.end() for match in QUOTES.finditer(text, start, end))


def _body_as_name(working_set: Found) -> Title | None:
    """A notice headed by the committee that meets has no other name: its page title, when that is all there is."""
    for line in head_lines(working_set.document)[:1]:
        if (
            line.kind == "title"
            and len(line.text.split()) > 3
            and line.text[-1] not in ".:"
            and not is_section(line.text)
        ):
            return make_title(working_set, line.start, line.end, 0.5, "headline")
    return None
