"""Documents with labelled spans: spaCy, Prodigy and Label Studio JSON.

One JSON object a line (Label Studio's export may also be one list). Read are
- spaCy:        {"text": …, "entities": [[start, end, label], …]}
- Prodigy:      {"text": …, "spans": [{"start": …, "end": …, "label": …}], "answer": "accept"}
- Label Studio: {"data": {"text": …}, "annotations": [{"result": [{"value": {"start": …, "end": …, "labels": […]}}]}]}
each with an optional "text_hash": the SHA-256 of the text as it was labelled. A row that cannot be trusted is refused
by its number; nothing is repaired in silence.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from models.synthetic import LabelledText

Span = tuple[int, int, str]


class LabelledDataError(ValueError):
    """A row of labelled data that must not be learned from; the message names file, row and fault."""


def read_labelled(path: Path) -> list[LabelledText]:
    """All accepted rows of a file. Raises LabelledDataError at the first faulty one."""
    texts = []
    for number, row in enumerate(_rows(path), 1):
        place = f"{path.name}, row {number}"
        if not isinstance(row, dict):
            raise LabelledDataError(f"{place}: not a JSON object")
        if row.get("answer", "accept") != "accept":
            continue
        text = row["data"].get("text") if isinstance(row.get("data"), dict) else row.get("text")
        if not isinstance(text, str) or not text.strip():
            raise LabelledDataError(f"{place}: no text")
        if row.get("text_hash") not in (None, text_hash(text)):
            raise LabelledDataError(f"{place}: the text is not the one that was labelled (its hash differs)")
        texts.append(LabelledText(text, _checked(_spans(row, place), text, place)))
    if not texts:
        raise LabelledDataError(f"{path.name}: no labelled text")
    return texts


def text_hash(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, in hexadecimal."""
    return sha256(text.encode("utf-8")).hexdigest()


def _rows(path: Path) -> list[Any]:
    content = path.read_text(encoding="utf-8")
    try:
        if content.lstrip().startswith("["):
            whole: list[Any] = json.loads(content)
            return whole
    except json.JSONDecodeError as error:
        raise LabelledDataError(f"{path.name}: {error}") from error
    rows = []
    for number, line in enumerate((x for x in content.split("\n") if x.strip()), 1):
        try:
            rows.append(json.loads(line))
        except json.JSONDecodeError as error:
            raise LabelledDataError(f"{path.name}, row {number}: {error}") from error
    return rows


def _spans(row: dict[str, Any], place: str) -> list[Span]:
    try:
        if "entities" in row:
            return [(a, b, label) for a, b, label in row["entities"]]
        if "spans" in row:
            return [(s["start"], s["end"], s["label"]) for s in row["spans"]]
        values = [r["value"] for a in row.get("annotations", ()) for r in a["result"]]
        return [(v["start"], v["end"], v["labels"][0]) for v in values if "labels" in v]
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise LabelledDataError(f"{place}: a span without start, end and label") from error


def _checked(spans: list[Span], text: str, place: str) -> tuple[Span, ...]:
    last = 0
    for start, end, label in sorted(spans, key=lambda s: s[:2]):
        if not (isinstance(start, int) and isinstance(end, int) and isinstance(label, str) and label):
            raise LabelledDataError(f"{place}: a span without start, end and label")
        if not 0 <= start < end <= len(text):
            raise LabelledDataError(f"{place}: span {start}–{end} lies outside the text")
        if start < last:
            raise LabelledDataError(f"{place}: spans overlap at {start}")
        if text[start:end] != text[start:end].strip():
            raise LabelledDataError(f"{place}: span {start}–{end} begins or ends with a space")
        last = end
    return tuple(sorted(spans))
