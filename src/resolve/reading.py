"""Read the joined corpus row by row: ids, the rows of tables, who organises what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, groupby
from typing import NamedTuple

from resolve.clusters import LocalKey, Row
from resolve.events import sort_changes
from resolve.kept import Kept
from resolve.organisations import listed_parents, parents_of


class KeptIds(Mapping[LocalKey, str]):
    """The id of every finding, those of one document in memory at a time."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._document: str | None = None
        self._ids: Mapping[str, str] = {}

    def __getitem__(self, finding: LocalKey) -> str:
        document, key = finding
        if document != self._document:
            self._document, self._ids = document, self._kept.ids_in(document)
        if key not in self._ids:
            raise KeyError(finding)
        return self._ids[key]

    def __iter__(self) -> Iterator[LocalKey]:
        query = "SELECT document, key FROM findings ORDER BY document, key"
        return (LocalKey(document, key) for document, key in self._kept.query(query))

    def __len__(self) -> int:
        return int(next(self._kept.query("SELECT count(*) FROM findings"))[0])


def read_table(kept: Kept, table: str) -> Iterator[Row]:
    """Yield the rows of a table in the order of ids."""
    rows = ({name: _restored(name, value) for name, value in row.items()} for row in kept.made(table))
    return _with_parents(kept, rows) if table == "organisations" else rows


def _restored(column: str, value: object) -> object:
    """Return a cell as its column has it: days and wall times are kept as text."""
    if isinstance(value, str) and column.endswith("_date"):
        return date.fromisoformat(value)
    if isinstance(value, str) and column.endswith("_local"):
        return datetime.fromisoformat(value)
    return value


def _with_parents(kept: Kept, rows: Iterable[Row]) -> Iterator[Row]:
    known = {entity for (entity,) in kept.query("SELECT entity FROM made WHERE name = 'organisations'")}
    parents = parents_of(chain(_stated_parents(kept), listed_parents(known)))
    for row in rows:
        parent = parents.get(str(row["organisation_id"]))
        yield {**row, "parent_organisation_id": parent} if parent else row


def _stated_parents(kept: Kept) -> Iterator[tuple[str, str]]:
    """Yield (id of the part, id of the whole) as the documents state it, in the order of findings."""
    return kept.query(
        "SELECT part.entity, whole.entity FROM findings f JOIN nodes part USING (number)"
        " JOIN findings p ON p.document = f.document AND p.key = f.parent"
        " JOIN nodes whole ON whole.number = p.number"
        " WHERE f.parent IS NOT NULL ORDER BY f.document, f.key"
    )


def read_disputes(kept: Kept, run_id: str) -> Iterator[Row]:
    """Yield the rows of `event_changes` that come of joining, sorted."""
    for disputed in kept.made("event_changes"):
        yield from sort_changes({**change, "run_id": run_id} for change in disputed)


class Organiser(NamedTuple):
    """What an organisation does for an event, with the strongest evidence of all documents."""

    event_id: str
    organisation_id: str
    role: str
    method: str | None
    score: float


def read_organisers(kept: Kept) -> Iterator[Organiser]:
    """Yield who organises what, sorted."""
    rows = kept.query(
        "SELECT events.entity, bodies.entity, o.role, o.method, o.score FROM organisers o"
        " JOIN findings e ON e.document = o.document AND e.key = o.event JOIN nodes events ON events.number = e.number"
        " JOIN findings b ON b.document = o.document AND b.key = o.organisation"
        " JOIN nodes bodies ON bodies.number = b.number"
        " ORDER BY 1, 2, 3, o.score DESC, o.document, o.place"
    )
    return (Organiser(*next(same)) for _, same in groupby(rows, key=lambda row: row[:3]))
