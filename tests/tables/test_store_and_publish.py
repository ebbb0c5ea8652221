"""State and releases: nothing lost, nothing half, nothing published that breaks its own rules."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tables.assembly import assemble
from tables.checks import CheckFailed
from tables.joined import Decisions
from tables.publish import publish, publish_outcomes, published_version
from tables.schema import TABLE_BY_NAME, TABLES
from tables.store import OutcomeRow, SourceState, Store, StoreError, decode_records, encode_records
from tables.writing import ReleaseInfo, ReleaseRows, write_table
from tests.records import corpus_of, make_records

INFO = ReleaseInfo("data_1", "run_1", "abc")
RECORDS = sorted(
    (
        make_records("a", people={"Ito Kenji": "NIDS", "Anna Beispiel": None}, organisers=("NIDS",)),
        make_records("b", day=date(2025, 1, 1), people={"Ito Kenji": "NIDS"}),
    ),
    key=lambda r: r.document.document_id,
)


def all_rows() -> ReleaseRows:
    rows = assemble(corpus_of(lambda: RECORDS), Decisions(), "run_1", "v")
    outcomes = [
        {"run_id": "run_1", "source_uri": r.document.source_uri, "document_id": r.document.document_id, "outcome": "ok"}
        for r in RECORDS
    ]
    return replace(rows, by_table={**rows.by_table, "outcomes": outcomes})


def edited(rows: ReleaseRows, table: str, edit: Callable[[list[Any]], list[Any]]) -> ReleaseRows:
    """Return the rows of a release with those of one table made otherwise."""
    if table in rows.by_table:
        return replace(rows, by_table={**rows.by_table, table: edit(list(rows.by_table[table]))})
    return replace(
        rows, by_document=[{**document, table: edit(list(document[table]))} for document in rows.by_document]
    )


def test_records_survive_the_store() -> None:
    for record in RECORDS:
        assert decode_records(encode_records(record)) == record


def test_release_is_whole_typed_and_described(tmp_path: Path) -> None:
    release = publish(all_rows(), tmp_path, INFO)
    assert release.row_counts["documents"] == 2
    assert published_version(tmp_path) == "data_1"
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    for table in TABLES:
        written = pq.read_schema(tmp_path / f"{table.name}.parquet")
        assert written.equals(table.arrow), "a table without rows is still written, typed"
        assert written.metadata[b"convenor.run_id"] == b"run_1"
        assert len(pd.read_parquet(tmp_path / f"{table.name}.parquet")) == manifest["tables"][table.name]["rows"]


def test_same_rows_same_bytes(tmp_path: Path) -> None:
    publish(all_rows(), tmp_path / "one", INFO)
    publish(all_rows(), tmp_path / "two", INFO)
    for table in TABLES:
        name = f"{table.name}.parquet"
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.parametrize(
    ("table", "change", "rule"),
    [
        ("events", {"event_type": "party"}, "unknown code"),
        ("events", {"venue_id": "ven_nowhere"}, "names nothing in venues"),
        ("events", {"event_score": 1.5}, "not between 0 and 1"),
        ("people", {"person_name": None}, "is null"),
    ],
)
def test_a_broken_rule_publishes_nothing(tmp_path: Path, table: str, change: dict, rule: str) -> None:
    publish(all_rows(), tmp_path, INFO)
    before = (tmp_path / "manifest.json").read_bytes()
    broken = edited(all_rows(), table, lambda rows: [{**row, **change} for row in rows])
    with pytest.raises((CheckFailed, ValueError)) as error:
        publish(broken, tmp_path, ReleaseInfo("data_2", "run_2", "abc"))
    if isinstance(error.value, CheckFailed):
        assert rule in str(error.value)
    assert (tmp_path / "manifest.json").read_bytes() == before
    assert not list((tmp_path / "_releases").glob("*data_2*"))


def test_a_doubled_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed, match="not unique"):
        publish(edited(all_rows(), "people", lambda rows: [*rows, rows[0]]), tmp_path, INFO)


def test_an_unknown_column_is_a_bug(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="shoe_size"):
        publish(edited(all_rows(), "people", lambda rows: [{**row, "shoe_size": 1} for row in rows]), tmp_path, INFO)


def test_row_groups_are_of_one_size_whatever_the_documents_hold(tmp_path: Path) -> None:
    table = TABLE_BY_NAME["documents"]
    (row,) = (dict(row) for document in list(all_rows().by_document)[:1] for row in document["documents"])
    rows = ({**row, "document_id": f"doc_{number:05}"} for number in range(4_321))
    assert write_table(tmp_path, table, rows, INFO) == 4_321
    file = pq.ParquetFile(tmp_path / "documents.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [*[1_000] * 4, 321]
    assert file.read(["document_id"])["document_id"].to_pylist() == [f"doc_{number:05}" for number in range(4_321)]


def test_outcomes_are_renewed_without_touching_the_rest(tmp_path: Path) -> None:
    publish(all_rows(), tmp_path, INFO)
    before = {t.name: (tmp_path / f"{t.name}.parquet").stat().st_mtime_ns for t in TABLES}
    rows = [{"run_id": "run_2", "source_uri": "a.txt", "outcome": "unchanged"}]
    assert publish_outcomes(rows, tmp_path)["outcomes"] == 1
    after = {t.name: (tmp_path / f"{t.name}.parquet").stat().st_mtime_ns for t in TABLES}
    assert {name for name in before if before[name] != after[name]} == {"outcomes"}
    assert published_version(tmp_path) == "data_1"
    assert json.loads((tmp_path / "manifest.json").read_text())["tables"]["outcomes"]["rows"] == 1


def test_old_releases_are_dropped(tmp_path: Path) -> None:
    for number in range(8):
        publish(all_rows(), tmp_path, ReleaseInfo(f"data_{number}", "run", "abc"))
    assert sorted(p.name for p in (tmp_path / "_releases").iterdir()) == [f"data_{n}" for n in range(3, 8)]


def test_a_batch_is_kept_whole_or_not_at_all(tmp_path: Path) -> None:
    state = SourceState("a.txt", "00", "v", "ok", None, None, "doc_1", "a.txt")
    with Store(tmp_path / "s.duckdb") as store:
        store.begin_run(1, "run_1")
        with pytest.raises(Exception, match=r"(?i)convert|cast|constraint"):
            store.save_batch("run_1", [state], {}, [OutcomeRow("a.txt", None)])  # type: ignore[arg-type]
        assert store.sources() == {}
        store.save_batch("run_1", [state], {}, [OutcomeRow("a.txt", "ok", "doc_1")])
        assert set(store.sources()) == {"a.txt"}


def test_a_second_writer_is_refused_with_a_reason(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    with Store(path):
        code = (
            "from pathlib import Path\nfrom tables.store import Store, StoreError\n"
            f"try:\n    Store(Path({str(path)!r}))\nexcept StoreError as e:\n    print(e)"
        )
        import subprocess
        import sys

        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "another run is using" in done.stdout


def test_a_broken_or_older_state_file_is_refused_with_a_way_out(tmp_path: Path) -> None:
    garbage = tmp_path / "g.duckdb"
    garbage.write_bytes(b"not a database" * 400)
    with pytest.raises(StoreError, match="doctor --repair"):
        Store(garbage)
    import duckdb

    older = tmp_path / "o.duckdb"
    db = duckdb.connect(older)
    db.execute("CREATE TABLE meta (store_version INTEGER); INSERT INTO meta VALUES (0)")
    db.close()
    with pytest.raises(StoreError, match="another version"):
        Store(older)


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_leaves_the_release_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(all_rows(), tmp_path, INFO)
    before = (tmp_path / "manifest.json").read_bytes()
    monkeypatch.setattr("tables.publish._write_json", lambda path, value: Path("/dev/full").write_text("x" * 9999))
    with pytest.raises(OSError, match="No space left"):
        publish(all_rows(), tmp_path, ReleaseInfo("data_2", "run_2", "abc"))
    assert (tmp_path / "manifest.json").read_bytes() == before


def test_the_data_package_validates_with_its_own_library(tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    publish(all_rows(), tmp_path, INFO)
    report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()
    assert [error.message for task in report.tasks for error in task.errors] == []
    assert report.valid


def test_a_document_larger_than_the_memory_of_the_state_is_kept_and_read(tmp_path: Path) -> None:
    (record,) = RECORDS[:1]
    large = replace(record, document=replace(record.document, text=f"{record.document.text} {'sea ' * 6_000_000}"))
    key, uri = record.document.document_id, record.document.source_uri
    with Store(tmp_path / "state.duckdb", memory_mb=8) as store:
        store.begin_run(1, "run_1")
        store.save_batch("run_1", [], {key: (uri, encode_records(large))}, [OutcomeRow(uri, "ok", key)])
        store.end_run("run_1", "completed", None)
        assert [len(found.document.text) for found in store.records()] == [len(large.document.text)]
        assert [row["document_id"] for row in store.outcomes()] == [key]
        assert store.forget_sources([uri]) == 1
