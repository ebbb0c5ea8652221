"""What each component of extraction costs beside the entity recogniser: `python benchmarks/components.py FOLDER …`.

Every file of the folders (*.txt, *.html, …) is read once; then each component works on all of them in turn.  The
table gives processor milliseconds for 1,000 words and the share of the recogniser's, all of ours together included.
What is loaded at a first call counts for nothing: one round goes before those that are measured.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from spacy.tokens import Doc

from extract.pipeline import COMPONENTS, Extractor
from flows.work import get_extractor
from ingest.document import Document, RawFile
from ingest.errors import BadInput
from ingest.read import read_file

ROUNDS = 3
"""The least of so many rounds: another process on the machine only ever adds."""
OURS = frozenset(name for name, _ in COMPONENTS)
MODEL = "entities (the recogniser)"
BATCH = 16


def read_all(folders: Sequence[Path]) -> list[Document]:
    """Return the documents of every file that our readers read."""
    documents: list[Document] = []
    for path in (path for folder in folders for path in sorted(folder.iterdir()) if path.is_file()):
        try:
            documents += read_file(RawFile(path.name, path.read_bytes(), path))
        except BadInput as error:
            print(f"left out: {path.name}: {error}", file=sys.stderr)
    return documents


def processor(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def one_round(extractor: Extractor, documents: Sequence[Document]) -> dict[str, float]:
    """Return the processor seconds of each component over all documents."""
    docs: list[Doc] = [extractor._prepare(document) for document in documents]
    spent: dict[str, float] = {}

    def apply(component: Callable[[Doc], Doc]) -> None:
        docs[:] = (
            list(component.pipe(docs, batch_size=BATCH)) if hasattr(component, "pipe") else [component(d) for d in docs]
        )

    for name, component in extractor.nlp.pipeline:
        key = name if name in OURS else MODEL
        spent[key] = spent.get(key, 0.0) + processor(lambda component=component: apply(component))  # type: ignore[misc]
    return spent


def main(folders: Sequence[Path]) -> None:
    """Print the table."""
    documents, extractor = read_all(folders), get_extractor()
    words = sum(len(document.text.split()) for document in documents)
    one_round(extractor, documents)
    rounds = [one_round(extractor, documents) for _ in range(ROUNDS)]
    least = {name: min(spent[name] for spent in rounds) for name in rounds[0]}
    model, ours = least[MODEL], sum(least[name] for name in OURS)
    print(f"{len(documents)} documents, {words:,} words\n\n| component | ms for 1,000 words | of the recogniser |")
    print("|---|---|---|")
    for name, seconds in sorted({**least, "**all of ours**": ours}.items(), key=lambda row: -row[1]):
        print(f"| {name} | {1e6 * seconds / words:.2f} | {seconds / model:.0%} |")


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
