"""What each kind of evidence for organisers is worth: `python benchmarks/organisers.py GOLD_FOLDER …`.

Each folder holds `labels/ID.json` and `texts/ID.*`.  Prints, for every kind of evidence in
vocabularies/organiser_evidence.toml, how many bodies it speaks for, the share of them that the labels call organisers
(its weight), and the F1 without it.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extract.fields import organisers
from extract.organisations import evidence
from extract.pipeline import Extractor, Scorers, build_extractor
from ingest.document import RawFile
from ingest.read import read_file
from models.ner import load_ner
from models.prediction import score_doc_type, score_domains
from tables.matching import same_organisation

Label = Mapping[str, Any]


def read_documents(extractor: Extractor, folder: Path) -> Iterable[tuple[Doc, Label]]:
    """Yield every labelled document of a folder with an event, read by the whole pipeline."""
    for path in sorted((folder / "labels").glob("*.json")):
        label = json.loads(path.read_text(encoding="utf-8"))
        text = next(p for p in (folder / "texts").glob(f"{label['id']}.*") if not p.name.endswith(".source.json"))
        document = read_file(RawFile(text.name, text.read_bytes()))[0]
        for doc in extractor.nlp.pipe([extractor._prepare(document)]):
            if label.get("event"):
                yield doc, label


def judge(doc: Doc, label: Label) -> tuple[list[tuple[str, bool]], int]:
    """Return (method, whether the labels name it) of each organiser found, and how many the labels have."""
    working_set = doc._.found
    working_set.event_organisations.clear()
    organisers.find_organisers(doc)
    findings = {finding.key: finding for finding in working_set.organisations}
    left = list(label["event"].get("organisers") or ())
    verdicts = []
    for part in working_set.event_organisations:
        if part.role == "funder":
            continue
        finding = findings[part.organisation_key]
        forms = [form for form in (finding.name, finding.acronym, *finding.aliases) if form]
        hit = next((name for name in left if same_organisation(name, forms)), None)
        if hit is not None:
            left.remove(hit)
        verdicts.append((part.method or "", hit is not None))
    return verdicts, len(label["event"].get("organisers") or ())


def f1(documents: Sequence[tuple[Doc, Label]]) -> float:
    """Return the micro F1 of organisers over documents."""
    right = found = wanted = 0
    for doc, label in documents:
        verdicts, count = judge(doc, label)
        right, found, wanted = right + sum(ok for _, ok in verdicts), found + len(verdicts), wanted + count
    return 2 * right / (found + wanted)


def without(kind: str) -> None:
    """Make evidence of a kind count for nothing."""

    def make(reasons: Iterable[evidence.Evidence]) -> list[list[evidence.Evidence]]:
        kept: dict[str, list[evidence.Evidence]] = defaultdict(list)
        for one in reasons:
            if one.kind != kind:
                kept[one.organisation_key].append(one)
        return list(kept.values())

    evidence._by_organisation = make  # type: ignore[assignment]


def main(folders: Sequence[Path]) -> None:
    """Print the table over the labelled documents of all folders."""
    extractor = build_extractor(Scorers(load_ner, score_domains, score_doc_type))
    documents = [pair for folder in folders for pair in read_documents(extractor, folder)]
    grouping, told_weights, sign_weights = evidence._by_organisation, *evidence.weights()
    counts: dict[str, list[bool]] = defaultdict(list)
    for doc, label in documents:
        for kind, is_right in judge(doc, label)[0]:
            counts[kind].append(is_right)
    whole = f1(documents)
    print(f"{len(documents)} documents with an event; F1 {whole:.3f}\n")
    print("| evidence | weight | leads for | of them right | F1 without it |\n|---|---|---|---|---|")
    for kind, weight in {**told_weights, **sign_weights}.items():
        if kind == "enough":
            continue
        without(kind)
        alone = f1(documents)
        evidence._by_organisation = grouping
        share = f"{sum(counts[kind]) / len(counts[kind]):.2f}" if counts[kind] else "–"
        print(f"| {kind} | {weight} | {len(counts[kind])} | {share} | {alone:.3f} |")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
