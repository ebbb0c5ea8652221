"""`convenor check` and `convenor add`: try files, and fetch documents, before a run reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from convenor.folders import default_place
from convenor.output import Json, print_json
from convenor.stopping import complain, stop

if TYPE_CHECKING:
    from extract.records import DocumentRecords
    from flows.work import Done

NOTHING_READ = 1


def check(
    files: Annotated[list[Path], typer.Argument(help="Files to try.")],
    text: Annotated[bool, typer.Option("--text", help="Print the text as it is read instead, with structure.")] = False,
    as_json: Json = False,
) -> None:
    """Try files: print the rows and warnings they would give, or their text; nothing is written."""
    from flows.work import Input, process_input

    must_be_files(files)
    if text and as_json:
        stop("give --text or --json: the JSON holds the whole text as document.text")
    if text:
        _print_texts(files)
        return
    done = [process_input(Input(file.name, str(file), "")) for file in files]
    if as_json:
        print_json([row for one in done for row in _as_json(one)])
    else:
        for one in done:
            _print(one)
    if any(row.document_id is None and row.outcome != "ok" for one in done for row in one.outcomes):
        raise typer.Exit(NOTHING_READ)


def _print_texts(files: list[Path]) -> None:
    from convenor.show_text import print_file

    if sum(map(print_file, files)) < len(files):
        raise typer.Exit(NOTHING_READ)


def must_be_files(files: list[Path]) -> None:
    """End the command where one of the files is none."""
    for file in files:
        if file.is_dir():
            stop(f"{file} is a folder: give the files in it, or read it with `convenor run {file}`")
        if not file.is_file():
            stop(f"there is no file {file}")


def add(
    urls: Annotated[list[str], typer.Argument(help="Web addresses of single documents.")],
    raw: Annotated[Path | None, typer.Option(help="Folder for the documents; data/raw when left out.")] = None,
    as_json: Json = False,
) -> None:
    """Fetch documents from the web, politely, and keep them with a note of where they came from."""
    from convenor.adding import add_url
    from ingest.errors import BadInput

    folder, rows = raw or default_place("raw"), []
    for url in urls:
        try:
            rows.append({"url": url, "file": str(add_url(url, folder)), "reason_code": None, "detail": None})
        except BadInput as error:
            rows.append({"url": url, "file": None, "reason_code": error.reason_code, "detail": error.detail})
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            if row["file"]:
                typer.echo(f"kept: {row['file']}")
            else:
                complain(f"{row['url']}: {row['reason_code']}: {row['detail']}")
    if not all(row["file"] for row in rows):
        raise typer.Exit(NOTHING_READ)


def print_records(records: DocumentRecords, as_json: bool) -> None:
    """Print what was found in a document."""
    if as_json:
        print_json(_plain(records))
    else:
        from convenor import show

        show.print_records(records)


def _plain(records: DocumentRecords) -> Any:
    import msgspec

    return json.loads(msgspec.json.encode(records))


def _as_json(done: Done) -> list[dict[str, Any]]:
    """One value for each document in a file, or for the reason why there is none."""
    from tables.store import decode_records

    records = {key: _plain(decode_records(payload)) for key, _, payload in done.payloads}
    return [
        {
            "source_uri": row.source_uri,
            "outcome": row.outcome,
            "reason_code": row.reason_code,
            "detail": row.detail,
            "records": records.get(row.document_id or ""),
        }
        for row in done.outcomes
    ]


def _print(done: Done) -> None:
    from tables.store import decode_records

    for row in done.outcomes:
        if row.document_id is None and row.outcome != "ok":
            complain(f"{row.source_uri}: {row.outcome} ({row.reason_code}): {row.detail}")
    for _, _, payload in done.payloads:
        print_records(decode_records(payload), as_json=False)
