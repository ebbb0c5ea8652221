"""Where organisations may be named: the shipped list, word patterns, slots after names, the entity recogniser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extract.gazetteer import Match, Word, name_keys, organisations
from extract.gazetteer.acronyms import agrees, definitions, looks_short
from extract.gazetteer.words import keyset
from extract.organisations.grammar import Grammar, Phrase
from extract.organisations.vocabulary import countries, organisation_words

_TELLING_BEFORE = keyset("at from by joining joined with of the via between like including")
_WORDS = keyset("WHO ACT AID ICE IT CARE CAP CAR ARM MAP AIM NOW EAR")
_LOCATIVE = keyset("at to outside inside near into")
_LINE_STARTS = frozenset("*-•–·▪◦o")
_LIST_MARKS = frozenset("/,;&")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words [start, end) that may name an organisation, and what made us think so.

    `name` is the full name where the words are a part of a joint form ("Ministries of Trade and Defence").
    """

    start: int
    end: int
    source: str
    is_weak: bool = False
    name: str | None = None


def from_list(words: Sequence[Word], matches: Iterable[Match], text: str) -> Iterator[Candidate]:
    """Yield the names that the shipped list knows; ambiguous ones only where an organisation is meant."""
    ambiguous = organisation_words().ambiguous
    own = _own_acronyms(words, text)
    for match in matches:
        keys = tuple(word.key for word in words[match.start : match.end])
        if match.is_acronym and (_is_number(words, match) or not own.get(match.form, True)):
            continue
        if compound := _compound(words, match):
            yield compound
            continue
        is_weak = keys in ambiguous and not is_told(words, match.start, match.end)
        is_weak = is_weak or (match.is_acronym and match.form in _WORDS and _is_shouted(words, match))
        is_weak = is_weak or _goes_on_as_subject(words, match)
        is_weak = is_weak or _is_building(words, match, keys) or _is_in_title(words, match)
        yield Candidate(*widen(words, match), "list", is_weak)


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


def _is_building(words: Sequence[Word], match: Match, keys: tuple[str, ...]) -> bool:
    if keys not in organisation_words().buildings or match.start < 2 or words[match.start - 1].key != "the":
        return False
    return words[match.start - 2].key in _LOCATIVE


def _is_in_title(words: Sequence[Word], match: Match) -> bool:
    following = tuple(word.key for word in words[match.end : match.end + 2])
    return following in organisation_words().titles


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


def _compound(words: Sequence[Word], match: Match) -> Candidate | None:
    """Return the whole of a hyphened short name that begins with a known one: "UN-GGIM-AP", not "EU-Japan"."""
    if not match.is_acronym:
        return None
    end = match.end
    while end + 1 < len(words) and words[end].text == "-" and words[end].start == words[end - 1].end:
        part = words[end + 1]
        if part.start != words[end].end or not part.text.isupper() or len(part.text) < 2 or part.kind != "word":
            break
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
    return start, _over_country(words, end)


def _over_country(words: Sequence[Word], end: int) -> int:
    if end >= len(words) or words[end].key != "of" or words[end].breaks:
        return end
    at = end + 1
    if at < len(words) and words[at].key == "the":
        at += 1
    for size in range(min(countries().longest, len(words) - at), 0, -1):
        if tuple(word.key for word in words[at : at + size]) in countries().by_name:
            return at + size
    return end


