"""French, Italian and Spanish names, which go on in small letters: "École nationale des sciences du territoire"."""

from __future__ import annotations

from extract.gazetteer.words import keyset
from extract.organisations.name_words import NameWords
from extract.vocabularies import words_of

_PREPOSITIONS = keyset("de du des d di del della dell delle degli dei per pour para sur sobre su sulla sui en")
_OF = keyset("de du des d del della dell delle degli dei")
_ARTICLES = keyset("la le les l el los las il lo gli i un une uno una")
_JOINTS = keyset("et e y")
_ADJECTIVE_ENDINGS = tuple(
    keyset(
        "ique iques ale ales al aux elle elles el enne ennes aise aises ive ives ere eres aire aires ain "
        "ains aine aines eenne een eens iens ien ois oise oises ico ica ici iche ali are ari ano ana ani "
        "ane ese esi ivo iva ivi icos icas ar ares ense enses ole olo anos anas oles"
    )
)
_NATIONS = frozenset(words_of("organisation_grammar", "names", "romance_nations"))
_BEFORE_NOUNS = frozenset(words_of("organisation_grammar", "names", "romance_before_nouns"))
_ABOUT = frozenset(words_of("organisation_grammar", "names", "romance_about"))
_NOT_IN_NAMES = frozenset(words_of("organisation_grammar", "names", "romance_clauses"))
MAX_STEPS = 4
"""Prepositions in one name: "Institut de recherche en droit international et européen de la Sorbonne" has three."""
MIN_NOUN = 4
"""Shorter words in small letters are rather verbs and adverbs than subjects of a body (characters)."""


def over_romance(names: NameWords, end: int) -> int:
    """Return where a name whose head is French, Italian or Spanish ends, small words included."""
    end = over_adjectives(names, end)
    is_about = False
    for _ in range(MAX_STEPS):
        is_about = is_about or (names.inside(end) and names.words[end].key in _ABOUT)
        step = _over_subject(names, end)
        if step == end and is_about and names.inside(end) and names.words[end].key in _JOINTS:
            step = _over_second(names, end)
        if step == end:
            break
        end = step
    return end


def over_subjects(names: NameWords, end: int) -> int:
    """Go on over ", du commerce et de l’industrie": further subjects of a ministry, up to the one after "et"."""
    at = end
    for _ in range(MAX_STEPS):
        if not names.inside(at) or not (names.words[at].text == "," or names.words[at].key in _JOINTS):
            break
        is_last = names.words[at].key in _JOINTS
        noun = at + 1
        if not names.inside(noun) or names.words[noun].key not in _OF:
            break
        while names.inside(noun) and (names.words[noun].key in _OF | _ARTICLES or names.words[noun].text in "'’"):
            noun += 1
        if not names.inside(noun) or names.words[noun].kind != "word" or len(names.words[noun].text) < MIN_NOUN:
            break
        if names.vocabulary.is_head(names.words[noun].key):
            break
        at = over_adjectives(names, noun + 1)
        if is_last:
            return at
    return end


def over_adjectives(names: NameWords, at: int) -> int:
    """Return the word after the adjectives in small letters that stand at `at`."""
    while names.inside(at) and names.words[at].text.islower() and _is_adjective(names.words[at].key):
        at += 1
    return at


def _is_adjective(key: str) -> bool:
    return key in _NATIONS or (len(key) > MIN_NOUN and key.endswith(_ADJECTIVE_ENDINGS))


def _over_subject(names: NameWords, end: int) -> int:
    """Go on over "des sciences", "pour la recherche stratégique", "et technologique"; `end` where none follows."""
    if not names.inside(end):
        return end
    if names.words[end].key in _JOINTS:
        if names.inside(end + 1) and names.words[end + 1].key in _PREPOSITIONS:
            after = _over_subject(names, end + 1)  # "… de sécurité et de défense"
            return after if after > end + 1 else end
        after = over_adjectives(names, end + 1)
        return after if after > end + 1 else end
    if names.words[end].key not in _PREPOSITIONS:
        return end
    at = end + 1
    while names.inside(at) and (names.words[at].key in _ARTICLES or names.words[at].text in "'’"):
        at += 1
    if not names.inside(at) or names.words[at].kind != "word" or names.words[at].key in _PREPOSITIONS | _ARTICLES:
        return end
    if names.words[end].key == "en" and names.words[at].key in _NOT_IN_NAMES:
        return end
    if names.is_capital(at):
        return end  # the walk over capitals goes on from here
    if names.words[at].key in _BEFORE_NOUNS and names.inside(at + 1) and names.words[at + 1].text.islower():
        at += 1
    return over_adjectives(names, at + 1) if len(names.words[at].text) >= MIN_NOUN else end


def _over_second(names: NameWords, joint: int) -> int:
    """Go on over "… sur la paix et la sécurité": a second subject, whose noun is written small, `joint` if none."""
    at = joint + 1
    while names.inside(at) and (names.words[at].key in _ARTICLES or names.words[at].text in "'’"):
        at += 1
    if at == joint + 1 or not names.inside(at) or not names.words[at].text.islower():
        return joint
    key = names.words[at].key
    is_other = names.vocabulary.is_head(key) or names.vocabulary.is_head(key.rstrip("s")) or key in _NOT_IN_NAMES
    return joint if is_other or len(key) < MIN_NOUN else over_adjectives(names, at + 1)


def opens_name(names: NameWords, index: int) -> bool:
    """Tell whether a head noun in small letters opens a name: "ambassade du Japon", "università di Pisa"."""
    at = index + 1
    is_of = names.inside(at) and names.words[at].key in _PREPOSITIONS
    at += is_of
    while is_of and names.inside(at) and (names.words[at].key in _ARTICLES or names.words[at].text in "'’"):
        at += 1
    return names.inside(at) and names.is_capital(at) and names.may_modify(at)
