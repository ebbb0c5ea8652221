"""Draws docs/images/desk-*.png: the review desk over the sample corpus, in Chromium.

uv run python docs/make_screenshots.py [FOLDER]      (docs/images when left out)

Works on a copy of the sample corpus; data/processed and data/corrections stay as they are.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from flows.steps import RunSettings, run

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
"""The system's; Playwright's own is taken where there is none."""
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDE, NARROW = (1280, 800), (390, 844)
DOCUMENT = "meridian-two-oceans-programme.pdf"
PERSON, OTHER_PERSON, ORGANISATION = "Hayato", "Kaori Enomoto", "Hitotsubashi"
"""Words of findings in that document, which are pointed at."""
SETTLED = 900
"""Milliseconds after which what moves on the page stands still."""


@contextmanager
def served_desk(folder: Path) -> Iterator[str]:
    """Read the sample corpus in a folder, serve its desk, give the address."""
    shutil.copytree(ROOT / "data" / "raw", folder / "data" / "raw")
    run(RunSettings(folder / "data" / "raw", folder / "data" / "processed", folder / "data" / "convenor.duckdb"))
    command = [sys.executable, "-u", "-m", "convenor", "desk", "data/raw", "--no-open"]
    places = ["--processed", "data/processed", "--state", "data/convenor.duckdb", "--corrections", "data/corrections"]
    with subprocess.Popen([*command, *places], cwd=folder, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        try:
            yield next(line.strip() for line in desk.stdout if line.strip().startswith("http"))
        finally:
            desk.terminate()


def opened(browser: Browser, address: str, size: tuple[int, int], scheme: Literal["light", "dark"] = "light") -> Page:
    """Return the desk in a window of its own."""
    width, height = size
    page = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
    page.goto(address)
    return page


def open_document(page: Page) -> None:
    page.click(f"text={DOCUMENT}")
    page.wait_for_selector("#work .card", state="attached")


def draw(page: Page, file: Path) -> None:
    """Keep what is shown, in 256 colours: a third of the size, and no eye tells."""
    page.wait_for_timeout(SETTLED)
    with Image.open(BytesIO(page.screenshot())) as image:
        image.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(file, optimize=True)
    print(file)


def draw_all(browser: Browser, address: str, out: Path) -> None:
    """Draw the list, a document with one finding accepted, its pages, a small screen, and a dark one."""
    page = opened(browser, address, WIDE)
    draw(page, out / "desk-documents.png")
    open_document(page)
    page.click(f".m.layer-person >> text={PERSON}")
    page.keyboard.press("a")
    page.wait_for_timeout(SETTLED)
    page.hover(f".m.layer-organisation >> text={ORGANISATION}")
    draw(page, out / "desk-document.png")
    page.mouse.move(5, 5)
    page.click(".views [data-view=pages]")
    page.wait_for_selector(".page .box")
    page.wait_for_selector("#toast", state="hidden")  # what was accepted is no longer told
    draw(page, out / "desk-pages.png")

    page = opened(browser, address, NARROW)
    open_document(page)
    page.click("[data-side=findings]")
    page.click(f".card .card-title >> text={OTHER_PERSON}")
    draw(page, out / "desk-small.png")

    page = opened(browser, address, WIDE, "dark")
    open_document(page)
    page.click(f".m.layer-person >> text={PERSON}")
    draw(page, out / "desk-dark.png")


def main(out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    own = str(CHROMIUM) if CHROMIUM.exists() else None
    with TemporaryDirectory() as folder, served_desk(Path(folder)) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=own, args=SWITCHES)
        draw_all(browser, address, out)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images")
