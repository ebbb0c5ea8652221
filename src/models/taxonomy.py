"""The security domains: one TOML file each in `domains/`, read into frozen values.

A file states id, name, parent, definition, inclusions, exclusions, sources and terms by language:
`[terms]` speak for the domain by themselves, `[weak]` only beside others, `[ignore]` are phrases in which a term
means something else. A term matches whatever its hyphens and plural; a trailing `*` also matches longer words;
a term in capitals matches capitals only.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

DOMAINS_FOLDER = Path(str(resources.files("models"))) / "domains"
REQUIRED = ("id", "name", "parent", "definition", "inclusions", "exclusions", "sources", "terms")


class TaxonomyError(ValueError):
    """A domain file that cannot be used; the message names the file and the fault."""


@dataclass(frozen=True)
class Domain:
    """One security domain. `terms`, `weak` and `ignore` map a language code to terms."""

    code: str
    name: str
    parent: str | None
    definition: str
    inclusions: tuple[str, ...]
    exclusions: tuple[str, ...]
    sources: tuple[str, ...]
    terms: Mapping[str, tuple[str, ...]]
    weak: Mapping[str, tuple[str, ...]]
    ignore: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def load_taxonomy(folder: Path = DOMAINS_FOLDER) -> tuple[Domain, ...]:
    """All domains of a folder, by code."""
    found = tuple(_read_domain(path) for path in sorted(folder.glob("*.toml")))
    if not found:
        raise TaxonomyError(f"no domain files in {folder}")
    codes = {d.code for d in found}
    for domain in found:
        if domain.parent and domain.parent not in codes:
            raise TaxonomyError(f"{domain.code}.toml: parent {domain.parent!r} is no domain")
    return found


def domains(folder: Path = DOMAINS_FOLDER) -> list[dict[str, str | None]]:
    """Rows of the published table: domain_code, domain_name, definition, parent_code."""
    return [
        {"domain_code": d.code, "domain_name": d.name, "definition": d.definition, "parent_code": d.parent}
        for d in load_taxonomy(folder)
    ]


def _read_domain(path: Path) -> Domain:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise TaxonomyError(f"{path.name}: {error}") from error
    missing = [key for key in REQUIRED if key not in raw]
    if missing:
        raise TaxonomyError(f"{path.name}: lacks {', '.join(missing)}")
    if raw["id"] != path.stem:
        raise TaxonomyError(f"{path.name}: id is {raw['id']!r}, must be the file's name")
    return Domain(
        code=raw["id"],
        name=raw["name"],
        parent=raw["parent"] or None,
        definition=raw["definition"],
        inclusions=tuple(raw["inclusions"]),
        exclusions=tuple(raw["exclusions"]),
        sources=tuple(raw["sources"]),
        terms=_by_language(raw, "terms", path),
        weak=_by_language(raw, "weak", path),
        ignore=_by_language(raw, "ignore", path),
    )


def _by_language(raw: dict[str, Any], key: str, path: Path) -> dict[str, tuple[str, ...]]:
    table = raw.get(key, {})
    for language, terms in table.items():
        if not isinstance(terms, list) or not all(isinstance(t, str) and t.strip() for t in terms):
            raise TaxonomyError(f"{path.name}: [{key}] {language} must be a list of words")
    return {language: tuple(terms) for language, terms in table.items()}
