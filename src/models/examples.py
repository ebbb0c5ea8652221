"""The project's own labelled documents (`examples/*.toml`), and variants of them for training.

A variant adds what real documents carry beside their subject: lists of people with posts and affiliations, contact
lines, practical notes. Bodies named there ("Ministry of Defence") must not count as a subject.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from random import Random

from models import synthetic
from models.cues import DOC_TYPES
from models.taxonomy import load_taxonomy

EXAMPLES_FOLDER = Path(str(resources.files("models"))) / "examples"
# Slots of the generator that speak about subjects; padding must not use them.
SUBJECT_SLOTS = ("{topic}", "{title}", "{uppertitle}", "{instrument}", "{event}")
GROUPS = 5  # examples are divided by position, for cross-validation
MAX_FOCUS = 3  # a document on up to so many domains is taken as focused: others named in it are named in passing
MORE = (
    "The first speaker dealt with {0} and its costs.",
    "Much of the second hour was about {0}.",
    "It was said that {0} had changed since then, and that {1} would change too.",
    "A paper on {0} was handed out.",
    "How {0} can be measured remained open.",
    "In the afternoon the group will turn to {0}.",
    "They stressed {0} and agreed to speak about {1} again.",
    "Questions from the floor touched {0}.",
)
PASSING = (
    "Earlier in the career there were posts in banking, teaching and {0}.",
    "Other events this month: an exhibition on {0}, a concert, and the annual dinner.",
    "Related publications: A short history of {0} (2011); Essays (2014).",
    "The previous speaker in this series talked about {0}.",
    "One member of the audience asked about {0}, which was left for another day.",
    "The foundation also funds work on {0}, {1} and {2}.",
    "The library has new books on {0}, {1}, {2} and gardening.",
)
PRACTICAL = (
    "Registration is required. Please bring a photo identity document. Coffee will be served outside the room.",
    "The working language is English. The event will be recorded, and photographs may be taken.",
    "For questions please write to the organisers. The building is accessible by wheelchair.",
    "The venue is close to the central station. Places are limited and given in order of registration.",
    "About us: we are an independent institute. We receive funds from foundations, companies and public bodies.",
    "Subscribe to our newsletter. Follow us on social media. Legal notice. Privacy. Contact.",
)


class ExampleError(ValueError):
    """A labelled example that cannot be used; the message names file, number and fault."""


@dataclass(frozen=True)
class Example:
    """A text with what is known about it. `group` names the cross-validation part it belongs to with its variants."""

    group: str
    text: str
    domains: frozenset[str]
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
            examples.append(Example(str(len(examples) % GROUPS), text, frozenset(row["domains"]), row["doc_type"]))
    return tuple(examples)


def with_variants(examples: tuple[Example, ...], count: int, seed: int) -> Iterator[Example]:
    """Each example as it is and `count` variants of it: padded with other text, joined with a second text on
    other subjects, or with a passing mention of a domain that it is not about."""
    rng = Random(seed)
    padding = [d.text for d in synthetic.generate(4000, seed, without=SUBJECT_SLOTS)]
    for i, example in enumerate(examples):
        yield example
        for _ in range(count):
            parts, domains, draw = [example.text], example.domains, rng.random()
            if draw < 0.35:
                # The second text is of the same group, so that no text straddles a split.
                other = examples[rng.choice(range(i % GROUPS, len(examples), GROUPS))]
                parts, domains = [*parts, other.text.partition("\n")[2]], domains | other.domains
            elif draw < 0.75 and len(domains) <= MAX_FOCUS:
                parts.append(_passing_mention(rng, domains))
            if 0 < len(domains) <= MAX_FOCUS:
                parts.insert(1, _elaboration(rng, domains))
            after = rng.randint(0, 4)
            parts += rng.sample(padding, after)
            parts += rng.sample(PRACTICAL, rng.randint(0, 2))
            yield Example(example.group, "\n\n".join(parts), domains, example.doc_type)


def _elaboration(rng: Random, domains: frozenset[str]) -> str:
    """More sentences on the same subjects, as long documents have them."""
    pool = [t for d in load_taxonomy() if d.code in domains for t in d.terms["en"] if "*" not in t]
    templates = rng.choices(MORE, k=rng.randint(0, 10))
    return " ".join(template.format(*rng.choices(pool, k=2)) for template in templates)


def _passing_mention(rng: Random, domains: frozenset[str]) -> str:
    others = rng.sample([d for d in load_taxonomy() if d.code not in domains], 3)
    return rng.choice(PASSING).format(*(rng.choice([t for t in d.terms["en"] if "*" not in t]) for d in others))
