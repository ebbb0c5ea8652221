"""The type of an organisation that no list knows, by the words of its name."""

from __future__ import annotations

from extract.gazetteer import name_keys
from extract.gazetteer.words import keyset

_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("university", keyset("university universite universitat universidad universita universiteit universidade college school academy polytechnic politecnico hochschule ecole")),
    ("military", keyset("army navy forces force command corps fleet brigade battalion regiment squadron guard bundeswehr")),
    ("government", keyset("ministry ministries ministere ministerio ministero ministerie ministerium bundesministerium department agency embassy mission delegation office bureau parliament senate congress police authority secretariat cabinet government administration council presidency court consulate chancellery representation")),
    ("think_tank", keyset("institute institut instituto istituto instituut centre centro zentrum stiftung policy studies")),
    ("ngo", keyset("foundation fondation fundacion fondazione association society federation alliance coalition network trust union")),
    ("company", keyset("inc ltd llc plc gmbh ag corp corporation industries limited holdings consulting systems technologies group associates labs bank")),
    ("media", keyset("press shimbun news times television radio broadcasting")),
)  # fmt: skip


def kind_of(name: str) -> str | None:
    """Return the organisation type that a name's words tell, None when they tell none.

    >>> kind_of("Faraway University of Trade"), kind_of("Acme GmbH"), kind_of("Zeta")
    ('university', 'company', None)
    """
    keys = set(name_keys(name))
    return next((kind for kind, words in _KINDS if keys & words), None)
