"""The corpus as a list: what is published of each document in one light row, filters, and a search over all texts."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path

import duckdb

from resolve.names import fold

PAGE_SIZE = 50
FILTERS = ("kind", "outcome", "language", "domain", "year", "review")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in the list.  `words` holds, folded, everything but its text that a search looks at."""

    document_id: str
    source_uri: str
    title: str
    kind: str
    language: str
    outcome: str
    when: str
    year: str
    place: str
    event: str
    people_count: int
    domains: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Corpus:
    """The published documents, and the names of the security domains."""

    entries: tuple[Entry, ...] = ()
    domain_names: Mapping[str, str] = field(default_factory=dict)
    by_id: Mapping[str, Entry] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """What the list is asked for; "" asks for all."""

    text: str = ""
    kind: str = ""
    outcome: str = ""
    language: str = ""
    domain: str = ""
    year: str = ""
    review: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> Question:
        """Return the question of a page's address; what it does not know is ignored."""
        return cls(**{f.name: parameters.get(f.name, "")[:200] for f in fields(cls)})


_ENTRIES = """
WITH own AS (
    SELECT ed.document_id, min_by(e, (ed.relation = 'mentions', coalesce(e.start_date, DATE '9999-01-01'))) AS event
    FROM event_documents ed JOIN events e USING (event_id) GROUP BY ed.document_id
), crowd AS (
    SELECT document_id, count(DISTINCT person_id) AS people FROM participations GROUP BY document_id
), topics AS (
    SELECT document_id, list(domain_code ORDER BY domain_score DESC) AS codes FROM document_domains GROUP BY document_id
)
SELECT d.document_id, d.source_uri, coalesce(d.document_title, own.event.event_name, ''), d.doc_type,
    coalesce(d.language_code, ''), CASE WHEN d.coverage_score < 1 THEN 'partial' ELSE 'complete' END,
    coalesce(CAST(own.event.start_date AS VARCHAR), ''), coalesce(CAST(d.published_date AS VARCHAR), ''),
    concat_ws(', ', v.city, v.country_code), coalesce(own.event.event_name, ''),
    concat_ws(' ', own.event.event_type, v.venue_name), coalesce(crowd.people, 0), coalesce(topics.codes, [])
FROM documents d
LEFT JOIN own USING (document_id) LEFT JOIN crowd USING (document_id) LEFT JOIN topics USING (document_id)
LEFT JOIN venues v ON v.venue_id = own.event.venue_id
ORDER BY d.source_uri
"""
_TABLES = ("documents", "events", "event_documents", "participations", "document_domains", "venues", "domains")


def read_corpus(processed: Path) -> Corpus:
    """Return what is published in a folder, an empty corpus where nothing is: 0.2 s for 10,000 documents."""
    if not (processed / "manifest.json").is_file():
        return Corpus()
    with _connect(processed) as db:
        rows = db.execute(_ENTRIES).fetchall()
        names = dict(db.execute("SELECT domain_code, domain_name FROM domains").fetchall())
    entries = tuple(_entry(row, names) for row in rows)
    return Corpus(entries, names, {entry.document_id: entry for entry in entries})


def _connect(processed: Path) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(config={"threads": 2})
    for table in _TABLES:
        db.read_parquet(str(processed / f"{table}.parquet")).create_view(table)
    return db


def _entry(row: tuple, names: Mapping[str, str]) -> Entry:  # type: ignore[type-arg]
    document_id, uri, title, kind, language, outcome, day, published, place, event, more, people, codes = row
    topics = " ".join(f"{code} {names.get(code, '')}" for code in codes)
    words = fold(f"{uri} {title} {event} {kind} {language} {day} {published} {place} {more} {topics}")
    when = day or published
    return Entry(
        document_id, uri, title, kind, language, outcome, when, when[:4], place, event, people, tuple(codes), words
    )


class Texts:
    """The texts of a release, folded for search.  State: a database in memory, filled at the first search."""

    def __init__(self, processed: Path) -> None:
        self.processed = processed
        self._lock = threading.Lock()
        self._db: duckdb.DuckDBPyConnection | None = None

    def holding(self, word: str) -> frozenset[str]:
        """Return the ids of the documents whose text holds a (folded) word or the beginning of one."""
        with self._lock:
            if self._db is None:
                self._db = duckdb.connect(config={"threads": 2})
                path = str(self.processed / "documents.parquet")
                self._db.execute(
                    "CREATE TABLE texts AS SELECT document_id, ' ' || regexp_replace(strip_accents(lower(text)),"
                    " '[^\\w]+', ' ', 'g') AS words FROM read_parquet(?)", [path],
                )  # fmt: skip
            found = self._db.execute("SELECT document_id FROM texts WHERE contains(words, ?)", [f" {word}"]).fetchall()
        return frozenset(row[0] for row in found)


def select(corpus: Corpus, texts: Texts, question: Question, reviewed: frozenset[str] = frozenset()) -> list[Entry]:
    """Return the entries that answer a question; every word must stand in the document or in what is known of it."""
    words = fold(question.text).split()
    holders = {word: texts.holding(word) for word in words} if corpus.entries else {}
    return [
        entry
        for entry in corpus.entries
        if _answers(entry, question, reviewed)
        and all(word in entry.words or entry.document_id in holders[word] for word in words)
    ]


def _answers(entry: Entry, question: Question, reviewed: frozenset[str], but: str = "") -> bool:
    """Whether the filters let an entry pass; the filter named `but` is not asked."""
    wanted = (
        ("kind", entry.kind), ("outcome", entry.outcome), ("language", entry.language), ("year", entry.year),
        ("review", "reviewed" if entry.source_uri in reviewed else "open"),
    )  # fmt: skip
    for name, value in wanted:
        asked = getattr(question, name)
        if asked and name != but and asked != value:
            return False
    return not question.domain or but == "domain" or question.domain in entry.domains


def count_options(corpus: Corpus, question: Question, reviewed: frozenset[str]) -> dict[str, Sequence[tuple[str, int]]]:
    """Return for each filter its values with the number of documents each would leave, beside the other filters."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in corpus.entries:
        values: dict[str, Iterable[str]] = {
            "kind": (entry.kind,), "outcome": (entry.outcome,), "language": (entry.language,), "year": (entry.year,),
            "domain": entry.domains, "review": ("reviewed" if entry.source_uri in reviewed else "open",),
        }  # fmt: skip
        for name in FILTERS:
            if _answers(entry, question, reviewed, but=name):
                counts[name].update(value for value in values[name] if value)
    return {name: sorted(counts[name].items(), reverse=name == "year") for name in FILTERS}