def is_told(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether the words around an ambiguous name say that an organisation is meant."""
    before = words[start - 1] if start and not words[start].breaks else None
    after = words[end] if end < len(words) and not words[end].breaks else None
    if after is not None and after.kind == "possessive":
        return True
    if before is None:
        return False
    if before.key in _TELLING_BEFORE and (after is None or not after.text[0].isupper()):
        return True
    if before.key == "and" and start > 1 and words[start - 2].text.isupper() and len(words[start - 2].text) > 1:
        return True
    closes = after is None or after.text in ")/,;.|&" or after.key == "and"
    return before.text in "(/,|;&–" and closes


def from_patterns(grammar: Grammar) -> Iterator[Candidate]:
    """Yield names found by their head nouns."""
    for phrase in grammar.phrases():
        joint = list(_joint(grammar.words, phrase)) if grammar.words[phrase.head].key in _PLURALS else []
        yield from joint or [Candidate(phrase.start, phrase.end, "pattern", phrase.is_weak)]


def _joint(words: Sequence[Word], phrase: Phrase) -> Iterator[Candidate]:
    """Split "Ministries of Foreign Affairs and Defence": two bodies, each with its full name."""
    head = phrase.head
    cut = next((i for i in range(head + 2, phrase.end - 1) if words[i].key in ("and", "et", "und", "y", "e")), None)
    if cut is None or head + 1 >= phrase.end or words[head + 1].key not in ("of", "for", "de"):
        return
    end = next((i for i in range(cut + 2, phrase.end) if words[i].key == "of"), phrase.end)
    singular = f"{_PLURALS[words[head].key]} {words[head + 1].text} "
    first = " ".join(word.text for word in words[head + 2 : cut])
    second = " ".join(word.text for word in words[cut + 1 : end])
    yield Candidate(phrase.start, cut, "pattern", name=singular + first + _tail(words, end, phrase.end))
    yield Candidate(cut + 1, phrase.end, "pattern", name=singular + second + _tail(words, end, phrase.end))


def _tail(words: Sequence[Word], start: int, end: int) -> str:
    return "".join(" " + word.text for word in words[start:end])


_PLURALS = {
    "ministries": "Ministry", "departments": "Department", "universities": "University", "embassies": "Embassy",
    "ministeres": "Ministère", "ministerios": "Ministerio",
}  # fmt: skip
_SUFFIXES = (
    "大学院", "大学", "研究所", "研究院", "省", "庁", "財団", "協会", "委員会", "機構", "学会", "大使館", "自衛隊", "新聞社", "銀行",
    "連合", "国会", "政府", "会社", "研究センター",
)  # fmt: skip


def from_japanese(words: Sequence[Word]) -> Iterator[Candidate]:
    """Yield Japanese names by their last characters (大学, 省, 研究所 …), with the katakana and kanji joined to them."""
    for index, word in enumerate(words):
        if word.kind != "kanji" or not word.text.endswith(_SUFFIXES):
            continue
        start = index
        while start and words[start - 1].end == words[start].start and _is_joined(words[start - 1]):
            start -= 1
        if words[index].end - words[start].start > 2:
            yield Candidate(start, index + 1, "pattern")


def _is_joined(word: Word) -> bool:
    return word.kind == "kanji" or (word.kind == "kana" and word.text[0] >= "\u30a0") or word.text.isupper()


def from_legal_forms(words: Sequence[Word], grammar: Grammar) -> Iterator[Candidate]:
    """Yield the capitalised words before "Inc.", "GmbH", "plc" …"""
    forms = organisation_words().legal_forms
    for index, word in enumerate(words):
        if word.key not in forms or not index or word.breaks or not word.text[0].isupper():
            continue
        after = words[index + 1].text if index + 1 < len(words) else ""
        if after == "-" or (word.key in _SHORT_FORMS and not word.text.isupper() and after != "."):
            continue
        start = index
        while start and not words[start].breaks and index - start < 5:
            before = words[start - 1]
            if not (grammar.is_capital(start - 1) or before.text in "&-") and (before.text, start) != (",", index):
                break
            if before.key in organisation_words().not_first:
                break
            start -= 1
        while start < index and words[start].kind == "mark":
            start += 1
        if start < index and (word.text.isupper() or word.text[1:].islower() or word.key == "gmbh"):
            yield Candidate(start, index + 1, "legal form")


_SHORT_FORMS = frozenset(["co", "se", "sa", "ag", "ab", "nv", "bv", "oy", "corp", "ev", "kg", "kk", "spa"])


def from_brackets(words: Sequence[Word], grammar: Grammar) -> Iterator[Candidate]:
    """Yield affiliations in brackets after a person's name in a list: "Jan Novak (Acme/NATO)", "(chair, Acme)"."""
    for index, word in enumerate(words):
        if word.text not in "(（" or word.breaks:
            continue
        close = next((i for i in range(index + 1, min(index + 14, len(words))) if words[i].text in ")）"), None)
        if close is None or any(words[i].breaks for i in range(index + 1, close)) or not _is_after_name(grammar, index):
            continue
        after = words[close + 1] if close + 1 < len(words) and not words[close + 1].breaks else None
        if after is not None and after.kind == "word" and after.key != "and" and _is_one_word(words, index, close):
            continue
        yield from _pieces(words, grammar, index + 1, close)


def _is_one_word(words: Sequence[Word], bracket: int, close: int) -> bool:
    return sum(word.kind != "mark" for word in words[bracket + 1 : close]) == 1


def _is_after_name(grammar: Grammar, bracket: int) -> bool:
    """Tell whether the two to four words before a bracket look like a person's name in a list."""
    words, start = grammar.words, bracket
    while start and bracket - start < 5 and not words[start].breaks:
        word = words[start - 1]
        if not (grammar.is_capital(start - 1) or word.text in ".-'’" or len(word.text) <= 3) or word.text in ",;:":
            break
        if word.key in ("and", "the", "of", "for", "a", "in"):
            break
        start -= 1
    run = [w for w in words[start:bracket] if w.kind == "word"]
    if bracket - 1 in grammar.people:
        return True
    if not 2 <= len(run) <= 4 or any(
        organisation_words().is_head(w.key) or (w.text.isupper() and len(w.text) > 2) for w in run
    ):
        return False
    if any(grammar.known_at.get(i) for i in range(start, bracket)):
        return False
    opener = words[start - 1] if start and not words[start].breaks else None
    return opener is None or opener.text in _LINE_STARTS or (opener.text in ",;" or opener.key == "and")


def _pieces(words: Sequence[Word], grammar: Grammar, start: int, end: int) -> Iterator[Candidate]:
    vocabulary = organisation_words()
    before = [w.key for w in words[max(start - 6, 0) : start - 1] if w.kind == "word"]
    marks = _LIST_MARKS - ({"/", "&"} if any(word.text in ",;" for word in words[start:end]) else set())
    at = start
    while at < end:
        stop = at
        while stop < end and words[stop].text not in marks:
            stop += 1
        piece = words[at:stop]
        keys = tuple(word.key for word in piece)
        if (
            piece
            and not piece[0].text[0].islower()
            and len(piece) <= 7
            and piece[0].text[0].isalnum()
            and any(c.isupper() for w in piece for c in w.text)
        ):
            is_definition = any(agrees(piece[0].text, before[k:]) for k in range(len(before) - 1)) and len(piece) == 1
            is_post = keys[0] in vocabulary.not_first or keys[-1] in _NOT_AFFILIATIONS or keys[0] in _NOT_AFFILIATIONS
            if not is_definition and not is_post and not countries().code(keys):
                yield Candidate(at, stop, "bracket")
        at = stop + 1


_NOT_AFFILIATIONS = keyset(
    "retired independent ret invited remote online virtual tbc tbd chair speaker emeritus he she they him her them mr ms "
    "video audio slides transcript atrium chairman fellow officer manager director lead engineer scientist"
)


def recognised(words: Sequence[Word], spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the recogniser's ORG spans (character offsets) as spans of words, without articles and possessives."""
    starts = {word.start: index for index, word in enumerate(words)}
    ends = {word.end: index + 1 for index, word in enumerate(words)}
    found: list[tuple[int, int]] = []
    for span_start, span_end in spans:
        start, end = starts.get(span_start), ends.get(span_end)
        if start is None or end is None or any(words[i].breaks for i in range(start + 1, end)):
            continue
        while start < end and words[start].key in organisation_words().not_first:
            start += 1
        while end > start and words[end - 1].kind in ("possessive", "mark"):
            end -= 1
        if start < end:
            found.append((start, end))
    return found


def from_recogniser(
    words: Sequence[Word], spans: Sequence[tuple[int, int]], others: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield what the recogniser confirms: weak candidates that it reads too, and its own spans in telling places.

    On its own it takes programmes, rooms, abbreviations and headings for organisations: of 121 spans that no other
    source had in 52 labelled documents, 9 were organisations.
    """
    weak = [c for c in others if c.is_weak and c.end - c.start > 2]
    for start, end in spans:
        agreeing = [c for c in weak if c.start >= start and c.end <= end and c.end - c.start >= end - start - 1]
        yield from (Candidate(c.start, c.end, "recogniser") for c in agreeing)
        if not agreeing and (_is_employer(words, start, end) or _is_partnership(words, start, end)):
            yield Candidate(start, end, "recogniser")


def _is_partnership(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell "Alder & Ash" or "Alder & Associates" after a comma or dash: a firm, not "Data & AI"."""
    marks = [i for i in range(start + 1, end - 1) if words[i].text == "&"]
    before = words[start - 1].text if start and not words[start].breaks else ""
    return (
        len(marks) == 1
        and end - start == 3
        and before in (",", "-", "–")
        and all(len(w.text) > 2 for w in (words[start], words[end - 1]))
    )


def _is_employer(words: Sequence[Word], start: int, end: int) -> bool:
    """Tell whether "at", "from", "joined" … stand before a name that nothing in capitals follows."""
    if not start or words[start].breaks or words[start - 1].key not in _EMPLOYING:
        return False
    after = words[end] if end < len(words) and not words[end].breaks else None
    return after is None or not after.text[0].isupper()


_EMPLOYING = keyset("at from joining joined like")
