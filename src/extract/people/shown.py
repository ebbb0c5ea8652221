"""What reading gives: a person there and then, and what stands around the block in which they are named."""

from __future__ import annotations

from dataclasses import dataclass

from extract.people.roles import RoleHint

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Presentation:
    """A person there and then.  All spans are character offsets into the document's text."""

    name: Span
    strength: float
    is_full: bool
    """False for a short form ("President Biden", "Ms Larder")."""
    post: Span | None = None
    title: Span | None = None
    """A post set before the name as a title, kept where no other is stated."""
    organisation: Span | None = None
    role: RoleHint | None = None
    handle: Span | None = None
    is_past: bool = False
    block: int = 0
    """Offset of the block in which the name stands."""
    in_roll: bool = False
    native: Span | None = None
    """The same name in Chinese characters, set beside it."""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a block: the role of the heading above it, of the programme item it belongs to."""

    heading: RoleHint | None = None
    session: RoleHint | None = None
    in_programme: bool = False
    is_event: bool = False
    """True in a document about an event of its own, before it or after it."""
    is_report: bool = False
    is_list: bool = False
    """True where lines of the block are read to their ends (list, table, short line)."""
    is_signature: bool = False
    """True where an address for mail or telephone follows within a few lines."""
    is_writer: bool = False
    """True below the closing words of a letter."""
    is_roll: bool = False
    """True in a list of names ("The participants were …")."""
    language: str | None = None
    is_top: bool = False
    """True in the headline and the first blocks, where a text says who wrote it."""
