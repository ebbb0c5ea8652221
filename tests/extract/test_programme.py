# ruff: noqa: E501 - one case, one line
"""Timetables: as tables, tabbed lines, bullets and lines with times, over days and zones."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.fields.programme import _before_person, item_type
from extract.fields.programme_slots import in_day_order, read_slot, to_time
from tests.extract.event_documents import read_events

SLOTS = [
    # line, start, end, title
    ("9:30 - 10 a.m. - Welcome", "09:30", "10:00", "Welcome"),
    ("11:45 a.m. -1:00 p.m. Break", "11:45", "13:00", "Break"),
    ("2.30–4 pm Panel", "14:30", "16:00", "Panel"),
    ("11:00 – 12:30 pm Talk", "11:00", "12:30", "Talk"),
    ("11:00 CEST\tRegistration", "11:00", None, "Registration"),
    ("14h00 – 15h30 : Table ronde", "14:00", "15:30", "Table ronde"),
    ("14:15 Uhr\tVortrag", "14:15", None, "Vortrag"),
    ("9:00am Welcome", "09:00", None, "Welcome"),
    ("12:00 LUNCH", "12:00", None, "LUNCH"),
    ("10:00–10:15: Break", "10:00", "10:15", "Break"),
    ("noon  Lunch", "12:00", None, "Lunch"),
    ("9.00 – 9.30 Begrüßung", "09:00", "09:30", "Begrüßung"),
]


@pytest.mark.parametrize(("line", "start", "end", "title"), SLOTS)
def test_slot(line: str, start: str, end: str | None, title: str) -> None:
    slot = read_slot(line)
    assert slot is not None
    times = [to_time(clock) if clock else None for clock in (slot.start, slot.stop)]
    assert [moment and moment.strftime("%H:%M") for moment in times] == [start, end]
    assert line[slot.end :] == title


@pytest.mark.parametrize(
    "line",
    ["2.1 Introduction", "1-1", "10 March 2031", "1325 and beyond", "3 Panels", "25:00 Nothing", "2030 Agenda", "10:75 x",
     "12 noonday devils", ""],
)  # fmt: skip
def test_no_slot(line: str) -> None:
    assert read_slot(line) is None


@given(st.text(alphabet="0123456789:.h-–apm UTCZ\t", max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_line_can_be_read(line: str) -> None:
    slot = read_slot(line)
    assert slot is None or 0 < slot.end <= len(line)


def test_afternoon_without_pm() -> None:
    clocks = [slot.start for line in ("9:00 A", "11:30 B", "1:30 C", "4:00 D") if (slot := read_slot(line))]
    assert [moment and moment.hour for moment in in_day_order(clocks)] == [9, 11, 13, 16]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Registration and coffee", "registration"), ("Coffee break", "break"), ("Opening remarks", "opening"),
        ("Keynote: Trust", "keynote"), ("Panel 2: Ports", "panel"), ("Session 1", "session"), ("End of roundtable", "closing"),
        ("Table ronde : la mer", "panel"), ("Begrüßung", "opening"), ("Pausa café", "break"), ("The sea and us", "other"),
        ("Wrap-up", "closing"), ("休憩", "break"),
    ],
)  # fmt: skip
def test_item_type(title: str, kind: str) -> None:
    assert item_type(title) == kind


def test_lines_with_people_below() -> None:
    found = read_events([
        ("title", "Quiet Waters"), ("paragraph", "Wednesday, 4 May 2031, 11:00 to 13:00 CEST"),
        ("paragraph", "Venue: Linden Hall, Vienna"), ("heading", "Programme"),
        ("table_row", "11:00 CEST\tRegistration"), ("table_row", "18:00 JST"),
        ("table_row", "11:30 CEST\tKeynote: Trust at sea"), ("list_item", "Aino Berg, Director, Polar House"),
        ("table_row", "12:00 CEST\tPanel: Ports and power"), ("list_item", "Otto Lind, Analyst, Lind Institute"),
        ("table_row", "13:00 CEST\tEnd"),
    ])  # fmt: skip
    items = found.programme_items
    assert [item.item_title for item in items] == [
        "Registration",
        "Keynote: Trust at sea",
        "Panel: Ports and power",
        "End",
    ]
    assert [item.start_local for item in items] == [
        datetime(2031, 5, 4, *at) for at in [(11, 0), (11, 30), (12, 0), (13, 0)]
    ]
    assert items[0].end_local == datetime(2031, 5, 4, 11, 30)
    assert items[3].end_local is None
    assert {item.tz_iana for item in items} == {"Europe/Vienna"}
    assert "Aino Berg" in found.document.text[items[1].start_char : items[1].end_char]
    assert "Otto Lind" not in found.document.text[items[1].start_char : items[1].end_char]
    assert found.events[0].relation == "programmes"


def test_days_tables_and_tracks() -> None:
    found = read_events([
        ("title", "Two Days of Ports"), ("paragraph", "4–5 May 2031"), ("heading", "Day 1: Wednesday, 4 May 2031"),
        ("table_row", "9:00\tWelcome"), ("table_row", "10:00 – 11:00\tTrack A: Cranes"),
        ("table_row", "10:00 – 11:00\tTrack B: Cables"), ("table_row", "2:00\tPanel"),
        ("heading", "Day 2: Thursday, 5 May 2031"), ("table_row", "9:00\tSession 3"), ("table_row", "10:30\tWrap-up"),
    ])  # fmt: skip
    starts = [item.start_local for item in found.programme_items]
    assert starts == [
        datetime(2031, 5, 4, 9), datetime(2031, 5, 4, 10), datetime(2031, 5, 4, 10), datetime(2031, 5, 4, 14),
        datetime(2031, 5, 5, 9), datetime(2031, 5, 5, 10, 30),
    ]  # fmt: skip
    assert [item.item_number for item in found.programme_items] == [1, 2, 3, 4, 5, 6]


def test_time_above_its_title() -> None:
    found = read_events([
        ("title", "Ports"), ("paragraph", "4 May 2031"), ("paragraph", "8:00–9:30"), ("paragraph", "Registration"),
        ("paragraph", "9:45–10:00"), ("paragraph", "Welcome: Dr. Aino Berg, Director"),
    ])  # fmt: skip
    assert [item.item_title for item in found.programme_items] == ["Registration", "Welcome"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Welcome & kick-off by Aino Berg, Chief of Staff", "Welcome & kick-off"),
        ("Chat with Foreign Guests facilitated by Aino Berg and Otto Lind", "Chat with Foreign Guests"),
        ("Keynote Address by Secretary of State Aino Berg", "Keynote Address"),
        ("Ports, Pipes and Power — Aino Berg, Cable Guild", "Ports, Pipes and Power"),
        ("Opening (Aino Berg)", "Opening"),
        ("Lunch", "Lunch"),
    ],
)
def test_a_title_ends_before_its_people(line: str, title: str) -> None:
    assert line[: cut if "Aino" in line and (cut := _before_person(line[: line.index("Aino")])) else len(line)] == title


def test_an_evening_slot_ends_in_the_evening() -> None:
    found = read_events([
        ("title", "Ports Forum"), ("paragraph", "4 May 2031"), ("paragraph", "9:00 Welcome"), ("paragraph", "2:00 Panel"),
        ("paragraph", "7:45–9:00 Reception"),
    ])  # fmt: skip
    assert found.programme_items[-1].end_local == datetime(2031, 5, 4, 21)


def test_without_a_day_no_wall_time() -> None:
    found = read_events([("title", "Ports Forum"), ("table_row", "9:00\tWelcome"), ("table_row", "10:00\tPanel")])
    assert [item.start_local for item in found.programme_items] == [None, None]


@pytest.mark.parametrize("text", ["The talk is at 10:00 on 4 May 2031.", "10:00 on 4 May 2031, Linden Hall"])
def test_one_time_is_no_programme(text: str) -> None:
    assert read_events(text).programme_items == []
