"""The shipped lists: sound rows, and the way their forms are found in a text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extract.gazetteer import Entry, Gazetteer, instruments, is_acronym, organisations, split_words
from extract.gazetteer.acronyms import agrees, definitions, looks_short
from extract.gazetteer.table import FOLDER, read_entries

TYPES = {"think_tank", "university", "government", "international", "military", "company", "media", "ngo", "other"}


def entry(name: str, acronym: str | None = None, *aliases: str) -> Entry:
    return Entry(name.lower(), name, acronym, aliases, None, None, None, ())


def found(text: str, *entries: Entry) -> list[str]:
    words = split_words(text)
    return [text[words[m.start].start : words[m.end - 1].end] for m in Gazetteer(entries).find(words)]


@pytest.mark.parametrize("name", ["organisations.csv", "instruments.csv"])
def test_ids_are_unique_and_names_are_set(name: str) -> None:
    entries = read_entries(FOLDER / name)
    assert len({e.id for e in entries}) == len(entries) > 300
    assert all(e.name and ";" not in e.name for e in entries)


def test_rows_are_sound() -> None:
    entries = organisations().entries
    assert len(entries) > 2500
    assert {e.type for e in entries.values()} <= TYPES
    assert all(e.country is None or (len(e.country) == 2 and e.country.isupper()) for e in entries.values())
    assert all(e.parent_id is None or e.parent_id in entries for e in entries.values())
    assert all(i.startswith("wikidata:Q") for e in entries.values() for i in e.external_ids)


def test_a_list_of_organisations_compiles_in_well_under_a_second() -> None:
    started = time.process_time()
    Gazetteer(read_entries(FOLDER / "organisations.csv"))
    assert time.process_time() - started < 0.8  # 0.06 s on an idle core


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Harbour Defense Center met.", ["Harbour Defense Center"]),
        ("the Ministry of Ports, Land & Sea", ["Ministry of Ports, Land & Sea"]),
        ("Ministry of Ports, Land, and Sea", ["Ministry of Ports, Land, and Sea"]),
        ("ministry of ports and land", []),
        ("HDC and hdc and Hdc", ["HDC"]),
        ("Nations Port Organization", ["Nations Port Organization"]),
        ("Harbour\n\nDefence Centre", []),
    ],
)
def test_forms_are_found_in_their_spellings(text: str, expected: list[str]) -> None:
    rows = [
        entry("Harbour Defence Centre", "HDC"),
        entry("Ministry of Ports, Land and Sea"),
        entry("Nations Port Organisation"),
    ]
    assert found(text, *rows) == expected


def test_the_longest_name_wins() -> None:
    assert found("Harbour University Press", entry("Harbour University"), entry("Harbour University Press")) == [
        "Harbour University Press"
    ]


def test_a_row_added_to_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    header = "id,name,acronym,aliases,type,country,parent_id,external_ids,source\n"
    path.write_text(
        header + "xx/zephyr,Zephyr Council,ZC,Conseil Zéphyr;ゼファー会議,ngo,,,,curated\n", encoding="utf-8"
    )
    (row,) = read_entries(path)
    assert found("Le Conseil Zephyr et le ZC", row) == ["Conseil Zephyr", "ZC"]


@pytest.mark.parametrize(
    ("form", "expected"),
    [("NATO", True), ("MoD", True), ("G7", True), ("UN-GGIM", True), ("Rheinmetall", False), ("Chatham House", False)],
)
def test_short_forms_are_told_from_names(form: str, expected: bool) -> None:
    assert is_acronym(form) is expected


@pytest.mark.parametrize(
    ("acronym", "name", "expected"),
    [
        ("NIDS", "national institute for defence studies", True),
        ("CSDS", "centre for security diplomacy and strategy", True),
        ("MOFA", "ministry of foreign affairs", True),
        ("CeSI", "centro studi internazionali", True),
        ("GSA", "university of glasgow", False),
        ("IRTF", "university of glasgow", False),
    ],
)
def test_acronyms_agree_with_their_names(acronym: str, name: str, expected: bool) -> None:
    assert agrees(acronym, name.split()) is expected


def test_definitions_are_found_in_brackets() -> None:
    text = "The Harbour Institute (“HI”) met the chair (Oslo, 2024) of the Sea Group (SG-1)."
    assert [d.acronym for d in definitions(split_words(text), text)] == ["HI", "SG-1"]
    assert not looks_short("Oslo, 2024")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S.-EU", ["U.S.", "-", "EU"]),
        ("Harbour.gov met", ["Harbour.gov", "met"]),
        ("Japan’s", ["Japan", "’s"]),
        ("防衛省と東京大学", ["防衛省", "と", "東京大学"]),
        ("see https://a.example/x.", ["see", "https://a.example/x."]),
    ],
)
def test_text_is_cut_into_words_that_names_are_made_of(text: str, words: list[str]) -> None:
    cut = split_words(text)
    assert [word.text for word in cut] == words
    assert all(text[word.start : word.end] == word.text for word in cut)


def test_instruments_are_listed_by_type() -> None:
    kinds = {e.type for e in instruments().entries.values()}
    assert kinds == {"agreement", "declaration", "strategy", "programme", "law", "dialogue", "operation", "exercise"}
