"""Draws docs/picture.svg: a paragraph of a sample document with its findings, and the rows made from them.

Run `convenor run` first, then:  uv run python docs/make_picture.py
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pandas as pd

import convenor

PICTURE = Path(__file__).parent / "picture.svg"
SOURCE, FIRST, LAST = "vice-ministerial-dialogue.txt", "On September 9", "co-chaired the dialogue."
WIDTH, MARGIN, LINE, CHARACTER = 980, 24, 24, 9.0
COLUMNS = 100
# colours that colour-blind readers tell apart (Okabe and Ito), lightened; the label is written beside each as well
COLOURS = {
    "DATE": "#f6d8a8", "PERSON": "#b9dcf2", "POSITION": "#d9ecd9", "ORG": "#f3cfe2",
    "VENUE": "#fbf3a9", "PLACE": "#fbf3a9", "TITLE": "#e3dcf5", "INSTRUMENT": "#e0e0e0",
}  # fmt: skip


def text_lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """The passage in lines of at most COLUMNS characters, each with the offset of its first character."""
    at = start
    for line in textwrap.wrap(text[start:end], COLUMNS, break_long_words=False):
        words = line.split()
        at = text.index(words[0], at)
        begin = at
        for word in words:
            at = text.index(word, at) + len(word)
        yield begin, text[begin:at].replace("\n", " ")


def outermost(found: pd.DataFrame) -> pd.DataFrame:
    """The findings that lie in no longer one: what a reader would underline."""
    kept: list[int] = []
    reach = -1
    by_label = found.assign(rank=found.label.map(list(COLOURS).index))
    for hit in by_label.sort_values(["start_char", "end_char", "rank"], ascending=[True, False, True]).itertuples():
        if hit.end_char > reach:
            kept.append(hit.Index)
            reach = hit.end_char
    return found.loc[kept]


def boxes(line_start: int, line: str, found: pd.DataFrame, y: float) -> Iterator[str]:
    """A coloured box for each stretch of the line that a finding covers."""
    line_end = line_start + len(line)
    for hit in found[(found.start_char < line_end) & (found.end_char > line_start)].itertuples():
        left = max(hit.start_char, line_start) - line_start
        width = (min(hit.end_char, line_end) - line_start - left) * CHARACTER
        yield (
            f'<rect x="{MARGIN + left * CHARACTER:.0f}" y="{y - 15:.0f}" width="{width:.0f}" height="20" rx="3" '
            f'fill="{COLOURS[hit.label]}"><title>{hit.label}</title></rect>'
        )


def words(x: float, y: float, text: str, style: str = "") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" textLength="{len(text) * CHARACTER:.0f}" lengthAdjust="spacingAndGlyphs" '
        f'xml:space="preserve" {style}>{escape(text)}</text>'
    )


def rows_of(document_id: str, names: set[str]) -> Iterator[tuple[str, str]]:
    """(table, row as text) of the document's event and of the people named; the table only before its first row."""
    links, events = convenor.load("event_documents"), convenor.load("events").set_index("event_id")
    venues = convenor.load("venues").set_index("venue_id")
    event = events.loc[links[links.document_id == document_id].event_id.iloc[0]]
    venue = venues.loc[event.venue_id]
    yield "events", str(event.event_name)
    yield (
        "",
        f"{str(event.start_local)[:16]} {event.tz_iana} | {venue.venue_name} | {venue.city} | {event.event_status}",
    )
    people = convenor.load("participations")
    people = people[(people.document_id == document_id) & people.person_text.isin(names)]
    for number, row in enumerate(people.itertuples()):
        cells = [row.person_text, row.role, row.position, row.organisation_text]
        yield "" if number else "participations", " | ".join(cell for cell in cells if pd.notna(cell))


def clipped(text: str) -> str:
    return text if len(text) <= COLUMNS else text[: COLUMNS - 1] + "…"


def render() -> str:
    documents, mentions = convenor.load("documents"), convenor.load("mentions")
    document = documents[documents.source_uri == SOURCE].iloc[0]
    found = mentions[(mentions.document_id == document.document_id) & mentions.label.isin(COLOURS)]
    start = document.text.index(FIRST)
    end = document.text.index(LAST, start) + len(LAST)
    found = outermost(found[(found.start_char >= start) & (found.end_char <= end)])
    shown = sorted(set(found.label), key=list(COLOURS).index)
    parts, y = [], MARGIN + 8.0
    parts.append(words(MARGIN, y, SOURCE, 'class="head"'))
    for at, line in text_lines(document.text, start, end):
        y += LINE
        parts += [*boxes(at, line, found, y), words(MARGIN, y, line)]
    y, x = y + 1.5 * LINE, float(MARGIN)
    for label in shown:
        parts.append(f'<rect x="{x:.0f}" y="{y - 12:.0f}" width="14" height="14" rx="3" fill="{COLOURS[label]}"/>')
        parts.append(words(x + 20, y, label.lower(), 'class="small"'))
        x += 40 + len(label) * CHARACTER
    y += 0.5 * LINE
    for table, row in rows_of(document.document_id, set(found[found.label == "PERSON"]["text"])):
        y += LINE + (10 if table else 0)
        if table:
            parts += [words(MARGIN, y, table, 'class="head"')]
            y += LINE
        parts.append(words(MARGIN, y, clipped(row)))
    style = "text{font:15px monospace;fill:#222}.head{font-weight:bold;fill:#0b5394}.small{fill:#555}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + MARGIN:.0f}" role="img">'
    title = "<title>A paragraph with its findings in colour, and the rows made from them</title>"
    ground = f'<rect width="{WIDTH}" height="{y + MARGIN:.0f}" fill="#fff"/>'
    return "\n".join([head, title, f"<style>{style}</style>", ground, *parts, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(render(), encoding="utf-8")
