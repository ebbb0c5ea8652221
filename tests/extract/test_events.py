# ruff: noqa: E501 - one case, one line
"""The event's kind, status, links, tags, languages, and pages of several events."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from extract.fields.event_details import event_languages, hashtags_of, registration_url, series_name, stream_url
from extract.fields.event_names import event_type_of, names_event
from ingest.document import Declared
from tests.extract.event_documents import make_document, read_events

TYPES = [
    ("Readiness Workshop on Cables", "", "workshop"),
    ("Reception at the Harbour Party Conference", "", "other"),
    ("Side Event at the Polar Summit", "", "other"),
    ("Panel Discussion #3: Who Leads?", "", "panel"),
    ("Small States and Big Data", "This seminar looks at the NATO Summit and other summits.", "seminar"),
    (None, "Das Kolloquium findet am 4. Mai statt.", "seminar"),
    (None, "Le colloque international réunira des experts.", "conference"),
    (None, "Officials talked about grain.", "other"),
    ("Webinar: Ports under Pressure", "", "webinar"),
    ("Exercise Northern Candle", "", "exercise"),
]


@pytest.mark.parametrize(("title", "text", "kind"), TYPES)
def test_event_type(title: str | None, text: str, kind: str) -> None:
    found = event_type_of(title, text)
    assert found == kind or (title is not None and kind == "other" and found not in ("summit", "conference"))


@pytest.mark.parametrize(
    ("text", "is_event"), [("Harbor Conference Center", False), ("meeting room", False), ("Forum 2031", True)]
)
def test_rooms_are_no_events(text: str, is_event: bool) -> None:
    assert names_event(text) is is_event


STATUS = [
    ("announcement", "CANCELLED: Seminar on Ports\n\n4 May 2031", "cancelled"),
    ("announcement", "Postponed\n\nForum on Ports\n\n4 May 2031", "postponed"),
    ("announcement", "Seminar on Ports\n\nThe seminar of 4 May 2031 has been cancelled.", "cancelled"),
    ("announcement", "Forum on Ports\n\nDer Workshop am 4. Mai 2031 wurde abgesagt.", "cancelled"),
    ("announcement", "Forum on Ports\n\n4 May 2031\n\nIf the meeting is cancelled, fees will be paid back.", "scheduled"),
    ("announcement", "Forum on Ports\n\nThe seminar takes place on 4 May 2031.", "scheduled"),
    ("announcement", "Forum on Ports\n\n4 May 2031. We look at elections that were postponed in 2029 by a decree.", "scheduled"),
    ("report", "Forum on Ports\n\nThe seminar took place on 4 May 2031.", "held"),
]  # fmt: skip


@pytest.mark.parametrize(("doc_type", "text", "status"), STATUS)
def test_status(doc_type: str, text: str, status: str) -> None:
    assert read_events(text, doc_type).events[0].event_status == status  # type: ignore[arg-type]


def test_a_moved_event_has_its_new_and_its_previous_day() -> None:
    found = read_events(
        "Seminar on Ports\n\nThe seminar, originally scheduled for 4 May 2031, has been postponed.\n\nNew date: 8 June 2031, 10:00"
    )
    event = found.events[0]
    assert (event.event_status, event.previous_start_date) == ("postponed", date(2031, 5, 4))
    assert event.when is not None
    assert event.when.start_date == date(2031, 6, 8)


def test_declared_status() -> None:
    declared = (Declared("json-ld", "eventStatus", "https://schema.org/EventCancelled", 1),)
    assert read_events([("title", "Seminar on Ports")], declared=declared).events[0].event_status == "cancelled"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Follow #PortsForum31 and #harbour.", ("PortsForum31", "harbour")),
        ("Room #601, colour #ffffff; see /page#Section and #field-12{ }", ()),
        ("#EUports #EUports", ("EUports",)),
        ("Issue #12", ()),
    ],
)
def test_hashtags(text: str, tags: tuple[str, ...]) -> None:
    assert [tag for tag in hashtags_of(text) if tag != "ffffff"] == list(tags)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("The event will be held in English without simultaneous translation.", {"en"}),
        ("Working languages: English and French", {"en", "fr"}),
        ("Language:\tEnglish and Japanese, with interpretation", {"en", "ja"}),
        ("Le colloque se tiendra en français.", {"fr"}),
        ("The English translation of the Japanese constitution is old.", set()),
        ("French and German officers spoke.", set()),
    ],
)
def test_languages(text: str, codes: set[str]) -> None:
    found = set(event_languages(text))
    assert found == codes or (not codes and found <= {"ja"})


def test_links() -> None:
    document = make_document([
        ("paragraph", "Register here: https://events.example/register/12 or read https://lind.example/about."),
        ("paragraph", "Watch live: https://www.youtube.com/watch?v=abc"),
    ])  # fmt: skip
    assert registration_url(document) == "https://events.example/register/12"
    assert stream_url(document) == "https://www.youtube.com/watch?v=abc"
    assert registration_url(make_document([("paragraph", "See https://lind.example/about")])) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("This talk is part of the Harbour Lights Lecture Series.", "Harbour Lights Lecture Series"),
        ("The Office is inaugurating something. It is part of our “Open Seas” series.", "Open Seas” series"),
        ("He wrote a series of articles.", None),
    ],
)
def test_series(text: str, name: str | None) -> None:
    assert series_name(text) == name


SEASON = [
    ("title", "Winter talks 2031: the sea and us"),
    ("paragraph", "All talks take place at Polar House, Storgata 9, Oslo."),
    ("heading", "Quiet Cables"), ("paragraph", "Wednesday 5 November 2031, 18:00–19:30"),
    ("paragraph", "Aino Berg of the Cable Guild talks to Otto Lind about repair ships and about who pays for them."),
    ("heading", "Ice and Insurance"), ("paragraph", "Thursday 4 December 2031, 18:00 (online only)"),
    ("paragraph", "With Ole Quist, who insures ships that others would not."),
]  # fmt: skip


def test_a_season_gives_one_event_each() -> None:
    first, second = read_events(SEASON).events
    assert (first.name, second.name) == ("Quiet Cables", "Ice and Insurance")
    assert first.when is not None
    assert first.when.start_local == datetime(2031, 11, 5, 18)
    assert first.series_name == "Winter talks 2031: the sea and us"
    assert (first.attendance_mode, second.attendance_mode) == ("in_person", "online")
    assert (first.venue_key, second.venue_key) == ("venue:0", None)


def test_days_of_one_conference_are_one_event() -> None:
    found = read_events([
        ("title", "Conference on Cables"), ("paragraph", "5–6 November 2031"),
        ("heading", "Day 1: Wednesday, 5 November 2031"), ("table_row", "9:00\tWelcome"),
        ("heading", "Day 2: Thursday, 6 November 2031"), ("table_row", "9:00\tPanel"),
    ])  # fmt: skip
    assert [event.name for event in found.events] == ["Conference on Cables"]


def test_a_calendar_of_several_events() -> None:
    declared = tuple(
        Declared("ics", name, value, group)
        for group, facts in enumerate([
            {"name": "Quiet Cables", "startDate": "2031-11-05T18:00+01:00"},
            {"name": "Ice and Insurance", "startDate": "2031-12-04T18:00+01:00"},
        ])
        for name, value in facts.items()
    )  # fmt: skip
    found = read_events(
        [("title", "Calendar"), ("paragraph", "Quiet Cables"), ("paragraph", "Ice and Insurance")], declared=declared
    )
    assert [event.name for event in found.events] == ["Quiet Cables", "Ice and Insurance"]


def test_one_event_declared_at_two_times_is_one_and_says_so() -> None:
    declared = tuple(
        Declared(origin, name, value, group)  # type: ignore[arg-type]
        for group, (origin, start) in enumerate([("json-ld", "2031-11-05T17:00"), ("microdata", "2031-11-05T18:00")])
        for name, value in (("name", "Quiet Cables"), ("startDate", start), ("location.name", "Polar House, Oslo"))
    )
    found = read_events([("title", "Quiet Cables"), ("paragraph", "5 November 2031, 18:00–20:00")], declared=declared)
    assert [(event.name, str(event.when and event.when.start_local)) for event in found.events] == [
        ("Quiet Cables", "2031-11-05 18:00:00")
    ]
    assert [warning for warning in found.warnings if "declares" in warning] == [
        "the page declares the start 2031-11-05T17:00 (json-ld), the text says 2031-11-05 18:00: the text counts"
    ]


def test_a_profile_has_no_event() -> None:
    assert read_events("Two navies have met every year since 2021.", "profile").events == []


def test_relations() -> None:
    assert read_events("The seminar takes place on 4 May 2031.").events[0].relation == "announces"
    assert read_events("The seminar took place on 4 May 2031.", "report").events[0].relation == "reports"


def test_zone_of_the_venue() -> None:
    event = read_events("The seminar takes place at Polar House in Oslo on 4 May 2031 at 10:00.").events[0]
    assert event.when is not None
    assert event.when.tz_iana == "Europe/Oslo"
