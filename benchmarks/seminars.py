"""Learned extraction on the CMU seminar announcements: `python benchmarks/seminars.py FOLDER [EPOCHS]`.

FOLDER holds the 301 tagged training files of the corpus (never its test files); measured by cross-validation inside
them, near-twins kept together. One value per document and field (`models.best_values`); right when it is exactly
one of the tagged mentions. The figures to beat stand in PUBLISHED: one value per document, by other learners.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from models.best_values import best_values
from models.extract_training import EPOCHS, FOLDS, held_out
from models.synthetic import LabelledText

FIELDS = ("stime", "etime", "location", "speaker")
PUBLISHED = {"stime": 99.6, "etime": 97.3, "location": 85.3, "speaker": 77.6}
TAG = re.compile(r"</?([a-z]+)>")


def read_tagged(path: Path) -> LabelledText:
    """A file with inline tags as text and spans; tags other than the four fields are dropped."""
    raw, text, spans, last = path.read_text(encoding="utf-8", errors="replace"), "", [], 0
    opened: dict[str, int] = {}
    for match in TAG.finditer(raw):
        text += raw[last : match.start()]
        last = match.end()
        name = match.group(1)
        if name in FIELDS and not match.group().startswith("</"):
            opened[name] = len(text)
        elif name in opened:
            start = opened.pop(name)
            words = text[start:]
            spans.append((start + len(words) - len(words.lstrip()), start + len(words.rstrip()), name))
    return LabelledText(text + raw[last:], tuple(sorted(s for s in spans if s[0] < s[1])))


def main(folder: Path, epochs: int) -> None:
    """Print precision, recall and F1 of each field."""
    texts = [read_tagged(path) for path in sorted(folder.glob("*.txt"))]
    right, found, wanted = Counter[str](), Counter[str](), Counter[str]()
    for nlp, text in held_out(texts, FOLDS, epochs):
        values = best_values(nlp, text.text)
        for field in FIELDS:
            gold = {" ".join(text.text[a:b].split()) for a, b, label in text.spans if label == field}
            value = " ".join(text.text[slice(*values[field])].split()) if field in values else None
            wanted[field] += bool(gold)
            found[field] += value is not None
            right[field] += value in gold
    print("| field | precision | recall | F1 | published F1 |\n|---|---:|---:|---:|---:|")
    for field in FIELDS:
        p, r = right[field] / max(1, found[field]), right[field] / max(1, wanted[field])
        f1 = 2 * p * r / max(p + r, 1e-9)
        print(f"| {field} | {100 * p:.1f} | {100 * r:.1f} | {100 * f1:.1f} | {PUBLISHED[field]} |")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else EPOCHS)
