"""Corrections as data: the rows of `data/corrections/*.csv`, checked one by one; docs/corrections.md explains them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import get_args

from extract.records import (
    AttendanceMode,
    DatePrecision,
    DateRole,
    DocType,
    EventStatus,
    EventType,
    ItemType,
    OrganisationType,
    OrganiserRole,
    Relation,
    Role,
)  # fmt: skip
from models.taxonomy import load_taxonomy
from resolve.contradictions import find_contradictions
from resolve.retractions import FILE_NAME as RETRACTIONS

COLUMNS = ("action", "kind", "document", "name", "field", "value", "reason")
ACTIONS = ("fix", "merge", "split", "reject", "add", "accept")
KINDS = (
    "document", "event", "person", "organisation", "venue", "instrument", "participation", "date", "programme_item",
    "milestone", "domain", "organiser",
)  # fmt: skip

FIELDS: Mapping[str, tuple[str, ...]] = {
    "document": ("document_title", "doc_type", "language_code", "published_date"),
    "event": (
        "event_name", "event_type", "start_date", "end_date", "start_local", "end_local", "tz_iana",
        "attendance_mode", "event_status", "previous_start_date", "series_name", "registration_url", "stream_url",
        "relation", "venue_name",
    ),
    "person": ("person_name", "given_name", "family_name", "country_code"),
    "organisation": (
        "organisation_name", "acronym", "organisation_type", "country_code", "parent_organisation_name",
    ),
    "venue": ("venue_name", "address", "city", "country_code", "latitude", "longitude", "tz_iana"),
    "instrument": ("instrument_name", "acronym", "instrument_type"),
    "participation": ("role", "position", "organisation_text", "handle"),
    "date": ("date_role", "start_date", "end_date", "start_local", "end_local", "tz_iana", "date_precision"),
    "programme_item": ("item_title", "item_type", "start_local", "end_local", "tz_iana"),
    "milestone": ("start_date", "end_date", "date_precision"),
    "domain": (),
    "organiser": ("role",),
}  # fmt: skip
"""The columns that can be corrected, as the published tables call them; a venue or a parent is given by its name."""

LINKS: Mapping[str, tuple[str, str]] = {
    "venue_name": ("venue", "venue_key"),
    "parent_organisation_name": ("organisation", "parent_key"),
}
"""Fields of another kind than their own name belongs to: the kind of what they name, and the key they stand for."""

CODES: Mapping[str, tuple[str, ...]] = {
    "doc_type": get_args(DocType),
    "event_type": get_args(EventType),
    "attendance_mode": get_args(AttendanceMode),
    "event_status": get_args(EventStatus),
    "organisation_type": get_args(OrganisationType),
    "role": get_args(Role),
    "relation": get_args(Relation),
    "date_role": get_args(DateRole),
    "date_precision": get_args(DatePrecision),
    "item_type": get_args(ItemType),
}
_NEVER_EMPTY = frozenset({
    "person_name", "organisation_name", "instrument_name", "role", "doc_type", "event_type", "relation", "date_role",
    "item_title", "item_type",
})  # fmt: skip
JOINED = ("event", "person", "organisation", "venue", "instrument")
PARTS = ("date", "programme_item", "milestone", "domain", "organiser")
_ALLOWED: Mapping[str, tuple[str, ...]] = {
    "fix": tuple(kind for kind in KINDS if FIELDS[kind]),
    "merge": JOINED,
    "split": JOINED,
    "reject": (*JOINED, "participation", *PARTS),
    "add": (*JOINED, "participation", *PARTS),
    "accept": KINDS,
}
_DEGREES: Mapping[str, float] = {"latitude": 90.0, "longitude": 180.0}
_MAX_CELL = 2_000
"""Characters in a cell: no name or value is longer, and a file with an unclosed quote is one long cell."""

Value = str | float | date | datetime | None


class CorrectionError(Exception):
    """A row that cannot be used; the message says why and what would do."""


@dataclass(frozen=True)
class Correction:
    """One checked row: what to do to what the source calls `name`, in one document or everywhere (`document` "")."""

    file: str
    line: int
    action: str
    kind: str
    document: str
    name: str
    field: str
    value: Value
    reason: str
    cells: tuple[str, ...]
    """The row as written, in the order of COLUMNS."""

    @property
    def file_line(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Refusal:
    """A row that was not used, with the reason."""

    file: str
    line: int
    cells: tuple[str, ...]
    message: str

    @property
    def file_line(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class CorrectionList:
    """All rows of a corrections folder: those that hold, and those refused."""

    accepted: tuple[Correction, ...] = ()
    refused: tuple[Refusal, ...] = ()


def read_corrections(folder: Path | None) -> CorrectionList:
    """Return the rows of all CSV files of a folder but the retractions; an unusable row is refused, never raised."""
    accepted: list[Correction] = []
    refused: list[Refusal] = []
    paths = sorted(folder.glob("*.csv")) if folder and folder.is_dir() else []
    for path in paths:
        if path.name == RETRACTIONS:
            continue
        for result in _read_file(path):
            (accepted if isinstance(result, Correction) else refused).append(result)  # type: ignore[arg-type]
    contradictions = find_contradictions(accepted)
    refused += [Refusal(c.file, c.line, c.cells, contradictions[c]) for c in accepted if c in contradictions]
    kept = tuple(c for c in accepted if c not in contradictions)
    return CorrectionList(kept, tuple(sorted(refused, key=lambda r: (r.file, r.line))))


def parse_row(cells: Mapping[str, str], file: str, line: int) -> Correction:
    """Return the correction that a row's cells make; raise CorrectionError with what is wrong and what would do."""
    row = {column: cells.get(column, "").strip() for column in COLUMNS}
    action, kind, field = row["action"].lower(), row["kind"].lower(), row["field"].lower()
    _one_of("action", action, ACTIONS)
    _one_of("kind", kind, KINDS)
    if kind not in _ALLOWED[action]:
        hint = "; remove its file from the folder of documents instead" if action == "reject" else ""
        raise CorrectionError(f"a {kind} cannot be corrected by {action}{hint}")
    _check_subject(action, kind, row)
    value: Value = row["value"] or None
    if action == "fix" and not field:
        raise CorrectionError(f"fix needs a field: {', '.join(FIELDS[kind])}")
    if kind == "domain":
        _one_of("domain", row["name"], [domain.code for domain in load_taxonomy()])
    if kind == "milestone" and action == "add" and field != "start_date":
        raise CorrectionError("a milestone is added with its day: field start_date, value such as 2024-03-12")
    if field:
        if action in ("merge", "split"):
            raise CorrectionError(f"{action} takes no field; the other name goes into value")
        _one_of(f"field of {kind}", field, FIELDS[kind])
        value = _parse_value(kind, field, row["value"])
    elif value and action in ("reject", "add", "accept"):
        raise CorrectionError("there is a value but no field")
    written = tuple(row[column] for column in COLUMNS)
    return Correction(file, line, action, kind, row["document"], row["name"], field, value, row["reason"], written)


