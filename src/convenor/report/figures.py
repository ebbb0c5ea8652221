"""The figures of the report, each an Altair chart of one frame.

Colours are those of Okabe and Ito, which people with any kind of colour blindness tell apart; no figure says anything
by colour alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import altair as alt
import networkx as nx
import pandas as pd

WIDTH = 860
BLUE, VERMILION, GREY = "#0072B2", "#D55E00", "#6b7280"
LARGEST_NETWORK = 36
"""Organisations drawn in the network, the best connected first: with more of them nobody can follow a line."""
LONGEST_BARS = 25
SINGLE_EVENTS = 300
"""Events up to which each is a mark of its own on the time line; more are counted by month."""

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Figure:
    """A figure with its place in the report: the frame it draws is the table below it."""

    name: str
    title: str
    says: str
    draw: Callable[[Frames], Any]
    """Makes the chart; None where there is nothing to draw."""


def timeline(frames: Frames) -> Any:
    events = frames["events"]
    if len(events) <= SINGLE_EVENTS:
        called_off = alt.datum.status == "cancelled"
        marks = alt.Chart(events.drop(columns=["documents"])).mark_point(size=90, filled=True, opacity=0.75)
        marks = marks.encode(
            color=alt.condition(called_off, alt.value(VERMILION), alt.value(BLUE)),
            shape=alt.condition(called_off, alt.value("cross"), alt.value("circle")),
        )
    else:
        months = events.assign(start=events.start.dt.to_period("M").dt.to_timestamp())
        counts = months.groupby(["start", "type"]).size().reset_index(name="events")
        marks = alt.Chart(counts).mark_point(filled=True, opacity=0.75, color=BLUE)
        marks = marks.encode(size=alt.Size("events:Q", legend=None, scale=alt.Scale(range=[20, 600])))
    encoded = marks.encode(x=alt.X("start:T", title=None), y=alt.Y("type:N", title=None))
    return encoded.properties(width=WIDTH, height=alt.Step(30))


def calendar(frames: Frames) -> Any:
    counts = frames["events"].groupby(["year", "month"]).size().reset_index(name="events")
    base = alt.Chart(counts).encode(
        x=alt.X("month:O", title=None, axis=alt.Axis(labelExpr=_MONTHS, labelAngle=0), scale=alt.Scale(domain=_YEAR)),
        y=alt.Y("year:O", title=None),
    )
    cells = base.mark_rect().encode(color=alt.Color("events:Q", scale=alt.Scale(scheme="blues"), legend=None))
    many = max(counts["events"].max(), 1)
    ink = alt.condition(alt.datum.events > many * 0.6, alt.value("white"), alt.value("#111827"))
    return (cells + base.mark_text(fontSize=12).encode(text="events:Q", color=ink)).properties(
        width=WIDTH, height=alt.Step(26)
    )


_YEAR = list(range(1, 13))
_MONTHS = "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'][datum.value - 1]"


def places(frames: Frames) -> Any:
    found = frames["places"].dropna(subset=["latitude", "longitude"]).drop(columns=["documents"])
    if found.empty:
        return None
    inside = found[found.longitude.between(*EUROPE[0]) & found.latitude.between(*EUROPE[1])]
    world = _map(found, 6.0).project("naturalEarth1", scale=165, translate=[WIDTH / 2, 250]).properties(
        width=WIDTH, height=420
    )  # fmt: skip
    if len(inside) < CROWDED:
        return world
    closer = _map(inside, 1.6).project("mercator", scale=760, center=[11, 51], translate=[WIDTH / 2, 260]).properties(
        width=WIDTH, height=520
    )  # fmt: skip
    return alt.vconcat(world, closer)


EUROPE = ((-11.0, 33.0), (36.0, 62.0))
"""Degrees east and north between which a second, larger map is drawn."""
CROWDED = 3
"""Cities in Europe from which the map of the world cannot tell them apart."""


def _map(cities: pd.DataFrame, apart: float) -> Any:
    """Countries, a disc for each city, and the names of those that lie `apart` degrees from larger ones."""
    land = alt.Chart(alt.InlineData(values=_world(), format=alt.TopoDataFormat(type="topojson", feature="countries")))
    countries = land.mark_geoshape(fill="#e5e7eb", stroke="white", strokeWidth=0.6, clip=True)
    discs = alt.Chart(cities).mark_circle(color=BLUE, opacity=0.75, stroke="white").encode(
        longitude="longitude:Q",
        latitude="latitude:Q",
        size=alt.Size("events:Q", scale=alt.Scale(domain=[1, max(int(cities.events.max()), 5)], range=[60, 900]),
                      legend=None),
    )  # fmt: skip
    named: list[Any] = []
    for city in cities.itertuples():
        if all(abs(city.latitude - o.latitude) + abs(city.longitude - o.longitude) / 2 > apart for o in named):
            named.append(city)
    names = alt.Chart(pd.DataFrame(named)).mark_text(align="left", dx=11, dy=-7, fontSize=12, color="#111827").encode(
        longitude="longitude:Q", latitude="latitude:Q", text="city:N"
    )  # fmt: skip
    return countries + discs + names


@lru_cache(maxsize=1)
def _world() -> dict[str, Any]:
    """Country shapes of Natural Earth 1:110m (public domain), as TopoJSON."""
    content: dict[str, Any] = json.loads(Path(__file__).with_name("countries-110m.json").read_text("utf-8"))
    return content


def domains(frames: Frames) -> Any:
    counts = frames["domains"].drop(columns=["documents"])
    base = alt.Chart(counts).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("domain:N", title=None, sort=alt.EncodingSortField("count", op="sum", order="descending")),
    )
    circles = base.mark_circle(color=BLUE, opacity=0.8).encode(
        size=alt.Size("count:Q", title="documents", scale=alt.Scale(range=[30, 700]), legend=None)
    )
    numbers = base.mark_text(fontSize=10, dx=18, align="left").encode(text="count:Q", color=alt.value(GREY))
    return (circles + numbers).properties(width=WIDTH - 260, height=alt.Step(30))


def meetings(frames: Frames) -> Any:
    pairs, drawn = frames["meetings"], set(frames["organisations"].head(LARGEST_NETWORK).organisation)
    pairs = pairs[pairs.organisation.isin(drawn) & pairs["met with"].isin(drawn)]
    if pairs.empty:
        return None
    graph: nx.Graph = nx.Graph()
    for one, other, events in zip(pairs.short, pairs.other_short, pairs.events, strict=True):
        graph.add_edge(_short(str(one)), _short(str(other)), events=int(events))
    where = _lay_out(graph)
    nodes = pd.DataFrame([{"name": n, "x": p[0], "y": p[1], "met": graph.degree(n)} for n, p in where.items()])
    lines = pd.DataFrame(
        [
            {"x": where[a][0], "y": where[a][1], "x2": where[b][0], "y2": where[b][1], "events": data["events"]}
            for a, b, data in graph.edges(data=True)
        ]
    )
    thickness = alt.Scale(domain=[1, max(int(lines.events.max()), 4)], range=[0.8, 6])
    x, y = alt.X("x:Q", axis=None), alt.Y("y:Q", axis=None)
    edges = (
        alt.Chart(lines)
        .mark_rule(color="#9ca3af", opacity=0.6)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", size=alt.Size("events:Q", scale=thickness, legend=None))
    )
    dots = (
        alt.Chart(nodes)
        .mark_circle(color=BLUE, opacity=0.9)
        .encode(x=x, y=y, size=alt.Size("met:Q", scale=alt.Scale(range=[50, 500]), legend=None))
    )
    names = alt.Chart(nodes).mark_text(dy=-13, fontSize=11).encode(x=x, y=y, text="name:N")
    return (edges + dots + names).resolve_scale(size="independent").properties(width=WIDTH, height=560)


def _lay_out(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Return a place for each node: every connected part on its own, side by side, larger parts with more room."""
    where: dict[str, tuple[float, float]] = {}
    x = y = row_height = 0.0
    for part in sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part))):
        radius = max(1.8, 0.75 * len(part) ** 0.7)
        if x > 0 and x + 2 * radius > NETWORK_WIDTH:
            x, y, row_height = 0.0, y - row_height, 0.0
        inner = nx.kamada_kawai_layout(graph.subgraph(sorted(part)))
        for name, (left, up) in inner.items():
            where[name] = (x + radius * (1.15 + float(left)), y - radius * (1.15 - float(up)))
        x += 2.6 * radius
        row_height = max(row_height, 2.6 * radius)
    return where


