"""B³ of merged events on generated documents: `python benchmarks/resolve/events.py`.

25 invented events in 75 documents (announcement, programme, update, report), with hard neighbours: yearly and monthly
series, other events on the same day in the same city or house, one event moved, one cancelled, titles shortened,
translated or missing.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations

from labelled import Labelled, b_cubed

from extract.records import DocumentRecords
from resolve.clusters import LocalKey
from resolve.corpus import resolve
from tests.records import make_records


@dataclass(frozen=True)
class Event:
    titles: tuple[str | None, ...]
    day: date
    city: str
    venue: str
    people: tuple[str, ...]
    organiser: str
    moved_from: date | None = None


GUESTS = [
    f"{given} {family}"
    for given in ("Anna", "Bruno", "Chiara", "David", "Elif", "Farid")
    for family in ("Arnaldi", "Brekke", "Castel", "Dorn", "Egede", "Fuchs", "Grell")
]


def events(rng: random.Random) -> list[Event]:
    def people() -> tuple[str, ...]:
        return tuple(rng.sample(GUESTS, 5))

    found = []
    for year in (2022, 2023, 2024):  # a yearly series
        found.append(
            Event(
                (f"Oslo Arctic Forum {year}", "Oslo Arctic Forum", f"Arctic Forum {year} in Oslo"),
                date(year, 5, 10),
                "Oslo",
                "Harbour Hall",
                people(),
                "Polar Academy",
            )
        )
    for month in (1, 2, 3, 4):  # a monthly series in one house
        topic = ("Undersea Cables", "Energy Storage", "Air Policing", "Export Controls")[month - 1]
        found.append(
            Event(
                (f"Lunch Talk: {topic}", topic, f"Lunch Talk on {topic}"),
                date(2024, month, 15),
                "Brussels",
                "Sea House",
                people(),
                "Sea Forum",
            )
        )
    day = date(2024, 6, 4)  # five on one day in one city, two in one house
    for title, venue in (
        ("Cyber Resilience in Small States", "Sea House"),
        ("Naval Shipbuilding after 2030", "Sea House"),
        ("Food Security and Conflict", "Egmont Palace"),
        ("The Future of Export Controls", "Library"),
        ("Maritime Security and the Baltic", "Town Hall"),
    ):
        found.append(
            Event(
                (title, title.upper(), title.split(" and ")[0] + " and beyond"),
                day,
                "Brussels",
                venue,
                people(),
                rng.choice(("Sea Forum", "Lake Centre")),
            )
        )
    found.append(Event(("Maritime Security and the Baltic",) * 3, day, "Riga", "Castle", people(), "Baltic Council"))
    found.append(
        Event(
            ("Space Debris Workshop", "Workshop on Space Debris", None),
            date(2024, 9, 3),
            "Kiel",
            "Aula",
            people(),
            "Polar Academy",
            moved_from=date(2024, 8, 27),
        )
    )
    found.append(
        Event(
            ("Dialogue on Supply Chains", "Supply Chains Dialogue", None),
            date(2024, 10, 1),
            "Tokyo",
            "Garden Hotel",
            people(),
            "Lake Centre",
        )
    )
    found.append(
        Event(
            ("Dialog über Lieferketten", "Dialogue on Supply Chains in Berlin", None),
            date(2024, 10, 1),
            "Berlin",
            "Garten Hotel",
            people(),
            "Lake Centre",
        )
    )
    topics = (
        "Drone Swarms",
        "River Commissions",
        "Rare Earths",
        "Election Interference",
        "Mine Clearance",
        "Quantum Sensing",
        "Coast Guards",
        "Satellite Launches",
        "Ice Roads",
    )
    for i, topic in enumerate(topics):
        found.append(
            Event(
                (f"Conference on {topic}", f"{topic}: A Conference", f"International Conference on {topic}"),
                date(2024, 11, 4) + timedelta(days=i // 2),
                "Rome",
                f"Palazzo {i}",
                people(),
                "Alpine Council",
            )
        )
    return found


def labelled_events(seed: int = 1) -> Labelled:
    """Three documents for each event; each names a part of the people and one of the titles."""
    rng = random.Random(seed)
    records, truth = [], {}
    for number, event in enumerate(events(rng)):
        for kind, relation in enumerate(("announces", "programmes", "reports")):
            is_early = kind == 0 and event.moved_from
            invited = rng.sample(event.people, 3 + kind % 2)
            record = make_records(
                f"event{number}-{relation}",
                title=event.titles[kind],
                day=event.moved_from if is_early else event.day,
                city=event.city,
                venue=None if rng.random() < 0.15 else event.venue,
                people=dict.fromkeys(invited),
                organisers=(event.organiser,),
                published=event.day + timedelta(days=(-40, -5, 3)[kind]),
                previous_start_date=event.moved_from if kind == 1 else None,
            )
            record = replace(record, events=tuple(replace(e, relation=relation) for e in record.events))
            records.append(record)
            truth[LocalKey(record.document.document_id, "event:0")] = str(number)
    return Labelled(tuple(sorted(records, key=_id)), truth)


def _id(record: DocumentRecords) -> str:
    return record.document.document_id


def main() -> None:
    for seed in (1, 2, 3):
        labelled = labelled_events(seed)
        resolution = resolve(lambda labelled=labelled: labelled.records, "run")
        count = len(set(labelled.truth.values()))
        print(
            f"events: {count} in {len(labelled.records)} documents, found {len(resolution.rows['events'])}: B³ "
            + b_cubed(labelled.truth, resolution.ids).line()
        )
        if "--errors" in sys.argv:
            names = {
                LocalKey(_id(r), e.key): (r.document.source_uri, e.name) for r in labelled.records for e in r.events
            }
            for one, other in combinations(labelled.truth, 2):
                is_one = labelled.truth[one] == labelled.truth[other]
                if is_one != (resolution.ids[one] == resolution.ids[other]):
                    print("missed" if is_one else "wrong ", *names[one], "|", *names[other])


if __name__ == "__main__":
    main()
