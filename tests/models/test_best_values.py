"""One value a document: what is said most, in whatever form; brackets that never close are cut off."""

import pytest

from models.best_values import _closed, _most_said


@pytest.mark.parametrize(
    ("text", "spans", "best"),
    [
        ("Ann Lee. Bo Kim. Ann Lee.", ["Ann Lee", "Bo Kim", "Ann Lee"], "Ann Lee"),
        ("Bo Kim. Dr Ann Lee. Lee left.", ["Bo Kim", "Dr Ann Lee", "Lee"], "Dr Ann Lee"),
        ("3pm or 3:00 PM, yes 3:00 pm", ["3pm", "3:00 PM", "3:00 pm"], "3:00 PM"),
        ("Room 4, Room 7", ["Room 4", "Room 7"], "Room 4"),
    ],
)
def test_what_is_said_most_is_the_value(text: str, spans: list[str], best: str) -> None:
    found, position = {}, 0
    for words in spans:
        start = text.index(words, position)
        found[start, start + len(words)] = 1.0
        position = start + len(words)
    start, end = _most_said(text, found)
    assert text[start:end] == best


def test_a_bracket_that_never_closes_is_cut_off() -> None:
    assert _closed("Ann Lee (Bell Labs", 0, 18) == (0, 7)
    assert _closed("Ann Lee (Bell)", 0, 14) == (0, 14)
    assert _closed("(Bell", 0, 5) == (0, 5)
