"""Names of the shipped list in a text: where a body is meant, and how far its name reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.gazetteer import Match, Word, instruments, name_keys, organisations
from extract.gazetteer.acronyms import agrees, definitions, looks_short
from extract.organisations.candidates import Candidate
from extract.organisations.country_tails import over_country
from extract.organisations.hosting import names_event
from extract.organisations.vocabulary import countries, organisation_words
from extract.vocabularies import read_toml, words_of

_TELLING_BEFORE = frozenset(words_of("organisation_grammar", "listed", "telling_before"))
_AT = frozenset(words_of("organisation_grammar", "listed", "at"))
_OF_THEIR_EVENTS = frozenset(words_of("organisation_grammar", "listed", "of_their_events"))
_WORDS = frozenset(words_of("organisation_grammar", "listed", "words"))
_WITH_BRANCHES = frozenset(["think_tank", "ngo", "company", "military"])
_LOCATIVE = frozenset(words_of("organisation_grammar", "listed", "locative"))
_MARKS = frozenset("'’")


def from_list(words: Sequence[Word], matches: Iterable[Match], text: str) -> Iterator[Candidate]:
    """Yield the names that the shipped list knows; ambiguous ones only where an organisation is meant."""
    ambiguous = organisation_words().ambiguous
    own = _own_acronyms(words, text)
    matches = list(matches)
    owners = {match.end: match for match in matches}
    for match in matches:
        keys = tuple(word.key for word in words[match.start : match.end])
        if match.is_acronym and (_is_number(words, match) or not own.get(match.form, True)):
            continue
        if match.is_acronym and _is_zone(words, match):
            continue
        if match.form.startswith("The ") and match.end - match.start == 1 and not _has_article(words, match.start):
            continue
        if compound := _compound(words, match):
            yield compound
            continue
        is_weak = keys in ambiguous and not is_told(words, match.start, match.end)
        is_weak = is_weak or (match.is_acronym and match.form in _WORDS and _is_shouted(words, match))
        is_weak = is_weak or _is_instruments(words, match)
        is_weak = is_weak or _goes_on_as_subject(words, match)
        is_weak = is_weak or is_building(words, match.start, keys) or _is_in_title(words, match)
        start, end = widen(words, match)
        end = _over_branch(words, match, end)
        owner = owners.get(start - 1)
        if owner and words[start - 1].kind == "possessive" and _is_part_of(match, owner):
            start = owner.start
        yield Candidate(start, end, "list", is_weak)


def _over_branch(words: Sequence[Word], match: Match, end: int) -> int:
    """Go on over the country of a branch abroad: "RUSI Japan", "Lockheed Martin UK", not "RUSI Japan Chair"."""
    entry = match.entries[0]
    if end != match.end or entry.type not in _WITH_BRANCHES or len(match.entries) > 1:
        return end
    table = countries()
    for size in (2, 1):
        keys = tuple(word.key for word in words[end : end + size])
        code = table.by_name.get(keys) if len(keys) == size else None
        if code is None or code == entry.country or any(word.breaks for word in words[end : end + size]):
            continue
        after = words[end + size] if end + size < len(words) and not words[end + size].breaks else None
        goes_on = after is not None and (
            after.kind == "possessive" or after.text[0].isupper() or after.text in "-–’'/&" or after.key == "and"
        )
        return end if goes_on else end + size
    return end


def _is_part_of(match: Match, owner: Match) -> bool:
    """Tell whether a listed sub-unit belongs to the body whose genitive stands before: "NATO's … Division"."""
    parents = {entry.parent_id for entry in match.entries}
    is_unit = not organisation_words().units.isdisjoint(name_keys(match.form))
    return is_unit and any(entry.id in parents for entry in owner.entries)


def _has_article(words: Sequence[Word], start: int) -> bool:
    """Tell whether "the" stands before: "The Economist" is a paper, "Chief Economist" a post."""
    return start > 0 and words[start - 1].key == "the"


def _is_instruments(words: Sequence[Word], match: Match) -> bool:
    """Tell whether a short form is an agreement's or programme's as well, and no organisation is meant: "EPA"."""
    if not match.is_acronym or not instruments().lookup(match.form):
        return False
    before = [word for word in words[max(match.start - 2, 0) : match.start] if word.key != "the"]
    after = words[match.end] if match.end < len(words) else None
    is_listed = len(before) == 2 and before[1].text == "," and not instruments().lookup(before[0].text)
    is_at = bool(before) and before[-1].key in _AT
    return not is_at and not is_listed and not (after is not None and after.kind == "possessive")


def _is_shouted(words: Sequence[Word], match: Match) -> bool:
    """Tell whether a word in capitals stands among others: "WHO WILL ATTEND"."""
    near = [
        w for w in (*words[max(match.start - 2, 0) : match.start], *words[match.end : match.end + 2]) if len(w.text) > 2
    ]
    return any(w.text.isupper() and w.text.isalpha() for w in near)


def _goes_on_as_subject(words: Sequence[Word], match: Match) -> bool:
    """Tell "Department of War Studies" from the Department of War."""
    if match.is_acronym or match.end >= len(words) or words[match.end].breaks:
        return False
    after = words[match.end]
    is_government = any(entry.type == "government" for entry in match.entries)
    return is_government and after.text[0].isupper() and after.key in ("studies", "science", "sciences", "history")


def is_building(words: Sequence[Word], start: int, keys: tuple[str, ...]) -> bool:
    """Tell whether a name that is also a building's is for the place: "at the White House"."""
    if keys not in organisation_words().buildings or start < 2:
        return False
    before = [word.key for word in words[max(start - 3, 0) : start]]
    if before[-1] in _MARKS and before[-2] == "l":
        return before[0] in _LOCATIVE
    return (before[-1] == "the" and before[-2] in _LOCATIVE) or before[-2:] == ["regle", "de"]


