"""Tokens keep the text, come apart where labels may begin, and know what their line is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from models.lines import LineTokenizer, line_kinds

TOKENIZE = LineTokenizer(Vocab())


@given(st.text(alphabet=st.sampled_from("aB9 \n\t.:-_é会場ー\u00a0"), max_size=80))
def test_the_text_is_kept(text: str) -> None:
    doc = TOKENIZE(text)
    assert doc.text == text
    assert all(text[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("9AM-1PM", "1PM"),
        ("at 4:30 p.m.\nRoom", "4:30 p.m"),
        ("会場は第4会議室です", "第4会議室"),
        ("(WeH 5409)", "WeH 5409"),
    ],
)
def test_a_label_begins_and_ends_with_a_token(text: str, label: str) -> None:
    start = text.index(label)
    span = TOKENIZE(text).char_span(start, start + len(label))
    assert span is not None and span.text == label


def test_lines_are_named_by_their_label() -> None:
    text = "A talk\n\nWho:  Ann Lee\n      and Bo\nWhere : Room 4\n\n   indented\n"
    text += "We all come and eat and listen.\n場所：東京"
    assert [kind for _, kind in line_kinds(text)] == [
        "short", "blank", "who", "+who", "where", "blank", "short indented", "prose", "場所",
    ]  # fmt: skip
    tags = {token.text: token.tag_ for token in TOKENIZE(text)}
    assert (tags["Ann"], tags["Bo"], tags["Room"], tags["talk"]) == ("who", "+who", "where", "short")
