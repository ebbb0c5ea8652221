"""What the models do with texts that none of them learnt from."""

import tomllib
from pathlib import Path

from models.evaluation import f1_by_label
from models.prediction import score_doc_type, score_domains
from models.training import guess_language

DOCUMENTS = tomllib.loads((Path(__file__).parent / "data" / "held_out.toml").read_text(encoding="utf-8"))["document"]


def test_domains_and_types_of_new_texts() -> None:
    gold, found, right = set(), set(), 0
    for number, document in enumerate(DOCUMENTS):
        text = document["text"].strip()
        gold |= {(number, code) for code in document["domains"]}
        found |= {(number, d.code) for d in score_domains(text, (), guess_language(text))}
        right += score_doc_type(text)[0] == document["doc_type"]
    assert f1_by_label(gold, found)["micro_f1"] >= 0.92
    assert right >= 11
