"""Repair of characters and words: what is broken is mended, what is a fact stays."""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.cleaning import (
    clean_characters,
    clean_inline,
    clean_line,
    count_words,
    goes_on_as_address,
    join_hyphenated,
    split_glued_words,
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("CafÃ© in ZÃ¼rich", "Café in Zürich"),
        ("JosÃ© MartÃ\u00adnez", "José Martínez"),
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
        ("📅 Date: 4 May 🇯🇵 ✓ 日本", "Date: 4 May ✓ 日本"),
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
        ("the NATO-", "led mission", "the NATO-led mission"),
        ("by e-", "mail", "by e-mail"),
        ("the state-", "of-the-art", "the state-of-the-art"),
        ("see https://port.example/a-", "day", "see https://port.example/a-day"),
        ("write to ana-", "costa@port.example", "write to ana-costa@port.example"),
        ("in COVID-", "19 times", "in COVID-19 times"),
    ],
)
def test_hyphens_at_line_ends(left: str, right: str, expected: str) -> None:
    assert join_hyphenated(left, right, Counter()) == expected


def test_an_elided_article_hides_no_word() -> None:
    words = count_words("L’exploitation des ports et l'étude")
    assert join_hyphenated("l’ex-", "ploitation", words) == "l’exploitation"
    assert words["étude"] == 1


@pytest.mark.parametrize(
    ("left", "right", "cut"),
    [
        ("see https://port.example/talks/the-long-", "way.pdf", True),
        ("https://port.example/talks/the_lo", "ng_way.pdf now", True),
        ("https://port.example/talks", "and later", False),
        ("https://port.example/talks", "Register/sign up", False),
        ("https://port.example/talks.", "a/b", False),
        ("https://port.example", "a/b", False),
        ("by mail", "a/b", False),
    ],
)
def test_an_address_cut_by_a_line_end(left: str, right: str, cut: bool) -> None:
    assert goes_on_as_address(left, right) == cut


# --- repair never changes a fact -------------------------------------------------------------------------------------

FACTS = (
    "2024-05-04", "04.05.2024", "4/5/2024", "9:30–11:00", "14.30 Uhr", "18h30", "10:00 a.m.", "1,250", "3.1415", "€5.5",
    "+81-3-1234-5678", "25°C", "½", "§ 9", "No. 12", "A/RES/73/27", "F-35", "COVID-19", "2019-2020", "C5ISR", "G7",
    "https://port.example/a_b/Talk-2024.pdf?x=1&y=2#Top", "www.port.Example", "Ana.Costa@Port.example", "@PortOslo",
    "#HarbourDays2024", "10.1000/xyz.123", "SÃO PAULO", "NAÇÕES", "Škvorčeková-Müller", "Łódź", "Ångström", "Đà Nẵng",
    "O’Brien", "D'Angelo", "McDonald", "DeVries", "van der Meer", "al-Rashid", "Jean-Luc", "AÏT", "Þórr", "İzmir",
    "Ştefan", "山田 太郎", "ＮＡＴＯ２０２４", "Dr. Lund", "Ph.D.", "U.S.", "e.V.", "S.p.A.", "GmbH", "iPhone",
    "eGovernment", "YouTube", "m²", "CO₂", "‘quoted’", "“quoted”", "Œuvre",
)  # fmt: skip
"""What documents state, in the forms that repair could take for damage."""

_PROSE = st.sampled_from(
    ["the port", "Lund said", "Harbour", "ended.The", "ports", "of", "PartnershipDonald", "Donald"]
)
_MIXED = st.lists(st.one_of(st.sampled_from(FACTS), _PROSE), min_size=1, max_size=12)


@given(_MIXED, st.sampled_from([" ", "\n", "\u00a0", "  "]))
def test_facts_stay_as_they_are(parts: list[str], blank: str) -> None:
    text = blank.join(parts)
    clean = clean_characters(text)
    mended = split_glued_words(clean, count_words(clean))
    for fact in set(parts) & set(FACTS):
        assert clean.count(fact) >= text.count(fact), "characters"
        assert mended.count(fact) >= clean.count(fact), "words"
        assert fact in " ".join(clean_line(line).replace("\t", " ") for line in clean.split("\n"))


@given(_MIXED)
def test_only_blanks_and_line_end_hyphens_are_touched(parts: list[str]) -> None:
    text = " ".join(parts)
    mended = split_glued_words(text, count_words(text))
    assert "".join(mended.split()) == "".join(text.split())
    for left, right in itertools.pairwise(parts):
        joined = join_hyphenated(left + "-", right, count_words(text))
        assert joined.replace("-", "") == (left + right).replace("-", "")


@given(st.sampled_from(FACTS), st.data())
def test_a_hyphen_inside_a_fact_survives_a_line_end(fact: str, data: st.DataObject) -> None:
    """A fact that its own hyphen cuts in two comes back whole; a number is never joined to another."""
    cuts = [index + 1 for index, char in enumerate(fact) if char == "-" and 0 < index < len(fact) - 1]
    if not cuts:
        return
    cut = data.draw(st.sampled_from(cuts))
    assert join_hyphenated(fact[:cut], fact[cut:], Counter()) == fact


_LETTERS = (
    "äöüß",
    "àâçéèêëîïôùûœ",
    "áéíóúñü",
    "ãõçáéíóúâêô",
    "áčďéěíňóřšťúůýž",
    "ąćęłńóśźż",
    "áéíóöőúüű",
    "çğöşü",
    "åäöæø",
)
_CASES = (str.lower, str.title, str.upper)


def _words(own: str) -> st.SearchStrategy[str]:
    """Words of syllables, with the letters that a language has beside the English ones where they can stand."""
    syllable = st.tuples(st.sampled_from("bdklmnprst"), st.sampled_from(own + "aeiou"))
    return st.lists(syllable, min_size=1, max_size=5).map(lambda parts: "".join(itertools.chain(*parts)))


@given(st.sampled_from(_LETTERS).flatmap(_words), st.sampled_from(_CASES))
def test_mojibake_comes_back_or_stays_and_what_was_right_stays(word: str, case: Callable[[str], str]) -> None:
    """Words of a European language, read as Windows-1252 by mistake, become what they were, or nothing else."""
    right = f"in {case(word)} 2024"
    assert clean_characters(right) == right
    try:
        broken = right.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return
    assert clean_characters(broken) in (right, broken.replace("\xad", ""))


def test_most_mojibake_comes_back() -> None:
    words = ["Café", "Zürich", "Škoda", "Łódź", "Málaga", "Ångström", "Straße", "Curaçao", "Øresund", "İzmir", "Pärnu"]
    texts = [f"The mayor of {word} opened the forum – 4 May 2024." for word in words]
    mended = [clean_characters(text.encode("utf-8").decode("cp1252", "replace")) == text for text in texts]
    assert sum(mended) >= len(words) - 2


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


@given(st.text(alphabet=st.sampled_from("ab.1 \t\n\u00a0\u200bé–“\u00ad"), max_size=60))
def test_inline_cleaning_is_idempotent(text: str) -> None:
    assert clean_inline(clean_inline(text)) == clean_inline(text)
