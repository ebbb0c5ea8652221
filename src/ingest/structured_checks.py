"""Which declared events are the page's own: calendars in sidebars declare other events on every page of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ingest.document import BlockDraft, Declared

_CHECKED = frozenset({"json-ld", "microdata", "rdfa"})
_TOLD_AGAIN = _CHECKED | {"ics"}
_WORD = re.compile(r"\w+")
_SAME = 0.75
"""Share of a declared name's words that the page's title has too: sites shorten names and add their own."""


def keep_own_events(
    declared: Sequence[Declared], title: str | None, drafts: Iterable[BlockDraft]
) -> tuple[Declared, ...]:
    """Return the facts without those of other events, and without an event told again in another syntax.

    An event is the page's own if the page's main text names it or its title is like the name.  A page that declares
    one event only is believed.  An event told again with another start stays: the text decides which of them holds.
    """
    declared = _once(declared)
    events = {fact.group for fact in declared if fact.name == "startDate" and fact.origin in _CHECKED}
    names = {fact.group: fact.value for fact in reversed(declared) if fact.name == "name" and fact.group in events}
    if len(set(map(_plain, names.values()))) < 2:
        return tuple(declared)
    text = _plain("\n".join(draft.text for draft in drafts if draft.is_main))
    words = frozenset(_words(title or ""))
    own = {group for group, name in names.items() if _plain(name) in text or _is_like(name, words)}
    others = names.keys() - own
    return tuple(fact for fact in declared if fact.group not in others)


def _once(declared: Sequence[Declared]) -> Sequence[Declared]:
    """Leave out events that another syntax of the page declared before: many pages hold one event three times."""
    starts = {
        fact.group: fact.value for fact in reversed(declared) if fact.name == "startDate" and fact.origin in _TOLD_AGAIN
    }
    told: dict[str, list[Declared]] = {}
    again: set[int] = set()
    for fact in declared:
        if fact.group not in starts or fact.name != "name":
            continue
        before = told.setdefault(_plain(fact.value), [])
        if any(
            other.origin != fact.origin and _is_same_start(starts[other.group], starts[fact.group]) for other in before
        ):
            again.add(fact.group)
        else:
            before.append(fact)
    return [fact for fact in declared if fact.group not in again]


def _is_same_start(first: str, later: str) -> bool:
    """Tell whether the later start says nothing that the first does not: the same moment, or only its day."""
    one, other = _moment(first), _moment(later)
    if not isinstance(one, datetime) or not isinstance(other, datetime):
        day = one.date() if isinstance(one, datetime) else one
        return day == other if day and other else first == later
    if one.tzinfo and other.tzinfo and one == other:
        return True
    return one.replace(tzinfo=None) == other.replace(tzinfo=None)


def _moment(value: str) -> datetime | date | None:
    try:
        return date.fromisoformat(value) if len(value) <= 10 else datetime.fromisoformat(value)
    except ValueError:
        return None


def _is_like(name: str, words: frozenset[str]) -> bool:
    own = _words(name)
    return bool(own) and sum(word in words for word in own) >= _SAME * len(own)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _plain(text: str) -> str:
    return " ".join(_words(text))
