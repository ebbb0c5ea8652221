"""What a run keeps of finished inputs: their outcomes, their records, and which file holds what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flows.engine import Lost
from flows.versions import versions
from flows.work import Done, Input
from tables.store import OutcomeRow, SourceState, Store

if TYPE_CHECKING:
    from flows.steps import Plan


def lost(lost: Lost[Input]) -> Done:
    """Return what becomes of an input whose process died while it worked on it, alone."""
    detail = "the process that worked on it died twice; look into the file, or report it"
    return Done(lost.item, (OutcomeRow(lost.item.source_uri, "failed", None, "crashed", detail),))


def save(store: Store, plan: Plan, done: list[Done]) -> None:
    """Keep what became of inputs, in one transaction; of files with equal content the first by name holds it."""
    # a file that is being read anew may no longer hold what it held
    gone = {*plan.gone, *(one.source_uri for one in plan.todo)}
    states: list[SourceState] = []
    outcomes: list[OutcomeRow] = []
    payloads: dict[str, tuple[str, bytes]] = {}
    for one in done:
        rows = {row.source_uri: row for row in one.outcomes}
        for document_id, uri, payload in one.payloads:
            holder = store.holder(document_id) or payloads.get(document_id, ("", b""))[0]
            if holder and holder != uri and holder not in gone and _precedes(holder, uri):
                detail = f"the same bytes as {holder}"
                rows[uri] = replace(
                    rows[uri], outcome="duplicate", document_id=None, reason_code="duplicate_content", detail=detail
                )
            else:
                payloads[document_id] = (uri, payload)
        for row in rows.values():
            sha256 = one.input.sha256 if row.source_uri == one.input.source_uri else None
            states.append(
                SourceState(row.source_uri, sha256, versions(), row.outcome, row.reason_code, row.detail,
                            row.document_id, one.input.source_uri)
            )  # fmt: skip
        outcomes += (_with_cause(row, plan.reasons[one.input.source_uri]) for row in rows.values())
    store.save_batch(plan.run_id, states, payloads, outcomes)


def _with_cause(row: OutcomeRow, reason: str) -> OutcomeRow:
    """A row that is not ok says what to do; one that is says why it was extracted."""
    return replace(row, detail=reason) if row.outcome == "ok" and not row.detail else row


def _precedes(holder: str, uri: str) -> bool:
    """A file of its own precedes a part of another file; else the name that sorts first."""
    return ("!/" in holder, holder) < ("!/" in uri, uri)
