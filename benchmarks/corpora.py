"""Documents to measure on, made on the spot from their number: short texts, and the sample corpus varied.

Names of people follow the law of real corpora: a few stand in many documents, most in one or two.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SYLLABLES = ("ka", "ri", "to", "ma", "ne", "lo", "vi", "sta", "bren", "dor", "el", "fin", "gal", "hu", "jo", "ber")
GIVEN = ("Anna", "Kenji", "Maria", "Jonas", "Yuki", "Pierre", "Elena", "Takeshi", "Ingrid", "Marco", "Sofia", "Hiroshi")
PLACES = ("Brussels", "Tokyo", "Rome", "Prague", "Vienna", "Osaka", "Oslo", "Lisbon", "Warsaw", "The Hague")
TOPICS = ("Coastal Surveillance", "Cyber Resilience", "Undersea Cables", "Space Situational Awareness", "Port Security")
POSTS = ("Senior Fellow", "Director", "Professor", "Research Director", "Head of Programme")
SKEW = 0.15
"""Exponent of the law by which names repeat: the names of n drawings grow as n to the power 0.87."""
_COMMON = (
    "ence|ity|ion|ment|ure|ise|ber|day|ary|ers|ing|ial|ies|tre|ute|ian|ese|ope|pan|nal|tic|ime|try|ish|ore|ent|tor"
    "|ate|ant|ants|arch|lear|port|sor"
)
_WORD = re.compile(rf"(?<![<\"@/=\w-])[A-Z](?![a-z]*(?:{_COMMON})\b)[a-z]{{4,}}\b")
_YEAR = re.compile(r"\b20[0-2]\d\b")


def word(number: int) -> str:
    """Return an invented name; equal numbers give equal names."""
    made = ""
    while True:
        number, rest = divmod(number, len(SYLLABLES))
        made += SYLLABLES[rest]
        if not number and len(made) > 4:
            return made.title()


def drawn(pick: random.Random) -> int:
    """Return a number, small ones often and large ones seldom."""
    return min(int(pick.paretovariate(SKEW)), 10**12) + len(SYLLABLES)


def make_text(number: int) -> str:
    """Return an announcement of some 120 words; equal numbers give equal texts."""
    pick = random.Random(number)

    def speaker() -> str:
        person = drawn(pick)
        given = GIVEN[person % len(GIVEN)]
        return f"- Dr {given} {word(person)}, {pick.choice(POSTS)}, Institute for {word(person // 7)} Studies"

    speakers = "\n".join(speaker() for _ in range(3))
    topic, place = pick.choice(TOPICS), pick.choice(PLACES)
    return (
        f"Seminar on {topic} No. {number}\n\n{pick.randint(1, 28)} March {pick.randint(2015, 2026)}, 10:00–12:30 CET\n"
        f"Venue: {word(drawn(pick))} Conference Centre, {place}\n\n"
        f"The seminar will discuss how partners in Europe and Japan can work together on {topic.lower()}. Experts from "
        f"ministries, think tanks and industry will present recent developments, and the audience will be asked for "
        f"questions. It is free of charge, but registration is required by the end of the week before. The "
        f"discussion will be held in English under the usual rules, and a summary will be published afterwards.\n\n"
        f"Speakers\n{speakers}\n"
    )


def make_texts(folder: Path, count: int) -> None:
    """Write `count` short texts, a thousand to a folder."""
    for number in range(count):
        path = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_text(number), "utf-8")


def make_mixed(folder: Path, copies: int) -> list[Path]:
    """Write the sample corpus `copies` times, each time with other names and years; return the files.

    HTML, Markdown and text stand in data/raw, the sources of PDF, Word and mail in data/sources.
    """
    sys.path.insert(0, str(ROOT / "data"))
    from make_corpus import WRITERS  # type: ignore[import-not-found,unused-ignore]

    made = []
    plain = [path for path in sorted((ROOT / "data" / "raw").iterdir()) if path.suffix in (".html", ".md", ".txt")]
    sources = sorted((ROOT / "data" / "sources").glob("*.txt"))
    folder.mkdir(parents=True, exist_ok=True)
    for copy in range(copies):
        for path in (*plain, *sources):
            text = path.read_text("utf-8")
            head, _, body = text.partition("\n\n") if path in sources else ("", "", text)
            body = vary(body, copy)
            name = Path(path.stem) if path in sources else path
            target = folder / f"{copy:04}-{name.stem}{name.suffix}"
            if path in sources:
                target.write_bytes(WRITERS[name.suffix](f"{head}\n\n{body}"))
            else:
                target.write_text(body, "utf-8")
            made.append(target)
    return made


def vary(text: str, number: int) -> str:
    """Return the text with other years and a third of its names changed; equal numbers give equal texts."""
    pick = random.Random(number)
    words = sorted(set(_WORD.findall(text)))
    others = {one: one[:-2] + pick.choice(SYLLABLES) for one in words if pick.random() < 1 / 3}
    shift = pick.randint(-9, 0)
    text = _WORD.sub(lambda found: others.get(found[0], found[0]), text)
    return _YEAR.sub(lambda found: str(int(found[0]) + shift), text)
