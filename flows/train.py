"""The training flow: corpora, examples or labelled documents in, artefacts out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact

What = Literal["domains", "ner", "extract"]


@flow(name="train", flow_run_name="train {what}", persist_result=False)
def train(
    what: What = "domains",
    corpora: dict[str, Path] | None = None,
    labelled: Path | None = None,
    out: Path | None = None,
) -> dict[str, Any]:
    """Train one kind of model and return its figures.

    Args:
        what: "domains" (security domains and document types, from the project's own examples), "ner" (the entity
            recogniser) or "extract" (a component of your own)
        corpora: for "ner", folders by corpus name: crossner and wikigold are trained on, europarl and ewt measured
        labelled: for "extract", a file of labelled texts (spaCy, Prodigy or Label Studio JSON)
        out: folder for the artefact; the project's own when left open, which "extract" does not allow
    """
    figures = _train(what, corpora or {}, labelled, out)
    get_run_logger().info("trained %s: %s", what, json.dumps(figures))
    create_markdown_artifact(f"```json\n{json.dumps(figures, indent=1)}\n```", key=f"train-{what}")
    return figures


def _train(what: What, corpora: dict[str, Path], labelled: Path | None, out: Path | None) -> dict[str, Any]:
    if what == "domains":
        from models.prediction import ARTEFACTS
        from models.training import train_domains_command

        return train_domains_command(out or ARTEFACTS)
    if what == "ner":
        from models.ner import ARTEFACT
        from models.ner_training import train_ner_command

        return dict(train_ner_command(corpora, out or ARTEFACT)["metrics"])
    if labelled is None or out is None:
        raise ValueError('training "extract" needs a file of labelled texts and a folder to write to')
    from models.extract_training import train_extract_command

    return dict(train_extract_command(labelled, out)["metrics"])
