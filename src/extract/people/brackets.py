"""What stands in brackets after a name or a phrase: an affiliation, an acronym, a remark."""

from __future__ import annotations

from collections.abc import Sequence

from extract.people.extents import extend_list
from extract.people.lexicon import countries
from extract.people.phrases import Bodies, Kind, classify, has_body_word, is_place
from extract.people.segments import Segment
from extract.people.tokens import Token


def _bracket_kind(phrase: Sequence[Token], bodies: Bodies) -> Kind:
    """Say what stands in brackets after a name: a word that is no country is rather a company than a city."""
    is_place_in_row = phrase[0].kind == "number" and not any(token.is_capital for token in phrase)  # "(2.v.l.)"
    if len(phrase[0].text) == 1 or is_place_in_row or _is_party(phrase) or any(token.text == ":" for token in phrase):
        return "nothing"  # "(R)", "(Photo: …)"
    kind = classify(phrase, bodies)
    if (kind == "place" and " ".join(token.lower for token in phrase) not in countries()) or kind == "other":
        return "body" if phrase[0].is_capital or phrase[0].kind == "number" else "nothing"
    return kind


def _is_party(phrase: Sequence[Token]) -> bool:
    """Whether a bracket gives party and constituency ("(D-NH)", "(R-Texas)")."""
    return phrase[0].text[0] in "DRI" and phrase[0].text[1:2] in ("-", "–", "‑") and phrase[0].text[2:3].isupper()


def is_alias(tokens: Sequence[Token], segment: Segment, start: int, close: int) -> bool:
    """Whether brackets hold the acronym of the phrase before them, or a remark, rather than another body."""
    if classify(tokens[start:close]) == "role":
        return False
    if close - start != 1:
        return segment.kind in ("post", "body", "unit") and not has_body_word(tokens[start:close])
    if segment.kind == "body":
        return True
    words = [token for token in tokens[segment.start : segment.end] if token.kind == "word"]
    letters = iter("".join(word.text if word.is_capital else word.text[0] for word in words).upper())
    return all(letter in letters for letter in tokens[start].text.upper() if letter.isalpha())


def bracket_segments(
    tokens: Sequence[Token], start: int, close: int, bodies: Bodies, *, is_first: bool = True
) -> list[Segment]:
    """Return the phrases in brackets; behind another phrase (not `is_first`) a city is a city: "Institute (Tunis)"."""
    segments: list[Segment] = []
    begin = start
    for index in range(start, close + 1):
        if begin < index < close and index < extend_list(tokens, begin, index, close, bodies, is_line=True):
            continue
        is_slash = tokens[index].text == "/" and bool(tokens[index + 1].gap) if index < close else False
        if index == close or tokens[index].text in ",;|" or is_slash:
            is_city = not is_first and begin < index and is_place(tokens[begin:index])
            if begin < index and not is_city:
                segments.append(Segment(begin, index, _bracket_kind(tokens[begin:index], bodies), in_brackets=True))
            begin = index + 1
    return segments
