"""ZIP archives and the office formats built on them: nothing is unpacked before its size, path and kind are checked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from ingest.document import RawFile
from ingest.errors import BadInput
from ingest.limits import DEFAULT_LIMITS, MEBIBYTE, Limits

_MAX_PARTS = 20_000
_SMALL = MEBIBYTE
"""Members below 1 MB may be packed as tightly as they like: empty XML reaches 1:500 and harms nobody."""

_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def open_package(data: bytes, limits: Limits = DEFAULT_LIMITS) -> zipfile.ZipFile:
    """Open an archive whose members are within the limits.

    Raises BadInput: truncated or corrupt, encrypted, unsafe_archive (bomb, or too many parts).
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError) as error:  # RuntimeError: unknown version
        raise BadInput("corrupt", "The file is damaged or cut off; download or save it again.") from error
    members = archive.infolist()
    if len(members) > _MAX_PARTS:
        raise BadInput("unsafe_archive", f"The archive has {len(members)} members; pack fewer files at a time.")
    if any(member.flag_bits & 0x1 for member in members):
        raise BadInput("encrypted", "The file is protected by a password; save it without one.")
    total = sum(member.file_size for member in members)
    if total > 4 * limits.max_bytes or any(_is_bomb(member, limits) for member in members):
        raise BadInput("unsafe_archive", "The file unpacks to far more than its size and was not opened.")
    return archive


def _is_bomb(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size > _SMALL and member.file_size > limits.max_expansion * max(member.compress_size, 1)


def read_member(archive: zipfile.ZipFile, name: str, max_bytes: int = DEFAULT_LIMITS.max_bytes) -> bytes:
    """Return a member's bytes.  Raises BadInput where it is damaged or longer than its header says it is."""
    try:
        with archive.open(name) as stream:
            data = stream.read(max_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError) as error:
        raise BadInput("corrupt", "A part of the file is damaged; download or save it again.") from error
    if len(data) > max_bytes:
        raise BadInput("too_large", "A part of the file is larger than allowed; split it.")
    return data


def read_xml_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return an XML member of an office file; office formats have no document type, so one is an attack."""
    data = read_member(archive, name)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise BadInput(
            "unsafe_archive", "The file declares XML entities, which office files never do; it was not read."
        )
    return data


def check_xml_parts(archive: zipfile.ZipFile) -> None:
    """Refuse a package with a document type declaration in any XML part, before a library parses it."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            read_xml_part(archive, name)


def unpack_zip(file: RawFile, limits: Limits) -> list[RawFile]:
    """Return the files of a ZIP archive.  Raises BadInput unsafe_archive for paths out of it, links and bombs."""
    archive = open_package(file.data, limits)
    members = [member for member in archive.infolist() if not member.is_dir() and not _is_clutter(member.filename)]
    if len(members) > limits.max_children:
        raise BadInput("unsafe_archive", f"The archive has {len(members)} files; pack at most {limits.max_children}.")
    for member in members:
        _check_path(member)
    return [
        RawFile(
            source_uri=f"{file.source_uri}!/{member.filename}",
            data=read_member(archive, member.filename, limits.max_bytes),
            retrieved_utc=file.retrieved_utc,
            parent_uri=file.source_uri,
        )
        for member in members
    ]


def _check_path(member: zipfile.ZipInfo) -> None:
    path = PurePosixPath(member.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
        raise BadInput("unsafe_archive", "A file in the archive has a path outside it; the archive was not opened.")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise BadInput("unsafe_archive", "The archive holds a link instead of a file; pack the files themselves.")


def _is_clutter(name: str) -> bool:
    return name.startswith(_CLUTTER[0]) or name.rsplit("/", 1)[-1] in _CLUTTER[1:]
