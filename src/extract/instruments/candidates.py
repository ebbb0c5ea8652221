"""Where instruments may be named: the shipped list, head nouns, "Operation X", definitions in brackets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.gazetteer import Word, instruments, organisations
from extract.gazetteer.acronyms import Definition, agrees, definitions
from extract.instruments.candidate import Candidate, over_years
from extract.instruments.languages import by_compound, by_romance_head
from extract.instruments.numbered import by_number
from extract.instruments.short_forms import stands_alone, stands_between
from extract.instruments.vocabulary import InstrumentWords, instrument_words
from extract.instruments.wordings import CODENAMES, by_codename, by_lower_case, by_quotes, by_subject
from extract.organisations.affiliations import from_brackets
from extract.organisations.grammar import Grammar, Phrase
from extract.organisations.reading import Reading
from extract.organisations.slots import from_host_lists, from_invitations
from extract.organisations.vocabulary import countries, organisation_words
from extract.vocabularies import words_of

_UNITS = frozenset(words_of("instrument_words", "grammar", "units"))
_SCHOOLS = frozenset(words_of("instrument_words", "grammar", "schools"))
_IN_PURPOSES = frozenset(words_of("instrument_words", "grammar", "in_purposes"))
MAX_PURPOSE = 20
"""Words of a purpose behind its first verb."""
MAX_TITLE = 25
"""How far back (words) the quotation mark that opens a title is looked for."""
TITLE_WORDS = 30
"""The first words of a document, in which its title stands."""


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield candidates of every kind; they may overlap."""
    vocabulary = instrument_words()
    words = reading.words
    grammar = Grammar(words, reading.known, reading.person_words, vocabulary.walk, nests=True)
    defined = {d.name_end: d for d in definitions(words, reading.text)}
    held = _held_by_bodies(reading)
    for match in instruments().find(words):
        is_inside = any(
            s <= match.start and match.end <= e and e - s > match.end - match.start for s, e in reading.known
        )
        if not is_inside and (not match.is_acronym or stands_alone(match.form) or stands_between(words, match)):
            yield Candidate(match.start, over_years(words, match.end), match.entries[0].type, match.entries[0])
    yield from by_codename(words, grammar)
    yield from by_lower_case(words, vocabulary)
    yield from by_subject(words, grammar, vocabulary)
    yield from by_quotes(words)
    yield from by_number(words)
    yield from by_romance_head(words, grammar, vocabulary)
    yield from by_compound(words, grammar, vocabulary)
    for phrase in grammar.phrases:
        candidate = _by_head(words, grammar, phrase, defined, vocabulary)
        if candidate and not any(s <= candidate.start and candidate.end <= e for s, e in held):
            yield candidate


def _held_by_bodies(reading: Reading) -> list[tuple[int, int]]:
    """Return the words of organisations' names: "Office of … Policy", hosts and affiliations called "… Project"."""
    words, grammar = reading.words, reading.grammar
    spans = reading.known
    spans += [(phrase.start, phrase.end) for phrase in grammar.phrases if not phrase.is_weak]
    slots = (
        *from_brackets(words, grammar),
        *from_host_lists(words, reading.text, grammar, reading.cues),
        *from_invitations(words, reading.text, grammar, reading.cues),
    )
    return spans + [(c.start, c.end) for c in slots]