def _check_subject(action: str, kind: str, row: Mapping[str, str]) -> None:
    """Refuse a row that does not say what it speaks of."""
    may_lack_name = kind == "document" or (kind == "event" and bool(row["document"]) and action != "add")
    if not row["name"] and not may_lack_name:
        raise CorrectionError("the name is missing: write the words as the source has them")
    if kind == "document" and not row["document"]:
        raise CorrectionError("the document is missing: write its path below data/raw or its id")
    if action == "add" and not row["document"]:
        raise CorrectionError("add needs the document that names it")
    if action == "merge" and not row["value"]:
        raise CorrectionError("merge needs a value: the other name (for events also the other document)")
    if action == "split" and not (row["document"] or row["value"]):
        raise CorrectionError("split needs the document that means another, or in value the other name")


def _read_file(path: Path) -> Iterable[Correction | Refusal]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        yield Refusal(path.name, 0, (), f"the file cannot be read as UTF-8 ({error}); save it as CSV UTF-8")
        return
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [(name or "").strip().lower() for name in reader.fieldnames or ()]
        missing = [column for column in COLUMNS if column not in names and column != "reason"]
        if missing:
            message = f"the header lacks {', '.join(missing)}; no row of the file is used"
            yield Refusal(path.name, 1, tuple(names), message)
            return
        reader.fieldnames = names
        for row in reader:
            if any(value for value in row.values()):
                yield _read_row(row, path.name, reader.line_num)
    except csv.Error as error:
        yield Refusal(path.name, reader.line_num, (), f"not a CSV row ({error}); the rows after it are not used")


def _read_row(row: Mapping[str | None, object], file: str, line: int) -> Correction | Refusal:
    cells = {name: value or "" for name, value in row.items() if name and isinstance(value, str)}
    written = tuple(cells.get(column, "")[:_MAX_CELL] for column in COLUMNS)
    if None in row:
        return Refusal(file, line, written, "more cells than the header has: quote a value that holds a comma")
    if any(len(value) > _MAX_CELL for value in cells.values()):
        return Refusal(file, line, written, f"a cell of more than {_MAX_CELL} characters: is a quote left open?")
    try:
        return parse_row(cells, file, line)
    except CorrectionError as error:
        return Refusal(file, line, written, str(error))


def _one_of(what: str, value: str, allowed: Iterable[str]) -> None:
    if value not in allowed:
        raise CorrectionError(f"unknown {what} {value!r}: one of {', '.join(allowed)}")


def _parse_value(kind: str, field: str, value: str) -> Value:
    """Return a cell as its column's type; an empty cell empties the column."""
    if not value:
        if field in _NEVER_EMPTY:
            raise CorrectionError(f"{field} cannot be empty")
        return None
    codes = get_args(OrganiserRole) if (kind, field) == ("organiser", "role") else CODES.get(field)
    if codes:
        _one_of(field, value, codes)
    if field in _DEGREES:
        return _degrees(field, value)
    try:
        if field.endswith("_date"):
            return date.fromisoformat(value)
        if field.endswith("_local"):
            return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        wanted = "2024-03-12" if field.endswith("_date") else "2024-03-12T10:00"
        raise CorrectionError(f"{field} {value!r} is not written like {wanted}") from None
    if field == "country_code" and not (len(value) == 2 and value.isalpha() and value.isupper()):
        raise CorrectionError(f"country_code {value!r} is not two capital letters (ISO 3166-1)")
    if field == "tz_iana":
        _check_zone(value)
    return value


def _degrees(field: str, value: str) -> float:
    try:
        degrees = float(value)
    except ValueError:
        degrees = math.inf
    if not abs(degrees) <= _DEGREES[field]:
        raise CorrectionError(f"{field} {value!r} is not a number of degrees, such as 50.8467")
    return degrees


def _check_zone(value: str) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise CorrectionError(f"{value!r} is not an IANA time zone such as Europe/Brussels") from None
