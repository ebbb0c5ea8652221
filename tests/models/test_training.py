"""Training of the domain and type models: repeatable, refuses what cannot be learned from, keeps to its floors."""

import json
from pathlib import Path

import pytest

from models.evaluation import calibration_error, f1_by_label
from models.examples import ExampleError, load_examples
from models.prediction import ARTEFACTS, score_doc_type, score_domains
from models.training import train_domains, train_types

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "eval"
PLACES = {  # labels, texts
    "sample corpus": (ROOT / "data" / "gold", ROOT / "data" / "raw"),
    "gold": (ROOT / "tests" / "gold" / "labels", ROOT / "tests" / "gold" / "texts"),
    "real": (SHARED / "real" / "labels", SHARED / "real" / "texts"),
    "seeds": (SHARED / "seeds" / "labels", SHARED / "seeds" / "texts"),
}
FLOORS = {  # domains micro F1, macro F1, type accuracy
    "sample corpus": (0.85, 0.85, 0.95),
    "gold": (0.87, 0.88, 0.95),
    "real": (0.87, 0.88, 0.95),
    "seeds": (0.95, 0.85, 1.0),
}


def write(folder: Path, *rows: str) -> Path:
    (folder / "x.toml").write_text("\n".join(f"[[document]]\n{row}" for row in rows), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (['text = "a"\ndomains = ["sorcery"]\ndoc_type = "report"'], "document 1: unknown domain sorcery"),
        (['text = "a"\ndomains = []\ndoc_type = "poem"'], "document 1: doc_type 'poem'"),
        (['text = " "\ndomains = []\ndoc_type = "report"'], "document 1: no text"),
        (['text = "a"\ndomains = []\ndoc_type = "report"'] * 2, "document 2: the same text"),
    ],
)
def test_faulty_examples_are_refused_with_their_place(tmp_path: Path, rows: list[str], message: str) -> None:
    with pytest.raises(ExampleError, match=message):
        load_examples(write(tmp_path, *rows))


def test_an_example_without_domains_is_known_by_its_type_alone(tmp_path: Path) -> None:
    rows = ('text = "a"\ndoc_type = "report"', 'text = "b"\ndomains = []\ndoc_type = "other"')
    assert [example.domains for example in load_examples(write(tmp_path, *rows))] == [None, frozenset()]


def test_too_few_examples_or_one_kind_of_label_are_refused() -> None:
    announcements = [e for e in load_examples() if e.doc_type == "announcement"]
    with pytest.raises(ExampleError, match="too few"):
        train_types(announcements[:3])
    with pytest.raises(ExampleError, match="1 kinds of label"):
        train_types(announcements)


def test_training_gives_the_shipped_artefacts() -> None:
    for name, train in (("domains.json", train_domains), ("document_types.json", train_types)):
        shipped = json.loads((ARTEFACTS / name).read_text(encoding="utf-8"))
        trained = json.loads(json.dumps(train(load_examples())))
        for key in ("features", "labels"):
            assert trained[key] == shipped[key]
        assert trained["card"]["metrics"] == pytest.approx(shipped["card"]["metrics"], abs=0.005)


def test_figures_of_a_known_case() -> None:
    scores = f1_by_label({(1, "a"), (2, "a"), (2, "b")}, {(1, "a"), (2, "b"), (3, "b")})
    assert scores == {"precision": 0.6667, "recall": 0.6667, "micro_f1": 0.6667, "macro_f1": 0.6667}
    assert calibration_error([0.9, 0.9, 0.1, 0.1], [True, False, False, False]) == pytest.approx(0.25)


@pytest.mark.parametrize("part", sorted(FLOORS))
def test_floors_on_labelled_documents(part: str) -> None:
    from ingest.document import RawFile
    from ingest.read import read_file

    labels, texts = PLACES[part]
    paths = sorted(labels.glob("*.json"))
    if not paths:
        pytest.skip("the labelled documents are not beside the project")
    gold, found, right = set(), set(), 0
    for number, path in enumerate(paths):
        label = json.loads(path.read_text(encoding="utf-8"))
        (source,) = texts.rglob(f"{label['id']}.*")
        document = read_file(RawFile(source.name, source.read_bytes()))[0]
        gold |= {(number, code) for code in label["domains"]}
        found |= {(number, d.code) for d in score_domains(document.text, document.blocks, document.language)}
        right += score_doc_type(document.text, document.blocks, document.title)[0] == label["doc_type"]
    micro, macro, accuracy = FLOORS[part]
    figures = f1_by_label(gold, found)
    assert figures["micro_f1"] >= micro
    assert figures["macro_f1"] >= macro
    assert right / len(paths) >= accuracy
