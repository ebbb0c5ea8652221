"""How a text says who holds an event: "hosted by X", "X will convene", "Organisers: X; Y", "thanks to X for …"."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast

from extract.organisations.vocabulary import FOLDER
from extract.records import OrganiserRole

OBJECT_REACH = 160
"""How far after "hosted" or "held" the event must be named (characters)."""
Side = Literal["after", "labels", "before", "thanks"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Words at text[start:end] that give a part to the organisations on one side of them."""

    start: int
    end: int
    side: Side
    role: OrganiserRole


@dataclass(frozen=True, slots=True)
class _Side:
    pattern: re.Pattern[str]
    roles: dict[str, OrganiserRole]


@lru_cache(maxsize=1)
def _sides() -> dict[Side, _Side]:
    raw = tomllib.loads((FOLDER / "host_phrases.toml").read_text(encoding="utf-8"))
    return {cast(Side, side): _compile(side, lists) for side, lists in raw.items() if side != "objects"}


@lru_cache(maxsize=1)
def _objects() -> re.Pattern[str]:
    raw = tomllib.loads((FOLDER / "host_phrases.toml").read_text(encoding="utf-8"))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, raw["objects"]["event"])) + r")", re.IGNORECASE)


def _compile(side: str, lists: dict[str, list[str]]) -> _Side:
    roles = {phrase: role for role, phrases in lists.items() if role != "not_before" for phrase in phrases}
    longest_first = sorted(roles, key=len, reverse=True)
    phrases = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    body = rf"\b(?P<phrase>{phrases})\b"
    if side == "labels":
        body = rf"(?m:(?:^|(?<=[|\t]))[^\w\n]{{0,6}}(?P<phrase>{phrases})[ *_]{{0,3}}(?::|$|\t))"
    if side == "before" and lists.get("not_before"):
        body += rf"(?!\s+(?:(?:a|an|its|the|their)\s+)?(?:{'|'.join(lists['not_before'])})\b)"
    return _Side(re.compile(body, re.IGNORECASE), {k: cast(OrganiserRole, v) for k, v in roles.items()})


def cues(text: str) -> Iterator[Cue]:
    """Yield the host phrases of a text, side by side, each side in text order."""
    for side, compiled in _sides().items():
        for found in compiled.pattern.finditer(text):
            phrase = " ".join(found.group("phrase").lower().split())
            if phrase.startswith("a ") and text[found.start()].islower():
                continue  # "will convene a meeting of the X": who convenes it is told elsewhere
            sentence = re.split(r"[.!?](?:\s|$)|\n\n", text[found.start() : found.end() + OBJECT_REACH], maxsplit=1)[0]
            if side == "before" and not _objects().search(sentence):
                continue
            yield Cue(found.start(), found.end(), side, compiled.roles[phrase])
