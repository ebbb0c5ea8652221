"""Which body belongs to which: by the list, and by "Office of X, Department of Y" in the text."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from extract.found import Found
from extract.gazetteer import name_keys, organisations
from extract.vocabularies import words_of

_BESIDE = re.compile(r"^(?:\s*\([^()\n]{1,20}\))?(?:,| of| at| in|, part of)(?: the)?\s+$")
_PARTS = frozenset(words_of("organisation_grammar", "parents", "parts"))
_WHOLES = frozenset(["university", "government", "international", "military"])


def link_parents(working_set: Found) -> None:
    """Set `parent_key` where the list knows the parent and the text names it, or the text puts the two side by side."""
    by_entry = {f.gazetteer_id: f.key for f in working_set.organisations if f.gazetteer_id}
    parents: dict[str, str] = {}
    for finding in working_set.organisations:
        entry = organisations().entries.get(finding.gazetteer_id or "")
        if entry and entry.parent_id in by_entry:
            parents[finding.key] = by_entry[entry.parent_id]
    types = {f.key: f.organisation_type for f in working_set.organisations}
    text = working_set.document.text
    for part, whole in pairwise(working_set.mentions_of("ORG")):
        if not part.entity_key or not whole.entity_key or part.entity_key == whole.entity_key:
            continue
        keys = name_keys(part.text)
        is_part = keys[0] in _PARTS or keys[-1] in _PARTS
        if is_part and types.get(whole.entity_key) in _WHOLES and _BESIDE.match(text[part.end_char : whole.start_char]):
            parents.setdefault(part.entity_key, whole.entity_key)
    working_set.organisations[:] = [
        replace(f, parent_key=parents[f.key]) if _is_sound(parents, f.key) else f for f in working_set.organisations
    ]


def _is_sound(parents: dict[str, str], key: str) -> bool:
    """Tell whether a body has a parent that does not have the body for a parent in turn."""
    parent = parents.get(key)
    return parent is not None and parents.get(parent) != key
