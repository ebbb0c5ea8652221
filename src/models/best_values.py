"""One value a document for each label of a taught component: what it says most, or else what it holds most likely.

best_values(load_learned(Path("my-model")), text)["WHERE"]      # (start, end) in code points
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from spacy.language import Language

from models.extract_training import OPEN_BRACKETS
from models.lexicon import WORD

BEAM_WIDTH = 12
# Below this the likeliest reading is no value. On the seminar announcements .05 to .3 are equally good; without the
# second look at documents where nothing was found, one speaker in eight is lost.
LEAST_LIKELY = 0.1
TRAILING = frozenset(",;:([{/&@-")
ABBREVIATED = re.compile(r"\b(?:\w{1,2}|\w\.\w)$")  # "Jr", "p.m": the full stop behind it is its own


def best_values(nlp: Language, text: str) -> dict[str, tuple[int, int]]:
    """Start and end of the best value of each label; labels of which nothing speaks are left out."""
    doc, component = nlp(text), _component(nlp)
    open_labels = component.cfg.get(OPEN_BRACKETS, ())
    votes: dict[str, dict[tuple[int, int], float]] = defaultdict(dict)
    for entity in doc.ents:
        votes[entity.label_][_trimmed(text, entity.start_char, entity.end_char, entity.label_ in open_labels)] = 1.0
    if missing := set(component.labels) - set(votes):
        fresh = nlp.make_doc(text)
        beam = component.beam_parse([fresh], beam_width=BEAM_WIDTH, beam_density=0.0005)[0]
        likely: dict[tuple[str, int, int], float] = defaultdict(float)
        for score, entities in component.moves.get_beam_parses(beam):
            for start, end, label in entities:
                span = fresh[start:end]
                likely[(label, *_trimmed(text, span.start_char, span.end_char, label in open_labels))] += score
        for (label, start, end), score in likely.items():
            if label in missing and score >= LEAST_LIKELY:
                votes[label][start, end] = score
    kept = {label: {span: v for span, v in spans.items() if span[0] < span[1]} for label, spans in votes.items()}
    return {label: _most_said(text, spans) for label, spans in kept.items() if spans}


def _component(nlp: Language) -> Any:
    return nlp.get_pipe(nlp.pipe_names[-1])


def _trimmed(text: str, start: int, end: int, may_stay_open: bool) -> tuple[int, int]:
    """Without marks that lead on to what follows, and a bracket that never closes: "Ann Lee (Bell Labs" is Ann Lee.

    Where the labels themselves stop inside brackets, they stay: "Auditorium (Room 125".
    """
    opened = text.rfind("(", start, end)
    if opened > start and ")" not in text[opened:end] and not may_stay_open:
        end = opened
    while end > start and (text[end - 1].isspace() or text[end - 1] in TRAILING or _stops(text, start, end)):
        end -= 1
    return start, end


def _stops(text: str, start: int, end: int) -> bool:
    return text[end - 1] == "." and not ABBREVIATED.search(text, start, end - 1)


def _most_said(text: str, spans: Mapping[tuple[int, int], float]) -> tuple[int, int]:
    """The span whose words, or some or more of them, are said most; of equals the form said most, then the first."""
    words = {span: frozenset(w.lower() for w in WORD.findall(text[slice(*span)])) for span in spans}
    written = {span: " ".join(text[slice(*span)].lower().split()) for span in spans}

    def support(span: tuple[int, int]) -> tuple[float, float, int]:
        shared = sum(v for other, v in spans.items() if words[span] <= words[other] or words[other] <= words[span])
        same = sum(v for other, v in spans.items() if written[span] == written[other])
        return shared, same, -span[0]

    return max(spans, key=support)