def _is_in_title(words: Sequence[Word], match: Match) -> bool:
    following = tuple(word.key for word in words[match.end : match.end + 2])
    return any(following[:size] in organisation_words().titles for size in (1, 2))


def _own_acronyms(words: Sequence[Word], text: str) -> dict[str, bool]:
    """Return the acronyms that the text defines itself: True where its words are a listed body's, False otherwise."""
    listed: dict[str, bool] = {}
    for definition in definitions(words, text):
        before = [w for w in words[max(definition.name_end - 10, 0) : definition.name_end] if w.kind != "mark"]
        after = [w.key for w in words[definition.end + 1 : definition.end + 1]]
        for size in range(len(before), 1, -1):
            if agrees(definition.acronym, [w.key for w in before[-size:]]) and not after:
                name = " ".join(w.text for w in before[-size:])
                listed[definition.acronym] = listed.get(definition.acronym, False) or bool(
                    _entries(definition.acronym, name)
                )
                break
    for index, word in enumerate(words[:-2]):
        if words[index + 1].text == "(" and looks_short(word.text):
            inside = [w.key for w in words[index + 2 : index + 12] if w.kind != "mark"]
            stop = next((i for i in range(index + 2, min(index + 14, len(words))) if words[i].text == ")"), 0)
            inside = [w.key for w in words[index + 2 : stop] if w.kind != "mark"]
            if len(inside) > 1 and agrees(word.text, inside):
                name = text[words[index + 2].start : words[stop - 1].end]
                listed[word.text] = bool(_entries(word.text, name))
    return listed


def _entries(acronym: str, name: str) -> set[str]:
    """Return the ids of listed bodies that have both this acronym and these words in their name."""
    keys = set(name_keys(name)) - {"of", "for", "and", "the"}
    return {e.id for e in organisations().lookup(acronym) if any(keys <= set(name_keys(form)) for form in e.forms)}


def _is_number(words: Sequence[Word], match: Match) -> bool:
    """Tell whether an acronym is a part of a code: "10 CFR", "ACT-1"."""
    before = words[match.start - 1] if match.start else None
    after = words[match.end : match.end + 2]
    is_joined = len(after) == 2 and after[0].text == "-" and after[0].start == words[match.end - 1].end
    return (is_joined and after[1].text.isdigit()) or (
        before is not None and before.text.isdigit() and len(match.form) == 3
    )


def _is_zone(words: Sequence[Word], match: Match) -> bool:
    """Tell a time zone from a body: "9:00 – 16:00 (JST)", "4 PM JST"."""
    if match.form not in read_toml("zones")["abbreviations"]:
        return False
    before = words[max(match.start - 3, 0) : match.start]
    return any(word.text[0].isdigit() or word.key in ("am", "pm", "m") for word in before)


def _compound(words: Sequence[Word], match: Match) -> Candidate | None:
    """Return the whole of a hyphened short name that begins with a known one: "UN-GGIM-AP", not "EU-Japan"."""
    if not match.is_acronym:
        return None
    end = match.end
    while end + 1 < len(words) and words[end].text == "-" and words[end].start == words[end - 1].end:
        part = words[end + 1]
        if part.start != words[end].end or not part.text.isupper() or len(part.text) < 2 or part.kind != "word":
            break
        if part.text[-1].isdigit():
            break  # "NATO-IP4"
        if end == match.end and (countries().code((part.key,)) or organisations().lookup(part.text)):
            break
        end += 2
    return Candidate(match.start, end, "list") if end > match.end else None


def widen(words: Sequence[Word], match: Match) -> tuple[int, int]:
    """Return the match with the country that qualifies it: "Japanese Ministry …", "Ministry … of the Philippines"."""
    start, end = match.start, match.end
    if all(entry.type not in ("government", "military") for entry in match.entries):
        return start, end
    table = countries()
    for size in (2, 1):
        before = words[max(start - size, 0) : start]
        if len(before) == size and not words[start].breaks and table.code(tuple(word.key for word in before)):
            start -= size
            break
    return start, over_country(words, end)


def is_told(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether the words around an ambiguous name say that an organisation is meant."""
    before = words[start - 1] if start and not words[start].breaks else None
    after = words[end] if end < len(words) and not words[end].breaks else None
    if after is not None and after.kind == "possessive":
        return True
    if before is None:
        return False
    if before.key in _OF_THEIR_EVENTS and after is not None and after.text.islower() and names_event(after.text):
        return True
    if before.key in _TELLING_BEFORE and (after is None or not after.text[0].isupper()):
        return True
    if before.key == "and" and start > 1 and words[start - 2].text.isupper() and len(words[start - 2].text) > 1:
        return True
    closes = after is None or after.text in ")/,;.|&" or after.key == "and"
    return before.text in "(/,|;&–" and closes
