"""The text comes back from its pieces, whatever marks lie over it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from convenor.desk.spans import Mark, cut

TEXTS = st.text(alphabet="ab \n\u202eé😀", max_size=60)
SPANS = st.lists(st.tuples(st.integers(-2, 62), st.integers(0, 20)), max_size=8)


@given(TEXTS, SPANS)
def test_pieces_make_the_text_and_know_their_marks(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(i, start, start + size, "person", None, "") for i, (start, size) in enumerate(spans)]
    lines = cut(text, marks)
    assert "\n".join("".join(piece.text for piece in line.pieces) for line in lines) == text
    for line in lines:
        at = line.start
        for piece in line.pieces:
            end = at + len(piece.text)
            over = {m.number for m in marks if 0 <= m.start < m.end <= len(text) and m.start < end and m.end > at}
            assert {mark.number for mark in piece.marks} == over
            assert piece.text and (not piece.marks or piece.is_first == (piece.marks[0].start == at))
            at = end


def test_the_innermost_mark_comes_first() -> None:
    outer, inner = Mark(0, 0, 10, "milestone", None, ""), Mark(1, 3, 5, "person", None, "")
    (line,) = cut("0123456789", [outer, inner])
    assert [[m.number for m in piece.marks] for piece in line.pieces] == [[0], [1, 0], [0]]
    assert [piece.is_first for piece in line.pieces] == [True, True, False]
