# ruff: noqa: E501 - pages read better on one line
"""Declared events: the page's own, each once; not those of the site's calendar."""

from __future__ import annotations

import json

import pytest

from ingest.document import RawFile
from ingest.readers.html import read_html

_PROSE = "<p>The forum asks how harbours stay open in winter, with captains and pilots on the stage.</p>"
_GOOGLE = "https://calendar.google.com/calendar/render?text={}&dates=20250604T073000Z/20250604T150000Z&ctz=Europe/Oslo"


def _event(name: str, start: str = "2025-06-04") -> dict[str, str]:
    return {"@type": "Event", "name": name, "startDate": start}


def _starts(body: str, *events: dict[str, str]) -> list[str]:
    script = f'<script type="application/ld+json">{json.dumps(list(events))}</script>' if events else ""
    document = read_html(RawFile("a.html", f"<html><head>{script}</head><body>{body}{_PROSE}</body></html>".encode()))
    return [fact.value for fact in document.declared if fact.name == "startDate"]


_TITLE = "<h1>Winter Port Forum</h1>"


@pytest.mark.parametrize(
    ("body", "events", "expected"),
    [
        (_TITLE, [_event("Winter Port Forum", "1"), _event("Book fair", "2"), _event("Salsa night", "3")], ["1"]),
        (_TITLE, [_event("Book fair", "2"), _event("Salsa night", "3")], []),
        (_TITLE, [_event("Winter Port Forum 2025", "1"), _event("Salsa night", "3")], ["1"]),
        (_TITLE, [_event("WPF", "1")], ["1"]),
        (_TITLE + "<li>Panel: tugs</li>", [_event("Winter port forum", "1"), _event("Panel – Tugs", "2")], ["1", "2"]),
        (_TITLE + '<div class="related"><h3>Salsa night</h3></div>', [_event("Winter Port Forum", "1"), _event("Salsa night", "3")], ["1"]),
        (_TITLE, [_event("Winter Port Forum", "1"), _event("Winter Port Forum", "2")], ["1", "2"]),
    ],
)  # fmt: skip
def test_events_of_the_sites_calendar_are_left_out(
    body: str, events: list[dict[str, str]], expected: list[str]
) -> None:
    assert _starts(body, *events) == expected


def _micro(start: str) -> str:
    return f'<div itemscope itemtype="https://schema.org/Event"><b itemprop="name">Winter Port Forum</b><meta itemprop="startDate" content="{start}"></div>'


_LINK = f'<a href="{_GOOGLE.format("Winter+Port+Forum")}">add</a>'
_LINKED = "2025-06-04T09:30:00+02:00"


@pytest.mark.parametrize(
    ("declared", "micro", "expected"),
    [
        ("2025-06-04T09:30", "2025-06-04T09:30:00", ["2025-06-04T09:30"]),
        ("2025-06-04T07:30:00Z", "2025-06-04T09:30", ["2025-06-04T07:30:00Z", "2025-06-04T09:30"]),
        ("2025-06-04T09:30", "2025-06-04", ["2025-06-04T09:30"]),
        ("soon", "soon", ["soon", _LINKED]),
        # another start stays, for the text to decide; so does a time where only the day was told
        ("2025-06-04", "2025-06-04T09:30", ["2025-06-04", "2025-06-04T09:30"]),
        ("2025-06-04T09:30", "2025-06-04T07:30", ["2025-06-04T09:30", "2025-06-04T07:30"]),
        ("2025-06-04T09:30", "2025-06-05", ["2025-06-04T09:30", "2025-06-05"]),
    ],
)
def test_an_event_declared_in_several_ways_counts_once(declared: str, micro: str, expected: list[str]) -> None:
    assert _starts(_TITLE + _micro(micro) + _LINK + _LINK, _event("Winter Port Forum", declared)) == expected
    assert _starts(_micro(micro) + _LINK, _event("Winter Port Forum", declared)) == expected


def test_a_calendar_link_tells_an_event_that_nothing_else_declares() -> None:
    assert _starts(_TITLE + _LINK + _LINK) == [_LINKED]
