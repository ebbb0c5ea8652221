"""Divide texts for cross-validation so that near-twins stay together: a text learned from is never measured on."""

from collections.abc import Sequence
from random import Random

from models.lexicon import WORD

SHINGLE_WORDS = 5
TWIN_OVERLAP = 0.5  # share of equal runs of words, of the shorter text's, from which two texts count as twins


def divide(texts: Sequence[str], parts: int, seed: int) -> list[int]:
    """The part (0 to parts - 1) of each text; twins of twins too are in one part, and parts are about equally large."""
    families: dict[int, list[int]] = {}
    for number, family in enumerate(twin_families(texts)):
        families.setdefault(family, []).append(number)
    shuffled = list(families.values())
    Random(seed).shuffle(shuffled)
    sizes, part_of = [0] * parts, [0] * len(texts)
    for members in sorted(shuffled, key=len, reverse=True):  # stable: families of one keep the shuffled order
        smallest = sizes.index(min(sizes))
        sizes[smallest] += len(members)
        for number in members:
            part_of[number] = smallest
    return part_of


def twin_families(texts: Sequence[str]) -> list[int]:
    """For each text the number of the first text it is, directly or through others, a near-twin of; else its own."""
    runs = [shingles(text) for text in texts]
    family = list(range(len(texts)))
    for i, mine in enumerate(runs):
        for j in range(i):
            if family[i] != family[j] and overlap(mine, runs[j]) >= TWIN_OVERLAP:
                old, new = max(family[i], family[j]), min(family[i], family[j])
                family = [new if number == old else number for number in family]
    return family


def shingles(text: str) -> frozenset[int]:
    """The runs of SHINGLE_WORDS words of a text, hashed; of a shorter text its words as one run."""
    words = [m.group().lower() for m in WORD.finditer(text)]
    return frozenset(hash(tuple(words[i : i + SHINGLE_WORDS])) for i in range(max(1, len(words) - SHINGLE_WORDS + 1)))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the smaller set that the other holds too."""
    return len(a & b) / max(1, min(len(a), len(b)))
