"""Names printed over several lines of a document's head."""

from __future__ import annotations

from extract.fields.layout_lines import Line, is_prose
from extract.fields.title_cleaning import clean_title, is_section
from extract.fields.title_line_kinds import is_body, is_field, is_kind_only, is_mention, leads_in
from extract.fields.venue_parts import parse_place
from extract.fields.vocabulary import pattern_of
from extract.found import Found


def joined_lines(working_set: Found, lines: list[Line], at: int) -> tuple[int, int]:
    """Join a name printed over several short lines ("NATO-JAPAN" above "Defense Industrial Cooperation")."""
    first = last = at
    while first > 0 and _continues(working_set, lines[first - 1], lines[first]):
        first -= 1
    while last + 1 < len(lines) and _continues(working_set, lines[last], lines[last + 1]):
        last += 1
    if is_body(lines[last].text) and _ends_with_kind(working_set, lines, last + 1):
        last += 1
    elif first and is_body(lines[first - 1].text) and _ends_with_kind(working_set, lines, first):
        first -= 1
    elif opens_title(working_set, lines, last):
        last += 1
    elif first and opens_title(working_set, lines, first - 1):
        first -= 1
    if lines[first].text[0] in '“„«"' and first == last:
        last = _closing_line(lines, first)
    return lines[first].start, lines[last].end


def _ends_with_kind(working_set: Found, lines: list[Line], at: int) -> bool:
    """ "Working Group on Ports" above "14th meeting": together the name, when no other name stands below."""
    if at >= len(lines):
        return False
    start, end = clean_title(working_set, lines[at].start, lines[at].end)
    kind = working_set.document.text[start:end]
    if not is_kind_only(kind) or len(kind.split()) > 6:
        return False
    if any(char.isdigit() for char in kind.split()[0]):
        return True
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or is_prose(below) or is_section(below.text) or is_field(working_set, below):
        return True
    place = parse_place(below.text, 0, len(below.text))
    return place.city_start is not None and len(below.text.split()) <= 6


def opens_title(working_set: Found, lines: list[Line], at: int) -> bool:
    """ "War and Trade:" above "Ports in the Storm": a colon at the end of a line that is no label goes on below."""
    if at + 1 >= len(lines) or not lines[at].text.endswith(":") or leads_in(lines[at].text):
        return False
    bare = lines[at].text.rstrip(": ")
    labels = (pattern_of("title_words", "other_labels"), pattern_of("title_words", "labels"),
              pattern_of("venue_words", "labels"), pattern_of("programme_words", "people", "words"))  # fmt: skip
    lower = lines[at + 1]
    is_label = len(bare.split()) < 2 or is_section(bare) or any(label.search(bare) for label in labels)
    is_other = lower.kind in ("list_item", "table_row") or is_mention(working_set, lower.start, lower.end)
    return not (is_label or is_other or is_prose(lower) or is_section(lower.text) or is_field(working_set, lower))


def _closing_line(lines: list[Line], at: int) -> int:
    """Return the line that closes the quotation which a line opens, the line itself when none near does."""
    if any(quote in lines[at].text[1:] for quote in '”“»"'):
        return at
    for index in range(at + 1, min(at + 4, len(lines))):
        if lines[index].text.rstrip(" .")[-1:] in tuple('”“»"'):
            return index
    return at


def _continues(working_set: Found, upper: Line, lower: Line) -> bool:
    """Tell whether two neighbouring short lines are one name."""
    short = len(upper.text.split()) <= 3 and len(lower.text.split()) <= 6
    between = working_set.document.text[upper.end : lower.start]
    plain = all(
        not is_section(line.text) and not is_field(working_set, line) and line.text[-1] not in ".:;!?"
        and not line.text[0].isdigit() and line.kind not in ("list_item", "table_row")
        for line in (upper, lower)
    )  # fmt: skip
    capital = not any(char.islower() for char in upper.text) or "-" in upper.text
    return (
        short
        and plain
        and capital
        and not between.strip(" \n\t#*-")
        and not is_mention(working_set, lower.start, lower.end)
    )
