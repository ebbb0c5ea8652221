"""One value a document: what is said most, in whatever form; it ends with its last word."""

import pytest

from models.best_values import _most_said, _trimmed
from models.extract_training import _ends_inside_brackets
from models.synthetic import LabelledText


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


@pytest.mark.parametrize(
    ("text", "open_labels", "kept"),
    [
        ("Ann Lee (Bell Labs", False, "Ann Lee"),
        ("Ann Lee (Bell)", False, "Ann Lee (Bell)"),
        ("(Bell", False, "(Bell"),
        ("Hall (Room 1", True, "Hall (Room 1"),
        ("Room 1 (", True, "Room 1"),
        ("the auditorium.", False, "the auditorium"),
        ("3 p.m.", False, "3 p.m."),
        ("Bo Kim, Jr.", False, "Bo Kim, Jr."),
        ("Room 4, ", False, "Room 4"),
        ("...", False, ""),
    ],
)
def test_a_value_ends_with_its_last_word(text: str, open_labels: bool, kept: str) -> None:
    assert text[slice(*_trimmed(text, 0, len(text), open_labels))] == kept


def test_labels_that_end_inside_brackets_are_learned() -> None:
    texts = [LabelledText("Hall (Room 1) Ann (Bell)", ((0, 12, "WHERE"), (14, 24, "WHO")))] * 3
    assert _ends_inside_brackets(texts, "WHERE") and not _ends_inside_brackets(texts, "WHO")
