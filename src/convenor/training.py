"""`convenor train …` and `convenor suggest`: teach the learned parts, and find out which labels would teach most."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from convenor.output import Json, print_json, tell
from convenor.progress import working
from convenor.stopping import complain, stop

train_app = typer.Typer(
    help="Train the learned parts anew, from the project's examples or your own.", no_args_is_help=True
)


@train_app.command("domains")
def train_domains(
    out: Annotated[Path | None, typer.Option(help="Folder for the artefacts; the project's own when left out.")] = None,
) -> None:
    """Train the classifiers of security domains and document types from src/models/examples and the taxonomy."""
    from models.prediction import ARTEFACTS
    from models.training import train_domains_command

    with working("training the classifiers of domains and document types"):
        figures = train_domains_command(out or ARTEFACTS)
    print_json(figures)


@train_app.command("ner")
def train_ner(
    corpus: Annotated[
        list[str], typer.Option(metavar="NAME=PATH", help="A corpus; crossner and wikigold are learned.")
    ],
    out: Annotated[Path | None, typer.Option(help="Folder for the artefact; the project's own when left out.")] = None,
) -> None:
    """Fine-tune the recogniser of people, organisations and places on openly licensed corpora given by path."""
    from models.ner import ARTEFACT
    from models.ner_training import train_ner_command

    named = [item.partition("=") for item in corpus]
    wrong = [name for name, _, path in named if not path or not Path(path).exists()]
    if wrong:
        stop(f"--corpus takes NAME=PATH with a path that exists; look at {', '.join(wrong)}")
    with working("training the recogniser"):
        card = train_ner_command({name: Path(path) for name, _, path in named}, out or ARTEFACT)
    print_json(card["metrics"])


@train_app.command("extract")
def train_extract(
    labelled: Annotated[Path, typer.Argument(help="Labelled texts: spaCy, Prodigy or Label Studio JSON lines.")],
    out: Annotated[Path, typer.Argument(help="Folder for the component.")],
) -> None:
    """Teach a component of your own from labelled texts; prints what cross-validation says of it."""
    from models.extract_training import train_extract_command
    from models.labelled import LabelledDataError

    if not labelled.is_file():
        stop(f"there is no file {labelled}")
    try:
        with working(f"learning from {labelled.name}"):
            card = train_extract_command(labelled, out)
    except LabelledDataError as error:
        stop(str(error))
    print_json(card["metrics"])


@train_app.command("candidates")
def candidates(
    out: Annotated[Path, typer.Argument(help="File to write: JSON lines that `convenor train extract` reads.")],
    processed: Annotated[Path | None, typer.Option(help="Folder with the tables; data/processed.")] = None,
    as_json: Json = False,
) -> None:
    """Write the documents that corrections touched as labelled texts, to train on or to check and keep as gold."""
    from convenor.exporting import published
    from tables.candidates import corrected_documents

    rows = corrected_documents(published(processed))
    out.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    tell(as_json, {"file": str(out), "documents": len(rows)}, f"{out}: {len(rows)} corrected documents")


def suggest(
    files: Annotated[list[Path], typer.Argument(help="Documents to choose from.")],
    count: Annotated[int, typer.Option(min=1, help="How many to name.")] = 10,
    as_json: Json = False,
) -> None:
    """Name the documents whose labels would teach the classifiers most, and what they are in doubt about."""
    from convenor.trying import must_be_files
    from flows.work import Input, get_sandbox, read_raw_file
    from ingest.errors import BadInput
    from models.suggestion import suggest as choose

    must_be_files(files)
    documents = []
    for file in files:
        try:
            documents += get_sandbox().read(read_raw_file(Input(str(file), str(file), ""))).documents
        except BadInput as error:
            complain(f"{file}: {error.detail}", "yellow")
    chosen = list(choose(documents, count))
    lines = (f"{one.doubt:.2f}  {one.source_uri}  {one.reason}" for one in chosen)
    tell(as_json, [asdict(one) for one in chosen], "\n".join(lines))
