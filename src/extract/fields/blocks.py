"""Layout on tokens: no sentence, name or date crosses a block; long blocks are cut at sentence ends."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc

from extract.found import found
from extract.vocabularies import read_lines, words_of

_SENTENCE_ENDS = frozenset(".!?…。！？")
_CLOSERS = frozenset("\"'”’»)]")
_ABBREVIATIONS = frozenset(word for line in read_lines("abbreviations") for word in line.split())


def mark_blocks(doc: Doc) -> Doc:
    """Set `sent_start` at block and line starts and after sentence ends."""
    starts = {block.start for block in found(doc).document.blocks}
    text = doc.text
    is_open = True
    flags = np.full(len(doc), -1, dtype=np.int64)
    previous = 0
    for index, token in enumerate(doc):
        if is_open or token.idx in starts or "\n" in text[previous : token.idx]:
            flags[index] = 1
        previous = token.idx
        if not token.is_space:
            is_open = _ends_sentence(doc, index)
    # all at once: spaCy checks the whole document at each token that is set by itself, 10 s for 70,000 characters
    doc.from_array(["SENT_START"], flags.astype(np.uint64))  # type: ignore[arg-type]
    return doc


def _ends_sentence(doc: Doc, index: int) -> bool:
    token = doc[index]
    if token.text[-1] in _CLOSERS and index and doc[index - 1].text[-1] in _SENTENCE_ENDS:
        return True
    if token.text[-1] not in _SENTENCE_ENDS or index + 1 >= len(doc):
        return False
    following = doc[index + 1]
    if following.text[-1] in _CLOSERS or following.text[0] in _SENTENCE_ENDS:
        return False
    if following.text[0].islower() or following.text[0] == ",":
        return False
    if token.text != ".":
        word = token.text.rstrip(".").lower()
        return token.text[-1] != "." or (word not in _ABBREVIATIONS and len(word) > 1)
    previous = doc[index - 1].text.lower() if index else ""
    return previous not in _ABBREVIATIONS and len(previous) > 1 and not _is_ordinal(doc, previous)


def _is_ordinal(doc: Doc, number: str) -> bool:
    """ "die 12. Hafenkonferenz", "vom 26. bis 29. Mai": a full stop that makes a number an ordinal."""
    is_short = number.isdecimal() and len(number) <= _LONGEST_ORDINAL
    return is_short and found(doc).document.language in _WITH_ORDINALS


_LONGEST_ORDINAL = 3
"""Digits: "2031." is a year that ends its sentence."""
_WITH_ORDINALS = frozenset(words_of("event_words", "dotted_ordinals"))
