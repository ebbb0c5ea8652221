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
    """A document in the list."""

    document_id: str
    source_uri: str
    title: str
    kind: str
    language: str
    outcome: str
    when: str
    place: str
    people_count: int
    domains: tuple[str, ...]

    @property
    def year(self) -> str:
        return self.when[:4]


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


_LISTED = """
CREATE VIEW listed AS WITH own AS (
    SELECT ed.document_id, min_by(e, (ed.relation = 'mentions', coalesce(e.start_date, DATE '9999-01-01'))) AS event
    FROM event_documents ed JOIN events e USING (event_id) GROUP BY ed.document_id
), crowd AS (
    SELECT document_id, count(DISTINCT person_id) AS people FROM participations GROUP BY document_id
), topics AS (
    SELECT document_id, list(domain_code ORDER BY domain_score DESC) AS codes, string_agg(domain_name, ' ') AS names
    FROM document_domains JOIN domains USING (domain_code) GROUP BY document_id
)
SELECT d.document_id, d.source_uri, coalesce(d.document_title, own.event.event_name, '') AS title,
    d.doc_type AS kind, coalesce(d.language_code, '') AS language,
    CASE WHEN d.coverage_score < 1 THEN 'partial' ELSE 'complete' END AS outcome,
    coalesce(CAST(own.event.start_date AS VARCHAR), CAST(d.published_date AS VARCHAR), '') AS "when",
    concat_ws(', ', v.city, v.country_code) AS place, coalesce(crowd.people, 0) AS people_count,
    coalesce(topics.codes, []) AS domains,
    concat_ws(' ', own.event.event_name, own.event.event_type, v.venue_name, topics.names) AS more
FROM documents d
LEFT JOIN own USING (document_id) LEFT JOIN crowd USING (document_id) LEFT JOIN topics USING (document_id)
LEFT JOIN venues v ON v.venue_id = own.event.venue_id
"""
_COLUMNS = ", ".join(f'"{field.name}"' for field in fields(Entry))
_ENTRIES = f"SELECT {_COLUMNS} FROM listed ORDER BY source_uri"
# as `resolve.names.fold` does it, but for punctuation
_TEXTS = """
CREATE TABLE texts AS SELECT l.document_id, replace(translate(strip_accents(lower(concat_ws(
    ' ', l.source_uri, l.title, l.kind, l.language, l."when", l.place, array_to_string(l.domains, ' '), l.more, d.text
))), 'łđøı', 'ldoi'), 'ß', 'ss') AS words
FROM listed l JOIN documents d USING (document_id)
"""
_TABLES = ("documents", "events", "event_documents", "participations", "document_domains", "venues", "domains")


def read_corpus(processed: Path) -> Corpus:
    """Return what is published in a folder, an empty corpus where nothing is: 0.4 s for 10,000 documents."""
    if not (processed / "manifest.json").is_file():
        return Corpus()
    with _connect(processed) as db:
        rows = db.execute(_ENTRIES).fetchall()
        names = dict(db.execute("SELECT domain_code, domain_name FROM domains").fetchall())
    entries = tuple(Entry(*row) for row in rows)
    return Corpus(entries, names, {entry.document_id: entry for entry in entries})


def _connect(processed: Path) -> duckdb.DuckDBPyConnection:
    db = duckdb.connect(config={"threads": 2})
    for table in _TABLES:
        db.read_parquet(str(processed / f"{table}.parquet")).create_view(table)
    db.execute(_LISTED)
    return db


class Texts:
    """The texts of a release with what is known of each, folded for search: 3 s for 50 MB, then 0.1 s a word.

    State: a database in memory, filled by `prepare` or the first search.
    """

    def __init__(self, processed: Path) -> None:
        self.processed = processed
        self._lock = threading.Lock()
        self._db: duckdb.DuckDBPyConnection | None = None

    def prepare(self) -> None:
        """Fill the database, where it is not."""
        with self._lock:
            if self._db is None:
                db = _connect(self.processed)
                db.execute(_TEXTS)
                self._db = db

    def holding(self, words: Sequence[str]) -> frozenset[str]:
        """Return the ids of the documents in which each of the (folded) words stands, whole or as a beginning."""
        self.prepare()
        asked: list[str] = []
        for word in words:
            # a boundary is known between Latin letters only; other scripts may write without blanks
            asked += [word, f"\\b{word}" if word.isascii() else ""]
        condition = " AND ".join(["contains(words, ?) AND regexp_matches(words, ?)"] * len(words))
        with self._lock:
            assert self._db is not None
            found = self._db.execute(f"SELECT document_id FROM texts WHERE {condition}", asked).fetchall()
        return frozenset(row[0] for row in found)


def select(corpus: Corpus, texts: Texts, question: Question, reviewed: frozenset[str] = frozenset()) -> list[Entry]:
    """Return the entries that answer a question; every word must stand in the document or in what is known of it."""
    words = fold(question.text).split() if corpus.entries else []
    holders = texts.holding(words) if words else None
    return [
        entry
        for entry in corpus.entries
        if _answers(entry, question, reviewed) and (holders is None or entry.document_id in holders)
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
