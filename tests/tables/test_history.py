"""Between releases: what changed and why, ids that had to change, and releases held back because they lost much."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract.records import DocumentRecords
from resolve.corrections import CorrectionList, parse_row
from tables.assembly import assemble
from tables.checks import CheckFailed, find_drops
from tables.differing import DiffError, choose_releases, compare, count_differences
from tables.joined import Decisions
from tables.publish import publish, read_rows
from tables.writing import ReleaseInfo
from tests.records import corpus_of, make_records

FIRST = make_records("first", people={"Anna Beispiel": "Sea Forum"}, published=date(2024, 2, 1))
LATER = make_records("later", title="Energy Futures Forum", day=date(2024, 9, 1), people={"Bo Ek": "Lake Hall"})


def release(place: Path, number: int, *records: DocumentRecords, corrections: CorrectionList | None = None) -> None:
    ordered = sorted(records, key=lambda r: r.document.document_id)
    decisions = Decisions(corrections or CorrectionList())
    previous = place if (place / "manifest.json").is_file() else None
    tables = assemble(corpus_of(lambda: ordered), decisions, f"run_{number}", "v", previous)
    publish(tables, place, ReleaseInfo(f"data_{number}", f"run_{number}", "none"))


def fixed(**cells: str) -> CorrectionList:
    return CorrectionList((parse_row({"action": "fix", **cells}, "corrections.csv", 2),))


def changes(place: Path) -> dict[tuple[str, str, str], int]:
    return count_differences(compare(*choose_releases(place, None, None)))


def test_a_new_document_is_the_cause_of_its_rows(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    release(tmp_path, 2, FIRST, LATER)
    found = changes(tmp_path)
    assert found["documents", "added", "new_document"] == 1
    assert found["people", "added", "new_document"] == 1
    assert {change for _, change, _ in found} == {"added"}
    release(tmp_path, 3, LATER)
    assert {(change, cause) for _, change, cause in changes(tmp_path)} == {("removed", "removed_document")}


def test_a_correction_is_the_cause_of_its_cell(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    fix = fixed(kind="event", document="first.txt", field="event_status", value="cancelled")
    release(tmp_path, 2, FIRST, corrections=fix)
    assert changes(tmp_path) == {("events", "changed", "correction"): 1}
    (change,) = read_rows(tmp_path, "event_changes")
    assert (change["field"], change["new_value"], change["cause"]) == ("event_status", "cancelled", "correction")


def test_a_rejected_row_went_by_correction(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    cells = {"action": "reject", "kind": "person", "name": "Anna Beispiel"}
    release(tmp_path, 2, FIRST, corrections=CorrectionList((parse_row(cells, "corrections.csv", 2),)))
    assert changes(tmp_path)["people", "removed", "correction"] == 1


def test_a_merge_is_the_cause_of_what_names_the_merged(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST, LATER)
    cells = {"action": "merge", "kind": "person", "name": "Anna Beispiel", "value": "Bo Ek"}
    release(tmp_path, 2, FIRST, LATER, corrections=CorrectionList((parse_row(cells, "corrections.csv", 2),)))
    assert changes(tmp_path) == {
        ("participations", "changed", "correction"): 1,
        ("people", "changed", "correction"): 1,
        ("people", "removed", "correction"): 1,
    }


def test_another_reading_of_the_same_documents_is_the_model(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    release(tmp_path, 2, make_records("first", people={"Anna Beispiel": "Sea Forum"}, published=date(2024, 2, 1),
                                      event_status="held"))  # fmt: skip
    assert changes(tmp_path) == {("events", "changed", "new_model"): 1}
    assert [c["cause"] for c in read_rows(tmp_path, "event_changes")] == ["new_model"]


def test_one_release_or_an_unknown_one_cannot_be_compared(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    with pytest.raises(DiffError, match="fewer than two"):
        choose_releases(tmp_path, None, None)
    with pytest.raises(DiffError, match="no release data_9"):
        choose_releases(tmp_path, "data_9", None)


def test_an_id_that_must_change_is_followed(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    old = read_rows(tmp_path, "events")[0]["event_id"]
    earlier = make_records("earlier", title="Maritime Security: the Brussels Talks", published=date(2024, 1, 1))
    release(tmp_path, 2, FIRST, earlier)
    (event,) = read_rows(tmp_path, "events")
    assert event["event_id"] != old, "the event is named after the words that were first used for it"
    (rekey,) = read_rows(tmp_path, "rekeys")
    assert (rekey["old_id"], rekey["new_id"], rekey["kind"]) == (old, event["event_id"], "event")
    release(tmp_path, 3, FIRST)
    assert {(r["old_id"], r["new_id"]) for r in read_rows(tmp_path, "rekeys")} == {(old, old), (event["event_id"], old)}


def test_an_older_document_that_says_the_same_changes_no_id(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    old = read_rows(tmp_path, "events")
    earlier = make_records("earlier", people={"Anna Beispiel": "Sea Forum"}, published=date(2024, 1, 1))
    release(tmp_path, 2, FIRST, earlier)
    assert [row["event_id"] for row in read_rows(tmp_path, "events")] == [row["event_id"] for row in old]
    fixes = [fixed(kind="event", document="first.txt", field=f, value=v) for f, v in
             (("event_name", "Sea Talks"), ("start_date", "2024-03-13"))]  # fmt: skip
    release(tmp_path, 3, FIRST, corrections=CorrectionList(tuple(c for fix in fixes for c in fix.accepted)))
    assert [row["event_id"] for row in read_rows(tmp_path, "events")] == [row["event_id"] for row in old]
    assert read_rows(tmp_path, "rekeys") == []


def test_a_dispute_keeps_the_run_that_first_saw_it(tmp_path: Path) -> None:
    later = make_records("second", people={"Anna Beispiel": "Sea Forum"}, published=date(2024, 3, 1),
                         event_status="cancelled")  # fmt: skip
    first = make_records("first", event_status="scheduled", published=date(2024, 2, 1))
    release(tmp_path, 1, first, later)
    assert [(c["field"], c["run_id"]) for c in read_rows(tmp_path, "event_changes")] == [("event_status", "run_1")]
    release(tmp_path, 2, first, later, LATER)
    assert [(c["field"], c["run_id"]) for c in read_rows(tmp_path, "event_changes")] == [("event_status", "run_1")]


def test_added_documents_change_no_other_id(tmp_path: Path) -> None:
    release(tmp_path, 1, FIRST)
    release(tmp_path, 2, FIRST, LATER)
    assert read_rows(tmp_path, "rekeys") == []


FULL = {"documents": 100.0, "events": 100.0, "people": 400.0, "events.start_date": 0.9, "participations": 500.0}


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({}, []),
        ({"documents": 40.0, "events": 40.0, "people": 160.0, "participations": 200.0}, ["documents dropped"]),
        ({"people": 100.0}, ["people dropped from 400 in 100 documents to 100 in 100"]),
        ({"events.start_date": 0.5}, ["events.start_date is filled in 50% of rows, before in 90%"]),
        ({"documents": 60.0, "events": 60.0, "people": 240.0, "participations": 300.0}, []),
    ],
)
def test_what_dropped_is_said(now: dict[str, float], words: list[str]) -> None:
    failures = find_drops(FULL, {**FULL, **now})
    assert [word in failure for word, failure in zip(words, failures, strict=True)] == [True] * len(words)


def test_a_release_that_lost_much_is_held_back(tmp_path: Path) -> None:
    many = [make_records(f"n{i}", day=date(2024, 1, 1 + i % 28), title=f"Talk {i} on Topic {i}") for i in range(50)]
    release(tmp_path, 1, *many)
    with pytest.raises(CheckFailed, match="accept-drops"):
        release(tmp_path, 2, *many[:5])
    assert len(read_rows(tmp_path, "documents")) == 50
