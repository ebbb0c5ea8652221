"""How much a document may cost: settings with safe defaults, each from an environment variable (CONVENOR_MAX_PAGES)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one input may take before it is stopped; each limit ends in its own reason code or warning."""

    max_bytes: int = 100 * MEBIBYTE
    """Larger files are `too_large`.  Programmes and reports are below 20 MB; whole scanned books are not our corpus."""

    max_pages: int = 500
    """Pages after this are not read and the document is partial (10,000 empty pages fit into a 124 kB PDF)."""

    cpu_seconds: int = 60
    """CPU time per input.  A 500-page text PDF takes about 4 s, a page of OCR about 3 s."""

    wall_seconds: float = 180.0
    """Wall time per input: longer than the CPU limit because a loaded machine is not the document's fault."""

    memory_bytes: int = 2048 * MEBIBYTE
    """Address space of the reading process.  Reading 300 pages takes 150 MB; a bomb of 2 kB asks for gigabytes."""

    max_children: int = 1000
    """Documents taken out of one container (archive, mailbox, mail with attachments)."""

    max_depth: int = 4
    """Containers inside containers: a mail in a mail in an archive is real, a fifth level is an attack."""

    max_expansion: int = 200
    """Unpacked bytes per packed byte; office text reaches 20-50, deflate bombs 1,000."""

    max_ocr_pages: int = 50
    """Pages given to OCR; the rest of a longer scan is reported as not read."""

    max_pixels: int = 40_000_000
    """Pixels of a page rendered for OCR (A3 at 300 dpi is 17 million)."""


DEFAULT_LIMITS = Limits()
PREFIX = "CONVENOR_"


def read_limits(environment: Mapping[str, str]) -> Limits:
    """Return the limits with what the environment sets: CONVENOR_ and the limit's name in capitals.

    Raises ValueError where a value is not a number above zero.
    """
    given: dict[str, float] = {}
    for field in fields(Limits):
        name = PREFIX + field.name.upper()
        if not environment.get(name):
            continue
        try:
            value = (float if field.name == "wall_seconds" else int)(environment[name].replace("_", ""))
        except ValueError:
            value = 0
        if value <= 0:
            raise ValueError(f"{name} is {environment[name]!r}; give a number above zero, or leave it out")
        given[field.name] = value
    return Limits(**given)  # type: ignore[arg-type]
