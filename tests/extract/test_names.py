"""Names of people in rows of words, their order, and which names can be one person.  All names are invented."""

from __future__ import annotations

import pytest

from extract.people.merging import is_same, name_words
from extract.people.names import find_names
from extract.people.order import split_name
from extract.people.tokens import tokenise


def names_in(text: str) -> list[str]:
    tokens = tokenise(text)
    return [text[tokens[name.first].start : tokens[name.last - 1].end] for name in find_names(tokens)]


FOUND = [
    ("Dr Elin Sandqvist", ["Elin Sandqvist"]),
    ("His Excellency, Mr Daiki Morimoto", ["Daiki Morimoto"]),
    ("H.E. Mr. YAMAGUCHI Kenta", ["YAMAGUCHI Kenta"]),
    ("Lt Gen (ret.) Dirk van den Broek", ["Dirk van den Broek"]),
    ("Prof.Dr. Murata Kenji", ["Murata Kenji"]),
    ("Mr.Murata Kenji", ["Murata Kenji"]),
    ("Omar bin Khalid Al-Rashid", ["Omar bin Khalid Al-Rashid"]),
    ("Charles W. (Chip) Farnsworth, Jr.", ["Charles W. (Chip) Farnsworth, Jr."]),
    ("Nathalie Vercruysse MEP", ["Nathalie Vercruysse"]),
    ("Sir Alan Thorpe GCB", ["Alan Thorpe"]),
    ("Sophie LARDENOIS", ["Sophie LARDENOIS"]),
    ("Pablo MERINO CASTAÑO", ["Pablo MERINO CASTAÑO"]),
    ("Jean-Baptiste d'Aubigny", ["Jean-Baptiste d'Aubigny"]),
    ("President Castellane and Ms Larsson", ["Castellane", "Larsson"]),
    ("Presidents Castellane and Von der Tann", ["Castellane", "Von der Tann"]),
    ("Sullivan’s visit to Mr. Akita’s office", ["Akita"]),
    ("The Max Brenner Institute", []),
    ("at 12 Victoria Street", []),
    ("Buenos Aires and San Salvador", []),
    ("Coffee Break", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text for text, _ in FOUND])
def test_find_names(text: str, expected: list[str]) -> None:
    assert names_in(text) == expected


ORDER = [
    ("YAMAGUCHI Kenta", "Kenta", "YAMAGUCHI", "capitals"),
    ("Pablo MERINO CASTAÑO", "Pablo", "MERINO CASTAÑO", "capitals"),
    ("Jan DE BOER", "Jan", "DE BOER", "capitals"),
    ("Yamaguchi Kenta", "Kenta", "Yamaguchi", "japanese_names"),
    ("Kenta Yamaguchi", "Kenta", "Yamaguchi", "japanese_names"),
    ("Park Ji-hoon", "Ji-hoon", "Park", "east_asian_surnames"),
    ("Nguyen Thi Lan", "Thi Lan", "Nguyen", "east_asian_surnames"),
    ("Ursula van der Tann", "Ursula", "van der Tann", "western_order"),
    ("Harold B. Pemberton, Jr.", "Harold B.", "Pemberton", "western_order"),
    ("Bruce Lee", "Bruce", "Lee", "western_order"),
    ("Kim Clarkson", "Kim", "Clarkson", "western_order"),
    ("Castellane", None, "Castellane", "single"),
]


@pytest.mark.parametrize(("name", "given", "family", "basis"), ORDER, ids=[row[0] for row in ORDER])
def test_split_name(name: str, given: str | None, family: str | None, basis: str) -> None:
    parts = split_name(name)
    assert (parts.given, parts.family, parts.basis) == (given, family, basis)


SAME = [
    ("Joanna Petrakis", "Petrakis", True),
    ("Joanna Petrakis", "PETRAKIS Joanna", True),
    ("Joanna Petrakis", "J. Petrakis", True),
    ("Joanna M. Petrakis", "Joanna Petrakis", True),
    ("Jörg Özdemir", "Jorg Ozdemir", True),
    ("Robert Hathersage", "Rob Hathersage", True),
    ("Jean-Pierre Morel", "Jean Pierre Morel", True),
    ("Joanna Petrakis", "Nikos Petrakis", False),
    ("Hiroshi Tanabe", "Hitoshi Tanabe", False),
    ("Li Wei", "Wang Li", False),
    ("Martin Kovac", "Paul Martin", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME, ids=[f"{a} / {b}" for a, b, _ in SAME])
def test_is_same_both_ways(one: str, other: str, same: bool) -> None:
    assert is_same(name_words(one), name_words(other)) is same
    assert is_same(name_words(other), name_words(one)) is same


def test_tokens_say_where_they_stand() -> None:
    text = "  Mr. Élan d’Orsay\t(NATO’s) 10:30–11:00 x@y.org"
    for token in tokenise(text, 7):
        assert text[token.start - 7 : token.end - 7] == token.text
