"""The sample corpus is what its script writes; each document has a label that says what the document says."""

from __future__ import annotations

import email.policy
import importlib.util
import json
import re
import unicodedata
from email import message_from_bytes
from html import unescape
from pathlib import Path
from types import ModuleType

import icalendar
import lxml.html
import mammoth
import pypdfium2
import pytest
import yaml

ROOT = Path(__file__).parents[2]
RAW, GOLD, SOURCES = ROOT / "data" / "raw", ROOT / "data" / "gold", ROOT / "data" / "sources"
SECOND = ROOT / "tests" / "gold"
BAD = Path(__file__).parent / "bad"

DOCUMENTS = sorted(path for path in RAW.iterdir() if path.is_file() and not path.name.startswith("."))
SECOND_DOCUMENTS = sorted((SECOND / "texts").iterdir())
ROLES = {"speaker", "keynote", "chair", "moderator", "opening", "closing", "host", "author", "contact", "mentioned"}
DOMAINS = {
    *("military", "regional", "nonproliferation", "terrorism", "organised_crime", "cyber", "economic", "energy"),
    *("climate", "human", "migration", "civil_protection", "maritime", "space", "technology", "hybrid"),
    *("defence_industry", "peace_operations"),
}


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_corpus", ROOT / "data" / "make_corpus.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# --- text by libraries that are not the project's readers --------------------------------------------------------


def pdf_text(path: Path) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]
    assert all(page.strip() for page in pages)
    return re.sub("[\ufffe\x02]\\s*", "", "\n".join(pages))


def docx_text(path: Path) -> str:
    with path.open("rb") as file:
        return str(mammoth.extract_raw_text(file).value)


def html_text(path: Path) -> str:
    tree = lxml.html.fromstring(path.read_bytes().decode("utf-8"))
    return " ".join(str(piece) for piece in tree.itertext())


def eml_text(path: Path) -> str:
    mail = message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert not mail.defects
    body = mail.get_body(("plain",))
    assert body
    return f"{mail['subject']}\n{body.get_content()}"


def md_text(path: Path) -> str:
    _, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert isinstance(yaml.safe_load(front_matter), dict)
    return front_matter + body


TEXT_OF = {
    ".pdf": pdf_text,
    ".docx": docx_text,
    ".html": html_text,
    ".eml": eml_text,
    ".md": md_text,
    ".txt": lambda path: path.read_text(encoding="utf-8"),
}


def joined(text: str) -> str:
    """Words that a hyphen and a line end divide, whole again."""
    return re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", text)


def folded(text: str) -> str:
    plain = unescape(re.sub(r"[*_]{1,3}|\[|\]\([^)]*\)", "", text))
    return " ".join(unicodedata.normalize("NFKC", plain).casefold().split())


def label_of(path: Path) -> dict:
    folder = GOLD if path.parent == RAW else SECOND / "labels"
    return json.loads((folder / f"{path.stem}.json").read_text(encoding="utf-8"))


def stated_names(label: dict) -> list[str]:
    """Everything the label claims the document calls by these words (a venue and a title may stand in pieces)."""
    event = label["event"] or {"organisers": []}
    pieces = [p for key in ("venue", "title") for p in re.split(r", |: ", event.get(key) or "") if p]
    people = [p[key] for p in label["people"] for key in ("name", "organisation") if p[key]]
    posts = [piece for p in label["people"] if p["position"] for piece in p["position"].split(", ")]
    return [*pieces, *people, *posts, *event["organisers"], *label["organisations"], *label["instruments"]]


# --- tests -------------------------------------------------------------------------------------------------------


def test_rebuilding_gives_the_committed_bytes(tmp_path: Path) -> None:
    built = load_script().make_corpus(tmp_path)
    assert {path.name for path in built} == {path.stem for path in SOURCES.iterdir()}
    for path in built:
        assert path.read_bytes() == (RAW / path.name).read_bytes(), f"run data/make_corpus.py: {path.name} differs"


def test_built_documents_all_come_from_sources() -> None:
    built = {path.name for path in DOCUMENTS if path.suffix in {".pdf", ".docx", ".eml"}}
    assert built == {path.stem for path in SOURCES.iterdir()}


@pytest.mark.parametrize(
    ("documents", "labels"), [(DOCUMENTS, GOLD), (SECOND_DOCUMENTS, SECOND / "labels")], ids=["corpus", "second"]
)
def test_each_document_has_one_label(documents: list[Path], labels: Path) -> None:
    stems = [path.stem for path in documents]
    assert len(set(stems)) == len(stems) >= 12
    assert sorted(stems) == sorted(path.stem for path in labels.glob("*.json"))


def test_the_corpus_spans_formats_kinds_and_languages() -> None:
    labels = [label_of(path) for path in DOCUMENTS]
    assert {path.suffix for path in DOCUMENTS} == set(TEXT_OF)
    assert {label["doc_type"] for label in labels} == {"announcement", "report", "profile", "other"}
    assert len({label["language"] for label in labels}) >= 3
    assert any(len(label.get("milestones", [])) >= 15 for label in labels)


@pytest.mark.parametrize("path", [*DOCUMENTS, *SECOND_DOCUMENTS], ids=lambda path: path.name)
def test_a_label_says_what_its_document_says(path: Path) -> None:
    label = label_of(path)
    read = TEXT_OF[path.suffix if path.parent == RAW else ".txt"]
    text = folded(read(path)) + folded(joined(read(path)))
    missing = [name for name in stated_names(label) if folded(name) not in text]
    assert not missing, f"{path.name} does not contain {missing}"


@pytest.mark.parametrize("path", [*DOCUMENTS, *SECOND_DOCUMENTS], ids=lambda path: path.name)
def test_a_label_keeps_to_the_codes_of_the_guide(path: Path) -> None:
    label = label_of(path)
    assert label["id"] == path.stem
    assert set(label["domains"]) <= DOMAINS
    assert {person["role"] for person in label["people"]} <= ROLES
    assert len({person["name"] for person in label["people"]}) == len(label["people"])
    assert len(set(label["organisations"])) == len(label["organisations"])
    for key in ("start", "end"):
        value = (label["event"] or {}).get(key)
        assert value is None or re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", value)
    assert set((label["event"] or {}).get("organisers", [])) <= set(label["organisations"])
    listed = {person["name"] for person in label["people"]}
    assert all(set(item["people"]) <= listed for item in label.get("programme", []))


def test_the_invitation_carries_a_calendar_entry() -> None:
    path = RAW / "economic-security-dialogue-invitation.eml"
    mail = message_from_bytes(path.read_bytes(), policy=email.policy.default)
    [attached] = mail.iter_attachments()
    [entry] = icalendar.Calendar.from_ical(attached.get_content()).walk("VEVENT")
    assert entry["DTSTART"].dt.isoformat() == "2025-06-17T08:00:00+00:00"


@pytest.mark.parametrize("path", sorted(RAW.glob("*.html")), ids=lambda path: path.name)
def test_structured_data_in_pages_is_json(path: Path) -> None:
    tree = lxml.html.fromstring(path.read_bytes().decode("utf-8"))
    for script in tree.xpath("//script[@type='application/ld+json']"):
        assert json.loads(script.text)["@context"] == "https://schema.org"


def test_bad_inputs_are_as_bad_as_they_should_be() -> None:
    assert (BAD / "empty.txt").read_bytes() == b""
    for name in ("truncated.pdf", "encrypted.pdf", "html-named.pdf"):
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(BAD / name)
    assert (BAD / "first-copy.txt").read_bytes() == (BAD / "second-copy.txt").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        (BAD / "unsupported.bin").read_bytes().decode("utf-8")
