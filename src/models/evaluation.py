"""Measure predictions against labels: entity spans."""

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from models.corpora import LABELS, Sentence

STOCK_LABELS = {"PERSON": "PERSON", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE", "PLACE": "PLACE"}
LEADING = frozenset(("the", "a", "an"))
TRAILING = frozenset(("'s", "’s", "'"))


@dataclass(frozen=True)
class EntityScore:
    """Counts of one label and the figures made of them, in 0..1."""

    correct: int
    predicted: int
    labelled: int

    @property
    def precision(self) -> float:
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.correct / self.labelled if self.labelled else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.correct / (self.predicted + self.labelled) if self.predicted + self.labelled else 0.0


def score_entities(nlp: Language, sentences: list[Sentence]) -> dict[str, EntityScore]:
    """Exact span and label on the corpus's own words; a leading article and a trailing possessive do not count."""
    docs = nlp.pipe((Doc(nlp.vocab, words=list(s.words)) for s in sentences), batch_size=64)
    labelled, predicted = set(), set()
    for i, (sentence, doc) in enumerate(zip(sentences, docs, strict=True)):
        words = sentence.words
        labelled |= {(i, *_trimmed(words, a, b), label) for a, b, label in sentence.spans}
        predicted |= {
            (i, *_trimmed(words, e.start, e.end), STOCK_LABELS[e.label_]) for e in doc.ents if e.label_ in STOCK_LABELS
        }
    return {label: _score(labelled, predicted, {label}) for label in LABELS} | {
        "all": _score(labelled, predicted, set(LABELS))
    }


def _trimmed(words: tuple[str, ...], start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and words[start].lower() in LEADING:
        start += 1
    while end - start > 1 and words[end - 1] in TRAILING:
        end -= 1
    return start, end


def _score(
    labelled: Iterable[tuple[int, int, int, str]], predicted: Iterable[tuple[int, int, int, str]], labels: set[str]
) -> EntityScore:
    gold = {x for x in labelled if x[3] in labels}
    found = {x for x in predicted if x[3] in labels}
    return EntityScore(len(gold & found), len(found), len(gold))


def f1_by_label(gold: set[tuple[int, str]], found: set[tuple[int, str]]) -> dict[str, float]:
    """Micro precision, recall and F1 of (document, label) pairs, and macro F1 over the labels that occur in `gold`."""
    correct = len(gold & found)
    by_label = []
    for label in sorted({c for _, c in gold}):
        g, f = {p for p in gold if p[1] == label}, {p for p in found if p[1] == label}
        by_label.append(2 * len(g & f) / (len(g) + len(f)))
    values = {
        "precision": correct / len(found) if found else 0.0,
        "recall": correct / len(gold) if gold else 0.0,
        "micro_f1": 2 * correct / (len(gold) + len(found)) if gold or found else 0.0,
        "macro_f1": sum(by_label) / len(by_label) if by_label else 0.0,
    }
    return {name: round(value, 4) for name, value in values.items()}


def calibration_error(scores: list[float], labels: list[bool], bins: int = 10) -> float:
    """Expected calibration error: how far mean score and share of true labels lie apart, over equal bins of score."""
    total = 0.0
    for i in range(bins):
        inside = [
            (s, y) for s, y in zip(scores, labels, strict=True) if i / bins <= s < (i + 1) / bins + (i == bins - 1)
        ]
        if inside:
            mean, share = (sum(column) / len(inside) for column in zip(*inside, strict=True))
            total += len(inside) / len(scores) * abs(mean - share)
    return round(total, 4)
