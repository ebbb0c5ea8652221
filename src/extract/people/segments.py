"""The pieces of what stands beside a name, and what they come to: post, organisation, role, handle."""

from __future__ import annotations

from dataclasses import dataclass

from extract.people.phrases import Kind
from extract.records import Role

Span = tuple[int, int]
DASHES = frozenset({"–", "—", "-", "―", "−", "·", "•"})


@dataclass(frozen=True, slots=True)
class Segment:
    """tokens[start:end], one phrase of a tail, with what it is; `in_brackets` where it stood in brackets."""

    start: int
    end: int
    kind: Kind
    in_brackets: bool = False


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What stands beside a name.  Spans are character offsets of the document, `end` is the token after it all."""

    end: int
    post: Span | None = None
    organisation: Span | None = None
    role: tuple[Role, Span] | None = None
    handle: Span | None = None
    is_past: bool = False
    is_shared: bool = False
    """True for "A and B, from the Office of …": what is said of the last holds for those joined to it."""
