"""The name of the event a document is about: candidates from all over its head, weighed on one scale.

The weights are set by hand.  Weights learned from the same evidence (a linear ranker over all lines, quotations and
names; eleven labelled sets of 307 pages, each left out in turn) named 247 to 258 pages right where these named 262.
"""

from __future__ import annotations

import re
from functools import lru_cache

from spacy.tokens import Doc

from extract.fields.layout_lines import lines_of
from extract.fields.title_candidates import TitleCandidate
from extract.fields.title_cleaning import Title, clean_text, is_section, make_title, placed_title
from extract.fields.title_headlines import headline_candidates
from extract.fields.title_line_kinds import is_kind_only, tells_other
from extract.fields.title_lines import head_lines
from extract.fields.title_prose import prose_candidates
from extract.fields.vocabulary import phrase_pattern, words_of
from extract.found import Found, found
from extract.when.declared import is_event_page
from ingest.document import Document

_KEY = "event title"
_FULL_WEIGHT = 3.0
"""The weight of a heading that names a kind of event and that the page's own title repeats: as sure as lines get."""


def event_title(doc: Doc) -> Title | None:
    """Return the name of the event that the document is about, None when the text gives none.  Kept with the Doc."""
    if _KEY not in doc.user_data:
        doc.user_data[_KEY] = _find_title(doc)
    title: Title | None = doc.user_data[_KEY]
    return title


def _find_title(doc: Doc) -> Title | None:
    working_set = found(doc)
    return _declared(working_set.document) or _labelled(working_set) or _weighed(doc) or _body_as_name(working_set)


def title_candidates(doc: Doc) -> list[TitleCandidate]:
    """Return all names that the document's event may have, the best first; equals in text order."""
    headlines = headline_candidates(doc)
    candidates = [*headlines.candidates, *prose_candidates(doc, headlines)]
    return sorted(candidates, key=lambda candidate: (-candidate.weight, candidate.start or 0))


def _weighed(doc: Doc) -> Title | None:
    working_set = found(doc)
    for candidate in title_candidates(doc):
        score = round(min(0.9, max(0.3, 0.9 * candidate.weight / _FULL_WEIGHT)), 2)
        if candidate.start is None or candidate.end is None:
            return placed_title(working_set.document.text, candidate.text, score, candidate.source)
        title = make_title(working_set, candidate.start, candidate.end, score, candidate.source)
        if title is not None and len(title.text) > 2:
            return title
    return None


def _declared(document: Document) -> Title | None:
    dated = {fact.group for fact in document.declared if fact.name.lower().endswith("startdate")}
    for fact in document.declared:
        is_name = fact.name in ("name", "Event.name", "summary", "title", "headline")
        is_event = fact.group in dated and fact.origin in ("json-ld", "microdata", "rdfa", "ics")
        if is_name and (is_event or (fact.origin == "front-matter" and is_event_page(document))):
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


def _body_as_name(working_set: Found) -> Title | None:
    """A notice headed by the committee that meets has no other name: its page title, when that is all there is."""
    for line in head_lines(working_set.document)[:1]:
        is_name = line.kind == "title" and len(line.text.split()) > 3 and line.text[-1] not in ".:"
        is_other = is_section(line.text) or is_kind_only(line.text) or tells_other(working_set, line)
        if is_name and not is_other:
            return make_title(working_set, line.start, line.end, 0.5, "headline")
    return None
