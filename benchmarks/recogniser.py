"""How well names are found beside the stock model: `python benchmarks/recogniser.py crossner=PATH [europarl=PATH …]`.

Prints precision, recall and F1 in per cent (exact span and label) on the held-out sentences of each corpus, with the
corpus's fine labels mapped to PERSON, ORG and PLACE, for the recogniser that the pipeline loads and for the stock one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from models.ner import ARTEFACT
from models.ner_training import measure


def main() -> None:
    """Measure on every corpus named on the command line."""
    corpora = {name: Path(path) for name, _, path in (argument.partition("=") for argument in sys.argv[1:])}
    if not corpora:
        sys.exit(__doc__)
    for corpus, figures in measure(corpora, ARTEFACT).items():
        print(f"{corpus}: {figures['sentences']} sentences")
        for model in ("trained", "stock"):
            cells = "  ".join(f"{label} {p}/{r}/{f1}" for label, (p, r, f1) in figures[model].items())
            print(f"  {model:8} {cells}")


if __name__ == "__main__":
    main()
