"""Teach a component of one's own from labelled documents, for a kind of source that the shipped rules do not know.

train_extract_command(Path("labels.jsonl"), Path("my-model"))
nlp = load_learned(Path("my-model"))       # doc.ents carry the labels of the file
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from spacy.language import Language

from models.fine_tuning import fine_tune, fresh_pipeline, make_example
from models.labelled import LabelledDataError, read_labelled
from models.lines import LineTokenizer
from models.ner import CONFIG, ArtefactError, base_pipeline, read_card, versions
from models.splits import divide
from models.synthetic import LabelledText

COMPONENT = "learned"
TRAIN_HINT = "run: convenor train extract LABELS.jsonl"
# On the seminar announcements 5 find fewer locations (-3), 11 fewer speakers (-2.6 on three of the five parts).
EPOCHS = 8
DROPOUT = 0.3
FOLDS = 5
OPEN_BRACKETS = "open_brackets"  # the component keeps under this name the labels that end inside brackets
LEAST_TEXTS = 10
LEAST_SPANS = 5
SEED = 7


def _config() -> dict[str, Any]:
    """The recogniser's network, reading the kind of line of each token as well."""
    config = deepcopy(CONFIG)
    embed = config["model"]["tok2vec"]["embed"]
    embed["attrs"], embed["rows"] = [*embed["attrs"], "TAG"], [*embed["rows"], 500]
    return config


LEARNED_CONFIG = _config()


def train_extract_command(labelled: Path, out: Path, *, folds: int = FOLDS, epochs: int = EPOCHS) -> dict[str, Any]:
    """Cross-validate and train on a file of labelled texts, write weights and card below `out`, return the card.

    Raises LabelledDataError when there is too little to learn from. Near-twins never straddle a split.
    """
    texts = _checked(read_labelled(labelled))
    metrics = cross_validate(texts, folds, epochs) if folds > 1 else {}
    labels = _labels(texts)
    _, component = _teach(texts, labels, epochs)
    out.mkdir(parents=True, exist_ok=True)
    component.to_disk(out, exclude=["vocab"])
    card = {
        "name": f"learned from {labelled.name}",
        "labels": labels,
        "config": LEARNED_CONFIG,
        "versions": versions(),
        "training": {"texts": len(texts), "epochs": epochs, "dropout": DROPOUT, "seed": SEED, "folds": folds},
        "metrics": metrics,
    }
    (out / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return card


def load_learned(path: Path) -> Language:
    """A pipeline with the component that was taught; ArtefactError when it was made by other versions."""
    card = read_card(path)
    for key, value in (("config", LEARNED_CONFIG), ("versions", versions())):
        if card.get(key) != value:
            raise ArtefactError(
                f"the model at {path} was trained with {key} {card.get(key)!r}, not {value!r}; {TRAIN_HINT}"
            )
    nlp = base_pipeline()
    nlp.tokenizer = LineTokenizer(nlp.vocab)
    component: Any = nlp.add_pipe("ner", name=COMPONENT, config=LEARNED_CONFIG)
    component.from_disk(path, exclude=["vocab"])
    return nlp


def cross_validate(texts: Sequence[LabelledText], folds: int, epochs: int) -> dict[str, list[float]]:
    """Precision, recall and F1 by label over all folds, exact spans."""
    correct, predicted, labelled = Counter[str](), Counter[str](), Counter[str]()
    for nlp, text in held_out(texts, folds, epochs):
        gold = set(text.spans)
        spans = {(e.start_char, e.end_char, e.label_) for e in nlp(text.text).ents}
        correct.update(label for *_, label in gold & spans)
        predicted.update(label for *_, label in spans)
        labelled.update(label for *_, label in gold)
    return {
        label: [
            round(correct[label] / max(1, predicted[label]), 4),
            round(correct[label] / max(1, labelled[label]), 4),
            round(2 * correct[label] / max(1, predicted[label] + labelled[label]), 4),
        ]
        for label in sorted(labelled)
    }


def held_out(texts: Sequence[LabelledText], folds: int, epochs: int) -> Iterator[tuple[Language, LabelledText]]:
    """Each text with a pipeline that did not learn from it, nor from its near-twins."""
    part = divide([t.text for t in texts], folds, SEED)
    for fold in range(folds):
        known = [t for t, own in zip(texts, part, strict=True) if own != fold]
        nlp, _ = _teach(known, _labels(texts), epochs)
        yield from ((nlp, t) for t, own in zip(texts, part, strict=True) if own == fold)


def _teach(texts: Sequence[LabelledText], labels: list[str], epochs: int) -> tuple[Language, Any]:
    """A pipeline with a component that learned from the texts, and the component."""
    nlp, stock_tokens = fresh_pipeline(SEED)
    nlp.tokenizer = LineTokenizer(nlp.vocab)
    examples = [make_example(nlp.make_doc(t.text), t.spans) for t in texts]
    component = fine_tune(
        nlp, stock_tokens, examples, labels, COMPONENT, SEED, epochs, config=LEARNED_CONFIG, dropout=DROPOUT
    )
    component.cfg[OPEN_BRACKETS] = [label for label in labels if _ends_inside_brackets(texts, label)]
    return nlp, component


def _ends_inside_brackets(texts: Sequence[LabelledText], label: str) -> bool:
    """Whether the labels that open a bracket mostly end before it closes, as some people mark "Hall (Room 1"."""
    bracketed = [words for t in texts for a, b, own in t.spans if own == label and "(" in (words := t.text[a:b])[1:]]
    return 2 * sum(")" not in words[words.rfind("(") :] for words in bracketed) > len(bracketed)


def _labels(texts: Sequence[LabelledText]) -> list[str]:
    return sorted({label for t in texts for *_, label in t.spans})


def _checked(texts: list[LabelledText]) -> list[LabelledText]:
    counts = Counter(label for t in texts for *_, label in t.spans)
    if len(texts) < LEAST_TEXTS:
        raise LabelledDataError(f"{len(texts)} labelled texts are too few to learn from; label at least {LEAST_TEXTS}")
    rare = [f"{label} ({count})" for label, count in sorted(counts.items()) if count < LEAST_SPANS]
    if not counts or rare:
        raise LabelledDataError(
            f"too few spans to learn: {', '.join(rare) or 'none at all'}; at least {LEAST_SPANS} each"
        )
    return texts
