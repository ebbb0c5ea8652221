"""The command line.  Heavy libraries are imported by the command that needs them, so that help is instant."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from convenor.changes import diff, why
from convenor.correct import correct_app
from convenor.desk.command import desk
from convenor.exporting import export, published, report
from convenor.folders import apply_settings, kept_state, project_root, run_settings
from convenor.output import Json, print_json, tell
from convenor.serving import serve
from convenor.stopping import stop
from convenor.training import suggest, train_app
from convenor.trying import add, check, print_records
from convenor.watching import watch

if TYPE_CHECKING:
    from flows.steps import RunSettings, RunSummary

app = typer.Typer(
    help="Event announcements and conference reports in; who met whom, when, where and about what out, as tables.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

Engine = Literal["local", "dask"]
SearchKind = Literal["events", "people", "sentences"]

NOTHING_PUBLISHED = 1


def _print_version(is_asked: bool) -> None:
    if is_asked:
        from importlib.metadata import version

        typer.echo(f"convenor {version('convenor')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Event announcements and conference reports in; who met whom, when, where and about what out, as tables."""
    apply_settings()


def run_command(
    raw: Annotated[str | None, typer.Argument(help="Folder or store (s3://…) with the documents; data/raw.")] = None,
    processed: Annotated[str | None, typer.Option(help="Folder or store for the tables; data/processed.")] = None,
    state: Annotated[Path | None, typer.Option(help="File that remembers what was done.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="Folder with corrections; data/corrections.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many documents.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes at work; one for each core.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Extract everything again.")] = False,
    accept_drops: Annotated[bool, typer.Option(help="Publish although tables lost much since the last run.")] = False,
    engine: Annotated[Engine | None, typer.Option(help="local processes, or a dask cluster.")] = None,
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler: tcp://host:8786.")] = None,
    flow: Annotated[bool, typer.Option("--flow", help="Run as a Prefect flow, with a server of its own.")] = False,
    as_json: Json = False,
) -> None:
    """Read the documents of a folder and publish the tables."""
    settings = run_settings(raw, processed, state, corrections, limit, workers, force, accept_drops, engine, scheduler)
    summary = _run(settings, as_flow=flow or bool(os.environ.get("PREFECT_API_URL")), quiet=as_json)
    if as_json:
        from convenor.running import summary_json

        print_json(summary_json(summary))
    else:
        from convenor.show import print_summary

        print_summary(summary, settings.processed)
    if not summary.rows.get("documents"):
        raise typer.Exit(NOTHING_PUBLISHED)


def show(
    source: Annotated[str, typer.Argument(help="A document: its path below data/raw, its file name or its id.")],
    processed: Annotated[Path | None, typer.Option(help="Folder with the tables of the run; data/processed.")] = None,
    state: Annotated[Path | None, typer.Option(help="State file of the run.")] = None,
    as_json: Json = False,
) -> None:
    """Print what was found in one document, values beside the words they came from."""
    from tables.store import Store, StoreError

    path = kept_state(processed, state)
    try:
        with Store(path) as store:
            records = store.find(source)
    except StoreError as error:
        stop(str(error))
    if not records:
        stop(f"no document {source!r} in {path}; `convenor run` says what became of each input")
    if len(records) > 1:
        stop(f"{source!r} is the name of several: {', '.join(r.document.source_uri for r in records)}")
    print_records(records[0], as_json)


def search_command(
    question: Annotated[
        list[str], typer.Argument(help='Words, "quoted phrases", years: 2022, 2020-2023, since 2022, before 2024-06.')
    ],
    kind: Annotated[SearchKind, typer.Option("--in", help="What to look for.")] = "events",
    processed: Annotated[Path | None, typer.Option(help="Folder with the tables; data/processed.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many answers at most.")] = 20,
    as_json: Json = False,
) -> None:
    """Find events, people or sentences in which every word holds, and say where: maritime Brussels 2022 MOFA."""
    from convenor.show import print_hits, print_no_hits
    from tables.search import count_without, search

    folder, asked = published(processed), " ".join(question)
    hits = search(folder, asked, limit, kind)
    if as_json:
        print_json([vars(hit) for hit in hits])
    elif hits:
        print_hits(hits, kind)
    else:
        print_no_hits(kind, count_without(folder, asked, kind))


def evaluate(
    gold: Annotated[Path | None, typer.Argument(help="Folder with labels; data/gold when left out.")] = None,
    raw: Annotated[Path | None, typer.Option(help="Folder with their documents; data/raw when left out.")] = None,
    errors: Annotated[str | None, typer.Option(metavar="FIELD", help="List what one field missed or added.")] = None,
    scorecard: Annotated[bool, typer.Option("--scorecard", help="Write docs/scorecard.md from our own sets.")] = False,
    as_json: Json = False,
) -> None:
    """Measure the pipeline on labelled documents: precision, recall and F1 of every field."""
    from convenor import evaluation
    from tables.scoring import LabelError

    root = project_root()
    try:
        if scorecard:
            page = evaluation.write_scorecard(root, quiet=as_json)
            tell(as_json, {"file": str(page)}, f"written: {page}")
            return
        evaluation.print_evaluation(gold or root / "data" / "gold", raw or root / "data" / "raw", errors, as_json)
    except LabelError as error:
        stop(str(error))


def doctor(
    repair: Annotated[bool, typer.Option("--repair", help="Mend state and tables that a fault left behind.")] = False,
    processed: Annotated[Path | None, typer.Option(help="Folder of the tables; data/processed when left out.")] = None,
    state: Annotated[Path | None, typer.Option(help="State file of the run.")] = None,
    as_json: Json = False,
) -> None:
    """Say what is installed: versions, models, optional engines, folders."""
    from convenor.doctor import examine, print_findings

    if repair:
        from convenor.repairing import repair as mend

        settings = run_settings(processed=processed, state=state)
        lines = list(mend(settings.state, settings.processed))
        tell(as_json, lines, "\n".join(lines))
        return
    findings = examine(project_root())
    if as_json:
        print_json(findings)
    else:
        print_findings(findings)
    if any(finding["state"] == "broken" for finding in findings):
        raise typer.Exit(NOTHING_PUBLISHED)


def _run(settings: RunSettings, as_flow: bool, quiet: bool) -> RunSummary:
    """Run directly, or as a flow run; turn what a person can mend into one line and an exit code."""
    from convenor.running import RunStopped, explained, run_explained
    from flows.observing import start_logging

    start_logging()
    try:
        if as_flow:
            with explained():
                return _run_flow(settings)
        from convenor.progress import progress_bar

        with progress_bar(quiet) as progress:
            return run_explained(settings, progress)
    except RunStopped as error:
        stop(str(error))


def _run_flow(settings: RunSettings) -> RunSummary:
    from flows.local import prefect_settings

    with prefect_settings():
        from flows.process import process

        state = process(
            settings.raw_url or str(settings.raw), settings.processed_url or str(settings.processed), settings.state,
            settings.corrections or Path("data/corrections"), settings.limit, settings.workers, settings.force,
            settings.accept_drops, settings.engine, settings.scheduler,
            return_state=True,
        )  # fmt: skip
        return cast("RunSummary", state.result())


PANELS: tuple[tuple[str, tuple[tuple[str, Callable[..., None]], ...]], ...] = (
    ("Read documents", (("run", run_command), ("check", check), ("add", add), ("watch", watch), ("serve", serve))),
    ("Look and mend", (("desk", desk), ("show", show), ("search", search_command), ("why", why), ("diff", diff))),
    ("Hand on", (("report", report), ("export", export))),
    ("Measure, teach, repair", (("evaluate", evaluate), ("suggest", suggest), ("doctor", doctor))),
)
"""The commands as `--help` lists them; `correct` and `train` have commands of their own."""

for _panel, _commands in PANELS:
    for _name, _command in _commands:
        app.command(_name, rich_help_panel=_panel)(_command)
app.add_typer(correct_app, name="correct", rich_help_panel="Look and mend")
app.add_typer(train_app, name="train", rich_help_panel="Measure, teach, repair")
