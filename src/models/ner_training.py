"""Train the entity recogniser that ships, measure it, and write its card."""

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

from models import synthetic
from models.corpora import LABELS, CorpusError, Sentence, corpus_named, held_out_sentences, training_sentences
from models.evaluation import EntityScore, score_entities
from models.fine_tuning import BATCH_WORDS, DROPOUT, LEARN_RATE, fine_tune, fresh_pipeline, make_example
from models.ner import ARTEFACT, COMPONENT, CONFIG, add_ner, base_pipeline, versions

EPOCHS = 6
GENERATED_DOCUMENTS = 3000
SEED = 11
NO_SPACE_BEFORE = frozenset(".,;:!?)]}'\"%’”") | {"'s", "n't", "’s"}
NO_SPACE_AFTER = frozenset("([{$“‘")


def train_ner_command(corpora: dict[str, Path], out: Path = ARTEFACT, seed: int = SEED) -> dict[str, Any]:
    """Train on the trainable corpora given by name, measure on the others, write weights and card; returns the card."""
    trainable = {name: path for name, path in corpora.items() if corpus_named(name).trainable}
    if not trainable:
        raise CorpusError("no corpus to train on; give crossner=PATH and wikigold=PATH")
    sentences = {name: training_sentences(name, path) for name, path in sorted(trainable.items())}
    train_ner(sentences, out, seed=seed)
    card = describe(sentences, seed)
    write_card(out, card)
    card["metrics"] = measure(corpora, out)
    write_card(out, card)
    return card


def train_ner(sentences: dict[str, list[Sentence]], out: Path, *, seed: int = SEED, epochs: int = EPOCHS) -> None:
    """Fine-tune and write the component's weights (no card) below `out`."""
    nlp, stock_tokens = fresh_pipeline(seed)
    examples = list(training_examples(nlp, sentences, seed))
    component = fine_tune(nlp, stock_tokens, examples, LABELS, COMPONENT, seed, epochs)
    out.mkdir(parents=True, exist_ok=True)
    # Without a card the weights are refused, so an interrupted training never leaves a usable half.
    (out / "card.json").unlink(missing_ok=True)
    component.to_disk(out, exclude=["vocab"])


def training_examples(nlp: Language, sentences: dict[str, list[Sentence]], seed: int) -> Iterator[Example]:
    """Every corpus sentence with its own words or spaCy's tokens by chance, then the generated documents.

    Corpora split words otherwise than our tokenizer does ("Japan-EU" in one piece), so half of the sentences are
    joined to text and tokenised again.
    """
    rng = Random(seed)
    for corpus in sentences.values():
        for sentence in corpus:
            yield _retokenised(nlp, sentence) if rng.random() < 0.5 else _as_given(nlp, sentence)
    for document in synthetic.generate(GENERATED_DOCUMENTS, seed):
        yield make_example(nlp.make_doc(document.text), document.spans)


def _as_given(nlp: Language, sentence: Sentence) -> Example:
    doc = Doc(nlp.vocab, words=list(sentence.words))
    spans = [(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]), label) for a, b, label in sentence.spans]
    return make_example(doc, spans)


def _retokenised(nlp: Language, sentence: Sentence) -> Example:
    text, starts = "", []
    for word in sentence.words:
        if text and word not in NO_SPACE_BEFORE and text[-1] not in NO_SPACE_AFTER:
            text += " "
        starts.append(len(text))
        text += word
    ends = [start + len(word) for start, word in zip(starts, sentence.words, strict=True)]
    return make_example(nlp.make_doc(text), [(starts[a], ends[b - 1], label) for a, b, label in sentence.spans])


def measure(corpora: dict[str, Path], path: Path) -> dict[str, Any]:
    """Entity scores on the held-out part of each corpus, ours beside the stock model's, in one run."""
    stock, ours = base_pipeline(keep=("ner",)), add_ner(base_pipeline(), path)
    result: dict[str, Any] = {}
    for name, folder in sorted(corpora.items()):
        sentences = held_out_sentences(name, folder)
        if sentences:
            result[name] = {
                "sentences": len(sentences),
                "trained": _scores(score_entities(ours, sentences)),
                "stock": _scores(score_entities(stock, sentences)),
            }
    return result


def _scores(scores: dict[str, EntityScore]) -> dict[str, list[float]]:
    return {label: [round(100 * v, 1) for v in (s.precision, s.recall, s.f1)] for label, s in scores.items()}


def describe(sentences: dict[str, list[Sentence]], seed: int) -> dict[str, Any]:
    """Everything of the card but the metrics."""
    return {
        "name": "entities: PERSON, ORG and PLACE in announcements, programmes and reports",
        "labels": list(LABELS),
        "config": CONFIG,
        "versions": versions(),
        "training": {
            "seed": seed,
            "epochs": EPOCHS,
            "batch_words": BATCH_WORDS,
            "dropout": DROPOUT,
            "learn_rate": LEARN_RATE,
            "starts_from": "token weights of the ner component of en_core_web_md 3.7.1 (MIT, Explosion)",
        },
        "data": [
            {
                "corpus": name,
                "sentences": len(rows),
                "licence": corpus_named(name).licence,
                "attribution": corpus_named(name).attribution,
                "left_out": list(corpus_named(name).held_out),
            }
            for name, rows in sentences.items()
        ]
        + [
            {
                "corpus": "generated",
                "documents": GENERATED_DOCUMENTS,
                "licence": "MIT",
                "attribution": "models.synthetic",
            }
        ],
        "limits": [
            "English text; other European languages only as names inside programmes",
            "events, agreements, programmes and exercises are not labelled",
            "a common noun for a body ('the ministry') is labelled only when it is capitalised",
        ],
    }


def write_card(path: Path, card: dict[str, Any]) -> None:
    """Write `card.json` beside the weights."""
    (path / "card.json").write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
