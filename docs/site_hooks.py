"""What the site needs beyond the pages of this folder: pages of the top folder, and links that leave the site."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[1]
PAGES = {
    "CONTRIBUTING.md": "contributing.md",
    "CHANGELOG.md": "changelog.md",
    "data/README.md": "data-folder.md",
    "data/gold/README.md": "gold-labels.md",
    "data/corrections/README.md": "corrections-folder.md",
}
"""Pages that lie beside what they speak of, and their names on the site."""
_LINK = re.compile(r"\[([^\]]+)\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)]*)?\)")


def on_files(files: Files, config: Any) -> Files:
    """Add the pages of other folders."""
    for source, name in PAGES.items():
        files.append(File.generated(config, name, content=_rebased((ROOT / source).read_text("utf-8"), ROOT / source)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Lead links out of docs/ to their page on the site; files that are no pages are named as what they are."""
    return markdown if page.file.generated_by else _rebased(markdown, ROOT / "docs" / page.file.src_uri)


def _rebased(markdown: str, source: Path) -> str:
    return _LINK.sub(lambda match: _link(match, source), markdown)


def _link(match: re.Match[str], source: Path) -> str:
    text, target, anchor = match[1], match[2], match[3] or ""
    path = (source.parent / target).resolve()
    if not path.is_relative_to(ROOT):
        return match[0]
    name = path.relative_to(ROOT).as_posix()
    if name in PAGES:
        return f"[{text}]({PAGES[name]}{anchor})"
    if name.startswith("docs/"):
        return f"[{text}]({name.removeprefix('docs/')}{anchor})"
    return f"{text} (`{name}`)" if text != name else f"`{name}`"