NETWORK_WIDTH = 18.0
"""Width of the network in its own units: three parts of ten organisations side by side leave room for their names."""


def organisations(frames: Frames) -> Any:
    return _bars(frames["organisations"].head(LONGEST_BARS), "organisation", "met", "other organisations met")


def outcomes(frames: Frames) -> Any:
    return _bars(frames["outcomes"], "outcome", "inputs", "inputs of the last run")


def completeness(frames: Frames) -> Any:
    return _bars(frames["completeness"], "fact", "share", "share of rows that state it", ".0%")


def confidence(frames: Frames) -> Any:
    return (
        alt.Chart(frames["confidence"])
        .mark_bar(color=BLUE)
        .encode(
            x=alt.X("score:O", title="score of a participation, from", axis=alt.Axis(format=".1f", labelAngle=0)),
            y=alt.Y("participations:Q", title=None),
        )
        .properties(width=WIDTH, height=200)
    )


def _bars(frame: pd.DataFrame, name: str, value: str, title: str, form: str = ",") -> Any:
    if frame.empty:
        return None
    shown = frame.drop(columns=["documents"], errors="ignore").assign(**{name: frame[name].map(_short)})
    base = alt.Chart(shown).encode(
        x=alt.X(f"{value}:Q", title=title, axis=alt.Axis(format=form, tickMinStep=0 if "%" in form else 1)),
        y=alt.Y(f"{name}:N", title=None, sort="-x"),
    )
    numbers = base.mark_text(align="left", dx=4, fontSize=11).encode(text=alt.Text(f"{value}:Q", format=form))
    return (base.mark_bar(color=BLUE) + numbers).properties(width=WIDTH - 260, height=alt.Step(22))


