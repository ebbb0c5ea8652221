"""Find events, people or sentences: each word of a question must hold in some field, and the answer says in which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import duckdb
import pycountry

from resolve.names import fold
from tables.exports.database import create_views
from tables.questions import Question, Term, parse_question
from tables.search_fields import COUNTRIES, EVENT_FIELDS, EVENTS, FOLDED, PEOPLE, PERSON_FIELDS, SENTENCE_DOCUMENTS

Kind = Literal["events", "people", "sentences"]
WEIGHTS: Mapping[str, float] = {
    "name": 3.0,
    "when": 2.0,
    "where": 2.0,
    "topic": 2.0,
    "kind": 2.0,
    "organiser": 2.0,
    "affiliation": 2.0,
    "person": 1.5,
    "post": 1.5,
    "role": 1.5,
    "agreement": 1.5,
    "programme": 1.0,
    "event": 1.0,
    "text": 0.5,
}
"""What a word counts by the field it is found in; a word only in the text of a document counts least."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“«(])|(?<=[。！？])|\n+")
_QUERIES = {"events": (EVENT_FIELDS, EVENTS), "people": (PERSON_FIELDS, PEOPLE)}
Why = tuple[str, str, str]


@dataclass(frozen=True)
class Hit:
    """What answers: `why` gives, for each word of the question, the field and the value that holds it.

    For a sentence `name` is the sentence, `where` its document and `start_char` where in documents.text it begins.
    """

    id: str
    name: str
    when: str
    where: str
    score: float
    why: tuple[Why, ...]
    documents: tuple[str, ...]
    start_char: int | None = None


def search(processed: Path, question: str, limit: int = 20, kind: Kind = "events") -> list[Hit]:
    """Return what answers a question, best first, then latest first."""
    asked = parse_question(question)
    if asked.is_empty:
        return []
    with duckdb.connect() as db:
        create_views(db, processed)
        if kind == "sentences":
            return _sentences(db, asked, limit)
        _make_fields(db, kind)
        return _rows(db, asked, limit, kind)


def count_without(processed: Path, question: str, kind: Kind = "events") -> dict[str, int]:
    """Return, for each word of a question, how many answers there would be without it: why there is none with it."""
    asked = parse_question(question)
    if kind == "sentences" or len(asked.terms) < 2:
        return {}
    with duckdb.connect() as db:
        create_views(db, processed)
        _make_fields(db, kind)
        between = {row[0] for row in db.execute(_QUERIES[kind][1], asked.days).fetchall()}
        found = [between.intersection(_holders(db, term)) for term in asked.terms]
    counts = {
        str(term): len(set.intersection(*found[:n], *found[n + 1 :])) for n, term in enumerate(asked.terms)
    }  # fmt: skip
    return {word: count for word, count in counts.items() if count}


def _make_fields(db: duckdb.DuckDBPyConnection, kind: Kind) -> None:
    db.execute(COUNTRIES, [[c.alpha_2 for c in pycountry.countries], [c.name for c in pycountry.countries]])
    db.execute(f"CREATE TABLE fields AS SELECT *, {FOLDED} AS folded FROM ({_QUERIES[kind][0]})")


def _rows(db: duckdb.DuckDBPyConnection, asked: Question, limit: int, kind: Kind) -> list[Hit]:
    """Rows in which every term holds somewhere."""
    found = [_holders(db, term) for term in asked.terms]
    keys = set.intersection(*map(set, found)) if found else None
    hits = []
    for key, name, when, where, documents in db.execute(_QUERIES[kind][1], asked.days).fetchall():
        if keys is None or key in keys:
            why = tuple((str(t), *holders[key]) for t, holders in zip(asked.terms, found, strict=True))
            score = sum(WEIGHTS[field] for _, field, _ in why)
            hits.append(Hit(key, name, when or "", where or "", score, why, tuple(documents)))
    hits.sort(key=lambda hit: (hit.when, hit.name), reverse=True)
    best = sorted(hits, key=lambda hit: -hit.score)[:limit]
    return [_with_sentences(hit, asked.terms) for hit in best]


def _holders(db: duckdb.DuckDBPyConnection, term: Term) -> dict[str, tuple[str, str]]:
    """Keys of the rows in which a term holds, each with the weightiest field and its value."""
    best: dict[str, tuple[str, str]] = {}
    query = "SELECT id, field, value FROM fields WHERE regexp_matches(folded, ?)"
    for key, field, value in db.execute(query, [term.pattern]).fetchall():
        if key not in best or WEIGHTS[field] > WEIGHTS[best[key][0]]:
            best[key] = (field, value)
    return best


def _with_sentences(hit: Hit, terms: Sequence[Term]) -> Hit:
    """Where a word holds in a text only, give the sentence instead of the whole text."""
    why = tuple(
        (word, field, next((s for _, s in _split(value) if _holds(term, s)), value[:200]) if field == "text" else value)
        for term, (word, field, value) in zip(terms, hit.why, strict=True)
    )
    return Hit(hit.id, hit.name, hit.when, hit.where, hit.score, why, hit.documents)


def _sentences(db: duckdb.DuckDBPyConnection, asked: Question, limit: int) -> list[Hit]:
    """Sentences that hold every term, of the latest documents first."""
    conditions = "".join(f" AND regexp_matches({FOLDED}, $p{n})" for n in range(len(asked.terms)))
    parameters = {f"p{n}": term.pattern for n, term in enumerate(asked.terms)}
    query = f"SELECT * FROM ({SENTENCE_DOCUMENTS}) WHERE true{conditions} ORDER BY day DESC NULLS LAST, source_uri"
    rows = db.execute(query, {**asked.days, **parameters})
    hits: list[Hit] = []
    while len(hits) < limit and (row := rows.fetchone()):
        key, uri, day, text = row
        for start, sentence in _split(text):
            if all(_holds(term, sentence) for term in asked.terms):
                why = tuple((str(term), "text", sentence) for term in asked.terms)
                hits.append(Hit(key, sentence, str(day or ""), uri, 1.0, why, (uri,), start))
    return hits[:limit]


def _split(text: str) -> Iterator[tuple[int, str]]:
    """The sentences and lines of a text, each with the offset of its first character."""
    start = 0
    for match in [*_SENTENCE_END.finditer(text), None]:
        end = match.start() if match else len(text)
        if sentence := text[start:end].strip():
            yield text.index(sentence, start), sentence
        start = match.end() if match else end


def _holds(term: Term, text: str) -> bool:
    return _python_pattern(term).search(fold(text)) is not None


@lru_cache(maxsize=256)
def _python_pattern(term: Term) -> re.Pattern[str]:
    return re.compile(term.pattern.replace(r"[^\p{L}\p{N}]", r"\W"))


def group_reasons(hit: Hit) -> dict[str, list[str]]:
    """The values that hold the words of the question, by field, each once."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for _, field, value in hit.why:
        if value not in reasons[field]:
            reasons[field].append(value)
    return dict(reasons)
