"""Measure the pipeline on labelled documents: run it over their texts, compare the tables with the labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flows.steps import Progress, RunSettings, run
from tables.calibration import Calibration, calibrate
from tables.contexts import context
from tables.publish import read_rows
from tables.scorecard import FieldScore, add_up, as_markdown
from tables.scoring import LabelError, Score, read_labels, score


@dataclass(frozen=True)
class Evaluation:
    """Scores of every field of every labelled document, and what the labels say of the documents."""

    scores: tuple[Score, ...]
    labels: tuple[Mapping[str, Any], ...]
    calibration: tuple[Calibration, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    """The text of each document, by the id of its label."""
    evidence: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """The words that spoke for a domain, by document and code."""

    def rows(self, documents: Iterable[str] | None = None) -> list[FieldScore]:
        """Return the scores added up, over all documents or only some."""
        chosen = None if documents is None else set(documents)
        return add_up(s for s in self.scores if chosen is None or s.document in chosen)

    def groups(self, key: str) -> dict[str, list[str]]:
        """Return the documents by a value of their labels ("doc_type", "language"), sorted."""
        groups: dict[str, list[str]] = {}
        for label in self.labels:
            groups.setdefault(str(label.get(key) or "unknown"), []).append(label["id"])
        return dict(sorted(groups.items()))


def evaluate(gold: Path, raw: Path, workers: int = 1, progress: Progress | None = None) -> Evaluation:
    """Extract the documents of `raw` into tables of their own and score them against the labels of `gold`.

    `progress(done, total, source_uri)` hears of each document that is done.  Raises LabelError when there are no
    labels or a label has no document.
    """
    labels = read_labels(gold)
    if not labels:
        raise LabelError(
            f"no labels in {gold}: give a folder with labels; data/gold/README.md says how they are written"
        )
    stems = {path.stem for path in raw.rglob("*")}
    lost = [label["id"] for label in labels if label["id"] not in stems]
    if lost:
        raise LabelError(f"no document below {raw} for the labels {', '.join(lost[:5])}")
    with TemporaryDirectory() as place:
        processed = Path(place) / "processed"
        run(RunSettings(raw, processed, Path(place) / "state.duckdb", workers=workers), progress=progress)
        texts, evidence = _texts_and_evidence(processed)
        return Evaluation(
            tuple(score(labels, processed)), tuple(labels), tuple(calibrate(labels, processed)), texts, evidence
        )


def errors(evaluation: Evaluation, name: str) -> list[tuple[str, str, str, str]]:
    """Return (document, "added" or "missed", value, the words around it) for everything a field got wrong."""
    return [
        (item.document, kind, value, _context(evaluation, item.document, value))
        for item in evaluation.scores
        if item.field == name
        for kind, values in (("missed", item.missed), ("added", item.added))
        for value in values
    ]


def _context(evaluation: Evaluation, document: str, value: str) -> str:
    """The passage of a value; for a domain the words that spoke for it."""
    words = evaluation.evidence.get((document, value))
    return ", ".join(words) if words else context(evaluation.texts.get(document, ""), value)


def _texts_and_evidence(processed: Path) -> tuple[dict[str, str], dict[tuple[str, str], tuple[str, ...]]]:
    """The texts of a run by file stem, and the distinct words of each document's domains."""
    rows = list(read_rows(processed, "documents", ("document_id", "source_uri", "text")))
    stems = {row["document_id"]: Path(str(row["source_uri"])).stem for row in rows}
    words = {row["mention_id"]: str(row["text"]) for row in read_rows(processed, "mentions", ("mention_id", "text"))}
    evidence = {
        (stems[row["document_id"]], str(row["domain_code"])): tuple(
            dict.fromkeys(words[key] for key in row["evidence_mention_ids"])
        )
        for row in read_rows(processed, "document_domains")
    }
    return {stems[row["document_id"]]: str(row["text"]) for row in rows}, evidence


def scorecard_page(sets: Sequence[tuple[str, str, Evaluation, Mapping[str, float]]]) -> str:
    """Return docs/scorecard.md: for each set (name, what it is, evaluation, baseline) all fields and the breakdowns."""
    parts = [
        "# Scorecard\n\nMade by `convenor evaluate --scorecard`; a test fails when it is stale or a floor drops.\n\n"
        "Each field is compared with labels made by hand (`data/gold/README.md` says how). A value where the label has "
        "none counts as added. Intervals: 1,000 bootstrap samples of documents. Stock spaCy: the unchanged English "
        "model's PERSON and ORG entities on the same texts. Calibration error: the mean gap between a score and the "
        "share of rows with such a score that are right.\n"
    ]
    for name, description, evaluation, baseline in sets:
        parts.append(f"\n## {name}\n\n{description} {len(evaluation.labels)} documents.\n")
        parts.append(as_markdown(evaluation.rows(), baseline))
        parts.append(_calibration_table(name, evaluation))
        for key, title in (("doc_type", "kind of document"), ("language", "language")):
            parts.append(f"\n### {name} by {title}\n\n{_breakdown(evaluation, key)}")
    return "\n".join(parts)


def _calibration_table(name: str, evaluation: Evaluation) -> str:
    lines = [f"\n### {name}: calibration\n\n| score | rows | mean score | share right | calibration error |"]
    lines.append("|---|---:|---:|---:|---:|")
    for item in evaluation.calibration:
        cells = (f"{item.mean_score:.2f}", f"{item.share_right:.2f}", f"{item.error:.2f}")
        lines.append(f"| {item.field} | {item.rows} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _breakdown(evaluation: Evaluation, key: str) -> str:
    """F1 per field, one column a group."""
    groups = evaluation.groups(key)
    by_group = {group: {row.field: row.f1 for row in evaluation.rows(ids)} for group, ids in groups.items()}
    header = "| field | " + " | ".join(f"{group} ({len(ids)})" for group, ids in groups.items()) + " |"
    lines = [header, "|---|" + "---:|" * len(groups)]
    for row in evaluation.rows():
        values = (by_group[group].get(row.field) for group in groups)
        cells = ("" if value is None else f"{value:.2f}" for value in values)
        lines.append(f"| {row.field} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