def _short(name: str) -> str:
    return name if len(name) <= 44 else f"{name[:43].rstrip()}…"


FIGURES = (
    Figure("events", "Events in time", "Each event on its first day, by kind; a cross was cancelled.", timeline),
    Figure("calendar", "A calendar of events", "How many events began in each month.", calendar),
    Figure("places", "Where they took place", "Cities by the number of events.", places),
    Figure("domains", "Security domains over time", "Documents that hold each domain, by the year of their event.",
           domains),
    Figure("meetings", "Who meets whom", "Organisations present at the same events, as hosts or through people who "
           "took part; the more events, the thicker the line.", meetings),
    Figure("organisations", "Most connected organisations", "By how many others they were at an event with.",
           organisations),
    Figure("outcomes", "What became of the inputs", "Every input of the last run has one outcome.", outcomes),
    Figure("completeness", "How much is stated", "Share of rows in which the documents state a fact; what they do not "
           "state stays empty.", completeness),
    Figure("confidence", "How sure", "Participations by the score of the evidence behind them.", confidence),
)  # fmt: skip
"""In the order of the page; calendar shares its table with the time line."""

TABLE_OF = {"calendar": "events"}
"""Figures drawn from the frame of another."""


def theme() -> dict[str, Any]:
    """Return what all figures share: type, quiet axes, colours."""
    axis = {"labelFontSize": 12, "titleFontSize": 12, "titleColor": GREY, "labelColor": "#374151",
            "gridColor": "#e5e7eb", "domainColor": "#d1d5db", "tickColor": "#d1d5db", "labelLimit": 300}  # fmt: skip
    return {
        "font": "Liberation Sans, Arial, sans-serif",
        "background": "white",
        "view": {"stroke": None},
        "axis": axis,
        "padding": 8,
    }


def draw(figure: Figure, frames: Frames) -> dict[str, Any] | None:
    """Return the Vega-Lite specification of a figure, None where there is nothing to draw."""
    if frames[TABLE_OF.get(figure.name, figure.name)].empty:
        return None
    with alt.data_transformers.enable("default", max_rows=None):
        chart = figure.draw(frames)
        return chart.configure(**theme()).to_dict() if chart is not None else None
