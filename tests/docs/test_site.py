"""The documentation builds as a site, without a warning, and the site asks no other host for anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

ROOT = Path(__file__).parents[2]
RESOURCES = "//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src | //iframe/@src"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site")
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return out


def test_every_page_of_the_folder_is_on_the_site_and_named_in_its_menu(site: Path) -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md")}
    menu = {Path(link).stem for link in html.parse(str(site / "index.html")).xpath("//nav//a/@href")}
    assert pages <= menu | {"index"}
    assert all((site / f"{page}.html").is_file() for page in pages)


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 15
    for page in pages:
        tree = html.parse(str(page))
        loaded = tree.xpath(RESOURCES)
        assert loaded and not [url for url in loaded if re.match(r"(https?:)?//", url)], page.name
    for sheet in site.rglob("*.css"):
        assert not re.findall(r"(?:url\(|@import )[\"']?(?:https?:)?//", sheet.read_text("utf-8")), sheet.name


def test_pages_of_the_top_folder_are_there_with_links_that_lead_somewhere(site: Path) -> None:
    contributing = html.parse(str(site / "contributing.html"))
    links = [link for link in contributing.xpath("//article//a/@href") if not re.match(r"https?:|#", link)]
    assert links and all((site / link.partition("#")[0]).is_file() for link in links)
