"""Time to join 10,000 and 100,000 synthetic participations and its growth: `python benchmarks/resolve/growth.py`."""

from __future__ import annotations

import math
import random
import sys
import time
from datetime import date, timedelta

from extract.records import DocumentRecords
from resolve.corpus import resolve
from tests.records import make_records

SYLLABLES = ("ka", "ri", "to", "ma", "ne", "lo", "vi", "sta", "bren", "dor", "el", "fin", "gal", "hu", "jo")
PER_DOCUMENT = 10


def synthetic(count: int) -> list[DocumentRecords]:
    """Documents with `count` participations; people, houses, cities and titles grow with them, as in a real corpus."""
    rng = random.Random(count)

    def word(length: int) -> str:
        return "".join(rng.choice(SYLLABLES) for _ in range(length)).title()

    people = [f"{word(2)} {word(3)}" for _ in range(max(50, count // 4))]
    houses = [f"Institute for {word(2)} {word(3)}" for _ in range(max(20, count // 50))]
    home = {person: rng.choice(houses) for person in people}
    records = []
    for number in range(count // PER_DOCUMENT):
        guests = {rng.choice(people) for _ in range(PER_DOCUMENT)}
        shown = {name if rng.random() < 0.9 else f"{name[0]}. {name.split()[1]}": home[name] for name in sorted(guests)}
        records.append(
            make_records(
                f"n{number}",
                title=f"Conference on {word(2)} and {word(3)}",
                people=shown,
                city=word(2),
                venue=f"{word(2)} Hall",
                day=date(2000, 1, 1) + timedelta(days=rng.randrange(9000)),
            )
        )
    return sorted(records, key=lambda r: r.document.document_id)


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000]
    seconds = []
    for size in sizes:
        records = synthetic(size)
        started = time.process_time()
        resolution = resolve(lambda records=records: records, "run")
        seconds.append(time.process_time() - started)
        print(f"{size:,} participations: {seconds[-1]:.2f} s, {len(resolution.rows['people']):,} people")
    exponent = math.log(seconds[-1] / seconds[0]) / math.log(sizes[-1] / sizes[0])
    print(f"growth exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
