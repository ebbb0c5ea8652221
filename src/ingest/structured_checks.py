"""Which declared events are the page's own: calendars in sidebars declare other events on every page of a site."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
    one event only is believed.
    """
    declared = _once(declared)
    events = {fact.group for fact in declared if fact.name == "startDate" and fact.origin in _CHECKED}
    names = {fact.group: fact.value for fact in reversed(declared) if fact.name == "name" and fact.group in events}
    if len(names) < 2:
        return tuple(declared)
    text = _plain("\n".join(draft.text for draft in drafts if draft.is_main))
    words = frozenset(_words(title or ""))
    own = {group for group, name in names.items() if _plain(name) in text or _is_like(name, words)}
    others = names.keys() - own
    return tuple(fact for fact in declared if fact.group not in others)


def _once(declared: Sequence[Declared]) -> Sequence[Declared]:
    """Leave out events that another syntax of the page declared before: many pages hold one event three times."""
    dated = {fact.group for fact in declared if fact.name == "startDate" and fact.origin in _TOLD_AGAIN}
    first: dict[str, str] = {}
    again: set[int] = set()
    for fact in declared:
        if (
            fact.group in dated
            and fact.name == "name"
            and first.setdefault(_plain(fact.value), fact.origin) != fact.origin
        ):
            again.add(fact.group)
    return [fact for fact in declared if fact.group not in again]


def _is_like(name: str, words: frozenset[str]) -> bool:
    own = _words(name)
    return bool(own) and sum(word in words for word in own) >= _SAME * len(own)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _plain(text: str) -> str:
    return " ".join(_words(text))
