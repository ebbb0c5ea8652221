"""The recogniser: reads corpora as they are, keeps to what may be trained on, loads only what fits, finds names."""

import json
import warnings
from pathlib import Path

import pytest

from models.corpora import CorpusError, held_out_sentences, read_columns, training_sentences
from models.ner import ARTEFACT, ArtefactError, load_ner, read_card
from models.ner_training import measure
from models.synthetic import generate

COLUMNS = (
    "Anna\tB-politician\nBerg\tI-politician\nof\tO\nThe\tB-organisation\nBloc\tI-organisation\n\nOslo\tB-location\n"
)


def test_columns_are_read_and_mapped(tmp_path: Path) -> None:
    (tmp_path / "train.txt").write_text(COLUMNS, encoding="utf-8")
    first, second = read_columns(tmp_path / "train.txt")
    assert first.words == ("Anna", "Berg", "of", "The", "Bloc")
    assert first.spans == ((0, 2, "PERSON"), (3, 5, "ORG"))
    assert second.spans == ((0, 1, "PLACE"),)


def test_inside_only_tags_and_unknown_labels(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("A I-PER\nB I-PER\nC I-ORG\nD I-MISC\nE O\n", encoding="utf-8")
    assert read_columns(tmp_path / "x.txt")[0].spans == ((0, 2, "PERSON"), (2, 3, "ORG"))


def test_the_held_out_file_is_never_trained_on(tmp_path: Path) -> None:
    folder = tmp_path / "politics"
    folder.mkdir()
    for name in ("train", "dev", "test"):
        (folder / f"{name}.txt").write_text(f"{name}\tO\n", encoding="utf-8")
    assert {s.words for s in training_sentences("crossner", tmp_path)} == {("train",), ("dev",)}
    assert [s.words for s in held_out_sentences("crossner", tmp_path)] == [("test",)]


@pytest.mark.parametrize(
    ("name", "message"),
    [("ewt", "for measuring only"), ("unheard", "unknown corpus"), ("wikigold", "no file like")],
)
def test_corpora_that_must_not_or_cannot_be_used_are_refused(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(CorpusError, match=message):
        training_sentences(name, tmp_path)


def test_a_line_without_a_tag_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("word\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"x\.txt"):
        read_columns(tmp_path / "x.txt")


def test_generated_text_is_the_same_for_the_same_seed_and_its_spans_are_clean() -> None:
    documents = generate(300, 3)
    assert documents == generate(300, 3) != generate(300, 4)
    for document in documents:
        assert "{" not in document.text
        last = 0
        for start, end, label in document.spans:
            words = document.text[start:end]
            assert last <= start < end and words == words.strip() and label in ("PERSON", "ORG", "PLACE")
            last = end
    assert {s[2] for d in documents for s in d.spans} == {"PERSON", "ORG", "PLACE"}


def test_weights_without_or_with_a_foreign_card_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="convenor train ner"):
        load_ner(tmp_path)
    card = read_card(ARTEFACT) | {"labels": ["PER"]}
    (tmp_path / "card.json").write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ArtefactError, match=r"labels \['PER'\]"):
        load_ner(tmp_path)


@pytest.fixture(scope="module")
def recogniser():
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)  # the stock package's version warning must not reach the user
        return load_ner()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "• Kenji Morikawa, Senior Fellow, Institute for Peace Policy (IPP)",
            [("Kenji Morikawa", "PERSON"), ("Institute for Peace Policy", "ORG"), ("IPP", "ORG")],
        ),
        (
            "Chair: Dr Anna van der Meer, University of Ghent",
            [("Anna van der Meer", "PERSON"), ("University of Ghent", "ORG")],
        ),
        ("H.E. Mr SUZUKI Haruto, Ambassador of Japan", [("SUZUKI Haruto", "PERSON"), ("Japan", "PLACE")]),
        ("Venue: Palais Orsini, Rue de la Science 12, Brussels", [("Brussels", "PLACE")]),
        ("We thank the Commission and NATO for their help.", [("Commission", "ORG"), ("NATO", "ORG")]),
        ("Minister Oksana Hrytsenko met with President Duarte in Lisbon.", [
            ("Oksana Hrytsenko", "PERSON"), ("Duarte", "PERSON"), ("Lisbon", "PLACE"),
        ]),
    ],
)  # fmt: skip
def test_names_in_lines_and_prose(recogniser, text: str, expected: list[tuple[str, str]]) -> None:
    found = [(e.text, e.label_) for e in recogniser(text).ents]
    assert [e for e in expected if e in found] == expected


def test_a_street_named_after_a_person_is_no_person(recogniser) -> None:
    text = "Venue: Press Club, Calle Martín Robles 14, Madrid"
    assert not [e for e in recogniser(text).ents if e.label_ == "PERSON"]


def test_the_card_names_data_licences_and_figures_ahead_of_the_stock_model() -> None:
    card = read_card(ARTEFACT)
    assert all(row["licence"].split()[0] in ("MIT", "CC") and row["attribution"] for row in card["data"])
    figures = card["metrics"]["crossner"]
    assert figures["trained"]["all"][2] >= 84.0 > figures["stock"]["all"][2]


CROSSNER = Path(__file__).parents[3] / "shared" / "data" / "crossner"


@pytest.mark.slow
@pytest.mark.skipif(not CROSSNER.is_dir(), reason="the corpus is not part of the project")
def test_the_shipped_weights_reach_the_figures_on_their_card() -> None:
    measured = measure({"crossner": CROSSNER}, ARTEFACT)["crossner"]
    stated = read_card(ARTEFACT)["metrics"]["crossner"]
    assert measured["sentences"] == stated["sentences"]
    for model in ("trained", "stock"):
        assert measured[model]["all"][2] == pytest.approx(stated[model]["all"][2], abs=0.3)
