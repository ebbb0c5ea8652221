"""Bring the joined corpus up to date with the stored records and with what people decided about them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from extract.records import DocumentRecords
from resolve.claims import DocumentClaims, claims_of
from resolve.clusters import Rows
from resolve.corpus import Resolution, merges_and_splits, read_resolution
from resolve.correcting import CorrectionIndex, Hit, correct, index_corrections
from resolve.corrections import CorrectionList, read_corrections
from resolve.joining import join_changed
from resolve.judging import JudgementIndex, index_judgements
from resolve.kept import Kept, KeptError, encode_claims
from resolve.reading import Organiser, read_organisers
from resolve.retractions import Retraction, read_retractions, retract

log = logging.getLogger(__name__)

BATCH = 1_000
"""Documents looked at together: what they claim is in memory."""

Records = Callable[[], Iterable[DocumentRecords]]


@dataclass(frozen=True)
class Decisions:
    """What people decided about the corpus: corrections, and people to leave out."""

    corrections: CorrectionList = field(default_factory=CorrectionList)
    retractions: tuple[Retraction, ...] = ()

    @property
    def signature(self) -> tuple[str, ...]:
        """What a release depends on beside the documents: equal decisions give equal text."""
        rows = (*self.corrections.accepted, *self.corrections.refused)
        return (*map(repr, rows), *sorted(map(repr, self.retractions)))


def read_decisions(folder: Path | None) -> Decisions:
    """Return what a corrections folder holds.  Raises RetractionError for a retraction that cannot be used."""
    return Decisions(read_corrections(folder), read_retractions(folder) if folder else ())


@dataclass(frozen=True)
class Corpus:
    """The stored records, and where their joining is kept between runs: in memory where there is no file.

    `stamps()` tells for each document what its records are, `some(ids)` yields the records of documents; what code of
    another `version` kept is made again.
    """

    records: Records
    stamps: Callable[[], Mapping[str, str]]
    some: Callable[[Collection[str]], Iterable[DocumentRecords]]
    path: Path | None = None
    version: str = ""


@dataclass(frozen=True)
class Resolved:
    """The corpus joined, what the corrections met, and who organises what."""

    resolution: Resolution
    hits: tuple[Hit, ...]
    organisers: Iterable[Organiser]


def resolve_corpus(corpus: Corpus, decisions: Decisions, run_id: str) -> Resolved:
    """Join what changed since the corpus was joined last; all of it where nothing usable is kept."""
    for path in (corpus.path, corpus.path) if corpus.path else ():
        try:
            return resolve_at(path, corpus, decisions, run_id)
        except KeptError as error:
            log.warning("the joined corpus is made again", extra={"path": str(path), "reason": str(error)})
            with suppress(OSError):
                path.unlink()
    return resolve_at(None, corpus, decisions, run_id)


def resolve_at(path: Path | None, corpus: Corpus, decisions: Decisions, run_id: str) -> Resolved:
    """The same with what is kept in one file, or nowhere.  Raises KeptError when the file cannot be used."""
    accepted = decisions.corrections.accepted
    with Kept(path) as kept:
        kept.begin(corpus.version)
        bring_up_to_date(kept, corpus, decisions)
    resolution = read_resolution(kept, run_id, merges_and_splits(accepted))
    met = kept.met()
    index = index_corrections(accepted)
    hits = tuple(hit for record in corpus.some(met) for hit in correct(record, index)[1]) if met else ()
    return Resolved(resolution, hits, Rows(lambda: read_organisers(kept)))


def bring_up_to_date(kept: Kept, corpus: Corpus, decisions: Decisions) -> int:
    """Join the documents that came, went or claim otherwise; return how many that were."""
    signature = blake2b(repr(decisions.signature).encode(), digest_size=16).hexdigest()
    stamps, known = corpus.stamps(), kept.stamps()
    is_decided_anew = kept.decisions != signature
    look = [key for key, stamp in sorted(stamps.items()) if is_decided_anew or known.get(key) != stamp]
    changed = sorted(known.keys() - stamps.keys())
    kept.keep_claims(dict.fromkeys(changed))
    for start in range(0, len(look), BATCH):
        claimed, seen = {}, []
        for claims, was_met in decided_claims(corpus.some(look[start : start + BATCH]), decisions):
            document_id = claims.document_id
            seen.append((stamps[document_id], was_met, document_id))
            if kept.encoded_claims(document_id) != encode_claims(claims):
                claimed[document_id] = claims
        kept.keep_claims(claimed)
        kept.stamp(seen)
        changed += claimed
    join_changed(kept, changed, merges_and_splits(decisions.corrections.accepted))
    kept.note_decisions(signature)
    return len(changed)


def decided_claims(records: Iterable[DocumentRecords], decisions: Decisions) -> Iterable[tuple[DocumentClaims, bool]]:
    """Yield what documents claim as people corrected them, and whether a correction met the document."""
    index = index_corrections(decisions.corrections.accepted)
    judgements = index_judgements(decisions.corrections.accepted)
    return (_decided(record, index, judgements, decisions.retractions) for record in records)


def _decided(
    record: DocumentRecords, index: CorrectionIndex, judgements: JudgementIndex, retractions: Iterable[Retraction]
) -> tuple[DocumentClaims, bool]:
    corrected, hits = correct(record, index)
    former = {
        hit.key: str(hit.old) for hit in hits if hit.old and hit.correction.field == f"{hit.correction.kind}_name"
    }
    return claims_of(retract(corrected, retractions), record, judgements, former), bool(hits)


def decided_records(stored: Records, decisions: Decisions) -> Iterable[DocumentRecords]:
    """Yield the records as people corrected them, without those who are left out."""
    index = index_corrections(decisions.corrections.accepted)
    # retractions come last: a corrected name is left out too
    return (retract(correct(record, index)[0], decisions.retractions) for record in stored())
