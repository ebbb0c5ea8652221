"""Which documents to label next: those the models are least sure of, and no two that say nearly the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from models.features import BlockLike
from models.prediction import domain_scores, score_doc_type
from models.splits import TWIN_OVERLAP, overlap, shingles


class Readable(Protocol):
    """What is read of a document: `ingest.document.Document` and anything like it."""

    @property
    def source_uri(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> Sequence[BlockLike]: ...
    @property
    def language(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...


@dataclass(frozen=True)
class Suggestion:
    """A document worth labelling: `doubt` in 0..1 and what the doubt is about."""

    source_uri: str
    doubt: float
    reason: str


def suggest(documents: Iterable[Readable], count: int = 10) -> list[Suggestion]:
    """At most `count` documents, the most doubtful first; of near-twins only the first."""
    ranked = sorted(((_doubt(d), d) for d in documents), key=lambda pair: (-pair[0].doubt, pair[0].source_uri))
    chosen: list[Suggestion] = []
    seen: list[frozenset[int]] = []
    for suggestion, document in ranked:
        if len(chosen) == count:
            break
        runs = shingles(document.text)
        if not any(overlap(runs, other) >= TWIN_OVERLAP for other in seen):
            chosen.append(suggestion)
            seen.append(runs)
    return chosen


def _doubt(document: Readable) -> Suggestion:
    doc_type, type_score = score_doc_type(document.text, document.blocks, document.title)
    doubts = {f"is it of type {doc_type}?": 1 - type_score}
    for code, score in domain_scores(document.text, document.blocks, document.language).items():
        doubts[f"is it about {code}?"] = 1 - 2 * abs(score - 0.5)
    reason = max(doubts, key=lambda r: (doubts[r], r))
    return Suggestion(document.source_uri, round(doubts[reason], 4), reason)
