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