def _by_head(
    words: Sequence[Word], grammar: Grammar, phrase: Phrase, defined: dict[int, Definition], vocabulary: InstrumentWords
) -> Candidate | None:
    start, end = phrase.start, phrase.end
    head = words[phrase.head].key
    if head in CODENAMES:
        return None
    if words[phrase.head].text.isupper() and len(words[phrase.head].text) > 3 and _is_shouted(words, start, end):
        return None
    after = words[end] if end < len(words) and not words[end].breaks else None
    if after is not None and after.key in vocabulary.followed_by and after.text[0].isupper():
        return None
    if after is not None and after.text[0].isupper() and after.key in vocabulary.walk.weak & _UNITS:
        return None  # "Space Policy Initiative": the longer name is judged by itself
    if (words[phrase.head - 1].key, head) in vocabulary.plain and phrase.head > start:
        return None
    if head in _UNITS and (_is_of_a_body(words, grammar, phrase) or _is_owned_by_a_body(words, grammar, start)):
        return None
    if head == "law" and start > 1 and words[start - 1].key == "of" and words[start - 2].key in _SCHOOLS:
        return None  # "Faculty of Law of the University of …"
    kind = _type_at(words, phrase.head, vocabulary)
    if _follows(words, start, vocabulary) or (kind == "law" and _is_legal_basis(words, start, vocabulary)):
        return None
    end = _before_addressee(words, grammar, phrase.head, end)
    end = over_years(words, _over_parties(words, grammar, phrase.head, end))
    end = _over_purpose(words, grammar, phrase.head, end)
    definition = defined.get(end) or defined.get(phrase.end)
    if (
        head in vocabulary.walk.weak
        and not definition
        and (_is_in_a_list(words, start, end) or _is_in_a_title(words, start, end))
    ):
        return None
    is_own = phrase.end - phrase.head > 3 or any(phrase.start <= known < phrase.head for known in grammar.known_at)
    if not definition and not is_own and grammar.is_indefinite(start):
        return None
    if kind == "dialogue" and _is_the_event(words, phrase):
        return None
    if definition and not agrees(definition.acronym, [w.key for w in words[start:end] if w.kind != "mark"]):
        start = _start_for(words, definition, phrase.head, start) or start
    has_year = end > phrase.end
    if (
        head in vocabulary.walk.weak
        and not definition
        and not has_year
        and not _has_owner(words, grammar, phrase, vocabulary)
    ):
        return None
    modifiers = [w for w in words[start : phrase.head] if w.kind == "word" and w.key not in vocabulary.walk.generic]
    if (
        not modifiers
        and phrase.end == phrase.head + 1
        and not definition
        and not (has_year and phrase.start < phrase.head)
    ):
        return None
    return Candidate(start, end, kind)


def _over_parties(words: Sequence[Word], grammar: Grammar, head: int, end: int) -> int:
    """Go on over "… between Australia" + "and Japan", "… between Tokyo" + "and NATO"."""
    if end + 1 >= len(words) or words[end].key != "and" or not any(w.key == "between" for w in words[head:end]):
        return end
    table = countries()
    at = end + 1 + (words[end + 1].key == "the")
    sizes = (n for n in range(table.longest, 0, -1) if table.code(tuple(w.key for w in words[at : at + n])))
    size = next(sizes, 0)
    return at + size if size else grammar.known_at.get(at, end)


def _over_purpose(words: Sequence[Word], grammar: Grammar, head: int, end: int) -> int:
    """Go on over "… to Prevent" + ", Combat and Eradicate the Illicit Trade in Small Arms"."""
    if end - head < 2 or words[end - 2].key != "to" or not grammar.inside(end) or words[end].text not in (",", "and"):
        return end
    at, seen = end, False
    while grammar.inside(at) and at - end < MAX_PURPOSE:
        is_joint = words[at].text == "," and not seen
        seen = seen or words[at].key == "and"
        if not (is_joint or grammar.is_capital(at) or words[at].key in _IN_PURPOSES):
            break
        at += 1
    while at > end and not grammar.is_capital(at - 1):
        at -= 1
    return at if seen else end


def _before_addressee(words: Sequence[Word], grammar: Grammar, head: int, end: int) -> int:
    """Stop before who gets a plan: "Action Plan" + "to the European Commission"."""
    for index in range(head + 1, end - 1):
        is_body = index + 1 + (words[index + 1].key == "the") in grammar.known_at or any(
            organisation_words().is_head(word.key) for word in words[index + 1 : end]
        )
        if words[index].key == "to" and is_body:
            return index
    return end


def _is_of_a_body(words: Sequence[Word], grammar: Grammar, phrase: Phrase) -> bool:
    """Tell a body's department from an instrument: "Security Studies Program of the Harbour Foundation"."""
    at = phrase.head + 1
    if at + 1 >= len(words) or words[at].key not in ("of", "at") or words[at].breaks:
        return False
    at += 2 if words[at + 1].key == "the" else 1
    is_known = at in grammar.known_at and grammar.known_at[at] - at > 1
    return is_known or any(organisation_words().is_head(word.key) for word in words[at : phrase.end])


def _is_owned_by_a_body(words: Sequence[Word], grammar: Grammar, start: int) -> bool:
    """Tell "Larch House’s Digital Society Programme", a department, from "NATO’s Partnership for Peace programme"."""
    if start < 2 or words[start - 1].kind != "possessive":
        return False
    owner = next((s for s, e in grammar.known_at.items() if e == start - 1), None)
    entries = organisations().lookup(" ".join(w.text for w in words[owner : start - 1])) if owner is not None else ()
    is_academic = any(entry.type in ("think_tank", "university", "ngo") for entry in entries)
    return is_academic or organisation_words().is_head(words[start - 2].key)


