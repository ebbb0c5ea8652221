"""Repair of characters and words: what is broken is mended, what is a fact stays."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import clean_characters, clean_inline, clean_line, count_words, join_hyphenated, split_glued_words


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("CafÃ© in ZÃ¼rich", "Café in Zürich"),
        ("Minis\u00adter", "Minister"),
        ("Fo\u200brum\ufeff", "Forum"),
        ("e\u0301te\u0301", "été"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("one\x0ctwo", "one\n\ntwo"),
        ("\uf0b7 item", "• item"),
        ("The ‘quoted’ “words” – stay", "The ‘quoted’ “words” – stay"),
        ("ＮＡＴＯ２０２４ m²", "ＮＡＴＯ２０２４ m²"),
        ("oﬃce", "office"),
        ("R&amp;D stays", "R&amp;D stays"),
    ],
)
def test_characters(raw: str, clean: str) -> None:
    assert clean_characters(raw) == clean


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("11:00 CEST \xa0\xa0\xa0 Registration", "11:00 CEST\tRegistration"),
        ("Washington    08:00", "Washington\t08:00"),
        ("It ended.   Then came", "It ended. Then came"),
        ("9:30 a.m.   Welcome", "9:30 a.m.\tWelcome"),
        ("a\xa0b  c", "a b c"),
        ("14:00\u3000開会挨拶", "14:00\t開会挨拶"),
        ("  Name:\tEva  ", "Name:\tEva"),
    ],
)
def test_column_gaps_become_tabs(raw: str, clean: str) -> None:
    assert clean_line(raw) == clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Japan joined. The Partnership InitiativeJapan takes part.", "Partnership Initiative Japan takes"),
        ("The talks ended.The ministers left.", "ended. The ministers"),
        ("Watch on YouTube or LinkedIn.", "YouTube or LinkedIn"),
        ("McDonald and DeVries met Donald.", "McDonald and DeVries"),
        ("See nordhavn.Example and www.port.Com now", "nordhavn.Example and www.port.Com"),
        ("#HarbourDays with Days ahead", "#HarbourDays"),
        ("Mail eva.Lund@x.org to Lund", "eva.Lund@x.org"),
        ("PortWatch is a firm. Watch PortWatch.", "PortWatch is a firm. Watch PortWatch."),
    ],
)
def test_glued_words(text: str, expected: str) -> None:
    assert expected in split_glued_words(text, count_words(text))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("a one-", "day meeting", "a one-day meeting"),
        ("co-", "operation", "co-operation"),
        ("the govern-", "ment said", "the government said"),
        ("Indo-", "Pacific", "Indo-Pacific"),
        ("in 2019-", "2020", "in 2019-2020"),
    ],
)
def test_hyphens_at_line_ends(left: str, right: str, expected: str) -> None:
    assert join_hyphenated(left, right, Counter()) == expected


@given(st.text(max_size=200))
def test_cleaning_is_idempotent_nfc_and_visible(text: str) -> None:
    clean = clean_characters(text)
    assert clean_characters(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in "\n\t" for char in clean)


@given(st.text(alphabet=st.sampled_from("ab. \xa0\t\u3000:1"), max_size=40))
def test_line_cleaning_is_idempotent(line: str) -> None:
    once = clean_line(line)
    assert clean_line(once) == once
    assert "  " not in once


@given(st.text(max_size=120))
def test_inline_text_is_one_line(text: str) -> None:
    assert "\n" not in clean_inline(text)
    assert clean_inline(clean_inline(text)) == clean_inline(text)
