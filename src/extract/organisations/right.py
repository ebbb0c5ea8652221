"""Right of a head noun: "of …", "for …, … and …", up to the next name."""

from __future__ import annotations

from extract.gazetteer.words import keyset
from extract.organisations.country_tails import over_country
from extract.organisations.name_words import AND, HYPHENS, POLISH, NameWords
from extract.organisations.romance import over_adjectives, over_romance, over_subjects
from extract.organisations.vocabulary import is_large_city
from extract.vocabularies import words_of

ARTICLES = keyset("the la le les l der die das den dem el los las il lo gli het de a an un une uno una")
_LIST_HEADS = frozenset(words_of("organisation_grammar", "ends", "list_heads"))
DAYS = keyset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday"
)
_MANY_SUBJECTS = frozenset(words_of("organisation_grammar", "ends", "many_subjects"))
_ROMANCE_ARTICLES = keyset("le la les du des au el los del al il lo dal dalla della")
_ROMAN = frozenset(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII"])
MAX_NAMESAKE = 6
"""Words in which the quotation mark after a namesake must close."""
_OF_A_PEOPLE = frozenset(words_of("organisation_grammar", "ends", "of_a_people"))
_FORCES = frozenset(words_of("organisation_grammar", "ends", "forces"))
_NUMBERED = frozenset(words_of("organisation_grammar", "ends", "numbered"))
_NUMBERS = keyset("one two three four five six i ii iii iv")
_OFFICERS = frozenset(words_of("organisation_grammar", "ends", "officers"))


def extend_right(names: NameWords, index: int) -> int:
    """Return where the name around the head noun at `index` ends (exclusive)."""
    head = names.words[index].key
    known = names.known_over.get(index)
    if known and known[1] > index + 1:
        known_end = over_subjects(names, known[1]) if head in _MANY_SUBJECTS else known[1]
        return over_country(names.words, known_end)
    end = index + 1
    if head in names.vocabulary.closed:
        return end
    if (
        head in _NUMBERED
        and names.inside(end)
        and names.words[end].key in _NUMBERS
        and names.words[end].text[0].isupper()
    ):
        return end + 1  # "Standing Maritime Group One"
    if head in names.vocabulary.embassy_heads and names.inside(end) and names.is_capital(end) and names.may_modify(end):
        end = _run(names, end)
    if head in names.vocabulary.romance and names.inside(end) and names.words[end].text in "'’":
        end += names.words[end].start == names.words[index].end  # "Universita' di Pisa"
    is_direct = head in names.vocabulary.direct or _is_romance(names, index)
    if is_direct and names.inside(end) and names.is_capital(end) and names.may_modify(end):
        is_in_a_city = is_large_city(names.words[end].text) and not _goes_on_behind_city(names, end + 1)
        end = end + 1 if is_in_a_city else _over_list(names, _run(names, end), head)  # "Universität Kyoto Philosophie"
    if head in names.vocabulary.romance:
        small = over_romance(names, end)
        goes_on = small > end and names.inside(small) and names.is_capital(small) and names.may_modify(small)
        end = _run(names, small) if goes_on else small
    if head == "board" and [word.key for word in names.words[end : end + 2]] == ["of", "the"]:
        return end  # "the Board of the X": the X is the body
    for turn in range(4):
        prepositions = _prepositions(names, index, turn)
        if turn and head in names.vocabulary.romance:
            prepositions = prepositions | {"a"}  # "Istituto di Cultura a Tokyo"
        step = _over_preposition(names, end, prepositions, has_roles=head == "office", has_owner=head == "assembly")
        if step is None:
            break
        end = _over_list(names, step, head)
        end = over_adjectives(names, end) if head in names.vocabulary.romance else end
    if head in names.vocabulary.direct and end > index + 1:
        end = _over_quoted(names, end)
    end = _over_diaspora(names, index, end) if head in _OF_A_PEOPLE else end
    return over_subjects(names, end) if head in _MANY_SUBJECTS else end


def _is_romance(names: NameWords, index: int) -> bool:
    """Tell a French, Italian or Spanish head by its article, also of one that is English too: "le Centre Ada Lind"."""
    if names.words[index].key not in names.vocabulary.romance or not index or names.words[index].breaks:
        return False
    before = names.words[index - 1]
    return before.key in _ROMANCE_ARTICLES or (
        before.text in "'’" and index > 1 and names.words[index - 2].key in ("l", "d", "dell", "dall")
    )


def _goes_on_behind_city(names: NameWords, at: int) -> bool:
    """Tell a name that a city is only a part of: "Université Paris-Sud", "Université Paris II Panthéon-Assas"."""
    if not names.inside(at) or at + 1 >= len(names.words):
        return False
    is_joined = names.words[at].text in HYPHENS and names.words[at].start == names.words[at - 1].end
    return is_joined or names.words[at].text in _ROMAN or names.words[at].text.isdigit()


def _over_quoted(names: NameWords, end: int) -> int:
    """Go on over a namesake in quotation marks: "Istituto di Studi Europei “Ada Lind”"."""
    if not names.inside(end + 1) or names.words[end].text not in '“"«' or not names.is_capital(end + 1):
        return end
    for close in range(end + 2, min(end + MAX_NAMESAKE, len(names.words))):
        if names.words[close].text in '”"»':
            return close + 1
        if names.words[close].breaks or not (names.is_capital(close) or names.words[close].key in ("de", "di", "y")):
            return end
    return end


def _over_diaspora(names: NameWords, index: int, end: int) -> int:
    """Go on over the country where a people's body is: "Association of Estonians in Sweden"."""
    if not names.inside(end + 1) or names.words[end].key != "in":
        return end
    said = [word.key for word in names.words[max(index - 2, 0) : end]]
    is_of_a_people = any(
        (key,) in names.countries.by_adjective or (key[:-1],) in names.countries.by_adjective for key in said
    )
    return end + 2 if is_of_a_people and (names.words[end + 1].key,) in names.countries.by_name else end


def _prepositions(names: NameWords, index: int, turn: int) -> frozenset[str]:
    """Return the words that may go on after a head, fewer after the first of them."""
    head = names.words[index].key
    if head in names.vocabulary.embassy_heads:
        return names.vocabulary.embassy_prepositions
    if names.nests:
        return names.vocabulary.prepositions
    if turn:
        return names.vocabulary.prepositions - {"on", "against"} | ({"at"} if head == "university" else frozenset())
    if names.phrase_head(index) > 2 and not head.startswith("force"):
        return names.vocabulary.prepositions | {"in"}
    if head not in names.vocabulary.on_heads and head not in names.vocabulary.weak | {"programme"}:
        return names.vocabulary.prepositions - {"on"}
    return names.vocabulary.prepositions


def _over_preposition(
    names: NameWords, at: int, prepositions: frozenset[str], *, has_roles: bool = False, has_owner: bool = False
) -> int | None:
    if not names.inside(at) or names.words[at].key not in prepositions:
        return None
    if names.words[at].text[0].isupper() and not _is_titled(names, at):
        return None
    at += 1
    if names.inside(at) and names.words[at].key in DAYS:
        return None
    while (
        names.inside(at)
        and (names.words[at].key in ARTICLES or names.words[at].text in "'’")
        and (not names.is_capital(at) or _is_article_of_a_name(names, at))
    ):
        at += 1
    if not names.inside(at) or not names.is_capital(at) or (names.is_other_name(at) and not has_roles):
        return None
    if not has_roles and not names.may_modify(at):
        return None
    if not names.nests and not has_roles and _is_employer(names, at) and not prepositions & {"in"}:
        return names.known_at[at] if has_owner else None  # "Parliamentary Assembly of the Council of Europe"
    end = _run(names, at, has_roles=has_roles)
    if names.inside(end) and names.words[end].text.islower() and names.words[end].key in _FORCES:
        return None  # "7th Fleet of the US navy"
    return None if names.inside(end) and names.is_capital(end) and names.is_other_name(end) else end


def _is_article_of_a_name(names: NameWords, at: int) -> bool:
    """Tell the article in "Université de La Rochelle", which has a capital of its own."""
    return (
        names.words[at].text in ("La", "Le", "Les", "Los", "Las", "El")
        and names.inside(at + 1)
        and names.is_capital(at + 1)
    )


def _is_titled(names: NameWords, at: int) -> bool:
    """Tell whether a preposition with a capital goes on with a name: "Ministry Of Trade", "MINISTRY OF TRADE"."""
    is_shouted = names.words[at].text.isupper() and len(names.words[at].text) > 1
    return names.words[at - 1].text.isupper() if is_shouted else names.words[at].key in ("of", "for")


def _is_employer(names: NameWords, at: int) -> bool:
    """Tell whether a known body of several words starts here: "… of the Sasakawa Peace Foundation"."""
    end = names.known_at.get(at, at)
    return end - at > 2 and any(names.vocabulary.is_head(word.key) for word in names.words[at:end])


def _run(names: NameWords, at: int, *, has_roles: bool = False) -> int:
    """Return the end of the capitalised run that starts at `at`; `has_roles` lets "Legal Adviser" in."""
    first, at = at, at + 1
    while names.inside(at):
        word = names.words[at]
        if (
            word.text in HYPHENS
            and names.words[at - 1].end == word.start
            and names.inside(at + 1)
            and names.words[at + 1].start == word.end
        ) or (
            word.kind == "possessive"
            and names.inside(at + 1)
            and names.is_capital(at + 1)
            and names.vocabulary.is_head(names.words[at + 1].key)
        ):
            at += 2
        elif (
            not names.is_capital(at)
            or (names.is_other_name(at) and not (has_roles and at in names.people))
            or (at in names.known_at and names.known_at[at] - at > 2)
        ):
            break
        elif names.may_modify(at) or (has_roles and at - first < 4 and names.words[at].key in _OFFICERS):
            at += 1
        else:
            break
    return at


def _over_list(names: NameWords, end: int, head: str) -> int:
    """Go on over ", X" and "and X" while they are further subjects of one body."""
    at = end
    while names.inside(at):
        word = names.words[at]
        if word.text == "," and head in _LIST_HEADS and _list_goes_on(names, at):
            at = _run(names, at + 1)
        elif (
            word.key in AND
            or word.text == "&"
            or (word.key == "i" and head in POLISH)
            or (
                word.text == ","
                and names.inside(at + 1)
                and names.words[at + 1].key in AND
                and head in _LIST_HEADS
                and at > end
            )
        ):
            step = at + 2 if word.text == "," else at + 1
            if not _is_subject(names, step):
                break
            return _run(names, step)
        else:
            break
    return at if at == end or names.words[at - 1].text != "," else end


def _list_goes_on(names: NameWords, comma: int) -> bool:
    """Tell whether the commas from here lead to an "and" through plain subjects (Land, Ports and Transport)."""
    at, items = comma, 0
    while names.inside(at) and names.words[at].text == "," and items < 5:
        if names.words[at + 1].key in AND if names.inside(at + 1) else False:
            return items > 0 and _is_subject(names, at + 2)
        if not _is_subject(names, at + 1):
            return False
        following = _run(names, at + 1)
        if following - at > 4:
            return False
        at, items = following, items + 1
    return (
        items > 0
        and names.inside(at)
        and (names.words[at].key in AND or names.words[at].text == "&")
        and _is_subject(names, at + 1)
    )


def _is_subject(names: NameWords, at: int) -> bool:
    """Tell whether a plain subject starts here and not another name, person, country or acronym."""
    if (
        not names.inside(at)
        or not names.is_capital(at)
        or names.is_other_name(at)
        or at in names.people
        or at in names.known_at
    ):
        return False
    word = names.words[at]
    if (word.text.isupper() and len(word.text) > 1) or word.key in names.vocabulary.not_first:
        return False
    end = _run(names, at)
    if any(names.vocabulary.is_head(names.words[i].key) for i in range(at, min(end + 1, len(names.words)))):
        return False
    return tuple(names.words[i].key for i in range(at, end)) not in names.countries.by_name
