"""Near-twins are in one part, whatever the seed, and parts are of about equal size."""

import pytest

from models.splits import divide, twin_families

LONG = "The seminar on ports and cables takes place on Friday in the old town hall of Bergen and all are welcome."
TEXTS = [LONG, "Quite another text about the price of bread in the year of the flood.", LONG + " Bring a friend.",
         *(f"text number {n} of its own kind {n * n}" for n in range(27))]  # fmt: skip


def test_twins_are_of_one_family() -> None:
    assert twin_families(TEXTS)[:3] == [0, 1, 0]


def test_twins_of_twins_are_of_one_family() -> None:
    words = [f"w{n}" for n in range(30)]
    chain = [" ".join(words[:14]), " ".join(words[10:30]), " ".join(words[4:24])]
    assert twin_families(chain) == [0, 0, 0]


@pytest.mark.parametrize("seed", range(5))
def test_twins_never_straddle_a_split(seed: int) -> None:
    part = divide(TEXTS, 5, seed)
    assert part[0] == part[2]
    assert {part.count(n) for n in range(5)} == {6}
