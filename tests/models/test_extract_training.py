"""Labelled data, refusals by row, and a component that is taught, kept, loaded and refused."""

import json
from pathlib import Path

import pytest

from models.best_values import best_values
from models.extract_training import load_learned, train_extract_command
from models.labelled import LabelledDataError, read_labelled, text_hash
from models.ner import ArtefactError
from models.synthetic import LabelledText

TEXTS = [LabelledText("Talk by Ann Lee in Room 4.", ((8, 15, "WHO"), (19, 25, "WHERE"))), LabelledText("Nothing.", ())]


FORMS = {
    "spacy": lambda text, spans: {"text": text, "entities": [list(span) for span in spans]},
    "prodigy": lambda text, spans: {
        "text": text, "answer": "accept", "spans": [{"start": a, "end": b, "label": label} for a, b, label in spans],
    },
    "label-studio": lambda text, spans: {
        "data": {"text": text},
        "annotations": [{"result": [{"value": {"start": a, "end": b, "labels": [label]}} for a, b, label in spans]}],
    },
}  # fmt: skip


def write_labelled(texts: list[LabelledText], path: Path, form: str = "spacy") -> None:
    """One JSON object a line, as the tools write them, with the hash of each text."""
    rows = [FORMS[form](text.text, text.spans) | {"text_hash": text_hash(text.text)} for text in texts]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_what_tools_write_is_read(tmp_path: Path, form: str) -> None:
    path = tmp_path / "x.jsonl"
    write_labelled(TEXTS, path, form)
    assert read_labelled(path) == TEXTS


def test_a_label_studio_export_as_one_list_and_rejected_rows(tmp_path: Path) -> None:
    value = {"start": 0, "end": 3, "labels": ["WHO"]}
    rows = [{"data": {"text": "Ann"}, "annotations": [{"result": [{"value": value}, {"value": {"choices": ["x"]}}]}]}]
    path = tmp_path / "x.json"
    path.write_text(json.dumps(rows), encoding="utf-8")
    assert read_labelled(path) == [LabelledText("Ann", ((0, 3, "WHO"),))]
    path.write_text('{"text": "Bo", "spans": []}\n{"text": "No", "spans": [], "answer": "reject"}\n', encoding="utf-8")
    assert [t.text for t in read_labelled(path)] == ["Bo"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "Ann", "entities": [[0, 9, "WHO"]]}, "row 2: span 0–9 lies outside"),
        ({"text": "Ann Lee", "entities": [[0, 5, "WHO"], [4, 7, "WHO"]]}, "row 2: spans overlap at 4"),
        ({"text": "Ann Lee", "entities": [[0, 4, "WHO"]]}, "row 2: span 0–4 begins or ends with a space"),
        ({"text": "Ann", "entities": [[0, 3]]}, "row 2: a span without"),
        ({"text": "Ann", "spans": [{"start": 0, "end": 3}]}, "row 2: a span without"),
        ({"text": "Ann", "entities": [], "text_hash": text_hash("Anne")}, "row 2: the text is not the one"),
        ({"entities": []}, "row 2: no text"),
        (["text"], "row 2: not a JSON object"),
    ],
)
def test_a_faulty_row_is_refused_by_its_number(tmp_path: Path, row: object, message: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps({"text": "fine", "entities": []}) + "\n" + json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(LabelledDataError, match=message):
        read_labelled(path)


def test_broken_or_empty_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for content, message in (('{"text": ', "row 1"), ("[1", r"x\.jsonl"), ("", "no labelled text")):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(LabelledDataError, match=message):
            read_labelled(path)


@pytest.mark.parametrize(
    ("texts", "message"),
    [(TEXTS, "too few to learn"), ([TEXTS[1]] * 12, "none at all"), ([TEXTS[0], *[TEXTS[1]] * 12], r"WHERE \(1\)")],
)
def test_too_little_to_learn_from_is_refused(tmp_path: Path, texts: list[LabelledText], message: str) -> None:
    path = tmp_path / "x.jsonl"
    write_labelled(texts, path)
    with pytest.raises(LabelledDataError, match=message):
        train_extract_command(path, tmp_path / "out")


def test_a_component_is_taught_kept_and_loaded(tmp_path: Path) -> None:
    names = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo", "Kim", "Lou")
    texts = [LabelledText(f"SPKR {n} ROOM {i}", ((5, 5 + len(n), "WHO"),)) for i, n in enumerate(names)]
    path = tmp_path / "x.jsonl"
    write_labelled(texts, path)
    card = train_extract_command(path, tmp_path / "out", folds=1, epochs=20)
    assert card["labels"] == ["WHO"]
    found = [(e.text, e.label_) for e in load_learned(tmp_path / "out")("SPKR Max ROOM 3").ents]
    assert found == [("Max", "WHO")]
    assert best_values(load_learned(tmp_path / "out"), "SPKR Max ROOM 3") == {"WHO": (5, 8)}
    card["versions"]["spacy"] = "1.0"
    (tmp_path / "out" / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ArtefactError, match="convenor train extract"):
        load_learned(tmp_path / "out")


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    texts = [
        LabelledText(f"Speaker {n} today", ((8, 8 + len(n), "WHO"),))
        for n in ["Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida", "Jo"]
    ]
    path = tmp_path / "x.jsonl"
    write_labelled(texts, path)
    for name in ("one", "two"):
        train_extract_command(path, tmp_path / name, folds=1, epochs=2)
    for file in ("model", "card.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
