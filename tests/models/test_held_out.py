"""What the models do with texts that none of them learnt from."""

import tomllib
from pathlib import Path

import pytest

from models.evaluation import f1_by_label
from models.prediction import score_doc_type, score_domains
from models.tenses import guess_language

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(
    ("name", "micro_f1", "most_wrong"), [("held_out.toml", 0.92, 1), ("held_out_field.toml", 0.85, 1)]
)
def test_domains_and_types_of_new_texts(name: str, micro_f1: float, most_wrong: int) -> None:
    documents = tomllib.loads((DATA / name).read_text(encoding="utf-8"))["document"]
    gold, found, wrong = set(), set(), 0
    for number, document in enumerate(documents):
        text = document["text"].strip()
        gold |= {(number, code) for code in document["domains"]}
        found |= {(number, d.code) for d in score_domains(text, (), guess_language(text))}
        wrong += score_doc_type(text)[0] != document["doc_type"]
    assert f1_by_label(gold, found)["micro_f1"] >= micro_f1
    assert wrong <= most_wrong
