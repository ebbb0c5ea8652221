"""People and organisations of Japanese sentences.  All names and bodies here are invented."""

from __future__ import annotations

import pytest

from extract.people.japanese_sentences import read_sentences

TEXT = "港湾省の山野一郎欧州局長が司会を務め、海原大学の川田花子教授が基調講演を行った。森口太元防衛大臣も参加した。"


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


MARKED = sorted(
    (*span(words), label)
    for words, label in (
        ("港湾省", "ORG"),
        ("山野一郎", "PERSON"),
        ("欧州局長", "POSITION"),
        ("海原", "PERSON"),
        ("海原大学", "ORG"),
        ("川田花子", "PERSON"),
        ("教授", "POSITION"),
        ("森口太元", "PERSON"),
        ("防衛大臣", "POSITION"),
    )
)


def test_post_body_and_role_stand_beside_the_name() -> None:
    found = read_sentences(TEXT, MARKED, [span("港湾省"), span("海原大学")])
    words = [
        (*(TEXT[slice(*part)] if part else None for part in (p.name, p.post, p.organisation)), p.role and p.role.role)
        for p in found
    ]
    assert words == [
        ("山野一郎", "欧州局長", "港湾省", "moderator"),
        ("川田花子", "教授", "海原大学", "keynote"),
        ("森口太", "元防衛大臣", None, "speaker"),
    ]


def test_the_recogniser_marks_people_and_bodies_of_a_sentence() -> None:
    pytest.importorskip("ja_ginza", reason="needs the extra ja")
    from models.japanese import japanese_reader

    read = japanese_reader()
    assert read is not None
    text = "外務省の田中一郎欧州局長が基調講演を行った。\n" * 2
    found = {(text[start:end], label) for start, end, label in read(text)}
    assert {("外務省", "ORG"), ("田中一郎", "PERSON"), ("欧州局長", "POSITION")} <= found
    assert read("あ" * 30_000) is not None


def test_without_the_extra_nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    import models.japanese

    monkeypatch.setattr(models.japanese, "find_spec", lambda _: None)
    assert models.japanese.japanese_reader() is None
