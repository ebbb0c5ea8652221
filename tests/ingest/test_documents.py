"""What holds for every document, whatever its format; the language; the publishers."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import BLOCK_KINDS, Declared, Document, RawFile
from ingest.language import detect_language
from ingest.read import read_file
from ingest.sources import load_sources, source_of_url, writes_day_first

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "eval"
FILES = [path for path in sorted(HERE.glob("samples/*/*")) if path.suffix != ".json" and path.parent.name != "pdf"]
FILES += sorted(SHARED.glob("*/texts/*"))


def _check(document: Document) -> None:
    text = document.text
    assert unicodedata.is_normalized("NFC", text)
    assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char not in "\n\t" for char in text)
    position = 0
    for block in document.blocks:
        assert block.kind in BLOCK_KINDS
        assert position <= block.start < block.end <= len(text)
        assert not text[position : block.start].strip()
        shown = document.block_text(block)
        assert shown == shown.strip()
        assert "\n" not in shown
        position = block.end
    assert not text[position:].strip()
    assert all(text[link.start : link.end].strip() for link in document.links)
    assert sum(block.kind == "title" for block in document.blocks) <= 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_invariants(path: Path) -> None:
    documents = read_file(RawFile(path.name, path.read_bytes()))
    for document in documents:
        _check(document)
        assert document.language
    assert read_file(RawFile(path.name, path.read_bytes())) == documents


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The forum on harbour safety takes place in May and is open to everyone who works in a port.", "en"),
        ("Le colloque sur la sécurité des ports a lieu en mai et il est ouvert à tous ceux qui y travaillent.", "fr"),
        ("Die Tagung zur Sicherheit der Häfen findet im Mai statt und steht allen offen, die dort arbeiten.", "de"),
        (
            "El foro sobre la seguridad de los puertos tiene lugar en mayo y está abierto a todos los trabajadores.",
            "es",
        ),
        ("Il convegno sulla sicurezza dei porti si svolge a maggio ed è aperto a tutti coloro che vi lavorano.", "it"),
        ("Het forum over de veiligheid van havens vindt plaats in mei en is open voor iedereen die er werkt.", "nl"),
        ("港湾の安全に関するフォーラムは五月に開催されます。", "ja"),
        ("港口安全论坛将于五月举行，所有港口工作人员均可参加。", "zh"),
        ("항만 안전 포럼이 오월에 열리며 모두에게 열려 있습니다.", "ko"),
        ("9:00", None),
    ],
)
def test_language(text: str, code: str | None) -> None:
    assert detect_language(text) == code


def test_blocks_have_their_own_language() -> None:
    french = "Le colloque sur la sécurité des ports a lieu en mai et il est ouvert à tous ceux qui y travaillent, " * 2
    english = "The forum on harbour safety takes place in May and is open to everyone. " * 20
    document = read_file(RawFile("a.txt", f"{english}\n\n{french}\n\n会場は東京です\n\nEva Lund".encode()))[0]
    assert document.language == "en"
    assert [block.language for block in document.blocks] == ["en", "fr", "ja", "en"]


def test_a_few_words_have_the_language_their_page_states() -> None:
    page = "<html lang='{}'><h1>Porto Forum</h1><p>{}</p></html>"
    assert read_file(RawFile("a.html", page.format("it-IT", "Aula Magna, Torino").encode()))[0].language == "it"
    assert read_file(RawFile("a.html", page.format("en-US", "会場は東京のホールです").encode()))[0].language == "ja"
    german = "Die Tagung fragt, wie Häfen im Winter offen bleiben, und sie steht allen offen, die dort arbeiten. " * 3
    assert read_file(RawFile("a.html", page.format("en-US", german).encode()))[0].language == "de"


def test_publishers_are_well_formed() -> None:
    for source in load_sources():
        assert source.date_order in ("DMY", "MDY", "YMD")
        assert source.hosts
        assert all(host == host.lower() and "/" not in host for host in source.hosts)


def test_the_longest_host_wins_and_lookalikes_do_not() -> None:
    found = source_of_url("https://www.eeas.europa.eu/node/1")
    assert found is not None
    assert found.source_id == "eeas"
    assert source_of_url("https://noteuropa.eu/") is None
    assert source_of_url("nonsense") is None


@pytest.mark.parametrize(
    ("address", "facts", "expected"),
    [
        ("a.txt", {}, None),
        ("https://www.nato.int/x", {}, True),
        ("https://www.state.gov/x", {}, False),
        ("a.html", {"url": "https://www.chathamhouse.org/events/x"}, True),
        ("a.html", {"url": "https://www.mofa.go.jp/x"}, False),
        ("a.html", {"inLanguage": "en-GB"}, True),
        ("a.html", {"inLanguage": "en-US"}, None),
        ("https://ports.example.de/x", {}, True),
        ("https://ports.example.org/x", {}, None),
        ("http://[broken", {}, None),
    ],
)
def test_the_order_of_numeric_dates_by_publisher(address: str, facts: dict[str, str], expected: bool | None) -> None:
    document = read_file(RawFile("a.txt", b"The forum is free and open to all who come."))[0]
    declared = tuple(Declared("html-meta", name, value) for name, value in facts.items())  # fmt: skip
    assert writes_day_first(replace(document, source_uri=address, declared=declared)) is expected
