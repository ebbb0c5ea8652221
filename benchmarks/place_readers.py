"""What each way of finding places is worth: `python benchmarks/place_readers.py FOLDER …`.

A FOLDER is as for benchmarks/people_rules.py, and so is the table.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from people_rules import Switch, print_worth

from extract.fields.venues import place_candidates

FIELDS = ("venue", "city", "country")
SOURCES = {
    "fields (“Venue: …”)": "label",
    "lines of their own (streets, halls, a city)": "line",
    "sentences (“held at …”, “visited …”, “東京で開催”)": "prose",
    "datelines": "dateline",
    "cities that host (“Vienna hosts …”)": "host",
    "places before the day (“(Oslo, 4 May 2031)”)": "day",
    "a city in the title": "title",
    "a city in the name of the event": "name",
}


def candidates_without(source: str) -> Callable[..., Any]:
    return lambda doc, title: [c for c in place_candidates(doc, title) if c.source != source]


def families() -> dict[str, tuple[Switch, ...]]:
    target = "extract.fields.venues.place_candidates"
    return {"all readers": (), **{name: ((target, candidates_without(source)),) for name, source in SOURCES.items()}}


if __name__ == "__main__":
    print_worth(families(), FIELDS, [Path(folder) for folder in sys.argv[1:]])
