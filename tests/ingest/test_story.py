"""What stands around a page's prose: teasers and comments are kept apart, the parts of an event are not."""

from __future__ import annotations

import pytest

from ingest.readers.html import parse_html

_PROSE = "".join(
    f"<p>Pilots from the {place} explained how tugs, locks and lights share one radio channel in a storm.</p>"
    for place in ("north", "south", "east", "west", "delta")
)
_STORY = f"<main><article><h1>Tugs in Winter</h1>{_PROSE}</article></main>"
_HEADLINES = "".join(
    f'<div class="card"><h4><a href="/{n}">{title}</a></h4><p>By a reporter, 3 May 2024</p></div>'
    for n, title in enumerate(("Why dry docks are scarce this year", "Herring prices fall again in autumn"))
)

BESIDE = {
    "headlines after the story": (f"{_STORY}<div>{_HEADLINES}</div>", "Why dry docks are scarce this year"),
    "headlines before the story": (f"<div>{_HEADLINES}</div>{_STORY}", "Herring prices fall again in autumn"),
    "headlines as a list": (
        f'{_STORY}<ul><li><a href="/1">A storm shuts the coast road</a></li><li><a href="/2">The locks open an hour '
        "later</a></li></ul>",
        "A storm shuts the coast road",
    ),
    "comments, however long": (
        f'{_STORY}<div id="comments">{_PROSE.replace("Pilots", "My uncles")}</div>',
        "My uncles from the north explained how tugs, locks and lights share one radio channel in a storm.",
    ),
    "the author's box with links": (
        f'{_STORY}<div class="author-box"><p>Ada Holm writes about ports. <a href="/a">More articles from Ada Holm'
        "</a></p></div>",
        "Ada Holm writes about ports. More articles from Ada Holm",
    ),
    "a sentence for narrow screens again": (
        f"<p>The harbour master told us that no ship waited longer than one night for its pilot.</p>{_STORY}"
        "<p>The harbour master told us that no ship waited longer than one night for its pilot.</p>",
        "The harbour master told us that no ship waited longer than one night for its pilot.",
    ),
}

MATTER = {
    "linked speakers": (
        f'{_STORY}<div><h2>Speakers</h2><ul><li><a href="/1">Ada Holm</a>, Director</li><li><a href="/2">Jan Maas</a>'
        "</li></ul></div>",
        "Ada Holm, Director",
    ),
    "cards of a class of their own": (
        f'{_STORY}<div class="speaker-grid"><a href="/1">Ada Holm, Director of the Port of Oslo</a>'
        '<a href="/2">Jan Maas, Captain of the Tug Union</a></div>',
        "Ada Holm, Director of the Port of Oslo",
    ),
    "a linked programme": (
        f'{_STORY}<div><p>09:00 – 10:00 <a href="/1">Opening of the winter port day</a></p>'
        '<p>10:00 – 11:00 <a href="/2">Panel on tugs and their pilots</a></p></div>',
        "10:00 – 11:00 Panel on tugs and their pilots",
    ),
    "sections of a page builder": (
        f"<section><div>{_PROSE}</div></section>"
        "<section><div><p>15 October 2026</p><h4>Conference days</h4></div></section>",
        "15 October 2026",
    ),
    "papers to download": (
        f'{_STORY}<div><a href="/1.pdf">Statement of the chair of the meeting</a><br><a href="/2.pdf">Report of the '
        "working group on tugs</a></div>",
        "Statement of the chair of the meeting",
    ),
    "a sidebar with date and place": (
        f'{_STORY}<div class="side"><h4>Where</h4><p>Tower Hall</p><a href="/m">Find the way to Tower Hall</a></div>',
        "Tower Hall",
    ),
    "a page of nothing but headlines": (
        f"<h1>Events</h1><div>{_HEADLINES}</div>",
        "Why dry docks are scarce this year",
    ),
    "the story itself": (_STORY, "Tugs in Winter"),
}


def _is_main(source: str, text: str) -> list[bool]:
    return [draft.is_main for draft in parse_html(source) if draft.text == text]


@pytest.mark.parametrize("name", BESIDE)
def test_what_sends_readers_on_is_kept_apart(name: str) -> None:
    source, text = BESIDE[name]
    assert _is_main(source, text)[-1:] == [False]


@pytest.mark.parametrize("name", MATTER)
def test_the_parts_of_an_event_stay(name: str) -> None:
    source, text = MATTER[name]
    assert _is_main(source, text) == [True]
