"""Damaged files: whatever bytes are lost, changed or doubled, a document comes out or a reason is given."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest

from ingest.document import RawFile
from ingest.errors import BadInput
from ingest.read import read_file

SAMPLES = Path(__file__).parent / "samples"
FILES = [path for path in sorted(SAMPLES.glob("*/*")) if path.suffix not in (".json", ".pdf")]
ROUNDS = 12


def _damage(data: bytes, chance: random.Random) -> bytes:
    result = bytearray(data)
    for _ in range(chance.choice([1, 3, 10, 50])):
        if len(result) < 10:
            break
        index, length = chance.randrange(len(result)), chance.randrange(1, 200)
        kind = chance.randrange(4)
        if kind < 2:
            result[index] = chance.randrange(256)
        elif kind == 2:
            del result[index : index + length]
        else:
            result[index:index] = result[index : index + length]
    return bytes(result[: chance.randrange(1, len(result))] if chance.random() < 0.2 else result)


def _damage_member(data: bytes, chance: random.Random) -> bytes:
    """Damage one part of a package and pack it again, so that the damage gets past the checksums."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as copy:
        target = chance.choice(archive.namelist())
        for name in archive.namelist():
            member = archive.read(name)
            copy.writestr(name, _damage(member, chance) if name == target and member else member)
    return buffer.getvalue()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.filterwarnings("ignore")
def test_damage_ends_in_a_document_or_a_reason(path: Path) -> None:
    chance = random.Random(path.name)
    data = path.read_bytes()
    for number in range(ROUNDS):
        in_member = data.startswith(b"PK") and number % 2
        damaged = _damage_member(data, chance) if in_member else _damage(data, chance)
        try:
            documents = read_file(RawFile(path.name, damaged))
        except BadInput as refusal:
            assert refusal.detail
        else:
            assert documents[0].text
