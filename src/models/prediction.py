"""Say which security domains a text is about and what type of document it is, with scores and evidence.

Both are logistic regressions over features that can be read (models.features, models.cues); their weights lie in
`artefacts/domains.json` and `artefacts/document_types.json`, made by `convenor train domains`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from math import exp
from pathlib import Path
from typing import Any

from models import cues, features
from models.cues import DOC_TYPES, TYPE_FEATURES, type_features
from models.features import DOMAIN_FEATURES, BlockLike, domain_features, is_in_name
from models.lexicon import Hit, find_terms
from models.taxonomy import DOMAINS_FOLDER, load_taxonomy
from models.taxonomy import domains as domains  # the rows of the published table, beside the scores

ARTEFACTS = Path(str(resources.files("models"))) / "artefacts"
DOMAIN_METHOD = "lexicon+logistic"
TRAIN_HINT = "run: convenor train domains"
MAX_EVIDENCE = 12


class ModelMismatchError(RuntimeError):
    """A trained artefact that is missing or does not fit features or labels; says what to run."""


@dataclass(frozen=True)
class DomainScore:
    """A domain that holds. `score` in 0..1; `evidence` are (start, end) of the words that speak for it, code points."""

    code: str
    score: float
    evidence: tuple[tuple[int, int], ...]
    method: str = DOMAIN_METHOD


def score_domains(
    text: str, blocks: Iterable[BlockLike] = (), language: str | None = "en", *, path: Path | None = None
) -> list[DomainScore]:
    """The domains that hold at their published thresholds, best first; an empty list when the text is about none.

    `text` is a document, or any part of one: an event's title and description, a programme item, a sentence.
    """
    model = domain_model(path or ARTEFACTS / "domains.json")
    hits = find_terms(text, language or "en")
    scores = _domain_scores(model, text, hits, blocks)
    found = [
        DomainScore(code, round(score, 4), _evidence(text, hits, code))
        for code, score in scores.items()
        if score >= model["thresholds"][code]
    ]
    return sorted(found, key=lambda d: (-d.score, d.code))


def domain_scores(text: str, blocks: Iterable[BlockLike] = (), language: str | None = "en") -> dict[str, float]:
    """The score of every domain of which a term was found, whether it holds or not."""
    model = domain_model(ARTEFACTS / "domains.json")
    return _domain_scores(model, text, find_terms(text, language or "en"), blocks)


def _domain_scores(
    model: Mapping[str, Any], text: str, hits: list[Hit], blocks: Iterable[BlockLike]
) -> dict[str, float]:
    rows = domain_features(text, hits, blocks)
    return {code: _logistic(model["intercept"] + _dot(model["weights"], row)) for code, row in rows.items()}


def score_doc_type(
    text: str,
    blocks: Iterable[BlockLike] = (),
    title: str | None = None,
    published: date | None = None,
    event: date | None = None,
    *,
    path: Path | None = None,
) -> tuple[str, float]:
    """The document's type and its score in 0..1. `published` and `event` are dates known otherwise, if any."""
    model = type_model(path or ARTEFACTS / "document_types.json")
    row = type_features(text, blocks, title, published, event)
    logits = [b + _dot(w, row) for w, b in zip(model["weights"], model["intercepts"], strict=True)]
    top = max(logits)
    shares = [exp(z - top) for z in logits]
    best = max(range(len(shares)), key=shares.__getitem__)
    return model["labels"][best], round(shares[best] / sum(shares), 4)


def _evidence(text: str, hits: list[Hit], code: str) -> tuple[tuple[int, int], ...]:
    mine = [h for h in hits if h.code == code]
    strong = [h for h in mine if h.strong and not is_in_name(text, h)]
    return tuple((h.start, h.end) for h in (strong or mine)[:MAX_EVIDENCE])


@lru_cache(maxsize=4)
def domain_model(path: Path) -> Mapping[str, Any]:
    """Weights and thresholds of the domain model, refused unless features and domains are those of this code."""
    model = _read(path)
    _expect(path, "features", model.get("features"), list(DOMAIN_FEATURES))
    _expect(path, "labels", model.get("labels"), [d.code for d in load_taxonomy(DOMAINS_FOLDER)])
    _expect(path, "version of features", model.get("features_version"), features.VERSION)
    return model


@lru_cache(maxsize=4)
def type_model(path: Path) -> Mapping[str, Any]:
    """Weights of the document-type model, refused unless features and types are those of this code."""
    model = _read(path)
    _expect(path, "features", model.get("features"), list(TYPE_FEATURES))
    _expect(path, "labels", sorted(model.get("labels", ())), sorted(DOC_TYPES))
    _expect(path, "version of features", model.get("features_version"), cues.VERSION)
    return model


def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise ModelMismatchError(f"no trained model at {path}; {TRAIN_HINT}")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _expect(path: Path, what: str, found: object, expected: object) -> None:
    if found != expected:
        raise ModelMismatchError(f"{path.name} was trained with {what} {found}, not {expected}; {TRAIN_HINT}")


def _dot(weights: list[float], row: list[float]) -> float:
    return sum(w * x for w, x in zip(weights, row, strict=True))


def _logistic(z: float) -> float:
    return 1 / (1 + exp(-z)) if z >= 0 else exp(z) / (1 + exp(z))
