"""`convenor diff` and `convenor why`: what changed between releases, and why rows are one or apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from convenor.output import Json, print_json, tell
from convenor.stopping import stop

if TYPE_CHECKING:
    from tables.differing import Difference

_MANY = 40

Processed = Annotated[Path | None, typer.Option(help="Folder of the tables; data/processed when left out.")]


def diff(
    old: Annotated[str | None, typer.Argument(help="Earlier release; the one before when left out.")] = None,
    new: Annotated[str | None, typer.Argument(help="Later release; the published one when left out.")] = None,
    processed: Processed = None,
    every: Annotated[bool, typer.Option("--all", help="List every row, however many.")] = False,
    as_json: Json = False,
) -> None:
    """Say what was added, changed and removed between two kept releases, and by what cause."""
    from convenor.folders import default_place
    from tables.differing import DiffError, choose_releases, compare

    try:
        earlier, later = choose_releases(processed or default_place("processed"), old, new)
    except DiffError as error:
        stop(str(error))
    differences = compare(earlier, later)
    if as_json:
        print_json([_as_json(d) for d in differences])
    else:
        typer.echo(f"{earlier.name} → {later.name}")
        print_differences(differences, every)


def why(
    one: Annotated[str, typer.Argument(metavar="ID", help="person_id, organisation_id, event_id …")],
    other: Annotated[str | None, typer.Argument(metavar="ID", help="A second row of the same table.")] = None,
    state: Annotated[Path | None, typer.Option(help="State file of the run.")] = None,
    corrections: Annotated[Path | None, typer.Option(help="Folder with corrections; data/corrections.")] = None,
    processed: Processed = None,
    as_json: Json = False,
) -> None:
    """Say why a row is one, or why two rows are one or apart."""
    from convenor.folders import default_place, kept_state
    from resolve.corpus import join_corpus
    from resolve.explaining import explain
    from tables.joined import decided_claims, read_decisions
    from tables.publish import read_rows
    from tables.store import Store, StoreError

    path = kept_state(processed, state)
    folder = corrections or default_place("corrections")
    rekeys = read_rows(processed or default_place("processed"), "rekeys", ("old_id", "new_id"))
    moved = {row["old_id"]: row["new_id"] for row in rekeys if row["new_id"]}
    first, second = moved.get(one, one), moved.get(other or "", other)
    try:
        with Store(path) as store:
            decisions = read_decisions(folder)
            claims = (claims for claims, _ in decided_claims(store.records(), decisions))
            lines = explain(join_corpus(claims, "", decisions.corrections.accepted), first, second)
    except StoreError as error:
        stop(str(error))
    except KeyError as error:
        stop(f"no event, person, organisation, venue or instrument has the id {error.args[0]}")
    tell(as_json, {"ids": [i for i in (first, second) if i], "reasons": lines}, "\n".join(lines))


def print_differences(differences: list[Difference], every: bool) -> None:
    """Print how much changed where, then the rows; without `every` the first of them, scores left out."""
    from tables.differing import count_differences

    if not differences:
        typer.echo("no differences")
    for (table, change, cause), count in count_differences(differences).items():
        typer.echo(f"{table}: {count} {change} ({cause.replace('_', ' ')})")
    listed = differences if every else [d for d in differences if not (d.column or "").endswith("_score")][:_MANY]
    for difference in listed:
        typer.echo(f"  {_line(difference)}")
    if len(listed) < len(differences):  # scores move with every model, and hide what did change
        typer.echo(f"  … and {len(differences) - len(listed)} more, scores among them: --all lists them")


def _line(difference: Difference) -> str:
    where = f"{difference.table} {' '.join(difference.key)}"
    if difference.column:
        return f"{where} {difference.column}: {difference.old!s} → {difference.new!s} [{difference.cause}]"
    row = difference.new or difference.old
    said = (str(v) for k, v in row.items() if v and k.endswith(("_name", "_text", "_title", "statement")))
    return f"{where} {difference.change} {next(said, '')[:80]} [{difference.cause}]"


def _as_json(difference: Difference) -> dict[str, object]:
    return {
        "table": difference.table,
        "change": difference.change,
        "key": list(difference.key),
        "column": difference.column,
        "old": difference.old,
        "new": difference.new,
        "cause": difference.cause,
    }
