"""Short references: "the Institute", "the Alliance", "the Ministry" after the body they stand for."""

from __future__ import annotations

from collections.abc import Sequence

from extract.found import Found
from extract.gazetteer import Word, name_keys
from extract.organisations.vocabulary import organisation_words

_FIXED = {"alliance": frozenset(["North Atlantic Treaty Organization", "NATO"])}


def find_short_references(working_set: Found, words: Sequence[Word], text: str) -> None:
    """Mark "the Institute" as a mention of the last body before it whose head noun is that word."""
    mentions = working_set.mentions_of("ORG")
    covered = {(m.start_char, m.end_char) for m in mentions}
    inside = sorted((m.start_char, m.end_char) for m in [*mentions, *working_set.mentions_of("INSTRUMENT")])
    heads = {finding.key: _head(finding.name) for finding in working_set.organisations}
    alliance = next((f.key for f in working_set.organisations if _FIXED["alliance"] & {f.name, f.acronym}), None)
    for index, word in enumerate(words[1:], 1):
        if not word.text[:1].isupper() or words[index - 1].key != "the" or not organisation_words().is_head(word.key):
            continue
        if _goes_on(words, index) or any(s <= word.start < e for s, e in inside) or (word.start, word.end) in covered:
            continue
        key = alliance if word.key == "alliance" else None
        before = [
            m for m in mentions if m.end_char <= word.start and m.entity_key and heads.get(m.entity_key) == word.key
        ]
        key = key or (before[-1].entity_key if before else None)
        if key:
            working_set.mention(word.start, word.end, "ORG", "organisations.short", entity_key=key, score=0.7)


def _goes_on(words: Sequence[Word], index: int) -> bool:
    if index + 1 >= len(words) or words[index + 1].breaks:
        return False
    following = words[index + 1]
    return (following.kind == "word" and following.text[0].isupper()) or following.key in ("of", "for", "on", "-")


def _head(name: str) -> str | None:
    heads = [key for key in name_keys(name) if organisation_words().is_head(key)]
    return heads[0] if heads else None
