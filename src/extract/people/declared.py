"""People whom the publisher declared in structured data: authors of a page, performers of an event."""

from __future__ import annotations

from extract.people.names import SHAPE, find_names
from extract.people.tokens import tokenise
from extract.records import Role
from ingest.document import Document

_ROLES: dict[str, Role] = {
    "author": "author",
    "author.name": "author",
    "authors": "author",
    "creator": "author",
    "creator.name": "author",
    "article:author": "author",
    "performer": "speaker",
    "performer.name": "speaker",
    "speaker": "speaker",
    "speakers": "speaker",
}
_TRUSTED = frozenset({"json-ld", "microdata", "rdfa", "html-meta", "front-matter", "opengraph"})
"""Not what programs write by themselves: who last saved an office file, who made a PDF."""
_LONGEST = 200


def declared_people(document: Document) -> list[tuple[str, Role]]:
    """Return (name, role) of each declared person, in order, without doubles."""
    found: dict[tuple[str, Role], None] = {}
    for fact in document.declared:
        role = _ROLES.get(fact.name)
        if role is None or fact.origin not in _TRUSTED or len(fact.value) > _LONGEST:
            continue
        tokens = tokenise(fact.value)
        for name in find_names(tokens):
            if name.strength >= SHAPE and len(name.words) > 1:
                found.setdefault((fact.value[tokens[name.first].start : tokens[name.last - 1].end], role))
    return list(found)
