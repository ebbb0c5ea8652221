"""The project's own labelled documents (`examples/*.toml`), of which the domain and type models learn."""

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from pathlib import Path

from models.cues import DOC_TYPES
from models.splits import divide
from models.taxonomy import load_taxonomy

EXAMPLES_FOLDER = Path(str(resources.files("models"))) / "examples"
GROUPS = 5  # parts for cross-validation
SEED = 3


class ExampleError(ValueError):
    """A labelled example that cannot be used; the message names file, number and fault."""


@dataclass(frozen=True)
class Example:
    """A text with what is known about it. `group` names its part in cross-validation; no `domains`: for types only."""

    group: str
    text: str
    domains: frozenset[str] | None
    doc_type: str


@lru_cache(maxsize=2)
def load_examples(folder: Path = EXAMPLES_FOLDER) -> tuple[Example, ...]:
    """All examples of a folder; refused with file and number when a label is unknown or a text is missing or twice."""
    codes = {d.code for d in load_taxonomy()}
    examples: list[Example] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8")).get("document", []), 1):
            place = f"{path.name}, document {number}"
            text = row.get("text", "").strip()
            unknown = set(row.get("domains", ())) - codes
            if not text:
                raise ExampleError(f"{place}: no text")
            if unknown:
                raise ExampleError(f"{place}: unknown domain {', '.join(sorted(unknown))}")
            if row.get("doc_type") not in DOC_TYPES:
                raise ExampleError(f"{place}: doc_type {row.get('doc_type')!r} is none of {', '.join(DOC_TYPES)}")
            if text in seen:
                raise ExampleError(f"{place}: the same text as {seen[text]}")
            seen[text] = place
            known = frozenset(row["domains"]) if "domains" in row else None
            examples.append(Example("", text, known, row["doc_type"]))
    parts = divide([example.text for example in examples], GROUPS, SEED)
    return tuple(replace(example, group=str(part)) for example, part in zip(examples, parts, strict=True))
