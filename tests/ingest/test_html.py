"""Web pages: event facts that article extractors lose are kept, furniture goes; invented pages in many styles."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import CELL_SEPARATOR, RawFile
from ingest.errors import BadInput
from ingest.readers.html import parse_html, read_html


def _blocks(source: str) -> list[str]:
    return [
        f"{'' if draft.is_main else '-'}{draft.kind}: {draft.text.replace(CELL_SEPARATOR, ' | ')}"
        for draft in parse_html(source)
    ]


_LONG = "<p>" + "The harbour is closed in winter and the tugs stay in port. " * 30 + "</p>"

PAGES: dict[str, tuple[str, list[str]]] = {
    "definition list": (
        "<dl><dt>Date</dt><dd>3 May 2024</dd><dt>Venue:</dt><dd>Tower Hall</dd><dt>9:00</dt><dd>Opening</dd></dl>",
        ["key_value: Date: 3 May 2024", "key_value: Venue: Tower Hall", "table_row: 9:00 | Opening"],
    ),
    "labels and values in boxes": (
        "<div><div class=l>Date</div><div>3 May 2024</div></div><div><div>Location</div><div>Oslo</div></div>",
        ["key_value: Date: 3 May 2024", "key_value: Location: Oslo"],
    ),
    "times in boxes": (
        "<div><div>09:00</div><div>Welcome</div></div><div><div>10:00</div><div>Panel</div></div>",
        ["table_row: 09:00 | Welcome", "table_row: 10:00 | Panel"],
    ),
    "adjacent inline elements are words of their own": (
        '<p><span class="t">09:00 – 09:30</span><span class="s">Registration</span></p>'
        "<p><b>N</b>ordic 5<sup>th</sup></p>",
        ["paragraph: 09:00 – 09:30 Registration", "paragraph: Nordic 5th"],
    ),
    "the spans of a card are lines": (
        '<div><span class=n>Eva Lund</span><span class=p>Harbour Editor</span><span class=b>Reuters</span></div>'
        '<div><span class=n>Jan Maas</span> <span class=p>Captain</span> <span class=b>Tug Union</span></div>',
        [*(f"paragraph: {line}" for line in ("Eva Lund", "Harbour Editor", "Reuters")),
         *(f"paragraph: {line}" for line in ("Jan Maas", "Captain", "Tug Union"))],
    ),
    "a card that is one link": (
        "<div><a href=#><b>Eva Lund</b><small>Harbour Editor</small><em>Reuters</em></a></div>",
        ["paragraph: Eva Lund", "paragraph: Harbour Editor", "paragraph: Reuters"],
    ),
    "a name touches the post in its heading": (
        "<h4>Eva Lund<span>Harbour Editor, Reuters</span></h4><p><b>Jan Maas</b>Captain, Tug Union</p>",
        ["heading: Eva Lund", "paragraph: Harbour Editor, Reuters", "heading: Jan Maas",
         "paragraph: Captain, Tug Union"],
    ),
    "day, time and place in spans": (
        '<p><span class=d>27 September 2023</span><span class=t>11:00–13:30 CEST</span>'
        "<span class=v>Tower Hall, Oslo</span></p><p><span class=t>9:00 CET</span><span class=v>Oslo</span></p>"
        "<p><span>14</span><span>May</span><span>2024</span></p>",
        ["paragraph: 27 September 2023 11:00–13:30 CEST", "paragraph: Tower Hall, Oslo", "paragraph: 9:00 CET Oslo",
         "paragraph: 14 May 2024"],
    ),
    "parts of a name, a sentence and a label stay in their line": (
        '<p><span class=f>Eva</span><span class=l>Lund</span></p><p><em>Dr.</em><strong>Jan Maas</strong></p>'
        "<p>The <a>Tug Union</a> <i>Annual Report</i> is out.</p><p><b>Venue:</b><span>Tower Hall</span></p>"
        "<p><span class=label>Meeting point</span><span class=value>Old Crane</span></p>"
        "<p><span>The Harbour of </span><span>Great Yarmouth </span><span>Opens</span></p>",
        ["paragraph: Eva Lund", "paragraph: Dr. Jan Maas", "paragraph: The Tug Union Annual Report is out.",
         "key_value: Venue: Tower Hall", "paragraph: Meeting point Old Crane",
         "paragraph: The Harbour of Great Yarmouth Opens"],
    ),
    "the chair under a session's title in a cell": (
        "<table><tr><td>9:00</td><td><b>Panel</b><br>Chair: Eva Lund</td>"
        "<td><div><b>Jan Maas</b><span>Captain</span></div></td></tr></table>",
        ["table_row: 9:00 | Panel | Jan Maas", "key_value: Chair: Eva Lund", "paragraph: Captain"],
    ),
    "data table": (
        "<table><tr><th>Time</th><th>Session</th></tr>"
        "<tr><td>9:00<br>–9:30</td><td>Panel<br>Jan Maas, Captain</td></tr></table>",
        ["table_row: Time | Session", "table_row: 9:00 –9:30 | Panel", "paragraph: Jan Maas, Captain"],
    ),
    "layout table": (
        "<table><tr><td><h2>Venue</h2><p>Oslo</p></td><td><table><tr><td>9:00</td><td>Start</td></tr></table></td></tr></table>",
        ["heading: Venue", "paragraph: Oslo", "table_row: 9:00 | Start"],
    ),
    "no-break blanks as a gap": (
        "<p>11:00 CEST &nbsp;&nbsp;&nbsp;&nbsp;Coffee</p><p>one&nbsp; two</p>",
        ["table_row: 11:00 CEST | Coffee", "paragraph: one two"],
    ),
    "hidden tabs, details and asides with facts stay": (
        '<div style="display:none"><h3>Day 2</h3></div><details><summary>Access</summary>Tram 12</details>'
        '<aside class="event-info"><p>Venue: Oslo</p></aside>',
        ["heading: Day 2", "heading: Access", "paragraph: Tram 12", "key_value: Venue: Oslo"],
    ),
    "furniture goes": (
        '<div class="cookie-banner">We use cookies</div><nav>Home News</nav><div class="main-menu">About</div>'
        f'<form><input>Search</form><div class="social-share">Tweet</div>{_LONG}<footer>© 2024</footer>',
        ["paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip()],
    ),
    "other pages are kept apart": (
        f"{_LONG}<div class=related-events><h3>Related events</h3><p>Old talk</p></div>",
        ["paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip(),
         "-heading: Related events", "-paragraph: Old talk"],
    ),
    "a container that is the page stays, whatever its class": (
        f'<div class="nav-open share">{"<p>The hall is open.</p>" * 3}</div>', ["paragraph: The hall is open."] * 3
    ),
    "bold lines over text are headings": (
        "<p><strong>Speakers</strong></p><p>Eva Lund</p><p><strong>Venue:</strong> Oslo</p>",
        ["heading: Speakers", "paragraph: Eva Lund", "key_value: Venue: Oslo"],
    ),
    "names and posts in a list": (
        "<ul><li><strong>Eva Lund</strong><br>Director, Port of Oslo</li>"
        "<li>Jan Maas<ul><li>moderator</li></ul></li></ul>",
        ["list_item: Eva Lund", "paragraph: Director, Port of Oslo", "list_item: Jan Maas", "list_item: moderator"],
    ),
    "code and note marks go": (
        "<p>The port<sup><a href='#n1'>[1]</a></sup> opens.</p><style>a{b:c}</style><script>x()</script>"
        "<p>.a { top: 0; }</p>",
        ["paragraph: The port opens."],
    ),
    "boxes of a page builder are the page": (
        '<div class="builder-widget builder-widget-heading"><h2>Tug Day</h2></div>'
        f'<div class="builder-widget"><p>12 May 2024</p></div><div class="widget widget_archive">May 2023</div>{_LONG}',
        ["heading: Tug Day", "paragraph: 12 May 2024", "-paragraph: May 2023",
         "paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip()],
    ),
    "a header over a part of the page is no site header": (
        f'<div class="frame"><header><h2>Programme</h2></header><p>Free.</p></div>{_LONG}'
        '<header role="banner"><h3>Port Centre</h3></header>',
        ["heading: Programme", "paragraph: Free.",
         "paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip()],
    ),
    "a sidebar that labels facts is matter": (
        f'{_LONG}<aside class="sidebar"><h4>Date</h4><p>12 May 2024</p></aside><aside class="sidebar">Old talk</aside>',
        ["paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip(),
         "heading: Date", "paragraph: 12 May 2024", "-paragraph: Old talk"],
    ),
    "furniture named in one word, skip links and menus in a line": (
        '<a class="skip-link" href="#m">Jump</a><ul id="gnavi"><li>News</li></ul><div id="cookieconsent">Fine?</div>'
        f'<div><a href="/a">Work</a> <a href="/b">Staff</a> <a href="/c">Press</a></div>{_LONG}'
        '<p><a href="/1">Eva Lund</a>, <a href="/2">Jan Maas</a>, <a href="/3">Ana Costa</a></p>',
        ["-paragraph: Work Staff Press",
         "paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip(),
         "paragraph: Eva Lund, Jan Maas, Ana Costa"],
    ),
    "prose is matter, whatever its box is called": (
        f'<div class="entry share">{"<p>" + "The hall opens at nine and closes late. " * 8 + "</p>"}'
        f'{"<p>" + "Tugs and pilots meet their port again. " * 15 + "</p>"}</div>{_LONG}',
        ["paragraph: " + ("The hall opens at nine and closes late. " * 8).strip(),
         "paragraph: " + ("Tugs and pilots meet their port again. " * 15).strip(),
         "paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip()],
    ),
    "scripts do not count for the size of the page": (
        f'<script>{"x();" * 2000}</script><div class="share">{"<p>The hall is open.</p>" * 3}</div>',
        ["paragraph: The hall is open."] * 3,
    ),
    "elements without a class: a capital after a small letter or figure opens a word": (
        "<p><span>11 April 2024</span><span>Oslo</span> <span>N</span><span>ordic</span></p>",
        ["paragraph: 11 April 2024 Oslo Nordic"],
    ),
    "text for readers without scripts": (
        f"<body><noscript><p>Turn scripts on.</p></noscript><noscript>{_LONG}</noscript>",
        ["paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip()],
    ),
    "openings of furniture": (
        "<p>We use cookies to learn what you read here.</p><p>The port opens.</p><p>Copyright 2024 Port Centre</p>",
        ["-paragraph: We use cookies to learn what you read here.", "paragraph: The port opens.",
         "-paragraph: Copyright 2024 Port Centre"],
    ),
    "readings over characters and marks of anchors go": (
        '<h2>会場<a class="anchor" href="#v">#</a></h2>'
        "<p><ruby>山田<rp>(</rp><rt>やまだ</rt><rp>)</rp></ruby>太郎（議長）</p>",
        ["heading: 会場", "paragraph: 山田太郎（議長）"],
    ),
    "a list written line by line": (
        "<p>10:00 Panel: Tugs<br>- Jan Maas, Captain<br>• Ana Costa, Pilot<br>–5 degrees</p>",
        ["paragraph: 10:00 Panel: Tugs", "list_item: Jan Maas, Captain", "list_item: Ana Costa, Pilot",
         "paragraph: –5 degrees"],
    ),
    "a cell beside several rows holds for each": (
        "<table><tr><th>Country</th><th>Name</th><th>Post</th></tr>"
        "<tr><td rowspan=3>Norway<td>Eva Lund<td>Pilot<tr><td>Jan Maas<td>Cook<tr></tr>"
        "<tr><td>Chile</td><td>Bo Ek</td><td>Aide</td></tr></table>",
        ["table_row: Country | Name | Post", "table_row: Norway | Eva Lund | Pilot",
         "table_row: Norway | Jan Maas | Cook", "table_row: Chile | Bo Ek | Aide"],
    ),
    "a cell in the middle beside several rows": (
        "<table><tr><td>Eva Lund<td rowspan=2 colspan=2>Port of Oslo<td>Pilot<tr><td>Jan Maas<td>Cook</table>",
        ["table_row: Eva Lund | Port of Oslo | Pilot", "table_row: Jan Maas | Port of Oslo | Cook"],
    ),
    "a day beside its sessions, a time beside the speakers of one": (
        "<table><tr><td rowspan=4>4 March 2031<td>09:00<td>Opening<tr><td>10:00<td>Panel"
        "<tr><td rowspan=2>11:00<td>Talk<tr><td>Eva Lund, Port of Oslo</table>",
        ["table_row: 4 March 2031 | 09:00 | Opening", "table_row: 4 March 2031 | 10:00 | Panel",
         "table_row: 4 March 2031 | 11:00 | Talk", "paragraph: Eva Lund, Port of Oslo"],
    ),
    "a time beside sessions in two rooms, and beside a session and its people": (
        "<table><tr><td rowspan=2>09:00<td>Room A<td>Tugs<tr><td>Room B<td>Pilots"
        "<tr><td rowspan=2>10:00<td rowspan=2>Ice<td>Eva Lund<td>Oslo<tr><td>Jan Maas<td>Rotterdam</table>",
        ["table_row: 09:00 | Room A | Tugs", "table_row: 09:00 | Room B | Pilots",
         "table_row: 10:00 | Ice | Eva Lund | Oslo", "table_row: Jan Maas | Rotterdam"],
    ),
    "a text beside rows stands once": (
        f"<table><tr><td rowspan=2>{'Long words. ' * 20}<td>a1<tr><td>b1</table>",
        [f"table_row: {('Long words. ' * 20).strip()} | a1", "paragraph: b1"],
    ),
    "what is hidden and said to machines only is no text; tabs are": (
        '<div style="display: none" itemscope><span itemprop="name">Tug Day</span><p hidden>'
        '<i itemprop="x">9</i></p>'
        '<span itemprop="image">https://x.org/a.jpg</span></div>'
        f'<div style="display:none">Day 2 on the ice</div>{_LONG}',
        ["paragraph: Day 2 on the ice",
         "paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip()],
    ),
    "an article that scripts will show stays": (
        f'<div class="hidden" itemscope><div itemprop="articleBody">{_LONG}</div></div><p>Port Centre</p>',
        ["paragraph: " + ("The harbour is closed in winter and the tugs stay in port. " * 30).strip(),
         "paragraph: Port Centre"],
    ),
    "counters of pictures, templates and markup shown as text": (
        "<p>The port opens.</p><p>Image 2 of 5</p><p>{* #signInForm *} {* name *}</p><p>&lt;img src=x&gt;</p>",
        ["paragraph: The port opens.", "-paragraph: Image 2 of 5"],
    ),
    "a time, its zone, and the same time for the reader's own zone": (
        "<section><div><div><div>9:00 AM – 9:15 AM</div><div>IST</div></div><div>9:00 AM – 9:15 AM</div></div>"
        "<div><h3>Opening by the pilots</h3></div></section>",
        ["paragraph: 9:00 AM – 9:15 AM IST", "heading: Opening by the pilots"],
    ),
    "a word in capitals is no zone": (
        "<div><div>12:00</div><div>LUNCH</div></div>", ["table_row: 12:00 | LUNCH"],
    ),
    "preformatted programme": (
        "<pre>09:00   Opening\n10:00   Panel</pre>", ["table_row: 09:00 | Opening", "table_row: 10:00 | Panel"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_page(name: str) -> None:
    source, expected = PAGES[name]
    assert _blocks(source) == expected


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (
            "<title>Tugs in Winter | Port Centre</title><h1>Port Centre</h1><h2>Tugs in Winter</h2><p>x y</p>",
            "Tugs in Winter",
        ),
        ("<title>Port Centre</title><h1>Tugs in Winter</h1><p>x y</p>", "Tugs in Winter"),
        ("<title>Tugs in Winter - Port Centre</title><p>The talk is free.</p>", "Tugs in Winter"),
        ("<p>The talk is free.</p>", None),
    ],
)
def test_title(source: str, title: str | None) -> None:
    assert read_html(RawFile("a.html", source.encode())).title == title


@pytest.mark.parametrize(
    "data",
    [
        '<meta charset="windows-1252"><p>Café in Zürich – “open”</p>'.encode("cp1252"),
        '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-1"><p>Café in Zürich – “open”</p>'.encode(
            "cp1252"
        ),
        '<meta charset="iso-8859-1"><p>Café in Zürich – “open”</p>'.encode(),
        "<p>Café in Zürich – “open”</p>".encode("utf-16"),
        "<p>Café in Zürich – “open”</p>".encode(),
    ],
)
def test_character_sets(data: bytes) -> None:
    assert read_html(RawFile("a.html", data)).text == "Café in Zürich – “open”"


FRAMES = '<html><head><title>Port talk</title></head><frameset><frame src="menu.htm"><frame src=main.htm>'


def test_a_page_of_frames_shows_what_it_holds_or_names_them() -> None:
    inside = "<noframes><body><p>Port talk on 3 June 2024 in Oslo.</p></body></noframes></frameset></html>"
    document = read_html(RawFile("a.html", (FRAMES + inside).encode()))
    assert (document.text, document.title) == ("Port talk on 3 June 2024 in Oslo.", "Port talk")
    with pytest.raises(BadInput, match=r"menu\.htm, main\.htm"):
        read_html(RawFile("a.html", (FRAMES + "<noframes>No frames.</noframes></frameset>").encode()))


def test_a_saved_page_knows_where_it_was() -> None:
    notes = (
        "<!-- saved from url=(0025)https://www.nato.int/a/b -->",
        "<!--\n Page saved\n url: https://www.nato.int/a/b \n-->",
    )
    for note in notes:
        document = read_html(RawFile("a.html", f"<!DOCTYPE html>\n{note}<p>Port talk</p>".encode()))
        assert [(fact.name, fact.value) for fact in document.declared] == [("url", "https://www.nato.int/a/b")]


@pytest.mark.parametrize(
    ("items", "kept"),
    [
        (["Tugs sail again", "Ice on the river", "Pilots wanted"], False),
        (["4 May 2024", "Oslo", "Harbour Hall"], True),
        (["10:00 Opening", "11:00 Panel", "Lunch"], True),
        (["Oslo", "Hybrid"], True),
    ],
)
def test_lists_above_the_title_are_menus_unless_they_are_dated(items: list[str], kept: bool) -> None:
    above = "".join(f"<li>{item}</li>" for item in items)
    document = read_html(RawFile("a.html", f"<ul>{above}</ul><h1>Winter Port Forum</h1>{_LONG}".encode()))
    assert [block.is_main for block in document.blocks[: len(items)]] == [kept] * len(items)
    assert all(block.is_main for block in document.blocks[len(items) :])


def test_links_lie_over_their_words() -> None:
    source = (
        b'<p>Write to <a href="mailto:a@x.org">the office</a> or <a href="/reg">register</a>; '
        b'<a href="javascript:x">no</a></p>'
    )
    document = read_html(RawFile("https://x.org/e/1", source))
    assert [(document.text[link.start : link.end], link.target) for link in document.links] == [
        ("the office", "mailto:a@x.org"),
        ("register", "https://x.org/reg"),
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<div>" * 100_000, "too_deep"),
        ("<table><tr><td>" * 5_000, "too_deep"),
        ("<i><u><q>" * 600 + "x", "too_deep"),
        ("x" * 5_000_001, "too_large"),
        ("<html><body><script>fill()</script></body></html>", "no_text"),
    ],
)
def test_hostile_pages_are_refused_soon(source: str, reason: str) -> None:
    started = time.process_time()
    with pytest.raises(BadInput) as caught:
        read_html(RawFile("a.html", source.encode()))
    assert caught.value.reason_code == reason
    assert time.process_time() - started < 3


_TAGS = st.sampled_from(
    [
        "p",
        "div",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "dl",
        "dt",
        "dd",
        "h2",
        "span",
        "b",
        "a",
        "br",
        "section",
        "pre",
        "details",
        "nav",
        "aside",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(st.tuples(_TAGS, st.booleans()), st.sampled_from(["Eva", " 9:00 ", "a:b", "é", "&nbsp;"])),
        max_size=40,
    )
)
def test_any_tag_soup_gives_clean_blocks(soup: list[tuple[str, bool] | str]) -> None:
    source = "".join(item if isinstance(item, str) else f"<{'/' * item[1]}{item[0]}>" for item in soup)
    for draft in parse_html(source):
        assert draft.text == draft.text.strip()
        assert any(char.isalnum() for char in draft.text)
        assert "\n" not in draft.text
        assert all(0 <= start < end <= len(draft.text) for start, end, _ in draft.links)
