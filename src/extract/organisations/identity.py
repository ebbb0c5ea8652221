"""One key for each body: every form in which a text names it, joined by the list, by definitions and by equal words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.gazetteer import Entry, Word, is_acronym, name_keys, organisations
from extract.gazetteer.acronyms import agrees, definitions
from extract.gazetteer.words import fold
from extract.organisations.candidates import Candidate
from extract.organisations.kinds import kind_of
from extract.organisations.vocabulary import countries, organisation_words
from extract.vocabularies import read_toml

Keys = tuple[str, ...]


@dataclass(slots=True)
class Body:
    """An organisation of one text: its spans (characters), the forms read, and the row of the list it is."""

    spans: list[tuple[int, int]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    entry: Entry | None = None
    acronym: str | None = None
    country: str | None = None
    sources: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest form in the text; an acronym only when nothing else names it."""
        return max(self.forms, key=lambda form: (not is_acronym(form), len(form)))


MIN_OWN_WORD = 3
"""Small words up to this length (characters) join a name's words and give no letter to its acronym."""


MIN_OWN_WORDS = 2
"""Words of a name, at its end, that may give its acronym alone: the first ones say whose it is (more than this)."""
MIN_TAIL = 3
"""Words of a name that opens with its owner's short form, of which the rest is the same body (more than this)."""


def strip_country(keys: Keys) -> tuple[Keys, str | None]:
    """Split the words of a name into those without its country, and the country's code.

    >>> strip_country(("japanese", "ministry", "of", "defence"))
    (('ministry', 'of', 'defence'), 'JP')
    """
    table = countries()
    keys = tuple(key for key in keys if key != "'s")
    for size in range(table.longest, 0, -1):
        if len(keys) > size + 1 and (code := table.code(keys[:size])):
            rest = keys[size:]
            return (rest[1:] if rest[0] == "of" else rest), code
    for size in range(table.longest, 0, -1):
        tail = keys[-size:]
        if len(keys) > size + 1 and keys[-size - 1] == "of" and (code := table.by_name.get(tail)):
            return keys[: -size - 1], code
    for size in range(table.longest, 0, -1):
        if keys[0] == "ministry" and len(keys) > size + 2 and (code := table.by_name.get(keys[-size:])):
            return keys[:-size], code  # "Ministry of Foreign Affairs Japan"
    return keys, None


def _initials(name: str) -> tuple[str, str]:
    """Return the first letters of the words of a name that are written large, and of all but its small joints.

    >>> _initials("Université de technologie de Lyon")
    ('UL', 'UTL')
    """
    words = name.replace("-", " ").split()
    large = "".join(word[0] for word in words if word[0].isupper())
    return large, "".join(word[0].upper() for word in words if len(word) > MIN_OWN_WORD or word[0].isupper())


def _core(keys: Keys) -> Keys:
    """Return a name without the words before it that only say whose or what kind ("Federal", "U.S.-PRC Bilateral")."""
    table, words = countries(), organisation_words()
    start = 0
    while len(keys) - start > 3:
        if keys[start] in words.loose or keys[start] == "-" or table.code(keys[start : start + 1]):
            start += 1
        elif table.code(keys[start : start + 2]):
            start += 2
        else:
            break
    return keys[start:]


