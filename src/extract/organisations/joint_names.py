"""Bodies of one kind named together: "Embassies of Norway and Japan", "Foreign and Defence Ministries of Japan"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.gazetteer import Word
from extract.organisations.candidates import Candidate
from extract.organisations.vocabulary import countries, organisation_words

_SINGULAR = {
    "embassies": "Embassy", "missions": "Mission", "delegations": "Delegation", "consulates": "Consulate",
    "ministries": "Ministry", "ambassades": "Ambassade", "botschaften": "Botschaft", "embajadas": "Embajada",
    "ambasciate": "Ambasciata", "navies": "Navy", "governments": "Government",
}  # fmt: skip
"""What each plural is for one body, by its folded form."""
_OF = frozenset(["of", "de", "du", "des", "del", "della", "von", "da"])
_ARTICLES = frozenset(["the", "la", "le", "les", "l", "el", "der", "die"])
_AND = frozenset(["and", "et", "und", "y", "e", "en", "&", "as", "well"])
_NO_BODIES = frozenset(["governments"])
MAX_MEMBERS = 8


def from_joint_names(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield one candidate for each body, with its full name, at the words that are its own."""
    for head, word in enumerate(words):
        if word.key not in _SINGULAR or word.key in _NO_BODIES or not word.text[0].isupper():
            continue
        before = _modifiers(words, head)
        parties = list(_parties(words, head + 1))
        if len(parties) > 1:
            yield from _of_parties(words, head, before, parties)
        elif head - before > 1 and _joint_adjectives(words, before, head):
            yield from _of_adjectives(words, before, head)


def _modifiers(words: Sequence[Word], head: int) -> int:
    """Return where the words in capitals before a plural begin: "Permanent" of "Permanent Missions"."""
    at = head
    while at and not words[at].breaks and (words[at - 1].text[0].isupper() or words[at - 1].key in _AND):
        at -= 1
    while at < head and (words[at].key in _AND or words[at].key in organisation_words().not_first):
        at += 1
    return at


def _parties(words: Sequence[Word], at: int) -> Iterator[tuple[int, int]]:
    """Yield the countries of the list that begins with "of" at `at`."""
    if at >= len(words) or words[at].key not in _OF or words[at].breaks:
        return
    at += 1
    for _ in range(MAX_MEMBERS):
        while at < len(words) and not words[at].breaks and (words[at].key in _ARTICLES or words[at].text in "'’"):
            at += 1
        size = _country_size(words, at)
        if not size:
            return
        yield at, at + size
        at += size
        joint = at
        while at < len(words) and not words[at].breaks and (words[at].key in _AND or words[at].text == ","):
            at += 1
        if at == joint:
            return


def _country_size(words: Sequence[Word], at: int) -> int:
    table = countries()
    sizes = range(min(table.longest, len(words) - at), 0, -1)
    return next((n for n in sizes if tuple(w.key for w in words[at : at + n]) in table.by_name), 0)


def _of_parties(
    words: Sequence[Word], head: int, before: int, parties: Sequence[tuple[int, int]]
) -> Iterator[Candidate]:
    """Yield "Embassy of Japan" and "Embassy of Norway" for "Embassies of Japan and Norway"."""
    own = [word.text for word in words[before:head]]
    name = " ".join([*own, _SINGULAR[words[head].key], words[head + 1].text])
    for number, (start, end) in enumerate(parties):
        country = " ".join(word.text for word in words[start:end])
        end = _accredited(words, end) if number == len(parties) - 1 else end
        yield Candidate(start if number else before, end, "joint", name=f"{name} {country}")


def _accredited(words: Sequence[Word], end: int) -> int:
    """Return where "to the United Nations" behind missions ends, `end` where nothing such follows."""
    at = end
    if at + 2 >= len(words) or words[at].key != "to" or words[at].breaks:
        return end
    at += 2 if words[at + 1].key in _ARTICLES else 1
    first = at
    while at < len(words) and not words[at].breaks and words[at].text[0].isupper():
        at += 1
    return at if at > first else end


def _joint_adjectives(words: Sequence[Word], start: int, head: int) -> bool:
    """Tell "Japanese and Norwegian", "Foreign and Defence" before a plural."""
    return any(word.key in _AND for word in words[start + 1 : head - 1])


def _of_adjectives(words: Sequence[Word], start: int, head: int) -> Iterator[Candidate]:
    """Yield "Japanese Embassy" and "Norwegian Embassy", each with what stands behind the plural."""
    cut = next(i for i in range(start + 1, head - 1) if words[i].key in _AND)
    singular = _SINGULAR[words[head].key]
    parties = list(_parties(words, head + 1))
    end = parties[0][1] if parties else head + 1
    tail = "".join(f" {word.text}" for word in words[head + 1 : end])
    first = " ".join(word.text for word in words[start:cut])
    second = " ".join(word.text for word in words[cut + 1 : head])
    yield Candidate(start, cut, "joint", name=f"{first} {singular}{tail}")
    yield Candidate(cut + 1, end, "joint", name=f"{second} {singular}{tail}")
