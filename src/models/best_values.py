"""One value a document for each label of a taught component: what it says most, or else what it holds most likely.

best_values(load_learned(Path("my-model")), text)["WHERE"]      # (start, end) in code points
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from spacy.language import Language

from models.lexicon import WORD

BEAM_WIDTH = 12
# Below this the likeliest reading is no value. On the seminar announcements .1 to .3 are equally good; without the
# second look at documents where nothing was found, one speaker in eight is lost.
LEAST_LIKELY = 0.2


def best_values(nlp: Language, text: str) -> dict[str, tuple[int, int]]:
    """Start and end of the best value of each label; labels of which nothing speaks are left out."""
    doc, component = nlp(text), _component(nlp)
    votes: dict[str, dict[tuple[int, int], float]] = defaultdict(dict)
    for entity in doc.ents:
        votes[entity.label_][_closed(text, entity.start_char, entity.end_char)] = 1.0
    if missing := set(component.labels) - set(votes):
        fresh = nlp.make_doc(text)
        beam = component.beam_parse([fresh], beam_width=BEAM_WIDTH, beam_density=0.0005)[0]
        likely: dict[tuple[str, int, int], float] = defaultdict(float)
        for score, entities in component.moves.get_beam_parses(beam):
            for start, end, label in entities:
                span = fresh[start:end]
                likely[(label, *_closed(text, span.start_char, span.end_char))] += score
        for (label, start, end), score in likely.items():
            if label in missing and score >= LEAST_LIKELY:
                votes[label][start, end] = score
    return {label: _most_said(text, spans) for label, spans in votes.items()}


def _component(nlp: Language) -> Any:
    return nlp.get_pipe(nlp.pipe_names[-1])


def _closed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without a bracket that is opened and never closed: "Ann Lee (Bell Labs" is Ann Lee."""
    opened = text.rfind("(", start, end)
    if opened > start and ")" not in text[opened:end]:
        end = start + len(text[start:opened].rstrip())
    return start, end


def _most_said(text: str, spans: Mapping[tuple[int, int], float]) -> tuple[int, int]:
    """The span whose words, or some or more of them, are said most; of equals the form said most, then the first."""
    words = {span: frozenset(w.lower() for w in WORD.findall(text[slice(*span)])) for span in spans}
    written = {span: " ".join(text[slice(*span)].lower().split()) for span in spans}

    def support(span: tuple[int, int]) -> tuple[float, float, int]:
        shared = sum(v for other, v in spans.items() if words[span] <= words[other] or words[other] <= words[span])
        same = sum(v for other, v in spans.items() if written[span] == written[other])
        return shared, same, -span[0]

    return max(spans, key=support)
