"""Ways to take part in an event and what else its page states: links, hashtags, languages, the series it is of."""

from __future__ import annotations

import re

from extract.fields.vocabulary import pattern_of, words_of
from extract.vocabularies import read_toml
from ingest.document import Document

_HASHTAG = re.compile(r"(?<![\w/&#.?=])#([^\W\d_]\w{2,50})(?!\w*[-{])")
_URL = re.compile(r"https?://[^\s<>\"'()\[\]{}]+")
_SERIES = re.compile(
    r"(?:[Pp]art of|[Ww]ithin|[Ii]n the framework of|[Ll]aunch(?:es)?|[Cc]ontinues|[Ii]naugurating|[Uu]nder) "
    r"(?:the|our|its|a|this year['’]s) ((?:[A-Z“\"‘][\w&’'“”\"‘:–-]*|of|the|and|on|for|in)(?: (?:[A-Z“\"‘][\w&’'“”\"‘:–-]*|of|the|and|on|for|in)){0,11} "  # noqa: E501
    r"(?:[Ss]eries|[Ll]ectures|[Ss]eminars|[Dd]ialogues|[Tt]alks))\b"
)
_INTERPRETED = re.compile(r"[\w\s/,–-]{0,25}\b(?:interpretation|simultaneous translation)\b")
_INTERPRETATION = re.compile(r"interpretation|simultaneous translation")
_NEAR_BEFORE = 80
_NEAR_AFTER = 30


def hashtags_of(text: str) -> tuple[str, ...]:
    """Return the hashtags of a text in order, each once, without "#"; anchors, colours and room numbers are none."""
    tags = dict.fromkeys(match[1] for match in _HASHTAG.finditer(text))
    return tuple(tag for tag in tags if len(tag) >= 6 or any(char.isupper() for char in tag[1:]))


def registration_url(document: Document) -> str | None:
    """Return the link to register: by its words or the words before it, else by a well-known host."""
    return _best_link(document, "registration", excluded="stream")


def stream_url(document: Document) -> str | None:
    """Return the link to watch the event live."""
    return _best_link(document, "stream", excluded="registration")


def _best_link(document: Document, purpose: str, excluded: str) -> str | None:
    words = pattern_of("event_words", purpose, "words")
    hosts = words_of("event_words", purpose, "hosts")
    others = words_of("event_words", excluded, "hosts")
    best: tuple[int, int, str] | None = None
    for start, end, target in _links(document):
        if not target.startswith(("http://", "https://")):
            continue
        on_host = any(host in target.casefold() for host in hosts)
        own = bool(words.search(document.text, start, end))
        line_start = document.text.rfind("\n", 0, start) + 1
        near = words.search(document.text, max(line_start, start - _NEAR_BEFORE), min(len(document.text), end))
        score = 3 * own + 2 * on_host + (1 if near else 0)
        if any(host in target.casefold() for host in others) and not own:
            score -= 2
        if (score >= 2 and (best is None or score > best[0])) or (
            score == 1 and near and target in document.text and best is None and purpose == "registration"
        ):
            best = (score, start, target)
    return best[2] if best else None


def _links(document: Document) -> list[tuple[int, int, str]]:
    """Return hyperlinks and bare URLs in text order."""
    links = [(link.start, link.end, link.target) for link in document.links]
    taken = {link[0] for link in links}
    for match in _URL.finditer(document.text):
        if match.start() not in taken:
            links.append((match.start(), match.end(), match[0].rstrip(".,;:!?")))
    return sorted(links)


def event_languages(text: str) -> tuple[str, ...]:
    """Return the codes of the languages that the text says the event is held in; none when it does not say."""
    cues = pattern_of("event_words", "language_cues", "words")
    if not cues.search(text) and not _INTERPRETATION.search(text):
        return ()
    found: dict[str, None] = {}
    for code in read_toml("event_words")["languages"]:
        for match in pattern_of("event_words", "languages", code).finditer(text):
            start = max(text.rfind("\n", 0, match.start()) + 1, match.start() - _NEAR_BEFORE)
            before = re.split(r"[.!?]\s", text[start : match.start()])[-1]
            after = text[match.end() : match.end() + _NEAR_AFTER]
            if cues.search(before) or _INTERPRETED.match(after):
                found[code] = None
    return tuple(found)


def series_name(text: str) -> str | None:
    """Return the series that the text says its event belongs to."""
    match = _SERIES.search(text)
    return " ".join(match[1].split()).strip('“”"‘’') if match else None