class Register:
    """The bodies of one text, found by list row, by acronym and by the words of their names."""

    def __init__(self, words: Sequence[Word], text: str) -> None:
        self.words = words
        self.text = text
        self.bodies: list[Body] = []
        self._by_entry: dict[str, Body] = {}
        self._by_name: dict[tuple[Keys, str | None], Body] = {}
        self._by_acronym: dict[str, Body] = {}
        self._by_core: dict[Keys, Body] = {}
        self._by_prefix: dict[Keys, Body] = {}
        self._definitions = {d.name_end: d for d in definitions(words, text)}

    def add(self, candidate: Candidate) -> Body:
        """Join a candidate to the body it names, or open a new one."""
        start, end = self.words[candidate.start].start, self.words[candidate.end - 1].end
        surface = candidate.name or self.text[start:end]
        keys = name_keys(surface)
        base, country = strip_country(keys)
        country = country or self._country_beside(candidate)
        entry = self._entry(surface, keys, base, country)
        definition = self._definitions.get(candidate.end)
        defined = definition.acronym if definition else ""
        body = self._known(surface, keys, base, country, entry, candidate.source, defined)
        if body is None:
            body = Body(entry=entry, country=country)
            self.bodies.append(body)
        body.spans.append((start, end))
        body.forms.append(surface)
        body.sources.add(candidate.source)
        self._index(body, keys, base, country, entry)
        self._define(body, candidate, keys)
        return body

    def _known(
        self, surface: str, keys: Keys, base: Keys, country: str | None, entry: Entry | None, source: str, defined: str
    ) -> Body | None:
        if is_acronym(surface) and surface in self._by_acronym:
            return self._by_acronym[surface]
        if defined and len(keys) > 1 and defined in self._by_acronym:
            return self._by_acronym[defined]
        if entry and entry.id in self._by_entry:
            return self._by_entry[entry.id]
        if is_acronym(surface):
            of_acronym = [e for e in organisations().lookup(surface) if e.id in self._by_entry]
            if len(of_acronym) == 1 and (country is None or of_acronym[0].country == country):
                return self._by_entry[of_acronym[0].id]
            if body := self._spelt_out(surface):
                return body
        core = _core(base)
        body = self._by_name.get((keys, None)) or self._by_name.get((base, country)) or self._by_core.get(core)
        body = body or (self._by_prefix.get(base) if len(base) > 1 else None)
        if body is None and len(keys) == 1 and source == "slot":
            begun = [b for b in self.bodies if b.entry is None and name_keys(b.name)[0] == keys[0]]
            body = begun[0] if len(begun) == 1 else None  # "Lakeside" after "Lakeside Educational Corporation"
        if body is None and country is None:
            named = [b for (name, _), b in self._by_name.items() if name == base]
            body = named[0] if len({id(b) for b in named}) == 1 else None
        is_elsewhere = body is not None and country and body.country and body.country != country
        if is_elsewhere or (body and entry and body.entry and body.entry.id != entry.id):
            return None
        return body

    def _spelt_out(self, acronym: str) -> Body | None:
        """Return the one body of the text whose words begin with just these letters ("UT", University of Tokyo)."""
        if len(acronym) < 3 and organisations().lookup(acronym):
            return None
        bodies = [b for b in self.bodies if any(acronym in _initials(form) for form in b.forms)]
        return bodies[0] if len({id(body) for body in bodies}) == 1 else None

    def _index(self, body: Body, keys: Keys, base: Keys, country: str | None, entry: Entry | None) -> None:
        if entry and body.entry is None:
            body.entry = entry
        if body.entry:
            self._by_entry.setdefault(body.entry.id, body)
        if entry is None or entry.country:
            body.country = body.country or country
        if len(core := _core(base)) > 2 and (core != base or core != keys or len(core) > 2):
            self._by_core.setdefault(core, body)
        if len(keys) > MIN_TAIL and is_acronym(body.forms[-1].split()[0]):
            self._by_name.setdefault((keys[1:], None), body)  # "VMU Centre for Asian Studies", later without "VMU"
        prefix = next((base[:i] for i, key in enumerate(base) if key in ("on", "for") and i > 1), None)
        if prefix:
            self._by_prefix.setdefault(prefix, body)
        if country is None or len(base) == len(keys):
            self._by_name.setdefault((base, country), body)
        else:
            self._by_name.setdefault((base, country), body)
            self._by_name.setdefault((keys, None), body)

    def _define(self, body: Body, candidate: Candidate, keys: Keys) -> None:
        definition = self._definitions.get(candidate.end)
        acronym = definition.acronym if definition else self._short_form_before(candidate, keys)
        if acronym is None:
            return
        owners = organisations().lookup(acronym)
        is_own = any(agrees(acronym, keys[i:]) for i in range(max(len(keys) - MIN_OWN_WORDS, 1)))
        is_own = is_own or agrees(acronym, strip_country(keys)[0])
        is_known_as = body.entry is not None and any(owner.id == body.entry.id for owner in owners)
        if body.entry is None and len(owners) == 1 and len(keys) > 2 and kind_of(body.forms[-1]) == owners[0].type:
            body.entry = owners[0]  # "Ministère de l’Économie, du Commerce et de l’Industrie (METI)"
            self._by_entry.setdefault(owners[0].id, body)
            is_known_as = True
        if is_known_as or is_own or (not owners and not is_acronym(body.forms[-1]) and "/" not in acronym):
            body.acronym = body.acronym or acronym
            self._by_acronym.setdefault(acronym, body)

    def _short_form_before(self, candidate: Candidate, keys: Keys) -> str | None:
        """Return the short form that the name explains: "NIDS (National Institute for …)", "NIDS – National …"."""
        words, start, end = self.words, candidate.start, candidate.end
        if start < 2 or words[start].breaks or words[start - 1].breaks:
            return None
        is_bracket = words[start - 1].text in "([" and end < len(words) and words[end].text in ")]"
        is_dash = words[start - 1].text in "–—-:" and words[start].start > words[start - 1].end
        if not is_bracket and not is_dash:
            return None
        form = words[start - 2].text
        return form if is_acronym(form) and agrees(form, keys) else None

    def _entry(self, surface: str, keys: Keys, base: Keys, country: str | None) -> Entry | None:
        entries = organisations().lookup(surface)
        if not entries and base != keys:
            entries = tuple(e for e in organisations().lookup(" ".join(base)) if e.country == country)
        if len(entries) > 1 and country:
            entries = tuple(e for e in entries if e.country == country)
        if len(entries) != 1:
            return None
        entry = entries[0]
        is_foreign = country and entry.country and entry.country != country and entry.type in ("government", "military")
        return None if is_foreign else entry

    def _country_beside(self, candidate: Candidate) -> str | None:
        """Return the country that the text puts beside a name: "Japan's Ministry …", "Ministry … (MOFA), Japan"."""
        words, table = self.words, countries()
        start, at = candidate.start, candidate.end
        if start >= 2 and words[start - 1].kind == "possessive":
            for size in (3, 2, 1):
                if code := table.by_name.get(tuple(w.key for w in words[max(start - 1 - size, 0) : start - 1])):
                    return code
        definition = self._definitions.get(at)
        if definition:
            at = definition.end + 1
        if at + 1 >= len(words) or words[at].breaks or words[at].text not in (",", "(", "of"):
            return None
        at += 2 if words[at + 1].key == "the" else 1
        for size in range(table.longest, 0, -1):
            if code := table.by_name.get(tuple(w.key for w in words[at : at + size])):
                return code
        return None


def name_ministries(bodies: Sequence[Body], text: str) -> None:
    """Give the one ministry of its kind in a text the short form that the text uses for it: "the MoD"."""
    for short, beginning in read_toml("organisation_grammar")["ministries"].items():
        named = [body for body in bodies if beginning in fold(body.name)]
        if len(named) == 1 and named[0].acronym is None and re.search(rf"\b{short}\b", text):
            named[0].acronym = short
