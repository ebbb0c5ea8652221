"""Entity recognisers from outside spaCy: a transformer exported to ONNX, or GLiNER, both from a folder on this machine.

A folder for `onnx` holds what token-classification exports hold: `model.onnx`, `tokenizer.json` and `config.json`
with `id2label`. Nothing is downloaded. The extras `transformer` and `gliner` bring the libraries.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

Span = tuple[int, int, str]
Finder = Callable[[str], list[Span]]

LONGEST = 1200
"""Characters of a passage: some 300 word pieces, below the 512 that such models take."""
GLINER_LABELS = {"person": "PERSON", "organization": "ORG", "location": "PLACE"}
_CUT = re.compile(r"(?<=\n)|(?<=[.!?] )")


class MissingEngineError(RuntimeError):
    """The library or a file of an engine is not there; the message says what to do."""


@Language.factory("outside_entities", default_config={"kind": "onnx", "folder": ""}, assigns=["doc.ents"])
def outside_entities(nlp: Language, name: str, kind: str, folder: str) -> Callable[[Doc], Doc]:
    """A component that sets `doc.ents` from an outside engine; labels are the engine's own."""
    find = {"onnx": load_onnx, "gliner": load_gliner}[kind](Path(folder))

    def component(doc: Doc) -> Doc:
        found = [
            doc.char_span(start + a, start + b, label=label, alignment_mode="expand")
            for start, passage in passages(doc.text)
            for a, b, label in find(passage)
        ]
        doc.set_ents(filter_spans([span for span in found if span is not None]))
        return doc

    return component


def passages(text: str) -> Iterator[tuple[int, str]]:
    """Start and words of passages of at most LONGEST characters, cut after lines and sentences where there are any."""
    start, end = 0, 0
    for piece in _CUT.split(text):
        if end > start and end + len(piece) - start > LONGEST:
            yield start, text[start:end]
            start = end
        end += len(piece)
        while end - start > LONGEST:
            yield start, text[start : start + LONGEST]
            start += LONGEST
    if text[start:end].strip():
        yield start, text[start:end]


def load_onnx(folder: Path) -> Finder:
    """A finder from a token-classification model; tags may be BIO or plain labels."""
    for name in ("model.onnx", "tokenizer.json", "config.json"):
        if not (folder / name).is_file():
            raise MissingEngineError(
                f"there is no {name} in {folder}; export the model to ONNX for token classification"
            )
    onnxruntime, tokenizers = _library("onnxruntime", "transformer"), _library("tokenizers", "transformer")
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))
    tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
    labels = json.loads((folder / "config.json").read_text(encoding="utf-8"))["id2label"]
    names = {item.name for item in session.get_inputs()}

    def find(text: str) -> list[Span]:
        encoded = tokenizer.encode(text)
        rows = {
            "input_ids": encoded.ids,
            "attention_mask": encoded.attention_mask,
            "token_type_ids": encoded.type_ids,
        }
        given = {name: [row] for name, row in rows.items()}
        logits = session.run(None, _as_arrays({k: v for k, v in given.items() if k in names}))[0][0]
        tags = [labels[str(int(row.argmax()))] for row in logits]
        return join_pieces(text, list(zip(encoded.offsets, tags, strict=True)))

    return find


def join_pieces(text: str, pieces: list[tuple[tuple[int, int], str]]) -> list[Span]:
    """Spans from tagged word pieces: pieces of one word, and words that go on with the same label, are one span."""
    spans: list[Span] = []
    for (start, end), tag in pieces:
        prefix, _, label = tag.rpartition("-")
        if start == end:
            continue
        last = spans[-1] if spans else (0, -1, "")
        touches = last[1] == start
        goes_on = last[2] == label and not text[last[1] : start].strip() and (prefix != "B" or touches)
        if touches and tag == "O" and text[start - 1 : start + 1].isalnum():
            spans[-1] = (last[0], end, last[2])  # the end of a word that began as a name
        elif label not in ("", "O") and last[1] >= 0 and goes_on:
            spans[-1] = (last[0], end, label)
        elif label not in ("", "O"):
            spans.append((start, end, label))
    return spans


def load_gliner(folder: Path) -> Finder:
    """A finder from a GLiNER model that lies in a folder."""
    if not folder.is_dir():
        raise MissingEngineError(f"there is no folder {folder} with a GLiNER model")
    model = _library("gliner", "gliner").GLiNER.from_pretrained(str(folder), local_files_only=True)

    def find(text: str) -> list[Span]:
        found = model.predict_entities(text, list(GLINER_LABELS), threshold=0.5)
        return [(entity["start"], entity["end"], GLINER_LABELS[entity["label"]]) for entity in found]

    return find


def _library(name: str, extra: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingEngineError(
            f"this engine needs {name}, which is not installed: uv sync --extra {extra}"
        ) from error


def _as_arrays(values: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    return {name: np.array(rows, dtype=np.int64) for name, rows in values.items()}
