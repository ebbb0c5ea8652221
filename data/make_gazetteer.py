"""Rebuild the sourced rows of the organisation list; rows that people wrote are kept as they stand.

    python data/make_gazetteer.py SOURCES src/extract/gazetteer/organisations.csv

SOURCES holds the folders `supraverden` (international organisations, facts only) and `publicbodies` (public bodies,
MIT); see the README beside the list.  A row is sourced when its `source` names one of
them, and written by people otherwise; where both name the same body, the people's row wins and only takes over the
ids and further names that it lacks.  Never run by the pipeline.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from extract.gazetteer.words import fold, name_keys

COLUMNS = ("id", "name", "acronym", "aliases", "type", "country", "parent_id", "external_ids", "source")
SOURCES = ("supraverden", "publicbodies")
LANGUAGES = ("fr", "de", "es", "it", "nl", "pt")

# Of the 61,000 bodies most are municipal; these are the ones a security or foreign policy event may name.
_RELEVANT = re.compile(
    r"\b(defen[cs]e|security|foreign|army|navy|naval|air force|marine corps|coast guard|military|intelligence|space|"
    r"aeronautic|nuclear|atomic|energy|homeland|emergency|border|customs|police|justice|treasury|trade|export|commerce|"
    r"science|research|technolog|standards|cyber|information|communications|national guard|congress|senate|parliament|"
    r"white house|council|peace|command|arms|threat|missile|geospatial|reconnaissance|maritime|ocean|weather|climate|"
    r"environment|health|disease|aid|development|cabinet office|home office|met office)\b",
    re.IGNORECASE,
)
_US_SPLIT = re.compile(r"^(?P<name>.+?)\s*\((?P<acronym>[A-Z][\w /-]{1,9})\)$")
_NOT_A_NAME = {"ec_dg", "ec_service", "permanent_representative", "other"}  # EU rows named by their subject alone
_GERMAN_FEDERAL = ("Oberste Bundesbehörde", "Obere Bundesbehörde")


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    name: str
    type: str
    country: str = ""
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    id: str = ""
    parent_id: str = ""
    external_ids: tuple[str, ...] = ()
    source: str = ""


def slug(row: Row) -> str:
    """Return a readable id: country and the words of the name."""
    words = "-".join(re.findall(r"[a-z0-9]+", " ".join(fold(word) for word in row.name.split())))
    return f"{row.country.lower() or 'int'}/{words}"


def read_supraverden(folder: Path) -> Iterator[Row]:
    """Yield international organisations: names in the languages of our documents, acronyms and Wikidata ids."""
    for name, facts in yaml.safe_load((folder / "data/general_list.yaml").read_text(encoding="utf-8")).items():
        texts = {key: value for key, value in facts.items() if isinstance(value, str)}
        aliases = [texts.get(f"Name_{language}", "") for language in LANGUAGES]
        aliases += [texts[key] for key in ("Name_other_en", "Name_other_2_en", "Name_former_en") if key in texts]
        aliases += [texts[key] for key in ("Abbreviation_fr", "Abbreviation_other_en") if key in texts]
        wikidata = texts.get("Wikidata_code", "")
        yield Row(
            name=texts.get("Name_en", name),
            type="international",
            country="",
            acronym=_long_enough(texts.get("Abbreviation_en", "")),
            aliases=tuple(aliases),
            external_ids=(f"wikidata:{wikidata}",) if re.fullmatch(r"Q\d+", wikidata) else (),
            source="supraverden",
        )


def read_publicbodies(folder: Path) -> Iterator[Row]:
    """Yield federal and EU bodies of the field; states, towns, schools and hospitals are left out."""
    for country in ("us", "eu"):
        for raw in _rows(folder / f"data/{country}.csv"):
            name, acronym = raw["name"].strip(), raw["abbreviation"].strip()
            if set(raw["tags"].split()) & _NOT_A_NAME:
                continue
            if hit := _US_SPLIT.match(name):
                name, acronym = hit["name"], acronym or hit["acronym"]
            if "," in name and name.endswith(" of"):
                tail, head = name.rsplit(", ", 1)
                name = f"{head} {tail}"
            long_enough = len(name.split()) > (2 if country == "us" and not acronym else 1)  # "Air Force": whose?
            if long_enough and _RELEVANT.search(name) and not re.search(r"[(—]|Department$", name):
                kind, place = ("government", "US") if country == "us" else ("international", "")
                yield Row(name, kind, place, acronym, source="publicbodies")
    for raw in _rows(folder / "data/de.csv"):
        if raw["classification"] in _GERMAN_FEDERAL:
            yield Row(raw["name"].strip(), "government", "DE", raw["abbreviation"].strip(), source="publicbodies")
    for raw in _rows(folder / "data/gb.csv"):
        tags = set(raw["tags"].split())
        if tags & {"central", "ministerial", "executive_agency", "ndpb", "university"} and "defunct" not in tags:
            kind = "university" if "university" in tags else "government"
            name = raw["name"].strip()
            if len(name.split()) > 1 and not name.startswith(("Chief ", "Commissioners ", "Keeper")):
                yield Row(name, kind, "GB", raw["abbreviation"].strip(), source="publicbodies")


def _long_enough(acronym: str) -> str:
    return acronym if len(acronym) > 2 else ""  # "AL", "NC": too many other readings; people's rows keep theirs


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def merge(people: Iterable[Row], sourced: Iterable[Row]) -> list[Row]:
    """Join rows of one body (same name or alias in the same country): the first row leads."""
    rows: list[Row] = []
    known: dict[tuple[str, tuple[str, ...]], int] = {}
    for row in [*people, *sourced]:
        names = [(row.country, name_keys(form)) for form in (row.name, *row.aliases) if form]
        at = next((known[name] for name in names if name in known), None)
        if at is None or not row.source.startswith(SOURCES):
            at = len(rows)
            rows.append(row)
        else:
            rows[at] = _join(rows[at], row)
        for name in names:
            known.setdefault(name, at)
    return rows


def _join(lead: Row, other: Row) -> Row:
    forms = [*lead.aliases, *(form for form in (other.name, *other.aliases) if form)]
    seen = {lead.name, lead.acronym}
    aliases = tuple(form for form in dict.fromkeys(forms) if form not in seen)
    return replace(
        lead,
        acronym=lead.acronym or other.acronym,
        aliases=aliases,
        external_ids=tuple(dict.fromkeys((*lead.external_ids, *other.external_ids))),
    )


def read_list(path: Path) -> list[Row]:
    """Read the rows people wrote from the list as it stands."""
    rows = [
        Row(
            **{column: raw[column] for column in COLUMNS if column not in ("aliases", "external_ids")},
            aliases=tuple(part for part in raw["aliases"].split(";") if part),
            external_ids=tuple(part for part in raw["external_ids"].split(";") if part),
        )
        for raw in _rows(path)
    ]
    return [row for row in rows if not row.source.startswith(SOURCES)]


def write_list(path: Path, rows: Iterable[Row]) -> int:
    """Write the list sorted by id; return the number of rows."""
    by_id: dict[str, Row] = {}
    for row in rows:
        row = replace(row, id=row.id or slug(row))
        if len(row.id.split("/")[1]) > 1:
            by_id.setdefault(row.id, row)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for row_id, row in sorted(by_id.items()):
            aliases = ";".join(_aliases(row))
            ids = ";".join(row.external_ids)
            out.writerow(
                (row_id, row.name, row.acronym, aliases, row.type, row.country, row.parent_id, ids, row.source)
            )
    return len(by_id)


def _aliases(row: Row) -> list[str]:
    seen, kept = {name_keys(row.name)}, []
    for alias in row.aliases:
        keys = name_keys(alias)
        if keys and keys not in seen and alias != row.acronym and ";" not in alias:
            seen.add(keys)
            kept.append(alias)
    return kept


def main(sources: Path, path: Path) -> None:
    sourced = [
        *read_supraverden(sources / "supraverden"),
        *read_publicbodies(sources / "publicbodies"),
    ]
    count = write_list(path, merge(read_list(path) if path.exists() else (), sourced))
    print(f"{path}: {count} rows")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
