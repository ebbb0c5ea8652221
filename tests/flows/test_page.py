"""The page of a real, local Prefect server in a real browser: the form of a run, the run, what it says of itself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.flows.test_serving import Place, deployment, place  # noqa: F401 - the server is a fixture

CHROMIUM = Path("/usr/bin/chromium")
PARAMETERS = ("raw", "processed", "state", "corrections", "limit", "workers", "force", "accept_drops", "engine")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


@pytest.fixture
def page(place: Place) -> Iterator[Page]:  # noqa: F811 - the fixture, not the import
    home = place.api.removesuffix("/api")
    asked: list[str] = []
    expect.set_options(timeout=120_000)  # a busy machine is slow, not wrong
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        one = browser.new_context(base_url=home, viewport={"width": 1280, "height": 900}).new_page()
        one.set_default_timeout(120_000)
        one.on("request", lambda request: asked.append(request.url.removeprefix("blob:")))
        yield one
        browser.close()
    assert asked and all(url.startswith(home) for url in asked), "nothing is asked of other servers"


def picture(page: Page, name: str) -> None:
    """Keep what the browser shows, where PICTURES names a folder for it."""
    if folder := os.environ.get("PICTURES"):
        page.wait_for_timeout(3_000)  # the time line of a run grows into its place
        page.screenshot(path=f"{folder}/{name}.png")


def test_a_run_is_started_by_its_form_and_tells_what_it_did(page: Page, place: Place) -> None:  # noqa: F811
    (place.folder / "raw" / "empty.txt").write_bytes(b"")
    served = deployment(place, "nightly")
    page.goto("/deployments")
    expect(page.get_by_text("nightly").first).to_be_visible()
    page.goto(f"/deployments/deployment/{served['id']}/run")
    for name in PARAMETERS:
        expect(page.get_by_text(f"{name} (Optional)", exact=True)).to_be_visible()
    expect(page.get_by_text("only the first so many documents, for a trial")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value(str(place.folder / "raw"))
    picture(page, "prefect-form")
    page.get_by_role("button", name="Submit").click()
    page.goto("/runs")
    page.get_by_role("link", name=f"process {place.folder / 'raw'}").first.click()
    expect(page.get_by_text("CompletedWithFailures").first).to_be_visible(timeout=300_000)
    expect(page.get_by_text("a new release; discover")).to_be_visible()
    picture(page, "prefect-run")
    page.locator("li#parameters").click()
    expect(page.get_by_text('"accept_drops": false')).to_be_visible()
    page.locator("li#artifacts").click()
    for key in ("run-summary", "run-problems"):
        expect(page.get_by_text(key, exact=True)).to_be_visible()
    page.get_by_text("run-summary", exact=True).click()
    expect(page.get_by_role("heading", name="1 ok · 1 failed")).to_be_visible()
    expect(page.get_by_text("Time: discover")).to_be_visible()
    picture(page, "prefect-summary")
    page.goto("/artifacts/key/run-problems")
    page.locator("a[href*='/artifacts/artifact/']").first.click()
    expect(page.get_by_text("empty_file")).to_be_visible()
    picture(page, "prefect-problems")
