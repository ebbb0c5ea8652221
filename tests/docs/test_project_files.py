"""Licence, citation, changelog and package say the same."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def test_the_citation_names_what_cff_asks_for() -> None:
    assert {"cff-version", "message", "title", "authors"} <= CITATION.keys()
    assert CITATION["cff-version"] == "1.2.0" and CITATION["type"] == "software"
    assert all(author.get("name") or author.get("family-names") for author in CITATION["authors"])
    assert CITATION["abstract"].strip() == PROJECT["description"]


def test_one_version_everywhere() -> None:
    newest = re.search(r"^## ([\d.]+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest and newest[1] == PROJECT["version"] == CITATION["version"]


def test_one_licence_everywhere() -> None:
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("MIT License")
    assert PROJECT["license"] == CITATION["license"] == "MIT"


def test_the_ways_to_add_something_name_files_that_are_there() -> None:
    pages = [ROOT / "CONTRIBUTING.md", ROOT / "docs" / "how-to.md"]
    named = {path for page in pages for path in re.findall(r"`((?:src|docs|data)/[\w./-]+)`", page.read_text("utf-8"))}
    assert len(named) > 8 and not [path for path in named if not (ROOT / path).exists()]
