"""Declared facts: what a page says of itself in JSON-LD, microdata, RDFa, meta tags, <time> and calendar links."""

from __future__ import annotations

import pytest

from ingest.structured import read_declared


def _facts(source: str) -> list[str]:
    return [f"{fact.group} {fact.origin} {fact.name}={fact.value}" for fact in read_declared(source)[0]]


def _ld(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


EVENT = (
    '"@type":"Event","name":"Tugs &amp; pilots","startDate":"2025-03-04T09:00","location":{"name":"Hall",'
    '"address":{"@type":"PostalAddress","addressLocality":"Oslo","addressCountry":"NO"}},"organizer":[{"name":"Port"}]'
)
EVENT_FACTS = [
    "0 json-ld @type=Event", "0 json-ld name=Tugs & pilots", "0 json-ld startDate=2025-03-04T09:00",
    "0 json-ld location.name=Hall", "0 json-ld location.address.addressLocality=Oslo",
    "0 json-ld location.address.addressCountry=NO", "0 json-ld organizer.name=Port",
]  # fmt: skip

PAGES: dict[str, tuple[str, list[str]]] = {
    "JSON-LD": (_ld("{" + EVENT + "}"), EVENT_FACTS),
    "in a list, with comments and a trailing comma": (_ld("<!-- [{" + EVENT + ",}] -->"), EVENT_FACTS),
    "in a graph, with references": (
        _ld('{"@graph":[{"@type":"EducationEvent","name":"Tugs","location":{"@id":"#p"}},{"@id":"#p","@type":"Place",'
            '"name":"Hall"},{"@type":"Organization","name":"Port"}]}'),
        ["0 json-ld @type=EducationEvent", "0 json-ld name=Tugs", "0 json-ld location.name=Hall"],
    ),
    "of several events": (
        _ld('[{"@type":"Event","name":"A"},{"@type":"Event","name":"B","performer":"Eva Lund"}]'),
        ["0 json-ld @type=Event", "0 json-ld name=A", "1 json-ld @type=Event", "1 json-ld name=B",
         "1 json-ld performer.name=Eva Lund"],
    ),
    "broken or hostile JSON-LD": (_ld("{not json") + _ld("[" * 100_000) + _ld('"text"') + _ld("17"), []),
    "microdata": (
        '<div itemscope itemtype="https://schema.org/Event"><h1 itemprop="name">Tugs</h1>'
        '<time itemprop="startDate" datetime="2025-03-04T08:00:00">9 am</time>'
        '<div itemprop="location" itemscope><span itemprop="name">Hall</span></div></div>',
        ["0 microdata @type=Event", "0 microdata name=Tugs", "0 microdata startDate=2025-03-04T08:00:00",
         "0 microdata location.name=Hall", "1 time-element startDate=2025-03-04T08:00:00"],
    ),
    "RDFa": (
        '<div vocab="https://schema.org/" typeof="Event"><span property="name">Tugs</span>'
        '<span property="schema:startDate" content="2025-03-04">4 March</span></div>',
        ["0 rdfa @type=Event", "0 rdfa name=Tugs", "0 rdfa startDate=2025-03-04"],
    ),
    "meta tags": (
        '<html lang="fr"><head><meta property="og:title" content="Remorqueurs"><meta name="author" content="Eva Lund">'
        '<meta property="article:published_time" content="2025-02-01"><link rel=canonical href="https://x.org/e">'
        '<meta name="viewport" content="x"></head></html>',
        ["0 opengraph name=Remorqueurs", "0 html-meta author.name=Eva Lund", "0 opengraph datePublished=2025-02-01",
         "0 html-meta inLanguage=fr", "0 html-meta url=https://x.org/e"],
    ),
    "time elements": (
        '<time class="entry-date" datetime="2025-02-01">1 Feb</time><time datetime="">x</time>'
        '<time datetime="14:00">2 pm</time>',
        ["0 time-element datePublished=2025-02-01", "1 time-element date=14:00"],
    ),
    "calendar links": (
        '<a href="/e/1.ics?x=1">Save</a><a href="webcal://x.org/e">Subscribe</a>'
        '<a href="https://calendar.google.com/calendar/render?action=TEMPLATE&text=Tugs&dates=20250304T080000Z/20250304T100000Z'
        '&location=Oslo">Add</a>',
        ["0 ics url=/e/1.ics?x=1", "1 ics url=webcal://x.org/e", "2 ics startDate=20250304T080000Z",
         "2 ics endDate=20250304T100000Z", "2 ics name=Tugs", "2 ics location.name=Oslo"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_declared(name: str) -> None:
    source, expected = PAGES[name]
    assert _facts(source) == expected


def test_facts_are_bounded() -> None:
    many = _ld("[" + ",".join(f'{{"@type":"Event","name":"{i}"}}' for i in range(2000)) + "]")
    assert 100 < len(_facts(many)) <= 500
