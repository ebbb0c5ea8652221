"""Pairwise precision and recall of joined people on generated documents: `python benchmarks/resolve/people.py [SEED]`.

Each invented person appears in several documents under forms that texts really use (family name first, capitals, other
romanisation, Cyrillic, initials, nickname, middle or married name), with hard namesakes: other people of the same name,
or of a name one letter off, in the same institutions.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from labelled import Labelled, pair_figures

from resolve.clusters import LocalKey
from resolve.corpus import resolve
from tests.records import make_records

JAPANESE = [
    ("Ōno", "Ohno", "Kenjirō", "Kenjiro"),
    ("Satō", "Satoh", "Yūko", "Yuuko"),
    ("Shimizu", "Simizu", "Jun", "Jun"),
    ("Fujita", "Hujita", "Tsutomu", "Tutomu"),
    ("Inoue", "Inoue", "Shin'ichi", "Shinichi"),
    ("Kondō", "Kondo", "Chie", "Tie"),
    ("Itō", "Itoh", "Shōhei", "Syohei"),
    ("Nambu", "Nanbu", "Ryōta", "Ryouta"),
    ("Endō", "Endou", "Mitsuko", "Mituko"),
]
CYRILLIC = [
    ("Yulia", "Julia", "Kovalenko", "Юлия Коваленко"),
    ("Andrei", "Andrey", "Sokolov", "Андрей Соколов"),
    ("Mikhail", "Mikhail", "Tkachuk", "Михаил Ткачук"),
    ("Maria", "Maria", "Zhukova", "Мария Жукова"),
]
WESTERN = [
    ("Robert", "Bob", "Henry", "Castellane"),
    ("William", "Bill", "James", "Thorneycroft"),
    ("Katherine", "Kate", "Anne", "Meyer"),
    ("Jürgen", "Juergen", "Karl", "Müller"),
    ("Michael", "Mike", "Thomas", "Østergaard"),
    ("Elizabeth", "Liz", "Jane", "Vandenberg"),
    ("Thomas", "Tom", "Peter", "Łukasik"),
    ("Anthony", "Tony", "Francis", "Delacroix"),
    ("Margaret", "Maggie", "Rose", "O'Hara"),
]
SECOND = ("Weber", "Lindqvist", "Moreau", "Petersen", "Okafor", "Ferri")
GIVEN_NEAR = {
    "Jun": "Jin",
    "Chie": "Chika",
    "Maria": "Marta",
    "Thomas": "Tobias",
    "Michael": "Michelle",
    "Shōhei": "Shūhei",
}
HOUSES = (
    "Institute for Coastal Studies",
    "Sea Forum",
    "University of Northport",
    "Ministry of Ports",
    "Lake Centre",
    "Harbour Foundation",
    "School of Strategy",
    "Baltic Observatory",
    "Polar Academy",
    "Alpine Council",
)


@dataclass(frozen=True)
class Person:
    number: int
    forms: tuple[str, ...]
    house: str


def invented_people(rng: random.Random) -> list[Person]:
    people: list[Person] = []

    def add(*forms: str) -> None:
        people.append(Person(len(people), forms, rng.choice(HOUSES)))

    for family, wapuro, given, kunrei in JAPANESE:
        add(f"{given} {family}", f"{family.upper()} {given}", f"{kunrei} {wapuro}", f"{given[0]}. {family}")
    for given, other, family, native in CYRILLIC:
        add(f"{given} {family}", f"{other} {family}", native, f"{family.upper()} {given}")
    for given, short, middle, family in WESTERN:
        add(
            f"{given} {family}",
            f"{short} {family}",
            f"{given} {middle} {family}",
            f"{given[0]}. {family}",
            f"{given} {middle[0]}. {family}",
            f"{given} {family}-{rng.choice(SECOND)}",
        )
    for given, *_, family in rng.sample(WESTERN, 4):
        add(f"{given} {family}", f"{family.upper()} {given}")  # a namesake elsewhere
    for family, _, given, _ in JAPANESE[:6]:
        add(f"{GIVEN_NEAR.get(given, given + 'ko')} {family}")  # one letter off
    for _ in range(120):
        given = (
            rng.choice("ABCDEFGHKLMNPRST") + rng.choice("aeiou") + rng.choice(["rno", "lvi", "ndra", "stor", "mika"])
        )
        family = rng.choice("BCDFGHKLMNPRSTVZ") + rng.choice("aeiou")
        add(f"{given} {family}{rng.choice(['rdeau', 'lmgren', 'vasto', 'nning', 'ckova'])}")
    return people


def labelled_people(seed: int, documents: int = 260) -> Labelled:
    """Documents of small events; a person keeps the affiliation but for one document in eight, and meets colleagues."""
    rng = random.Random(seed)
    people = invented_people(rng)
    homes = defaultdict(list)
    for person in people:
        homes[person.house].append(person)
    truth: dict[LocalKey, str] = {}
    records = []
    for number in range(documents):
        circle = homes[rng.choice(HOUSES)]
        guests = {p.number: p for p in (*rng.sample(circle, min(3, len(circle))), *rng.sample(people, 2))}
        shown: dict[str, str | None] = {}
        who = {}
        for person in guests.values():
            form = person.forms[0] if rng.random() < 0.5 else rng.choice(person.forms)
            if form not in shown:
                moved = rng.random() < 0.06
                shown[form] = rng.choice(HOUSES) if moved else (None if rng.random() < 0.06 else person.house)
                who[form] = person.number
        record = make_records(f"doc{number}", title=f"Round table {number}", people=shown, city=f"Town {number}")
        records.append(record)
        for finding in record.people:
            truth[LocalKey(record.document.document_id, finding.key)] = str(who[finding.name])
    return Labelled(tuple(sorted(records, key=lambda r: r.document.document_id)), truth)


def main() -> None:
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    labelled = labelled_people(seed)
    resolution = resolve(lambda: labelled.records, "run")
    print("people: " + pair_figures(labelled.truth, resolution.ids).line())
    if "--errors" in sys.argv:
        names = {
            LocalKey(r.document.document_id, p.key): (p.name, q.organisation_text)
            for r in labelled.records
            for p in r.people
            for q in r.participations
            if q.person_key == p.key
        }
        for one, other in combinations(labelled.truth, 2):
            is_one, said = labelled.truth[one] == labelled.truth[other], resolution.ids[one] == resolution.ids[other]
            if is_one != said:
                print("missed" if is_one else "wrong ", *names[one], "|", *names[other])


if __name__ == "__main__":
    main()
