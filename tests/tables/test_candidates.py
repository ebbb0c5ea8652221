"""Documents that corrections touched become rows that training reads; the others do not."""

from __future__ import annotations

import json
from pathlib import Path

from flows.steps import RunSettings, run
from models.labelled import read_labelled
from tables.candidates import corrected_documents

TALK = "{title}\n\nTuesday 14 March 2034, 10:00\nPort House, Bergen\n\nSpeaker: {name}, Director, Fjord Institute\n"


def test_corrected_documents_can_be_learned_from(tmp_path: Path) -> None:
    raw, corrections = tmp_path / "raw", tmp_path / "corrections"
    raw.mkdir()
    corrections.mkdir()
    (raw / "talk.txt").write_text(TALK.format(title="Harbour Talk", name="Ada Berg"), "utf-8")
    (raw / "other.txt").write_text(TALK.format(title="Other Talk", name="Bo Lund"), "utf-8")
    rows = "action,kind,document,name,field,value,reason\nfix,participation,talk.txt,Ada Berg,role,chair,\n"
    (corrections / "mine.csv").write_text(rows, "utf-8")
    run(RunSettings(raw, tmp_path / "processed", tmp_path / "state.duckdb", corrections, workers=1))
    found = corrected_documents(tmp_path / "processed")
    assert [row["meta"]["source_uri"] for row in found] == ["talk.txt"]
    assert found[0]["meta"]["corrections"] == ["mine.csv:2"]
    (tmp_path / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in found), "utf-8")
    text = read_labelled(tmp_path / "labels.jsonl")[0]
    assert ("Ada Berg", "PERSON") in {(text.text[a:b], label) for a, b, label in text.spans}
