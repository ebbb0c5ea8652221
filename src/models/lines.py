"""Tokens that never straddle a label, each with the kind of line it stands in: what the taught component reads.

Announcements say much by their layout: "Who: Ann Lee", "Place: Room 4". The word before the colon is given to every
token of its line, and of the lines that go on with it, as the token's `tag_`; other lines are short or prose.
"""

import re

from spacy.tokens import Doc
from spacy.vocab import Vocab

# Runs of letters or of figures, single characters of scripts without spaces, single signs, line breaks with their
# indent: "9AM-1PM" and "4:30 p.m." come apart wherever a person may have begun or ended a label.
TOKEN = re.compile(r"[぀-ヿ㐀-鿿]|\d+|[^\W\d_぀-ヿ㐀-鿿]+|\n[ \t]*|[^\w\s]|_+|\s+")
LINE_LABEL = re.compile(r"[ \t•*\-]*([^\W\d_][\w ]{0,20}?)[ \t]*(?::(?=\s|$)|：)")
SHORT_LINE = 6  # words at most


class LineTokenizer:
    """Split text into tokens and set each one's `tag_` to the kind of its line. The text is kept as it is."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words: list[str] = []
        spaces: list[bool] = []
        for match in TOKEN.finditer(text):
            word = match.group()
            if word == " " and words and not spaces[-1] and not words[-1].isspace():
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        lines, number = line_kinds(text), 0
        for token in doc:
            while number + 1 < len(lines) and lines[number + 1][0] <= token.idx:
                number += 1
            token.tag_ = lines[number][1]
        return doc


def line_kinds(text: str) -> list[tuple[int, str]]:
    """Start and kind of each line: its label ("time"), "+time" where it goes on, else blank, short or prose."""
    kinds, position, label = [], 0, ""
    for line in text.split("\n"):
        match = LINE_LABEL.match(line)
        if match:
            label = kind = match.group(1).lower().split()[-1]
        elif not line.strip():
            label, kind = "", "blank"
        elif label:
            kind = f"+{label}"
        else:
            kind = "short" if len(line.split()) <= SHORT_LINE else "prose"
            kind += " indented" if line[0] in " \t" else ""
        kinds.append((position, kind))
        position += len(line) + 1
    return kinds
