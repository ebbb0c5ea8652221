"""Corrections: read row by row, replayed on what the source says, reported when they meet nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.records import DocumentRecords
from resolve.corrections import ACTIONS, CorrectionList, read_corrections
from resolve.retractions import Retraction
from tables.assembly import assemble
from tables.correction_rows import correction_counts
from tables.joined import Decisions
from tests.records import corpus_of, make_records

HEADER = "action,kind,document,name,field,value,reason\n"


def listed(folder: Path, *rows: str) -> CorrectionList:
    (folder / "list.csv").write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return read_corrections(folder)


def tables_of(*records: DocumentRecords, corrections: CorrectionList, gone: tuple[Retraction, ...] = ()) -> Any:
    ordered = sorted(records, key=lambda r: r.document.document_id)
    made = assemble(corpus_of(lambda: ordered), Decisions(corrections, gone), "run_1", "v")
    tables = {name: list(rows) for name, rows in {**made.by_table, **made.late(Path())}.items()}
    for document in made.by_document:
        for name, rows in document.items():
            tables.setdefault(name, []).extend(rows)
    return tables


ANNOUNCEMENT = make_records("call", people={"Ito Kenji": "NIDS", "Anna Beispiel": "Sea House"}, organisers=("NIDS",))
OTHER = make_records(
    "talk", title="Energy Futures Forum", day=date(2024, 9, 1), people={"Anna Beispiel": "Lake Office"}
)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("mend,person,,Ito Kenji,country_code,JP,", "unknown action 'mend'"),
        ("fix,human,,Ito Kenji,country_code,JP,", "unknown kind 'human'"),
        ("fix,person,,Ito Kenji,shoe_size,43,", "unknown field of person 'shoe_size'"),
        ("fix,person,,Ito Kenji,,JP,", "fix needs a field"),
        ("fix,person,,,country_code,JP,", "the name is missing"),
        ("fix,person,,Ito Kenji,country_code,Japan,", "two capital letters"),
        ("fix,person,,Ito Kenji,person_name,,", "cannot be empty"),
        ("fix,event,call.txt,,start_date,12 March,", "is not written like 2024-03-12"),
        ("fix,event,call.txt,,event_status,moved,", "unknown event_status 'moved'"),
        ("fix,event,call.txt,,tz_iana,CET-ish,", "IANA time zone"),
        ("fix,document,,,doc_type,report,", "the document is missing"),
        ("reject,document,call.txt,,,,", "remove its file"),
        ("merge,person,,Ito Kenji,,,", "merge needs a value"),
        ("split,person,,Ito Kenji,,,", "split needs the document"),
        ("add,person,,Ito Kenji,,,", "add needs the document"),
        ("fix,person,,Ito Kenji,country_code,JP,why,more", "more cells than the header"),
    ],
)
def test_a_bad_row_is_refused_by_line_and_the_rest_holds(tmp_path: Path, row: str, message: str) -> None:
    read = listed(tmp_path, "fix,person,,Anna Beispiel,country_code,DE,", row)
    (refusal,) = read.refused
    assert message in refusal.message
    assert refusal.file_line == "list.csv:3"
    assert len(read.accepted) == 1
    rows = tables_of(ANNOUNCEMENT, corrections=read)["corrections"]
    assert correction_counts(rows) == {"applied": 1, "unmatched": 0, "refused": 1}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            ("fix,person,,Ito Kenji,country_code,JP,", "fix,person,,Kenji ITO,country_code,US,"),
            "contradicts list.csv:2",
        ),
        (("merge,person,,A B,,C D,", "split,person,,C D,,A B,"), "contradicts list.csv:2"),
        (("reject,venue,,Old Hall,,,", "reject,venue,,Old Hall,,,"), "says the same as list.csv:2"),
        (("merge,person,,A B,,C D,", "merge,person,,C D,,E F,", "merge,person,,E F,,A B,"), "closes a circle"),
    ],
)
def test_contradictions_and_circles_are_refused(tmp_path: Path, rows: tuple[str, ...], message: str) -> None:
    read = listed(tmp_path, *rows)
    assert [message in refusal.message for refusal in read.refused] == [True]
    assert len(read.accepted) == len(rows) - 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"action,kind\nfix,person\n", "the header lacks"),
        (b"\xff\xfe\x00", "cannot be read as UTF-8"),
        ((HEADER + 'fix,person,,"Ito Kenji,country_code,JP,\n').encode(), ""),
    ],
)
def test_a_broken_file_is_refused_not_raised(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    (tmp_path / "good.csv").write_text(HEADER + "fix,person,,Ito Kenji,country_code,JP,\n", "utf-8")
    read = read_corrections(tmp_path)
    assert message in read.refused[0].message
    assert len(read.accepted) == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from('fixmergsplit,;"\n\r\x00 ABpersonevt0\u2028é'), max_size=120), st.booleans())
def test_no_file_raises(tmp_path: Path, text: str, has_header: bool) -> None:
    (tmp_path / "any.csv").write_text((HEADER if has_header else "") + text, "utf-8", newline="")
    read = read_corrections(tmp_path)
    assert all(refusal.message for refusal in read.refused)
    assert all(correction.action in ACTIONS for correction in read.accepted)


def test_spreadsheets_write_semicolons_and_byte_order_marks(tmp_path: Path) -> None:
    text = "\ufeffAction;Kind;Document;Name;Field;Value;Reason\r\nfix;person;;Ito Kenji;country_code;JP;a, b\r\n"
    (tmp_path / "sheet.csv").write_bytes(text.encode())
    (correction,) = read_corrections(tmp_path).accepted
    assert (correction.name, correction.value, correction.reason) == ("Ito Kenji", "JP", "a, b")


@pytest.mark.parametrize(
    ("row", "table", "column", "value"),
    [
        ("fix,person,,Kenji Ito,country_code,JP,", "people", "country_code", "JP"),
        ("fix,person,call.txt,Ito Kenji,person_name,Itō Kenji,", "people", "person_name", "Itō Kenji"),
        ("fix,organisation,,NIDS,country_code,JP,", "organisations", "country_code", "JP"),
        ("fix,venue,,Palais d'Egmont,venue_name,Egmont Palace,", "venues", "venue_name", "Egmont Palace"),
        ("fix,event,call.txt,,event_status,cancelled,", "events", "event_status", "cancelled"),
        ("fix,event,,Talks on Maritime Security,event_type,panel,", "events", "event_type", "panel"),
        ("fix,document,call.txt,,doc_type,report,", "documents", "doc_type", "report"),
        ("fix,participation,,Ito Kenji,role,chair,", "participations", "role", "chair"),
        (
            "fix,participation,,Ito Kenji,organisation_text,New House,",
            "participations",
            "organisation_text",
            "New House",
        ),
    ],
)
def test_a_fix_changes_the_cell_and_says_so(tmp_path: Path, row: str, table: str, column: str, value: str) -> None:
    made = tables_of(ANNOUNCEMENT, corrections=listed(tmp_path, row))
    assert value in [r[column] for r in made[table]]
    (entry,) = made["corrections"]
    assert (entry["status"], entry["table_name"], entry["new_value"]) == ("applied", table, value)
    key = next(iter(made[table][0]))
    assert [r[column] for r in made[table] if r[key] == entry["row_id"]] == [value]


def test_a_corrected_day_takes_the_clock_along(tmp_path: Path) -> None:
    made = tables_of(ANNOUNCEMENT, corrections=listed(tmp_path, "fix,event,call.txt,,start_date,2024-07-02,"))
    (event,) = made["events"]
    assert str(event["start_local"]) == "2024-07-02 10:00:00"
    assert str(event["start_utc"]) == "2024-07-02 08:00:00+00:00", "summer time"
    assert event["end_date"] == date(2024, 7, 2)
    assert [(c["field"], c["cause"]) for c in made["event_changes"]] == [("start_date", "correction")]


def test_a_correction_outvotes_later_documents(tmp_path: Path) -> None:
    later = make_records("report", event_status="held", published=date(2024, 4, 1))
    made = tables_of(ANNOUNCEMENT, later, corrections=listed(tmp_path, "fix,event,call.txt,,event_status,cancelled,"))
    (event,) = made["events"]
    assert event["event_status"] == "cancelled"


def test_merge_split_and_what_they_do_not_touch(tmp_path: Path) -> None:
    merged = tables_of(ANNOUNCEMENT, OTHER, corrections=listed(tmp_path, "merge,person,,Ito Kenji,,Anna Beispiel,"))
    assert len(merged["people"]) == 1
    assert [r["status"] for r in merged["corrections"]] == ["applied"]
    same = make_records("next", people={"Anna Beispiel": "Sea House"}, day=date(2025, 1, 1))
    assert len(tables_of(ANNOUNCEMENT, same, corrections=CorrectionList())["people"]) == 2
    apart = tables_of(ANNOUNCEMENT, same, corrections=listed(tmp_path, "split,person,next.txt,Anna Beispiel,,,"))
    assert len(apart["people"]) == 3
    assert [r["status"] for r in apart["corrections"]] == ["applied"]


def test_events_are_merged_by_their_documents(tmp_path: Path) -> None:
    made = tables_of(ANNOUNCEMENT, OTHER, corrections=listed(tmp_path, "merge,event,call.txt,,,talk.txt,"))
    assert len(made["events"]) == 1


@pytest.mark.parametrize(
    ("row", "table", "count"),
    [
        ("reject,person,,Ito Kenji,,,", "people", 1),
        ("reject,organisation,call.txt,NIDS,,,", "organisations", 1),
        ("reject,venue,,Palais d'Egmont,,,", "venues", 0),
        ("reject,event,call.txt,,,,", "events", 0),
        ("reject,participation,,Ito Kenji,role,speaker,", "participations", 1),
        ("add,instrument,call.txt,Ito Kenji,,,", "instruments", 1),
        ("add,participation,call.txt,anna beispiel,role,chair,", "participations", 3),
    ],
)
def test_reject_and_add(tmp_path: Path, row: str, table: str, count: int) -> None:
    made = tables_of(ANNOUNCEMENT, corrections=listed(tmp_path, row))
    assert len(made[table]) == count
    assert {r["status"] for r in made["corrections"]} == {"applied"}
    mentions = {m["mention_id"] for m in made["mentions"]}
    assert all(mentions >= set(p["mention_ids"]) for p in made["participations"])


def test_what_meets_nothing_is_reported(tmp_path: Path) -> None:
    rows = ("fix,person,,Nobody Known,country_code,JP,", "add,person,call.txt,Not There,,,", "merge,person,,X Y,,Z W,",
            "fix,event,gone.txt,,event_status,held,", "fix,document,gone.txt,,doc_type,report,")  # fmt: skip
    made = tables_of(ANNOUNCEMENT, corrections=listed(tmp_path, *rows))
    assert correction_counts(made["corrections"]) == {"applied": 0, "unmatched": 5, "refused": 0}
    assert all(row["reason"] for row in made["corrections"])


def test_fixes_are_keyed_on_the_source_even_after_a_rename(tmp_path: Path) -> None:
    rows = ("fix,person,,Ito Kenji,person_name,Itoh Kenjiro,", "fix,person,,Ito Kenji,country_code,JP,")
    made = tables_of(ANNOUNCEMENT, corrections=listed(tmp_path, *rows))
    (person,) = [p for p in made["people"] if p["person_name"] == "Itoh Kenjiro"]
    assert person["country_code"] == "JP"
    assert "Ito Kenji" in person["aliases"]


def test_a_correction_does_not_bring_back_who_was_retracted(tmp_path: Path) -> None:
    corrections = listed(tmp_path, "add,participation,call.txt,Ito Kenji,role,chair,asked about Kenji Ito")
    made = tables_of(ANNOUNCEMENT, corrections=corrections, gone=(Retraction("ito kenji", None),))
    assert "Kenji" not in repr(made) and "Ito" not in repr(made)


def test_replaying_is_idempotent_and_ids_stay(tmp_path: Path) -> None:
    corrections = listed(tmp_path, "fix,organisation,,NIDS,country_code,JP,", "reject,person,,Ito Kenji,,,")
    once = tables_of(ANNOUNCEMENT, OTHER, corrections=corrections)
    assert once == tables_of(OTHER, ANNOUNCEMENT, corrections=corrections)
    plain = tables_of(ANNOUNCEMENT, OTHER, corrections=CorrectionList())
    assert {e["event_id"] for e in once["events"]} == {e["event_id"] for e in plain["events"]}


def test_what_was_accepted_stays_and_is_reported_once_it_is_gone(tmp_path: Path) -> None:
    rows = (
        "accept,person,call.txt,Ito Kenji,,,",
        "accept,participation,call.txt,Ito Kenji,role,speaker,",
        "accept,participation,call.txt,Anna Beispiel,role,chair,",
        "accept,document,call.txt,,doc_type,other,",
        "accept,event,call.txt,,start_date,2024-03-12,",
        "accept,organisation,,Nowhere House,,,",
    )
    made = tables_of(ANNOUNCEMENT, corrections=listed(tmp_path, *rows))
    plain = tables_of(ANNOUNCEMENT, corrections=CorrectionList())
    assert [row["status"] for row in made["corrections"]] == ["applied"] * 2 + ["unmatched"] + ["applied"] * 2 + [
        "unmatched"
    ]
    assert made["people"] == plain["people"] and made["participations"] == plain["participations"]


def test_what_is_accepted_cannot_be_rejected_too(tmp_path: Path) -> None:
    read = listed(tmp_path, "accept,person,call.txt,Ito Kenji,,,", "reject,person,call.txt,Ito Kenji,,,")
    assert "(accept of the same)" in read.refused[0].message
