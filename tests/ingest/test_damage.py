"""Damaged files: whatever bytes are lost, changed or doubled, a document comes out or a reason is given."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from ingest.document import RawFile
from ingest.errors import BadInput
from ingest.read import read_parts
from tests.ingest.hostile import damaged

SAMPLES = Path(__file__).parent / "samples"
FILES = [path for path in sorted(SAMPLES.glob("*/*")) if path.suffix not in (".json", ".pdf")]
ROUNDS = 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore")
def test_damage_ends_in_a_document_or_a_reason(path: Path) -> None:
    """In this process, so that a bug shows its place; PDFs, whose parser may abort, are damaged in test_hostile."""
    data = path.read_bytes()
    first = zlib.crc32(path.name.encode())
    for seed in range(first, first + ROUNDS):
        try:
            documents, rejected = read_parts(RawFile(path.name, damaged(data, seed)))
        except BadInput as refusal:
            assert refusal.detail
        else:
            assert all(document.text for document in documents)
            assert documents or rejected
