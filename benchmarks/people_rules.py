"""What each family of rules about people is worth: `python benchmarks/people_rules.py FOLDER …`.

A FOLDER holds `labels/ID.json` and `texts/ID.*`.  Every family is switched off in turn, all the folders are read again,
and the table says how F1 of people, roles, posts and affiliations moves over all of them together (Markdown).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from flows.evaluate import evaluate

FIELDS = ("people", "people_with_role", "position", "affiliation")
Switch = tuple[str, Callable[..., Any]]


def nothing(*_: object, **__: object) -> None:
    return None


def no(*_: object, **__: object) -> bool:
    return False


def same_names(tokens: object, names: object, *_: object, **__: object) -> object:
    return names


def no_card(tokens: object, blocks: object, rows: object, index: object) -> object:
    return tokens, index, None


def own(_: object, item: object, *__: object) -> object:
    return item


P = "extract.people."
FAMILIES: dict[str, Sequence[Switch]] = {
    "all rules": (),
    "posts before a name": ((P + "presentations.read_before", nothing),),
    "posts before a comma": ((P + "presentations.read_before_comma", nothing),),
    "lives (“X is Director of …”)": ((P + "after.after_copula", lambda *_: 0),),
    "posts after a name without a comma": ((P + "after._leads_to_post", no),),
    "cards (name, post, body on lines of their own)": ((P + "reading._with_card", no_card),),
    "rows of names": ((P + "presentations.complete_rolls", same_names),),
    "recogniser's names": ((P + "presentations.align", same_names),),
    "compounds and endings that are no names": ((P + "name_parts.is_common_compound", no),),
    "things named after people": ((P + "names.is_named_thing", no),),
    "compound head nouns (“Verteidigungsattaché”)": ((P + "phrases.is_post_compound", no),),
    "earlier posts cut off": ((P + "composing._present", own),),
    "role said before a name": ((P + "block_roles.trigger_before", nothing),),
    "role said by a verb after a name": ((P + "block_roles.trigger_after", nothing),),
    "role of the programme item": ((P + "reading.session_role", nothing),),
    "role around (“a talk by”, “met with”)": ((P + "block_roles._role_around", nothing),),
    "presented for an event: takes part": ((P + "block_roles._takes_part", no),),
    "heading ends at the next session": ((P + "reading._opens_session", no),),
}


@contextmanager
def without(switches: Sequence[Switch]) -> Iterator[None]:
    with ExitStack() as stack:
        for target, replacement in switches:
            stack.enter_context(patch(target, replacement))
        yield


def f1(folders: Sequence[Path], fields: Sequence[str]) -> dict[str, float]:
    counts: dict[str, Counter[str]] = {field: Counter() for field in fields}
    for folder in folders:
        for row in evaluate(folder / "labels", folder / "texts").rows():
            if row.field in counts:
                counts[row.field].update(right=row.right, added=row.added, missed=row.missed)
    return {
        field: 2 * count["right"] / max(2 * count["right"] + count["added"] + count["missed"], 1)
        for field, count in counts.items()
    }


def print_worth(families: Mapping[str, Sequence[Switch]], fields: Sequence[str], folders: Sequence[Path]) -> None:
    """Print F1 of the fields with the first family's switches (none), then how it moves with each other's."""
    base: dict[str, float] = {}
    print("| without | " + " | ".join(fields) + " |\n|---|" + "---|" * len(fields))
    for family, switches in families.items():
        with without(switches):
            values = f1(folders, fields)
        cells = [f"{v - base[k]:+.3f}" if base else f"{v:.3f}" for k, v in values.items()]
        base = base or values
        print(f"| {family} | " + " | ".join(cells) + " |", flush=True)
    print(json.dumps({"labelled folders": len(folders)}), file=sys.stderr)


if __name__ == "__main__":
    print_worth(FAMILIES, FIELDS, [Path(folder) for folder in sys.argv[1:]])
