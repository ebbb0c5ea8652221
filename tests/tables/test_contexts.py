"""A wrong or missed value is shown where it stands, or where its words stand."""

import pytest

from tables.contexts import context

TEXT = "Harbour talks\n\nWelcome by Ada\nBerg, Port of Oslo.\nDoors open on 5 May 2031 at nine."


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Ada Berg", "Welcome by [Ada Berg], Port of Oslo."),
        ("port OF oslo", "Berg, [Port of Oslo]. Doors open"),
        ("2031-05-05", "Doors open on 5 May 2031 at nine."),
        ("maritime", "Harbour talks"),
        ("", "Harbour talks"),
    ],
)
def test_a_value_in_its_context(value: str, shown: str) -> None:
    assert shown in context(TEXT, value)


def test_an_empty_text_has_no_context() -> None:
    assert context("", "Oslo") == ""
