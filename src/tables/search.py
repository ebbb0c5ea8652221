"""Find events by words: each word of a question must hold in some field of the event, and the answer says in which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from resolve.names import fold
from tables.exports.release import EventView, place_of, read_events, read_rows

_IGNORED = frozenset(
    "a an and at about by event events for from in of on or our the to where which who with within what when".split()  # noqa: SIM905
)
WEIGHTS = {
    "name": 3.0,
    "when": 2.0,
    "where": 2.0,
    "topic": 2.0,
    "kind": 2.0,
    "organiser": 2.0,
    "person": 1.5,
    "text": 0.5,
}
"""What a word counts by the field it is found in; a word only in the text of a document counts least."""


@dataclass(frozen=True)
class Hit:
    """An event that answers: `why` gives, for each word of the question, the field and the value that holds it."""

    event_id: str
    name: str
    when: str
    where: str
    score: float
    why: tuple[tuple[str, str, str], ...]
    documents: tuple[str, ...]


def search(processed: Path, question: str, limit: int = 20) -> list[Hit]:
    """Return the events in which every word of the question is found, best first, then latest first."""
    words = [word for word in fold(question).split() if word not in _IGNORED]
    if not words:
        return []
    texts, topics = _document_words(processed), _topics(processed)
    hits = [hit for view in read_events(processed) if (hit := _match(view, words, texts, topics))]
    hits.sort(key=lambda hit: hit.when, reverse=True)
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def _match(
    view: EventView, words: list[str], texts: Mapping[str, frozenset[str]], topics: Mapping[str, list[str]]
) -> Hit | None:
    fields = list(_fields(view, topics))
    why = []
    for word in words:
        found = _best(word, fields) or _in_text(word, view, texts)
        if not found:
            return None
        why.append((word, *found))
    event = view.event
    score = sum(WEIGHTS[field] for _, field, _ in why)
    name = event["event_name"] or "(no name stated)"
    when = str(event["start_date"] or "")
    return Hit(event["event_id"], name, when, place_of(view.venue), score, tuple(why), view.documents)


def _fields(view: EventView, topics: Mapping[str, list[str]]) -> Iterable[tuple[str, str]]:
    event = view.event
    yield "name", event["event_name"] or ""
    yield "kind", " ".join(filter(None, (event["event_type"], event["attendance_mode"], event["event_status"])))
    if event["start_date"]:
        yield "when", event["start_date"].strftime("%Y %B %d %A")
    yield "where", place_of(view.venue)
    for organiser in view.organisers:
        yield "organiser", " ".join(filter(None, (organiser["organisation_name"], organiser["acronym"])))
    for person in view.people:
        yield "person", ", ".join(str(person[n]) for n in ("person_name", "position", "affiliation") if person.get(n))
    for document in view.documents:
        for topic in topics.get(document, ()):
            yield "topic", topic


def _best(word: str, fields: Iterable[tuple[str, str]]) -> tuple[str, str] | None:
    """The weightiest field with a word that is the asked one, its plural or its beginning (three letters or more)."""
    hits = [(field, value) for field, value in fields if any(_same(word, other) for other in fold(value).split())]
    return max(hits, key=lambda hit: WEIGHTS[hit[0]]) if hits else None


def _same(word: str, other: str) -> bool:
    bare = word[:-1] if word.endswith("s") and len(word) > 3 else word
    return other in (word, bare) or (len(bare) >= 3 and not bare.isdigit() and other.startswith(bare))


def _in_text(word: str, view: EventView, texts: Mapping[str, frozenset[str]]) -> tuple[str, str] | None:
    holder = next((d for d in view.documents if word in texts.get(d, frozenset())), None)
    return ("text", holder) if holder else None


def _document_words(processed: Path) -> dict[str, frozenset[str]]:
    return {row["source_uri"]: frozenset(fold(row["text"]).split()) for row in read_rows(processed, "documents")}


def _topics(processed: Path) -> dict[str, list[str]]:
    """Domains of each document, as code and name."""
    names = {row["domain_code"]: row["domain_name"] for row in read_rows(processed, "domains")}
    uris = {row["document_id"]: row["source_uri"] for row in read_rows(processed, "documents")}
    topics: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(processed, "document_domains"):
        code: Any = row["domain_code"]
        topics[uris[row["document_id"]]].append(f"{code} {names[code]}")
    return topics
