"""Joining what changed gives what joining everything gives, whatever came, went or was corrected, in any order."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.records import (
    DocumentRecords,
    InstrumentFinding,
)  # fmt: skip
from resolve import joining
from resolve.corrections import CorrectionList, parse_row
from resolve.people import MAX_BLOCK
from tables import joined
from tables.joined import Corpus, Decisions, Resolved, resolve_at, resolve_corpus
from tests.records import make_records

NAMES = (
    "Kenji Itō",
    "ITO Kenji",
    "K. Ito",
    "Koji Itō",
    "Anna Weber",
    "A. Weber",
    "Anna Weber-Ek",
    "Bob Ek",
    "Robert Ek",
)
HOUSES = (
    "Northern Centre for Ice Studies", "NCIS", "National Council of Inland Seas", "Ministry of Ports",
    "Ministry of Ports of Japan", "Japanese Ministry of Ports", "Sea Forum", "The Sea Forum plc", "Lake Hall",
)  # fmt: skip
TITLES = ("Talks on Sea Routes", "Sea Routes: the Talks", "Ice Roads and Ports", "Conference on Ice Roads", None)
PLACES = (("Palais du Lac", "Ghent"), ("Lac Palace", "Ghent"), ("Sea House", "Kiel"), (None, "Kiel"), ("Sea House", ""))
PACTS = (("Northern Ports Pact", "NPP"), ("New Pilotage Plan", "NPP"), ("NPP", None), ("Pact of Northern Ports", None))
ROWS = (
    ("merge", "person", "", "Anna Weber", "", "Bob Ek"),
    ("split", "person", "", "Anna Weber", "", "Bob Ek"),
    ("split", "person", "", "Anna Weber", "", "Bob Ek"),
    ("split", "person", "n1.txt", "Kenji Itō", "", ""),
    ("merge", "organisation", "", "Sea Forum", "", "Lake Hall"),
    ("split", "organisation", "", "NCIS", "", "Northern Centre for Ice Studies"),
    ("merge", "event", "n1.txt", "", "", "n2.txt"),
    ("split", "event", "n3.txt", "", "", ""),
    ("merge", "venue", "", "Sea House", "", "Palais du Lac"),
    ("fix", "person", "", "Anna Weber", "person_name", "Anna Ek"),
    ("fix", "event", "n2.txt", "", "start_date", "2024-03-02"),
    ("fix", "document", "n3.txt", "", "published_date", "2023-01-01"),
    ("reject", "person", "", "K. Ito", "", ""),
    ("reject", "organisation", "n4.txt", "Sea Forum", "", ""),
    ("accept", "person", "n1.txt", "Bob Ek", "", ""),
)
COLUMNS = ("action", "kind", "document", "name", "field", "value")


def invented(number: int, seed: int) -> DocumentRecords:
    """A document whose findings collide with those of the others in every way that joining looks at."""
    rng = random.Random(seed)
    names = rng.sample(NAMES, rng.randrange(4))
    people = {name: rng.choice((*HOUSES, None)) for name in names}
    venue, city = rng.choice(PLACES)
    far = rng.choice(("", "", " North", " South", " East", " West"))  # most of what is far has nothing in common
    people = {f"{name}{far.lower()}": house and house + far for name, house in people.items()}
    title, month = rng.choice(TITLES), 3 + len(far)
    record = make_records(
        f"n{number}", title=title and title + far, day=rng.choice((date(2024, month, 1), date(2024, month, 2), None)),
        city=city and city + far,
        venue=venue, people=people, organisers=tuple(rng.sample(HOUSES, rng.randrange(3))),
        published=rng.choice((None, date(2024, 1, rng.randrange(1, 28)))),
        previous_start_date=rng.choice((None, None, date(2024, month, 1))),
    )  # fmt: skip
    organisations = [
        replace(
            o, acronym=rng.choice((None, "NCIS")), country_code=rng.choice((None, None, "JP", "NO")),
            aliases=rng.choice(((), ("Office of Sea Affairs", "Ministry of Ports"))),
            gazetteer_id=rng.choice((None, None, None, "wd:Q1", "wd:Q2")),
            parent_key=rng.choice((None, "org:0", "org:1")) if len(record.organisations) > 1 else None,
        )
        for o in record.organisations
    ]  # fmt: skip
    pact, acronym = rng.choice(PACTS)
    instruments = (InstrumentFinding(key="ins:0", name=pact, acronym=acronym),) * rng.randrange(2)
    address = rng.choice((None, "Quay 5"))
    return replace(
        record, organisations=tuple(organisations), instruments=instruments,
        venues=tuple(replace(v, address=address) for v in record.venues),
    )  # fmt: skip


def corpus_at(path: Path | None, documents: Sequence[DocumentRecords], looked_at: list[int] | None = None) -> Corpus:
    ordered = sorted(documents, key=lambda r: r.document.document_id)

    def some(ids: object) -> list[DocumentRecords]:
        found = [r for r in ordered if r.document.document_id in ids]  # type: ignore[operator]
        if looked_at is not None:
            looked_at.append(len(found))
        return found

    stamps = {r.document.document_id: str(hash(repr(r))) for r in ordered}
    return Corpus(lambda: ordered, lambda: stamps, some, path, "v")


def decided(rows: Sequence[tuple[str, ...]]) -> Decisions:
    made = [parse_row(dict(zip(COLUMNS, row, strict=True)), "list.csv", i) for i, row in enumerate(rows, start=2)]
    return Decisions(CorrectionList(tuple(made)))


def said(resolved: Resolved) -> tuple[object, ...]:
    resolution = resolved.resolution
    rows = {table: list(found) for table, found in resolution.rows.items()}
    return (dict(resolution.ids), rows, resolution.decided, resolved.hits, list(resolved.organisers))


STEPS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, 39), st.one_of(st.none(), st.integers(0, 999)), min_size=1, max_size=4),
        st.lists(st.sampled_from(ROWS), max_size=3, unique=True),
        st.booleans(),
    ),
    min_size=2,
    max_size=5,
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_what_changed_joined_is_as_everything_joined(tmp_path: Path, steps: list) -> None:  # type: ignore[type-arg]
    path = tmp_path / "state.joined"
    path.unlink(missing_ok=True)
    seeds: dict[int, int] = {number: number for number in range(25)}
    rows: Sequence[tuple[str, ...]] = ()
    for changes, corrections, is_corrected in steps:
        for number, seed in changes.items():
            if seed is None:
                seeds.pop(number, None)
            else:
                seeds[number] = seed
        rows = corrections if is_corrected else rows
        documents = [invented(number, seed) for number, seed in seeds.items()]
        decisions = decided(rows)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(joining, "BATCH", 4)
            patch.setattr(joined, "BATCH", 3)
            kept = resolve_at(path, corpus_at(path, documents), decisions, "run")
        assert said(kept) == said(resolve_corpus(corpus_at(None, documents), decisions, "run"))


def test_a_line_that_now_splits_what_it_merged_splits_it(tmp_path: Path) -> None:
    documents = [
        make_records(f"n{i}", title=f"Talk {i}", day=date(2024, 1, 1 + i), city=f"Town {i}", people={name: None})
        for i, name in enumerate(("Anna Weber", "Bob Ek"))
    ]
    names = ("person", "", "Anna Weber", "", "Bob Ek")
    for action, count in (("merge", 1), ("split", 2), ("merge", 1)):
        kept = resolve_at(tmp_path / "joined", corpus_at(None, documents), decided([(action, *names)]), "run")
        assert len(list(kept.resolution.rows["people"])) == count


MANY = [make_records(f"n{i}", title=f"Talk {i} on Topic {i}", day=date(2024, 1, 1 + i % 28), city=f"Town {i}",
                     people={f"Anna Weber{i:03}": f"House {i % 7}"}) for i in range(60)]  # fmt: skip


def test_only_what_changed_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.joined"
    looked_at: list[int] = []
    joined: list[int] = []
    people = joining.PEOPLE

    def counted(found: dict, *rest: object) -> object:  # type: ignore[type-arg]
        joined.append(len(found))
        return people.join(found, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(joining, "PEOPLE", replace(people, join=counted))
    for documents in (MANY[:50], MANY[:50], MANY[:52], [*MANY[1:50], MANY[51]]):
        resolve_corpus(corpus_at(path, documents, looked_at), Decisions(), "run")
    assert looked_at == [50, 2]
    assert joined[0] == 50 and joined[1] == 0
    assert all(count < 30 for count in joined[2:]), "those of one name or house with the two that came"


@pytest.mark.parametrize("damage", [lambda p: p.write_bytes(b"x" * 5000), lambda p: p.unlink(), lambda p: None])
def test_what_cannot_be_used_is_made_again(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    path = tmp_path / "state.joined"
    resolve_corpus(corpus_at(path, MANY[:9]), Decisions(), "run")
    damage(path)
    looked_at: list[int] = []
    again = resolve_corpus(replace(corpus_at(path, MANY[:10], looked_at), version="other code"), Decisions(), "run")
    assert looked_at == [10]
    assert said(again) == said(resolve_corpus(corpus_at(None, MANY[:10]), Decisions(), "run"))


def test_a_half_written_file_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "state.joined"
    resolve_corpus(corpus_at(path, MANY[:50]), Decisions(), "run")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + bytes(len(whole) // 2))
    again = resolve_corpus(corpus_at(path, MANY), Decisions(), "run")
    assert said(again) == said(resolve_corpus(corpus_at(None, MANY), Decisions(), "run"))


def test_a_line_that_now_keeps_apart_what_it_joined_is_heeded(tmp_path: Path) -> None:
    path = tmp_path / "state.joined"
    for action in ("merge", "split", "merge"):
        decisions = decided([(action, "person", "", "Anna Weber001", "", "Anna Weber002")])
        kept = resolve_at(path, corpus_at(path, MANY[:9]), decisions, "run")
        assert said(kept) == said(resolve_corpus(corpus_at(None, MANY[:9]), decisions, "run"))


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    nowhere = tmp_path / "gone" / "state.joined"
    resolved = resolve_corpus(corpus_at(nowhere, MANY[:9]), Decisions(), "run")
    assert len(list(resolved.resolution.rows["people"])) == 9


def test_words_that_too_many_names_of_a_house_share_are_no_evidence_however_few_come(tmp_path: Path) -> None:
    def guest(i: int, name: str) -> DocumentRecords:
        return make_records(f"g{i}", title=f"Talk {i} on Topic {i}", day=date(2023, 1 + i % 12, 1 + i % 28),
                            city=f"Town {i}", people={name: "Sea Forum"})  # fmt: skip

    crowd = [guest(i, f"{chr(65 + i // 26)}{chr(97 + i % 26)}o Ali") for i in range(MAX_BLOCK)]
    one, other = guest(98, "Karim Ali"), guest(99, "K. Ali")
    path = tmp_path / "state.joined"
    for documents in ([one, other], [one, other, *crowd], [one, other, *crowd[5:]]):
        kept = resolve_at(path, corpus_at(path, documents), Decisions(), "run")
        assert said(kept) == said(resolve_corpus(corpus_at(None, documents), Decisions(), "run"))
