"""Who and what is one across documents, and what stays apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.records import DocumentRecords
from resolve.corpus import Resolution, resolve
from resolve.names import organisation_key, person_key
from tests.records import make_records


def joined(*records: DocumentRecords) -> Resolution:
    ordered = sorted(records, key=lambda r: r.document.document_id)
    return resolve(lambda: ordered, "run_1")


def count(resolution: Resolution, table: str) -> int:
    return len(resolution.rows[table])


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("TANAKA Ichirō", "Ichiro Tanaka", True),
        ("Michał Łukasiewicz", "Michal Lukasiewicz", True),
        ("Hiroshi Tanaka", "Hitoshi Tanaka", False),
    ],
)
def test_person_keys(one: str, other: str, is_same: bool) -> None:
    assert (person_key(one) == person_key(other)) is is_same


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("The National Center for Defense (NCD)", "National Centre for Defence", True),
        ("Ministry of Defence", "Ministry of Foreign Affairs", False),
        ("Institut für Politik", "Institut fur Politik", True),
    ],
)
def test_organisation_keys(one: str, other: str, is_same: bool) -> None:
    assert (organisation_key(one) == organisation_key(other)) is is_same


def test_announcement_and_report_are_one_event_and_the_later_word_holds() -> None:
    announcement = make_records("call", people={"Ito Kenji": "NIDS"}, published=date(2024, 2, 1))
    report = make_records(
        "report", title="Talks on Maritime Security in Europe", venue="Residence Palace", clock=None,
        people={"Kenji ITO": "NIDS"}, published=date(2024, 3, 20), event_status="held",
    )  # fmt: skip
    resolution = joined(announcement, report)
    (event,) = resolution.rows["events"]
    assert event["document_count"] == 2
    assert event["event_status"] == "held"
    assert str(event["start_local"]) == "2024-03-12 10:00:00", "the report states no time: the announcement's holds"
    assert str(event["start_utc"]) == "2024-03-12 09:00:00+00:00"
    assert {c["field"] for c in resolution.rows["event_changes"]} == {"venue_id", "event_name"}
    assert count(resolution, "people") == 1


def test_neighbours_stay_apart() -> None:
    assert count(joined(make_records("a"), make_records("b", day=date(2025, 3, 12))), "events") == 2, "a yearly series"
    assert count(joined(make_records("a"), make_records("b", city="Tokyo")), "events") == 2, "another city"
    assert count(joined(make_records("a"), make_records("b", title="Energy Futures Forum")), "events") == 2


def test_events_without_a_day_never_merge() -> None:
    assert count(joined(make_records("a", day=None), make_records("b", day=None)), "events") == 2


def test_moved_event_is_found_by_its_previous_day() -> None:
    before = make_records("a", published=date(2024, 1, 1))
    after = make_records(
        "b", day=date(2024, 5, 2), previous_start_date=date(2024, 3, 12), event_status="postponed",
        published=date(2024, 3, 1),
    )  # fmt: skip
    (event,) = joined(before, after).rows["events"]
    assert event["start_date"] == date(2024, 5, 2)
    assert event["previous_start_date"] == date(2024, 3, 12)


def changes(*records: DocumentRecords) -> list[tuple[object, ...]]:
    found = joined(*records).rows["event_changes"]
    return [(row["field"], row["old_value"], row["new_value"]) for row in found]


def test_a_replaced_speaker_is_a_change_and_a_report_denies_nobody() -> None:
    call = make_records("call", people=dict.fromkeys(("Anna Weber", "Bo Ek", "Kenji Itō")), published=date(2024, 1, 1))
    update = make_records("update", people=dict.fromkeys(("ITO Kenji", "A. Weber", "Cy Dorn")),
                          published=date(2024, 2, 1))  # fmt: skip
    assert changes(call, update) == [("speaker", "Bo Ek", "Cy Dorn")]
    fewer = make_records("fewer", people=dict.fromkeys(("Kenji Ito", "Anna Weber")), published=date(2024, 2, 1))
    assert changes(call, fewer) == [("speaker", "Bo Ek", None)]
    report = make_records("report", people=dict.fromkeys(("Kenji Ito", "Cy Dorn")), published=date(2024, 4, 1))
    told = replace(report, events=tuple(replace(e, relation="reports") for e in report.events))
    assert changes(call, told) == []
    others = make_records("panel", people=dict.fromkeys(("Eva Lind", "Fay Moe")), published=date(2024, 2, 1))
    assert changes(call, others) == [], "another part of the programme"


def test_moved_venue_new_date_and_cancellation_are_changes() -> None:
    call = make_records("call", event_status="scheduled", published=date(2024, 1, 1))
    update = make_records(
        "update", venue="Sea House", day=date(2024, 5, 2), previous_start_date=date(2024, 3, 12),
        event_status="cancelled", published=date(2024, 2, 1),
    )  # fmt: skip
    found = {field: (old, new) for field, old, new in changes(call, update)}
    assert found["start_date"] == ("2024-03-12", "2024-05-02")
    assert found["event_status"] == ("scheduled", "cancelled")
    assert {"venue_id", "start_date", "end_date", "event_status"} == set(found)


def test_same_name_other_affiliation_stays_apart_unless_an_event_joins() -> None:
    one = make_records("a", people={"Maria Rossi": "University of Turin"})
    other = make_records("b", title="Energy Futures Forum", day=date(2024, 9, 1), people={"Maria Rossi": "Eni"})
    assert count(joined(one, other), "people") == 2
    later = make_records("c", people={"Maria Rossi": "Ministry of Defence"})
    assert count(joined(one, later), "people") == 1, "one event, one Maria Rossi, who changed her post"


def test_single_word_names_never_join_documents() -> None:
    one, other = make_records("a", people={"Rossi": None}), make_records("b", day=None, people={"Rossi": None})
    assert count(joined(one, other), "people") == 2


def test_ids_stay_when_documents_are_added() -> None:
    first = make_records("a", people={"Maria Rossi": "University of Turin"}, published=date(2024, 1, 1))
    before = {row["person_id"] for row in joined(first).rows["people"]}
    added = make_records("b", title="Energy Forum", day=date(2025, 1, 1), people={"Maria Rossi": "Eni"},
                         published=date(2024, 6, 1))  # fmt: skip
    after = {row["person_id"] for row in joined(first, added).rows["people"]}
    assert before < after


NAMESAKES = [
    make_records(name, people={"Maria Rossi": affiliation})
    for name, affiliation in [("a", "X University"), ("b", None), ("c", "Y Institute"), ("d", "X University")]
]


@settings(max_examples=25, deadline=None)
@given(st.permutations(NAMESAKES))
def test_order_of_documents_does_not_matter(records: list[DocumentRecords]) -> None:
    reference = joined(*records)
    assert resolve(lambda: records, "run_1").rows["people"] == reference.rows["people"]
