# ruff: noqa: E501 - one case, one line
"""Timetables: as tables, tabbed lines, bullets and lines with times, over days and zones."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.fields.programme import item_type
from extract.fields.programme_slots import in_day_order, read_slot, to_time
from extract.fields.programme_titles import before_person
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
    ("0900-0915   Welcome", "09:00", "09:15", "Welcome"),
    ("1400 hrs Panel", "14:00", None, "Panel"),
    ("16.15 uur Lezing", "16:15", None, "Lezing"),
    ("Ore 15.30 Saluti", "15:30", None, "Saluti"),
    ("(10:00 – 10:30) Coffee", "10:00", "10:30", "Coffee"),
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
     "12 noonday devils", "", "1945-1950 The early years", "1100 people came", "0930-0900 x", "0961-0971 x"],
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


@pytest.mark.parametrize("heading", ["Day {}", "Tag {}", "Jour {} : la mer", "{}日目", "Día {}"])
def test_numbered_days(heading: str) -> None:
    found = read_events([
        ("title", "Two Days of Ports"), ("paragraph", "4–5 May 2031"), ("paragraph", heading.format(1)),
        ("paragraph", "10:30–11:00 Welcome"), ("paragraph", "11:00–12:00 Panel"), ("paragraph", heading.format(2)),
        ("paragraph", "9:00–10:00 Session 3"),
    ])  # fmt: skip
    starts = [datetime(2031, 5, 4, 10, 30), datetime(2031, 5, 4, 11), datetime(2031, 5, 5, 9)]
    assert [item.start_local for item in found.programme_items] == starts
    assert found.events[0].when is not None
    assert found.events[0].when.start_local == starts[0]


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
    assert line[: cut if "Aino" in line and (cut := before_person(line[: line.index("Aino")])) else len(line)] == title


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["08.30 Registration", "09.00 Welcome", "10.15 Panel"], ["08:30", "09:00", "10:15"]),
        (["0900-0930 Welcome", "0930-1000 Talk", "1100 End"], ["09:00", "09:30", "11:00"]),
        (
            ["Session 1: Ports (09:00–10:30)", "Lunch, 12:00–13:00", "Panel 2: Cables | 13:00 - 14:00"],
            ["09:00", "12:00", "13:00"],
        ),
        (["6.10 Aims of the paper", "2.20 Method", "7.45 Results"], []),
        (["Open 09:00–10:30", "Call us (10:00–12:00)"], []),
    ],
)
def test_timetables_in_other_styles(lines: list[str], expected: list[str]) -> None:
    found = read_events(
        [("title", "Ports Forum"), ("paragraph", "4 May 2031"), *(("paragraph", line) for line in lines)]
    )
    assert [item.start_local and item.start_local.strftime("%H:%M") for item in found.programme_items] == expected
    assert not any("0" in item.item_title for item in found.programme_items)


def test_a_slot_holds_its_abstract_and_its_speakers() -> None:
    prose = "How do small ports stay open when cables fail, and who pays for the repair of what the sea has broken? This session asks."
    found = read_events([
        ("title", "Ports Forum"), ("paragraph", "4 May 2031"), ("paragraph", "10.00–11.00"), ("heading", "Session 1: Ports"),
        ("paragraph", prose), ("paragraph", "Aino Berg, Director, Polar House"), ("paragraph", "11.00–12.00"), ("heading", "Lunch"),
        ("paragraph", prose),
    ])  # fmt: skip
    first, second = found.programme_items
    assert [first.item_title, second.item_title] == ["Session 1: Ports", "Lunch"]
    text = found.document.text
    assert "Aino Berg" in text[first.start_char : first.end_char]
    assert "cables" not in text[second.start_char : second.end_char]


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


SLOT_OF = [
    # blocks below "Tide Forum, 4 May 2031, Oslo", {person: number of the slot}
    ([("table_row", "9:00\tWelcome by Aino Berg"), ("table_row", "10:00\tPanel"), ("list_item", "Otto Lind, Analyst")],
     {"Aino Berg": 1, "Otto Lind": 2}),
    # roles with their people on lines below, a rank before the name, printed as headings
    ([("paragraph", "9:30 am – 11:00 am – Who Dredges?"), ("key_value", "Chair: Aino Berg, Tide Institute"),
      ("key_value", "Speakers: Otto Lind, Harbour Office"), ("heading", "Prof. Ivar Moe, Coast Academy"),
      ("paragraph", "11:30 am – 1:00 pm – Who Pays?"), ("key_value", "Chair: Sara Holm, Port Union")],
     {"Aino Berg": 1, "Otto Lind": 1, "Ivar Moe": 1, "Sara Holm": 2}),
    # people in a third cell; a break between
    ([("table_row", "09:00 – 09:30\tOpening\tAino Berg"), ("table_row", "09:30 – 10:00\tCoffee\t"),
      ("table_row", "10:00 – 11:00\tKeynote\tOtto Lind")], {"Aino Berg": 1, "Otto Lind": 3}),
    # over two days
    ([("heading", "Day 1"), ("paragraph", "14:00 Lecture"), ("list_item", "Aino Berg, Tide Institute"),
      ("heading", "Day 2"), ("paragraph", "09:00 Panel"), ("list_item", "Otto Lind, Harbour Office")],
     {"Aino Berg": 1, "Otto Lind": 2}),
    # who stands below a heading after the last slot belongs to none; a bare pair of hours is no slot
    ([("paragraph", "9 H 30"), ("paragraph", "17 H -"), ("paragraph", "(2)"), ("paragraph", "10:00 Welcome by Aino Berg"),
      ("paragraph", "11:00 Panel"), ("list_item", "Otto Lind"), ("heading", "Contact"), ("paragraph", "Sara Holm, Port Union")],
     {"Aino Berg": 1, "Otto Lind": 2, "Sara Holm": None}),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "expected"), SLOT_OF)
def test_people_belong_to_the_slot_that_presents_them(
    blocks: list[tuple[str, str]], expected: dict[str, int | None]
) -> None:
    done = read_events([("title", "Tide Forum"), ("paragraph", "4 May 2031, Oslo"), *blocks])
    names = {person.key: person.name for person in done.people}
    slots = {names[one.person_key]: one.item_key for one in done.participations}
    assert slots == {name: number and f"item:{number}" for name, number in expected.items()}
