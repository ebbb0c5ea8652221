"""Rows of corrections that cannot hold together: the later one is refused and names the earlier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from resolve.names import organisation_key, person_key

if TYPE_CHECKING:
    from resolve.corrections import Correction

Subject = tuple[str, str, str]

_OPPOSITES: Mapping[str, tuple[str, ...]] = {
    "merge": ("split",),
    "split": ("merge",),
    "add": ("reject",),
    "reject": ("add", "accept"),
    "accept": ("reject",),
}


def subject_key(kind: str, name: str) -> str:
    """Return the key under which a name of this kind is compared with what the source says."""
    return person_key(name) if kind in ("person", "participation") else organisation_key(name)


def find_contradictions(corrections: Iterable[Correction]) -> Mapping[Correction, str]:
    """Return the corrections that contradict an earlier one, each with the reason."""
    seen: dict[tuple[str, ...], Correction] = {}
    merged: dict[Subject, set[Subject]] = {}
    contradictions: dict[Correction, str] = {}
    for correction in corrections:
        problem = _contradicted(correction, seen) or _circle(correction, merged)
        if problem:
            contradictions[correction] = problem
        else:
            seen.setdefault(_claim(correction), correction)
    return contradictions


def _subject(correction: Correction) -> Subject:
    return (correction.kind, correction.document, subject_key(correction.kind, correction.name))


def _claim(correction: Correction) -> tuple[str, ...]:
    """Return what a row speaks of, without what it says about it."""
    subject = _subject(correction)
    if correction.action == "fix":
        return ("fix", *subject, correction.field)
    if correction.action in ("merge", "split"):
        ends = sorted([repr(subject), _other(correction)])
        return (correction.action, *ends)
    return (correction.action, *subject, correction.field, str(correction.value or ""))


def _other(correction: Correction) -> str:
    key = subject_key(correction.kind, str(correction.value or ""))
    return repr((correction.kind, "", key))


def _contradicted(correction: Correction, seen: Mapping[tuple[str, ...], Correction]) -> str | None:
    claim = _claim(correction)
    earlier = seen.get(claim)
    if earlier and correction.action == "fix" and earlier.value != correction.value:
        return f"contradicts {earlier.file_line}, which sets the same value otherwise; remove one of the two"
    if earlier:
        return f"says the same as {earlier.file_line}; remove one of the two"
    for opposite in _OPPOSITES.get(correction.action, ()):
        if contrary := seen.get((opposite, *claim[1:])):
            return f"contradicts {contrary.file_line} ({opposite} of the same); remove one of the two"
    return None


def _circle(correction: Correction, merged: dict[Subject, set[Subject]]) -> str | None:
    """Follow merges from name to name; one that leads back to where it began is a circle."""
    if correction.action != "merge":
        return None
    start = _subject(correction)
    end: Subject = (correction.kind, "", subject_key(correction.kind, str(correction.value)))
    if start == end:
        return None  # all of one name are one
    reached, frontier = set(), [end]
    while frontier:
        current = frontier.pop()
        if current == start:
            return f"closes a circle of merges: {correction.value!r} already leads to {correction.name!r}"
        if current not in reached:
            reached.add(current)
            frontier += merged.get(current, ())
    merged.setdefault(start, set()).add(end)
    return None
