"""`convenor correct …`: write a row into data/corrections/corrections.csv, after checking that it can be used."""

from __future__ import annotations

import csv
from codecs import BOM_UTF8
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

from convenor.output import Json, tell
from convenor.stopping import complain, stop

FILE_NAME = "corrections.csv"

correct_app = typer.Typer(
    help="Correct what was found: each command adds a row to data/corrections/corrections.csv; every run replays it.",
    no_args_is_help=True,
)
Kind = Annotated[
    str,
    typer.Argument(help="event, person, organisation, venue, instrument, participation, document, date …"),
]
Name = Annotated[str, typer.Argument(help="The name as the source has it.")]
Document = Annotated[str, typer.Option(help="Path below data/raw, or id; every document when left out.")]
Reason = Annotated[str, typer.Option(help="For your own record.")]
Folder = Annotated[Path | None, typer.Option("--corrections", help="Folder; data/corrections when left out.")]


@correct_app.command()
def fix(
    kind: Kind,
    name: Name,
    field: Annotated[str, typer.Argument(help="The column, as the table calls it.")],
    value: Annotated[str, typer.Argument(help="The right value; empty text empties the cell.")],
    document: Document = "",
    reason: Reason = "",
    corrections: Folder = None,
    as_json: Json = False,
) -> None:
    """Set a value: convenor correct fix person "Ito Kenji" country_code JP"""
    _write(corrections, as_json, "fix", kind, document, name, field, value, reason)


@correct_app.command()
def merge(
    kind: Kind,
    name: Name,
    other: Annotated[str, typer.Argument(help="The other name; for events also the other document.")],
    document: Document = "",
    reason: Reason = "",
    corrections: Folder = None,
    as_json: Json = False,
) -> None:
    """Make two one: convenor correct merge organisation "NIDS" "National Institute for Defense Studies" """
    if kind != "event" and name.casefold() == other.casefold():
        stop("these are the same name, which is one already: give two that differ")
    _write(corrections, as_json, "merge", kind, document, name, "", other, reason)


@correct_app.command()
def split(
    kind: Kind,
    name: Name,
    document: Document = "",
    other: Annotated[str, typer.Option("--from", help="The other name; all others of the name when left out.")] = "",
    reason: Reason = "",
    corrections: Folder = None,
    as_json: Json = False,
) -> None:
    """Keep two apart: convenor correct split person "Maria Rossi" --document talks/turin.pdf"""
    _write(corrections, as_json, "split", kind, document, name, "", other, reason)


@correct_app.command()
def reject(
    kind: Kind,
    name: Name,
    document: Document = "",
    field: Annotated[str, typer.Option(help="Only where this column ...")] = "",
    value: Annotated[str, typer.Option(help="... holds this value.")] = "",
    reason: Reason = "",
    corrections: Folder = None,
    as_json: Json = False,
) -> None:
    """Take out what was found wrongly: convenor correct reject person "Claudio Street" """
    _write(corrections, as_json, "reject", kind, document, name, field, value, reason)


@correct_app.command()
def add(
    kind: Kind,
    name: Name,
    document: Annotated[str, typer.Option(help="The document whose text holds the name.")],
    field: Annotated[str, typer.Option(help="A column to fill, ...")] = "",
    value: Annotated[str, typer.Option(help="... and its value.")] = "",
    reason: Reason = "",
    corrections: Folder = None,
    as_json: Json = False,
) -> None:
    """Add what was overlooked: convenor correct add participation "Anna Beispiel" --document a.txt"""
    _write(corrections, as_json, "add", kind, document, name, field, value, reason)


@correct_app.command()
def accept(
    kind: Kind,
    name: Name,
    document: Document = "",
    field: Annotated[str, typer.Option(help="Only this column ...")] = "",
    value: Annotated[str, typer.Option(help="... with this value.")] = "",
    reason: Reason = "",
    corrections: Folder = None,
    as_json: Json = False,
) -> None:
    """Record that you checked it: convenor correct accept person "Anna Beispiel" --document a.txt"""
    _write(corrections, as_json, "accept", kind, document, name, field, value, reason)


def _write(folder: Path | None, as_json: bool, *cells: str) -> None:
    """Append a row once it holds together with the rows there are; else say why and write nothing."""
    from convenor.folders import default_place
    from resolve.corrections import COLUMNS, CorrectionError, read_corrections

    path = (folder or default_place("corrections")) / FILE_NAME
    there = read_corrections(path.parent)
    row = dict(zip(COLUMNS, cells, strict=True))
    try:
        keep_row(path, row)
    except CorrectionError as error:
        stop(f"{error}; nothing was written")
    for refusal in there.refused:
        complain(f"{refusal.file_line} is refused: {refusal.message}", "yellow")
    tell(as_json, {"file": str(path), "row": row}, f"kept in {path}; the next `convenor run` applies it")


def keep_row(path: Path, row: dict[str, str]) -> None:
    """Append a row that holds together with all rows of its folder; else raise CorrectionError and write nothing."""
    from resolve.contradictions import find_contradictions
    from resolve.corrections import CorrectionError, parse_row, read_corrections

    correction = parse_row(row, path.name, 0)
    there = read_corrections(path.parent).accepted
    if problem := find_contradictions([*there, correction]).get(correction):
        raise CorrectionError(problem)
    append_row(path, row)


def append_row(path: Path, row: dict[str, str]) -> None:
    """Append a row to a corrections file, in the columns and with the separator that the file has."""
    from resolve.corrections import COLUMNS

    header, delimiter, is_open_ended = list(COLUMNS), ",", False
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.stat().st_size:
        text = path.read_text("utf-8-sig")
        first = text.split("\n", 1)[0]
        delimiter = ";" if first.count(";") > first.count(",") else ","
        header = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]
        is_open_ended = not text.endswith("\n")
    is_new = not path.is_file() or not path.stat().st_size
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, delimiter=delimiter, lineterminator="\n", extrasaction="ignore")
        if is_new:
            writer.writeheader()
        if is_open_ended:
            file.write("\n")
        writer.writerow(row)


def remove_row(path: Path, line: int, cells: tuple[str, ...]) -> bool:
    """Take the row that ends at `line` out of a corrections file if it still reads `cells`; all else stays as it is."""
    data = path.read_bytes()
    coding = "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
    lines = list(StringIO(data.decode(coding), newline=""))
    first = lines[0] if lines else ""
    reader = csv.DictReader(lines, delimiter=";" if first.count(";") > first.count(",") else ",")
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    before = reader.line_num
    for row in reader:
        if reader.line_num == line and _cells(row) == cells:
            draft = path.with_name(f".{path.name}.new")
            draft.write_text("".join([*lines[:before], *lines[line:]]), coding, newline="")
            draft.replace(path)
            return True
        before = reader.line_num
    return False


def _cells(row: dict[str, str]) -> tuple[str, ...]:
    """Return a row as `Correction.cells` has it."""
    from resolve.corrections import COLUMNS

    return tuple((row.get(column) or "").replace("\r\n", "\n").strip() for column in COLUMNS)
