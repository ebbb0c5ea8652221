"""The report is one file that fetches nothing, shows what the tables hold, and lets nothing in a document act."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from convenor.report.figures import FIGURES
from convenor.report.page import write_report
from tables.assembly import assemble
from tables.joined import Decisions
from tables.publish import publish
from tables.writing import ReleaseInfo
from tests.records import corpus_of, make_records

CHROMIUM = Path("/usr/bin/chromium")
HOSTILE = "<script>alert(1)</script> & Talks"
RECORDS = sorted(
    (
        make_records("a", people={"Ito Kenji": "NIDS", "Anna Beispiel": "Sea Forum"}, organisers=("NIDS", "Sea Forum")),
        make_records("b", title=HOSTILE, day=date(2025, 1, 1), event_status="cancelled", organisers=("NIDS",)),
    ),
    key=lambda record: record.document.document_id,
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    publish(
        assemble(corpus_of(lambda: RECORDS), Decisions(), "run_1", "v"),
        folder / "processed",
        ReleaseInfo("data_1", "r", "c"),
    )
    (folder / "raw").mkdir()
    (folder / "raw" / "a.txt").write_text("x", "utf-8")
    write_report(folder / "processed", folder / "out" / "report.html", folder / "raw", folder / "figures")
    return folder / "out" / "report.html"


def test_every_figure_has_its_table_and_its_documents(report: Path) -> None:
    page = html.parse(str(report)).getroot()
    assert [section.get("id") for section in page.iter("section")] == [
        *(figure.name for figure in FIGURES), "milestones", "sources",
    ]  # fmt: skip
    (events,) = page.xpath("//section[@id='events']")
    assert "2025-01-01" in events.text_content() and HOSTILE in events.text_content()
    targets = {element.get("id") for element in page.xpath("//*[@id]")}
    links = {link.get("href")[1:] for link in page.xpath("//a[starts-with(@href, '#')]")}
    assert links and links <= targets, "every link on the page leads somewhere"
    (source,) = page.xpath("//section[@id='sources']//a[contains(@href, 'a.txt')]")
    assert (report.parent / source.get("href")).resolve().is_file()


def test_nothing_is_fetched_and_nothing_in_a_document_acts(report: Path) -> None:
    text = report.read_text("utf-8")
    page = html.fromstring(text.encode())
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert len(page.xpath("//script")) == 1 and HOSTILE not in text
    assert page.xpath("//@src | //link | //iframe | //object | //*[@onclick or @onload]") == []
    assert not re.search(r"url\((?!#)|@import", text)


def test_figures_say_what_they_show_to_those_who_do_not_see_them(report: Path) -> None:
    page = html.parse(str(report)).getroot()
    drawings = page.xpath("//*[local-name()='svg']")
    assert len(drawings) >= 6
    assert all(drawing.get("role") == "img" and "table below" in drawing.get("aria-label") for drawing in drawings)
    assert sorted(path.name for path in (report.parents[1] / "figures").glob("events.*")) == [
        "events.png",
        "events.svg",
    ]


@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_axe_finds_nothing_on_wide_and_narrow_light_and_dark_windows(sample_project: Path, tmp_path: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    page_path = tmp_path / "report.html"
    write_report(sample_project / "data" / "processed", page_path)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        for width, height in ((1280, 860), (390, 844)):
            for scheme in ("light", "dark"):
                page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
                page.goto(page_path.as_uri())
                found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
                assert [(v["id"], v["nodes"][0]["target"]) for v in found] == [], (width, scheme)
                assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing is cut off at the side"
                page.close()
        browser.close()


def test_an_empty_corpus_makes_a_page_too(tmp_path: Path) -> None:
    publish(
        assemble(corpus_of(list), Decisions(), "run_1", "v"), tmp_path / "processed", ReleaseInfo("data_1", "r", "c")
    )
    assert write_report(tmp_path / "processed", tmp_path / "report.html") > 1000
    assert "Nothing to draw yet" in (tmp_path / "report.html").read_text("utf-8")
