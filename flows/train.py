"""The training flow: corpora and examples in, artefacts below src/models/artefacts out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

from prefect import flow, get_run_logger
from prefect.artifacts import create_markdown_artifact


@flow(name="train", flow_run_name="train {what}", persist_result=False)
def train(
    what: Literal["domains", "ner"] = "domains", corpora: dict[str, Path] | None = None, out: Path | None = None
) -> dict[str, Any]:
    """Train one kind of model and return its figures.

    Args:
        what: "domains" (security domains and document types, from the project's own examples) or "ner"
        corpora: for "ner", folders by corpus name: crossner and wikigold are trained on, europarl and ewt measured
        out: folder for the artefact; the project's own when left open
    """
    figures = _train(what, corpora or {}, out)
    get_run_logger().info("trained %s: %s", what, json.dumps(figures))
    create_markdown_artifact(f"```json\n{json.dumps(figures, indent=1)}\n```", key=f"train-{what}")
    return figures


def _train(what: str, corpora: dict[str, Path], out: Path | None) -> dict[str, Any]:
    if what == "ner":
        from models.ner import ARTEFACT
        from models.ner_training import train_ner_command

        metrics: dict[str, Any] = train_ner_command(corpora, out or ARTEFACT)["metrics"]
        return metrics
    from models.prediction import ARTEFACTS
    from models.training import train_domains_command

    return train_domains_command(out or ARTEFACTS)
