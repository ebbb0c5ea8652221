"""The pictures of the review desk can be drawn anew by the script that drew them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
CHROMIUM = Path("/usr/bin/chromium")


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed")
def test_the_desk_is_drawn_anew(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "docs" / "make_screenshots.py", tmp_path], check=True)
    kept = {path.name: Image.open(path).size for path in (ROOT / "docs" / "images").glob("desk-*.png")}
    assert {path.name: Image.open(path).size for path in tmp_path.iterdir()} == kept and len(kept) == 5


def test_every_picture_is_shown_on_a_page() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md"))
    assert not [path.name for path in (ROOT / "docs" / "images").iterdir() if f"images/{path.name}" not in pages]
