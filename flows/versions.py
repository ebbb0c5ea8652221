"""What results depend on besides the documents: code, vocabularies and models, each as a short hash."""

from __future__ import annotations

import os
import subprocess
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import extract
import ingest
import models
import resolve
import tables

_PACKAGES = (ingest, extract, models)
_KINDS = {".py": "code", ".toml": "vocabulary", ".csv": "vocabulary", ".tsv": "vocabulary", ".txt": "vocabulary"}


RECOGNISER = "CONVENOR_RECOGNISER"
"""Environment variable that names another installed spaCy pipeline to find people, organisations and places."""


def recogniser() -> str:
    """Return the name of the entity recogniser to use: ours unless the environment names another."""
    return os.environ.get(RECOGNISER, "convenor")


@lru_cache(maxsize=1)
def versions() -> str:
    """Return "code=… vocabulary=… model=…": a document extracted under other versions is done again."""
    digests = {kind: blake2b(digest_size=6) for kind in ("code", "vocabulary", "model")}
    for package in _PACKAGES:
        root = Path(package.__path__[0])
        for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            kind = "model" if "artefacts" in path.parts else _KINDS.get(path.suffix, "vocabulary")
            digests[kind].update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    digests["model"].update(recogniser().encode())
    return " ".join(f"{kind}={digest.hexdigest()}" for kind, digest in digests.items())


@lru_cache(maxsize=1)
def joining_version() -> str:
    """Return a short hash of the code that joins documents and writes tables: another one makes another release."""
    digest = blake2b(digest_size=6)
    for package in (resolve, tables):
        root = Path(package.__path__[0])
        for path in sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def changed_parts(before: str | None, now: str) -> str:
    """Return which of code, vocabulary and model differ ("code, model"), for the ledger."""
    then = dict(part.split("=") for part in before.split()) if before else {}
    return ", ".join(kind for kind, digest in (part.split("=") for part in now.split()) if then.get(kind) != digest)


@lru_cache(maxsize=1)
def git_commit() -> str:
    """Return the commit that this code stands at, or the installed version where there is no repository."""
    root = Path(__file__).resolve().parent.parent
    try:
        command = ["git", "-C", str(root), "rev-parse", "HEAD"]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return package_version()


def package_version() -> str:
    try:
        return f"convenor {version('convenor')}"
    except PackageNotFoundError:
        return "unknown"
