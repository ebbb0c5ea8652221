"""The run over real files: what is done again and why, what bad input becomes, and equal tables for equal input."""

from __future__ import annotations

import os
import shutil
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from flows.steps import RunError, RunSettings, RunSummary, run
from tables.schema import TABLES

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "data" / "raw"
BAD = ROOT / "tests" / "data" / "bad"
SMALL = ("notice.txt", "note.md")
NOTICE = """Seminar on Coastal Surveillance

Thursday, 14 March 2024, 10:00–12:30 CET
Venue: Palais d'Egmont, Brussels

Speakers
- Dr Anna Beispiel, Senior Fellow, Institute for Coastal Studies
- Kenji Ito, Research Fellow, National Institute for Defense Studies (NIDS)
"""
NOTE = """# Workshop report

The workshop took place in Rome on 3 May 2023. It was opened by Maria Rossi, Director of the Sea Forum.
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    (raw / "sub").mkdir(parents=True)
    (raw / "notice.txt").write_text(NOTICE, "utf-8")
    (raw / "sub" / "note.md").write_text(NOTE, "utf-8")
    return tmp_path


def go(place: Path, **changes: object) -> RunSummary:
    return run(
        RunSettings(place / "raw", place / "processed", place / "state.duckdb", workers=1, **changes)  # type: ignore[arg-type]
    )


def table(place: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(place / "processed" / f"{name}.parquet")


def test_a_page_with_neither_text_nor_ocr_makes_a_document_partial(place: Path) -> None:
    """A picture without a word: an OCR engine finds none, and without an engine nobody looked."""
    canvas = Canvas(str(place / "raw" / "report.pdf"), pagesize=(595, 842))
    canvas.drawString(72, 700, "The workshop took place in Rome on 3 May 2023.")
    canvas.showPage()
    canvas.drawInlineImage(Image.new("L", (300, 400), 128), 0, 0, 595, 842)
    canvas.save()
    go(place)
    rows = table(place, "outcomes").set_index("source_uri").loc["report.pdf"]
    assert (rows.outcome, rows.reason_code) == ("partial", "partial_pages")
    assert "page 2" in rows.detail and "has no text" in rows.detail
    document = table(place, "documents").set_index("source_uri").loc["report.pdf"]
    assert document.coverage_score == 0.5
    assert any("page 2" in warning for warning in document.warnings)


def test_first_run_then_nothing_to_do(place: Path) -> None:
    first = go(place)
    assert first.counts == {"ok": 2} and first.is_new_release
    assert first.rows["documents"] == 2
    left = {path.name for path in place.iterdir()}
    assert left == {"raw", "processed", "state.duckdb", "state.duckdb.joined"}, "nothing of the work is left"
    before = {t.name: (place / "processed" / f"{t.name}.parquet").read_bytes() for t in TABLES}
    second = go(place)
    assert second.counts == {"unchanged": 2} and not second.is_new_release
    for name, data in before.items():
        if name != "outcomes":
            assert (place / "processed" / f"{name}.parquet").read_bytes() == data
    outcomes = table(place, "outcomes")
    assert outcomes.groupby("run_id").source_uri.nunique().tolist() == [2, 2]


def test_only_what_changed_is_done_again(place: Path) -> None:
    go(place)
    (place / "raw" / "notice.txt").write_text(NOTICE.replace("10:00", "11:00"), "utf-8")
    second = go(place)
    assert second.counts == {"ok": 1, "unchanged": 1}
    assert len(table(place, "documents")) == 2, "the older version of the file is gone"
    assert second.causes == {"changed bytes": 1}
    details = table(place, "outcomes").groupby("source_uri").detail.apply(list)
    assert details["notice.txt"] == ["new document", "changed bytes"]


def test_a_removed_file_is_retired(place: Path) -> None:
    go(place)
    (place / "raw" / "notice.txt").unlink()
    second = go(place)
    assert second.retired == ("notice.txt",)
    assert list(table(place, "documents").source_uri) == ["sub/note.md"]


def test_a_copy_is_a_duplicate_until_the_first_is_gone(place: Path) -> None:
    shutil.copy(place / "raw" / "notice.txt", place / "raw" / "zz_copy.txt")
    assert go(place).counts == {"duplicate": 1, "ok": 2}
    (place / "raw" / "notice.txt").unlink()
    assert go(place).counts == {"ok": 1, "unchanged": 1}
    assert set(table(place, "documents").source_uri) == {"zz_copy.txt", "sub/note.md"}


def test_every_bad_input_has_one_outcome_and_a_reason(place: Path) -> None:
    for path in BAD.iterdir():
        if path.is_file():
            shutil.copy(path, place / "raw" / path.name)
    summary = go(place)
    outcomes = table(place, "outcomes")
    assert len(outcomes) == sum(p.is_file() for p in (place / "raw").rglob("*")) == sum(summary.counts.values())
    assert outcomes.source_uri.is_unique
    bad = outcomes[~outcomes.outcome.isin(["ok"])]
    assert (bad.reason_code.notna() & (bad.detail.str.len() > 10)).all()
    assert set(table(place, "documents").source_uri) >= {"notice.txt", "sub/note.md"}


def test_files_inside_others_have_outcomes_of_their_own(place: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Seminar"
    message.set_content(NOTE)
    message.add_attachment(b"%PDF-1.7 cut", maintype="application", subtype="pdf", filename="programme.pdf")
    (place / "raw" / "mail.eml").write_bytes(message.as_bytes())
    with zipfile.ZipFile(place / "raw" / "photos.zip", "w") as archive:
        archive.writestr("one.png", b"\x89PNG\r\n\x1a\n")
    with zipfile.ZipFile(place / "raw" / "papers.zip", "w") as archive:
        archive.writestr("two.png", b"\x89PNG\r\n\x1a\n")
        archive.writestr("report.txt", NOTICE.replace("March", "April"))
    go(place)
    outcomes = table(place, "outcomes").set_index("source_uri")
    assert outcomes.index.is_unique
    rows = outcomes[["outcome", "reason_code"]].fillna("").to_records().tolist()
    assert rows == [
        ("mail.eml", "ok", ""), ("mail.eml!/programme.pdf", "failed", "truncated"), ("notice.txt", "ok", ""),
        ("papers.zip", "ok", ""), ("papers.zip!/report.txt", "ok", ""),
        ("papers.zip!/two.png", "unsupported", "unsupported_type"), ("photos.zip", "unsupported", "unsupported_type"),
        ("photos.zip!/one.png", "unsupported", "unsupported_type"), ("sub/note.md", "ok", ""),
    ]  # fmt: skip
    again = go(place)
    assert again.counts == {"failed": 1, "unchanged": 5, "unsupported": 3}
    with zipfile.ZipFile(place / "raw" / "papers.zip", "w") as archive:
        archive.writestr("other.txt", NOTICE.replace("March", "May"))
    go(place)
    documents = table(place, "documents").source_uri
    assert "papers.zip!/other.txt" in set(documents)
    assert "papers.zip!/report.txt" not in set(documents), "the older version of the archive is gone"


def test_links_are_not_followed(place: Path) -> None:
    (place / "raw" / "link.txt").symlink_to("/etc/hostname")
    go(place)
    outcomes = table(place, "outcomes").set_index("source_uri")
    assert outcomes.loc["link.txt", "outcome"] == "failed"
    assert "link" in outcomes.loc["link.txt", "detail"]


def test_limit_takes_the_first_and_retires_nothing(place: Path) -> None:
    go(place)
    summary = go(place, limit=1)
    assert summary.retired == ()
    assert len(table(place, "documents")) == 2


@pytest.mark.parametrize("case", ["missing", "empty"])
def test_nothing_to_read_is_said(tmp_path: Path, case: str) -> None:
    if case == "empty":
        (tmp_path / "raw").mkdir()
    with pytest.raises(RunError, match=r"there is no folder|holds no documents"):
        run(RunSettings(tmp_path / "raw", tmp_path / "processed", tmp_path / "s.duckdb"))
    assert not (tmp_path / "s.duckdb").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission_is_said(place: Path) -> None:
    (place / "raw" / "notice.txt").chmod(0)
    go(place)
    assert "access rights" in table(place, "outcomes").set_index("source_uri").loc["notice.txt", "detail"]


def test_equal_input_gives_equal_bytes_whatever_the_place_and_the_workers(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(place / "raw", other / "raw")
    for n in range(8):
        for raw in (place / "raw", other / "raw"):
            (raw / f"more_{n}.txt").write_text(NOTICE.replace("14 March", f"{n + 1} March"), "utf-8")
    go(place)
    run(RunSettings(other / "raw", other / "processed", other / "s.duckdb", workers=2))
    for t in TABLES:
        if t.name != "outcomes":  # holds seconds
            name = f"{t.name}.parquet"
            assert (place / "processed" / name).read_bytes() == (other / "processed" / name).read_bytes(), name


def test_offsets_hold_for_every_row(place: Path) -> None:
    go(place)
    mentions = table(place, "mentions").merge(table(place, "documents")[["document_id", "text"]], on="document_id")
    assert len(mentions)
    for row in mentions.itertuples():
        assert row.text_y[row.start_char : row.end_char] == row.text_x
