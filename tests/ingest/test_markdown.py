# ruff: noqa: E501 - one case, one line
"""Markdown with the leftovers of site builders, and front matter as declared facts."""

from __future__ import annotations

import pytest

from ingest.document import CELL_SEPARATOR, RawFile
from ingest.readers.frontmatter import read_front_matter
from ingest.readers.markdown import looks_like_markdown, parse_markdown, read_markdown


def _blocks(source: str) -> list[str]:
    return [f"{draft.kind}: {draft.text.replace(CELL_SEPARATOR, ' | ')}" for draft in parse_markdown(source)]


TEXTS: dict[str, tuple[str, list[str]]] = {
    "emphasis goes, links keep their words": (
        "The **first** _forum_ on [tugs](https://x.org) is `free`.", ["paragraph: The first forum on tugs is free."]
    ),
    "lines of labels": (
        "**Where:** Oslo\n**When:** 3 May, 9 to 12", ["key_value: Where: Oslo", "key_value: When: 3 May, 9 to 12"]
    ),
    "hard wraps": (
        "The forum brings together masters of small harbours along the coast\nwho share tugs and pilots in the winter "
        "months when storms close the\nlarge ones for weeks.",
        ["paragraph: The forum brings together masters of small harbours along the coast who share tugs and pilots in "
         "the winter months when storms close the large ones for weeks."],
    ),
    "a list's mark takes room in its line": (
        "The following people of both harbours came to the talks and spoke of\ntugs and of pilots, who bring them in from "
        "the sea in every month of a\nyear, and of storms.\n\n-   Ada Fields, Senior Policy Advisor, Office of Tides and the Chief\n"
        "    Pilot\n-   Karen Marr, Director, Delta House",
        ["paragraph: The following people of both harbours came to the talks and spoke of tugs and of pilots, who bring "
         "them in from the sea in every month of a year, and of storms.",
         "list_item: Ada Fields, Senior Policy Advisor, Office of Tides and the Chief Pilot",
         "list_item: Karen Marr, Director, Delta House"],
    ),
    "who sets hard breaks means those and no others": (
        "Fred Smit, CEO of Fedtide  \nCleo Conn, CEO of the Association of Harbour\nAuthorities  \nSonia Syn, CEO of Gap",
        ["paragraph: Fred Smit, CEO of Fedtide", "paragraph: Cleo Conn, CEO of the Association of Harbour Authorities",
         "paragraph: Sonia Syn, CEO of Gap"],
    ),
    "lists in lists, quotes, tables": (
        "> * one\n>   * two\n\n1. three\n\n| Time | What |\n|---|---|\n| 9:00 | **Talk** |\n\n> said she",
        ["list_item: one", "list_item: two", "list_item: three", "table_row: Time | What", "table_row: 9:00 | Talk",
         "paragraph: said she"],
    ),
    "leftovers": (
        "# Minutes\n{: .no_toc}\n\n* TOC\n{:toc}\n\n{% raw %}\n<iframe src=x></iframe>\n{% endraw %}\n<!--more-->\n"
        "Text[^1] by {{ site.name }}[](#a)Eva.{: .lead}\n\n---\n\n\\###\n\n[^1]: A note.",
        ["heading: Minutes", "paragraph: Text by Eva.", "paragraph: A note."],
    ),
    "HTML inside": ("<div>\n\n<p>Eva <b>Lund</b></p>\n\n</div>\n\nJan<sup>1</sup><br>Maas", ["paragraph: Eva Lund",
                    "paragraph: Jan1", "paragraph: Maas"]),
    "line breaks in cells, boxes to tick": (
        "| a | b |\n|---|---|\n| 11:00 | Tugs <br> Eva |\n\n- [x] come",
        ["table_row: a | b", "table_row: 11:00 | Tugs Eva", "list_item: come"],
    ),
    "bold lines are headings": ("**Speakers**\n\nEva Lund", ["heading: Speakers", "paragraph: Eva Lund"]),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str) -> None:
    source, expected = TEXTS[name]
    assert _blocks(source) == expected


def test_front_matter_has_schema_names_and_values_as_written() -> None:
    source = (
        "---\ntitle: 'Forum: tugs'\ndate: 2024-05-03\nlocation: Oslo\n"
        "speakers:\n  - name: Eva Lund\n  - name: Jan Maas\n"
        "published_time: 2024-04-01 18:07:09-04:00\nupcoming: false\nlink:\n---\nText"
    )
    facts, body, warnings = read_front_matter(source)
    assert body == "Text"
    assert warnings == ()
    assert [(fact.name, fact.value) for fact in facts] == [
        ("name", "Forum: tugs"),
        ("date", "2024-05-03"),
        ("location.name", "Oslo"),
        ("performer.name", "Eva Lund"),
        ("performer.name", "Jan Maas"),
        ("datePublished", "2024-04-01 18:07:09-04:00"),
        ("upcoming", "false"),
    ]


def test_front_matter_of_an_event_in_any_spelling_of_its_keys() -> None:
    source = (
        "---\ntitle: Tug Week 2031\ndate: 2031-05-03\nstartTime: '10:30'\nendTime: '12:30'\nlocationName: Pier House\n"
        "location-city: Oslo\nlocation_country: NO\norganizerName: Tug Guild\nattendanceMode: offline\n---\n"
    )
    facts, _, _ = read_front_matter(source)
    assert [(fact.name, fact.value) for fact in facts] == [
        ("name", "Tug Week 2031"), ("date", "2031-05-03"), ("location.name", "Pier House"),
        ("location.address.addressLocality", "Oslo"), ("location.address.addressCountry", "NO"),
        ("organizer.name", "Tug Guild"), ("eventAttendanceMode", "offline"), ("time", "10:30-12:30"),
    ]  # fmt: skip


def test_a_page_that_is_all_front_matter_shows_its_description() -> None:
    source = b"---\ntitle: Tug Week 2031\ndescription: The guild meets.\n---\n"
    assert read_markdown(RawFile("a.md", source)).text == "Tug Week 2031\n\nThe guild meets."


@pytest.mark.parametrize(
    "block",
    ["a: &x [b, b]\nc: *x", "title: [unclosed", "a: !!python/object/apply:os.system ['true']", "- just\n- a: list"],
)
def test_hostile_or_broken_front_matter_gives_no_facts(block: str) -> None:
    facts, body, _ = read_front_matter(f"---\n{block}\n---\nText")
    assert body == "Text"
    assert all("system" not in fact.name for fact in facts)


def test_front_matter_in_toml() -> None:
    facts, body, _ = read_front_matter('+++\ntitle = "Forum"\ndate = 2024-05-03\n+++\nText')
    assert [(fact.name, fact.value) for fact in facts] == [("name", "Forum"), ("date", "2024-05-03")]
    assert body == "Text"


def test_title_of_the_front_matter_is_in_the_text_once() -> None:
    document = read_markdown(RawFile("a.md", b"---\ntitle: Forum on tugs\n---\nIt is free."))
    assert document.title == "Forum on tugs"
    assert document.text == "Forum on tugs\n\nIt is free."
    headed = read_markdown(RawFile("a.md", b"---\ntitle: Forum on tugs\n---\n# Forum on tugs\n\nIt is free."))
    assert headed.text == document.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [("# Forum\n\nx", True), ("#Forum is our tag", False), ("see [a](https://x.org)", True),
     ("**A:** x\n**B:** y", True), ("a * b * c", False), ("a | b", False), ("| a | b |\n|---|---|", True)],
)  # fmt: skip
def test_recognition(text: str, expected: bool) -> None:
    assert looks_like_markdown(text) is expected