def _is_in_a_list(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether commas stand on both sides: an item of a list or of somebody's affiliation."""
    after = words[end] if end < len(words) and not words[end].breaks else None
    return start > 0 and words[start - 1].text in ",;" and after is not None and after.text in ",;"


def _is_in_a_title(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether quotation marks hold more than these words: the title of a talk, which names no instrument."""
    at = start
    while at > 0 and not words[at].breaks and start - at < MAX_TITLE:
        at -= 1
        if words[at].text in "”»":
            return False
        if words[at].text in "“„«":
            return start - at > 2
    return False


def _is_the_event(words: Sequence[Word], phrase: Phrase) -> bool:
    """Tell whether a dialogue is the one that the title announces: an event, not an instrument it is about."""
    keys = [word.key for word in words[:TITLE_WORDS]]
    tail = [word.key for word in words[phrase.head - 1 : phrase.head + 1]]
    return any(keys[i : i + 2] == tail for i in range(len(keys) - 1))


def _start_for(words: Sequence[Word], definition: Definition, head: int, start: int) -> int | None:
    """Return the start, further right than `start`, from which the words agree with the acronym in brackets."""
    for at in range(start + 1, head):
        if agrees(definition.acronym, [w.key for w in words[at : definition.name_end] if w.kind != "mark"]):
            return None if words[at - 1].text in "-–" else start
    return None


def _has_owner(words: Sequence[Word], grammar: Grammar, phrase: Phrase, vocabulary: InstrumentWords) -> bool:
    """Tell whether a weak head is made a name by a country, a body, two words of its own, or a subject after it."""
    modifiers = [w for w in words[phrase.start : phrase.head] if w.kind == "word" or w.kind == "initials"]
    table = countries()
    owned = any(table.code((w.key,)) for w in modifiers) or any(
        phrase.start <= k < phrase.head for k in grammar.known_at
    )
    goes_on = phrase.end > phrase.head + 1
    own = [w for w in modifiers if w.key not in vocabulary.walk.generic and w.key not in ("and", "et", "und")]
    if _is_line(words, phrase.start, phrase.end) or (phrase.start and words[phrase.start - 1].key == "at"):
        return False
    if words[phrase.head].key in vocabulary.owned and not owned:
        return goes_on and (bool(modifiers) or len(words[phrase.head + 1 : phrase.end]) > 3)
    if goes_on:
        return bool(modifiers) or len(words[phrase.head + 1 : phrase.end]) > 1
    if words[phrase.head].key in vocabulary.programmes and sum(w.key not in vocabulary.topics for w in modifiers) < 2:
        return False  # "Asia Programme", "Global Affairs Program": a think tank's department
    if words[phrase.head].key == "policy" and len(modifiers) < 2:
        return False  # "US Policy"
    if owned:
        return len(modifiers) > 1 or _type_at(words, phrase.head, vocabulary) in ("strategy", "programme")
    is_known_pair = len(modifiers) >= 2 and (len(own) >= 1 or words[phrase.head].key in ("strategy", "act"))
    return is_known_pair or (
        len(own) >= 1 and words[phrase.head].key in ("strategy", "act", "initiative", "plan", "fund", "directive")
    )


def _is_line(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether a phrase is a line of its own: a heading, not a name used in a sentence."""
    return words[start].breaks and (end == len(words) or words[end].breaks)


def _is_shouted(words: Sequence[Word], start: int, end: int) -> bool:
    return all(w.text.isupper() for w in words[start:end] if w.kind == "word")


def _follows(words: Sequence[Word], start: int, vocabulary: InstrumentWords) -> bool:
    before = tuple(word.key for word in words[max(start - 3, 0) : start])
    return any(before[-size:] in vocabulary.preceded_by for size in (2, 3))


def _is_legal_basis(words: Sequence[Word], start: int, vocabulary: InstrumentWords) -> bool:
    """Tell whether a notice cites this law: "Pursuant to the … Act, the … Act of 1976 and title 41 …"."""
    for index in range(start - 1, max(start - 25, -1), -1):
        if words[index].key in vocabulary.legal_basis:
            return True
        if words[index].text == "." or words[index + 1].breaks:
            return False
    return False


def _type_at(words: Sequence[Word], head: int, vocabulary: InstrumentWords) -> str | None:
    for size in (3, 2, 1):
        if kind := vocabulary.type_of_head.get(tuple(w.key for w in words[max(head - size + 1, 0) : head + 1])):
            return kind
    return None
