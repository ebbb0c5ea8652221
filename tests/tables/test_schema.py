"""The schema keeps the contract: names and types fixed, every column described, every key and reference sound."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tables.columns import Table
from tables.datapackage import describe_release
from tables.schema import TABLE_BY_NAME, TABLES

CONTRACT = Path(__file__).parents[3] / "shared" / "contract" / "tables.md"
by_name = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@by_name
def test_described_keyed_and_typed(table: Table) -> None:
    names = [column.name for column in table.columns]
    assert len(names) == len(set(names))
    assert set(table.primary_key) <= set(names)
    assert all(column.description for column in table.columns)
    for column in table.columns:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", column.name)
        suffixes = {
            "_date": "date", "_local": "local", "_utc": "utc", "_count": "integer", "_score": "number",
            "_ids": "list", "_char": "integer",
        }  # fmt: skip
        for suffix, kind in suffixes.items():
            if column.name.endswith(suffix):
                assert column.type == kind, column.name
        if column.name.startswith(("is_", "has_")):
            assert column.type == "boolean"
        if column.refers_to:
            assert TABLE_BY_NAME[column.refers_to].primary_key[0].endswith(("_id", "_code"))


def test_same_name_same_type_everywhere() -> None:
    types: dict[str, set[str]] = {}
    for table in TABLES:
        for column in table.columns:
            types.setdefault(column.name, set()).add(column.type)
    assert {name: kinds for name, kinds in types.items() if len(kinds) > 1} == {}


@pytest.mark.skipif(not CONTRACT.is_file(), reason="the contract is not beside this checkout")
def test_every_column_of_the_contract_is_there() -> None:
    text = CONTRACT.read_text("utf-8").split("## Tables")[1].split("## The taxonomy")[0]
    # "**name** — … : a · b (c) · d": the tables, several to a line at times
    for part in re.split(r"\*\*(?=\w+\*\* — )", text)[1:]:
        name, _, rest = part.partition("** — ")
        table = TABLE_BY_NAME[name]
        have = {column.name for column in table.columns}
        listed = re.sub(r"\([^()]*\)", "", rest)
        cells = [cell for cell in listed.replace(":", " · ").split(" · ") if cell.strip()]
        wanted = {
            words[0]
            for cell in cells
            if (words := re.findall(r"^[a-z][a-z0-9_]+(?= list\b|$|\.|\s*$)", cell.strip().rstrip(".")))
        }
        assert wanted <= have | {"Only"}, (name, wanted - have)
        assert wanted, name


def test_data_package_is_valid() -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.Package.metadata_validate(describe_release("data_0"))
    assert [error.note for error in report] == []
