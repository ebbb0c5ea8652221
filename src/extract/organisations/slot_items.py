"""The items of a list of hosts: which words belong to each, whatever they are, and which items are bodies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.gazetteer import Word
from extract.gazetteer.acronyms import agrees, short_form_at
from extract.gazetteer.words import keyset
from extract.organisations.affiliations import is_post
from extract.organisations.candidates import Candidate
from extract.organisations.grammar import Grammar
from extract.organisations.hosting import names_event
from extract.organisations.name_words import AND, POLISH
from extract.organisations.right import ARTICLES, DAYS
from extract.organisations.romance import over_romance
from extract.organisations.vocabulary import countries, is_large_city, organisation_words
from extract.people.name_parts import is_given
from extract.vocabularies import words_of

CONNECTORS = keyset("by of for the in on de des du la le and & fur to am ter tot im w we na ds z")
_INNER = keyset("of for de des du d del della dell delle degli di da der fur van voor pour sur per para")
"""What joins two parts of one name, also with an article after it: "Université de la Mer", "Council of the Ports"."""
_SEPARATORS = frozenset(",;/|•·")
_STOPS = frozenset('.:!?()[]"“”')
BODY_NOUNS = frozenset(words_of("organisation_grammar", "hosts", "body_nouns"))
ADVERBIALS = frozenset(words_of("organisation_grammar", "hosts", "adverbials"))
_BRACKETS = frozenset("()[]")
_JOINTS = keyset(
    "and the et und y & with by as well sowie la le les l il el los las lo gli der die das den dem het i e ed och og "
    "en ainsi que nonche oraz"
)
_PARTNERSHIP = frozenset(words_of("organisation_grammar", "hosts", "partnership"))
_CALENDAR = frozenset(words_of("organisation_grammar", "hosts", "calendar"))
_NO_PART_OF_A_NAME = DAYS | _PARTNERSHIP | _CALENDAR
_QUOTES = frozenset("\"“”‘’'")
_EMPLOYED = keyset("of at")
"""What may stand between a unit and the body it is a part of, which is the next item."""
_OPENING, _CLOSING = frozenset('“«"'), frozenset('”»"')
_HOLDERS_OF_POSTS = frozenset(words_of("organisation_grammar", "hosts", "holders_of_posts"))
_ORDINALS = keyset("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx")
_MANY_SUBJECTS = frozenset(words_of("organisation_grammar", "hosts", "many_subjects"))
_NAMESAKE = keyset("im sw")
_NORDIC = frozenset(words_of("organisation_grammar", "names", "nordic_behind_capitals"))
_GERMANIC_AND, _ABOUT = keyset("und en och"), keyset("fur voor for van")
"""A second subject after "und": "Gesellschaft für Handel und Verkehr"."""
_UNITS = frozenset(words_of("organisation_grammar", "hosts", "units"))
_SHIPS = frozenset(words_of("organisation_grammar", "names", "ships"))
_OF_PAGES = frozenset(words_of("organisation_grammar", "hosts", "of_pages"))
_ARTICLES_BEFORE = keyset("the le la les l der die das den dem el los las il lo gli i het de det des")
MAX_BRACKET = 20
MAX_SLOT_WORDS = 80
"""A list of hosts longer than this (words) is running text."""
MAX_QUOTED = 8
"""Words in which the quotation mark inside a name must close."""
MAX_DASHED = 8
"""Words between a dash inside a name and the bracket with its short form."""


def items(words: Sequence[Word], grammar: Grammar, start: int, stop: int | None = None) -> Iterator[Candidate]:
    """Yield the bodies of the list whose first word is `start`, up to `stop` or the end of the list."""
    at = start
    stop = min(len(words), start + MAX_SLOT_WORDS) if stop is None else stop
    while at < stop and not (words[at].breaks and at > start):
        word = words[at]
        if grammar.is_capital(at) or word.kind == "site":
            end = _item_end(words, grammar, at, stop)
            if candidate := _item(words, grammar, at, end):
                yield candidate
            at = end
        elif word.text in _SEPARATORS or word.key in _JOINTS or word.kind == "mark":
            if word.text in _STOPS - _BRACKETS - (_QUOTES if at == start else frozenset()):
                return
            at = _past_bracket(words, at, stop) if word.text in "([" else at + 1
        elif word.kind == "address" or (at > start and word.key in _EMPLOYED and not word.breaks):
            at += 1
        elif at > start and (beyond := _past_unnamed(words, at, stop)):
            at = beyond
        else:
            return


def _past_unnamed(words: Sequence[Word], at: int, stop: int) -> int | None:
    """Return the comma that ends a member without a name ("the ministries of both countries, …"), None without one."""
    comma = next((i for i in range(at, min(at + 3, stop)) if words[i].text == ","), None)
    return comma if comma is not None and all(word.text.islower() for word in words[at:comma]) else None


def _past_bracket(words: Sequence[Word], at: int, stop: int) -> int:
    close = next((i for i in range(at, min(at + MAX_BRACKET, stop)) if words[i].text in ")]"), at)
    return close + 1


def _item_end(words: Sequence[Word], grammar: Grammar, start: int, stop: int) -> int:
    at = start + 1
    while at < stop and not words[at].breaks:
        step = _step(words, grammar, start, at, stop)
        if step == at:
            break
        at = step
    if at < stop and words[at].key in BODY_NOUNS and not words[at].breaks and words[at].text.islower():
        at += 1
    return at


def _step(words: Sequence[Word], grammar: Grammar, start: int, at: int, stop: int) -> int:
    """Return where the item that begins at `start` goes on behind `at`, `at` where it ends there."""
    if _belongs(words, grammar, at, stop):
        return at + 1
    word = words[at]
    if word.key in _INNER and words[at - 1].key not in _UNITS:
        beyond = _over_articles(words, grammar, at + 1, stop)
        if beyond:
            return beyond
    if word.text.isdigit() and at + 1 < stop and grammar.is_capital(at + 1) and words[at + 1].key not in DAYS:
        return at + 1 if not words[at + 1].breaks else at  # "Associazione Culturale 11 Settembre"
    if word.text.isdigit() and len(word.text) < 3 and at + 1 < stop and words[at + 1].text in ",.;":
        return at + 1  # "Asociación de Puertos 47"
    if word.text in _OPENING:
        return _over_quoted(words, grammar, at, stop)
    if word.text in "–-—" and _is_defined_beyond(words, start, at, stop):
        return at + 1
    head = _head(words, start)
    if word.key == "i" and head in POLISH and _is_subject(words, grammar, at + 1, stop):
        return at + 2
    if word.key in _NAMESAKE and at + 2 < stop and words[at + 1].text == "." and grammar.is_capital(at + 2):
        return at + 3  # "Akademia im. Jana Linda"
    if organisation_words().is_head(word.key) and word.key in _NORDIC:
        return at + 1
    if word.key in AND and _is_subject(words, grammar, at + 1, stop):
        inside = {w.key for w in words[start:at]}
        if head in _MANY_SUBJECTS or (word.key in _GERMANIC_AND and inside & _ABOUT):
            return at + 2
    if head in organisation_words().romance:
        return min(over_romance(grammar, at), stop)
    return at


def _head(words: Sequence[Word], start: int) -> str:
    """Return the first word of an item behind its article: "L’Institut" begins with "Institut"."""
    return words[start + 2].key if words[start].key in ("l", "d") and start + 2 < len(words) else words[start].key


def _is_subject(words: Sequence[Word], grammar: Grammar, at: int, stop: int) -> bool:
    """Tell a further subject of a faculty or ministry: "Facultad de Derecho y Ciencias" is followed by no article."""
    if at >= stop or words[at].breaks or not grammar.is_capital(at) or words[at].text.isupper():
        return False
    return at not in grammar.known_at and not organisation_words().is_head(words[at].key)


def _over_articles(words: Sequence[Word], grammar: Grammar, at: int, stop: int) -> int | None:
    """Return the index behind "the", "de la" … where a name goes on: "Friends of the Sea", "Club de la Presse"."""
    first = at
    while at < stop and (words[at].key in ARTICLES or words[at].text in "'’") and not words[at].breaks:
        at += 1
    is_name = at > first and at < stop and not words[at].breaks and grammar.is_capital(at)
    return at + 1 if is_name and words[at].key not in _NO_PART_OF_A_NAME else None


def _over_quoted(words: Sequence[Word], grammar: Grammar, at: int, stop: int) -> int:
    """Go on over a part in quotation marks: "Association « Mer et Paix »"."""
    if at + 1 >= stop or not grammar.is_capital(at + 1):
        return at
    limit = min(at + MAX_QUOTED, stop)
    close = next((i for i in range(at + 2, limit) if words[i].text in _CLOSING), None)
    return close + 1 if close and not any(word.breaks for word in words[at : close + 1]) else at


def _is_defined_beyond(words: Sequence[Word], start: int, dash: int, stop: int) -> bool:
    """Tell a dash inside a name: the short form behind it stands for both parts ("X Centre – Y Region (XC-YR)")."""
    for bracket in range(dash + 2, min(dash + MAX_DASHED, stop)):
        if words[bracket].text == "(" and (definition := short_form_at(words, bracket)):
            return agrees(definition, [word.key for word in words[start:bracket] if word.kind != "mark"])
    return False


def _belongs(words: Sequence[Word], grammar: Grammar, at: int, stop: int) -> bool:
    """Tell whether a word goes on with the item before it: capitals, joints, "by" between two capitals."""
    word = words[at]
    if grammar.is_capital(at) or word.kind == "site":
        return True
    if word.kind == "possessive":
        return not grammar.ends_known(at - 1)
    if word.text in "-&'’":
        return word.text == "&" or word.start == words[at - 1].end
    if at + 1 >= stop or words[at + 1].breaks:
        return False
    if word.key in ("in", "on", "am", "im") and words[at + 1].key in _NO_PART_OF_A_NAME:
        return False
    if word.key == "in" and (is_large_city(words[at + 1].text) or countries().code((words[at + 1].key,))):
        return False
    is_inner = words[at - 1].text == "-" and words[at + 1].text == "-"
    return is_inner or (word.key in CONNECTORS | _INNER and word.key != "and" and grammar.is_capital(at + 1))


def _item(words: Sequence[Word], grammar: Grammar, start: int, end: int) -> Candidate | None:
    vocabulary = organisation_words()
    while start < end and words[start].key in vocabulary.not_first:
        if words[start].key not in _ARTICLES_BEFORE:
            return None
        start += 1
    if end - start > 1 and words[start].text in ("De", "Het", "Il", "El", "Den", "Det", "Der", "Die", "Das"):
        start += 1  # "De Havencommissie houdt …"
    if end - start > 2 and words[start].key in ("l", "d") and words[start + 1].text in "'’":
        start += 2  # "L’UTT"
    while end > start and words[end - 1].kind in ("mark", "possessive") and words[end - 1].text not in _CLOSING:
        end -= 1
    keys = tuple(word.key for word in words[start:end])
    if not keys or countries().code(keys) or _is_person(words, grammar, start, end):
        return None
    if len(keys) > 1 and is_large_city(" ".join(word.text for word in words[start:end])):
        return None
    if set(keys) <= _OF_PAGES or (len(keys) == 1 and is_post(words[start].text)):
        return None  # "In partnership with" above "Event Details"; "presented by …, Publisher of"
    if keys[0] in _ORDINALS and names_event(" ".join(keys)):
        return None  # "el III Seminario"
    if keys[-1] in _HOLDERS_OF_POSTS or (words[start].text.isupper() and keys[0] in _SHIPS):
        return None
    if len(keys) > 2 and keys[1] == "'s" and countries().code(keys[:1]):
        start += 2  # "Japan’s Institute of Geoeconomics"
        keys = keys[2:]
    if len(keys) == 1 and words[start].kind == "word":
        if len(words[start].text) < 3 or vocabulary.is_head(keys[0]) or is_large_city(words[start].text):
            return None
        if sum(map(str.isupper, words[start].text)) < 2 and _goes_on_small(words, end):
            return None
    return Candidate(start, end, "slot")


def _is_person(words: Sequence[Word], grammar: Grammar, start: int, end: int) -> bool:
    """Tell a host who is a person: the recogniser takes foreign names of bodies for people too ("Norra Havsrådet")."""
    named = [i for i in range(start, end) if i in grammar.people]
    if not named:
        return False
    others = [word for i, word in enumerate(words[start:end], start) if i not in grammar.people]
    has_head = any(organisation_words().is_head(word.key) for word in others)
    return not has_head and is_given(words[named[0]].text)


def _goes_on_small(words: Sequence[Word], at: int) -> bool:
    """Tell "Ministries of both sides" from a name: a word in small letters that is no list word follows."""
    if at >= len(words) or words[at].breaks or words[at].kind != "word":
        return False
    return words[at].text.islower() and words[at].key not in ADVERBIALS | CONNECTORS | _JOINTS | BODY_NOUNS
