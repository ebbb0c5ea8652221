"""Compare ways to tell security domains on labelled documents: `python benchmarks/domain_methods.py GOLD_FOLDER`.

GOLD_FOLDER holds `labels/ID.json` and `texts/ID.*`. Every method learns from the project's own examples alone.
Prints precision, recall, micro and macro F1 and milliseconds per document.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from ingest.document import Document, RawFile
from ingest.read import read_file
from models.evaluation import f1_by_label
from models.examples import load_examples
from models.lexicon import find_terms
from models.prediction import score_domains
from models.taxonomy import load_taxonomy

Method = Callable[[Document], set[str]]
CODES = [d.code for d in load_taxonomy()]


def lexicon(at_least: int) -> Method:
    """A domain holds from so many strong terms on."""

    def choose(document: Document) -> set[str]:
        counts = Counter(h.code for h in find_terms(document.text, document.language or "en") if h.strong)
        return {code for code, count in counts.items() if count >= at_least}

    return choose


def tfidf(threshold: float) -> Method:
    """One-vs-rest logistic regression over words and word pairs."""
    texts = load_examples()
    wanted = [[code in t.domains for code in CODES] for t in texts]
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    model = make_pipeline(vectors, OneVsRestClassifier(LogisticRegression(C=30, class_weight="balanced")))
    model.fit([t.text for t in texts], wanted)

    def choose(document: Document) -> set[str]:
        scores = model.predict_proba([document.text])[0]
        return {code for code, score in zip(CODES, scores, strict=True) if score >= threshold}

    return choose


def shipped(document: Document) -> set[str]:
    """What `models.prediction` says."""
    return {d.code for d in score_domains(document.text, document.blocks, document.language)}


def main(folder: Path) -> None:
    """Print the table for the labelled documents of a folder."""
    labels = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "labels").glob("*.json"))]
    paths = [next((folder / "texts").glob(f"{label['id']}.*")) for label in labels]
    documents = [read_file(RawFile(path.name, path.read_bytes()))[0] for path in paths]
    gold = {(i, code) for i, label in enumerate(labels) for code in label["domains"]}
    words = tfidf(0.5)
    methods: dict[str, Method] = {
        "lexicon, 1 strong term": lexicon(1),
        "lexicon, 2 strong terms": lexicon(2),
        "TF-IDF one-vs-rest": words,
        "lexicon features + logistic (shipped)": shipped,
        "shipped or TF-IDF": lambda d: shipped(d) | words(d),
        "shipped and TF-IDF": lambda d: shipped(d) & words(d),
    }
    for name, choose in methods.items():
        choose(documents[0])
        start = time.perf_counter()
        found = {(i, code) for i, document in enumerate(documents) for code in choose(document)}
        milliseconds = (time.perf_counter() - start) / len(documents) * 1000
        figures = " | ".join(f"{value:.3f}" for value in f1_by_label(gold, found).values())
        print(f"| {name} | {figures} | {milliseconds:.1f} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
