"""The baseline of the scorecard: what the unchanged stock spaCy model finds on the same documents."""

from __future__ import annotations

from pathlib import Path

from flows.work import Input, get_sandbox, read_raw_file
from models.ner import base_pipeline
from tables.matching import same_organisation, same_person
from tables.scorecard import add_up
from tables.scoring import match_many, read_labels


def stock_spacy_f1(gold: Path, raw: Path) -> dict[str, float]:
    """Return F1 of people and organisations: the PERSON and ORG entities of the stock model, one value a name."""
    nlp = base_pipeline(keep=("ner",))
    paths = {path.stem: path for path in sorted(raw.rglob("*")) if path.is_file()}
    scores = []
    for label in read_labels(gold):
        path = paths[label["id"]]
        document = get_sandbox().read(read_raw_file(Input(path.name, str(path), ""))).documents[0]
        entities = nlp(document.text).ents
        people = list(dict.fromkeys(e.text for e in entities if e.label_ == "PERSON"))
        organisations = list(dict.fromkeys(e.text for e in entities if e.label_ == "ORG"))
        names = [person["name"] for person in label["people"]]
        scores.append(match_many(label["id"], "people", names, people, same_person))
        forms = [[name] for name in organisations]
        scores.append(match_many(label["id"], "organisations", label["organisations"], forms, same_organisation))
    return {row.field: row.f1 or 0.0 for row in add_up(scores)}
