"""One sample per reader with its golden blocks; `--regenerate` writes them anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.document import CELL_SEPARATOR, Document, RawFile, Reading
from ingest.read import CONTAINERS, READERS, read_parts

SAMPLES = Path(__file__).parent / "samples"
FILES = sorted(path for path in SAMPLES.glob("*/*") if path.suffix != ".json" and path.is_file())


def _read(path: Path) -> Reading:
    return read_parts(RawFile(path.relative_to(SAMPLES).as_posix(), path.read_bytes(), path))


def _as_golden(document: Document) -> dict[str, Any]:
    return {
        "source_uri": document.source_uri,
        "parent_uri": document.parent_uri,
        "media_type": document.media_type,
        "title": document.title,
        "language": document.language,
        "declared": [f"{fact.group} {fact.origin} {fact.name} = {fact.value}" for fact in document.declared],
        "links": [f"{document.text[link.start : link.end]} -> {link.target}" for link in document.links],
        "warnings": list(document.warnings),
        "blocks": [
            f"{block.kind}{f' {block.level}' if block.level else ''}{'' if block.is_main else ' (not main)'}: "
            + document.block_text(block).replace(CELL_SEPARATOR, " ⇥ ")
            for block in document.blocks
        ],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sample_reads_as_its_golden_file(path: Path, regenerate: bool) -> None:
    golden = path.with_name(path.name + ".json")
    documents, rejected = _read(path)
    found = [_as_golden(document) for document in documents]
    found += [{"source_uri": part.source_uri, "rejected": f"{part.reason_code}: {part.detail}"} for part in rejected]
    if regenerate:
        golden.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return
    assert found == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("media_type", sorted({*READERS, *CONTAINERS}))
def test_every_reader_has_a_sample(media_type: str) -> None:
    from ingest.detect import detect_type

    assert media_type in {detect_type(path.read_bytes(), path.name) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_children_name_their_parent(path: Path) -> None:
    for document in _read(path).documents:
        if "!/" in document.source_uri:
            assert document.parent_uri == document.source_uri.rsplit("!/", 1)[0]
        else:
            assert document.parent_uri is None
